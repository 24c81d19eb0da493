//! `check` of the events, of the commands that recorded them, and of the references between rows.

use std::fs;

use super::{can_be_repaired, check, failed, is_sound, tamper, varied};

#[test]
fn an_event_that_is_filed_under_another_portfolio_or_stock_is_found_whatever_it_is() {
    let desk = varied();
    let sound = fs::read(desk.book()).unwrap();
    let events: Vec<(i64, i64)> = {
        let book = desk.sqlite();
        let mut first = book.prepare("SELECT event_type, min(sequence) FROM events GROUP BY event_type").unwrap();
        first.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
    };
    assert!(events.len() > 12, "{events:?}");
    for (event_type, sequence) in events {
        for column in ["portfolio", "stock"] {
            fs::write(desk.book(), &sound).unwrap();
            let change = format!(
                "UPDATE events SET {column} = iif({column} = 0, (SELECT max({column}) FROM {column}s), 0)
                 WHERE sequence = {sequence}"
            );
            assert!(tamper(&desk, &change), "{change}");
            let (code, report) = check(&desk, &[]);
            assert_eq!(code, Some(4), "type {event_type}: {change}");
            assert!(
                failed(&report).contains(&"events") && !can_be_repaired(&report),
                "{event_type}: {change}\n{report}"
            );
        }
    }
}

#[test]
fn a_command_that_is_missing_between_others_is_found() {
    let desk = varied();
    assert!(tamper(&desk, "DELETE FROM commands WHERE first_sequence = 5"));
    let (code, report) = check(&desk, &[]);
    assert_eq!((code, failed(&report)), (Some(4), vec!["commands"]), "{report}");
    assert_eq!(report["problems"][0]["code"], "command_gap");
}

#[test]
fn a_row_that_refers_to_none_is_found_even_if_no_row_can_be_compared_with_the_events() {
    let desk = varied();
    is_sound(&desk);
    assert!(tamper(&desk, "UPDATE prices SET stock = 99; UPDATE events SET line = '{}' WHERE sequence = 39"));
    let (code, report) = check(&desk, &[]);
    assert_eq!((code, failed(&report)), (Some(4), vec!["references", "events", "audit_log"]), "{report}");
    assert_eq!(report["problems"][0]["code"], "dangling_reference");
}
