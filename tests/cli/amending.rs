//! Amending transactions: another stock, other lots, and back.

use serde_json::{Value, json};

use crate::harness::{Desk, column, pick};

/// ACME and two more stocks: CORP in dollars, and BOLT in euros.
fn desk() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "CORP", "Corp Inc."]);
    desk
}

/// The holdings and their cost.
fn held(desk: &Desk) -> Vec<String> {
    let holdings = desk.json(["holdings"]);
    holdings.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "quantity", "cost_basis"])).collect()
}

fn buy(desk: &Desk, id: &str, quantity: &str, price: &str, date: &str) -> String {
    let bought = desk.json(["buy", "ACME", quantity, price, "--date", date, "--id", id]);
    bought["transaction_id"].as_str().unwrap().to_owned()
}

/// The lots that the sales of the book took, with the quantities.
fn taken(desk: &Desk) -> Vec<(String, String)> {
    let rows = desk.json(["gains", "--by", "lot"]);
    let member = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(|row| (member(row, "lot_id"), member(row, "quantity"))).collect()
}

#[test]
fn a_trade_of_the_wrong_stock_moves_to_the_right_one() {
    let desk = desk();
    buy(&desk, "one", "10", "100", "2024-01-02");
    desk.ok(["buy", "CORP", "5", "20", "--date", "2024-01-02"]);
    desk.ok(["sell", "CORP", "5", "30", "--date", "2024-01-03", "--id", "sale"]);
    let amended = desk.json(["amend", "one", "--symbol", "corp", "--price", "10"]);
    assert_eq!(pick(&amended, &["symbol", "quantity", "price", "total_amount"]), "CORP 10 10 100");
    // It keeps its place, before the other purchase of the day: 5 × 30 − 5 × 10, not − 5 × 20.
    assert_eq!(pick(&amended["rematched"][0], &["symbol", "gain_before", "gain_after"]), "CORP 50 100");
    assert_eq!(held(&desk), ["CORP 10 150"]);
    desk.run(["check"]).exits(0);
}

#[test]
fn a_purchase_that_sales_need_does_not_move_to_another_stock() {
    let desk = desk();
    buy(&desk, "one", "10", "100", "2024-01-02");
    desk.ok(["sell", "ACME", "5", "30", "--date", "2024-01-03"]);
    let before = desk.everything();
    assert_eq!(desk.error(3, ["amend", "one", "--symbol", "CORP"])["code"], "insufficient_quantity");
    assert_eq!(desk.error(3, ["amend", "one", "--symbol", "NOPE"])["code"], "unknown_symbol");
    assert_eq!(desk.changed_since(&before), Vec::<std::path::PathBuf>::new());
}

#[test]
fn amounts_of_one_currency_are_not_taken_for_another_s() {
    let desk = desk();
    desk.ok(["buy", "ACME", "10", "100", "--fee", "1", "--date", "2024-01-02", "--id", "one"]);
    for left_open in [&["amend", "one", "--symbol", "BOLT"][..], &["amend", "one", "--symbol", "BOLT", "--price", "90"]]
    {
        assert_eq!(desk.error(3, left_open)["code"], "not_amendable");
    }
    let amended = desk.json(["amend", "one", "--symbol", "BOLT", "--price", "90", "--fee", "0.9"]);
    assert_eq!(pick(&amended, &["symbol", "total_amount", "currency"]), "BOLT 900.9 EUR");
    desk.ok(["dividend", "ACME", "5", "--date", "2024-01-03", "--id", "paid"]);
    desk.ok(["amend", "paid", "--symbol", "CORP"]);
    assert_eq!(desk.json(["transactions", "--symbol", "CORP"])[0]["total_amount"], "5");
    desk.run(["check"]).exits(0);
}

#[test]
fn a_sale_takes_other_lots_once_it_is_amended() {
    let desk = desk();
    let (first, second) = (buy(&desk, "one", "10", "100", "2024-01-02"), buy(&desk, "two", "10", "110", "2024-01-03"));
    desk.ok(["sell", "ACME", "4", "120", "--date", "2024-01-04", "--id", "sale"]);
    let pairs = |pairs: &[(&String, &str)]| -> Vec<(String, String)> {
        pairs.iter().map(|(lot, quantity)| ((*lot).clone(), (*quantity).to_owned())).collect()
    };
    assert_eq!(taken(&desk), pairs(&[(&first, "4")]));
    let amended = desk.json(["amend", "sale", "--lot", "two"]);
    assert_eq!(taken(&desk), pairs(&[(&second, "4")]));
    // A single picked lot covers any quantity.
    let sale = amended["transaction_id"].as_str().unwrap().to_owned();
    let sale = desk.json(["amend", &sale, "--quantity", "5"])["transaction_id"].as_str().unwrap().to_owned();
    assert_eq!(taken(&desk), pairs(&[(&second, "5")]));
    let sale = desk.json(["amend", &sale, "--quantity", "6", "--lot", "one:2", "--lot", "two:4"]);
    assert_eq!(taken(&desk), pairs(&[(&first, "2"), (&second, "4")]));
    let sale = sale["transaction_id"].as_str().unwrap();
    let error = desk.error(3, ["amend", sale, "--quantity", "7"]);
    assert_eq!(error["code"], "not_amendable");
    assert!(error["hint"].as_str().unwrap().contains("ID:QUANTITY"));
    // Anything else leaves the lots as they are.
    desk.ok(["amend", sale, "--price", "121"]);
    assert_eq!(taken(&desk), pairs(&[(&first, "2"), (&second, "4")]));
    for refused in [&["amend", "one", "--lot", "two"][..], &["amend", sale, "--symbol", "CORP"]] {
        assert_eq!(desk.run(refused).exits(3).out(), "");
    }
    desk.run(["check"]).exits(0);
}

#[test]
fn a_sale_s_lots_are_those_purchases_however_often_they_are_amended() {
    let desk = desk();
    buy(&desk, "one", "10", "100", "2024-01-02");
    buy(&desk, "two", "10", "110", "2024-01-03");
    let sell = ["sell", "ACME", "4", "120", "--date", "2024-01-05", "--lot", "two", "--id", "sale"];
    assert_eq!(desk.json(sell)["realized_gain"], "40");
    let second = desk.json(["amend", "two", "--price", "115"]);
    // 4 × 120 − 4 × 115
    assert_eq!(second["rematched"][0]["gain_after"], "20");
    let third = desk.json(["amend", second["transaction_id"].as_str().unwrap(), "--date", "2024-01-04"]);
    let lot = third["transaction_id"].as_str().unwrap();
    assert_eq!(taken(&desk), [(lot.to_owned(), "4".to_owned())]);
    // Still the same sale, and its lot by the old name.
    assert_eq!(desk.json(sell)["recorded"], false);
    let sold = desk.json(["sell", "ACME", "2", "120", "--date", "2024-01-06", "--lot", "two"]);
    assert_eq!(sold["disposals"][0]["lot_id"], lot);
    desk.ok(["amend", "sale", "--quantity", "5"]);
    // What the book knew before the amendment is still what it said then.
    let events = desk.audit_lines();
    let known = events.iter().find(|event| event["data"]["transaction_type"] == "SELL").unwrap();
    let then = desk.json(["gains", "--by", "lot", "--known-on", known["occurred_at"].as_str().unwrap()]);
    assert_eq!(column(&then, "gain"), ["40"]);
    desk.run(["check"]).exits(0);
    desk.ok(["check", "--repair"]);
}

#[test]
fn an_amended_transaction_returns_when_the_amendment_is_undone() {
    let desk = desk();
    buy(&desk, "one", "10", "100", "2024-01-02");
    buy(&desk, "two", "10", "110", "2024-01-02");
    desk.ok(["sell", "ACME", "5", "120", "--date", "2024-01-05", "--id", "sale", "--note", "n"]);
    desk.ok(["dividend", "ACME", "8", "--withholding", "1", "--date", "2024-01-06", "--id", "paid"]);
    let said = |desk: &Desk| {
        let rows = desk.json(["transactions"]);
        let gains = desk.json(["gains"]);
        let shown = ["type", "symbol", "trade_date", "quantity", "price", "fee", "total_amount", "note"];
        let mut rows: Vec<_> = rows.as_array().unwrap().iter().map(|row| pick(row, &shown)).collect();
        // They are listed in the order of recording; their order within the day shows in the gain.
        rows.sort();
        (rows, held(desk), pick(&gains[0], &["gain", "quantity", "cost_basis"]))
    };
    let before = said(&desk);
    for amendment in [
        &["amend", "one", "--price", "90"][..],
        // Away from its day, and back to its old place on it.
        &["amend", "one", "--date", "2024-01-03"],
        &["amend", "two", "--symbol", "CORP"],
        &["amend", "sale", "--lot", "two", "--quantity", "4", "--note", "m"],
        &["amend", "paid", "--amount", "9", "--withholding", "0"],
    ] {
        let id = desk.json(["transactions", "--symbol", "ACME"]);
        let (kind, price) = match amendment[1] {
            "one" => ("BUY", "100"),
            "two" => ("BUY", "110"),
            "sale" => ("SELL", "120"),
            _ => ("DIVIDEND", ""),
        };
        let is_it = |row: &&Value| row["type"] == kind && row["price"].as_str().unwrap_or_default() == price;
        let row = id.as_array().unwrap().iter().find(is_it).unwrap();
        let mut amendment = amendment.to_vec();
        amendment[1] = row["transaction_id"].as_str().unwrap();
        desk.ok(&amendment);
        assert_ne!(said(&desk), before, "{amendment:?}");
        let undone = desk.json(["undo"]);
        assert_ne!(undone["entered_id"], json!(null));
        assert_eq!(said(&desk), before, "{amendment:?}");
        desk.run(["check"]).exits(0);
    }
    let said = desk.ok(["history", "one"]);
    assert_eq!(said.matches("in place of").count(), 4, "{said}");
}

#[test]
fn who_voids_what_was_amended_hears_of_what_stands_in_its_place() {
    let desk = desk();
    buy(&desk, "typo", "10", "100", "2024-01-02");
    let amended = desk.json(["amend", "typo", "--price", "101"]);
    let id = &amended["transaction_id"].as_str().unwrap()[..8];
    let said = desk.run(["void", "typo", "-q"]).exits(0).err();
    assert_eq!(
        said,
        format!("warning: it was amended, and {id} stands in its place; `stockbook void {id}` voids that\n")
    );
    assert_eq!(held(&desk), ["ACME 10 1010"]);
    // Nothing is left.
    desk.ok(["void", id]);
    assert_eq!(desk.run(["void", "typo", "-q"]).exits(0).err(), "");
}

#[test]
fn a_dividend_that_is_entered_again_keeps_its_place_among_the_trades_of_its_day() {
    let desk = desk();
    buy(&desk, "first", "10", "100", "2024-01-02");
    desk.all_ok(&["update-price ACME 100 --date 2024-01-02", "dividend ACME 50 --date 2024-02-01 --id paid"]);
    buy(&desk, "second", "10", "120", "2024-02-01");
    desk.ok(["update-price", "ACME", "110", "--date", "2024-02-01"]);
    let told = || {
        let returns = desk.json(["returns", "--to", "2024-03-01", "--by", "total"]);
        let journal = desk.ok(["export", "ledger"]);
        let [paid, bought] = ["* dividend", "* buy 10 ACME at 120"].map(|entry| journal.find(entry));
        (returns[0]["time_weighted_return_percentage"].clone(), paid < bought)
    };
    // 10 × 110 and 50 of 10 × 100.
    let expected = (Value::from("15"), true);
    assert_eq!(told(), expected);
    for commands in [
        &["amend paid --note again", "undo"][..],
        &["void paid", "undo"],
        &["amend paid --date 2024-02-02", "undo"],
        &["amend paid --amount 50 --note twice", "undo", "void paid", "undo"],
    ] {
        for command in commands {
            desk.ok(command.split(' '));
            if command.ends_with("again") {
                assert_eq!(told(), expected, "{command}");
            }
        }
        assert_eq!(told(), expected, "{commands:?}");
    }
    desk.run(["check"]).exits(0);
}

#[test]
fn what_an_undo_enters_later_is_found_under_every_earlier_id() {
    let desk = desk();
    buy(&desk, "typo", "10", "100", "2024-01-02");
    buy(&desk, "other", "10", "90", "2024-01-02");
    let amended = desk.json(["amend", "typo", "--price", "101"]);
    let amended = amended["transaction_id"].as_str().unwrap();
    desk.ok(["sell", "ACME", "4", "120", "--lot", "typo", "--date", "2024-02-01", "--id", "sold"]);
    let expected = taken(&desk);
    assert_eq!(expected, [(amended.to_owned(), "4".to_owned())]);
    desk.all_ok(&["void sold", &format!("void {amended}"), "update-price ACME 110"]);
    // The price, the purchase, and the sale from its lot.
    desk.all_ok(&["undo", "undo", "undo"]);
    let [(lot, quantity)] = taken(&desk).try_into().unwrap();
    assert_eq!(quantity, "4");

    let named = &lot[..8];
    for earlier in ["typo", amended] {
        let history = desk.ok(["history", earlier]);
        assert!(history.contains(&format!("voided, {named} took its place")), "{history}");
    }
    desk.ok(["void", "sold"]);
    let again = desk.json(["sell", "ACME", "4", "120", "--lot", "typo", "--date", "2024-02-01"]);
    assert_eq!(again["disposals"][0]["lot_id"], *lot);
    desk.ok(["undo"]);
    let said = desk.run(["void", "typo", "-q"]).exits(0).err();
    assert!(said.ends_with(&format!("`stockbook void {named}` voids that\n")), "{said}");
    desk.ok(["void", named]);
    assert_eq!(held(&desk), ["ACME 10 900"]);
    desk.run(["check"]).exits(0);
}
