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
use fiado_core::installments::{DueDates, InstallmentCount, Part, PaymentTerm, Terms, parts};
use fiado_core::money::Amount;
use fiado_core::profile::{Beside, NoteChange, NotesChange, Observation};
use fiado_tests::Dice;
use std::collections::BTreeMap;
use std::fmt;

const HOUR: u32 = 3_600;
const DAY: u32 = 24 * HOUR;
/// All of 2024 and of 2025.
const DAYS: u32 = 731;

/// In how many installments everything is bought.
const INSTALLMENTS: u64 = 3;

/// The most tasks of one batch.
const MOST_TASKS: usize = 500;

/// Two years, hour by hour.
pub(super) struct Story {
    size: Size,
    dice: Dice,
    agenda: BTreeMap<(Instant, u64), Item>,
    /// How many items the agenda ever had: no two stand at the same place.
    written: u64,
    opened: u64,
    came_to_buy: u64,
    orders: u64,
    payments: u64,
}

/// Something that is to happen.
enum Item {
    /// The next account is opened.
    Opening,
    /// The next purchase is made.
    Purchase,
    /// A purchase is made by somebody else, where it was refused.
    OtherPurchase(InstallmentCount),
    /// Anything else, by somebody whose account is open.
    Task(Box<Task>),
}

/// What was bought, and when its invoices are issued.
struct Bought {
    key: AccountKey,
    transaction: TransactionId,
    amount: Amount,
    parts: Vec<Part>,
    issued_at: Instant,
}

impl Story {
    /// It begins with the first account.
    pub(super) fn new(size: Size) -> Story {
        let mut story = Story {
            size,
            dice: Dice::new(1),
            agenda: BTreeMap::new(),
            written: 0,
            opened: 0,
            came_to_buy: 0,
            orders: 0,
            payments: 0,
        };
        story.expect_account();
        story.expect_purchase();
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

    /// Goes on from what was said to them.
    pub(super) fn goes_on(&mut self, tasks: &[Task], said: &[Said]) {
        for (task, said) in tasks.iter().zip(said) {
            match (&task.command, said) {
                (Command::UseCredit(purchase), Ok(Receipt::Usage(usage))) => {
                    let installments = purchase.installments;
                    let (transaction, at) = (&usage.transaction, task.at);
                    self.was_bought(&bought(&task.key, transaction, purchase.amount, installments, at));
                }
                (Command::Authorize(purchase), Ok(Receipt::Hold(hold))) => {
                    self.was_authorized(task, purchase, &hold.transaction);
                }
                // Their limit is used up: somebody else buys as much.
                (Command::UseCredit(UseCredit { installments, .. }), _)
                | (Command::Authorize(Authorize { installments, .. }), _) => {
                    self.write(task.at.plus_seconds(HOUR), Item::OtherPurchase(*installments));
                }
                _ => {}
            }
        }
    }

    fn task(&mut self, at: Instant, item: Item) -> Task {
        match item {
            Item::Opening => self.opening(at),
            Item::Purchase => {
                let left = self.size.invoices - INSTALLMENTS * self.came_to_buy;
                self.came_to_buy += 1;
                self.expect_purchase();
                self.purchase(at, InstallmentCount::new(left.min(INSTALLMENTS)).unwrap())
            }
            Item::OtherPurchase(installments) => self.purchase(at, installments),
            Item::Task(task) => *task,
        }
    }

    fn opening(&mut self, at: Instant) -> Task {
        let buyer = Buyer(self.opened);
        self.opened += 1;
        self.expect_account();
        if buyer.leaves() {
            self.plan(at.plus_seconds(90 * DAY), &buyer.key(), Command::Close(Close {}));
        }
        Task { at, key: buyer.key(), command: Command::Open(buyer.opening()), beside: buyer.contact() }
    }

    /// Three in four buy at once, the others have the credit held until the goods leave.
    fn purchase(&mut self, at: Instant, installments: InstallmentCount) -> Task {
        self.orders += 1;
        let order = OrderId::new(format!("{:013}-01", 1_375_060_513_100 + self.orders)).unwrap();
        let amount = self.price();
        let command = if self.dice.one_in(4) {
            let order = Some(order);
            Command::Authorize(Authorize { order, amount, installments, firm: false, expires_at: None })
        } else {
            Command::UseCredit(UseCredit { order, amount, installments, plan: None })
        };
        Task { at, key: self.buyer().key(), command, beside: Beside::default() }
    }

    /// One of those who have an account by now.
    fn buyer(&mut self) -> Buyer {
        let last = self.opened - 1;
        loop {
            let buyer = if self.dice.one_in(2) {
                Buyer(REGULARS * self.dice.between(0, last / REGULARS))
            } else {
                Buyer(self.dice.between(0, last))
            };
            if !buyer.leaves() {
                return buyer;
            }
        }
    }

    /// One in three is a round price that many things have; others are anything from 15.00 to
    /// 3,000.00, less rather than more.
    fn price(&mut self) -> Amount {
        if self.dice.one_in(3) {
            return cents(3_000 * self.dice.between(1, 100));
        }
        let (one, other) = (self.dice.between(1_500, 300_000), self.dice.between(1_500, 300_000));
        cents(one.min(other))
    }

    fn was_authorized(&mut self, task: &Task, purchase: &Authorize, transaction: &TransactionId) {
        let hours = u32::try_from(self.dice.between(2, 20)).unwrap();
        let at = task.at.plus_seconds(hours * HOUR);
        let amount = purchase.amount;
        let command = Command::Settle(Settle { transaction: transaction.clone(), amount });
        // Also where the story has ended by then: its purchases are counted.
        self.write_task(Task { at, key: task.key.clone(), command, beside: Beside::default() });
        self.was_bought(&bought(&task.key, transaction, amount, purchase.installments, at));
    }

    /// How its invoices will be paid, if they are.
    fn was_bought(&mut self, bought: &Bought) {
        match self.dice.between(1, 100) {
            1..=45 => self.pays_each(bought),
            46..=72 => self.pays_at_once(bought),
            73..=78 => self.sends_it_back(bought),
            79..=80 => self.is_noted(bought),
            _ => {}
        }
    }

    /// Each invoice around its due day.
    fn pays_each(&mut self, bought: &Bought) {
        for part in &bought.parts {
            let late = self.days(24, 40);
            let at = bought.issued_at.plus_seconds(u32::from(part.number - 1) * 30 * DAY + late);
            self.plan(at, &bought.key, Command::PayInvoice(PayInvoice { invoice: bought.invoice(part) }));
        }
    }

    /// The whole purchase by one transfer.
    fn pays_at_once(&mut self, bought: &Bought) {
        let at = bought.issued_at.plus_seconds(self.days(20, 60));
        let share = |part: &Part| Allocation { invoice: bought.invoice(part), amount: part.amount };
        self.payments += 1;
        let payment = Pay {
            reference: PaymentReference::new(format!("TRF-{:08}", self.payments)).unwrap(),
            amount: bought.amount,
            date: day_of(at),
            allocations: Some(bought.parts.iter().map(share).collect()),
        };
        self.plan(at, &bought.key, Command::Pay(payment));
    }

    fn sends_it_back(&mut self, bought: &Bought) {
        let at = bought.issued_at.plus_seconds(self.days(1, 15));
        for part in &bought.parts {
            let cancel = CancelInvoice { invoice: bought.invoice(part) };
            self.plan(at, &bought.key, Command::CancelInvoice(cancel));
        }
    }

    fn is_noted(&mut self, bought: &Bought) {
        let at = bought.issued_at.plus_seconds(self.days(1, 15));
        let invoice = bought.invoice(&bought.parts[0]);
        let observation = Observation::new(format!("Orden de compra OC-{:08}", self.orders)).unwrap();
        let notes = NotesChange {
            invoice: invoice.clone(),
            observation: NoteChange::Set(observation),
            payment_link: NoteChange::Keep,
        };
        let update = Command::UpdateInvoice(UpdateInvoice { invoice, state: None, annotated: true });
        self.plan_with(at, &bought.key, update, Beside { notes: Some(notes), ..Beside::default() });
    }

    /// Something that happens if the story has not ended by then.
    fn plan(&mut self, at: Instant, key: &AccountKey, command: Command) {
        self.plan_with(at, key, command, Beside::default());
    }

    fn plan_with(&mut self, at: Instant, key: &AccountKey, command: Command, beside: Beside) {
        if at < end() {
            self.write_task(Task { at, key: key.clone(), command, beside });
        }
    }

    fn expect_account(&mut self) {
        if self.opened < self.size.accounts {
            self.write(moment(self.opened, self.size.accounts), Item::Opening);
        }
    }

    fn expect_purchase(&mut self) {
        let purchases = self.size.invoices.div_ceil(INSTALLMENTS);
        if self.came_to_buy < purchases {
            // Half a step later than an account, so that the first is open when somebody buys.
            self.write(moment(2 * self.came_to_buy + 1, 2 * purchases), Item::Purchase);
        }
    }

    fn write_task(&mut self, task: Task) {
        self.write(task.at, Item::Task(Box::new(task)));
    }

    fn write(&mut self, at: Instant, item: Item) {
        self.agenda.insert((at, self.written), item);
        self.written += 1;
    }

    /// So many days in seconds, and some hours.
    fn days(&mut self, least: u64, most: u64) -> u32 {
        u32::try_from(self.dice.between(least * u64::from(DAY), most * u64::from(DAY))).unwrap()
    }
}

impl fmt::Display for Story {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{} accounts, {} invoices",
            thousands(self.opened),
            thousands(INSTALLMENTS * self.came_to_buy)
        )
    }
}

impl Bought {
    fn invoice(&self, part: &Part) -> InvoiceId {
        InvoiceId { transaction: self.transaction.clone(), installment: part.number }
    }
}

fn bought(
    key: &AccountKey,
    transaction: &TransactionId,
    amount: Amount,
    installments: InstallmentCount,
    issued_at: Instant,
) -> Bought {
    let terms = Terms::interest_free(installments);
    let start = day_of(issued_at);
    let parts = parts(&terms, amount, start, PaymentTerm::USUAL, &DueDates::default()).unwrap();
    Bought { key: key.clone(), transaction: transaction.clone(), amount, parts, issued_at }
}

/// Midnight in Panama, where the shop is.
fn beginning() -> Instant {
    Instant::parse("2024-01-01T05:00:00Z").unwrap()
}

fn end() -> Instant {
    beginning().plus_seconds(DAYS * DAY)
}

/// When the first so many of all have happened, at a steady pace.
fn moment(first: u64, of: u64) -> Instant {
    let microseconds = u128::from(DAYS * DAY) * 1_000_000 * u128::from(first) / u128::from(of);
    let begun = beginning().microseconds();
    Instant::from_microseconds(begun + i64::try_from(microseconds).unwrap()).unwrap()
}

/// The day in Panama, which is five hours behind all year.
pub(super) fn day_of(at: Instant) -> Day {
    const MICROSECONDS: i64 = 1_000_000;
    let there = at.microseconds() - i64::from(5 * HOUR) * MICROSECONDS;
    let days = there.div_euclid(i64::from(DAY) * MICROSECONDS);
    Day::from_days_since_epoch(i32::try_from(days).unwrap()).unwrap()
}
