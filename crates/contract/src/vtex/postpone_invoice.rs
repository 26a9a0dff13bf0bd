use super::schema::WholeInput;
use super::store_configuration::MOST_DAYS;
use crate::fields::{FieldError, read_lenient};
use crate::json::Json;
use fiado_core::account::PostponeInvoice;
use fiado_core::identity::InvoiceId;
use serde::Serialize;
use utoipa::ToSchema;

/// How much later an invoice shall fall due.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = PostponeInvoice, example = json!(PostponeBody::sample()))]
#[serde(rename_all = "camelCase")]
pub struct PostponeBody {
    /// By how many days, from 1 to 3650.
    #[schema(value_type = WholeInput)]
    pub due_days: u16,
}

impl PostponeBody {
    /// An example.
    pub fn sample() -> PostponeBody {
        PostponeBody { due_days: 10 }
    }

    /// Reads a body for this invoice.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(json: &Json, invoice: InvoiceId) -> Result<PostponeInvoice, Vec<FieldError>> {
        read_lenient(json, |fields| {
            let days = fields.whole("dueDays", 1, MOST_DAYS)?;
            Some(PostponeInvoice { invoice, days: u16::try_from(days).ok()? })
        })
    }
}
