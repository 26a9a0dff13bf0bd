use super::document::{PostponeErrors, WritingInvoiceParameters};
use super::{Nothing, done, invoice_id};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::vtex::PostponeBody;
use fiado_core::account::Command;

/// Postpone an invoice
///
/// As often and as far as the store configuration lets. Permission: `invoices:manage`.
#[utoipa::path(
    put, path = "/api/creditcontrol/accounts/{creditAccountId}/invoices/{invoiceId}/postponement", tag = "Invoices",
    params(WritingInvoiceParameters),
    request_body = PostponeBody,
    responses((status = 200, description = "Nothing: it is done."), PostponeErrors)
)]
pub(super) async fn postpone_invoice(call: Call) -> Result<Bare<Nothing>, Failure> {
    let call = call.allow(Permission::InvoicesManage)?;
    let invoice = invoice_id(&call)?;
    let command = call.body(|json| PostponeBody::read(json, invoice))?;
    done(call.execute(Command::PostponeInvoice(command)).await?)
}
