use super::sample_money;
use super::schema;
use crate::{Fraction, Money};
use fiado_core::account::{Account, Life, Line, Status};
use fiado_core::money::{Currency, Tolerance};
use fiado_core::profile::{Contact, Profile};
use serde::Serialize;
use utoipa::ToSchema;

/// Whether an account is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum AccountStatus {
    /// It was granted, and has not ended.
    Open,
    /// It has ended.
    Closed,
}

/// A credit account.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = Account, example = json!(AccountView::sample()))]
#[serde(rename_all = "camelCase")]
pub struct AccountView {
    /// Its id.
    pub id: String,
    /// The manual balance: the sum of the movements of `PUT …/statements/{statementId}`. It decides
    /// nothing.
    #[schema(value_type = schema::Amount)]
    pub balance: Money,
    /// The number of the document that names its owner.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Which document that is: `CPF`, `CNPJ`, `Other` or any other word.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_type: Option<String>,
    /// Whether it is open.
    pub status: AccountStatus,
    /// How much may be owed.
    #[schema(value_type = schema::Amount)]
    pub credit_limit: Money,
    /// When its own data changed last, UTC. Purchases and payments do not change it.
    #[schema(format = DateTime)]
    pub updated_at: String,
    /// When it was opened, UTC.
    #[schema(format = DateTime)]
    pub created_at: String,
    /// What the store notes about it.
    #[schema(nullable = false)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What is left of the limit: less than nothing after a purchase by the tolerance.
    #[schema(value_type = schema::Amount)]
    pub available_credit: Money,
    /// What live transactions hold.
    #[schema(value_type = schema::Amount)]
    pub pre_authorized_credit: Money,
    /// Its owner's e-mail; empty where none was told.
    pub email: String,
    /// How far above the limit a purchase may still go, as a fraction.
    #[schema(value_type = schema::Rate)]
    pub tolerance: Fraction,
    /// The same as `availableCredit`.
    #[schema(value_type = schema::Amount)]
    pub available_balance: Money,
}

impl AccountView {
    /// An account as it is today; `None` where it was never granted, and so is none here
    /// (DECISIONS 2).
    pub fn new(
        customer: &str,
        account: &Account,
        contact: Option<&Contact>,
        profile: Option<&Profile>,
        currency: Currency,
    ) -> Option<AccountView> {
        let life = account.life.as_ref()?;
        let (status, line) = granted(life)?;
        let (document, document_type) = document(contact, profile);
        let email = contact.and_then(|contact| contact.email.as_ref());
        let description = contact.and_then(|contact| contact.description.as_ref());
        let available = Money::new(account.signed_available(), currency);
        Some(AccountView {
            id: customer.to_owned(),
            balance: Money::new(life.balance, currency),
            document,
            document_type,
            status,
            credit_limit: Money::new(line.limit, currency),
            updated_at: life.updated_at.to_string(),
            created_at: line.approval.at.to_string(),
            description: description.map(ToString::to_string),
            available_credit: available,
            pre_authorized_credit: Money::new(account.totals.held, currency),
            email: email.map_or_else(String::new, ToString::to_string),
            tolerance: Fraction(line.tolerance),
            available_balance: available,
        })
    }

    /// An example.
    pub fn sample() -> AccountView {
        AccountView {
            id: "11111111111_CPF".to_owned(),
            balance: sample_money(0),
            document: Some("11111111111".to_owned()),
            document_type: Some("CPF".to_owned()),
            status: AccountStatus::Open,
            credit_limit: sample_money(1_100),
            updated_at: "2023-11-09T13:29:01.250508Z".to_owned(),
            created_at: "2023-11-09T13:29:01.156788Z".to_owned(),
            description: None,
            available_credit: sample_money(1_100),
            pre_authorized_credit: sample_money(0),
            email: "test@test.com".to_owned(),
            tolerance: Fraction(Tolerance::from_millionths(200_000).unwrap_or_default()),
            available_balance: sample_money(1_100),
        }
    }
}

/// A suspended line is open here: only new purchases are refused (DECISIONS 2).
fn granted(life: &Life) -> Option<(AccountStatus, &Line)> {
    let status = match life.status() {
        Status::Approved | Status::Suspended => AccountStatus::Open,
        Status::Cancelled => AccountStatus::Closed,
        Status::Pending | Status::Rejected => return None,
    };
    Some((status, life.line()?))
}

/// What names its owner: as VTEX's client has told, or where none has, the tax number (DECISIONS 2).
fn document(contact: Option<&Contact>, profile: Option<&Profile>) -> (Option<String>, Option<String>) {
    match (contact, profile) {
        (Some(contact), _) => (
            contact.document.as_ref().map(ToString::to_string),
            contact.document_type.as_ref().map(ToString::to_string),
        ),
        (None, Some(profile)) => (Some(profile.tax_id.to_string()), Some("Other".to_owned())),
        (None, None) => (None, None),
    }
}
