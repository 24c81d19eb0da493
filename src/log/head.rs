//! A head of the chain, noted outside the book.

use std::fmt;
use std::str::FromStr;

use super::EventHash;
use crate::domain::{Sequence, ValueError};

/// An event's number and the hash of its line: proof of that event and of everything before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// The number.
    pub sequence: Sequence,
    /// The hash.
    pub hash: EventHash,
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.sequence, self.hash)
    }
}

impl FromStr for Head {
    type Err = ValueError;

    /// The two separated by a colon, or by whitespace as `audit head` prints them.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = |rule: &str| ValueError::new("head", "invalid_head", text, rule);
        let rule = "is not an event's number, a colon and 64 lower-case hexadecimal digits";
        let hint = "`stockbook audit head` prints both";
        let (sequence, hash) = text.trim().split_once([':', ' ']).ok_or_else(|| refuse(rule).with_hint(hint))?;
        let is_number = !sequence.is_empty() && sequence.bytes().all(|byte| byte.is_ascii_digit());
        let sequence = sequence.parse().ok().filter(|_| is_number);
        let hash = hash.trim().parse().ok();
        match sequence.zip(hash) {
            Some((0, _)) => Err(refuse("names event 0, but events count from 1")),
            Some((sequence, hash)) => Ok(Self { sequence, hash }),
            None => Err(refuse(rule).with_hint(hint)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_read_as_they_are_printed() {
        let noted = Head { sequence: 3, hash: EventHash::of("a line\n") };
        assert_eq!(noted.to_string().parse(), Ok(noted));
        assert_eq!(noted.to_string().replace(':', " ").parse(), Ok(noted));
        let hash = noted.hash;
        for wrong in ["", ":", "3", "3:abc", "0:", "+3:", "3.0:", "-1:", " :"] {
            assert!(format!("{wrong}{hash}").parse::<Head>().is_err(), "{wrong}");
        }
    }
}
