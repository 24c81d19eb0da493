//! Double-entry journals: what happened as postings to accounts, with lots.
//!
//! The cost of a lot includes the purchase's fee, and a sale's gain is net of its fee, as everywhere in
//! StockBook. Fees are nevertheless posted to an account of their own, and balanced by a second account.

mod lots;
mod names;
mod prices;
mod syntax;

use std::collections::BTreeMap;
use std::io::Write;
use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use super::chronicle::{Chronicle, EntryRecord, RecordedEntry};
use super::replay::{PositionReplay, disposals_of};
use super::request::ExportRequest;
use crate::app::AppError;
use crate::domain::{
    CostAdjustmentKind, Currency, Day, Entry, EntryKind, Figure, Money, Note, Plain, Portfolio, PortfolioId,
    PortfolioName, Position, Price, Quantity, Symbol, TimeOfDay, TooLarge, TransactionId,
};
use crate::store::{ConversionRow, SplitRow, TransactionRow};
pub(super) use lots::Move;
use lots::PositionLots;
use names::{Account, Names};
pub(super) use syntax::{Amount, Commodity, JournalEntry, JournalPrice, Posting, Syntax, Text};

/// Writes the journal of a period, which begins with what was held before.
pub(super) fn write_journal(
    chronicle: &Chronicle<'_>,
    request: &ExportRequest<'_>,
    syntax: &mut dyn Syntax,
    out: &mut dyn Write,
) -> Result<(), AppError> {
    let symbols = chronicle.symbols_in(&request.portfolios)?;
    let names = Names::new(chronicle, &|symbol| syntax.commodity(symbol));
    let mut text = Text(String::with_capacity(Journal::ROOM));
    syntax.begin(&names.commodities(chronicle, &symbols), &mut text);
    let wanted = chronicle.portfolios.iter().filter(|portfolio| request.is_of(portfolio.name()));
    let mut journal = Journal {
        request,
        names,
        opened: HashMap::new(),
        lots: HashMap::new(),
        leaving: HashMap::new(),
        arriving: HashSet::new(),
        wanted: wanted.map(Portfolio::id).collect(),
        has_begun: request.from.is_none(),
        syntax,
        text,
        out,
    };
    let mut replay = PositionReplay::new(chronicle);
    chronicle.for_each_day([None, request.to], &mut |day, happenings| {
        request.pause()?;
        if !journal.has_begun && request.covers(day) {
            journal.open_with_what_is_there(&replay)?;
        }
        journal.arriving = happenings.iter().filter(|it| it.arrives()).map(|it| it.entry.id).collect();
        let by_id: HashMap<_, &RecordedEntry> =
            happenings.iter().map(|it| ((it.entry.id, it.entry.portfolio()), it)).collect();
        replay.carry_out(&happenings, &mut |entry, positions| match by_id.get(&(entry.id, entry.portfolio())) {
            Some(RecordedEntry { record: EntryRecord::Transaction(row), .. }) => {
                journal.transaction(entry, row, positions)
            }
            Some(RecordedEntry { record: EntryRecord::Split(split), .. }) => journal.split(entry, split, positions),
            Some(RecordedEntry { record: EntryRecord::Conversion(row), .. }) => {
                journal.conversion(entry, row, positions)
            }
            None => Ok(()),
        })
    })?;
    if !journal.has_begun {
        journal.open_with_what_is_there(&replay)?;
    }
    prices::write(chronicle, request, &symbols, &mut |date, symbol, price, currency| {
        let commodity = &journal.names.commodity(symbol);
        journal.syntax.price(&JournalPrice { date, commodity, price, currency }, &mut journal.text);
        journal.pass_on()
    })?;
    Ok(journal.out.write_all(journal.text.0.as_bytes())?)
}

/// A journal being written.
struct Journal<'j> {
    request: &'j ExportRequest<'j>,
    names: Names,
    /// The accounts that have been declared, by their names.
    opened: HashMap<Account, Rc<str>>,
    /// The lots of each position as the journal has them.
    lots: HashMap<(PortfolioId, Symbol), PositionLots>,
    /// What has left a portfolio by a transfer and has not arrived yet.
    leaving: HashMap<TransactionId, (PortfolioId, Vec<Move>)>,
    /// The portfolios that appear in it.
    wanted: HashSet<PortfolioId>,
    /// The transfers of the day that arrive in an included portfolio.
    arriving: HashSet<TransactionId>,
    /// Whether the period has begun.
    has_begun: bool,
    syntax: &'j mut dyn Syntax,
    /// Text that has not been written out yet.
    text: Text,
    out: &'j mut dyn Write,
}

/// The legs of an entry.
type Legs = Vec<(Account, Leg)>;

enum Leg {
    Cash(Money),
    Shares(Move),
}

impl Journal<'_> {
    /// The number of bytes that are written out at a time.
    const ROOM: usize = 64 * 1024;

    /// Writes out the text once it is long enough.
    fn pass_on(&mut self) -> Result<(), AppError> {
        if self.text.0.len() >= Self::ROOM {
            self.out.write_all(self.text.0.as_bytes())?;
            self.text.0.clear();
        }
        Ok(())
    }

    fn transaction(&mut self, entry: &Entry, row: &TransactionRow, positions: &[Position]) -> Result<(), AppError> {
        let Some(position) = positions.iter().find(|position| position.key().is_changed_by(entry)) else {
            return Ok(());
        };
        let moves = self.moves(entry, position)?;
        let (portfolio, symbol) = (position.key().portfolio_id, &row.symbol);
        let mut legs = shares_of(portfolio, symbol, moves);
        let cash = |amount: Money| (Account::Cash(portfolio), Leg::Cash(amount));
        let gains = |gain: Money| (Account::Gains(portfolio, symbol.clone()), Leg::Cash(negated(gain)));
        let text = match &entry.kind {
            EntryKind::Purchase { as_of: None, cost_basis, .. } => {
                legs.push(cash(negated(*cost_basis)));
                told_of("buy", row)
            }
            EntryKind::Purchase { as_of: Some(_), cost_basis, .. } => {
                legs.push((Account::Opening, Leg::Cash(negated(*cost_basis))));
                told_of("opening", row)
            }
            EntryKind::Sale { proceeds, .. } => {
                legs.push(cash(*proceeds));
                legs.push(gains(gain_of(position, entry.id)?));
                told_of("sell", row)
            }
            EntryKind::Dividend { amount, net, .. } => {
                legs.push(cash(*net));
                legs.push((Account::Withholding(portfolio), Leg::Cash(row.withholding.unwrap_or_default())));
                legs.push((Account::Dividends(portfolio, symbol.clone()), Leg::Cash(negated(*amount))));
                format!("dividend {symbol}")
            }
            EntryKind::TransferOut { .. } if self.arriving.contains(&entry.id) => {
                let moves = legs.into_iter().filter_map(|(_, leg)| leg.shares()).collect();
                self.leaving.insert(entry.id, (portfolio, moves));
                return Ok(());
            }
            EntryKind::TransferOut { .. } => {
                let cost = weight_of(&legs)?;
                legs.push((Account::Transfers, Leg::Cash(negated(cost))));
                told_of("transfer", row)
            }
            EntryKind::TransferIn { .. } => {
                let Some((from, moves)) = self.leaving.remove(&entry.id) else { return Ok(()) };
                let text = told_of("transfer", row);
                let mut both = shares_of(from, symbol, moves);
                both.extend(legs);
                legs = both;
                text
            }
            EntryKind::CostAdjustment { kind: CostAdjustmentKind::ReturnOfCapital, amount, .. } => {
                legs.push(cash(*amount));
                legs.push(gains(gain_of(position, entry.id)?));
                format!("return of capital {symbol}")
            }
            EntryKind::CostAdjustment { kind: CostAdjustmentKind::Addition, amount, .. } => {
                legs.push((Account::Opening, Leg::Cash(negated(*amount))));
                format!("addition to the cost of {symbol}")
            }
            EntryKind::Split(_) | EntryKind::Conversion(_) => return Ok(()),
        };
        let fee = Money::from(row.fee);
        legs.push((Account::Fees(portfolio), Leg::Cash(fee)));
        legs.push((Account::FeesInCost(portfolio), Leg::Cash(negated(fee))));
        let note = row.note.clone();
        self.write((entry.date, row.trade_time), (text, Some(entry.id), note), legs, row.currency)
    }

    /// Writes a conversion: lots are exchanged at cost, and the difference is gain and cash.
    fn conversion(&mut self, entry: &Entry, row: &ConversionRow, positions: &[Position]) -> Result<(), AppError> {
        let mut legs = Legs::new();
        let mut cash: BTreeMap<(PortfolioName, PortfolioId), Money> = BTreeMap::new();
        for position in positions.iter().filter(|position| position.key().is_changed_by(entry)) {
            let (portfolio, symbol) = (position.key().portfolio_id, position.key().symbol.clone());
            let moves = self.moves(entry, position)?;
            let gain = gain_of(position, entry.id)?;
            let left = cash.entry((position.key().portfolio.clone(), portfolio)).or_default();
            *left = left.plus(gain)?;
            for of_lot in &moves {
                *left = left.minus(of_lot.cost)?;
            }
            legs.extend(shares_of(portfolio, &symbol, moves));
            legs.push((Account::Gains(portfolio, symbol), Leg::Cash(negated(gain))));
        }
        for ((_, portfolio), amount) in cash.into_iter().filter(|(_, amount)| !amount.is_zero()) {
            legs.push((Account::Cash(portfolio), Leg::Cash(amount)));
        }
        if !legs.iter().any(|(account, leg)| self.is_wanted(account) && !leg.is_nothing()) {
            return Ok(());
        }
        let text = format!("{} {} into {} {}", row.kind.noun(), row.stock.1, row.new_stock.1, row.terms.ratio);
        self.write((entry.date, None), (text, Some(entry.id), None), legs, row.currency)
    }

    fn split(&mut self, entry: &Entry, split: &SplitRow, positions: &[Position]) -> Result<(), AppError> {
        let mut legs = Legs::new();
        for position in positions.iter().filter(|position| position.key().is_changed_by(entry)) {
            let moves = self.moves(entry, position)?;
            legs.extend(shares_of(position.key().portfolio_id, &split.symbol, moves));
        }
        let text = format!("split {} {}", split.symbol, split.terms);
        match positions.first() {
            Some(first) if legs.iter().any(|(account, _)| self.is_wanted(account)) => {
                self.write((entry.date, None), (text, Some(entry.id), None), legs, first.key().currency)
            }
            Some(_) | None => Ok(()),
        }
    }

    /// How an entry changed the lots of a position.
    fn moves(&mut self, entry: &Entry, position: &Position) -> Result<Vec<Move>, AppError> {
        let key = position.key();
        let lots = self.lots.entry((key.portfolio_id, key.symbol.clone())).or_default();
        Ok(lots.follow(entry, position)?)
    }

    /// Writes what was held before the period.
    fn open_with_what_is_there(&mut self, replay: &PositionReplay<'_>) -> Result<(), AppError> {
        self.has_begun = true;
        let Some(from) = self.request.from else { return Ok(()) };
        for position in replay.positions() {
            let key = position.key();
            let lots = self.lots.get(&(key.portfolio_id, key.symbol.clone()));
            let moves = lots.map(PositionLots::all).transpose()?.unwrap_or_default();
            let cost = moves.iter().try_fold(Money::ZERO, |sum, coming| sum.plus(coming.cost))?;
            let mut legs = shares_of(key.portfolio_id, &key.symbol, moves);
            if !legs.is_empty() && self.wanted.contains(&key.portfolio_id) {
                legs.push((Account::Opening, Leg::Cash(negated(cost))));
                self.write(
                    (from, None),
                    (format!("opening balance of {}", key.symbol), None, None),
                    legs,
                    key.currency,
                )?;
            }
        }
        Ok(())
    }

    /// The name of an account, which is declared when it first appears.
    fn open(&mut self, account: &Account, date: Day) -> Rc<str> {
        if let Some(name) = self.opened.get(account) {
            return Rc::clone(name);
        }
        let name: Rc<str> = self.names.account(account).into();
        self.syntax.open(date, &name, &mut self.text);
        self.opened.insert(account.clone(), Rc::clone(&name));
        name
    }

    fn is_wanted(&self, account: &Account) -> bool {
        account.portfolio().is_none_or(|portfolio| self.wanted.contains(&portfolio))
    }

    /// Writes an entry if its portfolio is included and its day is in the period. If it does not balance, the
    /// difference is posted to the account for other portfolios or for rounding.
    fn write(
        &mut self,
        (date, time): (Day, Option<TimeOfDay>),
        (text, id, note): (String, Option<TransactionId>, Option<Note>),
        mut legs: Legs,
        currency: Currency,
    ) -> Result<(), AppError> {
        let all = legs.len();
        legs.retain(|(account, _)| self.is_wanted(account));
        if !self.has_begun || !legs.iter().any(|(account, _)| account.portfolio().is_some()) {
            return Ok(());
        }
        let sum = weight_of(&legs)?;
        let rest = if legs.len() == all { Account::Rounding } else { Account::Transfers };
        legs.push((rest, Leg::Cash(negated(sum))));
        // Postings of nothing are omitted, except for cash, so that no entry is without postings.
        legs.retain(|(account, leg)| matches!(account, Account::Cash(_)) || !leg.is_nothing());
        let mut postings = Vec::with_capacity(legs.len());
        for (account, leg) in legs {
            let name = self.open(&account, date);
            let amount = match (leg, account.symbol()) {
                (Leg::Shares(of_lot), Some(symbol)) => Amount::Shares(of_lot, self.names.commodity(symbol), currency),
                (Leg::Cash(amount), _) => Amount::Cash(amount, currency),
                (Leg::Shares(of_lot), None) => Amount::Cash(of_lot.cost, currency),
            };
            postings.push(Posting { account: name, amount });
        }
        if postings.is_empty() {
            return Ok(());
        }
        self.syntax.entry(&JournalEntry { date, text, id, time, note, postings }, &mut self.text);
        self.pass_on()
    }
}

impl Leg {
    fn weight(&self) -> Money {
        match self {
            Self::Cash(amount) => *amount,
            Self::Shares(of_lot) => of_lot.cost,
        }
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Self::Cash(amount) if amount.is_zero())
    }

    fn shares(self) -> Option<Move> {
        match self {
            Self::Shares(of_lot) => Some(of_lot),
            Self::Cash(_) => None,
        }
    }
}

/// A description: `buy 10 ACME at 1.5`.
fn told_of(verb: &str, row: &TransactionRow) -> String {
    let [quantity, price] = [row.quantity.map(Quantity::plain), row.price.map(Price::plain)];
    let [quantity, price] = [&quantity, &price].map(|figure| figure.as_ref().map_or("", Plain::as_str));
    let at = if price.is_empty() { "" } else { " at " };
    [verb, " ", quantity, " ", row.symbol.as_str(), at, price].concat()
}

/// What an entry realized in a position.
fn gain_of(position: &Position, id: TransactionId) -> Result<Money, TooLarge> {
    let gains = disposals_of(position, id).into_iter().map(|disposal| disposal.gain);
    gains.into_iter().try_fold(Money::ZERO, Money::plus)
}

/// The sum of the legs, with shares at their cost.
fn weight_of(legs: &Legs) -> Result<Money, TooLarge> {
    legs.iter().try_fold(Money::ZERO, |sum, (_, leg)| sum.plus(leg.weight()))
}

fn shares_of(portfolio: PortfolioId, symbol: &Symbol, moves: Vec<Move>) -> Legs {
    let account = Account::Shares(portfolio, symbol.clone());
    // With room for the other postings.
    let mut legs = Legs::with_capacity(moves.len().saturating_add(6));
    legs.extend(moves.into_iter().map(|of_lot| (account.clone(), Leg::Shares(of_lot))));
    legs
}

fn negated(amount: Money) -> Money {
    Figure::from(amount).negated().into()
}
