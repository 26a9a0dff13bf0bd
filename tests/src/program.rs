use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The program under test: `FIADO_BIN`, or the one that cargo builds beside these tests.
static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
    let program = std::env::var_os("FIADO_BIN").map_or_else(beside_these_tests, PathBuf::from);
    assert!(program.is_file(), "{} is missing; build it with: cargo build --bin fiado", program.display());
    program
});

/// `target/debug/fiado`, seen from `target/debug/deps/http-0123456789abcdef`; built if it is not
/// there.
fn beside_these_tests() -> PathBuf {
    let tests = std::env::current_exe().unwrap();
    let program = tests.ancestors().nth(2).unwrap().join("fiado");
    if !program.is_file() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let built = Command::new(cargo).args(["build", "--bin", "fiado"]).current_dir(repository()).status();
        assert!(built.unwrap().success(), "cargo build --bin fiado failed");
    }
    program
}

/// The repository's root.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The program with these arguments, in this folder, with nothing of ours in its environment.
pub(crate) fn fiado<S: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(&*PROGRAM);
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("FIADO_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command of the program in a folder, with these variables.
///
/// # Panics
/// Where it cannot be started.
pub fn run(folder: &Path, variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    fiado(folder, arguments).envs(variables.iter().copied()).output().unwrap().into()
}

/// Runs a command of the program in a folder, and ends it where it takes longer than this: nothing then.
///
/// # Panics
/// Where it cannot be started.
pub fn run_within(patience: Duration, folder: &Path, arguments: &[&str]) -> Option<Ran> {
    let begun = Instant::now();
    let command = &mut fiado(folder, arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // What it prints is taken meanwhile: a full pipe would stop it.
    let (printed, complained) = (taken(child.stdout.take()), taken(child.stderr.take()));
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > patience {
            child.kill().unwrap();
            child.wait().unwrap();
            return None;
        }
        thread::sleep(Duration::from_millis(20));
    };
    let (stdout, stderr) = (printed.join().unwrap(), complained.join().unwrap());
    Some(Output { status, stdout, stderr }.into())
}

/// All that comes out of a pipe, read on a thread of its own.
fn taken(pipe: Option<impl Read + Send + 'static>) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    })
}

/// Runs one command of the program in a folder, and another that reads what the first prints: how each
/// ended, and what the second printed.
///
/// # Panics
/// Where one cannot be started.
pub fn pipe(folder: &Path, from: &[&str], to: &[&str]) -> [Ran; 2] {
    let mut first = fiado(folder, from).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let between = first.stdout.take().unwrap();
    let second = fiado(folder, to).stdin(between).output().unwrap();
    [first.wait_with_output().unwrap().into(), second.into()]
}

/// What a command of the program printed, and how it ended.
#[derive(Debug)]
pub struct Ran {
    /// Its exit code; -1 if it was killed.
    pub code: i32,
    /// What it printed.
    pub printed: String,
    /// What it complained about.
    pub complained: String,
}

impl Ran {
    /// What it printed, if it went well.
    ///
    /// # Panics
    /// Where it did not.
    #[track_caller]
    pub fn must_succeed(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.printed
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap_or(-1),
            printed: String::from_utf8(output.stdout).unwrap(),
            complained: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}
