//! Runs the program with the shim in front of the C library.

use std::ffi::OsString;
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

/// A fault, at one call or from it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The process is killed before the call.
    Kill,
    /// A write is done up to this percentage, then the process is killed.
    Tear(u8),
    /// A write is done up to this percentage, and returns that.
    Short(u8),
    /// The call is not done and fails.
    Fail(Failure),
    /// The call is done, and reports a failure nevertheless.
    Late(Failure),
}

/// How a call fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Failure {
    /// As in errno.h.
    pub(crate) error: i32,
    /// The kinds of calls, as letters; empty for all.
    pub(crate) kinds: &'static str,
    /// Whether all later ones fail too.
    pub(crate) is_lasting: bool,
}

/// A call that the shim saw.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    /// Its number in its process; calls of kind `a` have none of their own.
    pub(crate) number: u64,
    /// The letter that shim.c gives it.
    pub(crate) kind: char,
    /// 0 or why it was not done.
    pub(crate) error: i32,
    pub(crate) inode: u64,
    /// Where bytes were written, or the length after a truncation.
    pub(crate) offset: u64,
    pub(crate) path: PathBuf,
    /// The second name of a rename or link.
    pub(crate) other: PathBuf,
    pub(crate) bytes: Vec<u8>,
}

/// A command to be run under the shim.
pub(crate) struct Shimmed<'s> {
    pub(crate) command: Command,
    /// Calls outside of this folder are not seen.
    pub(crate) folder: &'s Path,
    /// Parts of the protocol that are taken away, by the names in shim.c.
    pub(crate) weakened: &'s str,
}

impl Shimmed<'_> {
    /// Runs with a fault at the call with this number.
    pub(crate) fn with(mut self, fault: Fault, number: u64) -> Output {
        let (name, part, failure) = match fault {
            Fault::Kill => ("kill", 0, None),
            Fault::Tear(part) => ("tear", part, None),
            Fault::Short(part) => ("short", part, None),
            Fault::Fail(failure) => ("fail", 0, Some(failure)),
            Fault::Late(failure) => ("late", 0, Some(failure)),
        };
        self.command.env("SHIM_FAULT", name).env("SHIM_AT", number.to_string()).env("SHIM_PART", part.to_string());
        if let Some(Failure { error, kinds, is_lasting }) = failure {
            self.command.env("SHIM_ERROR", error.to_string()).env("SHIM_KINDS", kinds);
            if is_lasting {
                self.command.env("SHIM_LASTING", "1");
            }
        }
        self.run()
    }

    /// Starts, to be stopped before the call with this number.
    pub(crate) fn stopped_at(mut self, number: u64) -> Child {
        self.command.env("SHIM_FAULT", "stop").env("SHIM_AT", number.to_string());
        self.prepared().stdout(Stdio::null()).spawn().unwrap()
    }

    /// Runs without a fault and appends what it does to a record.
    pub(crate) fn recorded(mut self, record: &Path) -> Output {
        self.command.env("SHIM_RECORD", record);
        self.run()
    }

    /// Runs while nothing goes wrong.
    pub(crate) fn run(mut self) -> Output {
        if self.command.get_envs().all(|(name, _)| !name.to_string_lossy().starts_with("SHIM_"))
            && self.weakened.is_empty()
        {
            return self.command.output().unwrap();
        }
        self.prepared().output().unwrap()
    }

    fn prepared(mut self) -> Command {
        self.command.env("LD_PRELOAD", library()).env("SHIM_FOLDER", self.folder).env("SHIM_WEAKEN", self.weakened);
        self.command
    }
}

/// The calls in a record, in their order.
pub(crate) fn read_record(record: &Path) -> Vec<Call> {
    let bytes = fs::read(record).unwrap();
    let mut rest = bytes.as_slice();
    let mut calls = Vec::new();
    while !rest.is_empty() {
        let number = long(&mut rest);
        let (inode, offset) = (long(&mut rest), long(&mut rest));
        let lengths = [word(&mut rest), word(&mut rest), word(&mut rest)];
        let (error, kind) = (word(&mut rest), word(&mut rest));
        let _unused = word(&mut rest);
        let [path, other, bytes] = lengths.map(|length| take(&mut rest, length as usize).to_vec());
        calls.push(Call {
            number,
            kind: char::from_u32(kind).unwrap(),
            error: error.cast_signed(),
            inode,
            offset,
            path: OsString::from_vec(path).into(),
            other: OsString::from_vec(other).into(),
            bytes,
        });
    }
    calls
}

fn take<'b>(rest: &mut &'b [u8], length: usize) -> &'b [u8] {
    let (taken, left) = rest.split_at(length);
    *rest = left;
    taken
}

fn long(rest: &mut &[u8]) -> u64 {
    u64::from_ne_bytes(take(rest, 8).try_into().unwrap())
}

fn word(rest: &mut &[u8]) -> u32 {
    u32::from_ne_bytes(take(rest, 4).try_into().unwrap())
}

/// The shim, compiled.
pub(crate) fn library() -> &'static Path {
    static LIBRARY: OnceLock<PathBuf> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join("libshim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reliability/shim.c");
        let mut compiler = Command::new("cc");
        compiler.args(["-O1", "-shared", "-fPIC", "-pthread", "-o"]);
        let done = compiler.arg(&library).arg(source).arg("-ldl").output().expect("cc, which builds SQLite too");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        library
    })
}
