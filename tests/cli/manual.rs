//! The examples of the manual work as shown.

use std::fs;

use crate::harness::{Desk, repository};

#[test]
fn the_worked_example_of_a_format_is_read() {
    let page = fs::read_to_string(repository("man/stockbook-formats.5.md")).unwrap();
    let examples: Vec<&str> = page.split("\n```\n").skip(1).step_by(2).collect();
    let [orders, table] = examples[..] else { panic!("{} examples", examples.len()) };
    let desk = Desk::new();
    desk.file("orders.csv", orders);
    desk.file("harbour.toml", table);
    // Without the table, its columns are shown, but not the title above them.
    let unknown = desk.error(3, ["import", "orders.csv"])["details"][0]["message"].to_string();
    assert!(unknown.contains("its columns are Booked, Kind, Paper, Pieces, Rate, Charges, Total"), "{unknown}");
    let done = desk.json(["import", "--add-stocks", "--mapping", "harbour.toml", "orders.csv"]);
    assert_eq!(
        (&done["format"], &done["imported"], &done["not_recorded"]["fee"]),
        (&"harbour".into(), &3.into(), &1.into())
    );
    let held = desk.json(["holdings"]);
    // 6/10 of 126; 59 − 4/10 of 126
    assert_eq!((&held[0]["quantity"], &held[0]["cost_basis"]), (&"6".into(), &"75.6".into()));
    assert_eq!((&held[0]["realized_gain"], &held[0]["dividends"]), (&"8.6".into(), &"8.4".into()));
    // In the user's folder of formats, it is recognized automatically.
    let folder = desk.path(".config/stockbook/formats");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("harbour.toml"), table).unwrap();
    assert_eq!(desk.json(["import", "orders.csv"])["skipped_duplicates"], 3);
    // A mistyped table is refused with its position.
    desk.file("wrong.toml", table.replace("is = \"sell\"", "is = \"sel\""));
    let error = desk.error(2, ["import", "--mapping", "wrong.toml", "orders.csv"]);
    let told = error.to_string();
    assert!(told.contains("line 2") && told.contains("did you mean sell"), "{told}");
    // A file in another encoding is refused with its line.
    fs::write(desk.path("latin.toml"), [b"name = \"mine\"\ntitle = \"B", &[0xf6][..], b"rse\"\n"].concat()).unwrap();
    fs::rename(desk.path("latin.toml"), folder.join("latin.toml")).unwrap();
    for command in [vec!["formats"], vec!["import", "orders.csv"]] {
        let error = desk.error(2, command);
        assert_eq!(error["code"], "invalid_format");
        assert!(
            error["message"].as_str().unwrap().ends_with("latin.toml: line 2: the table is not UTF-8 text"),
            "{error}"
        );
    }
}

#[test]
fn help_prints_the_pages_that_the_program_has_with_it() {
    let desk = Desk::new();
    for (page, heading) in [
        ("tutorial", "THE FILE OF A BROKER"),
        ("concepts", "LOTS, COST BASIS AND GAINS"),
        ("stockbook-events(5)", "DESCRIPTION"),
        ("output", "DESCRIPTION"),
        ("followers", "DESCRIPTION"),
    ] {
        let text = desk.ok(["help", page]);
        assert!(text.starts_with("stockbook-") && text.lines().any(|line| line == heading), "{page}: {text}");
        // Everything except examples fits the width of a terminal.
        let wide = text.lines().filter(|line| !line.starts_with("    ") && line.chars().count() > 80);
        assert_eq!(wide.collect::<Vec<_>>(), Vec::<&str>::new(), "{page}");
    }
    // First the command, then the page of that name.
    for page in ["import", "export", "formats"] {
        let text = desk.ok(["help", page]);
        assert!(text.contains(&format!("Usage: stockbook {page}")) && text.contains("\nstockbook-"), "{page}: {text}");
    }
    assert!(desk.ok(["help", "buy"]).contains("Usage: stockbook buy"));
    assert!(desk.ok(["--help"]).contains("stockbook help tutorial"));
    assert!(desk.refused(2, ["help", "nonsense"]).contains("nonsense"));
    // In any environment.
    let mut bare = desk.program(env!("CARGO_BIN_EXE_stockbook"));
    bare.env_clear().args(["help", "tutorial"]);
    crate::harness::Run::of(bare).exits(0).silently();
    let offered = desk.ok(["complete", "--", "help", "t"]);
    assert!(offered.contains("tutorial\tthe first hour"), "{offered}");
    assert!(desk.everything().is_empty());
}

#[test]
fn a_page_is_found_whatever_stands_around_its_name() {
    let desk = Desk::new();
    let page = desk.ok(["help", "tutorial"]);
    for words in [&["help", "tutorial", "--no-pager"][..], &["--no-pager", "-p", "main", "help", "tutorial"]] {
        assert_eq!(desk.ok(words), page);
    }
    assert_eq!(desk.ok(["help", "buy", "--no-pager"]), desk.ok(["help", "buy"]));
    // Its name alone is not a command, nor is a misspelled one.
    for (typed, name) in
        [("tutorial", "tutorial"), ("concepts", "concepts"), ("output", "output"), ("followers", "followers")]
            .into_iter()
            .chain([("Tutorail", "tutorial"), ("concept", "concepts")])
    {
        let said = desk.refused(2, [typed]);
        assert!(said.contains(&format!("hint: did you mean `stockbook help {name}`?")), "{said}");
    }
    let said = desk.refused(2, ["events"]);
    assert!(said.contains("`stockbook audit`? The manual has `stockbook help events`"), "{said}");
    assert!(desk.refused(2, ["help", "tutorail"]).contains("`stockbook help tutorial`"));
    assert!(desk.everything().is_empty());
}
