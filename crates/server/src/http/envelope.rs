use super::answer::json;
use super::observed::Observed;
use super::{App, Face, Failure};
use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use fiado_contract::catalogue::Language;
use fiado_contract::facade::{ErrorBody, ErrorEnvelope};
use fiado_contract::gateway::{self, GatewayError};
use fiado_contract::vtex::{self, VtexError};
use serde::Serialize;
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LONGEST_REQUEST_ID: usize = 100;

/// Gives every request an id and every failure its envelope, and has it noted what happened.
pub(super) async fn wrap(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = request_id(&request);
    let path = request.uri().path().to_owned();
    let face = Face::of(&path);
    let language = face.language(request.headers());
    let observed = Observed::begin(&mut request, &id);
    let mut response = next.run(request).instrument(observed.span()).await;
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
                let envelope = envelope(response.status(), &failure, &app, language, path, &id);
                with_body(response, language, json(&envelope))
            }
        };
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    observed.end(&app, &id, response.status(), code);
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

fn envelope(
    status: StatusCode,
    failure: &Failure,
    app: &App,
    language: Language,
    path: String,
    id: &str,
) -> ErrorEnvelope {
    ErrorEnvelope {
        status: "error",
        status_code: status.as_u16(),
        error: ErrorBody::new(&failure.problem, language),
        timestamp: failure.at.unwrap_or_else(|| app.clock.now()).to_string(),
        path,
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
