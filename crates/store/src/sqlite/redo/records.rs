//! How records stand in the file.
//!
//! ```text
//! "FiadoRdo"  version: 8  mark of the database: 16  part: 8     the header
//! length: 4   CRC-32: 4   number: 8   record: `length` bytes    again and again
//! ```
//!
//! This is how each of the two parts of a file stands, of which the second begins behind `part` bytes; either
//! may hold the older records. A file of version 1 has one part, and does not say how long it is.
//!
//! Numbers are little end first; the CRC is of number and record. A record that was not written to its end
//! does not fit its CRC, and what was left behind the last one from earlier has a lower number: either ends
//! the reading of a part.

use super::{Mark, Record};
use crate::StoreError;

/// How long the header is, in bytes.
pub(super) const HEADER: u64 = 40;

const NAME: &[u8; 8] = b"FiadoRdo";
const ONE_PART: u64 = 1;
const TWO_PARTS: u64 = 2;

/// What stands before a record: length, CRC and number.
const FRAME: usize = 16;

/// The header of each part of a database's file, where a part is so many bytes long.
pub(super) fn header(mark: &Mark, part: u64) -> Vec<u8> {
    [&NAME[..], &TWO_PARTS.to_le_bytes(), mark, &part.to_le_bytes()].concat()
}

/// A record as it is written.
pub(super) fn seal(number: u64, record: &Record) -> Result<Vec<u8>, StoreError> {
    let mut bytes = vec![0; FRAME];
    record.write(&mut bytes)?;
    let too_long = || StoreError::Unavailable("the batch is too long for a record".to_owned());
    let (frame, body) = bytes.split_first_chunk_mut::<FRAME>().ok_or_else(too_long)?;
    let length = u32::try_from(body.len()).map_err(|_| too_long())?;
    let number = number.to_le_bytes();
    let parts = [&length.to_le_bytes()[..], &crc(&number, body).to_le_bytes(), &number].concat();
    frame.copy_from_slice(&parts);
    Ok(bytes)
}

fn crc(number: &[u8], body: &[u8]) -> u32 {
    let mut crc = crc32fast::Hasher::new();
    crc.update(number);
    crc.update(body);
    crc.finalize()
}

/// Whether a file begins as ours do, and was written by a program that is newer than this one.
pub(super) fn is_newer(bytes: &[u8]) -> bool {
    let version = bytes.strip_prefix(NAME).and_then(|rest| rest.first_chunk::<8>());
    version.is_some_and(|version| u64::from_le_bytes(*version) > TWO_PARTS)
}

/// The records of both parts of a file in order, each with the mark of its database and its number; none
/// where it is not a file of records. Where the front of the first part cannot be read, the second is looked
/// for where it usually begins, or began in earlier versions.
pub(super) fn in_order<'a>(bytes: &'a [u8], usual: &[u64]) -> impl Iterator<Item = (Mark, u64, &'a [u8])> {
    let behind = |part: u64| usize::try_from(part).ok().and_then(|part| bytes.get(part..));
    let second = match read_header(bytes) {
        Some((_, part, _)) => part.and_then(behind),
        None => usual.iter().filter_map(|part| behind(*part)).find(|part| read_header(part).is_some()),
    };
    let mut parts = [bytes, second.unwrap_or_default()].map(Records::of);
    parts.sort_by_key(|records| records.clone().next().map(|(_, number, _)| number));
    parts.into_iter().flatten()
}

/// The records of a part in order, each with the mark of its database and its number.
#[derive(Clone)]
struct Records<'a> {
    mark: Mark,
    rest: &'a [u8],
    last: u64,
}

impl<'a> Records<'a> {
    /// Those that begin at the front of these bytes; none where there is no header.
    fn of(bytes: &'a [u8]) -> Records<'a> {
        let (mark, _, rest) = read_header(bytes).unwrap_or_default();
        Records { mark, rest, last: 0 }
    }
}

/// The mark, how long a part is, and what is behind the header.
fn read_header(bytes: &[u8]) -> Option<(Mark, Option<u64>, &[u8])> {
    let (name, rest) = bytes.split_first_chunk::<8>()?;
    let (version, rest) = rest.split_first_chunk::<8>()?;
    let (mark, rest) = rest.split_first_chunk::<16>()?;
    match u64::from_le_bytes(*version) {
        _ if name != NAME => None,
        ONE_PART => Some((*mark, None, rest)),
        TWO_PARTS => {
            let (part, rest) = rest.split_first_chunk::<8>()?;
            Some((*mark, Some(u64::from_le_bytes(*part)), rest))
        }
        _ => None,
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (Mark, u64, &'a [u8]);

    fn next(&mut self) -> Option<(Mark, u64, &'a [u8])> {
        let (length, rest) = self.rest.split_first_chunk::<4>()?;
        let (expected, rest) = rest.split_first_chunk::<4>()?;
        let (number, rest) = rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()?;
        let (body, rest) = rest.split_at_checked(length)?;
        let is_whole = crc(number, body) == u32::from_le_bytes(*expected);
        let number = u64::from_le_bytes(*number);
        if !is_whole || number <= self.last {
            return None;
        }
        (self.rest, self.last) = (rest, number);
        Some((self.mark, number, body))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Changes;

    const MARK: Mark = [7; 16];
    const PART: u64 = 4_096;

    fn file(numbers: &[u64]) -> Vec<u8> {
        let sealed =
            numbers.iter().flat_map(|number| seal(*number, &Record::of(&Changes::default())).unwrap());
        header(&MARK, PART).into_iter().chain(sealed).collect()
    }

    fn numbers(bytes: &[u8]) -> Vec<u64> {
        let of_mark = |(mark, number, _)| {
            assert_eq!(mark, MARK);
            number
        };
        in_order(bytes, &[2 * PART, PART]).map(of_mark).collect()
    }

    #[test]
    fn records_come_back_in_their_order() {
        assert_eq!(u64::try_from(header(&MARK, PART).len()).unwrap(), HEADER);
        assert!(numbers(&file(&[])).is_empty());
        assert_eq!(numbers(&file(&[4, 5, 9])), [4, 5, 9]);
    }

    #[test]
    fn either_part_may_hold_the_older_records() {
        let in_parts = |one: &[u64], other: &[u64]| {
            let mut bytes = file(one);
            bytes.resize(usize::try_from(PART).unwrap(), 0);
            numbers(&[bytes, file(other)].concat())
        };
        assert_eq!(in_parts(&[1], &[2, 3]), [1, 2, 3]);
        assert_eq!(in_parts(&[4], &[2, 3]), [2, 3, 4]);
        assert_eq!(in_parts(&[], &[2, 3]), [2, 3]);
        assert_eq!(in_parts(&[1], &[]), [1]);
        let mut bytes = file(&[4]);
        bytes.resize(usize::try_from(PART).unwrap(), 0);
        bytes[..64].fill(0);
        assert_eq!(numbers(&[bytes, file(&[2, 3])].concat()), [2, 3], "the first part cannot be read");
    }

    #[test]
    fn a_file_of_a_newer_program_is_told_from_others() {
        let mut bytes = file(&[1]);
        assert!(!is_newer(&bytes));
        bytes[8] = 3;
        assert!(is_newer(&bytes));
    }

    #[test]
    fn a_file_of_the_first_version_has_one_part() {
        let (two, records) = (file(&[1, 2]), header(&MARK, PART).len());
        let one = [&NAME[..], &ONE_PART.to_le_bytes(), &MARK, &two[records..]].concat();
        assert_eq!(numbers(&one), [1, 2]);
    }

    #[test]
    fn what_was_not_written_to_its_end_is_no_record() {
        let whole = file(&[1, 2]);
        let first = file(&[1]).len();
        for end in first..whole.len() {
            assert_eq!(numbers(&whole[..end]), [1], "{end}");
        }
        for bad in first..whole.len() {
            let mut bytes = whole.clone();
            bytes[bad] ^= 1;
            assert_eq!(numbers(&bytes), [1], "{bad}");
        }
    }

    #[test]
    fn what_an_earlier_turn_left_behind_the_last_one_is_none_of_it() {
        assert_eq!(numbers(&file(&[7, 8, 3, 4])), [7, 8]);
    }

    #[test]
    fn a_file_that_is_not_ours_has_none() {
        for bytes in [&b""[..], b"FiadoRdo", &[0; 64]] {
            assert_eq!(in_order(bytes, &[PART]).count(), 0, "{bytes:?}");
            assert!(!is_newer(bytes));
        }
    }
}
