use super::allocate_payment::read_allocations;
use super::request::sample_money;
use crate::fields::{Fault, FieldError, Fields, read};
use crate::json::Json;
use crate::{Money, MoneyInput};
use fiado_core::account::{Pay, Payment, earliest_payment_day, latest_payment_day};
use fiado_core::calendar::Day;
use fiado_core::identity::PaymentReference;
use fiado_core::money::Currency;
use serde::Serialize;
use utoipa::ToSchema;

/// Pago recibido.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(PayBody::sample()))]
#[serde(deny_unknown_fields)]
pub struct PayBody {
    /// Cuánto se pagó. Lo que pase de la deuda queda como `unapplied` para la próxima compra.
    #[schema(value_type = MoneyInput)]
    pub amount: Money,
    /// Referencia del pago. Es única en la cuenta: repetirla igual devuelve la misma respuesta.
    #[schema(min_length = 1, max_length = 200)]
    pub payment_reference: String,
    /// Día en que se pagó: como máximo mañana, y hasta diez años atrás.
    #[schema(format = Date)]
    pub payment_date: String,
    /// A qué facturas va; si no se indica, a las que vencen primero.
    #[schema(nullable = false, min_items = 1, max_items = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub allocations: Option<Vec<AllocationBody>>,
}

/// La parte de un pago que va a una factura.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocationBody {
    /// La factura.
    #[schema(example = "00112233445566778899000000000003-01")]
    pub invoice_id: String,
    /// Cuánto.
    #[schema(value_type = MoneyInput)]
    pub amount: Money,
}

impl PayBody {
    /// The façade's own example.
    pub fn sample() -> PayBody {
        PayBody {
            amount: sample_money(2_500),
            payment_reference: "PAY-123456".to_owned(),
            payment_date: "2025-11-24".to_owned(),
            allocations: None,
        }
    }

    /// Reads a body on the store's present day.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency, today: Day) -> Result<Pay, Vec<FieldError>> {
        read(json, |fields| {
            let amount = fields.amount("amount", currency);
            let reference =
                fields.text("payment_reference", PaymentReference::LONGEST, PaymentReference::new);
            let date = read_date(fields, today);
            let allocations = read_allocations(fields, currency);
            Some(Pay { reference: reference?, amount: amount?, date: date?, allocations: allocations? })
        })
    }
}

fn read_date(fields: &mut Fields<'_>, today: Day) -> Option<Day> {
    let date = fields.day("payment_date")?;
    let (earliest, latest) = (earliest_payment_day(today), latest_payment_day(today));
    if date > latest {
        fields.wrong("payment_date", Fault::Above(latest.to_string()));
        None
    } else if date < earliest {
        fields.wrong("payment_date", Fault::Below(earliest.to_string()));
        None
    } else {
        Some(date)
    }
}

/// El pago registrado.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(PayAnswer::sample()))]
pub struct PayAnswer {
    /// Identificador del pago.
    pub payment_id: String,
    /// Cuánto se pagó.
    pub amount: Money,
    /// Lo que se debía justo después.
    pub credit_used: Money,
    /// Lo que quedaba del límite justo después.
    pub credit_available: Money,
    /// Lo que sobró para la próxima compra, si sobró algo.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unapplied: Option<Money>,
}

impl PayAnswer {
    /// The answer to a payment, with the figures of its first time.
    pub fn new(payment: &Payment, currency: Currency) -> PayAnswer {
        PayAnswer {
            payment_id: format!("payment_{}", payment.id),
            amount: Money::new(payment.amount, currency),
            credit_used: Money::new(payment.used_after, currency),
            credit_available: Money::new(payment.available_after, currency),
            unapplied: (!payment.unapplied.is_zero()).then(|| Money::new(payment.unapplied, currency)),
        }
    }

    /// The façade's own example.
    pub fn sample() -> PayAnswer {
        PayAnswer {
            payment_id: "payment_00112233445566778899000000000004".to_owned(),
            amount: sample_money(2_500),
            credit_used: sample_money(2_500),
            credit_available: sample_money(7_500),
            unapplied: None,
        }
    }
}
