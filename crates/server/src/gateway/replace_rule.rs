use super::document::{ReplaceRuleErrors, RuleParameters};
use super::{rule_id, unknown};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::gateway::{RuleDocument, RuleView};
use fiado_store::RuleRecord;

/// Replace a payment rule
///
/// As a whole: what is not sent is gone. Its place in the list and the id of its address stay, whatever `id` is sent. Permission: `rules:manage`.
#[utoipa::path(
    put, path = "/api/pvt/rules/{ruleId}", tag = "Payment rules",
    params(RuleParameters),
    request_body = RuleView,
    responses((status = 200, description = "The rule.", body = RuleView), ReplaceRuleErrors)
)]
pub(super) async fn replace_rule(call: Call) -> Result<Bare<RuleDocument>, Failure> {
    let call = call.allow(Permission::RulesManage)?;
    let id = rule_id(&call)?;
    let (document, _) = call.body(|json| RuleView::read(json, call.currency(), &id))?;
    let record = RuleRecord { id: id.clone(), document: document.text() };
    let replace = call.app().change(&call.shop().organization.id, move |store, organization| {
        store.replace_rule(organization, &record)
    });
    if replace.await? { Ok(Bare::read(document)) } else { Err(unknown(&id)) }
}
