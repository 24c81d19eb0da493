//! Opening the audit log: a regular file, never what a link or a pipe in its place leads to.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::Path;

/// The log, opened for writing.
#[derive(Debug)]
pub enum OpenLog {
    /// Can be written anywhere.
    Seekable(File),
    /// May only be appended to (`chattr +a`): whatever is written goes to its end.
    AppendOnly(File),
}

impl OpenLog {
    /// Opens the log at `path`, or makes it; says whether it was made now.
    ///
    /// # Errors
    /// If that is not allowed, or if something else than a regular file is there.
    pub fn at(path: &Path) -> io::Result<(Self, bool)> {
        let mut options = careful();
        options.read(true).write(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.clone().create_new(true).open(path) {
            Ok(file) => {
                // Whatever the umask takes away.
                #[cfg(unix)]
                file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
                return Ok((Self::Seekable(file), true));
            }
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(cannot_open(path, &error)),
        }
        match open_regular(&options, path) {
            Ok(file) => Ok((Self::Seekable(file), false)),
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                Ok((Self::AppendOnly(open_regular(options.write(false).append(true), path)?), false))
            }
            Err(error) => Err(error),
        }
    }

    /// The file.
    pub fn file(&mut self) -> &mut File {
        match self {
            Self::Seekable(file) | Self::AppendOnly(file) => file,
        }
    }
}

/// Opens the log at `path` for reading.
///
/// # Errors
/// If there is none or it cannot be read, or if something else than a regular file is there.
pub fn read_log(path: &Path) -> io::Result<File> {
    open_regular(careful().read(true), path)
}

/// Follows no symbolic link, and waits for nobody at the other end of a pipe.
pub(super) fn careful() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        let flags = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default();
        std::os::unix::fs::OpenOptionsExt::custom_flags(&mut options, flags);
    }
    options
}

pub(super) fn open_regular(options: &OpenOptions, path: &Path) -> io::Result<File> {
    let not_regular = || io::Error::new(ErrorKind::InvalidInput, format!("{} is not a regular file", path.display()));
    match options.open(path) {
        Ok(file) if file.metadata()?.is_file() => Ok(file),
        Ok(_) => Err(not_regular()),
        // A link or a directory is told by its name rather than by the system's word for it.
        Err(_) if fs::symlink_metadata(path).is_ok_and(|metadata| !metadata.is_file()) => Err(not_regular()),
        Err(error) => Err(cannot_open(path, &error)),
    }
}

fn cannot_open(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("cannot open {}: {error}", path.display()))
}
