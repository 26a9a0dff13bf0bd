//! The server from outside, over HTTP: a real process, a real port, a real file.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod addresses;
mod authorization;
mod bad_input;
mod command_line;
mod credentials;
mod idempotency;
mod journey;
mod languages;
mod lines;
mod lists;
mod openapi;
mod operations;
mod pages;
mod payments;
mod previews;
mod privacy;
mod purchases;
mod reading;
mod repeated_headers;
mod tenants;
