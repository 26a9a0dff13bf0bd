use super::open_line;
use crate::account::{Account, Event, Rejection, Update};

/// Takes over what changed of the company's data, and its terms where they are named. The line
/// must be open: an ended one is opened anew, not updated (DECISIONS 21).
pub(in crate::account) fn decide(account: &Account, command: &Update) -> Result<Vec<Event>, Rejection> {
    let line = open_line(account)?;
    let limit = command.limit.filter(|limit| *limit != line.limit);
    let tolerance = command.tolerance.filter(|tolerance| *tolerance != line.tolerance);
    let events = [
        Some(Event::Updated {}),
        limit.map(|to| Event::LimitChanged { from: line.limit, to }),
        tolerance.map(|to| Event::ToleranceChanged { from: line.tolerance, to }),
    ];
    Ok(events.into_iter().flatten().collect())
}
