//! Suggested commands work when they are pasted.

use crate::harness::{Desk, Run};

/// A book whose name needs quotes, in a folder that no variable names.
struct Named(Desk);

const BOOK: &str = "my books/b.db";

impl Named {
    fn new() -> Self {
        let named = Self(Desk::new());
        std::fs::create_dir(named.0.path("my books")).unwrap();
        for words in [
            &["add-stock", "BRK B", "Berkshire Hathaway"][..],
            &["add-stock", "M&M.NS", "Mahindra & Mahindra"],
            &["add-stock", "^NEW", "New Inc."],
            &["add-portfolio", "kid's & mine"],
            &["buy", "BRK B", "10", "300", "--date", "2024-01-02", "-p", "kid's & mine", "--id", "first"],
            &["buy", "M&M.NS", "10", "30", "--date", "2024-01-02"],
        ] {
            named.run(words).exits(0);
        }
        named
    }

    /// As typed by somebody who names the book each time.
    fn run(&self, words: &[&str]) -> Run {
        let mut command = self.0.command(["--book", BOOK].iter().chain(words));
        command.env_remove("STOCKBOOK_BOOK");
        Run::of(command)
    }

    /// Pastes a command into a shell that has the program in its path, but no variable for the book.
    fn pasted(&self, offered: &str) -> Run {
        let folder = std::path::Path::new(env!("CARGO_BIN_EXE_stockbook")).parent().unwrap().to_owned();
        let path = std::env::join_paths([folder, "/usr/bin".into(), "/bin".into()]).unwrap();
        let mut shell = self.0.program("sh");
        shell.env_remove("STOCKBOOK_BOOK").env("PATH", path).args(["-c", offered]);
        Run::of(shell)
    }
}

/// The first command in a message, in backquotes or up to the end of the line.
fn offered(said: &str) -> String {
    let at = said.find("stockbook ").unwrap_or_else(|| panic!("nothing is offered: {said}"));
    said[at..].split(['`', '\n', ';']).next().unwrap().to_owned()
}

#[test]
fn what_is_offered_is_about_the_book_that_was_typed() {
    let desk = Named::new();
    desk.0.file("a b.csv", "date,action,symbol,quantity,price\n2024-02-01,buy,BRK B,1,310\n");
    desk.0.file("positions.csv", "symbol,quantity,cost_basis\nM&M.NS,20,600\nBRK B,10,3000\n");
    for (words, code) in [
        (&[][..], 0),
        (&["buy", "NOPE", "1", "1"], 3),
        (&["buy", "BRK B", "1", "1", "-p", "tom's"], 3),
        (&["void", "nothing"], 3),
        (&["explain", "gain", "first"], 3),
        (&["explain", "holding", "OTHER"], 3),
        (&["history", "OTHER"], 3),
        (&["ls"], 2),
        (&["sell", "1", "M&M.NS", "35"], 2),
        (&["holdings"], 0),
        (&["holdings", "--as-of", "2024-03-01"], 0),
        (&["holdings", "--in", "EUR"], 3),
        (&["returns", "--to", "2024-03-01"], 0),
        (&["reconcile", "positions.csv"], 4),
        (&["gains", "--symbol", "^NEW"], 0),
        (&["prices", "^NEW"], 0),
        (&["undo", "abcdef"], 3),
    ] {
        let run = desk.run(words).exits(code);
        let command = offered(&(run.err() + &run.out()));
        // If a command needs arguments, its name alone shows where to look.
        if ["stockbook sell", "stockbook update-price"].contains(&command.as_str()) {
            continue;
        }
        assert!(command.contains("--book 'my books/b.db' "), "{words:?}: {command}");
        let command = command.replace(" PRICE", " 350").replace(" RATE", " 1.1");
        desk.pasted(&command).exits(0);
    }
}

#[test]
fn the_price_that_is_missing_is_recorded_by_the_command_that_is_offered() {
    for (words, missing) in [
        (&["holdings", "--as-of", "2024-03-01"][..], "no price, so not counted: M&M.NS\n"),
        (&["allocation", "--as-of", "2024-03-01"], "no price, so not counted: M&M.NS\n"),
        (&["returns", "--to", "2024-03-01"], "without M&M.NS, whose value is not known"),
        (&["performance", "--to", "2024-03-01"], "without M&M.NS, whose value is not known"),
    ] {
        let desk = Named::new();
        desk.run(&["update-price", "BRK B", "310", "--date", "2024-01-02"]).exits(0);
        let said = desk.run(words).exits(0).out();
        assert!(said.contains(missing), "{said}");
        let command = offered(&said[said.find(missing).unwrap()..]);
        desk.pasted(&command.replace("PRICE", "35")).exits(0);
        let said = desk.run(words).exits(0).out();
        assert!(!said.contains(missing) && said.contains("M&M.NS") != (words[0] == "performance"), "{said}");
    }
}

#[test]
fn commands_for_programs_name_the_book_too() {
    let desk = Named::new();
    desk.0.file("positions.csv", "symbol,quantity,cost_basis\nM&M.NS,20,600\nBRK B,10,3000\n");
    for (words, code) in [(&["-O", "json"][..], 0), (&["reconcile", "positions.csv", "-O", "json"], 4)] {
        let said: serde_json::Value = serde_json::from_str(&desk.run(words).exits(code).out()).unwrap();
        let command = match words {
            ["reconcile", ..] => said[1]["suggestions"][0]["commands"][0].clone(),
            _ => said["outdated"][0]["command"].clone(),
        };
        let command = command.as_str().unwrap_or_else(|| panic!("{said}"));
        assert!(command.starts_with("stockbook --book 'my books/b.db' "), "{command}");
        desk.pasted(&command.replace("PRICE", "35")).exits(0);
    }
}
