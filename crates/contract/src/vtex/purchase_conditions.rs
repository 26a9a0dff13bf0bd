use super::query::email_of;
use super::sample_money;
use super::schema;
use crate::fields::{Fault, Fields};
use crate::gateway::{LONGEST_CHANNEL, plain};
use crate::{Money, Percentage};
use fiado_core::account::{Account, Status};
use fiado_core::calendar::Instant;
use fiado_core::installments::{PaymentTerm, Terms};
use fiado_core::money::{Amount, Currency, Percent};
use fiado_core::policy::Policy;
use fiado_core::profile::Email;
use fiado_core::rules::{Asked, Offer};
use serde::Serialize;
use utoipa::ToSchema;

/// Whose conditions are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseConditionsQuery {
    /// The shopper's e-mail.
    pub email: Email,
    /// The sales channel (`sc`, also written `salesChannel`).
    pub channel: Option<String>,
}

impl PurchaseConditionsQuery {
    /// Reads a query; names it does not know are let be.
    pub fn read(fields: &mut Fields<'_>) -> Option<PurchaseConditionsQuery> {
        fields.leniently();
        let email = fields.parsed("email", Fault::NotAnEmail, email_of);
        let [short, long] = ["sc", "salesChannel"]
            .map(|name| fields.optional_text(name, LONGEST_CHANNEL, plain(LONGEST_CHANNEL)));
        Some(PurchaseConditionsQuery { email: email?, channel: short?.or(long?) })
    }
}

/// On what conditions a shopper may buy on account.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(example = json!(PurchaseConditions::sample()))]
#[serde(rename_all = "camelCase")]
pub struct PurchaseConditions {
    /// The shopper's account.
    pub account_id: String,
    /// What is left of its limit.
    #[schema(value_type = schema::Amount)]
    pub available_credit: Money,
    /// When a purchase may be paid.
    pub deadlines: Vec<Deadline>,
}

/// When a purchase may be paid.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct Deadline {
    /// The days from the purchase to each of its due dates.
    pub payment_options: Vec<u16>,
    /// The interest in percent: of each period between equal due dates, or the highest of its terms.
    #[schema(value_type = f64)]
    pub interest_rate: Percentage,
    /// The least an installment may be.
    #[schema(value_type = schema::Amount)]
    pub min_installment_value: Money,
}

impl PurchaseConditions {
    /// The conditions of an account: what the shop's rules offer on account in a sales channel, or
    /// where it has none, one payment in 30 days without interest. There are none where its line is
    /// not open.
    ///
    /// Nobody has said what is bought: the largest purchase that the line bears is meant, so that a
    /// rule counts as soon as anything can be bought by it (our decision).
    pub fn new(
        id: &str,
        account: &Account,
        policy: &Policy,
        channel: Option<&str>,
        at: Instant,
    ) -> Option<PurchaseConditions> {
        let life = account.life.as_ref()?;
        let is_open = matches!(life.status(), Status::Approved | Status::Suspended);
        let currency = policy.currency;
        let largest = account.ceiling(policy).floor_at_zero();
        is_open.then(|| PurchaseConditions {
            account_id: id.to_owned(),
            available_credit: Money::new(account.signed_available(), currency),
            deadlines: deadlines(&Asked::on_account(largest, channel, at, policy), policy),
        })
    }

    /// An example.
    pub fn sample() -> PurchaseConditions {
        PurchaseConditions {
            account_id: "11111111111_CPF".to_owned(),
            available_credit: sample_money(1_100),
            deadlines: vec![Deadline::usual(Currency::Usd)],
        }
    }
}

fn deadlines(asked: &Asked<'_>, policy: &Policy) -> Vec<Deadline> {
    if policy.offering.rules.is_empty() {
        return vec![Deadline::usual(policy.currency)];
    }
    let offers = policy.offering.offers(asked);
    offers.iter().map(|offer| Deadline::of(offer, policy.currency)).collect()
}

impl Deadline {
    fn usual(currency: Currency) -> Deadline {
        Deadline {
            payment_options: vec![PaymentTerm::USUAL.days()],
            interest_rate: Percentage(Percent::ZERO),
            min_installment_value: Money::zero(currency),
        }
    }

    /// What is settled in equal parts falls due every 30 days.
    fn of(offer: &Offer<'_>, currency: Currency) -> Deadline {
        let options = offer.rule.and_then(|rule| rule.options.as_ref());
        let least = options.map_or(Amount::ZERO, |options| options.minimum_part);
        Deadline {
            payment_options: match offer.terms {
                Terms::Deadlines(deadlines) => deadlines.days().collect(),
                Terms::Equal { count, .. } => {
                    (1..=u16::from(count.get())).map(|number| number * PaymentTerm::USUAL.days()).collect()
                }
            },
            interest_rate: Percentage(offer.terms.rate()),
            min_installment_value: Money::new(least, currency),
        }
    }
}
