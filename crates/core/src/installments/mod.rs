//! How an amount is paid in parts: how much each part is and when it falls due.
//!
//! [`Terms`] say in which parts and at what interest, [`DueDates`] when they fall due, and a [`Plan`]
//! is both for one purchase. It promises that a plan's parts add up to its total, that the total is
//! never below the amount, and that no part is empty: nobody can pay an invoice of zero. Whether an
//! account may buy so is no question of this module.

mod count;
mod deadlines;
mod fingerprint;
mod interest;
mod part;
mod plan;
mod schedule;
mod term;
mod terms;

pub use count::InstallmentCount;
pub use deadlines::{Deadline, Deadlines};
pub use fingerprint::PlanHash;
pub use interest::{Due, Interest, Method};
pub use part::Part;
pub use plan::{Plan, parts};
pub use schedule::{DayOfMonth, DueDates, Rhythm, Schedule};
pub use term::PaymentTerm;
pub use terms::Terms;
