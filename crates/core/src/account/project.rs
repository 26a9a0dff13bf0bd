use super::{Account, AppliedPart, Entry, Event, Invoice, LineKind, Payment, Row, StatementLine, Usage};
use crate::calendar::Instant;
use crate::identity::InvoiceId;
use crate::money::{Amount, Balance, Tolerance};

/// The rows an entry leaves behind, given the account right after it.
pub fn project(after: &Account, entry: &Entry) -> Vec<Row> {
    match &entry.event {
        Event::Used { .. } => project_use(after, entry),
        Event::Paid { .. } => project_payment(after, entry),
        Event::LimitChanged { from, to } => {
            let tolerance = after.line().map_or(Tolerance::NONE, |line| line.tolerance);
            credit_line(after, entry, tolerance.ceiling(*to).minus(tolerance.ceiling(*from)))
        }
        Event::ToleranceChanged { from, to } => {
            credit_line(after, entry, to.ceiling(after.limit()).minus(from.ceiling(after.limit())))
        }
        Event::Requested { .. }
        | Event::Approved { .. }
        | Event::Rejected {}
        | Event::Suspended {}
        | Event::Reactivated {}
        | Event::Cancelled {} => Vec::new(),
    }
}

/// A change of limit or tolerance is the difference of two ceilings (DECISIONS 6), also where the
/// shop does not let tolerance count: a replay knows no policy.
fn credit_line(after: &Account, entry: &Entry, difference: Balance) -> Vec<Row> {
    vec![statement_line(after, entry, 1, difference, LineKind::Credit)]
}

fn statement_line(after: &Account, entry: &Entry, line: u32, value: Balance, kind: LineKind) -> Row {
    let used_after = after.totals.outstanding;
    Row::Statement(StatementLine { sequence: entry.sequence, line, at: entry.at, value, used_after, kind })
}

/// A purchase and its invoices, born with what was paid ahead of them.
fn project_use(after: &Account, entry: &Entry) -> Vec<Row> {
    let Event::Used { transaction, order, amount, parts, prepaid } = &entry.event else {
        return Vec::new();
    };
    let Some(first) = parts.first() else {
        return Vec::new();
    };
    let installments = u8::try_from(parts.len()).unwrap_or(u8::MAX);
    let usage = Usage {
        transaction: *transaction,
        order: order.clone(),
        amount: *amount,
        installments,
        parts: parts.clone(),
        used_at: entry.at,
        due: first.due,
        paid: Amount::saturating_sum(prepaid.iter().map(|part| part.amount)),
        used_after: after.totals.outstanding,
        available_after: after.available(),
    };
    let invoices = parts.iter().map(|part| {
        let id = InvoiceId { transaction: *transaction, installment: part.number };
        let prepaid = prepaid.iter().find(|paid| paid.invoice == id);
        Row::Invoice(Invoice {
            id,
            order: order.clone(),
            value: part.amount,
            paid: prepaid.map_or(Amount::ZERO, |paid| paid.amount),
            installments,
            issued_at: entry.at,
            due: part.due,
            resolved_at: prepaid.and_then(|paid| resolved_at(entry, paid)),
        })
    });
    let kind = LineKind::Invoice { transaction: *transaction, order: order.clone(), installments };
    let line = statement_line(after, entry, 1, Balance::from(*amount).negated(), kind);
    std::iter::once(Row::Usage(usage)).chain(invoices).chain(std::iter::once(line)).collect()
}

/// When an invoice was paid, if nothing is left of it.
fn resolved_at(entry: &Entry, part: &AppliedPart) -> Option<Instant> {
    part.left.is_zero().then_some(entry.at)
}

fn invoice_paid(entry: &Entry, part: &AppliedPart) -> Row {
    Row::InvoicePaid { invoice: part.invoice, amount: part.amount, resolved_at: resolved_at(entry, part) }
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
    let shares = applied.iter().map(|part| (part.amount, Some(part.invoice)));
    let rest = (!unapplied.is_zero()).then_some((*unapplied, None));
    let lines = (1_u32..).zip(shares.chain(rest)).map(|(line, (share, invoice))| {
        let kind = LineKind::Payment { payment: *payment, reference: reference.clone(), invoice };
        statement_line(after, entry, line, Balance::from(share), kind)
    });
    rows.extend(lines);
    rows
}
