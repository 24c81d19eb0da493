//! Reports of some portfolios are as if the book had no others.

use crate::harness::{Desk, column, pick};

/// A book with purchases, sales, dividends, a split, an exchange and a transfer in two portfolios, one of
/// them with average cost.
fn two(desk: &Desk) {
    desk.all_ok(&[
        "add-portfolio ira --cost-basis average",
        "add-stock NEWCO Newco",
        "update-rate EUR USD 1.10 --date 2022-12-29",
        "buy ACME 10 100 --date 2023-01-03 --id 00000000-0000-4000-8000-000000000001",
        "buy ACME 6 120 --date 2023-01-04 -p ira --id 00000000-0000-4000-8000-000000000002",
        "buy ACME 4 90 --date 2023-02-01 -p ira --id 00000000-0000-4000-8000-000000000003",
        "buy BOLT 5 20 --date 2023-01-05 --id 00000000-0000-4000-8000-000000000004",
        "split ACME 2:1 --date 2023-03-01 --id 00000000-0000-4000-8000-000000000005",
        "sell ACME 4 70 --date 2023-04-03 --id 00000000-0000-4000-8000-000000000006",
        "sell ACME 3 72 --date 2024-02-05 -p ira --id 00000000-0000-4000-8000-000000000007",
        "transfer ACME 2 --to ira --date 2024-02-06 --id 00000000-0000-4000-8000-000000000008",
        "dividend ACME 12 --date 2024-03-01 --id 00000000-0000-4000-8000-000000000009",
        "dividend ACME 7 --date 2024-03-01 -p ira --id 00000000-0000-4000-8000-00000000000a",
        "spin-off ACME NEWCO 1:4 --cost-share 10 --date 2024-04-01 --id 00000000-0000-4000-8000-00000000000b",
        "update-price ACME 80 --date 2024-05-02",
        "update-price BOLT 25 --date 2024-05-02",
        "update-price NEWCO 30 --date 2024-04-01",
        "update-rate EUR USD 1.20 --date 2024-05-02",
    ]);
}

/// The same book with one more portfolio, which has the days and stocks of the others.
fn three(desk: &Desk) {
    desk.all_ok(&[
        "add-portfolio pension --cost-basis lifo",
        "buy ACME 7 95 --date 2022-12-30 -p pension",
        "buy BOLT 3 18 --date 2023-01-05 -p pension",
        "sell ACME 2 99 --date 2023-02-01 -p pension",
        "dividend ACME 5 --date 2023-06-01 -p pension",
    ]);
    two(desk);
}

/// The events and thus the order of recording differ; the content of the rows does not.
const REPORTS: &[&str] = &[
    "",
    "holdings",
    "holdings --by symbol --totals",
    "holdings --as-of 2023-12-31",
    "holdings --in EUR --max-rate-age 999",
    "transactions",
    "transactions --tail 3",
    "transactions --symbol ACME --type split",
    "gains",
    "gains --by lot",
    "gains --by symbol",
    "gains --by year --totals",
    "gains --by symbol --from 2023-02-01 --to 2024-03-31",
    "gains --by year --in EUR --max-rate-age 999",
    "returns",
    "returns --by portfolio",
    "returns --by total --flows",
    "returns --by symbol --from 2023-02-01 --versus NEWCO",
    "dividends",
    "dividends --by symbol",
    "dividends --by year",
    "allocation",
    "allocation --by portfolio",
    "performance --by quarter",
    "chart --by month",
    "explain holding ACME",
];

#[test]
fn every_report_shows_several_portfolios_as_if_there_were_no_others() {
    let (alone, among) = (Desk::with_stocks(), Desk::with_stocks());
    two(&alone);
    three(&among);
    for report in REPORTS {
        let words = |line: &str| line.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        let expected = alone.json(words(report));
        assert_eq!(among.json(words(&format!("-p main -p ira {report}"))), expected, "{report}");
        assert_ne!(among.json(words(report)), expected, "{report}: the third portfolio changes nothing");
        let error = among.error(3, words(&format!("-p main -p nope {report}")));
        assert_eq!(
            (&error["code"], &error["message"]),
            (&"unknown_portfolio".into(), &"unknown portfolio nope".into())
        );
    }
    let page = |desk: &Desk, words: &str| {
        let page = desk.ok(words.split(' '));
        let (_, page) = page.split_once("<main").unwrap();
        // The head of the log belongs to the whole book.
        page.split_once("id=\"audit\"").unwrap().0.to_owned()
    };
    assert_eq!(page(&among, "report --html - -p main -p ira"), page(&alone, "report --html -"));
    let whole = among.ok(["report", "--html", "-", "-p", "main", "-p", "ira"]);
    assert!(whole.contains(r#"<p>Portfolios <bdi class="name">main</bdi>, <bdi class="name">ira</bdi>, from"#));
}

#[test]
fn totals_of_several_portfolios_are_sums_of_theirs() {
    let desk = Desk::with_stocks();
    three(&desk);
    // 2 of 7 at 95 for 198 (lifo), and of main 4 of 20 at 50 for 280: 8 + 80
    let gains = desk.json(["gains", "--by", "year", "--period", "2023", "-p", "pension", "-p", "main"]);
    assert_eq!(pick(&gains[0], &["portfolio", "year", "gain"]), "null 2023 88");
    assert_eq!(column(&desk.json(["gains", "--by", "year", "-p", "main"]), "portfolio"), ["main"]);
    // Shares transferred from a chosen portfolio to another count as withdrawn, at their value: 2 at 72, the
    // last price paid.
    let withdrawn = |portfolios: [&str; 2]| {
        let [one, other] = portfolios;
        let returns = desk.json(["returns", "--by", "total", "-p", one, "-p", other]);
        let dollars = returns.as_array().unwrap().iter().find(|row| row["currency"] == "USD").cloned();
        dollars.unwrap()["withdrawn"].as_str().unwrap().to_owned()
    };
    assert_eq!(withdrawn(["pension", "main"]), "622"); // 280 + 198 + 144
    assert_eq!(withdrawn(["ira", "main"]), "496"); // 280 + 216
}
