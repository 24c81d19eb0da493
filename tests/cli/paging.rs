//! Results longer than the screen, at a terminal.

use std::fs;

use crate::harness::{Desk, Run};

/// A desk with some hundred lines of output.
fn full() -> Desk {
    let desk = Desk::with_stocks();
    let of_month = |month| (1..=25).map(move |day| format!("2024-{month:02}-{day:02},ACME,{day}.{month}\n"));
    let rows = (1..=12).flat_map(of_month);
    let prices = desk.file("prices.csv", format!("date,symbol,price\n{}", rows.collect::<String>()));
    desk.ok(["import".into(), prices.into_os_string()]);
    desk
}

/// The output at a terminal of 80 columns and 24 lines, with these variables set; `None` if there is no
/// program that provides one.
fn shown(desk: &Desk, command: &str, variables: &[(&str, &str)]) -> Option<Run> {
    let line = format!("'{}' {command}", env!("CARGO_BIN_EXE_stockbook"));
    let is_there = desk.program("script").arg("--version").output().is_ok_and(|run| run.status.success());
    let mut script = desk.program("script");
    script.args(["-qec", &line, "/dev/null"]).env("TERM", "xterm").envs(variables.iter().copied());
    is_there.then(|| Run::of(script))
}

/// A pager that writes its input to a file.
const KEEP: (&str, &str) = ("STOCKBOOK_PAGER", "cat > paged.txt");

fn paged(desk: &Desk) -> Option<String> {
    fs::read_to_string(desk.path("paged.txt")).ok()
}

#[test]
fn what_is_longer_than_the_screen_goes_through_the_pager() {
    let desk = full();
    let Some(run) = shown(&desk, "prices ACME --color never", &[KEEP]) else { return };
    assert_eq!(run.exits(0).out(), "");
    let mut wide = desk.command(["prices", "ACME"]);
    wide.env("COLUMNS", "80");
    assert_eq!(paged(&desk).unwrap(), Run::of(wide).exits(0).out());
    // So does machine-readable output, and a page of the manual.
    shown(&desk, "prices ACME -O json", &[KEEP]).unwrap().exits(0);
    assert_eq!(paged(&desk).unwrap(), desk.ok(["prices", "ACME", "-O", "json"]));
    shown(&desk, "help concepts", &[KEEP]).unwrap().exits(0);
    assert!(paged(&desk).unwrap().starts_with("stockbook-concepts(7)"));
}

#[test]
fn there_is_no_pager_where_none_is_of_use() {
    let desk = full();
    for (command, variables) in [
        ("prices ACME --from 2024-12-15", vec![KEEP]),
        ("prices ACME --no-pager", vec![KEEP]),
        ("prices ACME", vec![("STOCKBOOK_PAGER", ""), ("PAGER", "cat > paged.txt")]),
        ("prices ACME", vec![("STOCKBOOK_PAGER", "cat")]),
        ("prices ACME", vec![KEEP, ("TERM", "dumb")]),
        ("prices ACME", vec![KEEP, ("TERM", "")]),
        ("prices ACME | cat", vec![KEEP]),
        // Receipts are printed as they always were.
        ("import --format prices prices.csv --symbol ACME -O json || true", vec![KEEP]),
    ] {
        let Some(run) = shown(&desk, command, &variables) else { return };
        assert!(!run.out().is_empty(), "{run}");
        assert_eq!(paged(&desk), None, "{command} {variables:?}");
    }
    let mut piped = desk.command(["prices", "ACME"]);
    piped.envs([KEEP, ("TERM", "xterm")]);
    assert!(Run::of(piped).exits(0).out().lines().count() > 300);
    assert_eq!(paged(&desk), None);
}

#[test]
fn the_variable_goes_before_the_setting_and_that_before_what_all_programs_use() {
    let desk = full();
    let folder = desk.path(".config/stockbook");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "pager = \"sed 's/^/set /' > paged.txt\"\n").unwrap();
    let other = ("PAGER", "sed 's/^/other /' > paged.txt");
    let Some(run) = shown(&desk, "prices ACME", &[other]) else { return };
    run.exits(0);
    assert!(paged(&desk).unwrap().starts_with("set "));
    shown(&desk, "prices ACME", &[other, KEEP]).unwrap().exits(0);
    assert!(!paged(&desk).unwrap().starts_with("set "));
    fs::remove_file(folder.join("config.toml")).unwrap();
    shown(&desk, "prices ACME", &[other]).unwrap().exits(0);
    assert!(paged(&desk).unwrap().starts_with("other "));
}

#[test]
fn a_pager_is_told_what_git_tells_it() {
    let desk = full();
    let pager = ("PAGER", "cat > paged.txt; echo \"LESS=$LESS LV=$LV\" >> paged.txt");
    let Some(run) = shown(&desk, "prices ACME", &[pager]) else { return };
    run.exits(0);
    assert!(paged(&desk).unwrap().ends_with("LESS=FRX LV=-c\n"));
    shown(&desk, "prices ACME", &[pager, ("LESS", "S")]).unwrap().exits(0);
    assert!(paged(&desk).unwrap().ends_with("LESS=S LV=-c\n"));
}

#[test]
fn less_shows_colours_whatever_the_user_has_it_do_besides() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = full();
    let less = desk.file("less", "#!/bin/sh\n{ cat; echo \"$*\"; } > paged.txt\n");
    fs::set_permissions(&less, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", less.parent().unwrap().display());
    let Some(run) = shown(&desk, "prices ACME", &[("PATH", &path), ("LESS", "-i"), ("PAGER", "less -S")]) else {
        return;
    };
    run.exits(0);
    assert!(paged(&desk).unwrap().ends_with("\n-R -S\n"));
}

#[test]
fn who_has_read_enough_may_quit() {
    let desk = full();
    // The pager ends while the program still has more to write than a pipe holds.
    assert!(desk.ok(["audit"]).len() > 3 << 15);
    let Some(run) = shown(&desk, "audit", &[("PAGER", "head -n 1 > paged.txt")]) else { return };
    assert_eq!(run.exits(0).out(), "");
    assert_eq!(paged(&desk).unwrap().lines().count(), 1);
}

#[test]
fn a_failure_keeps_its_exit_code_and_is_told_after_the_pager() {
    let desk = full();
    desk.edit("UPDATE stocks SET company_name = 'Other' WHERE symbol = 'ACME'");
    let slow = ("PAGER", "cat > paged.txt; sleep 0.2; echo that was all");
    let Some(run) = shown(&desk, "check -v", &[slow]) else { return };
    let out = run.exits(4).out();
    let told = |text: &str| out.find(text).unwrap_or_else(|| panic!("{text:?} is not in {out:?}"));
    assert!(told("that was all") < told("error:"));
}

#[test]
fn a_pager_that_is_not_there_is_no_reason_to_show_nothing() {
    let desk = full();
    let Some(run) = shown(&desk, "prices ACME", &[("PAGER", "no-such-pager -x")]) else { return };
    let out = run.exits(0).out();
    assert!(out.starts_with("warning: the pager `no-such-pager -x` cannot be started"), "{out}");
    assert!(out.lines().count() > 300);
}

#[test]
fn an_interruption_waits_for_the_pager_and_is_one_all_the_same() {
    let desk = full();
    let pager = "kill -INT $PPID; sleep 0.3; cat > paged.txt; echo end >> paged.txt; ps -o stat= --ppid $PPID > ps.txt";
    let Some(run) = shown(&desk, "audit", &[("PAGER", pager)]) else { return };
    run.exits(130);
    assert!(paged(&desk).unwrap().ends_with("end\n"));
    assert!(!fs::read_to_string(desk.path("ps.txt")).unwrap().contains('Z'));
}
