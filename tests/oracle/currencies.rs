//! Compares gains and holdings in one currency, on random books of four currencies, with the same sums in
//! fractions. Which lots a sale takes, and their cost in the stock's currency, is tested elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use chrono::NaiveDate;
use num_traits::Zero as _;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use serde_json::Value;
use uuid::Uuid;

use crate::adding_up::every_report_adds_up;
use crate::amount::{Amount, decimal, plain, read, rounded};
use crate::entry::{Action, Entry};
use crate::harness::Desk;
use crate::history::{History, SYMBOLS, converted, meant};
use crate::ledger::{Ledger, PositionKey};

const CURRENCIES: [&str; 4] = ["EUR", "CHF", "GBP", "USD"];
const METHODS: [&str; 4] = ["fifo", "lifo", "hifo", "average"];
/// The last day of the histories.
const END: i64 = 59;

fn day(number: i64) -> String {
    let first = NaiveDate::from_ymd_opt(2024, 1, 1).unwrap();
    (first + chrono::Duration::days(number)).to_string()
}

/// A rate of two currencies on a day.
type Recorded = BTreeMap<(usize, usize, i64), Amount>;

/// The rate of a day by the rule of the manual: its day, the rank of the way in which it was found, and the
/// rate.
fn rate(recorded: &Recorded, from: usize, to: usize, on: i64) -> Option<Amount> {
    if from == to {
        return Some(decimal(1, 0));
    }
    let latest = |from, to| (on - 7..=on).rev().find_map(|day| Some((day, recorded.get(&(from, to, day))?.clone())));
    let leg = |from, to| match (latest(from, to), latest(to, from)) {
        (Some((direct, rate)), Some((inverse, _))) if direct >= inverse => Some((direct, rate)),
        (_, Some((inverse, rate))) => Some((inverse, rate.recip())),
        (direct, None) => direct,
    };
    let mut best = leg(from, to);
    for common in (0..CURRENCIES.len()).filter(|common| *common != from && *common != to) {
        if let (Some((one_day, one)), Some((other_day, other))) = (leg(from, common), leg(common, to)) {
            let day = one_day.min(other_day);
            if best.as_ref().is_none_or(|(known, _)| day > *known) {
                best = Some((day, one * other));
            }
        }
    }
    best.map(|(_, rate)| rate)
}

/// Something bought or sold: day, stock, portfolio, whether it is a sale, quantity in tenths, amount in cents,
/// and what it was settled with, in cents.
type Trade = (i64, usize, usize, bool, i64, i64, Option<i64>);

fn trades() -> impl Strategy<Value = Vec<Trade>> {
    let settled = prop::option::weighted(0.2, 100_i64..90_000);
    vec((8..END, 0..4_usize, 0..4_usize, any::<bool>(), 1_i64..3000, 1_i64..1_000_000, settled), 1..50)
}

/// Weekly rates of the euro, and some of other pairs: pair, day, and the rate in ten-thousandths.
fn rates() -> impl Strategy<Value = Recorded> {
    let weekly = vec(5_000_i64..20_000, 36);
    let others = vec((0..4_usize, 0..4_usize, 0..=END, 5_000_i64..20_000), 0..30);
    (weekly, others).prop_map(|(weekly, others)| {
        let weekly = weekly.into_iter().zip(0_i64..).map(|(value, at)| {
            let to = usize::try_from(1 + at % 3).unwrap();
            ((0, to, (at / 3) * 5), decimal(value, 4))
        });
        let others = others.into_iter().filter(|(from, to, ..)| from != to);
        weekly.chain(others.map(|(from, to, day, value)| ((from, to, day), decimal(value, 4)))).collect()
    })
}

fn text<'v>(row: &'v Value, member: &str) -> &'v str {
    row[member].as_str().unwrap_or_default()
}

fn place(words: &[&str], word: &str) -> usize {
    words.iter().position(|known| *known == word).unwrap()
}

/// The figures of the book, and the rates that it uses.
struct Told {
    into: usize,
    recorded: Recorded,
    transactions: HashMap<String, Value>,
}

impl Told {
    fn of(desk: &Desk, into: usize, recorded: &Recorded) -> Self {
        let rows = desk.json(["transactions"]).as_array().unwrap().clone();
        let transactions = rows.into_iter().map(|row| (text(&row, "transaction_id").to_owned(), row)).collect();
        Self { into, recorded: recorded.clone(), transactions }
    }

    fn rate_of(&self, id: &str) -> Amount {
        let row = &self.transactions[id];
        if text(row, "settlement_currency") == CURRENCIES[self.into] {
            return read(text(row, "settlement_amount")) / read(text(row, "total_amount"));
        }
        let on = (0..=END).find(|number| day(*number) == text(row, "trade_date")).unwrap();
        rate(&self.recorded, place(&CURRENCIES, text(row, "currency")), self.into, on).unwrap()
    }
}

fn record(desk: &Desk, recorded: &Recorded, trades: &[Trade], into: usize) {
    for method in METHODS {
        desk.ok(["add-portfolio", method, "--cost-basis", method]);
    }
    for currency in CURRENCIES {
        desk.ok(["add-stock", &format!("S{currency}"), "A stock", "--currency", currency]);
        desk.ok(["update-price", &format!("S{currency}"), "7.77", "--date", &day(END)]);
    }
    let mut lines = "date,base,quote,rate\n".to_owned();
    for ((from, to, on), rate) in recorded {
        writeln!(lines, "{},{},{},{}", day(*on), CURRENCIES[*from], CURRENCIES[*to], plain(rate)).unwrap();
    }
    desk.file("rates.csv", lines);
    let mut ordered = trades.to_vec();
    ordered.sort_by_key(|trade| trade.0);
    let mut held: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    let mut lines =
        "date,action,symbol,quantity,amount,portfolio,id,settlement_amount,settlement_currency\n".to_owned();
    for (at, (on, stock, portfolio, is_sale, tenths, cents, settled)) in ordered.into_iter().enumerate() {
        let holds = held.entry((stock, portfolio)).or_default();
        let is_sale = is_sale && *holds > 0;
        let tenths = if is_sale { tenths.min(*holds) } else { tenths };
        *holds += if is_sale { -tenths } else { tenths };
        let settled = settled.filter(|_| stock != into);
        let (action, settled_in) = (if is_sale { "sell" } else { "buy" }, settled.map_or("", |_| CURRENCIES[into]));
        let settled = settled.map(|cents| plain(&decimal(cents, 2))).unwrap_or_default();
        let [quantity, amount] = [plain(&decimal(tenths, 1)), plain(&decimal(cents, 2))];
        let (day, stock, portfolio) = (day(on), CURRENCIES[stock], METHODS[portfolio]);
        writeln!(lines, "{day},{action},S{stock},{quantity},{amount},{portfolio},t{at},{settled},{settled_in}")
            .unwrap();
    }
    desk.file("trades.csv", lines);
    desk.ok(["import", "-q", "rates.csv"]);
    desk.ok(["import", "-q", "--similar", "record", "trades.csv"]);
}

/// Splits of a stock on a day, each 2:1, and which of the trades are voided, if later ones allow it.
type Later = (Vec<(usize, i64)>, Vec<usize>);

fn later() -> impl Strategy<Value = Later> {
    (vec((0..4_usize, 8..END), 0..3), vec(0..50_usize, 0..5))
}

fn record_later(desk: &Desk, (splits, voids): &Later) {
    for (stock, on) in splits {
        desk.run(["split", &format!("S{}", CURRENCIES[*stock]), "2:1", "--date", &day(*on), "--force"]);
    }
    for trade in voids {
        for portfolio in METHODS {
            desk.run(["-p", portfolio, "void", &format!("t{trade}")]);
        }
    }
    desk.ok(["check"]);
}

/// The costs that are left in the average pools, and those that each sale took from them.
fn pools(desk: &Desk, told: &Told) -> (BTreeMap<String, Amount>, HashMap<String, Amount>) {
    let (mut pools, mut taken) = (BTreeMap::<String, (Amount, Amount)>::new(), HashMap::new());
    let mut rows = desk.json(["-p", "average", "transactions"]).as_array().unwrap().clone();
    // A split comes before the trades of its day, whenever it was recorded.
    rows.sort_by_key(|row| (text(row, "trade_date").to_owned(), text(row, "type") != "SPLIT"));
    for row in &rows {
        if text(row, "type") == "SPLIT" {
            if let Some((shares, _)) = pools.get_mut(text(row, "symbol")) {
                *shares *= decimal(2, 0);
            }
            continue;
        }
        let (id, quantity) = (text(row, "transaction_id"), read(text(row, "quantity")));
        let (shares, cost) = pools.entry(text(row, "symbol").to_owned()).or_insert((Amount::zero(), Amount::zero()));
        if text(row, "type") == "BUY" {
            *shares += quantity;
            *cost += read(text(row, "total_amount")) * told.rate_of(id);
        } else {
            let leaves = &*cost * &quantity / &*shares;
            *shares -= quantity;
            *cost -= &leaves;
            taken.insert(id.to_owned(), leaves);
        }
    }
    (pools.into_iter().map(|(symbol, (_, cost))| (symbol, cost)).collect(), taken)
}

fn compare(desk: &Desk, told: &Told) -> TestCaseResult {
    let into = CURRENCIES[told.into];
    let (left, taken) = pools(desk, told);
    // Proceeds, cost, and the cost at the rate of the sale.
    let mut due: HashMap<String, [Amount; 3]> = HashMap::new();
    let mut sold: BTreeMap<(String, String), Amount> = BTreeMap::new();
    for lot in desk.json(["gains", "--by", "lot"]).as_array().unwrap() {
        let (sale, cost) = (text(lot, "sale_id"), read(text(lot, "cost_basis")));
        let [proceeds, own, worth] = due.entry(sale.to_owned()).or_insert([(); 3].map(|()| Amount::zero()));
        let home = &cost * told.rate_of(text(lot, "lot_id"));
        *sold.entry((text(lot, "portfolio").to_owned(), text(lot, "symbol").to_owned())).or_default() += &home;
        *proceeds += read(text(lot, "proceeds")) * told.rate_of(sale);
        *worth += cost * told.rate_of(sale);
        match taken.get(sale) {
            Some(taken) => own.clone_from(taken),
            None => *own += home,
        }
    }
    for row in desk.json(["gains", "--in", into]).as_array().unwrap() {
        let [proceeds, cost, worth] = due[text(row, "sale_id")].each_ref().map(rounded);
        let wanted = [&proceeds - &cost, worth - &cost, proceeds, cost];
        let found = ["gain", "currency_gain", "proceeds", "cost_basis"].map(|member| read(text(row, member)));
        prop_assert_eq!(&found, &wanted, "{}", row);
        prop_assert_eq!(read(text(row, "price_gain")) + &found[1], found[0].clone(), "{}", row);
    }
    for row in desk.json(["holdings", "--as-of", &day(END), "--in", into]).as_array().unwrap() {
        let (portfolio, symbol) = (text(row, "portfolio"), text(row, "symbol"));
        let is_of = |it: &&Value| text(it, "portfolio") == portfolio && text(it, "symbol") == symbol;
        let bought = told.transactions.values().filter(is_of).filter(|it| text(it, "type") == "BUY");
        let paid = bought.map(|it| read(text(it, "total_amount")) * told.rate_of(text(it, "transaction_id")));
        let paid = paid.fold(Amount::zero(), |sum, cost| sum + cost);
        let key = (portfolio.to_owned(), symbol.to_owned());
        let cost = if portfolio == "average" {
            left[symbol].clone()
        } else {
            paid - sold.get(&key).cloned().unwrap_or_else(Amount::zero)
        };
        prop_assert_eq!(read(text(row, "cost_basis")), rounded(&cost), "{}", row);
        let gain = read(text(row, "price_gain")) + read(text(row, "currency_gain"));
        prop_assert_eq!(gain, read(text(row, "unrealized_gain")), "{}", row);
    }
    Ok(())
}

/// The first day of the histories that are entered command by command, and the number of days to the last.
const BEGIN: NaiveDate = NaiveDate::from_ymd_opt(2020, 2, 20).unwrap();
const LAST: i64 = 900;

/// A rate of the euro for every fifth day of those histories.
fn rates_for_years() -> impl Strategy<Value = Recorded> {
    let value = 5_000_i64..20_000;
    let rates = vec(value, 3 * 182).prop_map(|values| {
        let of =
            |(value, at): (i64, i64)| ((0, usize::try_from(1 + at % 3).unwrap(), (at / 3 - 1) * 5), decimal(value, 4));
        values.into_iter().zip(0_i64..).map(of).collect()
    });
    // What goes wrong does so by what happened to shares, which five hundred simpler rates tell nothing of.
    rates.no_shrink()
}

/// The value of one unit of an entry's currency on its day, or by its settlement.
fn rate_of_entry(entry: &Entry, recorded: &Recorded, into: usize) -> Amount {
    let total = match &entry.action {
        Action::Buy(_, trade) | Action::Opening(_, trade) => trade.before_fee() + &trade.fee,
        Action::Sell(_, trade, _) | Action::SellFraction(_, trade) | Action::WriteOff(_, trade) => {
            trade.before_fee() - &trade.fee
        }
        Action::Dividend(_, amount) | Action::ReturnCapital(_, amount) | Action::AddCost(_, amount) => amount.clone(),
        Action::Split { .. } | Action::Transfer { .. } | Action::Convert(_) => Amount::zero(),
    };
    match entry.settled() {
        Some(settled) if CURRENCIES[into] == "CHF" && !total.is_zero() => settled / total,
        _ => {
            let currency = if entry.symbol == SYMBOLS[1] { "EUR" } else { "USD" };
            rate(recorded, place(&CURRENCIES, currency), into, (entry.date - BEGIN).num_days()).unwrap()
        }
    }
}

/// The position of a row; its portfolio has its original name.
fn position_of(row: &Value) -> (usize, &'static str) {
    let portfolio = text(row, "portfolio").rsplit('-').next().unwrap().parse().unwrap();
    (portfolio, SYMBOLS[place(&SYMBOLS, text(row, "symbol"))])
}

/// Compares the figures of a history in one currency with those of the ledger, which follows every lot and
/// pool.
fn compare_history(history: &History, desk: &Desk, recorded: &Recorded, into: usize) -> TestCaseResult {
    let mut lines = "date,base,quote,rate\n".to_owned();
    for ((from, to, on), rate) in recorded {
        let day = BEGIN + chrono::Duration::days(*on);
        writeln!(lines, "{day},{},{},{}", CURRENCIES[*from], CURRENCIES[*to], plain(rate)).unwrap();
    }
    desk.file("rates.csv", lines);
    desk.ok(["import", "-q", "rates.csv"]);
    let rates: BTreeMap<Uuid, Amount> =
        history.entries.iter().map(|entry| (entry.id, rate_of_entry(entry, recorded, into))).collect();
    let ledger = Ledger::with_rates(&history.entries, &history.voided, &history.methods, rates.clone()).unwrap();
    let mut due = sales(&ledger, &rates);
    let into = CURRENCIES[into];
    for row in desk.json(["gains", "--in", into]).as_array().unwrap() {
        let key = (text(row, "sale_id").to_owned(), position_of(row));
        let [proceeds, cost, worth] = due.remove(&key).unwrap();
        let wanted = [&proceeds - &cost, worth - &cost, proceeds, cost];
        let found = ["gain", "currency_gain", "proceeds", "cost_basis"].map(|member| read(text(row, member)));
        prop_assert_eq!(&found, &wanted, "{}", row);
        prop_assert_eq!(read(text(row, "price_gain")) + &found[1], found[0].clone(), "{}", row);
    }
    prop_assert_eq!(due, BTreeMap::new());
    let days: BTreeSet<NaiveDate> = history.entries.iter().map(|entry| entry.date).collect();
    let last = BEGIN + chrono::Duration::days(LAST);
    for day in days.iter().skip(days.len() / 2).take(2).chain([&last]) {
        let until: Vec<Entry> = history.entries.iter().filter(|entry| entry.date <= *day).cloned().collect();
        let ledger = Ledger::with_rates(&until, &history.voided, &history.methods, rates.clone()).unwrap();
        let mut realized: BTreeMap<PositionKey, Amount> = BTreeMap::new();
        for ((_, position), [proceeds, cost, _]) in sales(&ledger, &rates) {
            *realized.entry(position).or_default() += proceeds - cost;
        }
        for row in desk.json(["holdings", "--all", "--as-of", &day.to_string(), "--in", into]).as_array().unwrap() {
            let key = position_of(row);
            let wanted = [rounded(&ledger.positions[&key].home), realized.get(&key).cloned().unwrap_or_default()];
            let found = ["cost_basis", "realized_gain"].map(|member| read(text(row, member)));
            prop_assert_eq!(found, wanted, "{}: {}", day, row);
        }
    }
    Ok(())
}

/// The proceeds, the cost, and the cost at the rate of the day, of what realized something in each position.
fn sales(ledger: &Ledger, rates: &BTreeMap<Uuid, Amount>) -> BTreeMap<(String, PositionKey), [Amount; 3]> {
    let mut sums: BTreeMap<(String, PositionKey), [Amount; 3]> = BTreeMap::new();
    for part in &ledger.disposals {
        let key = (part.sale.to_string(), part.position);
        let [proceeds, cost, worth] = sums.entry(key).or_default();
        *proceeds += &part.proceeds * &rates[&part.sale];
        *cost += &part.home;
        *worth += &part.cost * &rates[&part.sale];
    }
    sums.into_iter().map(|(key, sums)| (key, sums.each_ref().map(rounded))).collect()
}

proptest! {
    #![proptest_config(crate::histories::config(8))]

    /// Transfers between portfolios of every method, picked lots, late entries, and voided ones.
    #[test]
    fn whatever_happens_to_shares_their_cost_in_one_currency_goes_with_them(
        ((methods, intents), recorded, into) in
            (meant(40), rates_for_years(), 0..CURRENCIES.len())
    ) {
        let (history, book) = crate::histories::lived(methods, intents)?;
        compare_history(&history, book.desk(), &recorded, into)?;
    }

    /// Spin-offs, and exchanges by each rule, with payments for shares and fractions, and returns of capital.
    #[test]
    fn whatever_companies_do_the_cost_in_one_currency_goes_with_the_shares(
        ((methods, intents), recorded, into) in
            (converted(40), rates_for_years(), 0..CURRENCIES.len())
    ) {
        let (history, book) = crate::histories::lived(methods, intents)?;
        compare_history(&history, book.desk(), &recorded, into)?;
        every_report_adds_up(book.desk(), CURRENCIES[into])?;
    }

    #[test]
    fn reports_in_one_currency_come_to_what_fractions_say(
        (recorded, trades, later, into) in (rates(), trades(), later(), 0..CURRENCIES.len())
    ) {
        let desk = Desk::new();
        record(&desk, &recorded, &trades, into);
        record_later(&desk, &later);
        compare(&desk, &Told::of(&desk, into, &recorded))?;
        every_report_adds_up(&desk, CURRENCIES[into])?;
    }
}
