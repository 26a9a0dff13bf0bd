use fiado_core::identity::AccountKey;
use std::fmt;

/// Something stored that does not agree with the rest of what is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Whose.
    pub key: AccountKey,
    /// What.
    pub finding: Finding,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Something stored cannot be read at all, with the reason.
    Unreadable(String),
    /// There is a journal, but no account.
    AccountMissing,
    /// Entries of the journal are not there.
    EntriesMissing {
        /// The first sequence that is missing.
        first: u64,
        /// The last sequence that is missing.
        last: u64,
    },
    /// An entry's link does not follow from the link before it and its stored bytes.
    LinkBroken {
        /// The entry.
        sequence: u64,
    },
    /// An entry's stored bytes are no entry.
    EntryUnreadable {
        /// Where it stands.
        sequence: u64,
    },
    /// An entry says another sequence than the one it stands at.
    EntryMisplaced {
        /// Where it stands.
        sequence: u64,
        /// Where it says it stands.
        says: u64,
    },
    /// Its time or its event's name is another beside the entry than in it.
    EntryMislabelled {
        /// Which entry.
        sequence: u64,
    },
    /// The debits and credits of an entry differ.
    Unbalanced {
        /// The entry.
        sequence: u64,
    },
    /// The account's head is not its journal's last link.
    HeadDiffers,
    /// The journal has entries beyond the account's version.
    JournalGoesOn {
        /// The account's version.
        version: u64,
    },
    /// The account does not stand where its journal leaves it.
    StandingDiffers,
    /// The totals that are kept of its invoices are not what its invoices come to.
    TotalsDiffer,
    /// Two figures that are always equal are not.
    Unequal(Figure, Figure),
    /// A row is not what the journal says.
    Row {
        /// Which row.
        row: String,
        /// What is wrong with it.
        fault: Fault,
    },
}

/// A figure, in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Which.
    pub name: &'static str,
    /// How much, in minor units.
    pub minor: i64,
}

/// What is wrong with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The journal made it, and it is not there.
    Missing,
    /// It is there, and no entry made it.
    Added,
    /// It is not as the journal left it.
    Changed,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let AccountKey { organization, customer } = &self.key;
        write!(f, "{organization}/{customer}: {}", self.finding)
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Unreadable(why) => write!(f, "what is stored cannot be read: {why}"),
            Finding::AccountMissing => f.write_str("there is a journal, but no account"),
            Finding::EntriesMissing { first, last } if first == last => {
                write!(f, "entry {first} is missing from the journal")
            }
            Finding::EntriesMissing { first, last } => {
                write!(f, "entries {first} to {last} are missing from the journal")
            }
            Finding::LinkBroken { sequence } => {
                write!(f, "entry {sequence} does not fit the chain: its bytes or its link were changed")
            }
            Finding::EntryUnreadable { sequence } => {
                write!(f, "what stands at entry {sequence} is no entry")
            }
            Finding::EntryMisplaced { sequence, says } => {
                write!(f, "entry {sequence} says that it is entry {says}")
            }
            Finding::EntryMislabelled { sequence } => {
                write!(f, "entry {sequence} has another time or name beside it than in it")
            }
            Finding::Unbalanced { sequence } => {
                write!(f, "the debits and credits of entry {sequence} differ")
            }
            Finding::HeadDiffers => f.write_str("the account's head is not the last link of its journal"),
            Finding::JournalGoesOn { version } => {
                write!(f, "the journal goes on after entry {version}, where the account ends")
            }
            Finding::StandingDiffers => f.write_str("the account does not stand where its journal leaves it"),
            Finding::TotalsDiffer => f.write_str("the kept totals of its invoices are not their totals"),
            Finding::Unequal(one, other) => write!(
                f,
                "{} is {}, but {} is {}, in minor units",
                one.name, one.minor, other.name, other.minor
            ),
            Finding::Row { row, fault } => write!(f, "{row} {fault}"),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Fault::Missing => "is missing, though the journal made it",
            Fault::Added => "is there, though no entry made it",
            Fault::Changed => "is not as the journal left it",
        })
    }
}
