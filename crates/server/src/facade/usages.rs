use super::exists;
use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, Listed, PageParameters, ReadErrors, read_page};
use fiado_contract::facade::{ListEnvelope, UsageView};
use fiado_store::Page;

/// Compras a crédito de un cliente
///
/// Las más nuevas primero. Permiso: `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit/usages", tag = "Consulta",
    params(AccountParameters, PageParameters),
    responses((status = 200, description = "Una página.", body = ListEnvelope<UsageView>), ReadErrors)
)]
pub(super) async fn usages(call: Call) -> Result<Listed<UsageView>, Failure> {
    let call = call.allow(Permission::CreditRead)?;
    let page = call.query(read_page)?;
    let account = exists(&call).await?;
    let page = call.app().read(move |store| store.usages(&account, &page)).await?;
    let (currency, today) = (call.currency(), call.today());
    let items =
        page.items.iter().map(|item| UsageView::new(&item.usage, item.next_due, currency, today)).collect();
    Ok(Listed(Page { items, next: page.next, previous: page.previous }))
}
