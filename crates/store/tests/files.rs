//! What only a store in a file has to do: whose the file is, what it is, and who made it.

#![expect(clippy::unwrap_used, reason = "a test ends where it cannot go on")]

use fiado_store::sqlite::Sqlite;
use fiado_store::{Store, StoreError};
use rusqlite::Connection;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

fn in_directory<T>(test: impl FnOnce(&Path) -> T) -> T {
    let directory = tempfile::tempdir().unwrap();
    test(&directory.path().join("fiado.db"))
}

fn refusal(path: &Path) -> StoreError {
    Sqlite::open(path).map(drop).unwrap_err()
}

#[cfg(unix)]
#[test]
fn a_new_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    in_directory(|path| {
        let _store = Sqlite::open(path).unwrap();
        for companion in ["", "-wal", "-shm"] {
            let file = format!("{}{companion}", path.display());
            let mode = std::fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{file}");
        }
    });
}

#[test]
fn a_store_that_was_closed_is_one_file() {
    in_directory(|path| {
        let store = Sqlite::open(path).unwrap();
        store.signing_key().unwrap();
        drop(store);
        let files: Vec<_> = std::fs::read_dir(path.parent().unwrap()).unwrap().collect();
        assert_eq!(files.len(), 1, "{files:?}");
    });
}

#[test]
fn a_file_is_opened_at_once() {
    in_directory(|path| {
        let start = Instant::now();
        drop(Sqlite::open(path).unwrap());
        Sqlite::open(path).unwrap().signing_key().unwrap();
        assert!(start.elapsed() < Duration::from_millis(500), "{:?}", start.elapsed());
    });
}

#[test]
fn many_may_open_a_new_file_at_the_same_moment() {
    in_directory(|path| {
        let secrets: Vec<[u8; 32]> = thread::scope(|scope| {
            let opening: Vec<_> =
                (0..8).map(|_| scope.spawn(|| Sqlite::open(path).unwrap().signing_key().unwrap())).collect();
            opening.into_iter().map(|opened| opened.join().unwrap()).collect()
        });
        assert!(secrets.iter().all(|secret| *secret == secrets[0]), "one store was made, once");
    });
}

#[test]
fn another_programs_database_is_left_alone() {
    in_directory(|path| {
        Connection::open(path).unwrap().execute_batch("CREATE TABLE theirs (x)").unwrap();
        assert!(matches!(refusal(path), StoreError::Unavailable(_)));
        let tables: i64 = Connection::open(path)
            .unwrap()
            .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
            .unwrap();
        assert_eq!(tables, 1);
    });
}

#[test]
fn a_store_made_by_a_newer_version_is_left_alone() {
    in_directory(|path| {
        drop(Sqlite::open(path).unwrap());
        Connection::open(path).unwrap().execute_batch("PRAGMA user_version = 1000").unwrap();
        let refused = refusal(path);
        assert!(refused.to_string().contains("newer version"), "{refused}");
    });
}

#[test]
fn what_is_no_database_is_said_to_be_damaged() {
    in_directory(|path| {
        std::fs::write(path, "not a database, but long enough to be taken for one".repeat(100)).unwrap();
        assert!(matches!(refusal(path), StoreError::Damaged(_)));
    });
}

#[test]
fn a_directory_that_is_not_there_is_named() {
    in_directory(|path| {
        let path = path.with_file_name("missing").join("fiado.db");
        let refused = refusal(&path);
        assert!(refused.to_string().contains("missing"), "{refused}");
    });
}

#[test]
fn a_writer_beside_us_is_waited_for() {
    in_directory(|path| {
        let store = Sqlite::open(path).unwrap();
        let mut beside = Connection::open(path).unwrap();
        let organization = "org_default".to_owned().try_into().unwrap();
        thread::scope(|scope| {
            let writing = beside.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate).unwrap();
            let waiting = scope.spawn(|| store.change_organization(&organization, &mut |_| {}));
            thread::sleep(Duration::from_millis(100));
            assert!(!waiting.is_finished());
            writing.commit().unwrap();
            waiting.join().unwrap().unwrap();
        });
    });
}
