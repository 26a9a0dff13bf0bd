use super::{Reach, Sql};
use crate::cells::Cells;
use crate::{InvoiceTotals, StoreError};
use fiado_core::identity::{CustomerId, OrganizationId};

/// A database that can be searched: its pieces of statements, each of which binds what it says, and
/// the figures that it keeps.
pub(crate) trait Database {
    /// Update times and customers of the accounts of an organization that are open, or that are
    /// closed, in an index that has them in order. Binds organization and which.
    const ACCOUNTS: &'static str;

    /// The accounts of an organization that are open, or closed, and for which what follows holds.
    /// Binds organization and which.
    const ACCOUNTS_WHERE: &'static str;

    /// What a list of invoices is ordered by: time of issue, customer, transaction, number.
    const LISTED: &'static str;

    /// The same of an account's purchases, whose invoices are all issued with them.
    const LISTED_OF_ACCOUNT: &'static str;

    /// The key of each of the rows that follow.
    const ROWS: &'static str;

    /// The key of no row.
    const NO_ROW: &'static str;

    /// The invoices of present lives. Binds organization.
    const BY_ISSUE: &'static str;

    /// Whether these come in their order. Where they do not, the lists of their states are merged.
    const IS_WALKED_AS_A_WHOLE: bool = true;

    /// The same of one state. Binds organization and state.
    const BY_STATE: &'static str;

    /// A condition on the state of what was found otherwise. Binds it.
    const AT_STATE: &'static str;

    /// A condition on the customer of what was found otherwise. Binds it.
    const OF_CUSTOMER: &'static str;

    /// Keys by due day, up to the list of states. Binds organization.
    const BY_DUE: &'static str;

    /// Keys by value. Binds organization twice, and the value.
    const BY_VALUE: &'static str;

    /// Keys by a purchase's short name and the number in it. Binds organization and both.
    const BY_NAME: &'static str;

    /// Keys by order. Binds organization and order.
    const BY_ORDER: &'static str;

    /// Keys by what was noted. Binds organization and observation.
    const BY_OBSERVATION: &'static str;

    /// An account's purchases in order, and the invoices of each.
    fn of_account(organization: &OrganizationId, customer: &CustomerId) -> Sql;

    /// The invoices of present lives that have these keys.
    fn invoices_among(organization: &OrganizationId, keys: Sql) -> Sql;

    /// A stretch of lists of invoices: whose they are, their columns and what was noted on them.
    fn page_of_invoices(organization: &OrganizationId, lists: Sql, reach: &Reach) -> Sql;

    /// The rows of a statement, each read by `read`.
    fn all<T>(
        &self,
        sql: &Sql,
        read: impl FnMut(&mut Cells<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError>;

    /// How many accounts are open, or closed, as that is kept.
    fn accounts_kept(&self, organization: &OrganizationId, is_open: bool) -> Result<u64, StoreError>;

    /// The totals of the invoices of an organization or of one account, as they are kept.
    fn totals_kept(
        &self,
        organization: &OrganizationId,
        customer: Option<&CustomerId>,
    ) -> Result<InvoiceTotals, StoreError>;
}
