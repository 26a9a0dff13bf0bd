use super::sample_money;
use super::schema::{self, AmountInput};
use crate::Money;
use crate::fields::{FieldError, read_lenient};
use crate::json::Json;
use fiado_core::account::Refund;
use fiado_core::identity::TransactionId;
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// How much less a purchase costs.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Refund, example = json!(RefundBody::sample()))]
pub struct RefundBody {
    /// How much, more than zero, and at most what is owed of it.
    #[schema(value_type = AmountInput)]
    pub value: Money,
}

impl RefundBody {
    /// An example.
    pub fn sample() -> RefundBody {
        RefundBody { value: sample_money(30) }
    }

    /// Reads a body for this transaction.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(
        json: &Json,
        currency: Currency,
        transaction: TransactionId,
    ) -> Result<Refund, Vec<FieldError>> {
        read_lenient(json, |fields| Some(Refund { transaction, amount: fields.amount("value", currency)? }))
    }
}

/// A refund that was made.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Refunded, example = json!(RefundAnswer::sample()))]
pub struct RefundAnswer {
    /// How much was refunded.
    #[schema(value_type = schema::Amount)]
    pub value: Money,
}

impl RefundAnswer {
    /// A refund of this amount.
    pub fn new(amount: Amount, currency: Currency) -> RefundAnswer {
        RefundAnswer { value: Money::new(amount, currency) }
    }

    /// An example.
    pub fn sample() -> RefundAnswer {
        RefundAnswer { value: sample_money(30) }
    }
}
