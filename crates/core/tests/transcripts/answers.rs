//! What an account answers, in one line or a few.

use crate::refusals::refusal;
use crate::support::world::{World, ending_holds};
use fiado_core::account::{
    AppliedPart, Book, Event, Hold, HoldState, Invoice, InvoiceChange, InvoiceState, LineKind, Outcome,
    Payment, Receipt, Row, StatementLine, Status, Usage, Wish, assess, offered, remedies as what_helps,
};
use fiado_core::identity::{ChildId, InvoiceId, TransactionId};
use fiado_core::installments::{Part, Plan};
use fiado_core::money::{Amount, Balance, Tolerance};

/// What a command that was done answers.
pub(crate) fn outcome(world: &World, outcome: &Outcome) -> Vec<String> {
    let mut answer = match &outcome.receipt {
        Receipt::Account(_) => account(world),
        Receipt::Usage(usage) => used(world, usage),
        Receipt::Payment(payment) => paid(world, payment),
        Receipt::Hold(held) => vec![hold(world, held)],
        Receipt::Invoice(resolved) => vec![invoice(world, resolved)],
        Receipt::Holder(holder) => vec![holder_line(world, &holder.id)],
        Receipt::Captured { amount, .. } => captured(world, *amount),
        Receipt::Adjusted { value } => vec![format!("moved {}, {}", signed(world, *value), balance(world))],
    };
    if outcome.entries.is_empty() {
        answer.insert(0, "nothing new".to_owned());
    }
    answer.extend(outcome.entries.iter().flat_map(|entry| consequences(world, &entry.event)));
    let changes = outcome.rows.iter().filter_map(|row| match row {
        Row::Statement(line) if line.kind == LineKind::Credit => Some(line.value),
        _ => None,
    });
    answer.extend(changes.map(|value| format!("on the statement: {}", signed(world, value))));
    answer
}

/// What an event did besides what is answered.
fn consequences(world: &World, event: &Event) -> Vec<String> {
    match event {
        Event::HoldExpired { transaction, amount } => {
            vec![format!("expired: {} {}", purchase_name(world, transaction), money(world, *amount))]
        }
        Event::Used { prepaid, .. } => applied(world, "paid ahead of", prepaid),
        Event::Settled { parts, prepaid, .. } => {
            let plan = parts.iter().map(|part| plan_line(world, part));
            plan.chain(applied(world, "paid ahead of", prepaid)).collect()
        }
        Event::SettlementChanged { changes, .. } | Event::Refunded { changes, .. } => {
            changes.iter().map(|change| change_line(world, change)).collect()
        }
        _ => Vec::new(),
    }
}

fn used(world: &World, usage: &Usage) -> Vec<String> {
    let figures = format!(
        "used {}, available {}, due {}",
        money(world, usage.used_after),
        money(world, usage.available_after),
        usage.due
    );
    let mut answer = vec![figures];
    answer.extend(
        usage.plan.as_ref().map(|plan| format!("by {plan}, interest {}", money(world, usage.interest))),
    );
    if usage.parts.len() > 1 {
        answer.extend(usage.parts.iter().map(|part| plan_line(world, part)));
    }
    answer
}

fn plan_line(world: &World, part: &Part) -> String {
    format!("part {}: {} due {}", part.number, money(world, part.amount), part.due)
}

fn change_line(world: &World, change: &InvoiceChange) -> String {
    let (before, after) = (money(world, change.before), money(world, change.after));
    let name = invoice_name(world, &change.invoice);
    let line = format!("{name}: {before} became {after}, paid {}", money(world, change.paid));
    if change.returned.is_zero() {
        line
    } else {
        format!("{line}, given back {}", money(world, change.returned))
    }
}

fn paid(world: &World, payment: &Payment) -> Vec<String> {
    let mut answer = vec![format!(
        "used {}, available {}",
        money(world, payment.used_after),
        money(world, payment.available_after)
    )];
    answer.extend(applied(world, "paid of", &payment.applied));
    if !payment.unapplied.is_zero() {
        answer.push(format!("paid ahead: {}", money(world, payment.unapplied)));
    }
    answer
}

fn applied(world: &World, what: &str, parts: &[AppliedPart]) -> Vec<String> {
    let line = |part: &AppliedPart| {
        let (amount, left) = (money(world, part.amount), money(world, part.left));
        format!("{what} {}: {amount}, left {left}", invoice_name(world, &part.invoice))
    };
    parts.iter().map(line).collect()
}

fn captured(world: &World, amount: Amount) -> Vec<String> {
    let account = world.account();
    let available = signed(world, account.signed_available());
    let mut figures = format!("{}: used {}", money(world, amount), money(world, account.totals.outstanding));
    if !account.totals.held.is_zero() {
        figures.push_str(&format!(", held {}", money(world, account.totals.held)));
    }
    vec![format!("{figures}, available {available}")]
}

fn hold(world: &World, hold: &Hold) -> String {
    let (name, amount) = (purchase_name(world, &hold.transaction), money(world, hold.terms.amount));
    let mut words = vec![format!("{name}: {amount} {}", hold.state_at(world.now()).word())];
    if hold.terms.installments.get() > 1 {
        words.push(format!("in {}", hold.terms.installments.get()));
    }
    if hold.terms.firm {
        words.push("firm".to_owned());
    }
    if hold.state == HoldState::Held {
        words.push(format!("until {}", hold.terms.expires_at));
    }
    words.join(", ")
}

/// All holds, live and ended, in the order of their names.
pub(crate) fn holds(world: &World) -> Vec<String> {
    let mut lines: Vec<String> = world.book.holds.values().map(|one| hold(world, one)).collect();
    lines.sort();
    lines
}

fn holder_line(world: &World, id: &ChildId) -> String {
    let number = world.book.holders.keys().position(|other| other == id).map_or(0, |place| place + 1);
    let removed = world.book.holders.get(id).and_then(|holder| holder.removed_at);
    format!("holder {number}{}", if removed.is_some() { ", removed" } else { "" })
}

/// All holders, present and past.
pub(crate) fn holders(world: &World) -> Vec<String> {
    world.book.holders.keys().map(|id| holder_line(world, id)).collect()
}

/// Where the account stands, with its figures.
pub(crate) fn account(world: &World) -> Vec<String> {
    let account = world.account();
    let Some(life) = &account.life else { return vec!["no account".to_owned()] };
    let mut figures = vec![life.status().word().to_owned()];
    match account.line() {
        Some(line) if life.status() != Status::Cancelled => {
            figures.push(format!("limit {}", money(world, line.limit)));
            if line.tolerance != Tolerance::NONE {
                figures.push(format!("tolerance {}", line.tolerance.printed()));
                figures.push(format!("ceiling {}", signed(world, account.ceiling(&world.policy))));
            }
            figures.push(format!("used {}", money(world, account.totals.outstanding)));
            if !account.totals.held.is_zero() {
                figures.push(format!("held {}", money(world, account.totals.held)));
            }
            figures.push(format!("available {}", money(world, account.available())));
            figures.push(format!("term {}", line.term.days()));
        }
        _ => figures.push(format!("life {}", life.number)),
    }
    if life.balance != Balance::ZERO {
        figures.push(balance(world));
    }
    if !account.totals.unapplied.is_zero() {
        figures.push(format!("paid ahead {}", money(world, account.totals.unapplied)));
    }
    let overdue = account.ladder.due_before(world.today);
    if !overdue.is_zero() {
        figures.push(format!("overdue {}", money(world, overdue)));
    }
    vec![figures.join(", ")]
}

fn balance(world: &World) -> String {
    let balance = world.book.account.life.as_ref().map_or(Balance::ZERO, |life| life.balance);
    format!("balance {}", signed(world, balance))
}

/// The open invoices, oldest due first.
pub(crate) fn invoices(world: &World) -> Vec<String> {
    let open = world.open_invoices();
    if open.is_empty() {
        vec!["none open".to_owned()]
    } else {
        open.iter().map(|one| invoice(world, one)).collect()
    }
}

/// The invoices of this life, open and resolved.
pub(crate) fn all_invoices(world: &World) -> Vec<String> {
    let present = world.book.invoices.values().filter(|invoice| !invoice.past);
    let mut lines: Vec<String> = present.map(|one| invoice(world, one)).collect();
    lines.sort();
    if lines.is_empty() { vec!["none".to_owned()] } else { lines }
}

fn invoice(world: &World, invoice: &Invoice) -> String {
    let (name, value) = (invoice_name(world, &invoice.id), money(world, invoice.value));
    let mut line = match invoice.state {
        InvoiceState::Open => {
            format!("{name} due {}: {} of {value}", invoice.due, money(world, invoice.left()))
        }
        state => format!("{name} {}: {value}", state.word()),
    };
    if invoice.due != invoice.original_due {
        line.push_str(&format!(", at first {}", invoice.original_due));
    }
    if invoice.state == InvoiceState::Open && invoice.due < world.today {
        line.push_str(", overdue");
    }
    line
}

/// The statement, oldest line first.
pub(crate) fn statement(world: &World) -> Vec<String> {
    let Book { statement, .. } = &world.book;
    statement.iter().map(|line| statement_line(world, line)).collect()
}

fn statement_line(world: &World, line: &StatementLine) -> String {
    let invoice_name = |invoice| invoice_name(world, invoice);
    let origin = match &line.kind {
        LineKind::Credit => "Credit".to_owned(),
        LineKind::Invoice(bought) => format!("Invoice {} in {}", bought.order, bought.installments),
        LineKind::Correction(changed) => format!("Correction {} in {}", changed.order, changed.installments),
        LineKind::Refund(changed) => format!("Refund {} in {}", changed.order, changed.installments),
        LineKind::Cancellation { invoice } => format!("Cancellation {}", invoice_name(invoice)),
        LineKind::Payment { reference, invoice, .. } => {
            let reference = reference.as_ref().map_or(String::new(), |reference| format!(" {reference}"));
            match invoice {
                Some(invoice) => format!("Payment{reference} of {}", invoice_name(invoice)),
                None => format!("Payment{reference} ahead"),
            }
        }
        LineKind::Adjustment { statement, by } => format!("Adjustment {statement} by {by}"),
    };
    let (value, used) = (signed(world, line.value), money(world, line.used_after));
    let balance = if line.balance_after == Balance::ZERO {
        String::new()
    } else {
        format!(", balance {}", signed(world, line.balance_after))
    };
    format!("{}.{} {origin}: {value}, used {used}{balance}", line.sequence, line.line)
}

/// What would become of a purchase.
pub(crate) fn preview(world: &mut World, wish: &Wish) -> Vec<String> {
    let scene = world.scene("somebody");
    let assessment = assess(&world.account(), wish, &scene.context());
    let mut answer: Vec<String> = match (assessment.used_after, assessment.available_after) {
        (Some(used), Some(available)) => {
            vec![format!("would pass: used {}, available {}", money(world, used), money(world, available))]
        }
        _ => assessment.reasons.into_iter().map(|reason| refusal(world, &reason.into())).collect(),
    };
    answer.push(format!(
        "spendable {}, shortfall {}",
        money(world, assessment.spendable),
        money(world, assessment.shortfall)
    ));
    answer.extend(assessment.plan.as_ref().map(|plan| plan_figures(world, plan)));
    let parts = assessment.parts.unwrap_or_default();
    answer.extend(parts.iter().map(|part| plan_line(world, part)));
    answer
}

/// Every plan that is offered, and whether a purchase by it would pass.
pub(crate) fn plans(world: &World, wish: &Wish) -> Vec<String> {
    let offered = offered(&world.account(), wish, &world.sight().context());
    if offered.is_empty() {
        return vec!["none offered".to_owned()];
    }
    let told = offered.iter().flat_map(|(plan, passes)| {
        let verdict = if *passes { "passes" } else { "would not pass" };
        let head = format!("{}, {verdict}", plan_figures(world, plan));
        std::iter::once(head).chain(plan.parts.iter().map(|part| plan_line(world, part)))
    });
    told.collect()
}

/// What would make a purchase pass.
pub(crate) fn remedies(world: &World, wish: &Wish) -> Vec<String> {
    let holds = ending_holds(&world.book, world.now());
    let told = what_helps(&world.account(), &holds, wish, &world.sight().context());
    let lines = [
        told.largest_amount.map(|amount| format!("largest amount {}", money(world, amount))),
        told.smallest_prepayment.map(|amount| format!("smallest prepayment {}", money(world, amount))),
        told.cheapest_plan.map(|plan| format!("cheapest plan {}", plan_figures(world, &plan))),
        told.earliest.map(|(at, day)| format!("earliest {at}, on {day}")),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().collect();
    if lines.is_empty() { vec!["nothing helps".to_owned()] } else { lines }
}

/// `rule:3x: total 106.00, interest 6.00, rate 2`.
pub(crate) fn plan_figures(world: &World, plan: &Plan) -> String {
    let (total, interest) = (money(world, plan.total()), money(world, plan.interest()));
    format!("{}: total {total}, interest {interest}, rate {}", plan.id, plan.rate.printed())
}

/// A purchase as scripts name it: by its order.
pub(crate) fn purchase_name(world: &World, id: &TransactionId) -> String {
    let held = world.book.holds.get(id).map(|hold| &hold.order);
    let order = held.or_else(|| world.book.usages.get(id).map(|usage| &usage.order));
    order.map_or_else(|| "a stranger".to_owned(), ToString::to_string)
}

/// An invoice as scripts name it: `order/1`.
pub(crate) fn invoice_name(world: &World, id: &InvoiceId) -> String {
    format!("{}/{}", purchase_name(world, &id.transaction), id.installment)
}

pub(crate) fn money(world: &World, amount: Amount) -> String {
    amount.printed(world.policy.currency).to_string()
}

pub(crate) fn signed(world: &World, balance: Balance) -> String {
    balance.printed(world.policy.currency).to_string()
}
