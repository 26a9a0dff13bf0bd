//! Where and over what something was measured: the beginning of every file of results.

use crate::books::{Books, Size};
use crate::machine::Machine;
use crate::service::Service;
use crate::table::thousands;
use crate::times::milliseconds;
use fiado_core::calendar::Instant;
use serde::Serialize;
use std::fmt;
use std::time::SystemTime;

/// The machine, the books and the server.
#[derive(Debug, Serialize)]
pub(crate) struct Setting {
    measured_at: Instant,
    machine: Machine,
    books: Size,
    books_bytes: u64,
    books_made_by_commands: u64,
    books_made_in_seconds: u64,
    server_started_in_us: u64,
    server_resident_mb: Option<u64>,
}

impl Setting {
    /// The present one.
    pub(crate) fn of(books: &Books, service: &Service) -> Setting {
        Setting {
            measured_at: now(),
            machine: Machine::this(),
            books: books.made.size,
            books_bytes: books.bytes(),
            books_made_by_commands: books.made.commands,
            books_made_in_seconds: books.made.seconds,
            server_started_in_us: service.started_in_us(),
            server_resident_mb: service.resident_mb(),
        }
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Size { accounts, invoices } = self.books;
        writeln!(formatter, "{}", self.machine)?;
        writeln!(
            formatter,
            "{} accounts and {} invoices in {} MB, made by {} commands in {} s",
            thousands(accounts),
            thousands(invoices),
            thousands(self.books_bytes / 1_000_000),
            thousands(self.books_made_by_commands),
            thousands(self.books_made_in_seconds)
        )?;
        write!(formatter, "the server listened after {} ms", milliseconds(self.server_started_in_us))?;
        match self.server_resident_mb {
            Some(resident) => write!(formatter, " and has {resident} MB of memory in use"),
            None => Ok(()),
        }
    }
}

/// The present moment.
pub(crate) fn now() -> Instant {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Instant::from_microseconds(i64::try_from(since.as_micros()).unwrap()).unwrap()
}
