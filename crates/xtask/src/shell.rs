//! Starting other programs. A failure names the command as a person would type it, so that it can
//! be repeated by hand.

use std::io::{self, BufRead, BufReader, IsTerminal, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use crate::trouble::{Outcome, Trouble};

/// How often a streamed command is asked whether it has ended.
const GLANCE: Duration = Duration::from_millis(100);

/// Runs a command that must succeed; what it prints goes to the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let status = command.status().map_err(|error| not_started(command, &error))?;
    if status.success() {
        Ok(())
    } else {
        Err(Trouble::failed(format!("`{}` failed ({status})", spoken(command))))
    }
}

/// Runs a command that must succeed and returns what it printed; what it says on the error stream
/// goes to the terminal.
pub(crate) fn capture(command: &mut Command) -> Outcome<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| not_started(command, &error))?;
    if !output.status.success() {
        return Err(Trouble::failed(format!("`{}` failed ({})", spoken(command), output.status)));
    }
    String::from_utf8(output.stdout)
        .map_err(|_| Trouble::failed(format!("`{}` printed something that is not text", spoken(command))))
}

/// Asks a quiet question: whether a command exists and succeeds.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Runs a command, passes on what it prints line by line, shows each line to `see`, and says
/// whether it succeeded.
///
/// Both streams go through one pipe, so their lines keep the order in which they were written.
pub(crate) fn stream(command: &mut Command, mut see: impl FnMut(&str)) -> Outcome<bool> {
    let (mut child, lines) = start_streaming(command)?;
    loop {
        match lines.recv_timeout(GLANCE) {
            Ok(line) => pass_on(&line, &mut see),
            Err(RecvTimeoutError::Disconnected) => break,
            // A program that outlives its parent keeps the pipe open; waiting for its end could
            // take for ever.
            Err(RecvTimeoutError::Timeout) if has_ended(&mut child) => break,
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
    lines.try_iter().for_each(|line| pass_on(&line, &mut see));
    let status = child.wait().map_err(|error| not_started(command, &error))?;
    Ok(status.success())
}

/// The command as a person would type it.
pub(crate) fn spoken(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or(program.as_os_str()).to_string_lossy()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy()));
    words.join(" ")
}

/// Whether a person is watching, who may like colours.
pub(crate) fn has_terminal() -> bool {
    io::stdout().is_terminal()
}

fn start_streaming(command: &mut Command) -> Outcome<(Child, Receiver<String>)> {
    let (reader, writer) = io::pipe().map_err(|error| not_started(command, &error))?;
    let second_writer = writer.try_clone().map_err(|error| not_started(command, &error))?;
    let child =
        command.stdout(writer).stderr(second_writer).spawn().map_err(|error| not_started(command, &error))?;
    // The command holds the pipe's writing ends until it is told otherwise, and the pipe ends when
    // nobody holds one.
    command.stdout(Stdio::null()).stderr(Stdio::null());

    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut reader = BufReader::new(reader);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                break;
            }
            line.clear();
        }
    });
    Ok((child, receiver))
}

fn pass_on(line: &str, see: &mut impl FnMut(&str)) {
    // A closed terminal must not stop the tests: their result still decides the exit code.
    let _ = io::stdout().write_all(line.as_bytes());
    see(line.trim_end());
}

fn has_ended(child: &mut Child) -> bool {
    matches!(child.try_wait(), Ok(Some(_)) | Err(_))
}

fn not_started(command: &Command, error: &io::Error) -> Trouble {
    if error.kind() == io::ErrorKind::NotFound {
        return Trouble::missing(format!(
            "the program `{}` is not installed",
            command.get_program().display()
        ));
    }
    Trouble::failed(format!("`{}` could not be run: {error}", spoken(command)))
}
