//! One connection: statements are prepared once and kept, and what does not depend on each other is
//! sent together and answered in one round trip.
//!
//! Calls block the thread that makes them, and nothing but it: the connection itself is driven by
//! the store's own threads, so that it does not matter where a call comes from.

use super::error::{Trouble, said};
use crate::StoreError;
use crate::cells::{Cell, Cells};
use bytes::BytesMut;
use futures_executor::block_on;
use futures_util::future::{FutureExt, maybe_done};
use futures_util::{StreamExt, pin_mut};
use std::cell::{self, RefCell};
use std::collections::HashMap;
use std::fmt;
use std::future::{Future, poll_fn};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::{AbortHandle, unconstrained};
use tokio::time::timeout;
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
    longest_answer: cell::Cell<Duration>,
    statements: RefCell<HashMap<Box<str>, Statement>>,
    /// What begins a transaction, where it has not been sent yet: it goes with the first statement.
    beginning: cell::Cell<Option<&'static str>>,
    trouble: cell::Cell<Option<Trouble>>,
}

/// What drives a connection.
pub(super) struct Driver {
    /// Whose clock says when an answer has been waited for long enough.
    pub(super) runtime: Handle,
    /// Ends the connection, whatever the other side does.
    pub(super) end: AbortHandle,
    /// Whether the server has warned of something.
    pub(super) warned: Arc<AtomicBool>,
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
    pub(super) fn new(client: Client, driver: Driver) -> Connection {
        Connection {
            client,
            driver,
            longest_answer: cell::Cell::new(LONGEST_ANSWER),
            statements: RefCell::default(),
            beginning: cell::Cell::default(),
            trouble: cell::Cell::default(),
        }
    }

    /// Whether it has come to its end.
    pub(super) fn is_closed(&self) -> bool {
        self.client.is_closed()
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
            // Asked for once, it is sent. What is sent next comes after it.
            let _ = self.client.batch_execute("ROLLBACK").now_or_never();
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
        let prepared = beginning
            .iter()
            .chain(requests)
            .map(|request| Ok((self.prepared(request.sql)?, request.parameters.as_slice())))
            .collect::<Result<Vec<_>, StoreError>>()?;
        let sent = prepared.iter().map(|(statement, parameters)| answer(&self.client, statement, parameters));
        let sent = in_order(sent.collect());
        let replies = self.wait(async { sent.await.into_iter().collect() }, Trouble::of);
        let replies: Vec<Reply> = replies?;
        Ok(replies.into_iter().skip(begins).collect())
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
        let answered = {
            let _clock = self.driver.runtime.enter();
            // Whoever asks from an asynchronous task has no share of its thread to use up here.
            block_on(unconstrained(timeout(self.longest_answer.get(), answer)))
        };
        match answered {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => {
                let trouble = if self.client.is_closed() { Trouble::Lost } else { trouble(&error) };
                self.trouble.set(Some(trouble));
                Err(said(&error))
            }
            Err(_) => {
                self.driver.end.abort();
                self.trouble.set(Some(Trouble::Lost));
                Err(StoreError::Unavailable("the database does not answer".to_owned()))
            }
        }
    }

    /// In this transaction, waits so long for an answer, and no longer.
    pub(super) fn waits_at_most(&self, longest: Duration) {
        self.longest_answer.set(longest);
    }
}

async fn answer(
    client: &Client,
    statement: &Statement,
    parameters: &[Parameter<'_>],
) -> Result<Reply, Error> {
    let parameters = parameters.iter().map(|parameter| -> &(dyn ToSql + Sync) { parameter });
    let stream = client.query_raw(statement, parameters).await?;
    pin_mut!(stream);
    let mut rows = Vec::new();
    while let Some(row) = stream.next().await {
        rows.push(row?);
    }
    Ok(Reply { rows, affected: stream.rows_affected().unwrap_or_default() })
}

/// Waits for all of them. Each is first asked in its turn, which is when it is sent.
async fn in_order<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = futures.into_iter().map(|future| Box::pin(maybe_done(future))).collect();
    poll_fn(|context| {
        let mut all_are_done = true;
        for future in &mut waiting {
            all_are_done &= future.as_mut().poll(context).is_ready();
        }
        if all_are_done { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    waiting.iter_mut().filter_map(|future| future.as_mut().take_output()).collect()
}
