use super::Face;
use crate::facade::BULK_PATH;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use fiado_contract::catalogue::Problem;
use fiado_contract::json::MalformedJson;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

/// The largest body that is kept of one operation.
const LARGEST: usize = 64 * 1024;
/// The largest body that is kept of many operations.
const LARGEST_BULK: usize = 512 * 1024;
/// How much of a larger one is still taken and thrown away.
const MOST_DRAINED: usize = 32 * 1024 * 1024;
/// How long a body may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// A request's body that its handler and [`drain_rest`] share.
struct Shared(Arc<Mutex<Body>>);

impl HttpBody for Shared {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let mut body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Pin::new(&mut *body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).size_hint()
    }
}

/// Takes what a handler has left of a body before it is answered, within bounds: a client that is
/// still sending when the connection closes never sees its answer.
pub(super) async fn drain_rest(request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let body = Arc::new(Mutex::new(body));
    let rest = Shared(Arc::clone(&body));
    let response = next.run(Request::from_parts(parts, Body::new(Shared(body)))).await;
    // A body that does not end in time ends with its connection.
    if !rest.is_end_stream() && response.status() != StatusCode::REQUEST_TIMEOUT {
        let _ = tokio::time::timeout(PATIENCE, drain(rest)).await;
    }
    response
}

async fn drain(mut rest: Shared) {
    let mut length = 0_usize;
    while let Some(Ok(frame)) = rest.frame().await {
        length = length.saturating_add(frame.data_ref().map_or(0, Bytes::len));
        if length > MOST_DRAINED {
            break;
        }
    }
}

/// Reads a body within its bounds of size and time.
///
/// # Errors
/// The problem to be answered once the caller is known to be allowed the operation.
pub(super) async fn read_body(
    face: Face,
    path: &str,
    headers: &HeaderMap,
    body: Body,
) -> Result<Vec<u8>, Problem> {
    if body.is_end_stream() {
        return Ok(Vec::new());
    }
    let most = if path == BULK_PATH { LARGEST_BULK } else { LARGEST };
    let bytes = tokio::time::timeout(PATIENCE, collect(body, most)).await;
    let bytes = bytes.unwrap_or(Err(Problem::BodyTimeout))?;
    let may_be_read = face.is_lenient() || bytes.is_empty() || says_json(headers);
    if may_be_read { Ok(bytes) } else { Err(Problem::UnsupportedMediaType) }
}

async fn collect(mut body: Body, most: usize) -> Result<Vec<u8>, Problem> {
    let mut kept = Vec::new();
    while let Some(frame) = body.frame().await {
        let broken = |_| Problem::Malformed(MalformedJson { line: 1, column: 1, field: None });
        let Ok(data) = frame.map_err(broken)?.into_data() else { continue };
        if kept.len().saturating_add(data.len()) > most {
            return Err(Problem::PayloadTooLarge { most_bytes: most as u64 });
        }
        kept.extend_from_slice(&data);
    }
    Ok(kept)
}

/// Whether a body says it is JSON in UTF-8, or says nothing.
fn says_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return true };
    let text = value.to_str().unwrap_or_default().to_ascii_lowercase();
    let mut parts = text.split(';').map(str::trim);
    let kind = parts.next().unwrap_or_default();
    let is_json = kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"));
    let mut charsets = parts.filter_map(|part| part.strip_prefix("charset="));
    is_json && charsets.all(|charset| matches!(charset.trim_matches('"'), "utf-8" | "utf8"))
}
