use super::document::{InvoiceErrors, WritingInvoiceParameters};
use super::{Nothing, done, invoice_id};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_core::account::{CancelInvoice, Command};

/// Cancel an invoice
///
/// Its value stays to be seen, and nothing is owed of it any more. What had been paid of it waits for later invoices. Permission: `invoices:manage`.
#[utoipa::path(
    delete, path = "/api/creditcontrol/accounts/{creditAccountId}/invoices/{invoiceId}", tag = "Invoices",
    params(WritingInvoiceParameters),
    responses((status = 200, description = "Nothing: it is done."), InvoiceErrors)
)]
pub(super) async fn cancel_invoice(call: Call) -> Result<Bare<Nothing>, Failure> {
    let call = call.allow(Permission::InvoicesManage)?;
    let invoice = invoice_id(&call)?;
    done(call.execute(Command::CancelInvoice(CancelInvoice { invoice })).await?)
}
