//! Where a payment would go among invoices that are known, in the browser.
//!
//! It promises the parts the server would make of the same payment, as long as the invoices are all that
//! are open and stand as they are told.

use super::{ErrorBody, Preview, PreviewedPartView};
use crate::Money;
use crate::catalogue::{Language, Unread};
use crate::fields::{Fault, FieldError, Fields, read};
use crate::json::Json;
use fiado_core::account::{Allocation, Owed, allocate};
use fiado_core::identity::InvoiceId;
use fiado_core::money::{Amount, Currency};
use serde::Serialize;
use std::collections::HashSet;

/// The most invoices that are read.
const MOST_INVOICES: usize = 100_000;
/// The most parts a payer may tell.
pub(super) const MOST_ALLOCATIONS: usize = 1_000;

/// Where a payment would go.
#[derive(Debug, Clone, Serialize)]
pub struct AllocationView {
    /// Which invoices get what of it, in that order.
    pub allocations: Vec<PreviewedPartView>,
    /// What would be left of it for later invoices.
    pub unapplied: Money,
}

/// Allocates a payment (`amount`, and `allocations` where its payer tells them) among open invoices as
/// `GET …/credit/invoices` lists them, those that fall due first first.
pub fn allocate_payment(
    payment: &Json,
    invoices: &Json,
    currency: &Json,
    language: Language,
) -> Preview<AllocationView> {
    let error = |unread: Vec<FieldError>| ErrorBody::of_unread(&Unread::Invalid(unread), language);
    read_all(payment, invoices, currency)
        .map_err(error)
        .and_then(|read| {
            let Question { currency, amount, told, open } = read;
            let parts = allocate(amount, told.as_deref(), &open)
                .map_err(|misallocation| ErrorBody::of_misallocation(&misallocation, currency, language))?;
            let spent = Amount::saturating_sum(parts.iter().map(|part| part.amount));
            Ok(AllocationView {
                allocations: parts.iter().map(|part| PreviewedPartView::of(part, None, currency)).collect(),
                unapplied: Money::new(amount.saturating_sub(spent), currency),
            })
        })
        .into()
}

struct Question {
    currency: Currency,
    amount: Amount,
    told: Option<Vec<Allocation>>,
    open: Vec<Owed>,
}

/// The three arguments, as fields of one object, so that all that is wrong with them is named at once.
fn read_all(payment: &Json, invoices: &Json, currency: &Json) -> Result<Question, Vec<FieldError>> {
    let arguments = [("payment", payment), ("invoices", invoices), ("currency", currency)];
    let around = Json::Object(arguments.map(|(name, value)| (name.to_owned(), value.clone())).to_vec());
    read(&around, |fields| {
        let currency = fields.word("currency", Currency::CODES, Currency::from_code);
        // Without a known currency no amount can be read; the rest is still checked.
        let money = currency.unwrap_or(Currency::Usd);
        let paid = fields.object("payment", |payment| {
            let amount = payment.amount("amount", money);
            let told = read_allocations(payment, money);
            payment.ignore_others();
            Some((amount?, told?))
        });
        let open = fields.list_or_empty("invoices", MOST_INVOICES, |item| read_owed(item, money));
        let (mut open, (amount, told)) = (open?, paid?);
        open.sort_by_key(|owed| owed.due);
        if has_repeated(&open) {
            fields.wrong("invoices", Fault::Repeated);
        }
        Some(Question { currency: currency?, amount, told, open })
    })
}

/// Whether an invoice is there twice: two pages of a list may overlap, and it is owed once.
fn has_repeated(open: &[Owed]) -> bool {
    let mut seen = HashSet::new();
    !open.iter().all(|owed| seen.insert(&owed.invoice))
}

fn read_owed(item: &mut Fields<'_>, currency: Currency) -> Option<Owed> {
    let invoice = item.parsed("invoice_id", Fault::NotAnId, InvoiceId::parse);
    let due = item.day("due_date");
    let left = item.amount_or_zero("outstanding", currency);
    item.ignore_others();
    Some(Owed { invoice: invoice?, due: due?, left: left? })
}

/// What each invoice shall get, if the payer tells it. `Some(None)`: nothing is told; `None`: it is wrong.
pub(super) fn read_allocations(
    fields: &mut Fields<'_>,
    currency: Currency,
) -> Option<Option<Vec<Allocation>>> {
    fields.optional_list("allocations", MOST_ALLOCATIONS, |item| {
        let invoice = item.parsed("invoice_id", Fault::NotAnId, InvoiceId::parse);
        let amount = item.amount("amount", currency);
        Some(Allocation { invoice: invoice?, amount: amount? })
    })
}
