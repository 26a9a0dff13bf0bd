//! Lines with a sum over all of them: written, and read back.

use super::line::{Counts, Line, Trailer};
use super::{ExportError, ImportError};
use serde_json::error::Category;
use sha2::{Digest, Sha256};
use std::io::{BufRead, Read, Write};

/// The longest line: no store keeps a longer value.
const LONGEST: u64 = 2 << 30;

/// The longest first line. What is longer is something else, and need not be read to its end.
const LONGEST_HEADER: u64 = 64 << 10;

/// Writes lines, and sums them up.
pub(super) struct Sealing<'a> {
    out: &'a mut dyn Write,
    sum: Sha256,
    buffer: Vec<u8>,
}

impl<'a> Sealing<'a> {
    pub(super) fn new(out: &'a mut dyn Write) -> Sealing<'a> {
        Sealing { out, sum: Sha256::new(), buffer: Vec::new() }
    }

    /// The next line.
    pub(super) fn write(&mut self, line: &Line) -> Result<(), ExportError> {
        self.buffer.clear();
        serde_json::to_writer(&mut self.buffer, line).map_err(|error| ExportError::Write(error.into()))?;
        self.buffer.push(b'\n');
        self.sum.update(&self.buffer);
        self.out.write_all(&self.buffer).map_err(ExportError::Write)
    }

    /// The last line.
    pub(super) fn end(mut self, counts: Counts) -> Result<(), ExportError> {
        let sha256 = self.sum.clone().finalize().into();
        self.write(&Line::Trailer(Trailer { counts, sha256 }))?;
        self.out.flush().map_err(ExportError::Write)
    }
}

/// Reads lines, and sums them up.
pub(super) struct Unsealing<'a> {
    input: &'a mut dyn BufRead,
    sum: Sha256,
    buffer: Vec<u8>,
    /// How many lines were read.
    pub(super) line: u64,
    /// One that was read too early.
    put_back: Option<Line>,
}

impl<'a> Unsealing<'a> {
    pub(super) fn new(input: &'a mut dyn BufRead) -> Unsealing<'a> {
        Unsealing { input, sum: Sha256::new(), buffer: Vec::new(), line: 0, put_back: None }
    }

    /// The first line as it stands; `None`: it is longer than any header, or no whole line.
    pub(super) fn first(&mut self) -> Result<Option<&[u8]>, ImportError> {
        self.fetch(LONGEST_HEADER)?;
        if self.buffer.is_empty() {
            return Err(ImportError::Empty);
        }
        self.sum.update(&self.buffer);
        Ok(self.buffer.strip_suffix(b"\n"))
    }

    /// The next line. The last is not in the sum.
    pub(super) fn next(&mut self) -> Result<Line, ImportError> {
        if let Some(line) = self.put_back.take() {
            return Ok(line);
        }
        self.fetch(LONGEST)?;
        if self.buffer.last() != Some(&b'\n') {
            return Err(ImportError::Cut { line: self.line });
        }
        self.line = self.line.saturating_add(1);
        let line = serde_json::from_slice(&self.buffer)
            .map_err(|error| ImportError::Unreadable { line: self.line, why: why(&error) })?;
        if !matches!(line, Line::Trailer(_)) {
            self.sum.update(&self.buffer);
        }
        Ok(line)
    }

    /// Gives a line back, to be read next.
    pub(super) fn put_back(&mut self, line: Line) {
        self.put_back = Some(line);
    }

    /// The trailer is right, and nothing follows it.
    pub(super) fn end(self, trailer: &Trailer, counts: Counts) -> Result<(), ImportError> {
        let mut more = [0];
        let sum: [u8; 32] = self.sum.finalize().into();
        if trailer.counts != counts || trailer.sha256 != sum {
            Err(ImportError::Changed)
        } else if self.input.read(&mut more).map_err(ImportError::Read)? > 0 {
            Err(ImportError::GoesOn { line: self.line })
        } else {
            Ok(())
        }
    }

    fn fetch(&mut self, longest: u64) -> Result<(), ImportError> {
        self.buffer.clear();
        let mut line = Read::take(&mut *self.input, longest);
        line.read_until(b'\n', &mut self.buffer).map(drop).map_err(ImportError::Read)
    }
}
/// What is wrong with a line, and where, without anything of what it says: that may be personal or secret.
fn why(error: &serde_json::Error) -> String {
    let what = match error.classify() {
        Category::Data => "it does not say what it should",
        Category::Syntax | Category::Eof | Category::Io => "it is no JSON",
    };
    format!("{what}, at column {}", error.column())
}
