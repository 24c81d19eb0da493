//! Where a backup is written.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::super::beside::{OtherProcesses, other_processes};
use super::error::BackupError;
use crate::files::pending::{PendingFile, clear_leftovers};
use crate::files::{
    SUFFIXES, beside, folder_of, is_without_folder, no_follow_options, open_regular, other_than_file, same_file,
    sync_folder,
};
use crate::log::log_path;

/// The two files of a backup.
pub(super) struct Target {
    pub(super) file: PathBuf,
    pub(super) log: PathBuf,
}

impl Target {
    pub(super) fn at(file: &Path) -> Self {
        Self { file: file.to_owned(), log: log_path(file) }
    }

    /// Refuses names that are taken, or that a backup cannot have.
    pub(super) fn check(&self, book: &Path, replaces: bool) -> Result<(), BackupError> {
        for path in [&self.file, &self.log] {
            let Ok(metadata) = fs::symlink_metadata(path) else { continue };
            if let Some(what) = other_than_file(&metadata) {
                return Err(BackupError::NotAFile { path: path.clone(), what });
            }
        }
        if family(&self.file).iter().any(|name| is_of_book(name, book)) {
            return Err(BackupError::IsBook(self.file.clone()));
        }
        self.check_not_in_use()?;
        match [&self.file, &self.log].into_iter().find(|path| !replaces && fs::symlink_metadata(path).is_ok()) {
            Some(taken) => Err(BackupError::Exists(taken.clone())),
            None => Ok(()),
        }
    }

    /// Refuses the name of a database that is in use.
    fn check_not_in_use(&self) -> Result<(), BackupError> {
        let journals = SUFFIXES.into_iter().filter(|suffix| !suffix.is_empty());
        let found = journals.map(|suffix| beside(&self.file, suffix)).find(|path| fs::symlink_metadata(path).is_ok());
        found.map_or(Ok(()), |journal| Err(BackupError::LeftOpen { file: self.file.clone(), journal }))
    }

    /// Keeps others from opening the file to be replaced, until the returned file is closed.
    fn lock_existing(&self) -> Result<Option<File>, BackupError> {
        let cannot_open = |error| cannot_write(&self.file, error);
        let old = match open_regular(no_follow_options().read(true).write(true), &self.file) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(cannot_open(error)),
        };
        if other_processes(&old) != OtherProcesses::None {
            return Err(BackupError::InUse(self.file.clone()));
        }
        self.check_not_in_use()?;
        Ok(Some(old))
    }

    /// Creates both files, under private names.
    pub(super) fn create_files(&self, unique: Uuid) -> Result<(PendingFile, PendingFile), BackupError> {
        let take = |path: &Path| {
            clear_leftovers(path);
            PendingFile::create(path, unique).map_err(|error| cannot_write(path, error))
        };
        Ok((take(&self.file)?, take(&self.log)?))
    }

    /// Gives both files their names. An interruption leaves the previous backup, or the new one, or either
    /// without its log, which the first command that opens the book then writes.
    pub(super) fn publish(&self, file: &PendingFile, log: &PendingFile, replaces: bool) -> Result<(), BackupError> {
        let place = |place: &PendingFile, path: &Path| {
            let placed = if replaces { place.replace(path) } else { place.publish(path) };
            placed.map_err(|error| cannot_write(path, error))?;
            self.sync()
        };
        log.file().sync_all().map_err(|error| cannot_write(&self.log, error))?;
        // The lock keeps others from opening either book before the new log is in place.
        let _old = if replaces { self.lock_existing()? } else { None };
        other_processes(file.file());
        if replaces && fs::symlink_metadata(&self.log).is_ok() {
            // The old book and the new log, or vice versa, would not belong together.
            fs::remove_file(&self.log).map_err(|error| cannot_write(&self.log, error))?;
            self.sync()?;
        }
        place(file, &self.file)?;
        let placed = place(log, &self.log);
        if placed.is_err() && !replaces {
            let _ = fs::remove_file(&self.file);
        }
        placed
    }

    fn sync(&self) -> Result<(), BackupError> {
        sync_folder(folder_of(&self.file)).map_err(|error| cannot_write(&self.file, error))
    }
}

fn cannot_write(path: &Path, cause: io::Error) -> BackupError {
    let path = path.to_owned();
    if cause.kind() == io::ErrorKind::AlreadyExists {
        BackupError::Exists(path)
    } else if is_without_folder(&path, &cause) {
        BackupError::NoFolder { path }
    } else {
        BackupError::Unwritable { path, cause }
    }
}

/// Whether a path is a name of a book, or of a file that belongs to it.
pub(in crate::store) fn is_of_book(path: &Path, book: &Path) -> bool {
    family(book).iter().any(|own| is_same(path, own))
}

/// A database's own name and those of the files that belong to it.
fn family(file: &Path) -> Vec<PathBuf> {
    let mut names = vec![log_path(file)];
    names.extend(SUFFIXES.map(|suffix| beside(file, suffix)));
    names
}

/// Whether two paths name the same file, or would if it existed.
fn is_same(one: &Path, other: &Path) -> bool {
    let place = |path: &Path| Some((fs::canonicalize(folder_of(path)).ok()?, path.file_name().map(OsStr::to_owned)?));
    let metadata = fs::symlink_metadata(one).ok().zip(fs::symlink_metadata(other).ok());
    place(one).is_some_and(|place_of_one| Some(place_of_one) == place(other))
        || metadata.is_some_and(|(one, other)| same_file(&one, &other))
}
