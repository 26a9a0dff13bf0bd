use super::request::sample_money;
use crate::fields::{FieldError, Fields, read};
use crate::json::Json;
use crate::{Money, MoneyInput};
use fiado_core::account::{Usage, UseCredit};
use fiado_core::identity::OrderId;
use fiado_core::installments::{InstallmentCount, Part};
use fiado_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;

/// Compra de una orden a crédito.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(UseCreditBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct UseCreditBody {
    /// La orden. Es única en la cuenta: repetirla igual devuelve la misma respuesta.
    #[schema(min_length = 1, max_length = 200)]
    pub order_id: String,
    /// Lo que cuesta.
    #[schema(value_type = MoneyInput)]
    pub amount: Money,
    /// En cuántas cuotas se paga, de 1 a 48; 1 si no se indica. La cuota k vence k plazos después.
    #[schema(nullable = false, minimum = 1, maximum = 48)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<u8>,
}

impl UseCreditBody {
    /// The façade's own example.
    pub fn sample() -> UseCreditBody {
        UseCreditBody { order_id: "order_789".to_owned(), amount: sample_money(5_000), installments: None }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency) -> Result<UseCredit, Vec<FieldError>> {
        read(json, |fields| {
            let order = fields.text("order_id", OrderId::LONGEST, OrderId::new);
            let amount = fields.amount("amount", currency);
            let installments = read_installments(fields);
            Some(UseCredit { order: order?, amount: amount?, installments: installments? })
        })
    }
}

/// The number of installments: one where it is absent.
pub(super) fn read_installments(fields: &mut Fields<'_>) -> Option<InstallmentCount> {
    let most = u64::from(InstallmentCount::MOST.get());
    fields.optional_whole("installments", 1, most)?.map_or(Some(InstallmentCount::ONE), InstallmentCount::new)
}

/// La compra registrada.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(UseCreditAnswer::sample()))]
pub struct UseCreditAnswer {
    /// Identificador de la compra.
    pub usage_id: String,
    /// Lo que costó.
    pub amount: Money,
    /// Lo que se debía justo después.
    pub credit_used: Money,
    /// Lo que quedaba del límite justo después.
    pub credit_available: Money,
    /// Primer vencimiento: un día del calendario de la tienda.
    #[schema(format = Date)]
    pub due_date: String,
    /// Las cuotas, si son más de una.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub installments: Option<Vec<InstallmentView>>,
}

/// Una cuota: cuánto vence cuándo.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct InstallmentView {
    /// Número, desde 1.
    #[schema(example = 1)]
    pub number: u8,
    /// Vencimiento.
    #[schema(format = Date, example = "2025-12-24")]
    pub due_date: String,
    /// Importe.
    pub amount: Money,
}

impl InstallmentView {
    /// A part on the wire.
    pub fn new(part: &Part, currency: Currency) -> InstallmentView {
        InstallmentView {
            number: part.number,
            due_date: part.due.to_string(),
            amount: Money::new(part.amount, currency),
        }
    }

    /// All the parts on the wire.
    pub fn all(parts: &[Part], currency: Currency) -> Vec<InstallmentView> {
        parts.iter().map(|part| InstallmentView::new(part, currency)).collect()
    }
}

impl UseCreditAnswer {
    /// The answer to a purchase, with the figures of its first time.
    pub fn new(usage: &Usage, currency: Currency) -> UseCreditAnswer {
        UseCreditAnswer {
            usage_id: format!("usage_{}", usage.transaction),
            amount: Money::new(usage.amount, currency),
            credit_used: Money::new(usage.used_after, currency),
            credit_available: Money::new(usage.available_after, currency),
            due_date: usage.due.to_string(),
            installments: (usage.parts.len() > 1).then(|| InstallmentView::all(&usage.parts, currency)),
        }
    }

    /// The façade's own example.
    pub fn sample() -> UseCreditAnswer {
        UseCreditAnswer {
            usage_id: "usage_00112233445566778899000000000003".to_owned(),
            amount: sample_money(5_000),
            credit_used: sample_money(5_000),
            credit_available: sample_money(5_000),
            due_date: "2025-12-24".to_owned(),
            installments: None,
        }
    }
}
