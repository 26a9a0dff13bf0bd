use super::AccountView;
use super::one_of;
use super::query::{Filters, Positions, email_of, read_any};
use crate::fields::Fields;
use fiado_core::identity::CustomerId;
use fiado_core::profile::{Document, Email};
use serde::Serialize;
use utoipa::ToSchema;

/// The words of a status. Published examples filter accounts by the words of invoices; what was paid
/// or cancelled has ended (DECISIONS 23).
const STATUSES: &[(&str, bool)] =
    &[("Open", true), ("Opened", true), ("Closed", false), ("Paid", false), ("Cancelled", false)];

/// Which accounts are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountsQuery {
    /// Which of them.
    pub positions: Positions,
    /// Whether one of the filters is enough; else all must hold.
    pub any: bool,
    /// Open ones, or closed ones. Where it is not said, only open ones are listed, whatever the other
    /// filters are.
    pub open: Option<bool>,
    /// Those of this e-mail.
    pub email: Option<Email>,
    /// Those of this document.
    pub document: Option<Document>,
    /// The one with this key, or that has a holder with this id.
    pub user: Option<CustomerId>,
    /// Whether nothing can be what the filters ask for, by texts that no account has.
    pub finds_nothing: bool,
}

impl AccountsQuery {
    /// Reads a query; names it does not know are let be.
    pub fn read(fields: &mut Fields<'_>) -> Option<AccountsQuery> {
        fields.leniently();
        let mut filters = Filters::default();
        let positions = Positions::read(fields);
        let any = read_any(fields);
        let status = fields.optional_word("status", &["Open", "Closed"], |word| one_of(STATUSES, word));
        let email = filters.text(fields, "email", email_of);
        let document = filters.text(fields, "document", |text| Document::new(text).ok());
        let user = filters.text(fields, "userId", |text| CustomerId::new(text).ok());
        let (any, open) = (any?, filters.count(status?));
        Some(AccountsQuery {
            positions: positions?,
            any,
            open,
            email: email?,
            document: document?,
            user: user?,
            finds_nothing: filters.find_nothing(any),
        })
    }
}

/// A page of accounts.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Accounts, example = json!(AccountsAnswer::sample()))]
pub struct AccountsAnswer {
    /// The accounts, by when they changed last.
    pub data: Vec<AccountView>,
    /// Figures of all that match, on this page and beyond it.
    pub summary: AccountsSummary,
}

/// Figures of all accounts that match.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AccountsSummary {
    /// How many there are.
    pub count: u64,
}

impl AccountsAnswer {
    /// A page of so many.
    pub fn new(data: Vec<AccountView>, count: u64) -> AccountsAnswer {
        AccountsAnswer { data, summary: AccountsSummary { count } }
    }

    /// An example.
    pub fn sample() -> AccountsAnswer {
        AccountsAnswer::new(vec![AccountView::sample()], 1)
    }
}
