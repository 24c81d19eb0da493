//! Books whose tables are right, but with rows that the program never wrote: cycles, negative numbers,
//! enormous figures and lists. Every command ends in time, with an exit code and a message.

use std::fs;

use crate::harness::Desk;
use crate::hostile_books::{COMMANDS, ends, put};

/// The changes made to the rows.
const ROWS: [&str; 26] = [
    // Circles.
    "UPDATE transactions SET replaces = sequence, voided_at = sequence",
    "UPDATE transactions SET replaces = (SELECT max(sequence) FROM transactions), voided_at = sequence - 1",
    "UPDATE transactions SET replaces = CASE WHEN sequence % 2 THEN sequence + 1 ELSE sequence - 1 END",
    "UPDATE commands SET undoes = first_sequence",
    "UPDATE commands SET undoes = (SELECT max(first_sequence) FROM commands)",
    "UPDATE identities SET known_high = id_high, known_low = id_low",
    "UPDATE transactions SET id_high = (SELECT id_high FROM transactions LIMIT 1), id_low = sequence",
    // Below zero, and beyond all limits.
    "UPDATE events SET sequence = -sequence",
    "UPDATE events SET sequence = 9223372036854775807 WHERE sequence = (SELECT max(sequence) FROM events)",
    "UPDATE events SET end_offset = 9223372036854775807",
    "UPDATE commands SET first_sequence = -first_sequence, last_sequence = 9223372036854775807",
    "UPDATE checkpoints SET sequence = 9223372036854775807",
    "UPDATE checkpoints SET sequence = -1",
    "UPDATE streams SET version = -1",
    "UPDATE transactions SET place = -9223372036854775808, voided_at = NULL",
    "UPDATE open_lots SET place = -1, cost_rank = 9223372036854775807",
    // Without measure.
    "UPDATE positions SET quantity = '79228162514264337593543950335/18446744073709551615'",
    "UPDATE open_lots SET quantity = '1/3', bought_shares = '0'",
    "UPDATE transactions SET quantity = '999999999999999999.9999999999', total_amount = '999999999999999999.9999999999'",
    "UPDATE splits SET new_shares = '999999999999999999', old_shares = '0.0000000001'",
    "UPDATE splits SET new_shares = '0', old_shares = '0'",
    "UPDATE transactions SET trade_date = '9999-12-31'; UPDATE prices SET basis_date = '0000-00-00'",
    "UPDATE disposals SET parts = printf('%.*c', 1000000, '[')",
    "UPDATE transactions SET lots = printf('%.*c', 1000000, '{'), note = printf('%.*c', 1000000, 'x')",
    "INSERT INTO splits SELECT s.sequence + x, s.split_id || x, s.stock, date(s.effective_date, '+' || (x / 40) || ' days'),
         '1.0000000001', '0.9999999999', NULL FROM splits s, (WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL
         SELECT x + 1 FROM c LIMIT 2000) SELECT x FROM c)",
    "INSERT INTO open_lots SELECT portfolio, stock, acquired_on, moment, place + x, lot_high, lot_low, quantity, cost_basis,
         bought_shares, bought_cost, cost_rank FROM open_lots, (WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL
         SELECT x + 1 FROM c LIMIT 20000) SELECT x FROM c)",
];

/// A book with one of everything.
fn eventful() -> Desk {
    let desk = Desk::new();
    for command in [
        "add-portfolio ira --cost-basis hifo",
        "add-stock S7 Seven",
        "buy S7 10 5 --date 2024-01-02 --id first",
        "buy S7 10 6 --date 2024-01-03 --id second",
        "sell S7 4 7 --date 2024-01-04",
        "amend first --price 5.5",
        "split S7 3:1 --date 2024-01-05",
        "transfer S7 6 --to ira --date 2024-01-06",
        "-p ira sell S7 1 3 --date 2024-01-07",
        "dividend S7 5 --date 2024-01-08 --id paid",
        "void paid",
        "update-price S7 6 --date 2024-01-03",
        "buy S7 1 2 --date 2024-01-09",
        "undo",
    ] {
        desk.ok(command.split(' '));
    }
    desk.file("twins.csv", "date,action,symbol,quantity,price\n2024-01-10,buy,S7,1,2\n");
    desk.ok(["import", "twins.csv"]);
    desk
}

#[test]
fn rows_that_nobody_recorded_end_every_command() {
    let desk = eventful();
    let (whole, log) = (fs::read(desk.book()).unwrap(), fs::read(desk.log()).unwrap());
    for sql in ROWS {
        put(&desk, &whole, &log);
        desk.edit(sql);
        let altered = fs::read(desk.book()).unwrap();
        for command in COMMANDS.into_iter().chain(["import twins.csv", "history first", "set-cost-basis main lifo"]) {
            put(&desk, &altered, &log);
            let (code, said) = ends(&desk, command);
            let is_told = code == 0 || said.starts_with("error: ") || said.contains("\nerror: ");
            assert!([0, 1, 3, 4].contains(&code) && is_told, "{sql}: {command}: {code}, {said}");
        }
    }
}
