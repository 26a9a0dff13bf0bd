use super::due_dates::{self, DueDateFlags};
use super::{open_or_make_store, parse_organization};
use crate::clock::zone;
use crate::config::Configuration;
use clap::{Args, Subcommand};
use fiado_core::identity::OrganizationId;
use fiado_core::money::{Amount, Currency};
use fiado_core::policy::{OverdueStop, Policy};
use fiado_store::Organization;
use std::process::ExitCode;

/// Organizations: shops that keep their books here.
#[derive(Subcommand)]
pub(super) enum Organizations {
    /// Make an organization, or change what is named of it
    Set(Set),
}

#[derive(Args)]
pub(super) struct Set {
    /// Its key, as tokens and headers name it
    #[arg(value_parser = parse_organization)]
    id: OrganizationId,
    /// The one currency of its accounts (ISO 4217); fixed once it has accounts
    #[arg(long, value_parser = parse_currency)]
    currency: Option<Currency>,
    /// Its time zone (IANA): due dates are days there
    #[arg(long, value_parser = parse_zone)]
    zone: Option<String>,
    /// Its country (ISO 3166-1 alpha-2)
    #[arg(long, value_parser = parse_country)]
    country: Option<String>,
    /// The least limit that may be asked for
    #[arg(long, value_name = "AMOUNT")]
    least_request: Option<String>,
    /// The largest limit that may be asked for
    #[arg(long, value_name = "AMOUNT")]
    largest_request: Option<String>,
    /// Whether whoever asked for a line may approve it
    #[arg(long, value_name = "BOOL")]
    own_request_approval: Option<bool>,
    /// Stop new purchases when more than this is overdue; "off": never
    #[arg(long, value_name = "AMOUNT|off")]
    overdue_stop_above: Option<String>,
    /// Days after its due day from which an invoice counts as overdue for that
    #[arg(long, value_name = "DAYS")]
    overdue_stop_grace: Option<u16>,
    #[command(flatten)]
    due_dates: DueDateFlags,
}

fn parse_currency(code: &str) -> Result<Currency, String> {
    Currency::from_code(code).ok_or_else(|| format!("there are {}", Currency::CODES.join(", ")))
}

fn parse_zone(name: &str) -> Result<String, String> {
    zone(name).map(|_| name.to_owned()).ok_or_else(|| "write an IANA name such as America/Panama".to_owned())
}

fn parse_country(code: &str) -> Result<String, String> {
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(code.to_owned()) } else { Err("write two capital letters such as PA".to_owned()) }
}

pub(super) fn run(organizations: Organizations, configuration: &Configuration) -> Result<ExitCode, String> {
    let Organizations::Set(set) = organizations;
    let store = open_or_make_store(configuration)?;
    let mut refused = None;
    let organization = store
        .change_organization(&set.id, &mut |organization| match changed(organization.clone(), &set) {
            Ok(changed) => *organization = changed,
            Err(why) => refused = Some(why),
        })
        .map_err(|error| error.to_string())?;
    if let Some(why) = refused {
        return Err(why);
    }
    println!("{}", summary(&organization));
    Ok(ExitCode::SUCCESS)
}

fn changed(known: Organization, set: &Set) -> Result<Organization, String> {
    let currency = set.currency.unwrap_or(known.policy.currency);
    let due_dates = set.due_dates.changed(&known.policy.due_dates)?;
    // Bounds are amounts of a currency: another currency starts with its own.
    let policy = if currency == known.policy.currency { known.policy } else { Policy::usual(currency) };
    let amount = |text: &Option<String>, before: Amount| match text {
        Some(text) => {
            Amount::parse(text, currency).map_err(|_| format!("{text:?} is no amount in {}", currency.code()))
        }
        None => Ok(before),
    };
    let policy = Policy {
        least_request: amount(&set.least_request, policy.least_request)?,
        largest_request: amount(&set.largest_request, policy.largest_request)?,
        own_request_approval: set.own_request_approval.unwrap_or(policy.own_request_approval),
        overdue_stop: overdue_stop(set, policy.overdue_stop, currency)?,
        due_dates,
        ..policy
    };
    if policy.least_request > policy.largest_request {
        return Err("the least limit that may be asked for is above the largest".to_owned());
    }
    Ok(Organization {
        id: known.id,
        zone: set.zone.clone().unwrap_or(known.zone),
        country: set.country.clone().unwrap_or(known.country),
        policy,
        preferences: known.preferences,
    })
}

fn overdue_stop(
    set: &Set,
    before: Option<OverdueStop>,
    currency: Currency,
) -> Result<Option<OverdueStop>, String> {
    let grace_days = set.overdue_stop_grace.or(before.map(|stop| stop.grace_days)).unwrap_or(0);
    let above = match set.overdue_stop_above.as_deref() {
        Some("off") => return Ok(None),
        Some(text) => Some(
            Amount::parse(text, currency)
                .map_err(|_| format!("{text:?} is no amount in {}", currency.code()))?,
        ),
        None => before.map(|stop| stop.above),
    };
    if above.is_none() && set.overdue_stop_grace.is_some() {
        return Err("--overdue-stop-grace needs --overdue-stop-above".to_owned());
    }
    Ok(above.map(|above| OverdueStop { above, grace_days }))
}

fn summary(organization: &Organization) -> serde_json::Value {
    let policy = &organization.policy;
    let shown = |amount: Amount| amount.printed(policy.currency).to_string();
    serde_json::json!({
        "organization": organization.id.as_str(),
        "currency": policy.currency.code(),
        "zone": organization.zone,
        "country": organization.country,
        "least_request": shown(policy.least_request),
        "largest_request": shown(policy.largest_request),
        "own_request_approval": policy.own_request_approval,
        "overdue_stop": policy.overdue_stop.map(|stop| serde_json::json!({
            "above": shown(stop.above), "grace_days": stop.grace_days,
        })),
        "due_dates": due_dates::summary(&policy.due_dates),
    })
}
