use super::open_line;
use crate::account::{Account, ChangeTolerance, Event, Rejection};

/// The tolerance may become anything. The same tolerance again changes nothing.
pub(in crate::account) fn decide(
    account: &Account,
    command: &ChangeTolerance,
) -> Result<Vec<Event>, Rejection> {
    let line = open_line(account)?;
    if line.tolerance == command.tolerance {
        return Ok(Vec::new());
    }
    Ok(vec![Event::ToleranceChanged { from: line.tolerance, to: command.tolerance }])
}
