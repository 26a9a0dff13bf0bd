//! Where the server's settings come from: a flag, else its environment variable, else
//! `fiado.toml`, else what is usual.
//!
//! An unknown flag or key is an error; an unknown environment variable is none (DECISIONS 25).

use crate::auth::JwtConfiguration;
use serde::Deserialize;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::str::FromStr;

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
    /// As `--store-connections`.
    pub(crate) store_connections: Option<StoreConnections>,
    /// As `--cache-accounts`.
    pub(crate) cache_accounts: Option<NonZeroUsize>,
    /// As `--clock`.
    pub(crate) clock: Option<String>,
    /// As `--log`.
    pub(crate) log: Option<String>,
    /// As `--metrics-listen`.
    pub(crate) metrics_listen: Option<String>,
    /// As `--otlp-endpoint`.
    pub(crate) otlp_endpoint: Option<String>,
    /// As `--cors-origin`.
    #[serde(default)]
    pub(crate) cors_origins: Vec<String>,
    /// Whose tokens are accepted besides the store's own.
    #[serde(default)]
    pub(crate) jwt: JwtConfiguration,
    /// The folder the file lies in: the paths in it start there.
    #[serde(skip)]
    pub(crate) folder: PathBuf,
}

/// The most connections to a PostgreSQL store: at least two, since readers and writers wait for nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "usize")]
pub(crate) struct StoreConnections(usize);

impl StoreConnections {
    const LEAST: usize = 2;

    /// How many.
    pub(crate) const fn get(self) -> usize {
        self.0
    }
}

impl TryFrom<usize> for StoreConnections {
    type Error = String;

    fn try_from(number: usize) -> Result<StoreConnections, String> {
        let least = StoreConnections::LEAST;
        if number < least {
            return Err(format!("a store takes at least {least} connections, one to write and one to read"));
        }
        Ok(StoreConnections(number))
    }
}

impl FromStr for StoreConnections {
    type Err = String;

    fn from_str(text: &str) -> Result<StoreConnections, String> {
        let number: usize = text.parse().map_err(|_| format!("{text:?} is no number of connections"))?;
        number.try_into()
    }
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
            toml::from_str(&text).map_err(|error| format!("{}: {}", path.display(), said(&error, &text)))?;
        configuration.folder = path.parent().unwrap_or(Path::new("")).to_owned();
        configuration.store = configuration.store.map(|store| from_folder(&store, &configuration.folder));
        Ok(configuration)
    }
}

/// What is wrong, and in which line. Neither the line nor its value is shown: it may hold a password.
fn said(error: &toml::de::Error, text: &str) -> String {
    let message = without_value(error.message());
    match error.span().and_then(|span| text.get(..span.start)) {
        Some(before) => format!("line {}: {message}", before.matches('\n').count().saturating_add(1)),
        None => message,
    }
}

/// A message without the value it quotes, if it quotes one.
fn without_value(message: &str) -> String {
    match (message.split_once('"'), message.rsplit_once('"')) {
        (Some((before, _)), Some((upto, after))) if before.len() < upto.len() => {
            format!("{before}\"…\"{after}")
        }
        _ => message.to_owned(),
    }
}

/// A store's path in a file starts at the file's folder, as every path there does.
fn from_folder(store: &str, folder: &Path) -> String {
    match store.strip_prefix("sqlite:") {
        Some(path) => format!("sqlite:{}", folder.join(path).display()),
        None => store.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stores_path_starts_at_the_files_folder() {
        let folder = Path::new("/etc/fiado");
        assert_eq!(from_folder("sqlite:books.db", folder), "sqlite:/etc/fiado/books.db");
        assert_eq!(from_folder("sqlite:/var/books.db", folder), "sqlite:/var/books.db");
        assert_eq!(from_folder("postgres://host/books", folder), "postgres://host/books");
    }

    #[test]
    fn what_is_wrong_is_told_by_its_line_and_without_a_password() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fiado.toml");
        let before = "# Ours\nlisten = '127.0.0.1:80'\n";
        for (line, named) in [
            ("stor = 'postgres://fiado:s3cret@host/books'", "stor"),
            ("store = 'postgres://fiado:s3cret@host/books", "string"),
            ("store = postgres://fiado:s3cret@host/books", "string"),
            ("store 'postgres://fiado:s3cret@host/books'", "="),
            ("store = ['postgres://fiado:s3cret@host/books']", "string"),
            ("store_connections = 'postgres://fiado:s3cret@host/books'", "string \"…\", expected"),
        ] {
            std::fs::write(&path, format!("{before}{line}\nclock = 'x'\n")).unwrap();
            let refused = Configuration::read(Some(&path)).unwrap_err();
            assert!(refused.contains("fiado.toml: line 3: ") && refused.contains(named), "{refused}");
            assert!(!refused.contains("s3cret"), "{refused}");
        }
    }

    #[test]
    fn a_store_takes_two_connections_at_least() {
        for (text, is_enough) in [("2", true), ("8", true), ("1", false), ("0", false), ("-2", false)] {
            let read = toml::from_str::<Configuration>(&format!("store_connections = {text}"));
            assert_eq!(read.is_ok(), is_enough, "{text}");
            assert_eq!(text.parse::<StoreConnections>().is_ok(), is_enough, "{text}");
        }
        let refused = toml::from_str::<Configuration>("store_connections = 1").unwrap_err().to_string();
        assert!(refused.contains("one to write and one to read"), "{refused}");
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        let read = toml::from_str::<Configuration>;
        assert!(read("listen = '127.0.0.1:80'\n[jwt]\nissuer = 'x'").is_ok());
        for text in ["listem = 'x'", "[jwt]\nisuer = 'x'", "[[jwt.keys]]\nkid = 'a'"] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
