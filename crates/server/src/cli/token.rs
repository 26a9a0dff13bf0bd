use super::{find_or_make_organization, open_or_make_store, parse_customer, parse_organization};
use crate::auth::{KEY_ACTOR, TokenRequest, parse_list, sign};
use crate::config::Configuration;
use clap::Args;
use fiado_core::identity::{ActorId, CustomerId, OrganizationId};
use std::process::ExitCode;
use std::time::Duration;

#[derive(Args)]
pub(super) struct Token {
    /// Who it is for, as the journal will say
    #[arg(long, value_parser = parse_actor)]
    sub: ActorId,
    /// What they may do, separated by commas
    #[arg(long, value_name = "LIST")]
    permissions: String,
    /// The organization it works for
    #[arg(long, default_value = "org_default", value_parser = parse_organization)]
    organization: OrganizationId,
    /// Bind it to one customer
    #[arg(long, value_parser = parse_customer)]
    customer_id: Option<CustomerId>,
    /// How long it holds: 90s, 15m, 8h, 30d
    #[arg(long, default_value = "15m", value_parser = parse_duration)]
    ttl: Duration,
}

fn parse_actor(text: &str) -> Result<ActorId, String> {
    if text.starts_with(KEY_ACTOR) {
        return Err(format!("{KEY_ACTOR} is how application keys are named in the journal"));
    }
    ActorId::new(text).map_err(|_| "a user is printable text up to 200 characters".to_owned())
}

/// Reads `90s`, `15m`, `8h`, `30d`, up to ten years.
fn parse_duration(text: &str) -> Result<Duration, String> {
    let wrong = || format!("{text:?} is no duration: write 90s, 15m, 8h or 30d");
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or_else(wrong)?;
    let seconds = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        _ => return Err(wrong()),
    };
    let total = number.parse::<u64>().ok().and_then(|number| number.checked_mul(seconds));
    let longest = 3_650 * 86_400;
    let in_bounds = |total: &u64| (1..=longest).contains(total);
    total.filter(in_bounds).map(Duration::from_secs).ok_or_else(wrong)
}

pub(super) fn run(token: Token, configuration: &Configuration) -> Result<ExitCode, String> {
    let permissions = parse_list(&token.permissions)?;
    let store = open_or_make_store(configuration)?;
    find_or_make_organization(&*store, &token.organization)?;
    let request = TokenRequest {
        subject: token.sub,
        permissions,
        organization: token.organization,
        customer: token.customer_id,
        lifetime: token.ttl,
    };
    let signing_key = store.signing_key().map_err(|error| error.to_string())?;
    println!("{}", sign(request, &signing_key)?);
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_four_units() {
        let cases = [("90s", 90), ("15m", 900), ("8h", 28_800), ("30d", 2_592_000)];
        for (text, seconds) in cases {
            assert_eq!(parse_duration(text), Ok(Duration::from_secs(seconds)), "{text}");
        }
        for text in ["", "m", "15", "15 m", "-1m", "0s", "1.5h", "99999999999d", "4000d", "1ñ"] {
            assert!(parse_duration(text).is_err(), "{text:?}");
        }
    }
}
