//! A file that gets its final name only when it is complete.
//!
//! Until then it is pending: it has a private name in the same folder, so that nobody ever sees half of it.
//! Its writer holds a lock on it, which ends with the process. A pending file without a lock was left by a
//! process that was killed, and the next writer of the same target removes it.

use super::{SUFFIXES, beside, create, folder_of, no_follow_options, open_regular, rename_to_new};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

/// A file under its private name, locked. Dropping it removes it, unless it has its own name by then.
pub(crate) struct PendingFile {
    path: PathBuf,
    file: File,
}

impl PendingFile {
    /// Creates an empty file that is to become `target`, readable and writable by its owner alone.
    pub(crate) fn create(target: &Path, unique: Uuid) -> io::Result<Self> {
        let path = target.with_file_name(format!("{}{unique}{SUFFIX}", prefix(target)));
        loop {
            let pending = Self { path: path.clone(), file: create(&path)? };
            // On a file system without locks, nobody will mistake it for a leftover either.
            if cfg!(unix) {
                let _ = pending.file.lock();
            }
            // Before it was locked, another process may have removed it as a leftover.
            if !is_gone(&pending.file)? {
                return Ok(pending);
            }
        }
    }

    /// Its private name.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The file, for writing.
    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    /// Makes what was written durable and gives the file its name, which must not be taken. The name
    /// itself is durable once [the folder is synced](sync_folder).
    pub(crate) fn publish(&self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        rename_to_new(&self.path, target)
    }

    /// Like [`Self::publish`], but replaces whatever has the name.
    pub(crate) fn replace(&self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, target)
    }
}

impl Drop for PendingFile {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

const SUFFIX: &str = ".new";

fn prefix(target: &Path) -> String {
    format!(".{}.", target.file_name().unwrap_or_default().to_string_lossy())
}

/// Removes the pending files for this target that no living process holds.
pub(crate) fn clear_leftovers(target: &Path) {
    // On other systems the lock would keep SQLite out as well, so unfinished files have none.
    if !cfg!(unix) {
        return;
    }
    let prefix = prefix(target);
    let is_leftover = |name: &str| {
        let unique = name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(SUFFIX));
        // A pending audit log as well.
        let unique = unique.map(|unique| unique.strip_prefix("audit.jsonl.").unwrap_or(unique));
        unique.is_some_and(|unique| Uuid::try_parse(unique).is_ok())
    };
    let Ok(entries) = fs::read_dir(folder_of(target)) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_leftover)) {
        let path = entry.path();
        let Ok(file) = open_regular(no_follow_options().read(true).write(true), &path) else { continue };
        // If the locked file has no name any more, another may have been created under the same name.
        if file.try_lock().is_ok() && is_gone(&file).is_ok_and(|is_gone| !is_gone) {
            remove(&path);
        }
    }
}

/// Whether a file has no name any more.
#[cfg(unix)]
fn is_gone(file: &File) -> io::Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) == 0)
}

#[cfg(not(unix))]
fn is_gone(_file: &File) -> io::Result<bool> {
    Ok(false)
}

/// Removes an unfinished file and what SQLite may have put beside it; the file itself last, so that the
/// others are never orphaned.
fn remove(path: &Path) {
    for suffix in SUFFIXES {
        let _ = fs::remove_file(beside(path, suffix));
    }
}
