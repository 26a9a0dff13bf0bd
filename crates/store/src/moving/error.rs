use super::line::VERSION;
use crate::StoreError;
use crate::verify::Difference;
use std::io;

/// Why an export was not made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// It could not be written where it goes.
    #[error("the export cannot be written: {0}")]
    Write(#[source] io::Error),
    /// The store could not be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A journal is damaged, so that no other store would take it.
    #[error("{0}")]
    Damaged(Difference),
}

/// Why an export was not taken in.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// It could not be read where it comes from.
    #[error("the export cannot be read: {0}")]
    Read(#[source] io::Error),
    /// Nothing came.
    #[error("there is nothing to be imported: the input is empty")]
    Empty,
    /// It does not begin as exports do.
    #[error("the input is no export of fiado: its first line is not the header of one")]
    NotOurs,
    /// It is of a later version of the format.
    #[error(
        "the export was made by fiado {program} in version {version} of its format, and this program knows \
         version {VERSION} at most: import it with fiado {program} or a later one"
    )]
    Newer {
        /// The version of the format.
        version: u32,
        /// The version of the program that made it.
        program: String,
    },
    /// A line is none of the format.
    #[error("line {line} cannot be read: {why}")]
    Unreadable {
        /// Which.
        line: u64,
        /// Why not.
        why: String,
    },
    /// A line stands where it does not belong.
    #[error("line {line} is out of place: {what}")]
    Misplaced {
        /// Which.
        line: u64,
        /// What is wrong with that.
        what: String,
    },
    /// A journal is not what it was.
    #[error("up to line {line}: {difference}")]
    Damaged {
        /// The last line that was read.
        line: u64,
        /// Whose journal, and what is wrong with it.
        difference: Box<Difference>,
    },
    /// It ends before its trailer.
    #[error(
        "the export ends after line {line}, without its last one: it was cut off, or making it has failed"
    )]
    Cut {
        /// The last line that was whole.
        line: u64,
    },
    /// Something follows its trailer.
    #[error("the export goes on after line {line}, which says that it is the last")]
    GoesOn {
        /// The trailer.
        line: u64,
    },
    /// It is not what it was when it was made.
    #[error(
        "the export was changed since it was made: its lines are not those that its last one counts and sums up"
    )]
    Changed,
    /// The store could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
}
