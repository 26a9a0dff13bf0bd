//! What is started to be measured: a server on each store, and what stands beside them.

use super::bare::Bare;
use super::limit::{Limit, exact};
use super::pgbench::Pgbench;
use super::results::{Run, Speed};
use super::{StoreKind, Subject, Traffic};
use crate::books::kept;
use crate::disk::Disk;
use crate::letters::Line;
use crate::load::{self, Span, Taken, closed};
use crate::machine::warm;
use crate::scenarios::{BULK, Bulks, Mix, Purchases, PurchasesOf, Reads};
use crate::trade::{HIGH, PATIENCE, Trade};
use fiado_tests::postgres::{Cluster, Database};
use std::fs;
use std::io::{Write, stdout};
use std::path::{Path, PathBuf};

/// How many requests for a line wait before a second of mixed traffic: more than any server decides.
const DECISIONS_A_SECOND: u64 = 1_500;

/// At these parts of what a closed loop has reached requests fall due, in hundredths.
const RATES: [u64; 6] = [10, 30, 50, 70, 80, 90];

/// So many connections are there for requests that fall due.
const CONNECTIONS: usize = 256;

/// How many files of its log PostgreSQL has between two checkpoints by default (`max_wal_size`), of 16 MiB.
const LOG_FILES: usize = 64;

/// Everything that is measured.
pub(super) struct Stand {
    disk: Disk,
    desks: Vec<Desk>,
    bare: Option<Bare>,
    pgbench: Option<Pgbench>,
    /// Ended last.
    cluster: Option<Cluster>,
}

/// A server on a store.
struct Desk {
    kind: StoreKind,
    trade: Trade,
    /// The account that everybody buys on.
    hot: Line,
    /// Where the books are.
    folder: PathBuf,
    database: Option<Database>,
}

impl Stand {
    /// Starts what is asked for, in a folder that is on the disk and new.
    pub(super) fn set_up(traffic: &Traffic) -> Stand {
        let folder = kept().join("traffic");
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        let asks = |subject| traffic.asks_for(subject);
        let needs_cluster = traffic.has_store(StoreKind::Postgres) || asks(Subject::Pgbench);
        let cluster = needs_cluster.then(|| Cluster::with_defaults(&folder));
        let pgbench = cluster
            .as_ref()
            .filter(|_| asks(Subject::Pgbench))
            .map(|cluster| Pgbench::on(cluster.database()));
        let desks: Vec<Desk> = [StoreKind::Sqlite, StoreKind::Postgres]
            .into_iter()
            .filter(|kind| traffic.has_store(*kind))
            .map(|kind| Desk::open(kind, &folder, cluster.as_ref(), traffic.accounts))
            .collect();
        let sample = desks.first().map(|desk| desk.sample());
        let bare = sample.filter(|_| asks(Subject::Bare)).map(|sample| Bare::start(&folder, &sample));
        cluster.iter().for_each(make_log);
        let stand = Stand { disk: Disk::below(&folder), desks, bare, pgbench, cluster };
        stand.settle();
        stand
    }

    /// Measures a subject, on a store where it is about one, if all that it needs was asked for.
    pub(super) fn measure(
        &self,
        subject: Subject,
        store: Option<StoreKind>,
        connections: usize,
        span: Span,
    ) -> Option<Run> {
        let run = match subject {
            Subject::Pgbench => {
                let pgbench = self.pgbench.as_ref()?;
                self.run(subject, None, Pgbench::CLIENTS, || pgbench.run(span.measured))
            }
            Subject::Bare => {
                let bare = self.bare.as_ref()?;
                let speed = || Speed::of(closed(bare.address(), bare, connections, span));
                self.run(subject, None, connections, speed)
            }
            _ => {
                let desk = self.desks.iter().find(|desk| Some(desk.kind) == store)?;
                self.run_on(desk, subject, connections, span)
            }
        };
        println!("  {run}");
        stdout().flush().unwrap();
        Some(run)
    }

    /// Has PostgreSQL write and clear up all that it would otherwise do at times of its own, beside what is
    /// measured next. It takes hardly any processor, so that the machine would count as being at rest.
    pub(super) fn settle(&self) {
        let Some(cluster) = &self.cluster else { return };
        let databases = self.desks.iter().filter_map(|desk| desk.database.as_ref());
        databases.for_each(|database| drop(database.sql("VACUUM (ANALYZE)")));
        cluster.sql("CHECKPOINT");
    }

    fn run_on(&self, desk: &Desk, subject: Subject, connections: usize, span: Span) -> Run {
        let connections = if subject == Subject::Lone { 1 } else { connections };
        if subject == Subject::Mix {
            desk.make_requests_wait(span);
        }
        warm(&desk.folder);
        self.run(subject, Some(desk.kind), connections, || desk.measure(subject, connections, span))
    }

    /// One run, with what the disk said before it.
    fn run(
        &self,
        subject: Subject,
        store: Option<StoreKind>,
        connections: usize,
        speed: impl FnOnce() -> Speed,
    ) -> Run {
        let sync_ns = self.disk.probe_ns();
        Run { subject, store, connections, sync_ns, throttled: false, rate: None, speed: speed() }
    }

    /// Whether a limit is kept to the last cent, on each store.
    pub(super) fn limits(&self, connections: usize) -> Vec<Limit> {
        self.desks.iter().map(|desk| exact(desk.kind, &desk.trade, connections)).collect()
    }

    /// Purchases that fall due at fixed rates, up to nearly what was reached without pause.
    pub(super) fn at_rates(&self, span: Span) -> Vec<Run> {
        let runs = self.desks.iter().flat_map(|desk| {
            warm(&desk.folder);
            let reached = desk.measure(Subject::Use, CONNECTIONS / 4, span).operations_per_second;
            RATES.map(|hundredths| {
                warm(&desk.folder);
                let rate = (reached * hundredths / 100).max(1);
                let open =
                    || load::open(desk.trade.address, &Purchases(&desk.trade), CONNECTIONS, span, rate);
                let run = self.run(Subject::Open, Some(desk.kind), CONNECTIONS, || Speed::of(open()));
                let run = Run { rate: Some(rate), ..run };
                println!("  {run}");
                run
            })
        });
        runs.collect()
    }

    /// Stops everything. What was bought, paid and decided has to agree with the journals.
    pub(super) fn take_down(self) {
        for desk in self.desks {
            println!("checking what {} has written", desk.kind);
            if desk.trade.close().is_none() {
                println!("that takes longer than {} s, and was given up", PATIENCE.as_secs());
            }
        }
    }
}

/// Makes the files of PostgreSQL's log, as many as there are where it has been at work for a while. It writes
/// each of them full of zeros before it is first used, with everybody waiting, and uses them again later.
fn make_log(cluster: &Cluster) {
    println!("making the files of PostgreSQL's log");
    let one_more = "SELECT pg_logical_emit_message(false, 'fiado', ''), pg_switch_wal()";
    cluster.sql(&format!("{one_more} FROM generate_series(1, {LOG_FILES})"));
}

impl Desk {
    fn open(kind: StoreKind, folder: &Path, cluster: Option<&Cluster>, accounts: u64) -> Desk {
        println!("opening {accounts} lines on {kind}");
        let database = cluster.filter(|_| kind == StoreKind::Postgres).map(Cluster::database);
        let store = database.as_ref().map_or("sqlite:books.db", Database::url);
        let folder = folder.join(kind.to_string());
        fs::create_dir(&folder).unwrap();
        let mut trade = Trade::over(&folder, store);
        trade.open_lines(accounts);
        let hot = trade.open_line(HIGH);
        let folder = match (&database, cluster) {
            (Some(_), Some(cluster)) => cluster.tables(),
            _ => folder,
        };
        Desk { kind, trade, hot, folder, database }
    }

    fn measure(&self, subject: Subject, connections: usize, span: Span) -> Speed {
        let trade = &self.trade;
        let closed =
            |traffic: &dyn load::Traffic| -> Taken { closed(trade.address, traffic, connections, span) };
        match subject {
            Subject::Use | Subject::Lone => Speed::of(closed(&Purchases(trade))),
            Subject::Hot => Speed::of(closed(&PurchasesOf(trade, &self.hot))),
            Subject::Bulk => Speed::of_many(closed(&Bulks(trade)), BULK),
            Subject::Read => Speed::of(closed(&Reads(trade))),
            Subject::Mix => Speed::of(closed(&Mix::of(trade))),
            Subject::Pgbench | Subject::Bare | Subject::Curves | Subject::Open => {
                unreachable!("{subject:?} is not about one server")
            }
        }
    }

    fn make_requests_wait(&self, span: Span) {
        let seconds = (span.warm_up + span.measured).as_secs();
        let missing = (seconds * DECISIONS_A_SECOND).saturating_sub(self.trade.waiting());
        self.trade.ask_for_lines(missing);
    }

    /// What a question for a line is answered with.
    fn sample(&self) -> String {
        self.trade.reader().get(&self.hot.itself.to_string()).must_be(200).text
    }
}
