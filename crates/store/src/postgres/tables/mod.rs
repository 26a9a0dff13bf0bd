//! One file a table, or a few that belong together: how rows are read, and its lists. What a batch
//! writes stands in `batch`, all tables at once.

pub(super) mod accounts;
pub(super) mod answers;
pub(super) mod credentials;
pub(super) mod holders;
pub(super) mod holds;
pub(super) mod invoices;
pub(super) mod journal;
pub(super) mod organizations;
pub(super) mod payment_rules;
pub(super) mod payments;
pub(super) mod shoppers;
pub(super) mod statement;
pub(super) mod totals;
pub(super) mod usages;

use crate::cells::{Cell, ToCell};
use crate::numbers;
use fiado_core::identity::AccountKey;

/// Whose rows are asked for, where they are found by the account's number: that, and the names that tell
/// them apart.
pub(super) fn whose(key: &AccountKey) -> [Cell<'_>; 3] {
    [Cell::Integer(numbers::of_account(key)), key.organization.to_cell(), key.customer.to_cell()]
}
