//! One connection that is kept open: requests go out as they were put together, and of an answer no more
//! is read than what tells a right one from a wrong one.

use super::REPLAYED;
use std::error::Error;
use std::fmt;
use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Why no answer came.
pub(super) type Lost = Box<dyn Error>;

/// How many headers an answer may have.
const MOST_HEADERS: usize = 32;

/// Room for an answer; one that is longer is given more.
const ROOM: usize = 16 * 1024;

/// An answer, as far as it is looked at.
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    /// Whether it says that it was given before.
    pub(crate) is_repeated: bool,
    pub(crate) body: &'a [u8],
}

impl Answer<'_> {
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

impl fmt::Display for Answer<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.status, String::from_utf8_lossy(self.body))
    }
}

pub(super) struct Connection {
    stream: TcpStream,
    request: Vec<u8>,
    received: Vec<u8>,
}

impl Connection {
    pub(super) async fn open(address: SocketAddr) -> Result<Connection, Lost> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection { stream, request: Vec::new(), received: Vec::with_capacity(ROOM) })
    }

    /// Sends what is written; says the whole answer.
    pub(super) async fn ask(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Result<Answer<'_>, Lost> {
        self.request.clear();
        write(&mut self.request);
        self.stream.write_all(&self.request).await?;
        self.received.clear();
        let head = loop {
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err("the connection ended".into());
            }
            if let Some(head) = Head::read(&self.received)? {
                break head;
            }
        };
        let end = head.length + head.body;
        while self.received.len() < end {
            if self.stream.read_buf(&mut self.received).await? == 0 {
                return Err("the connection ended within an answer".into());
            }
        }
        if self.received.len() > end {
            return Err("more was answered than asked".into());
        }
        Ok(Answer {
            status: head.status,
            is_repeated: head.is_repeated,
            body: &self.received[head.length..end],
        })
    }
}

/// What stands before the body of an answer.
struct Head {
    length: usize,
    status: u16,
    is_repeated: bool,
    /// How long the body is.
    body: usize,
}

impl Head {
    /// Nothing where not all of it has come yet.
    fn read(received: &[u8]) -> Result<Option<Head>, Lost> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut answer = httparse::Response::new(&mut headers);
        let httparse::Status::Complete(length) = answer.parse(received)? else { return Ok(None) };
        let find = |name: &str| answer.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
        let body = find("content-length").ok_or("an answer does not say its length")?;
        Ok(Some(Head {
            length,
            status: answer.code.ok_or("an answer has no status")?,
            is_repeated: find(REPLAYED).is_some(),
            body: std::str::from_utf8(body.value)?.parse()?,
        }))
    }
}
