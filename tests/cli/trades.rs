//! Purchases and sales, worked by hand.

mod all_shares;
mod corrected;

use serde_json::{Value, json};

use crate::harness::{Desk, column, pick};

const BUY_1: &str = "10000000-0000-4000-8000-000000000001";
const BUY_2: &str = "10000000-0000-4000-8000-000000000002";
const SALE: &str = "20000000-0000-4000-8000-000000000001";

/// 10 at 100 with a fee of 5, then 10 at 120 with none.
fn two_lots() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--fee", "5", "--date", "2024-01-02", "--id", BUY_1]);
    desk.ok(["buy", "ACME", "10", "120", "--date", "2024-02-01", "--id", BUY_2]);
    desk
}

#[test]
fn a_purchase_costs_its_amount_and_its_fee() {
    let desk = Desk::with_stocks();
    let bought = desk.json(["buy", "acme", "10", "150.25", "--fee", "1.5", "--date", "2024-01-02"]);
    // 10 × 150.25 + 1.5
    assert_eq!(bought["total_amount"], "1504");
    assert_eq!(bought["realized_gain"], Value::Null);
    assert_eq!(bought["disposals"], json!([]));
    // 1504 ÷ 10
    assert_eq!(bought["position"], json!({"quantity": "10", "cost_basis": "1504", "average_cost": "150.4"}));
}

#[test]
fn a_sale_takes_the_oldest_lots_first() {
    let desk = two_lots();
    let sold = desk.json(["sell", "ACME", "15", "130", "--fee", "3", "--date", "2025-01-03", "--id", SALE]);
    // 15 × 130 − 3
    assert_eq!(sold["total_amount"], "1947");
    // 1947 − (10 × 100 + 5) − 5 × 120
    assert_eq!(sold["realized_gain"], "342");
    let members =
        ["lot_id", "acquired_on", "sold_on", "days_held", "term", "quantity", "proceeds", "cost_basis", "gain"];
    let parts: Vec<_> = sold["disposals"].as_array().unwrap().iter().map(|part| pick(part, &members)).collect();
    assert_eq!(
        parts,
        [
            // 10/15 of 1947 is 1298; 1298 − 1005. 2024-01-02 to 2025-01-03 is a leap year and a day: long.
            format!("{BUY_1} 2024-01-02 2025-01-03 367 long 10 1298 1005 293"),
            // The rest, 649; 649 − 600. 2024-02-01 to 2025-01-03 is 366 − 31 + 2 days: short.
            format!("{BUY_2} 2024-02-01 2025-01-03 337 short 5 649 600 49"),
        ]
    );
    assert_eq!(sold["position"], json!({"quantity": "5", "cost_basis": "600", "average_cost": "120"}));
}

#[test]
fn held_for_a_year_to_the_day_is_short_and_a_day_more_is_long() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "2", "100", "--date", "2023-01-02"]);
    let sold = |date: &str| {
        let sold = desk.json(["sell", "ACME", "1", "100", "--date", date]);
        pick(&sold["disposals"][0], &["days_held", "term"])
    };
    assert_eq!(sold("2024-01-02"), "365 short");
    assert_eq!(sold("2024-01-03"), "366 long");
}

#[test]
fn a_loss_is_a_negative_gain() {
    let desk = two_lots();
    let sold = desk.json(["sell", "ACME", "4", "90", "--fee", "1", "--date", "2024-03-01"]);
    // 4 × 90 − 1 = 359; 4/10 of 1005 is 402
    assert_eq!(sold["realized_gain"], "-43");
    // 6/10 of 1005 is 603; + 1200 = 1803; ÷ 16 = 112.6875
    assert_eq!(sold["position"], json!({"quantity": "16", "cost_basis": "1803", "average_cost": "112.6875"}));
}

#[test]
fn proceeds_that_cannot_be_shared_evenly_still_add_up() {
    let desk = Desk::with_stocks();
    for day in ["2024-01-02", "2024-01-03", "2024-01-04"] {
        desk.ok(["buy", "ACME", "1", "10", "--date", day]);
    }
    let sold = desk.json(["sell", "ACME", "3", "--amount", "100", "--date", "2024-01-05"]);
    // 100 ÷ 3, rounded at ten places, twice; the last part takes the rest.
    assert_eq!(column(&sold["disposals"], "proceeds"), ["33.3333333333", "33.3333333333", "33.3333333334"]);
    assert_eq!(sold["realized_gain"], "70");
}

#[test]
fn the_cost_of_a_lot_that_cannot_be_shared_evenly_still_adds_up() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "3", "33.3333", "--fee", "0.0002", "--date", "2024-01-02"]);
    let costs: Vec<_> = (0..3)
        .map(|_| {
            let sold = desk.json(["sell", "ACME", "1", "40", "--date", "2024-01-03"]);
            sold["disposals"][0]["cost_basis"].as_str().unwrap().to_owned()
        })
        .collect();
    // 100.0001 ÷ 3 = 33.33336666…7; the rest 66.6667333333 ÷ 2 = 33.33336666665, half to even; the rest.
    assert_eq!(costs, ["33.3333666667", "33.3333666666", "33.3333666667"]);
    let closed = desk.json(["holdings", "--all"]);
    // 3 × 40 − 100.0001
    assert_eq!(pick(&closed[0], &["quantity", "average_cost", "cost_basis", "realized_gain"]), "0 null 0 19.9999");
}

#[test]
fn an_amount_is_kept_exactly_and_the_price_is_its_quotient() {
    let desk = Desk::with_stocks();
    let bought = desk.json(["buy", "ACME", "3", "--amount", "100", "--fee", "0.5", "--date", "2024-01-02"]);
    assert_eq!(pick(&bought, &["price", "fee", "total_amount"]), "33.3333333333 0.5 100.5");
    // 7 ÷ 0.16 = 43.75
    let bought = desk.json(["buy", "ACME", "0.16", "--amount", "7", "--date", "2024-01-02"]);
    assert_eq!(pick(&bought, &["price", "total_amount"]), "43.75 7");
}

#[test]
fn fractions_of_a_share_are_exact() {
    let desk = Desk::with_stocks();
    let bought = desk.json(["buy", "ACME", "0.0000000001", "0.0000000001", "--date", "2024-01-02"]);
    // 10⁻¹⁰ × 10⁻¹⁰
    assert_eq!(bought["total_amount"], "0.00000000000000000001");
    let bought = desk.json(["buy", "ACME", "1.3333333333", "3", "--date", "2024-01-02"]);
    // 1.3333333333 × 3
    assert_eq!(bought["total_amount"], "3.9999999999");
    assert_eq!(bought["position"]["quantity"], "1.3333333334");
}

#[test]
fn selling_the_quantity_that_is_shown_closes_the_position() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "0.3333333333", "--amount", "10", "--date", "2024-01-02"]);
    desk.ok(["buy", "ACME", "0.1428571429", "--amount", "7", "--date", "2024-01-03"]);
    let shown = desk.json(["holdings"])[0]["quantity"].as_str().unwrap().to_owned();
    assert_eq!(shown, "0.4761904762");
    let sold = desk.json(["sell", "ACME", &shown, "50"]);
    assert_eq!(sold["position"], json!({"quantity": "0", "cost_basis": "0", "average_cost": null}));
    assert_eq!(desk.json(["holdings"]), json!([]));
}

#[test]
fn a_price_of_zero_is_a_price() {
    let desk = Desk::with_stocks();
    let bought = desk.json(["buy", "ACME", "10", "0", "--date", "2024-01-02"]);
    assert_eq!(pick(&bought, &["price", "total_amount"]), "0 0");
    desk.ok(["update-price", "ACME", "5", "--date", "2024-01-02"]);
    let held = desk.json(["holdings"]);
    // A gain on nothing has no percentage.
    assert_eq!(pick(&held[0], &["unrealized_gain", "unrealized_gain_percentage"]), "50 null");
}

#[test]
fn selling_more_than_is_held_is_refused_with_what_is_held_where_and_when() {
    let desk = two_lots();
    let before = desk.everything();
    let error = desk.error(3, ["sell", "ACME", "20.5", "130", "--date", "2024-03-01"]);
    assert_eq!(error["code"], "insufficient_quantity");
    assert_eq!(error["message"], "cannot sell 20.5 ACME: 20 held in portfolio main on 2024-03-01");
    let error = desk.error(3, ["sell", "BOLT", "1", "130", "--date", "2024-03-01"]);
    assert_eq!(error["message"], "cannot sell 1 BOLT: 0 held in portfolio main on 2024-03-01");
    assert_eq!(desk.everything(), before);
    desk.ok(["sell", "ACME", "20", "130", "--date", "2024-03-01"]);
}

#[test]
fn a_late_trade_has_later_sales_matched_anew() {
    let desk = two_lots();
    desk.ok(["sell", "ACME", "12", "130", "--date", "2024-03-01", "--id", "sale"]);
    let late = desk.json(["buy", "ACME", "5", "50", "--date", "2023-12-01"]);
    // 12 × 130 − (1005 + 2 × 120) = 315; with the late lot: 12 × 130 − (5 × 50 + 7 × 100.5) = 606.5.
    let sale = &late["rematched"][0];
    assert_eq!(pick(sale, &["symbol", "sold_on", "gain_before", "gain_after"]), "ACME 2024-03-01 315 606.5");
    assert_eq!(pick(&late["position"], &["quantity", "cost_basis"]), "13 1501.5");
    let last = desk.audit_lines().pop().unwrap();
    assert_eq!(last["event_type"], "LotsRematchedEvent");
    let data = &last["data"];
    assert_eq!(pick(data, &["from_date", "realized_gain_before", "realized_gain_after"]), "2023-12-01 315 606.5");
    assert_eq!(data["cause"], late["transaction_id"]);
}

#[test]
fn a_late_sale_that_leaves_too_little_for_one_after_it_is_refused() {
    let desk = two_lots();
    desk.ok(["sell", "ACME", "12", "130", "--date", "2024-03-01"]);
    let before = desk.everything();
    let error = desk.error(3, ["sell", "ACME", "9", "130", "--date", "2024-02-15"]);
    assert_eq!(error["code"], "insufficient_quantity");
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("the sale of 2024-03-01 "), "{message}");
    assert!(message.ends_with("cannot sell 12 ACME: 11 held in portfolio main on 2024-03-01"), "{message}");
    assert_eq!(desk.everything(), before);
}

#[test]
fn a_trade_is_of_today_unless_a_date_is_given() {
    let desk = Desk::with_stocks();
    let date = |args: &[&str]| desk.json(args)["trade_date"].as_str().unwrap().to_owned();
    let yesterday = date(&["buy", "ACME", "1", "1", "--date", "yesterday"]);
    let today = date(&["buy", "ACME", "1", "1"]);
    assert!(yesterday < today);
    assert_eq!(date(&["buy", "ACME", "1", "1", "--date", "today"]), today);
}

#[test]
fn a_note_is_kept_as_it_is() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-01-02", "--note", "für später, \"sicher\" 👩‍🚀"]);
    assert_eq!(desk.json(["transactions"])[0]["note"], "für später, \"sicher\" 👩‍🚀");
    assert_eq!(desk.audit_lines()[4]["data"]["note"], "für später, \"sicher\" 👩‍🚀");
}

#[test]
fn portfolios_hold_the_same_stock_apart() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["-p", "pension", "buy", "ACME", "5", "50", "--date", "2024-01-02"]);
    let error = desk.error(3, ["sell", "ACME", "6", "130", "-p", "pension", "--date", "2024-01-03"]);
    assert_eq!(error["message"], "cannot sell 6 ACME: 5 held in portfolio pension on 2024-01-03");
    let sold = desk.json(["sell", "ACME", "2", "130", "-p", "pension", "--date", "2024-01-03"]);
    // 2 × 130 − 2 × 50
    assert_eq!(pick(&sold, &["portfolio", "realized_gain"]), "pension 160");
    let rows = |args: &[&str]| {
        let held = desk.json(args);
        let line = |row: &Value| pick(row, &["portfolio", "symbol", "quantity", "cost_basis", "realized_gain"]);
        held.as_array().unwrap().iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(rows(&["holdings"]), ["main ACME 10 1000 0", "pension ACME 3 150 160"]);
    assert_eq!(rows(&["holdings", "-p", "pension"]), ["pension ACME 3 150 160"]);
    assert_eq!(desk.json(["transactions", "-p", "main"]).as_array().unwrap().len(), 1);
    let error = desk.error(3, ["-p", "penson", "holdings"]);
    assert_eq!(error["code"], "unknown_portfolio");
    assert_eq!(desk.error(3, ["-p", "penson", "buy", "ACME", "1", "1"])["code"], "unknown_portfolio");
}

#[test]
fn the_position_in_one_portfolio_does_not_make_an_entry_in_another_late() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-02-01"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-01", "-p", "pension"]);
}

#[test]
fn a_holding_is_worth_its_latest_price() {
    let desk = two_lots();
    desk.ok(["update-price", "ACME", "140", "--date", "2024-03-02"]);
    desk.ok(["update-price", "ACME", "90", "--date", "2024-03-01"]);
    let held = desk.json(["holdings"]);
    // 20 × 140 = 2800; 2800 − 2205 = 595; 595 ÷ 2205 = 26.984126984… %
    let members = ["price", "price_date", "market_value", "unrealized_gain", "unrealized_gain_percentage"];
    assert_eq!(pick(&held[0], &members), "140 2024-03-02 2800 595 26.984127");
    // Trades do not create prices.
    desk.ok(["buy", "BOLT", "1", "30", "--date", "2024-01-02"]);
    let held = desk.json(["holdings"]);
    assert_eq!(pick(&held[1], &members), "null null null null null");
}

#[test]
fn a_price_says_by_how_much_the_one_in_force_before_it_changed() {
    let desk = Desk::with_stocks();
    let change = |price: &str, date: &str| {
        let updated = desk.json(["update-price", "ACME", price, "--date", date]);
        pick(&updated["events"][0]["data"], &["old_price", "new_price", "change_percentage"])
    };
    assert_eq!(change("0", "2024-01-02"), "null 0 null");
    // From zero there is no percentage.
    assert_eq!(change("3", "2024-01-05"), "0 3 null");
    // 1 ÷ 3
    assert_eq!(change("4", "2024-01-08"), "3 4 33.333333");
    // Between two days: the price in force is the earlier one's. −1 ÷ 3
    assert_eq!(change("2", "2024-01-06"), "3 2 -33.333333");
    // The same day again: compared with its own price until now.
    assert_eq!(change("6", "2024-01-06"), "2 6 200");
    let prices = desk.json(["prices", "ACME"]);
    let rows: Vec<_> =
        prices.as_array().unwrap().iter().map(|row| pick(row, &["date", "price", "change_percentage"])).collect();
    // 4 ÷ 6 is a third less.
    assert_eq!(rows, ["2024-01-02 0 null", "2024-01-05 3 null", "2024-01-06 6 100", "2024-01-08 4 -33.333333"]);
    let some = desk.json(["prices", "ACME", "--from", "2024-01-05", "--to", "2024-01-06"]);
    assert_eq!(column(&some, "date"), ["2024-01-05", "2024-01-06"]);
    assert_eq!(column(&some, "price"), ["3", "6"]);
}

#[test]
fn amounts_of_two_currencies_are_never_added() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-02"]);
    desk.ok(["buy", "BOLT", "10", "30", "--date", "2024-01-02"]);
    let table = desk.ok(["holdings"]);
    assert!(table.contains("total USD") && table.contains("total EUR"), "{table}");
    assert!(table.contains("1,000.00") && table.contains("300.00") && !table.contains("1,300"), "{table}");
    let held = desk.json(["holdings"]);
    assert_eq!(column(&held, "currency"), ["USD", "EUR"]);
}

#[test]
fn transactions_are_listed_by_trade_date_then_order_of_recording() {
    let desk = two_lots();
    desk.ok(["buy", "BOLT", "1", "30", "--date", "2024-01-15", "--note", "first"]);
    desk.ok(["buy", "BOLT", "1", "30", "--date", "2024-01-15", "--note", "second"]);
    desk.ok(["sell", "ACME", "1", "30", "--date", "2024-02-01"]);
    let lines = |args: &[&str]| {
        let rows = desk.json(args);
        let line = |row: &Value| pick(row, &["trade_date", "type", "symbol", "note"]);
        rows.as_array().unwrap().iter().map(line).collect::<Vec<_>>()
    };
    let all = [
        "2024-01-02 BUY ACME null",
        "2024-01-15 BUY BOLT first",
        "2024-01-15 BUY BOLT second",
        "2024-02-01 BUY ACME null",
        "2024-02-01 SELL ACME null",
    ];
    assert_eq!(lines(&["transactions"]), all);
    assert_eq!(lines(&["transactions", "--tail", "2"]), all[3..]);
    assert_eq!(lines(&["transactions", "--tail", "0"]), all[5..]);
    assert_eq!(lines(&["transactions", "--tail", "99"]), all);
    assert_eq!(lines(&["transactions", "--symbol", "bolt"]), all[1..3]);
    assert_eq!(lines(&["transactions", "--type", "sell"]), all[4..]);
    assert_eq!(lines(&["transactions", "--type", "BUY", "--from", "2024-02-01"]), all[3..4]);
    assert_eq!(lines(&["transactions", "--from", "2024-01-03", "--to", "2024-01-15"]), all[1..3]);
    assert_eq!(lines(&["transactions", "--from", "2024-03-01"]), all[5..]);
    assert_eq!(desk.error(3, ["transactions", "--symbol", "ACMF"])["code"], "unknown_symbol");
}

#[test]
fn a_split_multiplies_exactly_and_back_and_adjusts_earlier_prices() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "90", "--date", "2024-01-02"]);
    desk.ok(["update-price", "ACME", "99", "--date", "2024-01-03"]);
    desk.ok(["split", "ACME", "1:3", "--date", "2024-02-01"]);
    let row = &desk.json(["holdings"])[0];
    let members = ["quantity", "cost_basis", "price", "market_value"];
    assert_eq!(pick(row, &members), "3.3333333333 900 297 990");
    assert_eq!(pick(&desk.json(["prices", "ACME"])[0], &["date", "price"]), "2024-01-03 297");
    desk.ok(["split", "ACME", "3:1", "--date", "2024-02-02"]);
    assert_eq!(pick(&desk.json(["holdings"])[0], &members), "10 900 99 990");
    desk.ok(["undo"]);
    // The shown shares are all there are.
    let sold = desk.json(["sell", "ACME", "3.3333333333", "300", "--date", "2024-03-01"]);
    assert_eq!(pick(&sold["position"], &["quantity", "cost_basis"]), "0 0");
    desk.ok(["check"]);
}
