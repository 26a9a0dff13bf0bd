//! What was answered is kept, and nothing is done twice: under load, when the server is killed,
//! when it is stopped, when many buy at once, when an account is damaged, and when clocks go back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod clocks;
mod crowd;
mod damage;
mod kills;
mod load;
mod stops;
