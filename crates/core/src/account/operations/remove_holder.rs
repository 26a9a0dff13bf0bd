use super::known;
use crate::account::{Account, Event, Items, Rejection, RemoveHolder};

/// Takes back what was given to a holder.
pub(in crate::account) fn decide(
    account: &Account,
    items: &Items,
    command: &RemoveHolder,
) -> Result<Vec<Event>, Rejection> {
    known(account)?;
    match &items.holder {
        Some(holder) if holder.removed_at.is_none() => {
            Ok(vec![Event::HolderRemoved { holder: command.holder }])
        }
        _ => Err(Rejection::HolderNotFound { holder: command.holder }),
    }
}
