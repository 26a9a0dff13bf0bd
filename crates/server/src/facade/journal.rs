use crate::auth::Permission;
use crate::http::{AccountParameters, Call, Failure, List, Listed, PageParameters, ReadErrors, read_page};
use fiado_contract::facade::{JournalEntryView, ListEnvelope};
use fiado_store::EntryRecord;

/// Diario de un cliente
///
/// Los hechos más nuevos primero, de todas las vidas de la cuenta: qué pasó, cuándo y quién lo hizo. Lo que se rechazó no es un hecho y no está. Permiso: `credit:approve` o `credit:manage`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit/journal", tag = "Consulta",
    params(AccountParameters, PageParameters),
    responses((status = 200, description = "Una página.", body = ListEnvelope<JournalEntryView>), ReadErrors)
)]
pub(super) async fn journal(call: Call) -> Result<Listed<JournalEntryView>, Failure> {
    let call = call.allow_any(&[Permission::CreditApprove, Permission::CreditManage])?;
    let page = call.query(|fields| read_page(List::Journal, fields))?;
    call.record().await?;
    let account = call.account()?;
    let page = call.app().ask(move |store| store.entries(&account, &page)).await?;
    let currency = call.currency();
    let view = |EntryRecord { entry, life, hash, remark }: EntryRecord| {
        JournalEntryView::new(&entry, life, &hash, remark.as_ref(), currency)
    };
    Ok(Listed(List::Journal, page.map(view)))
}
