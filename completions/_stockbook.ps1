
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
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('add-stock', 'add-stock', [CompletionResultType]::ParameterValue, 'Add a stock')
            [CompletionResult]::new('edit-stock', 'edit-stock', [CompletionResultType]::ParameterValue, 'Correct the description of a stock')
            [CompletionResult]::new('update-price', 'update-price', [CompletionResultType]::ParameterValue, 'Record the price of a stock on a day, replacing any price it has for that day')
            [CompletionResult]::new('remove-price', 'remove-price', [CompletionResultType]::ParameterValue, 'Remove recorded prices of a stock')
            [CompletionResult]::new('rebase-prices', 'rebase-prices', [CompletionResultType]::ParameterValue, 'Set the day up to which recorded prices of a stock are adjusted for splits')
            [CompletionResult]::new('update-rate', 'update-rate', [CompletionResultType]::ParameterValue, 'Record the rate of two currencies on a day, replacing any rate of that day')
            [CompletionResult]::new('remove-rate', 'remove-rate', [CompletionResultType]::ParameterValue, 'Remove recorded rates of two currencies')
            [CompletionResult]::new('buy', 'buy', [CompletionResultType]::ParameterValue, 'Record a purchase')
            [CompletionResult]::new('sell', 'sell', [CompletionResultType]::ParameterValue, 'Record a sale, from lots chosen by the portfolio''s cost basis method or by you')
            [CompletionResult]::new('dividend', 'dividend', [CompletionResultType]::ParameterValue, 'Record a dividend, as a total or per share')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Record a stock split, which takes effect before the trades of its day; a stock dividend is a split, too')
            [CompletionResult]::new('spin-off', 'spin-off', [CompletionResultType]::ParameterValue, 'Record shares of another company that were received for those held, which are kept: a spin-off, or rights')
            [CompletionResult]::new('exchange', 'exchange', [CompletionResultType]::ParameterValue, 'Record that shares were exchanged for those of another company: a merger, a takeover, rights exercised')
            [CompletionResult]::new('return-capital', 'return-capital', [CompletionResultType]::ParameterValue, 'Record capital that a company paid back: it lowers the cost, and what exceeds the cost is a gain')
            [CompletionResult]::new('adjust-cost', 'adjust-cost', [CompletionResultType]::ParameterValue, 'Record an addition to the cost of shares: income that a fund retained and that was taxed, or a capital call')
            [CompletionResult]::new('write-off', 'write-off', [CompletionResultType]::ParameterValue, 'Record that shares have become worthless: a sale of all of them for nothing')
            [CompletionResult]::new('transfer', 'transfer', [CompletionResultType]::ParameterValue, 'Move shares to another portfolio, keeping the dates and cost of their lots, or out of the book')
            [CompletionResult]::new('void', 'void', [CompletionResultType]::ParameterValue, 'Void a transaction, dividend, split or transfer')
            [CompletionResult]::new('amend', 'amend', [CompletionResultType]::ParameterValue, 'Correct a trade or dividend: void it, and enter it again in its place')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Undo whatever the last command recorded, or an import')
            [CompletionResult]::new('imports', 'imports', [CompletionResultType]::ParameterValue, 'List the imports: when, which files, and what they recorded')
            [CompletionResult]::new('add-portfolio', 'add-portfolio', [CompletionResultType]::ParameterValue, 'Add a portfolio')
            [CompletionResult]::new('edit-portfolio', 'edit-portfolio', [CompletionResultType]::ParameterValue, 'Rename a portfolio')
            [CompletionResult]::new('portfolios', 'portfolios', [CompletionResultType]::ParameterValue, 'List the portfolios')
            [CompletionResult]::new('set-cost-basis', 'set-cost-basis', [CompletionResultType]::ParameterValue, 'Change how a portfolio matches its sales to lots, for its whole history')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import trades and prices from files, all or nothing')
            [CompletionResult]::new('holdings', 'holdings', [CompletionResultType]::ParameterValue, 'Show what you hold, what it cost and what it is worth')
            [CompletionResult]::new('summary', 'summary', [CompletionResultType]::ParameterValue, 'Show what you hold, what it cost and what it is worth')
            [CompletionResult]::new('gains', 'gains', [CompletionResultType]::ParameterValue, 'Show what sales realized, short-term and long-term')
            [CompletionResult]::new('returns', 'returns', [CompletionResultType]::ParameterValue, 'Show what your money has earned: money-weighted and time-weighted rates of return')
            [CompletionResult]::new('performance', 'performance', [CompletionResultType]::ParameterValue, 'Show what your money earned, year by year, quarter by quarter or month by month')
            [CompletionResult]::new('chart', 'chart', [CompletionResultType]::ParameterValue, 'Draw the value of your holdings and their cost, over time')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Write a page for a browser: everything at a glance, in one file without scripts or network access')
            [CompletionResult]::new('dividends', 'dividends', [CompletionResultType]::ParameterValue, 'Show the dividends received, and their yields')
            [CompletionResult]::new('allocation', 'allocation', [CompletionResultType]::ParameterValue, 'Show how your holdings are divided')
            [CompletionResult]::new('stocks', 'stocks', [CompletionResultType]::ParameterValue, 'List the stocks with their latest prices')
            [CompletionResult]::new('transactions', 'transactions', [CompletionResultType]::ParameterValue, 'List the transactions by trade date')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show the history of a record, a stock or a portfolio')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Show the arithmetic behind a figure, line by line')
            [CompletionResult]::new('prices', 'prices', [CompletionResultType]::ParameterValue, 'List the prices of a stock')
            [CompletionResult]::new('rates', 'rates', [CompletionResultType]::ParameterValue, 'List the rates of two currencies, or the last rate of each pair')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Print the lines of the audit log, exactly as they are in the file')
            [CompletionResult]::new('reconcile', 'reconcile', [CompletionResultType]::ParameterValue, 'Compare the positions that a broker reports with the book, and suggest what may explain a difference')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the book''s data for a spreadsheet, a program, or another accounting program')
            [CompletionResult]::new('follow', 'follow', [CompletionResultType]::ParameterValue, 'Pass the events to a program of yours as they are recorded')
            [CompletionResult]::new('handlers', 'handlers', [CompletionResultType]::ParameterValue, 'List what reacts to events: handlers and followers, and how far each has come')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Make a verified copy of the book and its audit log, even while others write to it')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that the book is sound: its file, its events, and everything derived from them')
            [CompletionResult]::new('formats', 'formats', [CompletionResultType]::ParameterValue, 'List the file formats that `import` reads, or print the table of one')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings in force, and where each comes from')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'stockbook;add-stock' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--sector', '--sector', [CompletionResultType]::ParameterName, 'The company''s sector')
            [CompletionResult]::new('--industry', '--industry', [CompletionResultType]::ParameterName, 'The company''s industry, within its sector')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'The currency of prices and trades, an ISO 4217 code [default: USD]')
            [CompletionResult]::new('--isin', '--isin', [CompletionResultType]::ParameterName, 'The ISIN: 12 characters, the last of them a check digit')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;edit-stock' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'The new symbol; the old one still finds the stock, until another stock takes it')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'The name of the company')
            [CompletionResult]::new('--sector', '--sector', [CompletionResultType]::ParameterName, 'The company''s sector')
            [CompletionResult]::new('--industry', '--industry', [CompletionResultType]::ParameterName, 'The company''s industry, within its sector')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'The currency of prices and trades, as long as nothing valid is recorded in the old one')
            [CompletionResult]::new('--isin', '--isin', [CompletionResultType]::ParameterName, 'The ISIN')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;update-price' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;remove-price' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'All prices from that day to this one')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;rebase-prices' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'The day up to which the prices are adjusted for splits')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;update-rate' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;remove-rate' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'All rates from that day to this one')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;buy' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The total before fees, instead of the price; it is kept exactly')
            [CompletionResult]::new('--fee', '--fee', [CompletionResultType]::ParameterName, 'The broker''s fee [default: 0]; ''2 EUR'' if it was charged in a currency other than the stock''s')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it')
            [CompletionResult]::new('--settled', '--settled', [CompletionResultType]::ParameterName, 'The settlement amount in the account''s currency, fees included, such as ''1380.50 EUR''')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;sell' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The total before fees, instead of the price; it is kept exactly')
            [CompletionResult]::new('--fee', '--fee', [CompletionResultType]::ParameterName, 'The broker''s fee [default: 0]; ''2 EUR'' if it was charged in a currency other than the stock''s')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day of the trade: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it')
            [CompletionResult]::new('--settled', '--settled', [CompletionResultType]::ParameterName, 'The settlement amount in the account''s currency, fees included, such as ''1380.50 EUR''')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('--lot', '--lot', [CompletionResultType]::ParameterName, 'A lot to sell from, by the id of its purchase (6 characters will do), and how many shares of it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;dividend' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'The currency in which it was paid, if not the stock''s; the amount and the tax withheld are in it')
            [CompletionResult]::new('--rate', '--rate', [CompletionResultType]::ParameterName, 'The value of one unit of that currency in the stock''s [default: as recorded with update-rate]')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a recorded rate, in days')
            [CompletionResult]::new('--ex-date', '--ex-date', [CompletionResultType]::ParameterName, 'The ex-dividend date: the first day on which a buyer no longer gets the dividend [default: the day of payment]')
            [CompletionResult]::new('--withholding', '--withholding', [CompletionResultType]::ParameterName, 'The total tax withheld')
            [CompletionResult]::new('--settled', '--settled', [CompletionResultType]::ParameterName, 'The amount received in the account''s currency, net of the tax withheld, such as ''8.50 EUR''')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day of payment: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--per-share', '--per-share', [CompletionResultType]::ParameterName, 'The amount is per share held before --ex-date')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;split' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--cash-in-lieu', '--cash-in-lieu', [CompletionResultType]::ParameterName, 'The cash received for the fraction of a new share')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round the new shares; the fraction was sold for --cash-in-lieu')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Record it even if a split by the same ratio is recorded within seven days of it')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;spin-off' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--cash-in-lieu', '--cash-in-lieu', [CompletionResultType]::ParameterName, 'The cash received for the fraction of a new share')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round the new shares; the fraction was sold for --cash-in-lieu')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('--cost-share', '--cost-share', [CompletionResultType]::ParameterName, 'The percentage of the cost that moves to the new shares, from 0 to 100')
            [CompletionResult]::new('--values', '--values', [CompletionResultType]::ParameterName, 'The prices of a new and an old share after the spin-off, which determine how much of the cost moves')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;exchange' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--cash-in-lieu', '--cash-in-lieu', [CompletionResultType]::ParameterName, 'The cash received for the fraction of a new share')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round the new shares; the fraction was sold for --cash-in-lieu')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('--cash', '--cash', [CompletionResultType]::ParameterName, 'The cash received for each old share')
            [CompletionResult]::new('--pay', '--pay', [CompletionResultType]::ParameterName, 'The amount paid for each new share, as when rights are exercised')
            [CompletionResult]::new('--value', '--value', [CompletionResultType]::ParameterName, 'The value of a new share')
            [CompletionResult]::new('--rule', '--rule', [CompletionResultType]::ParameterName, 'What is realized: carry-over (nothing), boot, part or taxable [default: carry-over]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;return-capital' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--per-share', '--per-share', [CompletionResultType]::ParameterName, 'The amount is per share held')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;adjust-cost' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--per-share', '--per-share', [CompletionResultType]::ParameterName, 'The amount is per share held')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;write-off' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;transfer' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'The portfolio to move them to')
            [CompletionResult]::new('--lot', '--lot', [CompletionResultType]::ParameterName, 'A lot to move, by the id of its purchase, and how many shares of it')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday [default: today]')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'An id of your own, a UUID or any text, that makes it safe to repeat the command')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--out', '--out', [CompletionResultType]::ParameterName, 'Move them out of the book, to another broker or as a gift, without a gain')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;void' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;amend' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'The stock')
            [CompletionResult]::new('--quantity', '--quantity', [CompletionResultType]::ParameterName, 'The number of shares')
            [CompletionResult]::new('--price', '--price', [CompletionResultType]::ParameterName, 'The price per share')
            [CompletionResult]::new('--amount', '--amount', [CompletionResultType]::ParameterName, 'The total before fees; of a dividend, before taxes')
            [CompletionResult]::new('--fee', '--fee', [CompletionResultType]::ParameterName, 'The broker''s fee; ''2 EUR'' if it was charged in a currency other than the stock''s')
            [CompletionResult]::new('--withholding', '--withholding', [CompletionResultType]::ParameterName, 'The tax withheld from a dividend')
            [CompletionResult]::new('--settled', '--settled', [CompletionResultType]::ParameterName, 'The settlement amount in the account''s currency')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'The day: YYYY-MM-DD, today or yesterday')
            [CompletionResult]::new('--time', '--time', [CompletionResultType]::ParameterName, 'The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'A note')
            [CompletionResult]::new('--lot', '--lot', [CompletionResultType]::ParameterName, 'A lot to sell from, by the id of its purchase, and how many shares of it')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;undo' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;imports' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;add-portfolio' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--cost-basis', '--cost-basis', [CompletionResultType]::ParameterName, 'How sales are matched to lots: fifo, lifo, hifo or average [default: fifo]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;edit-portfolio' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Its new name')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;portfolios' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;set-cost-basis' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;import' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--opening', '--opening', [CompletionResultType]::ParameterName, 'Add the opening lots that are missing, according to a file of what is held now: symbol, quantity and, if known, the cost basis')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'The currency of new stocks, if the file does not state it [default: USD, but none for brokers'' files]')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'The stock, for price files that have no symbol column')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'The format of the files, instead of recognizing it; `stockbook formats` lists them')
            [CompletionResult]::new('--mapping', '--mapping', [CompletionResultType]::ParameterName, 'A file that describes the format, like the ones `stockbook formats <NAME>` prints')
            [CompletionResult]::new('--map', '--map', [CompletionResultType]::ParameterName, 'The header that the file uses for one of our columns, such as price=Kurs')
            [CompletionResult]::new('--map-action', '--map-action', [CompletionResultType]::ParameterName, 'The action that a word of the file stands for, such as Kauf=buy')
            [CompletionResult]::new('--map-symbol', '--map-symbol', [CompletionResultType]::ParameterName, 'The symbol of a stock that the file names differently, such as US0378331005=AAPL')
            [CompletionResult]::new('--decimal', '--decimal', [CompletionResultType]::ParameterName, 'The decimal mark of the file, if its numbers leave that open')
            [CompletionResult]::new('--date-format', '--date-format', [CompletionResultType]::ParameterName, 'How dates are written: DD/MM/YYYY, or %d/%m/%Y as for strftime')
            [CompletionResult]::new('--adjusted', '--adjusted', [CompletionResultType]::ParameterName, 'The prices are adjusted for all splits up to this day [default: today]')
            [CompletionResult]::new('--similar', '--similar', [CompletionResultType]::ParameterName, 'What to do with rows similar to a transaction in the book: skip them as the same, or record them too [default: refuse them]')
            [CompletionResult]::new('--time-zone', '--time-zone', [CompletionResultType]::ParameterName, 'The time zone, such as Europe/Berlin, to which times with an offset from UTC are converted [default: as they are written]')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--add-stocks', '--add-stocks', [CompletionResultType]::ParameterName, 'Add unknown symbols as stocks, named like their symbol if the file has no names')
            [CompletionResult]::new('--add-portfolios', '--add-portfolios', [CompletionResultType]::ParameterName, 'Add unknown portfolios')
            [CompletionResult]::new('--trade-prices', '--trade-prices', [CompletionResultType]::ParameterName, 'Record each trade''s price as the price of its day, if the book has none')
            [CompletionResult]::new('--skip-unknown', '--skip-unknown', [CompletionResultType]::ParameterName, 'Leave out rows that are unknown to the format, and list them')
            [CompletionResult]::new('--unadjusted', '--unadjusted', [CompletionResultType]::ParameterName, 'The prices are those paid on their days, not adjusted for later splits')
            [CompletionResult]::new('--distinct', '--distinct', [CompletionResultType]::ParameterName, 'Record equal rows of several files as separate transactions')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;holdings' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What each row represents')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by this column: words from A to Z, figures from the largest, prices from the oldest')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order: symbol,quantity,value')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'As of the end of this day, at the latest price on or before it')
            [CompletionResult]::new('--known-on', '--known-on', [CompletionResultType]::ParameterName, 'As known at this instant (2024-01-31T09:30:00Z, or the end of a day), without later entries and corrections')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--totals', '--totals', [CompletionResultType]::ParameterName, 'Add a total for each currency after the rows (JSON and CSV; a table always has it)')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Include closed positions')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;summary' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What each row represents')
            [CompletionResult]::new('--sort', '--sort', [CompletionResultType]::ParameterName, 'Sort by this column: words from A to Z, figures from the largest, prices from the oldest')
            [CompletionResult]::new('--columns', '--columns', [CompletionResultType]::ParameterName, 'Only these columns, in this order: symbol,quantity,value')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'As of the end of this day, at the latest price on or before it')
            [CompletionResult]::new('--known-on', '--known-on', [CompletionResultType]::ParameterName, 'As known at this instant (2024-01-31T09:30:00Z, or the end of a day), without later entries and corrections')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--totals', '--totals', [CompletionResultType]::ParameterName, 'Add a total for each currency after the rows (JSON and CSV; a table always has it)')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Include closed positions')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;gains' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--year', '--year', [CompletionResultType]::ParameterName, 'Only sales in this calendar year')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only this stock')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What each row represents')
            [CompletionResult]::new('--known-on', '--known-on', [CompletionResultType]::ParameterName, 'As known at this instant (2024-01-31T09:30:00Z, or the end of a day), without later entries and corrections')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--totals', '--totals', [CompletionResultType]::ParameterName, 'Add a total for each currency after the rows (JSON and CSV; a table always has it)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;returns' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only this stock')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What each row represents [default: every position, portfolio and the total]')
            [CompletionResult]::new('--versus', '--versus', [CompletionResultType]::ParameterName, 'Compare with a stock that has prices, such as an index fund: the change of its price over the same days')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--flows', '--flows', [CompletionResultType]::ParameterName, 'Show the cash flows that the rates are computed from')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;performance' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only this stock')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What each row represents')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;chart' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only this stock')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Which days have figures: the first, the last and each of these [default: chosen so that there are about twelve]')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;report' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--html', '--html', [CompletionResultType]::ParameterName, 'The file to write, as a whole or not at all; - is standard output')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace an existing file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;dividends' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only this stock')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What each row represents')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--totals', '--totals', [CompletionResultType]::ParameterName, 'Add a total for each currency after the rows (JSON and CSV; a table always has it)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;allocation' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'What to divide by')
            [CompletionResult]::new('--target', '--target', [CompletionResultType]::ParameterName, 'The percentage that a part should have; may be repeated')
            [CompletionResult]::new('--as-of', '--as-of', [CompletionResultType]::ParameterName, 'As of the end of this day, at the latest price on or before it')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--totals', '--totals', [CompletionResultType]::ParameterName, 'Add a total for each currency after the rows (JSON and CSV; a table always has it)')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;stocks' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;transactions' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only this stock')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only this type: buy, sell, dividend, split, transfer-in or transfer-out')
            [CompletionResult]::new('--tail', '--tail', [CompletionResultType]::ParameterName, 'Only the last N')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Include voided transactions')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;history' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;explain' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('gain', 'gain', [CompletionResultType]::ParameterValue, 'The realized gain of a sale: its proceeds, and where the lots that it sold came from')
            [CompletionResult]::new('holding', 'holding', [CompletionResultType]::ParameterValue, 'What you hold of a stock: every entry, the open lots, and their value')
            break
        }
        'stockbook;explain;gain' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;explain;holding' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--in', '--in', [CompletionResultType]::ParameterName, 'Convert to this currency: transactions at the rates of their days, holdings at that of the report''s day')
            [CompletionResult]::new('--max-rate-age', '--max-rate-age', [CompletionResultType]::ParameterName, 'The maximum age of a rate, in days')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;prices' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;rates' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;audit' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only events of this type')
            [CompletionResult]::new('--symbol', '--symbol', [CompletionResultType]::ParameterName, 'Only events of this stock')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Only events recorded at or after this instant or day')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Only events recorded before this instant, or up to the end of this day')
            [CompletionResult]::new('--since-sequence', '--since-sequence', [CompletionResultType]::ParameterName, 'Only events after this one, for readers that remember their position')
            [CompletionResult]::new('--tail', '--tail', [CompletionResultType]::ParameterName, 'Only the last N of those that match')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--follow', '--follow', [CompletionResultType]::ParameterName, 'Keep printing new events as they are recorded, until interrupted')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify the log: its chain of hashes, and that it agrees with the book')
            [CompletionResult]::new('head', 'head', [CompletionResultType]::ParameterValue, 'Print the number and the hash of the last event, for you to note elsewhere')
            [CompletionResult]::new('repair', 'repair', [CompletionResultType]::ParameterValue, 'Move a log that is not the book''s aside, and rebuild it from the book')
            break
        }
        'stockbook;audit;verify' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--head', '--head', [CompletionResultType]::ParameterName, 'A head noted earlier, as `audit head` printed it; may be given several times')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;audit;head' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;audit;repair' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;reconcile' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--date', '--date', [CompletionResultType]::ParameterName, 'Compare with the book as of the end of this day [default: today]')
            [CompletionResult]::new('--tolerance', '--tolerance', [CompletionResultType]::ParameterName, 'The number of shares by which they may differ')
            [CompletionResult]::new('--map-symbol', '--map-symbol', [CompletionResultType]::ParameterName, 'The symbol of a stock that the file names differently, such as US0378331005=AAPL')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--prices', '--prices', [CompletionResultType]::ParameterName, 'Record the file''s prices as those of that day')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;export' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The file to write, as a whole or not at all [default: standard output]')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The file to write, as a whole or not at all [default: standard output]')
            [CompletionResult]::new('-b', '-b', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--begin', '--begin', [CompletionResultType]::ParameterName, 'Only from this day on, or from the first day of a month, quarter or year: 2024-03, 2024-q1, 2024')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Only up to this day, or to the last day of a month, quarter or year')
            [CompletionResult]::new('-e', '-e', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--end', '--end', [CompletionResultType]::ParameterName, 'Only before this day, as in hledger')
            [CompletionResult]::new('--period', '--period', [CompletionResultType]::ParameterName, 'Only this period: 2024, 2024-q1, 2024-03, ytd (this year), or the last 1y, 6m, 2w, 30d')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace an existing file')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;follow' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only events of this type; can be given several times')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Where a new follower begins: after this event, or `now` with the next one')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'The time limit for a batch, in seconds, after which the program is stopped and run again')
            [CompletionResult]::new('--batch', '--batch', [CompletionResultType]::ParameterName, 'The maximum number of events in a batch')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--once', '--once', [CompletionResultType]::ParameterName, 'Exit once the program has accepted all events that exist, or with its exit code if it fails')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;handlers' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('replay', 'replay', [CompletionResultType]::ParameterValue, 'Deliver events to a handler or follower again')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Remove a follower and its place in the history')
            break
        }
        'stockbook;handlers;replay' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Only the events after this one')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;handlers;forget' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;backup' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace an existing backup, and copy an altered book or log as it is')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;check' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('--repair', '--repair', [CompletionResultType]::ParameterName, 'Rebuild derived data that is wrong, unless facts are wrong too')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'List what was checked, even if all is well')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'List what was checked, even if all is well')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;formats' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;config' {
            [CompletionResult]::new('--book', '--book', [CompletionResultType]::ParameterName, 'The book, an SQLite file [default: stockbook/book.db in the user''s data directory]')
            [CompletionResult]::new('-p', '-p', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('--portfolio', '--portfolio', [CompletionResultType]::ParameterName, 'The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it must exist, and reports accept several')
            [CompletionResult]::new('-O', '-O ', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--output-format', '--output-format', [CompletionResultType]::ParameterName, 'How to print results [default: table]')
            [CompletionResult]::new('--numbers', '--numbers', [CompletionResultType]::ParameterName, 'Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]')
            [CompletionResult]::new('--round', '--round', [CompletionResultType]::ParameterName, 'Round numbers in JSON and CSV to this many decimal places')
            [CompletionResult]::new('--reporting-currency', '--reporting-currency', [CompletionResultType]::ParameterName, 'The currency for the total of a table in several currencies')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colours [default: auto]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait while another process is using the book')
            [CompletionResult]::new('-n', '-n', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be recorded, without recording it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'No messages on success, and no progress bar')
            [CompletionResult]::new('--no-pager', '--no-pager', [CompletionResultType]::ParameterName, 'Print long results straight to the terminal, without a pager')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'stockbook;help' {
            [CompletionResult]::new('add-stock', 'add-stock', [CompletionResultType]::ParameterValue, 'Add a stock')
            [CompletionResult]::new('edit-stock', 'edit-stock', [CompletionResultType]::ParameterValue, 'Correct the description of a stock')
            [CompletionResult]::new('update-price', 'update-price', [CompletionResultType]::ParameterValue, 'Record the price of a stock on a day, replacing any price it has for that day')
            [CompletionResult]::new('remove-price', 'remove-price', [CompletionResultType]::ParameterValue, 'Remove recorded prices of a stock')
            [CompletionResult]::new('rebase-prices', 'rebase-prices', [CompletionResultType]::ParameterValue, 'Set the day up to which recorded prices of a stock are adjusted for splits')
            [CompletionResult]::new('update-rate', 'update-rate', [CompletionResultType]::ParameterValue, 'Record the rate of two currencies on a day, replacing any rate of that day')
            [CompletionResult]::new('remove-rate', 'remove-rate', [CompletionResultType]::ParameterValue, 'Remove recorded rates of two currencies')
            [CompletionResult]::new('buy', 'buy', [CompletionResultType]::ParameterValue, 'Record a purchase')
            [CompletionResult]::new('sell', 'sell', [CompletionResultType]::ParameterValue, 'Record a sale, from lots chosen by the portfolio''s cost basis method or by you')
            [CompletionResult]::new('dividend', 'dividend', [CompletionResultType]::ParameterValue, 'Record a dividend, as a total or per share')
            [CompletionResult]::new('split', 'split', [CompletionResultType]::ParameterValue, 'Record a stock split, which takes effect before the trades of its day; a stock dividend is a split, too')
            [CompletionResult]::new('spin-off', 'spin-off', [CompletionResultType]::ParameterValue, 'Record shares of another company that were received for those held, which are kept: a spin-off, or rights')
            [CompletionResult]::new('exchange', 'exchange', [CompletionResultType]::ParameterValue, 'Record that shares were exchanged for those of another company: a merger, a takeover, rights exercised')
            [CompletionResult]::new('return-capital', 'return-capital', [CompletionResultType]::ParameterValue, 'Record capital that a company paid back: it lowers the cost, and what exceeds the cost is a gain')
            [CompletionResult]::new('adjust-cost', 'adjust-cost', [CompletionResultType]::ParameterValue, 'Record an addition to the cost of shares: income that a fund retained and that was taxed, or a capital call')
            [CompletionResult]::new('write-off', 'write-off', [CompletionResultType]::ParameterValue, 'Record that shares have become worthless: a sale of all of them for nothing')
            [CompletionResult]::new('transfer', 'transfer', [CompletionResultType]::ParameterValue, 'Move shares to another portfolio, keeping the dates and cost of their lots, or out of the book')
            [CompletionResult]::new('void', 'void', [CompletionResultType]::ParameterValue, 'Void a transaction, dividend, split or transfer')
            [CompletionResult]::new('amend', 'amend', [CompletionResultType]::ParameterValue, 'Correct a trade or dividend: void it, and enter it again in its place')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Undo whatever the last command recorded, or an import')
            [CompletionResult]::new('imports', 'imports', [CompletionResultType]::ParameterValue, 'List the imports: when, which files, and what they recorded')
            [CompletionResult]::new('add-portfolio', 'add-portfolio', [CompletionResultType]::ParameterValue, 'Add a portfolio')
            [CompletionResult]::new('edit-portfolio', 'edit-portfolio', [CompletionResultType]::ParameterValue, 'Rename a portfolio')
            [CompletionResult]::new('portfolios', 'portfolios', [CompletionResultType]::ParameterValue, 'List the portfolios')
            [CompletionResult]::new('set-cost-basis', 'set-cost-basis', [CompletionResultType]::ParameterValue, 'Change how a portfolio matches its sales to lots, for its whole history')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Import trades and prices from files, all or nothing')
            [CompletionResult]::new('holdings', 'holdings', [CompletionResultType]::ParameterValue, 'Show what you hold, what it cost and what it is worth')
            [CompletionResult]::new('gains', 'gains', [CompletionResultType]::ParameterValue, 'Show what sales realized, short-term and long-term')
            [CompletionResult]::new('returns', 'returns', [CompletionResultType]::ParameterValue, 'Show what your money has earned: money-weighted and time-weighted rates of return')
            [CompletionResult]::new('performance', 'performance', [CompletionResultType]::ParameterValue, 'Show what your money earned, year by year, quarter by quarter or month by month')
            [CompletionResult]::new('chart', 'chart', [CompletionResultType]::ParameterValue, 'Draw the value of your holdings and their cost, over time')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Write a page for a browser: everything at a glance, in one file without scripts or network access')
            [CompletionResult]::new('dividends', 'dividends', [CompletionResultType]::ParameterValue, 'Show the dividends received, and their yields')
            [CompletionResult]::new('allocation', 'allocation', [CompletionResultType]::ParameterValue, 'Show how your holdings are divided')
            [CompletionResult]::new('stocks', 'stocks', [CompletionResultType]::ParameterValue, 'List the stocks with their latest prices')
            [CompletionResult]::new('transactions', 'transactions', [CompletionResultType]::ParameterValue, 'List the transactions by trade date')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show the history of a record, a stock or a portfolio')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Show the arithmetic behind a figure, line by line')
            [CompletionResult]::new('prices', 'prices', [CompletionResultType]::ParameterValue, 'List the prices of a stock')
            [CompletionResult]::new('rates', 'rates', [CompletionResultType]::ParameterValue, 'List the rates of two currencies, or the last rate of each pair')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Print the lines of the audit log, exactly as they are in the file')
            [CompletionResult]::new('reconcile', 'reconcile', [CompletionResultType]::ParameterValue, 'Compare the positions that a broker reports with the book, and suggest what may explain a difference')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write the book''s data for a spreadsheet, a program, or another accounting program')
            [CompletionResult]::new('follow', 'follow', [CompletionResultType]::ParameterValue, 'Pass the events to a program of yours as they are recorded')
            [CompletionResult]::new('handlers', 'handlers', [CompletionResultType]::ParameterValue, 'List what reacts to events: handlers and followers, and how far each has come')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Make a verified copy of the book and its audit log, even while others write to it')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check that the book is sound: its file, its events, and everything derived from them')
            [CompletionResult]::new('formats', 'formats', [CompletionResultType]::ParameterValue, 'List the file formats that `import` reads, or print the table of one')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show the settings in force, and where each comes from')
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
        'stockbook;help;update-rate' {
            break
        }
        'stockbook;help;remove-rate' {
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
        'stockbook;help;spin-off' {
            break
        }
        'stockbook;help;exchange' {
            break
        }
        'stockbook;help;return-capital' {
            break
        }
        'stockbook;help;adjust-cost' {
            break
        }
        'stockbook;help;write-off' {
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
        'stockbook;help;performance' {
            break
        }
        'stockbook;help;chart' {
            break
        }
        'stockbook;help;report' {
            break
        }
        'stockbook;help;dividends' {
            break
        }
        'stockbook;help;allocation' {
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
            [CompletionResult]::new('gain', 'gain', [CompletionResultType]::ParameterValue, 'The realized gain of a sale: its proceeds, and where the lots that it sold came from')
            [CompletionResult]::new('holding', 'holding', [CompletionResultType]::ParameterValue, 'What you hold of a stock: every entry, the open lots, and their value')
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
        'stockbook;help;rates' {
            break
        }
        'stockbook;help;audit' {
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Verify the log: its chain of hashes, and that it agrees with the book')
            [CompletionResult]::new('head', 'head', [CompletionResultType]::ParameterValue, 'Print the number and the hash of the last event, for you to note elsewhere')
            [CompletionResult]::new('repair', 'repair', [CompletionResultType]::ParameterValue, 'Move a log that is not the book''s aside, and rebuild it from the book')
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
        'stockbook;help;reconcile' {
            break
        }
        'stockbook;help;export' {
            break
        }
        'stockbook;help;follow' {
            break
        }
        'stockbook;help;handlers' {
            [CompletionResult]::new('replay', 'replay', [CompletionResultType]::ParameterValue, 'Deliver events to a handler or follower again')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Remove a follower and its place in the history')
            break
        }
        'stockbook;help;handlers;replay' {
            break
        }
        'stockbook;help;handlers;forget' {
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
