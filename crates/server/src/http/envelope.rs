use super::answer::json;
use super::{App, Failure};
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fiado_contract::catalogue::{Language, MESSAGES, Message, Problem};
use fiado_contract::facade::{ErrorBody, ErrorEnvelope};
use std::collections::BTreeMap;
use std::time::Instant;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response as DocumentedResponse, ResponseBuilder};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_REQUEST_ID: usize = 100;

/// Gives every request an id and every failure its envelope, and logs what happened without saying
/// to whom: the route's pattern, never the path.
pub(super) async fn wrap(State(app): State<App>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request_id(&request);
    let path = request.uri().path().to_owned();
    let language =
        Language::of_header(request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()));
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut response = next.run(request).await;
    let failure = response.extensions_mut().remove::<Failure>();
    let code = failure.as_ref().map(|failure| failure.problem.message().code);
    if let Some(failure) = failure {
        response = enveloped(response, &failure, &app, language, path, &id);
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    tracing::info!(
        request_id = id,
        %method,
        route = route.as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        code,
        microseconds = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "request"
    );
    response
}

/// The caller's own id where it is a plain word, else a new one.
fn request_id(request: &Request) -> String {
    let given = request.headers().get(REQUEST_ID).and_then(|value| value.to_str().ok());
    let is_plain = |id: &&str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
        !id.is_empty() && id.len() <= LONGEST_REQUEST_ID && id.bytes().all(plain)
    };
    given.filter(is_plain).map_or_else(new_request_id, str::to_owned)
}

fn new_request_id() -> String {
    let mut random = [0; 8];
    // An id that is not random names its request a little worse, and that is all.
    let _ = getrandom::fill(&mut random);
    format!("req_{:016x}", u64::from_be_bytes(random))
}

fn enveloped(
    bare: Response,
    failure: &Failure,
    app: &App,
    language: Language,
    path: String,
    id: &str,
) -> Response {
    let envelope = ErrorEnvelope {
        status: "error",
        status_code: bare.status().as_u16(),
        error: ErrorBody::new(&failure.problem, language),
        timestamp: failure.at.unwrap_or_else(|| app.clock.now()).to_string(),
        path,
        request_id: id.to_owned(),
    };
    let mut response = (bare.status(), json(&envelope)).into_response();
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-language"));
    for (name, value) in bare.headers() {
        if *name != header::CONTENT_LENGTH && *name != header::CONTENT_TYPE {
            response.headers_mut().insert(name.clone(), value.clone());
        }
    }
    response
}

/// All refusals of the façade in its documentation: one response a status, with the codes that
/// the catalogue has for it.
pub(crate) struct Errors;

impl utoipa::IntoResponses for Errors {
    fn responses() -> BTreeMap<String, RefOr<DocumentedResponse>> {
        let mut by_status: BTreeMap<u16, Vec<&Message>> = BTreeMap::new();
        for message in MESSAGES.iter().filter(|message| concerns_operations(message)) {
            by_status.entry(message.status).or_default().push(message);
        }
        by_status
            .into_iter()
            .map(|(status, messages)| (status.to_string(), documented(&messages).into()))
            .collect()
    }
}

/// A route that does not exist, or a page that was not built, is no answer of an operation.
fn concerns_operations(message: &Message) -> bool {
    let others = [Problem::RouteNotFound, Problem::MethodNotAllowed, Problem::NotBuilt { command: "" }];
    message.status != StatusCode::METHOD_NOT_ALLOWED.as_u16()
        && message.kind != "SNAPSHOT_EXPIRED"
        && others.iter().all(|problem| problem.message() != *message)
}

fn documented(messages: &[&Message]) -> DocumentedResponse {
    let line = |message: &&Message| format!("- `{}` `{}`: {}", message.code, message.kind, message.spanish);
    let lines: Vec<String> = messages.iter().map(line).collect();
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorEnvelope"))).build();
    ResponseBuilder::new().description(lines.join("\n")).content("application/json", content).build()
}
