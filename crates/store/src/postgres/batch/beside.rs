use super::touched::Touched;
use crate::Commit;
use fiado_core::account::Row;
use fiado_core::identity::{AccountKey, ChildId, InvoiceId};
use fiado_core::profile::{Contact, Email, Notes, Profile, Remark};
use std::collections::BTreeMap;

/// What is kept beside the journal after a batch, and what it has made nobody's business any more.
#[derive(Debug, Default)]
pub(super) struct Besides<'a> {
    pub(super) profiles: BTreeMap<&'a AccountKey, &'a Profile>,
    pub(super) contacts: BTreeMap<AccountKey, Contact>,
    pub(super) notes: BTreeMap<(AccountKey, InvoiceId), Notes>,
    pub(super) remarks: BTreeMap<(&'a AccountKey, u64), &'a Remark>,
    /// The addresses of holders; `None`: it is erased.
    pub(super) emails: BTreeMap<(&'a AccountKey, ChildId), Option<&'a Email>>,
}

impl<'a> Besides<'a> {
    /// Takes over what a commit brings, on what the ones before it have left.
    pub(super) fn follow(&mut self, commit: &'a Commit, touched: &mut Touched) {
        let (key, beside) = (&commit.key, &commit.beside);
        commit.rows.iter().for_each(|row| self.erase(key, row));
        if let Some(profile) = &beside.profile {
            self.profiles.insert(key, profile);
        }
        if let Some(change) = &beside.contact {
            let before = self.contacts.remove(key).or_else(|| touched.contacts.remove(key));
            self.contacts.insert(key.clone(), change.apply(before));
        }
        if let Some(remark) = &beside.remark {
            self.remarks.insert((key, commit.account.version), remark);
        }
        if let Some(change) = &beside.notes {
            let which = (key.clone(), change.invoice.clone());
            let before = self.notes.remove(&which).or_else(|| touched.notes.remove(&which));
            self.notes.insert(which, change.apply(before.unwrap_or_default()));
        }
        if let (Some(email), Some(holder)) = (&beside.holder, commit.added_holder()) {
            self.emails.insert((key, holder), Some(email));
        }
    }

    fn erase(&mut self, key: &'a AccountKey, row: &Row) {
        match row {
            Row::LifeBegan { .. } => {
                self.emails.retain(|(whose, _), _| *whose != key);
            }
            Row::HolderRemoved { holder, .. } => {
                self.emails.insert((key, *holder), None);
            }
            _ => {}
        }
    }
}
