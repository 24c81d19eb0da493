//! A database in a file that has no name of its own yet.

use rusqlite::{Connection, OpenFlags};

use crate::files::pending::PendingFile;

/// Opens a pending file as a database, without locks of SQLite's own: ours is held, and where both are
/// kept in one place (NFS, the BSDs) it would be in SQLite's way.
pub(super) fn connect(file: &PendingFile) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    #[cfg(unix)]
    let connection = Connection::open_with_flags_and_vfs(file.path(), flags, c"unix-none")?;
    #[cfg(not(unix))]
    let connection = Connection::open_with_flags(file.path(), flags)?;
    Ok(connection)
}
