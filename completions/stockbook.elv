
use builtin;
use str;

set edit:completion:arg-completer[stockbook] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'stockbook'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'stockbook'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add-stock 'Add a stock'
            cand edit-stock 'Correct the description of a stock'
            cand update-price 'Record the price of a stock on a day, replacing any price it has for that day'
            cand remove-price 'Take back recorded prices of a stock'
            cand rebase-prices 'Say up to which day recorded prices of a stock are adjusted for splits'
            cand buy 'Record a purchase'
            cand sell 'Record a sale, from lots chosen by the portfolio''s cost basis method or by you'
            cand dividend 'Record a dividend, as a total or per share'
            cand split 'Record a stock split, which takes effect before the trades of its day'
            cand transfer 'Move shares to another portfolio, keeping the dates and cost of their lots, or out of the book'
            cand void 'Take back a transaction, dividend, split or transfer'
            cand amend 'Correct a trade or dividend: void it, and enter it again in its place'
            cand undo 'Take back whatever the last command recorded, or an import'
            cand imports 'List the imports: when, which files, and what they recorded'
            cand add-portfolio 'Add a portfolio'
            cand edit-portfolio 'Rename a portfolio'
            cand portfolios 'List the portfolios'
            cand set-cost-basis 'Change how a portfolio matches its sales to lots, for its whole history'
            cand import 'Import trades and prices from files, all or nothing'
            cand holdings 'Show what you hold, what it cost and what it is worth'
            cand summary 'Show what you hold, what it cost and what it is worth'
            cand gains 'Show what sales realized, short-term and long-term'
            cand returns 'Show what your money has earned: money-weighted and time-weighted rates of return'
            cand stocks 'List the stocks with their latest prices'
            cand transactions 'List the transactions by trade date'
            cand history 'Show the history of a record, a stock or a portfolio'
            cand explain 'Show the arithmetic behind a figure, line by line'
            cand prices 'List the prices of a stock'
            cand audit 'Print the lines of the audit log, exactly as they are in the file'
            cand reconcile 'Compare what a broker says is held with the book, and find what would explain a difference'
            cand export 'Write the book''s data for a spreadsheet, a program, or another accounting program'
            cand follow 'Give the events to a program of yours, as they are recorded'
            cand handlers 'List what reacts to events: handlers and followers, and how far each has come'
            cand backup 'Make a verified copy of the book and its audit log, even while others write to it'
            cand check 'Check that the book is sound: its file, its events, and everything derived from them'
            cand formats 'List the file formats that `import` reads, or print the table of one'
            cand config 'Show the settings in force, and where each comes from'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stockbook;add-stock'= {
            cand --sector 'The company''s sector'
            cand --industry 'The company''s industry, within its sector'
            cand --currency 'The currency of prices and trades, an ISO 4217 code [default: USD]'
            cand --isin 'The ISIN: 12 characters, the last of them a check digit'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;edit-stock'= {
            cand --symbol 'The new symbol; the old one still finds the stock, until another stock takes it'
            cand --name 'The name of the company'
            cand --sector 'The company''s sector'
            cand --industry 'The company''s industry, within its sector'
            cand --currency 'The currency of prices and trades, as long as nothing valid is recorded in the old one'
            cand --isin 'The ISIN'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;update-price'= {
            cand --date 'The day: YYYY-MM-DD, today or yesterday'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;remove-price'= {
            cand --to 'All prices from that day to this one'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;rebase-prices'= {
            cand --as-of 'The day up to which the prices are adjusted for splits'
            cand --from 'Only prices from this day on'
            cand --to 'Only prices up to this day'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;buy'= {
            cand --amount 'The total before fees, instead of the price; it is kept exactly'
            cand --fee 'The broker''s fee [default: 0]'
            cand --date 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]'
            cand --time 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it'
            cand --note 'A note'
            cand --id 'An id of your own, a UUID or any text, that makes it safe to repeat the command'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;sell'= {
            cand --amount 'The total before fees, instead of the price; it is kept exactly'
            cand --fee 'The broker''s fee [default: 0]'
            cand --date 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]'
            cand --time 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it'
            cand --note 'A note'
            cand --id 'An id of your own, a UUID or any text, that makes it safe to repeat the command'
            cand --lot 'A lot to sell from, by the id of its purchase (6 characters will do), and how many shares of it'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;dividend'= {
            cand --ex-date 'The ex-dividend date: the first day on which a buyer no longer gets the dividend [default: the day of payment]'
            cand --withholding 'The total tax withheld'
            cand --date 'The day of payment: YYYY-MM-DD, today or yesterday [default: today]'
            cand --time 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it'
            cand --note 'A note'
            cand --id 'An id of your own, a UUID or any text, that makes it safe to repeat the command'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --per-share 'The amount is per share held before --ex-date'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;split'= {
            cand --date 'The day: YYYY-MM-DD, today or yesterday [default: today]'
            cand --round 'Round the shares after the split; the fraction was sold for --cash-in-lieu'
            cand --cash-in-lieu 'What was paid for the fraction of a share that the split left in the portfolio'
            cand --id 'An id of your own, a UUID or any text, that makes it safe to repeat the command'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --force 'Record it even if a split by the same ratio is recorded within seven days of it'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;transfer'= {
            cand --to 'The portfolio to move them to'
            cand --lot 'A lot to move, by the id of its purchase, and how many shares of it'
            cand --date 'The day: YYYY-MM-DD, today or yesterday [default: today]'
            cand --time 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it'
            cand --id 'An id of your own, a UUID or any text, that makes it safe to repeat the command'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --out 'Move them out of the book, to another broker or as a gift, without a gain'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;void'= {
            cand --reason 'Why'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;amend'= {
            cand --symbol 'The stock'
            cand --quantity 'How many shares'
            cand --price 'The price per share'
            cand --amount 'The total before fees; of a dividend, before taxes'
            cand --fee 'The broker''s fee'
            cand --withholding 'The tax withheld from a dividend'
            cand --date 'The day: YYYY-MM-DD, today or yesterday'
            cand --time 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it'
            cand --note 'A note'
            cand --lot 'A lot to sell from, by the id of its purchase, and how many shares of it'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;undo'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;imports'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;add-portfolio'= {
            cand --cost-basis 'How sales are matched to lots: fifo, lifo, hifo or average [default: fifo]'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;edit-portfolio'= {
            cand --name 'Its new name'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;portfolios'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;set-cost-basis'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;import'= {
            cand --opening 'Add what was held before the first row, according to a file of what is held now: symbol, quantity and, if it has it, the cost basis'
            cand --currency 'The currency of new stocks, if the file does not say [default: USD, except for brokers'' files that leave it open]'
            cand --symbol 'The stock, for price files that have no symbol column'
            cand --format 'The format of the files, if it is not to be recognized; `stockbook formats` lists them'
            cand --mapping 'A file that describes the format, like the ones `stockbook formats <NAME>` prints'
            cand --map 'The header that the file uses for one of our columns, such as price=Kurs'
            cand --map-action 'The action that a word of the file stands for, such as Kauf=buy'
            cand --map-symbol 'The symbol of a stock that the file names differently, such as US0378331005=AAPL'
            cand --decimal 'The decimal mark of the file, if its numbers leave that open'
            cand --date-format 'How dates are written: DD/MM/YYYY, or %d/%m/%Y as for strftime'
            cand --adjusted 'The prices are adjusted for all splits up to this day [default: today]'
            cand --similar 'What to do with rows similar to something in the book: skip them as the same, or record them too [default: refuse them]'
            cand --time-zone 'The time zone to convert times to that have an offset from UTC, such as Europe/Berlin [default: as they are written]'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --add-stocks 'Add unknown symbols as stocks, named like their symbol if the file has no names'
            cand --add-portfolios 'Add unknown portfolios'
            cand --trade-prices 'Record each trade''s price as the price of its day, if the book has none'
            cand --skip-unknown 'Leave out rows that the format does not know, and list them'
            cand --unadjusted 'The prices are what was paid on their days, not adjusted for later splits'
            cand --distinct 'Record equal rows of several files as separate transactions'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;holdings'= {
            cand --as-of 'As things stood at the end of this day, at the latest price up to it'
            cand --known-on 'What the report said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --all 'Include closed positions'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;summary'= {
            cand --as-of 'As things stood at the end of this day, at the latest price up to it'
            cand --known-on 'What the report said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --all 'Include closed positions'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;gains'= {
            cand --year 'Only sales in this calendar year'
            cand --from 'Only sales from this day on'
            cand --to 'Only sales up to this day'
            cand --symbol 'Only of this stock'
            cand --by 'What each line stands for'
            cand --known-on 'What the report said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;returns'= {
            cand --from 'The first day of the period [default: the day of the first cash flow]'
            cand --to 'The last day of the period [default: today]'
            cand --symbol 'Only of this stock'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --flows 'Show the cash flows from which the rates are computed'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;stocks'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;transactions'= {
            cand --symbol 'Only of this stock'
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --type 'Only of this type: buy, sell, dividend, split, transfer-in or transfer-out'
            cand --tail 'Only the last N'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --all 'Include voided transactions'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;history'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;explain'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand gain 'The realized gain of a sale: its proceeds, and where the lots that it sold came from'
            cand holding 'What you hold of a stock: every entry, the open lots, and what they are worth'
        }
        &'stockbook;explain;gain'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;explain;holding'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;prices'= {
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;audit'= {
            cand --type 'Only events of this type'
            cand --symbol 'Only events of this stock'
            cand --since 'Only events recorded at or after this instant or day'
            cand --until 'Only events recorded before this instant, or up to the end of this day'
            cand --since-sequence 'Only events after this one, for readers that remember how far they got'
            cand --tail 'Only the last N of those that match'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --follow 'Keep printing new events as they are recorded, until interrupted'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand verify 'Verify the log: its chain of hashes, and that it agrees with the book'
            cand head 'Print the number and the hash of the last event, for you to note elsewhere'
            cand repair 'Move a log that is not the book''s aside, and rebuild it from the book'
        }
        &'stockbook;audit;verify'= {
            cand --head 'A head noted earlier, as `audit head` printed it; may be given several times'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;audit;head'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;audit;repair'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;reconcile'= {
            cand --date 'The day at whose end the book is looked at [default: today]'
            cand --tolerance 'Shares by which both may differ'
            cand --map-symbol 'The symbol of a stock that the file calls otherwise: US0378331005=AAPL'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;export'= {
            cand -o 'The file to write, as a whole or not at all [default: standard output]'
            cand --output 'The file to write, as a whole or not at all [default: standard output]'
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --force 'Replace an existing file'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;follow'= {
            cand --type 'Only events of this type; can be given several times'
            cand --from 'Where a new follower begins: after this event, or `now` with the next one'
            cand --timeout 'Seconds that the program may take for a batch; then it is ended and tried again'
            cand --batch 'Events that the program is given at once, at most'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --once 'End when the program has been given every event that there is, or with its exit code if it fails'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;handlers'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand replay 'Deliver events to a handler or follower again'
            cand forget 'Remove a follower and its place in the history'
        }
        &'stockbook;handlers;replay'= {
            cand --from 'Only the events after this one'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;handlers;forget'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;backup'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --force 'Replace an existing backup, and copy an altered book or log as it is'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;check'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand --repair 'Rebuild derived data that is wrong, unless facts are wrong too'
            cand -v 'List what was checked, even if all is well'
            cand --verbose 'List what was checked, even if all is well'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;formats'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;config'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio to record in [default: main], or to show [default: all]'
            cand --portfolio 'The portfolio to record in [default: main], or to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process is using the book'
            cand -n 'Show what would be recorded, without recording it'
            cand --dry-run 'Show what would be recorded, without recording it'
            cand -q 'No messages on success, and no progress bar'
            cand --quiet 'No messages on success, and no progress bar'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;help'= {
            cand add-stock 'Add a stock'
            cand edit-stock 'Correct the description of a stock'
            cand update-price 'Record the price of a stock on a day, replacing any price it has for that day'
            cand remove-price 'Take back recorded prices of a stock'
            cand rebase-prices 'Say up to which day recorded prices of a stock are adjusted for splits'
            cand buy 'Record a purchase'
            cand sell 'Record a sale, from lots chosen by the portfolio''s cost basis method or by you'
            cand dividend 'Record a dividend, as a total or per share'
            cand split 'Record a stock split, which takes effect before the trades of its day'
            cand transfer 'Move shares to another portfolio, keeping the dates and cost of their lots, or out of the book'
            cand void 'Take back a transaction, dividend, split or transfer'
            cand amend 'Correct a trade or dividend: void it, and enter it again in its place'
            cand undo 'Take back whatever the last command recorded, or an import'
            cand imports 'List the imports: when, which files, and what they recorded'
            cand add-portfolio 'Add a portfolio'
            cand edit-portfolio 'Rename a portfolio'
            cand portfolios 'List the portfolios'
            cand set-cost-basis 'Change how a portfolio matches its sales to lots, for its whole history'
            cand import 'Import trades and prices from files, all or nothing'
            cand holdings 'Show what you hold, what it cost and what it is worth'
            cand gains 'Show what sales realized, short-term and long-term'
            cand returns 'Show what your money has earned: money-weighted and time-weighted rates of return'
            cand stocks 'List the stocks with their latest prices'
            cand transactions 'List the transactions by trade date'
            cand history 'Show the history of a record, a stock or a portfolio'
            cand explain 'Show the arithmetic behind a figure, line by line'
            cand prices 'List the prices of a stock'
            cand audit 'Print the lines of the audit log, exactly as they are in the file'
            cand reconcile 'Compare what a broker says is held with the book, and find what would explain a difference'
            cand export 'Write the book''s data for a spreadsheet, a program, or another accounting program'
            cand follow 'Give the events to a program of yours, as they are recorded'
            cand handlers 'List what reacts to events: handlers and followers, and how far each has come'
            cand backup 'Make a verified copy of the book and its audit log, even while others write to it'
            cand check 'Check that the book is sound: its file, its events, and everything derived from them'
            cand formats 'List the file formats that `import` reads, or print the table of one'
            cand config 'Show the settings in force, and where each comes from'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stockbook;help;add-stock'= {
        }
        &'stockbook;help;edit-stock'= {
        }
        &'stockbook;help;update-price'= {
        }
        &'stockbook;help;remove-price'= {
        }
        &'stockbook;help;rebase-prices'= {
        }
        &'stockbook;help;buy'= {
        }
        &'stockbook;help;sell'= {
        }
        &'stockbook;help;dividend'= {
        }
        &'stockbook;help;split'= {
        }
        &'stockbook;help;transfer'= {
        }
        &'stockbook;help;void'= {
        }
        &'stockbook;help;amend'= {
        }
        &'stockbook;help;undo'= {
        }
        &'stockbook;help;imports'= {
        }
        &'stockbook;help;add-portfolio'= {
        }
        &'stockbook;help;edit-portfolio'= {
        }
        &'stockbook;help;portfolios'= {
        }
        &'stockbook;help;set-cost-basis'= {
        }
        &'stockbook;help;import'= {
        }
        &'stockbook;help;holdings'= {
        }
        &'stockbook;help;gains'= {
        }
        &'stockbook;help;returns'= {
        }
        &'stockbook;help;stocks'= {
        }
        &'stockbook;help;transactions'= {
        }
        &'stockbook;help;history'= {
        }
        &'stockbook;help;explain'= {
            cand gain 'The realized gain of a sale: its proceeds, and where the lots that it sold came from'
            cand holding 'What you hold of a stock: every entry, the open lots, and what they are worth'
        }
        &'stockbook;help;explain;gain'= {
        }
        &'stockbook;help;explain;holding'= {
        }
        &'stockbook;help;prices'= {
        }
        &'stockbook;help;audit'= {
            cand verify 'Verify the log: its chain of hashes, and that it agrees with the book'
            cand head 'Print the number and the hash of the last event, for you to note elsewhere'
            cand repair 'Move a log that is not the book''s aside, and rebuild it from the book'
        }
        &'stockbook;help;audit;verify'= {
        }
        &'stockbook;help;audit;head'= {
        }
        &'stockbook;help;audit;repair'= {
        }
        &'stockbook;help;reconcile'= {
        }
        &'stockbook;help;export'= {
        }
        &'stockbook;help;follow'= {
        }
        &'stockbook;help;handlers'= {
            cand replay 'Deliver events to a handler or follower again'
            cand forget 'Remove a follower and its place in the history'
        }
        &'stockbook;help;handlers;replay'= {
        }
        &'stockbook;help;handlers;forget'= {
        }
        &'stockbook;help;backup'= {
        }
        &'stockbook;help;check'= {
        }
        &'stockbook;help;formats'= {
        }
        &'stockbook;help;config'= {
        }
        &'stockbook;help;help'= {
        }
    ]
    $completions[$command]
}
