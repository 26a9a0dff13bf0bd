//! One connection: statements are prepared once and kept, and what does not depend on each other is
//! sent together and answered in one round trip.
//!
//! Calls block the thread that makes them, and nothing but it. Whoever waits for an answer drives the
//! connection meanwhile: no other thread has to be woken to send what is asked or to read what is
//! answered. The store's own thread only tells when there is something to be read, so that it does not
//! matter where a call comes from.

use super::error::{Trouble, said};
use super::session::Session;
use super::waiting::{Waited, look, wait_for};
use crate::StoreError;
use crate::cells::{Cell, Cells};
use bytes::BytesMut;
use futures_util::future::{FutureExt, MaybeDone, maybe_done};
use futures_util::{StreamExt, pin_mut};
use std::cell::{self, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, Error, Row, Statement};

/// How many statements are kept. Those of a list are put together from pieces, so that there could
/// be any number of them.
const STATEMENTS_KEPT: usize = 300;

/// How long an answer is waited for: longer than the server lets a statement run or wait for a lock,
/// so that it is only missed where the server does not answer at all.
const LONGEST_ANSWER: Duration = Duration::from_secs(60);

/// Makes a record that the next commit has to make durable, and nothing else: a transaction that has only
/// read commits without waiting for anybody.
pub(super) const RECORD: &str = "SELECT pg_logical_emit_message(true, 'fiado', '')";

/// A connection.
pub(super) struct Connection {
    client: Client,
    driver: Driver,
    /// Sends and reads, while it is asked to. `None`: the connection was given up.
    driving: RefCell<Option<Driving>>,
    longest_answer: cell::Cell<Duration>,
    session: Session,
    statements: RefCell<HashMap<Box<str>, Statement>>,
    /// What begins a transaction, where it has not been sent yet: it goes with the first statement.
    beginning: cell::Cell<Option<&'static str>>,
    trouble: cell::Cell<Option<Trouble>>,
}

/// Sends what was asked and reads what was answered, as far as it goes; done when the connection is.
pub(super) type Driving = Pin<Box<dyn Future<Output = ()> + Send>>;

/// What tells whoever drives a connection what there is to know of it.
pub(super) struct Driver {
    /// Knows when there is something to be read.
    pub(super) runtime: Handle,
    /// Whether the server has warned of something.
    pub(super) warned: Arc<AtomicBool>,
}

/// Why a transaction was not confirmed.
pub(super) enum Unconfirmed {
    /// It was not written.
    Not(StoreError),
    /// Nobody knows.
    Unknown(StoreError),
}

/// A statement with its parameters.
pub(super) struct Request<'a> {
    pub(super) sql: &'a str,
    pub(super) parameters: Vec<Parameter<'a>>,
}

/// What is bound to a statement: one value, or the values of a column, to be unnested.
pub(super) enum Parameter<'a> {
    One(Cell<'a>),
    Column(Vec<Cell<'a>>),
}

/// It may be personal or secret, and the library writes what it sends into its log.
impl fmt::Debug for Parameter<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("_")
    }
}

impl ToSql for Parameter<'_> {
    fn to_sql(
        &self,
        column: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Parameter::One(cell) => cell.to_sql(column, out),
            Parameter::Column(cells) => cells.to_sql(column, out),
        }
    }

    fn accepts(_column: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// A statement that is sent when it is first asked for what came of it, and then waited for.
type Sent<F> = Pin<Box<MaybeDone<F>>>;

/// What came of a statement.
pub(super) struct Reply {
    pub(super) rows: Vec<Row>,
    /// How many rows it changed or gave.
    pub(super) affected: u64,
}

impl Reply {
    /// The rows, each read by `read`.
    pub(super) fn read<T>(
        &self,
        mut read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.rows.iter().map(|row| read(&mut Cells::of(row))).collect()
    }
}

impl Connection {
    pub(super) fn new(client: Client, driving: Driving, driver: Driver, session: Session) -> Connection {
        Connection {
            client,
            driver,
            driving: RefCell::new(Some(driving)),
            longest_answer: cell::Cell::new(LONGEST_ANSWER),
            session,
            statements: RefCell::default(),
            beginning: cell::Cell::default(),
            trouble: cell::Cell::default(),
        }
    }

    /// What the database knows it by.
    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// Whether it has come to its end, as far as is known.
    pub(super) fn is_closed(&self) -> bool {
        self.drive_on();
        self.client.is_closed()
    }

    /// Sends and reads what can be without waiting.
    fn drive_on(&self) {
        let mut driving = self.driving.borrow_mut();
        if driving.as_mut().is_some_and(|driving| look(&self.driver.runtime, driving.as_mut())) {
            *driving = None;
        }
    }

    /// What went wrong last.
    pub(super) fn trouble(&self) -> Option<Trouble> {
        self.trouble.get()
    }

    /// What went wrong last, if anything has since this was asked.
    pub(super) fn take_trouble(&self) -> Option<Trouble> {
        self.trouble.take()
    }

    /// Begins a transaction with the next statement.
    pub(super) fn begin(&self, beginning: &'static str) {
        self.beginning.set(Some(beginning));
        self.longest_answer.set(LONGEST_ANSWER);
    }

    /// Makes a transaction durable.
    pub(super) fn commit(&self) -> Result<(), StoreError> {
        if self.beginning.take().is_some() {
            return Ok(());
        }
        self.end_with("COMMIT")
    }

    /// Commits, and believes it only where the server has nothing to say of it. Whoever cancels a commit that
    /// waits for its standby has it confirmed with a warning.
    fn end_with(&self, script: &str) -> Result<(), StoreError> {
        self.driver.warned.store(false, Ordering::SeqCst);
        self.wait(self.client.batch_execute(script), Trouble::of_commit)?;
        self.check_unwarned()
    }

    /// A commit that was confirmed with a warning is one in doubt.
    fn check_unwarned(&self) -> Result<(), StoreError> {
        if self.driver.warned.load(Ordering::SeqCst) {
            self.trouble.set(Some(Trouble::Lost));
            return Err(StoreError::Unavailable("a commit was confirmed with a warning".to_owned()));
        }
        Ok(())
    }

    /// Ends a transaction that has only read, once what it has seen is as durable as a commit of its own
    /// would be: a standby that takes over has it too.
    pub(super) fn confirm(&self) -> Result<(), StoreError> {
        if self.beginning.take().is_some() {
            return Ok(());
        }
        self.end_with(&format!("{RECORD}; COMMIT"))
    }

    /// Ends a transaction that has nothing to be made durable, without waiting for it.
    pub(super) fn leave(&self) {
        if self.beginning.take().is_none() {
            // What is sent next comes after it.
            let _ = self.client.batch_execute("ROLLBACK").now_or_never();
            self.drive_on();
        }
    }

    /// Runs statements that nothing is bound to.
    pub(super) fn script(&self, sql: &str) -> Result<(), StoreError> {
        match self.beginning.take() {
            Some(beginning) => {
                self.wait(self.client.batch_execute(&format!("{beginning}; {sql}")), Trouble::of)
            }
            None => self.wait(self.client.batch_execute(sql), Trouble::of),
        }
    }

    /// The rows of a query, each read by `read`.
    pub(super) fn all<'a, T>(
        &self,
        sql: &str,
        parameters: impl IntoIterator<Item = Cell<'a>>,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.one(sql, parameters)?.read(read)
    }

    /// The first row of a query, if there is one.
    pub(super) fn first<'a, T>(
        &self,
        sql: &str,
        parameters: impl IntoIterator<Item = Cell<'a>>,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.all(sql, parameters, read)?.into_iter().next())
    }

    /// Runs a statement that changes rows; says how many.
    pub(super) fn run<'a>(
        &self,
        sql: &str,
        parameters: impl IntoIterator<Item = Cell<'a>>,
    ) -> Result<u64, StoreError> {
        Ok(self.one(sql, parameters)?.affected)
    }

    fn one<'a>(
        &self,
        sql: &str,
        parameters: impl IntoIterator<Item = Cell<'a>>,
    ) -> Result<Reply, StoreError> {
        let parameters = parameters.into_iter().map(Parameter::One).collect();
        let replies = self.ask(&[Request { sql, parameters }])?;
        replies.into_iter().next().ok_or_else(|| StoreError::Unavailable("no answer".to_owned()))
    }

    /// Sends statements one after the other without waiting between them; says what came of each.
    /// Where one fails, the first that did is what is told.
    pub(super) fn ask(&self, requests: &[Request<'_>]) -> Result<Vec<Reply>, StoreError> {
        let beginning = self.beginning.take().map(|sql| Request { sql, parameters: Vec::new() });
        let begins = usize::from(beginning.is_some());
        let mut sent = self.sendable(beginning.iter().chain(requests))?;
        let replies = self.wait(async { all(&mut sent).await.into_iter().collect() }, Trouble::of);
        let replies: Vec<Reply> = replies?;
        Ok(replies.into_iter().skip(begins).collect())
    }

    /// Sends statements and, behind them, what makes the transaction durable, without waiting between
    /// them. Where one of them fails, nothing is written: the server then answers the commit with an
    /// undoing. The transaction has ended, unless it cannot be known.
    pub(super) fn ask_and_commit(&self, requests: &[Request<'_>]) -> Result<(), Unconfirmed> {
        let beginning = self.beginning.get().map(|sql| Request { sql, parameters: Vec::new() });
        let mut sent = match self.sendable(beginning.iter().chain(requests)) {
            Ok(sent) => sent,
            Err(error) => {
                self.leave();
                return Err(Unconfirmed::Not(error));
            }
        };
        self.beginning.set(None);
        // Each is ready to go when it has been asked for once, or can never go. Only where all of them
        // can, the commit may follow.
        sent.iter_mut().for_each(|answer| {
            let _ = answer.as_mut().poll(&mut Context::from_waker(std::task::Waker::noop()));
        });
        let all_go = sent.iter().all(|answer| matches!(&**answer, MaybeDone::Future(_)));
        self.driver.warned.store(false, Ordering::SeqCst);
        let last = self.client.batch_execute(if all_go { "COMMIT" } else { "ROLLBACK" });
        let waited = self.wait(
            async {
                let mut last = Box::pin(maybe_done(last));
                let _ = poll_fn(|context| Poll::Ready(last.as_mut().poll(context))).await;
                let written: Result<Vec<Reply>, Error> = all(&mut sent).await.into_iter().collect();
                last.as_mut().await;
                let ended = last.as_mut().take_output().unwrap_or(Ok(()));
                Ok((written, ended))
            },
            Trouble::of,
        );
        let (written, ended) = waited.map_err(Unconfirmed::Unknown)?;
        match (written, ended) {
            // What the server refuses, it refuses before it comes to the commit.
            (Err(error), _) if !all_go || error.code().is_some() => {
                Err(Unconfirmed::Not(self.note(&error, Trouble::of)))
            }
            (Err(error), _) => Err(Unconfirmed::Unknown(self.note(&error, Trouble::of))),
            (Ok(_), Err(error)) => {
                let told = self.note(&error, Trouble::of_commit);
                let is_lost = self.trouble.get() == Some(Trouble::Lost);
                Err(if is_lost { Unconfirmed::Unknown(told) } else { Unconfirmed::Not(told) })
            }
            (Ok(_), Ok(())) => self.check_unwarned().map_err(Unconfirmed::Unknown),
        }
    }

    /// Statements that are sent when they are asked for.
    fn sendable<'r>(
        &'r self,
        requests: impl IntoIterator<Item = &'r Request<'r>>,
    ) -> Result<Vec<Sent<impl Future<Output = Result<Reply, Error>>>>, StoreError> {
        let prepared = requests
            .into_iter()
            .map(|request| Ok((self.prepared(request.sql)?, request.parameters.as_slice())))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let sent = prepared
            .into_iter()
            .map(|(statement, parameters)| Box::pin(maybe_done(answer(&self.client, statement, parameters))));
        Ok(sent.collect())
    }

    fn prepared(&self, sql: &str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.statements.borrow().get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.wait(self.client.prepare(sql), Trouble::of)?;
        let mut statements = self.statements.borrow_mut();
        if statements.len() >= STATEMENTS_KEPT {
            statements.clear();
        }
        statements.insert(sql.into(), statement.clone());
        Ok(statement)
    }

    /// Waits for an answer, and not without end: a server that hangs may never say so. A connection
    /// that was waited for in vain is ended, and what was asked of it may have been done.
    fn wait<T>(
        &self,
        answer: impl Future<Output = Result<T, Error>>,
        trouble: impl FnOnce(&Error) -> Trouble,
    ) -> Result<T, StoreError> {
        let waited = {
            let mut driving = self.driving.borrow_mut();
            wait_for(&self.driver.runtime, answer, &mut driving, self.longest_answer.get())
        };
        match waited {
            Waited::Answered(Ok(answer)) => Ok(answer),
            Waited::Answered(Err(error)) => Err(self.note(&error, trouble)),
            Waited::InVain => {
                *self.driving.borrow_mut() = None;
                self.trouble.set(Some(Trouble::Lost));
                Err(StoreError::Unavailable("the database does not answer".to_owned()))
            }
        }
    }

    /// Notes what went wrong; says it.
    fn note(&self, error: &Error, trouble: impl FnOnce(&Error) -> Trouble) -> StoreError {
        let trouble = if self.client.is_closed() { Trouble::Lost } else { trouble(error) };
        self.trouble.set(Some(trouble));
        said(error)
    }

    /// In this transaction, waits so long for an answer, and no longer.
    pub(super) fn waits_at_most(&self, longest: Duration) {
        self.longest_answer.set(longest);
    }
}

async fn answer(client: &Client, statement: Statement, parameters: &[Parameter<'_>]) -> Result<Reply, Error> {
    let parameters = parameters.iter().map(|parameter| -> &(dyn ToSql + Sync) { parameter });
    let stream = client.query_raw(&statement, parameters).await?;
    pin_mut!(stream);
    let mut rows = Vec::new();
    while let Some(row) = stream.next().await {
        rows.push(row?);
    }
    Ok(Reply { rows, affected: stream.rows_affected().unwrap_or_default() })
}

/// Waits for all of them. Each is first asked in its turn, which is when it is sent.
async fn all<F: Future>(waiting: &mut [Sent<F>]) -> Vec<F::Output> {
    poll_fn(|context| {
        let mut all_are_done = true;
        for future in waiting.iter_mut() {
            all_are_done &= future.as_mut().poll(context).is_ready();
        }
        if all_are_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    waiting.iter_mut().filter_map(|future| future.as_mut().take_output()).collect()
}
