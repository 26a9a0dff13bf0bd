use crate::JournalRow;
use crate::chain::{GENESIS, Link, link};
use crate::verify::Finding;

/// An account's chain, link by link.
pub(super) struct Chain {
    sequence: u64,
    link: Link,
}

impl Chain {
    pub(super) fn new() -> Chain {
        Chain { sequence: 0, link: GENESIS }
    }

    /// The next entry: nothing is missing before it, and its link follows from the one before.
    pub(super) fn follow(&mut self, row: &JournalRow) -> Result<(), Finding> {
        let next = self.sequence.saturating_add(1);
        if row.sequence > next {
            return Err(Finding::EntriesMissing { first: next, last: row.sequence.saturating_sub(1) });
        }
        if row.sequence < next {
            return Err(Finding::EntryMisplaced { sequence: next, says: row.sequence });
        }
        if link(&self.link, &row.key, row.sequence, &row.body) != row.hash {
            return Err(Finding::LinkBroken { sequence: next });
        }
        (self.sequence, self.link) = (next, row.hash);
        Ok(())
    }

    /// It ends where the account does.
    pub(super) fn end(&self, (version, head): (u64, &Link)) -> Result<(), Finding> {
        if self.sequence < version {
            let first = self.sequence.saturating_add(1);
            return Err(Finding::EntriesMissing { first, last: version });
        }
        if self.sequence > version {
            return Err(Finding::JournalGoesOn { version });
        }
        if self.link == *head { Ok(()) } else { Err(Finding::HeadDiffers) }
    }
}
