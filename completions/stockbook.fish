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
complete -c stockbook -n "__fish_stockbook_needs_command" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_needs_command" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_needs_command" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_needs_command" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_needs_command" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_needs_command" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_needs_command" -s V -l version -d 'Print version'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "add-stock" -d 'Add a stock'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "edit-stock" -d 'Correct what is known of a stock'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "update-price" -d 'Record the price of a stock on a day, replacing the one that the day may have'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "remove-price" -d 'Take recorded prices of a stock back'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "rebase-prices" -d 'Say as of which day recorded prices of a stock count shares'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "buy" -d 'Record a purchase'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "sell" -d 'Record a sale; lots leave by the portfolio\'s cost basis method, or as you pick them'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "dividend" -d 'Record a dividend, in all or per share'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "split" -d 'Record a split of a stock, effective before the trades of its day'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "transfer" -d 'Move shares to another portfolio, with the dates and cost of their lots, or out of the book'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "void" -d 'Take back a transaction, dividend, split or transfer'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "amend" -d 'Correct a trade or dividend: void it and enter it again, in its place'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "undo" -d 'Take back what the last command recorded, whatever it was, or an import'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "imports" -d 'List the imports: when, which files, and what they recorded'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "add-portfolio" -d 'Add a portfolio'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "edit-portfolio" -d 'Give a portfolio another name'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "portfolios" -d 'List the portfolios'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "set-cost-basis" -d 'Change how a portfolio matches its sales to lots, through its whole history'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "import" -d 'Import trades and prices from CSV files, all or nothing'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "holdings" -d 'Show what you hold, what it cost and what it is worth'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "summary" -d 'Show what you hold, what it cost and what it is worth'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "gains" -d 'Show what sales realized, short-term and long-term'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "returns" -d 'Show what the money put in has earned: money-weighted and time-weighted rates of return'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "stocks" -d 'List the stocks with their latest prices'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "transactions" -d 'List the transactions by trade date'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "history" -d 'Tell the story of a transaction, dividend, split or transfer, of a stock or of a portfolio'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "explain" -d 'Show the arithmetic of a figure line by line, to be checked by hand'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "prices" -d 'List the prices of a stock'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "audit" -d 'Print the audit log\'s lines, as they stand in the file'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "export" -d 'Write the book\'s data for a spreadsheet, a program, or another accounting program'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "backup" -d 'Copy the book and its audit log to a file, verified, while others may go on writing'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "check" -d 'Look whether the book is sound: its file, its events, and all that follows from them'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "formats" -d 'List the formats of files that are read, or print the table of one'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "config" -d 'Show the settings that hold, and where each comes from'
complete -c stockbook -n "__fish_stockbook_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l sector -d 'The company\'s sector' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l industry -d 'The company\'s industry, within its sector' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l currency -d 'The currency of prices and trades, an ISO 4217 code [default: USD]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l isin -d 'The ISIN: 12 characters, the last of them a check digit' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-stock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l symbol -d 'A new symbol; the old one finds the stock too, until another one takes it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l name -d 'The name of the company' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l sector -d 'The company\'s sector' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l industry -d 'The company\'s industry, within its sector' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l currency -d 'The currency of prices and trades, while nothing that counts is recorded in the old one' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l isin -d 'The ISIN' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-stock" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -l date -d 'The day: YYYY-MM-DD, today or yesterday' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand update-price" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -l to -d 'All prices from that day to this one' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand remove-price" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l as-of -d 'The day until which the prices are adjusted for splits' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l from -d 'Only prices from this day on' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l to -d 'Only prices up to this day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand rebase-prices" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l amount -d 'The total before fees, instead of the price; it is kept exactly' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l fee -d 'The broker\'s fee [default: 0]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l date -d 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l time -d 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l note -d 'A note' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l id -d 'Your own id, a UUID or any text: repeating the command with it records nothing twice' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand buy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l amount -d 'The total before fees, instead of the price; it is kept exactly' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l fee -d 'The broker\'s fee [default: 0]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l date -d 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l time -d 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l note -d 'A note' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l id -d 'Your own id, a UUID or any text: repeating the command with it records nothing twice' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l lot -d 'A lot to take, by the id of its purchase (6 characters of it will do), and how much of it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand sell" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l ex-date -d 'The first day on which a buyer got no claim to it any more [default: the day of the payment]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l withholding -d 'The tax that was withheld, in all' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l date -d 'The day on which it was paid: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l time -d 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l note -d 'A note' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l id -d 'Your own id, a UUID or any text: repeating the command with it records nothing twice' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -l per-share -d 'The amount is that of each share held before --ex-date'
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand dividend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l date -d 'The day: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l round -d 'Round the shares after it: what is no whole share was sold for --cash-in-lieu' -r -f -a "down\t'To whole shares'"
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l cash-in-lieu -d 'What was paid for the fraction of a share that it leaves in the portfolio' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l id -d 'Your own id, a UUID or any text: repeating the command with it records nothing twice' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -l force -d 'Record it although one by the same ratio is recorded within seven days'
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand split" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l to -d 'The portfolio that they come to' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l lot -d 'A lot to move, by the id of its purchase, and how much of it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l date -d 'The day: YYYY-MM-DD, today or yesterday [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l time -d 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l id -d 'Your own id, a UUID or any text: repeating the command with it records nothing twice' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -l out -d 'They leave the book, for another broker or as a gift: no sale, no gain'
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand transfer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -l reason -d 'Why' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand void" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l symbol -d 'The stock' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l quantity -d 'How many shares' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l price -d 'The price per share' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l amount -d 'The total before fees; of a dividend, before taxes' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l fee -d 'The broker\'s fee' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l withholding -d 'The tax that was withheld from a dividend' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l date -d 'The day: YYYY-MM-DD, today or yesterday' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l time -d 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l note -d 'A note' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l lot -d 'A lot that a sale is to take, by the id of its purchase, and how much of it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand amend" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand undo" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand imports" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -l cost-basis -d 'How sales are matched to lots: fifo, lifo, hifo or average [default: fifo]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand add-portfolio" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -l name -d 'Its new name' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand edit-portfolio" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand portfolios" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand set-cost-basis" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l opening -d 'Add what was held before the first row, by a file of what is held now: symbol, quantity and, where it has it, the cost basis' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l currency -d 'The currency of new stocks where the file does not tell it [default: USD, unless a broker\'s file leaves it open]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l symbol -d 'The stock that files without a symbol column are of' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l format -d 'The format of the files, where they are not to be recognised; `stockbook formats` lists them' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l mapping -d 'A file that describes the format, as `stockbook formats <NAME>` prints one' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l map -d 'The header under which a file has one of our columns: price=Kurs' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l map-action -d 'What a word of the file for what a row is means: Kauf=buy' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l map-symbol -d 'The symbol of a stock that the file calls otherwise: US0378331005=AAPL' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l decimal -d 'What stands before the decimals in the file, where its numbers do not tell' -r -f -a ".\t'1,234.5'
\,\t'1.234,5'"
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l date-format -d 'How dates are written: DD/MM/YYYY, or %d/%m/%Y as for strftime' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l adjusted -d 'The prices are adjusted for the splits until this day [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l similar -d 'What becomes of rows that are similar to something that the book has: skip takes them for that, record records them too [default: they are refused]' -r -f -a "skip\t'They are what the book has'
record\t'They are recorded'"
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l time-zone -d 'The time zone whose days count where the file tells the offset of its times from UTC: Europe/Berlin; without, times are taken as they are written' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l add-stocks -d 'Add unknown symbols as stocks named like their symbol'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l add-portfolios -d 'Add unknown portfolios'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l trade-prices -d 'Record each trade\'s own price for its day, where the book has none'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l skip-unknown -d 'Leave out rows that the format does not know, and list them'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l unadjusted -d 'The prices are as they were on their days, whatever splits followed'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -l distinct -d 'Equal rows of several files are a transaction each, not one'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l as-of -d 'As things stood at the end of this day, with the price known on it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l known-on -d 'What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -l all -d 'Closed positions too'
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand holdings" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l as-of -d 'As things stood at the end of this day, with the price known on it' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l known-on -d 'What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -l all -d 'Closed positions too'
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand summary" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l year -d 'Only of sales in this calendar year' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l from -d 'Only of sales from this day on' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l to -d 'Only of sales up to this day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l symbol -d 'Only of this stock' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l by -d 'What a line is' -r -f -a "lot\t'A lot, or a part of one, and its sale'
sale\t'A sale'
symbol\t'A stock'
year\t'A calendar year'"
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l known-on -d 'What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand gains" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l from -d 'The first day of the period [default: that of the first money that moved]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l to -d 'The last day of the period [default: today]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l symbol -d 'Only of this stock' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -l flows -d 'The cash flows that the rates are of'
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand returns" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand stocks" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l symbol -d 'Only of this stock' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l from -d 'Only from this day on' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l to -d 'Only up to this day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l type -d 'Only of this type: buy, sell, dividend, split, transfer-in or transfer-out' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l tail -d 'Only the last N' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -l all -d 'Voided ones too'
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand transactions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -f -a "gain" -d 'The realized gain of a sale: its proceeds, and the lots with what had become of them before'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and not __fish_seen_subcommand_from gain holding" -f -a "holding" -d 'What is held of a stock: every entry, the open lots, and what they are worth'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from gain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand explain; and __fish_seen_subcommand_from holding" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l from -d 'Only from this day on' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l to -d 'Only up to this day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand prices" -s q -l quiet -d 'No sentence on success, no progress'
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
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l since-sequence -d 'Only events after this one: a reader\'s cursor' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l tail -d 'Only the last N that pass the other filters' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -l follow -d 'Go on with new events as they are recorded, until interrupted'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -f -a "verify" -d 'Verify the log: its chain, and whether it is what the book\'s events say'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -f -a "head" -d 'Print the number and the hash of the last event, to be noted elsewhere'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and not __fish_seen_subcommand_from verify head repair" -f -a "repair" -d 'Move a log that is not the book\'s aside, and write it anew from the book'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -l head -d 'A head that was noted earlier, as `audit head` printed it; can be given several times' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from head" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand audit; and __fish_seen_subcommand_from repair" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s o -l output -d 'Into this file, which is there as a whole or not at all [default: standard output]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l from -d 'Only from this day on' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l to -d 'Only up to this day' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -l force -d 'In place of the file that is there'
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -l force -d 'Replace a backup that is there; copy what was altered as it is'
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -l repair -d 'Rebuild what is derived and wrong, unless facts are wrong too'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s v -l verbose -d 'Tell what was looked at, also if all is well'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand check" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand formats" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -l book -d 'The book, an SQLite file [default: stockbook/book.db in the user\'s data directory]' -r -F
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s p -l portfolio -d 'The portfolio: where to record [default: main], what to show [default: all]' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s O -l output-format -d 'How to print results [default: table]' -r -f -a "table\t'For eyes'
json\t'For programs: numbers are strings, exact'
csv\t'For spreadsheets: a header line, then a line per row; an apostrophe before text like a formula'"
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -l color -d 'When to use colours [default: auto]' -r -f -a "auto\t'On a terminal, unless NO_COLOR is set'
always\t'Also into a pipe or a file'
never\t'Not even on a terminal'"
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -l wait -d 'How long to wait while another process writes to the book' -r
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s n -l dry-run -d 'Do everything but record it: show what would be recorded, write nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s q -l quiet -d 'No sentence on success, no progress'
complete -c stockbook -n "__fish_stockbook_using_subcommand config" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "add-stock" -d 'Add a stock'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "edit-stock" -d 'Correct what is known of a stock'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "update-price" -d 'Record the price of a stock on a day, replacing the one that the day may have'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "remove-price" -d 'Take recorded prices of a stock back'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "rebase-prices" -d 'Say as of which day recorded prices of a stock count shares'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "buy" -d 'Record a purchase'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "sell" -d 'Record a sale; lots leave by the portfolio\'s cost basis method, or as you pick them'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "dividend" -d 'Record a dividend, in all or per share'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "split" -d 'Record a split of a stock, effective before the trades of its day'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "transfer" -d 'Move shares to another portfolio, with the dates and cost of their lots, or out of the book'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "void" -d 'Take back a transaction, dividend, split or transfer'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "amend" -d 'Correct a trade or dividend: void it and enter it again, in its place'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "undo" -d 'Take back what the last command recorded, whatever it was, or an import'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "imports" -d 'List the imports: when, which files, and what they recorded'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "add-portfolio" -d 'Add a portfolio'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "edit-portfolio" -d 'Give a portfolio another name'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "portfolios" -d 'List the portfolios'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "set-cost-basis" -d 'Change how a portfolio matches its sales to lots, through its whole history'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "import" -d 'Import trades and prices from CSV files, all or nothing'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "holdings" -d 'Show what you hold, what it cost and what it is worth'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "gains" -d 'Show what sales realized, short-term and long-term'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "returns" -d 'Show what the money put in has earned: money-weighted and time-weighted rates of return'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "stocks" -d 'List the stocks with their latest prices'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "transactions" -d 'List the transactions by trade date'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "history" -d 'Tell the story of a transaction, dividend, split or transfer, of a stock or of a portfolio'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "explain" -d 'Show the arithmetic of a figure line by line, to be checked by hand'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "prices" -d 'List the prices of a stock'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "audit" -d 'Print the audit log\'s lines, as they stand in the file'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "export" -d 'Write the book\'s data for a spreadsheet, a program, or another accounting program'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "backup" -d 'Copy the book and its audit log to a file, verified, while others may go on writing'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "check" -d 'Look whether the book is sound: its file, its events, and all that follows from them'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "formats" -d 'List the formats of files that are read, or print the table of one'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "config" -d 'Show the settings that hold, and where each comes from'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and not __fish_seen_subcommand_from add-stock edit-stock update-price remove-price rebase-prices buy sell dividend split transfer void amend undo imports add-portfolio edit-portfolio portfolios set-cost-basis import holdings gains returns stocks transactions history explain prices audit export backup check formats config help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from explain" -f -a "gain" -d 'The realized gain of a sale: its proceeds, and the lots with what had become of them before'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from explain" -f -a "holding" -d 'What is held of a stock: every entry, the open lots, and what they are worth'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Verify the log: its chain, and whether it is what the book\'s events say'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "head" -d 'Print the number and the hash of the last event, to be noted elsewhere'
complete -c stockbook -n "__fish_stockbook_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "repair" -d 'Move a log that is not the book\'s aside, and write it anew from the book'
