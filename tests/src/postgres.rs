//! A real PostgreSQL for tests: a cluster of their own in a temporary folder, or the server that
//! `FIADO_TEST_POSTGRES` names.
//!
//! ```text
//! let database = Cluster::shared().database();
//! let url = database.url();
//! ```
//!
//! It promises that a cluster ends with the process that started it, however that ends, and that a
//! database is gone once its test is done with it.

use rustix::process::{Pid, Signal, geteuid, kill_process};
use std::env;
use std::ffi::OsStr;
use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// Names a server to use instead of a cluster of our own: a URL whose user may make databases.
const VARIABLE: &str = "FIADO_TEST_POSTGRES";

/// What the user of our own clusters is called, and its password.
pub const USER: &str = "fiado";
/// It has to be sent to come in over TCP.
pub const PASSWORD: &str = "a-password-to-be-kept";

/// How long a server may take to start.
const PATIENCE: Duration = Duration::from_secs(60);

/// What is on its disk is of no use once the tests are over.
static OWN: LazyLock<Cluster> = LazyLock::new(|| Cluster::start(&["fsync=off", "full_page_writes=off"]));

static NAMED: LazyLock<Option<Cluster>> =
    LazyLock::new(|| env::var(VARIABLE).ok().map(|url| Cluster { url, private: None }));

/// A running PostgreSQL.
pub struct Cluster {
    /// Its address, with a database's place left open behind the last slash.
    url: String,
    /// What keeps it running, where it is our own.
    private: Option<Private>,
}

/// A cluster of our own. A shell watches over it, and reads from us: when we are gone, whyever, its
/// reading ends, and it ends the server and removes the folder.
struct Private {
    watch: Child,
    reading: Option<ChildStdin>,
    folder: PathBuf,
    port: u16,
}

impl Cluster {
    /// The one that all tests of a process share: the server that is named, or one of our own.
    pub fn shared() -> &'static Cluster {
        NAMED.as_ref().unwrap_or_else(|| Cluster::own())
    }

    /// One of our own, also where a server is named: for tests that must know its address and
    /// password. Started when it is first asked for, and shared by all tests of a process.
    pub fn own() -> &'static Cluster {
        &OWN
    }

    /// A new one, with these settings beside the usual ones. It ends when it is dropped.
    ///
    /// # Panics
    /// Where PostgreSQL is not installed, or does not start.
    pub fn start(settings: &[&str]) -> Cluster {
        Cluster::start_at(free_port(), "", settings)
    }

    /// A new one as PostgreSQL makes it where nothing is set, in a folder below this one, to be measured:
    /// what it answers is on that folder's disk. It ends when it is dropped.
    ///
    /// # Panics
    /// Where PostgreSQL is not installed, or does not start.
    pub fn with_defaults(above: &Path) -> Cluster {
        Cluster::start_below(above, free_port(), "", &["max_connections=100"])
    }

    /// A standby of this one, at a port of its own. It ends when it is dropped.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn start_standby(&self, port: u16) -> Cluster {
        Cluster::start_at(port, &self.url_of("postgres"), &[])
    }

    /// A new one, made from nothing or as a standby of the primary at this address.
    fn start_at(port: u16, primary: &str, settings: &[&str]) -> Cluster {
        Cluster::start_below(&env::temp_dir(), port, primary, settings)
    }

    fn start_below(above: &Path, port: u16, primary: &str, settings: &[&str]) -> Cluster {
        let folder = tempfile::Builder::new().prefix("fiado-postgres-").tempdir_in(above).unwrap().keep();
        let mut command = as_server();
        let script = include_str!("postgres.sh");
        command.args(["sh", "-c", script, "sh"]).arg(programs()).arg(&folder).arg(port.to_string());
        command.arg(primary);
        for setting in settings {
            command.args(["-c", setting]);
        }
        hand_over(&folder);
        fs::write(folder.join("password"), PASSWORD).unwrap();
        let mut watch =
            command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let reading = watch.stdin.take();
        let url = format!("postgres://{USER}:{PASSWORD}@127.0.0.1:{port}/");
        let private = Private { watch, reading, folder: folder.clone(), port };
        Cluster { url, private: Some(private) }.wait(&folder)
    }

    fn wait(mut self, folder: &Path) -> Cluster {
        let start = Instant::now();
        while !self.answers() {
            let watch = self.private.as_mut().map(|private| &mut private.watch);
            if watch.is_some_and(|watch| watch.try_wait().unwrap().is_some()) {
                let said = fs::read_to_string(folder.join("log")).unwrap_or_default();
                let _ = fs::remove_dir_all(folder);
                panic!("PostgreSQL does not start:\n{said}");
            }
            assert!(start.elapsed() < PATIENCE, "PostgreSQL does not start");
            thread::sleep(Duration::from_millis(20));
        }
        self
    }

    fn port(&self) -> u16 {
        self.private.as_ref().expect("it is our own").port
    }

    fn answers(&self) -> bool {
        let mut command = program("psql");
        command
            .args(["--no-psqlrc", "--quiet", "--command", "SELECT 1"])
            .arg(format!("{}postgres", self.url));
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().unwrap().success()
    }

    /// A new, empty database.
    pub fn database(&self) -> Database {
        self.make("")
    }

    /// A new database that holds what another does. Nobody may be connected to that one.
    pub fn copy_of(&self, template: &Database) -> Database {
        self.make(&format!("TEMPLATE {}", template.name))
    }

    fn make(&self, like: &str) -> Database {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        let name = format!("fiado_{}_{number}", std::process::id());
        let database = Database { server: self.url_of("postgres"), url: self.url_of(&name), name };
        sql(&database.server, &format!("CREATE DATABASE {} {like}", database.name));
        database
    }

    /// Runs SQL on the server; says what it gives.
    ///
    /// # Panics
    /// Where that fails.
    pub fn sql(&self, sql: &str) -> String {
        self::sql(&self.url_of("postgres"), sql)
    }

    /// Where its tables are.
    ///
    /// # Panics
    /// Where it is not our own.
    pub fn tables(&self) -> PathBuf {
        self.private
            .as_ref()
            .expect("a server that is named is not ours to be looked into")
            .folder
            .join("data/base")
    }

    /// Kills all its processes (SIGKILL) at one moment: none gets a chance to finish anything.
    ///
    /// # Panics
    /// Where it is not our own, or does not run.
    pub fn is_killed(&self) {
        let private = self.private.as_ref().expect("a server that is named is not ours to be killed");
        let server = private.server();
        // It must start nothing anew while its processes go.
        kill_process(server, Signal::STOP).unwrap();
        for child in children(server) {
            // One that has ended by itself meanwhile is gone as well.
            let _ = kill_process(child, Signal::KILL);
        }
        kill_process(server, Signal::KILL).unwrap();
    }

    /// The address of a database of it.
    fn url_of(&self, name: &str) -> String {
        let (server, parameters) = self.url.split_once('?').unwrap_or((&self.url, ""));
        let (server, _) = server.rsplit_once('/').unwrap();
        if parameters.is_empty() {
            format!("{server}/{name}")
        } else {
            format!("{server}/{name}?{parameters}")
        }
    }
}

impl Private {
    /// The server's first process.
    fn server(&self) -> Pid {
        let file = fs::read_to_string(self.folder.join("data/postmaster.pid")).unwrap();
        Pid::from_raw(file.lines().next().unwrap().trim().parse().unwrap()).unwrap()
    }
}

/// The processes that one has started.
fn children(of: Pid) -> Vec<Pid> {
    let parent = of.as_raw_nonzero().to_string();
    let processes = fs::read_dir("/proc").unwrap().flatten();
    let child = |folder: &Path| {
        let process: i32 = folder.file_name()?.to_str()?.parse().ok()?;
        let state = fs::read_to_string(folder.join("stat")).ok()?;
        // Its name stands in parentheses, and may hold anything.
        let (_, behind) = state.rsplit_once(") ")?;
        (behind.split(' ').nth(1)? == parent).then(|| Pid::from_raw(process))?
    };
    processes.filter_map(|entry| child(&entry.path())).collect()
}

/// A primary, and a standby that has every commit before the primary tells of it.
pub struct Pair {
    primary: Cluster,
    standby: Cluster,
    /// Either of the two, whichever may be written to.
    either: Cluster,
}

impl Pair {
    /// Starts both. They keep what they are given as a real server does (`fsync=on`).
    ///
    /// # Panics
    /// Where they do not start.
    pub fn start() -> Pair {
        let primary = Cluster::start(&[]);
        let standby = primary.start_standby(free_port());
        let [one, other] = [&primary, &standby].map(Cluster::port);
        let url = format!(
            "postgres://{USER}:{PASSWORD}@127.0.0.1:{one},127.0.0.1:{other}/?target_session_attrs=read-write"
        );
        let pair = Pair { primary, standby, either: Cluster { url, private: None } };
        pair.wait_for_the_standby();
        pair
    }

    /// A new, empty database, at the address of either.
    pub fn database(&self) -> Database {
        self.either.database()
    }

    /// The primary is killed: nothing answers but the standby, which cannot be written to.
    pub fn loses_its_primary(&self) {
        self.primary.is_killed();
    }

    /// The standby takes over. Nothing follows it yet.
    ///
    /// # Panics
    /// Where it does not become a primary.
    pub fn standby_takes_over(&mut self) {
        assert_eq!(self.standby.sql("SELECT pg_promote()"), "t");
        std::mem::swap(&mut self.primary, &mut self.standby);
    }

    /// The one that was killed is thrown away, and there is a new standby in its place.
    ///
    /// # Panics
    /// Where it does not start.
    pub fn gets_a_new_standby(&mut self) {
        self.standby = self.primary.start_standby(self.standby.port());
        self.wait_for_the_standby();
    }

    /// Makes the standby one whose word every commit waits for.
    fn wait_for_the_standby(&self) {
        for (server, names) in [(&self.standby, ""), (&self.primary, "*")] {
            server.sql(&format!("ALTER SYSTEM SET synchronous_standby_names = '{names}'"));
            server.sql("SELECT pg_reload_conf()");
        }
        let start = Instant::now();
        let follows = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'";
        while self.primary.sql(follows) != "1" {
            assert!(start.elapsed() < PATIENCE, "the standby does not follow");
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Private {
    fn drop(&mut self) {
        drop(self.reading.take());
        let _ = self.watch.wait();
    }
}

/// A database of a test's own; it is gone when it is dropped.
pub struct Database {
    name: String,
    url: String,
    server: String,
}

impl Database {
    /// Its address, with the password in it.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Runs SQL in it; says what it gives, without headings.
    ///
    /// # Panics
    /// Where that fails.
    pub fn sql(&self, sql: &str) -> String {
        self::sql(&self.url, sql)
    }

    /// All that is in it, as SQL.
    ///
    /// # Panics
    /// Where it cannot be read.
    pub fn dump(&self) -> Vec<u8> {
        let ran = program("pg_dump").arg(&self.url).stdin(Stdio::null()).output().unwrap();
        assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
        ran.stdout
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let mut command = psql(&self.server, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name));
        // A server that is gone has no databases.
        let _ = command.output();
    }
}

fn sql(url: &str, sql: &str) -> String {
    let ran = psql(url, sql).output().unwrap();
    assert!(ran.status.success(), "{sql}\n{}", String::from_utf8_lossy(&ran.stderr));
    String::from_utf8(ran.stdout).unwrap().trim_end().to_owned()
}

fn psql(url: &str, sql: &str) -> Command {
    let mut command = program("psql");
    command.args(["--no-psqlrc", "--quiet", "--no-align", "--tuples-only", "--set", "ON_ERROR_STOP=1"]);
    command.args(["--command", sql, url]).stdin(Stdio::null());
    command
}

/// One of PostgreSQL's own programs.
pub fn program(name: &str) -> Command {
    Command::new(programs().join(name))
}

/// Where the programs of the newest PostgreSQL are that is installed.
fn programs() -> &'static Path {
    static PROGRAMS: LazyLock<PathBuf> = LazyLock::new(|| {
        let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
        let version = |path: &PathBuf| path.file_name().and_then(OsStr::to_str)?.parse::<u32>().ok();
        let debian = versions.map(|entry| entry.path()).max_by_key(version).map(|path| path.join("bin"));
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = debian.into_iter().chain(env::split_paths(&path));
        let found = folders.into_iter().find(|folder| folder.join("initdb").is_file());
        found.expect(
            "PostgreSQL is not installed: install it with `sudo apt-get install postgresql`, or name a server \
             in FIADO_TEST_POSTGRES",
        )
    });
    &PROGRAMS
}

/// Runs a program as somebody whom PostgreSQL lets run it, which root is not.
fn as_server() -> Command {
    if !geteuid().is_root() {
        return Command::new("env");
    }
    let mut command = Command::new("runuser");
    command.args(["-u", server_user().0, "--"]);
    command
}

/// Debian's package brings the user `postgres`; every system has `nobody`. With its number.
fn server_user() -> (&'static str, u32) {
    let number = |name: &str| {
        let asked = Command::new("id").args(["-u", name]).output().ok()?;
        String::from_utf8(asked.stdout).ok()?.trim().parse().ok()
    };
    let known = ["postgres", "nobody"].into_iter().find_map(|name| Some((name, number(name)?)));
    known.expect("neither the user postgres nor nobody is there")
}

/// Gives a folder to whoever runs the server.
fn hand_over(folder: &Path) {
    fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    if geteuid().is_root() {
        chown(folder, Some(server_user().1), None).unwrap();
    }
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
