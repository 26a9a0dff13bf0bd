use crate::account::{Event, Hold, Items};

/// Ends the holds whose time has come. Every command does it first, so that what is decided is
/// decided on what is really held (DECISIONS 15).
pub(in crate::account) fn expirations(items: &Items) -> Vec<Event> {
    let ended =
        |hold: &Hold| Event::HoldExpired { transaction: hold.transaction.clone(), amount: hold.terms.amount };
    items.expired.iter().map(ended).collect()
}
