//! A server under load: companies with lines that no purchase uses up, whoever sells to them and whoever
//! decides about them.

use crate::letters::{Letters, Line, address};
use crate::load::{Traffic, all};
use crate::times::once;
use fiado_core::calendar::Day;
use fiado_tests::{Caller, Server, run, run_within};
use std::cell::Cell;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Over so many connections everything is made ready.
const CONNECTIONS: usize = 64;

/// The limit of a line that no purchase uses up.
pub(crate) const HIGH: &str = "1000000000.00";

/// How long the books may take to be verified.
pub(crate) const PATIENCE: Duration = Duration::from_secs(600);

/// A token holds longer than any run.
const HOLDS: &str = "30d";

/// A server and everybody who works with it.
pub(crate) struct Trade {
    folder: PathBuf,
    store: String,
    server: Server,
    started_in_us: u64,
    pub(crate) address: SocketAddr,
    seller_token: String,
    /// Who asks for lines, sells and takes payments.
    pub(crate) seller: Letters,
    /// Who decides about lines.
    pub(crate) manager: Letters,
    /// Those who have a line.
    pub(crate) lines: Vec<Line>,
    /// No name was given in this store before.
    run: String,
    named: Cell<u64>,
    requested: Cell<u64>,
    decided: Cell<u64>,
}

impl Trade {
    /// Starts a server over a store, whose file is in this folder if it has one.
    pub(crate) fn over(folder: &Path, store: &str) -> Trade {
        let token = |who: &str, permissions: &str| {
            let arguments =
                ["token", "--sub", who, "--permissions", permissions, "--ttl", HOLDS, "--store", store];
            run(folder, &[], &arguments).must_succeed().trim().to_owned()
        };
        let seller_token = token("user_seller", "credit:request,credit:use,credit:payment,credit:read");
        let manager_token = token("user_manager", "credit:approve,credit:manage,credit:read");
        let (server, started_in_us) = once(|| Server::over(folder, &["--store", store]));
        let address: SocketAddr = server.address().strip_prefix("http://").unwrap().parse().unwrap();
        Trade {
            folder: folder.to_owned(),
            store: store.to_owned(),
            server,
            started_in_us,
            address,
            seller: Letters::new(address, &seller_token),
            manager: Letters::new(address, &manager_token),
            seller_token,
            lines: Vec::new(),
            run: format!("{:x}", since_1970().as_millis()),
            named: Cell::new(0),
            requested: Cell::new(0),
            decided: Cell::new(0),
        }
    }

    /// Gives so many companies a high limit.
    pub(crate) fn open_lines(&mut self, count: u64) {
        self.ask_for_lines(count);
        all(self.address, &Decisions(self, HIGH), CONNECTIONS, count).must_be_sound();
        self.lines = (0..count).map(|number| Line::of(self.applicant(number))).collect();
    }

    /// Gives one more company a line of its own.
    pub(crate) fn open_line(&self, limit: &str) -> Line {
        self.ask_for_lines(1);
        let line = Line::of(self.applicant(self.decided.get()));
        all(self.address, &Decisions(self, limit), 1, 1).must_be_sound();
        line
    }

    /// Has so many more companies ask for a line: what [`Trade::decision`] decides about.
    pub(crate) fn ask_for_lines(&self, count: u64) {
        all(self.address, &Applications(self), CONNECTIONS, count).must_be_sound();
    }

    /// A name that nothing has.
    pub(crate) fn name(&self) -> String {
        format!("{}-{}", self.run, self.named.replace(self.named.get() + 1))
    }

    fn applicant(&self, number: u64) -> String {
        format!("cust_{}_{number:07}", self.run)
    }

    /// The next request of a company that waits is approved with this limit.
    pub(crate) fn decision(&self, limit: &str, to: &mut Vec<u8>) {
        let customer = self.applicant(self.decided.replace(self.decided.get() + 1));
        let body = format!(r#"{{"credit_limit":{limit},"payment_term_days":30}}"#);
        self.manager.post(&address(&customer, "/approve"), &self.name(), &body, to);
    }

    /// How many requests wait to be decided.
    pub(crate) fn waiting(&self) -> u64 {
        self.requested.get() - self.decided.get()
    }

    /// A new order is bought on a line.
    pub(crate) fn purchase(&self, line: &Line, to: &mut Vec<u8>) {
        let name = self.name();
        self.seller.post(&line.purchases, &name, &purchase_of(&name), to);
    }

    /// A payment comes in for a line, of two purchases and a half.
    pub(crate) fn payment(&self, line: &Line, day: Day, to: &mut Vec<u8>) {
        let name = self.name();
        let body = format!(r#"{{"amount":25.00,"payment_reference":"{name}","payment_date":"{day}"}}"#);
        self.seller.post(&line.payments, &name, &body, to);
    }

    /// Somebody who asks, and reads the answer.
    pub(crate) fn reader(&self) -> Caller {
        self.server.stranger().with_token(&self.seller_token)
    }

    /// The number of the server's process.
    pub(crate) fn process(&self) -> u32 {
        self.server.process()
    }

    /// How long it took until the server listened, in microseconds.
    pub(crate) fn started_in_us(&self) -> u64 {
        self.started_in_us
    }

    /// Stops the server, and has all that is stored held against the journal; says how long that took,
    /// in microseconds, or nothing where it takes too long to wait for.
    ///
    /// # Panics
    /// Where it does not agree.
    pub(crate) fn close(mut self) -> Option<u64> {
        self.server.ask_to_stop();
        self.server.wait();
        let verify = ["verify", "--store", &self.store];
        let (ran, took_us) = once(|| run_within(PATIENCE, &self.folder, &verify));
        ran.map(|ran| drop(ran.must_succeed())).map(|()| took_us)
    }
}

/// What a purchase costs, and its body.
pub(crate) const PRICE: &str = "10.00";

pub(crate) fn purchase_of(order: &str) -> String {
    format!(r#"{{"order_id":"{order}","amount":{PRICE}}}"#)
}

/// Yesterday in UTC, which is no future day anywhere.
pub(crate) fn yesterday() -> Day {
    let days = since_1970().as_secs() / 86_400 - 1;
    Day::from_days_since_epoch(i32::try_from(days).unwrap()).unwrap()
}

fn since_1970() -> Duration {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap()
}

/// One company after the other asks for a line.
struct Applications<'a>(&'a Trade);

impl Traffic for Applications<'_> {
    fn request(&self, _: u64, to: &mut Vec<u8>) {
        let Applications(trade) = self;
        let customer = trade.applicant(trade.requested.replace(trade.requested.get() + 1));
        let body = format!(
            r#"{{"requested_limit":10000.00,"business_info":{{"business_name":"Empresa {customer}","tax_id":"{customer}"}}}}"#
        );
        trade.seller.post(&address(&customer, "/request"), &trade.name(), &body, to);
    }
}

/// One request after the other is approved, with the same limit.
struct Decisions<'a>(&'a Trade, &'a str);

impl Traffic for Decisions<'_> {
    fn request(&self, _: u64, to: &mut Vec<u8>) {
        let Decisions(trade, limit) = self;
        trade.decision(limit, to);
    }
}
