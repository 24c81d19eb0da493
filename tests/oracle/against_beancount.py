#!/usr/bin/env python3
"""Compares StockBook's lots with those that beancount books, on histories made up at random.

It is run by hand, for it needs beancount 3:

    python3 -m venv /tmp/beancount && /tmp/beancount/bin/pip install beancount
    cargo build --release
    /tmp/beancount/bin/python tests/oracle/against_beancount.py target/release/stockbook

Beancount books FIFO, LIFO and HIFO; average cost, which it does not book, is held against the formula
itself. For every history both must agree on the gain of each sale, on the lots that it takes and on
the lots that are left. Two things are left out because the two programs differ in them on purpose:
several purchases on one day, which beancount's LIFO takes in the order of entry, and costs per share
that have no end, which beancount would round.
"""

import argparse
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import uuid
from collections import namedtuple
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from beancount import loader
from beancount.core import data

METHODS = ["fifo", "lifo", "hifo", "average"]

Trade = namedtuple("Trade", "id action date quantity price fee")
# What a sale takes of a purchase, or what is left of one: its id, shares and cost.
Part = namedtuple("Part", "lot quantity cost")


def history(chance):
    """Trades that are possible in their order. A purchase's fee is a whole number of cents a share."""
    day = datetime.date(2020, 1, 1)
    held, trades = Decimal(0), []
    for number in range(chance.randint(2, 40)):
        price = Decimal(chance.choice([chance.randint(1, 6) * 100, chance.randint(1, 99_999)])) / 100
        quantity = Decimal(chance.choice([chance.randint(1, 9) * 10_000, chance.randint(1, 999_999)])) / 10_000
        id = str(uuid.UUID(int=chance.getrandbits(128), version=4))
        if held and chance.random() < 0.45:
            quantity = held if chance.random() < 0.1 else min(quantity, held)
            held -= quantity
            fee = Decimal(chance.randint(0, 999)) / 100
            # Sales may share a day with others and with the purchase before them.
            day += datetime.timedelta(chance.choice([0, 0, 1, 40]))
            trades.append(Trade(id, "sell", day, quantity, price, fee))
        else:
            held += quantity
            day += datetime.timedelta(chance.choice([1, 2, 30, 200]))
            trades.append(Trade(id, "buy", day, quantity, price, quantity * chance.randint(0, 3) / 100))
    return trades


def booked(trades, method):
    """What each sale takes, by beancount, and what is left."""
    lines = ["2000-01-01 open Equity:Cash", "2000-01-01 open Income:Gains"]
    lines.append(f'2000-01-01 open Assets:Shares HOOL "{method.upper()}"')
    for trade in trades:
        lines.append(f'{trade.date} * "{trade.id}"')
        if trade.action == "buy":
            per_share = trade.price + trade.fee / trade.quantity
            lines.append(f'  Assets:Shares  {trade.quantity} HOOL {{{per_share} USD, "{trade.id}"}}')
            lines.append("  Equity:Cash")
        else:
            lines.append(f"  Assets:Shares  -{trade.quantity} HOOL {{}}")
            lines.append(f"  Equity:Cash  {trade.quantity * trade.price - trade.fee} USD")
            lines.append("  Income:Gains")
    entries, errors, _ = loader.load_string("\n".join(lines) + "\n", dedent=False)
    if errors:
        raise SystemExit(f"beancount: {errors}")
    left, sales = {}, {}
    for entry in data.filter_txns(entries):
        parts = []
        for posting in entry.postings:
            if posting.account == "Assets:Shares":
                quantity, cost = posting.units.number, posting.cost
                left[cost.label] = left.get(cost.label, 0) + quantity
                if quantity < 0:
                    parts.append(Part(cost.label, -quantity, -quantity * cost.number))
        if parts:
            sales[entry.narration] = sorted(parts)
    cost_of = {trade.id: trade.price + trade.fee / trade.quantity for trade in trades if trade.action == "buy"}
    return sales, sorted(Part(lot, quantity, quantity * cost_of[lot]) for lot, quantity in left.items() if quantity)


def rounded(fraction):
    """Half to even at ten places."""
    return Decimal(round(fraction * 10**10)) / 10**10


def averaged(trades):
    """The cost of each sale at the average of what is held, and the cost of what is left."""
    held, cost, sales = Fraction(0), Fraction(0), {}
    for trade in trades:
        quantity = Fraction(trade.quantity)
        if trade.action == "buy":
            held, cost = held + quantity, cost + Fraction(trade.quantity * trade.price + trade.fee)
        else:
            sold = cost if quantity == held else Fraction(rounded(cost * quantity / held))
            held, cost = held - quantity, cost - sold
            sales[trade.id] = sold
    return sales, cost


class Program:
    """StockBook with a book of its own, one portfolio for each method."""

    def __init__(self, binary, folder):
        self.command = [binary, "--book", str(folder / "book.db")]

    def run(self, *arguments, text=None):
        command = [*self.command, *arguments]
        run = subprocess.run(command, input=text, capture_output=True, text=True)
        if run.returncode != 0:
            raise SystemExit(f"{' '.join(command)}\n{run.stderr}")
        return run.stdout

    def json(self, *arguments):
        return json.loads(self.run(*arguments, "-O", "json"), parse_float=Decimal)

    def has(self, *arguments):
        return subprocess.run([*self.command, *arguments, "--help"], capture_output=True).returncode == 0


def part(row, lot="lot_id"):
    return Part(row[lot], Decimal(row["quantity"]), Decimal(row["cost_basis"]))


def check(what, found, expected, trades):
    if found != expected:
        listed = "\n".join(" ".join(map(str, trade)) for trade in trades)
        raise SystemExit(f"{what}:\n  StockBook {found}\n  expected  {expected}\n{listed}")


def compare(program, trades, method, has_gains):
    portfolio = f"by-{method}"
    program.run("add-portfolio", portfolio, "--cost-basis", method)
    rows = ["date,action,symbol,quantity,price,fee,portfolio,id"]
    for trade in trades:
        fields = (trade.date, trade.action, "HOOL", trade.quantity, trade.price, trade.fee, portfolio, trade.id)
        rows.append(",".join(map(str, fields)))
    program.run("import", "-", "--add-stocks", "-q", text="\n".join(rows) + "\n")
    [holding] = program.json("holdings", "--all", "-p", portfolio)
    proceeds = {trade.id: trade.quantity * trade.price - trade.fee for trade in trades if trade.action == "sell"}
    if method == "average":
        costs, left_cost = averaged(trades)
        left = None
    else:
        sales, left = booked(trades, method)
        costs = {sale: sum(part.cost for part in parts) for sale, parts in sales.items()}
        left_cost = sum(part.cost for part in left)
    gain = Fraction(sum(proceeds.values())) - Fraction(sum(costs.values()))
    check(f"{method}: realized gain", Fraction(holding["realized_gain"]), gain, trades)
    check(f"{method}: cost of what is left", Fraction(holding["cost_basis"]), Fraction(left_cost), trades)
    if has_gains:
        found = {row["sale_id"]: Fraction(row["cost_basis"]) for row in program.json("gains", "--by", "sale", "-p", portfolio)}
        check(f"{method}: costs by sale", found, {sale: Fraction(cost) for sale, cost in costs.items()}, trades)
    if has_gains and left is not None:
        found = {}
        for row in program.json("gains", "--by", "lot", "-p", portfolio):
            found.setdefault(row["sale_id"], []).append(part(row))
        check(f"{method}: lots by sale", {sale: sorted(parts) for sale, parts in found.items()}, sales, trades)
    if left:
        # A sale of everything takes what is left.
        sale = ("sell", "HOOL", holding["quantity"], "0", "--dry-run", "-p", portfolio, "--date", str(trades[-1].date))
        check(f"{method}: lots left", sorted(map(part, program.json(*sale)["disposals"])), left, trades)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("binary", type=pathlib.Path)
    parser.add_argument("--histories", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--methods", nargs="+", default=METHODS, choices=METHODS)
    options = parser.parse_args()
    binary = str(options.binary.resolve())
    chance, sales = random.Random(options.seed), 0
    for _ in range(options.histories):
        trades = history(chance)
        sales += sum(trade.action == "sell" for trade in trades)
        for method in options.methods:
            with tempfile.TemporaryDirectory() as folder:
                program = Program(binary, pathlib.Path(folder))
                has_gains = program.has("gains")
                compare(program, trades, method, has_gains)
    compared = "gains and lots of each sale" if has_gains else "realized gains (there is no `gains` yet)"
    methods = ", ".join(options.methods)
    print(f"{options.histories} histories, {sales} sales, by {methods}: {compared} and lots left are the same")


if __name__ == "__main__":
    sys.exit(main())
