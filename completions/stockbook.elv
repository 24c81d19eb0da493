
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
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand add-stock 'Add a stock'
            cand edit-stock 'Correct what is known of a stock'
            cand update-price 'Record the price of a stock on a day, replacing the one that the day may have'
            cand remove-price 'Take recorded prices of a stock back'
            cand rebase-prices 'Say as of which day recorded prices of a stock count shares'
            cand buy 'Record a purchase'
            cand sell 'Record a sale; lots leave by the portfolio''s cost basis method, or as you pick them'
            cand dividend 'Record a dividend, in all or per share'
            cand split 'Record a split of a stock, effective before the trades of its day'
            cand transfer 'Move shares to another portfolio, with the dates and cost of their lots, or out of the book'
            cand void 'Take back a transaction, dividend, split or transfer'
            cand amend 'Correct a trade or dividend: void it and enter it again, in its place'
            cand undo 'Take back what the last command recorded, whatever it was, or an import'
            cand imports 'List the imports: when, which files, and what they recorded'
            cand add-portfolio 'Add a portfolio'
            cand edit-portfolio 'Give a portfolio another name'
            cand portfolios 'List the portfolios'
            cand set-cost-basis 'Change how a portfolio matches its sales to lots, through its whole history'
            cand import 'Import trades and prices from CSV files, all or nothing'
            cand holdings 'Show what you hold, what it cost and what it is worth'
            cand summary 'Show what you hold, what it cost and what it is worth'
            cand gains 'Show what sales realized, short-term and long-term'
            cand returns 'Show what the money put in has earned: money-weighted and time-weighted rates of return'
            cand stocks 'List the stocks with their latest prices'
            cand transactions 'List the transactions by trade date'
            cand history 'Tell the story of a transaction, dividend, split or transfer, of a stock or of a portfolio'
            cand explain 'Show the arithmetic of a figure line by line, to be checked by hand'
            cand prices 'List the prices of a stock'
            cand audit 'Print the audit log''s lines, as they stand in the file'
            cand export 'Write the book''s data for a spreadsheet, a program, or another accounting program'
            cand backup 'Copy the book and its audit log to a file, verified, while others may go on writing'
            cand check 'Look whether the book is sound: its file, its events, and all that follows from them'
            cand formats 'List the formats of files that are read, or print the table of one'
            cand config 'Show the settings that hold, and where each comes from'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'stockbook;add-stock'= {
            cand --sector 'The company''s sector'
            cand --industry 'The company''s industry, within its sector'
            cand --currency 'The currency of prices and trades, an ISO 4217 code [default: USD]'
            cand --isin 'The ISIN: 12 characters, the last of them a check digit'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;edit-stock'= {
            cand --symbol 'A new symbol; the old one finds the stock too, until another one takes it'
            cand --name 'The name of the company'
            cand --sector 'The company''s sector'
            cand --industry 'The company''s industry, within its sector'
            cand --currency 'The currency of prices and trades, while nothing that counts is recorded in the old one'
            cand --isin 'The ISIN'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;update-price'= {
            cand --date 'The day: YYYY-MM-DD, today or yesterday'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;remove-price'= {
            cand --to 'All prices from that day to this one'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;rebase-prices'= {
            cand --as-of 'The day until which the prices are adjusted for splits'
            cand --from 'Only prices from this day on'
            cand --to 'Only prices up to this day'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;buy'= {
            cand --amount 'The total before fees, instead of the price; it is kept exactly'
            cand --fee 'The broker''s fee [default: 0]'
            cand --date 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]'
            cand --time 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day'
            cand --note 'A note'
            cand --id 'Your own id, a UUID or any text: repeating the command with it records nothing twice'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;sell'= {
            cand --amount 'The total before fees, instead of the price; it is kept exactly'
            cand --fee 'The broker''s fee [default: 0]'
            cand --date 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]'
            cand --time 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day'
            cand --note 'A note'
            cand --id 'Your own id, a UUID or any text: repeating the command with it records nothing twice'
            cand --lot 'A lot to take, by the id of its purchase (6 characters of it will do), and how much of it'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;dividend'= {
            cand --ex-date 'The first day on which a buyer got no claim to it any more [default: the day of the payment]'
            cand --withholding 'The tax that was withheld, in all'
            cand --date 'The day on which it was paid: YYYY-MM-DD, today or yesterday [default: today]'
            cand --time 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day'
            cand --note 'A note'
            cand --id 'Your own id, a UUID or any text: repeating the command with it records nothing twice'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --per-share 'The amount is that of each share held before --ex-date'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;split'= {
            cand --date 'The day: YYYY-MM-DD, today or yesterday [default: today]'
            cand --round 'Round the shares after it: what is no whole share was sold for --cash-in-lieu'
            cand --cash-in-lieu 'What was paid for the fraction of a share that it leaves in the portfolio'
            cand --id 'Your own id, a UUID or any text: repeating the command with it records nothing twice'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --force 'Record it although one by the same ratio is recorded within seven days'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;transfer'= {
            cand --to 'The portfolio that they come to'
            cand --lot 'A lot to move, by the id of its purchase, and how much of it'
            cand --date 'The day: YYYY-MM-DD, today or yesterday [default: today]'
            cand --time 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day'
            cand --id 'Your own id, a UUID or any text: repeating the command with it records nothing twice'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --out 'They leave the book, for another broker or as a gift: no sale, no gain'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;void'= {
            cand --reason 'Why'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;amend'= {
            cand --symbol 'The stock'
            cand --quantity 'How many shares'
            cand --price 'The price per share'
            cand --amount 'The total before fees; of a dividend, before taxes'
            cand --fee 'The broker''s fee'
            cand --withholding 'The tax that was withheld from a dividend'
            cand --date 'The day: YYYY-MM-DD, today or yesterday'
            cand --time 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day'
            cand --note 'A note'
            cand --lot 'A lot that a sale is to take, by the id of its purchase, and how much of it'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;undo'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;imports'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;add-portfolio'= {
            cand --cost-basis 'How sales are matched to lots: fifo, lifo, hifo or average [default: fifo]'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;edit-portfolio'= {
            cand --name 'Its new name'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;portfolios'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;set-cost-basis'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;import'= {
            cand --opening 'Add what was held before the first row, by a file of what is held now: symbol, quantity and, where it has it, the cost basis'
            cand --currency 'The currency of new stocks where the file does not tell it [default: USD, unless a broker''s file leaves it open]'
            cand --symbol 'The stock that files without a symbol column are of'
            cand --format 'The format of the files, where they are not to be recognised; `stockbook formats` lists them'
            cand --mapping 'A file that describes the format, as `stockbook formats <NAME>` prints one'
            cand --map 'The header under which a file has one of our columns: price=Kurs'
            cand --map-action 'What a word of the file for what a row is means: Kauf=buy'
            cand --map-symbol 'The symbol of a stock that the file calls otherwise: US0378331005=AAPL'
            cand --decimal 'What stands before the decimals in the file, where its numbers do not tell'
            cand --date-format 'How dates are written: DD/MM/YYYY, or %d/%m/%Y as for strftime'
            cand --adjusted 'The prices are adjusted for the splits until this day [default: today]'
            cand --similar 'What becomes of rows that are similar to something that the book has: skip takes them for that, record records them too [default: they are refused]'
            cand --time-zone 'The time zone whose days count where the file tells the offset of its times from UTC: Europe/Berlin; without, times are taken as they are written'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --add-stocks 'Add unknown symbols as stocks named like their symbol'
            cand --add-portfolios 'Add unknown portfolios'
            cand --trade-prices 'Record each trade''s own price for its day, where the book has none'
            cand --skip-unknown 'Leave out rows that the format does not know, and list them'
            cand --unadjusted 'The prices are as they were on their days, whatever splits followed'
            cand --distinct 'Equal rows of several files are a transaction each, not one'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;holdings'= {
            cand --as-of 'As things stood at the end of this day, with the price known on it'
            cand --known-on 'What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --all 'Closed positions too'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;summary'= {
            cand --as-of 'As things stood at the end of this day, with the price known on it'
            cand --known-on 'What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --all 'Closed positions too'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;gains'= {
            cand --year 'Only of sales in this calendar year'
            cand --from 'Only of sales from this day on'
            cand --to 'Only of sales up to this day'
            cand --symbol 'Only of this stock'
            cand --by 'What a line is'
            cand --known-on 'What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;returns'= {
            cand --from 'The first day of the period [default: that of the first money that moved]'
            cand --to 'The last day of the period [default: today]'
            cand --symbol 'Only of this stock'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --flows 'The cash flows that the rates are of'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;stocks'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
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
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --all 'Voided ones too'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;history'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;explain'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand gain 'The realized gain of a sale: its proceeds, and the lots with what had become of them before'
            cand holding 'What is held of a stock: every entry, the open lots, and what they are worth'
        }
        &'stockbook;explain;gain'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;explain;holding'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;prices'= {
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;audit'= {
            cand --type 'Only events of this type'
            cand --symbol 'Only events of this stock'
            cand --since 'Only events recorded at or after this instant or day'
            cand --until 'Only events recorded before this instant, or up to the end of this day'
            cand --since-sequence 'Only events after this one: a reader''s cursor'
            cand --tail 'Only the last N that pass the other filters'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --follow 'Go on with new events as they are recorded, until interrupted'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand verify 'Verify the log: its chain, and whether it is what the book''s events say'
            cand head 'Print the number and the hash of the last event, to be noted elsewhere'
            cand repair 'Move a log that is not the book''s aside, and write it anew from the book'
        }
        &'stockbook;audit;verify'= {
            cand --head 'A head that was noted earlier, as `audit head` printed it; can be given several times'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;audit;head'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;audit;repair'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;export'= {
            cand -o 'Into this file, which is there as a whole or not at all [default: standard output]'
            cand --output 'Into this file, which is there as a whole or not at all [default: standard output]'
            cand --from 'Only from this day on'
            cand --to 'Only up to this day'
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --force 'In place of the file that is there'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;backup'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --force 'Replace a backup that is there; copy what was altered as it is'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;check'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand --repair 'Rebuild what is derived and wrong, unless facts are wrong too'
            cand -v 'Tell what was looked at, also if all is well'
            cand --verbose 'Tell what was looked at, also if all is well'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;formats'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;config'= {
            cand --book 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]'
            cand -p 'The portfolio: where to record [default: main], what to show [default: all]'
            cand --portfolio 'The portfolio: where to record [default: main], what to show [default: all]'
            cand -O 'How to print results [default: table]'
            cand --output-format 'How to print results [default: table]'
            cand --color 'When to use colours [default: auto]'
            cand --wait 'How long to wait while another process writes to the book'
            cand -n 'Do everything but record it: show what would be recorded, write nothing'
            cand --dry-run 'Do everything but record it: show what would be recorded, write nothing'
            cand -q 'No sentence on success, no progress'
            cand --quiet 'No sentence on success, no progress'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'stockbook;help'= {
            cand add-stock 'Add a stock'
            cand edit-stock 'Correct what is known of a stock'
            cand update-price 'Record the price of a stock on a day, replacing the one that the day may have'
            cand remove-price 'Take recorded prices of a stock back'
            cand rebase-prices 'Say as of which day recorded prices of a stock count shares'
            cand buy 'Record a purchase'
            cand sell 'Record a sale; lots leave by the portfolio''s cost basis method, or as you pick them'
            cand dividend 'Record a dividend, in all or per share'
            cand split 'Record a split of a stock, effective before the trades of its day'
            cand transfer 'Move shares to another portfolio, with the dates and cost of their lots, or out of the book'
            cand void 'Take back a transaction, dividend, split or transfer'
            cand amend 'Correct a trade or dividend: void it and enter it again, in its place'
            cand undo 'Take back what the last command recorded, whatever it was, or an import'
            cand imports 'List the imports: when, which files, and what they recorded'
            cand add-portfolio 'Add a portfolio'
            cand edit-portfolio 'Give a portfolio another name'
            cand portfolios 'List the portfolios'
            cand set-cost-basis 'Change how a portfolio matches its sales to lots, through its whole history'
            cand import 'Import trades and prices from CSV files, all or nothing'
            cand holdings 'Show what you hold, what it cost and what it is worth'
            cand gains 'Show what sales realized, short-term and long-term'
            cand returns 'Show what the money put in has earned: money-weighted and time-weighted rates of return'
            cand stocks 'List the stocks with their latest prices'
            cand transactions 'List the transactions by trade date'
            cand history 'Tell the story of a transaction, dividend, split or transfer, of a stock or of a portfolio'
            cand explain 'Show the arithmetic of a figure line by line, to be checked by hand'
            cand prices 'List the prices of a stock'
            cand audit 'Print the audit log''s lines, as they stand in the file'
            cand export 'Write the book''s data for a spreadsheet, a program, or another accounting program'
            cand backup 'Copy the book and its audit log to a file, verified, while others may go on writing'
            cand check 'Look whether the book is sound: its file, its events, and all that follows from them'
            cand formats 'List the formats of files that are read, or print the table of one'
            cand config 'Show the settings that hold, and where each comes from'
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
            cand gain 'The realized gain of a sale: its proceeds, and the lots with what had become of them before'
            cand holding 'What is held of a stock: every entry, the open lots, and what they are worth'
        }
        &'stockbook;help;explain;gain'= {
        }
        &'stockbook;help;explain;holding'= {
        }
        &'stockbook;help;prices'= {
        }
        &'stockbook;help;audit'= {
            cand verify 'Verify the log: its chain, and whether it is what the book''s events say'
            cand head 'Print the number and the hash of the last event, to be noted elsewhere'
            cand repair 'Move a log that is not the book''s aside, and write it anew from the book'
        }
        &'stockbook;help;audit;verify'= {
        }
        &'stockbook;help;audit;head'= {
        }
        &'stockbook;help;audit;repair'= {
        }
        &'stockbook;help;export'= {
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
