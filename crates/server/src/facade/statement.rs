use super::exists;
use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, Listed, PageParameters, ReadErrors, read_page};
use fiado_contract::facade::{ListEnvelope, StatementLineView};
use fiado_store::Page;

/// Movimientos de un cliente
///
/// Los más nuevos primero: compras, pagos, cambios de límite y tolerancia. Permiso: `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit/statement", tag = "Consulta",
    params(AccountParameters, PageParameters),
    responses((status = 200, description = "Una página.", body = ListEnvelope<StatementLineView>), ReadErrors)
)]
pub(super) async fn statement(call: Call) -> Result<Listed<StatementLineView>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    let page = call.query(read_page)?;
    let account = exists(&call).await?;
    let page = call.app().read(move |store| store.statement(&account, &page)).await?;
    let currency = call.currency();
    let items = page.items.iter().map(|item| StatementLineView::new(item, currency)).collect();
    Ok(Listed(Page { items, next: page.next, previous: page.previous }))
}
