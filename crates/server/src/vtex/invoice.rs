use super::document::{InvoiceParameters, ReadInvoiceErrors};
use super::{Place, invoice_id};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::InvoiceView;

/// Show an invoice
///
/// Of the account's present life. Permission: `invoices:read`.
#[utoipa::path(
    get, path = "/api/creditcontrol/accounts/{creditAccountId}/invoices/{invoiceId}", tag = "Invoices",
    params(InvoiceParameters),
    responses((status = 200, description = "The invoice.", body = InvoiceView), ReadInvoiceErrors)
)]
pub(super) async fn invoice(call: Call) -> Result<Bare<InvoiceView>, Failure> {
    let call = call.allow(Permission::InvoicesRead)?;
    let id = invoice_id(&call)?;
    let place = Place::of(&call)?;
    place.account_view().await?;
    Ok(Bare::read(place.invoice_view(id).await?))
}
