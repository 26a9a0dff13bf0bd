//! Traces of requests and batches, sent to a collector by OTLP (HTTP, protobuf) where one is configured.
//!
//! It promises that nothing waits for the collector: spans that find no room are dropped. A span says no
//! more than the log does: a route's pattern, never a path, and nobody's name. Without a collector no span
//! is made at all.

use async_trait::async_trait;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{SpanExporter, WithExportConfig, WithHttpConfig};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use std::time::Duration;
use tracing::{Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

/// The target of spans for the collector: they are no part of the log.
pub(crate) const TARGET: &str = "fiado::spans";
/// How long the collector may take, and how long a server that stops waits for it.
const PATIENCE: Duration = Duration::from_secs(3);
/// Where a collector takes traces (OTLP specification, "Endpoint URLs for OTLP/HTTP").
const PATH: &str = "/v1/traces";

/// What sends spans to a collector, in the background.
pub(crate) struct Traces(SdkTracerProvider);

impl Traces {
    /// To the collector at an address such as `http://127.0.0.1:4318`.
    ///
    /// # Errors
    /// A sentence, where it is no address.
    pub(crate) fn to(endpoint: &str) -> Result<Traces, String> {
        let wrong = || format!("{endpoint:?} is no collector: write http://127.0.0.1:4318");
        if !["http://", "https://"].iter().any(|scheme| endpoint.starts_with(scheme)) {
            return Err(wrong());
        }
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Collector(agent()))
            .with_endpoint(format!("{}{PATH}", endpoint.trim_end_matches('/')))
            .with_timeout(PATIENCE)
            .build()
            .map_err(|_| wrong())?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder().with_service_name("fiado").with_attribute(version).build();
        Ok(Traces(SdkTracerProvider::builder().with_resource(resource).with_batch_exporter(exporter).build()))
    }

    /// What hands spans over, beside the log.
    pub(crate) fn layer<S: Subscriber + for<'span> LookupSpan<'span>>(&self) -> impl Layer<S> + use<S> {
        let spans = Targets::new().with_target(TARGET, Level::INFO);
        tracing_opentelemetry::layer().with_tracer(self.0.tracer("fiado")).with_filter(spans)
    }

    /// Sends what is left, as far as the collector takes it in time.
    pub(crate) fn finish(&self) {
        if let Err(error) = self.0.shutdown_with_timeout(PATIENCE) {
            tracing::warn!(%error, "the last traces were not sent");
        }
    }
}

fn agent() -> ureq::Agent {
    let agent = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).http_status_as_error(false);
    agent.build().new_agent()
}

/// The collector. It is asked on the thread of the exporter alone, which may block.
#[derive(Debug)]
struct Collector(ureq::Agent);

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let sent = self.0.run(request.map(|body| body.to_vec()));
        let answer = sent.inspect_err(|error| tracing::warn!(%error, "the collector takes no traces"))?;
        let (head, mut body) = answer.into_parts();
        Ok(Response::from_parts(head, body.read_to_vec()?.into()))
    }
}
