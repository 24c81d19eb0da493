//! The hash of a line, which chains the next line to it.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};

use crate::domain::{ValueError, serde_by_text};

/// The SHA-256 of a line of the audit log, line feed included; in JSON, 64 lower-case hexadecimal
/// digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventHash([u8; 32]);

impl EventHash {
    /// The previous hash of the first line.
    pub const NONE: Self = Self([0; 32]);

    /// The hash of a line.
    #[must_use]
    pub fn of(line: impl AsRef<[u8]>) -> Self {
        Self(Sha256::digest(line).into())
    }

    /// Its 64 hexadecimal digits, in ASCII.
    pub(super) fn digits(self) -> [u8; 64] {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).copied().unwrap_or_default();
        let mut text = [0; 64];
        for (pair, byte) in text.chunks_exact_mut(2).zip(self.0) {
            pair.copy_from_slice(&[digit(byte >> 4), digit(byte & 15)]);
        }
        text
    }
}

impl fmt::Display for EventHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(std::str::from_utf8(&self.digits()).unwrap_or_default())
    }
}

impl FromStr for EventHash {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = || ValueError::new("hash", "invalid_hash", text, "is not 64 lower-case hexadecimal digits");
        let digits: &[u8; 64] = text.as_bytes().try_into().map_err(|_| refuse())?;
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(digits.as_chunks().0) {
            let [high, low] = pair.map(nibble);
            *byte = high.zip(low).map(|(high, low)| (high << 4) | low).ok_or_else(refuse)?;
        }
        Ok(Self(hash))
    }
}

/// The value of a lower-case hexadecimal digit.
fn nibble(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => digit.checked_sub(b'0'),
        b'a'..=b'f' => digit.checked_sub(b'a' - 10),
        _ => None,
    }
}

serde_by_text!(EventHash);
