use super::answer::json;
use super::file_path::FilePath;
use super::{App, Failure};
use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use fiado_contract::catalogue::Problem;
use std::sync::Arc;
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, Url};

const FACADE: &str = "/openapi/facade.json";
const VTEX: &str = "/openapi/vtex.json";

/// Swagger UI writes styles into its page, which the pages' own policy forbids; nothing else is
/// loosened for it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// The OpenAPI documents, and a page to read and try them, from this binary alone.
pub(super) fn router(facade: OpenApi, vtex: OpenApi) -> Router<App> {
    let (facade, vtex) = (Arc::new(facade), Arc::new(vtex));
    let documents = [Url::with_primary("Fachada", FACADE, true), Url::new("VTEX", VTEX)];
    let configuration = Arc::new(Config::new(documents).try_it_out_enabled(true).validator_url("none"));
    let index = Arc::clone(&configuration);
    Router::new()
        .route(FACADE, get(async move || json(&*facade)))
        .route(VTEX, get(async move || json(&*vtex)))
        .route("/docs", get(async || Redirect::permanent("/docs/")))
        .route("/docs/", get(async move || file("index.html", index)))
        .route("/docs/{*path}", get(async move |FilePath(path): FilePath| file(&path, configuration)))
}

fn file(path: &str, configuration: Arc<Config<'static>>) -> Result<Response, Failure> {
    match utoipa_swagger_ui::serve(path, configuration) {
        Ok(Some(file)) => {
            let headers = [
                (header::CONTENT_TYPE, file.content_type),
                (header::CONTENT_SECURITY_POLICY, POLICY.to_owned()),
            ];
            Ok((headers, file.bytes.into_owned()).into_response())
        }
        Ok(None) => Err(Problem::RouteNotFound.into()),
        Err(error) => {
            tracing::error!(%error, "the documentation page could not be made");
            Err(Problem::Internal.into())
        }
    }
}
