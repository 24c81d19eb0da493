//! The exit code of a process that is ended from within: where there is no more memory, or no room on
//! the disk behind memory that SQLite has mapped, nothing can be said any more.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::flag::register_conditional_shutdown;

use super::failure::Failure;

/// Whether something may be recorded by now.
pub(super) struct Fate {
    is_unrecorded: Arc<AtomicBool>,
}

impl Fate {
    /// From now on the process ends with an exit code, rather than by a signal.
    pub(super) fn watched() -> io::Result<Self> {
        let is_unrecorded = Arc::new(AtomicBool::new(true));
        for &signal in ENDS {
            // Of these, the first one whose flag is up ends it.
            register_conditional_shutdown(signal, Failure::ENVIRONMENT.into(), Arc::clone(&is_unrecorded))?;
            register_conditional_shutdown(signal, Failure::UNKNOWN.into(), Arc::new(AtomicBool::new(true)))?;
        }
        Ok(Self { is_unrecorded })
    }

    /// Something may be recorded from now on.
    pub(super) fn commit(&self) {
        self.is_unrecorded.store(false, Ordering::SeqCst);
    }
}

#[cfg(unix)]
const ENDS: &[i32] = &[signal_hook::consts::SIGABRT, signal_hook::consts::SIGBUS];

#[cfg(not(unix))]
const ENDS: &[i32] = &[signal_hook::consts::SIGABRT];
