//! Where the journal and its rows live.
//!
//! [`Store`] is the port: what a store must do, in the words of the core. A store keeps the
//! journal, the rows that can be made again from it, and the answers that were given, and writes
//! what belongs together in one durable transaction. `conformance` holds what every store must
//! pass.
//!
//! It promises that what was committed is there after a crash, whole, and in order. It never
//! decides anything, and knows no HTTP.

mod cells;
pub mod chain;
pub mod conformance;
mod filter;
mod head;
mod known;
pub mod moving;
mod numbers;
mod organization;
mod page;
mod paging;
mod pool;
mod port;
pub mod postgres;
mod search;
pub mod sqlite;
mod stored;
mod tally;
mod union;
pub mod verify;

pub use filter::{AccountFilter, AccountTerm, InvoiceFilter, InvoiceTerm, InvoiceTotals, Range, Total};
pub use known::USUALLY_CACHED;
pub use organization::{ApiKey, Organization};
pub use page::{Page, PageRequest, Toward};
pub use port::{
    AccountRecord, Answer, AnswerKey, Changes, Commit, EntryRecord, HolderRecord, InvoiceRecord, JournalRow,
    ListedAccount, ListedUsage, Loaded, Refusal, RequestRecord, RuleRecord, Setbacks, Store, StoreError,
    Stretch, Wanted,
};
