use super::Amount;
use serde::{Deserialize, Serialize};

/// Declares the currencies: each with its ISO 4217 code and its decimals.
macro_rules! currencies {
    ($($name:ident $code:literal $decimals:literal,)*) => {
        /// A currency a shop may sell in, with the number of decimals it really has (ISO 4217).
        ///
        /// Closed on purpose: the number of decimals decides what an amount is, so a currency
        /// nobody has looked up is no currency.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "UPPERCASE")]
        #[allow(missing_docs, reason = "the codes are ISO 4217's own names")]
        pub enum Currency {
            $($name,)*
        }

        impl Currency {
            /// All of them, in the order of their codes.
            pub const ALL: &[Currency] = &[$(Currency::$name),*];

            /// All of their codes.
            pub const CODES: &[&str] = &[$($code),*];

            /// The ISO 4217 code, in capitals.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Currency::$name => $code,)*
                }
            }

            /// How many decimals an amount has: none in Chile and Paraguay, else two.
            // A table in each place that asks would be loaded by every browser.
            #[inline(never)]
            pub const fn decimals(self) -> u32 {
                match self {
                    $(Currency::$name => $decimals,)*
                }
            }
        }
    };
}

currencies! {
    Ars "ARS" 2,
    Bob "BOB" 2,
    Brl "BRL" 2,
    Clp "CLP" 0,
    Cop "COP" 2,
    Crc "CRC" 2,
    Dop "DOP" 2,
    Eur "EUR" 2,
    Gtq "GTQ" 2,
    Hnl "HNL" 2,
    Mxn "MXN" 2,
    Nio "NIO" 2,
    Pab "PAB" 2,
    Pen "PEN" 2,
    Pyg "PYG" 0,
    Usd "USD" 2,
    Uyu "UYU" 2,
}

impl Currency {
    /// The largest amount in this currency: just below 10^13 units.
    #[inline(never)]
    pub const fn largest(self) -> Amount {
        match self.decimals() {
            0 => Amount::LARGEST_WITHOUT_DECIMALS,
            _ => Amount::LARGEST,
        }
    }

    /// So many whole units of this currency, or the largest amount.
    pub const fn units(self, units: u64) -> Amount {
        let minor = 10_u64.saturating_pow(self.decimals()).saturating_mul(units);
        match Amount::from_minor(minor) {
            Some(amount) => amount,
            None => self.largest(),
        }
    }

    /// The currency of an ISO 4217 code in capitals, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Currency> {
        Currency::ALL.iter().copied().find(|currency| currency.code() == code)
    }
}
