//! VTEX's Customer Credit as its clients call it: one file an operation, named as in the core and the
//! contract.
//!
//! A handler reads its path and body, has the engine decide, and words the answer without an
//! envelope. It promises that every success is 200 and every refusal `{code, message}`. It never
//! looks at where an account stands.

mod account;
mod accounts;
mod add_holder;
mod adjust_balance;
mod authorize;
mod cancel_invoice;
mod change_hold;
mod change_limit;
mod change_store_configuration;
mod change_tolerance;
mod close;
pub(crate) mod document;
mod holders;
mod invoice;
mod invoices;
mod open;
mod pay_invoice;
mod place;
mod postpone_invoice;
mod purchase_conditions;
mod refund;
mod release;
mod remove_holder;
mod settle;
mod statement;
mod store_configuration;
mod update;
mod update_invoice;

pub(crate) use document::document;
use place::{Place, done_with_account, invoice_view, view_of};

use crate::http::{App, Bare, Call, Decision, Failure, Nothing};
use fiado_core::identity::InvoiceId;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of VTEX's API with their documentation: a routed handler is a documented handler. The
/// gateway's stand in the same document.
pub(crate) fn router() -> OpenApiRouter<App> {
    let mut router = routes().merge(crate::gateway::routes());
    document::complete(router.get_openapi_mut());
    router
}

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(document::Document::openapi())
        .routes(routes!(accounts::accounts, open::open))
        .routes(routes!(account::account, update::update, close::close))
        .routes(routes!(change_limit::change_limit))
        .routes(routes!(change_tolerance::change_tolerance))
        .routes(routes!(statement::statement))
        .routes(routes!(adjust_balance::adjust_balance))
        .routes(routes!(holders::holders, add_holder::add_holder))
        .routes(routes!(remove_holder::remove_holder))
        .routes(routes!(authorize::authorize))
        .routes(routes!(change_hold::change_hold, release::release))
        .routes(routes!(settle::settle))
        .routes(routes!(refund::refund))
        .routes(routes!(invoices::invoices))
        .routes(routes!(invoices::account_invoices))
        .routes(routes!(invoice::invoice, update_invoice::update_invoice, cancel_invoice::cancel_invoice))
        .routes(routes!(pay_invoice::pay_invoice))
        .routes(routes!(postpone_invoice::postpone_invoice))
        .routes(routes!(
            store_configuration::store_configuration,
            change_store_configuration::change_store_configuration
        ))
        .routes(routes!(purchase_conditions::purchase_conditions))
}

/// Says nothing but that a command was done.
#[allow(clippy::unnecessary_wraps, reason = "it ends handlers that can fail")]
fn done(decision: Decision) -> Result<Bare<Nothing>, Failure> {
    Ok(Bare { data: None, replayed: decision.replayed })
}

/// The invoice of the path.
fn invoice_id(call: &Call) -> Result<InvoiceId, Failure> {
    call.given_id("invoiceId", InvoiceId::parse)
}
