use super::open_existing_store;
use super::progress::{Progress, told};
use crate::clock::Clock;
use crate::config::Configuration;
use clap::Args;
use fiado_store::moving::{ExportError, Header, export};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// How much is written at once.
const BUFFER: usize = 1 << 20;

#[derive(Args)]
pub(super) struct Export {
    /// The file to make, for its owner alone; it must not be there yet. Standard output where none is
    /// given
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Writes all that a store holds as JSON lines; says how much that was.
pub(super) fn run(arguments: &Export, configuration: &Configuration) -> Result<ExitCode, String> {
    if arguments.output.is_none() && io::stdout().is_terminal() {
        return Err("an export holds personal data and the key that signs tokens, and is not shown: name a file with \
                    --output, or pipe it to fiado import"
            .to_owned());
    }
    let store = open_existing_store(configuration)?;
    let departure = store.departure().map_err(|error| error.to_string())?;
    let header = Header::new(env!("CARGO_PKG_VERSION"), Clock::of_machine().now());
    let mut progress = Progress::start();
    let write = |out: &mut dyn Write| export(&*departure, header, out, &mut |counts| progress.tell(counts));
    let exported = match &arguments.output {
        Some(path) => write_file(path, write),
        None => {
            write(&mut BufWriter::with_capacity(BUFFER, io::stdout().lock())).map_err(|error| said(&error))
        }
    };
    let counts = exported?;
    eprintln!("fiado: exported {} in {}", told(&counts), progress.took());
    Ok(ExitCode::SUCCESS)
}

/// Writes a new file, and leaves none behind that is not whole.
fn write_file<T>(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> Result<T, ExportError>,
) -> Result<T, String> {
    let file = make(path)?;
    let mut out = BufWriter::with_capacity(BUFFER, &file);
    let written = write(&mut out).and_then(|written| {
        file.sync_all().map_err(ExportError::Write)?;
        Ok(written)
    });
    written.map_err(|error| {
        let removed = fs::remove_file(path);
        let left = removed.map_or_else(
            |error| format!("; {} cannot be removed: {error}", path.display()),
            |()| String::new(),
        );
        format!("{}{left}", said(&error))
    })
}

/// Makes a file for its owner alone, where there is none.
fn make(path: &Path) -> Result<File, String> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            format!("{} is there already: name a file that is not", path.display())
        }
        _ => format!("{} cannot be made: {error}", path.display()),
    })
}

fn said(error: &ExportError) -> String {
    match error {
        ExportError::Damaged(_) => {
            format!("{error}; nothing was exported: `fiado verify` names all that is wrong")
        }
        _ => error.to_string(),
    }
}
