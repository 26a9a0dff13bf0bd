use super::Arrived;
use crate::chain::Link;
use crate::{Answer, AnswerKey, ApiKey, JournalRow, Organization, Refusal, RuleRecord, StoreError};
use fiado_core::identity::{AccountKey, ChildId, InvoiceId, OrganizationId};
use fiado_core::profile::{Contact, Email, Notes, Profile, Remark};
use std::fmt;

/// What a store holds beside its accounts.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Shops {
    /// The shops, in the order of their keys.
    pub organizations: Vec<Organization>,
    /// Their payment rules, those of each in their order.
    pub rules: Vec<(OrganizationId, RuleRecord)>,
    /// Keys for other systems, in the order of their public halves.
    pub keys: Vec<ApiKey>,
    /// The secret that the store signs its own tokens with.
    pub signing_key: [u8; 32],
}

/// The key that signs is nobody's business.
impl fmt::Debug for Shops {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Shops { organizations, rules, keys, signing_key: _ } = self;
        write!(f, "Shops {{ {organizations:?}, {rules:?}, {keys:?} }}")
    }
}

/// Everything of one customer that cannot be made again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belongings {
    /// Whose.
    pub key: AccountKey,
    /// Its version, and the last link of its chain; `None`: there is no account.
    pub head: Option<(u64, Link)>,
    /// Its journal, in order.
    pub journal: Vec<JournalRow>,
    /// What the company says of itself.
    pub profile: Option<Profile>,
    /// How it is reached and named.
    pub contact: Option<Contact>,
    /// What was written beside its entries, by their sequence.
    pub remarks: Vec<(u64, Remark)>,
    /// The addresses of those who may buy on it.
    pub holders: Vec<(ChildId, Email)>,
    /// What was noted on its invoices.
    pub notes: Vec<(InvoiceId, Notes)>,
    /// What was refused, with its position.
    pub refusals: Vec<(u64, Refusal)>,
    /// What was answered under an idempotency key.
    pub answers: Vec<(AnswerKey, Answer)>,
}

impl Belongings {
    /// Nothing yet.
    pub(super) fn of(key: AccountKey) -> Belongings {
        Belongings {
            key,
            head: None,
            journal: Vec::new(),
            profile: None,
            contact: None,
            remarks: Vec::new(),
            holders: Vec::new(),
            notes: Vec::new(),
            refusals: Vec::new(),
            answers: Vec::new(),
        }
    }
}

/// A store as it is at one moment, whatever is written to it meanwhile.
pub trait Departure {
    /// What it holds beside its accounts.
    ///
    /// # Errors
    /// As all readers of a store; so do the accounts.
    fn shops(&self) -> Result<Shops, StoreError>;

    /// What the next customers after one have, in the order of their keys: up to the one with whom
    /// there are so many entries, refusals or answers, and none where that was the last.
    ///
    /// # Errors
    /// As all readers of a store.
    fn belongings(&self, after: Option<&AccountKey>, rows: usize) -> Result<Vec<Belongings>, StoreError>;
}

/// A new store that is being filled. Until it has been finished nobody can open it, and where it is
/// dropped before, it stays so until somebody begins anew.
///
/// Each call is one transaction. All of them fail with [`StoreError::ImportOvertaken`] once somebody
/// else has begun anew.
pub trait Arrival {
    /// Writes what a store holds beside its accounts. The first call.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], as of all calls.
    fn shops(&mut self, shops: &Shops) -> Result<(), StoreError>;

    /// Writes accounts with all their rows, in the order of their keys, behind those before.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], and [`StoreError::Conflict`] where an account is there already.
    fn accounts(&mut self, chunk: &[Arrived]) -> Result<(), StoreError>;

    /// Makes it a store. The last call.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`], and [`StoreError::Damaged`] where what is there is not what was
    /// written: somebody else wrote to it meanwhile, or rows that must differ do not.
    fn finish(&mut self) -> Result<(), StoreError>;
}
