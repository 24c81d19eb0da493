//! A file that gets its name once it is complete.
//!
//! Until then it is pending: it has a private name in the same folder, so that nobody ever sees half of
//! it. Whoever writes it holds a lock on it, which ends with the process: one without a lock was left
//! by a process that was killed, and the next who wants the same name clears it away.

use super::{SUFFIXES, beside, careful, create, folder_of, open_regular, rename_to_new};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

/// A file under its private name, locked. Dropped, it is removed, unless it has got its own name
/// by then.
pub(crate) struct PendingFile {
    path: PathBuf,
    file: File,
}

impl PendingFile {
    /// Makes an empty file that is to become `target`, readable and writable by its owner alone.
    pub(crate) fn take(target: &Path, unique: Uuid) -> io::Result<Self> {
        let path = target.with_file_name(format!("{}{unique}{SUFFIX}", prefix(target)));
        loop {
            let pending = Self { path: path.clone(), file: create(&path)? };
            // Where the file system knows no locks, no one can take it for a leftover either.
            if cfg!(unix) {
                let _ = pending.file.lock();
            }
            // Until then, it looked like a leftover.
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

    /// Makes what was written durable and gives the file its name, which must not be taken. The
    /// name itself is durable once [the folder is synced](sync_folder).
    pub(crate) fn publish(&self, target: &Path) -> io::Result<()> {
        self.file.sync_all()?;
        rename_to_new(&self.path, target)
    }

    /// As [`Self::publish`], in place of whatever has the name.
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

/// Removes the pending files of this name that no living process holds.
pub(crate) fn clear_leftovers(target: &Path) {
    // Elsewhere a lock keeps SQLite out as well, so that unfinished files have none.
    if !cfg!(unix) {
        return;
    }
    let prefix = prefix(target);
    let is_leftover = |name: &str| {
        let unique = name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(SUFFIX));
        // A book's log too.
        let unique = unique.map(|unique| unique.strip_prefix("audit.jsonl.").unwrap_or(unique));
        unique.is_some_and(|unique| Uuid::try_parse(unique).is_ok())
    };
    let Ok(entries) = fs::read_dir(folder_of(target)) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_leftover)) {
        let path = entry.path();
        let Ok(file) = open_regular(careful().read(true).write(true), &path) else { continue };
        // One that is gone by now may have been created again under the same name.
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

/// Removes an unfinished file with what SQLite may have put beside it; itself last, so that
/// nothing is left without it.
fn remove(path: &Path) {
    for suffix in SUFFIXES {
        let _ = fs::remove_file(beside(path, suffix));
    }
}
