//! Writes every event's line to the audit log beside the book.
//!
//! A line was made, and given its place, inside the unit of work; here bytes are copied to where
//! they belong, so that it can be done by anyone, any number of times. What a crash can have left
//! (a missing, short, torn or zero-filled log) is thereby completed. Bytes that no crash of ours
//! can have written are someone else's, and are not overwritten.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;

use crate::bus::{Condition, EventHandler, ForeignEffect, Interest, Progress};
use crate::domain::StoredEvent;

/// The handler that keeps the audit log.
pub struct AuditLog {
    path: PathBuf,
    file: Option<File>,
    is_new: bool,
    /// Up to here the log was complete once: what is there now must be ours.
    settled_end: u64,
}

impl AuditLog {
    /// The handler that keeps the log at `path`.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self { path, file: None, is_new: false, settled_end: 0 }
    }

    fn foreign(&self, why: String) -> anyhow::Error {
        let what = format!("{} is not this book's audit log", self.path.display());
        let hint = "was an old backup of the book copied back, or the log edited? move the log away and run any \
                    command: it is written anew from the book"
            .to_owned();
        ForeignEffect { code: "foreign_audit_log", what, why, hint }.into()
    }

    fn open(&mut self) -> anyhow::Result<&mut File> {
        if self.file.is_none() {
            let (file, is_new) =
                open_log(&self.path).with_context(|| format!("cannot open {}", self.path.display()))?;
            self.is_new = self.is_new || is_new;
            self.file = Some(file);
        }
        self.file.as_mut().context("the log is open")
    }

    /// What stands in the log where a line should be: shorter if the log ends before the line does.
    fn standing(file: &mut File, event: &StoredEvent) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::with_capacity(event.line.len());
        file.seek(SeekFrom::Start(event.start_offset()))?;
        file.take(u64::try_from(event.line.len()).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

/// Whether bytes can be what a crash left of a line: some of its bytes, others zero or missing.
fn is_remnant(standing: &[u8], line: &str) -> bool {
    standing.iter().zip(line.as_bytes()).all(|(there, ours)| there == ours || *there == 0)
}

impl EventHandler for AuditLog {
    fn name(&self) -> &'static str {
        "audit_log"
    }

    fn title(&self) -> &'static str {
        "the audit log"
    }

    fn interest(&self) -> Interest {
        Interest::All
    }

    /// Looks at the log's size and its last line.
    fn inspect(&mut self, progress: &Progress) -> anyhow::Result<Condition> {
        let end = |event: &Option<StoredEvent>| event.as_ref().map_or(0, |event| event.end_offset);
        let (settled, head) = (end(&progress.reached), end(&progress.head));
        self.settled_end = settled;
        let damaged = |what: &str| {
            let note = format!("{} was {what}; it is complete again", self.path.display());
            Ok(Condition::Damaged { resume_after: 0, note })
        };
        let size = match log_size(&self.path)? {
            Some(size) => size,
            None if settled == 0 => return Ok(Condition::Sound),
            None => return damaged("missing"),
        };
        if size > head {
            return Err(self.foreign(format!("it is {size} bytes long, the book accounts for {head}")));
        }
        let Some(last) = &progress.reached else { return Ok(Condition::Sound) };
        if size < settled {
            return damaged("cut short");
        }
        let mut file = File::open(&self.path).with_context(|| format!("cannot read {}", self.path.display()))?;
        let standing = Self::standing(&mut file, last)?;
        if standing == last.line.as_bytes() {
            Ok(Condition::Sound)
        } else if is_remnant(&standing, &last.line) {
            damaged("overwritten with zeros at its end")
        } else {
            Err(self.foreign(format!("event {} is not the one that the book holds", last.sequence)))
        }
    }

    fn handle(&mut self, events: &[StoredEvent]) -> anyhow::Result<()> {
        let (Some(first), settled_end) = (events.first(), self.settled_end) else { return Ok(()) };
        let start = first.start_offset();
        for event in events.iter().take_while(|event| event.start_offset() < settled_end) {
            let standing = Self::standing(self.open()?, event)?;
            if !is_remnant(&standing, &event.line) {
                let sequence = event.sequence;
                return Err(self.foreign(format!("event {sequence} is not the one that the book holds")));
            }
        }
        let lines: String = events.iter().map(|event| event.line.as_str()).collect();
        let path = self.path.clone();
        let file = self.open()?;
        // Written even where it seems to be there: after a failed fsync what is read may not be on disk.
        file.seek(SeekFrom::Start(start))
            .and_then(|_| file.write_all(lines.as_bytes()))
            .with_context(|| format!("cannot write {}", path.display()))
    }

    fn settle(&mut self) -> anyhow::Result<()> {
        let Some(file) = self.file.take() else { return Ok(()) };
        file.sync_data().with_context(|| format!("cannot sync {}", self.path.display()))?;
        if std::mem::take(&mut self.is_new) {
            let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = folder.unwrap_or(Path::new("."));
            File::open(folder)
                .and_then(|folder| folder.sync_all())
                .with_context(|| format!("cannot sync {}", folder.display()))?;
        }
        Ok(())
    }
}

/// The size of the log, `None` if there is none. Refuses what is not a regular file.
fn log_size(path: &Path) -> anyhow::Result<Option<u64>> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(Some(metadata.len())),
        Ok(_) => anyhow::bail!("{} is not a regular file", path.display()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error).with_context(|| format!("cannot look at {}", path.display())),
    }
}

/// Opens the log for writing, without following a symbolic link; says whether it was made now.
fn open_log(path: &Path) -> io::Result<(File, bool)> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        let no_follow = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or_default();
        options.mode(0o600).custom_flags(no_follow);
    }
    match options.clone().create_new(true).open(path) {
        Ok(file) => {
            // Whatever the umask takes away.
            #[cfg(unix)]
            file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
            Ok((file, true))
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => match options.open(path) {
            Ok(file) => Ok((file, false)),
            // A log that may only be appended to (`chattr +a`) is appended to.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                Ok((options.write(false).append(true).open(path)?, false))
            }
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    }
}
