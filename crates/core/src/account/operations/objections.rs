//! What stands against new credit: the one gate that purchases and holds pass.

use super::{known, line_not_open};
use crate::account::{Account, Context, Objection, Status, Totals};
use crate::installments::{InstallmentCount, Part, PaymentTerm, Plan, Terms, parts};
use crate::money::{Amount, Balance};
use crate::policy::Policy;

/// New credit somebody asks for: a purchase, a hold, or the growth of one.
#[derive(Debug, Clone, Copy)]
pub(in crate::account) struct Asked {
    /// How much of it is new.
    pub(in crate::account) amount: Amount,
    /// What the purchase costs in all.
    pub(in crate::account) total: Amount,
    /// In how many parts it is paid.
    pub(in crate::account) installments: InstallmentCount,
}

impl Asked {
    /// A new purchase.
    pub(in crate::account) fn new(amount: Amount, installments: InstallmentCount) -> Asked {
        Asked { amount, total: amount, installments }
    }

    /// A new purchase by a plan.
    pub(in crate::account) fn of_plan(plan: &Plan) -> Asked {
        Asked::new(plan.total(), plan.count().unwrap_or(InstallmentCount::ONE))
    }

    /// What was granted before grows, or shrinks.
    pub(super) fn growth(granted: Amount, to: Amount, installments: InstallmentCount) -> Asked {
        Asked { amount: to.saturating_sub(granted), total: to, installments }
    }

    /// Its parts without interest, none of them empty.
    pub(in crate::account) fn split(
        self,
        term: PaymentTerm,
        context: &Context<'_>,
    ) -> Result<Vec<Part>, Objection> {
        let terms = Terms::interest_free(self.installments);
        let parts = parts(&terms, self.total, context.today, term, &context.policy.due_dates);
        parts.ok_or_else(|| self.too_many_installments())
    }

    fn too_many_installments(self) -> Objection {
        Objection::TooManyInstallments {
            amount: self.total,
            installments: self.installments,
            most: InstallmentCount::new(self.total.minor()),
        }
    }
}

/// Nothing, or the first objection to new credit.
pub(super) fn gate(account: &Account, asked: Asked, context: &Context<'_>) -> Result<(), Objection> {
    objections(account, asked, context).into_iter().next().map_or(Ok(()), Err)
}

/// The same for the growth of what was granted before. What does not grow asks for nothing new: it
/// only has to have parts.
pub(super) fn growth_gate(account: &Account, asked: Asked, context: &Context<'_>) -> Result<(), Objection> {
    if asked.amount.is_zero() {
        too_many_installments(asked).map_or(Ok(()), Err)
    } else {
        gate(account, asked, context)
    }
}

/// Everything that stands against new credit, in order of precedence; nothing: it passes.
pub(in crate::account) fn objections(
    account: &Account,
    asked: Asked,
    context: &Context<'_>,
) -> Vec<Objection> {
    let life = match known(account) {
        Ok(life) => life,
        Err(unknown) => return vec![unknown],
    };
    let standing = match life.status() {
        Status::Approved => None,
        Status::Suspended => Some(Objection::LineSuspended {}),
        // Without a line, nothing can be said of limit or debt.
        _ => return vec![line_not_open(life)],
    };
    let checks = [
        standing,
        overdue_debt(account, context),
        too_many_installments(asked),
        credit_not_available(account, asked, context),
        total_too_large(account, asked, context),
    ];
    checks.into_iter().flatten().collect()
}

/// More than a few cents overdue for more than a few days stops new purchases, where the shop
/// says so.
fn overdue_debt(account: &Account, context: &Context<'_>) -> Option<Objection> {
    let stop = context.policy.overdue_stop?;
    let overdue = account.ladder.due_before(context.today.minus_days(u32::from(stop.grace_days)));
    (overdue > stop.above).then_some(Objection::OverdueDebt {
        overdue,
        above: stop.above,
        grace_days: stop.grace_days,
        earliest_due: account.ladder.earliest()?,
    })
}

/// How much of what is overdue stops purchases: paid, it would stop none.
pub(in crate::account) fn overdue_beyond(account: &Account, context: &Context<'_>) -> Amount {
    match overdue_debt(account, context) {
        Some(Objection::OverdueDebt { overdue, above, .. }) => overdue.saturating_sub(above),
        _ => Amount::ZERO,
    }
}

/// No part may be empty: each installment is at least one minor unit.
fn too_many_installments(asked: Asked) -> Option<Objection> {
    let is_too_many = asked.total.minor() < u64::from(asked.installments.get());
    is_too_many.then(|| asked.too_many_installments())
}

/// New credit passes when used + held + amount − unapplied ≤ ceiling (DECISIONS 6).
fn credit_not_available(account: &Account, asked: Asked, context: &Context<'_>) -> Option<Objection> {
    let policy = context.policy;
    let fits = Balance::from(asked.amount) <= account.spendable(policy);
    (!fits).then(|| Objection::CreditNotAvailable {
        limit: account.limit(),
        ceiling: account.ceiling(policy),
        used: account.totals.outstanding,
        held: account.totals.held,
        available: account.available(),
        spendable: spendable(account, policy),
        required: asked.amount,
        shortfall: shortfall(account, asked.amount, policy),
    })
}

/// The largest purchase that passes the ceiling, as an amount of the currency.
pub(in crate::account) fn spendable(account: &Account, policy: &Policy) -> Amount {
    account.spendable(policy).floor_at_zero().min(policy.currency.largest())
}

/// What would have to be paid first for an amount to pass the ceiling, as an amount of the
/// currency; nothing where it passes.
pub(in crate::account) fn shortfall(account: &Account, amount: Amount, policy: &Policy) -> Amount {
    let missing = Balance::from(amount).minus(account.spendable(policy));
    missing.floor_at_zero().min(policy.currency.largest())
}

/// The largest new credit with which what is owed and held stays an amount of the currency,
/// whatever the tolerance allows.
pub(in crate::account) fn room(account: &Account, policy: &Policy) -> Amount {
    let Totals { outstanding, held, .. } = account.totals;
    policy.currency.largest().saturating_sub(outstanding).saturating_sub(held)
}

fn total_too_large(account: &Account, asked: Asked, context: &Context<'_>) -> Option<Objection> {
    let is_too_large = asked.amount > room(account, context.policy);
    is_too_large.then(|| Objection::TotalTooLarge { largest: context.policy.currency.largest() })
}
