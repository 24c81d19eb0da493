//! The first use of a book.
//!
//! A new book is written under a private name beside its place and renamed once it is
//! complete, so that nobody ever sees half a book, a refused first command leaves none behind, and
//! of two processes that begin the same book one finds that it is there.
//!
//! Whoever writes a draft holds a lock on it, which ends with the process: a draft without one was
//! left by a process that was killed, and the next first use clears it away.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};
use uuid::Uuid;

use super::book::STATEMENTS;
use super::log_file::{careful, open_regular};
use super::{Book, StoreError, schema};

/// A book that is not in its place yet. Dropped, it leaves nothing behind.
pub struct Draft {
    book: Book,
    target: PathBuf,
    place: Option<Place>,
    made_folders: Vec<PathBuf>,
}

impl Draft {
    /// Begins a book that [`Self::publish`] can put in its place. Its folder is made if need be.
    ///
    /// # Errors
    /// If the folder or the file cannot be made.
    pub fn begin(target: &Path, unique: Uuid) -> Result<Self, StoreError> {
        let made_folders = make_folders(target)?;
        clear_leftovers(target);
        let begun = Place::take(target, unique).and_then(|place| Ok((connect(&place.path)?, place)));
        match begun {
            Ok((connection, place)) => {
                let book = Book::on(connection, target);
                let draft = Self { book, target: target.to_owned(), place: Some(place), made_folders };
                draft.prepare()?;
                Ok(draft)
            }
            Err(error) => {
                remove_folders(&made_folders);
                Err(error)
            }
        }
    }

    /// Begins a book that never gets a place, for a dry run.
    ///
    /// # Errors
    /// If SQLite has no room for temporary data.
    pub fn rehearse(target: &Path) -> Result<Self, StoreError> {
        let book = Book::on(Connection::open("")?, target);
        let draft = Self { book, target: target.to_owned(), place: None, made_folders: Vec::new() };
        draft.prepare()?;
        Ok(draft)
    }

    /// The book to be.
    #[must_use]
    pub fn book(&self) -> &Book {
        &self.book
    }

    /// Puts the book in its place, durably.
    ///
    /// # Errors
    /// [`StoreError::BegunElsewhere`] if there is a book by now; or if the disk fails, and then
    /// the book may be in its place all the same.
    pub fn publish(mut self) -> Result<(), StoreError> {
        let Some(place) = self.place.take() else { return Ok(()) };
        schema::index(&self.book.connection)?;
        let mode: String = self.book.connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if mode != "wal" {
            return Err(StoreError::Unwritable(format!("SQLite keeps the journal mode {mode}, not wal")));
        }
        let connection = std::mem::replace(&mut self.book.connection, Connection::open_in_memory()?);
        connection.close().map_err(|(_, error)| error)?;
        place.file.sync_all()?;
        match rename_to_new(&place.path, &self.target) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(StoreError::BegunElsewhere(self.target.clone()));
            }
            Err(error) => return Err(error.into()),
        }
        let made_folders = std::mem::take(&mut self.made_folders);
        for folder in made_folders.iter().filter_map(|folder| folder.parent()).chain(self.target.parent()) {
            sync_folder(folder)?;
        }
        Ok(())
    }

    /// A draft is thrown away if anything goes wrong, so it needs no journal on disk.
    fn prepare(&self) -> Result<(), StoreError> {
        let connection = &self.book.connection;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "page_size", schema::PAGE_SIZE)?;
        connection.query_row("PRAGMA locking_mode = EXCLUSIVE", [], |_| Ok(()))?;
        connection.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
        connection
            .execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -32000;")?;
        schema::migrate(connection, 0)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        self.place = None;
        remove_folders(&self.made_folders);
    }
}

/// The file of a draft, locked. Dropped, it is removed, unless it has got another name by then.
struct Place {
    path: PathBuf,
    file: File,
}

impl Place {
    fn take(target: &Path, unique: Uuid) -> Result<Self, StoreError> {
        let path = target.with_file_name(format!("{}{unique}{SUFFIX}", prefix(target)));
        loop {
            let file = create(&path).map_err(|error| cannot_make(target, &error))?;
            let place = Self { path: path.clone(), file };
            // Where the file system knows no locks, nobody can take the draft for a leftover either.
            if cfg!(unix) {
                let _ = place.file.lock();
            }
            // Until then, it looked like a leftover.
            if !is_gone(&place.file)? {
                return Ok(place);
            }
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        remove(&self.path);
    }
}

const SUFFIX: &str = ".new";

fn prefix(target: &Path) -> String {
    format!(".{}.", target.file_name().unwrap_or_default().to_string_lossy())
}

/// Removes the drafts of this book that no living process holds.
pub(super) fn clear_leftovers(target: &Path) {
    // Elsewhere a lock keeps SQLite out as well, so that drafts have none.
    if !cfg!(unix) {
        return;
    }
    let prefix = prefix(target);
    let is_draft = |name: &str| {
        let unique = name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(SUFFIX));
        unique.is_some_and(|unique| Uuid::try_parse(unique).is_ok())
    };
    let Ok(entries) = fs::read_dir(folder_of(target)) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_str().is_some_and(is_draft)) {
        let path = entry.path();
        let Ok(file) = open_regular(careful().read(true).write(true), &path) else { continue };
        // One that is gone by now may have been made anew under the same name.
        if file.try_lock().is_ok() && is_gone(&file).is_ok_and(|is_gone| !is_gone) {
            remove(&path);
        }
    }
}

/// Whether a file has no name any more.
#[cfg(unix)]
fn is_gone(file: &File) -> std::io::Result<bool> {
    Ok(std::os::unix::fs::MetadataExt::nlink(&file.metadata()?) == 0)
}

#[cfg(not(unix))]
fn is_gone(_file: &File) -> std::io::Result<bool> {
    Ok(false)
}

/// Opens a draft without locks of SQLite's own: ours is held, and where both are kept in one place
/// (NFS, the BSDs) it would be in SQLite's way.
fn connect(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    #[cfg(unix)]
    let connection = Connection::open_with_flags_and_vfs(path, flags, c"unix-none")?;
    #[cfg(not(unix))]
    let connection = Connection::open_with_flags(path, flags)?;
    Ok(connection)
}

/// Removes a draft with what SQLite may have put beside it; itself last, so that nothing is
/// left without it.
fn remove(draft: &Path) {
    for suffix in ["-journal", "-shm", "-wal", ""] {
        let mut path = draft.as_os_str().to_owned();
        path.push(suffix);
        let _ = fs::remove_file(PathBuf::from(path));
    }
}

fn remove_folders(folders: &[PathBuf]) {
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}

/// Makes the folders above `target` that are missing, for their owner alone; the outermost first.
fn make_folders(target: &Path) -> Result<Vec<PathBuf>, StoreError> {
    let missing: Vec<PathBuf> = target
        .ancestors()
        .skip(1)
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .map(Path::to_owned)
        .collect();
    let mut made = Vec::new();
    for folder in missing.into_iter().rev() {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(&folder) {
            Ok(()) => made.push(folder),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => {
                remove_folders(&made);
                return Err(cannot_make(&folder, &error));
            }
        }
    }
    Ok(made)
}

fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // Whatever the umask takes away: what cannot be read back is lost.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

fn cannot_make(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unwritable(format!("cannot make {}: {error}", path.display()))
}

/// Renames a file to a name that must not be taken.
fn rename_to_new(from: &Path, to: &Path) -> std::io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Not every file system can do this; all but the simplest can link.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            done => return Ok(done?),
        }
    }
    fs::hard_link(from, to)?;
    fs::remove_file(from)
}

fn sync_folder(folder: &Path) -> Result<(), StoreError> {
    Ok(File::open(or_here(folder))?.sync_all()?)
}

fn folder_of(target: &Path) -> &Path {
    or_here(target.parent().unwrap_or(target))
}

/// The folder that no name at all stands for.
fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}
