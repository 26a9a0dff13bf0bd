use super::{
    Account, Book, Command, Context, Entry, Hold, Holder, Invoice, Items, Payment, Rejection, Row, Usage,
    decide, evolve, project,
};
use crate::identity::{InvoiceId, TransactionId};
use crate::money::{Amount, Balance};
use serde::{Deserialize, Serialize};

/// All that a command has done: what a store writes and a caller is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The account after it.
    pub account: Account,
    /// The new entries of the journal; none where it was done before.
    pub entries: Vec<Entry>,
    /// The rows they leave behind.
    pub rows: Vec<Row>,
    /// What the caller is told.
    pub receipt: Receipt,
}

/// What a caller is told of a command that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Receipt {
    /// The account as it was right after.
    Account(#[serde(with = "whole_account")] Box<Account>),
    /// The purchase, with the figures of its first time.
    Usage(Usage),
    /// The payment, with the figures of its first time.
    Payment(Payment),
    /// The hold as it stands since.
    Hold(Hold),
    /// The invoice as it stands since.
    Invoice(Invoice),
    /// The holder.
    Holder(Holder),
    /// So much was settled or refunded.
    Captured {
        /// The purchase.
        transaction: TransactionId,
        /// How much.
        amount: Amount,
    },
    /// So far was the manual balance moved.
    Adjusted {
        /// By how much.
        value: Balance,
    },
}

/// An account with its ladder. A store keeps the ladder in rows beside the account; an answer that
/// is remembered has to bring its own, or it would be another answer the second time.
mod whole_account {
    use crate::account::{Account, Ladder};
    use crate::calendar::Day;
    use crate::money::Amount;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    struct Whole {
        account: Account,
        ladder: Vec<(Day, Amount)>,
    }

    pub(super) fn serialize<S: Serializer>(account: &Account, serializer: S) -> Result<S::Ok, S::Error> {
        Whole { account: account.clone(), ladder: account.ladder.rungs().collect() }.serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<Account>, D::Error> {
        let Whole { account, ladder } = Whole::deserialize(deserializer)?;
        Ok(Box::new(Account { ladder: Ladder::new(ladder), ..account }))
    }
}

/// Decides a command and follows its events through: [`decide`], then [`evolve`] and [`project`].
///
/// # Errors
/// The first [`Rejection`] in order of precedence; nothing has changed then.
pub fn execute(
    account: &Account,
    items: &Items,
    command: &Command,
    context: &Context<'_>,
) -> Result<Outcome, Rejection> {
    let events = decide(account, items, command, context)?;
    let mut outcome = Outcome {
        account: account.clone(),
        entries: Vec::new(),
        rows: Vec::new(),
        receipt: Receipt::Account(Box::default()),
    };
    for event in events {
        let sequence = outcome.account.version.saturating_add(1);
        let entry = Entry { sequence, at: context.now, by: context.actor.clone(), event };
        outcome.account = evolve(outcome.account, &entry);
        outcome.rows.extend(project(&outcome.account, &entry));
        outcome.entries.push(entry);
    }
    outcome.receipt = receipt(&outcome, items, command);
    Ok(outcome)
}

fn receipt(outcome: &Outcome, items: &Items, command: &Command) -> Receipt {
    let book = || book_after(outcome, items);
    let hold = |id: &TransactionId| book().holds.remove(id).map(Receipt::Hold);
    let invoice = |id: &InvoiceId| book().invoices.remove(id).map(Receipt::Invoice);
    let captured = |transaction: &TransactionId, amount| {
        Some(Receipt::Captured { transaction: transaction.clone(), amount })
    };
    let receipt = match command {
        Command::UseCredit(_) if !outcome.rows.iter().any(changes_purchase) => {
            let new = outcome.rows.iter().find_map(new_usage);
            new.or(items.usage.as_ref()).cloned().map(Receipt::Usage)
        }
        Command::UseCredit(_) => book().usages.into_values().next().map(Receipt::Usage),
        Command::Pay(_) => book().payments.into_values().next().map(Receipt::Payment),
        Command::Authorize(_) => outcome.rows.iter().find_map(new_hold),
        Command::ChangeHold(change) => hold(&change.transaction),
        Command::Release(release) => hold(&release.transaction),
        Command::Settle(settle) => captured(&settle.transaction, settle.amount),
        Command::Refund(refund) => captured(&refund.transaction, refund.amount),
        Command::PayInvoice(pay) => invoice(&pay.invoice),
        Command::UpdateInvoice(update) => invoice(&update.invoice),
        Command::CancelInvoice(cancel) => invoice(&cancel.invoice),
        Command::PostponeInvoice(postpone) => invoice(&postpone.invoice),
        Command::AddHolder(_) => outcome.rows.iter().find_map(new_holder),
        Command::RemoveHolder(remove) => book().holders.remove(&remove.holder).map(Receipt::Holder),
        Command::AdjustBalance(adjust) => Some(Receipt::Adjusted { value: adjust.value }),
        _ => None,
    };
    receipt.unwrap_or_else(|| Receipt::Account(Box::new(outcome.account.clone())))
}

fn new_usage(row: &Row) -> Option<&Usage> {
    match row {
        Row::Usage(usage) => Some(usage),
        _ => None,
    }
}

/// Whether a row changes a purchase that is there.
fn changes_purchase(row: &Row) -> bool {
    !matches!(row, Row::Usage(_) | Row::Invoice(_) | Row::Statement(_))
}

/// The rows a command is answered from: those it looked at, with what it changed of them.
fn book_after(outcome: &Outcome, items: &Items) -> Book {
    let mut book = Book::default();
    book.usages.extend(items.usage.iter().map(|usage| (usage.transaction.clone(), usage.clone())));
    book.payments.extend(items.payment.iter().map(|payment| (payment.id, payment.clone())));
    book.holds.extend(items.hold.iter().map(|hold| (hold.transaction.clone(), hold.clone())));
    book.holders.extend(items.holder.iter().map(|holder| (holder.id, holder.clone())));
    book.invoices.extend(items.invoices.iter().map(|invoice| (invoice.id.clone(), invoice.clone())));
    outcome.rows.iter().for_each(|row| book.apply(row));
    book
}

fn new_hold(row: &Row) -> Option<Receipt> {
    match row {
        Row::Hold(hold) => Some(Receipt::Hold(hold.clone())),
        _ => None,
    }
}

fn new_holder(row: &Row) -> Option<Receipt> {
    match row {
        Row::Holder(holder) => Some(Receipt::Holder(holder.clone())),
        _ => None,
    }
}
