use super::document::{RuleErrors, RuleParameters};
use super::{rule_id, unknown};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure, Nothing};

/// Remove a payment rule
///
/// It offers nothing any more from then on. Permission: `rules:manage`.
#[utoipa::path(
    delete, path = "/api/pvt/rules/{ruleId}", tag = "Payment rules",
    params(RuleParameters),
    responses((status = 200, description = "Nothing: it is removed."), RuleErrors)
)]
pub(super) async fn remove_rule(call: Call) -> Result<Bare<Nothing>, Failure> {
    let call = call.allow(Permission::RulesManage)?;
    let id = rule_id(&call)?;
    let removed = id.clone();
    let remove = call.app().change(&call.shop().organization.id, move |store, organization| {
        store.remove_rule(organization, &removed)
    });
    if remove.await? { Ok(Bare { data: None, replayed: false }) } else { Err(unknown(&id)) }
}
