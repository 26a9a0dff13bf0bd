//! What is known of the company behind an account, and what people wrote about it.
//!
//! These are personal or free texts. They are kept in rows beside the journal, so that they can
//! be erased; no event ever holds them.

use crate::identity::text_type;
use serde::{Deserialize, Serialize};

text_type! {
    /// The registered name of a company, up to 200 characters.
    BusinessName, 200, line
}

text_type! {
    /// The tax number of a company (RUC, RFC, NIT, RUT …), up to 50 characters, as written.
    TaxId, 50, line
}

text_type! {
    /// What an approver wrote beside a decision, up to 1,000 characters, line breaks allowed.
    Remark, 1_000, prose
}

/// What a company says of itself when it asks for a line (façade, `business_info`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Registered name.
    pub business_name: BusinessName,
    /// Tax number.
    pub tax_id: TaxId,
    /// Whole years in business, if told.
    pub years_in_business: Option<YearsInBusiness>,
}

/// Whole years a company has been in business: 0 to 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct YearsInBusiness(u16);

impl YearsInBusiness {
    /// The largest number of years that is believed.
    pub const LARGEST: u16 = 500;

    /// So many years, if that is believable.
    pub fn new(years: u64) -> Option<YearsInBusiness> {
        u16::try_from(years).ok().filter(|years| *years <= YearsInBusiness::LARGEST).map(YearsInBusiness)
    }

    /// How many years.
    pub fn get(self) -> u16 {
        self.0
    }
}
