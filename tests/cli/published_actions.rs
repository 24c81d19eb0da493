//! Examples of spin-offs, mergers and rights published by companies and tax authorities, entered as commands.
//! Prices or days that a source leaves open are invented, and the figures are computed beside them.

use crate::harness::{Desk, pick};

fn book(symbols: &str, commands: &[&str]) -> Desk {
    let desk = Desk::new();
    for symbol in symbols.split(' ') {
        desk.ok(["add-stock", symbol, symbol]);
    }
    for command in commands {
        desk.ok(command.split(' '));
    }
    desk
}

fn rows(desk: &Desk, command: &str, members: &[&str]) -> Vec<String> {
    let rows = desk.json(command.split(' '));
    rows.as_array().unwrap().iter().map(|row| pick(row, members)).collect()
}

fn held(desk: &Desk) -> Vec<String> {
    rows(desk, "holdings", &["symbol", "quantity", "cost_basis"])
}

const GAINS: [&str; 6] = ["acquired_on", "quantity", "proceeds", "cost_basis", "gain", "term"];

fn gains(desk: &Desk) -> Vec<String> {
    desk.run(["check"]).exits(0);
    rows(desk, "gains --by lot", &GAINS)
}

/// IRS Publication 550, chapter 4, "Fractional shares": one share for 100, a stock dividend of 5 %, 10 for the fraction.
#[test]
fn a_stock_dividend_whose_fraction_is_paid_out() {
    let desk =
        book("X", &["buy X 1 100 --date 2013-01-03", "split X 21:20 --round down --cash-in-lieu 10 --date 2021-06-30"]);
    // Published: 10 - 4.76 = 5.24, long-term, and 95.24 for the share. 100 × 0.05 ÷ 1.05 is 4.7619047619.
    assert_eq!(gains(&desk), ["2013-01-03 0.05 10 4.7619047619 5.2380952381 long"]);
    assert_eq!(held(&desk), ["X 1 95.2380952381"]);
}

/// IRS Publication 550, chapter 4, "Basis of stock rights": a hundred shares for 22 that are worth 30 give ten rights
/// worth 3, for as many shares at 26.
#[test]
fn rights_that_are_sold_or_exercised() {
    let given = ["buy ABC 100 22 --date 2019-03-01", "spin-off ABC ABC.RT 1:10 --values 3:30 --date 2020-05-01"];
    let desk = book("ABC ABC.RT", &given);
    // Published: 2178.22 and 21.78. 2200 × 30 ÷ 3030.
    assert_eq!(held(&desk), ["ABC 100 2178.2178217822", "ABC.RT 10 21.7821782178"]);
    desk.ok("exchange ABC.RT ABC 1:1 --pay 26 --date 2020-06-01".split(' '));
    // Published: 28.18 a share.
    let lots = desk.json(["explain", "holding", "ABC"])["holdings"][0]["lots"].clone();
    assert_eq!(pick(&lots[1], &["acquired_on", "quantity", "cost_per_share"]), "2020-06-01 10 28.1782178218");
    desk.ok(["undo"]);
    desk.ok("sell ABC.RT 10 3 --date 2020-06-01".split(' '));
    // Published: 2.18 a right. Held since the shares were bought.
    assert_eq!(gains(&desk), ["2019-03-01 10 30 21.7821782178 8.2178217822 long"]);
}

/// Allergan, 8 May 2020: 0.8660 shares of ABBV and 120.30 for each. One of these at 84.22.
#[test]
fn cash_and_shares_realize_a_gain_up_to_the_cash_and_no_loss() {
    let desk = book(
        "AGN ABBV",
        &[
            "buy AGN 100 230 --date 2017-05-01",
            "buy AGN 100 150 --date 2019-05-02",
            "exchange AGN ABBV 0.866:1 --cash 120.30 --value 84.22 --rule boot --date 2020-05-08",
        ],
    );
    // 12030 + 86.6 × 84.22 = 19323.452: 3676.548 less than 23000, and 4323.452 more than 15000.
    let realized = ["2017-05-01 0 12030 12030 0 long", "2019-05-02 0 12030 7706.548 4323.452 long"];
    assert_eq!(gains(&desk), realized);
    // 23000 - 12030, and 15000 - 12030 + 4323.452.
    assert_eq!(held(&desk), ["ABBV 173.2 18263.452"]);
    assert_eq!(rows(&desk, "transactions --type exchange", &["total_amount"]), ["24060"]);
}

/// Du Pont de Nemours: 1.2820 shares of DWDP for each in 2017; of them a third of a share of Dow in April 2019, and in June a
/// third of one of Corteva, before three became one.
#[test]
fn three_ways_of_dowdupont() {
    let desk = book(
        "OLDDD DWDP DOW CTVA",
        &[
            "buy OLDDD 100 60 --date 2014-03-03",
            "exchange OLDDD DWDP 1.282:1 --date 2017-09-01",
            "spin-off DWDP DOW 1:3 --cost-share 33.3 --date 2019-04-02",
            "spin-off DWDP CTVA 1:3 --values 25.79:25.77 --date 2019-06-01",
            "split DWDP 1:3 --date 2019-06-03",
            "edit-stock DWDP --symbol DD",
            "sell DD 10 80 --date 2019-07-01",
        ],
    );
    // 33.3 % of 6000; of the rest 25.79 ÷ (25.79 + 3 × 25.77).
    let left = ["CTVA 42.7333333333 1001.0822502425", "DD 32.7333333333 2298.6749066005", "DOW 42.7333333333 1998"];
    assert_eq!(held(&desk), left);
    // Ten of 42.733… shares, which had cost 3000.9177497575.
    assert_eq!(gains(&desk), ["2014-03-03 10 800 702.242843157 97.757156843 long"]);
}

/// National Grid, May 2024: seven new shares for 24 at 645 pence. A nil-paid right at 1.90, a share without it at 8.35.
#[test]
fn rights_of_which_some_are_sold_some_exercised_and_the_rest_lapse() {
    let desk = book(
        "NG NG.RT",
        &[
            "buy NG 1200 9.5 --fee 12 --date 2019-02-01",
            "spin-off NG NG.RT 7:24 --values 1.90:8.35 --date 2024-05-24",
            "add-portfolio lapsing",
            "sell NG.RT 100 1.75 --date 2024-05-28",
            "transfer NG.RT 50 --to lapsing --date 2024-06-03",
            "exchange NG.RT NG 1:1 --pay 6.45 --date 2024-06-10 -p main",
            "write-off NG.RT --date 2024-06-12 -p lapsing",
        ],
    );
    // 11412 × 1.90 × 7 ÷ (1.90 × 7 + 8.35 × 24) = 710.2461394478 for 350 rights.
    let gone = [
        "2019-02-01 100 175 202.9274684137 -27.9274684137 long",
        "2019-02-01 50 0 101.4637342068 -101.4637342068 long",
    ];
    assert_eq!(gains(&desk), gone);
    // 11412 - 710.2461394478 + 405.8549368273 + 200 × 6.45.
    assert_eq!(held(&desk), ["NG 1400 12397.6087973795"]);
    assert_eq!(rows(&desk, "transactions --type exchange", &["total_amount"]), ["-1290"]);
}

/// General Electric: one for eight in 2021, a third of a share of GEHC in 2023, a quarter of one of GEV
/// in 2024.
#[test]
fn what_comes_late_goes_through_all_that_came_after_it() {
    let conversions = [
        "split GE 1:8 --date 2021-08-02",
        "spin-off GE GEHC 1:3 --values 60.49:65.48 --date 2023-01-04",
        "spin-off GE GEV 1:4 --values 131.75:136.75 --date 2024-04-02",
    ];
    let bought = ["buy GE 800 10 --date 2018-05-01", "buy GE 100 6 --date 2020-05-01"];
    let (first, late) = (book("GE GEHC GEV", &bought), book("GE GEHC GEV", &bought[..1]));
    for command in conversions {
        first.ok(command.split(' '));
        late.ok(command.split(' '));
    }
    late.ok(bought[1].split(' '));
    // Of 8600 to GEHC 60.49 ÷ (60.49 + 3 × 65.48), to GEV of the rest 131.75 ÷ (131.75 + 4 × 136.75).
    let expected = ["GE 112.5 5298.9649092891", "GEHC 37.5 2024.7304713346", "GEV 28.125 1276.3046193763"];
    assert_eq!((held(&first), held(&late)), (expected.map(str::to_owned).to_vec(), held(&first)));
    late.run(["check"]).exits(0);
}
