//! Displayed quantities of lots with fractions left by splits: they add up to the position.

use serde_json::Value;

use crate::harness::{Desk, column, pick};

/// Three lots of one share, split one for three: a third each, one share in all.
fn thirds(method: &str) -> Desk {
    let desk = Desk::new();
    desk.ok(["add-stock", "ACME", "Acme Corp"]);
    desk.ok(["add-portfolio", "thirds", "--cost-basis", method]);
    for (id, price, day) in
        [("first", "10", "2024-01-02"), ("second", "30", "2024-01-03"), ("third", "20", "2024-01-04")]
    {
        desk.ok(["buy", "ACME", "1", price, "--date", day, "--id", id, "-p", "thirds"]);
    }
    desk.ok(["split", "ACME", "1:3", "--date", "2024-02-01"]);
    desk
}

fn sell(desk: &Desk, quantity: &str, more: &[&str]) -> Value {
    let sale = ["sell", "ACME", quantity, "10", "--date", "2024-03-01", "-p", "thirds"];
    desk.json(sale.iter().chain(more).copied())
}

fn lots(desk: &Desk) -> Value {
    desk.json(["explain", "holding", "ACME"])["holdings"][0]["lots"].clone()
}

fn held(desk: &Desk) -> String {
    pick(&desk.json(["holdings", "--all"])[0], &["quantity", "cost_basis"])
}

#[test]
fn lots_add_up_to_the_position_wherever_they_are_shown() {
    let desk = thirds("fifo");
    // 1/3 → 0.3333333333, 2/3 → 0.6666666667, 1: the differences.
    let shown = ["0.3333333333", "0.3333333334", "0.3333333333"];
    assert_eq!(column(&lots(&desk), "quantity"), shown);
    let table = desk.ok(["explain", "holding", "ACME"]);
    assert!(table.contains("0.3333333334  1/3") && table.contains("EXACTLY"), "{table}");
    let csv = desk.ok(["explain", "holding", "ACME", "-O", "csv"]);
    assert!(shown.iter().zip(csv.lines().skip(1)).all(|(shown, line)| line.contains(shown)), "{csv}");
}

#[test]
fn a_sale_shows_of_each_lot_what_was_shown_of_it() {
    for (method, order) in [("fifo", [0, 1, 2]), ("lifo", [2, 1, 0]), ("hifo", [1, 2, 0]), ("average", [0, 1, 2])] {
        let desk = thirds(method);
        let before = lots(&desk);
        let sold = sell(&desk, "0.9", &[]);
        let parts = column(&sold["disposals"], "quantity");
        // The last part is from a lot of which a tenth remains.
        let expected: Vec<&str> = order.iter().map(|at| column(&before, "quantity")[*at]).collect();
        assert_eq!(parts[..2], expected[..2], "{method}");
        assert_eq!(parts[2], "0.2333333333", "{method}");
        assert_eq!(column(&desk.json(["gains", "--by", "lot"]), "quantity"), parts, "{method}");
        let explained = desk.json(["explain", "gain", sold["transaction_id"].as_str().unwrap()]);
        assert_eq!(column(&explained["lots"], "quantity"), parts, "{method}");
        assert_eq!(column(&explained["lots"], "lot_quantity")[..2], parts[..2], "{method}");
        assert_eq!(column(&lots(&desk), "quantity"), ["0.1"], "{method}");
        desk.run(["check"]).exits(0);
    }
}

#[test]
fn selling_what_is_shown_of_a_lot_closes_it() {
    for order in [["first", "second", "third"], ["second", "third", "first"], ["third", "first", "second"]] {
        let desk = thirds("fifo");
        for (sold, id) in order.iter().enumerate() {
            let all = lots(&desk);
            let names = desk.json(["transactions", "--type", "buy"]);
            let at = ["first", "second", "third"].iter().position(|name| name == id).unwrap();
            let id = names[at]["transaction_id"].as_str().unwrap();
            let lot = all.as_array().unwrap().iter().find(|lot| lot["lot_id"] == id).unwrap();
            let shown = lot["quantity"].as_str().unwrap();
            let sale = sell(&desk, shown, &["--lot", &format!("{id}:{shown}")]);
            assert_eq!(
                pick(&sale["disposals"][0], &["quantity", "cost_basis"]),
                format!("{shown} {}", [10, 30, 20][at])
            );
            assert_eq!(lots(&desk).as_array().unwrap().len(), 2 - sold, "{order:?}");
        }
        assert_eq!(held(&desk), "0 0", "{order:?}");
        desk.run(["check"]).exits(0);
    }
}

#[test]
fn all_lots_can_be_picked_by_what_is_shown_of_them() {
    let desk = thirds("fifo");
    let picks = ["first:0.3333333333", "second:0.3333333334", "third:0.3333333333"];
    let sold = sell(&desk, "1", &picks.map(|pick| ["--lot", pick]).concat());
    assert_eq!(column(&sold["disposals"], "cost_basis"), ["10", "30", "20"]);
    assert_eq!(column(&sold["disposals"], "quantity"), ["0.3333333333", "0.3333333334", "0.3333333333"]);
    assert_eq!(held(&desk), "0 0");
}

#[test]
fn what_would_leave_less_than_can_be_shown_is_refused() {
    let desk = thirds("fifo");
    let picks = ["first:0.3333333333", "second:0.3333333333", "third:0.3333333333"];
    let sale = ["sell", "ACME", "0.9999999999", "10", "--date", "2024-03-01", "-p", "thirds"];
    let picks = picks.map(|pick| ["--lot", pick]).concat();
    assert_eq!(desk.error(3, sale.iter().chain(&picks).copied())["code"], "picked_lots_differ");
    assert_eq!(held(&desk), "1 60");
}

#[test]
fn of_costs_that_differ_by_less_than_they_are_looked_up_by_the_higher_goes_first() {
    let desk = Desk::with_stocks();
    desk.ok(["set-cost-basis", "main", "hifo"]);
    desk.ok(["buy", "ACME", "3", "--amount", "1000000000000", "--date", "2024-01-02"]);
    desk.ok(["buy", "ACME", "3", "--amount", "1000000000000.0000000001", "--date", "2024-01-03"]);
    let sold = desk.json(["sell", "ACME", "1", "10", "--date", "2024-01-08"]);
    assert_eq!(sold["disposals"][0]["acquired_on"], "2024-01-03");
}
