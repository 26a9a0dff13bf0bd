use crate::sqlite::tables::{contacts, holder_emails, invoice_notes, profiles, remarks};
use crate::{Commit, StoreError};
use fiado_core::account::Row;
use rusqlite::Connection;

/// Writes what is kept beside the journal with a commit, and erases what it has made nobody's
/// business any more.
pub(super) fn write(connection: &Connection, commit: &Commit) -> Result<(), StoreError> {
    let (key, beside) = (&commit.key, &commit.beside);
    for row in &commit.rows {
        match row {
            Row::LifeBegan { .. } => holder_emails::erase_all(connection, key)?,
            Row::HolderRemoved { holder, .. } => holder_emails::erase(connection, key, *holder)?,
            _ => {}
        }
    }
    if let Some(profile) = &beside.profile {
        profiles::save(connection, key, profile)?;
    }
    if let Some(change) = &beside.contact {
        contacts::change(connection, key, change)?;
    }
    if let Some(remark) = &beside.remark {
        remarks::insert(connection, key, commit.account.version, remark)?;
    }
    if let Some(change) = &beside.notes {
        invoice_notes::change(connection, key, change)?;
    }
    if let (Some(email), Some(holder)) = (&beside.holder, commit.added_holder()) {
        holder_emails::insert(connection, key, holder, email)?;
    }
    Ok(())
}
