"""The other programs that keep books, as far as they are installed: how each prints holdings with
their cost, and how what it printed is read.
"""

import csv
import importlib.metadata
import re
import shutil
import sys
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Callable

from comparison.stopwatch import printed


@dataclass(frozen=True)
class Tool:
    name: str
    version: str
    shows: str
    holdings: list  # the command that is timed
    read: Callable[[], dict]  # what it shows: shares and their cost by symbol


def installed():
    rledger = "rledger report --format csv journal.beancount holdings --account Assets:Broker".split()
    ledger = "ledger --args-only -f journal.ledger balance Assets:Broker --flat --no-total".split()
    hledger = "hledger -f journal.hledger balance Assets:Broker --flat --no-total".split()
    ledger_cost, hledger_cost = [*ledger, "--basis"], [*hledger, "--cost"]
    program = Path(__file__).with_name("beancount_holdings.py")
    beancount = [sys.executable, str(program), "journal.beancount"]
    both, cost = "holdings and their cost", "the cost of holdings"
    known = (
        ("rustledger", both, rledger, lambda: from_csv(rledger)),
        ("Ledger", cost, ledger_cost, lambda: from_balances(ledger, ledger_cost)),
        ("hledger", cost, hledger_cost, lambda: from_balances(hledger, hledger_cost)),
        ("beancount", both, beancount, lambda: from_csv(beancount)),
    )
    versions = [version(name, command[0]) for name, _, command, _ in known]
    return [Tool(name, found, *others) for (name, *others), found in zip(known, versions) if found]


def version(name, program):
    """The version of a tool, `None` if it is not installed."""
    if name == "beancount":
        try:
            return f"beancount {importlib.metadata.version(name)}"
        except importlib.metadata.PackageNotFoundError:
            return None
    if not shutil.which(program):
        return None
    return printed([program, "--version"]).splitlines()[0].split(",")[0]


def from_csv(command):
    rows = csv.DictReader(printed(command).splitlines())
    return {row["currency"]: (Decimal(row["units"]), Decimal(row["cost_basis"])) for row in rows}


def from_balances(shares, costs):
    """From the balances of the accounts in shares, and in what these cost."""
    balance = re.compile(r"(-?[\d.]+) \w+ +Assets:Broker:(\w+)")
    printouts = (balance.findall(printed(command)) for command in (shares, costs))
    shares, costs = ({symbol: Decimal(number) for number, symbol in found} for found in printouts)
    return {symbol: (held, costs[symbol]) for symbol, held in shares.items()}
