//! The programs and their output for a journal.

use std::collections::BTreeMap;
use std::env;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Once;

use crate::amount::{Amount, read};

/// The balances of the accounts, in shares and at cost.
pub(crate) type Balances = BTreeMap<String, [Amount; 2]>;

pub(crate) struct Program {
    pub(crate) name: &'static str,
    pub(crate) format: &'static str,
    /// A command that succeeds if the program is installed.
    probe: &'static [&'static str],
    /// Must accept the journal without output.
    check: &'static [&'static str],
    /// Print the balances in shares, and at cost, each line with an amount, its commodity and the account.
    balance: &'static [&'static str],
    cost: &'static [&'static str],
    told: Once,
}

/// Prints the balances of a journal from Beancount as Ledger would: by posting, in shares or (`-B`) at cost.
const BEANCOUNT: &str = r#"
import sys
from collections import defaultdict
from beancount import loader
from beancount.core import convert
from beancount.core.data import Transaction
entries, errors, _ = loader.load_file(sys.argv[1])
for error in errors:
    print(error, file=sys.stderr)
sums = defaultdict(int)
for entry in entries:
    for posting in entry.postings if isinstance(entry, Transaction) else []:
        amount = convert.get_weight(posting) if "-B" in sys.argv else posting.units
        sums[posting.account, amount.currency] += amount.number
for (account, currency), number in sums.items():
    print(f"{number:f} {currency} {account}")
"#;

pub(crate) static PROGRAMS: [Program; 3] = [
    Program {
        name: "Ledger",
        format: "ledger",
        probe: &["ledger", "--version"],
        check: &["ledger", "--strict", "-f", "FILE", "accounts"],
        balance: &["ledger", "--strict", "--args-only", "-f", "FILE", "bal", "--flat", "--no-total"],
        cost: &["ledger", "--strict", "--args-only", "-f", "FILE", "bal", "--flat", "--no-total", "-B"],
        told: Once::new(),
    },
    Program {
        name: "hledger",
        format: "hledger",
        probe: &["hledger", "--version"],
        check: &["hledger", "-f", "FILE", "check", "--strict"],
        balance: &["hledger", "-f", "FILE", "bal", "--flat", "--no-total"],
        cost: &["hledger", "-f", "FILE", "bal", "--flat", "--no-total", "-B"],
        told: Once::new(),
    },
    Program {
        name: "Beancount",
        format: "beancount",
        probe: &["bean-check", "--version"],
        check: &["bean-check", "FILE"],
        balance: &["python3", "-c", BEANCOUNT, "FILE"],
        cost: &["python3", "-c", BEANCOUNT, "FILE", "-B"],
        told: Once::new(),
    },
];

impl Program {
    /// Whether it is installed. If not, it is reported, unless all must be.
    pub(crate) fn is_there(&self) -> bool {
        let is_there = run(self.probe, Path::new("")).is_ok_and(|output| output.status.success());
        if !is_there {
            assert!(env::var_os("STOCKBOOK_TEST_ALL").is_none(), "{} is not installed", self.name);
            self.told.call_once(|| eprintln!("left out: {} is not installed", self.name));
        }
        is_there
    }

    /// Its balances for a journal, which it must accept without complaint.
    pub(crate) fn balances(&self, journal: &Path) -> Result<Balances, String> {
        self.said(self.check, journal)?;
        let mut balances = Balances::new();
        for (at, command) in [self.balance, self.cost].into_iter().enumerate() {
            let text = self.said(command, journal)?;
            let mut waiting = Vec::new();
            for line in text.lines().filter(|line| !line.trim().is_empty() && line.trim() != "0") {
                let line = in_one_word(line);
                let words: Vec<&str> = line.split_whitespace().collect();
                let (number, commodity, account) = match words[..] {
                    [number, commodity, account] => (number, commodity, Some(account)),
                    [number, commodity] => (number, commodity, None),
                    _ => return Err(format!("{} says `{line}`", self.name)),
                };
                waiting.push((number.replace(',', ""), commodity.to_owned()));
                let Some(account) = account else { continue };
                let is_cash = |commodity: &str| matches!(commodity, "USD" | "EUR" | "CHF");
                for (number, commodity) in waiting.drain(..) {
                    // In shares, accounts of cash have no balance.
                    if at == 1 || !is_cash(&commodity) {
                        let balance = balances.entry(account.to_owned()).or_default();
                        balance[at] = &balance[at] + &read(&number);
                    }
                }
            }
        }
        Ok(balances)
    }

    fn said(&self, command: &[&str], journal: &Path) -> Result<String, String> {
        let output = run(command, journal).map_err(|error| format!("{}: {error}", self.name))?;
        let (said, warned) = (text(&output.stdout), text(&output.stderr));
        if output.status.success() && warned.is_empty() {
            Ok(said)
        } else {
            Err(format!("{command:?}: {}\n{said}{warned}", output.status))
        }
    }
}

/// A line in which quoted commodities have no blanks.
fn in_one_word(line: &str) -> String {
    let parts = line.split('"').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { part.replace(' ', "_") } else { part.to_owned() }).collect()
}

fn run(command: &[&str], journal: &Path) -> std::io::Result<Output> {
    let (program, args) = command.split_first().unwrap();
    let args = args.iter().map(|arg| if *arg == "FILE" { journal.as_os_str() } else { arg.as_ref() });
    Command::new(program).args(args).env("LANG", "C.UTF-8").env("LC_ALL", "C.UTF-8").output()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
