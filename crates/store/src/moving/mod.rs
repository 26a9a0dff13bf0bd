//! Moving house: all that a store holds goes out as lines of text, and into a new store of any kind.
//!
//! An export is a text of JSON lines: a header, the shops with their rules and keys, then customer by
//! customer in the order of their keys the journal and what stands beside it, and a trailer with counts
//! and the SHA-256 of every line before it. Rows are not in it: whoever takes it in makes them again
//! from the journal, as a replay does.
//!
//! It promises that an export is one moment of a store, that what is taken in is what went out to the
//! byte, and that nothing that was cut, changed or left out passes for whole: every link of every
//! chain is computed anew. It never holds more than a chunk of accounts in memory, and a store that
//! did not get all of it cannot be opened as one.

mod arrived;
mod belongings;
mod chain;
mod error;
mod export;
pub(crate) mod hex;
mod import;
mod line;
mod moment;
mod sealed;

pub use arrived::Arrived;
pub use belongings::{Arrival, Belongings, Departure, Shops};
pub use error::{ExportError, ImportError};
pub use export::export;
pub use import::Incoming;
pub use line::{Counts, Header};
#[cfg(test)]
pub(crate) use moment::statements;
pub(crate) use moment::{Moment, Table, among};
