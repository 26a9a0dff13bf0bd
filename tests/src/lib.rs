//! A whole shop to test from outside: a real `fiado` process on a real port and a real file, the
//! people who work with it, and the companies that buy on account.
//!
//! ```text
//! let shop = Shop::open();
//! let company = shop.company_with_line("cust_456", "10000.00");
//! company.buys("order_789", "5000.00").must_be(200);
//! assert_eq!(company.figure("credit_available"), "5000.00");
//! ```
//!
//! Nothing here knows how the server works inside: it starts the program, sends requests, and reads
//! answers. Helpers stop the test when something fails that the test is not about.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on stops"
)]

mod answer;
mod caller;
mod company;
pub mod corpus;
mod dice;
mod documented;
pub mod postgres;
mod program;
mod server;
mod shop;
mod vtex;

pub use answer::{Answer, json};
pub use caller::Caller;
pub use company::{Company, REQUEST, TODAY};
pub use dice::Dice;
pub use program::{Ran, pipe, repository, run, run_within};
pub use server::Server;
pub use shop::{DEFAULT_ORGANIZATION, Opening, Shop};
pub use vtex::{CreditAccount, Integration, invoice_of};
