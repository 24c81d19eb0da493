//! The inputs of an import.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use crate::domain::shell_word;

/// An input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file.
    File(PathBuf),
    /// Standard input.
    StandardInput,
}

impl Source {
    /// The name in messages.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::StandardInput => "standard input".to_owned(),
        }
    }

    /// The argument for a shell command.
    pub(super) fn word(&self) -> String {
        match self {
            Self::File(path) => shell_word(&path.display().to_string()),
            Self::StandardInput => "-".to_owned(),
        }
    }

    pub(in crate::app) fn open(&self) -> io::Result<Box<dyn Read>> {
        Ok(match self {
            Self::File(path) => Box::new(File::open(path)?),
            Self::StandardInput => Box::new(io::stdin().lock()),
        })
    }

    pub(super) fn size(&self) -> Option<u64> {
        match self {
            Self::File(path) => {
                std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|metadata| metadata.len())
            }
            Self::StandardInput => None,
        }
    }
}
