use crate::auth::Permission;
use crate::http::{
    AccountStatusParameter, Call, Failure, List, ListErrors, Listed, OrganizationParameters, PageParameters,
    read_page,
};
use fiado_contract::facade::{ListEnvelope, RequestView};
use fiado_core::account::Status;
use fiado_store::RequestRecord;

/// Solicitudes de crédito de la organización
///
/// Las más antiguas primero, por estado; `pending` son las que esperan decisión. Permiso: `credit:approve` o `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/credit/requests", tag = "Consulta",
    params(
        OrganizationParameters,
        AccountStatusParameter,
        PageParameters
    ),
    responses((status = 200, description = "Una página.", body = ListEnvelope<RequestView>), ListErrors)
)]
pub(super) async fn requests(call: Call) -> Result<Listed<RequestView>, Failure> {
    let call = call.allow_any(&[Permission::CreditApprove, Permission::CreditRead])?;
    let (status, page) = call.query(|fields| {
        let status = fields.optional_word("status", Status::WORDS, Status::from_word);
        let page = read_page(List::Requests, fields);
        Some((status?, page?))
    })?;
    let organization = call.shop().organization.id.clone();
    let page = call.app().ask(move |store| store.requests(&organization, status, &page)).await?;
    let currency = call.currency();
    let view = |item: RequestRecord| {
        RequestView::new(item.key.customer.as_str(), &item.account, item.profile.as_ref(), currency)
    };
    Ok(Listed(List::Requests, page.filter_map(view)))
}
