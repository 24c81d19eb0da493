//! Corporate actions in reports in one currency.

use super::{at_two_rates, rows};
use crate::harness::Desk;

/// The cost in euros of what was sold and of what is left.
fn sold_and_held(desk: &Desk, portfolio: &str) -> Vec<String> {
    let gains = ["symbol", "proceeds", "cost_basis", "gain", "price_gain", "currency_gain"];
    let mut said = rows(desk, &format!("-p {portfolio} gains --in EUR --by lot"), &gains);
    let held = ["symbol", "cost_basis"];
    said.extend(rows(desk, &format!("-p {portfolio} holdings --in EUR --as-of 2024-02-01"), &held));
    let now = rows(desk, &format!("-p {portfolio} holdings --in EUR --max-rate-age 9999"), &held);
    assert!(said.ends_with(&now), "{now:?}");
    said
}

#[test]
fn what_companies_do_to_costs_they_do_in_both_currencies_under_every_method() {
    for method in ["fifo", "lifo", "hifo", "average"] {
        let desk = at_two_rates(method);
        desk.all_ok(&[
            "-p it buy ACME 10 100 --date 2024-01-02",
            "-p it return-capital ACME 100 --date 2024-02-01",
            "-p it adjust-cost ACME 300 --date 2024-02-01",
            "-p it sell ACME 5 130 --date 2024-02-01",
        ]);
        // 800 − 100 × 0.625 + 300 × 0.625 = 925 for 1,200 dollars. Half of it brought 650 × 0.625; the cost of 600
        // dollars is 375 at the end.
        let half = ["ACME 406.25 462.5 -56.25 31.25 -87.5", "ACME 462.5"];
        assert_eq!(sold_and_held(&desk, "it"), half, "{method}");

        let desk = at_two_rates(method);
        desk.all_ok(&[
            "-p it buy ACME 10 100 --date 2024-01-02",
            "spin-off ACME SPUN 1:4 --cost-share 20 --date 2024-01-09 --round down --cash-in-lieu 30",
            "-p it sell SPUN 1 90 --date 2024-02-01",
            "-p it transfer ACME 5 --to main --date 2024-02-01",
        ]);
        // Two and a half new shares for 200 dollars, 160 euros. The half is sold for 30 × 0.8 and cost 32; one for
        // 90 × 0.625 cost 64, of 80 dollars, which are 50 then. Of the old shares 640 are left, half of them elsewhere.
        let spun = ["SPUN 24 32 -8 -8 0", "SPUN 56.25 64 -7.75 6.25 -14", "ACME 320", "SPUN 64"];
        assert_eq!(sold_and_held(&desk, "it"), spun, "{method}");
        assert_eq!(
            rows(&desk, "-p main holdings --in EUR --as-of 2024-02-01", &["symbol", "cost_basis"]),
            ["ACME 320"]
        );
    }
}

#[test]
fn an_exchange_for_shares_and_cash_takes_its_part_of_the_cost_in_both_currencies() {
    for (method, rule, lines) in [
        // Cash of 250 and shares of 250 for 1,000: half of the cost goes.
        ("fifo", "part", ["ACME 200 400 -200 -200 0", "SPUN 400"]),
        ("average", "part", ["ACME 200 400 -200 -200 0", "SPUN 400"]),
        // A loss is not realized: the cash takes its own amount of cost.
        ("fifo", "boot", ["ACME 200 200 0 0 0", "SPUN 600"]),
        ("average", "boot", ["ACME 200 200 0 0 0", "SPUN 600"]),
        // Everything is sold, and bought again for 250 × 0.8.
        ("fifo", "taxable", ["ACME 400 800 -400 -400 0", "SPUN 200"]),
        ("average", "taxable", ["ACME 400 800 -400 -400 0", "SPUN 200"]),
    ] {
        let desk = at_two_rates(method);
        desk.all_ok(&[
            "-p it buy ACME 10 100 --date 2024-01-02",
            &format!("exchange ACME SPUN 1:2 --cash 25 --value 50 --rule {rule} --date 2024-01-09"),
        ]);
        assert_eq!(sold_and_held(&desk, "it"), lines, "{method} {rule}");
    }
}

#[test]
fn what_is_left_of_a_cost_in_the_currency_of_the_report_alone_goes_with_the_shares() {
    for (exchange, lines) in [
        // Everything is realized. The new shares are worth 250 × 0.625, which is their cost.
        ("1:2 --value 50 --rule taxable", ["ACME 156.25 300 -143.75 156.25 -300", "SPUN 156.25"].as_slice()),
        // Half a share of two and a half is sold for 30 × 0.625, or half a share of half a one.
        ("1:4 --round down --cash-in-lieu 30", &["SPUN 18.75 60 -41.25 18.75 -60", "SPUN 240"]),
        ("1:20 --round down --cash-in-lieu 30", &["SPUN 18.75 300 -281.25 18.75 -300"]),
    ] {
        for method in ["fifo", "average"] {
            let desk = at_two_rates(method);
            desk.all_ok(&[
                "update-rate USD EUR 0.5 --date 2024-01-20",
                "-p it buy ACME 10 100 --date 2024-01-02",
                "-p it return-capital ACME 1000 --date 2024-01-20",
                &format!("exchange ACME SPUN {exchange} --date 2024-02-01"),
            ]);
            // Of 1,000 dollars nothing is left, of 800 euros 300.
            assert_eq!(sold_and_held(&desk, "it"), lines, "{method} {exchange}");
        }
    }
}
