//! The face that VTEX's clients know, from outside: what is published of its operations, and what
//! a running server makes of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod bad_input;
mod configuration;
mod conformance;
mod credentials;
mod examples;
mod gateway;
mod holds;
mod journeys;
mod laws;
mod lists;
mod operations;
mod published;
mod schemas;
mod settlements;
mod situations;
mod slips;
mod statements;
mod transitions;
