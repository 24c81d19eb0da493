//! Spin-offs, exchanges and other corporate actions that change cost.

mod explained;
mod returns;

use serde_json::Value;

use crate::harness::{Desk, column, events, pick};

/// A hundred and fifty shares in two lots, at 100 and 130 each.
fn desk() -> Desk {
    let desk = Desk::new();
    for symbol in ["OLD", "NEW", "NEXT"] {
        desk.ok(["add-stock", symbol, symbol]);
    }
    desk.ok(["buy", "OLD", "100", "100", "--date", "2015-03-02", "--id", "first"]);
    desk.ok(["buy", "OLD", "50", "130", "--date", "2016-03-02", "--id", "second"]);
    desk
}

const SPIN_OFF: [&str; 8] = ["spin-off", "OLD", "NEW", "1:5", "--date", "2020-06-01", "--cost-share", "20"];
const MERGER: [&str; 6] = ["exchange", "OLD", "NEW", "1:2", "--date", "2020-06-01"];

fn with<'a>(command: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    command.iter().chain(more).copied().collect()
}

fn held(desk: &Desk) -> Vec<String> {
    held_with(desk, &[])
}

fn held_with(desk: &Desk, more: &[&str]) -> Vec<String> {
    let rows = desk.json(with(&["holdings", "--all"], more));
    rows.as_array()
        .unwrap()
        .iter()
        .map(|row| pick(row, &["symbol", "quantity", "cost_basis", "realized_gain"]))
        .collect()
}

fn lots(desk: &Desk, symbol: &str) -> Vec<String> {
    let explained = desk.json(["explain", "holding", symbol]);
    let lots = explained["holdings"][0]["lots"].as_array().unwrap();
    lots.iter().map(|lot| pick(lot, &["acquired_on", "quantity", "cost_basis"])).collect()
}

fn sound(desk: &Desk) {
    desk.run(["check"]).exits(0);
}

#[test]
fn a_spin_off_shares_the_cost_and_keeps_the_dates() {
    let desk = desk();
    let said = desk.json(SPIN_OFF);
    // 20 % of 10000 and of 6500.
    assert_eq!(held(&desk), ["NEW 30 3300 0", "OLD 150 13200 0"]);
    assert_eq!(lots(&desk, "NEW"), ["2015-03-02 20 2000", "2016-03-02 10 1300"]);
    assert_eq!(lots(&desk, "OLD"), ["2015-03-02 100 8000", "2016-03-02 50 5200"]);
    assert_eq!(
        pick(&said, &["kind", "symbol", "new_symbol", "cost_share", "rule", "portfolio"]),
        "spin_off OLD NEW 20 null null"
    );
    assert_eq!(pick(&said["holdings"][0]["new_position"], &["quantity", "cost_basis"]), "30 3300");
    let recorded = events(&desk.ok(["audit"]));
    let event = recorded.iter().find(|event| event["event_type"] == "StockConvertedEvent").unwrap();
    let members: Vec<&String> = event["data"].as_object().unwrap().keys().collect();
    assert_eq!(members.len(), 17, "{members:?}");
    // Held since the first purchase, so long-term five years later: 2000 ÷ 20 × 5 = 500.
    desk.ok(["sell", "NEW", "5", "150", "--date", "2020-07-01"]);
    let gain = &desk.json(["gains", "--by", "lot"])[0];
    assert_eq!(pick(gain, &["symbol", "acquired_on", "term", "cost_basis", "gain"]), "NEW 2015-03-02 long 500 250");
    sound(&desk);
}

#[test]
fn by_values_the_cost_goes_over_as_the_prices_are() {
    let desk = desk();
    let by_values = SPIN_OFF.map(|word| match word {
        "--cost-share" => "--values",
        "20" => "50:90",
        other => other,
    });
    desk.ok(by_values);
    // 50 × 1 ÷ (50 × 1 + 90 × 5) = 1/10.
    assert_eq!(held(&desk), ["NEW 30 1650 0", "OLD 150 14850 0"]);
}

#[test]
fn an_exchange_gives_the_new_shares_the_dates_and_all_of_the_cost() {
    let desk = desk();
    desk.ok(MERGER);
    assert_eq!(held(&desk), ["NEW 75 16500 0", "OLD 0 0 0"]);
    assert_eq!(lots(&desk, "NEW"), ["2015-03-02 50 10000", "2016-03-02 25 6500"]);
    // If nothing is left of a stock, the suggested command shows why.
    let refused = desk.error(3, ["sell", "OLD", "1", "5", "--date", "2020-06-01"]);
    let offered = "is the purchase recorded, and in this portfolio? see `stockbook transactions --symbol OLD`";
    assert_eq!(refused["hint"], offered);
    let shown = desk.ok(["transactions", "--symbol", "OLD"]);
    assert!(shown.contains("exchange"), "{shown}");
    // It comes before the trades of its day.
    desk.ok(["sell", "NEW", "10", "250", "--date", "2020-06-01"]);
    desk.ok(["buy", "OLD", "1", "5", "--date", "2020-06-01"]);
    assert_eq!(held(&desk), ["NEW 65 14500 500", "OLD 1 5 0"]);
    assert_eq!(desk.run(["sell", "OLD", "2", "5", "--date", "2020-06-02"]).exits(3).status.code(), Some(3));
    sound(&desk);
}

#[test]
fn what_comes_late_is_converted_too_and_what_is_voided_is_not() {
    let desk = desk();
    desk.ok(MERGER);
    desk.ok(["sell", "NEW", "60", "250", "--date", "2021-01-04", "--id", "sale"]);
    // 50 lots of 200 and 10 of 260: 15000 − 12600.
    assert_eq!(held(&desk), ["NEW 15 3900 2400", "OLD 0 0 0"]);
    // Ten earlier ones, at 50: 5 of the new ones at 100.
    let late = desk.json(["buy", "OLD", "10", "50", "--date", "2014-03-03", "--id", "late"]);
    // 15000 − (500 + 10000 + 5 × 260).
    assert_eq!(pick(&late["rematched"][0], &["symbol", "gain_before", "gain_after"]), "NEW 2400 3200");
    assert_eq!(held(&desk), ["NEW 20 5200 3200", "OLD 0 0 0"]);
    assert_eq!(held_with(&desk, &["--as-of", "2020-05-31"]), ["OLD 160 17000 0"]);
    sound(&desk);
    // The sale needs half of them.
    assert_eq!(desk.error(3, ["void", "first"])["code"], "insufficient_quantity");
    desk.ok(["void", "late"]);
    assert_eq!(held(&desk), ["NEW 15 3900 2400", "OLD 0 0 0"]);
    let id = desk.json(["transactions", "--type", "exchange"])[0]["transaction_id"].as_str().unwrap().to_owned();
    assert_eq!(desk.error(3, ["void", &id])["code"], "insufficient_quantity");
    desk.ok(["void", "sale"]);
    desk.ok(["void", &id]);
    assert_eq!(held(&desk), ["OLD 150 16500 0"]);
    sound(&desk);
    desk.ok(["undo"]);
    assert_eq!(held(&desk), ["NEW 75 16500 0", "OLD 0 0 0"]);
    assert_eq!(column(&desk.json(["history", &id]), "event_type").len(), 3);
    sound(&desk);
    desk.ok(["check", "--repair"]);
    assert_eq!(held(&desk), ["NEW 75 16500 0", "OLD 0 0 0"]);
}

#[test]
fn one_that_comes_before_another_goes_through_it() {
    let desk = desk();
    desk.ok(["exchange", "NEW", "NEXT", "3:1", "--date", "2021-06-01"]);
    assert_eq!(held(&desk), ["OLD 150 16500 0"]);
    desk.ok(MERGER);
    assert_eq!(held(&desk), ["NEW 0 0 0", "NEXT 225 16500 0", "OLD 0 0 0"]);
    desk.ok(["split", "NEW", "2:1", "--date", "2021-01-04"]);
    assert_eq!(held(&desk), ["NEW 0 0 0", "NEXT 450 16500 0", "OLD 0 0 0"]);
    desk.ok(["buy", "OLD", "2", "75", "--date", "2017-03-02"]);
    assert_eq!(lots(&desk, "NEXT"), ["2015-03-02 300 10000", "2016-03-02 150 6500", "2017-03-02 6 150"]);
    // Back to the first stock, where a lot that arrives twice is one.
    desk.ok(["spin-off", "NEXT", "OLD", "1:1", "--date", "2022-01-03", "--cost-share", "50"]);
    desk.ok(["exchange", "NEXT", "OLD", "1:1", "--date", "2022-02-01"]);
    assert_eq!(lots(&desk, "OLD"), ["2015-03-02 600 10000", "2016-03-02 300 6500", "2017-03-02 12 150"]);
    sound(&desk);
}

/// NONE was never held and was never converted to NEXT; both are read with NEW, which may come from NONE.
#[test]
fn changes_without_effect_are_not_reported() {
    let desk = desk();
    desk.ok(["add-stock", "NONE", "None"]);
    let spin_off = ["spin-off", "NONE", "NEXT", "1:5", "--cost-share", "20", "--date"];
    desk.ok(with(&spin_off, &["2020-06-05", "--id", "mistaken"]));
    desk.ok(["void", "mistaken"]);
    desk.ok(with(&spin_off, &["2020-06-02"]));
    desk.ok(["buy", "NEW", "10", "5", "--date", "2020-02-21"]);
    desk.ok(["exchange", "NONE", "NEW", "1:1", "--date", "2021-01-04"]);
    assert!(!desk.ok(["audit"]).contains("LotsRematchedEvent"));
    assert_eq!(held(&desk), ["NEW 10 50 0", "OLD 150 16500 0"]);
    sound(&desk);
}

#[test]
fn transfers_and_methods_go_through_it() {
    let desk = desk();
    desk.ok(["add-portfolio", "pool", "--cost-basis", "average"]);
    desk.ok(["transfer", "OLD", "60", "--to", "pool", "--date", "2018-01-02"]);
    desk.ok(["buy", "OLD", "40", "40", "--date", "2018-02-01", "-p", "pool"]);
    // The pool: 6000 + 1600 for 100.
    desk.ok(SPIN_OFF);
    let rows = |desk: &Desk| column(&desk.json(["holdings"]), "cost_basis").join(" ");
    assert_eq!(rows(&desk), "2100 8400 1520 6080");
    desk.ok(["sell", "NEW", "10", "100", "--date", "2021-01-04", "-p", "pool"]);
    assert_eq!(pick(&desk.json(["gains"])[0], &["portfolio", "cost_basis", "gain"]), "pool 760 240");
    // Only in one portfolio.
    desk.ok(["exchange", "OLD", "NEXT", "1:1", "--date", "2022-01-03", "-p", "pool"]);
    assert_eq!(column(&desk.json(["holdings", "-p", "pool"]), "symbol").join(" "), "NEW NEXT");
    assert_eq!(column(&desk.json(["holdings", "-p", "main"]), "symbol").join(" "), "NEW OLD");
    desk.ok(["set-cost-basis", "pool", "lifo"]);
    // The newest leave first: ten at 20 % of 40 ÷ (1/5) a share.
    assert_eq!(pick(&desk.json(["gains"])[0], &["cost_basis", "gain"]), "520 480");
    sound(&desk);
}

#[test]
fn the_dearest_lot_is_found_after_what_companies_did() {
    let desk = Desk::new();
    for symbol in ["OLD", "NEW"] {
        desk.ok(["add-stock", symbol, symbol]);
    }
    desk.ok(["set-cost-basis", "main", "hifo"]);
    desk.ok(["buy", "OLD", "10", "100", "--date", "2015-03-02"]);
    desk.ok(["spin-off", "OLD", "NEW", "1:1", "--date", "2016-01-04", "--cost-share", "50"]);
    // More expensive than what is left of the first, and less than that was.
    desk.ok(["buy", "OLD", "10", "60", "--date", "2016-02-01"]);
    desk.ok(["buy", "NEW", "10", "40", "--date", "2016-02-01"]);
    let cost = |said: &Value| pick(&said["disposals"][0], &["cost_basis"]);
    assert_eq!(cost(&desk.json(["sell", "OLD", "1", "70", "--date", "2016-03-01"])), "60");
    assert_eq!(cost(&desk.json(["sell", "NEW", "1", "70", "--date", "2016-03-01"])), "50");
    // 20 back on each: 50 − 20 against 60 − 20, and 15 more on each.
    desk.ok(["return-capital", "OLD", "20", "--per-share", "--date", "2016-04-01"]);
    desk.ok(["adjust-cost", "NEW", "15", "--per-share", "--date", "2016-04-01"]);
    assert_eq!(cost(&desk.json(["sell", "OLD", "1", "70", "--date", "2016-05-02"])), "40");
    assert_eq!(cost(&desk.json(["sell", "NEW", "1", "70", "--date", "2016-05-02"])), "65");
    sound(&desk);
}

/// Without a time, it arrives before everything else and leaves the other portfolio at the end of the day.
#[test]
fn shares_that_arrive_on_a_day_are_held_on_it() {
    let desk = desk();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["transfer", "OLD", "40", "--to", "pension", "--date", "2020-06-01"]);
    desk.ok(["buy", "OLD", "5", "90", "--date", "2021-01-04", "-p", "pension"]);
    let on_the_day = ["-p", "pension", "--date", "2020-06-01"];
    let said = desk.json(with(&["return-capital", "OLD", "2", "--per-share"], &on_the_day));
    // Forty of the first lot, at 100.
    assert_eq!(pick(&said, &["amount", "shares"]), "80 40");
    let sale = desk.json(with(&["sell", "OLD", "10", "120", "--dry-run"], &on_the_day));
    assert_eq!(column(&sale["previews"], "realized_gain"), ["220"; 4]);
    let written_off = desk.json(with(&["write-off", "OLD"], &on_the_day));
    assert_eq!(pick(&written_off, &["quantity", "realized_gain"]), "40 -3920");
    sound(&desk);
}

#[test]
fn rights_are_spun_off_sold_exercised_and_written_off() {
    let desk = Desk::new();
    for symbol in ["X", "X.RT"] {
        desk.ok(["add-stock", symbol, symbol]);
    }
    desk.ok(["buy", "X", "300", "30", "--date", "2018-03-01"]);
    // 55 × 1 ÷ (55 × 1 + 110 × 2) = 1/5 of 9000.
    desk.ok(["spin-off", "X", "X.RT", "1:2", "--values", "55:110", "--date", "2020-05-01"]);
    assert_eq!(held(&desk), ["X 300 7200 0", "X.RT 150 1800 0"]);
    desk.ok(["sell", "X.RT", "45", "55", "--date", "2020-06-01"]);
    desk.ok(["add-portfolio", "other"]);
    desk.ok(["transfer", "X.RT", "5", "--to", "other", "--date", "2020-06-01"]);
    desk.ok(["exchange", "X.RT", "X", "1:1", "--pay", "60", "--date", "2020-06-02", "-p", "main"]);
    // 100 rights for 1200, and 6000 paid.
    assert_eq!(lots(&desk, "X"), ["2018-03-01 300 7200", "2020-06-02 100 7200"]);
    let written_off = desk.json(["write-off", "X.RT", "-p", "other", "--date", "2020-07-01", "--id", "gone"]);
    assert_eq!(pick(&written_off, &["type", "quantity", "total_amount", "realized_gain"]), "SELL 5 0 -60");
    let again = ["write-off", "X.RT", "-p", "other", "--date", "2020-07-01", "--id", "gone"];
    assert_eq!(desk.json(again)["recorded"], false);
    assert_eq!(desk.error(3, ["write-off", "X.RT", "-p", "other"])["code"], "nothing_held");
    // A lot opened on that day can be picked by the id of the exchange.
    let id = desk.json(["transactions", "--type", "exchange"])[0]["transaction_id"].as_str().unwrap().to_owned();
    let sold = desk.json(["sell", "X", "10", "100", "--lot", &id, "--date", "2020-08-03"]);
    assert_eq!(pick(&sold["disposals"][0], &["acquired_on", "cost_basis", "term"]), "2020-06-02 720 short");
    let sale = sold["transaction_id"].as_str().unwrap().to_owned();
    assert!(desk.ok(["explain", "gain", &sale]).contains("begun by a conversion on 2020-06-02"));
    sound(&desk);
}

#[test]
fn a_fraction_is_paid_for_by_the_only_holder() {
    let desk = desk();
    desk.ok(["buy", "OLD", "1", "100", "--date", "2017-03-02"]);
    let paid = with(&MERGER, &["--round", "down", "--cash-in-lieu", "120", "--id", "merger"]);
    let said = desk.json(&paid);
    // 151 shares give 75.5; the half costs 100.
    assert_eq!(pick(&said, &["portfolio", "realized_gain", "cash_in_lieu"]), "main 20 120");
    assert_eq!(held(&desk), ["NEW 75 16500 20", "OLD 0 0 0"]);
    assert_eq!(desk.json(&paid)["recorded"], false);
    // 152 shares would leave no fraction.
    assert_eq!(desk.error(3, ["buy", "OLD", "1", "1", "--date", "2018-01-02"])["code"], "no_fraction");
    sound(&desk);
    let other = Desk::new();
    for symbol in ["OLD", "NEW"] {
        other.ok(["add-stock", symbol, symbol]);
    }
    other.ok(["add-portfolio", "ira"]);
    for portfolio in ["ira", "main"] {
        other.ok(["buy", "OLD", "3", "100", "--date", "2017-03-02", "-p", portfolio]);
    }
    let command = with(&MERGER, &["--round", "down", "--cash-in-lieu", "120"]);
    let error = other.error(3, &command);
    assert_eq!(error["code"], "not_convertible");
    assert!(error["message"].as_str().unwrap().ends_with(": ira, main"), "{error}");
    for portfolio in ["ira", "main"] {
        other.ok(with(&command, &["-p", portfolio]));
    }
    assert_eq!(column(&other.json(["gains"]), "gain"), ["20", "20"]);
    sound(&other);
}

#[test]
fn a_repeated_conversion_records_nothing_and_another_is_refused() {
    let desk = desk();
    assert_eq!(desk.json(SPIN_OFF)["recorded"], true);
    assert_eq!(desk.json(SPIN_OFF)["recorded"], false);
    let other = SPIN_OFF.map(|word| if word == "20" { "30" } else { word });
    assert_eq!(desk.error(3, other)["code"], "conversion_exists");
    let named = with(&MERGER, &["--id", "m1"]);
    let named: Vec<&str> =
        named.into_iter().map(|word| if word == "2020-06-01" { "2021-06-01" } else { word }).collect();
    assert_eq!(desk.json(&named)["recorded"], true);
    assert_eq!(desk.json(&named)["recorded"], false);
    let changed: Vec<&str> = named.iter().map(|word| if *word == "1:2" { "1:3" } else { word }).collect();
    assert_eq!(desk.error(3, changed)["code"], "id_conflict");
    for (options, differs) in [
        (&["--pay", "3"][..], "payment"),
        (&["--cash", "3", "--value", "2", "--rule", "boot"], "value of the new shares"),
        (&["--round", "down", "--cash-in-lieu", "3"], "amount for the fraction"),
    ] {
        let message = format!("id `m1` belongs to a transaction with a different {differs}");
        assert_eq!(desk.error(3, with(&named, options))["message"], message);
    }
    let before = desk.everything();
    let dry = ["exchange", "NEW", "NEXT", "1:1", "--date", "2022-01-03", "--dry-run"];
    assert_eq!(pick(&desk.json(dry), &["recorded", "dry_run"]), "false true");
    assert!(desk.changed_since(&before).is_empty());
}

#[test]
fn one_of_a_portfolio_alone_leaves_the_others_to_be_named() {
    let desk = desk();
    desk.ok(["add-portfolio", "ira"]);
    let id = desk.json(with(&MERGER, &["-p", "main"]))["conversion_id"].as_str().unwrap()[..8].to_owned();
    let way_out = "it concerns portfolio main alone: name another one with --portfolio, or void a wrong one with";
    assert_eq!(desk.error(3, MERGER)["hint"], format!("{way_out} `stockbook void {id}`"));
    assert_eq!(desk.json(with(&MERGER, &["-p", "ira"]))["recorded"], true);
}

#[test]
fn impossible_conversions_are_refused() {
    let desk = desk();
    desk.ok(["add-stock", "EURO", "Euro", "--currency", "EUR"]);
    assert_eq!(desk.error(3, ["exchange", "OLD", "EURO", "1:1"])["code"], "not_convertible");
    assert_eq!(desk.error(3, ["exchange", "OLD", "OLD", "2:1"])["code"], "not_convertible");
    assert_eq!(desk.error(3, ["exchange", "OLD", "NONE", "2:1"])["code"], "unknown_symbol");
    assert_eq!(desk.error(3, ["return-capital", "NEW", "5"])["code"], "nothing_held");
    for wrong in [
        with(&MERGER, &["--cash", "1"]),
        with(&MERGER, &["--cash", "1", "--rule", "boot"]),
        with(&MERGER, &["--rule", "taxable"]),
        with(&MERGER, &["--rule", "none"]),
        with(&MERGER, &["--round", "down"]),
        vec!["spin-off", "OLD", "NEW", "1:5"],
        vec!["spin-off", "OLD", "NEW", "1:5", "--cost-share", "101"],
        vec!["spin-off", "OLD", "NEW", "1:5", "--values", "0:0"],
        vec!["spin-off", "OLD", "NEW", "0:5", "--cost-share", "10"],
        vec!["return-capital", "OLD", "0"],
    ] {
        desk.run(&wrong).exits(2);
    }
    assert_eq!(held(&desk), ["OLD 150 16500 0"]);
}

#[test]
fn capital_returned_lowers_each_lot_to_nothing_and_no_further() {
    let desk = desk();
    // 110 a share: 100 of each of the first lot, and 110 of the second, of 130.
    let said =
        desk.json(["return-capital", "OLD", "16500", "--date", "2020-06-01", "--id", "back", "--note", "liquidation"]);
    assert_eq!(pick(&said, &["type", "amount", "realized_gain", "note"]), "RETURN_CAPITAL 16500 1000 null");
    assert_eq!(lots(&desk, "OLD"), ["2015-03-02 100 0", "2016-03-02 50 1000"]);
    let gain = &desk.json(["gains", "--by", "lot"])[0];
    assert_eq!(pick(gain, &["quantity", "proceeds", "cost_basis", "gain", "term"]), "0 1000 0 1000 long");
    assert_eq!(desk.json(["gains", "--year", "2020", "--by", "year"])[0]["gain"], "1000");
    let event = &events(&desk.ok(["audit", "--type", "CostAdjustedEvent"]))[0]["data"];
    assert_eq!(
        pick(event, &["adjust_date", "amount", "kind", "note"]),
        "2020-06-01 16500 return_of_capital liquidation"
    );
    // An earlier purchase gets its part of it: 16500 ÷ 165 is 100 a share.
    desk.ok(["buy", "OLD", "15", "100", "--date", "2014-01-06", "--id", "late"]);
    assert_eq!(held(&desk), ["OLD 165 1500 0"]);
    sound(&desk);
    desk.ok(["void", "back"]);
    assert_eq!(held(&desk), ["OLD 165 18000 0"]);
    desk.ok(["undo"]);
    assert_eq!(held(&desk), ["OLD 165 1500 0"]);
    let more = desk.json(["adjust-cost", "OLD", "2", "--per-share", "--date", "2021-06-01"]);
    assert_eq!(pick(&more, &["type", "amount", "per_share", "shares"]), "ADJUST_COST 330 2 165");
    assert_eq!(held(&desk), ["OLD 165 1830 0"]);
    sound(&desk);
}
