//! Counts the bytes read from a file and computes their digest.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::io::{self, Read};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

/// The SHA-256 of the bytes read so far.
#[derive(Clone, Default)]
pub(super) struct Digest(Rc<RefCell<Sha256>>);

impl Digest {
    pub(super) fn finish(&self) -> String {
        let mut text = String::new();
        for byte in self.0.take().finalize() {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

/// A reader that counts the bytes and feeds them to a [`Digest`].
pub(super) struct Counted<R> {
    pub(super) input: R,
    pub(super) read: Arc<AtomicU64>,
    pub(super) digest: Digest,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.input.read(buffer)?;
        self.digest.0.borrow_mut().update(buffer.get(..count).unwrap_or_default());
        self.read.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::Relaxed);
        Ok(count)
    }
}
