use super::AccountStatus;
use super::request::sample_money;
use crate::{Fraction, Money};
use fiado_core::account::{Account, Status};
use fiado_core::money::{Currency, Tolerance};
use serde::Serialize;
use utoipa::ToSchema;

/// La línea después de una decisión sobre ella.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(LineAnswer::sample()))]
pub struct LineAnswer {
    /// Identificador de esta vida de la cuenta.
    pub credit_account_id: String,
    /// Estado de la cuenta.
    #[schema(value_type = AccountStatus)]
    pub status: Status,
    /// Límite; cero si nunca se aprobó.
    pub credit_limit: Money,
    /// Tolerancia.
    pub tolerance: Fraction,
    /// Lo que se debe.
    pub credit_used: Money,
    /// Lo que queda del límite.
    pub credit_available: Money,
    /// Versión de la cuenta.
    pub version: u64,
}

impl LineAnswer {
    /// The line as a decision left it; `None` where the account has no life, which none leaves.
    pub fn new(account: &Account, currency: Currency) -> Option<LineAnswer> {
        let life = account.life.as_ref()?;
        Some(LineAnswer {
            credit_account_id: format!("credit_{}", life.id),
            status: life.status(),
            credit_limit: Money::new(account.limit(), currency),
            tolerance: Fraction(life.line().map_or(Tolerance::NONE, |line| line.tolerance)),
            credit_used: Money::new(account.totals.outstanding, currency),
            credit_available: Money::new(account.available(), currency),
            version: account.version,
        })
    }

    /// An example.
    pub fn sample() -> LineAnswer {
        LineAnswer {
            credit_account_id: "credit_00112233445566778899".to_owned(),
            status: Status::Suspended,
            credit_limit: sample_money(10_000),
            tolerance: Fraction(Tolerance::NONE),
            credit_used: sample_money(5_000),
            credit_available: sample_money(5_000),
            version: 4,
        }
    }
}
