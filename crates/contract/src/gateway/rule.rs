//! How a rule is read.

use super::{LONGEST_CHANNEL, RuleDocument, RuleView, plain};
use crate::fields::{Expected, Fault, FieldError, Fields, read_lenient};
use crate::json::Json;
use crate::vtex::moment::Written;
use fiado_core::calendar::Instant;
use fiado_core::identity::RuleId;
use fiado_core::installments::{Deadline, Deadlines, Due, InstallmentCount};
use fiado_core::money::Currency;
use fiado_core::rules::{
    Country, DateInterval, InstallmentOptions, MethodKind, PaymentRule, PaymentSystem, Quantity,
    SalesChannels,
};

/// The most characters of a rule's name, a system's and a merchant's.
const LONGEST_NAME: usize = 200;
/// The most entries of a list of installments.
const MOST_PARTS: usize = InstallmentCount::MOST.get() as usize;

impl RuleView {
    /// Reads a rule and gives it this id: a new one, or the path's. An id that was sent does not count:
    /// the published example of a change sends another one than its path has.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(
        json: &Json,
        currency: Currency,
        id: &RuleId,
    ) -> Result<(RuleDocument, PaymentRule), Vec<FieldError>> {
        let rule = read_lenient(json, |fields| read_rule(fields, currency, id))?;
        Ok((RuleDocument::with_id(json, id), rule))
    }
}

/// Reads the stored rule with this id.
pub(super) fn read(json: &Json, currency: Currency, id: &RuleId) -> Result<PaymentRule, Vec<FieldError>> {
    read_lenient(json, |fields| {
        let fault = Fault::NotAsInPath(id.to_string());
        let is_own = |written: &str| written.is_empty() || written == id.as_str();
        fields.optional_parsed("id", fault, |written| is_own(written).then_some(()));
        read_rule(fields, currency, id)
    })
}

fn read_rule(fields: &mut Fields<'_>, currency: Currency, id: &RuleId) -> Option<PaymentRule> {
    let name = fields.text("name", LONGEST_NAME, plain(LONGEST_NAME));
    let channels = read_channels(fields);
    let system = fields.object("paymentSystem", read_system);
    let options = fields.optional_object("installmentOptions", |options| read_options(options, currency));
    let enabled = fields.boolean("enabled");
    let is_default = fields.optional("isDefault", Fields::boolean);
    let dates = read_dates(fields);
    let merchants = fields.optional("multiMerchantList", |fields, name| {
        fields.texts(name, PaymentRule::MOST_MERCHANTS, LONGEST_NAME, plain(LONGEST_NAME))
    });
    let country = fields.optional_object("country", |country| {
        country.optional_parsed("isoCode", Fault::NotACountry, Country::parse)
    });
    let intervals = fields.optional("dateIntervals", |fields, name| {
        fields.list_or_empty(name, PaymentRule::MOST_INTERVALS, read_interval)
    });
    let minimum = fields.optional("minimumValue", |fields, name| fields.bound(name, currency));
    let deadlines = fields.optional("deadlines", |fields, name| {
        fields.list_or_empty(name, PaymentRule::MOST_DEADLINES, read_deadlines)
    });
    check_others(fields);
    let (_, (begins, ends)) = (name?, dates?);
    Some(PaymentRule {
        id: id.clone(),
        enabled: enabled?,
        is_default: is_default?.unwrap_or_default(),
        system: system?,
        channels: channels?,
        begins,
        ends,
        intervals: intervals?.unwrap_or_default(),
        merchants: merchants?.unwrap_or_default(),
        country: country?.flatten(),
        minimum: minimum?.unwrap_or_default(),
        options: options?,
        deadlines: deadlines?.unwrap_or_default(),
    })
}

fn read_channels(fields: &mut Fields<'_>) -> Option<SalesChannels> {
    let name = "salesChannels";
    let channels = fields.list_or_empty(name, PaymentRule::MOST_CHANNELS, |channel| {
        channel.label("id", LONGEST_CHANNEL, plain(LONGEST_CHANNEL))
    })?;
    if channels.is_empty() {
        fields.wrong(name, Fault::Empty);
        return None;
    }
    Some(SalesChannels::of(channels))
}

fn read_system(system: &mut Fields<'_>) -> Option<PaymentSystem> {
    let id = system.whole("id", 1, u64::from(u32::MAX));
    let name = system.optional_text("name", LONGEST_NAME, plain(LONGEST_NAME));
    Some(PaymentSystem { id: u32::try_from(id?).ok()?, name: name?.unwrap_or_default() })
}

/// From when and until when it holds; the one not after the other.
fn read_dates(fields: &mut Fields<'_>) -> Option<(Option<Instant>, Option<Instant>)> {
    let mut read = |name| {
        fields.optional_parsed(name, Fault::WrongType(Expected::Instant), |text| {
            match Written::parse(text)? {
                Written::Day(_) => None,
                moment => moment.in_utc(),
            }
        })
    };
    let (begins, ends) = (read("beginDate"), read("endDate"));
    let (begins, ends) = (begins?, ends?);
    if let Some((begins, _)) = begins.zip(ends).filter(|(begins, ends)| ends < begins) {
        fields.wrong("endDate", Fault::Before(begins.to_string()));
        return None;
    }
    Some((begins, ends))
}

fn read_interval(interval: &mut Fields<'_>) -> Option<DateInterval> {
    let mut text =
        |name| interval.parsed(name, Fault::WrongType(Expected::Text), |text| Some(text.to_owned()));
    let (start, end) = (text("start"), text("end"));
    let error = match DateInterval::parse(&start?, &end?) {
        Ok(interval) => return Some(interval),
        Err(error) => error,
    };
    for (name, error) in [("start", error.start), ("end", error.end)] {
        error.into_iter().for_each(|error| interval.wrong(name, Fault::NotAnInterval(error)));
    }
    None
}

fn read_options(options: &mut Fields<'_>, currency: Currency) -> Option<InstallmentOptions> {
    let due = options.optional_whole("dueDateType", 0, 1);
    let method = options.optional_whole("interestRateMethod", 0, 2);
    let minimum = options.optional("minimumInstallmentValue", |options, name| options.bound(name, currency));
    let quantities = options
        .optional("installments", |options, name| options.list_or_empty(name, MOST_PARTS, read_quantity))?
        .unwrap_or_default();
    let is_repeated = |index: &usize| {
        let same =
            |other: &Quantity| quantities.get(*index).is_some_and(|quantity| quantity.count == other.count);
        quantities.iter().take(*index).any(same)
    };
    for index in (0..quantities.len()).filter(is_repeated) {
        options.wrong(&format!("installments[{index}].quantity"), Fault::Repeated);
    }
    Some(InstallmentOptions {
        due: if due? == Some(1) { Due::Beginning } else { Due::End },
        method: match method? {
            Some(1) => MethodKind::SimpleWithTax,
            Some(2) => MethodKind::Simple,
            _ => MethodKind::Compound,
        },
        minimum_part: minimum?.unwrap_or_default(),
        quantities,
    })
}

fn read_quantity(quantity: &mut Fields<'_>) -> Option<Quantity> {
    let count = quantity.whole("quantity", 1, u64::from(InstallmentCount::MOST.get()));
    let rate = quantity.optional("interestRate", Fields::percent);
    let is_external = quantity.optional_whole("isExternalInstallmentService", 0, u64::from(u32::MAX));
    let tax = quantity.optional("interestTax", Fields::percent);
    Some(Quantity {
        count: count.and_then(InstallmentCount::new)?,
        rate: rate?.unwrap_or_default(),
        tax: tax?,
        is_external: is_external?.and_then(|service| u32::try_from(service).ok()),
    })
}

fn read_deadlines(deadline: &mut Fields<'_>) -> Option<Deadlines> {
    let name = "paymentOptions";
    let terms = deadline.list_or_empty(name, MOST_PARTS, |term| {
        let days = term.whole("days", 0, u64::from(Deadline::MOST_DAYS));
        let rate = term.optional("interestRate", Fields::percent);
        Some(Deadline { days: u16::try_from(days?).ok()?, rate: rate?.unwrap_or_default() })
    })?;
    if terms.is_empty() {
        deadline.wrong(name, Fault::Empty);
    }
    Deadlines::new(terms)
}

/// Looks at what no decision asks for: it is kept and given back, and must be of the type that is
/// published.
fn check_others(fields: &mut Fields<'_>) {
    for name in ["connector", "issuer", "antifraud", "condition", "cobrand", "cardLevel"] {
        fields.optional_object(name, |_| Some(()));
    }
    for name in ["isSelfAuthorized", "requiresAuthentication", "installmentsService", "externalInterest"] {
        fields.optional(name, Fields::boolean);
    }
}
