//! Indexes, triggers and pages.

use std::fs;

use serde_json::json;

use super::{can_be_repaired, check, dump, failed, is_sound, varied};

#[test]
fn indexes_are_put_right_and_triggers_taken_away() {
    let desk = varied();
    let wanted = dump(&desk);
    for sql in [
        "DROP INDEX positions_by_stock",
        "CREATE INDEX mine ON prices (price)",
        "DROP INDEX positions_by_stock; CREATE INDEX positions_by_stock ON positions (quantity)",
    ] {
        desk.edit(sql);
        let (code, report) = check(&desk, &[]);
        assert_eq!((code, failed(&report)), (Some(4), vec!["structure"]), "{sql}\n{report}");
        assert_eq!(check(&desk, &["--repair"]).0, Some(0), "{sql}");
        is_sound(&desk);
    }
    desk.edit("CREATE TRIGGER mine AFTER INSERT ON prices BEGIN DELETE FROM stocks; END");
    let (code, report) = check(&desk, &["--repair"]);
    assert_eq!((code, failed(&report), can_be_repaired(&report)), (Some(0), vec!["structure"], true), "{report}");
    desk.edit("CREATE TABLE mine (x)");
    assert_eq!(failed(&check(&desk, &[]).1), ["structure"]);
    desk.edit("DROP TABLE mine; ANALYZE");
    is_sound(&desk);
    desk.edit("DROP TABLE sqlite_stat1");
    assert_eq!(dump(&desk), wanted);
}

#[test]
fn an_index_that_contradicts_its_table_is_rebuilt() {
    let desk = varied();
    let wanted = dump(&desk);
    let mut book = fs::read(desk.book()).unwrap();
    let root = usize::try_from(desk.number("SELECT rootpage FROM sqlite_schema WHERE name = 'splits_by_stock'"));
    let page = &mut book[(root.unwrap() - 1) * 8192..][..8192];
    let place = page.windows(10).position(|text| text == b"2024-01-06").unwrap();
    page[place + 9] = b'5';
    fs::write(desk.book(), &book).unwrap();
    let (code, report) = check(&desk, &[]);
    assert_eq!((code, failed(&report)), (Some(4), vec!["pages"]), "{report}");
    let (code, report) = check(&desk, &["--repair"]);
    assert_eq!((code, &report["repairs"]), (Some(0), &json!(["indexes: rebuilt"])), "{report}");
    is_sound(&desk);
    assert_eq!(dump(&desk), wanted);
}

/// Two swapped pages once made a list of transactions empty, with exit code 0.
#[test]
fn two_pages_that_change_places_are_seen_whichever_they_are() {
    let desk = varied();
    for day in 10..=28 {
        desk.ok(["buy", "ACME", "1", "100", "--date", &format!("2024-01-{day:02}"), "-q", "--note", &"x".repeat(900)]);
    }
    let (whole, log) = (fs::read(desk.book()).unwrap(), fs::read(desk.log()).unwrap());
    let pages = whole.len() / 8192;
    let page = |number: usize| number * 8192..(number + 1) * 8192;
    for one in 0..pages {
        // The adjacent ones, which are most alike, and one far away.
        for other in [one + 1, one + 2, one + 3, one + pages / 2] {
            if other >= pages || whole[page(one)] == whole[page(other)] {
                continue;
            }
            let mut swapped = whole.clone();
            swapped[page(one)].copy_from_slice(&whole[page(other)]);
            swapped[page(other)].copy_from_slice(&whole[page(one)]);
            fs::write(desk.book(), swapped).unwrap();
            let run = desk.run(["check", "-q"]);
            assert!([Some(1), Some(4)].contains(&run.status.code()), "pages {one} and {other}\n{run}");
            // Without its schema, which takes more than one page, nothing in the file can be read.
            let is_schema = |number: usize| whole[page(number)].windows(7).any(|text| text == b"CREATE ");
            let is_unreadable = one == 0 || is_schema(one) || is_schema(other);
            assert!(is_unreadable || run.status.code() == Some(4), "pages {one} and {other}\n{run}");
            assert!(!run.err().contains("panicked"), "{run}");
            fs::write(desk.log(), &log).unwrap();
        }
    }
}

#[test]
fn a_book_that_passes_reads_as_before_whichever_byte_was_changed() {
    let desk = varied();
    let (whole, log) = (fs::read(desk.book()).unwrap(), fs::read(desk.log()).unwrap());
    let commands =
        [&["holdings", "-O", "json", "--all"][..], &["transactions", "-O", "json"], &["stocks", "-O", "json"]];
    let answers = commands.map(|args| desk.ok(args));
    let mut passed = 0;
    for place in (100..whole.len()).step_by(1_999) {
        let mut broken = whole.clone();
        broken[place] ^= 0x11;
        fs::write(desk.book(), broken).unwrap();
        fs::write(desk.log(), &log).unwrap();
        let run = desk.run(["check", "-q"]);
        assert!([Some(0), Some(1), Some(4)].contains(&run.status.code()), "byte {place}\n{run}");
        assert!(!run.err().contains("panicked"), "byte {place}\n{run}");
        if run.status.code() == Some(0) {
            passed += 1;
            for (args, answer) in commands.iter().zip(&answers) {
                assert_eq!(desk.ok(*args), *answer, "byte {place}");
            }
        }
    }
    assert!(passed > 10, "there are unused bytes: {passed}");
}
