//! Cursors: a store's mark and the way from it, opaque to the client.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use fiado_store::Toward;

/// Longer cursors are none of ours: keys have up to 200 characters of up to four bytes.
const LONGEST: usize = 4_096;

/// The cursor of the page after a mark.
pub(super) fn write_next(mark: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("n{mark}"))
}

/// The cursor of the page before a mark.
pub(super) fn write_previous(mark: &str) -> String {
    URL_SAFE_NO_PAD.encode(format!("p{mark}"))
}

/// The mark of a cursor and the way from it.
pub(super) fn read(cursor: &str) -> Option<(Toward, String)> {
    if cursor.len() > LONGEST {
        return None;
    }
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    if let Some(mark) = text.strip_prefix('n') {
        Some((Toward::Next, mark.to_owned()))
    } else {
        text.strip_prefix('p').map(|mark| (Toward::Previous, mark.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_read_as_they_were_written() {
        assert_eq!(read(&write_next("12|a")), Some((Toward::Next, "12|a".to_owned())));
        assert_eq!(read(&write_previous("ñ")), Some((Toward::Previous, "ñ".to_owned())));
        for cursor in ["", "!", "eA", "_-8", &"A".repeat(5_000)] {
            assert_eq!(read(cursor), None, "{cursor}");
        }
    }
}
