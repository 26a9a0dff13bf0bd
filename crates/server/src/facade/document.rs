use fiado_contract::facade::ErrorEnvelope;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};
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
        (name = "Consulta", description = "Ver la cuenta, sus compras, facturas, pagos y movimientos.")
    ),
    components(schemas(ErrorEnvelope)),
    security(("token" = []), ("appKey" = [], "appToken" = [])),
    modifiers(&Credentials)
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

/// The whole document, as `/openapi/facade.json` answers it and `openapi/facade.json` keeps it.
pub(crate) fn document() -> utoipa::openapi::OpenApi {
    super::router().into_openapi()
}
