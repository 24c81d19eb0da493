//! The order of entries within a day.

use crate::harness::Desk;

/// The gain of the only sale.
fn gain(desk: &Desk) -> String {
    let gains = desk.json(["gains"]);
    assert_eq!(gains.as_array().map(Vec::len), Some(1), "{gains}");
    gains[0]["gain"].as_str().unwrap_or_default().to_owned()
}

fn check(desk: &Desk) {
    desk.ok(["check"]);
}

#[test]
fn the_purchase_of_an_earlier_time_is_the_older_lot_whichever_comes_first() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "30", "--date", "2024-03-04", "--time", "15:30"]);
    desk.ok(["buy", "ACME", "10", "20", "--date", "2024-03-04", "--time", "09:30:05"]);
    desk.ok(["sell", "ACME", "10", "40", "--date", "2024-04-01"]);
    assert_eq!(gain(&desk), "200"); // 400 − 200
    let rows = desk.json(["transactions"]);
    let times: Vec<_> = rows.as_array().into_iter().flatten().map(|row| row["trade_time"].clone()).collect();
    assert_eq!(times, [Some("15:30:00"), Some("09:30:05"), None].map(serde_json::Value::from));
    check(&desk);
}

#[test]
fn a_file_s_times_are_kept_and_order_its_day() {
    let desk = Desk::new();
    let file = desk.file(
        "day.csv",
        "date,time,action,symbol,quantity,price\n\
         2024-03-04,15:30,sell,ABC,10,40\n2024-03-04,11:00:00.25,buy,ABC,10,30\n2024-03-04,09:30,buy,ABC,10,20\n",
    );
    desk.ok(["import", "--add-stocks", file.to_str().unwrap()]);
    assert_eq!(gain(&desk), "200"); // 400 − 200
    assert_eq!(desk.json(["transactions"])[1]["trade_time"], "11:00:00");
    check(&desk);
}

#[test]
fn average_cost_counts_only_earlier_purchases() {
    let desk = Desk::with_stocks();
    desk.ok(["set-cost-basis", "main", "average"]);
    desk.ok(["buy", "ACME", "10", "10", "--date", "2024-03-04", "--time", "09:00"]);
    desk.ok(["buy", "ACME", "10", "20", "--date", "2024-03-04", "--time", "12:00"]);
    desk.ok(["sell", "ACME", "10", "12", "--date", "2024-03-04", "--time", "10:00"]);
    assert_eq!(gain(&desk), "20"); // 120 − 100, whatever was bought at noon
    check(&desk);
}

#[test]
fn a_point_in_time_falls_on_the_day_of_the_zone_that_is_given() {
    let day = |args: &[&str]| {
        let desk = Desk::new();
        let rows = "date,action,symbol,quantity,price\n2024-03-04T23:30:00Z,buy,ABC,1,1\n";
        let file = desk.file("t.csv", rows);
        desk.ok([&["import", "--add-stocks", file.to_str().unwrap()], args].concat());
        let row = desk.json(["transactions"])[0].clone();
        [row["trade_date"].as_str().unwrap().to_owned(), row["trade_time"].as_str().unwrap().to_owned()]
    };
    assert_eq!(day(&[]), ["2024-03-04", "23:30:00"]);
    assert_eq!(day(&["--time-zone", "Asia/Tokyo"]), ["2024-03-05", "08:30:00"]);
    let desk = Desk::new();
    assert_eq!(desk.error(2, ["import", "x.csv", "--time-zone", "Mars/Olympus"])["code"], "invalid_time_zone");
}

#[test]
fn purchases_go_before_the_sales_that_need_them_and_a_note_says_so() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "20", "--date", "2024-03-04"]);
    let said = desk.run(["sell", "ACME", "10", "25", "--date", "2024-03-04", "--time", "10:00"]).exits(0).out();
    assert!(said.contains("note: on 2024-03-04 the purchases of ACME in portfolio main"), "{said}");
    assert_eq!(gain(&desk), "50"); // 250 − 200
    // Another entry of that day takes its place among the others.
    desk.ok(["buy", "ACME", "5", "22", "--date", "2024-03-04"]);
    assert_eq!(gain(&desk), "50");
    check(&desk);
    // Without the sale, nothing has to go first any more.
    desk.ok(["undo"]);
    let sale = desk.json(["transactions", "--type", "sell"])[0]["transaction_id"].as_str().unwrap().to_owned();
    desk.ok(["void", &sale]);
    check(&desk);
}

#[test]
fn a_file_that_lists_the_sale_before_its_purchase_is_imported_with_a_note() {
    let desk = Desk::new();
    let file = desk.file(
        "g.csv",
        "date,action,symbol,quantity,price\n\
         2024-03-04,sell,AAA,10,33\n2024-03-04,buy,AAA,15,30\n2024-03-06,sell,AAA,5,40\n",
    );
    let run = desk.run(["import", "--add-stocks", file.to_str().unwrap()]).exits(0);
    assert!(run.err().contains("note: on 2024-03-04 the purchases of AAA"), "{run}");
    assert_eq!(desk.json(["gains"]).as_array().map(Vec::len), Some(2));
    check(&desk);
    // What no order within the day allows is still reported by its row.
    let file =
        desk.file("h.csv", "date,action,symbol,quantity,price\n2024-03-06,sell,AAA,10,33\n2024-03-06,buy,AAA,5,30\n");
    let error = desk.error(3, ["import", file.to_str().unwrap()]);
    assert_eq!(error["details"][0]["code"], "insufficient_quantity", "{error}");
    assert_eq!(error["details"][0]["line"], 2);
}

#[test]
fn newest_first_is_recognized_by_most_of_the_steps() {
    let desk = Desk::new();
    let file = desk.file(
        "nf.csv",
        "date,action,symbol,quantity,price\n2024-04-01,sell,ABC,10,40\n2024-03-04,buy,ABC,10,30\n\
         2024-03-04,buy,ABC,10,20\n2024-02-01,buy,XYZ,1,5\n2024-02-02,buy,XYZ,1,5\n",
    );
    desk.ok(["import", "--add-stocks", file.to_str().unwrap()]);
    assert_eq!(gain(&desk), "200"); // the purchase at 20 stands last, and was first
}

#[test]
fn shares_that_move_leave_last_and_arrive_first() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "depot", "--cost-basis", "lifo"]);
    desk.ok(["add-portfolio", "vault"]);
    // All recorded in reverse order: vault receives what depot received from main.
    desk.ok(["buy", "ACME", "10", "10", "--date", "2024-01-02"]);
    desk.ok(["transfer", "ACME", "10", "--to", "depot", "--date", "2024-03-04"]);
    desk.ok(["buy", "ACME", "10", "30", "--date", "2024-03-04", "-p", "depot"]);
    desk.ok(["transfer", "ACME", "5", "--to", "vault", "--date", "2024-03-04", "-p", "depot"]);
    // Last in, first out: the sale takes the purchase of that day, although it is recorded after the
    // transfer.
    desk.ok(["sell", "ACME", "10", "40", "--date", "2024-03-04", "-p", "depot"]);
    assert_eq!(gain(&desk), "100"); // 400 − 300
    let quantities: Vec<_> =
        desk.json(["holdings"]).as_array().unwrap().iter().map(|row| row["cost_basis"].clone()).collect();
    assert_eq!(quantities, ["50", "50"]); // 5 of the first lot each
    check(&desk);
}

#[test]
fn transfers_in_a_circle_count_as_they_were_recorded() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "depot"]);
    desk.ok(["buy", "ACME", "10", "10", "--date", "2024-03-04"]);
    desk.ok(["transfer", "ACME", "10", "--to", "depot", "--date", "2024-03-04"]);
    desk.ok(["transfer", "ACME", "4", "--to", "main", "--date", "2024-03-04", "-p", "depot"]);
    desk.ok(["sell", "ACME", "3", "20", "--date", "2024-03-04"]);
    let held: Vec<_> = desk.json(["holdings"]).as_array().unwrap().iter().map(|row| row["quantity"].clone()).collect();
    assert_eq!(held, ["6", "1"]);
    check(&desk);
}

#[test]
fn an_amended_time_moves_a_trade_within_its_day() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "20", "--date", "2024-03-04", "--id", "one"]);
    desk.ok(["buy", "ACME", "10", "30", "--date", "2024-03-04", "--id", "two"]);
    desk.ok(["sell", "ACME", "10", "40", "--date", "2024-04-01"]);
    assert_eq!(gain(&desk), "200"); // 400 − 200
    let amended = desk.json(["amend", "two", "--time", "09:30"]);
    assert_eq!(amended["trade_time"], "09:30:00");
    assert_eq!(gain(&desk), "100"); // 400 − 300: what has a time goes before what has none
    check(&desk);
    // The same command with the same id is the same trade; with another time it is not.
    desk.ok(["buy", "ACME", "1", "20", "--time", "10:00", "--date", "2024-03-05", "--id", "three"]);
    desk.ok(["buy", "ACME", "1", "20", "--time", "10:00:00", "--date", "2024-03-05", "--id", "three"]);
    let error = desk.error(3, ["buy", "ACME", "1", "20", "--time", "10:01", "--date", "2024-03-05", "--id", "three"]);
    assert_eq!(error["code"], "id_conflict");
}
