//! The server from outside, over HTTP: a real process, a real port, a real file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod addresses;
mod aging;
mod authorization;
mod bad_input;
mod bulk;
mod command_line;
mod corpus;
mod cors;
mod credentials;
mod due_calendar;
mod idempotency;
mod journal;
mod journey;
mod languages;
mod late_charges;
mod lines;
mod lists;
mod metrics;
mod moving;
mod openapi;
mod operations;
mod pages;
mod payments;
mod plans;
mod postgres;
mod previews;
mod privacy;
mod purchases;
mod reading;
mod repeated_headers;
mod session;
mod tenants;
mod traces;
