use super::{Command, Invoice, Payment, Usage};
use crate::identity::{InvoiceId, OrderId, PaymentReference};
use crate::money::Amount;

/// The open items a command needs besides the account's totals.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Items {
    /// The purchase of the command's order, if there is one.
    pub usage: Option<Usage>,
    /// The payment of the command's reference, if there is one.
    pub payment: Option<Payment>,
    /// The invoices asked for that are still open, in the order payments reach them.
    pub invoices: Vec<Invoice>,
}

/// Which items a command needs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Needs {
    /// The purchase of this order.
    pub order: Option<OrderId>,
    /// The payment of this reference.
    pub payment: Option<PaymentReference>,
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
}

/// Which items a command needs (DECISIONS 19).
pub fn needs(command: &Command) -> Needs {
    match command {
        Command::UseCredit(purchase) => Needs { order: Some(purchase.order.clone()), ..Needs::default() },
        Command::Pay(payment) => Needs {
            payment: Some(payment.reference.clone()),
            invoices: match &payment.allocations {
                None => InvoiceNeed::OldestCovering(payment.amount),
                Some(allocations) => {
                    InvoiceNeed::Named(allocations.iter().map(|part| part.invoice).collect())
                }
            },
            ..Needs::default()
        },
        _ => Needs::default(),
    }
}
