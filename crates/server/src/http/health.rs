use super::answer::json;
use super::{App, Failure};
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use serde_json::json;

/// Whether the server lives (`/live`, `/health`), and whether it can serve (`/ready`).
pub(super) fn router() -> Router<App> {
    Router::new().route("/live", get(live)).route("/health", get(live)).route("/ready", get(ready))
}

async fn live() -> Response {
    json(&json!({ "status": "ok", "service": "fiado", "version": env!("CARGO_PKG_VERSION") }))
}

/// Ready means that the store answers.
async fn ready(State(app): State<App>) -> Result<Response, Failure> {
    app.ask(|store| store.signing_key()).await?;
    Ok(json(&json!({ "status": "ready" })))
}
