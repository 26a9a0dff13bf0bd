use super::exists;
use crate::auth::Permission;
use crate::http::{Call, Errors, Failure, Listed, read_page};
use fiado_contract::facade::{InvoiceView, ListEnvelope};
use fiado_store::Page;

/// Facturas de un cliente
///
/// Las que vencen primero al comienzo. Permiso: `invoices:read` o `credit:read`.
#[utoipa::path(
    get, path = "/api/v1/customers/{customer_id}/credit/invoices", tag = "Consulta",
    params(
        ("customer_id" = String, Path, description = "El cliente: texto sin «/», hasta 200 caracteres", example = "cust_456"),
        ("status" = Option<String>, Query, description = "`open`: con algo por pagar; `paid`: pagadas; sin él, todas"),
        ("cursor" = Option<String>, Query, description = "El cursor de una página anterior"),
        ("limit" = Option<u16>, Query, description = "Cuántos elementos, de 1 a 100; 20 si no se indica", minimum = 1, maximum = 100),
        ("X-Organization-ID" = Option<String>, Header, description = "Organización, si el token no la dice")
    ),
    responses((status = 200, description = "Una página.", body = ListEnvelope<InvoiceView>), Errors)
)]
pub(super) async fn invoices(call: Call) -> Result<Listed<InvoiceView>, Failure> {
    let call = call.allow_any(&[Permission::InvoicesRead, Permission::CreditRead])?;
    let (open, page) = call.query(|fields| {
        let open = fields.optional_word("status", &["open", "paid"], |word| match word {
            "open" => Some(true),
            "paid" => Some(false),
            _ => None,
        });
        let page = read_page(fields);
        Some((open?, page?))
    })?;
    let account = exists(&call).await?;
    let page = call.app().read(move |store| store.invoices(&account, open, &page)).await?;
    let (currency, today) = (call.currency(), call.today());
    let items = page.items.iter().map(|item| InvoiceView::new(item, currency, today)).collect();
    Ok(Listed(Page { items, next: page.next, previous: page.previous }))
}
