use super::one_of;
use crate::fields::{FieldError, Fields, read_lenient};
use crate::json::Json;
use fiado_core::account::{InvoiceState, UpdateInvoice};
use fiado_core::identity::{InvoiceId, TextError};
use fiado_core::profile::{NoteChange, NotesChange, Observation, PaymentLink};
use serde::Serialize;
use utoipa::ToSchema;

/// The words of a status as clients write them; an empty one leaves it as it is.
const STATUSES: &[(&str, Option<InvoiceState>)] = &[
    ("Opened", Some(InvoiceState::Open)),
    ("Open", Some(InvoiceState::Open)),
    ("Paid", Some(InvoiceState::Paid)),
    ("Cancelled", Some(InvoiceState::Cancelled)),
    ("", None),
];

/// A change of an invoice. What is not sent stays; an empty text removes a note.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = UpdateInvoice, example = json!(UpdateInvoiceBody::sample()))]
#[serde(rename_all = "camelCase")]
pub struct UpdateInvoiceBody {
    /// `Paid` pays it in full, `Cancelled` cancels it; the status it has changes nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// What the store notes.
    #[schema(max_length = 1000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub observation: Option<String>,
    /// Where it can be paid.
    #[schema(max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment_link: Option<String>,
}

impl UpdateInvoiceBody {
    /// An example.
    pub fn sample() -> UpdateInvoiceBody {
        UpdateInvoiceBody {
            status: Some("Paid".to_owned()),
            observation: Some("BF 2023 customer invoice.".to_owned()),
            payment_link: Some("https://paymentlink.com".to_owned()),
        }
    }

    /// Reads a body for this invoice: what is asked, and how its notes change, if they do.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(
        json: &Json,
        invoice: InvoiceId,
    ) -> Result<(UpdateInvoice, Option<NotesChange>), Vec<FieldError>> {
        read_lenient(json, |fields| {
            let words = &["Opened", "Paid", "Cancelled"];
            let state = fields.optional_word("status", words, |word| one_of(STATUSES, word));
            let observation = read_note(fields, "observation", Observation::LONGEST, Observation::new);
            let payment_link = read_note(fields, "paymentLink", PaymentLink::LONGEST, PaymentLink::new);
            let (observation, payment_link) = (observation?, payment_link?);
            let annotated = observation != NoteChange::Keep || payment_link != NoteChange::Keep;
            let notes = NotesChange { invoice: invoice.clone(), observation, payment_link };
            let update = UpdateInvoice { invoice, state: state?.flatten(), annotated };
            Some((update, annotated.then_some(notes)))
        })
    }
}

fn read_note<T>(
    fields: &mut Fields<'_>,
    name: &'static str,
    longest: usize,
    new: impl FnOnce(String) -> Result<T, TextError>,
) -> Option<NoteChange<T>> {
    let note = fields.optional(name, |fields, name| fields.optional_text(name, longest, new))?;
    Some(match note {
        None => NoteChange::Keep,
        Some(None) => NoteChange::Clear,
        Some(Some(note)) => NoteChange::Set(note),
    })
}
