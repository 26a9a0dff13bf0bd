//! Pages of a list by the key of its order, never by counting rows: a page costs the same
//! wherever it lies, and stays what it was while new rows come in.

mod marks;

pub(crate) use marks::{ByDueDay, ByLine, ByRequest, BySequence, ByTime};

use crate::{Page, PageRequest, StoreError, Toward};

/// Where an item of a list stands: what the list is ordered by, unique in it.
pub(crate) trait Mark: Sized {
    /// Before every item, in the list's own order.
    fn start() -> Self;

    /// The mark as text.
    fn write(&self) -> String;

    /// The mark of a text, if it is one.
    fn read(text: &str) -> Option<Self>;
}

/// Which way the keys of a list run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Walk {
    /// They grow.
    Up,
    /// They shrink.
    Down,
}

impl Walk {
    fn back(self) -> Walk {
        match self {
            Walk::Up => Walk::Down,
            Walk::Down => Walk::Up,
        }
    }
}

/// A page of a list whose own order is `order`; `fetch` brings so many items strictly beyond a
/// mark, nearest first, walking one way or the other.
pub(crate) fn page<T, M: Mark>(
    request: &PageRequest,
    order: Walk,
    fetch: impl Fn(Walk, &M, usize) -> Result<Vec<(M, T)>, StoreError>,
) -> Result<Page<T>, StoreError> {
    let mark = match &request.mark {
        Some(text) => Some(M::read(text).ok_or(StoreError::BadMark)?),
        None => None,
    };
    let walk = match (&mark, request.toward) {
        (Some(_), Toward::Previous) => order.back(),
        _ => order,
    };
    let is_first_page = mark.is_none();
    let from = mark.unwrap_or_else(M::start);
    let mut found = fetch(walk, &from, request.most.saturating_add(1))?;
    let more_ahead = found.len() > request.most;
    found.truncate(request.most);
    let more_behind = match found.first() {
        Some((nearest, _)) if !is_first_page => !fetch(walk.back(), nearest, 1)?.is_empty(),
        _ => false,
    };
    let (before, after) = if walk == order {
        (more_behind, more_ahead)
    } else {
        found.reverse();
        (more_ahead, more_behind)
    };
    let text = |item: Option<&(M, T)>| item.map(|(mark, _)| mark.write());
    Ok(Page {
        previous: text(found.first().filter(|_| before)),
        next: text(found.last().filter(|_| after)),
        items: found.into_iter().map(|(_, item)| item).collect(),
    })
}
