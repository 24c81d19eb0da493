
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'stockbook' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'stockbook'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'stockbook' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add-stock', 'add-stock', [CompletionResultType]::ParameterValue, 'Add a stock')
            [CompletionResult]::new('edit-stock', 'edit-stock', [CompletionResultType]::ParameterValue, 'Correct what is known of a stock')
            [CompletionResult]::new('update-price', 'update-price', [CompletionResultType]::ParameterValue, 'Record the price of a stock on a day, replacing the one that the day may have')
            [CompletionResult]::new('remove-price', 'remove-price', [CompletionResultType]::ParameterValue, 'Take recorded prices of a stock back')
            [CompletionResult]::new('rebase-prices', 'rebase-prices', [CompletionResultType]::ParameterValue, 'Say as of which day recorded prices of a stock count shares')
            [CompletionResult]::new('buy', 'buy', [CompletionResultType]::ParameterValue, 'Record a purchase')
            [CompletionResult]::new('sell', 'sell', [CompletionResultType]::ParameterValue, 'Record a sale; lots leave by the portfolio''s cost basis method, or as you pick them')
            [CompletionResult]::new('dividend', 'dividend', [CompletionResultType]::ParameterValue, 'Record a dividend, in all or per share')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Record a split of a stock, effective before the trades of its day')
            [CompletionResult]::new('transfer', 'transfer', [CompletionResultType]::ParameterValue, 'Move shares to another portfolio, with the dates and cost of their lots, or out of the book')
            [CompletionResult]::new('void', 'void', [CompletionResultType]::ParameterValue, 'Take back a transaction, dividend, split or transfer')
            [CompletionResult]::new('amend', 'amend', [CompletionResultType]::ParameterValue, 'Correct a trade or dividend: void it and enter it again, in its place')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Take back what the last command recorded, whatever it was, or an import')
            [CompletionResult]::new('imports', 'imports', [CompletionResultType]::ParameterValue, 'List the imports: when, which files, and what they recorded')
            [CompletionResult]::new('add-portfolio', 'add-portfolio', [CompletionResultType]::ParameterValue, 'Add a portfolio')
            [CompletionResult]::new('edit-portfolio', 'edit-portfolio', [CompletionResultType]::ParameterValue, 'Give a portfolio another name')
            [CompletionResult]::new('portfolios', 'portfolios', [CompletionResultType]::ParameterValue, 'List the portfolios')
            [CompletionResult]::new('set-cost-basis', 'set-cost-basis', [CompletionResultType]::ParameterValue, 'Change how a portfolio matches its sales to lots, through its whole history')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import trades and prices from CSV files, all or nothing')
            [CompletionResult]::new('holdings', 'holdings', [CompletionResultType]::ParameterValue, 'Show what you hold, what it cost and what it is worth')
            [CompletionResult]::new('summary', 'summary', [CompletionResultType]::ParameterValue, 'Show what you hold, what it cost and what it is worth')
            [CompletionResult]::new('gains', 'gains', [CompletionResultType]::ParameterValue, 'Show what sales realized, short-term and long-term')
            [CompletionResult]::new('returns', 'returns', [CompletionResultType]::ParameterValue, 'Show what the money put in has earned: money-weighted and time-weighted rates of return')
            [CompletionResult]::new('stocks', 'stocks', [CompletionResultType]::ParameterValue, 'List the stocks with their latest prices')
            [CompletionResult]::new('transactions', 'transactions', [CompletionResultType]::ParameterValue, 'List the transactions by trade date')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Tell the story of a transaction, dividend, split or transfer, of a stock or of a portfolio')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Show the arithmetic of a figure line by line, to be checked by hand')
            [CompletionResult]::new('prices', 'prices', [CompletionResultType]::ParameterValue, 'List the prices of a stock')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Print the audit log''s lines, as they stand in the file')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the book''s data for a spreadsheet, a program, or another accounting program')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Copy the book and its audit log to a file, verified, while others may go on writing')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look whether the book is sound: its file, its events, and all that follows from them')
            [CompletionResult]::new('formats', 'formats', [CompletionResultType]::ParameterValue, 'List the formats of files that are read, or print the table of one')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings that hold, and where each comes from')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stockbook;add-stock' {
            [CompletionResult]::new('--sector', '--sector', [CompletionResultType]::ParameterName, 'The company''s sector')
            [CompletionResult]::new('--industry', '--industry', [CompletionResultType]::ParameterName, 'The company''s industry, within its sector')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'The currency of prices and trades, an ISO 4217 code [default: USD]')
            [CompletionResult]::new('--isin', '--isin', [CompletionResultType]::ParameterName, 'The ISIN: 12 characters, the last of them a check digit')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;edit-stock' {
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'A new symbol; the old one finds the stock too, until another one takes it')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name of the company')
            [CompletionResult]::new('--sector', '--sector', [CompletionResultType]::ParameterName, 'The company''s sector')
            [CompletionResult]::new('--industry', '--industry', [CompletionResultType]::ParameterName, 'The company''s industry, within its sector')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'The currency of prices and trades, while nothing that counts is recorded in the old one')
            [CompletionResult]::new('--isin', '--isin', [CompletionResultType]::ParameterName, 'The ISIN')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;update-price' {
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;remove-price' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'All prices from that day to this one')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;rebase-prices' {
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The day until which the prices are adjusted for splits')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only prices from this day on')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only prices up to this day')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;buy' {
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The total before fees, instead of the price; it is kept exactly')
            [CompletionResult]::new('--fee', '--fee', [CompletionResultType]::ParameterName, 'The broker''s fee [default: 0]')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Your own id, a UUID or any text: repeating the command with it records nothing twice')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;sell' {
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The total before fees, instead of the price; it is kept exactly')
            [CompletionResult]::new('--fee', '--fee', [CompletionResultType]::ParameterName, 'The broker''s fee [default: 0]')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Your own id, a UUID or any text: repeating the command with it records nothing twice')
            [CompletionResult]::new('--lot', '--lot', [CompletionResultType]::ParameterName, 'A lot to take, by the id of its purchase (6 characters of it will do), and how much of it')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;dividend' {
            [CompletionResult]::new('--ex-date', '--ex-date', [CompletionResultType]::ParameterName, 'The first day on which a buyer got no claim to it any more [default: the day of the payment]')
            [CompletionResult]::new('--withholding', '--withholding', [CompletionResultType]::ParameterName, 'The tax that was withheld, in all')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day on which it was paid: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Your own id, a UUID or any text: repeating the command with it records nothing twice')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--per-share', '--per-share', [CompletionResultType]::ParameterName, 'The amount is that of each share held before --ex-date')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;split' {
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round the shares after it: what is no whole share was sold for --cash-in-lieu')
            [CompletionResult]::new('--cash-in-lieu', '--cash-in-lieu', [CompletionResultType]::ParameterName, 'What was paid for the fraction of a share that it leaves in the portfolio')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Your own id, a UUID or any text: repeating the command with it records nothing twice')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Record it although one by the same ratio is recorded within seven days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;transfer' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The portfolio that they come to')
            [CompletionResult]::new('--lot', '--lot', [CompletionResultType]::ParameterName, 'A lot to move, by the id of its purchase, and how much of it')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Your own id, a UUID or any text: repeating the command with it records nothing twice')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'They leave the book, for another broker or as a gift: no sale, no gain')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;void' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;amend' {
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'The stock')
            [CompletionResult]::new('--quantity', '--quantity', [CompletionResultType]::ParameterName, 'How many shares')
            [CompletionResult]::new('--price', '--price', [CompletionResultType]::ParameterName, 'The price per share')
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The total before fees; of a dividend, before taxes')
            [CompletionResult]::new('--fee', '--fee', [CompletionResultType]::ParameterName, 'The broker''s fee')
            [CompletionResult]::new('--withholding', '--withholding', [CompletionResultType]::ParameterName, 'The tax that was withheld from a dividend')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS: it orders the trades of a day')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--lot', '--lot', [CompletionResultType]::ParameterName, 'A lot that a sale is to take, by the id of its purchase, and how much of it')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;undo' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;imports' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;add-portfolio' {
            [CompletionResult]::new('--cost-basis', '--cost-basis', [CompletionResultType]::ParameterName, 'How sales are matched to lots: fifo, lifo, hifo or average [default: fifo]')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;edit-portfolio' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Its new name')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;portfolios' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;set-cost-basis' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;import' {
            [CompletionResult]::new('--opening', '--opening', [CompletionResultType]::ParameterName, 'Add what was held before the first row, by a file of what is held now: symbol, quantity and, where it has it, the cost basis')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'The currency of new stocks where the file does not tell it [default: USD, unless a broker''s file leaves it open]')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'The stock that files without a symbol column are of')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format of the files, where they are not to be recognised; `stockbook formats` lists them')
            [CompletionResult]::new('--mapping', '--mapping', [CompletionResultType]::ParameterName, 'A file that describes the format, as `stockbook formats <NAME>` prints one')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'The header under which a file has one of our columns: price=Kurs')
            [CompletionResult]::new('--map-action', '--map-action', [CompletionResultType]::ParameterName, 'What a word of the file for what a row is means: Kauf=buy')
            [CompletionResult]::new('--map-symbol', '--map-symbol', [CompletionResultType]::ParameterName, 'The symbol of a stock that the file calls otherwise: US0378331005=AAPL')
            [CompletionResult]::new('--decimal', '--decimal', [CompletionResultType]::ParameterName, 'What stands before the decimals in the file, where its numbers do not tell')
            [CompletionResult]::new('--date-format', '--date-format', [CompletionResultType]::ParameterName, 'How dates are written: DD/MM/YYYY, or %d/%m/%Y as for strftime')
            [CompletionResult]::new('--adjusted', '--adjusted', [CompletionResultType]::ParameterName, 'The prices are adjusted for the splits until this day [default: today]')
            [CompletionResult]::new('--similar', '--similar', [CompletionResultType]::ParameterName, 'What becomes of rows that are similar to something that the book has: skip takes them for that, record records them too [default: they are refused]')
            [CompletionResult]::new('--time-zone', '--time-zone', [CompletionResultType]::ParameterName, 'The time zone whose days count where the file tells the offset of its times from UTC: Europe/Berlin; without, times are taken as they are written')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--add-stocks', '--add-stocks', [CompletionResultType]::ParameterName, 'Add unknown symbols as stocks named like their symbol')
            [CompletionResult]::new('--add-portfolios', '--add-portfolios', [CompletionResultType]::ParameterName, 'Add unknown portfolios')
            [CompletionResult]::new('--trade-prices', '--trade-prices', [CompletionResultType]::ParameterName, 'Record each trade''s own price for its day, where the book has none')
            [CompletionResult]::new('--skip-unknown', '--skip-unknown', [CompletionResultType]::ParameterName, 'Leave out rows that the format does not know, and list them')
            [CompletionResult]::new('--unadjusted', '--unadjusted', [CompletionResultType]::ParameterName, 'The prices are as they were on their days, whatever splits followed')
            [CompletionResult]::new('--distinct', '--distinct', [CompletionResultType]::ParameterName, 'Equal rows of several files are a transaction each, not one')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;holdings' {
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'As things stood at the end of this day, with the price known on it')
            [CompletionResult]::new('--known-on', '--known-on', [CompletionResultType]::ParameterName, 'What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Closed positions too')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;summary' {
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'As things stood at the end of this day, with the price known on it')
            [CompletionResult]::new('--known-on', '--known-on', [CompletionResultType]::ParameterName, 'What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Closed positions too')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;gains' {
            [CompletionResult]::new('--year', '--year', [CompletionResultType]::ParameterName, 'Only of sales in this calendar year')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only of sales from this day on')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only of sales up to this day')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only of this stock')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What a line is')
            [CompletionResult]::new('--known-on', '--known-on', [CompletionResultType]::ParameterName, 'What this said at this instant (2024-01-31T09:30:00Z, or a day for its end), before later entries and corrections')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;returns' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'The first day of the period [default: that of the first money that moved]')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The last day of the period [default: today]')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only of this stock')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--flows', '--flows', [CompletionResultType]::ParameterName, 'The cash flows that the rates are of')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;stocks' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;transactions' {
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only of this stock')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only of this type: buy, sell, dividend, split, transfer-in or transfer-out')
            [CompletionResult]::new('--tail', '--tail', [CompletionResultType]::ParameterName, 'Only the last N')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Voided ones too')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;history' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;explain' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('gain', 'gain', [CompletionResultType]::ParameterValue, 'The realized gain of a sale: its proceeds, and the lots with what had become of them before')
            [CompletionResult]::new('holding', 'holding', [CompletionResultType]::ParameterValue, 'What is held of a stock: every entry, the open lots, and what they are worth')
            break
        }
        'stockbook;explain;gain' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;explain;holding' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;prices' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;audit' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only events of this type')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only events of this stock')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only events recorded at or after this instant or day')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only events recorded before this instant, or up to the end of this day')
            [CompletionResult]::new('--since-sequence', '--since-sequence', [CompletionResultType]::ParameterName, 'Only events after this one: a reader''s cursor')
            [CompletionResult]::new('--tail', '--tail', [CompletionResultType]::ParameterName, 'Only the last N that pass the other filters')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Go on with new events as they are recorded, until interrupted')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify the log: its chain, and whether it is what the book''s events say')
            [CompletionResult]::new('head', 'head', [CompletionResultType]::ParameterValue, 'Print the number and the hash of the last event, to be noted elsewhere')
            [CompletionResult]::new('repair', 'repair', [CompletionResultType]::ParameterValue, 'Move a log that is not the book''s aside, and write it anew from the book')
            break
        }
        'stockbook;audit;verify' {
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'A head that was noted earlier, as `audit head` printed it; can be given several times')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;audit;head' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;audit;repair' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;export' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Into this file, which is there as a whole or not at all [default: standard output]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Into this file, which is there as a whole or not at all [default: standard output]')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day')
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'In place of the file that is there')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;backup' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a backup that is there; copy what was altered as it is')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;check' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('--repair', '--repair', [CompletionResultType]::ParameterName, 'Rebuild what is derived and wrong, unless facts are wrong too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Tell what was looked at, also if all is well')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Tell what was looked at, also if all is well')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;formats' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;config' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio: where to record [default: main], what to show [default: all]')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process writes to the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but record it: show what would be recorded, write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No sentence on success, no progress')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;help' {
            [CompletionResult]::new('add-stock', 'add-stock', [CompletionResultType]::ParameterValue, 'Add a stock')
            [CompletionResult]::new('edit-stock', 'edit-stock', [CompletionResultType]::ParameterValue, 'Correct what is known of a stock')
            [CompletionResult]::new('update-price', 'update-price', [CompletionResultType]::ParameterValue, 'Record the price of a stock on a day, replacing the one that the day may have')
            [CompletionResult]::new('remove-price', 'remove-price', [CompletionResultType]::ParameterValue, 'Take recorded prices of a stock back')
            [CompletionResult]::new('rebase-prices', 'rebase-prices', [CompletionResultType]::ParameterValue, 'Say as of which day recorded prices of a stock count shares')
            [CompletionResult]::new('buy', 'buy', [CompletionResultType]::ParameterValue, 'Record a purchase')
            [CompletionResult]::new('sell', 'sell', [CompletionResultType]::ParameterValue, 'Record a sale; lots leave by the portfolio''s cost basis method, or as you pick them')
            [CompletionResult]::new('dividend', 'dividend', [CompletionResultType]::ParameterValue, 'Record a dividend, in all or per share')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Record a split of a stock, effective before the trades of its day')
            [CompletionResult]::new('transfer', 'transfer', [CompletionResultType]::ParameterValue, 'Move shares to another portfolio, with the dates and cost of their lots, or out of the book')
            [CompletionResult]::new('void', 'void', [CompletionResultType]::ParameterValue, 'Take back a transaction, dividend, split or transfer')
            [CompletionResult]::new('amend', 'amend', [CompletionResultType]::ParameterValue, 'Correct a trade or dividend: void it and enter it again, in its place')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Take back what the last command recorded, whatever it was, or an import')
            [CompletionResult]::new('imports', 'imports', [CompletionResultType]::ParameterValue, 'List the imports: when, which files, and what they recorded')
            [CompletionResult]::new('add-portfolio', 'add-portfolio', [CompletionResultType]::ParameterValue, 'Add a portfolio')
            [CompletionResult]::new('edit-portfolio', 'edit-portfolio', [CompletionResultType]::ParameterValue, 'Give a portfolio another name')
            [CompletionResult]::new('portfolios', 'portfolios', [CompletionResultType]::ParameterValue, 'List the portfolios')
            [CompletionResult]::new('set-cost-basis', 'set-cost-basis', [CompletionResultType]::ParameterValue, 'Change how a portfolio matches its sales to lots, through its whole history')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import trades and prices from CSV files, all or nothing')
            [CompletionResult]::new('holdings', 'holdings', [CompletionResultType]::ParameterValue, 'Show what you hold, what it cost and what it is worth')
            [CompletionResult]::new('gains', 'gains', [CompletionResultType]::ParameterValue, 'Show what sales realized, short-term and long-term')
            [CompletionResult]::new('returns', 'returns', [CompletionResultType]::ParameterValue, 'Show what the money put in has earned: money-weighted and time-weighted rates of return')
            [CompletionResult]::new('stocks', 'stocks', [CompletionResultType]::ParameterValue, 'List the stocks with their latest prices')
            [CompletionResult]::new('transactions', 'transactions', [CompletionResultType]::ParameterValue, 'List the transactions by trade date')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Tell the story of a transaction, dividend, split or transfer, of a stock or of a portfolio')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Show the arithmetic of a figure line by line, to be checked by hand')
            [CompletionResult]::new('prices', 'prices', [CompletionResultType]::ParameterValue, 'List the prices of a stock')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Print the audit log''s lines, as they stand in the file')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the book''s data for a spreadsheet, a program, or another accounting program')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Copy the book and its audit log to a file, verified, while others may go on writing')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Look whether the book is sound: its file, its events, and all that follows from them')
            [CompletionResult]::new('formats', 'formats', [CompletionResultType]::ParameterValue, 'List the formats of files that are read, or print the table of one')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings that hold, and where each comes from')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stockbook;help;add-stock' {
            break
        }
        'stockbook;help;edit-stock' {
            break
        }
        'stockbook;help;update-price' {
            break
        }
        'stockbook;help;remove-price' {
            break
        }
        'stockbook;help;rebase-prices' {
            break
        }
        'stockbook;help;buy' {
            break
        }
        'stockbook;help;sell' {
            break
        }
        'stockbook;help;dividend' {
            break
        }
        'stockbook;help;split' {
            break
        }
        'stockbook;help;transfer' {
            break
        }
        'stockbook;help;void' {
            break
        }
        'stockbook;help;amend' {
            break
        }
        'stockbook;help;undo' {
            break
        }
        'stockbook;help;imports' {
            break
        }
        'stockbook;help;add-portfolio' {
            break
        }
        'stockbook;help;edit-portfolio' {
            break
        }
        'stockbook;help;portfolios' {
            break
        }
        'stockbook;help;set-cost-basis' {
            break
        }
        'stockbook;help;import' {
            break
        }
        'stockbook;help;holdings' {
            break
        }
        'stockbook;help;gains' {
            break
        }
        'stockbook;help;returns' {
            break
        }
        'stockbook;help;stocks' {
            break
        }
        'stockbook;help;transactions' {
            break
        }
        'stockbook;help;history' {
            break
        }
        'stockbook;help;explain' {
            [CompletionResult]::new('gain', 'gain', [CompletionResultType]::ParameterValue, 'The realized gain of a sale: its proceeds, and the lots with what had become of them before')
            [CompletionResult]::new('holding', 'holding', [CompletionResultType]::ParameterValue, 'What is held of a stock: every entry, the open lots, and what they are worth')
            break
        }
        'stockbook;help;explain;gain' {
            break
        }
        'stockbook;help;explain;holding' {
            break
        }
        'stockbook;help;prices' {
            break
        }
        'stockbook;help;audit' {
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify the log: its chain, and whether it is what the book''s events say')
            [CompletionResult]::new('head', 'head', [CompletionResultType]::ParameterValue, 'Print the number and the hash of the last event, to be noted elsewhere')
            [CompletionResult]::new('repair', 'repair', [CompletionResultType]::ParameterValue, 'Move a log that is not the book''s aside, and write it anew from the book')
            break
        }
        'stockbook;help;audit;verify' {
            break
        }
        'stockbook;help;audit;head' {
            break
        }
        'stockbook;help;audit;repair' {
            break
        }
        'stockbook;help;export' {
            break
        }
        'stockbook;help;backup' {
            break
        }
        'stockbook;help;check' {
            break
        }
        'stockbook;help;formats' {
            break
        }
        'stockbook;help;config' {
            break
        }
        'stockbook;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
