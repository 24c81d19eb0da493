//! The page that `report --html` writes, as a browser shows it: Chromium opens it at the width of a phone and
//! of a desktop, light and dark, and its result is examined.
//!
//! If Chromium is not installed, the tests say so and test nothing; with `STOCKBOOK_TEST_ALL=1` it must be
//! installed.

#[cfg(test)]
#[path = "../testkit/testkit.rs"]
mod testkit;

#[cfg(test)]
use testkit::harness;
#[cfg(test)]
mod pages {
    use std::env;
    use std::process::Command;

    use serde_json::Value;

    use crate::harness::{Desk, Run};

    /// The names under which Chromium is installed.
    const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];
    const PROBE: &str = include_str!("probe.html");

    /// The browser, if it is installed.
    fn browser() -> Option<&'static str> {
        let is_there =
            |name: &&&str| Command::new(**name).arg("--version").output().is_ok_and(|run| run.status.success());
        let found = NAMES.iter().find(is_there).copied();
        if found.is_none() {
            assert!(env::var_os("STOCKBOOK_TEST_ALL").is_none(), "chromium is not installed");
            eprintln!("left out: chromium is not installed");
        }
        found
    }

    /// A book with everything that a page shows, some of it with names that try to be markup or script.
    fn book() -> Desk {
        let desk = Desk::new();
        desk.ok([
            "add-stock",
            "ACME",
            "</script><img src=x onerror=\"document.title='owned'\"> & Söhne",
            "--sector",
            "<svg onload=alert(1)>",
        ]);
        desk.ok([
            "add-stock",
            "BOLT",
            "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
            "--currency",
            "EUR",
        ]);
        desk.ok(["add-stock", "COAL", "שלום Coal"]);
        desk.ok(["add-portfolio", "</td></table><h1>owned"]);
        desk.ok(["buy", "ACME", "100", "1000", "--date", "2020-01-02"]);
        desk.ok(["sell", "ACME", "10", "1500", "--date", "2022-03-01"]);
        desk.ok(["sell", "ACME", "10", "900", "--date", "2023-03-01"]);
        desk.ok(["-p", "</td></table><h1>owned", "buy", "BOLT", "1234.5678", "50", "--date", "2021-06-01"]);
        desk.ok(["buy", "COAL", "1", "1", "--date", "2023-01-02"]);
        for (date, price) in
            [("2020-01-02", "1000"), ("2020-12-30", "1300"), ("2021-12-30", "700"), ("2022-12-30", "1200")]
        {
            desk.ok(["update-price", "ACME", price, "--date", date]);
            desk.ok(["update-price", "BOLT", "60", "--date", date]);
        }
        desk.ok(["dividend", "ACME", "250.50", "--withholding", "37.50", "--date", "2022-08-15"]);
        desk
    }

    /// What the browser finds on the page, in a frame of this width.
    fn seen(desk: &Desk, browser: &str, width: usize, scheme: &str) -> Value {
        let page = desk.ok(["report", "--html", "-", "--to", "2022-12-31"]);
        // As the text of a script, in which no tag can end the script.
        let page = serde_json::to_string(&page).unwrap().replace('<', "\\u003c");
        let probe = desk.file("probe.html", PROBE.replace("WIDTH", &width.to_string()).replace("PAGE", &page));
        let mut command = desk.program(browser);
        command
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom", "--virtual-time-budget=10000"])
            .arg(format!("--user-data-dir={}", desk.path("profile").display()))
            .arg(format!("--blink-settings=preferredColorScheme={scheme}"))
            .arg(format!("file://{}", probe.display()));
        let run = Run::of(command).exits(0);
        let dom = run.out();
        let found = dom.split("<pre>").nth(1).and_then(|rest| rest.split("</pre>").next());
        let found = found.unwrap_or_else(|| panic!("the page was not looked at\n{run}"));
        serde_json::from_str(&found.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")).unwrap()
    }

    #[test]
    fn a_browser_shows_the_page_on_a_phone_and_a_desk_light_and_dark() {
        let Some(browser) = browser() else { return };
        let desk = book();
        for (width, scheme, dark) in [(390, "1", false), (1280, "0", true)] {
            let seen = seen(&desk, browser, width, scheme);
            assert_eq!(seen["dark"], dark, "{seen}");
            assert_eq!(seen["title"], "StockBook report, 2022-12-31");
            // Names stayed names: the only heading is the page's own, and nothing else was made of them.
            assert_eq!((&seen["headings"], &seen["strangers"]), (&1.into(), &0.into()), "{seen}");
            assert_eq!(seen["overflow"], 0, "wider than the screen: {seen}");
            assert!(seen["tables"].as_u64().unwrap() >= 8 && seen["captions"] == seen["tables"], "{seen}");
            assert!(seen["charts"].as_u64().unwrap() >= 2 && seen["titled"] == seen["charts"], "{seen}");
            assert_eq!(seen["pale"], Value::Array(vec![]), "too little contrast: {seen}");
            assert!(seen["names"].as_str().unwrap().contains("</td></table><h1>owned"), "{seen}");
        }
    }
}
