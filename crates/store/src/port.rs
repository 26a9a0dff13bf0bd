use crate::moving::Departure;
use crate::{AccountFilter, InvoiceFilter, InvoiceTotals, Range};
use crate::{ApiKey, Organization, Page, PageRequest};
use fiado_core::account::{
    Account, Book, Entry, Hold, Holder, Invoice, InvoiceState, Needs, Operation, Payment, Receipt, Rejection,
    Row, StatementLine, Status, Usage,
};
use fiado_core::calendar::{Day, Instant};
use fiado_core::identity::{AccountKey, ActorId, InvoiceId, OrganizationId, RuleId, TransactionId};
use fiado_core::money::Balance;
use fiado_core::profile::{Beside, Contact, Email, Notes, Profile, Remark};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What one command of a batch needs to be decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its account.
    pub key: AccountKey,
    /// The open items it needs.
    pub needs: Needs,
    /// Where its answer is remembered, if its caller gave a key.
    pub answer: Option<AnswerKey>,
}

/// What a batch of commands needs, as it stands inside the batch's transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loaded {
    /// Every account wanted, known or not ([`Book::default`] where nothing has happened), with the
    /// union of the items wanted of it. Amounts to be covered are summed, and what is named does not
    /// count as covering, so that the second payment of a batch finds what the first has left.
    pub books: BTreeMap<AccountKey, Book>,
    /// The answers that are remembered.
    pub answers: BTreeMap<AnswerKey, Answer>,
    /// No entry of any of these accounts is later, whoever wrote it: other servers have other clocks.
    /// `None`: nothing has been written yet.
    pub newest: Option<Instant>,
}

/// All that a batch of commands has done, to be written in one transaction.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    /// What was done, in order. An account may occur several times.
    pub commits: Vec<Commit>,
    /// What was refused, in order (DECISIONS 16).
    pub refusals: Vec<Refusal>,
    /// What is to be remembered.
    pub answers: Vec<(AnswerKey, Answer)>,
}

impl Changes {
    /// Whether nothing is to be written.
    pub fn is_empty(&self) -> bool {
        self.commits.is_empty() && self.refusals.is_empty() && self.answers.is_empty()
    }

    /// How many commands have been done or refused, or were answered as before.
    pub(crate) fn commands(&self) -> usize {
        self.commits.len().saturating_add(self.refusals.len()).max(self.answers.len())
    }

    /// The latest instant of any entry or refusal; `None`: there is none.
    pub fn newest_at(&self) -> Option<Instant> {
        let entries = self.commits.iter().flat_map(|commit| &commit.entries).map(|entry| entry.at);
        entries.chain(self.refusals.iter().map(|refusal| refusal.at)).max()
    }
}

/// What one command has done to one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit {
    /// Its account.
    pub key: AccountKey,
    /// The account after it, for all who keep it.
    pub account: Arc<Account>,
    /// Its entries, at least one; the first follows on the stored version without a gap.
    pub entries: Vec<Entry>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// What is kept beside the journal with it.
    pub beside: Beside,
}

/// A command that was refused: kept for those who ask why, outside chain and version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// The account, which may not exist.
    pub key: AccountKey,
    /// When.
    pub at: Instant,
    /// Who asked.
    pub by: ActorId,
    /// What for.
    pub operation: Operation,
    /// Why not.
    pub rejection: Rejection,
}

/// Where an answer is remembered (DECISIONS 18).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AnswerKey {
    /// The account in the path, even when new.
    pub account: AccountKey,
    /// The operation.
    pub operation: Operation,
    /// The caller's `Idempotency-Key`.
    pub key: String,
}

impl AnswerKey {
    /// What the answers of one account are ordered by in an export: the operation's word, then the key.
    pub(crate) fn in_export(&self) -> (&str, &str) {
        (self.operation.word(), &self.key)
    }
}

/// What was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// SHA-256 of what was asked, to tell another question under the same key.
    pub fingerprint: [u8; 32],
    /// When.
    pub at: Instant,
    /// Yes or no.
    pub result: Result<Receipt, Rejection>,
}

/// An account with what is kept beside its journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// The account, its ladder included, without the holds whose time has come.
    pub account: Arc<Account>,
    /// What the company says of itself.
    pub profile: Option<Profile>,
    /// How it is reached and named, if it was ever told.
    pub contact: Option<Contact>,
    /// The remark beside the decision that rejected, suspended or ended it, if there is one.
    pub remark: Option<Remark>,
}

/// A payment rule as its shop wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleRecord {
    /// Its id, unique in its organization.
    pub id: RuleId,
    /// Its text, kept to the letter.
    pub document: String,
}

/// One line of the list of requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestRecord {
    /// Its account.
    pub key: AccountKey,
    /// The account, its ladder included.
    pub account: Account,
    /// What the company says of itself.
    pub profile: Option<Profile>,
}

/// An account in a list of accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAccount {
    /// Its key.
    pub key: AccountKey,
    /// The account with what is kept beside its journal.
    pub record: AccountRecord,
}

/// An invoice with whose it is and what was noted on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceRecord {
    /// Its account.
    pub key: AccountKey,
    /// The invoice.
    pub invoice: Invoice,
    /// What was noted on it.
    pub notes: Notes,
}

/// A holder with their address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HolderRecord {
    /// The holder.
    pub holder: Holder,
    /// Their address, unless it was erased.
    pub email: Option<Email>,
}

/// A stretch of an account's statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Stretch {
    /// Its lines, oldest first.
    pub lines: Vec<StatementLine>,
    /// The manual balance before the first of them.
    pub balance_before: Balance,
}

/// A purchase with what its invoices say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedUsage {
    /// The purchase.
    pub usage: Usage,
    /// The due day of its first unpaid invoice; `None`: all are paid.
    pub next_due: Option<Day>,
}

/// A row of the journal as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// Its place in the whole store's journal and refusals together.
    pub position: u64,
    /// Its account.
    pub key: AccountKey,
    /// Its place in its account.
    pub sequence: u64,
    /// When, as it is kept beside the entry.
    pub at: Instant,
    /// The event's name, as it is kept beside the entry.
    pub kind: String,
    /// The entry as JSON, the very bytes that were hashed.
    pub body: Vec<u8>,
    /// Its link in the account's chain.
    pub hash: [u8; 32],
}

/// An entry of an account's journal, as people look it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRecord {
    /// The entry.
    pub entry: Entry,
    /// Which of the account's lives it is of; the first is 1.
    pub life: u32,
    /// Its link in the account's chain.
    pub hash: [u8; 32],
    /// The remark beside it, unless there was none or it was erased.
    pub remark: Option<Remark>,
}

/// What a store had to overcome, for those who watch it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Setbacks {
    /// How often something was tried again, because a connection was lost or another transaction stood in
    /// its way.
    pub retries: u64,
    /// How many commits were never confirmed, so that it had to be found out what became of them.
    pub doubts: u64,
    /// How many batches were decided again because what was remembered of an account was old, or a key or an
    /// order was not new after all.
    pub outdated: u64,
}

/// Why a store could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// An account was changed by somebody else since it was loaded. Nothing was written; loading
    /// and deciding again is safe.
    #[error("an account was changed by somebody else meanwhile")]
    Conflict(AccountKey),
    /// The entries do not follow on the stored version. Nothing was written.
    #[error("the entries of an account do not follow on its journal")]
    Gap(AccountKey),
    /// The page's mark is not one of this list.
    #[error("not a mark of this list")]
    BadMark,
    /// The organization's currency cannot change once it has accounts.
    #[error("the currency of an organization that has accounts cannot be changed")]
    CurrencyFixed,
    /// The organization has a payment rule with this id. Nothing was written.
    #[error("a payment rule with this id is there already")]
    RuleExists,
    /// The database could not be reached, or is busy; nothing was written.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// What is stored cannot be read: the store is damaged.
    #[error("the store is damaged: {0}")]
    Damaged(String),
    /// The commit's sync failed: whether it is durable is unknown, and a retried sync may lie. The
    /// process must stop and replay.
    #[error("the disk did not confirm a commit: {0}")]
    SyncFailed(String),
    /// It has not got all that is to be moved into it, so it is no store yet.
    #[error(
        "an import into it is under way, or was not finished: nothing can be done with it until `fiado import` \
         has begun anew and ended well"
    )]
    ImportUnfinished,
    /// Somebody else has begun to fill it since. Nothing was written.
    #[error("another import into it was begun meanwhile")]
    ImportOvertaken,
    /// Something was to be moved into a store that has something already. Nothing was changed.
    #[error("it has {0} already; an import needs a new one")]
    NotNew(&'static str),
}

/// A place where journal and rows live. All calls block; call them from a thread that may.
pub trait Store: Send + Sync + 'static {
    /// Runs a batch in one transaction: loads what is wanted, calls `work` with it, writes what it
    /// says, and returns once that is durable. On an error nothing was written (but see
    /// [`StoreError::SyncFailed`]). `work` may be called again where the store retries.
    ///
    /// # Errors
    /// [`StoreError::Gap`] and [`StoreError::Conflict`] where the commits do not follow on what is
    /// stored, [`StoreError::Unavailable`], [`StoreError::SyncFailed`], [`StoreError::Damaged`].
    fn batch(&self, wanted: &[Wanted], work: &mut dyn FnMut(Loaded) -> Changes) -> Result<(), StoreError>;

    /// How many batches it writes at once, without one waiting for the other where they have no account in
    /// common.
    fn batches_at_once(&self) -> usize {
        1
    }

    /// Goes the way of a commit with nothing of anybody's in it: whether something would be durable if it
    /// were written now.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] where it would not, or not within some seconds.
    fn can_write(&self) -> Result<(), StoreError>;

    /// What it had to overcome since it was opened.
    fn setbacks(&self) -> Setbacks {
        Setbacks::default()
    }

    /// What [`Store::account`] answers, where it is at hand: without waiting for anybody, neither for another
    /// process, nor for whoever writes or reads. `None`: it is not.
    ///
    /// # Errors
    /// As [`Store::account`].
    fn account_at_hand(
        &self,
        key: &AccountKey,
        now: Instant,
    ) -> Result<Option<Option<AccountRecord>>, StoreError> {
        let _ = (key, now);
        Ok(None)
    }

    /// Forgets answers given before a moment, at most so many; says how many it forgot. What was done a moment
    /// ago may be left to the next time.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    fn forget_answers(&self, before: Instant, most: usize) -> Result<usize, StoreError>;

    /// The organization, if it has been made.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], [`StoreError::Damaged`]; so do all the readers below.
    fn organization(&self, id: &OrganizationId) -> Result<Option<Organization>, StoreError>;

    /// The organization, made as new ones are ([`Organization::usual`]) where it is not there yet;
    /// and whether it was made. One that is there stays as it is.
    ///
    /// # Errors
    /// As all readers.
    fn organization_or_new(&self, id: &OrganizationId) -> Result<(Organization, bool), StoreError>;

    /// Changes an organization, made first as new ones are where it is not there yet, in one
    /// transaction: nobody's change is lost in another's. Its id stays.
    ///
    /// # Errors
    /// [`StoreError::CurrencyFixed`] where it has accounts in another currency; nothing is changed.
    fn change_organization(
        &self,
        id: &OrganizationId,
        change: &mut dyn FnMut(&mut Organization),
    ) -> Result<Organization, StoreError>;

    /// The payment rules of an organization, those made first first.
    ///
    /// # Errors
    /// As all readers.
    fn rules(&self, organization: &OrganizationId) -> Result<Vec<RuleRecord>, StoreError>;

    /// Keeps a new payment rule behind the others; `false`: its organization has `most` already. The
    /// organization is made as new ones are where it is not there yet.
    ///
    /// # Errors
    /// [`StoreError::RuleExists`] where there is one with its id; it stays as it is.
    fn add_rule(
        &self,
        organization: &OrganizationId,
        rule: &RuleRecord,
        most: usize,
    ) -> Result<bool, StoreError>;

    /// Writes a payment rule over the one that has its id, which keeps its place among the others;
    /// `false`: there is none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    fn replace_rule(&self, organization: &OrganizationId, rule: &RuleRecord) -> Result<bool, StoreError>;

    /// Removes a payment rule; `false`: there is none.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    fn remove_rule(&self, organization: &OrganizationId, rule: &RuleId) -> Result<bool, StoreError>;

    /// Keeps a new key.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`].
    fn add_key(&self, key: &ApiKey) -> Result<(), StoreError>;

    /// The key with this public half.
    ///
    /// # Errors
    /// As all readers.
    fn key(&self, app_key: &str) -> Result<Option<ApiKey>, StoreError>;

    /// The secret this store signs its own tokens with, made with the store.
    ///
    /// # Errors
    /// As all readers.
    fn signing_key(&self) -> Result<[u8; 32], StoreError>;

    /// One account as it stands at a moment: holds whose time has come are not held any more
    /// (DECISIONS 15).
    ///
    /// # Errors
    /// As all readers.
    fn account(&self, key: &AccountKey, now: Instant) -> Result<Option<AccountRecord>, StoreError>;

    /// One account with the items a command needs, as a batch would find them ([`Loaded::books`]), to
    /// see what would come of the command without doing it. `None`: nothing has happened to it.
    ///
    /// # Errors
    /// As all readers.
    fn book_for(&self, key: &AccountKey, needs: &Needs) -> Result<Option<Book>, StoreError>;

    /// The live holds of an account that end after a moment, at most so many, those that end first
    /// first (then in the order they were made).
    ///
    /// # Errors
    /// As all readers.
    fn live_holds(&self, key: &AccountKey, now: Instant, most: usize) -> Result<Vec<Hold>, StoreError>;

    /// The accounts of an organization that have or had a line, those updated first first
    /// ([`fiado_core::account::Life::updated_at`], then by customer), and how many there are. One
    /// that cannot be read is left out.
    ///
    /// # Errors
    /// As all readers.
    fn accounts(
        &self,
        organization: &OrganizationId,
        filter: &AccountFilter,
        range: &Range,
        now: Instant,
    ) -> Result<(Vec<ListedAccount>, u64), StoreError>;

    /// The account of somebody who shops under an address, however that is written: an open one that
    /// has it as its own, else an open one that has its owner as a holder, else one that has it and is
    /// not open; the first by customer.
    ///
    /// # Errors
    /// As all readers.
    fn account_of_shopper(
        &self,
        organization: &OrganizationId,
        email: &Email,
    ) -> Result<Option<AccountKey>, StoreError>;

    /// Accounts with live holds whose time has come, at most so many. What was done a moment ago may be seen
    /// the next time only: whoever asks does so again and again, and keeps nobody waiting.
    ///
    /// # Errors
    /// As all readers.
    fn accounts_with_expired_holds(&self, now: Instant, most: usize) -> Result<Vec<AccountKey>, StoreError>;

    /// The holders of an account, those added first first.
    ///
    /// # Errors
    /// As all readers.
    fn holders(&self, key: &AccountKey) -> Result<Vec<HolderRecord>, StoreError>;

    /// The accounts of an organization that stand at a status, oldest request first. One that
    /// cannot be read is left out, so that the others can be worked on: `verify` names it.
    ///
    /// # Errors
    /// As all readers, and [`StoreError::BadMark`]; so do all the lists below.
    fn requests(
        &self,
        organization: &OrganizationId,
        status: Option<Status>,
        page: &PageRequest,
    ) -> Result<Page<RequestRecord>, StoreError>;

    /// An account's purchases, newest first.
    ///
    /// # Errors
    /// As all lists.
    fn usages(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<ListedUsage>, StoreError>;

    /// One purchase's invoices, in order; at most 48.
    ///
    /// # Errors
    /// As all readers.
    fn invoices_of(&self, key: &AccountKey, transaction: &TransactionId) -> Result<Vec<Invoice>, StoreError>;

    /// One invoice of an account's present life.
    ///
    /// # Errors
    /// As all readers.
    fn invoice(&self, key: &AccountKey, id: &InvoiceId) -> Result<Option<InvoiceRecord>, StoreError>;

    /// The invoices of an organization that are of their accounts' present lives, those issued first
    /// first (then by customer and id), and the totals of all that match.
    ///
    /// # Errors
    /// As all readers.
    fn find_invoices(
        &self,
        organization: &OrganizationId,
        filter: &InvoiceFilter,
        range: &Range,
    ) -> Result<(Vec<InvoiceRecord>, InvoiceTotals), StoreError>;

    /// An account's invoices, earliest due first; `state`: only those that stand so.
    ///
    /// # Errors
    /// As all lists.
    fn invoices(
        &self,
        key: &AccountKey,
        state: Option<InvoiceState>,
        page: &PageRequest,
    ) -> Result<Page<Invoice>, StoreError>;

    /// An account's payments, newest first.
    ///
    /// # Errors
    /// As all lists.
    fn payments(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<Payment>, StoreError>;

    /// An account's statement, newest first.
    ///
    /// # Errors
    /// As all lists.
    fn statement(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<StatementLine>, StoreError>;

    /// The lines of the statement's present life from one moment until before another, the newest
    /// `most` of them.
    ///
    /// # Errors
    /// As all readers.
    fn statement_stretch(
        &self,
        key: &AccountKey,
        from: Option<Instant>,
        before: Option<Instant>,
        most: usize,
    ) -> Result<Stretch, StoreError>;

    /// The entries of an account's journal, newest first, of all its lives.
    ///
    /// # Errors
    /// As all lists.
    fn entries(&self, key: &AccountKey, page: &PageRequest) -> Result<Page<EntryRecord>, StoreError>;

    /// When the newest entry or refusal was written, if there is any: a clock may not go before it.
    ///
    /// # Errors
    /// As all readers.
    fn newest_instant(&self) -> Result<Option<Instant>, StoreError>;

    /// Every account in order of its key, after `after`, at most so many.
    ///
    /// # Errors
    /// As all readers.
    fn account_keys(&self, after: Option<&AccountKey>, most: usize) -> Result<Vec<AccountKey>, StoreError>;

    /// An account's journal after a sequence, at most so many rows.
    ///
    /// # Errors
    /// As all readers.
    fn journal(&self, key: &AccountKey, after: u64, most: usize) -> Result<Vec<JournalRow>, StoreError>;

    /// An account with all of its rows as they are stored, and the head of its chain: what
    /// `verify` holds against a replay.
    ///
    /// # Errors
    /// As all readers.
    fn book(&self, key: &AccountKey) -> Result<Option<(Book, [u8; 32])>, StoreError>;

    /// All that cannot be made again, as it is at this moment, on a connection of its own: what
    /// [`export`](crate::moving::export) writes while others go on.
    ///
    /// # Errors
    /// As all readers.
    fn departure(&self) -> Result<Box<dyn Departure + '_>, StoreError>;
}
