//! The first use of a book.
//!
//! A new book is written under a private name beside its place and renamed once it is
//! complete, so that nobody ever sees half a book, a refused first command leaves none behind, and
//! of two processes that begin the same book one finds that it is there.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use uuid::Uuid;

use super::book::STATEMENTS;
use super::{Book, StoreError, schema};

/// A book that is not in its place yet. Dropped, it leaves nothing behind.
pub struct Draft {
    book: Book,
    target: PathBuf,
    file: Option<PathBuf>,
    made_folders: Vec<PathBuf>,
}

impl Draft {
    /// Begins a book that [`Self::publish`] can put in its place. Its folder is made if need be.
    ///
    /// # Errors
    /// If the folder or the file cannot be made.
    pub fn begin(target: &Path, unique: Uuid) -> Result<Self, StoreError> {
        let made_folders = make_folders(target)?;
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let file = target.with_file_name(format!(".{name}.{unique}.new"));
        let book = create(&file, target).and_then(|()| Ok(Connection::open(&file)?)).map(|it| Book::on(it, target));
        match book {
            Ok(book) => {
                let draft = Self { book, target: target.to_owned(), file: Some(file), made_folders };
                draft.prepare()?;
                Ok(draft)
            }
            Err(error) => {
                remove(Some(&file), &made_folders);
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
        let draft = Self { book, target: target.to_owned(), file: None, made_folders: Vec::new() };
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
        let Some(file) = self.file.clone() else { return Ok(()) };
        self.book.connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(()))?;
        let connection = std::mem::replace(&mut self.book.connection, Connection::open_in_memory()?);
        connection.close().map_err(|(_, error)| error)?;
        File::open(&file)?.sync_all()?;
        match rename_to_new(&file, &self.target) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                return Err(StoreError::BegunElsewhere(self.target.clone()));
            }
            Err(error) => return Err(error.into()),
        }
        self.file = None;
        let made = std::mem::take(&mut self.made_folders);
        for folder in made.iter().filter_map(|folder| folder.parent()).chain(self.target.parent()) {
            sync_folder(folder)?;
        }
        Ok(())
    }

    /// A draft is thrown away if anything goes wrong, so it needs no journal on disk.
    fn prepare(&self) -> Result<(), StoreError> {
        let connection = &self.book.connection;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        connection.pragma_update(None, "page_size", schema::PAGE_SIZE)?;
        connection.query_row("PRAGMA journal_mode = MEMORY", [], |_| Ok(()))?;
        connection
            .execute_batch("PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -32000;")?;
        schema::migrate(connection, 0)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        remove(self.file.as_deref(), &self.made_folders);
    }
}

fn remove(file: Option<&Path>, folders: &[PathBuf]) {
    if let Some(file) = file {
        let _ = fs::remove_file(file);
    }
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
                remove(None, &made);
                return Err(cannot_make(&folder, &error));
            }
        }
    }
    Ok(made)
}

fn create(file: &Path, target: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options.open(file).and_then(|made| {
        // Whatever the umask takes away: what cannot be read back is lost.
        #[cfg(unix)]
        made.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
        drop(made);
        Ok(())
    });
    made.map_err(|error| cannot_make(target, &error))
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
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    Ok(File::open(folder)?.sync_all()?)
}
