use super::document::{InvoiceErrors, WritingInvoiceParameters};
use super::{Nothing, done, invoice_id};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::UpdateInvoiceBody;
use fiado_core::account::{Command, InvoiceState};
use fiado_core::profile::Beside;

/// Annotate, pay or cancel an invoice
///
/// What is not sent stays. A paid or cancelled invoice stays so. Permission: `invoices:manage`, and `credit:payment` to pay it.
#[utoipa::path(
    put, path = "/api/creditcontrol/accounts/{creditAccountId}/invoices/{invoiceId}", tag = "Invoices",
    params(WritingInvoiceParameters),
    request_body = UpdateInvoiceBody,
    responses((status = 200, description = "Nothing: it is done."), InvoiceErrors)
)]
pub(super) async fn update_invoice(call: Call) -> Result<Bare<Nothing>, Failure> {
    let call = call.allow(Permission::InvoicesManage)?;
    let invoice = invoice_id(&call)?;
    let (command, notes) = call.body(|json| UpdateInvoiceBody::read(json, invoice))?;
    if command.state == Some(InvoiceState::Paid) {
        call.demand(&[Permission::CreditPayment])?;
    }
    let beside = Beside { notes, ..Beside::default() };
    done(call.execute_with(Command::UpdateInvoice(command), beside).await?)
}
