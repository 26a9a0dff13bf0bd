//! What those who run the server ask it, on a listener of its own: never on the public one by accident.

use super::{App, health};
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

/// The text that [`crate::metrics::Metrics::text`] writes.
const OPENMETRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The metrics, and beside them whether the server lives and is ready: this listener answers until the
/// server has stopped, when the public one takes nobody any more.
pub(crate) fn router(app: App) -> Router {
    Router::new().route("/metrics", get(metrics)).merge(health::router()).with_state(app)
}

async fn metrics(State(app): State<App>) -> Response {
    match app.metrics.text(app.engine.waiting(), app.store.setbacks()) {
        Ok(text) => ([(header::CONTENT_TYPE, OPENMETRICS)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
