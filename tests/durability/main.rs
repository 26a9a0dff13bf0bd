//! What was answered is kept, and nothing is done twice: under load, when the server is killed,
//! when it is stopped, and when many buy at once.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod crowd;
mod kills;
mod load;
mod stops;
