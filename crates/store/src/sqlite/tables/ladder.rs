//! What an account owes by due day: a row a rung, so that a purchase rewrites only its own.

use crate::StoreError;
use crate::cells::cells;
use crate::sqlite::query;
use fiado_core::account::{Account, Ladder};
use fiado_core::calendar::Day;
use fiado_core::identity::AccountKey;
use rusqlite::Connection;

/// The whole ladder.
pub(crate) fn read(connection: &Connection, key: &AccountKey) -> Result<Ladder, StoreError> {
    let rungs = query::all(
        connection,
        "SELECT due_day, amount FROM ladder WHERE organization = ?1 AND customer = ?2",
        cells![key.organization, key.customer],
        |cells| Ok((cells.next()?, cells.next()?)),
    )?;
    Ok(Ladder::new(rungs))
}

/// Writes the rungs of these days as they are in the account; an empty rung has no row.
pub(crate) fn save(
    connection: &Connection,
    key: &AccountKey,
    account: &Account,
    days: impl IntoIterator<Item = Day>,
) -> Result<(), StoreError> {
    for day in days {
        let amount = account.ladder.due_on(day);
        if amount.is_zero() {
            query::run(
                connection,
                "DELETE FROM ladder WHERE organization = ?1 AND customer = ?2 AND due_day = ?3",
                cells![key.organization, key.customer, day],
            )?;
        } else {
            query::run(
                connection,
                "INSERT INTO ladder (organization, customer, due_day, amount) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (organization, customer, due_day) DO UPDATE SET amount = ?4",
                cells![key.organization, key.customer, day, amount],
            )?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::conformance::desk::{Desk, buy, key, pay};
    use crate::sqlite::Sqlite;

    #[test]
    fn a_rung_that_is_paid_leaves_no_row() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("fiado.db");
        let store = Sqlite::open(&path).unwrap();
        let (desk, account) = (Desk::new(&store), key("cust_456"));
        desk.open_line(&account, 100_000);
        desk.all_done(&account, [buy("order-1", 300, 3), pay("transfer-1", 200)]);
        drop(store);
        let connection = Connection::open(&path).unwrap();
        let rungs: i64 = connection.query_row("SELECT count(*) FROM ladder", [], |row| row.get(0)).unwrap();
        assert_eq!(rungs, 1);
    }
}
