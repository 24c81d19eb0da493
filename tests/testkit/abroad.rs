//! A book in several currencies.

use super::harness::Desk;

/// Records fees, dividends and settlements in currencies other than the stocks', and corporate actions, with
/// rates of four days.
pub(crate) fn abroad() -> Desk {
    let rates = "date,base,quote,rate\n2024-01-02,EUR,USD,1.0956\n2024-01-02,EUR,CHF,0.9316\n\
                 2024-03-15,EUR,USD,1.0892\n2024-03-15,EUR,CHF,0.9617\n2024-06-28,EUR,USD,1.0705\n\
                 2024-06-28,EUR,CHF,0.9634\n2024-12-31,EUR,USD,1.0389\n2024-12-31,EUR,CHF,0.9412\n";
    let desk = Desk::new();
    desk.fed(rates, ["import", "-"]).exits(0);
    desk.ok(["add-portfolio", "pool", "--cost-basis", "average"]);
    for line in ["AAPL Apple", "SPUN Spun", "NESN Nestle --currency CHF"] {
        desk.ok([&["add-stock"], line.split(' ').collect::<Vec<_>>().as_slice()].concat());
    }
    for line in [
        "buy AAPL 10 185.5 --date 2024-01-02 --fee 1EUR --settled 1695.20EUR",
        "buy AAPL 5 172 --date 2024-03-15 --fee 2CHF",
        "-p pool buy NESN 20 102.5 --date 2024-01-02 --fee 4.90EUR",
        "-p pool buy NESN 10 98 --date 2024-03-15 --settled 1026EUR",
        "-p pool dividend NESN 60 --date 2024-03-15 --currency EUR --withholding 21",
        "dividend AAPL 3.75 --date 2024-06-28 --settled 3.02EUR --withholding 0.52",
        "spin-off AAPL SPUN 1:4 --cost-share 20 --date 2024-03-15 --round down --cash-in-lieu 30",
        "return-capital AAPL 10 --date 2024-06-28",
        "-p pool adjust-cost NESN 12.34 --date 2024-06-28",
        "-p pool sell NESN 12 95 --date 2024-06-28 --fee 4.90EUR --settled 1170EUR",
        "sell AAPL 8 210 --date 2024-06-28 --fee 1",
        "transfer AAPL 2 --to pool --date 2024-06-28",
        "-p pool sell AAPL 1 250 --date 2024-12-31 --fee 1EUR",
    ] {
        desk.ok(line.split(' '));
    }
    desk
}
