# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_stockbook_global_optspecs
    string join \n book= p/portfolio= O/output-format= n/dry-run color= q/quiet wait= h/help V/version
end

function __fish_stockbook_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_stockbook_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_stockbook_using_subcommand
    set -l cmd (__fish_stockbook_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c stockbook -n "__fish_stockbook_needs_command" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_needs_command" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_needs_command" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_needs_command" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_needs_command" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_needs_command" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_needs_command" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_needs_command" -s V -l version -d 'Print version'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "add-stock" -d 'Add a stock'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "edit-stock" -d 'Correct the description of a stock'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "update-price" -d 'Record the price of a stock on a day, replacing any price it has for that day'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "remove-price" -d 'Take back recorded prices of a stock'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "rebase-prices" -d 'Say up to which day recorded prices of a stock are adjusted for splits'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "buy" -d 'Record a purchase'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "sell" -d 'Record a sale, from lots chosen by the portfolio\'s cost basis method or by you'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "dividend" -d 'Record a dividend, as a total or per share'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "split" -d 'Record a stock split, which takes effect before the trades of its day'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "transfer" -d 'Move shares to another portfolio, keeping the dates and cost of their lots, or out of the book'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "void" -d 'Take back a transaction, dividend, split or transfer'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "amend" -d 'Correct a trade or dividend: void it, and enter it again in its place'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "undo" -d 'Take back whatever the last command recorded, or an import'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "imports" -d 'List the imports: when, which files, and what they recorded'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "add-portfolio" -d 'Add a portfolio'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "edit-portfolio" -d 'Rename a portfolio'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "portfolios" -d 'List the portfolios'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "set-cost-basis" -d 'Change how a portfolio matches its sales to lots, for its whole history'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "import" -d 'Import trades and prices from files, all or nothing'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "holdings" -d 'Show what you hold, what it cost and what it is worth'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "summary" -d 'Show what you hold, what it cost and what it is worth'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "gains" -d 'Show what sales realized, short-term and long-term'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "returns" -d 'Show what your money has earned: money-weighted and time-weighted rates of return'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "stocks" -d 'List the stocks with their latest prices'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "transactions" -d 'List the transactions by trade date'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "history" -d 'Show the history of a record, a stock or a portfolio'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "explain" -d 'Show the arithmetic behind a figure, line by line'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "prices" -d 'List the prices of a stock'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "audit" -d 'Print the lines of the audit log, exactly as they are in the file'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "reconcile" -d 'Compare what a broker says is held with the book, and find what would explain a difference'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "export" -d 'Write the book\'s data for a spreadsheet, a program, or another accounting program'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "follow" -d 'Give the events to a program of yours, as they are recorded'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "handlers" -d 'List what reacts to events: handlers and followers, and how far each has come'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "backup" -d 'Make a verified copy of the book and its audit log, even while others write to it'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "check" -d 'Check that the book is sound: its file, its events, and everything derived from them'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "formats" -d 'List the file formats that `import` reads, or print the table of one'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "config" -d 'Show the settings in force, and where each comes from'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l sector -d 'The company\'s sector' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l industry -d 'The company\'s industry, within its sector' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l currency -d 'The currency of prices and trades, an ISO 4217 code [default: USD]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l isin -d 'The ISIN: 12 characters, the last of them a check digit' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l symbol -d 'The new symbol; the old one still finds the stock, until another stock takes it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l name -d 'The name of the company' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l sector -d 'The company\'s sector' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l industry -d 'The company\'s industry, within its sector' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l currency -d 'The currency of prices and trades, as long as nothing valid is recorded in the old one' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l isin -d 'The ISIN' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -l date -d 'The day: YYYY-MM-DD, today or yesterday' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -l to -d 'All prices from that day to this one' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l as-of -d 'The day up to which the prices are adjusted for splits' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s b -l from -l begin -d 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l to -d 'Only up to this day, or to the last day of a month, quarter or year' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s e -l end -d 'Only before this day, as in hledger' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l period -d 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l amount -d 'The total before fees, instead of the price; it is kept exactly' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l fee -d 'The broker\'s fee [default: 0]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l date -d 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l time -d 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l note -d 'A note' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l id -d 'An id of your own, a UUID or any text, that makes it safe to repeat the command' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l amount -d 'The total before fees, instead of the price; it is kept exactly' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l fee -d 'The broker\'s fee [default: 0]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l date -d 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l time -d 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l note -d 'A note' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l id -d 'An id of your own, a UUID or any text, that makes it safe to repeat the command' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l lot -d 'A lot to sell from, by the id of its purchase (6 characters will do), and how many shares of it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l ex-date -d 'The ex-dividend date: the first day on which a buyer no longer gets the dividend [default: the day of payment]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l withholding -d 'The total tax withheld' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l date -d 'The day of payment: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l time -d 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l note -d 'A note' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l id -d 'An id of your own, a UUID or any text, that makes it safe to repeat the command' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l per-share -d 'The amount is per share held before --ex-date'
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l date -d 'The day: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l round -d 'Round the shares after the split; the fraction was sold for --cash-in-lieu' -r -f -a "down\t'To whole shares'"
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l cash-in-lieu -d 'What was paid for the fraction of a share that the split left in the portfolio' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l id -d 'An id of your own, a UUID or any text, that makes it safe to repeat the command' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l force -d 'Record it even if a split by the same ratio is recorded within seven days of it'
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l to -d 'The portfolio to move them to' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l lot -d 'A lot to move, by the id of its purchase, and how many shares of it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l date -d 'The day: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l time -d 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l id -d 'An id of your own, a UUID or any text, that makes it safe to repeat the command' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l out -d 'Move them out of the book, to another broker or as a gift, without a gain'
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -l reason -d 'Why' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l symbol -d 'The stock' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l quantity -d 'How many shares' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l price -d 'The price per share' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l amount -d 'The total before fees; of a dividend, before taxes' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l fee -d 'The broker\'s fee' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l withholding -d 'The tax withheld from a dividend' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l date -d 'The day: YYYY-MM-DD, today or yesterday' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l time -d 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l note -d 'A note' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l lot -d 'A lot to sell from, by the id of its purchase, and how many shares of it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -l cost-basis -d 'How sales are matched to lots: fifo, lifo, hifo or average [default: fifo]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -l name -d 'Its new name' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l opening -d 'Add what was held before the first row, according to a file of what is held now: symbol, quantity and, if it has it, the cost basis' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l currency -d 'The currency of new stocks, if the file does not say [default: USD, except for brokers\' files that leave it open]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l symbol -d 'The stock, for price files that have no symbol column' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l format -d 'The format of the files, if it is not to be recognized; `stockbook formats` lists them' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l mapping -d 'A file that describes the format, like the ones `stockbook formats <NAME>` prints' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l map -d 'The header that the file uses for one of our columns, such as price=Kurs' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l map-action -d 'The action that a word of the file stands for, such as Kauf=buy' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l map-symbol -d 'The symbol of a stock that the file names differently, such as US0378331005=AAPL' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l decimal -d 'The decimal mark of the file, if its numbers leave that open' -r -f -a ".\t'1,234.5'
\,\t'1.234,5'"
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l date-format -d 'How dates are written: DD/MM/YYYY, or %d/%m/%Y as for strftime' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l adjusted -d 'The prices are adjusted for all splits up to this day [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l similar -d 'What to do with rows similar to something in the book: skip them as the same, or record them too [default: refuse them]' -r -f -a "skip\t'They are what the book has'
record\t'They are recorded'"
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l time-zone -d 'The time zone to convert times to that have an offset from UTC, such as Europe/Berlin [default: as they are written]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l add-stocks -d 'Add unknown symbols as stocks, named like their symbol if the file has no names'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l add-portfolios -d 'Add unknown portfolios'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l trade-prices -d 'Record each trade\'s price as the price of its day, if the book has none'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l skip-unknown -d 'Leave out rows that the format does not know, and list them'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l unadjusted -d 'The prices are what was paid on their days, not adjusted for later splits'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l distinct -d 'Record equal rows of several files as separate transactions'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l as-of -d 'As things stood at the end of this day, at the latest price up to it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l known-on -d 'What the report said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l all -d 'Include closed positions'
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l as-of -d 'As things stood at the end of this day, at the latest price up to it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l known-on -d 'What the report said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l all -d 'Include closed positions'
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l year -d 'Only sales in this calendar year' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s b -l from -l begin -d 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l to -d 'Only up to this day, or to the last day of a month, quarter or year' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s e -l end -d 'Only before this day, as in hledger' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l period -d 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l symbol -d 'Only of this stock' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l by -d 'What each line stands for' -r -f -a "lot\t'A lot, or a part of one, and its sale'
sale\t'A sale'
symbol\t'A stock'
year\t'A calendar year'"
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l known-on -d 'What the report said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s b -l from -l begin -d 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l to -d 'Only up to this day, or to the last day of a month, quarter or year' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s e -l end -d 'Only before this day, as in hledger' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l period -d 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l symbol -d 'Only of this stock' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l flows -d 'Show the cash flows from which the rates are computed'
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l symbol -d 'Only of this stock' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s b -l from -l begin -d 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l to -d 'Only up to this day, or to the last day of a month, quarter or year' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s e -l end -d 'Only before this day, as in hledger' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l period -d 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l type -d 'Only of this type: buy, sell, dividend, split, transfer-in or transfer-out' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l tail -d 'Only the last N' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l all -d 'Include voided transactions'
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -f -a "gain" -d 'The realized gain of a sale: its proceeds, and where the lots that it sold came from'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -f -a "holding" -d 'What you hold of a stock: every entry, the open lots, and what they are worth'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s b -l from -l begin -d 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l to -d 'Only up to this day, or to the last day of a month, quarter or year' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s e -l end -d 'Only before this day, as in hledger' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l period -d 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l type -d 'Only events of this type' -r -f -a "BookCreatedEvent\t''
PortfolioCreatedEvent\t''
StockCreatedEvent\t''
StockPriceUpdatedEvent\t''
StockPriceRemovedEvent\t''
StockEditedEvent\t''
StockRemovedEvent\t''
PortfolioEditedEvent\t''
PortfolioRemovedEvent\t''
TransactionExecutedEvent\t''
DividendReceivedEvent\t''
StockSplitEvent\t''
TransactionVoidedEvent\t''
LotsRematchedEvent\t''
CostBasisMethodChangedEvent\t''
ImportCompletedEvent\t''
IdentitiesReleasedEvent\t''"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l symbol -d 'Only events of this stock' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l since -d 'Only events recorded at or after this instant or day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l until -d 'Only events recorded before this instant, or up to the end of this day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l since-sequence -d 'Only events after this one, for readers that remember how far they got' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l tail -d 'Only the last N of those that match' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l follow -d 'Keep printing new events as they are recorded, until interrupted'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -f -a "verify" -d 'Verify the log: its chain of hashes, and that it agrees with the book'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -f -a "head" -d 'Print the number and the hash of the last event, for you to note elsewhere'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -f -a "repair" -d 'Move a log that is not the book\'s aside, and rebuild it from the book'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -l head -d 'A head noted earlier, as `audit head` printed it; may be given several times' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -l date -d 'The day at whose end the book is looked at [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -l tolerance -d 'Shares by which both may differ' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -l map-symbol -d 'The symbol of a stock that the file calls otherwise: US0378331005=AAPL' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand reconcile" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s o -l output -d 'The file to write, as a whole or not at all [default: standard output]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s b -l from -l begin -d 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l to -d 'Only up to this day, or to the last day of a month, quarter or year' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s e -l end -d 'Only before this day, as in hledger' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l period -d 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l force -d 'Replace an existing file'
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -l type -d 'Only events of this type; can be given several times' -r -f -a "BookCreatedEvent\t''
PortfolioCreatedEvent\t''
StockCreatedEvent\t''
StockPriceUpdatedEvent\t''
StockPriceRemovedEvent\t''
StockEditedEvent\t''
StockRemovedEvent\t''
PortfolioEditedEvent\t''
PortfolioRemovedEvent\t''
TransactionExecutedEvent\t''
DividendReceivedEvent\t''
StockSplitEvent\t''
TransactionVoidedEvent\t''
LotsRematchedEvent\t''
CostBasisMethodChangedEvent\t''
ImportCompletedEvent\t''
IdentitiesReleasedEvent\t''"
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -l from -d 'Where a new follower begins: after this event, or `now` with the next one' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -l timeout -d 'Seconds that the program may take for a batch; then it is ended and tried again' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -l batch -d 'Events that the program is given at once, at most' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -l once -d 'End when the program has been given every event that there is, or with its exit code if it fails'
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand follow" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -f -a "replay" -d 'Deliver events to a handler or follower again'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and not __fish_seen_subcommand_from replay forget" -f -a "forget" -d 'Remove a follower and its place in the history'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from replay" -l from -d 'Only the events after this one' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from replay" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from replay" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from replay" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from replay" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from replay" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from replay" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from replay" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from replay" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from forget" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from forget" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from forget" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from forget" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from forget" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from forget" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from forget" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand handlers; and __fish_seen_subcommand_from forget" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -l force -d 'Replace an existing backup, and copy an altered book or log as it is'
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -l repair -d 'Rebuild derived data that is wrong, unless facts are wrong too'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s v -l verbose -d 'List what was checked, even if all is well'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s p -l portfolio -d 'The portfolio to record in [default: main], or to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'Aligned tables for reading'
json\t'For programs; numbers are exact, as strings'
csv\t'For spreadsheets: a header and a line per row; text that looks like a formula gets an apostrophe in front'"
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Even into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -l wait -d 'How long to wait while another process is using the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s n -l dry-run -d 'Show what would be recorded, without recording it'
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s q -l quiet -d 'No messages on success, and no progress bar'
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "add-stock" -d 'Add a stock'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "edit-stock" -d 'Correct the description of a stock'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "update-price" -d 'Record the price of a stock on a day, replacing any price it has for that day'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "remove-price" -d 'Take back recorded prices of a stock'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "rebase-prices" -d 'Say up to which day recorded prices of a stock are adjusted for splits'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "buy" -d 'Record a purchase'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "sell" -d 'Record a sale, from lots chosen by the portfolio\'s cost basis method or by you'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "dividend" -d 'Record a dividend, as a total or per share'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "split" -d 'Record a stock split, which takes effect before the trades of its day'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "transfer" -d 'Move shares to another portfolio, keeping the dates and cost of their lots, or out of the book'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "void" -d 'Take back a transaction, dividend, split or transfer'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "amend" -d 'Correct a trade or dividend: void it, and enter it again in its place'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "undo" -d 'Take back whatever the last command recorded, or an import'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "imports" -d 'List the imports: when, which files, and what they recorded'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "add-portfolio" -d 'Add a portfolio'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "edit-portfolio" -d 'Rename a portfolio'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "portfolios" -d 'List the portfolios'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "set-cost-basis" -d 'Change how a portfolio matches its sales to lots, for its whole history'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "import" -d 'Import trades and prices from files, all or nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "holdings" -d 'Show what you hold, what it cost and what it is worth'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "gains" -d 'Show what sales realized, short-term and long-term'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "returns" -d 'Show what your money has earned: money-weighted and time-weighted rates of return'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "stocks" -d 'List the stocks with their latest prices'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "transactions" -d 'List the transactions by trade date'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "history" -d 'Show the history of a record, a stock or a portfolio'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "explain" -d 'Show the arithmetic behind a figure, line by line'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "prices" -d 'List the prices of a stock'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "audit" -d 'Print the lines of the audit log, exactly as they are in the file'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "reconcile" -d 'Compare what a broker says is held with the book, and find what would explain a difference'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "export" -d 'Write the book\'s data for a spreadsheet, a program, or another accounting program'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "follow" -d 'Give the events to a program of yours, as they are recorded'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "handlers" -d 'List what reacts to events: handlers and followers, and how far each has come'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "backup" -d 'Make a verified copy of the book and its audit log, even while others write to it'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "check" -d 'Check that the book is sound: its file, its events, and everything derived from them'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "formats" -d 'List the file formats that `import` reads, or print the table of one'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "config" -d 'Show the settings in force, and where each comes from'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit reconcile export follow handlers backup check formats config help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from explain" -f -a "gain" -d 'The realized gain of a sale: its proceeds, and where the lots that it sold came from'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from explain" -f -a "holding" -d 'What you hold of a stock: every entry, the open lots, and what they are worth'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Verify the log: its chain of hashes, and that it agrees with the book'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "head" -d 'Print the number and the hash of the last event, for you to note elsewhere'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "repair" -d 'Move a log that is not the book\'s aside, and rebuild it from the book'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from handlers" -f -a "replay" -d 'Deliver events to a handler or follower again'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from handlers" -f -a "forget" -d 'Remove a follower and its place in the history'
