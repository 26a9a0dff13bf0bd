use crate::clock::day_in;
use crate::engine::Shop;
use crate::http::{App, Bare, Call, Decision, Failure};
use fiado_contract::catalogue::Problem;
use fiado_contract::vtex::{AccountView, InvoiceView};
use fiado_core::account::{Account, Receipt, Rejection};
use fiado_core::calendar::Instant;
use fiado_core::identity::{AccountKey, InvoiceId};
use fiado_core::money::Currency;
use fiado_store::{AccountRecord, InvoiceRecord, ListedAccount};
use std::sync::Arc;

/// The account of a path with all that answers about it are made of: a command uses up its call.
pub(super) struct Place {
    pub(super) app: App,
    pub(super) key: AccountKey,
    pub(super) shop: Arc<Shop>,
    pub(super) now: Instant,
}

impl Place {
    /// The account a call is about.
    pub(super) fn of(call: &Call) -> Result<Place, Failure> {
        let shop = Arc::clone(call.shop());
        Ok(Place { app: call.app().clone(), key: call.account()?, shop, now: call.now() })
    }

    /// The account, if it is one here (DECISIONS 2).
    pub(super) async fn find_account_view(&self) -> Result<Option<AccountView>, Failure> {
        Ok(self.find_record().await?.and_then(|record| self.view(&record.account, &record)))
    }

    /// The account.
    pub(super) async fn account_view(&self) -> Result<AccountView, Failure> {
        let view = self.find_account_view().await?;
        view.ok_or_else(|| self.not_found(Rejection::AccountNotFound {}))
    }

    /// What is kept of the account.
    pub(super) async fn record(&self) -> Result<AccountRecord, Failure> {
        let record = self.find_record().await?;
        let shown = record.filter(|record| self.view(&record.account, record).is_some());
        shown.ok_or_else(|| self.not_found(Rejection::AccountNotFound {}))
    }

    /// One of its invoices.
    pub(super) async fn invoice_view(&self, id: InvoiceId) -> Result<InvoiceView, Failure> {
        let (key, wanted) = (self.key.clone(), id.clone());
        let record = self.app.ask(move |store| store.invoice(&key, &wanted)).await?;
        let record = record.ok_or_else(|| self.not_found(Rejection::InvoiceNotFound { invoice: id }))?;
        Ok(invoice_view(&record, &self.shop))
    }

    /// Words the answer of a command whose receipt is an invoice.
    pub(super) async fn done_with_invoice(self, decision: Decision) -> Result<Bare<InvoiceView>, Failure> {
        let Receipt::Invoice(invoice) = decision.receipt else { return Err(Problem::Internal.into()) };
        let (key, wanted) = (self.key.clone(), invoice.id.clone());
        let kept = self.app.ask(move |store| store.invoice(&key, &wanted)).await?;
        let notes = kept.map(|record| record.notes).unwrap_or_default();
        let record = InvoiceRecord { key: self.key, invoice, notes };
        Ok(Bare { data: Some(invoice_view(&record, &self.shop)), replayed: decision.replayed })
    }

    /// What is kept of it, if anything is.
    pub(super) async fn find_record(&self) -> Result<Option<AccountRecord>, Failure> {
        let (key, now) = (self.key.clone(), self.now);
        self.app.ask(move |store| store.account(&key, now)).await
    }

    fn view(&self, account: &Account, record: &AccountRecord) -> Option<AccountView> {
        let (contact, profile) = (record.contact.as_ref(), record.profile.as_ref());
        let currency = self.shop.organization.policy.currency;
        AccountView::new(self.key.customer.as_str(), account, contact, profile, currency)
    }

    fn not_found(&self, rejection: Rejection) -> Failure {
        let currency = self.shop.organization.policy.currency;
        Problem::Rejected { customer: self.key.customer.to_string(), currency, rejection }.into()
    }
}

/// Words the answer of a command whose receipt is the account.
pub(super) async fn done_with_account(
    place: Place,
    decision: Decision,
) -> Result<Bare<AccountView>, Failure> {
    let Receipt::Account(account) = &decision.receipt else { return Err(Problem::Internal.into()) };
    let record = place.find_record().await?.ok_or(Problem::Internal)?;
    let view = place.view(account, &record).ok_or(Problem::Internal)?;
    Ok(Bare { data: Some(view), replayed: decision.replayed })
}

/// An account in a list.
pub(super) fn view_of(listed: &ListedAccount, currency: Currency) -> Option<AccountView> {
    let AccountRecord { account, contact, profile, .. } = &listed.record;
    AccountView::new(listed.key.customer.as_str(), account, contact.as_ref(), profile.as_ref(), currency)
}

/// An invoice as it is shown: its due date stands at the time of day it was issued (DECISIONS 13).
pub(super) fn invoice_view(record: &InvoiceRecord, shop: &Shop) -> InvoiceView {
    let issue_day = day_in(&shop.zone, record.invoice.issued_at);
    let currency = shop.organization.policy.currency;
    InvoiceView::new(record.key.customer.as_str(), &record.invoice, &record.notes, currency, issue_day)
}
