use super::schema::{self, AmountInput};
use crate::Money;
use crate::fields::{FieldError, read_lenient};
use crate::json::Json;
use fiado_core::account::Settle;
use fiado_core::identity::TransactionId;
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// What a purchase costs in the end.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Settle, example = json!(SettleBody::sample()))]
pub struct SettleBody {
    /// How much, more than zero.
    #[schema(value_type = AmountInput)]
    pub value: Money,
}

impl SettleBody {
    /// An example.
    pub fn sample() -> SettleBody {
        SettleBody { value: sample_value() }
    }

    /// Reads a body for this transaction.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(
        json: &Json,
        currency: Currency,
        transaction: TransactionId,
    ) -> Result<Settle, Vec<FieldError>> {
        read_lenient(json, |fields| Some(Settle { transaction, amount: fields.amount("value", currency)? }))
    }
}

/// A settled purchase.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Settled, example = json!(SettleAnswer::sample()))]
pub struct SettleAnswer {
    /// What it was settled at.
    #[schema(value_type = schema::Amount)]
    pub value: Money,
    /// The transaction.
    pub id: String,
}

impl SettleAnswer {
    /// A purchase that was settled at this amount.
    pub fn new(transaction: &TransactionId, amount: Amount, currency: Currency) -> SettleAnswer {
        SettleAnswer { value: Money::new(amount, currency), id: transaction.to_string() }
    }

    /// An example.
    pub fn sample() -> SettleAnswer {
        SettleAnswer { value: sample_value(), id: "B2E754DCD7304D22866CB6F221CF0FEB".to_owned() }
    }
}

fn sample_value() -> Money {
    Money::new(Amount::from_minor(4_995).unwrap_or_default(), Currency::Usd)
}
