use serde::{Deserialize, Serialize};

/// In how many parts an amount is paid: 1 to 48 (DECISIONS 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct InstallmentCount(u8);

impl InstallmentCount {
    /// All at once.
    pub const ONE: InstallmentCount = InstallmentCount(1);
    /// The most parts.
    pub const MOST: InstallmentCount = InstallmentCount(48);

    /// So many parts, if it is 1 to 48.
    pub fn new(count: u64) -> Option<InstallmentCount> {
        let count = u8::try_from(count).ok()?;
        (1..=InstallmentCount::MOST.0).contains(&count).then_some(InstallmentCount(count))
    }

    /// How many parts.
    pub const fn get(self) -> u8 {
        self.0
    }
}

impl From<InstallmentCount> for u8 {
    fn from(count: InstallmentCount) -> u8 {
        count.0
    }
}

impl TryFrom<u8> for InstallmentCount {
    type Error = &'static str;

    fn try_from(count: u8) -> Result<InstallmentCount, &'static str> {
        InstallmentCount::new(u64::from(count)).ok_or("installments are 1 to 48")
    }
}
