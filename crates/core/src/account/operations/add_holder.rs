use super::{known, open_line};
use crate::account::{Account, Event, Rejection};

/// Lets somebody buy on an open line.
pub(in crate::account) fn decide(account: &Account) -> Result<Vec<Event>, Rejection> {
    let life = known(account)?;
    open_line(account)?;
    Ok(vec![Event::HolderAdded { holder: life.id.child(account.version.saturating_add(1)) }])
}
