use super::Place;
use super::progress::{Progress, told};
use crate::config::Configuration;
use clap::Args;
use fiado_store::StoreError;
use fiado_store::moving::{Arrival, ImportError, Incoming};
use fiado_store::postgres::Postgres;
use fiado_store::sqlite::Sqlite;
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;

/// How much is read at once.
const BUFFER: usize = 1 << 20;

#[derive(Args)]
pub(super) struct Import {
    /// The file that `fiado export` made; standard input where none is given
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

/// Fills a new store with what an export holds; says how much that was.
pub(super) fn run(arguments: &Import, configuration: &Configuration) -> Result<ExitCode, String> {
    let mut input = open(arguments)?;
    let incoming = Incoming::of(&mut *input).map_err(|error| error.to_string())?;
    let mut arrival = begin(configuration)?;
    let mut progress = Progress::start();
    let counts = incoming
        .move_in(&mut *arrival, &mut |counts| progress.tell(counts))
        .map_err(|error| unfinished(&error))?;
    println!("imported {} in {}", told(&counts), progress.took());
    Ok(ExitCode::SUCCESS)
}

fn open(arguments: &Import) -> Result<Box<dyn BufRead>, String> {
    match &arguments.input {
        Some(path) => {
            let file =
                File::open(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
            Ok(Box::new(BufReader::with_capacity(BUFFER, file)))
        }
        None if io::stdin().is_terminal() => {
            Err("an import reads what `fiado export` has written: name the file with --input, or pipe it in"
                .to_owned())
        }
        None => Ok(Box::new(BufReader::with_capacity(BUFFER, io::stdin()))),
    }
}

fn begin(configuration: &Configuration) -> Result<Box<dyn Arrival>, String> {
    let (name, begun) = match Place::of(configuration)? {
        Place::File(path) => (format!("store sqlite:{path}"), Sqlite::fill(path)),
        Place::Database(url) => ("PostgreSQL store".to_owned(), Postgres::fill(url)),
    };
    begun.map_err(|error| match error {
        StoreError::NotNew(_) => {
            let usual = if configuration.store.is_none() {
                " (the usual one: name another with --store)"
            } else {
                ""
            };
            format!("cannot import into the {name}{usual}: {error}")
        }
        _ => format!("cannot open the {name}: {error}"),
    })
}

/// What an error means for the store: it was begun, and is not whole.
fn unfinished(error: &ImportError) -> String {
    match error {
        ImportError::Store(StoreError::ImportOvertaken) => format!("{error}; this one ends"),
        _ => format!(
            "{error}; the store is unfinished, and can be used once `fiado import` has begun anew and ended well"
        ),
    }
}
