use super::{free_of_debt, open_line};
use crate::account::{Account, Event, Rejection};

/// Ends a granted line; refused while anything is owed or held (DECISIONS 20). A request is not
/// withdrawn so: there is no line yet.
pub(in crate::account) fn decide(account: &Account) -> Result<Vec<Event>, Rejection> {
    open_line(account)?;
    free_of_debt(account)?;
    Ok(vec![Event::Cancelled {}])
}
