//! Files whose lines begin with the name of a section.

use crate::harness::Desk;

const STATEMENT: &str = include_str!("../samples/ibkr/activity-statement.csv");

fn imported(file: &str) -> String {
    let desk = Desk::new();
    let run =
        desk.fed(file, ["import", "-", "--add-stocks", "--skip-unknown", "--add-portfolios", "-O", "json"]).exits(0);
    let said: serde_json::Value = serde_json::from_str(&run.out()).unwrap();
    format!("{} {}\n{}", said["kinds"], said["not_recorded"], desk.ok(["holdings", "--all", "-O", "csv"]))
}

#[test]
fn the_case_of_a_section_s_name_does_not_matter() {
    let in_capitals = |line: &str| {
        let (section, rest) = line.split_once(',').unwrap_or((line, ""));
        format!("{},{rest}\n", section.to_uppercase())
    };
    let capitals: String = STATEMENT.lines().map(in_capitals).collect();
    assert_eq!(imported(&capitals), imported(STATEMENT));
    let all = capitals.replace(",Header,", ",HEADER,").replace(",Data,", ",DATA,");
    assert_eq!(imported(&all), imported(STATEMENT));
}

#[test]
fn a_section_that_looks_like_trades_is_never_left_out_in_silence() {
    let unknown: String = STATEMENT.lines().map(|line| line.replace("Trades,", "Käufe und Verkäufe,") + "\n").collect();
    let refused = Desk::new().fed(&unknown, ["import", "-", "--add-stocks"]).exits(3).err();
    assert!(refused.contains("the section Käufe und Verkäufe, which is not read and looks like trades"), "{refused}");
}
