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
//! does not fit its CRC, and what was left behind the last one from earlier does not have the next number:
//! either ends the reading of a part. A record is read at a time, however many there are.

use super::{Mark, Record};
use crate::StoreError;
use std::io::{self, Read, Seek, SeekFrom};

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

/// A record that was read, with its number and the mark of its database.
pub(super) struct Found {
    pub(super) mark: Mark,
    pub(super) number: u64,
    pub(super) record: Vec<u8>,
}

/// What a part says of itself in front of its records.
enum Header {
    /// Nothing that we know.
    None,
    /// It is of this database, and each part is so many bytes long; `None`: there is but one.
    Ours(Mark, Option<u64>),
    /// It was written by a program that is newer than this one.
    Newer,
}

/// Whether a file begins as ours do, and was written by a program that is newer than this one.
pub(super) fn is_newer(mut file: impl Read) -> io::Result<bool> {
    Ok(matches!(read_header(&mut file)?, Header::Newer))
}

/// The records of both parts of a file in order; none where it is not a file of records. Where the front of
/// the first part cannot be read, the second is looked for where it usually begins, or began in earlier
/// versions.
pub(super) fn in_order<F: Read + Seek>(
    open: impl Fn() -> io::Result<F>,
    usual: &[u64],
) -> io::Result<impl Iterator<Item = io::Result<Found>>> {
    let at = |place| Records::at(open()?, place);
    let first = at(0)?;
    let second = match first.header {
        Header::Ours(_, part) => part.map(at).transpose()?,
        Header::None | Header::Newer => {
            let mut parts = usual.iter().map(|place| at(*place));
            parts.find(|part| !matches!(part, Ok(Records { header: Header::None, .. }))).transpose()?
        }
    };
    let mut parts = [Some(first), second].map(|part| part.into_iter().flatten().peekable());
    let [one, other] = parts.each_mut().map(|part| match part.peek() {
        Some(Ok(found)) => found.number,
        _ => 0,
    });
    if one > other {
        parts.reverse();
    }
    Ok(parts.into_iter().flatten())
}

/// The records of a part in order.
struct Records<F> {
    file: F,
    header: Header,
    /// The number of the last one; 0: there was none yet.
    last: u64,
}

impl<F: Read + Seek> Records<F> {
    /// Those of the part that begins here; none where there is no header.
    fn at(mut file: F, begin: u64) -> io::Result<Records<F>> {
        // No file is longer.
        let is_possible = i64::try_from(begin).is_ok();
        let header = if is_possible {
            file.seek(SeekFrom::Start(begin))?;
            read_header(&mut file)?
        } else {
            Header::None
        };
        Ok(Records { file, header, last: 0 })
    }

    /// The next one; `None`: there is none.
    fn read(&mut self) -> io::Result<Option<Found>> {
        let Header::Ours(mark, _) = self.header else { return Ok(None) };
        let (Some(length), Some(expected), Some(number)) =
            (chunk(&mut self.file)?, chunk(&mut self.file)?, chunk(&mut self.file)?)
        else {
            return Ok(None);
        };
        let (length, number) = (u32::from_le_bytes(length), u64::from_le_bytes(number));
        if number == 0 || (self.last != 0 && number != self.last.saturating_add(1)) {
            return Ok(None);
        }
        let mut record = Vec::new();
        let read = self.file.by_ref().take(length.into()).read_to_end(&mut record)?;
        let is_as_written = crc(&number.to_le_bytes(), &record) == u32::from_le_bytes(expected);
        let is_whole = u32::try_from(read) == Ok(length) && is_as_written;
        self.last = number;
        Ok(is_whole.then_some(Found { mark, number, record }))
    }
}

impl<F: Read + Seek> Iterator for Records<F> {
    type Item = io::Result<Found>;

    fn next(&mut self) -> Option<io::Result<Found>> {
        let found = self.read().transpose();
        if !matches!(found, Some(Ok(_))) {
            // Nothing comes behind what is no record.
            self.header = Header::None;
        }
        found
    }
}

fn read_header(file: &mut impl Read) -> io::Result<Header> {
    let (Some(name), Some(version)) = (chunk::<8>(file)?, chunk(file)?) else { return Ok(Header::None) };
    if name != *NAME {
        return Ok(Header::None);
    }
    let Some(mark) = chunk(file)? else { return Ok(Header::None) };
    Ok(match u64::from_le_bytes(version) {
        ONE_PART => Header::Ours(mark, None),
        TWO_PARTS => match chunk(file)? {
            Some(part) => Header::Ours(mark, Some(u64::from_le_bytes(part))),
            None => Header::None,
        },
        version if version > TWO_PARTS => Header::Newer,
        _ => Header::None,
    })
}

/// The next bytes; `None`: the file ends before.
fn chunk<const N: usize>(file: &mut impl Read) -> io::Result<Option<[u8; N]>> {
    let mut bytes = [0; N];
    match file.read_exact(&mut bytes) {
        Ok(()) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
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
        let number_of = |found: io::Result<Found>| {
            let found = found.unwrap();
            assert_eq!(found.mark, MARK);
            found.number
        };
        in_order(|| Ok(io::Cursor::new(bytes)), &[2 * PART, PART]).unwrap().map(number_of).collect()
    }

    #[test]
    fn records_come_back_in_their_order() {
        assert_eq!(u64::try_from(header(&MARK, PART).len()).unwrap(), HEADER);
        assert!(numbers(&file(&[])).is_empty());
        assert_eq!(numbers(&file(&[4, 5, 6])), [4, 5, 6]);
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
        assert!(!is_newer(&bytes[..]).unwrap());
        bytes[8] = 3;
        assert!(is_newer(&bytes[..]).unwrap());
        assert!(numbers(&bytes).is_empty());
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
        assert_eq!(numbers(&file(&[7, 8, 10])), [7, 8], "nor does anything come after a gap");
    }

    #[test]
    fn a_file_that_is_not_ours_has_none() {
        for bytes in [&b""[..], b"FiadoRdo", &[0; 64]] {
            assert!(numbers(bytes).is_empty(), "{bytes:?}");
            assert!(!is_newer(bytes).unwrap());
        }
    }
}
