//! The engine of a line of credit: money, calendar, the account and its decisions.
//!
//! It promises that the same command on the same account in the same [`account::Context`] is
//! decided in the same way everywhere: in the server that keeps the books, and in the browser
//! that previews them.
//!
//! It never reads a clock, a source of randomness or the environment, does no input or output,
//! holds no sentence for people, and cannot panic. What it needs to know comes in through its
//! arguments, and the lints below hold it to that.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        clippy::float_arithmetic,
        clippy::disallowed_methods,
        clippy::disallowed_types
    )
)]
#![deny(missing_docs)]

pub mod account;
pub mod calendar;
mod digits;
pub mod identity;
pub mod installments;
pub mod late;
pub mod money;
pub mod policy;
pub mod preferences;
pub mod profile;
pub mod rules;
