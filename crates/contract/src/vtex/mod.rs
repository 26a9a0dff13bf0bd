//! The face of VTEX's Customer Credit: bodies in, answers out (`/api/creditcontrol/…`).
//!
//! One file an operation, named as in the core and in the server; an operation that takes no body and
//! answers nothing of its own has none. A body type is written for the documentation; its `read` is
//! what really reads it, as VTEX's clients write: unknown fields are let be, null is absence, and
//! every number may be a text.

mod account;
mod accounts;
mod add_holder;
mod adjust_balance;
mod authorize;
mod change_hold;
mod change_limit;
mod change_tolerance;
mod error;
mod holders;
mod invoices;
pub(crate) mod moment;
mod open;
mod postpone_invoice;
mod purchase_conditions;
mod query;
mod refund;
mod remove_holder;
pub(crate) mod schema;
mod settle;
mod statement;
mod store_configuration;
mod update;
mod update_invoice;

pub use account::{AccountStatus, AccountView};
pub use accounts::{AccountsAnswer, AccountsQuery, AccountsSummary};
pub use add_holder::{HolderBody, HolderClaims};
pub use adjust_balance::{AdjustBalanceAnswer, AdjustBalanceBody};
pub use authorize::{AuthorizeBody, HoldAnswer};
pub use change_hold::ChangeHoldBody;
pub use change_limit::ChangeLimitBody;
pub use change_tolerance::ChangeToleranceBody;
pub use error::{Figures, VtexError, WrongField, as_seen, status};
pub use holders::{HolderView, HoldersAnswer};
pub use invoices::{
    InvoiceFigures, InvoiceStatus, InvoiceView, InvoicesAnswer, InvoicesQuery, InvoicesSummary,
};
pub use open::{OpenBody, Opening};
pub use postpone_invoice::PostponeBody;
pub use purchase_conditions::{Deadline, PurchaseConditions, PurchaseConditionsQuery};
pub use query::{Positions, QueryDate};
pub use refund::{RefundAnswer, RefundBody};
pub use remove_holder::RemovedHolder;
pub use settle::{SettleAnswer, SettleBody};
pub use statement::{StatementAnswer, StatementEntry, StatementMetadata, StatementOrigin, StatementQuery};
pub use store_configuration::{
    NotificationsSettings, ReminderView, StoreConfiguration, StoreConfigurationBody, StoreConfigurationChange,
};
pub use update::{AccountUpdate, OpenByIdBody, UpdateBody};
pub use update_invoice::UpdateInvoiceBody;

use crate::Money;
use fiado_core::money::Currency;

/// One of a few values by its word, whose case does not matter.
fn one_of<T: Copy>(words: &[(&str, T)], written: &str) -> Option<T> {
    words.iter().find(|(word, _)| word.eq_ignore_ascii_case(written)).map(|(_, value)| *value)
}

/// So many units of the currency of the examples.
fn sample_money(units: u64) -> Money {
    Money::new(Currency::Usd.units(units), Currency::Usd)
}
