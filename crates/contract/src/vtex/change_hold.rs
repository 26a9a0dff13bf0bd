use super::authorize::HoldFields;
use super::sample_money;
use super::schema::{AmountInput, BooleanInput, WholeInput};
use crate::Money;
use crate::fields::{FieldError, read_lenient};
use crate::json::Json;
use fiado_core::account::ChangeHold;
use fiado_core::identity::TransactionId;
use fiado_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;

/// A live hold as it shall be. What is not sent stays; on an id that nobody has, it is made, and what
/// is not sent is as in a new one.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ChangeTransaction, example = json!(ChangeHoldBody::sample()))]
#[serde(rename_all = "camelCase")]
pub struct ChangeHoldBody {
    /// How much, more than zero; it may grow by the store's `maxPreAuthorizationGrowthRate` of what was
    /// authorized first.
    #[schema(value_type = AmountInput)]
    pub value: Money,
    /// Whether it is sure to be settled.
    #[schema(value_type = Option<BooleanInput>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settle: Option<bool>,
    /// In how many installments it will be paid, from 1 to 48.
    #[schema(value_type = Option<WholeInput>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
    /// When it ends by itself: a day, or a date and time, in UTC where it names no zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expiration_date: Option<String>,
    /// The order of a new one.
    #[schema(max_length = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order_id: Option<String>,
}

impl ChangeHoldBody {
    /// An example.
    pub fn sample() -> ChangeHoldBody {
        ChangeHoldBody {
            value: sample_money(55),
            settle: Some(true),
            installments: Some(1),
            expiration_date: None,
            order_id: None,
        }
    }

    /// Reads a body for this transaction.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(
        json: &Json,
        currency: Currency,
        transaction: TransactionId,
    ) -> Result<ChangeHold, Vec<FieldError>> {
        read_lenient(json, |fields| {
            let terms = HoldFields::read(fields, currency)?;
            Some(ChangeHold {
                transaction,
                order: terms.order,
                amount: terms.amount,
                installments: terms.installments,
                firm: terms.firm,
                expires_at: terms.expires_at,
            })
        })
    }
}
