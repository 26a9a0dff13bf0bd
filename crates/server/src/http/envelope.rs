use super::answer::json;
use super::observed::Observed;
use super::{App, Face, Failure};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fiado_contract::catalogue::Language;
use fiado_contract::facade::{ErrorBody, ErrorEnvelope};
use fiado_contract::gateway::{self, GatewayError};
use fiado_contract::vtex::{self, VtexError};
use serde::Serialize;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_REQUEST_ID: usize = 100;

/// Gives every request an id and every failure its envelope, and has it noted what happened.
pub(super) async fn wrap<F: Future<Output = Response>>(
    app: &App,
    mut request: Request,
    answer: impl FnOnce(Request) -> F,
) -> Response {
    let id = request_id(&request);
    let uri = request.uri().clone();
    let face = Face::of(uri.path());
    let language = face.language(request.headers());
    let observed = Observed::begin(&mut request, &id);
    let mut response = answer(request).instrument(observed.span()).await;
    let failure = response.extensions_mut().remove::<Failure>();
    let code = failure.as_ref().map(|failure| failure.problem.message().code);
    if let Some(failure) = failure {
        response = match face {
            Face::Vtex => {
                let (status, body) =
                    (vtex::status(&failure.problem), VtexError::new(&failure.problem, language));
                with_body(response, language, bare_error(status, &body))
            }
            Face::Gateway => {
                let status = gateway::status(&failure.problem);
                let body = GatewayError::new(&failure.problem, language);
                with_body(response, language, bare_error(status, &body))
            }
            Face::Facade => {
                let envelope = envelope(response.status(), &failure, app, language, uri.path(), &id);
                with_body(response, language, json(&envelope))
            }
        };
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    observed.end(app, &id, response.status(), code);
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

/// A number in a secret order: nobody is to tell from an id how many requests there were. The kernel is
/// asked for randomness once, and not by every request.
fn new_request_id() -> String {
    static SECRET: LazyLock<RandomState> = LazyLock::new(RandomState::new);
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    format!("req_{:016x}", SECRET.hash_one(NUMBER.fetch_add(1, Ordering::Relaxed)))
}

fn envelope(
    status: StatusCode,
    failure: &Failure,
    app: &App,
    language: Language,
    path: &str,
    id: &str,
) -> ErrorEnvelope {
    ErrorEnvelope {
        status: "error",
        status_code: status.as_u16(),
        error: ErrorBody::new(&failure.problem, language),
        timestamp: failure.at.unwrap_or_else(|| app.clock.now()).to_string(),
        path: path.to_owned(),
        request_id: id.to_owned(),
    }
}

fn bare_error(status: u16, body: &impl Serialize) -> Response {
    let status = StatusCode::from_u16(status);
    (status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), json(body)).into_response()
}

/// A refusal with its body, and with all that was said of it before there was one.
fn with_body(bare: Response, language: Language, mut response: Response) -> Response {
    if response.status() == StatusCode::OK {
        *response.status_mut() = bare.status();
    }
    response.headers_mut().insert(header::CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    for (name, value) in bare.headers() {
        if *name != header::CONTENT_LENGTH && *name != header::CONTENT_TYPE {
            response.headers_mut().insert(name.clone(), value.clone());
        }
    }
    response.headers_mut().append(header::VARY, HeaderValue::from_static("accept-language"));
    response
}
