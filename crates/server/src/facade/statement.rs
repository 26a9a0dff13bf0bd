use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, List, Listed, PageParameters, ReadErrors, read_page};
use fiado_contract::facade::{ListEnvelope, StatementLineView};

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
    let page = call.query(|fields| read_page(List::Statement, fields))?;
    call.record().await?;
    let account = call.account()?;
    let page = call.app().ask(move |store| store.statement(&account, &page)).await?;
    let currency = call.currency();
    Ok(Listed(List::Statement, page.map(|item| StatementLineView::new(&item, currency))))
}
