//! What is recorded, as a user would enter it.

use chrono::NaiveDate;
use num_traits::Zero as _;
use uuid::Uuid;

use super::amount::{Amount, plain, read};

/// How a portfolio matches its sales.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Method {
    Fifo,
    Lifo,
    Hifo,
    Average,
}

impl Method {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Fifo => "fifo",
            Self::Lifo => "lifo",
            Self::Hifo => "hifo",
            Self::Average => "average",
        }
    }
}

/// A portfolio, by its place among the portfolios of a history.
pub(crate) type PortfolioNumber = usize;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: Uuid,
    pub(crate) date: NaiveDate,
    /// Minutes after midnight, where it is known.
    pub(crate) time: Option<u32>,
    pub(crate) symbol: &'static str,
    pub(crate) action: Action,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Action {
    Buy(PortfolioNumber, Trade),
    /// Lots picked, and how much of each; none for the portfolio's method.
    Sell(PortfolioNumber, Trade, Vec<(Uuid, Amount)>),
    /// The fraction of a share that a split of the day left, sold before all else.
    SellFraction(PortfolioNumber, Trade),
    /// A lot held from before.
    Opening(PortfolioNumber, Trade),
    Split {
        new: Amount,
        old: Amount,
    },
    Dividend(PortfolioNumber, Amount),
    Transfer {
        from: PortfolioNumber,
        to: PortfolioNumber,
        quantity: Amount,
    },
    Convert(Conversion),
    /// What the shares have cost becomes less by an amount, as far as there is cost.
    ReturnCapital(PortfolioNumber, Amount),
    /// What the shares have cost becomes more by an amount.
    AddCost(PortfolioNumber, Amount),
    /// All that is held is sold for nothing.
    WriteOff(PortfolioNumber, Trade),
}

/// Shares of another stock for those held, or beside them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Conversion {
    pub(crate) new_symbol: &'static str,
    pub(crate) new: Amount,
    pub(crate) old: Amount,
    pub(crate) terms: Terms,
    /// The only portfolio.
    pub(crate) only: Option<PortfolioNumber>,
    /// What was paid for the fraction of a new share.
    pub(crate) in_lieu: Option<Amount>,
}

/// Whether the old shares stay, and what becomes of their cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Terms {
    /// A spin-off, by the percentage of the cost that goes over.
    CostShare(Amount),
    /// A spin-off, by what a new share and an old one are worth.
    Values { new: Amount, old: Amount },
    /// An exchange, with cash for each old share, the value of a new one, and what was paid for each new one.
    Exchange { rule: Rule, cash: Option<Amount>, value: Option<Amount>, pay: Option<Amount> },
}

/// What an exchange realizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    CarryOver,
    Boot,
    Part,
    Taxable,
}

impl Rule {
    fn word(self) -> &'static str {
        match self {
            Self::CarryOver => "carry-over",
            Self::Boot => "boot",
            Self::Part => "part",
            Self::Taxable => "taxable",
        }
    }
}

impl Conversion {
    /// Its word on the command line.
    fn options(&self, names: &[String]) -> Vec<String> {
        let option = |name: &str, amount: &Option<Amount>| {
            amount.iter().flat_map(|amount| [name.to_owned(), plain(amount)]).collect::<Vec<_>>()
        };
        let mut words = match &self.terms {
            Terms::CostShare(share) => vec!["--cost-share".to_owned(), plain(share)],
            Terms::Values { new, old } => vec!["--values".to_owned(), format!("{}:{}", plain(new), plain(old))],
            Terms::Exchange { rule, cash, value, pay } => {
                let rule = vec!["--rule".to_owned(), rule.word().to_owned()];
                [rule, option("--cash", cash), option("--value", value), option("--pay", pay)].concat()
            }
        };
        if self.in_lieu.is_some() {
            words.extend(["--round", "down"].map(str::to_owned));
            words.extend(option("--cash-in-lieu", &self.in_lieu));
        }
        words.extend(self.only.iter().flat_map(|only| ["-p".to_owned(), names[*only].clone()]));
        words
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trade {
    pub(crate) quantity: Amount,
    pub(crate) consideration: Consideration,
    pub(crate) fee: Amount,
}

/// What a trade is worth before its fee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Consideration {
    PerShare(Amount),
    InAll(Amount),
}

impl Trade {
    pub(crate) fn before_fee(&self) -> Amount {
        match &self.consideration {
            Consideration::PerShare(price) => &self.quantity * price,
            Consideration::InAll(amount) => amount.clone(),
        }
    }
}

impl Entry {
    pub(crate) const CSV_HEADER: &'static str = "date,time,action,symbol,quantity,price,amount,fee,portfolio,id,lot,as_of,settlement_amount,settlement_currency";

    /// The settlement amount in francs, for a third of all trades and dividends: derived from the id, with
    /// the sign of the total.
    pub(crate) fn settled(&self) -> Option<Amount> {
        let total = match &self.action {
            Action::Buy(_, trade) | Action::Opening(_, trade) => trade.before_fee() + &trade.fee,
            Action::Sell(_, trade, _) | Action::SellFraction(_, trade) => trade.before_fee() - &trade.fee,
            Action::Dividend(_, amount) => amount.clone(),
            Action::Split { .. }
            | Action::Transfer { .. }
            | Action::Convert(_)
            | Action::ReturnCapital(..)
            | Action::AddCost(..)
            | Action::WriteOff(..) => return None,
        };
        let (_, low) = self.id.as_u64_pair();
        if total.is_zero() || !low.is_multiple_of(3) {
            return None;
        }
        let size = read(&format!("{}.{:02}", low % 100_000 + 1, low % 100));
        Some(if total < Amount::zero() { -size } else { size })
    }

    /// As a row of an import file; a transfer has none.
    pub(crate) fn row(&self, names: &[String]) -> Option<String> {
        let settled = self.settled().map(|amount| format!("{},CHF", plain(&amount)));
        Some(format!("{},{}", self.row_of_trade(names)?, settled.unwrap_or_else(|| ",".to_owned())))
    }

    fn row_of_trade(&self, names: &[String]) -> Option<String> {
        let when = format!("{},{}", self.date, self.clock());
        let trade = |action: &str, portfolio: PortfolioNumber, trade: &Trade, lots: &[(Uuid, Amount)]| {
            let (price, amount) = match &trade.consideration {
                Consideration::PerShare(price) => (plain(price), String::new()),
                Consideration::InAll(amount) => (String::new(), plain(amount)),
            };
            let lots: Vec<String> = lots.iter().map(|(id, quantity)| format!("{id}:{}", plain(quantity))).collect();
            let (quantity, fee, lots) = (plain(&trade.quantity), plain(&trade.fee), lots.join(" "));
            let portfolio = &names[portfolio];
            format!("{when},{action},{},{quantity},{price},{amount},{fee},{portfolio},{},{lots},", self.symbol, self.id)
        };
        Some(match &self.action {
            Action::Buy(portfolio, bought) => trade("buy", *portfolio, bought, &[]),
            Action::Sell(portfolio, sold, lots) => trade("sell", *portfolio, sold, lots),
            Action::SellFraction(portfolio, sold) => format!("{}{}", trade("sell", *portfolio, sold, &[]), self.date),
            Action::Opening(portfolio, held) => trade("opening", *portfolio, held, &[]),
            Action::Split { new, old } => {
                let ratio = format!("{}:{}", plain(new), plain(old));
                format!("{when},split,{},{ratio},,,,,{},,", self.symbol, self.id)
            }
            Action::Dividend(portfolio, amount) => {
                let portfolio = &names[*portfolio];
                format!("{when},dividend,{},,,{},,{portfolio},{},,", self.symbol, plain(amount), self.id)
            }
            Action::Transfer { .. }
            | Action::Convert(_)
            | Action::ReturnCapital(..)
            | Action::AddCost(..)
            | Action::WriteOff(..) => return None,
        })
    }

    /// As a command; an opening lot has none but a purchase at its date.
    pub(crate) fn command(&self, names: &[String]) -> Vec<String> {
        let trade = |action: &str, portfolio: PortfolioNumber, trade: &Trade, lots: &[(Uuid, Amount)]| {
            let mut command = vec![action.to_owned(), self.symbol.to_owned(), plain(&trade.quantity)];
            match &trade.consideration {
                Consideration::PerShare(price) => command.push(plain(price)),
                Consideration::InAll(amount) => command.extend(["--amount".to_owned(), plain(amount)]),
            }
            if !trade.fee.is_zero() {
                command.extend(["--fee".to_owned(), plain(&trade.fee)]);
            }
            for (id, quantity) in lots {
                command.extend(["--lot".to_owned(), format!("{id}:{}", plain(quantity))]);
            }
            command.extend(["-p".to_owned(), names[portfolio].clone()]);
            command
        };
        let change = |verb: &str, portfolio: PortfolioNumber, amount: &Amount| {
            [verb, self.symbol, &plain(amount), "-p", &names[portfolio]].map(str::to_owned).to_vec()
        };
        let mut command = match &self.action {
            Action::Buy(portfolio, bought) | Action::Opening(portfolio, bought) => {
                trade("buy", *portfolio, bought, &[])
            }
            Action::Sell(portfolio, sold, lots) => trade("sell", *portfolio, sold, lots),
            Action::SellFraction(..) => panic!("only a file tells it by itself"),
            Action::Split { new, old } => {
                vec!["split".to_owned(), self.symbol.to_owned(), format!("{}:{}", plain(new), plain(old))]
            }
            Action::Dividend(portfolio, amount) => {
                let words = ["dividend", self.symbol, &plain(amount), "-p", &names[*portfolio]];
                words.map(str::to_owned).to_vec()
            }
            Action::Transfer { from, to, quantity } => {
                let words = ["transfer", self.symbol, &plain(quantity), "--to", &names[*to], "-p", &names[*from]];
                words.map(str::to_owned).to_vec()
            }
            Action::Convert(conversion) => {
                let Conversion { new_symbol, new, old, terms, .. } = conversion;
                let verb = match terms {
                    Terms::CostShare(_) | Terms::Values { .. } => "spin-off",
                    Terms::Exchange { .. } => "exchange",
                };
                let ratio = format!("{}:{}", plain(new), plain(old));
                let command = [verb, self.symbol, new_symbol, &ratio].map(str::to_owned).to_vec();
                [command, conversion.options(names)].concat()
            }
            Action::ReturnCapital(portfolio, amount) => change("return-capital", *portfolio, amount),
            Action::AddCost(portfolio, amount) => change("adjust-cost", *portfolio, amount),
            Action::WriteOff(portfolio, _) => {
                ["write-off", self.symbol, "-p", &names[*portfolio]].map(str::to_owned).to_vec()
            }
        };
        command.extend(["--date".to_owned(), self.date.to_string(), "--id".to_owned(), self.id.to_string()]);
        if let Some(settled) = self.settled() {
            let size = if settled < Amount::zero() { -settled } else { settled };
            command.extend(["--settled".to_owned(), format!("{} CHF", plain(&size))]);
        }
        if self.time.is_some() {
            command.extend(["--time".to_owned(), self.clock()]);
        }
        command
    }

    fn clock(&self) -> String {
        self.time.map(|minutes| format!("{:02}:{:02}", minutes / 60, minutes % 60)).unwrap_or_default()
    }
}
