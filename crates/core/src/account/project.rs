use super::{
    Account, Adjustment, AppliedPart, Entry, Event, Hold, HoldState, Holder, Invoice, InvoiceChange,
    InvoiceState, LineKind, Payment, Purchase, Row, StatementLine, Usage, UsedPlan,
};
use crate::identity::{InvoiceId, OrderId, TransactionId};
use crate::installments::Part;
use crate::money::{Amount, Balance, Tolerance};

/// The rows an entry leaves behind, given the account right after it.
pub fn project(after: &Account, entry: &Entry) -> Vec<Row> {
    match &entry.event {
        Event::Used { .. } | Event::Settled { .. } => project_purchase(after, entry),
        Event::Paid { .. } => project_payment(after, entry),
        Event::SettlementChanged { .. } | Event::Refunded { .. } => project_change(after, entry),
        Event::InvoiceCancelled { .. } => project_cancellation(after, entry),
        Event::Authorized { .. }
        | Event::HoldChanged { .. }
        | Event::HoldReleased { .. }
        | Event::HoldExpired { .. } => project_hold(entry),
        Event::LimitChanged { .. } | Event::ToleranceChanged { .. } | Event::BalanceAdjusted { .. } => {
            project_terms(after, entry)
        }
        Event::InvoicePostponed { invoice, to, .. } => {
            vec![Row::InvoicePostponed { invoice: invoice.clone(), due: *to, at: entry.at }]
        }
        Event::InvoiceAnnotated { invoice } => {
            vec![Row::InvoiceAnnotated { invoice: invoice.clone(), at: entry.at }]
        }
        Event::HolderAdded { holder } => {
            vec![Row::Holder(Holder { id: *holder, added_at: entry.at, removed_at: None })]
        }
        Event::HolderRemoved { holder } => vec![Row::HolderRemoved { holder: *holder, at: entry.at }],
        Event::Requested { .. } | Event::Opened { .. } => vec![Row::LifeBegan { at: entry.at }],
        Event::Approved { .. }
        | Event::Rejected {}
        | Event::Suspended {}
        | Event::Reactivated {}
        | Event::Cancelled {}
        | Event::Updated {} => Vec::new(),
    }
}

/// Changes of limit and tolerance, and movements of the manual balance.
///
/// A change of limit or tolerance is the difference of two ceilings (DECISIONS 6), also where the
/// shop does not let tolerance count: a replay knows no policy.
fn project_terms(after: &Account, entry: &Entry) -> Vec<Row> {
    let credit = |difference| vec![statement_line(after, entry, 1, difference, LineKind::Credit)];
    match &entry.event {
        Event::LimitChanged { from, to } => {
            let tolerance = after.line().map_or(Tolerance::NONE, |line| line.tolerance);
            credit(tolerance.ceiling(*to).minus(tolerance.ceiling(*from)))
        }
        Event::ToleranceChanged { from, to } => {
            credit(to.ceiling(after.limit()).minus(from.ceiling(after.limit())))
        }
        Event::BalanceAdjusted { statement, value } => {
            let adjustment = Adjustment { statement: statement.clone(), value: *value };
            let kind = LineKind::Adjustment { statement: statement.clone(), by: entry.by.clone() };
            vec![Row::Adjustment(adjustment), statement_line(after, entry, 1, *value, kind)]
        }
        _ => Vec::new(),
    }
}

fn statement_line(after: &Account, entry: &Entry, line: u32, value: Balance, kind: LineKind) -> Row {
    Row::Statement(StatementLine {
        sequence: entry.sequence,
        line,
        at: entry.at,
        value,
        used_after: after.totals.outstanding,
        balance_after: after.life.as_ref().map_or(Balance::ZERO, |life| life.balance),
        kind,
    })
}

/// Holds count against the limit and never stand in the statement (VTEX guide).
fn project_hold(entry: &Entry) -> Vec<Row> {
    let ended =
        |transaction: &TransactionId, state| vec![Row::HoldEnded { transaction: transaction.clone(), state }];
    match &entry.event {
        Event::Authorized { transaction, order, terms } => vec![Row::Hold(Hold {
            transaction: transaction.clone(),
            order: order.clone(),
            authorized: terms.amount,
            terms: *terms,
            made_at: entry.at,
            state: HoldState::Held,
        })],
        Event::HoldChanged { transaction, terms, .. } => {
            vec![Row::HoldChanged { transaction: transaction.clone(), terms: *terms }]
        }
        Event::HoldReleased { transaction, .. } => ended(transaction, HoldState::Released),
        Event::HoldExpired { transaction, .. } => ended(transaction, HoldState::Expired),
        _ => Vec::new(),
    }
}

/// What a purchase is made of, bought at once or settled from a hold.
struct Bought<'a> {
    transaction: &'a TransactionId,
    order: &'a OrderId,
    authorized: Amount,
    amount: Amount,
    plan: Option<&'a UsedPlan>,
    parts: &'a [Part],
    prepaid: &'a [AppliedPart],
}

impl<'a> Bought<'a> {
    fn of(event: &'a Event) -> Option<Bought<'a>> {
        match event {
            Event::Used { transaction, order, amount, plan, parts, prepaid } => {
                let (plan, authorized) = (plan.as_ref(), *amount);
                Some(Bought { transaction, order, authorized, amount: *amount, plan, parts, prepaid })
            }
            Event::Settled { transaction, order, authorized, amount, parts, prepaid, .. } => {
                let (plan, authorized) = (None, *authorized);
                Some(Bought { transaction, order, authorized, amount: *amount, plan, parts, prepaid })
            }
            _ => None,
        }
    }

    fn installments(&self) -> u8 {
        u8::try_from(self.parts.len()).unwrap_or(u8::MAX)
    }
}

/// A purchase and its invoices, born with what was paid ahead of them; its hold has ended.
fn project_purchase(after: &Account, entry: &Entry) -> Vec<Row> {
    let Some(bought) = Bought::of(&entry.event) else {
        return Vec::new();
    };
    let mut rows = Vec::new();
    if let Event::Settled { transaction, .. } = &entry.event {
        rows.push(Row::HoldEnded { transaction: transaction.clone(), state: HoldState::Settled });
    }
    rows.extend(usage(after, entry, &bought).map(Row::Usage));
    rows.extend(bought.parts.iter().map(|part| Row::Invoice(invoice(entry, &bought, part))));
    let kind = LineKind::Invoice(purchase(bought.transaction, bought.order, bought.parts.len()));
    rows.push(statement_line(after, entry, 1, Balance::from(bought.amount).negated(), kind));
    rows
}

fn usage(after: &Account, entry: &Entry, bought: &Bought<'_>) -> Option<Usage> {
    Some(Usage {
        transaction: bought.transaction.clone(),
        order: bought.order.clone(),
        amount: bought.amount,
        interest: bought.plan.map_or(Amount::ZERO, |plan| plan.interest),
        plan: bought.plan.map(|plan| plan.id.clone()),
        authorized: bought.authorized,
        captured: bought.amount,
        value: bought.amount,
        installments: bought.installments(),
        parts: bought.parts.to_vec(),
        used_at: entry.at,
        due: bought.parts.first()?.due,
        paid: Amount::saturating_sum(bought.prepaid.iter().map(|part| part.amount)),
        used_after: after.totals.outstanding,
        available_after: after.available(),
    })
}

fn invoice(entry: &Entry, bought: &Bought<'_>, part: &Part) -> Invoice {
    let id = InvoiceId { transaction: bought.transaction.clone(), installment: part.number };
    let prepaid = bought.prepaid.iter().find(|paid| paid.invoice == id);
    let in_full = prepaid.is_some_and(|paid| paid.left.is_zero());
    Invoice {
        id,
        order: bought.order.clone(),
        value: part.amount,
        paid: prepaid.map_or(Amount::ZERO, |paid| paid.amount),
        installments: bought.installments(),
        issued_at: entry.at,
        due: part.due,
        original_due: part.due,
        postponements: 0,
        state: if in_full { InvoiceState::Paid } else { InvoiceState::Open },
        updated_at: entry.at,
        resolved_at: in_full.then_some(entry.at),
        past: false,
    }
}

fn purchase(transaction: &TransactionId, order: &OrderId, invoices: usize) -> Purchase {
    let installments = u8::try_from(invoices).unwrap_or(u8::MAX);
    Purchase { transaction: transaction.clone(), order: order.clone(), installments }
}

/// A purchase that was settled at another amount or refunded: one line, however many invoices.
fn project_change(after: &Account, entry: &Entry) -> Vec<Row> {
    let (transaction, captured, change, changes, kind) = match &entry.event {
        Event::SettlementChanged { transaction, order, from, to, changes } => {
            let kind = LineKind::Correction(purchase(transaction, order, changes.len()));
            (transaction, Some(*to), Balance::from(*to).minus(*from), changes, kind)
        }
        Event::Refunded { transaction, order, amount, changes } => {
            let kind = LineKind::Refund(purchase(transaction, order, changes.len()));
            (transaction, None, Balance::from(*amount).negated(), changes, kind)
        }
        _ => return Vec::new(),
    };
    let mut rows = vec![Row::UsageChanged { transaction: transaction.clone(), captured, change }];
    rows.extend(changes.iter().map(|change| invoice_changed(entry, change)));
    rows.push(statement_line(after, entry, 1, change.negated(), kind));
    rows
}

/// An invoice of nothing is cancelled, one of what was paid of it is paid (DECISIONS 12).
fn invoice_changed(entry: &Entry, change: &InvoiceChange) -> Row {
    let state = match (change.after.is_zero(), change.left_after().is_zero()) {
        (true, _) => InvoiceState::Cancelled,
        (false, true) => InvoiceState::Paid,
        (false, false) => InvoiceState::Open,
    };
    let (invoice, value) = (change.invoice.clone(), change.after);
    Row::InvoiceChanged { invoice, value, returned: change.returned, state, at: entry.at }
}

fn project_cancellation(after: &Account, entry: &Entry) -> Vec<Row> {
    let Event::InvoiceCancelled { invoice, left, returned, .. } = &entry.event else {
        return Vec::new();
    };
    let change = Balance::from(*left).plus(*returned).negated();
    let kind = LineKind::Cancellation { invoice: invoice.clone() };
    vec![
        Row::InvoiceCancelled { invoice: invoice.clone(), returned: *returned, at: entry.at },
        Row::UsageChanged { transaction: invoice.transaction.clone(), captured: None, change },
        statement_line(after, entry, 1, change.negated(), kind),
    ]
}

fn project_payment(after: &Account, entry: &Entry) -> Vec<Row> {
    let Event::Paid { payment, reference, amount, date, applied, unapplied } = &entry.event else {
        return Vec::new();
    };
    let mut rows = vec![Row::Payment(Payment {
        id: *payment,
        reference: reference.clone(),
        amount: *amount,
        date: *date,
        received_at: entry.at,
        unapplied: *unapplied,
        applied: applied.clone(),
        used_after: after.totals.outstanding,
        available_after: after.available(),
    })];
    rows.extend(applied.iter().map(|part| invoice_paid(entry, part)));
    let shares = applied.iter().map(|part| (part.amount, Some(part.invoice.clone())));
    let rest = (!unapplied.is_zero()).then_some((*unapplied, None));
    let lines = (1_u32..).zip(shares.chain(rest)).map(|(line, (share, invoice))| {
        let kind = LineKind::Payment { payment: *payment, reference: reference.clone(), invoice };
        statement_line(after, entry, line, Balance::from(share), kind)
    });
    rows.extend(lines);
    rows
}

fn invoice_paid(entry: &Entry, part: &AppliedPart) -> Row {
    let (amount, in_full) = (part.amount, part.left.is_zero());
    Row::InvoicePaid { invoice: part.invoice.clone(), amount, at: entry.at, in_full }
}
