//! The pages that are built into the binary: the checkout at `/`, the console of whoever approves at
//! `/console/`, the browser package at `/pkg/`.
//!
//! They load nothing from any other host, and a strict policy holds them to it.

use super::conditional::is_known;
use super::file_path::FilePath;
use super::{App, Failure};
use axum::Router;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use fiado_contract::catalogue::Problem;
use rust_embed::{EmbeddedFile, RustEmbed};

/// The checkout, as it is written.
#[derive(RustEmbed)]
#[folder = "../../web"]
#[include = "index.html"]
#[include = "checkout/*"]
#[allow_missing = true]
struct Web;

/// The console, as `cargo xtask web` builds it.
#[derive(RustEmbed)]
#[folder = "../../web/dist/console"]
#[allow_missing = true]
struct Console;

#[derive(RustEmbed)]
#[folder = "../../pkg/dist"]
#[allow_missing = true]
struct Package;

const BUILD_COMMAND: &str = "cargo xtask pkg && cargo build --release --bin fiado";

const BUILD_CONSOLE_COMMAND: &str = "cargo xtask web && cargo build --release --bin fiado";

/// A file that may change under its name: a browser asks whether it has.
const ASK_AGAIN: &str = "no-cache";

/// A file whose name has its hash: another content has another name.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// The policy of every page: its own scripts, its own styles, WebAssembly, its own server.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
     img-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

const HARDENING: [(HeaderName, HeaderValue); 5] = [
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
];

/// The routes of the pages.
pub(super) fn router() -> Router<App> {
    Router::new()
        .route("/", get(async |headers: HeaderMap| page("index.html", &headers)))
        .route("/checkout/{*path}", get(checkout))
        .route("/console", get(async |headers: HeaderMap| console("index.html", &headers)))
        .route("/console/", get(async |headers: HeaderMap| console("index.html", &headers)))
        .route("/console/assets/{*path}", get(console_asset))
        .route("/pkg/{*path}", get(package))
}

/// Puts the strict headers on whatever has none of its own.
pub(super) fn hardened(mut response: Response) -> Response {
    for (name, value) in HARDENING {
        response.headers_mut().entry(name).or_insert(value);
    }
    response
}

/// A page needs the browser package: without it the page would be there and not work.
fn page(path: &str, headers: &HeaderMap) -> Result<Response, Failure> {
    if Package::get("index.js").is_none() {
        return Err(Problem::NotBuilt { command: BUILD_COMMAND }.into());
    }
    Web::get(path).map(|file| serve(path, file, headers, ASK_AGAIN)).ok_or(Problem::RouteNotFound.into())
}

/// A file of the console, which is there as a whole or not at all.
fn console(path: &str, headers: &HeaderMap) -> Result<Response, Failure> {
    if Console::get("index.html").is_none() {
        return Err(Problem::NotBuilt { command: BUILD_CONSOLE_COMMAND }.into());
    }
    let caching = if path.starts_with("assets/") { FOR_EVER } else { ASK_AGAIN };
    Console::get(path).map(|file| serve(path, file, headers, caching)).ok_or(Problem::RouteNotFound.into())
}

async fn console_asset(FilePath(path): FilePath, headers: HeaderMap) -> Result<Response, Failure> {
    console(&format!("assets/{path}"), &headers)
}

async fn checkout(FilePath(path): FilePath, headers: HeaderMap) -> Result<Response, Failure> {
    page(&format!("checkout/{path}"), &headers)
}

async fn package(FilePath(path): FilePath, headers: HeaderMap) -> Result<Response, Failure> {
    Package::get(&path)
        .map(|file| serve(&path, file, &headers, ASK_AGAIN))
        .ok_or(Problem::RouteNotFound.into())
}

fn serve(path: &str, file: EmbeddedFile, headers: &HeaderMap, caching: &str) -> Response {
    let hash: String =
        file.metadata.sha256_hash().iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let caching = [(header::ETAG, tag.clone()), (header::CACHE_CONTROL, caching.to_owned())];
    if is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, caching).into_response();
    }
    let kind = [(header::CONTENT_TYPE, content_type(path, &file))];
    (caching, kind, file.data).into_response()
}

/// Texts are UTF-8 and say so.
fn content_type(path: &str, file: &EmbeddedFile) -> String {
    let kind = file.metadata.mimetype();
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html" | "css" | "js" | "svg" | "ts") => format!("{kind}; charset=utf-8"),
        _ => kind.to_owned(),
    }
}
