//! Civil days and instants, two different things.
//!
//! A due date is a [`Day`]: a date on the wall calendar of the store. What happened, happened at
//! an [`Instant`]. Which day an instant belongs to depends on the store's time zone; the core is
//! told today's day and knows no zones.

mod day;
mod instant;

pub use day::Day;
pub use instant::Instant;
