use crate::http::{Call, Failure, OrganizationParameters, Read, SessionErrors};
use fiado_contract::facade::{SessionView, Success};

/// Quién llama, qué puede y en qué tienda
///
/// Para que una página sepa qué mostrar. Basta cualquier credencial válida, también una ligada a un cliente.
#[utoipa::path(
    get, path = "/api/v1/session", tag = "Sesión",
    params(OrganizationParameters),
    responses((status = 200, description = "La sesión.", body = Success<SessionView>), SessionErrors)
)]
pub(super) async fn session(call: Call) -> Result<Read<SessionView>, Failure> {
    call.query(|_| Some(()))?;
    let (principal, organization) = (call.principal(), &call.shop().organization);
    Ok(Read(SessionView {
        subject: principal.actor.to_string(),
        organization: organization.id.to_string(),
        permissions: principal.permissions.allowed_words().into_iter().map(str::to_owned).collect(),
        customer_id: principal.customer.as_ref().map(ToString::to_string),
        expires_at: principal.expires_at.map(|at| at.to_string()),
        currency: call.currency().code(),
        country: organization.country.clone(),
        time_zone: organization.zone.clone(),
        today: call.today().to_string(),
        clock: call.now().to_string(),
    }))
}
