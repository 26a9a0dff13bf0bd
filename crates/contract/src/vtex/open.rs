use super::sample_money;
use super::schema::{AmountInput, RateInput};
use crate::fields::{FieldError, Fields, read_lenient};
use crate::json::Json;
use crate::{Fraction, Money};
use fiado_core::account::Open;
use fiado_core::identity::CustomerId;
use fiado_core::money::{Currency, Tolerance};
use fiado_core::profile::{Contact, Description, Document, DocumentType};
use serde::Serialize;
use utoipa::ToSchema;

/// An account to be opened. Its id is `{document}_{documentType}`.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = OpenAccount, example = json!(OpenBody::sample()))]
#[serde(rename_all = "camelCase")]
pub struct OpenBody {
    /// The number of the document that names its owner.
    #[schema(min_length = 1, max_length = 100)]
    pub document: String,
    /// Which document that is: `CPF`, `CNPJ`, `Other` or any other word.
    #[schema(min_length = 1, max_length = 50)]
    pub document_type: String,
    /// Its owner's e-mail.
    #[schema(max_length = 254)]
    pub email: String,
    /// How much may be owed.
    #[schema(value_type = AmountInput)]
    pub credit_limit: Money,
    /// What the store notes about it.
    #[schema(max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// How far above the limit a purchase may still go; none where it is not told.
    #[schema(value_type = Option<RateInput>)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<Fraction>,
}

/// An account to be opened, as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// Its key.
    pub customer: CustomerId,
    /// What is asked.
    pub command: Open,
    /// Whose it is.
    pub contact: Contact,
}

impl OpenBody {
    /// An example.
    pub fn sample() -> OpenBody {
        OpenBody {
            document: "11111111111".to_owned(),
            document_type: "CPF".to_owned(),
            email: "test@test.com".to_owned(),
            credit_limit: sample_money(1_100),
            description: Some("Not applicable.".to_owned()),
            tolerance: Tolerance::from_millionths(200_000).map(Fraction),
        }
    }

    /// Reads a body.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, currency: Currency) -> Result<Opening, Vec<FieldError>> {
        read_lenient(json, |fields| {
            let document = fields.key("document", Document::LONGEST, Document::new);
            let document_type = fields.key("documentType", DocumentType::LONGEST, DocumentType::new);
            let email = fields.email("email");
            let limit = fields.amount_or_zero("creditLimit", currency);
            let tolerance = fields.optional("tolerance", Fields::tolerance);
            let description = fields.optional_text("description", Description::LONGEST, Description::new);
            let (document, document_type) = (document?, document_type?);
            Some(Opening {
                // Two keys joined are a key: this is always one.
                customer: CustomerId::new(format!("{document}_{document_type}")).ok()?,
                command: Open { limit: limit?, tolerance: tolerance?.unwrap_or_default() },
                contact: Contact {
                    email: Some(email?),
                    document: Some(document),
                    document_type: Some(document_type),
                    description: description?,
                },
            })
        })
    }
}
