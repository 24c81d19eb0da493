//! The arithmetic shown by `explain`, worked by hand, and compared with what is stored.

use proptest::prelude::*;
use serde_json::Value;

use crate::harness::{Desk, column};

const FIRST: &str = "10000000-0000-4000-8000-000000000001";
const SECOND: &str = "20000000-0000-4000-8000-000000000002";
const EARLY: &str = "30000000-0000-4000-8000-000000000003";
const SALE: &str = "40000000-0000-4000-8000-000000000004";

/// 10 at 100 and a fee of 5, 10 at 120.
fn bought() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--fee", "5", "--date", "2024-01-02", "--id", FIRST]);
    desk.ok(["buy", "ACME", "10", "120", "--date", "2024-02-01", "--id", SECOND]);
    desk
}

fn sell(desk: &Desk, quantity: &str) -> Value {
    desk.json(["sell", "ACME", quantity, "130", "--fee", "1", "--date", "2024-03-01", "--id", SALE])
}

fn pick(object: &Value, members: &[&str]) -> String {
    let text = |member: &&str| object[*member].as_str().map_or_else(|| object[*member].to_string(), str::to_owned);
    members.iter().map(text).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_gain_is_explained_lot_by_lot_with_its_history() {
    let desk = bought();
    desk.ok(["sell", "ACME", "4", "110", "--date", "2024-02-02"]);
    desk.ok(["split", "ACME", "1:3", "--date", "2024-02-20"]);
    // A late entry: 6 at 90, of which the first sale takes 4; the split leaves 2/3 of them.
    desk.ok(["buy", "ACME", "6", "90", "--date", "2023-12-01", "--id", EARLY]);
    sell(&desk, "2");
    let told = desk.json(["explain", "gain", SALE]);
    // 2 × 130 − 1
    assert_eq!(pick(&told, &["gross_amount", "fee", "proceeds", "method"]), "260 1 259 fifo");
    let lots = told["lots"].as_array().unwrap();
    // 2 of 6 shares, 540 × 2/6 = 180, are 2/3 of a share; 259 × (2/3) ÷ 2 = 86.33…
    let members =
        ["lot_id", "lot_quantity", "lot_cost_basis", "quantity", "cost_basis", "proceeds", "proceeds_rounded"];
    assert_eq!(pick(&lots[0], &members), format!("{EARLY} 0.6666666667 180 0.6666666667 180 86.3333333333 true"));
    // The other 4/3 of 10/3 of a share: 1005 × (4/3) ÷ (10/3) = 402.
    assert_eq!(pick(&lots[1], &members), format!("{FIRST} 3.3333333333 1005 1.3333333333 402 172.6666666667 true"));
    let steps: Vec<String> = lots[0]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| pick(step, &["type", "ratio", "quantity", "cost_basis"]))
        .collect();
    assert_eq!(steps, ["BUY null 6 540", "SELL null 2 180", "SPLIT 1:3 0.6666666667 180"]);
    // 259 − 180 − 402
    assert_eq!(told["gain"], "-323");
}

#[test]
fn shares_held_for_a_day_were_held_for_one_day() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "1", "100", "--date", "2024-01-02"]);
    desk.ok(["sell", "ACME", "1", "110", "--date", "2024-01-03", "--id", "sale"]);
    let told = desk.ok(["explain", "gain", "sale"]);
    assert!(told.contains("held       1 day, short-term"), "{told}");
}

#[test]
fn a_gain_reads_as_it_would_be_worked_by_hand() {
    let desk = bought();
    sell(&desk, "12");
    insta::assert_snapshot!(desk.ok(["explain", "gain", SALE]), @"
    sale 40000000 of 12 ACME on 2024-03-01 from portfolio main, fifo
      amount     12 × 130.00 = 1,560.00 USD
      proceeds   1,560.00 - fee 1.00 = 1,559.00

    lot 10000000, 10 bought on 2024-01-02
      paid       1,000.00 + fee 5.00 = 1,005.00
      cost       1,005.00 × 10 / 10 = 1,005.00
      proceeds   1,559.00 × 10 / 12 = 1,299.1666666667, rounded
      gain       1,299.1666666667 - 1,005.00 = 294.1666666667
      held       59 days, short-term

    lot 20000000, 10 bought on 2024-02-01
      paid       1,200.00 + fee 0.00 = 1,200.00
      cost       1,200.00 × 2 / 10 = 240.00
      proceeds   1,559.00 × 2 / 12 = 259.8333333333, rounded: the rest
      gain       259.8333333333 - 240.00 = 19.8333333333
      held       29 days, short-term

    in all
      gain       1,559.00 - 1,245.00 = 314.00
      of which   314.00 short-term, 0.00 long-term
    ");
}

#[test]
fn under_average_cost_the_pool_is_shown() {
    let desk = bought();
    desk.ok(["set-cost-basis", "main", "average"]);
    sell(&desk, "12");
    insta::assert_snapshot!(desk.ok(["explain", "gain", SALE]), @"
    sale 40000000 of 12 ACME on 2024-03-01 from portfolio main, average
      amount     12 × 130.00 = 1,560.00 USD
      proceeds   1,560.00 - fee 1.00 = 1,559.00
      pool       20 for 2,205.00: 110.25 a share

    lot 10000000, 10 bought on 2024-01-02
      paid       1,000.00 + fee 5.00 = 1,005.00
      cost       2,205.00 × 10 / 20 = 1,102.50
      proceeds   1,559.00 × 10 / 12 = 1,299.1666666667, rounded
      gain       1,299.1666666667 - 1,102.50 = 196.6666666667
      held       59 days, short-term

    lot 20000000, 10 bought on 2024-02-01
      paid       1,200.00 + fee 0.00 = 1,200.00
      cost       2,205.00 × 2 / 20 = 220.50
      proceeds   1,559.00 × 2 / 12 = 259.8333333333, rounded: the rest
      gain       259.8333333333 - 220.50 = 39.3333333333
      held       29 days, short-term

    in all
      gain       1,559.00 - 1,323.00 = 236.00
      of which   236.00 short-term, 0.00 long-term
    ");
    let told = desk.json(["explain", "gain", SALE]);
    // 2205 ÷ 20 = 110.25; × 12 = 1323; 1559 − 1323
    assert_eq!(pick(&told, &["cost_basis_before", "held_before", "cost_basis", "gain"]), "2205 20 1323 236");
    // What is left: 8 × 110.25.
    let held = desk.json(["explain", "holding", "ACME"]);
    assert_eq!(pick(&held["holdings"][0]["lots"][0], &["lot_id", "quantity", "cost_basis"]), format!("{SECOND} 8 882"));
}

#[test]
fn picked_and_moved_lots_are_explained() {
    let desk = bought();
    desk.ok(["add-portfolio", "pension"]);
    desk.ok(["transfer", "ACME", "4", "--to", "pension", "--date", "2024-02-10"]);
    let sale = ["-p", "pension", "sell", "ACME", "3", "130", "--date", "2024-03-01", "--id", SALE, "--lot"];
    desk.ok(sale.into_iter().chain(["10000000:3"]));
    let told = desk.json(["explain", "gain", SALE]);
    assert_eq!(pick(&told, &["portfolio", "picked", "cost_basis", "gain"]), "pension true 301.5 88.5");
    let steps: Vec<String> = told["lots"][0]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| pick(step, &["type", "portfolio", "quantity", "cost_basis"]))
        .collect();
    // 4/10 of 1005 went, 603 stayed.
    assert_eq!(steps, ["BUY main 10 1005", "TRANSFER_OUT main 6 603", "TRANSFER_IN pension 4 402"]);
}

#[test]
fn a_holding_is_explained_entry_by_entry() {
    let desk = bought();
    sell(&desk, "12");
    desk.ok(["update-price", "ACME", "150", "--date", "2024-03-02"]);
    desk.ok(["split", "ACME", "1:3", "--date", "2024-04-01"]);
    desk.ok(["dividend", "ACME", "7.5", "--date", "2024-05-01"]);
    let _tidy = desk.tidy();
    let text = desk.ok(["explain", "holding", "ACME"]);
    let ids = desk.json(["transactions", "--type", "dividend"]);
    let splits = desk.json(["transactions", "--type", "split"]);
    let short = |rows: &Value| rows[0]["transaction_id"].as_str().unwrap().chars().take(8).collect::<String>();
    let text = text.replace(&short(&ids), "[div]   ").replace(&short(&splits), "[split] ");
    insta::assert_snapshot!(text, @"
    ACME in portfolio main, fifo, in USD

    DATE        ENTRY      ID        QUANTITY  COST BASIS  HELD   AT COST  REALIZED  DIVIDENDS
    ──────────────────────────────────────────────────────────────────────────────────────────
    2024-01-02  buy        10000000       +10   +1,005.00    10  1,005.00
    2024-02-01  buy        20000000       +10   +1,200.00    20  2,205.00
    2024-03-01  sell       40000000       -12   -1,245.00     8    960.00   +314.00
    2024-04-01  split 1:3  [split]      -16/3               8/3    960.00
    2024-05-01  dividend   [div]                            8/3    960.00                +7.50

    open lots

    LOT       ACQUIRED        QUANTITY  EXACTLY  COST BASIS  PER SHARE
    ──────────────────────────────────────────────────────────────────
    20000000  2024-02-01  2.6666666667  8/3          960.00     360.00
    ──────────────────────────────────────────────────────────────────
    total                 2.6666666667  8/3          960.00

    held         (8/3) for 960.00
    price        150.00 on 2024-03-02, split 1:3 on 2024-04-01: 450.00
    worth        1,200.00
    unrealized   1,200.00 - 960.00 = 240.00
    ");
    insta::assert_snapshot!(desk.ok(["explain", "holding", "ACME", "-O", "csv"]), @"
    portfolio,symbol,currency,lot_id,acquired_on,quantity,cost_basis,cost_per_share,purchase_symbol,purchase_quantity,purchase_cost
    main,ACME,USD,[uuid],2024-02-01,2.6666666667,960,360,ACME,10,1200
    ");
    assert_eq!(desk.json(["explain", "holding", "BOLT"])["holdings"], serde_json::json!([]));
}

#[test]
fn only_a_sale_that_counts_has_a_gain() {
    let desk = bought();
    sell(&desk, "12");
    let said = desk.refused(3, ["explain", "gain", FIRST]);
    assert!(said.contains("is a purchase of ACME: it realizes no gain"), "{said}");
    assert!(said.contains("hint: `stockbook transactions --type sell` lists the sales"), "{said}");
    desk.ok(["void", SALE]);
    let voided = desk.error(3, ["explain", "gain", SALE]);
    assert_eq!(voided["code"], "not_a_sale");
    assert_eq!(desk.error(3, ["explain", "gain", "nothing"])["code"], "unknown_id");
    desk.ok(["buy", "ACME", "1", "1", "--date", "2024-06-01", "--id", "10000000-0000-4000-8000-000000000009"]);
    assert_eq!(desk.error(3, ["explain", "gain", "100000"])["code"], "ambiguous_id");
    assert_eq!(desk.error(3, ["explain", "holding", "ACMX"])["code"], "unknown_symbol");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// The explanation agrees with the receipt of each sale that comes last, and with `holdings`.
    #[test]
    fn what_is_explained_is_what_is_kept(
        method in prop::sample::select(vec!["fifo", "lifo", "hifo", "average"]),
        trades in prop::collection::vec((0_u8..6, 1_u32..30, 1_u32..2000), 3..9),
    ) {
        let desk = Desk::with_stocks();
        desk.ok(["set-cost-basis", "main", method, "-q"]);
        desk.ok(["update-price", "ACME", "17.31", "--date", "2024-01-03", "-q"]);
        for (day, (kind, quantity, cents)) in (2..).zip(trades) {
            let date = format!("2024-01-{day:02}");
            let (quantity, price) = (quantity.to_string(), format!("{}.{:02}", cents / 100, cents % 100));
            match kind {
                0 => drop(desk.run(["split", "ACME", "1:3", "--date", &date])),
                1 | 2 => {
                    let sale = desk.run(["sell", "ACME", &quantity, &price, "--fee", "0.07", "--date", &date, "-O", "json"]);
                    if sale.status.success() {
                        let sale: Value = serde_json::from_str(&sale.out()).unwrap();
                        let told = desk.json(["explain", "gain", sale["transaction_id"].as_str().unwrap()]);
                        prop_assert_eq!(&told["gain"], &sale["realized_gain"]);
                        for member in ["lot_id", "quantity", "proceeds", "cost_basis", "gain", "acquired_on", "term"] {
                            prop_assert_eq!(column(&told["lots"], member), column(&sale["disposals"], member));
                        }
                    }
                }
                _ => drop(desk.ok(["buy", "ACME", &quantity, &price, "--fee", "0.11", "--date", &date])),
            }
        }
        let told = desk.json(["explain", "holding", "ACME"]);
        let kept = desk.json(["holdings", "--all"]);
        for (kept, told) in kept.as_array().unwrap().iter().zip(told["holdings"].as_array().unwrap()) {
            for member in ["quantity", "cost_basis", "average_cost", "market_value", "unrealized_gain", "realized_gain"] {
                prop_assert_eq!(&told[member], &kept[member], "{}", member);
            }
        }
    }
}

/// Ten for 1,000 dollars, through euros 900 pounds; four sold for 500, which were settled with 410 pounds.
fn in_pounds() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["update-rate", "EUR", "USD", "1.25", "--date", "2024-01-01"]);
    desk.ok(["update-rate", "EUR", "GBP", "1.125", "--date", "2024-01-02"]);
    desk.ok(["update-rate", "GBP", "USD", "1.25"]);
    desk.ok(["buy", "ACME", "10", "100", "--date", "2024-01-03", "--id", FIRST]);
    desk.ok(["sell", "ACME", "4", "125", "--date", "2024-03-01", "--id", SALE, "--settled", "410 GBP"]);
    desk.ok(["update-price", "ACME", "150"]);
    desk
}

#[test]
fn a_gain_in_another_currency_shows_each_rate_its_day_and_origin() {
    let desk = in_pounds();
    let told = desk.json(["explain", "gain", SALE, "--in", "GBP"]);
    let gain = ["currency", "proceeds", "cost_basis", "gain", "price_gain", "currency_gain"];
    // 400 dollars cost 400 × 1.125 ÷ 1.25; at the rate of the sale, 410 ÷ 500, they are 328.
    assert_eq!(pick(&told["in_currency"], &gain), "GBP 410 360 50 82 -32");
    assert_eq!(told["lots"][0]["in_currency"], told["in_currency"]);
    let rate = ["currency", "date", "rate", "rate_date", "way", "through", "transaction_id"];
    let rates: Vec<String> = told["rates"].as_array().unwrap().iter().map(|it| pick(it, &rate)).collect();
    let settled = format!("USD 2024-03-01 0.82 2024-03-01 settled null {SALE}");
    assert_eq!(rates, ["USD 2024-01-03 0.9 2024-01-01 through EUR null", &settled]);
    let recorded = ["base_currency", "quote_currency", "date", "rate"];
    assert_eq!(pick(&told["rates"][0]["recorded"][0], &recorded), "EUR USD 2024-01-01 1.25");
    insta::assert_snapshot!(desk.ok(["explain", "gain", SALE, "--in", "GBP"]), @"
    sale 40000000 of 4 ACME on 2024-03-01 from portfolio main, fifo
      amount     4 × 125.00 = 500.00 USD
      proceeds   500.00 - fee 0.00 = 500.00

    lot 10000000, 10 bought on 2024-01-03
      paid       1,000.00 + fee 0.00 = 1,000.00
      cost       1,000.00 × 4 / 10 = 400.00
      proceeds   500.00 × 4 / 4 = 500.00
      gain       500.00 - 400.00 = 100.00
      held       58 days, short-term
      in GBP     410.00 - 360.00 = 50.00
      of which   82.00 by the price, -32.00 by the currency

    in all
      gain       500.00 - 400.00 = 100.00
      of which   100.00 short-term, 0.00 long-term
      in GBP     410.00 - 360.00 = 50.00
      of which   82.00 by the price, -32.00 by the currency

    rates to GBP

    RATE FOR    OF          CURRENCY  RATE  FOUND
    ──────────────────────────────────────────────────────────────────────────────────────────────
    2024-01-03  2024-01-01  USD       0.9   through EUR: EUR/USD 1.25, EUR/GBP 1.125 of 2024-01-02
    2024-03-01  2024-03-01  USD       0.82  settled: 40000000
    ");
    desk.run(["explain", "gain", SALE, "--in", "GBP", "-O", "csv"]).exits(2);
    assert_eq!(desk.error(3, ["explain", "gain", SALE, "--in", "CHF"])["code"], "no_rate");
}

#[test]
fn a_holding_in_another_currency_shows_each_rate_its_day_and_origin() {
    let desk = in_pounds();
    let told = desk.json(["explain", "holding", "ACME", "--in", "GBP"]);
    let held =
        ["portfolio", "currency", "cost_basis", "market_value", "unrealized_gain", "price_gain", "currency_gain"];
    // 600 × 0.9 are worth 900 ÷ 1.25, and the cost 480.
    assert_eq!(pick(&told["in_currency"][0], &held), "main GBP 540 720 180 240 -60");
    let ways: Vec<String> = told["rates"].as_array().unwrap().iter().map(|it| pick(it, &["rate", "way"])).collect();
    assert_eq!(ways, ["0.9 through", "0.8 inverse"]);
    let text = desk.ok(["explain", "holding", "ACME", "--in", "GBP"]);
    for line in [
        "in GBP       cost 540.00",
        "720.00 - 540.00 = 180.00",
        "240.00 by the price, -60.00 by the currency",
        "inverse: GBP/USD 1.25",
    ] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn the_arithmetic_of_a_holding_fits_a_narrow_terminal() {
    let desk = Desk::with_stocks();
    desk.ok(["add-portfolio", "a retirement portfolio with a long name"]);
    let own = ["-p", "a retirement portfolio with a long name"];
    desk.ok(own.iter().chain(&["buy", "ACME", "63.7035", "--amount", "7017.4299701064", "--date", "2024-01-02"]));
    desk.ok(["update-price", "ACME", "180.123", "--date", "2024-01-02"]);
    desk.ok(["update-rate", "USD", "EUR", "0.9123456789", "--date", "2024-01-02"]);
    for more in [&[][..], &["--in", "EUR", "--max-rate-age", "10000"]] {
        let mut command = desk.command(["explain", "holding", "ACME"].iter().chain(more));
        command.env("COLUMNS", "40");
        let said = crate::harness::Run::of(command).exits(0).out();
        let wide: Vec<&str> = said.lines().filter(|line| line.chars().count() > 40).collect();
        assert!(wide.is_empty(), "{wide:?}\n{said}");
    }
}
