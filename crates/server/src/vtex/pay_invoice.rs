use super::document::{InvoiceErrors, WritingInvoiceParameters};
use super::{Place, invoice_id};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::InvoiceView;
use fiado_core::account::{Command, PayInvoice};

/// Pay an invoice
///
/// All that is left of it. Permission: `credit:payment`.
#[utoipa::path(
    post, path = "/api/creditcontrol/accounts/{creditAccountId}/invoices/{invoiceId}/payments", tag = "Invoices",
    params(WritingInvoiceParameters),
    responses((status = 200, description = "The invoice, paid.", body = InvoiceView), InvoiceErrors)
)]
pub(super) async fn pay_invoice(call: Call) -> Result<Bare<InvoiceView>, Failure> {
    let call = call.allow(Permission::CreditPayment)?;
    let invoice = invoice_id(&call)?;
    let place = Place::of(&call)?;
    let decision = call.execute(Command::PayInvoice(PayInvoice { invoice })).await?;
    place.done_with_invoice(decision).await
}
