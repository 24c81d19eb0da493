//! Files that are not books, or no longer, are named in the error and left as they are.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::symlink;
use std::process::Stdio;

use serde_json::Value;

use crate::harness::{Desk, Running, until};

/// Runs a reading and two writing commands, which must all fail the same way and change nothing.
fn is_refused(desk: &Desk, code: &str) -> Value {
    let before = desk.everything();
    let error = desk.error(1, ["holdings"]);
    assert_eq!(error["code"], code, "{error}");
    for args in [&["add-stock", "ACME", "Acme"][..], &["buy", "ACME", "1", "1"], &["audit"], &["stocks"]] {
        let other = desk.error(1, args);
        assert_eq!(other["code"], code, "{args:?}: {other}");
    }
    assert_eq!(desk.everything(), before);
    assert!(error["message"].as_str().unwrap().contains("book"), "{error}");
    error
}

fn message(error: &Value) -> String {
    format!("{}\n{}", error["message"].as_str().unwrap(), error["hint"].as_str().unwrap_or("no hint"))
}

#[test]
fn a_symbolic_link() {
    let desk = Desk::new();
    let real = desk.path("real.db");
    desk.ok(["--book".as_ref(), real.as_os_str(), "add-stock".as_ref(), "ACME".as_ref(), "Acme".as_ref()]);
    symlink(&real, desk.book()).unwrap();
    let error = is_refused(&desk, "not_a_book");
    let _tidy = desk.tidy();
    insta::assert_snapshot!(message(&error), @"
    [folder]/book.db is a symbolic link, not a book
    name the book with --book or STOCKBOOK_BOOK
    ");
}

#[test]
fn a_symbolic_link_to_nowhere() {
    let desk = Desk::new();
    symlink(desk.path("nowhere"), desk.book()).unwrap();
    is_refused(&desk, "not_a_book");
    assert!(!desk.path("nowhere").exists());
}

/// SQLite names the journal after the file: with two names there are two journals, and the trades of one are
/// lost.
#[test]
fn a_book_with_two_names() {
    let desk = Desk::with_stocks();
    let other = desk.path("other.db");
    fs::hard_link(desk.book(), &other).unwrap();
    let error = is_refused(&desk, "not_a_book");
    let _tidy = desk.tidy();
    insta::assert_snapshot!(message(&error), @"
    [folder]/book.db is a file with more than one name (a hard link), not a book
    name the book with --book or STOCKBOOK_BOOK
    ");
    fs::remove_file(other).unwrap();
    desk.ok(["buy", "ACME", "1", "1"]);
}

/// The name of the draft left by a process that was killed on first use.
const LEFT: &str = ".book.db.00000000-0000-4000-8000-000000000001.new";

#[test]
fn what_a_killed_first_use_left_is_cleared_away_by_the_next() {
    let desk = Desk::new();
    let wal = format!("{LEFT}-wal");
    desk.file(LEFT, "someone's trades");
    desk.file(&wal, "more of them");
    let others = [
        ".other.db.00000000-0000-4000-8000-000000000001.new",
        ".book.db.mine.new",
        ".book.db.00000000-0000-4000-8000-000000000001.new.bak",
        "book.db.00000000-0000-4000-8000-000000000001.new",
    ];
    for name in others {
        desk.file(name, "not ours");
    }
    desk.ok(["add-stock", "ACME", "Acme", "--dry-run"]);
    assert!(desk.path(LEFT).exists());
    desk.ok(["add-stock", "ACME", "Acme"]);
    assert!(!desk.path(LEFT).exists() && !desk.path(&wal).exists());
    assert!(others.iter().all(|name| desk.path(name).exists()));
}

#[test]
fn a_first_use_that_was_killed_between_two_names_is_tidied_up() {
    let desk = Desk::with_stocks();
    fs::hard_link(desk.book(), desk.path(LEFT)).unwrap();
    desk.run(["stocks"]).exits(0).silently();
    assert!(!desk.path(LEFT).exists());
}

#[test]
fn what_another_process_is_about_to_begin_is_left_to_it() {
    let desk = Desk::new();
    let held = fs::File::options().write(true).open(desk.file(LEFT, "trades")).unwrap();
    held.try_lock().unwrap();
    desk.ok(["add-stock", "ACME", "Acme"]);
    assert_eq!(fs::read_to_string(desk.path(LEFT)).unwrap(), "trades");
}

#[test]
fn what_looks_like_a_draft_and_is_no_file_is_left_alone() {
    let desk = Desk::new();
    let secret = desk.file("secret", "precious");
    symlink(&secret, desk.path(LEFT)).unwrap();
    let folder = LEFT.replace("1.new", "2.new");
    fs::create_dir(desk.path(&folder)).unwrap();
    let pipe = LEFT.replace("1.new", "3.new");
    assert!(desk.program("mkfifo").arg(&pipe).status().unwrap().success());
    desk.ok(["add-stock", "ACME", "Acme"]);
    assert!(desk.path(LEFT).is_symlink() && desk.path(&folder).is_dir() && desk.path(&pipe).exists());
    assert_eq!(fs::read_to_string(secret).unwrap(), "precious");
}

#[test]
fn a_first_use_that_is_killed_while_it_waits_is_cleared_away() {
    let desk = Desk::new();
    let mut command = desk.command(["import", "--add-stocks", "-"]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut import = Running::start(command);
    let mut stdin = import.child().stdin.take().unwrap();
    let rows = "2024-01-02,buy,ACME,1,1\n".repeat(5000);
    let drafts = || {
        let names = fs::read_dir(desk.folder()).unwrap().map(|entry| entry.unwrap().file_name());
        names.filter(|name| name.to_string_lossy().contains(".new")).count()
    };
    // It waits for input, in the middle of its work or before.
    let _ = stdin.write_all(format!("date,action,symbol,quantity,price\n{rows}").as_bytes());
    drop(stdin);
    until("a draft is begun or the book is there", || drafts() > 0 || desk.book().exists());
    import.child().kill().unwrap();
    import.ends();
    desk.ok(["add-stock", "NEW", "New"]);
    assert_eq!(drafts(), 0);
}

#[test]
fn a_folder() {
    let desk = Desk::new();
    fs::create_dir(desk.book()).unwrap();
    let error = is_refused(&desk, "not_a_book");
    let _tidy = desk.tidy();
    insta::assert_snapshot!(message(&error), @"
    [folder]/book.db is a directory, not a book
    name the book with --book or STOCKBOOK_BOOK
    ");
}

#[test]
fn a_device() {
    let desk = Desk::new();
    for device in ["/dev/null", "/dev/full", "/dev/zero"] {
        for args in [&["holdings"][..], &["add-stock", "ACME", "Acme"]] {
            let error = desk.error(1, ["--book", device].iter().chain(args));
            assert_eq!(error["code"], "not_a_book", "{error}");
        }
    }
}

#[test]
fn an_empty_file() {
    let desk = Desk::new();
    desk.file("book.db", "");
    let error = is_refused(&desk, "not_a_book");
    let _tidy = desk.tidy();
    insta::assert_snapshot!(message(&error), @"
    [folder]/book.db is not a StockBook book: it is empty
    name the book with --book or STOCKBOOK_BOOK
    ");
}

#[test]
fn a_text_file() {
    let desk = Desk::new();
    desk.file("book.db", "date,action,symbol,quantity,price\n".repeat(200));
    let error = is_refused(&desk, "not_a_book");
    let _tidy = desk.tidy();
    insta::assert_snapshot!(message(&error), @"
    [folder]/book.db is not a StockBook book: it is not an SQLite file
    name the book with --book or STOCKBOOK_BOOK
    ");
}

#[test]
fn a_short_text_file() {
    let desk = Desk::new();
    desk.file("book.db", "x");
    is_refused(&desk, "not_a_book");
}

#[test]
fn another_application_s_database() {
    let desk = Desk::new();
    desk.edit("CREATE TABLE moz_places (id INTEGER PRIMARY KEY); PRAGMA user_version = 77;");
    let error = is_refused(&desk, "not_a_book");
    let _tidy = desk.tidy();
    insta::assert_snapshot!(message(&error), @"
    [folder]/book.db is not a StockBook book: it is another application's SQLite file
    name the book with --book or STOCKBOOK_BOOK
    ");
}

#[test]
fn a_newer_book() {
    let desk = Desk::with_stocks();
    desk.edit("PRAGMA user_version = 9");
    let error = is_refused(&desk, "newer_book");
    let _tidy = desk.tidy();
    insta::assert_snapshot!(message(&error), @"
    [folder]/book.db was made by a newer StockBook (format 9, this one knows 5)
    update stockbook
    ");
}

#[test]
fn a_book_without_its_format_number() {
    let desk = Desk::with_stocks();
    desk.edit("PRAGMA user_version = 0");
    is_refused(&desk, "damaged_book");
}

#[test]
fn a_book_cut_short_is_never_read_as_if_it_were_whole() {
    let desk = Desk::with_stocks();
    for day in 1..=20 {
        desk.ok(["buy", "ACME", "1", "100", "--date", &format!("2024-01-{day:02}"), "-q"]);
    }
    let whole = fs::read(desk.book()).unwrap();
    let held = desk.ok(["holdings", "-O", "json"]);
    let log = fs::read(desk.log()).unwrap();
    let page = 8192;
    for length in
        (0..whole.len()).step_by(page).chain([1, 15, 16, 99, 100, 101, 512, page - 1, page + 1, whole.len() - 1])
    {
        for args in
            [&["holdings", "-O", "json"][..], &["buy", "ACME", "1", "100", "-O", "json"], &["audit", "-O", "json"]]
        {
            fs::write(desk.book(), &whole[..length]).unwrap();
            fs::write(desk.log(), &log).unwrap();
            let run = desk.run(args);
            // If only pages are missing that the command does not need, it may succeed, but never with a
            // different answer.
            if run.status.code() == Some(0) && args[0] == "holdings" {
                assert_eq!(run.out(), held, "{length} bytes\n{run}");
            } else if run.status.code() != Some(0) {
                let run = run.exits(1);
                let code = run.json_error()["code"].clone();
                assert!(code == "damaged_book" || code == "not_a_book", "{length} bytes\n{run}");
            }
        }
    }
}

#[test]
fn a_page_of_noise_is_damage_and_no_panic() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "100", "--date", "2024-01-02"]);
    let whole = fs::read(desk.book()).unwrap();
    let commands = [
        &["holdings", "-O", "json"][..],
        &["transactions", "-O", "json"],
        &["sell", "ACME", "1", "1", "-n", "-O", "json"],
    ];
    let log = desk.log_lines();
    let answers = commands.map(|args| desk.ok(args));
    for page in 1..whole.len() / 4096 {
        let mut broken = whole.clone();
        broken[page * 4096..][..4096].fill(0xA5);
        fs::write(desk.book(), &broken).unwrap();
        for (args, answer) in commands.iter().zip(&answers) {
            let run = desk.run(*args);
            // Commands that do not need the page answer as before.
            if run.status.code() == Some(0) {
                let run = run.exits(0);
                assert!(args[0] == "sell" || run.out() == *answer, "page {page}\n{run}");
            } else {
                let run = run.exits(1);
                assert_eq!(run.json_error()["code"], "damaged_book", "page {page}\n{run}");
            }
        }
        assert_eq!(desk.log_lines(), log, "page {page}");
    }
}

#[test]
fn a_missing_table_is_an_error_and_no_panic() {
    for table in ["events", "stocks", "portfolios", "positions", "transactions", "summaries", "checkpoints", "prices"] {
        let desk = Desk::with_stocks();
        desk.edit(&format!("PRAGMA foreign_keys = OFF; DROP TABLE {table}"));
        let before = desk.log_lines();
        for args in [&["holdings"][..], &["buy", "ACME", "1", "1"], &["stocks"], &["transactions"]] {
            let run = desk.run(args);
            assert!([Some(0), Some(1)].contains(&run.status.code()), "{table}\n{run}");
            assert!(!run.err().contains("panicked"), "{table}\n{run}");
        }
        if table == "events" {
            assert_eq!(desk.log_lines(), before);
        }
    }
}

#[test]
fn a_stored_value_that_no_door_would_have_let_in_is_damage() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "100", "--date", "2024-01-02"]);
    for sql in [
        "UPDATE positions SET quantity = 'a lot'",
        "UPDATE open_lots SET cost_basis = '1e400'",
        "UPDATE stocks SET currency = 'DOLLAR'",
        "UPDATE stocks SET symbol = 'A B' WHERE symbol = 'ACME'",
        "UPDATE transactions SET trade_date = 'soon'",
        "UPDATE transactions SET type = 'GIFT'",
    ] {
        let whole = fs::read(desk.book()).unwrap();
        // The cache would hide the damage from `holdings`.
        desk.edit(&format!("{sql}; DELETE FROM checkpoints WHERE handler = 'summary_cache'"));
        for args in [&["holdings"][..], &["transactions"], &["sell", "ACME", "1", "1", "-n"]] {
            let run = desk.run(args.iter().chain(&["-O", "json"]));
            if run.status.code() == Some(1) {
                assert_eq!(run.json_error()["code"], "damaged_book", "{sql}\n{run}");
            } else {
                assert!(
                    [Some(0), Some(3)].contains(&run.status.code()) && !run.err().contains("panicked"),
                    "{sql}\n{run}"
                );
            }
        }
        fs::write(desk.book(), whole).unwrap();
    }
}

#[test]
fn a_path_below_a_file() {
    let desk = Desk::new();
    desk.file("plain", "");
    let error = desk.error(1, ["--book", "plain/book.db", "holdings"]);
    assert_eq!(error["code"], "no_book", "{error}");
    let error = desk.error(1, ["--book", "plain/book.db", "add-stock", "ACME", "Acme"]);
    assert_eq!(error["code"], "unwritable_book", "{error}");
}

#[test]
fn a_path_with_any_characters_is_taken_as_it_is() {
    let desk = Desk::new();
    for name in ["a b?c#d%20.db", "ü\n\"'.db", "file:x?mode=ro"] {
        desk.ok(["--book", name, "add-stock", "ACME", "Acme"]);
        assert!(desk.path(name).is_file() && desk.path(&format!("{name}.audit.jsonl")).is_file(), "{name:?}");
        assert!(desk.ok(["--book", name, "stocks"]).contains("ACME"));
    }
    let bytes: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"\xFF.db");
    desk.ok(["--book".as_ref(), bytes, "add-stock".as_ref(), "ACME".as_ref(), "Acme".as_ref()]);
    assert!(desk.folder().join(bytes).is_file());
}

#[test]
fn a_path_is_shown_without_what_could_steer_a_terminal() {
    let desk = Desk::new();
    let said = desk.refused(1, ["--book", "\u{1b}]0;x\u{7}.db", "holdings"]);
    assert!(!said.contains('\u{1b}') && !said.contains('\u{7}'), "{said:?}");
}

#[test]
fn an_empty_path_is_wrong_usage() {
    let desk = Desk::new();
    assert!(desk.error(2, ["--book", "", "holdings"])["message"].as_str().unwrap().contains("book"));
}

#[test]
fn the_book_at_rest_is_one_file_that_can_be_copied() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "100", "--date", "2024-01-02"]);
    let names: Vec<_> = desk.everything().into_keys().map(|path| path.file_name().unwrap().to_owned()).collect();
    assert_eq!(names, ["book.db", "book.db.audit.jsonl"]);
    let copy = desk.path("copy.db");
    fs::copy(desk.book(), &copy).unwrap();
    let held = desk.ok(["holdings", "-O", "json"]);
    assert_eq!(
        desk.ok(["--book".as_ref(), copy.as_os_str(), "holdings".as_ref(), "-O".as_ref(), "json".as_ref()]),
        held
    );
}
