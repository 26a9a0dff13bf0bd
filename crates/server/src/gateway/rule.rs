use super::document::{RuleErrors, RuleParameters};
use super::{rule_id, unknown};
use crate::auth::Permission;
use crate::http::{Call, Failure, Kept};
use fiado_contract::gateway::RuleView;

/// Show a payment rule
///
/// As it was sent, with its id. Permission: `rules:read`.
#[utoipa::path(
    get, path = "/api/pvt/rules/{ruleId}", tag = "Payment rules",
    params(RuleParameters),
    responses((status = 200, description = "The rule.", body = RuleView), RuleErrors)
)]
pub(super) async fn rule(call: Call) -> Result<Kept, Failure> {
    let call = call.allow(Permission::RulesRead)?;
    let id = rule_id(&call)?;
    let document = call.shop().rules.document(&id).ok_or_else(|| unknown(&id))?;
    Ok(Kept::one(document))
}
