//! What was answered is kept, and nothing is done twice: under load, when the server is killed,
//! when it is stopped, when many buy at once through either face, at one server or at several, when a
//! standby takes over, when an account is damaged, and when clocks go back.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod both_faces;
mod clocks;
mod crowd;
mod damage;
mod desks;
mod failover;
mod kills;
mod load;
mod servers;
mod stops;
