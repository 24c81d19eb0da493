//! Somebody who records.

use std::fs;

use chrono::{Days, NaiveDate};

use super::person::Person;
use super::{Mix, SHARED, own};

/// Rows of an import.
pub(super) const ROWS: usize = 5;

/// Records one thing after the other, each under a key of its own, until each is done or refused.
pub(super) fn write(mix: &Mix, person: &mut Person<'_>, writer: usize) {
    let file = format!("rows {writer}.csv");
    for number in 0.. {
        if mix.is_over() {
            return;
        }
        let key = format!("w{writer}-{number}");
        let command = command(person, writer, number, &key, &file);
        if command[0] == "import" {
            fs::write(mix.folder.join(&file), rows(&key)).unwrap();
        }
        let wait = if number.is_multiple_of(3) { "0" } else { "20" };
        let args: Vec<_> = command.iter().map(String::as_str).chain(["--wait", wait, "-O", "json"]).collect();
        loop {
            let answer = person.run(&args);
            // Whoever was told may go, also if the process was killed right after.
            if let Some(told) = answer.json() {
                mix.claims().acknowledge(&key, &command[0], &told);
                break;
            }
            match answer.code {
                // Who takes something back again takes back more.
                None | Some(3) if command[0] == "undo" => break,
                None | Some(5) => {}
                Some(3) if command[0] == "sell" && answer.is_refused_as("insufficient_quantity") => {
                    mix.claims().refused += 1;
                    break;
                }
                _ => {
                    mix.claims().fail(&answer.to_string());
                    break;
                }
            }
            if mix.is_over() {
                return;
            }
        }
    }
}

fn command(person: &mut Person<'_>, writer: usize, number: usize, key: &str, file: &str) -> Vec<String> {
    let own = own(writer);
    let day = |first: &str, days: usize| {
        let first: NaiveDate = first.parse().unwrap();
        first.checked_add_days(Days::new(days as u64)).unwrap().to_string()
    };
    let (round, price) = (number / 10, (number + 1).to_string());
    let trade = |action, stock, quantity| {
        [action, stock, quantity, "10", "--date", "2024-01-02", "--id", key, "--note", key].map(str::to_owned).to_vec()
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match number % 10 {
        2 => trade("buy", &own, "4"),
        3 => words(&["update-price", &own, &price, "--date", &day("2024-01-03", round % 900)]),
        4 => words(&["dividend", &own, "1.5", "--date", "2024-01-02", "--id", key, "--note", key]),
        5 => words(&["import", file]),
        // What was bought four commands before.
        6 => words(&["void", &format!("w{writer}-{}", number - 4), "--reason", key]),
        7 => words(&["edit-stock", &own, "--name", &format!("Own {key} Inc.")]),
        8 if round % 2 == 0 => {
            // Two in a row leave the number of shares as it was.
            let ratio = if round % 4 == 0 { "2:1" } else { "1:2" };
            words(&["split", &own, ratio, "--date", &day("2024-01-03", round / 2 % 900), "--id", key, "--force"])
        }
        9 if person.chance.below(3) == 0 => words(&["undo"]),
        0 => trade("buy", SHARED, "2"),
        // More is sold of the shared stock than there may be at that moment.
        _ => trade("sell", SHARED, "3"),
    }
}

/// Purchases and sales that need nothing else, and that are all there or none of them.
fn rows(key: &str) -> String {
    let row = |row: usize| {
        let action = if row.is_multiple_of(2) { "buy" } else { "sell" };
        format!("2024-01-02,{action},{SHARED},1,10,{key}/{row},{key}/{row}\n")
    };
    "date,action,symbol,quantity,price,id,note\n".to_owned() + &(0..ROWS).map(row).collect::<String>()
}
