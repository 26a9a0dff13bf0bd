//! Why a task stopped: always a sentence for people, never a type of another crate.

use std::fmt;
use std::path::Path;

/// What a task gives back.
pub(crate) type Outcome<T = ()> = Result<T, Trouble>;

/// Why a task did not reach its end.
#[derive(Debug)]
pub(crate) enum Trouble {
    /// The machine lacks something; the sentence names the command that installs it. Tests may skip
    /// what needs it.
    Missing(String),
    /// Anything else.
    Failed(String),
}

impl Trouble {
    /// Something that the machine lacks, and how to get it.
    pub(crate) fn missing(sentence: impl Into<String>) -> Self {
        Self::Missing(sentence.into())
    }

    /// Something that went wrong.
    pub(crate) fn failed(sentence: impl Into<String>) -> Self {
        Self::Failed(sentence.into())
    }

    /// A file or folder that could not be read, written or made.
    pub(crate) fn with_file(path: &Path, error: &std::io::Error) -> Self {
        Self::failed(format!("{}: {error}", path.display()))
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(sentence) | Self::Failed(sentence) => formatter.write_str(sentence),
        }
    }
}
