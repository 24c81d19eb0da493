//! The figures of returns, and which to show.

use crate::app::reports::conversion::Conversion;
use crate::app::reports::holdings::weights_among;
use crate::app::reports::price_age::PriceAge;
use crate::domain::returns::{CashFlow, NoRate};
use crate::domain::{Currency, Day, Money, Percentage, PortfolioFilter, PortfolioName, Symbol, TransactionId};

/// Which returns to include.
#[derive(Debug, Clone)]
pub struct ReturnsFilter {
    /// Only in these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only this stock.
    pub symbol: Option<Symbol>,
    /// The first day of the period; the day of the first flow of money unless given.
    pub from: Option<Day>,
    /// The last day of the period.
    pub to: Day,
    /// What rows represent.
    pub by: ReturnsBy,
    /// The stock to compare with.
    pub versus: Option<Symbol>,
    /// Whether to include the cash flows.
    pub flows: Flows,
    /// The currency of the report; those of the stocks unless given.
    pub conversion: Option<Conversion>,
}

/// What rows represent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReturnsBy {
    /// Each position and the total; and each portfolio, unless the filter names a stock, which would not be
    /// all of it.
    Everything,
    /// Each position.
    Position,
    /// Each stock.
    Symbol,
    /// Each portfolio.
    Portfolio,
    /// Everything together.
    Total,
}

/// Whether to include the cash flows behind returns: there are three for each transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flows {
    /// Each of them.
    Listed,
    /// None.
    Omitted,
}

/// The scope of a return.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// A stock in a portfolio.
    Position(PortfolioName, Symbol),
    /// A stock, in any portfolio.
    Symbol(Symbol),
    /// All positions of a portfolio in one currency.
    Portfolio(PortfolioName),
    /// All positions in one currency.
    Total,
}

/// Money that moved, as it enters a return.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnFlow {
    /// The day and the amount: paid in if negative.
    pub flow: CashFlow,
    /// What moved it.
    pub kind: FlowKind,
    /// The transaction; `None` for the value at either end of the period.
    pub transaction_id: Option<TransactionId>,
    /// The stock.
    pub symbol: Symbol,
}

/// Why money moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowKind {
    /// Holdings before the period count as bought on its first day.
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
    /// Cash received with, or paid for, shares of another stock; and if only one of the two stocks is
    /// included, the value of the new shares.
    Conversion,
    /// Holdings at the end of the period count as sold on its last day.
    ClosingValue,
}

/// A rate, or why it is unknown.
pub type Rate = Result<Percentage, NoRate>;

/// What money invested in something earned over a period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Returns {
    /// The scope.
    pub scope: Scope,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The first day of the period.
    pub from: Day,
    /// The last day of the period.
    pub to: Day,
    /// The value of the holdings before the period. `None` of this and the other sums if the value of
    /// something that belongs to it is unknown.
    pub opening_value: Option<Money>,
    /// Purchases and shares that arrived.
    pub paid_in: Option<Money>,
    /// The opening value and what was paid in.
    pub invested: Option<Money>,
    /// Sales and shares that left.
    pub withdrawn: Option<Money>,
    /// Dividends, less what was withheld.
    pub dividends: Money,
    /// The value at the end.
    pub market_value: Option<Money>,
    /// Its percentage of the value of all rows of the same kind in the same currency, set by
    /// [`weigh_returns`].
    pub weight: Option<Percentage>,
    /// The day of the oldest price that the value is based on; `None` if nothing is held.
    pub price_date: Option<Day>,
    /// Market value, withdrawn and dividends less invested.
    pub gain: Option<Money>,
    /// The annual rate at which the present value of the cash flows is 0.
    pub money_weighted: Rate,
    /// What the holding itself earned over the period.
    pub time_weighted: Rate,
    /// The same as an annual rate, based on the time from the first to the last day on which something was
    /// held, including gaps.
    pub time_weighted_annualized: Rate,
    /// The day of the last trade in something that is still held.
    pub last_traded: Option<Day>,
    /// The first and the last day on which something was held; `None` if nothing ever was.
    pub held: Option<(Day, Day)>,
    /// The stocks excluded from all figures because a value is unknown, each with the first day on which
    /// it is.
    pub left_out: Vec<(Symbol, Day)>,
    /// The stocks because of which all rates are unknown: like those left out, but with no others left.
    pub unknown: Vec<(Symbol, Day)>,
    /// The change of the price of the stock to compare with, in percent, from the first to the last day on which
    /// something was held; without its dividends, and in its own currency unless the report is in one. `None`
    /// without such a stock or a price.
    pub versus: Option<Percentage>,
    /// The first of these days, if that stock has no price on or before it.
    pub versus_unknown: Option<Day>,
    /// The day of the latest price of that stock.
    pub versus_price_date: Option<Day>,
    /// The effects of price and currency, in a report in one currency.
    pub foreign: Option<ForeignReturn>,
    /// The cash flows, if requested.
    pub flows: Vec<ReturnFlow>,
}

/// What a conversion into another currency adds to a return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForeignReturn {
    /// The currency of the stocks; `None` if they differ.
    pub original_currency: Option<Currency>,
    /// The part of the gain due to the price: the gain in the original currency at the rate of the last
    /// day. The rest is due to the currency.
    pub price_gain: Option<Money>,
    /// The change of the original currency from the first to the last day on which something was held, in percent.
    pub currency_return: Option<Percentage>,
}

/// Sets each return's percentage of the value of all of its kind in its currency, if those are known.
/// Totals are skipped.
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
    /// The first day on which money moved while the value of the holdings is unknown, if there is one.
    #[must_use]
    pub fn unknown_on(&self) -> Option<Day> {
        match self.money_weighted {
            Err(NoRate::UnknownValue { on }) => Some(on),
            Ok(_) | Err(_) => None,
        }
    }

    /// The state of the oldest price behind the value at the end.
    #[must_use]
    pub fn price_age(&self) -> PriceAge {
        self.price_date.map_or(PriceAge::Fresh, |date| PriceAge::of_price(date, self.last_traded, self.to))
    }

    /// The part of the gain due to the currency, in a report in one currency.
    #[must_use]
    pub fn currency_gain(&self) -> Option<Money> {
        let price_gain = self.foreign.as_ref()?.price_gain?;
        self.gain?.minus(price_gain).ok()
    }

    /// How much more the holding itself earned than the stock to compare with, in percentage points.
    #[must_use]
    pub fn excess(&self) -> Option<Percentage> {
        let (own, other) = self.time_weighted.as_ref().ok().zip(self.versus.as_ref())?;
        own.minus(*other).ok()
    }

    /// Why rates are unknown, each reason once; `None` if all are known.
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
