//! Completion in the shells.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::harness::{Desk, repository};

/// A desk with a book of five stocks and two portfolios, and some files.
fn desk() -> Desk {
    let desk = Desk::with_stocks();
    desk.ok(["add-stock", "LSE:VOD", "Vodafone Group"]);
    desk.ok(["add-stock", "M&M.NS", "Mahindra"]);
    desk.ok(["add-stock", "VOLV B", "Volvo"]);
    desk.ok(["add-portfolio", "old age", "--cost-basis", "average"]);
    desk.ok(["buy", "ACME", "10", "150.25", "--date", "2024-01-02", "--id", "first"]);
    desk.ok(["buy", "BOLT", "5", "20", "--date", "2024-01-03"]);
    desk.ok(["sell", "ACME", "4", "180", "--date", "2024-03-28"]);
    desk.file("my trades.csv", "date,action,symbol,quantity,price\n");
    fs::create_dir(desk.path("statements")).unwrap();
    desk
}

/// The candidates for a command line whose last word is at the cursor, as lines.
fn offered(desk: &Desk, words: &[&str]) -> Vec<String> {
    let answer = desk.run([&["complete", "--"], words].concat()).exits(0).silently();
    answer.out().lines().map(str::to_owned).collect()
}

/// As [`offered`], without descriptions.
fn values(desk: &Desk, words: &[&str]) -> Vec<String> {
    let values = offered(desk, words);
    values.iter().map(|line| line.split('\t').next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn what_the_book_knows_is_offered_with_what_it_is() {
    let desk = desk();
    let stocks =
        ["ACME\tAcme Corporation", "BOLT\tBolt SE", "LSE:VOD\tVodafone Group", "M&M.NS\tMahindra", "VOLV B\tVolvo"];
    assert_eq!(offered(&desk, &["sell", ""]), stocks);
    assert_eq!(offered(&desk, &["sell", "ac"]), ["ACME\tAcme Corporation"]);
    assert_eq!(offered(&desk, &["gains", "--symbol=b"]), ["--symbol=BOLT\tBolt SE"]);
    for words in [&["-p", ""][..], &["sell", "ACME", "-p", ""], &["transfer", "ACME", "1", "--to", ""]] {
        assert_eq!(offered(&desk, words), ["main\tfifo", "old age\taverage"]);
    }
    assert_eq!(offered(&desk, &["sell", "-pol"]), ["-pold age\taverage"]);
    let records = offered(&desk, &["void", ""]);
    let meanings: Vec<_> = records.iter().map(|line| line.split_once('\t').unwrap().1).collect();
    let expected = [
        "sale of 4 ACME on 2024-03-28 in portfolio main",
        "purchase of 5 BOLT on 2024-01-03 in portfolio main",
        "purchase of 10 ACME on 2024-01-02 in portfolio main",
    ];
    assert_eq!(meanings, expected);
    let (sale, purchase) = (&records[0][..8], &records[2][..8]);
    assert_eq!(values(&desk, &["explain", "gain", ""]), [sale]);
    // Lots of the stock that is sold.
    assert_eq!(values(&desk, &["sell", "ACME", "1", "190", "--lot", ""]), [purchase]);
    assert_eq!(values(&desk, &["void", &purchase[..5]]), [purchase]);
    let whole = desk.json(["transactions"])[0]["transaction_id"].as_str().unwrap().to_owned();
    assert_eq!(values(&desk, &["history", &whole[..10]]), [whole.as_str()]);
    assert_eq!(values(&desk, &["history", "A"]), ["ACME"]);
    desk.ok(["void", sale]);
    assert!(!values(&desk, &["void", ""]).contains(&sale.to_owned()));
    // Existing names are not offered for something new.
    for words in
        [&["add-stock", ""][..], &["edit-stock", "ACME", "--symbol", ""], &["buy", "ACME", "1", "2", "--id", ""]]
    {
        assert!(offered(&desk, words).is_empty(), "{words:?}");
    }
}

#[test]
fn ids_that_begin_alike_are_offered_whole_and_what_cannot_be_amended_is_not() {
    let desk = desk();
    let of_broker = ["00000000-0000-4000-8000-000000000102", "00000000-0000-4000-8000-000000000103"];
    for id in of_broker {
        desk.ok(["buy", "BOLT", "1", "20", "--date", "2024-05-01", "--id", id]);
    }
    desk.ok(["split", "BOLT", "2:1", "--date", "2024-06-03"]);
    let mut offered = values(&desk, &["amend", "0000"]);
    offered.sort_unstable();
    assert_eq!(offered, of_broker);
    assert_eq!(values(&desk, &["void", ""]).len(), 6);
    assert_eq!(values(&desk, &["amend", ""]).len(), 5, "the split is not among them");
}

#[test]
fn commands_options_and_words_are_offered_where_they_belong() {
    let desk = Desk::new();
    assert_eq!(values(&desk, &["set"]), ["set-cost-basis"]);
    assert_eq!(values(&desk, &["explain", ""]), ["gain", "holding"]);
    assert_eq!(values(&desk, &["set-cost-basis", "main", ""]), ["fifo", "lifo", "hifo", "average"]);
    assert_eq!(values(&desk, &["transactions", "--type", "tr"]), ["transfer-in", "transfer-out"]);
    assert_eq!(values(&desk, &["-O", ""]), ["table", "json", "csv"]);
    assert_eq!(values(&desk, &["audit", "--type=StockS"]), ["--type=StockSplitEvent"]);
    assert_eq!(values(&desk, &["buy", "ACME", "1", "2", "--date", ""]), ["today", "yesterday"]);
    assert_eq!(values(&desk, &["formats", "degiro-t"]), ["degiro-transactions"]);
    assert_eq!(values(&desk, &["import", "--format", "degiro-t"]), ["degiro-transactions"]);
    // An option that cannot be repeated is no longer offered once it is given.
    assert_eq!(values(&desk, &["holdings", "--a"]), ["--all", "--as-of"]);
    assert_eq!(values(&desk, &["holdings", "--all", "--a"]), ["--as-of"]);
    assert_eq!(values(&desk, &["sell", "ACME", "1", "2", "--lot", "a1b2c3", "--lo"]), ["--lot"]);
    // Files, but no options before a dash is typed.
    for words in
        [&["import", ""][..], &["import", "a.csv", ""], &["--book", ""], &["backup", "b"], &["export", "csv", "-o", ""]]
    {
        assert_eq!(offered(&desk, words), ["\tfiles"], "{words:?}");
    }
    // Numbers cannot be offered.
    assert!(offered(&desk, &["buy", "ACME", ""]).is_empty());
    assert!(offered(&desk, &["nonsense", ""]).iter().all(|line| line.starts_with("--")));
    assert!(!values(&desk, &[""]).contains(&"complete".to_owned()));
}

#[test]
fn nothing_is_made_changed_or_waited_for() {
    let desk = desk();
    let before = desk.everything();
    let asked: [&[&str]; 4] = [&["sell", ""], &["-p", ""], &["void", ""], &["undo", ""]];
    let holder = desk.sqlite();
    holder.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE").unwrap();
    let started = Instant::now();
    assert_eq!(values(&desk, asked[0]).len(), 5);
    assert!(started.elapsed() < Duration::from_secs(5));
    drop(holder);
    for words in asked {
        offered(&desk, words);
    }
    assert_eq!(desk.changed_since(&before), Vec::<std::path::PathBuf>::new());
    // If there is no book, none is created; if the file is not a book, no message says so here.
    for book in ["none.db", "my trades.csv", "statements"] {
        assert!(offered(&desk, &["--book", book, "sell", ""]).is_empty());
        assert!(offered(&desk, &["--book", book, "sell", "--am"]).len() == 1);
    }
    let made = Command::new("mkfifo").arg(desk.path("pipe")).status();
    assert!(made.is_ok_and(|status| status.success()));
    assert!(offered(&desk, &["--book", "pipe", "sell", ""]).is_empty());
    let other = desk.path("other.db");
    desk.ok(["--book", "other.db", "add-stock", "OTHER", "Other"]);
    assert_eq!(values(&desk, &["--book", "other.db", "sell", ""]), ["OTHER"]);
    assert_eq!(values(&desk, &["sell", "--book", "~/other.db", ""]), ["OTHER"], "{}", other.display());
}

#[test]
fn a_book_of_an_earlier_version_is_looked_into_as_it_is() {
    let desk = Desk::new();
    for entry in fs::read_dir(repository("tests/books")).unwrap() {
        let Ok(book) = fs::read(entry.unwrap().path().join("book.db")) else { continue };
        desk.file("older.db", book);
        let before = desk.everything();
        assert!(!values(&desk, &["--book", "older.db", "sell", ""]).is_empty());
        assert!(!values(&desk, &["--book", "older.db", "void", ""]).is_empty());
        assert!(desk.changed_since(&before).is_empty());
    }
}

/// Reports that a shell is skipped, if that is allowed.
fn leave_out(shell: &str) {
    assert!(std::env::var_os("STOCKBOOK_TEST_ALL").is_none(), "{shell} or script is missing");
    eprintln!("left out: {shell} or script is missing");
}

/// Types lines into a shell at a terminal, and returns what `show` was given in each; `None` if the shell or
/// the program that provides a terminal is missing.
fn typed(desk: &Desk, shell: &str, lines: &[&str]) -> Option<Vec<String>> {
    let is_there =
        |program: &str| desk.program(program).arg("--version").output().is_ok_and(|run| run.status.success());
    if !is_there("script") || !is_there(shell.split(' ').next()?) {
        leave_out(shell);
        return None;
    }
    let mut terminal = desk.program("script");
    let path =
        [env!("CARGO_BIN_EXE_stockbook").trim_end_matches("/stockbook"), &std::env::var("PATH").unwrap()].join(":");
    terminal.args(["-qec", shell, "/dev/null"]).env("PATH", path).env("TERM", "dumb").env("ZDOTDIR", desk.folder());
    let mut child = terminal.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let input = format!("{}\nexit\n", lines.join("\n"));
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let shown = String::from_utf8_lossy(&output.stdout).replace('\r', "\n");
    Some(shown.lines().filter_map(|line| line.strip_prefix("show: ")).map(str::to_owned).collect())
}

/// What is typed, and the words that the command receives.
const TYPED: [(&str, &str); 17] = [
    ("show sell AC\t4", "[sell][ACME][4]"),
    ("show sell ac\t4", "[sell][ACME][4]"),
    ("show sell LSE:\t4", "[sell][LSE:VOD][4]"),
    ("show sell m\t4", "[sell][M&M.NS][4]"),
    ("show sell 'M&\t4", "[sell][M&M.NS][4]"),
    ("show sell vo\t4", "[sell][VOLV B][4]"),
    ("show sell VOLV\\ \t4", "[sell][VOLV B][4]"),
    ("show gains --symbol=VO\tx", "[gains][--symbol=VOLV B][x]"),
    ("show -p o\tx", "[-p][old age][x]"),
    ("show -p 'o\tx", "[-p][old age][x]"),
    ("show transactions --type=d\tx", "[transactions][--type=dividend][x]"),
    ("show set-cost-basis m\tav\t", "[set-cost-basis][main][average]"),
    ("show import m\tx", "[import][my trades.csv][x]"),
    ("show import st\tx", "[import][statements/x]"),
    ("show --book=m\tx", "[--book=my trades.csv][x]"),
    // No dash where a file is expected; and what was typed remains.
    ("show import \t", "[import]"),
    ("show import zz\t", "[import][zz]"),
];

#[test]
fn bash_completes() {
    let desk = desk();
    let script = repository("completions/stockbook.bash");
    let setup = format!(
        "source '{}'\nshow() {{ printf 'show: '; printf '[%s]' \"$@\"; echo; }}\ncomplete -o nosort -F _stockbook show\n",
        script.display()
    );
    let rc = desk.file("bashrc", setup);
    let shell = format!("bash --noprofile --rcfile '{}' -i", rc.display());
    let Some(shown) = typed(&desk, &shell, &TYPED.map(|(line, _)| line)) else { return };
    assert_eq!(shown, TYPED.map(|(_, words)| words));
}

#[test]
fn zsh_completes() {
    let desk = desk();
    let setup = format!(
        "fpath=('{}' $fpath)\nautoload -U compinit; compinit -u -D\nunsetopt beep\n\
         show() {{ printf 'show: '; printf '[%s]' \"$@\"; echo }}\ncompdef _stockbook show\n",
        repository("completions").display()
    );
    desk.file(".zshrc", setup);
    let Some(shown) = typed(&desk, "zsh -o NO_GLOBAL_RCS -i", &TYPED.map(|(line, _)| line)) else { return };
    assert_eq!(shown, TYPED.map(|(_, words)| words));
}

#[test]
fn fish_completes() {
    let desk = desk();
    let asked = [
        "sell AC",
        "sell ac",
        "sell LSE:",
        "sell m",
        "sell VOLV",
        "-p o",
        "-p 'o",
        "transactions --type=d",
        "import my",
        "import st",
        "--book=my",
    ];
    let questions = asked.map(|line| format!("complete -C \"stockbook {line}\"\n")).concat();
    let script = repository("completions/stockbook.fish");
    let file = desk.file("ask.fish", format!("source '{}'\n{questions}", script.display()));
    let path =
        [env!("CARGO_BIN_EXE_stockbook").trim_end_matches("/stockbook"), &std::env::var("PATH").unwrap()].join(":");
    let Ok(run) = desk.program("fish").arg("--no-config").arg(file).env("PATH", path).output() else {
        return leave_out("fish");
    };
    let shown = String::from_utf8(run.stdout).unwrap();
    let expected = [
        "ACME\tAcme Corporation",
        "ACME\tAcme Corporation",
        "LSE:VOD\tVodafone Group",
        "M&M.NS\tMahindra",
        "VOLV B\tVolvo",
        "old age\taverage",
        "old age\taverage",
        "--type=dividend",
        "my trades.csv",
        "statements/",
        "--book=my trades.csv",
    ];
    assert_eq!(shown.lines().collect::<Vec<_>>(), expected, "{}", String::from_utf8_lossy(&run.stderr));
}

#[test]
fn the_currencies_that_a_book_knows_are_offered() {
    let desk = Desk::with_stocks();
    desk.ok(["update-rate", "EUR", "CHF", "0.95", "--date", "2024-01-02"]);
    let all = "CHF\tthere are rates of it\nEUR\tstocks are traded in it\nUSD\tstocks are traded in it\n";
    for words in
        [&["holdings", "--in"][..], &["--reporting-currency"], &["add-stock", "X", "Y", "--currency"], &["rates"]]
    {
        assert_eq!(desk.ok([&["complete", "--"], words, &[""]].concat()), all, "{words:?}");
    }
    assert_eq!(desk.ok(["complete", "--", "returns", "--in", "e"]), "EUR\tstocks are traded in it\n");
}
