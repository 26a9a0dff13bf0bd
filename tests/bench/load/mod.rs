//! Load over HTTP: many connections that ask without pause, or requests that fall due at a fixed rate.
//!
//! It promises that no answer is left out of the figures because it was slow, and that one that is not
//! what it has to be is counted as such. One thread does it all, because it shares the machine with
//! the server: requests are put together from prepared pieces, and answers are not read beyond what
//! tells a right one from a wrong one.

mod connection;
mod open;
mod tally;

pub(crate) use connection::Answer;
pub(crate) use tally::Taken;

use connection::Connection;
use futures_util::future::join_all;
use std::cell::{Cell, RefCell};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tally::Tally;

/// What is asked, and what has to be answered.
pub(crate) trait Traffic {
    /// Writes the request of a number: the how many-th of its run, from 0, whichever the connection.
    fn request(&self, number: u64, to: &mut Vec<u8>);

    /// Whether an answer is what it has to be: here, a success that was not given before.
    fn is_right(&self, answer: &Answer<'_>) -> bool {
        answer.is_success() && !answer.is_repeated
    }
}

/// The header that marks an answer that was given before.
const REPLAYED: &str = "idempotency-replayed";

/// How long a run takes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Span {
    /// At first, without being counted.
    pub(crate) warm_up: Duration,
    /// After that.
    pub(crate) measured: Duration,
}

/// Asks all numbers below a count, each once: to prepare something, or to find where a limit is.
pub(crate) fn all(address: SocketAddr, traffic: &dyn Traffic, connections: usize, count: u64) -> Taken {
    Run::new(address, traffic, End::After(count), Instant::now()).closed(connections)
}

/// A closed loop: each connection asks again as soon as it is answered.
pub(crate) fn closed(address: SocketAddr, traffic: &dyn Traffic, connections: usize, span: Span) -> Taken {
    let opens = Instant::now() + span.warm_up;
    Run::new(address, traffic, End::At(opens + span.measured), opens).closed(connections)
}

/// An open loop: requests fall due at a fixed rate, whether or not those before them were answered,
/// and whichever connection is free takes the next. A request has taken as long as it is since it was
/// due, waiting for a free connection included.
pub(crate) fn open(
    address: SocketAddr,
    traffic: &dyn Traffic,
    connections: usize,
    span: Span,
    per_second: u64,
) -> Taken {
    let opens = Instant::now() + span.warm_up;
    Run::new(address, traffic, End::At(opens + span.measured), opens).open(connections, per_second)
}

/// When a run is over.
#[derive(Debug, Clone, Copy)]
enum End {
    /// When so many requests have been sent.
    After(u64),
    /// At a moment.
    At(Instant),
}

/// What all connections of a run have in common.
struct Run<'a> {
    address: SocketAddr,
    traffic: &'a dyn Traffic,
    end: End,
    sent: Cell<u64>,
    tally: RefCell<Tally>,
}

impl<'a> Run<'a> {
    fn new(address: SocketAddr, traffic: &'a dyn Traffic, end: End, opens: Instant) -> Run<'a> {
        let closes = match end {
            End::After(_) => None,
            End::At(closes) => Some(closes),
        };
        let tally = RefCell::new(Tally::new(opens, closes));
        Run { address, traffic, end, sent: Cell::new(0), tally }
    }

    fn closed(self, connections: usize) -> Taken {
        let turns = join_all((0..connections).map(|_| self.ask_on()));
        runtime().block_on(turns);
        self.tally.into_inner().taken()
    }

    async fn ask_on(&self) {
        let Some(mut open) = self.connect().await else { return };
        while let Some(number) = self.next() {
            if !self.ask(&mut open, number, Instant::now()).await {
                return;
            }
        }
    }

    async fn connect(&self) -> Option<Connection> {
        match Connection::open(self.address).await {
            Ok(connection) => Some(connection),
            Err(error) => {
                self.tally.borrow_mut().lost(&error);
                None
            }
        }
    }

    /// The number of the next request; nothing where the run is over.
    fn next(&self) -> Option<u64> {
        let number = self.sent.get();
        let goes_on = match self.end {
            End::After(count) => number < count,
            End::At(closes) => Instant::now() < closes,
        };
        goes_on.then(|| self.sent.replace(number + 1))
    }

    /// Asks once what was due at a moment; `false`: the connection is of no use any more.
    async fn ask(&self, connection: &mut Connection, number: u64, due: Instant) -> bool {
        match connection.ask(|to| self.traffic.request(number, to)).await {
            Ok(answer) => {
                let is_right = self.traffic.is_right(&answer);
                self.tally.borrow_mut().answered(due, &answer, is_right);
                true
            }
            Err(error) => {
                self.tally.borrow_mut().lost(&error);
                false
            }
        }
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}
