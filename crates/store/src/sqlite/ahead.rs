//! Where batches are decided where nobody else has the store open: ahead of the database.
//!
//! What a batch has done is durable once its record is synced ([`Redo`]), and is answered then; the
//! database gets it later, with its turn. It promises that a batch sees all that the batches before it
//! have done, wherever that stands, and that nothing is answered that the database could not take.

use super::at_hand::AtHand;
use super::batch::Sources;
use super::redo::{Mark, Record, Redo};
use super::tables::{organizations, tail};
use super::turn::{Turn, Turns, Unwritten};
use super::{migrations, query};
use crate::head::check_commit;
use crate::known::Known;
use crate::{AnswerKey, Changes, Loaded, StoreError, Wanted};
use fiado_core::account::Account;
use fiado_core::calendar::Instant;
use fiado_core::identity::AccountKey;
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) struct Ahead {
    pub(super) redo: Redo,
    mark: Mark,
    /// The accounts as they stand.
    pub(super) known: Known<Arc<Account>>,
    /// Reads beside whoever writes.
    reader: Connection,
    /// The number of the last batch.
    number: u64,
    newest_at: Option<Instant>,
    unwritten: Unwritten,
    /// The number of the last batch that is in the database.
    written: u64,
    /// And of the last that the disk has there.
    durable: u64,
}

impl Ahead {
    pub(super) fn new(redo: Redo, mark: Mark, known: Known<Arc<Account>>, reader: Connection) -> Ahead {
        let unwritten = Unwritten::default();
        Ahead { redo, mark, known, reader, number: 0, newest_at: None, unwritten, written: 0, durable: 0 }
    }

    /// The number of the last batch.
    pub(super) fn number(&self) -> u64 {
        self.number
    }

    /// The number of the last batch that is in the database.
    pub(super) fn written(&self) -> u64 {
        self.written
    }

    /// Whether the database has everything up to a batch.
    pub(super) fn is_written(&self, number: u64) -> bool {
        self.written >= number
    }

    /// Whether the database has everything.
    pub(super) fn is_all_written(&self) -> bool {
        self.written >= self.number
    }

    /// What is not written yet.
    pub(super) fn unwritten(&self) -> &Unwritten {
        &self.unwritten
    }

    /// Tries to have the store alone; says whether that is so. Only whoever may write to the database at
    /// this moment may ask.
    pub(super) fn try_to_be_alone(&mut self, connection: &Connection) -> Result<bool, StoreError> {
        // A newer program may have been here meanwhile.
        migrations::is_up_to_date(connection)?;
        let tail = tail::read(connection)?;
        if !self.redo.try_to_be_alone()? {
            return Ok(false);
        }
        self.newest_at = tail.newest_at;
        self.is_settled(tail.batches);
        Ok(true)
    }

    /// The database holds everything durably, and so many batches: the records begin anew.
    pub(super) fn is_settled(&mut self, batches: u64) {
        (self.number, self.written, self.durable) = (batches, batches, batches);
        self.redo.begin_anew(self.mark);
    }

    /// The disk has what the database holds up to a batch.
    pub(super) fn is_durable_up_to(&mut self, number: u64) {
        self.durable = self.durable.max(number);
    }

    /// Whether there is room for a record.
    pub(super) fn has_room(&mut self) -> bool {
        self.redo.has_room(self.durable)
    }

    /// What the database lacks of the records, where it holds so many batches.
    pub(super) fn missing(
        &self,
        batches: u64,
    ) -> Result<impl Iterator<Item = Result<Record<'static>, StoreError>>, StoreError> {
        self.redo.records_after(batches, &self.mark)
    }

    /// Runs a batch and makes it durable; on an error nothing of it was done.
    pub(super) fn batch(
        &mut self,
        at_hand: &AtHand,
        wanted: &[Wanted],
        work: &mut dyn FnMut(Loaded) -> Changes,
    ) -> Result<(), StoreError> {
        let changes = self.decide(wanted, work)?;
        if changes.is_empty() {
            return Ok(());
        }
        let number = self.number.saturating_add(1);
        self.redo.append(number, &Record::of(&changes))?;
        self.number = number;
        self.newest_at = self.newest_at.max(changes.newest_at());
        at_hand.add(number, &changes);
        for commit in &changes.commits {
            self.known.keep(&commit.key, Arc::clone(&commit.account));
        }
        self.unwritten.add(number, changes);
        Ok(())
    }

    /// Has a batch decided, at one moment of the database.
    fn decide(
        &mut self,
        wanted: &[Wanted],
        work: &mut dyn FnMut(Loaded) -> Changes,
    ) -> Result<Changes, StoreError> {
        let Ahead { reader, known, unwritten, newest_at, .. } = self;
        if !reader.is_autocommit() {
            // Whoever decided before has panicked.
            query::run(reader, "ROLLBACK", [])?;
        }
        query::run(reader, "BEGIN", [])?;
        let decided = tail::read(reader).and_then(|tail| {
            let turns = Turns::after(tail.batches, unwritten);
            let mut sources = Sources { connection: reader, turns, known };
            let (books, answers) = (sources.books(wanted)?, sources.answers(wanted)?);
            let given: BTreeSet<AnswerKey> = answers.keys().cloned().collect();
            let changes = work(Loaded { books, answers, newest: *newest_at });
            check_commits(&mut sources, &changes)?;
            check_answers(&sources, &changes, wanted, &given)?;
            Ok(changes)
        });
        let _ = query::run(reader, "ROLLBACK", []);
        decided
    }

    /// The turn that is to be written.
    pub(super) fn take_turn(&mut self) -> Arc<Turn> {
        self.unwritten.take()
    }

    /// Everybody can read in the database what the scribe has had in hand, up to its last batch.
    pub(super) fn is_written_up_to(&mut self, last: u64) {
        self.unwritten.let_go();
        self.written = last;
    }
}

/// Checks, before anybody is answered, that the database will take what was done: entries follow on their
/// journals.
fn check_commits(sources: &mut Sources<'_>, changes: &Changes) -> Result<(), StoreError> {
    let mut versions: BTreeMap<&AccountKey, u64> = BTreeMap::new();
    for commit in &changes.commits {
        let before = match versions.get(&commit.key) {
            Some(version) => *version,
            None => stored_version(sources, &commit.key)?,
        };
        versions.insert(&commit.key, check_commit(commit, before)?);
    }
    Ok(())
}

/// And no key is answered twice. The answers that were wanted have been looked for.
fn check_answers(
    sources: &Sources<'_>,
    changes: &Changes,
    wanted: &[Wanted],
    given: &BTreeSet<AnswerKey>,
) -> Result<(), StoreError> {
    let sought: BTreeSet<&AnswerKey> = wanted.iter().filter_map(|wanted| wanted.answer.as_ref()).collect();
    let mut now = BTreeSet::new();
    for (key, _) in &changes.answers {
        let is_given = given.contains(key) || (!sought.contains(key) && sources.answer(key)?.is_some());
        if is_given || !now.insert(key) {
            return Err(StoreError::Conflict(key.account.clone()));
        }
    }
    Ok(())
}

fn stored_version(sources: &mut Sources<'_>, key: &AccountKey) -> Result<u64, StoreError> {
    if let Some(account) = sources.account(key)? {
        return Ok(account.version);
    }
    match organizations::find(sources.connection, &key.organization)? {
        Some(_) => Ok(0),
        None => Err(StoreError::Unavailable("the account's organization is not there".to_owned())),
    }
}
