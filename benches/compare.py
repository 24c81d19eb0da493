#!/usr/bin/env python3
"""Sets whole commands of StockBook beside those of sqlite3, rustledger, Ledger, hledger and beancount.

All get the same made-up history, each in its own format, and run in turn on this machine, from start
to exit. The tables give medians, of ratios too, and mark what is over what StockBook allows itself. Only
sqlite3 is needed; the others take part where they are installed, beancount for the Python that runs
this. All files lie in the target folder, because recording mostly waits for the disk.
"""

import argparse
import csv
import datetime
import os
import shlex
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

sys.dont_write_bytecode = True

from comparison import history, tools
from comparison.stopwatch import Contender, measure, printed, run

SHORT = 1_000
LEAST = 2.0  # times what sqlite3 takes for the least that such a command could do
FLAT = 1.2  # times what it takes with a short history, or with a file of a tenth
JOURNAL = 0.2  # times what rustledger takes to read its journal
IMPORT, IMPORT_SECONDS = 2.5, 6.0  # times what storing and hashing the same bytes takes; and at most
MEMORY = 150  # megabytes
REPORT_MEMORY, GROWTH = 100, 12.0  # megabytes; times what a report takes with a tenth of the trades
LEAST_SECONDS = 0.01  # what is less the system cannot count
# Processor seconds with 100,000 trades, whether they are in few stocks or in thousands.
REPORTS = {
    "": 0.3,
    "allocation": 0.1,
    "dividends --by year": 0.5,
    "performance --by month": 1.0,
    "chart": 1.0,
    "report --html -": 1.5,
    "transactions": 0.3,
    "transactions -O table": 1.0,
    "transactions --type sell": 0.3,
    "transactions --symbol COAA": 0.3,
    "transactions --from 2018-01-01 --to 2018-12-31": 0.3,
    "transactions --portfolio main --tail 10": 0.3,
    "gains": 0.5,
    "gains --by lot": 0.5,
    "gains --by lot -O table": 1.0,
    "gains --from 2018-01-01 --by symbol": 0.5,
    "gains --symbol COAA": 0.5,
    "holdings --as-of 2018-12-31": 0.5,
    "returns": 1.0,
    "returns --symbol COAA": 1.0,
    "explain holding COAA": 1.0,
    "audit verify": 1.5,
    "check": 1.5,
    "set-cost-basis main lifo --dry-run": 3.0,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trades", type=int, default=1_000_000, help="the long history; journals have a tenth of it")
    parser.add_argument("--turns", type=int, default=21, help="of short commands; those that take seconds have fewer")
    parser.add_argument("--quick", action="store_true", help="the same as --trades 20000 --turns 3")
    parser.add_argument("--reports", action="store_true", help="only the tables of reports, by processor time")
    parser.add_argument("--stockbook", type=Path, help="the program, instead of the one that cargo builds")
    asked = parser.parse_args()
    if asked.quick:
        asked.trades, asked.turns = 20_000, 3
    package = Path(__file__).resolve().parent.parent
    target = package / os.environ.get("CARGO_TARGET_DIR", "target")
    if not asked.stockbook:
        subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=package, check=True)
    program = (asked.stockbook or target / "release" / "stockbook").resolve()
    # Nobody's settings; and no caches, which a journal with one more trade makes useless.
    for name in ("STOCKBOOK_BOOK", "STOCKBOOK_PORTFOLIO", "STOCKBOOK_OUTPUT_FORMAT", "RLEDGER_PROFILE"):
        os.environ.pop(name, None)
    os.environ["BEANCOUNT_DISABLE_LOAD_CACHE"] = "1"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target) as folder:
        os.chdir(folder)
        comparison = Comparison(str(program), asked.trades, asked.turns)
        if asked.reports:
            comparison.reports()
        else:
            comparison.prepare()
            comparison.tables()
        os.chdir(package)


class Comparison:
    """Histories of three lengths, as files and as books, and what is measured on them."""

    def __init__(self, program, trades, turns):
        self.program, self.long, self.middle, self.turns = program, trades, trades // 10, turns
        self.slow_turns = min(turns, 11)
        self.slowest_turns = min(turns, 3)

    def prepare(self):
        """Writes the histories and records them."""
        self.tools = tools.installed()
        self.held = history.write_journals(".", self.middle)
        self.imported = [(count, closing) for closing in (False, True) for count in (self.middle, self.long)]
        for count, closing in ((SHORT, False), *self.imported):
            history.write_csv(trades_file(count, closing), count, closing)
        for count in (SHORT, self.long):
            run(self.importing(book(count), count, closing=False))
        run(sqlite3("table.db", "PRAGMA journal_mode = WAL", f".import --csv {trades_file(self.long, False)} trades"))

    def tables(self):
        versions = [printed([self.program, "--version"]), "sqlite3 " + printed(["sqlite3", "--version"]).split()[0]]
        versions += [tool.version for tool in self.tools]
        print(f"{datetime.date.today()}: {', '.join(version.strip() for version in versions)}\n")
        self.commands()
        self.reports()
        self.journals()
        self.imports()

    def importing(self, into, count, closing):
        return [self.program, "--book", into, "import", "--add-stocks", trades_file(count, closing), "prices.csv"]

    def commands(self):
        """Single commands on the long history, beside sqlite3, and beside themselves on the short one."""
        look = Contender(lambda turn: sqlite3(book(self.long), "SELECT 1 FROM stocks LIMIT 1"))
        row = "INSERT INTO trades VALUES ('2024-01-31', 'buy', 'COAH', '3', '101.25', '1')"
        insert = Contender(lambda turn: sqlite3("table.db", "PRAGMA synchronous = FULL", row))

        def beside(floor, command, first=""):
            """Measures a command, each time after another one; `{turn}` and `{count}` stand for those."""

            def contender(count):
                def filled(it, turn):
                    return [self.program, "--book", book(count), *it.format(turn=turn, count=count).split()]

                before = (lambda turn: run(filled(first, turn))) if first else (lambda turn: None)
                return Contender(lambda turn: filled(command, turn), before)

            os.sync()
            long, least, short = measure(self.turns, contender(self.long), floor, contender(SHORT))
            times = marked(long.times(least), LEAST), marked(long.times(short), FLAT)
            shown = command.format(turn="…", count="…")
            line(f"`{shown}`", ms(long), ms(least), times[0], ms(short), times[1])

        headings = "ms", "`sqlite3` ms", f"times (≤ {LEAST})", f"with {SHORT:,} ms", f"times (≤ {FLAT})"
        head(f"with {self.long:,} trades", *headings)
        beside(look, "holdings")
        beside(look, "gains --year 2020 --by symbol")
        beside(look, "gains --by year")
        beside(look, "transactions --tail 10")
        beside(look, "audit --tail 10")
        beside(look, "audit --since-sequence {count}")
        beside(insert, "buy COAH 3 101.25")
        beside(insert, "sell COAH 2 101.25")
        beside(insert, "dividend COAH 12.50")
        beside(insert, "update-price COAH 1{turn}")
        beside(insert, "void trade-{turn}", first="buy COAH 3 101.25 --id trade-{turn}")
        print()

    def reports(self):
        """Reports on books of two lengths, in few stocks and in one for every twenty trades."""
        counts = self.middle // 10, self.middle
        for wide in (False, True):
            for count in counts:
                symbols = [f"{symbol}{n}" for n in range(count // 1_000) for symbol in history.SYMBOLS] if wide else []
                history.write_csv("report.csv", count, False, history.SYMBOLS + symbols)
                run([self.program, "--book", f"report-{count}.db", "import", "--add-stocks", "report.csv"])
            stocks = "in a stock for every twenty" if wide else f"in {len(history.SYMBOLS)} stocks"
            times = f"times those of {counts[0]:,} (≤ {GROWTH:.0f})"
            head(f"with {counts[1]:,} trades {stocks}", "processor s", "≤", f"MB (≤ {REPORT_MEMORY})", times)
            for report, seconds in REPORTS.items():
                contenders = (self.reporting(report, count) for count in counts)
                short, long = measure(self.slowest_turns, *contenders)
                allowed = seconds * max(self.middle / 100_000, 0.1)
                growth = long.processor_seconds / max(short.processor_seconds, LEAST_SECONDS)
                took = marked(long.processor_seconds, allowed), f"{allowed:.2f}"
                line(f"`{report}`" if report else "the overview", *took, marked(long.megabytes, REPORT_MEMORY, 0), marked(growth, GROWTH, 1))
            print()
            for path in Path().glob("report*"):
                path.unlink()

    def reporting(self, report, count):
        words = report.split() if "-O" in report or "--html" in report else [*report.split(), "-O", "json"]
        return Contender(lambda turn: [self.program, "--book", f"report-{count}.db", *words])

    def journals(self):
        """Importing a history and showing what is held, beside programs that read a journal each time."""
        self.agree()
        steps = self.importing("new.db", self.middle, True), [self.program, "--book", "new.db", "holdings"]
        import_and_show = Contender(lambda turn: ["sh", "-c", " && ".join(map(shlex.join, steps))], remove_new)
        [ours] = measure(self.turns, import_and_show)
        head(f"{self.middle:,} trades", "s", "MB", "StockBook takes, times")
        line("StockBook: `import` and `holdings`", s(ours), mb(ours), "")
        for tool in self.tools:
            turns = self.turns if tool.name == "rustledger" else self.slowest_turns
            ours, taken = measure(turns, import_and_show, Contender(lambda turn: tool.holdings))
            times = ours.times(taken)
            shown = f"{marked(times, JOURNAL)} (≤ {JOURNAL})" if tool.name == "rustledger" else f"{times:.2f}"
            line(f"{tool.name}: {tool.shows}", s(taken), mb(taken), shown)
        print()

    def agree(self):
        """Sees to it that all hold the same shares at the end, at the same cost but for the fees."""
        run(self.importing("agree.db", self.middle, True))
        rows = csv.DictReader(printed([self.program, "--book", "agree.db", "holdings", "-O", "csv"]).splitlines())
        ours = {row["symbol"]: (Decimal(row["quantity"]), Decimal(row["cost_basis"])) for row in rows}
        opinions = [("StockBook", ours, lambda held: held.cost + held.fees)]
        opinions += [(tool.name, tool.read(), lambda held: held.cost) for tool in self.tools]
        for name, opinion, cost in opinions:
            for symbol, held in self.held.items():
                shares, costs = opinion.pop(symbol, (0, 0))
                # Parts of fees are rounded lot by lot.
                if shares != held.shares or abs(costs - cost(held)) > Decimal("0.00001"):
                    raise SystemExit(f"{name} has {shares} {symbol} for {costs}, not {held.shares} for {cost(held)}")
            if opinion:
                raise SystemExit(f"{name} also has {opinion}")

    def imports(self):
        """Importing, beside storing the same rows and log lines with standard tools and hashing the lines."""
        head("`import` of", "s", f"MB (≤ {MEMORY})", "`sqlite3 .import`, `cat`, `sync` and `sha256sum`, s", "times")
        peaks = {}
        for count, closing in self.imported:
            ours = Contender(lambda turn: self.importing("new.db", count, closing), remove_new)
            least = Contender(lambda turn: ["sh", "-c", storing(trades_file(count, closing))])
            ours, least = measure(self.slow_turns if count == self.long else self.turns, ours, least)
            peaks[count, closing] = ours.megabytes
            allowed = min(IMPORT, IMPORT_SECONDS / least.seconds)
            times = f"{marked(ours.times(least), allowed)} (≤ {allowed:.1f})"
            lots = "open lots stay few" if closing else "open lots pile up"
            line(f"{count:,} trades, {lots}", s(ours), marked(ours.megabytes, MEMORY, 0), s(least), times)
        growth = peaks[self.long, True] / peaks[self.middle, True]
        print(f"\nMemory for ten times the rows where open lots stay few: {marked(growth, FLAT)} times (≤ {FLAT})")


def storing(trades):
    """Stores the rows in a bare table, and the log that was written before once more, and hashes it."""
    load = f"sqlite3 -bail new-table.db '.import --csv {trades} trades'"
    copy = "cat new.db.audit.jsonl > new-log && sync new-log && sha256sum new-log"
    return f"rm -f new-table.db new-log && {load} && {copy}"


def remove_new(_turn):
    for path in Path().glob("new.db*"):
        path.unlink()


def book(count):
    return f"book-{count}.db"


def trades_file(count, closing):
    return f"trades-{count}-{'closing' if closing else 'growing'}.csv"


def sqlite3(*arguments):
    return ["sqlite3", "-bail", *arguments]


def ms(taken):
    return f"{taken.seconds * 1000:.1f}"


def s(taken):
    return f"{taken.seconds:.2f}"


def mb(taken):
    return f"{taken.megabytes:.0f}"


def marked(figure, allowed, places=2):
    shown = f"{figure:.{places}f}"
    return f"**{shown} over**" if figure > allowed else shown


def head(first, *others):
    line(first, *others)
    line("---", *("---:" for _ in others))


def line(*cells):
    print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
