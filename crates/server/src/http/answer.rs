use super::cursor::{self, List};
use crate::engine::EngineError;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::{ListEnvelope, Success};
use fiado_contract::fields::{Fault, FieldError};
use fiado_core::calendar::Instant;
use fiado_store::{Page, Toward};
use serde::Serialize;

/// Says that an answer was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A refusal on its way to its envelope, which knows the request's language and address.
#[derive(Debug, Clone)]
pub(crate) struct Failure {
    /// What is wrong.
    pub(crate) problem: Box<Problem>,
    /// When it was decided, if an account decided it.
    pub(crate) at: Option<Instant>,
    /// Whether it was answered before.
    pub(crate) replayed: bool,
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        Failure { problem: Box::new(problem), at: None, replayed: false }
    }
}

impl From<EngineError> for Failure {
    fn from(error: EngineError) -> Failure {
        Failure::from(match error {
            EngineError::KeyReused => Problem::KeyReused,
            EngineError::KeyInProgress => Problem::KeyInProgress,
            EngineError::Overloaded => Problem::Overloaded { retry_after: 1 },
            EngineError::Unavailable => Problem::Unavailable,
            EngineError::Damaged => Problem::Internal,
            EngineError::NotCarriedOut { because_of } => Problem::NotCarriedOut { because_of },
        })
    }
}

impl Failure {
    /// A cursor that is none of this list's.
    pub(crate) fn bad_cursor() -> Failure {
        Problem::Invalid(vec![FieldError { field: "cursor".to_owned(), fault: Fault::NotAnId }]).into()
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.problem.message().status);
        let mut response = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
        if let Some(seconds) = retry_after(&self.problem) {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if let Problem::Unauthorized(_) = *self.problem {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        mark_replayed(&mut response, self.replayed);
        response.extensions_mut().insert(self);
        response
    }
}

/// After how many seconds it is worth trying again.
fn retry_after(problem: &Problem) -> Option<u64> {
    match problem {
        Problem::Overloaded { retry_after } => Some(*retry_after),
        Problem::KeyInProgress | Problem::Unavailable => Some(1),
        _ => None,
    }
}

fn mark_replayed(response: &mut Response, replayed: bool) {
    if replayed {
        response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    }
}

/// A command that was done.
pub(crate) struct Done<T> {
    /// 200, or 201 where something was made.
    pub(crate) status: StatusCode,
    /// What is told.
    pub(crate) data: T,
    /// Whether it was answered before.
    pub(crate) replayed: bool,
}

impl<T: Serialize> IntoResponse for Done<T> {
    fn into_response(self) -> Response {
        let mut response = (self.status, json(&Success::new(self.data))).into_response();
        mark_replayed(&mut response, self.replayed);
        response
    }
}

/// An answer that says nothing but that it was done.
#[derive(Serialize)]
pub(crate) enum Nothing {}

/// An answer without an envelope, as VTEX's clients know it; nothing at all for some commands.
pub(crate) struct Bare<T> {
    /// What is told.
    pub(crate) data: Option<T>,
    /// Whether it was answered before.
    pub(crate) replayed: bool,
}

impl<T> Bare<T> {
    /// Something that was read.
    pub(crate) fn read(data: T) -> Bare<T> {
        Bare { data: Some(data), replayed: false }
    }
}

impl<T: Serialize> IntoResponse for Bare<T> {
    fn into_response(self) -> Response {
        let mut response = match &self.data {
            Some(data) => json(data),
            None => [(header::CACHE_CONTROL, NO_STORE)].into_response(),
        };
        mark_replayed(&mut response, self.replayed);
        response
    }
}

/// JSON that is answered as it is kept.
pub(crate) struct Kept(String);

impl Kept {
    /// One text.
    pub(crate) fn one(text: &str) -> Kept {
        Kept(text.to_owned())
    }

    /// A list of texts.
    pub(crate) fn list<'a>(texts: impl Iterator<Item = &'a str>) -> Kept {
        Kept(format!("[{}]", texts.collect::<Vec<&str>>().join(",")))
    }
}

impl IntoResponse for Kept {
    fn into_response(self) -> Response {
        of_json(self.0.into())
    }
}

/// Something that was read.
pub(crate) struct Read<T>(pub(crate) T);

impl<T: Serialize> IntoResponse for Read<T> {
    fn into_response(self) -> Response {
        json(&Success::new(self.0)).into_response()
    }
}

/// A page of a list that was read.
pub(crate) struct Listed<T>(pub(crate) List, pub(crate) Page<T>);

impl<T: Serialize> IntoResponse for Listed<T> {
    fn into_response(self) -> Response {
        let Listed(list, Page { items, next, previous }) = self;
        let next = next.map(|mark| cursor::write(list, Toward::Next, &mark));
        let previous = previous.map(|mark| cursor::write(list, Toward::Previous, &mark));
        json(&ListEnvelope::new(items, next, previous)).into_response()
    }
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
/// Nothing that is answered is to be kept by anyone in between.
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");
/// Most answers are shorter, so that their text is not moved while it is written.
const USUAL_LENGTH: usize = 1024;
/// Room for the headers that most answers have in the end, so that they are not moved either.
const USUAL_HEADERS: usize = 16;

/// A JSON body.
pub(super) fn json(value: &impl Serialize) -> Response {
    let mut body = Vec::with_capacity(USUAL_LENGTH);
    match serde_json::to_writer(&mut body, value) {
        Ok(()) => of_json(body),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn of_json(body: Vec<u8>) -> Response {
    let mut response = Response::new(Body::from(body));
    let headers = response.headers_mut();
    headers.reserve(USUAL_HEADERS);
    headers.insert(header::CONTENT_TYPE, JSON);
    headers.insert(header::CACHE_CONTROL, NO_STORE);
    response
}
