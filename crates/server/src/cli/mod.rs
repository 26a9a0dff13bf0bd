//! The command line: one file a command. `due_dates.rs` has the flags of one that are many, `progress.rs`
//! what two of them tell meanwhile.

mod demo;
mod due_dates;
mod export;
mod import;
mod keys;
mod openapi;
mod organization;
mod progress;
mod serve;
mod token;
mod verify;

use crate::config::{Configuration, StoreConnections};
use clap::{Args, Parser, Subcommand};
use fiado_core::identity::{CustomerId, OrganizationId};
use fiado_store::postgres::Postgres;
use fiado_store::sqlite::Sqlite;
use fiado_store::{Store, StoreError, USUALLY_CACHED};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

const USUAL_STORE: &str = "sqlite:./fiado.db";

/// Fiado keeps the books of lines of credit between companies.
///
/// Settings come from a flag, else its FIADO_… variable, else fiado.toml, else what is usual.
#[derive(Parser)]
#[command(name = "fiado", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    common: Common,
}

/// What every command takes.
#[derive(Args)]
struct Common {
    /// Where the books are: sqlite:PATH or postgres://USER:PASSWORD@HOST[,HOST…]/DATABASE; with
    /// ?sslmode=require, by TLS
    #[arg(long, global = true, env = "FIADO_STORE", value_name = "URL", hide_env_values = true)]
    store: Option<String>,
    /// The most connections to a PostgreSQL store, 2 or more, three eighths of them to write; 8 where none is
    /// given
    #[arg(long, global = true, env = "FIADO_STORE_CONNECTIONS", value_name = "NUMBER")]
    store_connections: Option<StoreConnections>,
    /// How many accounts are kept in memory, those used last, at about 1 KB each; 20000 where none is given
    #[arg(long, global = true, env = "FIADO_CACHE_ACCOUNTS", value_name = "NUMBER")]
    cache_accounts: Option<NonZeroUsize>,
    /// The configuration file; ./fiado.toml is read if it is there
    #[arg(long, global = true, env = "FIADO_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the API and the pages
    Serve(serve::Serve),
    /// Make keys for other systems
    #[command(subcommand)]
    Keys(keys::Keys),
    /// Print a token signed with the store's own key
    Token(token::Token),
    /// Make or change an organization
    #[command(subcommand)]
    Organization(organization::Organizations),
    /// Print an OpenAPI document
    Openapi(openapi::Openapi),
    /// Replay the journal and compare it with the accounts and rows that are stored
    Verify,
    /// Write all that a store holds as JSON lines, to be moved into another. They hold personal data
    /// and the key that signs tokens
    Export(export::Export),
    /// Fill a new store with what was exported from another, and check all of it
    Import(import::Import),
    /// Fill a running server with a small company, through its API
    Demo(demo::Demo),
}

/// Runs the command that was given.
///
/// # Errors
/// A sentence for people.
pub(crate) fn run() -> Result<ExitCode, String> {
    let cli = Cli::parse();
    let configuration = Configuration::read(cli.common.config.as_deref())?;
    let configuration = Configuration {
        store: cli.common.store.or(configuration.store),
        store_connections: cli.common.store_connections.or(configuration.store_connections),
        cache_accounts: cli.common.cache_accounts.or(configuration.cache_accounts),
        ..configuration
    };
    match cli.command {
        Command::Serve(serve) => serve::run(serve, configuration),
        Command::Keys(keys) => keys::run(keys, &configuration),
        Command::Token(token) => token::run(token, &configuration),
        Command::Organization(organization) => organization::run(organization, &configuration),
        Command::Openapi(openapi) => openapi::run(&openapi),
        Command::Verify => verify::run(&configuration),
        Command::Export(export) => export::run(&export, &configuration),
        Command::Import(import) => import::run(&import, &configuration),
        Command::Demo(demo) => demo::run(&demo, &configuration),
    }
}

/// Opens the store of a configuration.
fn open_store(configuration: &Configuration) -> Result<Arc<dyn Store>, String> {
    match Place::of(configuration)? {
        Place::File(path) => open_file(path, configuration),
        Place::Database(url) => Ok(Arc::new(open_database(Postgres::open, url, configuration)?)),
    }
}

/// Opens a store that must be there: nothing can be said of one that is made this moment.
fn open_existing_store(configuration: &Configuration) -> Result<Arc<dyn Store>, String> {
    match Place::of(configuration)? {
        Place::File(path) if !Path::new(path).exists() => Err(format!("there is no store at {path}")),
        Place::File(path) => open_file(path, configuration),
        Place::Database(url) => Ok(Arc::new(open_database(Postgres::open_existing, url, configuration)?)),
    }
}

/// Opens a store and says so where that makes one: a misspelt path is a new, empty store.
fn open_or_make_store(configuration: &Configuration) -> Result<Arc<dyn Store>, String> {
    match Place::of(configuration)? {
        Place::File(path) => {
            let is_new = !Path::new(path).exists();
            let store = open_file(path, configuration)?;
            if is_new {
                eprintln!("fiado: made a new store at {path}");
            }
            Ok(store)
        }
        Place::Database(url) => {
            let store = open_database(Postgres::open, url, configuration)?;
            if store.is_new() {
                eprintln!("fiado: made a new store in the PostgreSQL database");
            }
            Ok(Arc::new(store))
        }
    }
}

/// Where the books are.
enum Place<'a> {
    /// In a file.
    File(&'a str),
    /// In a PostgreSQL database, at this URL. It may hold a password, so it is shown nowhere.
    Database(&'a str),
}

impl Place<'_> {
    fn of(configuration: &Configuration) -> Result<Place<'_>, String> {
        let url = configuration.store.as_deref().unwrap_or(USUAL_STORE);
        match url.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => Ok(Place::File(path)),
            Some(("postgres" | "postgresql", _)) => Ok(Place::Database(url)),
            scheme => Err(format!(
                "{:?} is no store: use --store sqlite:PATH or --store postgres://USER:PASSWORD@HOST/DATABASE",
                scheme.map_or(url, |(scheme, _)| scheme)
            )),
        }
    }
}

fn open_file(path: &str, configuration: &Configuration) -> Result<Arc<dyn Store>, String> {
    let store = Sqlite::open_caching(path, cached(configuration))
        .map_err(|error| format!("cannot open the store sqlite:{path}: {error}"))?;
    Ok(Arc::new(store))
}

fn open_database(
    open: fn(&str, usize) -> Result<Postgres, StoreError>,
    url: &str,
    configuration: &Configuration,
) -> Result<Postgres, String> {
    let most = configuration.store_connections.map_or(Postgres::USUAL_CONNECTIONS, StoreConnections::get);
    let store = open(url, most).map_err(|error| format!("cannot open the PostgreSQL store: {error}"))?;
    Ok(store.caching(cached(configuration)))
}

fn cached(configuration: &Configuration) -> NonZeroUsize {
    configuration.cache_accounts.unwrap_or(USUALLY_CACHED)
}

fn parse_organization(text: &str) -> Result<OrganizationId, String> {
    OrganizationId::new(text)
        .map_err(|_| "an organization is printable text without / up to 100 characters".to_owned())
}

fn parse_customer(text: &str) -> Result<CustomerId, String> {
    CustomerId::new(text)
        .map_err(|_| "a customer is printable text without / up to 200 characters".to_owned())
}

/// Makes sure the organization of a key or token is there: a new one starts as all do.
fn find_or_make_organization(store: &dyn Store, id: &OrganizationId) -> Result<(), String> {
    let (organization, is_new) = store.organization_or_new(id).map_err(|error| error.to_string())?;
    if is_new {
        let (currency, zone) = (organization.policy.currency.code(), organization.zone);
        eprintln!(
            "fiado: made the organization {id} ({currency}, {zone}); change it with: fiado organization set {id}"
        );
    }
    Ok(())
}
