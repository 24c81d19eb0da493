//! Corporate actions in import files.

use serde_json::Value;

use crate::harness::{Desk, column, pick};

const HEADER: &str = "date,action,symbol,new_symbol,quantity,price,amount,portfolio,id,cost_share,new_value,\
                      old_value,cash,pay,value,rule,cash_in_lieu,currency\n";

/// Columns that are not named are empty; the last value of a column counts.
fn file(rows: &[&[(&str, &str)]]) -> String {
    let names: Vec<&str> = HEADER.trim_end().split(',').collect();
    let line = |row: &&[(&str, &str)]| {
        let cell = |name: &&str| row.iter().rfind(|(column, _)| column == name).map_or("", |(_, cell)| *cell);
        format!("{}\n", names.iter().map(cell).collect::<Vec<_>>().join(","))
    };
    format!("{HEADER}{}", rows.iter().map(line).collect::<String>())
}

/// A hundred and fifty shares in two lots, at 100 and 130 each, and corporate actions on them.
fn history() -> String {
    file(&[
        &[("date", "2015-03-02"), ("action", "buy"), ("symbol", "OLD"), ("quantity", "100"), ("price", "100")],
        &[("date", "2016-03-02"), ("action", "buy"), ("symbol", "OLD"), ("quantity", "50"), ("price", "130")],
        &[
            ("date", "2017-03-02"),
            ("action", "spin-off"),
            ("symbol", "OLD"),
            ("new_symbol", "BABY"),
            ("quantity", "1:5"),
            ("cost_share", "20%"),
        ],
        &[("date", "2018-03-02"), ("action", "return-capital"), ("symbol", "OLD"), ("amount", "300")],
        &[("date", "2018-03-05"), ("action", "adjust-cost"), ("symbol", "OLD"), ("quantity", "150"), ("price", "0.5")],
        &[
            ("date", "2019-03-01"),
            ("action", "exchange"),
            ("symbol", "OLD"),
            ("new_symbol", "NEW"),
            ("quantity", "1:2"),
            ("cash", "1"),
            ("new_value", "250"),
            ("rule", "boot"),
        ],
        &[("date", "2019-03-01"), ("action", "sell"), ("symbol", "NEW"), ("quantity", "10"), ("price", "260")],
        &[("date", "2020-03-02"), ("action", "write-off"), ("symbol", "BABY")],
    ])
}

fn import(desk: &Desk, file: &str, more: &[&str]) -> Value {
    let args = ["import", "-", "--add-stocks", "-O", "json"].iter().chain(more);
    serde_json::from_str(&desk.fed(file, args).exits(0).out()).unwrap()
}

fn refused(desk: &Desk, file: &str) -> Value {
    let before = desk.everything();
    let run = desk.fed(file, ["import", "-", "-O", "json", "--add-stocks"]).exits(3);
    assert!(desk.changed_since(&before).is_empty());
    run.json_error()["details"].clone()
}

fn held(desk: &Desk) -> Vec<String> {
    let members = ["portfolio", "symbol", "quantity", "cost_basis", "realized_gain"];
    desk.json(["holdings", "--all"]).as_array().unwrap().iter().map(|row| pick(row, &members)).collect()
}

#[test]
fn rows_come_to_what_the_commands_come_to() {
    let desk = Desk::new();
    let said = import(&desk, &history(), &[]);
    assert_eq!(pick(&said, &["rows", "imported", "stocks_added"]), "8 8 3");
    // 13200 − 300 + 75 is left of OLD, 81.17 and 105.17 a share; the cash is a gain of 1 a share, since a share is
    // worth 126 then. 10 of the first 50 new ones sold for 2600 had cost 1/5 of 8000 − 200 + 50.
    let expected = ["main BABY 0 0 -3300", "main NEW 65 11405 1030", "main OLD 0 0 150"];
    assert_eq!(held(&desk), expected);
    let typed = Desk::new();
    for symbol in ["OLD", "BABY", "NEW"] {
        typed.ok(["add-stock", symbol, symbol]);
    }
    for command in [
        "buy OLD 100 100 --date 2015-03-02",
        "buy OLD 50 130 --date 2016-03-02",
        "spin-off OLD BABY 1:5 --cost-share 20 --date 2017-03-02",
        "return-capital OLD 300 --date 2018-03-02",
        "adjust-cost OLD 0.5 --per-share --date 2018-03-05",
        "exchange OLD NEW 1:2 --cash 1 --value 250 --rule boot --date 2019-03-01",
        "sell NEW 10 260 --date 2019-03-01",
        "write-off BABY --date 2020-03-02",
    ] {
        typed.ok(command.split(' '));
    }
    assert_eq!(held(&typed), expected);
    let gains = |desk: &Desk| {
        let rows = desk.json(["gains", "--by", "lot"]);
        let members = ["symbol", "acquired_on", "sold_on", "quantity", "proceeds", "cost_basis", "gain"];
        rows.as_array().unwrap().iter().map(|row| pick(row, &members)).collect::<Vec<_>>()
    };
    assert_eq!(gains(&desk), gains(&typed));
    desk.ok(["check"]);
    // Read again, they are known, in the book that imported them and in the one where they were typed.
    let again = import(&desk, &history(), &[]);
    assert_eq!(pick(&again, &["imported", "skipped_duplicates", "recorded"]), "0 8 false");
    let similar = import(&typed, &history(), &["--similar", "skip"]);
    // The two conversions are recognized by their content, as splits are.
    assert_eq!(pick(&similar, &["imported", "skipped_duplicates", "similar"]), "0 2 6");
}

#[test]
fn an_import_of_them_can_be_tried_and_taken_back_and_read_again() {
    let desk = Desk::new();
    desk.ok(["add-stock", "OLD", "Old"]);
    let tried = import(&desk, &history(), &["--dry-run"]);
    assert_eq!(pick(&tried, &["imported", "recorded"]), "8 false");
    assert_eq!(held(&desk), [""; 0]);
    let said = import(&desk, &history(), &[]);
    let held_then = held(&desk);
    desk.ok(["undo", said["batch_id"].as_str().unwrap()]);
    assert_eq!(held(&desk), [""; 0]);
    desk.ok(["check"]);
    assert_eq!(import(&desk, &history(), &[])["imported"], 8);
    assert_eq!(held(&desk), held_then);
    desk.ok(["check"]);
    // Voided records remain known.
    for of in [["--symbol", "BABY", "--type", "sell"], ["--symbol", "OLD", "--type", "spin_off"]] {
        let listed = desk.json(["transactions"].iter().chain(&of));
        desk.ok(["void", listed[0]["transaction_id"].as_str().unwrap()]);
    }
    assert_eq!(import(&desk, &history(), &[])["imported"], 0);
}

#[test]
fn rows_that_come_late_go_through_what_the_book_has() {
    let desk = Desk::new();
    import(&desk, &history(), &[]);
    let late = file(&[
        &[("date", "2014-03-03"), ("action", "buy"), ("symbol", "OLD"), ("quantity", "10"), ("price", "50")],
        &[("date", "2018-03-01"), ("action", "sell"), ("symbol", "BABY"), ("quantity", "2"), ("price", "50")],
    ]);
    import(&desk, &late, &[]);
    // 2 new shares from the first ten at 20 % of 500 are sold for 100.
    assert!(held(&desk).contains(&"main BABY 0 0 -3300".to_owned()), "{:?}", held(&desk));
    desk.ok(["check"]);
    // And a late conversion of a stock that was bought before and sold after it.
    let desk = Desk::new();
    desk.ok(["add-stock", "OLD", "Old"]);
    desk.ok(["add-stock", "NEW", "New"]);
    desk.ok(["buy", "OLD", "10", "5", "--date", "2020-01-02"]);
    desk.ok(["buy", "NEW", "1", "100", "--date", "2020-06-01"]);
    let split_off = file(&[&[
        ("date", "2020-03-02"),
        ("action", "spin-off"),
        ("symbol", "OLD"),
        ("new_symbol", "NEW"),
        ("quantity", "1:1"),
        ("new_value", "1"),
        ("old_value", "4"),
    ]]);
    import(&desk, &split_off, &[]);
    assert_eq!(held(&desk), ["main NEW 11 110 0", "main OLD 10 40 0"]);
    desk.ok(["check"]);
}

#[test]
fn what_cannot_stand_is_told_by_its_row() {
    let desk = Desk::new();
    let rows = file(&[
        &[("date", "2020-01-02"), ("action", "buy"), ("symbol", "OLD"), ("quantity", "10"), ("price", "5")],
        &[
            ("date", "2020-03-02"),
            ("action", "exchange"),
            ("symbol", "OLD"),
            ("new_symbol", "NEW"),
            ("quantity", "1:2"),
        ],
        &[("date", "2020-03-02"), ("action", "sell"), ("symbol", "OLD"), ("quantity", "1"), ("price", "5")],
        &[("date", "2020-03-03"), ("action", "sell"), ("symbol", "NEW"), ("quantity", "6"), ("price", "5")],
        &[("date", "2020-03-04"), ("action", "return-capital"), ("symbol", "OLD"), ("amount", "5")],
    ]);
    let details = refused(&desk, &rows);
    let told: Vec<String> =
        details.as_array().unwrap().iter().map(|row| pick(row, &["line", "code", "message"])).collect();
    assert_eq!(
        told,
        [
            "4 insufficient_quantity cannot sell 1 OLD: 0 held in portfolio main on 2020-03-02",
            "5 insufficient_quantity cannot sell 6 NEW: 5 held in portfolio main on 2020-03-03",
            "6 nothing_held no OLD is held in portfolio main on 2020-03-04",
        ]
    );
}

#[test]
fn terms_that_say_too_little_or_too_much_are_refused_by_row() {
    let desk = Desk::new();
    let base = |action: &'static str, more: &[(&'static str, &'static str)]| {
        let row =
            [("date", "2020-03-02"), ("action", action), ("symbol", "OLD"), ("new_symbol", "NEW"), ("quantity", "1:2")];
        row.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()
    };
    let rows = [
        base("spin-off", &[]),
        base("spin-off", &[("cost_share", "20"), ("new_value", "1"), ("old_value", "1")]),
        base("spin-off", &[("cost_share", "120")]),
        base("spin-off", &[("cost_share", "20"), ("cash", "1")]),
        base("exchange", &[("cash", "1")]),
        base("exchange", &[("cash", "1"), ("rule", "boot")]),
        base("exchange", &[("rule", "guess"), ("new_value", "1")]),
        base("exchange", &[("cost_share", "20")]),
        base("exchange", &[("quantity", "2")]),
        base("exchange", &[("new_symbol", "")]),
        base("exchange", &[("new_symbol", "OLD")]),
        base("return-capital", &[("quantity", "")]),
        base("adjust-cost", &[("amount", "0")]),
    ];
    let rows: Vec<&[(&str, &str)]> = rows.iter().map(Vec::as_slice).collect();
    let details = refused(&desk, &file(&rows));
    let told: Vec<String> = details.as_array().unwrap().iter().map(|row| pick(row, &["line", "code"])).collect();
    assert_eq!(
        told,
        [
            "2 cost_share_unclear",
            "3 cost_share_unclear",
            "4 invalid_cost_share",
            "5 unexpected_value",
            "6 conversion_unclear",
            "7 conversion_unclear",
            "8 invalid_rule",
            "9 unexpected_value",
            "10 invalid_ratio",
            "11 missing_value",
            "12 not_convertible",
            "13 missing_value",
            "14 invalid_amount",
        ]
    );
    // The reader of our own columns says the same about what it knows, and which column the others need.
    let short = "date,action,symbol,quantity,amount,fee\n2020-03-02,spin-off,OLD,1:2,,\n\
                 2020-03-02,return-capital,OLD,,0,\n2020-03-02,adjust-cost,OLD,,5,1\n";
    let details = refused(&desk, short);
    assert_eq!(column(&details, "code"), ["unsupported_action", "invalid_amount", "unexpected_value"]);
    assert_eq!(
        column(&details, "message")[0],
        "action `spin-off` needs a column new_symbol, which the file does not have"
    );
}

#[test]
fn a_conversion_is_of_all_portfolios_or_of_the_one_that_is_named() {
    let bought = "buy OLD 10 5 --date 2020-01-02 -p";
    let desk = || {
        let desk = Desk::new();
        desk.ok(["add-stock", "OLD", "Old", "--currency", "EUR"]);
        desk.ok(["add-portfolio", "ira"]);
        for portfolio in ["main", "ira"] {
            desk.ok(bought.split(' ').chain([portfolio]));
        }
        desk
    };
    let row = |more: &[(&'static str, &'static str)]| {
        let row = [
            ("date", "2020-03-02"),
            ("action", "exchange"),
            ("symbol", "OLD"),
            ("new_symbol", "NEW"),
            ("quantity", "3:2"),
        ];
        file(&[&row.into_iter().chain(more.iter().copied()).collect::<Vec<_>>()])
    };
    let all = desk();
    import(&all, &row(&[]), &[]);
    assert_eq!(held(&all), ["ira NEW 15 50 0", "ira OLD 0 0 0", "main NEW 15 50 0", "main OLD 0 0 0"]);
    // The new stock is traded in the currency of the old one.
    assert_eq!(all.json(["stocks"])[0]["currency"], "EUR");
    // The one for all portfolios is the same as the one for each.
    assert_eq!(import(&all, &row(&[("portfolio", "ira")]), &[])["skipped_duplicates"], 1);
    for (file, more) in [(row(&[("portfolio", "ira")]), &[] as &[&str]), (row(&[]), &["-p", "ira"])] {
        let one = desk();
        import(&one, &file, more);
        assert_eq!(held(&one), ["ira NEW 15 50 0", "ira OLD 0 0 0", "main OLD 10 50 0"]);
    }
    // Another ratio on the same day is another conversion.
    let other = row(&[("quantity", "2:1")]);
    assert_eq!(refused(&all, &other)[0]["code"], "conversion_exists");
}

#[test]
fn what_transactions_lists_as_csv_is_read_back() {
    let desk = Desk::new();
    desk.ok(["add-portfolio", "ira"]);
    desk.fed(
        "date,action,symbol,quantity,price,as_of\n2014-01-02,opening,OLD,40,2,2020-02-03\n",
        ["import", "-", "--add-stocks"],
    )
    .exits(0);
    desk.ok(["buy", "OLD", "3", "--amount", "100", "--fee", "1", "--date", "2015-01-02"]);
    desk.ok(["buy", "OLD", "7", "--amount", "50", "--date", "2015-01-02", "-p", "ira"]);
    desk.ok(["sell", "OLD", "3", "--amount", "100", "--fee", "2", "--date", "2015-02-02"]);
    desk.ok(["split", "OLD", "2:1", "--date", "2016-01-04"]);
    desk.ok(["add-stock", "NEW", "NEW"]);
    desk.ok(["spin-off", "OLD", "NEW", "1:7", "--date", "2016-02-02", "--values", "1:3"]);
    desk.ok(["return-capital", "OLD", "1.5", "-p", "main", "--date", "2016-03-02"]);
    desk.ok(["adjust-cost", "NEW", "2.5", "--date", "2016-03-02", "-p", "ira"]);
    let listed = desk.ok(["transactions", "-O", "csv"]);
    let other = Desk::new();
    other.fed(&listed, ["import", "-", "--add-stocks", "--add-portfolios"]).exits(0);
    assert_eq!(held(&other), held(&desk));
    // In its own book, everything is known.
    let again = desk.fed(&listed, ["import", "-", "-O", "json"]).exits(0).out();
    assert_eq!(serde_json::from_str::<Value>(&again).unwrap()["imported"], 0);
}
