//! What the manual shows works as it is shown.

use std::fs;

use crate::harness::{Desk, repository};

#[test]
fn the_worked_example_of_a_format_is_read() {
    let page = fs::read_to_string(repository("man/stockbook-formats.5")).unwrap();
    let examples: Vec<&str> = page.split("\n.EX\n").skip(1).filter_map(|rest| rest.split("\n.EE").next()).collect();
    let [orders, table] = examples[..] else { panic!("{} examples", examples.len()) };
    let desk = Desk::new();
    desk.file("orders.csv", orders);
    desk.file("harbour.toml", table);
    let done = desk.json(["import", "--add-stocks", "--mapping", "harbour.toml", "orders.csv"]);
    assert_eq!(
        (&done["format"], &done["imported"], &done["not_recorded"]["fee"]),
        (&"harbour".into(), &3.into(), &1.into())
    );
    let held = desk.json(["holdings"]);
    // 6/10 of 126; 59 − 4/10 of 126
    assert_eq!((&held[0]["quantity"], &held[0]["cost_basis"]), (&"6".into(), &"75.6".into()));
    assert_eq!((&held[0]["realized_gain"], &held[0]["dividends"]), (&"8.6".into(), &"8.4".into()));
    // In the user's folder of formats, it is known by itself.
    let folder = desk.path(".config/stockbook/formats");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("harbour.toml"), table).unwrap();
    assert_eq!(desk.json(["import", "orders.csv"])["skipped_duplicates"], 3);
    // A mistyped table is refused with its place.
    desk.file("wrong.toml", table.replace("is = \"sell\"", "is = \"sel\""));
    let error = desk.error(2, ["import", "--mapping", "wrong.toml", "orders.csv"]);
    let told = error.to_string();
    assert!(told.contains("line 2") && told.contains("did you mean sell"), "{told}");
}
