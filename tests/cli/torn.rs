//! A power failure while the WAL was being emptied: a page that was being written has some of its old
//! content, some of its new content, and zeros. All of it is in the WAL, and the book is recovered.

use std::fs;
use std::ops::Range;

use crate::harness::Desk;

const PAGE: usize = 8192;

/// A book whose last command is only in the WAL, and the book that includes it.
struct Left {
    before: Vec<u8>,
    wal: Vec<u8>,
    log: Vec<u8>,
    after: Vec<u8>,
    held: String,
}

fn left() -> Left {
    let desk = Desk::new();
    desk.ok(["add-stock", "ACME", "A company"]);
    desk.ok(["buy", "ACME", "1", "100", "--date", "2024-01-02"]);
    let before = fs::read(desk.book()).unwrap();
    // As long as a process has the book open, others cannot empty the WAL.
    let other = desk.sqlite();
    other.query_row("SELECT count(*) FROM events", [], |_| Ok(())).unwrap();
    // Enough to make the book grow, which its first page records.
    let rows: Vec<String> = (1..=100).map(|shares| format!("2024-01-03,buy,ACME,{shares},110")).collect();
    desk.fed(&format!("date,action,symbol,quantity,price\n{}\n", rows.join("\n")), ["import", "-", "-q"]).exits(0);
    let (wal, log) = (fs::read(desk.path("book.db-wal")).unwrap(), fs::read(desk.log()).unwrap());
    assert_eq!(fs::read(desk.book()).unwrap(), before, "the import is in the WAL alone");
    let held = desk.ok(["holdings", "-O", "json"]);
    other.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(other);
    let after = fs::read(desk.book()).unwrap();
    Left { before, wal, log, after, held }
}

impl Left {
    /// The offsets of the pages that the WAL changes.
    fn pages(&self) -> Vec<usize> {
        let pages = self.before.chunks(PAGE).zip(self.after.chunks(PAGE)).zip((0..).step_by(PAGE));
        pages.filter(|((before, after), _)| before != after).map(|(_, at)| at).collect()
    }

    /// The book with some of its bytes replaced.
    fn torn(&self, part: Range<usize>, bytes: &[u8]) -> Vec<u8> {
        let mut torn = self.before.clone();
        torn[part].copy_from_slice(bytes);
        torn
    }

    fn is_recovered_from(&self, torn: &[u8], what: &str) {
        let desk = Desk::new();
        desk.file("book.db", torn);
        desk.file("book.db-wal", &self.wal);
        desk.file("book.db.audit.jsonl", &self.log);
        desk.make_private();
        let run = desk.run(["holdings", "-O", "json"]);
        assert_eq!(run.status.code(), Some(0), "{what}: {run}");
        assert_eq!(String::from_utf8_lossy(&run.stdout), self.held, "{what}");
    }
}

/// Sectors, and places within the end of a page, where the mark of the moment is.
fn cuts() -> impl Iterator<Item = usize> {
    (0..=PAGE).step_by(2048).chain([1, PAGE - 30, PAGE - 20, PAGE - 12, PAGE - 8, PAGE - 5, PAGE - 1])
}

#[test]
fn a_page_that_is_partly_written_or_lost_is_in_the_wal() {
    let left = left();
    let pages = left.pages();
    assert!(pages.len() > 4 && pages[0] == 0, "{pages:?}");
    let zeros = [0; PAGE];
    for at in pages {
        for cut in cuts() {
            let (first, last) = (at..at + cut, at + cut..at + PAGE);
            let what = |how: &str| format!("{how} at byte {cut} of page {}", at / PAGE + 1);
            left.is_recovered_from(&left.torn(first.clone(), &left.after[first.clone()]), &what("written up"));
            left.is_recovered_from(&left.torn(last.clone(), &left.after[last.clone()]), &what("written from"));
            left.is_recovered_from(&left.torn(first, &zeros[..cut]), &what("lost up"));
            left.is_recovered_from(&left.torn(last, &zeros[cut..]), &what("lost from"));
        }
    }
}

#[test]
fn zeros_beside_the_wal_of_no_book_are_no_book() {
    let left = left();
    let desk = Desk::new();
    desk.file("book.db", vec![0; left.before.len()]);
    desk.file("book.db-wal", "");
    desk.make_private();
    assert_eq!(desk.error(1, ["holdings"])["code"], "not_a_book");
    let other = rusqlite::Connection::open(desk.path("other.db")).unwrap();
    other.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())).unwrap();
    other.execute_batch("CREATE TABLE theirs (x)").unwrap();
    fs::copy(desk.path("other.db-wal"), desk.path("book.db-wal")).unwrap();
    desk.make_private();
    assert_eq!(desk.error(1, ["holdings"])["code"], "not_a_book");
    assert!(fs::read(desk.book()).unwrap().iter().all(|byte| *byte == 0));
}

#[test]
fn a_file_of_another_kind_stays_as_it_is_beside_the_wal_of_a_book() {
    let left = left();
    let notes = b"To do: move the book to the new disk.\n".repeat(2000);
    for content in [&notes[..], &notes[..20]] {
        let desk = Desk::new();
        desk.file("book.db", content);
        desk.file("book.db-wal", &left.wal);
        desk.make_private();
        for args in [&["holdings"][..], &["add-stock", "NEW", "New Inc."]] {
            assert_eq!(desk.error(1, args)["code"], "not_a_book");
        }
        assert_eq!(
            (fs::read(desk.book()).unwrap(), fs::read(desk.path("book.db-wal")).unwrap()),
            (content.to_vec(), left.wal.clone())
        );
    }
}
