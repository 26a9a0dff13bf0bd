use super::document::{InstallmentsErrors, InstallmentsParameters};
use crate::auth::Permission;
use crate::http::{Bare, Call, Failure};
use fiado_contract::gateway::{InstallmentsAnswer, InstallmentsQuery};
use std::sync::Arc;

/// Show in which installments a purchase may be paid
///
/// One element a payment system, each number of installments once, from the cheapest rule; the terms of payment of Customer Credit stand apart by their days. Values are cut to the currency's decimals, as VTEX cuts them. Permission: `rules:read`.
#[utoipa::path(
    get, path = "/api/pvt/installments", tag = "Payment rules",
    params(InstallmentsParameters),
    responses((status = 200, description = "What is offered.", body = InstallmentsAnswer), InstallmentsErrors)
)]
pub(super) async fn installments(call: Call) -> Result<Bare<InstallmentsAnswer>, Failure> {
    let call = call.allow(Permission::RulesRead)?;
    let currency = call.currency();
    let query = call.query(|fields| InstallmentsQuery::read(fields, currency))?;
    let (shop, now) = (Arc::clone(call.shop()), call.now());
    let answer = call.app().apart(move || {
        let country = shop.organization.policy.offering.country.as_ref();
        InstallmentsAnswer::new(&query, shop.rules.readable(), now, country, currency)
    });
    Ok(Bare::read(answer.await?))
}
