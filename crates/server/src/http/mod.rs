//! What every face has in common: the call and its caller, the answer and its envelope, the pages.
//!
//! It promises that every answer says which request it belongs to, that every refusal has the
//! envelope of its face, and that pages carry strict headers.

mod answer;
mod app;
mod body;
mod call;
mod conditional;
mod cors;
mod cursor;
mod docs;
mod document;
mod envelope;
mod examples;
mod face;
mod file_path;
mod headers;
mod health;
mod observed;
mod operations;
mod pages;
mod readiness;
mod shops;
mod test_clock;
mod threads;

pub(crate) use answer::{Bare, Done, Failure, Kept, Listed, Nothing, Read};
pub(crate) use app::App;
pub(crate) use call::{Call, Decision};
pub(crate) use conditional::is_known;
pub(crate) use cors::Origins;
pub(crate) use cursor::{List, read_page};
pub(crate) use document::{
    AccountParameters, AccountStatusParameter, ApproveErrors, BulkErrors, BulkParameters, CancelErrors,
    ChangeErrors, CommandParameters, ConditionalParameters, DueCalendarParameters, InvoiceStatusParameter,
    ListErrors, OrganizationParameters, PageParameters, PayErrors, PreviewPaymentErrors, ReadBodyErrors,
    ReadErrors, RequestErrors, SessionErrors, StandingErrors, UseErrors,
};
pub(crate) use examples::{examples, keep_referred};
pub(crate) use face::Face;
pub(crate) use headers::{describe_headers, headers};
pub(crate) use operations::router as operations_router;
pub(crate) use threads::{LEAST_BLOCKED, Threads, runtime, told};

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use fiado_contract::catalogue::Problem;
use std::sync::Arc;
use tower::Layer;
use tower::util::{MapRequest, MapRequestLayer};

/// What answers requests.
pub(crate) type Service = MapRequest<Router, fn(Request) -> Request>;

/// All that the server answers; pages of these origins may use the API.
pub(crate) fn service(app: App, origins: Origins) -> Service {
    let canonical: fn(Request) -> Request = with_canonical_path;
    MapRequestLayer::new(canonical).layer(router(app, origins))
}

fn router(app: App, origins: Origins) -> Router {
    let (facade, facade_document) = crate::facade::router().split_for_parts();
    let (vtex, vtex_document) = crate::vtex::router().split_for_parts();
    Router::new()
        .merge(facade)
        .merge(vtex)
        .merge(health::router())
        .merge(docs::router(facade_document, vtex_document))
        .merge(test_clock::router(&app))
        .merge(pages::router())
        .fallback(async || Failure::from(Problem::RouteNotFound))
        .method_not_allowed_fallback(async || Failure::from(Problem::MethodNotAllowed))
        .layer(from_fn_with_state((app.clone(), Arc::new(origins)), surround))
        .with_state(app)
}

/// What is done around every request, from the outside in. It is one layer, because axum has half a dozen
/// boxes made for each layer that a request goes through.
async fn surround(
    State((app, origins)): State<(App, Arc<Origins>)>,
    request: Request,
    next: Next,
) -> Response {
    let answered = |request| async move {
        let drained = |request| body::drain_rest(request, next);
        pages::hardened(cors::share(&origins, request, drained).await)
    };
    envelope::wrap(&app, request, answered).await
}

/// Lets `/api/…/` be `/api/…`: clients differ in trailing slashes, and axum routes both apart
/// (DECISIONS 26). Lets VTEX's old `/transaction` be `/transactions`. It has to happen before
/// routing, so it stands outside the router.
fn with_canonical_path(mut request: Request) -> Request {
    let path = request.uri().path();
    if !path.starts_with("/api/") {
        return request;
    }
    let trimmed = path.trim_end_matches('/');
    let renamed = match Face::of(path) {
        Face::Vtex => with_new_transactions(trimmed),
        Face::Facade | Face::Gateway => None,
    };
    if renamed.is_some() || trimmed.len() < path.len() {
        let canonical = renamed.as_deref().unwrap_or(trimmed);
        let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
        if let Ok(uri) = format!("{canonical}{query}").parse() {
            *request.uri_mut() = uri;
        }
    }
    request
}

/// The path with `transactions` where its collection is called `transaction`: right behind the
/// account, and nowhere else, for an account may have that name.
fn with_new_transactions(path: &str) -> Option<String> {
    let mut segments: Vec<&str> = path.split('/').collect();
    let collection = segments.get_mut(5).filter(|segment| **segment == "transaction")?;
    *collection = "transactions";
    Some(segments.join("/"))
}
