//! Pages of other hosts: those that the operator names may use the API from a browser (CORS, the Fetch
//! standard).
//!
//! It promises that no origin is let in that is not named, that nothing changes where none is, and that
//! no browser is told to send its cookies along: callers show who they are in a header.

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// Everything that is shared lies below; the pages and the documentation are for this host alone.
const ROOT: &str = "/api/";

/// What a preflight is answered with, beside the origin.
const PREFLIGHT: [(HeaderName, &str); 3] = [
    (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST, PUT, DELETE"),
    (header::ACCESS_CONTROL_ALLOW_HEADERS, READ),
    // Ten minutes: an origin that is no longer named is refused at its next request all the same.
    (header::ACCESS_CONTROL_MAX_AGE, "600"),
];

/// The headers that the API reads and a browser asks about.
const READ: &str = "Authorization, Content-Type, Idempotency-Key, If-None-Match, Accept-Language, \
     X-Organization-ID, X-Tenant-ID, X-VTEX-API-AppKey, X-VTEX-API-AppToken, VtexIdclientAutCookie, X-Request-ID";

/// The headers of answers that a page may read.
const TOLD: HeaderValue =
    HeaderValue::from_static("ETag, Idempotency-Replayed, Retry-After, X-Request-ID, Content-Language");

/// The origins whose pages may use the API.
#[derive(Debug, Clone, Default)]
pub(crate) struct Origins(Vec<HeaderValue>);

impl Origins {
    /// Those of a configuration; empty texts name none.
    ///
    /// # Errors
    /// A sentence about the first that is no origin as browsers send it.
    pub(crate) fn read(texts: &[String]) -> Result<Origins, String> {
        let named = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
        let origins = named.map(|text| {
            origin(text).ok_or_else(|| {
                format!(
                    "{text:?} is no origin: write it as browsers do, in lower case and without path or usual port, such as https://tienda.example"
                )
            })
        });
        origins.collect::<Result<Vec<HeaderValue>, String>>().map(Origins)
    }

    /// The origin of a request, where it is one of them.
    fn of(&self, headers: &HeaderMap) -> Option<HeaderValue> {
        let origin = headers.get(header::ORIGIN)?;
        self.0.contains(origin).then(|| origin.clone())
    }
}

/// Scheme, host, and port unless it is the scheme's own (RFC 6454, section 6.2).
fn origin(text: &str) -> Option<HeaderValue> {
    let uri: Uri = text.parse().ok()?;
    let (scheme, authority) = (uri.scheme_str()?, uri.authority()?);
    let usual_port = match scheme {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let host = authority.host();
    let of_names = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._[:]".contains(&byte);
    let written = match authority.port_u16().filter(|port| *port != usual_port) {
        Some(port) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    };
    let is_one = !host.is_empty() && host.bytes().all(of_names) && written == text;
    HeaderValue::from_str(text).ok().filter(|_| is_one)
}

/// Lets pages of named origins read the answers of the API, and says to browsers beforehand what they
/// may send.
pub(super) async fn share<F: Future<Output = Response>>(
    origins: &Origins,
    request: Request,
    answer: impl FnOnce(Request) -> F,
) -> Response {
    if origins.0.is_empty() || !request.uri().path().starts_with(ROOT) {
        return answer(request).await;
    }
    let origin = origins.of(request.headers());
    let mut response = match &origin {
        Some(_) if is_preflight(&request) => (StatusCode::NO_CONTENT, PREFLIGHT).into_response(),
        _ => answer(request).await,
    };
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, TOLD);
    }
    response
}

/// Whether a browser asks what it may send, before it sends it.
fn is_preflight(request: &Request) -> bool {
    request.method() == Method::OPTIONS
        && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_written_as_browsers_send_it() {
        let right = [
            "https://tienda.example",
            "http://127.0.0.1:5173",
            "http://localhost:3000",
            "https://xn--caf-dma.example",
            "http://[::1]:8080",
            "https://tienda.example:80",
        ];
        for text in right {
            assert_eq!(origin(text).as_ref().and_then(|value| value.to_str().ok()), Some(text));
        }
        let wrong = [
            "*",
            "null",
            "tienda.example",
            "https://*.example",
            "https://Tienda.example",
            "HTTPS://tienda.example",
            "https://tienda.example/",
            "https://tienda.example/a",
            "https://tienda.example?a",
            "https://tienda.example:443",
            "http://tienda.example:80",
            "https://tienda.example:",
            "https://tienda.example:08443",
            "https://ana@tienda.example",
            "https://",
            "https://café.example",
            "ftp://tienda.example",
            "file:///a",
        ];
        for text in wrong {
            assert_eq!(origin(text), None, "{text}");
        }
    }

    #[test]
    fn a_list_of_origins_names_the_one_that_is_none() {
        let read = |texts: &[&str]| {
            Origins::read(&texts.iter().map(|&text| text.to_owned()).collect::<Vec<String>>())
        };
        assert!(read(&["", " "]).unwrap().0.is_empty());
        assert_eq!(read(&["https://a.example", " https://b.example "]).unwrap().0.len(), 2);
        let refused = read(&["https://a.example", "https://b.example/"]).unwrap_err();
        assert!(
            refused.contains("\"https://b.example/\"") && refused.contains("such as https://"),
            "{refused}"
        );
    }
}
