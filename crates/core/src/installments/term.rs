use serde::{Deserialize, Serialize};

/// Days from a purchase to the first due date, and from each due date to the next: 1 to 365
/// (DECISIONS 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub struct PaymentTerm(u16);

impl PaymentTerm {
    /// The longest term: a year.
    pub const LONGEST: u16 = 365;
    /// What is meant where nothing is said: 30 days.
    pub const USUAL: PaymentTerm = PaymentTerm(30);

    /// A term of so many days, if it is 1 to 365.
    pub fn new(days: u64) -> Option<PaymentTerm> {
        let days = u16::try_from(days).ok()?;
        (1..=PaymentTerm::LONGEST).contains(&days).then_some(PaymentTerm(days))
    }

    /// How many days.
    pub const fn days(self) -> u16 {
        self.0
    }
}

impl From<PaymentTerm> for u16 {
    fn from(term: PaymentTerm) -> u16 {
        term.0
    }
}

impl TryFrom<u16> for PaymentTerm {
    type Error = &'static str;

    fn try_from(days: u16) -> Result<PaymentTerm, &'static str> {
        PaymentTerm::new(u64::from(days)).ok_or("a term is 1 to 365 days")
    }
}
