//! What a snapshot says of the shop: how due days follow on one another, and the payment rules for
//! Customer Credit, as far as a plan depends on them.

use crate::fields::{Expected, Fault, Fields};
use crate::{Money, Percentage};
use fiado_core::calendar::{Adjustment, BusinessDays, Day, Instant, Weekday, Weekdays};
use fiado_core::identity::{RuleId, TextError};
use fiado_core::installments::{DayOfMonth, Deadline, Deadlines, Due, DueDates, InstallmentCount, Rhythm};
use fiado_core::money::{Amount, Currency};
use fiado_core::rules::{
    Country, DateInterval, InstallmentOptions, MethodKind, Offering, PaymentRule, PaymentSystem, Quantity,
    SalesChannels,
};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};

/// Cómo se suceden los vencimientos en esta organización.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DueDatesView {
    /// `every_term`, cada plazo; `monthly`, cada mes; `end_of_month`, a fin de mes; `day_of_month`, el mismo día de cada
    /// mes.
    #[schema(schema_with = rhythm_schema)]
    pub rhythm: &'static str,
    /// Ese día, de 1 a 31; solo con `day_of_month`.
    #[schema(nullable = false, minimum = 1, maximum = 31)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub day: Option<u8>,
    /// Adónde va lo que no vence en día hábil: `none`, `next`, `previous` o `modified_following`.
    #[schema(schema_with = adjustment_schema)]
    pub adjustment: &'static str,
    /// Los días de la semana que no son hábiles.
    #[schema(schema_with = weekend_schema)]
    pub weekend: Vec<&'static str>,
    /// Los feriados.
    #[schema(value_type = Vec<String>)]
    pub holidays: Vec<String>,
}

/// Una regla de pago de crédito.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CreditRuleView {
    /// Su identificador.
    pub rule_id: String,
    /// Si cuenta.
    pub enabled: bool,
    /// Si va antes que otra igual de barata.
    pub is_default: bool,
    /// En qué canales de venta; ausente: en todos.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_channels: Option<Vec<String>>,
    /// Desde cuándo, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub begins_at: Option<String>,
    /// Hasta cuándo, sin incluirlo, UTC.
    #[schema(nullable = false, format = DateTime)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<String>,
    /// En qué horas de qué días; vacío: siempre.
    pub hours: Vec<HoursView>,
    /// Para qué comercios; vacío: para todos.
    pub merchants: Vec<String>,
    /// En qué país; ausente: en todos.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Desde qué importe.
    pub minimum_amount: Money,
    /// Lo menos que puede ser una cuota.
    pub minimum_installment: Money,
    /// En cuántas cuotas; vacío: en una.
    pub quantities: Vec<QuantityView>,
    /// Los plazos entre los que se elige; si los hay, valen en lugar de las cantidades.
    pub deadlines: Vec<DeadlinesView>,
}

/// Horas de algunos días, en los ocho campos de VTEX.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HoursView {
    /// Desde.
    #[schema(example = "* * 05 * * * * -0300")]
    pub start: String,
    /// Hasta, sin incluirlo.
    #[schema(example = "* * 23 * * * * -0300")]
    pub end: String,
}

/// Una cantidad de cuotas.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct QuantityView {
    /// Cuántas.
    pub installments: u8,
    /// Interés simple de cada período, en por ciento.
    pub interest_rate: Percentage,
}

/// Los plazos de un plan.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DeadlinesView {
    /// Cada plazo.
    pub terms: Vec<TermView>,
}

/// Un plazo.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TermView {
    /// Días después de la compra.
    pub days: u16,
    /// Interés de todo el plazo, en por ciento.
    pub interest_rate: Percentage,
}

impl DueDatesView {
    /// How due days follow on one another, on the wire.
    pub fn new(due_dates: &DueDates) -> DueDatesView {
        let DueDates { rhythm, business_days } = due_dates;
        DueDatesView {
            rhythm: rhythm_word(*rhythm),
            day: match rhythm {
                Rhythm::DayOfMonth(day) => Some(day.get()),
                _ => None,
            },
            adjustment: word_of(ADJUSTMENTS, ADJUSTMENT_WORDS, business_days.adjustment()),
            weekend: business_days
                .weekend()
                .iter()
                .map(|day| word_of(Weekday::ALL, WEEKDAY_WORDS, day))
                .collect(),
            holidays: business_days.holidays().iter().map(Day::to_string).collect(),
        }
    }
}

const RHYTHM_WORDS: &[&str] = &["every_term", "monthly", "end_of_month", "day_of_month"];
const ADJUSTMENTS: [Adjustment; 4] =
    [Adjustment::None, Adjustment::Next, Adjustment::Previous, Adjustment::ModifiedFollowing];
const ADJUSTMENT_WORDS: &[&str] = &["none", "next", "previous", "modified_following"];
const WEEKDAY_WORDS: &[&str] =
    &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// How the documentation shows one of our words.
fn one_of(words: &'static [&'static str]) -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words.iter().copied()))
}

fn rhythm_schema() -> RefOr<Schema> {
    let description = "`every_term`, cada plazo; `monthly`, cada mes; `end_of_month`, a fin de mes; `day_of_month`, el \
        mismo día de cada mes.";
    one_of(RHYTHM_WORDS).description(Some(description)).into()
}

fn adjustment_schema() -> RefOr<Schema> {
    let description =
        "Adónde va lo que no vence en día hábil: `none`, `next`, `previous` o `modified_following`.";
    one_of(ADJUSTMENT_WORDS).description(Some(description)).into()
}

fn weekend_schema() -> RefOr<Schema> {
    let description = "Los días de la semana que no son hábiles.";
    ArrayBuilder::new().items(one_of(WEEKDAY_WORDS)).description(Some(description)).into()
}

fn rhythm_word(rhythm: Rhythm) -> &'static str {
    match rhythm {
        Rhythm::EveryTerm => "every_term",
        Rhythm::Monthly => "monthly",
        Rhythm::EndOfMonth => "end_of_month",
        Rhythm::DayOfMonth(_) => "day_of_month",
    }
}

/// The word that stands at the same place as a value.
fn word_of<T: PartialEq>(
    values: impl IntoIterator<Item = T>,
    words: &'static [&'static str],
    value: T,
) -> &'static str {
    let place = values.into_iter().position(|other| other == value);
    place.and_then(|place| words.get(place)).copied().unwrap_or_default()
}

/// The value that stands at the same place as a word.
fn value_of<T>(values: impl IntoIterator<Item = T>, words: &[&str], word: &str) -> Option<T> {
    values.into_iter().zip(words).find(|(_, known)| **known == word).map(|(value, _)| value)
}

impl CreditRuleView {
    /// A rule on the wire.
    pub fn new(rule: &PaymentRule, currency: Currency) -> CreditRuleView {
        let options = rule.options.as_ref();
        let money = |amount: Amount| Money::new(amount, currency);
        CreditRuleView {
            rule_id: rule.id.to_string(),
            enabled: rule.enabled,
            is_default: rule.is_default,
            sales_channels: match &rule.channels {
                SalesChannels::All => None,
                SalesChannels::These(channels) => Some(channels.clone()),
            },
            begins_at: rule.begins.map(|at| at.to_string()),
            ends_at: rule.ends.map(|at| at.to_string()),
            hours: rule.intervals.iter().map(HoursView::new).collect(),
            merchants: rule.merchants.clone(),
            country: rule.country.map(|country| country.code()),
            minimum_amount: money(rule.minimum),
            minimum_installment: money(options.map_or(Amount::ZERO, |options| options.minimum_part)),
            quantities: options
                .into_iter()
                .flat_map(|options| &options.quantities)
                .map(QuantityView::new)
                .collect(),
            deadlines: rule.deadlines.iter().map(DeadlinesView::new).collect(),
        }
    }

    /// All rules of a shop on the wire.
    pub fn all(offering: &Offering, currency: Currency) -> Vec<CreditRuleView> {
        offering.rules.iter().map(|rule| CreditRuleView::new(rule, currency)).collect()
    }
}

impl HoursView {
    fn new(interval: &DateInterval) -> HoursView {
        let [start, end] = interval.texts().clone();
        HoursView { start, end }
    }
}

impl QuantityView {
    fn new(quantity: &Quantity) -> QuantityView {
        QuantityView { installments: quantity.count.get(), interest_rate: Percentage(quantity.rate) }
    }
}

impl DeadlinesView {
    fn new(deadlines: &Deadlines) -> DeadlinesView {
        let term =
            |deadline: Deadline| TermView { days: deadline.days, interest_rate: Percentage(deadline.rate) };
        DeadlinesView { terms: deadlines.iter().map(term).collect() }
    }
}

/// Reads how due days follow on one another; an older server says nothing of it.
pub(super) fn read_due_dates(fields: &mut Fields<'_>) -> Option<DueDates> {
    let read = fields.optional_object("due_dates", |fields| {
        let day = fields.optional_whole("day", 1, u64::from(DayOfMonth::LAST.get()));
        let rhythm = fields.word("rhythm", RHYTHM_WORDS, |word| match word {
            "every_term" => Some(Rhythm::EveryTerm),
            "monthly" => Some(Rhythm::Monthly),
            "end_of_month" => Some(Rhythm::EndOfMonth),
            "day_of_month" => day.flatten().and_then(DayOfMonth::new).map(Rhythm::DayOfMonth),
            _ => None,
        });
        let adjustment =
            fields.word("adjustment", ADJUSTMENT_WORDS, |word| value_of(ADJUSTMENTS, ADJUSTMENT_WORDS, word));
        let weekend = read_weekend(fields);
        let holidays = fields.texts("holidays", BusinessDays::MOST_HOLIDAYS, 10, |text| {
            Day::parse(&text).ok_or(TextError::Forbidden)
        });
        fields.ignore_others();
        let business_days = BusinessDays::new(adjustment?, weekend?, holidays?).ok()?;
        day?;
        Some(DueDates { rhythm: rhythm?, business_days })
    });
    read.map(Option::unwrap_or_default)
}

/// The days without business, never all seven.
fn read_weekend(fields: &mut Fields<'_>) -> Option<Weekdays> {
    let weekend = fields.texts("weekend", Weekday::ALL.len(), 10, |text| {
        value_of(Weekday::ALL, WEEKDAY_WORDS, &text).ok_or(TextError::Forbidden)
    });
    let weekend: Weekdays = weekend?.into_iter().collect();
    if weekend == Weekdays::ALL {
        fields.wrong("weekend", Fault::TooManyEntries(Weekday::ALL.len().saturating_sub(1)));
        return None;
    }
    Some(weekend)
}

/// Reads the rules for Customer Credit; an older server says nothing of them.
pub(super) fn read_offering(fields: &mut Fields<'_>, currency: Currency) -> Option<Offering> {
    let country = fields.optional_parsed("country", Fault::NotACountry, Country::parse);
    let rules = fields.optional("rules", |fields, name| {
        fields.list_or_empty(name, PaymentRule::MOST, |rule| read_rule(rule, currency))
    });
    Some(Offering { rules: rules?.unwrap_or_default().into(), country: country? })
}

fn read_rule(fields: &mut Fields<'_>, currency: Currency) -> Option<PaymentRule> {
    let id = fields.text("rule_id", RuleId::LONGEST, RuleId::new);
    let enabled = fields.boolean("enabled");
    let is_default = fields.boolean("is_default");
    let channels = fields
        .optional("sales_channels", |fields, name| fields.texts(name, PaymentRule::MOST_CHANNELS, 200, Ok));
    let instant = |fields: &mut Fields<'_>, name| {
        fields.optional_parsed(name, Fault::WrongType(Expected::Instant), Instant::parse)
    };
    let (begins, ends) = (instant(fields, "begins_at"), instant(fields, "ends_at"));
    let intervals = fields.list_or_empty("hours", PaymentRule::MOST_INTERVALS, read_hours);
    let merchants = fields.texts("merchants", PaymentRule::MOST_MERCHANTS, 200, Ok);
    let country = fields.optional_parsed("country", Fault::NotACountry, Country::parse);
    let minimum = fields.amount_or_zero("minimum_amount", currency);
    let options = read_options(fields, currency);
    let deadlines = fields.list_or_empty("deadlines", PaymentRule::MOST_DEADLINES, read_deadlines);
    fields.ignore_others();
    Some(PaymentRule {
        id: id?,
        enabled: enabled?,
        is_default: is_default?,
        system: PaymentSystem { id: PaymentSystem::CUSTOMER_CREDIT, name: String::new() },
        channels: channels?.map_or(SalesChannels::All, SalesChannels::These),
        begins: begins?,
        ends: ends?,
        intervals: intervals?,
        merchants: merchants?,
        country: country?,
        minimum: minimum?,
        options: Some(options?),
        deadlines: deadlines?,
    })
}

fn read_hours(fields: &mut Fields<'_>) -> Option<DateInterval> {
    let start = fields.parsed("start", Fault::Missing, |text| Some(text.to_owned()));
    let end = fields.parsed("end", Fault::Missing, |text| Some(text.to_owned()));
    match DateInterval::parse(&start?, &end?) {
        Ok(interval) => Some(interval),
        Err(error) => {
            for (name, wrong) in [("start", error.start), ("end", error.end)] {
                if let Some(wrong) = wrong {
                    fields.wrong(name, Fault::NotAnInterval(wrong));
                }
            }
            None
        }
    }
}

/// Customer Credit knows simple interest alone, so nothing more of a rule's options is told.
fn read_options(fields: &mut Fields<'_>, currency: Currency) -> Option<InstallmentOptions> {
    let minimum_part = fields.amount_or_zero("minimum_installment", currency);
    let most = usize::from(InstallmentCount::MOST.get());
    let quantities = fields.list_or_empty("quantities", most, |quantity| {
        let count = quantity.whole("installments", 1, u64::from(InstallmentCount::MOST.get()));
        let rate = quantity.percent("interest_rate");
        Some(Quantity { count: InstallmentCount::new(count?)?, rate: rate?, tax: None, is_external: None })
    });
    Some(InstallmentOptions {
        due: Due::End,
        method: MethodKind::Simple,
        minimum_part: minimum_part?,
        quantities: quantities?,
    })
}

fn read_deadlines(fields: &mut Fields<'_>) -> Option<Deadlines> {
    let most = usize::from(InstallmentCount::MOST.get());
    let terms = fields.optional_list("terms", most, |term| {
        let days = term.whole("days", 0, u64::from(Deadline::MOST_DAYS));
        let rate = term.percent("interest_rate");
        Some(Deadline { days: u16::try_from(days?).ok()?, rate: rate? })
    })?;
    let Some(terms) = terms else {
        fields.wrong("terms", Fault::Missing);
        return None;
    };
    Deadlines::new(terms)
}
