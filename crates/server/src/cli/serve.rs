use super::open_store;
use crate::auth::{Authenticator, Keyring};
use crate::clock::{Clock, latest_setting, parse_instant};
use crate::config::Configuration;
use crate::engine::Engine;
use crate::http::{App, LEAST_BLOCKED, Origins, Threads, operations_router, runtime, service, told};
use crate::metrics::Metrics;
use crate::sweeper::{sweep_answers, sweep_holds};
use crate::traces::{TARGET, Traces};
use clap::Args;
use fiado_store::Store;
use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::filter::{FilterExt, LevelFilter, filter_fn};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer as _};

const USUAL_ADDRESS: &str = "127.0.0.1:8080";
/// How long a stopping server waits for requests that do not end, such as one whose body never
/// comes.
const LONGEST_FAREWELL: Duration = Duration::from_secs(5);

#[derive(Args)]
pub(super) struct Serve {
    /// Where to listen; port 0 takes a free one and prints it
    #[arg(long, env = "FIADO_LISTEN", value_name = "ADDRESS")]
    listen: Option<String>,
    /// Start the clock at this instant, for tests; on loopback only
    #[arg(long, env = "FIADO_CLOCK", value_name = "INSTANT")]
    clock: Option<String>,
    /// What to log, as a tracing filter: warn, info, fiado=debug
    #[arg(long, env = "FIADO_LOG", value_name = "FILTER")]
    log: Option<String>,
    /// Where to answer /metrics, /live and /ready to those who run the server; nowhere where none is
    /// given, and never where the API is served
    #[arg(long, env = "FIADO_METRICS_LISTEN", value_name = "ADDRESS")]
    metrics_listen: Option<String>,
    /// Send traces of requests and batches to the OpenTelemetry collector at this address, such as
    /// http://127.0.0.1:4318; to nobody where none is given
    #[arg(long, env = "FIADO_OTLP_ENDPOINT", value_name = "URL")]
    otlp_endpoint: Option<String>,
    /// Let pages of this origin use the API from a browser, such as https://tienda.example; may be
    /// given several times
    #[arg(long = "cors-origin", env = "FIADO_CORS_ORIGIN", value_name = "ORIGIN", value_delimiter = ',')]
    cors_origins: Vec<String>,
}

/// Serves until SIGTERM or Ctrl-C, then finishes what it took.
pub(super) fn run(serve: Serve, configuration: Configuration) -> Result<ExitCode, String> {
    let endpoint = serve.otlp_endpoint.or(configuration.otlp_endpoint.clone());
    let traces = endpoint.as_deref().map(Traces::to).transpose()?;
    start_log(serve.log.or(configuration.log.clone()).as_deref().unwrap_or("warn"), traces.as_ref())?;
    let listen = serve.listen.or(configuration.listen.clone()).unwrap_or_else(|| USUAL_ADDRESS.to_owned());
    let address = parse_address(&listen)?;
    let metrics_listen = serve.metrics_listen.or(configuration.metrics_listen.clone());
    let metrics_address = metrics_listen.as_deref().map(parse_address).transpose()?;
    let origins =
        if serve.cors_origins.is_empty() { &configuration.cors_origins } else { &serve.cors_origins };
    let origins = Origins::read(origins)?;
    let store = open_store(&configuration)?;
    let clock =
        Arc::new(start_clock(serve.clock.or(configuration.clock.clone()).as_deref(), address, &*store)?);
    let keyring = Keyring::new(configuration.jwt, &configuration.folder)?;
    if keyring.accepts_any_issuer_or_audience() {
        tracing::warn!("[jwt] names keys without issuer and audience: any token they sign is accepted");
    }
    let metrics = Arc::new(Metrics::new());
    let (engine, writer) = Engine::start(Arc::clone(&store), Arc::clone(&clock), Arc::clone(&metrics))
        .map_err(|error| error.to_string())?;
    let auth = Authenticator::new(Arc::clone(&store), keyring);
    let app = App::new(engine, store, auth, clock, metrics);
    let runtime = runtime("fiado", LEAST_BLOCKED).map_err(|error| error.to_string())?;
    let threads = Threads::start().map_err(|error| error.to_string())?;
    let served = runtime.block_on(listen_until_stopped(address, metrics_address, &threads, app, origins));
    // What still runs holds the engine: once it is gone, the writer ends with the queue.
    threads.end(LONGEST_FAREWELL);
    runtime.shutdown_timeout(LONGEST_FAREWELL);
    writer.join().map_err(|_| "the writer did not end well".to_owned())?;
    traces.iter().for_each(Traces::finish);
    served?;
    Ok(ExitCode::SUCCESS)
}

fn parse_address(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("{text:?} is no address: write 127.0.0.1:8080"))
}

/// Logs go to standard error as JSON lines; spans to the collector, if there is one, and not to the log.
fn start_log(filter: &str, traces: Option<&Traces>) -> Result<(), String> {
    let filter =
        EnvFilter::try_new(filter).map_err(|error| format!("{filter:?} is no log filter: {error}"))?;
    let logged = filter_fn(|metadata| metadata.target() != TARGET).with_max_level_hint(LevelFilter::TRACE);
    let log = tracing_subscriber::fmt::layer().json().flatten_event(true).with_writer(std::io::stderr);
    tracing_subscriber::registry()
        .with(log.with_filter(filter.and(logged)))
        .with(traces.map(Traces::layer))
        .init();
    Ok(())
}

/// A clock that starts at the given instant, or at the newest entry where that is later: time never
/// runs backwards in the journal.
fn start_clock(instant: Option<&str>, address: SocketAddr, store: &dyn Store) -> Result<Clock, String> {
    let Some(text) = instant else { return Ok(Clock::of_machine()) };
    let instant =
        parse_instant(text).ok_or_else(|| format!("{text:?} is no instant: write 2024-02-26T14:39:54Z"))?;
    if !address.ip().is_loopback() {
        return Err("--clock is for tests: it works on a loopback address only".to_owned());
    }
    if instant > latest_setting() {
        return Err(format!("--clock {instant} is too far ahead: at most {}", latest_setting()));
    }
    let newest = store.newest_instant().map_err(|error| error.to_string())?;
    let start = instant.max(newest.unwrap_or(instant));
    tracing::warn!(%start, "the clock was set for a test: do not keep real books like this");
    Ok(Clock::starting_at(start))
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), String> {
    let listener =
        TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))?;
    let bound = listener.local_addr().map_err(|error| error.to_string())?;
    Ok((listener, bound))
}

/// Answers those who run the server, until the process ends; says where.
async fn serve_operations(address: SocketAddr, app: App) -> Result<SocketAddr, String> {
    let (listener, bound) = bind(address).await?;
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, operations_router(app)).await {
            tracing::error!(%error, "the metrics are not served any more");
        }
    });
    Ok(bound)
}

async fn listen_until_stopped(
    address: SocketAddr,
    metrics_address: Option<SocketAddr>,
    threads: &Threads,
    app: App,
    origins: Origins,
) -> Result<(), String> {
    let (listener, bound) = bind(address).await?;
    let metrics_bound = match metrics_address {
        Some(address) => Some(serve_operations(address, app.clone()).await?),
        None => None,
    };
    let mut stop = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    let (sweepers, stopping) = (app.clone(), app.clone());
    let service = service(app, origins);
    tokio::spawn(sweep_holds(sweepers.clone()));
    tokio::spawn(sweep_answers(sweepers));
    println!("fiado listening on http://{bound}");
    if let Some(bound) = metrics_bound {
        println!("fiado metrics on http://{bound}/metrics");
    }
    // Whoever waits for this line reads it through a pipe.
    let _ = std::io::stdout().flush();
    let (say_stop, told_stop) = tokio::sync::watch::channel(());
    tokio::spawn(async move {
        tokio::select! {
            _ = stop.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        tracing::info!("stopping: no new work is taken");
        stopping.is_stopping();
        drop(stopping);
        drop(say_stop);
    });
    let patience = async {
        told(told_stop.clone()).await;
        tokio::time::sleep(LONGEST_FAREWELL).await;
    };
    tokio::select! {
        served = threads.serve(listener, &service, &told_stop) => served.map_err(|error| error.to_string()),
        () = patience => Ok(()),
    }
}
