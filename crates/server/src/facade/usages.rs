use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, List, Listed, PageParameters, ReadErrors, read_page};
use fiado_contract::facade::{ListEnvelope, UsageView};
use fiado_store::ListedUsage;

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
    let page = call.query(|fields| read_page(List::Usages, fields))?;
    call.record().await?;
    let account = call.account()?;
    let page = call.app().ask(move |store| store.usages(&account, &page)).await?;
    let (currency, today) = (call.currency(), call.today());
    let view = |item: ListedUsage| UsageView::new(&item.usage, item.next_due, currency, today);
    Ok(Listed(List::Usages, page.map(view)))
}
