//! Entries and voids after lots have been converted to another stock.

use crate::harness::{Desk, pick};

/// Lots of 1, 2, 5 and 4 shares, exchanged for a third as many of another stock.
fn desk(method: &str) -> Desk {
    let desk = Desk::new();
    for symbol in ["OLD", "NEW", "SPUN"] {
        desk.ok(["add-stock", symbol, symbol]);
    }
    desk.ok(["set-cost-basis", "main", method]);
    for (day, quantity, price) in [("05", "1", "3"), ("06", "2", "6"), ("07", "5", "9"), ("08", "4", "12")] {
        desk.ok(["buy", "OLD", quantity, price, "--date", &format!("2015-05-{day}")]);
    }
    desk.ok(["spin-off", "OLD", "SPUN", "2:1", "--cost-share", "17.3", "--date", "2019-01-07"]);
    desk.ok(["exchange", "OLD", "NEW", "1:3", "--date", "2020-01-06"]);
    desk
}

const METHODS: [&str; 4] = ["fifo", "lifo", "hifo", "average"];

/// The open lots with everything that the book stores about them.
fn lots(desk: &Desk) -> Vec<String> {
    let sql = "SELECT acquired_on || ' ' || quantity || ' ' || cost_basis || ' ' || coalesce(bought_shares, '')
            || ' ' || coalesce(bought_cost, '') FROM open_lots ORDER BY stock, acquired_on";
    let book = desk.sqlite();
    let mut statement = book.prepare(sql).unwrap();
    statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_sale_that_is_taken_back_leaves_the_lots_as_they_were() {
    for method in METHODS {
        let desk = desk(method);
        let before = lots(&desk);
        // A part of a lot, a lot and a part, and all.
        for (symbol, quantity) in [("NEW", "0.25"), ("NEW", "2"), ("NEW", "4"), ("SPUN", "3"), ("SPUN", "15")] {
            desk.ok(["sell", symbol, quantity, "50", "--date", "2021-01-04"]);
            desk.run(["check"]).exits(0);
            desk.ok(["undo"]);
            assert_eq!(lots(&desk), before, "{method}: {quantity} {symbol}");
            desk.run(["check"]).exits(0);
        }
    }
}

#[test]
fn fractions_that_came_by_another_stock_are_not_lost_with_a_sale_that_is_taken_back() {
    let desk = desk("hifo");
    // No ratio of NEXT itself leaves a fraction: the thirds are those of OLD.
    desk.ok(["add-stock", "NEXT", "NEXT"]);
    desk.ok(["exchange", "NEW", "NEXT", "1:1", "--date", "2020-02-03"]);
    desk.ok(["buy", "NEXT", "10", "1", "--date", "2020-03-02"]);
    desk.ok(["buy", "NEXT", "10", "0.5", "--date", "2020-03-03"]);
    // All of the thirds, which come to 4, and one of the first ten; then half of one; then the rest and two more.
    desk.ok(["sell", "NEXT", "3.5", "60", "--date", "2020-04-01"]);
    desk.ok(["sell", "NEXT", "1", "60", "--date", "2020-04-02"]);
    let before = lots(&desk);
    desk.ok(["sell", "NEXT", "11.5", "60", "--date", "2020-04-03"]);
    desk.run(["check"]).exits(0);
    desk.ok(["undo"]);
    assert_eq!(lots(&desk), before);
    desk.run(["check"]).exits(0);
}

#[test]
fn the_dearest_thirds_of_shares_leave_as_a_rebuild_has_them_leave() {
    let desk = desk("hifo");
    let sold = desk.json(["sell", "NEW", "2", "50", "--date", "2021-01-04"]);
    // 4/3 of the dearest lot, which had cost 48, and 2/3 of the 5/3 that had cost 45, less 17.3 % of both.
    let parts: Vec<_> =
        sold["disposals"].as_array().unwrap().iter().map(|it| pick(it, &["quantity", "cost_basis"])).collect();
    assert_eq!(parts, ["1.3333333333 39.696", "0.6666666667 14.886"]);
    desk.run(["check"]).exits(0);
}

#[test]
fn what_is_too_little_to_be_shown_is_sold_as_the_least_that_is() {
    for ratio in ["1:999999999999", "1:30000000001"] {
        let desk = Desk::new();
        for symbol in ["OLD", "NEW"] {
            desk.ok(["add-stock", symbol, symbol]);
        }
        desk.ok(["buy", "OLD", "1", "100", "--date", "2015-05-04"]);
        desk.ok(["exchange", "OLD", "NEW", ratio, "--date", "2020-01-06"]);
        let held =
            |desk: &Desk| pick(&desk.json(["holdings", "--all"])[0], &["quantity", "cost_basis", "realized_gain"]);
        assert_eq!(held(&desk), "0 100 0");
        let sold = desk.json(["write-off", "NEW", "--date", "2020-06-01"]);
        assert_eq!(pick(&sold, &["quantity", "realized_gain"]), "0.0000000001 -100");
        assert_eq!(held(&desk), "0 0 -100");
        desk.run(["check"]).exits(0);
        desk.ok(["undo"]);
        desk.ok(["sell", "NEW", "0.0000000001", "--amount", "1", "--date", "2020-06-02"]);
        assert_eq!(held(&desk), "0 0 -99");
        desk.run(["check"]).exits(0);
    }
}

#[cfg(debug_assertions)]
#[test]
fn lots_that_a_sale_closed_come_back_without_the_entries_before_it() {
    for before in [
        "exchange OLD NEW 3:7",
        "exchange OLD NEW 2:1",
        "spin-off OLD NEW 3:7 --cost-share 20",
        "exchange OLD NEW 3:7 --cash 1 --value 2 --rule taxable",
        "exchange OLD NEW 3:7 --pay 4",
    ] {
        for then in ["", "split NEW 3:7", "return-capital NEW 0.1 --per-share", "transfer NEW 11 --to ira"] {
            let desk = Desk::new();
            for symbol in ["OLD", "NEW"] {
                desk.ok(["add-stock", symbol, symbol]);
            }
            desk.ok(["add-portfolio", "ira", "--cost-basis", "hifo"]);
            for (day, quantity, price) in [("05", "10", "3"), ("06", "20", "6"), ("07", "5.5", "9"), ("08", "14", "12")]
            {
                desk.ok(["buy", "OLD", quantity, price, "--date", &format!("2015-05-{day}")]);
            }
            let dated = |command: &str, day: &str| desk.ok(command.split(' ').chain(["--date", day]));
            dated(before, "2016-01-04");
            if !then.is_empty() {
                dated(then, "2016-02-01");
            }
            let portfolio = if then.starts_with("transfer") { "ira" } else { "main" };
            let held = desk.json(["holdings", "NEW", "-p", portfolio])[0]["quantity"].as_str().unwrap().to_owned();
            let lots_before = lots(&desk);
            for quantity in ["5", &held] {
                desk.ok(["sell", "NEW", quantity, "20", "--date", "2016-03-01", "-p", portfolio]);
                desk.run(["check"]).exits(0);
                let asked = crate::effort::traced(&desk, &["undo"]);
                let reads = asked.keys().filter(|sql| sql.contains("CROSS JOIN transactions t "));
                assert_eq!(reads.collect::<Vec<_>>(), Vec::<&String>::new(), "{before}, {then}: {quantity}");
                assert_eq!(lots(&desk), lots_before, "{before}, {then}: {quantity}");
                desk.run(["check"]).exits(0);
            }
        }
    }
}
