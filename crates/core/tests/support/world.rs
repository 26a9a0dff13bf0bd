//! One account as a store would keep it, with the calendar and the shop around it.

use super::commands::EXPIRE_HOLDS;
use fiado_core::account::{
    Account, Book, Command, Context, EndingHold, Entry, HoldState, Invoice, Items, Outcome, Rejection,
    execute, needs,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{ActorId, LifeId};
use fiado_core::money::{Amount, Currency};
use fiado_core::policy::Policy;

/// A [`Context`] that owns what it speaks of.
#[derive(Debug, Clone)]
pub(crate) struct Scene {
    pub(crate) now: Instant,
    pub(crate) today: Day,
    pub(crate) actor: ActorId,
    pub(crate) new_life: LifeId,
    pub(crate) policy: Policy,
}

impl Scene {
    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            now: self.now,
            today: self.today,
            actor: self.actor.clone(),
            new_life: self.new_life,
            policy: &self.policy,
        }
    }
}

/// An account, its journal, the day and hour, and the shop's policy.
#[derive(Debug, Clone)]
pub(crate) struct World {
    pub(crate) policy: Policy,
    pub(crate) today: Day,
    pub(crate) hour: u32,
    pub(crate) book: Book,
    pub(crate) journal: Vec<Entry>,
    tries: u16,
}

impl World {
    pub(crate) fn new(currency: Currency) -> World {
        World {
            policy: Policy::usual(currency),
            today: Day::parse("2025-11-24").unwrap(),
            hour: 12,
            book: Book::default(),
            journal: Vec::new(),
            tries: 0,
        }
    }

    /// Where a scene plays, with this book.
    pub(crate) fn at(scene: &Scene, book: Book) -> World {
        let since_midnight = scene.now.microseconds() - at_hour(scene.today, 0).microseconds();
        World {
            policy: scene.policy.clone(),
            today: scene.today,
            hour: u32::try_from(since_midnight / 3_600_000_000).unwrap(),
            book,
            journal: Vec::new(),
            tries: 0,
        }
    }

    pub(crate) fn now(&self) -> Instant {
        at_hour(self.today, self.hour)
    }

    /// What somebody sees who changes nothing.
    pub(crate) fn sight(&self) -> Scene {
        self.scene_of("somebody", life(0))
    }

    /// What `actor` finds, with random bytes nobody had before.
    pub(crate) fn scene(&mut self, actor: &str) -> Scene {
        self.tries = self.tries.wrapping_add(1);
        self.scene_of(actor, life(self.tries))
    }

    fn scene_of(&self, actor: &str, new_life: LifeId) -> Scene {
        let actor = ActorId::new(actor).unwrap();
        Scene { now: self.now(), today: self.today, actor, new_life, policy: self.policy.clone() }
    }

    pub(crate) fn items(&self, command: &Command) -> Items {
        self.book.items(&needs(command, self.now()))
    }

    /// Decides a command and keeps what it did.
    pub(crate) fn run(&mut self, actor: &str, command: &Command) -> Result<Outcome, Rejection> {
        let scene = self.scene(actor);
        self.run_in(&scene, command)
    }

    pub(crate) fn run_in(&mut self, scene: &Scene, command: &Command) -> Result<Outcome, Rejection> {
        let items = self.book.items(&needs(command, scene.now));
        let outcome = execute(&self.book.account, &items, command, &scene.context())?;
        self.book.account = outcome.account.clone();
        for row in &outcome.rows {
            self.book.apply(row);
        }
        self.journal.extend(outcome.entries.iter().cloned());
        Ok(outcome)
    }

    /// The account with what is really held.
    pub(crate) fn account(&self) -> Account {
        as_it_stands(&self.book.account, &self.items(&EXPIRE_HOLDS))
    }

    /// The open invoices in the order payments reach them.
    pub(crate) fn open_invoices(&self) -> Vec<Invoice> {
        open_invoices(&self.book)
    }
}

pub(crate) fn open_invoices(book: &Book) -> Vec<Invoice> {
    let mut open: Vec<Invoice> =
        book.invoices.values().filter(|invoice| !invoice.left().is_zero()).cloned().collect();
    open.sort_by(|a, b| a.payment_order().cmp(&b.payment_order()));
    open
}

/// The account with what is really held: what has expired holds nothing, though no event says so yet.
pub(crate) fn as_it_stands(account: &Account, items: &Items) -> Account {
    let expired = items.expired.iter().map(|hold| hold.terms.amount);
    account.clone().without_expired(Amount::saturating_sum(expired))
}

/// The holds that will end by themselves after a moment, those that end first first.
pub(crate) fn ending_holds(book: &Book, now: Instant) -> Vec<EndingHold> {
    let live = book.holds.values().filter(|hold| hold.state_at(now) == HoldState::Held);
    let ending = live.map(|hold| EndingHold {
        ends_at: hold.terms.expires_at,
        ends_on: day_of(hold.terms.expires_at),
        amount: hold.terms.amount,
    });
    let mut ending: Vec<EndingHold> = ending.collect();
    ending.sort_by_key(|hold| hold.ends_at);
    ending
}

/// The day it is at a moment: these worlds keep universal time.
pub(crate) fn day_of(instant: Instant) -> Day {
    let days = instant.microseconds().div_euclid(86_400_000_000);
    Day::from_days_since_epoch(i32::try_from(days).unwrap()).unwrap()
}

fn life(number: u16) -> LifeId {
    let [high, low] = number.to_be_bytes();
    LifeId::new([0xf1, 0xad, 0, 0, 0, 0, 0, 0, high, low])
}

pub(crate) fn noon(day: Day) -> Instant {
    at_hour(day, 12)
}

pub(crate) fn at_hour(day: Day, hour: u32) -> Instant {
    Instant::parse(&format!("{day}T{hour:02}:00:00Z")).unwrap()
}
