//! Where the server's settings come from: a flag, else its environment variable, else
//! `fiado.toml`, else what is usual.
//!
//! An unknown flag or key is an error; an unknown environment variable is none (DECISIONS 25).

use crate::auth::JwtConfiguration;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The file that is read where no other is named, if it is there.
const USUAL_FILE: &str = "fiado.toml";

/// What `fiado.toml` may hold.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Configuration {
    /// As `--listen`.
    pub(crate) listen: Option<String>,
    /// As `--store`.
    pub(crate) store: Option<String>,
    /// As `--clock`.
    pub(crate) clock: Option<String>,
    /// As `--log`.
    pub(crate) log: Option<String>,
    /// Whose tokens are accepted besides the store's own.
    #[serde(default)]
    pub(crate) jwt: JwtConfiguration,
    /// The folder the file lies in: paths in it start there.
    #[serde(skip)]
    pub(crate) folder: PathBuf,
}

impl Configuration {
    /// Reads the named file, or the usual one where it is there.
    ///
    /// # Errors
    /// A sentence naming the file, the line and the key.
    pub(crate) fn read(named: Option<&Path>) -> Result<Configuration, String> {
        let path = match named {
            Some(path) => path,
            None if Path::new(USUAL_FILE).exists() => Path::new(USUAL_FILE),
            None => return Ok(Configuration::default()),
        };
        let text = std::fs::read_to_string(path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
        let mut configuration: Configuration =
            toml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?;
        configuration.folder = path.parent().unwrap_or(Path::new("")).to_owned();
        Ok(configuration)
    }
}
