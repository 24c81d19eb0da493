//! Histories that begin late: the current holdings show what was held before the first row.

use crate::harness::{Desk, column, pick};

const HISTORY: &str = "date,action,symbol,quantity,price,fee\n\
                       2020-03-02,buy,ACME,5,100,1\n\
                       2020-04-01,split,ACME,2:1,,\n\
                       2020-05-04,buy,BOLT,10,20,\n\
                       2020-06-01,sell,BOLT,15,30,\n\
                       2020-07-01,sell,CRUX,3,7,\n";

fn lots(desk: &Desk) -> String {
    let rows = desk.json(["holdings", "--all"]);
    rows.as_array()
        .into_iter()
        .flatten()
        .map(|row| pick(row, &["symbol", "quantity", "cost_basis"]))
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn the_refusal_of_more_sold_than_held_prints_the_command() {
    let desk = Desk::new();
    desk.file("my history.csv", HISTORY);
    let refused = desk.refused(3, ["import", "--add-stocks", "my history.csv"]);
    assert!(refused.contains("cannot sell 15 BOLT: 10 held in portfolio main on 2020-06-01"), "{refused}");
    let command = "`stockbook import 'my history.csv' --add-stocks --opening positions.csv`";
    assert!(refused.contains(command), "{refused}");
    assert!(!desk.book().exists());
}

#[test]
fn holdings_that_the_rows_do_not_explain_were_held_before() {
    let desk = Desk::new();
    desk.file("history.csv", HISTORY);
    // Now 30 ACME, of which the rows bought 5, 10 after the split; no BOLT and no CRUX; and DUNE, of which no row tells.
    desk.file("now.csv", "symbol,quantity,cost_basis\nACME,30,1501\nDUNE,4,44.5\n");
    let import = ["import", "history.csv", "--add-stocks", "--opening", "now.csv"];

    let dry = desk.json(import.iter().chain(&["-n"]));
    assert_eq!((&dry["imported"], &dry["openings"]), (&9.into(), &4.into()), "{dry}");
    assert!(!desk.book().exists());

    let said = desk.run(import).exits(0).err();
    // 1,501 for all, less 5 × 100 + 1 that were bought.
    assert!(
        said.contains(
            "20 ACME were held in portfolio main before the first row: a lot of 2020-03-01 that cost 1000 USD"
        ),
        "{said}"
    );
    assert!(
        said.contains(
            "4 DUNE were held in portfolio main before the first row: a lot of 2020-03-01 that cost 44.5 USD"
        ),
        "{said}"
    );
    assert!(said.contains("warning: 5 BOLT were held"), "{said}");
    assert!(said.contains("warning: 3 CRUX were held"), "{said}");
    assert_eq!(lots(&desk), "ACME 30 1501; BOLT 0 0; CRUX 0 0; DUNE 4 44.5");
    let rows = desk.json(["transactions", "--tail", "20"]);
    let openings: Vec<_> =
        rows.as_array().unwrap().iter().filter(|row| row["trade_date"] == "2020-03-01").cloned().collect();
    assert_eq!(openings.len(), 4, "{openings:?}");
    assert_eq!(openings.iter().filter(|row| row["note"] == "cost unknown").count(), 2);
    // Before the split the 20 shares were 10.
    assert_eq!(desk.json(["holdings", "--as-of", "2020-03-31"])[0]["quantity"], "15");
    desk.run(["check"]).exits(0);

    // Again: everything is there.
    let again = desk.json(import);
    assert_eq!((&again["imported"], &again["openings"], &again["recorded"]), (&0.into(), &0.into(), &false.into()));

    // The cost becomes known.
    let bolt = openings.iter().find(|row| row["symbol"] == "BOLT").unwrap()["transaction_id"].as_str().unwrap();
    desk.ok(["amend", bolt, "--amount", "60"]);
    // 15 × 30 − 60 − 10 × 20.
    assert_eq!(column(&desk.json(["gains", "--symbol", "BOLT"]), "gain"), ["190"]);
    desk.ok(["undo"]);

    desk.ok(["undo"]);
    assert_eq!(lots(&desk), "");
    desk.ok(import);
    assert_eq!(lots(&desk), "ACME 30 1501; BOLT 0 0; CRUX 0 0; DUNE 4 44.5");
    desk.run(["check"]).exits(0);
}

#[test]
fn a_position_file_that_contradicts_the_rows_is_reported() {
    let desk = Desk::new();
    desk.file("history.csv", "date,action,symbol,quantity,price\n2020-03-02,buy,ACME,5,100\n");
    desk.file("less.csv", "symbol,quantity\nACME,3\n");
    let said = desk.run(["import", "history.csv", "--add-stocks", "--opening", "less.csv"]).exits(0).err();
    assert!(said.contains("the rows come to 2 ACME more in portfolio main than the file of positions has"), "{said}");

    desk.file("short.csv", "symbol,quantity\nACME,-3\n");
    let refused = desk.refused(3, ["import", "history.csv", "--opening", "short.csv"]);
    assert!(refused.contains("short.csv:2") && refused.contains("short position"), "{refused}");
    let refused = desk.refused(3, ["import", "history.csv", "--opening", "history.csv"]);
    assert!(refused.contains("the file has no positions"), "{refused}");
    desk.run(["import", "history.csv", "--opening", "none.csv"]).exits(1);
    // A stock that the book does not have is added or refused, as with rows.
    desk.file("other.csv", "symbol,quantity\nACME,5\nDUNE,1\n");
    let refused = desk.refused(3, ["import", "history.csv", "--opening", "other.csv"]);
    assert!(refused.contains("other.csv:3: unknown symbol DUNE"), "{refused}");
}

#[test]
fn positions_of_several_portfolios_say_of_which_they_are() {
    let desk = Desk::new();
    desk.file(
        "history.csv",
        "date,action,symbol,quantity,price,portfolio\n\
         2020-03-02,sell,ACME,5,100,ira\n2020-03-03,sell,ACME,6,100,tax\n2020-03-04,sell,BOLT,1,9,ira\n",
    );
    let import = |positions: &str| {
        desk.file("now.csv", positions);
        ["import", "history.csv", "--add-stocks", "--add-portfolios", "--opening", "now.csv"]
    };
    let refused = desk.refused(3, import("symbol,quantity\nACME,1\n"));
    assert!(refused.contains("now.csv:2: ACME is in several portfolios"), "{refused}");
    // BOLT is in only one portfolio, which is meant.
    desk.ok(import("symbol,quantity,portfolio\nACME,1,ira\nBOLT,7,\n"));
    let held = desk.json(["holdings", "--all"]);
    let held: Vec<_> =
        held.as_array().unwrap().iter().map(|row| pick(row, &["portfolio", "symbol", "quantity"])).collect();
    assert_eq!(held, ["ira ACME 1", "ira BOLT 7", "tax ACME 0"]);
}
