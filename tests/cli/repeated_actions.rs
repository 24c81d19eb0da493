//! A corporate action that is recorded twice, on days that are not the same.

use crate::harness::{Desk, pick};

const SPIN_OFF: [&str; 6] = ["spin-off", "OLD", "NEW", "1:5", "--cost-share", "20"];

fn desk() -> Desk {
    let desk = Desk::new();
    desk.all_ok(&[
        "add-stock OLD Old",
        "add-stock NEW New",
        "add-portfolio ira",
        "buy OLD 100 10 --date 2020-01-02",
        "buy OLD 100 10 --date 2020-01-02 -p ira",
    ]);
    desk
}

fn notes(desk: &Desk, more: &str) -> String {
    let run = desk.run(SPIN_OFF.into_iter().chain(more.split(' ')));
    let run = run.exits(0);
    run.err()
}

#[test]
fn a_spin_off_within_a_week_of_an_equal_one_is_noted() {
    let desk = desk();
    assert_eq!(notes(&desk, "--date 2024-03-04 --id first"), "");
    for day in ["2024-02-26", "2024-03-11"] {
        let said = notes(&desk, &format!("--date {day} --dry-run"));
        let id = desk.json(["transactions", "--type", "spin-off"])[0]["transaction_id"].as_str().unwrap().to_owned();
        assert_eq!(
            said,
            format!(
                "note: the spin-off of OLD into NEW 1:5 on 2024-03-04 is recorded, too; if this is the same one, void \
                 one of them, as with `stockbook void {id}`\n"
            )
        );
    }
    assert_eq!(notes(&desk, "--date 2024-02-25 --dry-run"), "");
    assert_eq!(notes(&desk, "--date 2024-03-12 --dry-run"), "");
    desk.ok(["void", "first"]);
    assert_eq!(notes(&desk, "--date 2024-03-11 --dry-run"), "");
}

#[test]
fn a_spin_off_of_each_portfolio_on_its_own_day_is_not() {
    let desk = desk();
    assert_eq!(notes(&desk, "--date 2024-03-04 -p main"), "");
    assert_eq!(notes(&desk, "--date 2024-03-05 -p ira"), "");
    assert!(notes(&desk, "--date 2024-03-06").contains(" on 2024-03-04 is recorded, too;"));
}

#[test]
fn rows_of_a_file_that_repeat_a_spin_off_are_noted() {
    let desk = desk();
    desk.ok(SPIN_OFF.into_iter().chain(["--date", "2024-03-04"]));
    let file = "date,action,symbol,new_symbol,quantity,cost_share\n2024-03-07,spin-off,OLD,NEW,1:5,20\n";
    let run = desk.fed(file, ["import", "-"]).exits(0);
    assert!(
        run.err().contains(":2: the spin-off of OLD into NEW 1:5 on 2024-03-04 is recorded, too;"),
        "{}",
        run.err()
    );
}

#[test]
fn an_action_of_all_portfolios_needs_none_that_is_called_main() {
    let desk = desk();
    desk.ok(["split", "OLD", "3:1", "--date", "2024-02-01", "--id", "first"]);
    desk.ok(["edit-portfolio", "main", "--name", "ours"]);
    desk.all_ok(&[
        "split OLD 2:1 --date 2024-03-01",
        "spin-off OLD NEW 1:5 --cost-share 20 --date 2024-03-04 --id off",
        "exchange NEW OLD 1:1 --date 2024-03-05",
    ]);
    let again = desk.json(["split", "OLD", "3:1", "--date", "2024-02-01", "--id", "first"]);
    assert_eq!(again["recorded"], false);
    let again = desk.json(SPIN_OFF.into_iter().chain(["--date", "2024-03-04", "--id", "off"]));
    assert_eq!(again["recorded"], false);
    desk.ok(["export", "csv", "-o", "all.csv"]);
    for more in [&[][..], &["--add-portfolios"]] {
        let again = desk.json(["import", "all.csv"].iter().chain(more));
        assert_eq!(pick(&again, &["rows", "skipped_duplicates", "recorded", "portfolios_added"]), "6 6 false 0");
    }
    let other = "date,action,symbol,new_symbol,quantity,cost_share\n2024-04-01,split,OLD,,2:1,\n\
                 2024-04-02,spin-off,OLD,NEW,1:5,20\n";
    desk.file("other.csv", other);
    let said = desk.json(["import", "other.csv", "--add-portfolios"]);
    assert_eq!(pick(&said, &["imported", "portfolios_added"]), "2 0");
    let error = desk.error(3, ["split", "OLD", "5:1", "-p", "main", "--id", "x"]);
    assert_eq!(error["code"], "unknown_portfolio");
    desk.run(["check"]).exits(0);
}
