//! Books of a size: two years of a shop, written through the store as a server would write them.
//!
//! They are made once and kept below cargo's build folder. The same size gives the same books on
//! every machine, as long as neither the story nor the schema changes.

mod buyers;
mod clerk;
mod story;

use crate::table::thousands;
use clerk::Clerk;
use fiado_core::calendar::Instant;
use fiado_store::Store;
use fiado_store::sqlite::Sqlite;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use story::Story;

/// Which story the books tell. Raised when it changes, so that older books are made anew.
const EDITION: u32 = 1;

/// How often the making says how far it is.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(10);

/// How many accounts and invoices there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Size {
    pub(crate) accounts: u64,
    pub(crate) invoices: u64,
}

/// Books in a folder of their own.
pub(crate) struct Books {
    folder: PathBuf,
    /// How they were made.
    pub(crate) made: Made,
}

/// How books were made.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Made {
    edition: u32,
    /// How many accounts and invoices they hold.
    pub(crate) size: Size,
    /// How many commands were done, and how many of them refused.
    pub(crate) commands: u64,
    refused: u64,
    /// How long that took.
    pub(crate) seconds: u64,
    /// When the story ends: a clock goes on from there.
    pub(crate) until: Instant,
}

impl Books {
    /// The file's name in the folder.
    pub(crate) const FILE: &str = "books.db";

    /// Books of this size: those that were made before, if they are still what would be made now.
    pub(crate) fn of(size: Size) -> Books {
        let folder = kept().join(format!("books-{}-{}", size.accounts, size.invoices));
        if let Some(made) = read_made(&folder, size) {
            println!(
                "taking the books in {}, made before in {} s",
                folder.display(),
                thousands(made.seconds)
            );
            return Books { folder, made };
        }
        println!("making the books in {}", folder.display());
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        let made = make(&folder.join(Books::FILE), size);
        // Written last: books without it were not finished.
        fs::write(folder.join("made.json"), serde_json::to_vec_pretty(&made).unwrap()).unwrap();
        println!("made in {} s by {} commands", thousands(made.seconds), thousands(made.commands));
        Books { folder, made }
    }

    /// Where they lie.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// How large their file is.
    pub(crate) fn bytes(&self) -> u64 {
        fs::metadata(self.folder.join(Books::FILE)).unwrap().len()
    }
}

/// `target/bench`, seen from `target/release/deps/bench-0123456789abcdef`.
pub(crate) fn kept() -> PathBuf {
    std::env::current_exe().unwrap().ancestors().nth(3).unwrap().join("bench")
}

/// How the books in a folder were made, if that is how they would be made now.
fn read_made(folder: &Path, size: Size) -> Option<Made> {
    let made: Made = serde_json::from_slice(&fs::read(folder.join("made.json")).ok()?).ok()?;
    let is_current = made.edition == EDITION
        && made.size == size
        && schema_of(&folder.join(Books::FILE)) == present_schema();
    is_current.then_some(made)
}

/// The schema of a store that is made now.
pub(crate) fn present_schema() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(Books::FILE);
    drop(Sqlite::open(&path).unwrap());
    schema_of(&path)
}

/// What a file says of its tables, without comments.
pub(crate) fn schema_of(path: &Path) -> Vec<String> {
    let connection = Connection::open(path).unwrap();
    let mut statement =
        connection.prepare("SELECT coalesce(sql, name) FROM sqlite_schema ORDER BY name").unwrap();
    let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    let without_comments = |line: &str| line.split("--").next().unwrap_or_default().trim().to_owned();
    rows.flat_map(|sql| sql.unwrap().lines().map(without_comments).collect::<Vec<String>>()).collect()
}

fn make(path: &Path, size: Size) -> Made {
    let begun = std::time::Instant::now();
    let mut said = begun;
    let store = Sqlite::open(path).unwrap();
    let mut clerk = Clerk::new(&store);
    let mut story = Story::new(size);
    let mut commands = 0;
    while let Some(tasks) = story.next_hour() {
        let said_of_tasks = clerk.work(&tasks);
        commands += u64::try_from(tasks.len()).unwrap();
        story.goes_on(&tasks, &said_of_tasks);
        if said.elapsed() > PAUSE {
            said = std::time::Instant::now();
            println!("  {:>4} s: {story}, {} commands", begun.elapsed().as_secs(), thousands(commands));
            io::stdout().flush().unwrap();
        }
    }
    Made {
        edition: EDITION,
        size,
        commands,
        refused: clerk.refused(),
        until: store.newest_instant().unwrap().unwrap(),
        seconds: {
            // Whoever closes the file copies what is left of its log into it.
            drop(store);
            begun.elapsed().as_secs()
        },
    }
}
