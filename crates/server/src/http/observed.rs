//! What is noted of a request for those who run the server: its line of the log, its span, its metrics.
//! It names the route's pattern, never the path, and of the caller no more than which organization, by
//! what kind of credential.

use super::App;
use crate::auth::Credential;
use crate::metrics::method_word;
use crate::traces::TARGET;
use axum::extract::{MatchedPath, Request};
use axum::http::{Method, StatusCode};
use fiado_core::identity::OrganizationId;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use tracing::Span;
use tracing::field::Empty;

/// A request that is being answered.
pub(super) struct Observed {
    started: Instant,
    method: Method,
    route: Option<MatchedPath>,
    known: Known,
    span: Span,
}

impl Observed {
    /// From now on, a request.
    pub(super) fn begin(request: &mut Request, id: &str) -> Observed {
        let (started, method, known) = (Instant::now(), request.method().clone(), Known::default());
        let route = request.extensions().get::<MatchedPath>().cloned();
        request.extensions_mut().insert(known.clone());
        let span = tracing::info_span!(
            target: TARGET,
            "request",
            otel.name = format!("{} {}", method_word(&method), pattern(route.as_ref())),
            otel.kind = "server",
            http.request.method = method_word(&method),
            http.route = pattern(route.as_ref()),
            http.response.status_code = Empty,
            request_id = id,
        );
        Observed { started, method, route, known, span }
    }

    /// Its span.
    pub(super) fn span(&self) -> Span {
        self.span.clone()
    }

    /// It was answered, perhaps with a code.
    pub(super) fn end(self, app: &App, id: &str, status: StatusCode, code: Option<&'static str>) {
        let Observed { started, method, route, known, span } = self;
        let (took, caller) = (started.elapsed(), known.0.get());
        span.record("http.response.status_code", status.as_u16());
        tracing::info!(
            request_id = id,
            method = method_word(&method),
            route = pattern(route.as_ref()),
            status = status.as_u16(),
            code,
            milliseconds = in_milliseconds(took),
            organization = caller.map(|caller| caller.organization.as_str()),
            credential = caller.map(|caller| caller.credential.word()),
            "request"
        );
        code.into_iter().for_each(|code| app.metrics.was_refused(code));
        app.metrics.request_was_answered(&method, route, status, took);
    }
}

fn pattern(route: Option<&MatchedPath>) -> &str {
    route.map_or("-", MatchedPath::as_str)
}

/// Milliseconds with their fraction.
fn in_milliseconds(duration: Duration) -> f64 {
    duration.saturating_mul(1_000).as_secs_f64()
}

/// Who was found to be calling: a request carries it, and whoever finds it out tells it.
#[derive(Clone, Default)]
pub(super) struct Known(Arc<OnceLock<Caller>>);

struct Caller {
    organization: OrganizationId,
    credential: Credential,
}

impl Known {
    /// Notes it.
    pub(super) fn is(&self, organization: &OrganizationId, credential: Credential) {
        let _ = self.0.set(Caller { organization: organization.clone(), credential });
    }
}
