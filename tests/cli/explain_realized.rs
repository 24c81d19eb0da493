//! Explanations of gains from exchanges, cash in lieu of fractions and returns of capital.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::Value;

use crate::harness::{Desk, pick};

/// Lots in three portfolios with three methods, some split and some transferred, that are exchanged for cash
/// and new shares.
fn desk(rule: &str) -> Desk {
    let desk = Desk::new();
    for symbol in ["OLD", "NEW", "NEXT"] {
        desk.ok(["add-stock", symbol, symbol]);
    }
    for (portfolio, method) in [("ira", "hifo"), ("pool", "average"), ("empty", "fifo")] {
        desk.ok(["add-portfolio", portfolio, "--cost-basis", method]);
    }
    for command in [
        "buy OLD 100 100 --date 2015-03-02",
        "buy OLD 40 300 --fee 5 --date 2016-03-02",
        "buy OLD 40 120 --date 2015-03-02 -p ira",
        "buy OLD 10 120 --date 2015-03-02 -p pool",
        "split OLD 2:1 --date 2017-01-02",
        "buy OLD 11 50 --date 2018-03-02 -p pool",
        "transfer OLD 7 --to ira --date 2018-06-01",
        "sell OLD 3 70 --date 2018-07-02 -p pool",
    ] {
        ok(&desk, command);
    }
    ok(&desk, &format!("exchange OLD NEW 1:3 --cash 25 --value 250 --rule {rule} --date 2020-06-01 --id merger"));
    desk
}

fn ok(desk: &Desk, command: &str) {
    desk.ok(command.split(' '));
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

fn number(row: &Value, member: &str) -> Decimal {
    row[member].as_str().unwrap_or_else(|| panic!("{member} of {row}")).parse().unwrap()
}

/// Compares every listed gain with its explanation.
fn compare(desk: &Desk) {
    let members = [
        "portfolio",
        "symbol",
        "lot_id",
        "acquired_on",
        "days_held",
        "term",
        "quantity",
        "proceeds",
        "cost_basis",
        "gain",
    ];
    let gains = desk.json(["gains", "--by", "lot"]);
    let sales: BTreeSet<&str> = list(&gains).iter().map(|row| row["sale_id"].as_str().unwrap()).collect();
    for sale in sales {
        let listed = list(&gains).iter().filter(|row| row["sale_id"] == sale);
        let listed: Vec<String> = listed.map(|row| pick(row, &members)).collect();
        let told = desk.json(["explain", "gain", sale]);
        let lots: Vec<String> = list(&told["lots"]).iter().map(|lot| pick(lot, &members)).collect();
        assert_eq!(BTreeSet::from_iter(&lots), BTreeSet::from_iter(&listed), "{sale}");
        assert_eq!(lots.len(), listed.len(), "{sale}");
        let sum: Decimal = list(&told["lots"]).iter().map(|lot| number(lot, "gain")).sum();
        assert_eq!(number(&told, "gain"), sum);
        // For each portfolio by itself.
        let portfolios: BTreeSet<&str> =
            list(&told["lots"]).iter().map(|lot| lot["portfolio"].as_str().unwrap()).collect();
        for portfolio in portfolios {
            let told = desk.json(["explain", "gain", sale, "-p", portfolio]);
            let own: Vec<String> = list(&told["lots"]).iter().map(|lot| pick(lot, &members)).collect();
            let of_portfolio: Vec<String> =
                lots.iter().filter(|lot| lot.starts_with(&format!("{portfolio} "))).cloned().collect();
            assert_eq!(own, of_portfolio, "{sale} in {portfolio}");
            assert_eq!(told["portfolio"], portfolio);
        }
    }
}

#[test]
fn every_gain_that_is_listed_is_explained() {
    for rule in ["boot", "part", "taxable"] {
        let desk = desk(rule);
        ok(&desk, "exchange NEW NEXT 2:7 --date 2021-06-01 -p ira --round down --cash-in-lieu 5 --id frac");
        ok(&desk, "exchange NEW NEXT 2:7 --date 2021-06-01 -p pool --round down --cash-in-lieu 5 --id pooled");
        ok(&desk, "return-capital NEXT 999.5 --per-share --date 2021-07-01");
        ok(&desk, "spin-off NEW OLD 3:11 --cost-share 7 --date 2021-08-02 -p main --round down --cash-in-lieu 3");
        ok(&desk, "sell NEXT 1 70 --date 2021-09-01 -p pool");
        compare(&desk);
        // A late entry passes through all of it.
        ok(&desk, "buy OLD 5 77 --date 2014-03-03 -p pool");
        ok(&desk, "buy OLD 5 77 --date 2014-03-03 -p ira");
        compare(&desk);
        ok(&desk, "set-cost-basis main average");
        compare(&desk);
    }
}

#[test]
fn the_figures_of_a_lot_follow_from_the_rule() {
    for rule in ["boot", "part", "taxable"] {
        let desk = desk(rule);
        let told = desk.json(["explain", "gain", "merger"]);
        assert_eq!(
            pick(&told, &["type", "rule", "ratio", "new_symbol", "portfolio"]),
            format!("EXCHANGE {rule} 1:3 NEW null")
        );
        let lots = list(&told["lots"]);
        assert_eq!(lots.len(), 6);
        for lot in lots {
            let [before, cash, value, after] =
                ["cost_before", "cash", "value", "cost_after"].map(|member| number(lot, member));
            let [proceeds, cost, gain] = ["proceeds", "cost_basis", "gain"].map(|member| number(lot, member));
            assert_eq!(lot["realized_by"], rule);
            // 25 for each old share, and 250 for each third.
            assert_eq!(cash, number(lot, "lot_quantity") * Decimal::from(25));
            assert!((value - cash * Decimal::from(10) / Decimal::from(3)).abs() < Decimal::new(1, 8), "{lot}");
            match rule {
                "boot" => {
                    assert_eq!(gain, cash.min(cash + value - before).max(Decimal::ZERO));
                    assert_eq!(after, before - cash + gain);
                }
                "part" => {
                    // 25 ÷ (25 + 250 ÷ 3) = 3 ÷ 13
                    assert!((cost - before * Decimal::from(3) / Decimal::from(13)).abs() < Decimal::new(1, 9), "{lot}");
                    assert_eq!((gain, after), (cash - cost, before - cost));
                }
                _ => assert_eq!((proceeds, cost, after), (cash + value, before, value)),
            }
        }
        let after: Decimal = lots.iter().map(|lot| number(lot, "cost_after")).sum();
        let held: Decimal = list(&desk.json(["holdings", "NEW"])).iter().map(|row| number(row, "cost_basis")).sum();
        assert_eq!(after, held, "{rule}");
    }
}

#[test]
fn an_exchange_with_cash_reads_as_it_would_be_worked_by_hand() {
    let desk = Desk::new();
    for (symbol, name) in [("OLD", "Old"), ("NEW", "New")] {
        desk.ok(["add-stock", symbol, name]);
    }
    let ids = ["10000000-0000-4000-8000-000000000001", "20000000-0000-4000-8000-000000000002"];
    desk.ok(["buy", "OLD", "100", "20", "--date", "2015-03-02", "--id", ids[0]]);
    desk.ok(["buy", "OLD", "10", "180", "--fee", "1", "--date", "2019-12-02", "--id", ids[1]]);
    desk.ok(["buy", "OLD", "10", "140", "--date", "2019-12-03", "--id", "40000000-0000-4000-8000-000000000004"]);
    let exchange = ["exchange", "OLD", "NEW", "1:2", "--cash", "25", "--value", "250", "--date", "2020-06-01"];
    let id = "30000000-0000-4000-8000-000000000003";
    desk.ok(exchange.iter().chain(&["--rule", "boot", "--id", id]));
    insta::assert_snapshot!(desk.ok(["explain", "gain", id]), @"
    exchange 30000000 of OLD into NEW on 2020-06-01: 1:2, new shares worth 250, cash 25 for each old share, boot

    portfolio main, 120 OLD for 5,201.00, fifo
      boot: the gain of each lot up to its cash, and never a loss

    lot 10000000, 100 bought on 2015-03-02
      paid       2,000.00 + fee 0.00 = 2,000.00
      cash       100 OLD × 25.00 = 2,500.00
      value      50 NEW × 250.00 = 12,500.00
      gain       2,500.00 + 12,500.00 - 2,000.00 = 13,000.00, of which the cash is realized: 2,500.00
      new cost   2,000.00 - 2,500.00 + 2,500.00 = 2,000.00
      held       1918 days, long-term

    lot 20000000, 10 bought on 2019-12-02
      paid       1,800.00 + fee 1.00 = 1,801.00
      cash       10 OLD × 25.00 = 250.00
      value      5 NEW × 250.00 = 1,250.00
      gain       250.00 + 1,250.00 - 1,801.00 = -301.00, a loss: nothing is realized
      new cost   1,801.00 - 250.00 + 0.00 = 1,551.00
      held       182 days, short-term

    lot 40000000, 10 bought on 2019-12-03
      paid       1,400.00 + fee 0.00 = 1,400.00
      cash       10 OLD × 25.00 = 250.00
      value      5 NEW × 250.00 = 1,250.00
      gain       250.00 + 1,250.00 - 1,400.00 = 100.00, all of it realized
      new cost   1,400.00 - 250.00 + 100.00 = 1,250.00
      held       181 days, short-term

    in all
      gain       3,000.00 - 400.00 = 2,600.00
      of which   100.00 short-term, 2,500.00 long-term
    ");
    desk.ok(["undo"]);
    desk.ok(exchange.iter().chain(&["--rule", "part", "--id", "parted"]));
    let told = desk.ok(["explain", "gain", "parted"]);
    assert!(
        told.contains("  cost       2,000.00 × 25.00 / (25.00 + 250.00 × 1 / 2) = 333.3333333333, rounded\n"),
        "{told}"
    );
    desk.ok(["undo"]);
    desk.ok(exchange.iter().chain(&["--rule", "taxable", "--id", "sold"]));
    let told = desk.ok(["explain", "gain", "sold"]);
    assert!(told.contains("  proceeds   2,500.00 + 12,500.00 = 15,000.00\n"), "{told}");
}

#[test]
fn a_fraction_and_a_return_of_capital_read_as_they_would_be_worked_by_hand() {
    let desk = Desk::new();
    for (symbol, name) in [("OLD", "Old"), ("NEW", "New")] {
        desk.ok(["add-stock", symbol, name]);
    }
    let ids = ["10000000-0000-4000-8000-000000000001", "20000000-0000-4000-8000-000000000002"];
    desk.ok(["buy", "OLD", "10", "30", "--date", "2015-03-02", "--id", ids[0]]);
    let id = "30000000-0000-4000-8000-000000000003";
    let exchange = ["exchange", "OLD", "NEW", "1:3", "--round", "down", "--cash-in-lieu", "40", "--date", "2020-06-01"];
    desk.ok(exchange.iter().chain(&["--id", id]));
    insta::assert_snapshot!(desk.ok(["explain", "gain", id]), @"
    exchange 30000000 of OLD into NEW on 2020-06-01: 1:3, carry-over, a fraction paid for with 40

    portfolio main, (10/3) NEW for 300.00, fifo
      cash in lieu: the fraction of a new share is sold for it
      amount     (1/3) NEW for 40.00

    lot 10000000, 10 OLD bought on 2015-03-02
      paid       300.00 + fee 0.00 = 300.00
      2020-06-01  exchange 1:3, carry-over (30000000) leaves 0 OLD in portfolio main, cost 0.00
      2020-06-01  exchange 1:3, carry-over (30000000) leaves (10/3) in portfolio main, cost 300.00
      cost       300.00 × (1/3) / (10/3) = 30.00
      proceeds   40.00 × (1/3) / (1/3) = 40.00
      gain       40.00 - 30.00 = 10.00
      held       1918 days, long-term

    in all
      gain       40.00 - 30.00 = 10.00
      of which   0.00 short-term, 10.00 long-term
    ");
    desk.ok(["buy", "NEW", "2", "400", "--date", "2020-07-01", "--id", ids[1]]);
    let back = "40000000-0000-4000-8000-000000000004";
    desk.ok(["return-capital", "NEW", "500", "--date", "2020-08-03", "--id", back]);
    insta::assert_snapshot!(desk.ok(["explain", "gain", back]), @"
    return of capital 40000000 of 500.00 USD on NEW on 2020-08-03

    portfolio main, 5 NEW for 1,070.00, fifo
      return of capital: what exceeds the cost of a lot is a gain
      on 1 other lot no more came back than it had cost: no gain

    lot 10000000, 10 OLD bought on 2015-03-02
      paid       300.00 + fee 0.00 = 300.00
      2020-06-01  exchange 1:3, carry-over, a fraction paid for with 40 (30000000) leaves 0 OLD in portfolio main, cost 0.00
      2020-06-01  exchange 1:3, carry-over, a fraction paid for with 40 (30000000) leaves 3 in portfolio main, cost 270.00
      returned   500.00 × 3 / 5 = 300.00
      gain       300.00 - 270.00 = 30.00
      held       1981 days, long-term

    in all
      gain       30.00 - 0.00 = 30.00
      of which   0.00 short-term, 30.00 long-term
    ");
}

#[test]
fn it_is_explained_in_another_currency() {
    let desk = desk("boot");
    for (day, rate) in [("2015-03-02", "0.9"), ("2016-03-02", "0.85"), ("2018-03-02", "0.8"), ("2020-06-01", "0.75")] {
        desk.ok(["update-rate", "USD", "EUR", rate, "--date", day]);
    }
    let told = desk.json(["explain", "gain", "merger", "--in", "EUR"]);
    let gains = desk.json(["gains", "--by", "lot", "--symbol", "OLD", "--from", "2020", "--in", "EUR"]);
    let figures = ["proceeds", "cost_basis", "gain", "price_gain", "currency_gain"];
    let listed: BTreeSet<String> = list(&gains).iter().map(|row| pick(row, &figures)).collect();
    let lots: BTreeSet<String> = list(&told["lots"]).iter().map(|lot| pick(&lot["in_currency"], &figures)).collect();
    assert_eq!(lots, listed);
    let sum: Decimal = list(&gains).iter().map(|row| number(row, "gain")).sum();
    assert_eq!(number(&told["in_currency"], "gain"), sum);
    assert!(desk.ok(["explain", "gain", "merger", "--in", "EUR"]).contains("\nrates to EUR\n"));
}

#[test]
fn what_realized_nothing_says_why_and_where_to_look() {
    let desk = desk("boot");
    ok(&desk, "exchange NEW NEXT 2:7 --date 2021-06-01 --id plain");
    ok(&desk, "spin-off NEXT OLD 1:9 --cost-share 5 --date 2021-06-02 --id spun");
    ok(&desk, "return-capital NEXT 1 --date 2021-06-03 --id little -p main");
    let refused = |words: &[&str]| {
        let error = desk.error(3, words);
        assert_eq!(error["code"], "not_a_sale");
        let text = |member: &str| error[member].as_str().unwrap().to_owned();
        (text("message"), text("hint"))
    };
    for (id, why, symbol) in [
        ("plain", "the exchange of NEW on 2021-06-01, realizes no gain: the cost goes over", "NEXT"),
        ("spun", "the spin-off of NEXT on 2021-06-02, realizes no gain: a part of the cost goes over", "OLD"),
        (
            "little",
            "the return of capital of NEXT on 2021-06-03, realizes no gain: it is not more than the cost",
            "NEXT",
        ),
    ] {
        let (message, hint) = refused(&["explain", "gain", id]);
        assert!(message.ends_with(why), "{message}");
        assert_eq!(hint, format!("`stockbook explain holding {symbol}` shows what it did to the lots"));
    }
    let (message, hint) = refused(&["explain", "gain", "merger", "-p", "empty"]);
    assert!(message.ends_with("the exchange of OLD on 2020-06-01, realizes no gain in portfolio empty"), "{message}");
    assert_eq!(hint, "it realizes one in the portfolios ira, main, pool: choose one with --portfolio");
    for id in ["little", "spun", "plain", "merger"] {
        desk.ok(["void", id]);
        assert!(refused(&["explain", "gain", id]).0.ends_with("is voided: it realizes no gain"));
    }
}
