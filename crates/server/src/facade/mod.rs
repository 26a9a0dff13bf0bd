//! The Spanish façade: one file an operation, named as in the core and the contract.
//!
//! A handler reads its body, has the engine decide, and words the answer. It never looks at where
//! an account stands.

mod account;
mod aging;
mod approve;
mod bulk;
mod cancel;
mod change_limit;
mod change_tolerance;
mod document;
mod due_calendar;
mod invoices;
mod journal;
mod pay;
mod payments;
mod preview;
mod preview_payment;
mod reactivate;
mod reject;
mod request;
mod requests;
mod session;
mod snapshot;
mod statement;
mod suspend;
mod usages;
mod use_credit;

pub(crate) use bulk::BULK_PATH;
pub(crate) use document::document;

use crate::http::{App, Decision, Done, Failure};
use axum::http::StatusCode;
use fiado_contract::catalogue::Problem;
use fiado_contract::facade::LineAnswer;
use fiado_core::account::{Account, Receipt};
use fiado_core::money::Currency;
use fiado_core::profile::{Beside, Remark};
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the façade with their documentation: a routed handler is a documented handler.
pub(crate) fn router() -> OpenApiRouter<App> {
    let mut router = routes();
    document::complete(router.get_openapi_mut());
    router
}

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(document::Document::openapi())
        .routes(routes!(request::request))
        .routes(routes!(approve::approve))
        .routes(routes!(reject::reject))
        .routes(routes!(suspend::suspend))
        .routes(routes!(reactivate::reactivate))
        .routes(routes!(cancel::cancel))
        .routes(routes!(change_limit::change_limit))
        .routes(routes!(change_tolerance::change_tolerance))
        .routes(routes!(use_credit::use_credit))
        .routes(routes!(pay::pay))
        .routes(routes!(bulk::bulk))
        .routes(routes!(preview_payment::preview_payment))
        .routes(routes!(account::account))
        .routes(routes!(snapshot::snapshot))
        .routes(routes!(preview::preview))
        .routes(routes!(usages::usages))
        .routes(routes!(payments::payments))
        .routes(routes!(invoices::invoices))
        .routes(routes!(statement::statement))
        .routes(routes!(aging::aging))
        .routes(routes!(due_calendar::due_calendar))
        .routes(routes!(journal::journal))
        .routes(routes!(requests::requests))
        .routes(routes!(session::session))
}

/// Words the answer of a command whose receipt is the account.
fn done_with_account<T>(
    decision: Decision,
    status: StatusCode,
    word: impl FnOnce(&Account, Currency) -> Option<T>,
) -> Result<Done<T>, Failure> {
    match &decision.receipt {
        Receipt::Account(account) => {
            let data = word(account, decision.currency).ok_or(Problem::Internal)?;
            Ok(Done { status, data, replayed: decision.replayed })
        }
        _ => Err(Problem::Internal.into()),
    }
}

/// What was written beside a decision.
fn beside_remark(remark: Option<Remark>) -> Beside {
    Beside { remark, ..Beside::default() }
}

/// Words the answer of a decision about a line.
fn done_with_line(decision: Decision) -> Result<Done<LineAnswer>, Failure> {
    done_with_account(decision, StatusCode::OK, LineAnswer::new)
}
