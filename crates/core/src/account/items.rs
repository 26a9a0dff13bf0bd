use super::{Adjustment, Command, Hold, Holder, Invoice, Payment, Usage};
use crate::calendar::Instant;
use crate::identity::{ChildId, InvoiceId, OrderId, PaymentReference, StatementId, TransactionId};
use crate::money::Amount;

/// The open items a command needs besides the account's totals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Items {
    /// The purchase of the command's order or transaction, if there is one.
    pub usage: Option<Usage>,
    /// The payment of the command's reference, if there is one.
    pub payment: Option<Payment>,
    /// The hold of the command's transaction, ended or not, if there is one.
    pub hold: Option<Hold>,
    /// The holder the command names, if there is one.
    pub holder: Option<Holder>,
    /// The movement of the balance the command names, if it was made before.
    pub adjustment: Option<Adjustment>,
    /// The live holds whose time has come, in order of that time.
    pub expired: Vec<Hold>,
    /// The invoices asked for; in the order payments reach them, but those of one purchase in order
    /// of their installments.
    pub invoices: Vec<Invoice>,
}

/// Which items a command needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// The purchase of this order.
    pub order: Option<OrderId>,
    /// The purchase and the hold of this transaction.
    pub transaction: Option<TransactionId>,
    /// The payment of this reference.
    pub payment: Option<PaymentReference>,
    /// This holder.
    pub holder: Option<ChildId>,
    /// This movement of the balance.
    pub adjustment: Option<StatementId>,
    /// The live holds that end until then; `None`: none of them.
    pub expired_by: Option<Instant>,
    /// These invoices.
    pub invoices: InvoiceNeed,
}

/// Which invoices a command needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum InvoiceNeed {
    /// None.
    #[default]
    None,
    /// The open ones that fall due first, as many as it takes to owe this much.
    OldestCovering(Amount),
    /// These, where they are open.
    Named(Vec<InvoiceId>),
    /// This one, open or not.
    One(InvoiceId),
    /// The open ones of this purchase.
    OpenOf(TransactionId),
    /// All of this purchase.
    AllOf(TransactionId),
}

/// Which items a command needs at a moment (DECISIONS 19).
pub fn needs(command: &Command, now: Instant) -> Needs {
    let none = Needs { expired_by: Some(now), ..Needs::default() };
    let one = |id: &InvoiceId| InvoiceNeed::One(id.clone());
    match command {
        Command::UseCredit(purchase) => Needs { order: Some(purchase.order.clone()), ..none },
        Command::Pay(payment) => Needs {
            payment: Some(payment.reference.clone()),
            invoices: match &payment.allocations {
                None => InvoiceNeed::OldestCovering(payment.amount),
                Some(allocations) => {
                    InvoiceNeed::Named(allocations.iter().map(|part| part.invoice.clone()).collect())
                }
            },
            ..none
        },
        Command::ChangeHold(change) => Needs { transaction: Some(change.transaction.clone()), ..none },
        Command::Release(release) => Needs { transaction: Some(release.transaction.clone()), ..none },
        Command::Settle(settle) => Needs {
            transaction: Some(settle.transaction.clone()),
            invoices: InvoiceNeed::OpenOf(settle.transaction.clone()),
            ..none
        },
        Command::Refund(refund) => Needs {
            transaction: Some(refund.transaction.clone()),
            invoices: InvoiceNeed::AllOf(refund.transaction.clone()),
            ..none
        },
        Command::PayInvoice(pay) => Needs { invoices: one(&pay.invoice), ..none },
        Command::UpdateInvoice(update) => Needs { invoices: one(&update.invoice), ..none },
        Command::CancelInvoice(cancel) => Needs { invoices: one(&cancel.invoice), ..none },
        Command::PostponeInvoice(postpone) => Needs { invoices: one(&postpone.invoice), ..none },
        Command::AdjustBalance(adjust) => Needs { adjustment: Some(adjust.statement.clone()), ..none },
        Command::RemoveHolder(remove) => Needs { holder: Some(remove.holder), ..none },
        _ => none,
    }
}
