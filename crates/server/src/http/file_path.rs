use super::Failure;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::request::Parts;
use fiado_contract::catalogue::Problem;

/// The rest of a path, where a route ends in `{*path}`. What is no text names no file.
pub(super) struct FilePath(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for FilePath {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<FilePath, Failure> {
        let path = RawPathParams::from_request_parts(parts, state).await;
        let path = path.ok().and_then(|path| path.iter().next().map(|(_, path)| path.to_owned()));
        path.map(FilePath).ok_or(Problem::RouteNotFound.into())
    }
}
