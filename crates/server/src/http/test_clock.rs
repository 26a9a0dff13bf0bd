use super::answer::json;
use super::body::read_body;
use super::{App, Face, Failure};
use crate::clock::{ClockError, latest_setting, parse_instant};
use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::get;
use fiado_contract::catalogue::Problem;
use fiado_contract::fields::{Expected, Fault, FieldError, read};
use fiado_contract::json::parse;
use serde_json::json;

const PATH: &str = "/test/clock";

/// The clock of a server that was started with `--clock`; on any other there is no such address.
pub(super) fn router(app: &App) -> Router<App> {
    if app.clock.can_be_set() { Router::new().route(PATH, get(show).put(set)) } else { Router::new() }
}

async fn show(State(app): State<App>) -> Response {
    json(&json!({ "now": app.clock.now().to_string() }))
}

async fn set(State(app): State<App>, request: Request) -> Result<Response, Failure> {
    let (parts, body) = request.into_parts();
    let body = parse(&read_body(Face::Facade, parts.uri.path(), &parts.headers, body).await?)
        .map_err(Problem::Malformed)?;
    let fault = Fault::WrongType(Expected::Instant);
    let instant =
        read(&body, |fields| fields.parsed("now", fault, parse_instant)).map_err(Problem::Invalid)?;
    let fault = match app.clock.set(instant) {
        Ok(()) => return Ok(show(State(app)).await),
        Err(ClockError::Fixed) => return Err(Problem::RouteNotFound.into()),
        Err(ClockError::Backwards) => Fault::Below(app.clock.now().to_string()),
        Err(ClockError::TooFar) => Fault::Above(latest_setting().to_string()),
    };
    Err(Problem::Invalid(vec![FieldError { field: "now".to_owned(), fault }]).into())
}
