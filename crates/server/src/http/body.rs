use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use fiado_contract::catalogue::Problem;
use fiado_contract::json::MalformedJson;
use http_body_util::BodyExt;
use std::time::Duration;

/// The largest body that is kept.
const LARGEST: usize = 64 * 1024;
/// How much of a larger one is still taken and thrown away: a client that is still sending when
/// the connection closes never sees why.
const MOST_DRAINED: usize = 32 * 1024 * 1024;
/// How long a body may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// Reads a body within its bounds of size and time.
///
/// # Errors
/// The problem to be answered once the caller is known to be allowed the operation.
pub(super) async fn read_body(headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let bytes = tokio::time::timeout(PATIENCE, collect(body)).await.unwrap_or(Err(Problem::BodyTimeout))?;
    if bytes.is_empty() || says_json(headers) { Ok(bytes) } else { Err(Problem::UnsupportedMediaType) }
}

async fn collect(mut body: Body) -> Result<Bytes, Problem> {
    let mut kept = Vec::new();
    let mut length = 0_usize;
    while let Some(frame) = body.frame().await {
        let broken = |_| Problem::Malformed(MalformedJson { line: 1, column: 1, field: None });
        let Ok(data) = frame.map_err(broken)?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length > MOST_DRAINED {
            break;
        }
        if length <= LARGEST {
            kept.extend_from_slice(&data);
        }
    }
    if length <= LARGEST {
        Ok(kept.into())
    } else {
        Err(Problem::PayloadTooLarge { most_bytes: LARGEST as u64 })
    }
}

/// Whether a body says it is JSON, or says nothing.
fn says_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::CONTENT_TYPE) else { return true };
    let kind =
        value.to_str().unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}
