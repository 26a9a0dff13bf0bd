//! The kinds of tests, as the command line and the table name them.

use clap::ValueEnum;

/// A kind of test.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd, ValueEnum)]
pub(crate) enum Kind {
    /// Format, lints, the package's build, fresh documents
    Checks,
    /// Unit tests and laws, beside the code they are about
    Unit,
    /// Installments with interest, held against numpy-financial
    Schedules,
    /// The server from outside, over HTTP
    Http,
    /// The same by VTEX's addresses, held against what VTEX publishes
    Vtex,
    /// What was answered survives being killed
    Durability,
    /// The native and the WebAssembly build decide the same
    Parity,
    /// The npm package as somebody else installs it: in Node, in pages, in bundlers
    Package,
    /// The pages in headless Chromium
    Browser,
}

impl Kind {
    /// Every kind, in the order of the table.
    pub(crate) const ALL: [Self; 9] = [
        Self::Checks,
        Self::Unit,
        Self::Schedules,
        Self::Http,
        Self::Vtex,
        Self::Durability,
        Self::Parity,
        Self::Package,
        Self::Browser,
    ];

    /// How the table names it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Checks => "checks",
            Self::Unit => "unit and laws",
            Self::Schedules => "schedules",
            Self::Http => "HTTP",
            Self::Vtex => "VTEX",
            Self::Durability => "durability",
            Self::Parity => "parity",
            Self::Package => "package",
            Self::Browser => "browser",
        }
    }

    /// The target of the crate `fiado-tests` that holds this kind, where there is one.
    pub(super) fn test_target(self) -> Option<&'static str> {
        match self {
            Self::Http => Some("http"),
            Self::Vtex => Some("vtex"),
            Self::Durability => Some("durability"),
            Self::Parity => Some("parity"),
            Self::Checks | Self::Unit | Self::Schedules | Self::Package | Self::Browser => None,
        }
    }
}
