//! Civil days and instants, two different things.
//!
//! A due date is a [`Day`]: a date on the wall calendar of the store. What happened, happened at
//! an [`Instant`]. Which day an instant belongs to depends on the store's time zone; the core is
//! told today's day and knows no zones. On which days a shop does business is [`BusinessDays`].

mod business_days;
mod day;
mod instant;
mod weekday;

#[cfg(test)]
pub(crate) use business_days::tests::any_business_days;
pub use business_days::{Adjustment, BusinessDays, BusinessDaysError};
pub use day::Day;
pub use instant::Instant;
pub use weekday::{Weekday, Weekdays};
