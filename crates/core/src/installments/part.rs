use crate::calendar::Day;
use crate::money::Amount;
use serde::{Deserialize, Serialize};

/// One part of a plan: what falls due when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which part, from 1.
    pub number: u8,
    /// When it falls due.
    pub due: Day,
    /// How much, never nothing.
    pub amount: Amount,
}
