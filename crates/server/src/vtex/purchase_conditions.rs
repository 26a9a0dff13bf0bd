use super::Place;
use super::document::{PurchaseConditionsErrors, PurchaseConditionsParameters};
use crate::auth::Permission;
use crate::http::{App, Bare, Call, Failure};
use fiado_contract::catalogue::Problem;
use fiado_contract::vtex::{PurchaseConditions, PurchaseConditionsQuery};
use fiado_core::account::{Command, OpenAutomatically, Rejection};
use fiado_core::identity::{AccountKey, CustomerId, OrganizationId};
use fiado_core::profile::{Beside, Contact, ContactChange, Email};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// What a shopper may buy on account
///
/// By e-mail: the account that has it, else the account that has its owner as a holder; its terms are what the payment rules for Customer Credit offer in the sales channel. A shopper nobody knows is given an account where the store configuration says so, if the caller may buy for them (`credit:use`). Permission: `rules:read`.
#[utoipa::path(
    get, path = "/api/creditcontrol/purchase-conditions", tag = "Accounts",
    params(PurchaseConditionsParameters),
    responses((status = 200, description = "The account, what is left of it, and its terms.", body = PurchaseConditions), PurchaseConditionsErrors)
)]
pub(super) async fn purchase_conditions(call: Call) -> Result<Bare<PurchaseConditions>, Failure> {
    let call = call.allow(Permission::RulesRead)?;
    let PurchaseConditionsQuery { email, channel } = call.query(PurchaseConditionsQuery::read)?;
    let shopper = Shopper { organization: call.shop().organization.id.clone(), email };
    let (app, shop, now) = (call.app().clone(), Arc::clone(call.shop()), call.now());
    let known = match shopper.account(&app).await? {
        Some(known) => Some(known),
        None if shop.organization.policy.automatic_opening && may_buy(&call) => {
            shopper.open(call).await?;
            shopper.account(&app).await?
        }
        None => None,
    };
    let place = Place { key: known.ok_or(Problem::ShopperUnknown)?, app, shop: Arc::clone(&shop), now };
    let record = place.find_record().await?.ok_or(Problem::ShopperUnknown)?;
    let customer = place.key.customer.as_str();
    let policy = &shop.organization.policy;
    let conditions = PurchaseConditions::new(customer, &record.account, policy, channel.as_deref(), now);
    Ok(Bare::read(conditions.ok_or(Problem::ShopperUnknown)?))
}

/// Whoever may only look opens no account by looking.
fn may_buy(call: &Call) -> bool {
    call.demand(&[Permission::CreditUse]).is_ok()
}

/// Somebody who shops under an address, however they write it.
struct Shopper {
    organization: OrganizationId,
    email: Email,
}

impl Shopper {
    async fn account(&self, app: &App) -> Result<Option<AccountKey>, Failure> {
        let (organization, email) = (self.organization.clone(), self.email.clone());
        app.ask(move |store| store.account_of_shopper(&organization, &email)).await
    }

    /// Gives them an account. Whether somebody else did at the same time is seen by looking again.
    async fn open(&self, call: Call) -> Result<(), Failure> {
        let contact = Contact { email: Some(self.email.clone()), ..Contact::default() };
        let beside = Beside { contact: Some(ContactChange::Replace(contact)), ..Beside::default() };
        let call = call.with_customer(self.customer()?);
        match call.execute_with(Command::OpenAutomatically(OpenAutomatically {}), beside).await {
            Ok(_) => Ok(()),
            Err(failure) => match *failure.problem {
                Problem::Rejected { rejection: Rejection::AlreadyOpen {}, .. } => Ok(()),
                _ => Err(failure),
            },
        }
    }

    /// The id of their account: always the same one, so that they are never given two, and one that
    /// does not tell the address.
    fn customer(&self) -> Result<CustomerId, Problem> {
        let mut hash = Sha256::new();
        hash.update(self.organization.as_str());
        hash.update([0]);
        hash.update(self.email.as_str().to_lowercase());
        let hash = hash.finalize().iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        let part = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
        let id = [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-");
        CustomerId::new(id).map_err(|_| Problem::Internal)
    }
}
