//! Options that cannot matter are refused, and so is a portfolio that does not exist.

use serde_json::json;

use crate::harness::Desk;

#[test]
fn what_cannot_matter_is_refused() {
    let desk = Desk::with_stocks();
    for (args, why) in [
        (&["holdings", "--numbers"][..], "--numbers has no effect here: a table is for reading; use -O json"),
        (&["holdings", "--round", "2"], "--round has no effect here: a table is for reading; use -O json"),
        (&["holdings", "--numbers", "-O", "csv"], "--numbers has no effect here: CSV has no strings"),
        (&["audit", "--numbers"], "--numbers has no effect here: this command prints no numbers for programs"),
        (&["export", "csv", "--round", "2"], "--round has no effect here: this command prints no numbers for programs"),
        (&["backup", "b.db", "-p", "main"], "--portfolio has no effect here: this command is not about portfolios"),
        (&["check", "-p", "main"], "--portfolio has no effect here: this command is not about portfolios"),
        (&["handlers", "-p", "main"], "--portfolio has no effect here: this command is not about portfolios"),
        (&["check", "-n"], "--dry-run has no effect here: this command records nothing"),
        (&["audit", "-n"], "--dry-run has no effect here: this command records nothing"),
        (&["handlers", "-n"], "--dry-run has no effect here: this command records nothing"),
        (&["export", "json", "-n"], "--dry-run has no effect here: this command records nothing"),
        (&["reconcile", "p.csv", "-n"], "--dry-run has no effect here: this command records nothing"),
    ] {
        let said = desk.refused(2, args);
        assert_eq!(said.lines().next().unwrap(), format!("error: {why}"), "{args:?}");
    }
}

#[test]
fn a_portfolio_that_does_not_exist_is_refused_wherever_it_is_typed() {
    let desk = Desk::with_stocks();
    desk.file("prices.csv", "date,symbol,price\n2024-01-02,ACME,150\n");
    let (before, bought) = (desk.everything(), desk.error(3, ["buy", "ACME", "1", "1", "-p", "nope"]));
    for line in [
        "add-stock NEWCO Newco",
        "edit-stock ACME --name Acme",
        "update-price ACME 5",
        "remove-price ACME 2024-01-02",
        "rebase-prices ACME",
        "update-rate EUR USD 1.1",
        "remove-rate EUR USD 2024-01-02",
        "add-portfolio case",
        "edit-portfolio main --name case",
        "set-cost-basis main lifo",
        "import prices.csv",
        "split ACME 2:1",
    ] {
        for mode in [&[][..], &["-n"]] {
            let words = ["-p", "nope"].into_iter().chain(line.split(' ')).chain(mode.iter().copied());
            assert_eq!(desk.error(3, words), bought, "{line}");
        }
        let words = ["-p", "main", "-p", "nope"].into_iter().chain(line.split(' '));
        desk.run(words).exits(if line.starts_with("import") || line.starts_with("split") { 2 } else { 3 });
    }
    assert!(desk.changed_since(&before).is_empty());
    // Nor does a first command that is refused create a book.
    let empty = Desk::new();
    assert_eq!(empty.error(3, ["add-stock", "ACME", "Acme", "-p", "nope"])["code"], "unknown_portfolio");
    assert!(!empty.book().exists());
}

#[test]
fn a_portfolio_that_exists_goes_with_every_command_that_records() {
    let desk = Desk::with_stocks();
    desk.all_ok(&[
        "add-portfolio case -p case",
        "-p case update-price ACME 5",
        "-p case -p main add-stock NEWCO Newco",
        "-p case edit-portfolio case --name box",
        "-p case edit-portfolio box --name case",
        "-p case update-rate EUR USD 1.1",
    ]);
    desk.file("prices.csv", "date,symbol,price\n2024-01-02,ACME,150\n");
    // If unknown portfolios are added, they need not exist.
    desk.all_ok(&["-p other import --add-portfolios prices.csv"]);
    assert_eq!(desk.json(["portfolios"]).as_array().unwrap().len(), 2);
}

#[test]
fn a_portfolio_of_the_surroundings_is_for_the_commands_to_which_it_matters() {
    let desk = Desk::with_stocks();
    let mut command = desk.command(["update-price", "ACME", "5"]);
    command.env("STOCKBOOK_PORTFOLIO", "nope");
    crate::harness::Run::of(command).exits(0);
    std::fs::create_dir_all(desk.path(".config/stockbook")).unwrap();
    std::fs::write(desk.path(".config/stockbook/config.toml"), "portfolio = 'nope'\n").unwrap();
    assert_eq!(desk.json(["update-price", "BOLT", "5"])["recorded"], json!(true));
}
