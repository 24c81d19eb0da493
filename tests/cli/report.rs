//! `report`: a page for a browser.

use std::fs;

use crate::harness::{Desk, column};

fn book() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "100", "--date", "2022-01-03"]);
    desk.ok(["update-price", "ACME", "100", "--date", "2022-01-03"]);
    desk.ok(["update-price", "ACME", "120", "--date", "2022-12-30"]);
    desk.ok(["dividend", "ACME", "60", "--date", "2023-02-01"]);
    desk.ok(["sell", "ACME", "4", "1400", "--date", "2023-06-30"]);
    desk.ok(["update-price", "ACME", "1350", "--date", "2023-12-29"]);
    desk.ok(["buy", "BOLT", "1", "50", "--date", "2023-05-02"]);
    desk
}

/// The page that is printed.
fn page(desk: &Desk, args: &[&str]) -> String {
    desk.ok(["report", "--html", "-"].iter().chain(args))
}

#[test]
fn a_page_needs_nothing_else_and_lets_nothing_in() {
    let desk = book();
    let page = page(&desk, &[]);
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">") && page.ends_with("</html>"));
    assert!(page.contains("Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline';"));
    for stranger in ["<script", "<img", "<link", "<iframe", "http:", "https:", "//", "url(", "@import", " src="] {
        assert!(!page.contains(stranger), "{stranger}");
    }
}

#[test]
fn the_figures_are_those_of_the_other_reports() {
    let desk = book();
    let page = page(&desk, &["--to", "2023-12-31"]);
    // 6 × 1,350, of 600; 4 × 1,400 − 400 were realized, and 60 received.
    for shown in ["8,100.00", "+7,500.00", "+1,250.00%", "+5,200.00", "60.00", "+12,760.00", "no price, so not counted"]
    {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    let quarters = desk.json(["performance", "--by", "quarter", "--to", "2023-12-31"]);
    for gain in column(&quarters, "period") {
        assert!(page.contains(&format!("<th scope=\"row\">{gain}</th>")), "{gain}");
    }
    let head = desk.ok(["audit", "head"]).trim().replace(' ', ":");
    assert!(page.contains(&format!("stockbook audit verify --head {head}")));
    // Later entries are not on a page of an earlier period.
    let earlier = self::page(&desk, &["--period", "2022"]);
    assert!(earlier.contains("from 2022-01-01 to 2022-12-31") && earlier.contains("1,200.00"), "{earlier}");
    assert!(!earlier.contains("8,100.00") && !earlier.contains("BOLT"), "{earlier}");
    assert!(self::page(&desk, &["-p", "main"]).contains("Portfolio <bdi class=\"name\">main</bdi>"));
    assert_eq!(desk.error(3, ["-p", "nope", "report", "--html", "-"])["code"], "unknown_portfolio");
}

#[test]
fn no_name_can_leave_its_place() {
    let desk = Desk::new();
    let hostile = "</title></style></script><b onmouseover='x()'>\"&amp;";
    desk.ok(["add-portfolio", hostile]);
    desk.ok(["add-stock", "AB", hostile, "--sector", hostile, "--industry", hostile]);
    desk.ok(["-p", hostile, "buy", "AB", "1", "10", "--date", "2022-01-03"]);
    desk.ok(["buy", "AB", "1", "10", "--date", "2022-01-03"]);
    desk.ok(["update-price", "AB", "10", "--date", "2022-01-03"]);
    let page = page(&desk, &["-p", hostile]);
    assert!(!page.contains("<b ") && !page.contains("onmouseover='x()'>\""), "{page}");
    let escaped = "&lt;/title&gt;&lt;/style&gt;&lt;/script&gt;&lt;b onmouseover='x()'&gt;&quot;&amp;amp;";
    // As the portfolio, the company and the sector.
    assert!(page.matches(escaped).count() >= 3, "{page}");
    assert_eq!((page.matches("</title>").count(), page.matches("</style>").count()), (2, 1), "{page}");
}

#[test]
fn a_page_is_written_whole_or_not_at_all() {
    let desk = book();
    let file = desk.path("report.html");
    let _tidy = desk.tidy();
    insta::assert_snapshot!(desk.ok(["report", "--html", "report.html", "-n"]), @"
    dry run, nothing is recorded
    would write [folder]/report.html
    ");
    assert!(!file.exists());
    insta::assert_snapshot!(desk.ok(["report", "--html", "report.html"]), @"wrote [folder]/report.html");
    assert_eq!(fs::read_to_string(&file).unwrap(), page(&desk, &[]));
    fs::write(&file, "mine").unwrap();
    assert_eq!(desk.error(1, ["report", "--html", "report.html"])["code"], "file_exists");
    assert_eq!(desk.error(1, ["report", "--html", "book.db", "--force"])["code"], "output_onto_book");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    desk.ok(["report", "--html", "report.html", "--force"]);
    assert_ne!(fs::read_to_string(&file).unwrap(), "mine");
    assert_eq!(desk.error(2, ["report"])["code"], "usage");
}

#[test]
fn an_empty_book_has_a_page_too() {
    let desk = Desk::with_stocks();
    let page = page(&desk, &[]);
    assert!(page.contains("Nothing was held.") && page.contains("Nothing was sold."), "{page}");
}

#[test]
fn what_is_not_known_of_a_stock_is_not_said_in_other_words() {
    let desk = Desk::new();
    desk.all_ok(&["add-stock ZED ZED", "buy ZED 1 2 --date 2024-03-05", "update-price ZED 3 --date 2024-03-05"]);
    let page = desk.ok(["report", "--html", "-"]);
    assert!(page.contains("By stock") && !page.contains("By sector") && !page.contains(r#"class="company""#), "{page}");
    desk.all_ok(&["edit-stock ZED --name Zed_AG --sector Tools"]);
    let page = desk.ok(["report", "--html", "-"]);
    assert!(page.contains("By sector") && page.contains(r#"class="company""#), "{page}");
}

#[test]
fn many_rows_in_several_currencies_are_tables_that_compare() {
    let desk = book();
    desk.ok(["add-portfolio", "A retirement portfolio with a long name"]);
    desk.ok(["-p", "A retirement portfolio with a long name", "buy", "ACME", "1", "1350", "--date", "2023-12-28"]);
    let few = page(&desk, &["--to", "2023-12-31"]);
    // The portfolio is part of the row's heading, which stays visible.
    assert!(few.contains("in <bdi class=\"name\">A retirement portfolio with a long name</bdi>"), "{few}");
    assert!(few.contains(">What was held on the last day</caption>") && few.contains(">Currency</th>"), "{few}");
    for number in 0..6 {
        let symbol = format!("S{number}");
        desk.ok(["add-stock", &symbol, "Some Stock", "--currency", ["EUR", "USD"][number % 2]]);
        desk.ok(["buy", &symbol, "1", "50", "--date", "2023-05-02"]);
    }
    let many = page(&desk, &["--to", "2023-12-31"]);
    for currency in ["EUR", "USD"] {
        assert!(many.contains(&format!(">What was held on the last day, in {currency}</caption>")), "{many}");
    }
}
