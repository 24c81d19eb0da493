//! Somebody who runs one command after the other, some of which are killed or stopped.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::Mix;
use crate::powercut::Chance;
use crate::stage::program;

/// Who runs a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum User {
    /// Whose the book is.
    Owner,
    /// Somebody who may read the book and not write it.
    Nobody,
}

impl User {
    /// Somebody without permission to write, where the tests can be that.
    pub(super) fn without_permission(folder: &Path) -> Self {
        let is_root = rustix::process::geteuid().is_root();
        let status = Self::Nobody.command(folder, &["-V"]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        if is_root && status.is_ok_and(|status| status.success()) { Self::Nobody } else { Self::Owner }
    }

    fn command(self, folder: &Path, args: &[&str]) -> Command {
        let own = program(folder, args);
        let mut command = match self {
            Self::Owner => own,
            Self::Nobody => {
                let mut command = Command::new("setpriv");
                command.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(own.get_program());
                command.args(args).current_dir(folder).env_clear().stdin(Stdio::null());
                command.envs(own.get_envs().filter_map(|(name, value)| Some((name, value?))));
                command
            }
        };
        command.env("TMPDIR", folder.join("temporary"));
        command
    }
}

pub(super) struct Person<'m> {
    mix: &'m Mix,
    name: String,
    pub(super) chance: Chance,
    user: User,
    /// How long a command took that nobody disturbed.
    usual: Duration,
}

/// What came of a command.
pub(super) struct Answer {
    pub(super) command: String,
    /// `None` where it was killed.
    pub(super) code: Option<i32>,
    pub(super) out: String,
    pub(super) err: String,
}

impl Answer {
    /// What it printed; `None` where that is cut off.
    pub(super) fn json(&self) -> Option<Value> {
        serde_json::from_str(&self.out).ok()
    }

    /// Whether it ended with an error of this kind.
    pub(super) fn is_refused_as(&self, error: &str) -> bool {
        self.code == Some(3) && self.err.contains(&format!("\"code\":\"{error}\""))
    }
}

impl std::fmt::Display for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { command, code, out, err } = self;
        let out: String = out.chars().take(2000).collect();
        write!(f, "{command} ended with {code:?}\n{err}{out}")
    }
}

impl<'m> Person<'m> {
    pub(super) fn new(mix: &'m Mix, name: &str, chance: Chance, user: User) -> Self {
        Self { mix, name: name.to_owned(), chance, user, usual: Duration::from_millis(20) }
    }

    /// Runs a command, and sometimes disturbs it. What it may end with is for the caller to say, but for
    /// what no command may say.
    pub(super) fn run(&mut self, args: &[&str]) -> Answer {
        let said = ["out", "err"].map(|what| self.mix.folder.join(format!("{} {what}", self.name)));
        let mut command = self.user.command(&self.mix.folder, args);
        command.stdout(File::create(&said[0]).unwrap()).stderr(File::create(&said[1]).unwrap());
        let started = Instant::now();
        let mut child = command.spawn().unwrap();
        let is_disturbed = self.disturb(&mut child);
        let code = child.wait().unwrap().code();
        if !is_disturbed {
            self.usual = started.elapsed();
        }
        let [out, err] = said.map(|file| String::from_utf8_lossy(&fs::read(file).unwrap()).into_owned());
        let answer = Answer { command: format!("{}: {}", self.name, args.join(" ")), code, out, err };
        let mut claims = self.mix.claims();
        claims.runs += 1;
        claims.cut_off += usize::from(code.is_none());
        claims.busy += usize::from(code == Some(5));
        let alarming = ["panicked", "damaged", "not sound", "locked", "malformed"];
        if let Some(word) = alarming.into_iter().find(|word| answer.err.contains(word)) {
            claims.fail(&format!("{word}: {answer}"));
        }
        answer
    }

    /// Kills or stops a process at some moment of the time that it may take.
    fn disturb(&mut self, child: &mut Child) -> bool {
        let choice = self.chance.below(100);
        if choice >= 25 {
            return false;
        }
        let time = usize::try_from(self.usual.as_micros()).unwrap_or(usize::MAX).clamp(1, 1_000_000);
        thread::sleep(Duration::from_micros(self.chance.below(time + time / 4 + 1) as u64));
        if choice < 15 {
            let _ = child.kill();
            return true;
        }
        // It has its id until it is waited for, whether it runs or not.
        let process = Pid::from_child(child);
        kill_process(process, Signal::STOP).unwrap();
        thread::sleep(Duration::from_millis(20 + self.chance.below(1200) as u64));
        kill_process(process, Signal::CONT).unwrap();
        self.mix.claims().stops += 1;
        true
    }
}
