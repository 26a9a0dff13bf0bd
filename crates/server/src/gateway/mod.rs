//! VTEX's payments gateway as its clients call it, as far as it decides how is paid: the payment rules,
//! and the installments they offer. One file an operation.
//!
//! A handler reads its path, query and body, asks the shop's rules or changes them, and answers without
//! an envelope. It promises that a rule is given back as it was sent, and that what was changed is
//! seen by every call after it. It never says itself what a rule offers.

mod add_rule;
mod document;
mod installments;
mod remove_rule;
mod replace_rule;
mod rule;
mod rules;

pub(crate) use document::{Refusals, open_rules};

use crate::http::{App, Call, Failure};
use fiado_contract::catalogue::Problem;
use fiado_core::identity::RuleId;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The routes of the gateway with their documentation.
pub(crate) fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(installments::installments))
        .routes(routes!(rules::rules, add_rule::add_rule))
        .routes(routes!(rule::rule, replace_rule::replace_rule, remove_rule::remove_rule))
}

/// The rule of the path.
///
/// # Errors
/// [`Problem::IdUnknown`] where the text can be no rule's id.
fn rule_id(call: &Call) -> Result<RuleId, Failure> {
    call.given_id("ruleId", |text| RuleId::new(text).ok())
}

fn unknown(id: &RuleId) -> Failure {
    Problem::RuleUnknown { rule: id.to_string() }.into()
}
