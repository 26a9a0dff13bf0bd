//! A store of a size, and the server over it.

use super::moved::{customer, move_in};
use crate::books::{kept, present_schema, schema_of};
use crate::letters::Line;
use crate::machine::{resident_mb, warm};
use crate::table::thousands;
use crate::trade::Trade;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};

/// What accounts have gone through. Raised when it changes, so that older stores are made anew.
const EDITION: u32 = 2;

const FILE: &str = "books.db";

/// On so many accounts, from all over the store, purchases are made and questions asked.
const MOST_LINES: u64 = 100_000;

/// A server over a store of its own.
pub(super) struct House {
    made: Made,
    trade: Trade,
    bytes: u64,
}

/// How a store was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Made {
    edition: u32,
    pub(super) accounts: u64,
    pub(super) entries: u64,
    /// How long that took.
    pub(super) seconds: u64,
}

/// What is said of a store and its server.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Housed {
    #[serde(flatten)]
    pub(super) made: Made,
    pub(super) bytes: u64,
    /// How long the server took until it listened.
    pub(super) started_in_us: u64,
    /// How much memory it had in use in the end, where the system tells.
    pub(super) resident_mb: Option<u64>,
    /// How long `fiado verify` took; nothing where it was not waited for.
    pub(super) verified_in_us: Option<u64>,
}

impl House {
    /// The store that was made before, if it is still what would be made now; else a new one.
    pub(super) fn of(accounts: u64) -> House {
        let folder = folder(accounts);
        let made = read_made(&folder, accounts).unwrap_or_else(|| make(&folder, accounts));
        let mut trade = Trade::over(&folder, &format!("sqlite:{FILE}"));
        let lines = accounts.min(MOST_LINES);
        trade.lines = (0..lines).map(|line| Line::of(customer(line * accounts / lines))).collect();
        House { made, trade, bytes: fs::metadata(folder.join(FILE)).unwrap().len() }
    }

    pub(super) fn accounts(&self) -> u64 {
        self.made.accounts
    }

    pub(super) fn trade(&self) -> &Trade {
        &self.trade
    }

    /// Has the machine keep the store in its memory.
    pub(super) fn warm(&self) {
        warm(&folder(self.accounts()));
    }

    /// Stops the server and has the store verified.
    pub(super) fn close(self) -> Housed {
        let House { made, trade, bytes } = self;
        let (started_in_us, resident_mb) = (trade.started_in_us(), resident_mb(trade.process()));
        Housed { made, bytes, started_in_us, resident_mb, verified_in_us: trade.close() }
    }
}

/// Where the store of a size is kept.
fn folder(accounts: u64) -> PathBuf {
    kept().join(format!("scale-{accounts}"))
}

/// How the store in a folder was made, if that is how it would be made now.
fn read_made(folder: &Path, accounts: u64) -> Option<Made> {
    let made: Made = serde_json::from_slice(&fs::read(folder.join("made.json")).ok()?).ok()?;
    let is_current = (made.edition, made.accounts) == (EDITION, accounts)
        && schema_of(&folder.join(FILE)) == present_schema();
    is_current.then_some(made)
}

fn make(folder: &Path, accounts: u64) -> Made {
    println!("making a store of {} accounts in {}", thousands(accounts), folder.display());
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    fs::create_dir_all(folder).unwrap();
    let begun = std::time::Instant::now();
    let counts = move_in(&folder.join(FILE), accounts);
    let made =
        Made { edition: EDITION, accounts, entries: counts.entries, seconds: begun.elapsed().as_secs() };
    // Written last: a store without it was not finished.
    fs::write(folder.join("made.json"), serde_json::to_vec_pretty(&made).unwrap()).unwrap();
    println!("made in {} s with {} entries", thousands(made.seconds), thousands(made.entries));
    made
}
