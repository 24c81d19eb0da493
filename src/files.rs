//! Files as StockBook opens, creates and names them: regular files of the book's owner, with one name.

pub(crate) mod pending;

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// Options that follow no symbolic link and do not wait for the other end of a pipe.
pub(crate) fn no_follow_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    options
}

/// Opens a regular file; fails on anything else.
pub(crate) fn open_regular(options: &OpenOptions, path: &Path) -> io::Result<File> {
    let file = options.open(path)?;
    if file.metadata()?.is_file() { Ok(file) } else { Err(ErrorKind::InvalidInput.into()) }
}

/// Whether both are metadata of the same file.
pub(crate) fn same_file(one: &Metadata, other: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (one.dev(), one.ino()) == (other.dev(), other.ino())
    }
    #[cfg(not(unix))]
    {
        let _ = (one, other);
        false
    }
}

/// Creates a file, readable and writable by its owner alone.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // Regardless of the umask: the file must be readable later.
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// Renames a file to a name that must not be taken.
pub(crate) fn rename_to_new(from: &Path, to: &Path) -> io::Result<()> {
    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, from, CWD, to, RenameFlags::NOREPLACE) {
            // Not every file system supports this; nearly all support hard links.
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => {}
            done => return Ok(done?),
        }
    }
    fs::hard_link(from, to)?;
    fs::remove_file(from)
}

/// Makes the names in a folder durable.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(or_current_folder(folder))?.sync_all()
}

/// Makes a file's name durable.
pub(crate) fn sync_folder_of(path: &Path) -> io::Result<()> {
    sync_folder(folder_of(path))
}

/// The folder that contains a path.
pub(crate) fn folder_of(path: &Path) -> &Path {
    or_current_folder(path.parent().unwrap_or(path))
}

/// Whether a file could not be created because its folder is missing.
pub(crate) fn is_without_folder(path: &Path, cause: &io::Error) -> bool {
    cause.kind() == io::ErrorKind::NotFound && !folder_of(path).exists()
}

/// The current folder if the path is empty.
fn or_current_folder(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

/// The suffix of SQLite's log of what is committed but not yet in the database file.
pub(crate) const WAL: &str = "-wal";
/// The suffixes of what SQLite puts beside a database; the database itself comes last.
pub(crate) const SUFFIXES: [&str; 4] = ["-journal", "-shm", WAL, ""];

/// The path with a suffix appended.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_os_string();
    name.push(suffix);
    path.with_file_name(name)
}

/// The path as an SQLite URI, with every byte that is not plain percent-encoded.
pub(crate) fn uri(path: &Path, query: &str) -> PathBuf {
    use std::fmt::Write as _;
    let mut uri = if path.is_absolute() { "file://" } else { "file:" }.to_owned();
    for &byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri.push_str(query);
    PathBuf::from(uri)
}

/// How errors describe a file of another user.
pub(crate) const ANOTHER_USERS_FILE: &str = "another user's file";

/// What is at a path instead of a regular file, if something else is.
pub(crate) fn other_than_file(metadata: &Metadata) -> Option<&'static str> {
    if metadata.is_symlink() {
        Some("a symbolic link")
    } else if metadata.is_dir() {
        Some("a directory")
    } else if metadata.is_file() {
        None
    } else {
        Some("a device, pipe or socket")
    }
}

/// What the second name of a regular file is, if it has one.
pub(crate) fn second_name(path: &Path, metadata: &Metadata) -> Option<&'static str> {
    #[cfg(unix)]
    if std::os::unix::fs::MetadataExt::nlink(metadata) > 1 {
        return Some("a file with more than one name (a hard link)");
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
        let looked = statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::empty());
        if looked.is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT)) {
            return Some("a file with more than one name (it is mounted there; mount its folder instead)");
        }
    }
    let _ = (path, metadata);
    None
}

/// Whether a file belongs to a user other than those who may write the book; if there is no book yet,
/// other than the current user.
#[cfg(unix)]
pub(crate) fn belongs_to_another_user(metadata: &Metadata, book: Option<&Metadata>) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let owner = book.map_or_else(|| rustix::process::geteuid().as_raw(), Metadata::uid);
    // The superuser may do anything.
    metadata.uid() != owner && metadata.uid() != 0 && book.is_none_or(|book| book.mode() & OTHERS_WRITE == 0)
}

/// Whether others may write the file but not the book.
#[cfg(unix)]
pub(crate) fn is_open_to_others(metadata: &Metadata, book: Option<&Metadata>) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    metadata.mode() & OTHERS_WRITE & !book.map_or(0, Metadata::mode) != 0
}

#[cfg(unix)]
const OTHERS_WRITE: u32 = 0o022;

#[cfg(not(unix))]
pub(crate) fn belongs_to_another_user(_metadata: &Metadata, _book: Option<&Metadata>) -> bool {
    false
}

#[cfg(not(unix))]
pub(crate) fn is_open_to_others(_metadata: &Metadata, _book: Option<&Metadata>) -> bool {
    false
}

/// Whether a file could not be opened because too many files are open, in this process or in the system.
#[cfg(unix)]
pub(crate) fn is_for_want_of_files(error: &std::io::Error) -> bool {
    use rustix::io::Errno;
    Errno::from_io_error(error).is_some_and(|errno| [Errno::MFILE, Errno::NFILE].contains(&errno))
}

#[cfg(not(unix))]
pub(crate) fn is_for_want_of_files(_error: &std::io::Error) -> bool {
    false
}
