use super::{find_or_make_organization, open_or_make_store, parse_customer, parse_organization};
use crate::auth::{KEY_ACTOR, NewKey, create_key, parse_list};
use crate::clock::Clock;
use crate::config::Configuration;
use clap::{Args, Subcommand};
use fiado_core::identity::{ActorId, CustomerId, OrganizationId};
use std::process::ExitCode;

/// Keys for other systems.
#[derive(Subcommand)]
pub(super) enum Keys {
    /// Make a key and print both halves once, as JSON; only the secret half's hash is kept
    Create(Create),
}

#[derive(Args)]
pub(super) struct Create {
    /// Whose key it is, as the journal will say
    #[arg(long)]
    name: String,
    /// What it may do, separated by commas
    #[arg(long, value_name = "LIST")]
    permissions: String,
    /// The organization it works for
    #[arg(long, default_value = "org_default", value_parser = parse_organization)]
    organization: OrganizationId,
    /// Bind it to one customer
    #[arg(long, value_parser = parse_customer)]
    customer_id: Option<CustomerId>,
}

pub(super) fn run(keys: Keys, configuration: &Configuration) -> Result<ExitCode, String> {
    let Keys::Create(create) = keys;
    let permissions = parse_list(&create.permissions)?;
    check_name(&create.name)?;
    let store = open_or_make_store(configuration)?;
    find_or_make_organization(&*store, &create.organization)?;
    let new = NewKey {
        name: create.name,
        organization: create.organization,
        permissions,
        customer: create.customer_id,
    };
    let (app_key, app_token) =
        create_key(&*store, new, Clock::of_machine().now()).map_err(|error| error.to_string())?;
    println!("{}", serde_json::json!({ "app_key": app_key, "app_token": app_token }));
    Ok(ExitCode::SUCCESS)
}

/// The name becomes the actor `key:…` of the journal, so it has to be one and to fit there.
fn check_name(name: &str) -> Result<(), String> {
    match (ActorId::new(name), ActorId::new(format!("{KEY_ACTOR}{name}"))) {
        (Ok(_), Ok(_)) => Ok(()),
        _ => Err("a name is printable text of 1 to 196 characters".to_owned()),
    }
}
