//! The exit code of a process that is ended from within: where there is no more memory, or no room on
//! the disk behind memory that SQLite has mapped, nothing can be said any more.

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
    pub(super) fn watched() -> Self {
        let is_unrecorded = Arc::new(AtomicBool::new(true));
        for &signal in ENDS {
            // Of these, the first one whose flag is up ends it.
            for (code, flag) in [(Failure::ENVIRONMENT, &is_unrecorded), (Failure::UNKNOWN, &Arc::new(true.into()))] {
                // Where the system does not have it, things are as they were.
                let _ = register_conditional_shutdown(signal, code.into(), Arc::clone(flag));
            }
        }
        Self { is_unrecorded }
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
