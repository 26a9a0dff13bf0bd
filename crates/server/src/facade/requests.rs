use crate::auth::Permission;
use crate::http::{Call, Failure, ListErrors, Listed, OrganizationParameters, PageParameters, read_page};
use fiado_contract::facade::{ListEnvelope, RequestView};
use fiado_core::account::Status;
use fiado_store::Page;

const STATUSES: &[&str] = &["pending", "rejected", "approved", "suspended", "cancelled"];

/// Solicitudes de crédito de la organización
///
/// Las más antiguas primero, por estado; `pending` son las que esperan decisión. Permiso: `credit:approve` o `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/credit/requests", tag = "Consulta",
    params(
        OrganizationParameters,
        ("status" = Option<String>, Query, description = "`pending`, `rejected`, `approved`, `suspended` o `cancelled`; sin él, todas"),
        PageParameters
    ),
    responses((status = 200, description = "Una página.", body = ListEnvelope<RequestView>), ListErrors)
)]
pub(super) async fn requests(call: Call) -> Result<Listed<RequestView>, Failure> {
    let call = call.allow_any(&[Permission::CreditApprove, Permission::CreditRead])?;
    let (status, page) = call.query(|fields| {
        let status = fields.optional_word("status", STATUSES, Status::from_word);
        let page = read_page(fields);
        Some((status?, page?))
    })?;
    let organization = call.shop().organization.id.clone();
    let page = call.app().read(move |store| store.requests(&organization, status, &page)).await?;
    let currency = call.currency();
    let items = page.items.iter().filter_map(|item| {
        RequestView::new(item.key.customer.as_str(), &item.account, item.profile.as_ref(), currency)
    });
    Ok(Listed(Page { items: items.collect(), next: page.next, previous: page.previous }))
}
