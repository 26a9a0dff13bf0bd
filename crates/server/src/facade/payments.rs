use super::exists;
use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, Listed, PageParameters, ReadErrors, read_page};
use fiado_contract::facade::{ListEnvelope, PaymentView};
use fiado_store::Page;

/// Pagos de un cliente
///
/// Los más nuevos primero, con las facturas a las que fueron. Permiso: `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit/payments", tag = "Consulta",
    params(AccountParameters, PageParameters),
    responses((status = 200, description = "Una página.", body = ListEnvelope<PaymentView>), ReadErrors)
)]
pub(super) async fn payments(call: Call) -> Result<Listed<PaymentView>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    let page = call.query(read_page)?;
    let account = exists(&call).await?;
    let page = call.app().read(move |store| store.payments(&account, &page)).await?;
    let currency = call.currency();
    let items = page.items.iter().map(|item| PaymentView::new(item, currency)).collect();
    Ok(Listed(Page { items, next: page.next, previous: page.previous }))
}
