use serde::Serialize;
use utoipa::ToSchema;

/// Quién llama, qué puede, y en qué tienda.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(SessionView::sample()))]
pub struct SessionView {
    /// Quién llama, como lo dice su credencial.
    pub subject: String,
    /// La organización para la que trabaja.
    pub organization: String,
    /// Sus permisos, en orden alfabético. `admin:global` y `vtex:main` no aparecen: aparece cada uno de
    /// los que comprenden.
    pub permissions: Vec<String>,
    /// El único cliente que puede ver y usar, si la credencial está ligada a uno.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// Hasta cuándo vale el token, UTC, por el reloj de la máquina; las llaves de aplicación no vencen.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
    /// Moneda de la tienda (ISO 4217).
    pub currency: &'static str,
    /// País de la tienda (ISO 3166-1).
    pub country: String,
    /// Zona horaria de la tienda (IANA).
    pub time_zone: String,
    /// El día que es en ella.
    #[schema(format = Date)]
    pub today: String,
    /// El momento que es para el servidor, UTC.
    #[schema(format = DateTime)]
    pub clock: String,
}

impl SessionView {
    /// An example.
    pub fn sample() -> SessionView {
        SessionView {
            subject: "user_manager".to_owned(),
            organization: "org_default".to_owned(),
            permissions: ["credit:approve", "credit:manage", "credit:read"].map(str::to_owned).to_vec(),
            customer_id: None,
            expires_at: Some("2025-11-24T10:15:00Z".to_owned()),
            currency: "USD",
            country: "PA".to_owned(),
            time_zone: "America/Panama".to_owned(),
            today: "2025-11-24".to_owned(),
            clock: "2025-11-24T10:00:00Z".to_owned(),
        }
    }
}
