use super::DateInterval;
use crate::calendar::Instant;
use crate::identity::RuleId;
use crate::installments::{Deadlines, Due, InstallmentCount, Interest, Method};
use crate::money::{Amount, Percent};

/// One rule of a shop: for whom it is, when it holds, and what it offers (VTEX gateway; vtex.md
/// section 7).
///
/// Plain data, as it was read. Its order among a shop's rules is the order of the list it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRule {
    /// Its name in the gateway's paths.
    pub id: RuleId,
    /// Whether it counts at all.
    pub enabled: bool,
    /// Whether it goes before another one that is as cheap.
    pub is_default: bool,
    /// How is paid.
    pub system: PaymentSystem,
    /// Where is bought.
    pub channels: SalesChannels,
    /// From when it holds, included.
    pub begins: Option<Instant>,
    /// Until when it holds, excluded.
    pub ends: Option<Instant>,
    /// When it holds in between: in any of these; where there is none, always.
    pub intervals: Vec<DateInterval>,
    /// Whose goods are bought (VTEX `multiMerchantList`): any of these; where there is none, anybody's.
    pub merchants: Vec<String>,
    /// In which country; `None`: in any.
    pub country: Option<Country>,
    /// The least purchase it is for; zero: any.
    pub minimum: Amount,
    /// In how many parts is paid; `None`: at once.
    pub options: Option<InstallmentOptions>,
    /// The terms of payment a Customer Credit buyer may choose from.
    pub deadlines: Vec<Deadlines>,
}

impl PaymentRule {
    /// The most rules a shop may have.
    pub const MOST: usize = 1_000;
    /// The most sales channels a rule may name.
    pub const MOST_CHANNELS: usize = 100;
    /// The most merchants a rule may name.
    pub const MOST_MERCHANTS: usize = 100;
    /// The most intervals a rule may have.
    pub const MOST_INTERVALS: usize = 100;
    /// The most terms of payment a rule may offer.
    pub const MOST_DEADLINES: usize = 48;

    /// Whether it is for what is bought on account here.
    pub fn is_customer_credit(&self) -> bool {
        self.system.id == PaymentSystem::CUSTOMER_CREDIT
    }
}

/// A way to pay: a card's brand, a bank's slip, credit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentSystem {
    /// Its number in VTEX's list.
    pub id: u32,
    /// Its name for people; empty where none was told.
    pub name: String,
}

impl PaymentSystem {
    /// What is bought on account here (DECISIONS 11).
    pub const CUSTOMER_CREDIT: u32 = 64;
}

/// Where a rule is for what is bought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SalesChannels {
    /// Everywhere (`":ALL:"`).
    All,
    /// In these channels alone.
    These(Vec<String>),
}

impl SalesChannels {
    /// What stands for all of them.
    pub const ALL: &'static str = ":ALL:";

    /// These channels, or all where one of them stands for all.
    pub fn of(channels: Vec<String>) -> SalesChannels {
        if channels.iter().any(|channel| channel == SalesChannels::ALL) {
            SalesChannels::All
        } else {
            SalesChannels::These(channels)
        }
    }
}

/// A country by its two letters (ISO 3166-1 alpha-2), which are compared in capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Its two letters, in capitals.
    pub fn code(&self) -> String {
        self.0.map(char::from).iter().collect()
    }

    /// Two letters in any case.
    pub fn parse(text: &str) -> Option<Country> {
        let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
        letters
            .iter()
            .all(u8::is_ascii_alphabetic)
            .then(|| Country(letters.map(|letter| letter.to_ascii_uppercase())))
    }
}

/// In how many parts a rule lets pay, and at what interest (VTEX `installmentOptions`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InstallmentOptions {
    /// When in its period a part is paid.
    pub due: Due,
    /// How interest is counted.
    pub method: MethodKind,
    /// The least a part may be; zero: anything.
    pub minimum_part: Amount,
    /// In how many parts, each number once. None: at once, as where there are no options.
    pub quantities: Vec<Quantity>,
}

impl InstallmentOptions {
    /// The interest of one of its quantities.
    pub fn interest(&self, quantity: &Quantity) -> Interest {
        let method = match self.method {
            MethodKind::Compound => Method::Compound,
            MethodKind::SimpleWithTax => Method::SimpleWithTax(quantity.tax.unwrap_or_default()),
            MethodKind::Simple => Method::Simple,
        };
        Interest { rate: quantity.rate, method, due: self.due }
    }
}

/// How interest is counted, whatever tax each quantity has (VTEX `interestRateMethod`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MethodKind {
    /// On what is left after each part (0 or null).
    #[default]
    Compound,
    /// On the whole amount in each period, and a tax on the interest (1).
    SimpleWithTax,
    /// On the whole amount in each period (2).
    Simple,
}

/// One number of parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quantity {
    /// How many parts.
    pub count: InstallmentCount,
    /// The interest of a period.
    pub rate: Percent,
    /// The tax on the interest (`interestTax`).
    pub tax: Option<Percent>,
    /// Who divides the payment (`isExternalInstallmentService`): answered as it was told, nothing is
    /// decided by it.
    pub is_external: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_country_is_two_letters_in_any_case() {
        assert_eq!(Country::parse("us"), Country::parse("US"));
        assert_ne!(Country::parse("br"), Country::parse("us"));
        for text in ["", "B", "BRA", "1A", "ñ", "b ", "ＵＳ"] {
            assert_eq!(Country::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn one_channel_that_stands_for_all_is_all() {
        let channels = |ids: &[&str]| SalesChannels::of(ids.iter().map(|id| (*id).to_owned()).collect());
        assert_eq!(channels(&["1", ":ALL:"]), SalesChannels::All);
        assert_eq!(channels(&["1"]), SalesChannels::These(vec!["1".to_owned()]));
    }
}
