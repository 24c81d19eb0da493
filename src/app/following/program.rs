//! Running a follower's program on a batch of events.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant as Moment};

/// A program to run, and how long it may take.
#[derive(Debug, Clone)]
pub struct Program {
    /// The program, searched for in `PATH`; not run by a shell.
    pub program: OsString,
    /// Its arguments.
    pub arguments: Vec<OsString>,
    /// The book of the events, passed in `STOCKBOOK_BOOK`.
    pub book: PathBuf,
    /// The time limit for a batch.
    pub timeout: Duration,
}

/// How a program handled a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ending {
    /// The program accepted it: it ended with exit code 0.
    Accepted,
    /// The program did not accept it, and ended with an exit code; for a signal, 128 plus its number.
    Failed { code: u8, why: String },
}

impl Program {
    /// The exit code of `timeout`.
    const TIMED_OUT: u8 = 124;
    /// How long a program may take to end when asked to.
    const GRACE: Duration = Duration::from_secs(2);

    /// Runs the program with `input` as its standard input, and waits until it has ended.
    ///
    /// # Errors
    /// If it cannot be started or waited for.
    pub(super) fn run(&self, input: File) -> io::Result<Ending> {
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).env("STOCKBOOK_BOOK", &self.book).stdin(input);
        // A group of its own, so that everything it started can be ended with it, and an interrupt of
        // the follower does not stop a program in the middle of a batch.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        if let Some(status) = wait(&mut child, self.timeout)? {
            return Ok(ending(status));
        }
        end(&mut child)?;
        let seconds = self.timeout.as_secs();
        Ok(Ending::Failed { code: Self::TIMED_OUT, why: format!("did not end within {seconds} s") })
    }

    pub(super) fn name(&self) -> String {
        self.program.to_string_lossy().into_owned()
    }
}

/// Waits for a program to end, for at most that time.
fn wait(child: &mut Child, patience: Duration) -> io::Result<Option<ExitStatus>> {
    const LONGEST: Duration = Duration::from_millis(50);
    let started = Moment::now();
    let mut pause = Duration::from_millis(1);
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        let left = patience.saturating_sub(started.elapsed());
        if left.is_zero() {
            return Ok(None);
        }
        thread::sleep(pause.min(left));
        pause = pause.saturating_mul(2).min(LONGEST);
    }
}

/// Ends a program and everything it started: first by a request, then by force.
fn end(child: &mut Child) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::process::{Pid, Signal, kill_process_group};
        if let Some(group) = i32::try_from(child.id()).ok().and_then(Pid::from_raw) {
            let _ = kill_process_group(group, Signal::TERM);
            let ended = wait(child, Program::GRACE)?;
            let _ = kill_process_group(group, Signal::KILL);
            if ended.is_some() {
                return Ok(());
            }
        }
    }
    let _ = child.kill();
    child.wait().map(drop)
}

fn ending(status: ExitStatus) -> Ending {
    if status.success() {
        return Ending::Accepted;
    }
    if let Some(code) = status.code() {
        let code = u8::try_from(code).unwrap_or(u8::MAX);
        return Ending::Failed { code, why: format!("ended with exit code {code}") };
    }
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
        let code = u8::try_from(signal).ok().and_then(|signal| signal.checked_add(128)).unwrap_or(u8::MAX);
        return Ending::Failed { code, why: format!("was ended by signal {signal}") };
    }
    Ending::Failed { code: u8::MAX, why: "ended without an exit code".to_owned() }
}
