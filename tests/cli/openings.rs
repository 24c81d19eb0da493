//! Opening lots whose quantity counts shares as of a later day than their own.

use crate::harness::{Desk, column, pick};

const SPLIT: &str = "2020-08-31,split,ACME,4:1,,,\n";
const BUY: &str = "2019-06-03,buy,ACME,10,175,main,\n";
const OPENING: &str = "2019-05-01,opening,ACME,40,50,ira,2024-01-02\n";

fn desk() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "ira"]);
    desk
}

fn import(desk: &Desk, rows: &[&str]) {
    desk.file("lots.csv", format!("date,action,symbol,quantity,price,portfolio,as_of\n{}", rows.concat()));
    desk.ok(["import", "lots.csv"]);
}

/// Portfolio, quantity and cost of all holdings on a day.
fn held(desk: &Desk, day: &str) -> String {
    let rows = desk.json(["holdings", "--as-of", day]);
    rows.as_array()
        .into_iter()
        .flatten()
        .map(|row| pick(row, &["portfolio", "quantity", "cost_basis"]))
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn a_split_up_to_the_day_as_of_which_a_lot_counts_shares_does_not_multiply_it() {
    let orders: [&[&[&str]]; 4] = [
        &[&[BUY, SPLIT, OPENING]],
        &[&[SPLIT], &[OPENING], &[BUY]],
        &[&[OPENING], &[BUY], &[SPLIT]],
        &[&[OPENING, BUY], &[SPLIT]],
    ];
    for order in orders {
        let desk = desk();
        for rows in order {
            import(&desk, rows);
        }
        assert_eq!(held(&desk, "2024-01-02"), "ira 40 2000; main 40 1750", "{order:?}");
        // Before the split the 40 were 10.
        assert_eq!(held(&desk, "2020-08-30"), "ira 10 2000; main 10 1750", "{order:?}");
        desk.run(["check"]).exits(0);
    }
}

#[test]
fn a_split_after_that_day_multiplies_the_lot() {
    let desk = desk();
    import(&desk, &[OPENING, SPLIT, "2024-01-03,split,ACME,3:1,,,\n"]);
    assert_eq!(held(&desk, "2024-01-02"), "ira 40 2000");
    assert_eq!(held(&desk, "2024-01-03"), "ira 120 2000");
    desk.run(["check"]).exits(0);
}

#[test]
fn a_split_on_that_day_is_counted_in_the_quantity() {
    const ON_THE_DAY: &str = "2024-01-02,split,ACME,4:1,,,\n";
    let orders: [&[&[&str]]; 3] =
        [&[&[ON_THE_DAY, OPENING]], &[&[ON_THE_DAY], &[OPENING]], &[&[OPENING], &[ON_THE_DAY]]];
    for order in orders {
        let desk = desk();
        for rows in order {
            import(&desk, rows);
        }
        assert_eq!(held(&desk, "2024-01-02"), "ira 40 2000", "{order:?}");
        assert_eq!(held(&desk, "2024-01-01"), "ira 10 2000", "{order:?}");
        desk.run(["check"]).exits(0);
    }
}

#[test]
fn a_split_that_is_voided_leaves_the_quantity_as_it_was_given() {
    let desk = desk();
    import(&desk, &[OPENING]);
    desk.ok(["split", "ACME", "4:1", "--date", "2020-08-31", "--id", "four"]);
    assert_eq!(held(&desk, "2020-08-30"), "ira 10 2000");
    desk.ok(["void", "four"]);
    assert_eq!(held(&desk, "2020-08-30"), "ira 40 2000");
    assert_eq!(held(&desk, "2024-01-02"), "ira 40 2000");
    desk.run(["check"]).exits(0);
}

#[test]
fn an_opening_without_as_of_counts_shares_as_of_its_own_day() {
    let desk = desk();
    import(&desk, &["2019-05-01,opening,ACME,10,200,ira,\n", SPLIT]);
    assert_eq!(held(&desk, "2024-01-02"), "ira 40 2000");
    let rows = desk.json(["transactions", "--type", "buy"]);
    assert_eq!(column(&rows, "as_of"), ["2019-05-01"]);
    let event = desk.audit_lines().into_iter().find(|event| event["data"]["transaction_type"] == "BUY").unwrap();
    assert_eq!(pick(&event["data"], &["trade_date", "quantity", "as_of"]), "2019-05-01 10 2019-05-01");
}

#[test]
fn as_of_is_refused_before_the_lot_s_own_day_and_where_there_is_no_lot() {
    let desk = desk();
    for (row, code) in [
        ("2019-05-01,opening,ACME,40,50,ira,2019-04-30\n", "invalid_as_of"),
        ("2019-05-01,opening,ACME,40,50,ira,2999-01-01\n", "invalid_date"),
        ("2019-05-01,dividend,ACME,,,ira,2020-01-01\n", "unexpected_value"),
        ("2020-08-31,split,ACME,4:1,,,2020-09-01\n", "unexpected_value"),
        ("2020-08-31,sell,ACME,4,1,ira,2020-09-01\n", "unexpected_value"),
    ] {
        desk.file("lots.csv", format!("date,action,symbol,quantity,price,portfolio,as_of\n{row}"));
        let error = desk.error(3, ["import", "lots.csv"]);
        assert_eq!(error["details"][0]["code"], code, "{row}");
    }
}

#[test]
fn an_opening_whose_date_is_amended_counts_shares_as_of_the_same_day() {
    let desk = desk();
    import(&desk, &[OPENING, SPLIT]);
    let opening = desk.json(["transactions", "--type", "buy"])[0]["transaction_id"].as_str().unwrap().to_owned();
    desk.ok(["amend", &opening, "--date", "2019-05-02"]);
    assert_eq!(held(&desk, "2024-01-02"), "ira 40 2000");
    assert_eq!(column(&desk.json(["transactions", "--type", "buy"]), "as_of"), ["2024-01-02"]);
    desk.run(["check"]).exits(0);
}

#[test]
fn a_purchase_between_a_lot_s_day_and_the_one_as_of_which_it_counts_is_of_its_own_day() {
    let desk = desk();
    import(&desk, &[OPENING, SPLIT]);
    desk.ok(["-p", "ira", "buy", "ACME", "1", "300", "--date", "2020-01-02"]);
    // 1 × 4 after the split, beside the 40.
    assert_eq!(held(&desk, "2024-01-02"), "ira 44 2300");
    desk.ok(["-p", "ira", "sell", "ACME", "44", "10", "--date", "2024-01-02"]);
    desk.run(["check"]).exits(0);
}

#[test]
fn a_large_import_with_openings_is_as_a_small_one() {
    let desk = desk();
    let days = (1..=9_000).map(|n| format!("20{:02}-{:02}-{:02}", n / 1000 + 10, n % 12 + 1, n % 28 + 1));
    let mut rows: Vec<String> = days.map(|day| format!("{day},buy,BOLT,1,10,ira,\n")).collect();
    rows.push(OPENING.to_owned());
    rows.sort();
    import(&desk, &rows.iter().map(String::as_str).collect::<Vec<_>>());
    import(&desk, &[SPLIT]);
    assert_eq!(held(&desk, "2024-01-02"), "ira 40 2000; ira 9000 90000");
    desk.run(["check"]).exits(0);
}

#[test]
fn an_opening_that_an_earlier_version_recorded_is_known_by_its_id() {
    let desk = desk();
    let rows = "2019-05-01,buy,ACME,10,200,old\n";
    desk.file("lots.csv", format!("date,action,symbol,quantity,price,id\n{rows}"));
    desk.ok(["import", "lots.csv"]);
    desk.file("lots.csv", format!("date,action,symbol,quantity,price,id\n{}", rows.replace("buy", "opening")));
    assert_eq!(desk.json(["import", "lots.csv"])["skipped_duplicates"], 1);
    desk.file(
        "lots.csv",
        "date,action,symbol,quantity,price,id,as_of\n2019-05-01,opening,ACME,10,200,old,2020-01-02\n",
    );
    let error = desk.error(3, ["import", "lots.csv"]);
    assert_eq!(error["details"][0]["code"], "id_conflict");
}

#[test]
fn an_opening_moves_at_its_own_price_of_the_day_that_it_counts() {
    let desk = desk();
    import(&desk, &[OPENING, SPLIT]);
    // Ten shares at 200 then, another ten for 2,100: the first had grown by 5 %. At 60 each after the split
    // the 80 are worth 4,800 against 2,100 + 2,100: 1.05 × 8 ÷ 7 = 1.2.
    desk.ok(["-p", "ira", "buy", "ACME", "10", "210", "--date", "2019-06-03"]);
    desk.ok(["update-price", "ACME", "60", "--date", "2024-01-02"]);
    let returns = desk.json(["returns", "--to", "2024-01-02"]);
    assert_eq!(column(&returns, "time_weighted_return_percentage")[0], "20");
}

#[test]
fn a_sale_that_is_taken_back_leaves_the_lots_as_they_were() {
    let desk = desk();
    desk.ok(["set-cost-basis", "ira", "hifo"]);
    import(&desk, &["2020-08-31,split,ACME,4:1,,,\n", OPENING, "2019-06-03,buy,ACME,10,210,ira,\n"]);
    desk.ok(["-p", "ira", "sell", "ACME", "50", "60", "--date", "2024-01-03", "--id", "sale"]);
    let first = desk.json(["gains", "--by", "lot"]);
    desk.ok(["void", "sale"]);
    desk.run(["check"]).exits(0);
    desk.ok(["-p", "ira", "sell", "ACME", "50", "60", "--date", "2024-01-03"]);
    // 210 ÷ 4 = 52.5 a share is more than 50: these 40 first.
    assert_eq!(column(&first, "cost_basis"), ["2100", "500"]);
    assert_eq!(column(&desk.json(["gains", "--by", "lot"]), "cost_basis"), ["2100", "500"]);
}
