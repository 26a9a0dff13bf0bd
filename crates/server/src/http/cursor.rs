//! Cursors: a list, a store's mark in it, and the way from there; opaque to the client.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fiado_contract::fields::{Fault, Fields};
use fiado_store::{PageRequest, Toward};

/// Longer cursors are none of ours: keys have up to 200 characters of up to four bytes.
const LONGEST: usize = 4_096;
/// How many items a page has where nothing is said, and at most.
const USUAL_PAGE: u64 = 20;
const LARGEST_PAGE: u64 = 100;

/// The lists there are. A cursor of one is none of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    Requests,
    Usages,
    Payments,
    Invoices,
    Statement,
    Journal,
}

impl List {
    const fn letter(self) -> char {
        match self {
            List::Requests => 'r',
            List::Usages => 'u',
            List::Payments => 'p',
            List::Invoices => 'i',
            List::Statement => 's',
            List::Journal => 'j',
        }
    }
}

/// Reads `cursor` and `limit`.
pub(crate) fn read_page(list: List, fields: &mut Fields<'_>) -> Option<PageRequest> {
    let most = fields.optional_whole("limit", 1, LARGEST_PAGE);
    let place = fields.optional_parsed("cursor", Fault::NotAnId, |cursor| read(list, cursor));
    let (toward, mark) = match place? {
        Some((toward, mark)) => (toward, Some(mark)),
        None => (Toward::Next, None),
    };
    Some(PageRequest { toward, mark, most: usize::try_from(most?.unwrap_or(USUAL_PAGE)).ok()? })
}

/// The cursor of the page that way from a mark.
pub(super) fn write(list: List, toward: Toward, mark: &str) -> String {
    let way = match toward {
        Toward::Next => 'n',
        Toward::Previous => 'p',
    };
    URL_SAFE_NO_PAD.encode(format!("{}{way}{mark}", list.letter()))
}

/// The mark of a list's cursor and the way from it.
fn read(list: List, cursor: &str) -> Option<(Toward, String)> {
    if cursor.len() > LONGEST {
        return None;
    }
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let place = text.strip_prefix(list.letter())?;
    match (place.strip_prefix('n'), place.strip_prefix('p')) {
        (Some(mark), _) => Some((Toward::Next, mark.to_owned())),
        (_, Some(mark)) => Some((Toward::Previous, mark.to_owned())),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_read_as_they_were_written() {
        for (toward, mark) in [(Toward::Next, "12|a"), (Toward::Previous, "ñ")] {
            let cursor = write(List::Invoices, toward, mark);
            assert_eq!(read(List::Invoices, &cursor), Some((toward, mark.to_owned())));
            assert_eq!(read(List::Usages, &cursor), None);
        }
        for cursor in ["", "!", "eA", "_-8", "dQ", &"A".repeat(5_000)] {
            assert_eq!(read(List::Usages, cursor), None, "{cursor}");
        }
    }
}
