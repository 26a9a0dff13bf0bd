use super::request::sample_money;
use crate::Money;
use crate::fields::{Fault, Fields};
use fiado_core::account::DueCalendar;
use fiado_core::calendar::Day;
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use utoipa::ToSchema;

/// How many days after today, or after `from`, an answer goes where nobody says until when.
const USUAL_DAYS: u32 = 366;

/// From when until when somebody asks what falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueCalendarQuery {
    /// The first day; `None`: the earliest on which anything is owed.
    pub from: Option<Day>,
    /// The last day.
    pub to: Day,
}

impl DueCalendarQuery {
    /// Reads a query, on the store's present day.
    pub fn read(fields: &mut Fields<'_>, today: Day) -> Option<DueCalendarQuery> {
        let [from, to] = ["from", "to"].map(|name| fields.optional_parsed(name, Fault::NotADate, Day::parse));
        let (from, to) = (from?, to?);
        if let (Some(from), Some(to)) = (from, to)
            && to < from
        {
            fields.wrong("to", Fault::Before(from.to_string()));
        }
        let usual = from.map_or(today, |from| from.max(today)).plus_days(USUAL_DAYS);
        Some(DueCalendarQuery { from, to: to.unwrap_or(usual) })
    }
}

/// Lo que vence, día por día.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(DueCalendarView::sample()))]
pub struct DueCalendarView {
    /// El día que es hoy, en la zona horaria de la tienda.
    #[schema(format = Date)]
    pub as_of: String,
    /// Moneda (ISO 4217).
    pub currency: &'static str,
    /// El primer día, si se indicó; sin él, el primero en que se debe algo.
    #[schema(nullable = false, format = Date)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// El último día.
    #[schema(format = Date)]
    pub to: String,
    /// Los días en que vence algo, el más antiguo primero; hasta mil.
    #[schema(max_items = 1000)]
    pub days: Vec<DueDayView>,
    /// Todo lo que vence entre los dos días, también si no caben todos los días.
    pub total: Money,
    /// Si hay más días de los que caben: pida desde el siguiente al último.
    pub truncated: bool,
}

/// Lo que vence un día.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct DueDayView {
    /// El día.
    #[schema(format = Date)]
    pub date: String,
    /// Cuánto falta pagar de lo que vence ese día.
    pub amount: Money,
    /// Si ya venció.
    pub overdue: bool,
}

impl DueCalendarView {
    /// The most days of an answer.
    pub const MOST_DAYS: usize = 1_000;

    /// What falls due on the wire, on the store's present day.
    pub fn new(
        calendar: &DueCalendar,
        query: DueCalendarQuery,
        currency: Currency,
        today: Day,
    ) -> DueCalendarView {
        let due_day = |&(due, amount): &(Day, Amount)| DueDayView {
            date: due.to_string(),
            amount: Money::new(amount, currency),
            overdue: due < today,
        };
        DueCalendarView {
            as_of: today.to_string(),
            currency: currency.code(),
            from: query.from.map(|day| day.to_string()),
            to: query.to.to_string(),
            days: calendar.days.iter().map(due_day).collect(),
            total: Money::new(calendar.total, currency),
            truncated: calendar.is_cut,
        }
    }

    /// An example.
    pub fn sample() -> DueCalendarView {
        let due_day = |date: &str, units, overdue| DueDayView {
            date: date.to_owned(),
            amount: sample_money(units),
            overdue,
        };
        DueCalendarView {
            as_of: "2026-01-08".to_owned(),
            currency: "USD",
            from: None,
            to: "2027-01-09".to_owned(),
            days: vec![due_day("2025-12-24", 2_500, true), due_day("2026-01-23", 1_000, false)],
            total: sample_money(3_500),
            truncated: false,
        }
    }
}
