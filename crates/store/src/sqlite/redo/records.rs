//! How records stand in the file.
//!
//! ```text
//! "FiadoRdo"  version: 8  mark of the database: 16              the header
//! length: 4   CRC-32: 4   number: 8   record: `length` bytes    again and again
//! ```
//!
//! Numbers are little end first; the CRC is of number and record. A record that was not written to
//! its end does not fit its CRC, and what an earlier turn has left behind the last one has a lower
//! number: either ends the reading.

use super::{Mark, Record};
use crate::StoreError;

/// How long the header is, in bytes.
pub(super) const HEADER: u64 = 32;

const NAME: &[u8; 8] = b"FiadoRdo";
const VERSION: u64 = 1;

/// What stands before a record: length, CRC and number.
const FRAME: usize = 16;

/// The header of a database's file.
pub(super) fn header(mark: &Mark) -> Vec<u8> {
    [&NAME[..], &VERSION.to_le_bytes(), mark].concat()
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

/// The records of a file in order, each with the mark of its database and its number.
pub(super) struct Records<'a> {
    mark: Mark,
    rest: &'a [u8],
    last: u64,
}

impl<'a> Records<'a> {
    /// Those of a file's bytes; none where it is not a file of records.
    pub(super) fn of(bytes: &'a [u8]) -> Records<'a> {
        let (mark, rest) = read_header(bytes).unwrap_or_default();
        Records { mark, rest, last: 0 }
    }
}

fn read_header(bytes: &[u8]) -> Option<(Mark, &[u8])> {
    let (name, rest) = bytes.split_first_chunk::<8>()?;
    let (version, rest) = rest.split_first_chunk::<8>()?;
    let (mark, rest) = rest.split_first_chunk::<16>()?;
    (name == NAME && u64::from_le_bytes(*version) == VERSION).then_some((*mark, rest))
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

    fn file(numbers: &[u64]) -> Vec<u8> {
        let sealed =
            numbers.iter().flat_map(|number| seal(*number, &Record::of(&Changes::default())).unwrap());
        header(&MARK).into_iter().chain(sealed).collect()
    }

    fn numbers(bytes: &[u8]) -> Vec<u64> {
        let of_mark = |(mark, number, _)| {
            assert_eq!(mark, MARK);
            number
        };
        Records::of(bytes).map(of_mark).collect()
    }

    #[test]
    fn records_come_back_in_their_order() {
        assert_eq!(u64::try_from(header(&MARK).len()).unwrap(), HEADER);
        assert!(numbers(&file(&[])).is_empty());
        assert_eq!(numbers(&file(&[4, 5, 9])), [4, 5, 9]);
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
            assert_eq!(Records::of(bytes).count(), 0, "{bytes:?}");
        }
    }
}
