//! Hashes and secrets as texts: 64 hexadecimal digits, in small letters.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::borrow::Cow;
use std::fmt;

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// Writes them.
pub(crate) fn serialize<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&text(bytes))
}

/// Reads them.
pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
    let text: Cow<'de, str> = Text::deserialize(deserializer)?.0;
    parse(&text).ok_or_else(|| de::Error::custom("a hash has 64 hexadecimal digits"))
}

/// A text that is not copied where it need not be.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// Bytes that are written so wherever they stand.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Hexadecimal(#[serde(with = "crate::moving::hex")] pub(crate) [u8; 32]);

/// They may be secret.
impl fmt::Debug for Hexadecimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The digits of some bytes.
pub(crate) fn text(bytes: &[u8]) -> String {
    let digit = |value: u8| DIGITS.get(usize::from(value)).copied().map_or('0', char::from);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn parse(text: &str) -> Option<[u8; 32]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    let mut bytes = [0; 32];
    if pairs.len() != bytes.len() || !rest.is_empty() {
        return None;
    }
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = (value(*high)? << 4) | value(*low)?;
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_written_and_read_back() {
        let mut bytes = [0; 32];
        for (number, byte) in (0..).zip(&mut bytes) {
            *byte = number * 8 + 7;
        }
        let written = text(&bytes);
        assert!(written.starts_with("070f171f") && written.ends_with("f7ff") && written.len() == 64);
        assert_eq!(parse(&written), Some(bytes));
        for wrong in ["", "07", &written.to_uppercase(), &format!("{written}00"), &written.replace('f', "g")]
        {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
    }
}
