//! Compares the log with the book's events while these are being read anyway.

use std::fs::File;
use std::io::{BufRead, BufReader};

use super::file::{LogFile, read_log};

/// A log that is read along with the book's events, from the first one on, to find out whether it holds their
/// lines and nothing else. If it does not, [`verify`](super::verify) says what is wrong with it.
pub struct LogInStep {
    file: LogFile,
    /// `None` once something differs, or if it cannot be read.
    log: Option<BufReader<File>>,
    length: u64,
}

impl LogInStep {
    /// Opens a log at its beginning.
    #[must_use]
    pub fn at_start_of(file: &LogFile) -> Self {
        const BUFFER: usize = 1 << 18;
        let log = read_log(file.path()).ok().map(|log| BufReader::with_capacity(BUFFER, log));
        Self { file: file.clone(), log, length: 0 }
    }

    /// Compares the line of the next event, its line feed included.
    pub fn follow(&mut self, line: &str) {
        if self.log.as_mut().is_some_and(|log| !comes_next(log, line.as_bytes())) {
            self.log = None;
        }
        self.length = self.length.saturating_add(u64::try_from(line.len()).unwrap_or(u64::MAX));
    }

    /// Whether all lines were there, and nothing follows them.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        let size = self.log.as_ref().and_then(|log| log.get_ref().metadata().ok()).map(|log| log.len());
        size.is_some_and(|size| self.file.counted(size, self.length) == self.length)
    }
}

/// Whether a log continues with these bytes, which are consumed.
fn comes_next(log: &mut impl BufRead, mut bytes: &[u8]) -> bool {
    while !bytes.is_empty() {
        let Ok(there) = log.fill_buf() else { return false };
        let length = there.len().min(bytes.len());
        match bytes.strip_prefix(there.get(..length).unwrap_or_default()) {
            Some(rest) if length > 0 => bytes = rest,
            Some(_) | None => return false,
        }
        log.consume(length);
    }
    true
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::log::log_path;

    /// The result for a log with these bytes and a book with these lines.
    fn is_whole(log: &str, lines: &[&str]) -> bool {
        let folder = tempfile::tempdir().unwrap();
        let book = folder.path().join("book.db");
        fs::write(&book, "").unwrap();
        fs::write(log_path(&book), log).unwrap();
        let mut log = LogInStep::at_start_of(&LogFile::of(&book));
        for line in lines {
            log.follow(line);
        }
        log.is_whole()
    }

    #[test]
    fn a_log_is_whole_if_it_is_these_lines_and_no_byte_more_or_less() {
        let lines = ["one\n", "two\n", "three\n"];
        assert!(is_whole("one\ntwo\nthree\n", &lines));
        for log in
            ["", "one\ntwo\n", "one\ntwo\nthree", "one\ntwo\nthree\n\n", "one\nTwo\nthree\n", "two\none\nthree\n"]
        {
            assert!(!is_whole(log, &lines), "{log:?}");
        }
        assert!(!is_whole("one\ntwo\n", &["one\n"]));
    }

    #[test]
    fn a_line_longer_than_the_buffer_is_compared_to_its_end() {
        let line = format!("{}\n", "x".repeat(1 << 19));
        assert!(is_whole(&line.repeat(2), &[&line, &line]));
        assert!(!is_whole(&format!("{line}{}", line.replace("x\n", "y\n")), &[&line, &line]));
    }

    #[test]
    fn a_log_that_is_not_there_is_not_whole() {
        let folder = tempfile::tempdir().unwrap();
        assert!(!LogInStep::at_start_of(&LogFile::of(&folder.path().join("book.db"))).is_whole());
    }
}
