//! The simplest book that can be right.

use std::collections::{BTreeMap, VecDeque};

use super::{Act, Answer, Holding, Trade};

/// What was entered, and nothing that follows from it.
#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    today: u32,
    is_begun: bool,
    stocks: BTreeMap<&'static str, &'static str>,
    has_pension: bool,
    prices: BTreeMap<(&'static str, u32), i128>,
    trades: Vec<Entry>,
    events: usize,
}

/// A trade as it was entered.
#[derive(Debug, Clone)]
struct Entry {
    day: u32,
    trade: Trade,
    is_voided: bool,
}

/// A position in whole numbers: shares in 10⁻⁴, money in 10⁻¹⁰.
#[derive(Debug, Clone, Default)]
struct Position {
    lots: VecDeque<(i128, i128)>,
    realized: i128,
    is_last_in_first_out: bool,
}

/// 10⁻⁶ (ten-thousandths times cents) and 10⁻² in units of 10⁻¹⁰.
const PRODUCT: i128 = 10_000;
const CENT: i128 = 100_000_000;

impl Model {
    pub(super) fn pass(&mut self, days: u32) {
        self.today += days;
    }

    /// The day of an act, as the program is told it.
    pub(super) fn day_of(&self, act: &Act) -> String {
        let days_late = if let Act::Trade(trade) = act { trade.days_late } else { 0 };
        let day = self.today.saturating_sub(days_late);
        format!("2024-{:02}-{:02}", 1 + day / 28, 1 + day % 28)
    }

    /// Events recorded so far.
    pub(super) fn events(&self) -> usize {
        self.events
    }

    /// What becomes of an act, and the model after it.
    pub(super) fn perform(&self, act: &Act) -> (Answer, Self) {
        let mut after = self.clone();
        let answer = after.take(act).unwrap_or_else(|code| Answer::Refused(code.to_owned()));
        if answer != Answer::Recorded {
            return (answer, self.clone());
        }
        // A book begins with two events of its own.
        after.events += if self.is_begun { 1 } else { 3 };
        after.is_begun = true;
        (answer, after)
    }

    fn take(&mut self, act: &Act) -> Result<Answer, &'static str> {
        let news = |is_new| if is_new { Answer::Recorded } else { Answer::Unchanged };
        match act {
            Act::AddStock { symbol, company_name } => match self.stocks.insert(symbol, company_name) {
                Some(known) if known != *company_name => Err("symbol_exists"),
                known => Ok(news(known.is_none())),
            },
            Act::AddPortfolio { .. } => Ok(news(!std::mem::replace(&mut self.has_pension, true))),
            Act::UpdatePrice { symbol, cents } => {
                self.stocks.get(symbol).ok_or("unknown_symbol")?;
                Ok(news(self.prices.insert((symbol, self.today), *cents) != Some(*cents)))
            }
            Act::Trade(trade) => self.trade(trade).map(news),
            Act::Void { portfolio, id } => self.void(portfolio, id).map(news),
            Act::CutLog(_) => Ok(Answer::Unchanged),
        }
    }

    /// Whether it is new.
    fn trade(&mut self, trade: &Trade) -> Result<bool, &'static str> {
        self.known_portfolio(trade.portfolio)?;
        self.stocks.get(trade.symbol).ok_or("unknown_symbol")?;
        let day = self.today.saturating_sub(trade.days_late);
        if let Some(at) = trade.id.and_then(|id| self.find(trade.portfolio, id)) {
            let known = &self.trades[at];
            let same = Trade { days_late: known.trade.days_late, ..trade.clone() };
            return if known.trade == same && known.day == day { Ok(false) } else { Err("id_conflict") };
        }
        self.trades.push(Entry { day, trade: trade.clone(), is_voided: false });
        self.position(trade.portfolio, trade.symbol).ok_or("insufficient_quantity")?;
        Ok(true)
    }

    /// Whether it was not void before.
    fn void(&mut self, portfolio: &str, id: &str) -> Result<bool, &'static str> {
        self.known_portfolio(portfolio)?;
        let at = self.find(portfolio, id).ok_or("unknown_id")?;
        if std::mem::replace(&mut self.trades[at].is_voided, true) {
            return Ok(false);
        }
        self.position(portfolio, self.trades[at].trade.symbol).ok_or("insufficient_quantity")?;
        Ok(true)
    }

    fn known_portfolio(&self, name: &str) -> Result<(), &'static str> {
        let is_known = name == "main" || (name == "pension" && self.has_pension);
        if is_known { Ok(()) } else { Err("unknown_portfolio") }
    }

    /// An id of the user's own is one of its portfolio.
    fn find(&self, portfolio: &str, id: &str) -> Option<usize> {
        self.trades.iter().position(|entry| entry.trade.portfolio == portfolio && entry.trade.id == Some(id))
    }

    /// A position, computed from all its trades; `None` if more is sold than is held.
    fn position(&self, portfolio: &str, symbol: &str) -> Option<Position> {
        let is_meant =
            |entry: &&Entry| !entry.is_voided && entry.trade.portfolio == portfolio && entry.trade.symbol == symbol;
        let mut entries: Vec<_> = self.trades.iter().filter(is_meant).collect();
        entries.sort_by_key(|entry| entry.day);
        let mut position = Position { is_last_in_first_out: portfolio == "pension", ..Position::default() };
        for entry in entries {
            position.take(&entry.trade)?;
        }
        Some(position)
    }

    /// The open positions, by portfolio and symbol.
    pub(super) fn holdings(&self) -> Vec<Holding> {
        let mut holdings = Vec::new();
        for portfolio in ["main", "pension"] {
            for symbol in self.stocks.keys() {
                let Some(position) = self.position(portfolio, symbol).filter(|position| !position.lots.is_empty())
                else {
                    continue;
                };
                let prices = self.prices.iter().filter(|((priced, _), _)| priced == symbol);
                holdings.push(Holding {
                    portfolio: portfolio.to_owned(),
                    symbol: (*symbol).to_owned(),
                    quantity: decimal(position.lots.iter().map(|(quantity, _)| quantity).sum(), 4),
                    cost_basis: decimal(position.lots.iter().map(|(_, cost)| cost).sum(), 10),
                    realized_gain: decimal(position.realized, 10),
                    price: prices.max_by_key(|((_, day), _)| *day).map(|(_, cents)| decimal(*cents, 2)),
                });
            }
        }
        holdings
    }
}

impl Position {
    fn take(&mut self, trade: &Trade) -> Option<()> {
        let (amount, fee) = (trade.quantity * trade.cents * PRODUCT, trade.fee * CENT);
        if !trade.is_sale {
            self.lots.push_back((trade.quantity, amount + fee));
            return Some(());
        }
        let (mut left, mut cost) = (trade.quantity, 0);
        while left > 0 {
            let last = self.is_last_in_first_out;
            let (quantity, lot_cost) = if last { self.lots.pop_back() } else { self.lots.pop_front() }?;
            let part = if quantity <= left { lot_cost } else { half_even(lot_cost * left, quantity) };
            if quantity > left {
                let rest = (quantity - left, lot_cost - part);
                if last { self.lots.push_back(rest) } else { self.lots.push_front(rest) }
            }
            cost += part;
            left -= quantity.min(left);
        }
        self.realized += amount - fee - cost;
        Some(())
    }
}

/// The quotient of two numbers, the first not negative, rounded half to even.
fn half_even(dividend: i128, divisor: i128) -> i128 {
    let (whole, rest) = (dividend / divisor, dividend % divisor);
    let is_up = 2 * rest > divisor || (2 * rest == divisor && whole % 2 == 1);
    whole + i128::from(is_up)
}

/// A whole number of 10^-places, in plain notation without trailing zeros.
pub(super) fn decimal(value: i128, places: usize) -> String {
    let digits = format!("{:0>width$}", value.abs(), width = places + 1);
    let (whole, fraction) = digits.split_at(digits.len() - places);
    let sign = if value < 0 { "-" } else { "" };
    let text = format!("{sign}{whole}.{fraction}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
