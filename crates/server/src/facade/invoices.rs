use crate::auth::Permission;
use crate::http::{
    AccountParameters, Call, Failure, InvoiceStatusParameter, List, Listed, PageParameters, ReadErrors,
    read_page,
};
use fiado_contract::facade::{InvoiceView, ListEnvelope};
use fiado_core::account::InvoiceState;

/// Facturas de un cliente
///
/// Las que vencen primero al comienzo. Las vencidas muestran su mora a hoy, si la tienda la cobra. Permiso: `invoices:read` o `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit/invoices", tag = "Consulta",
    params(
        AccountParameters,
        InvoiceStatusParameter,
        PageParameters
    ),
    responses((status = 200, description = "Una página.", body = ListEnvelope<InvoiceView>), ReadErrors)
)]
pub(super) async fn invoices(call: Call) -> Result<Listed<InvoiceView>, Failure> {
    let call = call.allow_any(&[Permission::InvoicesRead, Permission::CreditRead])?;
    let (state, page) = call.query(|fields| {
        let state = fields.optional_word("status", &["open", "paid", "cancelled"], InvoiceState::from_word);
        let page = read_page(List::Invoices, fields);
        Some((state?, page?))
    })?;
    call.record().await?;
    let account = call.account()?;
    let page = call.app().ask(move |store| store.invoices(&account, state, &page)).await?;
    let (policy, today) = (&call.shop().organization.policy, call.today());
    Ok(Listed(List::Invoices, page.map(|item| InvoiceView::new(&item, policy, today))))
}
