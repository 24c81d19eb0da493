"""Prints the holdings of a journal, with what they cost, by beancount's own library."""

import sys
from collections import Counter

from beancount import loader
from beancount.core.data import Transaction

entries, errors, _ = loader.load_file(sys.argv[1])
if errors:
    raise SystemExit(errors[0].message)
shares, cost = Counter(), Counter()
for entry in entries:
    for posting in entry.postings if isinstance(entry, Transaction) else ():
        if posting.cost is not None:
            shares[posting.units.currency] += posting.units.number
            cost[posting.units.currency] += posting.units.number * posting.cost.number
print("currency,units,cost_basis")
for symbol in sorted(filter(shares.get, shares)):
    print(f"{symbol},{shares[symbol]},{cost[symbol]}")
