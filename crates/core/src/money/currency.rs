use super::Amount;
use serde::{Deserialize, Serialize};

/// A currency a shop may sell in, with the number of decimals it really has (ISO 4217).
///
/// Closed on purpose: the number of decimals decides what an amount is, so a currency nobody has
/// looked up is no currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[allow(missing_docs, reason = "the codes are ISO 4217's own names")]
pub enum Currency {
    Ars,
    Bob,
    Brl,
    Clp,
    Cop,
    Crc,
    Dop,
    Eur,
    Gtq,
    Hnl,
    Mxn,
    Nio,
    Pab,
    Pen,
    Pyg,
    Usd,
    Uyu,
}

impl Currency {
    /// All of them, in the order of their codes.
    pub const ALL: [Currency; 17] = [
        Currency::Ars,
        Currency::Bob,
        Currency::Brl,
        Currency::Clp,
        Currency::Cop,
        Currency::Crc,
        Currency::Dop,
        Currency::Eur,
        Currency::Gtq,
        Currency::Hnl,
        Currency::Mxn,
        Currency::Nio,
        Currency::Pab,
        Currency::Pen,
        Currency::Pyg,
        Currency::Usd,
        Currency::Uyu,
    ];

    /// How many decimals an amount has: 0 in Chile and Paraguay, else 2.
    pub const fn decimals(self) -> u32 {
        match self {
            Currency::Clp | Currency::Pyg => 0,
            _ => 2,
        }
    }

    /// The largest amount in this currency: just below 10^13 units.
    pub const fn largest(self) -> Amount {
        match self.decimals() {
            0 => Amount::LARGEST_WITHOUT_DECIMALS,
            _ => Amount::LARGEST,
        }
    }

    /// The ISO 4217 code, in capitals.
    pub const fn code(self) -> &'static str {
        match self {
            Currency::Ars => "ARS",
            Currency::Bob => "BOB",
            Currency::Brl => "BRL",
            Currency::Clp => "CLP",
            Currency::Cop => "COP",
            Currency::Crc => "CRC",
            Currency::Dop => "DOP",
            Currency::Eur => "EUR",
            Currency::Gtq => "GTQ",
            Currency::Hnl => "HNL",
            Currency::Mxn => "MXN",
            Currency::Nio => "NIO",
            Currency::Pab => "PAB",
            Currency::Pen => "PEN",
            Currency::Pyg => "PYG",
            Currency::Usd => "USD",
            Currency::Uyu => "UYU",
        }
    }

    /// The currency of an ISO 4217 code in capitals, if it is one of ours.
    pub fn from_code(code: &str) -> Option<Currency> {
        Currency::ALL.into_iter().find(|currency| currency.code() == code)
    }
}
