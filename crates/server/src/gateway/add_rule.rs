use super::document::{AddRuleErrors, ShopParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::catalogue::Problem;
use fiado_contract::gateway::{RuleDocument, RuleView};
use fiado_core::identity::RuleId;
use fiado_core::rules::PaymentRule;
use fiado_store::RuleRecord;

/// Add a payment rule
///
/// It is kept as it is sent, under a new id; an `id` that is sent does not count. Permission: `rules:manage`.
#[utoipa::path(
    post, path = "/api/pvt/rules", tag = "Payment rules",
    params(ShopParameters),
    request_body = RuleView,
    responses((status = 200, description = "The rule with its id.", body = RuleView), AddRuleErrors)
)]
pub(super) async fn add_rule(call: Call) -> Result<Bare<RuleDocument>, Failure> {
    let call = call.allow(Permission::RulesManage)?;
    let id = new_id()?;
    let (document, _) = call.body(|json| RuleView::read(json, call.currency(), &id))?;
    let record = RuleRecord { id, document: document.text() };
    let add = call.app().change(&call.shop().organization.id, move |store, organization| {
        store.add_rule(organization, &record, PaymentRule::MOST)
    });
    if add.await? {
        Ok(Bare::read(document))
    } else {
        Err(Problem::TooManyRules { most: PaymentRule::MOST as u64 }.into())
    }
}

/// A random id in the form VTEX gives: a UUID of version 4 (RFC 9562, section 5.4).
fn new_id() -> Result<RuleId, Problem> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|error| {
        tracing::error!(%error, "the machine gives no randomness");
        Problem::Internal
    })?;
    let version_and_variant = (0x4 << 76) | (0b10 << 62);
    let marked = (u128::from_be_bytes(random) & !((0xf << 76) | (0b11 << 62))) | version_and_variant;
    let digits = format!("{marked:032x}");
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or_default();
    let id = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-");
    RuleId::new(id).map_err(|_| Problem::Internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_random_uuid() {
        let ids = [new_id().unwrap(), new_id().unwrap()];
        assert_ne!(ids[0], ids[1]);
        for id in ids {
            let shape = id.as_str().replace(|letter: char| matches!(letter, '0'..='9' | 'a'..='f'), "x");
            assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
            let (version, variant) = (&id.as_str()[14..15], &id.as_str()[19..20]);
            assert!(version == "4" && "89ab".contains(variant), "{id}");
        }
    }
}
