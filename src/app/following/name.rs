//! The name of a follower.

use std::fmt;
use std::str::FromStr;

use crate::domain::ValueError;

/// The name of a follower: up to 64 lower-case letters, digits, `-` and `_`, a letter first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FollowerName(String);

impl FromStr for FollowerName {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        if text.starts_with(|c: char| c.is_ascii_lowercase()) && text.chars().all(is_plain) && text.len() <= 64 {
            return Ok(Self(text.to_owned()));
        }
        let rule = "is not up to 64 lower-case letters, digits, '-' and '_', beginning with a letter";
        Err(ValueError::new("follower's name", "invalid_name", text, rule))
    }
}

impl fmt::Display for FollowerName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}
