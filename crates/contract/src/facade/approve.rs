use super::AccountStatus;
use super::request::{read_term, sample_money};
use crate::fields::{FieldError, read};
use crate::json::Json;
use crate::{Money, MoneyInput};
use fiado_core::account::{Account, Approve, Status};
use fiado_core::money::Currency;
use fiado_core::profile::Remark;
use serde::Serialize;
use utoipa::ToSchema;

/// Aprobación de una línea solicitada.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(ApproveBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct ApproveBody {
    /// Límite que se concede.
    #[schema(value_type = MoneyInput)]
    pub credit_limit: Money,
    /// Plazo de pago en días, de 1 a 365; 30 si no se indica.
    #[schema(nullable = false, minimum = 1, maximum = 365)]
    pub payment_term_days: Option<u16>,
    /// Notas de quien aprueba. Se guardan aparte del diario, para poder borrarlas.
    #[schema(nullable = false, max_length = 1000)]
    pub approval_notes: Option<String>,
}

impl ApproveBody {
    /// The façade's own example.
    pub fn sample() -> ApproveBody {
        ApproveBody {
            credit_limit: sample_money(10_000),
            payment_term_days: Some(30),
            approval_notes: Some("Cliente con buen historial".to_owned()),
        }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency) -> Result<(Approve, Option<Remark>), Vec<FieldError>> {
        read(json, |fields| {
            let limit = fields.amount("credit_limit", currency);
            let term = read_term(fields);
            let notes = fields.optional_text("approval_notes", Remark::LONGEST, Remark::new);
            Some((Approve { limit: limit?, term: term? }, notes?))
        })
    }
}

/// La línea aprobada.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(ApproveAnswer::sample()))]
pub struct ApproveAnswer {
    /// Identificador de esta vida de la cuenta.
    pub credit_account_id: String,
    /// Siempre `approved`.
    #[schema(value_type = AccountStatus)]
    pub status: Status,
    /// Límite concedido.
    pub credit_limit: Money,
    /// Lo que queda del límite.
    pub credit_available: Money,
    /// Plazo concedido, en días.
    pub payment_term_days: u16,
    /// Momento de la aprobación, UTC.
    #[schema(format = DateTime)]
    pub approved_at: String,
    /// Quién aprobó.
    pub approved_by: String,
}

impl ApproveAnswer {
    /// The answer to an approval; `None` where the account has no line, which no approval leaves.
    pub fn new(account: &Account, currency: Currency) -> Option<ApproveAnswer> {
        let life = account.life.as_ref()?;
        let line = life.line()?;
        Some(ApproveAnswer {
            credit_account_id: format!("credit_{}", life.id),
            status: life.status(),
            credit_limit: Money::new(line.limit, currency),
            credit_available: Money::new(account.available(), currency),
            payment_term_days: line.term.days(),
            approved_at: line.approval.at.to_string(),
            approved_by: line.approval.by.to_string(),
        })
    }

    /// The façade's own example.
    pub fn sample() -> ApproveAnswer {
        ApproveAnswer {
            credit_account_id: "credit_00112233445566778899".to_owned(),
            status: Status::Approved,
            credit_limit: sample_money(10_000),
            credit_available: sample_money(10_000),
            payment_term_days: 30,
            approved_at: "2025-11-24T11:00:00Z".to_owned(),
            approved_by: "user_manager".to_owned(),
        }
    }
}
