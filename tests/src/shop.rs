use crate::postgres::{Cluster, Database};
use crate::program::fiado;
use crate::{Caller, Company, Ran, Server};
use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::process::ExitStatus;
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// The organization that is made with every store.
pub const DEFAULT_ORGANIZATION: &str = "org_default";

/// The moment of the façade's published examples.
const OPENS_AT: &str = "2025-11-24T10:00:00Z";

/// A server over a new store in a folder of its own, and everyone who works with it.
pub struct Shop {
    folder: Arc<TempDir>,
    clock: Option<String>,
    server: Server,
    store: Arc<Books>,
    tokens: Arc<Mutex<HashMap<Vec<String>, String>>>,
    /// Where its callers go as well, when their connection is cut.
    others: Vec<String>,
}

/// Where a shop's books are.
#[derive(Default)]
enum Books {
    /// In a file in its folder.
    #[default]
    File,
    /// In a PostgreSQL database of its own.
    Database(Database),
}

impl Books {
    /// The store, seen from the shop's folder.
    fn url(&self) -> &str {
        match self {
            Books::File => "sqlite:books.db",
            Books::Database(database) => database.url(),
        }
    }
}

/// A port that is free.
const ANY_ADDRESS: &str = "127.0.0.1:0";

/// Which store shops keep their books in where nobody says otherwise: `postgres`, else SQLite.
const VARIABLE: &str = "FIADO_TEST_STORE";

/// How a shop is to be opened.
#[derive(Default)]
pub struct Opening {
    on_postgres: bool,
    database: Option<Database>,
    clock: Option<String>,
    log: Option<String>,
    files: Vec<(String, String)>,
}

impl Opening {
    /// With the clock of the machine; only such a shop can be restarted.
    pub fn on_the_machines_clock() -> Opening {
        Opening::default()
    }

    /// With the clock at an instant, from which it runs on.
    pub fn at(instant: &str) -> Opening {
        Opening { clock: Some(instant.to_owned()), ..Opening::default() }
    }

    /// With its books in a PostgreSQL database of its own.
    #[must_use]
    pub fn on_postgres(mut self) -> Opening {
        self.on_postgres = true;
        self
    }

    /// With its books in this database.
    #[must_use]
    pub fn on(mut self, database: Database) -> Opening {
        self.database = Some(database);
        self
    }

    /// With a file in the server's folder; `fiado.toml` is its configuration.
    #[must_use]
    pub fn file(mut self, name: &str, text: impl Into<String>) -> Opening {
        self.files.push((name.to_owned(), text.into()));
        self
    }

    /// With a log as talkative as this.
    #[must_use]
    pub fn log(mut self, filter: &str) -> Opening {
        self.log = Some(filter.to_owned());
        self
    }

    /// Opens it.
    ///
    /// # Panics
    /// Where the server does not start.
    pub fn open(self) -> Shop {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in &self.files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let on_postgres = self.on_postgres || std::env::var(VARIABLE).is_ok_and(|store| store == "postgres");
        let store = match self.database {
            Some(database) => Books::Database(database),
            None if on_postgres => Books::Database(Cluster::shared().database()),
            None => Books::default(),
        };
        let command = serve(ANY_ADDRESS, &folder, &store, self.clock.as_deref(), self.log.as_deref());
        let server = Server::start(command);
        Shop {
            folder: Arc::new(folder),
            clock: self.clock,
            server,
            store: Arc::new(store),
            tokens: Arc::default(),
            others: Vec::new(),
        }
    }
}

fn serve(
    address: &str,
    folder: &TempDir,
    store: &Books,
    clock: Option<&str>,
    log: Option<&str>,
) -> std::process::Command {
    let mut arguments = vec!["serve", "--listen", address, "--store", store.url()];
    arguments.extend(clock.iter().flat_map(|clock| ["--clock", clock]));
    arguments.extend(log.iter().flat_map(|log| ["--log", log]));
    fiado(folder.path(), arguments)
}

impl Shop {
    /// A shop at 10:00 UTC on 24 November 2025, with nothing in its books.
    pub fn open() -> Shop {
        Opening::at(OPENS_AT).open()
    }

    /// Another server over the same books: whoever works here works there as well.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn branch(&self) -> Shop {
        Shop {
            folder: Arc::clone(&self.folder),
            clock: self.clock.clone(),
            server: self.started_at(ANY_ADDRESS),
            store: Arc::clone(&self.store),
            tokens: Arc::clone(&self.tokens),
            others: Vec::new(),
        }
    }

    /// Kills its server while others work here; [`Shop::successor`] may take its place.
    ///
    /// # Panics
    /// Where it does not run.
    pub fn dies(&self) {
        self.server.dies();
    }

    /// A server over the same books where its own was, which is dead.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn successor(&self) -> Server {
        self.started_at(self.server.address().trim_start_matches("http://"))
    }

    /// From now on, whose connection here is cut sends the same again to one of these, under the same
    /// key.
    pub fn is_helped_by(&mut self, branches: &[&Shop]) {
        self.others = branches.iter().map(|branch| branch.server.address().to_owned()).collect();
    }

    fn started_at(&self, address: &str) -> Server {
        Server::start(serve(address, &self.folder, &self.store, self.clock.as_deref(), None))
    }

    /// The running server.
    pub fn server(&mut self) -> &mut Server {
        &mut self.server
    }

    /// The address of its books, seen from its folder.
    pub fn store(&self) -> &str {
        self.store.url()
    }

    /// The folder it works in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Runs a command of the program on the shop's store.
    ///
    /// # Panics
    /// Where it cannot be started.
    pub fn fiado(&self, arguments: &[&str]) -> Ran {
        let arguments = arguments.iter().copied().chain(["--store", self.store.url()]);
        fiado(self.folder.path(), arguments).output().unwrap().into()
    }

    /// Makes an organization, or changes it.
    pub fn organization(&self, id: &str, settings: &[&str]) {
        self.fiado(&[&["organization", "set", id], settings].concat()).must_succeed();
    }

    /// A token made by `fiado token` with these arguments; the same one each time.
    pub fn token(&self, arguments: &[&str]) -> String {
        let asked = arguments.iter().map(|&argument| argument.to_owned()).collect();
        let make = || self.fiado(&[&["token"], arguments].concat()).must_succeed().trim().to_owned();
        self.tokens().entry(asked).or_insert_with(make).clone()
    }

    fn tokens(&self) -> MutexGuard<'_, HashMap<Vec<String>, String>> {
        self.tokens.lock().unwrap()
    }

    /// Somebody without a credential.
    pub fn stranger(&self) -> Caller {
        Caller::stranger(self.server.address()).with_others(&self.others)
    }

    /// Somebody with these permissions in the default organization.
    pub fn caller(&self, name: &str, permissions: &str) -> Caller {
        self.caller_of(DEFAULT_ORGANIZATION, name, permissions)
    }

    /// Somebody with these permissions in an organization.
    pub fn caller_of(&self, organization: &str, name: &str, permissions: &str) -> Caller {
        let claims = ["--organization", organization, "--sub", name, "--permissions", permissions];
        self.stranger().with_token(&self.token(&claims))
    }

    /// Who asks for lines, sells and takes payments.
    pub fn seller(&self) -> Caller {
        self.caller("user_seller", "credit:request,credit:use,credit:payment,credit:read")
    }

    /// Who decides about lines.
    pub fn manager(&self) -> Caller {
        self.caller("user_manager", "credit:approve,credit:manage,credit:read")
    }

    /// A company that has no line yet.
    pub fn company(&self, id: &str) -> Company<'_> {
        Company::new(self, DEFAULT_ORGANIZATION, id)
    }

    /// A company of another organization.
    pub fn company_of(&self, organization: &str, id: &str) -> Company<'_> {
        Company::new(self, organization, id)
    }

    /// A company with an approved line.
    pub fn company_with_line(&self, id: &str, limit: &str) -> Company<'_> {
        let company = self.company(id);
        company.gets_line(limit);
        company
    }

    /// Moves the clock forward.
    pub fn clock_moves_to(&self, instant: &str) {
        assert!(self.clock.is_some(), "this shop runs on the machine's clock");
        self.stranger().put("/test/clock", format!(r#"{{"now":"{instant}"}}"#)).must_be_success();
    }

    /// Kills the server; nothing answers any more.
    pub fn is_killed(&mut self) {
        self.server.kill();
    }

    /// Asks the server to stop and waits until it has.
    pub fn is_stopped(&mut self) -> ExitStatus {
        self.server.ask_to_stop();
        self.server.wait()
    }

    /// Starts a server over the same store, on another port.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn reopens(&mut self) {
        self.server = self.started_at(ANY_ADDRESS);
    }

    /// Starts a server over the same store with the clock of the machine, whatever clock it had.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn reopens_on_the_machines_clock(&mut self) {
        self.clock = None;
        self.reopens();
    }

    /// Writes into the store behind the server's back: one statement of SQL, which changes one row.
    ///
    /// # Panics
    /// Where it changes another number of rows.
    pub fn store_is_damaged(&self, statement: &str) {
        let changed = match &*self.store {
            Books::File => {
                let store = rusqlite::Connection::open(self.folder.path().join("books.db")).unwrap();
                // What was answered just now may be a moment ahead of the file.
                let mut tries = (0..100).map(|_| {
                    thread::sleep(Duration::from_millis(20));
                    store.execute(statement, []).unwrap()
                });
                tries.find(|changed| *changed > 0).unwrap_or(0).to_string()
            }
            Books::Database(database) => database
                .sql(&format!("WITH changed AS ({statement} RETURNING 1) SELECT count(*) FROM changed")),
        };
        assert_eq!(changed, "1", "{statement}");
    }

    /// Whether a text stands anywhere in the shop's files or books.
    ///
    /// # Panics
    /// Where they cannot be read.
    pub fn files_hold(&self, text: &str) -> bool {
        let files = fs::read_dir(self.folder.path()).unwrap();
        let contents = files.map(|file| fs::read(file.unwrap().path()).unwrap());
        let books = match &*self.store {
            Books::File => None,
            Books::Database(database) => Some(database.dump()),
        };
        contents.chain(books).any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
    }

    /// Stops the test unless `fiado verify` finds that everything stored agrees.
    ///
    /// # Panics
    /// With what differs.
    #[track_caller]
    pub fn books_must_agree(&self) {
        let ran = self.fiado(&["verify"]);
        assert_eq!(ran.code, 0, "{}{}", ran.printed, ran.complained);
    }
}
