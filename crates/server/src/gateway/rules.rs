use super::document::{ListErrors, ShopParameters};
use crate::auth::Permission;
use crate::http::{Call, Failure, Kept};
use fiado_contract::gateway::RuleView;

/// List the payment rules
///
/// Those added first first, each as it was sent. Permission: `rules:read`.
#[utoipa::path(
    get, path = "/api/pvt/rules", tag = "Payment rules",
    params(ShopParameters),
    responses((status = 200, description = "The rules.", body = Vec<RuleView>), ListErrors)
)]
pub(super) async fn rules(call: Call) -> Result<Kept, Failure> {
    let call = call.allow(Permission::RulesRead)?;
    Ok(Kept::list(call.shop().rules.documents()))
}
