use super::AccountStatus;
use super::offering::{CreditRuleView, DueDatesView, read_due_dates, read_offering};
use super::request::sample_money;
use crate::fields::{Expected, Fault, FieldError, Fields, read};
use crate::json::Json;
use crate::{Fraction, Money};
use fiado_core::account::{EndingHold, Ladder, Snapshot, Status, Totals, Validity};
use fiado_core::calendar::{Day, Instant};
use fiado_core::installments::{DueDates, PaymentTerm};
use fiado_core::money::{Amount, Balance, Currency, Tolerance};
use fiado_core::policy::OverdueStop;
use serde::Serialize;
use utoipa::ToSchema;

/// The most due days a snapshot may hold: more than 48 installments a day apart for a century.
const MOST_RUNGS: usize = 100_000;
/// The largest version that is read: a million changes a second for a hundred days.
const LARGEST_VERSION: u64 = 9_999_999_999_999;

/// Lo que un navegador necesita para decidir como el servidor, sin datos personales.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(example = json!(SnapshotView::sample()))]
pub struct SnapshotView {
    /// Versión de la cuenta.
    pub version: u64,
    /// Estado de la cuenta.
    #[schema(value_type = AccountStatus)]
    pub status: Status,
    /// Moneda (ISO 4217).
    pub currency: &'static str,
    /// Límite.
    pub credit_limit: Money,
    /// Tolerancia.
    pub tolerance: Fraction,
    /// Si la tolerancia cuenta en esta organización.
    pub tolerance_enabled: bool,
    /// Plazo de pago, en días.
    pub payment_term_days: u16,
    /// Lo que se debe.
    pub credit_used: Money,
    /// Lo que está retenido.
    pub credit_held: Money,
    /// Lo que queda del límite.
    pub credit_available: Money,
    /// Lo pagado de más.
    pub unapplied: Money,
    /// Lo que se debe, por día de vencimiento.
    pub due: Vec<RungView>,
    /// Cuándo la deuda vencida detiene compras nuevas; sin él, nunca.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overdue_stop: Option<OverdueStopView>,
    /// Las retenciones que vencen por sí solas, las que vencen antes primero; hasta cien.
    pub holds: Vec<EndingHoldView>,
    /// Cómo se suceden los vencimientos.
    pub due_dates: DueDatesView,
    /// El país de la tienda (ISO 3166-1).
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Las reglas de pago de crédito de la tienda; vacío: cuotas iguales al plazo de la cuenta, sin interés.
    pub rules: Vec<CreditRuleView>,
    /// Cuándo se tomó, UTC.
    #[schema(format = DateTime)]
    pub taken_at: String,
    /// El día en que se tomó, en la zona horaria de la tienda.
    #[schema(format = Date)]
    pub today: String,
    /// Cuándo termina ese día, UTC.
    #[schema(format = DateTime)]
    pub today_ends_at: String,
    /// Hasta cuándo conviene usarlo, UTC; nunca después de que termine el día.
    #[schema(format = DateTime)]
    pub valid_until: String,
}

/// Lo que vence un día.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct RungView {
    /// El día.
    #[schema(format = Date)]
    pub due_date: String,
    /// Cuánto.
    pub amount: Money,
}

/// Una retención que vence por sí sola.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct EndingHoldView {
    /// Cuándo, UTC.
    #[schema(format = DateTime)]
    pub ends_at: String,
    /// Ese día, en la zona horaria de la tienda.
    #[schema(format = Date)]
    pub ends_on: String,
    /// Cuánto retiene.
    pub amount: Money,
}

/// Cuándo la deuda vencida detiene compras nuevas.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct OverdueStopView {
    /// Hasta cuánto vencido se deja pasar.
    pub above: Money,
    /// Después de cuántos días cuenta una factura vencida.
    pub grace_days: u16,
}

impl SnapshotView {
    /// A snapshot on the wire.
    pub fn new(snapshot: &Snapshot) -> SnapshotView {
        let money = |amount: Amount| Money::new(amount, snapshot.currency);
        let Totals { outstanding, held, unapplied } = snapshot.totals;
        let rung =
            |(due, amount): (Day, Amount)| RungView { due_date: due.to_string(), amount: money(amount) };
        let hold = |hold: &EndingHold| EndingHoldView {
            ends_at: hold.ends_at.to_string(),
            ends_on: hold.ends_on.to_string(),
            amount: money(hold.amount),
        };
        let available = Balance::from(snapshot.limit).minus(outstanding).minus(held).floor_at_zero();
        SnapshotView {
            version: snapshot.version,
            status: snapshot.status,
            currency: snapshot.currency.code(),
            credit_limit: money(snapshot.limit),
            tolerance: Fraction(snapshot.tolerance),
            tolerance_enabled: snapshot.tolerance_enabled,
            payment_term_days: snapshot.term.days(),
            credit_used: money(outstanding),
            credit_held: money(held),
            credit_available: money(available),
            unapplied: money(unapplied),
            due: snapshot.ladder.rungs().map(rung).collect(),
            overdue_stop: snapshot
                .overdue_stop
                .map(|stop| OverdueStopView { above: money(stop.above), grace_days: stop.grace_days }),
            holds: snapshot.holds.iter().map(hold).collect(),
            due_dates: DueDatesView::new(&snapshot.due_dates),
            country: snapshot.offering.country.map(|country| country.code()),
            rules: CreditRuleView::all(&snapshot.offering, snapshot.currency),
            taken_at: snapshot.validity.taken_at.to_string(),
            today: snapshot.validity.today.to_string(),
            today_ends_at: snapshot.validity.today_ends_at.to_string(),
            valid_until: snapshot.validity.valid_until.to_string(),
        }
    }

    /// An example.
    pub fn sample() -> SnapshotView {
        SnapshotView {
            version: 4,
            status: Status::Approved,
            currency: "USD",
            credit_limit: sample_money(10_000),
            tolerance: Fraction(Tolerance::NONE),
            tolerance_enabled: true,
            payment_term_days: 30,
            credit_used: sample_money(2_500),
            credit_held: sample_money(0),
            credit_available: sample_money(7_500),
            unapplied: sample_money(0),
            due: vec![RungView { due_date: "2025-12-24".to_owned(), amount: sample_money(2_500) }],
            overdue_stop: None,
            holds: Vec::new(),
            due_dates: DueDatesView::new(&DueDates::default()),
            country: Some("PA".to_owned()),
            rules: Vec::new(),
            taken_at: "2025-11-24T15:00:00Z".to_owned(),
            today: "2025-11-24".to_owned(),
            today_ends_at: "2025-11-25T05:00:00Z".to_owned(),
            valid_until: "2025-11-24T15:05:00Z".to_owned(),
        }
    }
}

/// Reads a snapshot back, in the browser.
///
/// # Errors
/// Every wrong field.
pub fn read_snapshot(json: &Json) -> Result<Snapshot, Vec<FieldError>> {
    read(json, |fields| {
        let currency = fields.word("currency", Currency::CODES, Currency::from_code);
        // Without a known currency no amount can be read; the rest is still checked.
        let money = currency.unwrap_or(Currency::Usd);
        let version = fields.whole("version", 0, LARGEST_VERSION);
        let status = fields.word("status", Status::WORDS, Status::from_word);
        let limit = fields.amount_or_zero("credit_limit", money);
        let tolerance = fields.tolerance("tolerance");
        let tolerance_enabled = fields.boolean("tolerance_enabled");
        let term =
            fields.whole("payment_term_days", 1, u64::from(PaymentTerm::LONGEST)).and_then(PaymentTerm::new);
        let totals = read_totals(fields, money);
        let ladder = read_ladder(fields, money);
        let overdue_stop = fields.optional_object("overdue_stop", |stop| {
            let above = stop.amount_or_zero("above", money);
            let grace = stop.whole("grace_days", 0, u64::from(u16::MAX));
            Some(OverdueStop { above: above?, grace_days: u16::try_from(grace?).ok()? })
        });
        let holds = read_holds(fields, money);
        let due_dates = read_due_dates(fields);
        let offering = read_offering(fields, money);
        let validity = read_validity(fields);
        // A newer server may say more than this package knows.
        fields.ignore_others();
        Some(Snapshot {
            version: version?,
            status: status?,
            currency: currency?,
            limit: limit?,
            tolerance: tolerance?,
            tolerance_enabled: tolerance_enabled?,
            term: term?,
            totals: totals?,
            ladder: ladder?,
            overdue_stop: overdue_stop?,
            holds: holds?,
            offering: offering?,
            due_dates: due_dates?,
            validity: validity?,
        })
    })
}

fn read_totals(fields: &mut Fields<'_>, currency: Currency) -> Option<Totals> {
    let outstanding = fields.amount_or_zero("credit_used", currency);
    let held = fields.amount_or_zero("credit_held", currency);
    let unapplied = fields.amount_or_zero("unapplied", currency);
    Some(Totals { outstanding: outstanding?, held: held?, unapplied: unapplied? })
}

fn read_ladder(fields: &mut Fields<'_>, currency: Currency) -> Option<Ladder> {
    let rungs = fields.list_or_empty("due", MOST_RUNGS, |rung| {
        let due = rung.day("due_date");
        let amount = rung.amount_or_zero("amount", currency);
        Some((due?, amount?))
    })?;
    Some(Ladder::new(rungs))
}

/// The holds that end by themselves; an older server says nothing of them.
fn read_holds(fields: &mut Fields<'_>, currency: Currency) -> Option<Vec<EndingHold>> {
    let holds = fields.optional("holds", |fields, name| {
        fields.list_or_empty(name, Snapshot::MOST_HOLDS, |hold| {
            let ends_at = hold.parsed("ends_at", Fault::WrongType(Expected::Instant), Instant::parse);
            let ends_on = hold.day("ends_on");
            let amount = hold.amount_or_zero("amount", currency);
            Some(EndingHold { ends_at: ends_at?, ends_on: ends_on?, amount: amount? })
        })
    });
    holds.map(Option::unwrap_or_default)
}

fn read_validity(fields: &mut Fields<'_>) -> Option<Validity> {
    let fault = || Fault::WrongType(Expected::Instant);
    let taken_at = fields.parsed("taken_at", fault(), Instant::parse);
    let today = fields.day("today");
    let today_ends_at = fields.parsed("today_ends_at", fault(), Instant::parse);
    let valid_until = fields.parsed("valid_until", fault(), Instant::parse);
    Some(Validity {
        taken_at: taken_at?,
        today: today?,
        today_ends_at: today_ends_at?,
        valid_until: valid_until?,
    })
}
