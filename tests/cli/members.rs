//! The manual lists every member of every JSON output and of every event, and no others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;
use stockbook::domain::EventType;

use crate::harness::{Desk, repository};

/// Members, by the heading under which a page lists them.
type Members = BTreeMap<String, BTreeSet<String>>;

/// The members of every command that records something.
const RECORDED: [&str; 4] = ["rematched", "recorded", "dry_run", "events"];

/// The members that a page lists, including those of shared parts that it refers to.
fn listed(page: &str) -> Members {
    let text = fs::read_to_string(repository("man").join(page)).unwrap();
    let mut members = Members::new();
    let mut parts: Vec<(String, String, String)> = Vec::new();
    for section in text.split("\n### ").skip(1) {
        let section = section.split("\n## ").next().unwrap();
        let heading = section.lines().next().unwrap();
        let of_section = members.entry(heading.to_owned()).or_default();
        if section.contains("the members of *Recorded*") {
            of_section.extend(RECORDED.map(str::to_owned));
        }
        for row in section.lines().filter_map(|line| line.strip_prefix("| `")) {
            let (member, meaning) = row.split_once("` | ").unwrap();
            assert!(of_section.insert(member.to_owned()), "{heading}: {member} is listed twice");
            for (shown, part, list) in [
                ("a *Position*", "Position", "."),
                ("a *Disposal*", "Disposal", "[]."),
                ("a *Problem*", "Problem", "[]."),
            ] {
                if meaning.contains(shown) {
                    parts.push((heading.to_owned(), format!("{member}{list}"), part.to_owned()));
                }
            }
        }
    }
    for (heading, prefix, part) in parts {
        let shared: Vec<String> = members[&part].iter().map(|member| format!("{prefix}{member}")).collect();
        members.get_mut(&heading).unwrap().extend(shared);
    }
    let mut repeated = Vec::new();
    for section in text.split("\n### ").skip(1) {
        let heading = section.lines().next().unwrap();
        for row in section.lines().filter(|line| line.contains("each with the members above")) {
            let member = row.strip_prefix("| `").unwrap().split_once("` | ").unwrap().0;
            let above = members[heading].iter().filter(|name| *name != member && !RECORDED.contains(&name.as_str()));
            repeated.push((heading, above.map(|name| format!("{member}[].{name}")).collect::<Vec<_>>()));
        }
    }
    for (heading, above) in repeated {
        members.get_mut(heading).unwrap().extend(above);
    }
    members
}

/// Adds the paths of a value's members, as the manual writes them.
fn collect(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                let name = if matches!(path, "not_recorded" | "kinds") { "KIND" } else { name };
                let path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
                // The members of events are in a page of their own.
                if path != "events" {
                    collect(value, &path, found);
                }
                found.insert(path);
            }
        }
        Value::Array(values) if path.is_empty() => values.iter().for_each(|value| collect(value, path, found)),
        Value::Array(values) => values.iter().for_each(|value| collect(value, &format!("{path}[]"), found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// The output of commands.
struct Answers {
    desk: Desk,
    found: Members,
}

impl Answers {
    /// Runs a command line and adds the members of its output under a heading.
    fn of(&mut self, heading: &str, line: &str) {
        let run = self.desk.run(line.split(' ').chain(["-O", "json"]).map(|word| word.replace('_', " ")));
        let text = if run.stdout.is_empty() { &run.stderr } else { &run.stdout };
        let answer = serde_json::from_slice(text).unwrap_or_else(|error| panic!("{line}: {error}\n{run}"));
        let mut members = BTreeSet::new();
        collect(&answer, "", &mut members);
        assert_eq!(heading == "error", members.contains("error"), "{line}\n{run}");
        // Hardly any command changes earlier gains, so their members are documented once.
        let rematched = members.split_off("rematched[]");
        let (rematched, rest) = rematched.into_iter().partition(|member| member.starts_with("rematched[]."));
        members.extend::<BTreeSet<String>>(rest);
        self.found.entry("Recorded".to_owned()).or_default().extend::<BTreeSet<String>>(rematched);
        self.found.entry(heading.to_owned()).or_default().extend(members);
    }

    fn all(&mut self, lines: &[(&str, &str)]) {
        for (heading, line) in lines {
            self.of(heading, line);
        }
    }
}

/// A desk on which every command has run and every event has occurred.
fn everything() -> Answers {
    let desk = Desk::new();
    desk.file("old.csv", "date,action,symbol,quantity,price\n2024-02-05,buy,WIDG,4,9\n2024-02-06,buy,WIDG,1,9\n");
    desk.file("more.csv", "date,action,symbol,quantity,price\n2024-02-05,buy,WIDG,4,9\n2024-02-07,buy,WIDG,2,9\n");
    desk.file("like.csv", "date,action,symbol,quantity,price,fee\n2024-02-05,buy,WIDG,4,9,1\n");
    desk.file("bad.csv", "date,action,symbol,quantity,price\n2024-02-05,buy,WIDG,x,9\n");
    desk.file("part.csv", "date,action,symbol,quantity,price,as_of\n2023-01-03,opening,HELD,4,9,2024-01-03\n");
    desk.file(
        "cash.toml",
        "name = \"cash\"\nfind = [\"On\", \"What\"]\n[columns]\ndate = \"On\"\n[[rule]]\nis = \"interest\"\n",
    );
    desk.file(
        "paid.csv",
        "date,action,symbol,amount,paid_amount,paid_currency,settlement_amount,settlement_currency\n\
         2024-02-08,dividend,WIDG,4,3,GBP,3.50,EUR\n",
    );
    desk.file("rates.csv", "date,base,quote,rate\n2024-01-02,EUR,USD,1.0956\n");
    desk.file("held.csv", "symbol,quantity,cost_basis\nHELD,8,36\n");
    desk.file("cash.csv", "On,What\n2024-01-03,interest\n");
    let mut answers = Answers { desk, found: Members::new() };
    answers.all(TYPED);
    answers.desk.ok(["follow", "watch", "--once", "--", "true"]);
    answers.of("handlers replay, handlers forget", "handlers forget watch");
    answers.all(IMPORTED);
    let old = answers.desk.json(["imports"])[0]["batch_id"].as_str().unwrap().to_owned();
    let log = answers.desk.path("book.db.audit.jsonl");
    let lines = fs::read_to_string(&log).unwrap();
    fs::write(&log, lines + "{}\n").unwrap();
    answers.all(DAMAGED);
    answers.of("undo", &format!("undo {old}"));
    answers
}

/// Headings of the manual, and command lines that print what they document; `_` is a blank inside a word.
const TYPED: &[(&str, &str)] = &[
    ("add-stock, edit-stock", "add-stock ACME Acme --sector Tools --industry Anvils --isin US0378331005"),
    ("add-stock, edit-stock", "edit-stock ACME --name Acme_Corporation"),
    ("add-portfolio, edit-portfolio", "add-portfolio pension"),
    ("undo", "undo"),
    ("add-portfolio, edit-portfolio", "add-portfolio pension"),
    ("add-portfolio, edit-portfolio", "edit-portfolio pension --name ira"),
    ("buy, sell, write-off", "buy ACME 10 100 --date 2023-01-10 --time 10:00 --id first"),
    ("undo", "undo"),
    ("buy, sell, write-off", "buy ACME 10 100 --date 2023-01-10 --time 10:00 --id first"),
    ("buy, sell, write-off", "buy ACME 11 120 --date 2024-02-01 --id second --fee 2_EUR --settled 1200_EUR"),
    ("buy, sell, write-off", "sell ACME 4 130 --date 2024-03-01 --id sale -n"),
    ("buy, sell, write-off", "sell ACME 4 130 --date 2024-03-01 --id picked --lot second"),
    ("buy, sell, write-off", "sell ACME 2 130 --date 2024-03-01 --id sale"),
    ("update-price", "update-price ACME 110 --date 2024-03-04"),
    ("update-price", "update-price ACME 112 --date 2024-03-05"),
    ("transfer", "transfer ACME 3 --to ira --date 2024-04-02 --time 12:00 --id move"),
    ("dividend", "dividend ACME 0.25 --per-share --date 2024-04-15 --ex-date 2024-04-10 --time 09:00 --id paid"),
    ("undo", "undo"),
    ("dividend", "dividend ACME 0.25 --per-share --date 2024-04-15 --ex-date 2024-04-10 --time 09:00 --id paid"),
    ("split", "split ACME 3:2 --date 2024-05-06 -p ira --id split"),
    ("undo", "undo"),
    ("split", "split ACME 3:2 --date 2024-05-06 --round down --cash-in-lieu 40 -p ira --id split"),
    ("amend", "amend paid --withholding 1"),
    ("amend", "amend first --price 105"),
    ("set-cost-basis", "set-cost-basis main hifo"),
    ("overview", "-q"),
    ("holdings", "holdings"),
    ("transactions", "transactions --all"),
    ("prices", "prices ACME"),
    ("stocks", "stocks"),
    ("portfolios", "portfolios"),
    ("gains", "gains"),
    ("gains", "gains --by year"),
    ("gains", "gains --in USD"),
    ("holdings", "holdings --in USD"),
    ("Disposal", "gains --by lot"),
    ("returns", "returns --flows"),
    ("performance", "performance"),
    ("chart", "chart"),
    ("export, report", "report --html page.html"),
    ("dividends", "dividends"),
    ("dividends", "dividends --by symbol"),
    ("allocation", "allocation --target ACME=40"),
    ("history", "history sale"),
    ("explain gain", "explain gain sale"),
    ("explain holding", "explain holding ACME"),
    ("remove-price, rebase-prices", "rebase-prices ACME --as-of 2024-05-06"),
    ("remove-price, rebase-prices", "remove-price ACME 2024-03-04"),
    ("update-rate", "update-rate EUR USD 1.1 --date 2024-03-04"),
    ("update-rate", "update-rate EUR USD 1.1 --date 2023-01-02"),
    ("overview", "--in EUR --max-rate-age 9999"),
    ("returns", "returns --in EUR --max-rate-age 9999"),
    ("performance", "performance --in EUR --max-rate-age 9999"),
    ("dividends", "dividends --in EUR --max-rate-age 9999"),
    ("allocation", "allocation --in EUR --max-rate-age 9999"),
    ("explain gain", "explain gain sale --in EUR --max-rate-age 9999"),
    ("explain holding", "explain holding ACME --in EUR --max-rate-age 9999"),
    ("rates", "rates"),
    ("remove-rate", "remove-rate EUR USD 2024-03-04"),
    ("void", "void split -p ira"),
    ("undo", "undo"),
    ("void", "void sale --reason mistyped"),
    ("return-capital, adjust-cost", "return-capital ACME 5000 --date 2024-05-07 -p main --id back"),
    ("explain gain", "explain gain back"),
    ("void", "void back"),
    ("undo", "undo"),
    ("return-capital, adjust-cost", "adjust-cost ACME 0.1 --per-share --date 2024-05-07"),
    ("add-stock, edit-stock", "add-stock SPUN Spun"),
    (
        "spin-off, exchange",
        "spin-off ACME SPUN 1:11 --cost-share 10 --date 2024-05-07 -p main --round down --cash-in-lieu 3",
    ),
    ("undo", "undo"),
    ("spin-off, exchange", "spin-off ACME SPUN 1:2 --values 1:9 --date 2024-05-07 --id spun"),
    ("explain holding", "explain holding SPUN"),
    ("void", "void spun"),
    ("undo", "undo"),
    ("buy, sell, write-off", "write-off SPUN --date 2024-05-08 -n"),
    ("buy, sell, write-off", "write-off SPUN --date 2024-05-08"),
    ("handlers", "handlers"),
    ("formats", "formats"),
    ("config", "config"),
];

const IMPORTED: &[(&str, &str)] = &[
    ("import", "import --add-stocks old.csv"),
    ("import", "import more.csv"),
    ("import", "import paid.csv"),
    ("import", "import rates.csv"),
    ("import", "import --similar skip like.csv"),
    ("import", "import --add-stocks part.csv"),
    ("import", "import --mapping cash.toml cash.csv"),
    ("error", "import bad.csv"),
    ("imports", "imports"),
    ("reconcile", "reconcile held.csv"),
    ("export, report", "export csv -o out.csv"),
    ("audit head", "audit head"),
];

const DAMAGED: &[(&str, &str)] = &[
    ("audit verify", "audit verify"),
    ("backup", "backup copy.db --force"),
    ("check", "check"),
    ("audit repair", "audit repair"),
    ("check", "check --repair"),
    ("undo", "undo"),
    ("undo", "undo"),
];

#[test]
fn the_manual_lists_the_members_of_every_answer_and_no_other() {
    let Answers { mut found, .. } = everything();
    found.get_mut("Recorded").unwrap().extend(RECORDED.map(str::to_owned));
    let mut listed = listed("stockbook-output.5.md");
    // Parts of other outputs, which are compared with these.
    assert!(listed.remove("Position").is_some() && listed.remove("Problem").is_some());
    for (heading, found) in &found {
        assert_eq!(listed.remove(heading).as_ref(), Some(found), "{heading}");
    }
    assert!(listed.is_empty(), "no command answers with {listed:?}");
}

#[test]
fn the_manual_lists_every_event_and_its_members_and_no_other() {
    let answers = everything();
    let mut found = Members::new();
    for line in answers.desk.ok(["audit"]).lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        let of_line = event.as_object().unwrap().keys().cloned();
        found.entry("line".to_owned()).or_default().extend(of_line);
        let of_type = found.entry(event["event_type"].as_str().unwrap().to_owned()).or_default();
        collect(&event["data"], "", of_type);
    }
    let listed = listed("stockbook-events.5.md");
    for event_type in EventType::ALL {
        assert_eq!(listed.get(event_type.as_str()), found.get(event_type.as_str()), "{event_type:?}");
    }
    assert_eq!(listed.get("line"), found.get("line"));
}
