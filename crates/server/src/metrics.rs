//! What the server counts and measures of itself, as Prometheus reads it.
//!
//! It promises that no organization, customer or person stands in it, that a label is one of a few words
//! whatever is sent, and that counting costs next to nothing: after its first time nothing is allocated.

use crate::engine::{Decided, EngineError, Outcome};
use axum::extract::MatchedPath;
use axum::http::{Method, StatusCode};
use fiado_core::account::Operation;
use fiado_store::{Setbacks, StoreError};
use prometheus_client::encoding::text::encode;
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue, LabelValueEncoder};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Metric, Registry};
use std::fmt::{self, Write};
use std::hash::{Hash, Hasher};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// All counters and measures.
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    request_seconds: Family<RouteLabels, Histogram>,
    refusals: Family<RefusalLabels, Counter>,
    commands: Family<CommandLabels, Counter>,
    batch_commands: Histogram,
    batch_seconds: Histogram,
    commit_seconds: Histogram,
    batch_retries: Counter,
    batch_failures: Family<FailureLabels, Counter>,
    store_retries: Counter,
    store_doubts: Counter,
    store_outdated: Counter,
    waiting: Gauge,
    swept_accounts: Counter,
    forgotten_answers: Counter,
}

/// Where a request was routed to, and how it was answered.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: Route,
    status: u16,
}

/// Where a request was routed to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    method: &'static str,
    route: Route,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RefusalLabels {
    code: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CommandLabels {
    operation: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct FailureLabels {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct BuildLabels {
    version: &'static str,
}

/// A route's pattern; `-` where a request has none. Cloning it allocates nothing.
#[derive(Clone, Debug)]
struct Route(Option<MatchedPath>);

impl Route {
    fn pattern(&self) -> &str {
        self.0.as_ref().map_or("-", MatchedPath::as_str)
    }
}

impl PartialEq for Route {
    fn eq(&self, other: &Route) -> bool {
        self.pattern() == other.pattern()
    }
}

impl Eq for Route {}

impl Hash for Route {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.pattern().hash(state);
    }
}

impl EncodeLabelValue for Route {
    fn encode(&self, encoder: &mut LabelValueEncoder<'_>) -> Result<(), fmt::Error> {
        encoder.write_str(self.pattern())
    }
}

impl Metrics {
    /// Everything at nothing, from this moment.
    pub(crate) fn new() -> Metrics {
        let mut registry = Registry::default();
        let seconds = || Histogram::new(exponential_buckets(0.000_1, 2.0, 18));
        let metrics = Metrics {
            requests: registered(&mut registry, "fiado_requests", "Requests answered", Family::default()),
            request_seconds: registered(
                &mut registry,
                "fiado_request_seconds",
                "From a request's head to its answer's, by route",
                Family::new_with_constructor(request_histogram),
            ),
            refusals: registered(&mut registry, "fiado_refusals", "Refusals by code", Family::default()),
            commands: registered(
                &mut registry,
                "fiado_commands",
                "Commands answered, by operation and outcome",
                Family::default(),
            ),
            batch_commands: registered(
                &mut registry,
                "fiado_batch_commands",
                "Commands in a batch",
                Histogram::new(exponential_buckets(1.0, 2.0, 10)),
            ),
            batch_seconds: registered(
                &mut registry,
                "fiado_batch_seconds",
                "To load, decide and write a batch",
                seconds(),
            ),
            commit_seconds: registered(
                &mut registry,
                "fiado_commit_seconds",
                "To write a decided batch and make it durable",
                seconds(),
            ),
            batch_retries: registered(
                &mut registry,
                "fiado_batch_retries",
                "Batches decided again because somebody else had changed an account",
                Counter::default(),
            ),
            batch_failures: registered(
                &mut registry,
                "fiado_batch_failures",
                "Batches that were not written, by reason",
                Family::default(),
            ),
            store_retries: registered(
                &mut registry,
                "fiado_store_retries",
                "What the store tried again: lost connections, other transactions in its way",
                Counter::default(),
            ),
            store_doubts: registered(
                &mut registry,
                "fiado_store_doubts",
                "Commits that were never confirmed, so that the store had to find out what became of them",
                Counter::default(),
            ),
            store_outdated: registered(
                &mut registry,
                "fiado_store_outdated",
                "Batches decided again because what was remembered was old, or a key or an order not new",
                Counter::default(),
            ),
            waiting: registered(
                &mut registry,
                "fiado_commands_waiting",
                "Commands that wait for the writer",
                Gauge::default(),
            ),
            swept_accounts: registered(
                &mut registry,
                "fiado_swept_accounts",
                "Accounts whose expired holds were ended unasked",
                Counter::default(),
            ),
            forgotten_answers: registered(
                &mut registry,
                "fiado_forgotten_answers",
                "Idempotency answers forgotten for their age",
                Counter::default(),
            ),
            registry,
        };
        // What has never happened is told as well: whoever watches a rate sees its first time.
        for reason in FAILURES {
            metrics.batch_failures.get_or_create(&FailureLabels { reason }).inc_by(0);
        }
        metrics.with_process()
    }

    /// What never changes: since when the process runs, and of what version it is.
    fn with_process(mut self) -> Metrics {
        let started = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let start: Gauge<f64, AtomicU64> = Gauge::default();
        start.set(started.as_secs_f64());
        let build = Info::new(BuildLabels { version: env!("CARGO_PKG_VERSION") });
        self.registry.register("process_start_time_seconds", "When the process started, Unix time", start);
        self.registry.register("fiado_build", "The version that runs", build);
        self
    }

    /// A request was answered.
    pub(crate) fn request_was_answered(
        &self,
        method: &Method,
        route: Option<MatchedPath>,
        status: StatusCode,
        took: Duration,
    ) {
        let (method, route) = (method_word(method), Route(route));
        let place = RouteLabels { method, route: route.clone() };
        self.request_seconds.get_or_create(&place).observe(took.as_secs_f64());
        self.requests.get_or_create(&RequestLabels { method, route, status: status.as_u16() }).inc();
    }

    /// Something was refused, a whole request or an operation of it.
    pub(crate) fn was_refused(&self, code: &'static str) {
        self.refusals.get_or_create(&RefusalLabels { code }).inc();
    }

    /// A command was answered.
    pub(crate) fn command_was_answered(&self, operation: Operation, outcome: &Outcome) {
        let labels = CommandLabels { operation: operation.word(), outcome: outcome_word(outcome) };
        self.commands.get_or_create(&labels).inc();
    }

    /// A batch of so many commands was written.
    pub(crate) fn batch_was_written(&self, commands: usize, took: Duration, commit: Duration) {
        self.batch_commands.observe(f64::from(u32::try_from(commands).unwrap_or(u32::MAX)));
        self.batch_seconds.observe(took.as_secs_f64());
        self.commit_seconds.observe(commit.as_secs_f64());
    }

    /// A batch is decided again.
    pub(crate) fn batch_is_tried_again(&self) {
        self.batch_retries.inc();
    }

    /// A batch was not written.
    pub(crate) fn batch_failed(&self, error: &StoreError) {
        self.batch_failures.get_or_create(&FailureLabels { reason: failure_word(error) }).inc();
    }

    /// An account's expired holds were ended.
    pub(crate) fn account_was_swept(&self) {
        self.swept_accounts.inc();
    }

    /// Answers were forgotten.
    pub(crate) fn answers_were_forgotten(&self, count: usize) {
        self.forgotten_answers.inc_by(count as u64);
    }

    /// All of it as text (OpenMetrics 1.0), with how many commands wait now and what the store had to
    /// overcome.
    ///
    /// # Errors
    /// Never: a text takes whatever is written to it.
    pub(crate) fn text(&self, waiting: usize, setbacks: Setbacks) -> Result<String, fmt::Error> {
        self.store_retries.inner().store(setbacks.retries, Ordering::Relaxed);
        self.store_doubts.inner().store(setbacks.doubts, Ordering::Relaxed);
        self.store_outdated.inner().store(setbacks.outdated, Ordering::Relaxed);
        self.waiting.set(i64::try_from(waiting).unwrap_or(i64::MAX));
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// Adds a measure to those that are shown.
fn registered<M: Metric + Clone>(registry: &mut Registry, name: &str, help: &str, metric: M) -> M {
    registry.register(name, help, metric.clone());
    metric
}

/// From a tenth of a millisecond to seven seconds.
fn request_histogram() -> Histogram {
    Histogram::new(exponential_buckets(0.000_1, 2.0, 17))
}

/// A method of ours; whatever else a client invents is one word.
pub(crate) fn method_word(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "POST" => "POST",
        "PUT" => "PUT",
        "DELETE" => "DELETE",
        "HEAD" => "HEAD",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}

/// Why a batch may not be written.
const FAILURES: [&str; 5] = ["unavailable", "conflict", "damaged", "not_confirmed", "other"];

fn failure_word(error: &StoreError) -> &'static str {
    match error {
        StoreError::Unavailable(_) => "unavailable",
        StoreError::Conflict(_) => "conflict",
        StoreError::Damaged(_) | StoreError::Gap(_) => "damaged",
        StoreError::SyncFailed(_) => "not_confirmed",
        _ => "other",
    }
}

fn outcome_word(outcome: &Outcome) -> &'static str {
    match outcome {
        Ok(Decided { replayed: true, .. }) => "replayed",
        Ok(Decided { result: Ok(_), .. }) => "done",
        Ok(Decided { result: Err(_), .. }) => "refused",
        Err(EngineError::KeyReused) => "key_reused",
        Err(EngineError::KeyInProgress) => "key_in_progress",
        Err(EngineError::Overloaded) => "overloaded",
        Err(EngineError::Unavailable) => "unavailable",
        Err(EngineError::Damaged) => "damaged",
        Err(EngineError::NotCarriedOut { .. }) => "not_carried_out",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_clients_invent_is_no_label() {
        let metrics = Metrics::new();
        for method in ["PROPFIND", "MARIA", "GET"] {
            let method = Method::from_bytes(method.as_bytes()).unwrap();
            metrics.request_was_answered(&method, None, StatusCode::NOT_FOUND, Duration::from_millis(3));
        }
        let text = metrics.text(7, Setbacks { retries: 3, doubts: 1, outdated: 2 }).unwrap();
        assert!(text.contains(r#"fiado_requests_total{method="other",route="-",status="404"} 2"#), "{text}");
        assert!(text.contains(r#"fiado_requests_total{method="GET",route="-",status="404"} 1"#), "{text}");
        assert!(text.contains("fiado_commands_waiting 7"), "{text}");
        assert!(!text.contains("MARIA"), "{text}");
        assert!(text.contains("fiado_store_retries_total 3\n"), "{text}");
        assert!(text.contains("fiado_store_doubts_total 1\n"), "{text}");
        assert!(text.contains("fiado_store_outdated_total 2\n"), "{text}");
    }

    #[test]
    fn a_batch_that_was_not_written_is_counted_by_why() {
        let metrics = Metrics::new();
        let unavailable = || StoreError::Unavailable("postgres://fiado@nowhere".to_owned());
        [unavailable(), unavailable(), StoreError::Damaged("torn".to_owned())]
            .iter()
            .for_each(|error| metrics.batch_failed(error));
        let text = metrics.text(0, Setbacks::default()).unwrap();
        assert!(text.contains(r#"fiado_batch_failures_total{reason="unavailable"} 2"#), "{text}");
        assert!(text.contains(r#"fiado_batch_failures_total{reason="damaged"} 1"#), "{text}");
        assert!(!text.contains("nowhere"), "{text}");
    }
}
