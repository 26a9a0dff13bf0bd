use super::open_line;
use crate::account::{Account, ChangeLimit, Event, Rejection};

/// The limit may become anything, even less than is used: then nothing is available until enough
/// is paid. The same limit again changes nothing.
pub(in crate::account) fn decide(account: &Account, command: &ChangeLimit) -> Result<Vec<Event>, Rejection> {
    let line = open_line(account)?;
    if line.limit == command.limit {
        return Ok(Vec::new());
    }
    Ok(vec![Event::LimitChanged { from: line.limit, to: command.limit }])
}
