//! What happens in two years of a shop: accounts are opened and purchases made at a steady pace;
//! most invoices are paid around their due days, some at once, some never, some cancelled.
//!
//! Everything that is to happen stands in an agenda. What follows from a task comes an hour after
//! it at the earliest, so that the tasks of one hour make one batch and time never goes back.

use super::Size;
use super::buyers::{Buyer, REGULARS, cents};
use super::clerk::{Said, Task};
use crate::table::thousands;
use fiado_core::account::{
    Allocation, Authorize, CancelInvoice, Close, Command, Pay, PayInvoice, Receipt, Settle, UpdateInvoice,
    UseCredit,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{AccountKey, InvoiceId, OrderId, PaymentReference, TransactionId};
use fiado_core::installments::{InstallmentCount, Part, PaymentTerm, interest_free};
use fiado_core::money::Amount;
use fiado_core::profile::{Beside, NoteChange, NotesChange, Observation};
use fiado_tests::Dice;
use std::collections::BTreeMap;
use std::fmt;

const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;
/// From the first day of 2024 to the last of 2025.
const DAYS: u32 = 731;
const MICROSECONDS_A_SECOND: u64 = 1_000_000;

/// In how many installments everything is bought.
const INSTALLMENTS: u64 = 3;

/// The most tasks of one batch.
const MOST_TASKS: usize = 500;

/// Midnight in Panama, where the shop is.
fn beginning() -> Instant {
    Instant::parse("2024-01-01T05:00:00Z").unwrap()
}

/// The day in Panama, which is five hours behind all year.
pub(super) fn day_of(at: Instant) -> Day {
    let there = at.microseconds() - i64::from(5 * HOUR) * 1_000_000;
    let days = there.div_euclid(i64::from(DAY) * 1_000_000);
    Day::from_days_since_epoch(i32::try_from(days).unwrap()).unwrap()
}

/// Two years, hour by hour.
pub(super) struct Story {
    size: Size,
    dice: Dice,
    agenda: BTreeMap<(Instant, u64), Item>,
    /// How many things were ever written into the agenda: no two have the same place.
    written: u64,
    opened: u64,
    bought: u64,
    payments: u64,
}

/// Something that is to happen.
enum Item {
    /// The next account is opened.
    Opening,
    /// A purchase is made, by this number.
    Purchase(u64),
    /// Anything else, by an account that is known already.
    Command(AccountKey, Command, Beside),
}

/// A purchase that was made, and when its invoices are issued.
struct Purchase {
    key: AccountKey,
    transaction: TransactionId,
    parts: Vec<Part>,
    issued_at: Instant,
}

impl Story {
    /// It begins with nothing.
    pub(super) fn new(size: Size) -> Story {
        let mut story = Story {
            size,
            dice: Dice::new(1),
            agenda: BTreeMap::new(),
            written: 0,
            opened: 0,
            bought: 0,
            payments: 0,
        };
        story.write(story.pace(0, size.accounts), Item::Opening);
        if size.invoices > 0 {
            story.write(story.pace(0, story.purchases()), Item::Purchase(0));
        }
        story
    }

    /// The next hour's tasks, in order; `None`: the story has ended.
    pub(super) fn next_hour(&mut self) -> Option<Vec<Task>> {
        let (begins, _) = *self.agenda.first_key_value()?.0;
        let ends = begins.plus_seconds(HOUR);
        let mut tasks = Vec::new();
        while tasks.len() < MOST_TASKS {
            match self.agenda.first_entry() {
                Some(entry) if entry.key().0 < ends => {
                    let ((at, _), item) = entry.remove_entry();
                    tasks.push(self.task(at, item));
                }
                _ => break,
            }
        }
        Some(tasks)
    }

    /// Writes down what follows from what was done.
    pub(super) fn goes_on(&mut self, tasks: &[Task], said: &[Said]) {
        for (task, said) in tasks.iter().zip(said) {
            match (&task.command, said) {
                (Command::UseCredit(_), Ok(Receipt::Usage(usage))) => self.was_bought(Purchase {
                    key: task.key.clone(),
                    transaction: usage.transaction.clone(),
                    parts: usage.parts.clone(),
                    issued_at: task.at,
                }),
                (Command::Authorize(authorize), Ok(Receipt::Hold(hold))) => {
                    self.was_authorized(task, authorize, &hold.transaction);
                }
                // Their limit is used up: somebody else buys instead.
                (Command::UseCredit(_) | Command::Authorize(_), _) => {
                    let number = self.bought;
                    self.bought += 1;
                    self.write(task.at.plus_seconds(HOUR), Item::Purchase(number));
                }
                _ => {}
            }
        }
    }

    fn task(&mut self, at: Instant, item: Item) -> Task {
        match item {
            Item::Opening => self.opening(at),
            Item::Purchase(number) => self.purchase(at, number),
            Item::Command(key, command, beside) => Task { at, key, command, beside },
        }
    }

    fn opening(&mut self, at: Instant) -> Task {
        let buyer = Buyer(self.opened);
        self.opened += 1;
        if self.opened < self.size.accounts {
            self.write(self.pace(self.opened, self.size.accounts), Item::Opening);
        }
        if buyer.leaves() {
            self.happens(at.plus_seconds(90 * DAY), buyer.key(), Command::Close(Close {}));
        }
        Task { at, key: buyer.key(), command: Command::Open(buyer.opening()), beside: buyer.contact() }
    }
}
