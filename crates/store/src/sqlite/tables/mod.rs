//! One file a table: its columns, how a row is written and read back, its queries and lists.

pub(super) mod account_totals;
pub(super) mod accounts;
pub(super) mod adjustments;
pub(super) mod answers;
pub(super) mod contacts;
pub(super) mod credentials;
pub(super) mod holder_emails;
pub(super) mod holders;
pub(super) mod holds;
pub(super) mod invoice_notes;
pub(super) mod invoice_totals;
pub(super) mod invoices;
pub(super) mod journal;
pub(super) mod organizations;
pub(super) mod payment_rules;
pub(super) mod payments;
pub(super) mod profiles;
pub(super) mod refusals;
pub(super) mod remarks;
pub(super) mod statement;
pub(super) mod tail;
pub(super) mod usages;
