//! The program over made books, and whoever asks it.

use crate::books::Books;
use crate::machine::resident_mb;
use crate::times::once;
use fiado_tests::{Caller, Integration, Server, json, run};

/// A running server, and an application key that opens every operation.
pub(crate) struct Service {
    server: Server,
    started_in_us: u64,
    app_key: String,
    app_token: String,
}

impl Service {
    /// Starts one. Its clock goes on where the books end, so that every run sees the same overdue
    /// invoices.
    pub(crate) fn over(books: &Books) -> Service {
        let store = format!("sqlite:{}", Books::FILE);
        let clock = books.made.until.plus_seconds(60).to_string();
        let key = ["keys", "create", "--name", "bench", "--permissions", "vtex:main", "--store", &store];
        let key = json(&run(books.folder(), &[], &key).must_succeed());
        let half = |name: &str| key[name].as_str().unwrap().to_owned();
        let (server, started_in_us) =
            once(|| Server::over(books.folder(), &["--store", &store, "--clock", &clock]));
        Service { server, started_in_us, app_key: half("app_key"), app_token: half("app_token") }
    }

    /// How long it took until it listened, in microseconds.
    pub(crate) fn started_in_us(&self) -> u64 {
        self.started_in_us
    }

    /// How much memory it has in use, in megabytes, where the system tells.
    pub(crate) fn resident_mb(&self) -> Option<u64> {
        resident_mb(self.server.process())
    }

    /// Somebody who asks and takes what comes.
    pub(crate) fn caller(&self) -> Caller {
        self.server
            .stranger()
            .with("X-VTEX-API-AppKey", &self.app_key)
            .with("X-VTEX-API-AppToken", &self.app_token)
    }

    /// Somebody who asks by VTEX's addresses, and holds every answer against the document.
    pub(crate) fn client(&self) -> Integration {
        Integration::of(self.caller())
    }
}
