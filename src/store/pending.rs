//! A database in a file that does not have its own name yet.

use rusqlite::{Connection, OpenFlags};

use crate::files::pending::PendingFile;

/// Opens a pending file as a database, without SQLite's own locks: we hold one on it, and where both
/// kinds are the same (NFS, the BSDs) ours would be in SQLite's way.
pub(super) fn connect(file: &PendingFile) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    #[cfg(unix)]
    let connection = Connection::open_with_flags_and_vfs(file.path(), flags, c"unix-none")?;
    #[cfg(not(unix))]
    let connection = Connection::open_with_flags(file.path(), flags)?;
    Ok(connection)
}
