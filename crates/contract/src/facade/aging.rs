use super::LateTotalsView;
use super::request::sample_money;
use crate::Money;
use fiado_core::account::{AgeBucket, Aging};
use fiado_core::late::LateCost;
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// Lo que se debe hoy, por antigüedad de su atraso.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(AgingView::sample()))]
pub struct AgingView {
    /// El día, en la zona horaria de la tienda.
    #[schema(format = Date)]
    pub as_of: String,
    /// Moneda (ISO 4217).
    pub currency: &'static str,
    /// Todo lo que se debe: lo que no ha vencido y lo vencido.
    pub total: Money,
    /// Lo que vence hoy o después.
    pub not_due: Money,
    /// Lo vencido: la suma de los tramos.
    pub overdue: Money,
    /// Lo vencido por tramos, siempre los mismos cuatro: de 1 a 30 días de atraso, de 31 a 60, de 61 a 90,
    /// y desde 91.
    #[schema(min_items = 4, max_items = 4)]
    pub buckets: Vec<AgeBucketView>,
    /// El vencimiento más antiguo de lo vencido.
    #[schema(nullable = false, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub oldest_due_date: Option<String>,
    /// Cuántos días de atraso tiene.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub days_overdue: Option<u32>,
    /// La mora de lo vencido a hoy; ausente si no hay, o si la tienda no la cobra. Se calcula por día de
    /// vencimiento: puede diferir en la última cifra de la suma de sus facturas.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub late_charges: Option<LateTotalsView>,
}

/// Lo vencido con tantos días de atraso.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AgeBucketView {
    /// Desde cuántos días.
    pub from_days: u32,
    /// Hasta cuántos; ausente en el último tramo.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_days: Option<u32>,
    /// Cuánto.
    pub amount: Money,
}

impl AgingView {
    /// What is owed by age on the wire.
    pub fn new(aging: &Aging, currency: Currency) -> AgingView {
        let money = |amount: Amount| Money::new(amount, currency);
        let bucket = |bucket: &AgeBucket| AgeBucketView {
            from_days: bucket.from_days,
            to_days: bucket.to_days,
            amount: money(bucket.amount),
        };
        AgingView {
            as_of: aging.as_of.to_string(),
            currency: currency.code(),
            total: money(aging.total()),
            not_due: money(aging.not_due),
            overdue: money(aging.overdue()),
            buckets: aging.buckets.iter().map(bucket).collect(),
            oldest_due_date: aging.oldest.map(|due| due.to_string()),
            days_overdue: aging.oldest.map(|_| aging.days_overdue()),
            late_charges: LateTotalsView::new(&aging.late, currency),
        }
    }

    /// An example.
    pub fn sample() -> AgingView {
        let bucket =
            |from_days, to_days, units| AgeBucketView { from_days, to_days, amount: sample_money(units) };
        let late = LateCost {
            days_overdue: 15,
            interest: Currency::Usd.units(75),
            fine: Currency::Usd.units(50),
            total: Currency::Usd.units(2_625),
        };
        AgingView {
            as_of: "2026-01-08".to_owned(),
            currency: "USD",
            total: sample_money(3_500),
            not_due: sample_money(1_000),
            overdue: sample_money(2_500),
            buckets: vec![
                bucket(1, Some(30), 2_500),
                bucket(31, Some(60), 0),
                bucket(61, Some(90), 0),
                bucket(91, None, 0),
            ],
            oldest_due_date: Some("2025-12-24".to_owned()),
            days_overdue: Some(15),
            late_charges: LateTotalsView::new(&[late], Currency::Usd),
        }
    }
}
