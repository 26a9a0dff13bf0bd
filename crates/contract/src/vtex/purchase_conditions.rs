use super::query::email_of;
use super::sample_money;
use super::schema;
use crate::Money;
use crate::fields::{Fault, Fields};
use fiado_core::account::{Account, Status};
use fiado_core::installments::PaymentTerm;
use fiado_core::money::Currency;
use fiado_core::profile::Email;
use serde::Serialize;
use utoipa::ToSchema;

/// Whose conditions are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurchaseConditionsQuery {
    /// The shopper's e-mail.
    pub email: Email,
}

impl PurchaseConditionsQuery {
    /// Reads a query; names it does not know are let be.
    pub fn read(fields: &mut Fields<'_>) -> Option<PurchaseConditionsQuery> {
        fields.leniently();
        let email = fields.parsed("email", Fault::NotAnEmail, email_of)?;
        Some(PurchaseConditionsQuery { email })
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
    /// What the deadline costs, in percent.
    pub interest_rate: u8,
    /// The least an installment may be.
    #[schema(value_type = schema::Amount)]
    pub min_installment_value: Money,
}

impl PurchaseConditions {
    /// The conditions of an account: what is settled falls due in 30 days, without interest. There are
    /// none where its line is not open.
    pub fn new(id: &str, account: &Account, currency: Currency) -> Option<PurchaseConditions> {
        let life = account.life.as_ref()?;
        let is_open = matches!(life.status(), Status::Approved | Status::Suspended);
        is_open.then(|| PurchaseConditions {
            account_id: id.to_owned(),
            available_credit: Money::new(account.signed_available(), currency),
            deadlines: vec![Deadline::usual(currency)],
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

impl Deadline {
    fn usual(currency: Currency) -> Deadline {
        Deadline {
            payment_options: vec![PaymentTerm::USUAL.days()],
            interest_rate: 0,
            min_installment_value: Money::zero(currency),
        }
    }
}
