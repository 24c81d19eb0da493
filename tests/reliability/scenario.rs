//! The commands whose crashes are tried, and the books that they are tried on.

/// What is there before the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// Nothing, not even the folder.
    NoBook,
    /// A book with a few events and all that belongs to it.
    Sound,
    /// The last command was killed between its commit and the delivery.
    Undelivered,
    /// Someone deleted the log.
    LogDeleted,
    /// The log ends within a line.
    LogCut,
    /// The log ends in zeros.
    LogZeroed,
    /// Someone wrote into the log.
    LogForeign,
    /// Someone wrote into the tables that are derived.
    DerivedWrong,
    /// A backup was made a while ago.
    BackedUp,
    /// A version with another format made the book.
    EarlierFormat,
}

/// A command, or several in a row, on a book.
#[derive(Debug, Clone)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) start: Start,
    pub(crate) commands: Vec<&'static [&'static str]>,
    /// What a user does who was not told that they are done; nothing where that would do more.
    pub(crate) again: Vec<&'static [&'static str]>,
    /// Whether they make a copy of the book.
    pub(crate) is_backup: bool,
}

/// The log beside the book.
pub(crate) const LOG: &str = "data/book.db.audit.jsonl";

/// The copy of the book that a backup makes.
pub(crate) const COPY: &str = "data/copy.db";

pub(crate) const READ: &[&str] = &["holdings"];
pub(crate) const BACK_UP: &[&str] = &["backup", COPY];
const BACK_UP_ANEW: &[&str] = &["backup", COPY, "--force"];
const ADD_STOCK: &[&str] = &["add-stock", "COIL", "Coil Inc.", "--sector", "Industrials"];
const UPDATE_PRICE: &[&str] = &["update-price", "ACME", "130", "--date", "2024-05-06"];
const BUY: &[&str] = &["buy", "ACME", "3", "101.5", "--fee", "1", "--date", "2024-05-06", "--id", "order 1"];
const SELL: &[&str] = &["sell", "ACME", "12", "150", "--date", "2024-05-07", "--id", "order 2"];
const BUY_LATE: &[&str] = &["buy", "ACME", "3", "90", "--date", "2024-01-01", "--id", "order 3"];
const IMPORT: &[&str] = &["import", "--add-stocks", "../rows.csv"];
const DIVIDEND: &[&str] = &["dividend", "ACME", "12.5", "--date", "2024-05-06", "--id", "order 4"];
const SPLIT: &[&str] = &["split", "ACME", "2:1", "--date", "2024-01-04", "--id", "order 5"];
const SPLIT_ROUNDED: &[&str] = &[
    "split",
    "ACME",
    "3:2",
    "--date",
    "2024-01-05",
    "--round",
    "down",
    "--cash-in-lieu",
    "43.5",
    "-p",
    "main",
    "--id",
    "order 8",
];
const TRANSFER: &[&str] = &["transfer", "ACME", "4", "--to", "pension", "--date", "2024-05-06", "--id", "order 6"];
const VOID: &[&str] = &["void", "buy 1"];
const AMEND: &[&str] = &["amend", "buy 1", "--price", "99"];
const UNDO: &[&str] = &["undo"];
const ADD_PORTFOLIO: &[&str] = &["add-portfolio", "retirement", "--cost-basis", "average"];
const SET_COST_BASIS: &[&str] = &["set-cost-basis", "main", "lifo"];
const BUY_FIRST: &[&str] = &["buy", "AAPL", "3", "101.5", "--fee", "1", "--date", "2024-05-06", "--id", "order 7"];
const EDIT_STOCK: &[&str] = &["edit-stock", "ACME", "--symbol", "ACE", "--name", "Ace Corporation"];
const EDIT_PORTFOLIO: &[&str] = &["edit-portfolio", "pension", "--name", "retirement"];
const REMOVE_PRICE: &[&str] = &["remove-price", "ACME", "2024-01-03"];
const REBASE_PRICES: &[&str] = &["rebase-prices", "ACME", "--as-of", "2024-05-06"];
const UPDATE_RATE: &[&str] = &["update-rate", "EUR", "USD", "1.0842", "--date", "2024-05-06"];
const REMOVE_RATE: &[&str] = &["remove-rate", "EUR", "USD", "2024-05-06"];
const SPIN_OFF: &[&str] =
    &["spin-off", "ACME", "COIL", "1:4", "--cost-share", "12.5", "--date", "2024-05-07", "--id", "order 9"];
const EXCHANGE: &[&str] = &["exchange", "ACME", "COIL", "2:1", "--date", "2024-05-07", "--id", "order 10"];
const RETURN_CAPITAL: &[&str] =
    &["return-capital", "ACME", "1.5", "--per-share", "--date", "2024-05-07", "--id", "order 11"];
const ADJUST_COST: &[&str] = &["adjust-cost", "ACME", "12.5", "--date", "2024-05-07", "--id", "order 12"];
const WRITE_OFF: &[&str] = &["write-off", "ACME", "--date", "2024-05-07", "--id", "order 13"];
const REPAIR_LOG: &[&str] = &["audit", "repair"];
const REPAIR: &[&str] = &["check", "--repair"];

/// What makes the book that most scenarios start with.
pub(crate) const ENTERED: [&[&str]; 7] = [
    &["add-stock", "ACME", "Acme Corporation"],
    &["add-stock", "BOLT", "Bolt SE", "--currency", "EUR"],
    &["add-portfolio", "pension"],
    &["buy", "ACME", "10", "100", "--date", "2024-01-02", "--note", "Grüße", "--id", "buy 1"],
    &["buy", "ACME", "10", "110.25", "--date", "2024-01-03"],
    &["update-price", "ACME", "120", "--date", "2024-01-03"],
    &["sell", "ACME", "5", "130", "--date", "2024-01-04"],
];

/// All that is tried.
pub(crate) fn scenarios() -> Vec<Scenario> {
    let scenario = |name, start, commands: &[&'static [&'static str]]| {
        let (commands, again) = (commands.to_vec(), commands.to_vec());
        Scenario { name, start, commands, again, is_backup: false }
    };
    let once = |name, command| Scenario { again: Vec::new(), ..scenario(name, Start::Sound, &[command]) };
    let backup = |name, start, command| {
        let again = vec![BACK_UP_ANEW];
        Scenario { again, is_backup: true, ..scenario(name, start, &[command]) }
    };
    vec![
        scenario("add-stock", Start::Sound, &[ADD_STOCK]),
        scenario("update-price", Start::Sound, &[UPDATE_PRICE]),
        scenario("buy", Start::Sound, &[BUY]),
        scenario("sell", Start::Sound, &[SELL]),
        scenario("import of 1,000 rows", Start::Sound, &[IMPORT]),
        scenario("add-stock, a new book", Start::NoBook, &[ADD_STOCK]),
        scenario("import of 1,000 rows, a new book", Start::NoBook, &[IMPORT]),
        scenario("audit repair", Start::LogForeign, &[REPAIR_LOG]),
        scenario("check --repair", Start::DerivedWrong, &[REPAIR]),
        backup("backup", Start::Sound, BACK_UP),
        backup("backup in place of another", Start::BackedUp, BACK_UP_ANEW),
        scenario("buy, entered late", Start::Sound, &[BUY_LATE]),
        scenario("dividend", Start::Sound, &[DIVIDEND]),
        scenario("split", Start::Sound, &[SPLIT]),
        scenario("split --round down", Start::Sound, &[SPLIT_ROUNDED]),
        scenario("transfer", Start::Sound, &[TRANSFER]),
        scenario("void", Start::Sound, &[VOID]),
        once("amend", AMEND),
        once("undo", UNDO),
        Scenario { again: Vec::new(), ..scenario("undo of an import", Start::Sound, &[IMPORT, UNDO]) },
        scenario("add-portfolio", Start::Sound, &[ADD_PORTFOLIO]),
        scenario("set-cost-basis", Start::Sound, &[SET_COST_BASIS]),
        scenario("edit-stock", Start::Sound, &[EDIT_STOCK]),
        once("edit-portfolio", EDIT_PORTFOLIO),
        once("remove-price", REMOVE_PRICE),
        scenario("rebase-prices", Start::Sound, &[REBASE_PRICES]),
        scenario("update-rate", Start::Sound, &[UPDATE_RATE]),
        Scenario { again: Vec::new(), ..scenario("remove-rate", Start::Sound, &[UPDATE_RATE, REMOVE_RATE]) },
        scenario("spin-off", Start::Sound, &[ADD_STOCK, SPIN_OFF]),
        scenario("exchange", Start::Sound, &[ADD_STOCK, EXCHANGE]),
        scenario("adjust-cost", Start::Sound, &[ADJUST_COST]),
        scenario("return-capital of two portfolios", Start::Sound, &[TRANSFER, RETURN_CAPITAL]),
        scenario("write-off in two portfolios", Start::Sound, &[TRANSFER, WRITE_OFF]),
        scenario("buy, a book of an earlier format", Start::EarlierFormat, &[BUY_FIRST]),
        scenario("buy and sell in a row", Start::Sound, &[BUY, SELL]),
        scenario("holdings, an event undelivered", Start::Undelivered, &[READ]),
        scenario("buy, an event undelivered", Start::Undelivered, &[BUY]),
        scenario("buy, the log deleted", Start::LogDeleted, &[BUY]),
        scenario("buy, the log cut", Start::LogCut, &[BUY]),
        scenario("buy, the log ending in zeros", Start::LogZeroed, &[BUY]),
    ]
}
