//! The statements that make the tables and indexes of each format.

/// Each entry migrates a book from the format that is its index to the next. Once a version with it is
/// released, an entry never changes: new ones are appended. Tables with up to millions of rows get their
/// indexes in [`INDEXES`] instead.
pub(super) const MIGRATIONS: [&str; 5] = [
    r"
CREATE TABLE book (
    id       INTEGER PRIMARY KEY CHECK (id = 1),
    book_id  BLOB NOT NULL
) STRICT;

-- The stream of an event is a pair: (0, 0) the book, (portfolio, 0), (0, stock), or a position.
-- Rows of other tables are numbered by the event that made them. `previous` is the event before
-- in the same stream.
CREATE TABLE events (
    sequence    INTEGER PRIMARY KEY,
    event_type  INTEGER NOT NULL,
    portfolio   INTEGER NOT NULL,
    stock       INTEGER NOT NULL,
    previous    INTEGER,
    end_offset  INTEGER NOT NULL,
    line        TEXT NOT NULL
) STRICT;

-- How many events each stream has, and its last: from there `previous` leads back to its first event.
-- An index of all events by stream would say the same, at the price of an entry for every event.
CREATE TABLE streams (
    portfolio   INTEGER NOT NULL,
    stock       INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    last_event  INTEGER NOT NULL,
    PRIMARY KEY (portfolio, stock)
) STRICT, WITHOUT ROWID;

CREATE TABLE commands (
    first_sequence  INTEGER PRIMARY KEY,
    last_sequence   INTEGER NOT NULL,
    command_id      BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE portfolios (
    portfolio          INTEGER PRIMARY KEY,
    portfolio_id       BLOB NOT NULL UNIQUE,
    name               TEXT NOT NULL UNIQUE,
    cost_basis_method  TEXT NOT NULL
) STRICT;

CREATE TABLE stocks (
    stock         INTEGER PRIMARY KEY,
    stock_id      BLOB NOT NULL UNIQUE,
    symbol        TEXT NOT NULL UNIQUE,
    company_name  TEXT NOT NULL,
    sector        TEXT,
    industry      TEXT,
    currency      TEXT NOT NULL
) STRICT;

CREATE TABLE prices (
    stock       INTEGER NOT NULL REFERENCES stocks,
    price_date  TEXT NOT NULL,
    price       TEXT NOT NULL,
    PRIMARY KEY (stock, price_date)
) STRICT, WITHOUT ROWID;

-- A transfer is two transactions of one id. An id is here the two halves of its UUID, each less 2^63:
-- when the index of a large import is made by sorting, whole numbers take half the time of texts. What
-- is voided keeps its row, with the event that voided it; what replaces a voided transaction on its day
-- has the place of that one.
CREATE TABLE transactions (
    sequence        INTEGER PRIMARY KEY,
    id_high         INTEGER NOT NULL,
    id_low          INTEGER NOT NULL,
    portfolio       INTEGER NOT NULL REFERENCES portfolios,
    stock           INTEGER NOT NULL REFERENCES stocks,
    type            TEXT NOT NULL,
    trade_date      TEXT NOT NULL,
    quantity        TEXT,
    price           TEXT,
    fee             TEXT NOT NULL,
    total_amount    TEXT NOT NULL,
    note            TEXT,
    withholding     TEXT,
    lots            TEXT,
    place           INTEGER,
    voided_at       INTEGER
) STRICT;

-- Runs of transactions of one day that were recorded one after the other. An index of all by their day
-- would say the same, at the price of an entry for every transaction.
CREATE TABLE trade_days (
    trade_date      TEXT NOT NULL,
    first_sequence  INTEGER NOT NULL,
    last_sequence   INTEGER NOT NULL,
    PRIMARY KEY (trade_date, first_sequence)
) STRICT, WITHOUT ROWID;

CREATE TABLE splits (
    sequence        INTEGER PRIMARY KEY,
    split_id        TEXT NOT NULL UNIQUE,
    stock           INTEGER NOT NULL REFERENCES stocks,
    effective_date  TEXT NOT NULL,
    new_shares      TEXT NOT NULL,
    old_shares      TEXT NOT NULL,
    voided_at       INTEGER
) STRICT;

CREATE TABLE positions (
    portfolio         INTEGER NOT NULL REFERENCES portfolios,
    stock             INTEGER NOT NULL REFERENCES stocks,
    quantity          TEXT NOT NULL,
    cost_basis        TEXT NOT NULL,
    realized_gain     TEXT NOT NULL,
    dividends         TEXT NOT NULL,
    first_trade_date  TEXT,
    last_trade_date   TEXT,
    PRIMARY KEY (portfolio, stock)
) STRICT, WITHOUT ROWID;

-- A lot keeps the day, the place and the id of its purchase wherever transfers take it.
CREATE TABLE open_lots (
    portfolio    INTEGER NOT NULL,
    stock        INTEGER NOT NULL,
    acquired_on  TEXT NOT NULL,
    place        INTEGER NOT NULL,
    lot_high     INTEGER NOT NULL,
    lot_low      INTEGER NOT NULL,
    quantity     TEXT NOT NULL,
    cost_basis   TEXT NOT NULL,
    PRIMARY KEY (portfolio, stock, acquired_on, place)
) STRICT, WITHOUT ROWID;

-- The parts of a sale: [[lot id, acquired on, quantity, proceeds, cost basis], …].
CREATE TABLE disposals (
    sale   INTEGER PRIMARY KEY,
    parts  TEXT NOT NULL
) STRICT;

-- What the sales of a position realized in a year.
CREATE TABLE gain_totals (
    portfolio        INTEGER NOT NULL,
    stock            INTEGER NOT NULL,
    year             INTEGER NOT NULL,
    quantity         TEXT NOT NULL,
    proceeds         TEXT NOT NULL,
    cost_basis       TEXT NOT NULL,
    gain             TEXT NOT NULL,
    short_term_gain  TEXT NOT NULL,
    long_term_gain   TEXT NOT NULL,
    PRIMARY KEY (portfolio, stock, year)
) STRICT, WITHOUT ROWID;

CREATE TABLE summaries (
    portfolio                   INTEGER NOT NULL,
    stock                       INTEGER NOT NULL,
    portfolio_name              TEXT NOT NULL,
    symbol                      TEXT NOT NULL,
    company_name                TEXT NOT NULL,
    sector                      TEXT,
    industry                    TEXT,
    currency                    TEXT NOT NULL,
    quantity                    TEXT NOT NULL,
    average_cost                TEXT,
    cost_basis                  TEXT NOT NULL,
    price                       TEXT,
    price_date                  TEXT,
    market_value                TEXT,
    unrealized_gain             TEXT,
    unrealized_gain_percentage  TEXT,
    realized_gain               TEXT NOT NULL,
    dividends                   TEXT NOT NULL,
    PRIMARY KEY (portfolio, stock)
) STRICT, WITHOUT ROWID;

CREATE TABLE checkpoints (
    handler   TEXT PRIMARY KEY,
    sequence  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
",
    r"
ALTER TABLE transactions ADD COLUMN trade_time TEXT;
ALTER TABLE transactions ADD COLUMN as_of TEXT;
ALTER TABLE transactions ADD COLUMN ex_date TEXT;

-- A symbol or name belongs to one that is there: `listed_as` is what it is found by, and of what was
-- removed something that nobody can ask for.
ALTER TABLE stocks RENAME COLUMN symbol TO listed_as;
ALTER TABLE stocks ADD COLUMN symbol TEXT NOT NULL DEFAULT '';
ALTER TABLE stocks ADD COLUMN isin TEXT;
ALTER TABLE stocks ADD COLUMN removed_at INTEGER;
UPDATE stocks SET symbol = listed_as;
ALTER TABLE portfolios RENAME COLUMN name TO listed_as;
ALTER TABLE portfolios ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE portfolios ADD COLUMN removed_at INTEGER;
UPDATE portfolios SET name = listed_as;

-- Symbols that stocks had before, each since the event that gave the stock another. A symbol is that of a
-- stock which has it; else it stands for the one that gave it up last.
CREATE TABLE aliases (
    symbol  TEXT NOT NULL,
    since   INTEGER NOT NULL,
    stock   INTEGER NOT NULL REFERENCES stocks,
    PRIMARY KEY (symbol, since)
) STRICT, WITHOUT ROWID;

-- What an id stands for that something had which was taken back: a transaction or split, as its id is
-- kept there.
CREATE TABLE identities (
    id_high     INTEGER NOT NULL,
    id_low      INTEGER NOT NULL,
    known_high  INTEGER NOT NULL,
    known_low   INTEGER NOT NULL,
    PRIMARY KEY (id_high, id_low)
) STRICT, WITHOUT ROWID;

-- The first event of the command that it took back, of an `undo`.
ALTER TABLE commands ADD COLUMN undoes INTEGER;

-- As of which day a price counts shares; its own where there is none.
ALTER TABLE prices ADD COLUMN basis_date TEXT;

-- What a transaction was entered in place of, by its event; that was voided right before.
ALTER TABLE transactions ADD COLUMN replaces INTEGER;
UPDATE transactions SET replaces = v.sequence
    FROM transactions v CROSS JOIN events e ON e.sequence = v.voided_at + 1
    WHERE transactions.sequence = v.voided_at + 1 AND instr(e.line, char(34) || 'replaces' || char(34) || ':') > 0;
UPDATE transactions SET place = (
        WITH RECURSIVE versions(version) AS (
            SELECT transactions.replaces
            UNION ALL
            SELECT t.replaces FROM versions CROSS JOIN transactions t ON t.sequence = version WHERE t.replaces < version)
        SELECT coalesce(t.place, t.sequence) FROM versions CROSS JOIN transactions t ON t.sequence = version
        WHERE t.trade_date = transactions.trade_date ORDER BY version DESC LIMIT 1)
    WHERE replaces IS NOT NULL AND type <> 'DIVIDEND';

-- When on its day the last entry of a position counts, as text that sorts as moments do: 0 a split, 1 what
-- is there already, 2 with a time, 3 what has none, 4 a transfer that has none. And the last day on which
-- purchases went before the sales that needed them.
ALTER TABLE positions ADD COLUMN last_moment TEXT;
ALTER TABLE positions ADD COLUMN reordered_on TEXT;
UPDATE positions SET last_moment = substr(last.mark, 12) FROM (
    SELECT portfolio, stock, max(mark) AS mark FROM (
        SELECT portfolio, stock, trade_date || CASE type WHEN 'TRANSFER_IN' THEN ' 1' WHEN 'TRANSFER_OUT' THEN ' 4'
            ELSE ' 3' END AS mark FROM transactions WHERE type <> 'DIVIDEND'
        UNION ALL
        SELECT p.portfolio, p.stock, s.effective_date || ' 0' FROM positions p JOIN splits s ON s.stock = p.stock)
    GROUP BY portfolio, stock) AS last
WHERE positions.portfolio = last.portfolio AND positions.stock = last.stock;

-- Lots are in the order of their purchases, within a day too. With them is what each was when it was bought,
-- its shares counted as of that day; nothing where it is so still.
CREATE TABLE lots_in_order (
    portfolio      INTEGER NOT NULL,
    stock          INTEGER NOT NULL,
    acquired_on    TEXT NOT NULL,
    moment         TEXT NOT NULL,
    place          INTEGER NOT NULL,
    lot_high       INTEGER NOT NULL,
    lot_low        INTEGER NOT NULL,
    quantity       TEXT NOT NULL,
    cost_basis     TEXT NOT NULL,
    bought_shares  TEXT,
    bought_cost    TEXT,
    PRIMARY KEY (portfolio, stock, acquired_on, moment, place)
) STRICT, WITHOUT ROWID;
INSERT INTO lots_in_order
    SELECT l.portfolio, l.stock, l.acquired_on, '3', l.place, l.lot_high, l.lot_low, l.quantity, l.cost_basis,
        nullif(t.quantity, l.quantity), nullif(t.total_amount, l.cost_basis)
    FROM open_lots l LEFT JOIN transactions t ON t.id_high = l.lot_high AND t.id_low = l.lot_low AND t.type = 'BUY';
DROP TABLE open_lots;
ALTER TABLE lots_in_order RENAME TO open_lots;

-- Transactions are found by their day, and events by their stream, through indexes.
DROP TABLE trade_days;
ALTER TABLE events DROP COLUMN previous;
ALTER TABLE streams DROP COLUMN last_event;

-- The mark that the last transaction left, and the one before it; a page of their own, so that they are
-- in every WAL. By them a WAL is told from one that goes on from another file, or from an older copy.
CREATE TABLE moments (
    id        INTEGER PRIMARY KEY CHECK (id = 1),
    previous  BLOB NOT NULL,
    this      BLOB NOT NULL
) STRICT;
INSERT INTO moments (id, previous, this) VALUES (1, randomblob(16), randomblob(16));
",
    "
-- Where sales take the highest cost first: what a share of the lot had cost, as a number that lots are looked up by.
ALTER TABLE open_lots ADD COLUMN cost_rank INTEGER;
",
    "
-- Exchange rates: what one unit of `base` is worth in `quote` on a day, by the event that says so. A day's last
-- row holds; it has no rate where that was taken back. What was known earlier stays.
CREATE TABLE rates (
    base       TEXT NOT NULL,
    quote      TEXT NOT NULL,
    rate_date  TEXT NOT NULL,
    sequence   INTEGER NOT NULL,
    rate       TEXT,
    PRIMARY KEY (base, quote, rate_date, sequence)
) STRICT, WITHOUT ROWID;

-- What a transaction was settled with in the currency of an account, and what a dividend in another currency
-- than its stock's was paid with.
ALTER TABLE transactions ADD COLUMN settlement_amount TEXT;
ALTER TABLE transactions ADD COLUMN settlement_currency TEXT;
ALTER TABLE transactions ADD COLUMN paid_amount TEXT;
ALTER TABLE transactions ADD COLUMN paid_currency TEXT;
-- Lots of a stock that give shares of another, in one portfolio or in all.
CREATE TABLE conversions (
    sequence INTEGER PRIMARY KEY, conversion_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
    stock INTEGER NOT NULL REFERENCES stocks, new_stock INTEGER NOT NULL REFERENCES stocks,
    effective_date TEXT NOT NULL, new_shares TEXT NOT NULL, old_shares TEXT NOT NULL,
    cost_share TEXT, new_value TEXT, old_value TEXT, cash TEXT, pay TEXT, rule TEXT, cash_in_lieu TEXT,
    portfolio INTEGER REFERENCES portfolios, voided_at INTEGER
) STRICT;

-- What a conversion realized in a position, with its parts as in `disposals`.
CREATE TABLE conversion_gains (
    conversion INTEGER NOT NULL, portfolio INTEGER NOT NULL, stock INTEGER NOT NULL, parts TEXT NOT NULL,
    PRIMARY KEY (portfolio, stock, conversion)
) STRICT, WITHOUT ROWID;
",
    "
-- The last day on which lots came, or changed what they are, otherwise than by purchases, sales and splits. Of a lot
-- from until then `disposals` say what it was, as they do where a part is not exactly what is shown: after the cost
-- basis follows [moment, place, quantity, bought shares, bought cost].
ALTER TABLE positions ADD COLUMN lots_changed_on TEXT;
",
];

/// Indexes that each format adds. They are created once the rows are there, because sorting them all takes
/// less time than inserting each in its place. Like those of [`MIGRATIONS`], entries never change.
pub(super) const INDEXES: [&str; 5] = [
    "
CREATE INDEX IF NOT EXISTS positions_by_stock ON positions (stock);
CREATE INDEX IF NOT EXISTS splits_by_stock ON splits (stock, effective_date);
CREATE INDEX IF NOT EXISTS gain_totals_by_year ON gain_totals (year);
",
    "
CREATE INDEX IF NOT EXISTS transactions_by_day ON transactions (trade_date);
CREATE INDEX IF NOT EXISTS events_by_stream ON events (portfolio, stock);
CREATE INDEX IF NOT EXISTS commands_by_undone ON commands (undoes) WHERE undoes IS NOT NULL;
",
    "
CREATE INDEX IF NOT EXISTS lots_by_cost ON open_lots (portfolio, stock, cost_rank DESC) WHERE cost_rank IS NOT NULL;
",
    "
CREATE INDEX IF NOT EXISTS dividends_by_day ON transactions (trade_date) WHERE type = 'DIVIDEND';
CREATE INDEX IF NOT EXISTS conversions_by_stock ON conversions (stock);
CREATE INDEX IF NOT EXISTS conversions_by_new_stock ON conversions (new_stock);
CREATE INDEX IF NOT EXISTS cost_adjustments ON transactions (stock) WHERE type IN ('RETURN_CAPITAL', 'ADJUST_COST');
",
    "
CREATE INDEX IF NOT EXISTS settlements ON transactions (settlement_currency) WHERE settlement_currency IS NOT NULL;
CREATE INDEX IF NOT EXISTS payments ON transactions (paid_currency) WHERE type = 'DIVIDEND' AND paid_currency IS NOT NULL;
",
];
