use crate::http::{Face, describe_headers, examples, headers, keep_referred};
use fiado_contract::facade::{AvailabilityView, ErrorEnvelope};
use fiado_contract::vtex::{AuthorizeBody, HoldAnswer, RefundAnswer, RefundBody, SettleAnswer, SettleBody};
use utoipa::openapi::path::{Operation, Parameter};
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{Components, Ref, RefOr, Required, Schema};
use utoipa::{Modify, OpenApi};

/// The head of the façade's OpenAPI document; its operations come with their routes.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Fiado: crédito comercial B2B",
        description = "Líneas de crédito entre empresas: solicitarlas, aprobarlas, comprar a crédito en cuotas, registrar pagos.\n\n\
            Los importes son números JSON con exactamente los decimales de la moneda (`10000.00`); también se aceptan como texto decimal. \
            Nunca se redondean: más decimales de los que tiene la moneda es un error.\n\n\
            Cada error trae un código estable `CRD-nnnn`, una frase en español (o en inglés con `Accept-Language: en`), las cifras y qué haría falta.\n\n\
            Toda operación que escribe acepta `Idempotency-Key`: la misma clave con el mismo cuerpo devuelve la primera respuesta, sea sí o no, con el encabezado `Idempotency-Replayed: true`.",
        license(name = "MIT", identifier = "MIT")
    ),
    tags(
        (name = "Línea", description = "Solicitar, decidir y cambiar una línea de crédito."),
        (name = "Uso", description = "Comprar a crédito y pagar."),
        (name = "Consulta", description = "Ver la cuenta, sus compras, facturas, vencimientos, pagos, movimientos y diario."),
        (name = "Sesión", description = "Saber quién llama y qué puede.")
    ),
    components(schemas(
        AvailabilityView,
        ErrorEnvelope,
        AuthorizeBody,
        SettleBody,
        RefundBody,
        HoldAnswer,
        SettleAnswer,
        RefundAnswer
    )),
    security(("token" = []), ("appKey" = [], "appToken" = [])),
    modifiers(&Credentials, &Shared)
)]
pub(super) struct Document;

/// How callers show who they are.
struct Credentials;

impl Modify for Credentials {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build();
        let header = |name| SecurityScheme::ApiKey(ApiKey::Header(ApiKeyValue::new(name)));
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        components.add_security_scheme("appKey", header("X-VTEX-API-AppKey"));
        components.add_security_scheme("appToken", header("X-VTEX-API-AppToken"));
    }
}

/// What operations refer to: an example of each refusal, and the headers of answers.
struct Shared;

impl Modify for Shared {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        components.examples.extend(examples());
        components.headers.extend(headers(Face::Facade));
    }
}

/// Says of every operation what none of them says itself: its answers' headers, and whether its
/// body may be left out.
pub(super) fn complete(document: &mut utoipa::openapi::OpenApi) {
    let components = document.components.clone().unwrap_or_default();
    for item in document.paths.paths.values_mut() {
        item.get.iter_mut().for_each(|reader| describe_headers(Face::Facade, reader, false));
        for command in item.post.iter_mut().chain(&mut item.put) {
            describe_headers(Face::Facade, command, takes_key(command));
            describe_body(command, &components);
        }
    }
    keep_referred(document);
}

/// Whether an operation may be repeated under a key: one that only looks may be repeated anyway.
fn takes_key(operation: &Operation) -> bool {
    let is_key = |parameter: &RefOr<Parameter>| match parameter {
        RefOr::T(parameter) => parameter.name == "Idempotency-Key",
        RefOr::Ref(_) => false,
    };
    operation.parameters.iter().flatten().any(is_key)
}

/// A body may be left out where each of its fields may.
fn describe_body(command: &mut Operation, components: &Components) {
    let Some(RefOr::T(body)) = &mut command.request_body else { return };
    let mut schemas = body.content.values().filter_map(|content| match content {
        RefOr::T(content) => content.schema.as_ref(),
        RefOr::Ref(_) => None,
    });
    let demands = schemas.any(|schema| has_required_field(schema, components));
    body.required = Some(if demands { Required::True } else { Required::False });
}

fn has_required_field(schema: &RefOr<Schema>, components: &Components) -> bool {
    match schema {
        RefOr::T(Schema::Object(object)) => !object.required.is_empty(),
        RefOr::T(_) => false,
        RefOr::Ref(Ref { ref_location, .. }) => {
            let named = ref_location.rsplit('/').next().and_then(|name| components.schemas.get(name));
            named.is_some_and(|schema| has_required_field(schema, components))
        }
    }
}

/// The whole document, as `/openapi/facade.json` answers it and `openapi/facade.json` keeps it.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    super::router().into_openapi()
}
