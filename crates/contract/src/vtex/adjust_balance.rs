use super::schema::SignedAmountInput;
use crate::fields::{FieldError, read_lenient};
use crate::json::Json;
use fiado_core::account::AdjustBalance;
use fiado_core::identity::StatementId;
use fiado_core::money::{Balance, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// A movement of the manual balance.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = AdjustBalance, example = json!(AdjustBalanceBody::sample()))]
pub struct AdjustBalanceBody {
    /// By how much it moves.
    #[schema(value_type = SignedAmountInput)]
    pub value: String,
}

impl AdjustBalanceBody {
    /// An example.
    pub fn sample() -> AdjustBalanceBody {
        AdjustBalanceBody { value: "-15".to_owned() }
    }

    /// Reads a body for the movement of this name.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(
        json: &Json,
        currency: Currency,
        statement: StatementId,
    ) -> Result<AdjustBalance, Vec<FieldError>> {
        read_lenient(json, |fields| {
            Some(AdjustBalance { statement, value: fields.balance("value", currency)? })
        })
    }
}

/// A movement that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = BalanceAdjusted, example = json!(AdjustBalanceAnswer::sample()))]
pub struct AdjustBalanceAnswer {
    /// By how much the balance moved: a text, the number's shortest form with at least one decimal.
    #[schema(pattern = r"^-?[0-9]+\.[0-9]+$")]
    pub value: String,
}

impl AdjustBalanceAnswer {
    /// A movement by this much (DECISIONS 8).
    pub fn new(value: Balance, currency: Currency) -> AdjustBalanceAnswer {
        let shortest = value.printed(currency).shortest().to_string();
        let value = if shortest.contains('.') { shortest } else { format!("{shortest}.0") };
        AdjustBalanceAnswer { value }
    }

    /// An example.
    pub fn sample() -> AdjustBalanceAnswer {
        AdjustBalanceAnswer { value: "-15.0".to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_movement_is_as_short_as_it_is_with_at_least_one_decimal() {
        let written = |minor, currency| AdjustBalanceAnswer::new(Balance::from_minor(minor), currency).value;
        assert_eq!(written(-1_500, Currency::Usd), "-15.0");
        assert_eq!(written(450, Currency::Usd), "4.5");
        assert_eq!(written(25, Currency::Usd), "0.25");
        assert_eq!(written(100_000, Currency::Usd), "1000.0");
        assert_eq!(written(0, Currency::Usd), "0.0");
        assert_eq!(written(-15, Currency::Clp), "-15.0");
    }
}
