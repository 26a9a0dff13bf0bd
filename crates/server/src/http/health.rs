use super::App;
use super::answer::json;
use super::readiness::check;
use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde_json::json;

/// After how many seconds a server that is not ready may be asked again.
const RETRY_AFTER: &str = "1";

/// Whether the server lives (`/live`, `/health`), and whether it can serve (`/ready`).
pub(super) fn router() -> Router<App> {
    Router::new().route("/live", get(live)).route("/health", get(live)).route("/ready", get(ready))
}

async fn live() -> Response {
    json(&json!({ "status": "ok", "service": "fiado", "version": env!("CARGO_PKG_VERSION") }))
}

/// Ready means that the store answers and commits, the writer writes, there is room in its queue, and the
/// server is not about to stop.
async fn ready(State(app): State<App>) -> Response {
    match check(&app).await {
        Ok(()) => json(&json!({ "status": "ready" })),
        Err(reason) => {
            let body = json(&json!({ "status": "not_ready", "reason": reason.word() }));
            (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, RETRY_AFTER)], body).into_response()
        }
    }
}
