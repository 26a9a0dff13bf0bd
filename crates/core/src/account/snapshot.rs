use super::{Account, Decision, Ladder, Life, Line, Standing, Status, Totals};
use crate::calendar::{Day, Instant};
use crate::identity::{ActorId, LifeId};
use crate::installments::PaymentTerm;
use crate::money::{Amount, Balance, Currency, Tolerance};
use crate::policy::{OverdueStop, Policy};

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
    /// When it was taken, and how long it holds.
    pub validity: Validity,
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
    /// The snapshot of an account, or `None` where there is none to take.
    pub fn of(account: &Account, policy: &Policy, validity: Validity) -> Option<Snapshot> {
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
            validity,
        })
    }

    /// The policy as far as a purchase needs it.
    pub fn policy(&self) -> Policy {
        Policy {
            tolerance_enabled: self.tolerance_enabled,
            overdue_stop: self.overdue_stop,
            ..Policy::usual(self.currency)
        }
    }

    /// The account as far as a purchase needs it. What the snapshot leaves out (who and when) has
    /// no part in the decision and is filled in.
    pub fn account(&self, nobody: &ActorId) -> Account {
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
