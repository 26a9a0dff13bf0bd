use super::sample_money;
use super::schema::{AmountInput, RateInput};
use crate::fields::{Fault, FieldError, Fields, read_lenient};
use crate::json::Json;
use crate::{Fraction, Money};
use fiado_core::account::{Open, Update};
use fiado_core::identity::CustomerId;
use fiado_core::money::{Currency, Tolerance};
use fiado_core::profile::{Contact, ContactChange, Description, Document, DocumentType};
use serde::Serialize;
use utoipa::ToSchema;

/// The limit of an account that is opened by its id without one (VTEX operation 12).
const USUAL_LIMIT: u64 = 100;

/// An account's data. On an id that nobody has, it opens the account, and `email` must be there.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = UpdateAccount, example = json!(UpdateBody::sample()))]
#[serde(rename_all = "camelCase")]
pub struct UpdateBody {
    /// Its id, as an account is read; where it is sent, it is the one of the address.
    #[schema(max_length = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its owner's e-mail; it stays where it is not sent.
    #[schema(max_length = 254)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// The number of the document that names its owner; it is removed where it is not sent.
    #[schema(max_length = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// Which document that is; it is removed where it is not sent.
    #[schema(max_length = 50)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_type: Option<String>,
    /// How much may be owed; it stays where it is not sent, and is 100 in a new account.
    #[schema(value_type = Option<AmountInput>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_limit: Option<Money>,
    /// How far above the limit a purchase may still go; it stays where it is not sent, and is 0 in a
    /// new account.
    #[schema(value_type = Option<RateInput>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Fraction>,
}

/// A change of an account, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountUpdate {
    /// What is asked.
    pub command: Update,
    /// How its owner's data change.
    pub change: ContactChange,
}

impl UpdateBody {
    /// An example.
    pub fn sample() -> UpdateBody {
        UpdateBody {
            id: None,
            email: Some("test1@test.com".to_owned()),
            document: Some("111111111111".to_owned()),
            document_type: Some("CPF".to_owned()),
            credit_limit: Some(sample_money(3_400)),
            tolerance: Tolerance::from_millionths(250_000).map(Fraction),
        }
    }

    /// Reads a body for this account, which is there.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(
        json: &Json,
        currency: Currency,
        customer: &CustomerId,
    ) -> Result<AccountUpdate, Vec<FieldError>> {
        read_lenient(json, |fields| {
            check_id(fields, customer);
            // An account without an e-mail is read with an empty one, and may be sent back so.
            let email = fields.optional_email("email");
            let document = fields.optional_key("document", Document::LONGEST, Document::new);
            let document_type = fields.optional_key("documentType", DocumentType::LONGEST, DocumentType::new);
            let terms = read_terms(fields, currency);
            let (email, document, document_type) = (email?, document?, document_type?);
            Some(AccountUpdate {
                command: terms?,
                change: ContactChange::Update { email, document, document_type },
            })
        })
    }
}

/// The same body for an id that nobody has: it opens the account.
#[derive(Debug, Clone, Copy)]
pub enum OpenByIdBody {}

impl OpenByIdBody {
    /// Reads a body for this account, which is not there.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(
        json: &Json,
        currency: Currency,
        customer: &CustomerId,
    ) -> Result<(Open, Contact), Vec<FieldError>> {
        read_lenient(json, |fields| {
            check_id(fields, customer);
            let email = fields.email("email");
            let document = fields.optional_key("document", Document::LONGEST, Document::new);
            let document_type = fields.optional_key("documentType", DocumentType::LONGEST, DocumentType::new);
            let description = fields.optional_text("description", Description::LONGEST, Description::new);
            let terms = read_terms(fields, currency)?;
            let limit = terms.limit.unwrap_or(currency.units(USUAL_LIMIT));
            let open = Open { limit, tolerance: terms.tolerance.unwrap_or_default() };
            let contact = Contact {
                email: Some(email?),
                document: document?,
                document_type: document_type?,
                description: description?,
            };
            Some((open, contact))
        })
    }
}

/// Notes an id that is another one than the path's: an account is sent back to where it was read.
fn check_id(fields: &mut Fields<'_>, customer: &CustomerId) {
    let fault = Fault::NotAsInPath(customer.to_string());
    let is_own = |id: &str| id.is_empty() || id == customer.as_str();
    fields.optional_parsed("id", fault, |id| is_own(id).then_some(()));
}

fn read_terms(fields: &mut Fields<'_>, currency: Currency) -> Option<Update> {
    let limit = fields.optional("creditLimit", |fields, name| fields.amount_or_zero(name, currency));
    let tolerance = fields.optional("tolerance", Fields::tolerance);
    Some(Update { limit: limit?, tolerance: tolerance? })
}
