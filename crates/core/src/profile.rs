//! What is known of the company behind an account, and what people wrote about it.
//!
//! These are personal or free texts. They are kept in rows beside the journal, so that they can
//! be erased; no event ever holds them.

use crate::identity::{InvoiceId, text_type};
use serde::{Deserialize, Serialize};

text_type! {
    /// The registered name of a company, up to 200 characters.
    BusinessName, 200, line
}

text_type! {
    /// The tax number of a company (RUC, RFC, NIT, RUT …), up to 50 characters, as written.
    TaxId, 50, line
}

text_type! {
    /// What an approver wrote beside a decision, up to 1,000 characters, line breaks allowed.
    Remark, 1_000, prose
}

text_type! {
    /// An e-mail address, up to 254 characters, compared as it was written (VTEX filters).
    Email, 254, email
}

text_type! {
    /// The number of a document that names a company (VTEX `document`).
    Document, 100, key
}

text_type! {
    /// Which document it is: `CPF`, `CNPJ`, `Other` or any other word (VTEX `documentType`;
    /// DECISIONS 1).
    DocumentType, 50, key
}

text_type! {
    /// What a shop notes about an account (VTEX `description`).
    Description, 1_000, prose
}

text_type! {
    /// What a shop notes on an invoice (VTEX `observation`).
    Observation, 1_000, prose
}

text_type! {
    /// Where an invoice can be paid (VTEX `paymentLink`).
    PaymentLink, 2_000, line
}

/// What is kept beside the journal with a command.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Beside {
    /// What the company says of itself, replacing what was there.
    pub profile: Option<Profile>,
    /// How its contact changes.
    pub contact: Option<ContactChange>,
    /// What was written beside the last entry.
    pub remark: Option<Remark>,
    /// How the notes on an invoice change.
    pub notes: Option<NotesChange>,
    /// The address of the holder whom the last entry added.
    pub holder: Option<Email>,
}

/// How a company is reached and named (VTEX account).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// Its e-mail.
    pub email: Option<Email>,
    /// Its document's number.
    pub document: Option<Document>,
    /// Which document that is.
    pub document_type: Option<DocumentType>,
    /// What the shop notes about it.
    pub description: Option<Description>,
}

/// How a contact changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactChange {
    /// It is given anew: a line was opened.
    Replace(Contact),
    /// An e-mail that is not named stays, and so does the description; a document that is not named
    /// is removed (DECISIONS 21).
    Update {
        /// The new e-mail, if it changes.
        email: Option<Email>,
        /// The document's number since.
        document: Option<Document>,
        /// Which document that is, since.
        document_type: Option<DocumentType>,
    },
}

impl ContactChange {
    /// The contact as it is since.
    pub fn apply(&self, before: Option<Contact>) -> Contact {
        match self {
            ContactChange::Replace(contact) => contact.clone(),
            ContactChange::Update { email, document, document_type } => {
                let before = before.unwrap_or_default();
                Contact {
                    email: email.clone().or(before.email),
                    document: document.clone(),
                    document_type: document_type.clone(),
                    description: before.description,
                }
            }
        }
    }
}

/// The notes on an invoice.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Notes {
    /// What the shop notes.
    pub observation: Option<Observation>,
    /// Where it can be paid.
    pub payment_link: Option<PaymentLink>,
}

/// How the notes on an invoice change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotesChange {
    /// The invoice.
    pub invoice: InvoiceId,
    /// What the shop notes.
    pub observation: NoteChange<Observation>,
    /// Where it can be paid.
    pub payment_link: NoteChange<PaymentLink>,
}

impl NotesChange {
    /// The notes as they are since.
    pub fn apply(&self, before: Notes) -> Notes {
        Notes {
            observation: self.observation.apply(before.observation),
            payment_link: self.payment_link.apply(before.payment_link),
        }
    }
}

/// How one note changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoteChange<T> {
    /// It stays.
    Keep,
    /// It is taken away.
    Clear,
    /// It is written anew.
    Set(T),
}

impl<T: Clone> NoteChange<T> {
    fn apply(&self, before: Option<T>) -> Option<T> {
        match self {
            NoteChange::Keep => before,
            NoteChange::Clear => None,
            NoteChange::Set(note) => Some(note.clone()),
        }
    }
}

/// What a company says of itself when it asks for a line (façade, `business_info`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Registered name.
    pub business_name: BusinessName,
    /// Tax number.
    pub tax_id: TaxId,
    /// Whole years in business, if told.
    pub years_in_business: Option<YearsInBusiness>,
}

/// Whole years a company has been in business: 0 to 500.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct YearsInBusiness(u16);

impl YearsInBusiness {
    /// The largest number of years that is believed.
    pub const LARGEST: u16 = 500;

    /// So many years, if that is believable.
    pub fn new(years: u64) -> Option<YearsInBusiness> {
        u16::try_from(years).ok().filter(|years| *years <= YearsInBusiness::LARGEST).map(YearsInBusiness)
    }

    /// How many years.
    pub fn get(self) -> u16 {
        self.0
    }
}
