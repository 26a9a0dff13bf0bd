use axum::http::{HeaderMap, header};
use fiado_contract::catalogue::Language;

/// Which interface a request speaks: it decides how strict its headers are taken, and how a refusal
/// is worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    /// The Spanish façade, and everything that is of no other face.
    Facade,
    /// VTEX's Customer Credit.
    Vtex,
    /// VTEX's payments gateway.
    Gateway,
}

impl Face {
    /// The face of a path.
    pub(crate) fn of(path: &str) -> Face {
        let is_below =
            |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if is_below("/api/creditcontrol") {
            Face::Vtex
        } else if is_below("/api/pvt") {
            Face::Gateway
        } else {
            Face::Facade
        }
    }

    /// Whether requests are taken as VTEX's clients write them: they differ in headers, and none is
    /// refused for one.
    pub(crate) fn is_lenient(self) -> bool {
        self != Face::Facade
    }

    /// What the account is called in its paths (DECISIONS 1); those of the gateway name none.
    pub(crate) fn account_parameter(self) -> Option<&'static str> {
        match self {
            Face::Facade => Some("customer_id"),
            Face::Vtex => Some("creditAccountId"),
            Face::Gateway => None,
        }
    }

    /// The language a caller reads: the façade speaks Spanish, VTEX's clients English, each unless the
    /// other is asked for.
    pub(crate) fn language(self, headers: &HeaderMap) -> Language {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        let usual = match self {
            Face::Facade => Language::Spanish,
            Face::Vtex | Face::Gateway => Language::English,
        };
        Language::of_header(wanted, usual)
    }

    /// What stands first in its paths.
    pub(crate) fn first_parameter(self) -> &'static str {
        self.account_parameter().unwrap_or("ruleId")
    }
}
