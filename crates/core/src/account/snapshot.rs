use super::{Account, Decision, EndingHold, Ladder, Life, Line, Standing, Status, Totals};
use crate::calendar::{Day, Instant};
use crate::identity::{ActorId, LifeId};
use crate::installments::{DueDates, PaymentTerm};
use crate::money::{Amount, Balance, Currency, Tolerance};
use crate::policy::{OverdueStop, Policy};
use crate::rules::Offering;

const SECONDS_A_DAY: u32 = 86_400;

/// What a browser needs of an account to preview a purchase as the server would decide it, and
/// nothing of the people behind it (DECISIONS 13, 19).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The account's version when it was taken.
    pub version: u64,
    /// Where the account stands.
    pub status: Status,
    /// Its currency.
    pub currency: Currency,
    /// Its limit, nothing where there is no line.
    pub limit: Amount,
    /// Its tolerance.
    pub tolerance: Tolerance,
    /// Whether the tolerance counts.
    pub tolerance_enabled: bool,
    /// Its term.
    pub term: PaymentTerm,
    /// What is owed, held and paid ahead.
    pub totals: Totals,
    /// What is owed by due day.
    pub ladder: Ladder,
    /// When overdue debt stops purchases.
    pub overdue_stop: Option<OverdueStop>,
    /// The holds that will end by themselves, those that end first first; no more than
    /// [`Snapshot::MOST_HOLDS`].
    pub holds: Vec<EndingHold>,
    /// The rules that plans are offered by.
    pub offering: Offering,
    /// How due days follow on one another.
    pub due_dates: DueDates,
    /// When it was taken, and how long it holds.
    pub validity: Validity,
}

/// A moment a purchase is previewed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The moment.
    pub now: Instant,
    /// The day it is in the store's time zone.
    pub today: Day,
}

/// When a snapshot was taken, and how long it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// When it was taken.
    pub taken_at: Instant,
    /// The day it was taken, in the store's time zone.
    pub today: Day,
    /// When that day ends there: the browser needs no time zones.
    pub today_ends_at: Instant,
    /// When it should be fetched again; never after the day has ended.
    pub valid_until: Instant,
}

impl Validity {
    /// Whether a snapshot still says what day it is and is not too old: before the day has ended
    /// and before it should be fetched again.
    pub fn holds_at(&self, now: Instant) -> bool {
        now < self.valid_until && now < self.today_ends_at
    }
}

impl Snapshot {
    /// The most holds a snapshot tells of; later ones are only counted in `totals`.
    pub const MOST_HOLDS: usize = 100;

    /// The snapshot of an account and its live holds, or `None` where there is none to take.
    pub fn of(
        account: &Account,
        holds: Vec<EndingHold>,
        policy: &Policy,
        validity: Validity,
    ) -> Option<Snapshot> {
        let life = account.life.as_ref()?;
        let line = life.line();
        Some(Snapshot {
            version: account.version,
            status: life.status(),
            currency: policy.currency,
            limit: account.limit(),
            tolerance: line.map_or(Tolerance::NONE, |line| line.tolerance),
            tolerance_enabled: policy.tolerance_enabled,
            term: line.map_or(life.requested_term, |line| line.term),
            totals: account.totals,
            ladder: account.ladder.clone(),
            overdue_stop: policy.overdue_stop,
            holds,
            offering: policy.offering.clone(),
            due_dates: policy.due_dates.clone(),
            validity,
        })
    }

    /// The policy as far as a purchase needs it.
    pub fn policy(&self) -> Policy {
        Policy {
            tolerance_enabled: self.tolerance_enabled,
            overdue_stop: self.overdue_stop,
            offering: self.offering.clone(),
            due_dates: self.due_dates.clone(),
            ..Policy::usual(self.currency)
        }
    }

    /// The moment a purchase is previewed at: on the day the snapshot was taken at `now`, on a later
    /// day when that begins, counted in days of 24 hours from the end of the first. A browser knows no
    /// time zones, so where clocks change between the two it is an hour away; holds and rules alone
    /// depend on it.
    pub fn moment(&self, day: Option<Day>, now: Option<Instant>) -> Moment {
        let Validity { taken_at, today, today_ends_at, .. } = self.validity;
        match day.filter(|day| *day > today) {
            None => Moment { now: now.unwrap_or(taken_at), today },
            Some(day) => {
                let days = u32::try_from(today.days_until(day)).unwrap_or_default().saturating_sub(1);
                Moment { now: today_ends_at.plus_seconds(days.saturating_mul(SECONDS_A_DAY)), today: day }
            }
        }
    }

    /// The account as a purchase finds it at a moment: what is held until before it is held no more.
    pub fn account_at(&self, moment: Moment, nobody: &ActorId) -> Account {
        let ended = self.holds.iter().filter(|hold| hold.ends_at <= moment.now);
        self.account(nobody).without_expired(Amount::saturating_sum(ended.map(|hold| hold.amount)))
    }

    /// The account as far as a purchase needs it. What the snapshot leaves out (who and when) has
    /// no part in the decision and is filled in.
    fn account(&self, nobody: &ActorId) -> Account {
        let decision = Decision { at: self.validity.taken_at, by: nobody.clone(), sequence: self.version };
        let line = Line {
            limit: self.limit,
            tolerance: self.tolerance,
            term: self.term,
            approval: decision.clone(),
        };
        let standing = match self.status {
            Status::Pending => Standing::Pending,
            Status::Rejected => Standing::Rejected(decision),
            Status::Approved => Standing::Approved(line),
            Status::Suspended => Standing::Suspended(line, decision),
            Status::Cancelled => Standing::Cancelled(Some(line), decision),
        };
        let life = Life {
            id: LifeId::new([0; 10]),
            number: 1,
            requested_limit: self.limit,
            requested_term: self.term,
            requested_at: self.validity.taken_at,
            requested_by: nobody.clone(),
            began: self.version,
            updated_at: self.validity.taken_at,
            balance: Balance::ZERO,
            standing,
        };
        Account { version: self.version, life: Some(life), totals: self.totals, ladder: self.ladder.clone() }
    }
}
