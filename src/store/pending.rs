//! Opens a database in a file that does not have its final name yet.

use rusqlite::{Connection, OpenFlags};

use crate::files::pending::PendingFile;

/// Opens a pending file as a database, without SQLite's own locks. We hold a lock on it, which would be in
/// SQLite's way where both are of the same kind (NFS, the BSDs).
pub(super) fn connect(file: &PendingFile) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    #[cfg(unix)]
    let connection = Connection::open_with_flags_and_vfs(file.path(), flags, c"unix-none")?;
    #[cfg(not(unix))]
    let connection = Connection::open_with_flags(file.path(), flags)?;
    Ok(connection)
}
