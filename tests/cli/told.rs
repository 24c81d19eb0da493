//! What receipts say about earlier gains that changed.

use crate::harness::Desk;

/// A sale of 10 of 20 shares whose cost differs by less than a cent between the lots.
fn by_a_trifle() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "--amount", "1000.001", "--date", "2024-01-02"]);
    desk.ok(["buy", "ACME", "10", "--amount", "1000.002", "--date", "2024-01-03"]);
    desk.ok(["sell", "ACME", "10", "75000", "--date", "2024-01-04", "--id", "sale"]);
    desk
}

#[test]
fn gains_that_differ_by_less_than_a_cent_are_distinguished() {
    let desk = by_a_trifle();
    // 750,000 − 1,000.001, and with the other lot 750,000 − 1,000.002.
    let said = desk.ok(["set-cost-basis", "main", "lifo"]);
    assert!(said.contains("realizes +748,999.998, not +748,999.999"), "{said}");
    let said = desk.ok(["history", "sale"]);
    assert!(said.contains("realizes +748,999.998, not +748,999.999"), "{said}");
}

#[test]
fn gains_are_rounded_in_sentences_whatever_changed_them() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "BOLT", "3", "--amount", "100", "--date", "2024-01-02", "--id", "first"]);
    desk.ok(["buy", "BOLT", "3", "--amount", "200", "--date", "2024-01-03"]);
    desk.ok(["sell", "BOLT", "1", "100", "--date", "2024-01-04"]);
    // 100 − 100 ÷ 3 = 66.67 and 100 − 200 ÷ 3 = 33.33.
    let told = ["+66.67, not +33.33", "+33.33, not +66.67"];
    let said = desk.ok(["set-cost-basis", "main", "lifo"]);
    assert!(said.contains(told[1]), "{said}");
    let said = desk.ok(["set-cost-basis", "main", "fifo"]);
    assert!(said.contains(told[0]), "{said}");
    // The receipt of a split has no currency of its own; voiding the split restores the gain.
    let said = desk.ok(["split", "BOLT", "2:1", "--date", "2024-01-03", "--id", "split"]);
    // One of six shares that cost 100: 100 − 16.67.
    assert!(said.contains("+83.33, not +66.67"), "{said}");
    let said = desk.ok(["void", "split"]);
    assert!(said.contains("+66.67, not +83.33"), "{said}");
    let said = desk.ok(["void", "first"]);
    assert!(said.contains(told[1]), "{said}");
}

#[test]
fn a_purchase_for_nothing_has_a_total_and_a_dividend_an_amount() {
    let desk = Desk::with_stocks();
    desk.ok(["buy", "ACME", "10", "0", "--date", "2024-01-02", "--id", "gift"]);
    let said = desk.ok(["amend", "gift", "--quantity", "11"]);
    assert!(said.contains("total 0.00 USD"), "{said}");
    desk.ok(["dividend", "ACME", "5", "--date", "2024-01-03", "--id", "paid"]);
    let said = desk.ok(["amend", "paid", "--amount", "6"]);
    assert!(said.contains("amount 6.00 USD"), "{said}");
}

#[test]
fn a_folder_that_is_missing_is_named_with_the_command_that_makes_it() {
    let desk = Desk::with_stocks();
    for args in [&["report", "--html"][..], &["export", "csv", "-o"], &["backup"]] {
        let said = desk.refused(1, args.iter().chain(&["my reports/2024/file"]));
        let folder = desk.path("my reports/2024");
        assert!(said.contains(&format!("file: there is no folder {}\n", folder.display())), "{said}");
        assert!(said.ends_with(&format!("mkdir -p '{}'\n", folder.display())), "{said}");
        std::fs::create_dir_all(&folder).unwrap();
        desk.ok(args.iter().chain(&["my reports/2024/file"]));
        std::fs::remove_dir_all(desk.path("my reports")).unwrap();
    }
}

#[test]
fn a_folder_in_place_of_a_file_is_told_to_have_files() {
    let desk = Desk::with_stocks();
    std::fs::create_dir(desk.path("my files")).unwrap();
    let said = desk.refused(1, ["import", "my files/"]);
    assert!(said.ends_with("\nhint: name its files, such as 'my files'/*.csv\n"), "{said}");
}
