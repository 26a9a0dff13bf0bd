//! Making connections: where to, and how a session is set before anything is asked of it.

use super::address::Address;
use super::connection::{Connection, Driver, Driving};
use super::error::spoken;
use super::session::Session;
use super::waiting::{Waited, wait_for};
use crate::StoreError;
use rustls::{ClientConfig, RootCertStore};
use std::future::poll_fn;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::config::SslMode;
use tokio_postgres::error::Severity;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{AsyncMessage, Client, Config, Error, NoTls, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How many threads look whether there is something to be read. Whoever waits for it reads it.
const THREADS: usize = 1;

/// What a session must not be left to the server's settings.
///
/// Nothing is asked for without an index that finds it, and a plan does not depend on what is bound:
/// so a table that has grown since it was last looked at is not read from end to end, and nothing is
/// planned twice. A commit is on the disk when it is told, whatever the server thinks otherwise;
/// a stricter setting stays. What is said outside of a transaction changes nothing: statements are sent
/// without waiting for the `BEGIN` before them, and where that one were refused, each would be a
/// transaction of its own.
const SESSION: &str = "
    SET default_transaction_read_only = on;
    SET client_min_messages = warning;
    SET TimeZone = 'UTC';
    SET statement_timeout = '30s';
    SET lock_timeout = '10s';
    SET idle_in_transaction_session_timeout = '60s';
    SET enable_seqscan = off;
    SET enable_hashjoin = off;
    SET enable_mergejoin = off;
    SET plan_cache_mode = force_generic_plan;
    SET jit = off;
    SELECT set_config('synchronous_commit', 'on', false)
        WHERE current_setting('synchronous_commit') IN ('off', 'local', 'remote_write');";

/// Makes connections to one database.
pub(super) struct Connector {
    address: Address,
    secure: Option<MakeRustlsConnect>,
    runtime: Option<Runtime>,
}

impl Connector {
    pub(super) fn new(address: Address) -> Result<Connector, StoreError> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(THREADS)
            .thread_name("postgres")
            .enable_all()
            .build()
            .map_err(|error| StoreError::Unavailable(format!("no thread can be started: {error}")))?;
        let secure = match address.0.get_ssl_mode() {
            SslMode::Disable | SslMode::Prefer => None,
            _ => Some(secure()?),
        };
        Ok(Connector { address, secure, runtime: Some(runtime) })
    }

    /// Makes a connection, its session set.
    pub(super) fn connect(&self) -> Result<Connection, StoreError> {
        let connection = self.open()?;
        connection.script(SESSION)?;
        check(&connection)?;
        Ok(connection)
    }

    fn open(&self) -> Result<Connection, StoreError> {
        let stopped = || StoreError::Unavailable("the store is being closed".to_owned());
        let runtime = self.runtime.as_ref().ok_or_else(stopped)?;
        let (mut config, secure) = (self.address.0.clone(), self.secure.clone());
        let session = Session::new(config.get_application_name().unwrap_or_default())?;
        config.application_name(session.name());
        let longest = self.address.longest_connecting();
        let warned = Arc::new(AtomicBool::new(false));
        let warning = Arc::clone(&warned);
        let connecting = async {
            match secure {
                Some(secure) => open(&config, secure, warning).await,
                None => open(&config, NoTls, warning).await,
            }
        };
        let cannot =
            |why: &str| StoreError::Unavailable(format!("cannot connect to {}: {why}", self.address));
        match wait_for(runtime.handle(), connecting, &mut None, longest) {
            Waited::Answered(Ok((client, driving))) => {
                let driver = Driver { runtime: runtime.handle().clone(), warned };
                Ok(Connection::new(client, driving, driver, session))
            }
            Waited::Answered(Err(error)) => Err(cannot(&spoken(&error))),
            Waited::InVain => Err(cannot("it does not answer")),
        }
    }
}

impl Drop for Connector {
    fn drop(&mut self) {
        // Waiting for its threads would panic where an asynchronous thread drops the store.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

async fn open<T>(config: &Config, tls: T, warned: Arc<AtomicBool>) -> Result<(Client, Driving), Error>
where
    T: MakeTlsConnect<Socket, Stream: Send + 'static>,
{
    let (client, connection) = config.connect(tls).await?;
    Ok((client, Box::pin(drive(connection, warned))))
}

/// Passes on what is asked and answered, until either side ends it. A warning is noted before the answer
/// that it stands before.
async fn drive<S, T>(mut connection: tokio_postgres::Connection<S, T>, warned: Arc<AtomicBool>)
where
    S: AsyncRead + AsyncWrite + Unpin,
    T: AsyncRead + AsyncWrite + Unpin,
{
    while let Some(Ok(message)) = poll_fn(|context| connection.poll_message(context)).await {
        if let AsyncMessage::Notice(notice) = message
            && notice.parsed_severity() == Some(Severity::Warning)
        {
            warned.store(true, Ordering::SeqCst);
        }
    }
}

/// TLS, with the certificates that this machine trusts.
fn secure() -> Result<MakeRustlsConnect, StoreError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(StoreError::Unavailable(
            "TLS (sslmode=require) needs certificates that this machine trusts, and it has none".to_owned(),
        ));
    }
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Unavailable(format!("no TLS: {error}")))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

/// Refuses a database that would not keep what it is given.
fn check(connection: &Connection) -> Result<(), StoreError> {
    let settings = connection.first(
        "SELECT current_setting('server_encoding'), current_setting('standard_conforming_strings'),
            current_setting('application_name')",
        [],
        |cells| Ok((cells.next::<String>()?, cells.next::<String>()?, cells.next::<String>()?)),
    )?;
    let (encoding, strings, name) = settings.unwrap_or_default();
    if encoding != "UTF8" {
        return Err(StoreError::Unavailable(format!(
            "the database is encoded in {encoding}; it must be in UTF8: CREATE DATABASE … ENCODING 'UTF8'"
        )));
    }
    if strings != "on" {
        return Err(StoreError::Unavailable(
            "the server's standard_conforming_strings is off; it must be on".to_owned(),
        ));
    }
    if !connection.session().is_known_as(&name) {
        return Err(StoreError::Unavailable(
            "what stands between here and the database does not pass on application_name; it must".to_owned(),
        ));
    }
    Ok(())
}
