use super::moment::{Written, without_zone};
use super::schema::{self, AmountInput, BooleanInput, WholeInput};
use crate::Money;
use crate::fields::{Fault, FieldError, Fields, read_lenient};
use crate::json::Json;
use fiado_core::account::{Authorize, Hold};
use fiado_core::calendar::Instant;
use fiado_core::identity::OrderId;
use fiado_core::installments::InstallmentCount;
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// Credit to be held for a purchase.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Authorize, example = json!(AuthorizeBody::sample()))]
#[serde(rename_all = "camelCase")]
pub struct AuthorizeBody {
    /// How much, more than zero.
    #[schema(value_type = AmountInput)]
    pub value: Money,
    /// Whether it is sure to be settled: it is held for 30 days and not for one, and cannot be
    /// released. `false` where it is not sent.
    #[schema(value_type = Option<BooleanInput>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settle: Option<bool>,
    /// In how many installments it will be paid, from 1 to 48; 1 where it is not sent.
    #[schema(value_type = Option<WholeInput>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// When it ends by itself: a day, or a date and time, in UTC where it names no zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<String>,
    /// The order; the transaction's own id where it is not sent.
    #[schema(max_length = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
}

impl AuthorizeBody {
    /// An example.
    pub fn sample() -> AuthorizeBody {
        AuthorizeBody {
            value: sample_value(),
            settle: Some(true),
            installments: Some(1),
            expiration_date: Some("2023-11-25".to_owned()),
            order_id: None,
        }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency) -> Result<Authorize, Vec<FieldError>> {
        read_lenient(json, |fields| {
            let terms = HoldFields::read(fields, currency)?;
            Some(Authorize {
                order: terms.order,
                amount: terms.amount,
                installments: terms.installments.unwrap_or(InstallmentCount::ONE),
                firm: terms.firm.unwrap_or(false),
                expires_at: terms.expires_at,
            })
        })
    }
}

/// What is said of a hold, new or changed.
pub(super) struct HoldFields {
    pub(super) amount: Amount,
    pub(super) firm: Option<bool>,
    pub(super) installments: Option<InstallmentCount>,
    pub(super) expires_at: Option<Instant>,
    pub(super) order: Option<OrderId>,
}

impl HoldFields {
    pub(super) fn read(fields: &mut Fields<'_>, currency: Currency) -> Option<HoldFields> {
        let amount = fields.amount("value", currency);
        let firm = fields.optional("settle", Fields::boolean);
        let most = u64::from(InstallmentCount::MOST.get());
        let installments = fields.optional_whole("installments", 1, most);
        let expires_at = fields.optional_parsed("expirationDate", Fault::NotADate, |text| match text {
            "" => Some(None),
            text => Written::parse(text)?.in_utc().map(Some),
        });
        let order = fields.optional_text("orderId", OrderId::LONGEST, OrderId::new);
        Some(HoldFields {
            amount: amount?,
            firm: firm?,
            installments: installments?.and_then(InstallmentCount::new),
            expires_at: expires_at?.flatten(),
            order: order?,
        })
    }
}

/// Credit that is held.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Transaction, example = json!(HoldAnswer::sample()))]
#[serde(rename_all = "camelCase")]
pub struct HoldAnswer {
    /// The transaction.
    pub id: String,
    /// How much is held.
    #[schema(value_type = schema::Amount)]
    pub value: Money,
    /// In how many installments it will be paid.
    pub installments: u8,
    /// When it ends by itself, if that was chosen: UTC, without saying so.
    #[schema(nullable = false, example = "2023-11-25T00:00:00")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<String>,
}

impl HoldAnswer {
    /// A hold as it stands.
    pub fn new(hold: &Hold, currency: Currency) -> HoldAnswer {
        let terms = hold.terms;
        HoldAnswer {
            id: hold.transaction.to_string(),
            value: Money::new(terms.amount, currency),
            installments: terms.installments.get(),
            expiration_date: terms.expiry_was_chosen.then(|| without_zone(terms.expires_at)),
        }
    }

    /// An example.
    pub fn sample() -> HoldAnswer {
        HoldAnswer {
            id: "5d96bcdf0fbc46e1866a05f721f31623".to_owned(),
            value: sample_value(),
            installments: 1,
            expiration_date: Some("2023-11-25T00:00:00".to_owned()),
        }
    }
}

fn sample_value() -> Money {
    Money::new(Amount::from_minor(4_970).unwrap_or_default(), Currency::Usd)
}
