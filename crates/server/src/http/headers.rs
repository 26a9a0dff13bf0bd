//! The headers of answers in the OpenAPI document: said once, and referred to.

use super::Face;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Header, Ref, RefOr, Response};

/// A header of an answer, as it is documented.
struct Documented {
    name: &'static str,
    spanish: &'static str,
    english: &'static str,
    example: &'static str,
}

const REQUEST_ID: &str = "X-Request-Id";
const REPLAYED: &str = "Idempotency-Replayed";
const RETRY_AFTER: &str = "Retry-After";
const WWW_AUTHENTICATE: &str = "WWW-Authenticate";
const CONTENT_LANGUAGE: &str = "Content-Language";
const ETAG: &str = "ETag";
const CACHE_CONTROL: &str = "Cache-Control";

const HEADERS: &[Documented] = &[
    Documented {
        name: REQUEST_ID,
        spanish: "Siempre. El que se envió, si es una palabra sencilla; si no, uno nuevo.",
        english: "Always. The one that was sent, if it is a plain word; else a new one.",
        example: "req_4f1c2b7a9d3e8f60",
    },
    Documented {
        name: REPLAYED,
        spanish: "Solo si la respuesta ya se dio antes, a la misma `Idempotency-Key`, orden o referencia de pago: `true`.",
        english: "Only if the answer was given before, to the same `Idempotency-Key` or the same request: `true`.",
        example: "true",
    },
    Documented {
        name: RETRY_AFTER,
        spanish: "Solo si vale la pena repetir: después de cuántos segundos.",
        english: "Only if it is worth trying again: after how many seconds.",
        example: "1",
    },
    Documented {
        name: WWW_AUTHENTICATE,
        spanish: "Siempre `Bearer`.",
        english: "Always `Bearer`.",
        example: "Bearer",
    },
    Documented {
        name: CONTENT_LANGUAGE,
        spanish: "El idioma de la frase: `es`, o `en` si se pidió con `Accept-Language`.",
        english: "The language of the sentence: `en`, or `es` where `Accept-Language` asks for it.",
        example: "es",
    },
    Documented {
        name: ETAG,
        spanish: "Cambia con la versión y con el día. Envíelo como `If-None-Match`.",
        english: "Changes with the version and the day. Send it as `If-None-Match`.",
        example: "\"credit_00112233445566778899-4-2025-11-24\"",
    },
    Documented {
        name: CACHE_CONTROL,
        spanish: "Puede guardarse para quien preguntó, y se pregunta cada vez si cambió.",
        english: "May be kept for whoever asked, who asks each time whether it has changed.",
        example: "private, no-cache",
    },
];

/// Every header that an answer may have, by its name.
pub(crate) fn headers(face: Face) -> impl Iterator<Item = (String, RefOr<Header>)> {
    HEADERS.iter().map(move |header| (header.name.to_owned(), RefOr::T(described(header, face))))
}

fn described(header: &Documented, face: Face) -> Header {
    let description = match face {
        Face::Facade => header.spanish,
        Face::Vtex | Face::Gateway => header.english,
    };
    let (kind, example) = match header.example.parse::<u64>() {
        Ok(number) => (Type::Integer, number.into()),
        Err(_) => (Type::String, header.example.into()),
    };
    HeaderBuilder::new()
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(kind)))
        .example(Some(example))
        .build()
}

/// Says of each answer of an operation which headers it has.
pub(crate) fn describe_headers(face: Face, operation: &mut Operation, is_command: bool) {
    let is_conditional = operation.responses.responses.contains_key("304");
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        let mut names = headers_of(face, status);
        if is_command && is_decided(status, response) {
            names.push(REPLAYED);
        }
        if is_conditional && matches!(status.as_str(), "200" | "304") {
            names.extend([ETAG, CACHE_CONTROL]);
        }
        let referred = |name: &str| RefOr::Ref(Ref::new(format!("#/components/headers/{name}")));
        response.headers.extend(names.into_iter().map(|name| (name.to_owned(), referred(name))));
    }
}

/// The headers that come with a status.
fn headers_of(face: Face, status: &str) -> Vec<&'static str> {
    let mut names = vec![REQUEST_ID];
    if status.starts_with(['4', '5']) {
        names.push(CONTENT_LANGUAGE);
    }
    match (face, status) {
        (_, "401") => names.push(WWW_AUTHENTICATE),
        (_, "503") | (Face::Facade, "409") | (Face::Vtex, "429") => names.push(RETRY_AFTER),
        _ => {}
    }
    names
}

/// Whether an account decided an answer, so that its key remembers it: it was done, or refused for
/// where the account stands.
fn is_decided(status: &str, response: &Response) -> bool {
    let of_accounts = ["`CRD-2", "`21", "`1099`"];
    status.starts_with('2') || of_accounts.iter().any(|code| response.description.contains(code))
}
