//! Whoever writes the books: what the server does with a batch of commands, done with a clock that
//! the story tells.

use super::buyers::ORGANIZATION;
use super::story::day_of;
use fiado_core::account::{Book, Command, Context, Receipt, Rejection, execute, needs};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, ActorId, LifeId, OrganizationId};
use fiado_core::policy::Policy;
use fiado_core::profile::Beside;
use fiado_store::{Changes, Commit, Loaded, Refusal, Store, Wanted};
use fiado_tests::Dice;
use std::sync::Arc;

/// Something somebody wants done at a moment.
pub(super) struct Task {
    pub(super) at: Instant,
    pub(super) key: AccountKey,
    pub(super) command: Command,
    pub(super) beside: Beside,
}

/// What the core says to it.
pub(super) type Said = Result<Receipt, Rejection>;

/// Takes tasks, one batch after the other.
pub(super) struct Clerk<'a> {
    store: &'a dyn Store,
    policy: Policy,
    name: ActorId,
    /// The bytes of new lives: as scattered as random ones, and the same each time.
    lives: Dice,
    refused: u64,
}

impl<'a> Clerk<'a> {
    /// Works for the organization that the store was made with.
    pub(super) fn new(store: &'a dyn Store) -> Clerk<'a> {
        let organization = store.organization(&OrganizationId::new(ORGANIZATION).unwrap()).unwrap().unwrap();
        Clerk {
            store,
            policy: organization.policy,
            name: ActorId::new("erp").unwrap(),
            lives: Dice::new(2),
            refused: 0,
        }
    }

    /// How many tasks were refused so far.
    pub(super) fn refused(&self) -> u64 {
        self.refused
    }

    /// Does a batch of tasks in one transaction.
    pub(super) fn work(&mut self, tasks: &[Task]) -> Vec<Said> {
        let store = self.store;
        let wanted: Vec<Wanted> = tasks.iter().map(wanted).collect();
        let mut said = Vec::new();
        let written = store.batch(&wanted, &mut |loaded| {
            let changes;
            (changes, said) = self.decide(tasks, loaded);
            changes
        });
        written.unwrap();
        said
    }

    fn decide(&mut self, tasks: &[Task], mut loaded: Loaded) -> (Changes, Vec<Said>) {
        let mut changes = Changes::default();
        let said = tasks.iter().map(|task| {
            let book = loaded.books.get_mut(&task.key).unwrap();
            self.decide_one(task, book, &mut changes)
        });
        let said = said.collect();
        (changes, said)
    }

    fn decide_one(&mut self, task: &Task, book: &mut Book, changes: &mut Changes) -> Said {
        let context = Context {
            now: task.at,
            today: day_of(task.at),
            actor: self.name.clone(),
            new_life: new_life(&mut self.lives),
            policy: &self.policy,
        };
        let items = book.items(&needs(&task.command, task.at));
        match execute(&book.account, &items, &task.command, &context) {
            Ok(outcome) => {
                outcome.rows.iter().for_each(|row| book.apply(row));
                book.account = outcome.account.clone();
                changes.commits.push(Commit {
                    key: task.key.clone(),
                    account: Arc::new(outcome.account),
                    entries: outcome.entries,
                    rows: outcome.rows,
                    beside: task.beside.clone(),
                });
                Ok(outcome.receipt)
            }
            Err(rejection) => {
                self.refused += 1;
                changes.refusals.push(refusal(task, &self.name, rejection.clone()));
                Err(rejection)
            }
        }
    }
}

fn wanted(task: &Task) -> Wanted {
    Wanted { key: task.key.clone(), needs: needs(&task.command, task.at), answer: None }
}

fn refusal(task: &Task, by: &ActorId, rejection: Rejection) -> Refusal {
    let operation = task.command.operation();
    Refusal { key: task.key.clone(), at: task.at, by: by.clone(), operation, rejection }
}

fn new_life(dice: &mut Dice) -> LifeId {
    let bytes = [(); 10].map(|()| u8::try_from(dice.between(0, 255)).unwrap());
    LifeId::new(bytes)
}
