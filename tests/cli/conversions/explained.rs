//! Explanations of gains from conversions and of the origin of converted lots.

use super::{MERGER, SPIN_OFF, desk, lots, sound, with};
use crate::harness::{Desk, Run, column, pick};

#[test]
fn cash_realizes_gains_by_the_rule() {
    // 100 shares for 10000 give 50 for 150 each and 50 in cash each: 7500 and 5000.
    let told = |rule: &str, cash: &str, value: &str| {
        let desk = Desk::new();
        for symbol in ["OLD", "NEW"] {
            desk.ok(["add-stock", symbol, symbol]);
        }
        desk.ok(["buy", "OLD", "100", "100", "--date", "2015-03-02"]);
        let said = desk.json(with(&MERGER, &["--cash", cash, "--value", value, "--rule", rule]));
        sound(&desk);
        let gain = pick(&desk.json(["gains"])[0], &["quantity", "proceeds", "cost_basis", "gain"]);
        assert_eq!(pick(&said, &["realized_gain"]), gain.rsplit(' ').next().unwrap());
        (gain, lots(&desk, "NEW").join(" "))
    };
    // The gain is 2500, and less than the cash; the cost 10000 − 5000 + 2500.
    assert_eq!(told("boot", "50", "150"), ("0 5000 2500 2500".into(), "2015-03-02 50 7500".into()));
    // The gain of 8500 does not exceed the cash.
    assert_eq!(told("boot", "50", "270"), ("0 5000 0 5000".into(), "2015-03-02 50 10000".into()));
    // A loss is none.
    assert_eq!(told("boot", "20", "100"), ("0 2000 2000 0".into(), "2015-03-02 50 8000".into()));
    // 5000 ÷ 12500 of the cost is sold.
    assert_eq!(told("part", "50", "150"), ("0 5000 4000 1000".into(), "2015-03-02 50 6000".into()));
    // Everything is sold, and the holding period of the new shares begins on that day.
    assert_eq!(told("taxable", "50", "150"), ("100 12500 10000 2500".into(), "2020-06-01 50 7500".into()));
}

/// The cash of a merger is for the old shares, and the cash in lieu for the new ones.
#[test]
fn what_is_realized_of_both_stocks_is_not_added_up() {
    let desk = desk();
    desk.ok(["buy", "OLD", "1", "200", "--date", "2017-03-02"]);
    let cash = ["--cash", "10", "--value", "300", "--rule", "taxable", "--round", "down", "--cash-in-lieu", "120"];
    desk.ok(with(&MERGER, &cash));
    let members = ["symbol", "quantity", "proceeds", "cost_basis", "gain"];
    let expected = [
        // Half a share of 75.5 for 22650, at 300 each.
        "NEW 0.5 120 150 -30",
        // 151 × 10 + 75.5 × 300, and 10000 + 6500 + 200.
        "OLD 151 24160 16700 7460",
    ];
    for more in [&[][..], &["--in", "USD"], &["--known-on", "today"]] {
        let rows = desk.json(with(&["gains", "--by", "sale"], more));
        let rows: Vec<String> = rows.as_array().unwrap().iter().map(|row| pick(row, &members)).collect();
        assert_eq!(rows, expected, "{more:?}");
    }
    // As known today, they are in the same order: by day, not by recording.
    desk.ok(["buy", "NEXT", "3", "10", "--date", "2018-01-02"]);
    desk.ok(["sell", "NEXT", "1", "12", "--date", "2020-06-02"]);
    desk.ok([
        "exchange",
        "NEW",
        "NEXT",
        "1:1",
        "--date",
        "2020-06-02",
        "--cash",
        "1",
        "--value",
        "299",
        "--rule",
        "part",
    ]);
    let by_lot = ["gains", "--by", "lot"];
    let now = desk.json(by_lot);
    assert_eq!(column(&now, "symbol").join(" "), "NEW OLD OLD OLD NEW NEXT");
    assert_eq!(now, desk.json(with(&by_lot, &["--known-on", "today"])));
    sound(&desk);
}

/// The purchase, each conversion with its ratio and share of the cost, and the fraction paid in cash.
#[test]
fn the_origin_of_converted_lots_is_explained() {
    let desk = Desk::new();
    for symbol in ["OLD", "NEW", "NEXT"] {
        desk.ok(["add-stock", symbol, symbol]);
    }
    let merger = ["--cash", "10", "--value", "300", "--rule", "boot", "--round", "down", "--cash-in-lieu", "210"];
    let apart = ["--cost-share", "20"];
    for (id, command, more) in [
        ("10000000", &["buy", "OLD", "100", "100", "--date", "2015-03-02"][..], &[][..]),
        ("20000000", &["buy", "OLD", "50", "130", "--date", "2016-03-02"], &[]),
        ("30000000", &["split", "OLD", "2:1", "--date", "2017-01-03"], &[]),
        ("40000000", &["spin-off", "OLD", "NEXT", "1:5", "--date", "2018-06-01"], &apart),
        ("50000000", &["sell", "OLD", "1", "150", "--date", "2019-01-02"], &[]),
        ("60000000", &["exchange", "OLD", "NEW", "1:4", "--date", "2020-06-01"], &merger),
    ] {
        let id = format!("{id}-0000-4000-8000-000000000000");
        desk.ok(with(&with(command, more), &["--id", &id]));
    }
    let narrow = |command: [&str; 3]| {
        let mut command = desk.command(command);
        command.env("COLUMNS", "80");
        Run::of(command).exits(0).out()
    };
    // 199 old ones at 40 and 100 at 52, for 13160. 299 ÷ 4 = 74.75, and 0.75 of 49.75 had cost 7960 ÷ 49.75 × 0.75
    // = 120: 13160 − 120 are left, and 210 − 120 were realized.
    insta::assert_snapshot!(narrow(["explain", "holding", "NEW"]), @"
    NEW in portfolio main, fifo, in USD

    entry exchange of OLD 1:4, id 60000000

    DATE        QUANTITY  COST BASIS  HELD    AT COST  REALIZED  DIVIDENDS
    ──────────────────────────────────────────────────────────────────────
    2020-06-01       +74  +13,040.00    74  13,040.00    +90.00

    60000000  exchange of OLD into NEW 1:4, new shares worth 300, cash 10 for each
      old share, boot, a fraction paid for with 210

    open lots

    LOT       ACQUIRED    QUANTITY  COST BASIS  PER SHARE  BOUGHT AS
    ────────────────────────────────────────────────────────────────────────────
    10000000  2015-03-02        49    7,840.00     160.00  100 OLD for 10,000.00
    20000000  2016-03-02        25    5,200.00     208.00  50 OLD for 6,500.00
    ────────────────────────────────────────────────────────────────────────────
    total                       74   13,040.00

    held         74 for 13,040.00
    price        none is recorded
      record one: stockbook update-price NEW PRICE
    ");
    let listed = desk.ok(["transactions"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(listed.contains("spin off OLD 1:5 NEXT ") && listed.contains("exchange OLD 1:4 NEW "), "{listed}");
    let told = narrow(["explain", "holding", "OLD"]);
    assert!(told.contains("2020-06-01  exchange into NEW 1:4"), "{told}");
    assert!(told.contains("40000000  spin-off of OLD into NEXT 1:5, 20% of the cost\n"), "{told}");
    let explained = desk.json(["explain", "holding", "NEXT"])["holdings"][0].clone();
    let conversion = &explained["entries"][0]["conversion"];
    assert_eq!(pick(conversion, &["symbol", "new_symbol", "ratio", "cost_share"]), "OLD NEXT 1:5 20");
    let members = ["acquired_on", "quantity", "cost_basis", "purchase_symbol", "purchase_quantity", "purchase_cost"];
    assert_eq!(pick(&explained["lots"][1], &members), "2016-03-02 20 1300 OLD 50 6500");
    let sale = desk.json(["sell", "NEW", "10", "310", "--date", "2021-01-05"])["transaction_id"].clone();
    let steps = desk.json(["explain", "gain", sale.as_str().unwrap()])["lots"][0]["steps"].clone();
    let steps: Vec<String> = steps
        .as_array()
        .unwrap()
        .iter()
        .map(|step| pick(step, &["type", "symbol", "quantity", "cost_basis"]))
        .collect();
    let expected = [
        "BUY OLD 100 10000",
        "SPLIT OLD 200 10000",
        "SPIN_OFF OLD 200 8000",
        "SPIN_OFF NEXT 40 2000",
        "SELL OLD 199 7960",
        "EXCHANGE OLD 0 0",
        "EXCHANGE NEW 49 7840",
    ];
    assert_eq!(steps, expected);
}

/// An exchange in all portfolios, and back.
#[test]
fn shares_that_all_went_and_came_again_are_explained() {
    let desk = desk();
    desk.ok(MERGER);
    desk.ok([
        "exchange",
        "NEW",
        "OLD",
        "4:3",
        "--date",
        "2021-01-04",
        "--cash",
        "2",
        "--value",
        "110",
        "--rule",
        "part",
    ]);
    let entries = |symbol: &str| -> Vec<String> {
        let explained = desk.json(["explain", "holding", symbol])["holdings"][0]["entries"].clone();
        let members = ["date", "type", "quantity", "cost_basis", "realized_gain"];
        explained.as_array().unwrap().iter().map(|entry| pick(entry, &members)).collect()
    };
    // 75 shares for 16500 gave 150 of cash and 100 worth 11000: 150 ÷ 11150 of the cost was sold.
    let bought = ["2015-03-02 BUY 100 10000 0", "2016-03-02 BUY 150 16500 0", "2020-06-01 EXCHANGE 0 0 0"];
    assert_eq!(entries("OLD")[..3], bought);
    assert!(entries("OLD")[3].starts_with("2021-01-04 EXCHANGE 100 16278.0269"), "{:?}", entries("OLD"));
    assert!(entries("NEW")[1].starts_with("2021-01-04 EXCHANGE 0 0 -71.9730"), "{:?}", entries("NEW"));
}

#[test]
fn the_history_of_a_stock_begins_with_what_gave_its_shares() {
    let desk = desk();
    let id = desk.json(with(&MERGER, &["--id", "m1"]))["conversion_id"].clone();
    desk.ok(SPIN_OFF.map(|word| if word == "NEW" { "NEXT" } else { word }));
    desk.ok(["void", "m1", "--reason", "another ratio"]);
    let history = desk.json(["history", "NEW"]);
    let story = history.as_array().unwrap().iter();
    let told: Vec<String> = story.map(|event| pick(event, &["event_type", "transaction_id"])).collect();
    let id = id.as_str().unwrap();
    let expected = [
        "StockCreatedEvent null".to_owned(),
        format!("StockConvertedEvent {id}"),
        format!("TransactionVoidedEvent {id}"),
    ];
    assert_eq!(told, expected);
}
