//! The exit code of a process that runs out of memory, or of room on the disk behind memory that SQLite has
//! mapped. It is ended by a signal and cannot print anything.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use signal_hook::flag::register_conditional_shutdown;

use super::failure::Failure;

/// Whether something may have been recorded.
pub(super) struct Fate {
    is_unrecorded: Arc<AtomicBool>,
}

impl Fate {
    /// Makes the process end with an exit code when such a signal arrives.
    pub(super) fn watched() -> Self {
        let is_unrecorded = Arc::new(AtomicBool::new(true));
        for &signal in ENDS {
            // The first of these whose flag is set ends the process.
            for (code, flag) in [(Failure::ENVIRONMENT, &is_unrecorded), (Failure::UNKNOWN, &Arc::new(true.into()))] {
                // On a system without the signal, nothing changes.
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
