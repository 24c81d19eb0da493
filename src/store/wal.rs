//! Reads a WAL without SQLite; its format is documented in
//! <https://sqlite.org/fileformat2.html#walformat>.

use std::fs::File;
use std::io::{self, BufReader, ErrorKind, Read, Seek, SeekFrom};

/// What a file with the name of a WAL contains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// Something that SQLite did not write.
    Strange,
    /// No committed transaction.
    Nothing,
    /// Committed transactions, which may be nowhere else.
    Commits,
}

const HEADER: usize = 32;
const FRAME: usize = 24;
/// The first bytes; the lowest bit of the byte after them gives the byte order of the checksums.
const MAGIC: [u8; 3] = [0x37, 0x7f, 0x06];
const LARGEST_PAGE: usize = 65_536;

/// Reads a WAL as SQLite would: `each` gets the number and the content of every valid page, in order.
/// Everything after a torn page is invalid.
pub(super) fn read(file: &File, each: &mut dyn FnMut(u32, &[u8])) -> io::Result<Content> {
    let mut reader = BufReader::with_capacity(1 << 17, file);
    reader.seek(SeekFrom::Start(0))?;
    let mut header = [0; HEADER];
    let size = fill(&mut reader, &mut header)?;
    let first: Vec<u8> = header.iter().copied().take(size.min(MAGIC.len())).collect();
    // A power cut leaves zeros where nothing was written yet.
    if !MAGIC.starts_with(&first) && first.iter().any(|&byte| byte != 0) {
        return Ok(Content::Strange);
    }
    let is_big_endian = word(&header, 0) & 1 == 1;
    let page_size = usize::try_from(word(&header, 8)).unwrap_or(usize::MAX);
    let mut sums = Checksums { is_big_endian, first: 0, second: 0 };
    sums.add(header.get(..FRAME).unwrap_or_default());
    if size < HEADER || !sums.are_at(&header, FRAME) || !page_size.is_power_of_two() || page_size > LARGEST_PAGE {
        return Ok(Content::Nothing);
    }
    let (salts, mut content) = (header.get(16..24), Content::Nothing);
    let (mut frame, mut page) = ([0; FRAME], vec![0; page_size]);
    while fill(&mut reader, &mut frame)? == FRAME && fill(&mut reader, &mut page)? == page_size {
        sums.add(frame.get(..8).unwrap_or_default());
        sums.add(&page);
        if frame.get(8..16) != salts || !sums.are_at(&frame, 16) {
            break;
        }
        each(word(&frame, 0), &page);
        // The last page of a transaction also contains the size of the database.
        if word(&frame, 4) != 0 {
            content = Content::Commits;
        }
    }
    Ok(content)
}

/// Reads until the buffer is full or the file ends.
pub(super) fn fill(reader: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match reader.read(rest) {
            Ok(0) => break,
            Ok(read) => filled = filled.saturating_add(read),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// The big-endian number at an offset of a header.
fn word(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_be_bytes(*four))
}

/// The running checksums.
struct Checksums {
    is_big_endian: bool,
    first: u32,
    second: u32,
}

impl Checksums {
    fn add(&mut self, bytes: &[u8]) {
        let number = if self.is_big_endian { u32::from_be_bytes } else { u32::from_le_bytes };
        let (words, _) = bytes.as_chunks::<4>();
        let (pairs, _) = words.as_chunks::<2>();
        for [one, other] in pairs {
            self.first = self.first.wrapping_add(number(*one)).wrapping_add(self.second);
            self.second = self.second.wrapping_add(number(*other)).wrapping_add(self.first);
        }
    }

    fn are_at(&self, header: &[u8], at: usize) -> bool {
        (word(header, at), word(header, at.saturating_add(4))) == (self.first, self.second)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use rusqlite::Connection;

    use super::*;

    const PAGE: u16 = 4096;

    /// A WAL with three transactions, and how many pages it has according to SQLite.
    fn written(folder: &std::path::Path) -> (Vec<u8>, i64) {
        let path = folder.join("a.db");
        let connection = Connection::open(&path).unwrap();
        connection.pragma_update(None, "page_size", PAGE).unwrap();
        connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
        for sql in ["CREATE TABLE t (x)", "INSERT INTO t VALUES (zeroblob(9000))", "INSERT INTO t VALUES (2)"] {
            connection.execute_batch(sql).unwrap();
        }
        let bytes = fs::read(folder.join("a.db-wal")).unwrap();
        let pages = connection.query_row("PRAGMA wal_checkpoint", [], |row| row.get(1)).unwrap();
        (bytes, pages)
    }

    fn content(folder: &std::path::Path, bytes: &[u8]) -> (Content, i64) {
        let (path, mut pages) = (folder.join("tried"), Vec::new());
        fs::write(&path, bytes).unwrap();
        let content = read(&File::open(path).unwrap(), &mut |number, _| pages.push(number)).unwrap();
        (content, i64::try_from(pages.len()).unwrap())
    }

    #[test]
    fn as_many_pages_are_valid_as_sqlite_says() {
        let folder = tempfile::tempdir().unwrap();
        let (whole, pages) = written(folder.path());
        assert_eq!(content(folder.path(), &whole), (Content::Commits, pages));
        // Without its last byte, the last transaction is gone; with only one page left, all are.
        assert_eq!(content(folder.path(), &whole[..whole.len() - 1]), (Content::Commits, pages - 1));
        assert_eq!(content(folder.path(), &whole[..HEADER + FRAME + usize::from(PAGE)]), (Content::Nothing, 1));
        let mut torn = whole;
        torn[HEADER + FRAME + 100] ^= 1;
        assert_eq!(content(folder.path(), &torn), (Content::Nothing, 0));
    }

    #[test]
    fn no_page_is_valid_after_a_header_that_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (whole, _) = written(folder.path());
        for at in MAGIC.len()..HEADER {
            let mut torn = whole.clone();
            torn[at] ^= 2;
            assert_eq!(content(folder.path(), &torn), (Content::Nothing, 0), "byte {at}");
        }
    }

    #[test]
    fn what_a_power_cut_leaves_is_nothing_and_what_is_no_wal_is_strange() {
        let folder = tempfile::tempdir().unwrap();
        let (whole, _) = written(folder.path());
        for nothing in [&[][..], &[0; 100], &whole[..2], &whole[..31], &[&[0; 16], &whole[16..]].concat()] {
            assert_eq!(content(folder.path(), nothing), (Content::Nothing, 0));
        }
        for strange in [&b"x"[..], b"7", b"7x", b"date,action,symbol\n"] {
            let expected = if strange == b"7" { Content::Nothing } else { Content::Strange };
            assert_eq!(content(folder.path(), strange).0, expected);
        }
    }
}
