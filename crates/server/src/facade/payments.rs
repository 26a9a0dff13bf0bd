use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, List, Listed, PageParameters, ReadErrors, read_page};
use fiado_contract::facade::{ListEnvelope, PaymentView};

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
    let page = call.query(|fields| read_page(List::Payments, fields))?;
    call.record().await?;
    let account = call.account()?;
    let page = call.app().ask(move |store| store.payments(&account, &page)).await?;
    let currency = call.currency();
    Ok(Listed(List::Payments, page.map(|item| PaymentView::new(&item, currency))))
}
