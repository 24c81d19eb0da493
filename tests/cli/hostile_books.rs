//! Books that somebody else made, or that a disk damaged: every command ends in time, with a message if it
//! fails.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::{self, File};

use crate::harness::{Desk, Running, until};

const PAGE: usize = 8192;

/// Commands of every kind: each reads different tables in different ways.
pub(crate) const COMMANDS: [&str; 18] = [
    "holdings",
    "holdings --as-of 2024-02-01",
    "stocks",
    "transactions",
    "prices S7",
    "gains --by lot",
    "returns",
    "explain holding S7",
    "audit --tail 3",
    "audit --type StockCreatedEvent",
    "audit head",
    "audit verify",
    "audit repair",
    "check",
    "check --repair",
    "backup copy.db --force",
    "sell S7 1 9 --date 2024-01-02",
    "undo",
];

/// A book whose tables have several pages each.
fn large() -> Desk {
    let desk = Desk::new();
    let mut trades = "date,action,symbol,quantity,price,note\n".to_owned();
    for (day, action) in (1..=6).zip(["buy", "buy", "sell", "buy", "buy", "sell"]) {
        for stock in 0..150 {
            writeln!(trades, "2024-01-{day:02},{action},S{stock},1,{stock}.5,note {day}-{stock}").unwrap();
        }
    }
    let mut prices = "date,symbol,price\n".to_owned();
    for day in 1..=8 {
        for stock in 0..150 {
            writeln!(prices, "2024-01-{day:02},S{stock},{stock}.25").unwrap();
        }
    }
    desk.fed(&trades, ["import", "--add-stocks", "-q", "-"]).exits(0);
    desk.fed(&prices, ["import", "-q", "-"]).exits(0);
    for stock in 0..40 {
        desk.ok(["split", &format!("S{stock}"), "2:1", "--date", "2024-01-25", "-q"]);
    }
    desk
}

/// A number of so many bytes.
fn number(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, byte| number << 8 | usize::from(*byte))
}

/// The pages that a page of a tree refers to, in order.
fn children(book: &[u8], page: usize) -> Vec<usize> {
    let page = book.chunks(PAGE).nth(page.saturating_sub(1)).unwrap();
    if ![2, 5].contains(&page[0]) {
        return Vec::new();
    }
    let cells = page[12..].chunks(2).take(number(&page[3..5])).map(number);
    cells.map(|cell| number(&page[cell..][..4])).chain([number(&page[8..12])]).collect()
}

/// The trees with several pages: their names, and the pages directly below the root.
fn trees(desk: &Desk) -> Vec<(String, Vec<usize>)> {
    let book = fs::read(desk.book()).unwrap();
    let sqlite = desk.sqlite();
    let mut roots =
        sqlite.prepare("SELECT name, rootpage FROM sqlite_schema WHERE rootpage > 1 ORDER BY name").unwrap();
    let roots = roots.query_map([], |row| Ok((row.get(0)?, usize::from(row.get::<_, u16>(1)?)))).unwrap();
    let trees = roots.map(|root| root.map(|(name, root)| (name, children(&book, root))).unwrap());
    trees.filter(|(_, pages)| !pages.is_empty()).collect()
}

/// Runs a command that has to end in time. Returns its exit code and output.
pub(crate) fn ends(desk: &Desk, command: &str) -> (i32, String) {
    let (out, err) = (desk.path("out"), desk.path("err"));
    let mut started = desk.command(command.split(' '));
    started.stdout(File::create(&out).unwrap()).stderr(File::create(&err).unwrap());
    let mut running = Running::start(started);
    let mut status = None;
    until(&format!("`{command}` ends"), || {
        status = running.child().try_wait().unwrap();
        status.is_some()
    });
    let said = fs::read_to_string(&err).unwrap();
    assert!(!said.contains("panicked"), "{command}: {said}");
    (status.unwrap().code().unwrap_or_else(|| panic!("{command}: {status:?}, {said}")), said)
}

/// Puts a book and its log in place.
pub(crate) fn put(desk: &Desk, book: &[u8], log: &[u8]) {
    for beside in ["-wal", "-shm"] {
        let _ = fs::remove_file(desk.path(&format!("book.db{beside}")));
    }
    fs::write(desk.book(), book).unwrap();
    fs::write(desk.log(), log).unwrap();
}

#[test]
fn a_page_in_the_place_of_another_ends_every_command() {
    let desk = large();
    let (whole, log) = (fs::read(desk.book()).unwrap(), fs::read(desk.log()).unwrap());
    let page = |number: usize| (number - 1) * PAGE..number * PAGE;
    let trees = trees(&desk);
    let names: BTreeSet<&str> = trees.iter().map(|(name, _)| name.as_str()).collect();
    for table in ["events", "transactions", "prices", "summaries", "open_lots", "disposals", "transactions_by_id"] {
        assert!(names.contains(table), "{table} has one page: {names:?}");
    }
    for (name, pages) in trees {
        let (first, last) = (pages[0], *pages.last().unwrap());
        for (from, to) in [(first, last), (last, first)].into_iter().take(if name == "events" { 2 } else { 1 }) {
            let mut misdirected = whole.clone();
            misdirected.copy_within(page(from), page(to).start);
            for command in COMMANDS {
                put(&desk, &misdirected, &log);
                let (code, said) = ends(&desk, command);
                let is_told = code == 0 || said.starts_with("error: ") || said.contains("\nerror: ");
                assert!([0, 1, 3, 4].contains(&code) && is_told, "{name}: {command}: {code}, {said}");
                assert!(command != "check" || code == 4, "{name}: {said}");
            }
        }
    }
}

/// What somebody may do to the tables themselves, and the message about it.
const STRUCTURES: [(&str, &str); 11] = [
    (
        "PRAGMA foreign_keys = OFF; CREATE TABLE z AS SELECT * FROM stocks; DROP TABLE stocks; CREATE VIEW stocks AS
         WITH RECURSIVE c (x) AS (SELECT 1 UNION SELECT x + 1 FROM c) SELECT z.* FROM z, (SELECT count(*) FROM c)",
        "the view stocks is not one of ours",
    ),
    (
        "CREATE TABLE e AS SELECT * FROM events; DROP TABLE events; CREATE VIEW events AS
         WITH RECURSIVE c (x) AS (SELECT 1 UNION SELECT x + 1 FROM c) SELECT e.* FROM e, (SELECT count(*) FROM c)",
        "the table e is not one of ours",
    ),
    ("CREATE VIEW mine AS SELECT 1", "the view mine is not one of ours"),
    (
        "CREATE TRIGGER mine BEFORE INSERT ON commands BEGIN DELETE FROM transactions; END",
        "the trigger mine is not one of ours",
    ),
    ("CREATE INDEX mine ON stocks (hex(zeroblob(1000)))", "the index mine is not one of ours"),
    ("DROP INDEX transactions_by_id", "the index transactions_by_id is missing or altered"),
    ("PRAGMA foreign_keys = OFF; DROP TABLE summaries", "the table summaries is missing or altered"),
    ("ALTER TABLE stocks ADD COLUMN mine TEXT AS (hex(zeroblob(1000)))", "the table stocks is not one of ours"),
    ("CREATE TABLE mine (x)", "the table mine is not one of ours"),
    (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (id = 1)', 'CHECK (id > 1)')",
        "the table book is not one of ours",
    ),
    (
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage =
         (SELECT rootpage FROM sqlite_schema WHERE name = 'events') WHERE name = 'prices'",
        "the table prices is stored in the pages of another",
    ),
];

fn small() -> Desk {
    let desk = Desk::new();
    desk.ok(["add-stock", "S7", "Seven"]);
    desk.ok(["buy", "S7", "10", "5", "--date", "2024-01-02"]);
    desk.ok(["update-price", "S7", "6", "--date", "2024-01-03"]);
    desk
}

#[test]
fn foreign_tables_are_refused_by_all_commands_and_reported_by_check() {
    let desk = small();
    let (whole, log) = (fs::read(desk.book()).unwrap(), fs::read(desk.log()).unwrap());
    for (sql, what) in STRUCTURES {
        put(&desk, &whole, &log);
        desk.edit(sql);
        let altered = fs::read(desk.book()).unwrap();
        let is_found = |command: &str| command.starts_with("check");
        for command in COMMANDS.into_iter().filter(|command| !is_found(command)) {
            let (code, said) = ends(&desk, command);
            assert_eq!(
                (code, said.lines().next()),
                (1, Some(&*format!("error: the book is damaged: {what}"))),
                "{command}"
            );
        }
        let (code, said) = ends(&desk, "check");
        let told = fs::read_to_string(desk.path("out")).unwrap();
        assert!(code == 4 && said.contains("found in") && told.contains(what), "{what}: {code}, {said}, {told}");
        assert!(fs::read(desk.book()).unwrap() == altered && fs::read(desk.log()).unwrap() == log, "{what}");
        // Objects without facts are removed or recreated, and everything is as before.
        let can_be_mended = ["the view mine", "the trigger mine", "the index"].iter().any(|it| what.starts_with(it));
        let (code, said) = ends(&desk, "check --repair");
        assert_eq!(code, if can_be_mended { 0 } else { 4 }, "{what}: {said}");
        if can_be_mended {
            assert_eq!(desk.ok(["check", "-q"]), "");
            desk.ok(["buy", "S7", "1", "5", "--date", "2024-01-02"]);
            assert_eq!(desk.json(["holdings"])[0]["quantity"], "11");
        }
    }
}

#[test]
fn a_schema_without_end_is_refused() {
    let desk = small();
    let tables: Vec<_> = (0..2000).map(|number| format!("CREATE TABLE t{number} (x);")).collect();
    desk.edit(&tables.concat());
    for command in ["holdings", "buy S7 1 1", "check"] {
        let (code, said) = ends(&desk, command);
        assert!(code == 1 && said.starts_with("error: the book is damaged: "), "{command}: {code}, {said}");
    }
}

#[test]
fn a_line_that_no_event_could_fill_is_not_loaded() {
    let desk = small();
    desk.edit(
        "UPDATE events SET line = printf('%.*c', 17000000, 'x') WHERE sequence = (SELECT max(sequence) FROM events)",
    );
    for command in COMMANDS {
        let (code, said) = ends(&desk, command);
        let is_told = said.contains("an event has too long a line");
        match command {
            "check" | "check --repair" => assert_eq!(code, 4, "{command}: {said}"),
            // Commands that need no event answer with a warning.
            "holdings --as-of 2024-02-01"
            | "stocks"
            | "transactions"
            | "prices S7"
            | "gains --by lot"
            | "returns"
            | "explain holding S7"
            | "holdings" => assert!(is_told && [0, 1].contains(&code), "{command}: {code}, {said}"),
            _ => assert!(is_told && code == 1, "{command}: {code}, {said}"),
        }
    }
}

#[test]
fn a_line_of_the_log_that_no_event_could_fill_is_not_loaded() {
    let desk = small();
    let log = fs::read_to_string(desk.log()).unwrap();
    let (first, rest) = log.split_once('\n').unwrap();
    // The book knows the places of lines as little as their content: both seem right.
    let stretched = format!("{first}{}\n{rest}", " ".repeat(1 << 24));
    desk.edit(&format!("UPDATE events SET end_offset = end_offset + {}", 1 << 24));
    fs::write(desk.log(), stretched).unwrap();
    let (code, said) = ends(&desk, "audit");
    let hint = "hint: `stockbook audit verify` tells what is wrong with it\n";
    assert_eq!((code, said), (1, format!("error: a line of the audit log is longer than any event's\n{hint}")));
}
