//! The figures of returns, and which to show.

use crate::app::reports::conversion::Conversion;
use crate::app::reports::holdings::weights_among;
use crate::domain::returns::{CashFlow, NoRate};
use crate::domain::{Currency, Day, Money, Percentage, PortfolioFilter, PortfolioName, Symbol, TransactionId};

/// Which returns to show.
#[derive(Debug, Clone)]
pub struct ReturnsFilter {
    /// Only of these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only this stock.
    pub symbol: Option<Symbol>,
    /// The first day of the period; that of the first money that moved unless given.
    pub from: Option<Day>,
    /// The last day of the period.
    pub to: Day,
    /// What there is a row for.
    pub by: ReturnsBy,
    /// The stock that everything is compared with.
    pub versus: Option<Symbol>,
    /// Whether the cash flows are reported too.
    pub flows: Flows,
    /// In one currency; in those of the stocks unless given.
    pub conversion: Option<Conversion>,
}

/// What there is a row for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnsBy {
    /// Each position and the total, and each portfolio unless only one stock is asked for, of which a
    /// portfolio is more.
    Everything,
    /// Each position.
    Position,
    /// Each stock.
    Symbol,
    /// Each portfolio.
    Portfolio,
    /// All together.
    Total,
}

/// Whether the cash flows behind returns are reported: there are three for each transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flows {
    /// Each of them.
    Told,
    /// None.
    Untold,
}

/// What a return is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// A stock in a portfolio.
    Position(PortfolioName, Symbol),
    /// A stock, in whichever portfolios.
    Symbol(Symbol),
    /// All positions of a portfolio in one currency.
    Portfolio(PortfolioName),
    /// All positions in one currency.
    Total,
}

/// Money that moved, as a return counts it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFlow {
    /// The day and the amount: paid in if negative.
    pub flow: CashFlow,
    /// What moved it.
    pub kind: FlowKind,
    /// The transaction; none of a value at an end of the period.
    pub transaction_id: Option<TransactionId>,
    /// The stock.
    pub symbol: Symbol,
}

/// What moved money.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowKind {
    /// What was held before the period counts as bought on its first day.
    OpeningValue,
    /// A purchase.
    Buy,
    /// A sale.
    Sell,
    /// A dividend, less what was withheld.
    Dividend,
    /// Shares came from another portfolio, at their value.
    TransferIn,
    /// Shares left for another portfolio, at their value.
    TransferOut,
    /// Capital was paid back.
    ReturnOfCapital,
    /// Cash that came with, or was paid for, shares of another stock; and where only one of the two stocks is
    /// in question, what the new shares were worth.
    Conversion,
    /// What is held at the end of the period counts as sold on its last day.
    ClosingValue,
}

/// A rate, or why there is none.
pub type Rate = Result<Percentage, NoRate>;

/// What the money put into something has earned over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returns {
    /// What it is of.
    pub scope: Scope,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The first day of the period.
    pub from: Day,
    /// The last day of the period.
    pub to: Day,
    /// What was held before the period.
    pub opening_value: Option<Money>,
    /// What was held at the beginning, purchases and shares that came from elsewhere.
    pub invested: Option<Money>,
    /// Sales and shares that went elsewhere.
    pub withdrawn: Option<Money>,
    /// Dividends, less what was withheld.
    pub dividends: Money,
    /// The value at the end.
    pub market_value: Option<Money>,
    /// What percentage it is of the value of all of its kind and currency, once they were [weighed](weigh_returns).
    pub weight: Option<Percentage>,
    /// The day of the oldest price that it rests on; none where nothing is held.
    pub price_date: Option<Day>,
    /// Market value, withdrawn and dividends less invested.
    pub gain: Option<Money>,
    /// The annual rate at which the cash flows are worth nothing today.
    pub money_weighted: Rate,
    /// What the holding itself earned over the period.
    pub time_weighted: Rate,
    /// The same as an annual rate, over the time from the first day on which something was held to
    /// the last, gaps included.
    pub time_weighted_annualized: Rate,
    /// The day of the last money that moved in trades of what is still held.
    pub last_traded: Option<Day>,
    /// The first and the last day on which something was held; none where nothing ever was.
    pub held: Option<(Day, Day)>,
    /// The stocks that are not in any of the figures, since a value of theirs is not known, each with the first day of
    /// which it is not.
    pub left_out: Vec<(Symbol, Day)>,
    /// What the stock did that it is compared with, in percent, over the days on which something was held;
    /// without its dividends. None if there is no such stock, or no price of it then.
    pub versus: Option<Percentage>,
    /// What the price and the currency made, in a report in one currency.
    pub foreign: Option<ForeignReturn>,
    /// The cash flows, if they were asked for.
    pub flows: Vec<ReturnFlow>,
}

/// What converting into a currency adds to a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForeignReturn {
    /// The currency in which it was traded; none of several.
    pub original_currency: Option<Currency>,
    /// The part of the gain that the price made: the gain in the original currency at the rate of the last day. The
    /// rest is the currency's.
    pub price_gain: Option<Money>,
    /// What the original currency gained itself over the days on which something was held, in percent.
    pub currency_return: Option<Percentage>,
}

/// Tells each return what percentage of the value of all of its kind, and of its currency, it is, as far as these are
/// known. A total is not weighed.
pub fn weigh_returns(all: &mut [Returns]) {
    let kind = |scope: &Scope| match scope {
        Scope::Position(..) => Some("position"),
        Scope::Symbol(_) => Some("symbol"),
        Scope::Portfolio(_) => Some("portfolio"),
        Scope::Total => None,
    };
    let value = |returns: &Returns| {
        let kind = kind(&returns.scope);
        ((kind, returns.currency), returns.market_value.filter(|_| kind.is_some()))
    };
    let weights = weights_among(all.iter().map(value));
    for (returns, weight) in all.iter_mut().zip(weights) {
        returns.weight = weight;
    }
}

impl Returns {
    /// The first day on which money moved and the value of what was held is not known, if there is one.
    #[must_use]
    pub fn unknown_on(&self) -> Option<Day> {
        match self.money_weighted {
            Err(NoRate::UnknownValue { on }) => Some(on),
            Ok(_) | Err(_) => None,
        }
    }

    /// What was paid in during the period, without the value that was there before.
    #[must_use]
    pub fn paid_in(&self) -> Option<Money> {
        self.invested.zip(self.opening_value).and_then(|(invested, opening)| invested.minus(opening).ok())
    }

    /// The part of the gain that the currency made, in a report in one currency.
    #[must_use]
    pub fn currency_gain(&self) -> Option<Money> {
        let price_gain = self.foreign.as_ref()?.price_gain?;
        self.gain?.minus(price_gain).ok()
    }

    /// How much more the holding itself earned than the stock that it is compared with, in percentage points.
    #[must_use]
    pub fn excess(&self) -> Option<Percentage> {
        let (own, other) = self.time_weighted.as_ref().ok().zip(self.versus.as_ref())?;
        own.minus(*other).ok()
    }

    /// Why rates are not known, each reason once; none if all are.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        let mut reasons: Vec<String> = Vec::new();
        for rate in [&self.money_weighted, &self.time_weighted, &self.time_weighted_annualized] {
            if let Err(why) = rate
                && !reasons.contains(&why.to_string())
            {
                reasons.push(why.to_string());
            }
        }
        (!reasons.is_empty()).then(|| reasons.join("; "))
    }
}
