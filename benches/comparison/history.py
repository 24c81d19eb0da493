"""Made-up trading histories, the same for the same length on every machine, in each tool's format.

Arithmetic is on whole numbers: shares in ten-thousandths, prices and fees in cents, so an amount of
shares times a price is in millionths of a dollar.
"""

from collections import deque
from dataclasses import dataclass
from decimal import Decimal
from random import Random

SYMBOLS = ["CO" + first + second for first in "ABCDE" for second in "ABCDEFGHIJ"]
DAYS = [f"{year}-{month:02}-{day:02}" for year in range(2014, 2024) for month in range(1, 13) for day in range(1, 29)]


@dataclass(frozen=True)
class Trade:
    date: str
    action: str
    symbol: str
    shares: int
    price: int
    fee: int


def trades(count, closing, symbols=SYMBOLS):
    """Trades over ten years, three sales in ten, of what is held at most.

    Purchases outnumber sales, so open lots pile up with the length of the history; where it is a
    `closing` one, a sale in fifty sells everything, and they do not.
    """
    chance = Random(0x5374426B)
    held, price = dict.fromkeys(symbols, 0), dict.fromkeys(symbols, 10_000)
    bought = {}  # the day's purchase prices of a symbol: no two are alike, so that every lot is one of its own
    for number in range(count):
        date, symbol = DAYS[number * len(DAYS) // count], chance.choice(symbols)
        price[symbol] = min(max(price[symbol] + chance.randint(-100, 100), 1_000), 100_000)
        shares = chance.randint(1, 2_000_000) if chance.random() < 0.25 else chance.randint(1, 200) * 10_000
        fee = chance.randint(0, 999)
        if chance.random() < 0.3 and held[symbol]:
            everything = closing and chance.random() < 0.02
            shares = held[symbol] if everything else min(shares, held[symbol])
            held[symbol] -= shares
            yield Trade(date, "sell", symbol, shares, price[symbol], fee)
        else:
            day, prices = bought.get(symbol, (None, set()))
            if day != date:
                bought[symbol] = date, (prices := set())
            while price[symbol] in prices:
                price[symbol] += 1
            prices.add(price[symbol])
            held[symbol] += shares
            yield Trade(date, "buy", symbol, shares, price[symbol], fee)


def decimal(number, places):
    whole, part = divmod(number, 10**places)
    return f"{whole}.{part:0{places}}"


def write_csv(path, count, closing, symbols=SYMBOLS):
    with open(path, "w") as file:
        file.write("date,action,symbol,quantity,price,fee\n")
        for it in trades(count, closing, symbols):
            shares, price, fee = decimal(it.shares, 4), decimal(it.price, 2), decimal(it.fee, 2)
            file.write(f"{it.date},{it.action},{it.symbol},{shares},{price},{fee}\n")


class Lot:
    def __init__(self, trade):
        self.date, self.price, self.shares = trade.date, trade.price, trade.shares
        self.fee = trade.fee * 10**8  # in units of 1e-10 dollars, as a book rounds it

    def take(self, shares):
        """Takes shares out, with their part of the fee."""
        self.fee -= round(self.fee * shares / self.shares)
        self.shares -= shares


def write_journals(folder, count):
    """The same trades as plain-text journals. A sale takes the oldest lots.

    Fees are an expense in them, where a book of StockBook's has a purchase's fee in its cost. Beancount
    finds the lots itself, Ledger is told them, and to hledger a sale is one at the cost of each lot.

    Returns what is held at the end, by symbol.
    """
    lots = {symbol: deque() for symbol in SYMBOLS}
    last = {}
    with (
        open(f"{folder}/journal.beancount", "w") as beancount,
        open(f"{folder}/journal.ledger", "w") as ledger,
        open(f"{folder}/journal.hledger", "w") as hledger,
    ):
        for account in ("Assets:Cash", "Expenses:Fees", "Income:Gains"):
            beancount.write(f"2013-12-31 open {account} USD\n")
        for symbol in SYMBOLS:
            beancount.write(f'2013-12-31 open Assets:Broker:{symbol} {symbol} "FIFO"\n')
        for it in trades(count, closing=True):
            last[it.symbol] = it
            queue, account = lots[it.symbol], f"  Assets:Broker:{it.symbol}  "
            shares, price = f"{decimal(it.shares, 4)} {it.symbol}", f"{decimal(it.price, 2)} USD"
            amount, fee = it.shares * it.price, it.fee * 10_000
            fees = f"  Expenses:Fees  {decimal(fee, 6)} USD\n"
            if it.action == "buy":
                queue.append(Lot(it))
                cash = f"{fees}  Assets:Cash  -{decimal(amount + fee, 6)} USD\n\n"
                beancount.write(f'{it.date} * "buy"\n{account}{shares} {{{price}}}\n{cash}')
                ledger.write(f"{it.date} * buy\n{account}{shares} @ {price}\n{cash}")
                hledger.write(f"{it.date} * buy\n{account}{shares} @ {price}\n{cash}")
                continue
            received = amount - fee
            sign = "-" if received < 0 else ""
            cash = f"{fees}  Assets:Cash  {sign}{decimal(abs(received), 6)} USD\n  Income:Gains\n\n"
            beancount.write(f'{it.date} * "sell"\n{account}-{shares} {{}} @ {price}\n{cash}')
            ledger.write(f"{it.date} * sell\n")
            hledger.write(f"{it.date} * sell\n")
            left = it.shares
            while left:
                lot = queue[0]
                part = min(left, lot.shares)
                left -= part
                taken, cost = f"-{decimal(part, 4)} {it.symbol}", f"{decimal(lot.price, 2)} USD"
                ledger.write(f"{account}{taken} {{{cost}}} [{lot.date}] @ {price}\n")
                hledger.write(f"{account}{taken} @ {cost}\n")
                lot.take(part)
                if not lot.shares:
                    queue.popleft()
            ledger.write(cash)
            hledger.write(cash)
        with open(f"{folder}/prices.csv", "w") as prices:
            prices.write("date,symbol,price\n")
            for symbol, it in sorted(last.items()):
                price = decimal(it.price, 2)
                prices.write(f"{DAYS[-1]},{symbol},{price}\n")
                beancount.write(f"{DAYS[-1]} price {symbol} {price} USD\n")
                ledger.write(f"P {DAYS[-1]} {symbol} {price} USD\n")
                hledger.write(f"P {DAYS[-1]} {symbol} {price} USD\n")
    return {symbol: Held(queue) for symbol, queue in lots.items() if queue}


class Held:
    """What is held of a symbol, in shares and dollars."""

    def __init__(self, lots):
        self.shares = Decimal(sum(lot.shares for lot in lots)).scaleb(-4)
        self.cost = Decimal(sum(lot.shares * lot.price for lot in lots)).scaleb(-6)
        self.fees = Decimal(sum(lot.fee for lot in lots)).scaleb(-10)
