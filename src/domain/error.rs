//! What the book refuses.

mod code;
mod hint;

use super::{
    AdjustmentDoubt, Cash, CurrencyPair, Day, ExternalId, LaterEntries, LaterEntry, Money, PortfolioName, Quantity,
    Shares, SplitTerms, Symbol, TooLarge, TransactionId,
};

/// What something that is not there was looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To record something: it can be added.
    Recording,
    /// To read: only what is there has anything to say.
    Reading,
}

/// What the book refuses, and why. Nothing has changed when one of these is returned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DomainError {
    /// More shares were to be sold or moved than are held.
    #[error("cannot {verb} {asked} {symbol}: {held} held in portfolio {portfolio} on {date}")]
    InsufficientQuantity {
        /// What was to be done with them: `sell` or `move`.
        verb: &'static str,
        /// The stock.
        symbol: Symbol,
        /// The portfolio that was to give them.
        portfolio: PortfolioName,
        /// Shares to be sold or moved.
        asked: Shares,
        /// Shares held.
        held: Shares,
        /// The day.
        date: Day,
    },
    /// Shares were to be sold or moved of which this portfolio holds none, and others do.
    #[error("cannot {verb} {asked} {symbol}: 0 held in portfolio {portfolio} on {date}")]
    HeldElsewhere {
        /// What was to be done with them: `sell` or `move`.
        verb: &'static str,
        /// The stock.
        symbol: Symbol,
        /// The portfolio that was to give them.
        portfolio: PortfolioName,
        /// Shares to be sold or moved.
        asked: Shares,
        /// The day.
        date: Day,
        /// The portfolios that hold some today.
        elsewhere: Vec<PortfolioName>,
    },
    /// A lot that was picked has not the shares that are asked of it.
    #[error("cannot take {asked} {symbol} from lot {lot_id}: {held} left in portfolio {portfolio} on {date}")]
    LotShort {
        /// The stock.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// The lot.
        lot_id: TransactionId,
        /// Shares asked of it.
        asked: Shares,
        /// Shares left of it.
        held: Shares,
        /// The day.
        date: Day,
    },
    /// The lots that were picked do not add up to what is asked for.
    #[error("the lots picked in portfolio {portfolio} add up to {picked}, not to {asked}")]
    PickedLotsDiffer {
        /// The portfolio.
        portfolio: PortfolioName,
        /// Shares asked for.
        asked: Quantity,
        /// Shares of the lots.
        picked: Shares,
    },
    /// Something recorded earlier could not stand any more.
    #[error("the {first} would no longer be covered: {cause}{others}")]
    LeavesUncovered {
        /// What could not stand.
        first: LaterEntry,
        /// Why it could not stand.
        cause: Box<DomainError>,
        /// What could not stand either, without it.
        others: LaterEntries,
    },
    /// The symbol is taken by a stock with another name, sector, industry or currency.
    #[error("stock {symbol} exists with a different {differs}")]
    SymbolExists {
        /// The symbol.
        symbol: Symbol,
        /// The first member that is not the same.
        differs: &'static str,
    },
    /// The name is taken by a portfolio with another cost basis method.
    #[error("portfolio {name} exists with a different {differs}")]
    PortfolioExists {
        /// The name.
        name: PortfolioName,
        /// The member that is not the same.
        differs: &'static str,
    },
    /// No stock has this symbol.
    #[error("unknown symbol {symbol}")]
    UnknownSymbol {
        /// The symbol.
        symbol: Symbol,
        /// Known symbols that look like it, nearest first.
        nearest: Vec<Symbol>,
        /// What it was looked for.
        purpose: Purpose,
    },
    /// No portfolio has this name.
    #[error("unknown portfolio {name}")]
    UnknownPortfolio {
        /// The name.
        name: PortfolioName,
        /// The portfolios that there are.
        known: Vec<PortfolioName>,
        /// What it was looked for.
        purpose: Purpose,
    },
    /// The id stands for a transaction with other content.
    #[error("id `{id}` belongs to a transaction with a different {differs}")]
    IdConflict {
        /// The id, as the caller gave it.
        id: ExternalId,
        /// The first member that is not the same.
        differs: &'static str,
    },
    /// More tax was withheld than was paid.
    #[error("the withholding {withholding} is more than the dividend {amount}")]
    ExcessWithholding {
        /// The gross amount.
        amount: Money,
        /// What was withheld of it.
        withholding: Money,
    },
    /// What a transaction was settled with cannot be what it comes to.
    #[error("{settled} cannot settle what comes to {total}")]
    SettlementDiffers {
        /// What was given.
        settled: Cash,
        /// The total, in the stock's currency.
        total: Cash,
    },
    /// A dividend in another currency needs a rate, and none is known.
    #[error("no rate of {pair} is known for {date}")]
    RateNeeded {
        /// The currency in which it was paid, and the stock's.
        pair: CurrencyPair,
        /// The day of the payment.
        date: Day,
    },
    /// A fee in another currency needs a rate, and none is known.
    #[error("no rate of {pair} is known for {date}, by which the fee of {charged} would come to {}", pair.quote())]
    FeeRateNeeded {
        /// The fee as it was charged.
        charged: Cash,
        /// Its currency, and the stock's.
        pair: CurrencyPair,
        /// The day of the trade.
        date: Day,
    },
    /// A rate was given for a dividend in the stock's own currency.
    #[error("a dividend in {currency}, the currency of {symbol}, has no rate")]
    NeedlessRate {
        /// The stock.
        symbol: Symbol,
        /// Its currency.
        currency: super::Currency,
    },
    /// No shares were held on which something could be paid.
    #[error("no {symbol} was held in portfolio {portfolio} before {date}")]
    NothingHeld {
        /// The stock.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// The first day on which it was too late to hold some.
        date: Day,
    },
    /// No shares are held whose cost could change.
    #[error("no {symbol} is held in portfolio {portfolio} on {date}")]
    NothingToAdjust {
        /// The stock.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// The day.
        date: Day,
    },
    /// One stock cannot become the other.
    #[error("{what}")]
    NotConvertible {
        /// Why not.
        what: String,
        /// The way out.
        hint: String,
    },
    /// The same stocks have another conversion on that day.
    #[error("another {kind} of {symbol} into {new_symbol} is recorded on {date} (id {id})")]
    ConversionExists {
        /// What it is.
        kind: &'static str,
        /// The stock.
        symbol: Symbol,
        /// The stock of the new shares.
        new_symbol: Symbol,
        /// The day.
        date: Day,
        /// The recorded one.
        id: TransactionId,
    },
    /// A fraction was paid for, and a conversion left none.
    #[error("on {date} the new shares of {symbol} in portfolio {portfolio} left no fraction of a share")]
    NoNewFraction {
        /// The stock of the new shares.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// The day.
        date: Day,
    },
    /// Nothing that was recorded has this id.
    #[error("unknown id `{id}`")]
    UnknownId {
        /// The id, as the caller gave it.
        id: ExternalId,
    },
    /// More than one record's id begins like this.
    #[error("id `{id}` stands for {count} records: {}", listed(matches, *count))]
    AmbiguousId {
        /// The beginning.
        id: ExternalId,
        /// The first of the ids.
        matches: Vec<TransactionId>,
        /// How many there are.
        count: u64,
    },
    /// The record cannot be changed or voided in this way.
    #[error("{what}")]
    NotAmendable {
        /// What cannot be done, and why.
        what: String,
        /// The way out.
        hint: String,
    },
    /// What was named is no sale, or one that was voided.
    #[error("{what}")]
    NotASale {
        /// What it is.
        what: String,
        /// The way out.
        hint: String,
    },
    /// An industry is part of a sector.
    #[error("{symbol} has no sector, and an industry is part of one: {industry}")]
    IndustryWithoutSector {
        /// The stock.
        symbol: Symbol,
        /// The industry.
        industry: super::Industry,
    },
    /// What is recorded in a currency cannot become another's.
    #[error("{symbol} has {what} in {currency}, which would not be the same in another currency")]
    CurrencyInUse {
        /// The stock.
        symbol: Symbol,
        /// What is recorded, with its number: `3 transactions`.
        what: String,
        /// The currency.
        currency: super::Currency,
    },
    /// Prices contradict a split, unless they are adjusted for it.
    #[error("cannot tell which shares the prices of {symbol} count: {doubt}")]
    AdjustmentUnclear {
        /// The stock.
        symbol: Symbol,
        /// Why.
        doubt: Box<AdjustmentDoubt>,
    },
    /// The stock was split on that day, by another ratio.
    #[error("{symbol} was split {known} on {date}, not {asked}")]
    SplitExists {
        /// The stock.
        symbol: Symbol,
        /// The day.
        date: Day,
        /// The split that is recorded.
        known: SplitTerms,
        /// The one that was asked for.
        asked: SplitTerms,
        /// The id of the recorded one.
        id: TransactionId,
    },
    /// The stock was split by the same ratio within a few days.
    #[error("{symbol} was split {known} on {date} already: another one on {asked_date} is perhaps the same")]
    SplitNearby {
        /// The stock.
        symbol: Symbol,
        /// The day of the recorded split.
        date: Day,
        /// The recorded split.
        known: SplitTerms,
        /// The day that was asked for.
        asked_date: Day,
    },
    /// Amounts are in another currency than their stock.
    #[error("{symbol} is traded in {expected}, not in {found}")]
    CurrencyMismatch {
        /// The stock.
        symbol: Symbol,
        /// The stock's currency.
        expected: super::Currency,
        /// What the amounts are in: a currency, or those of a sign.
        found: String,
    },
    /// A figure needs more digits than a book can hold.
    #[error("{figure} of {symbol} has more digits than a book can hold (18 before the point, 28 in all)")]
    TooLarge {
        /// The figure, which is one: `the total amount`, `the sum of the dividends`.
        figure: &'static str,
        /// The stock.
        symbol: Symbol,
    },
    /// A recorded price needs more digits once the splits since are counted.
    #[error("the price of {symbol} on {date} has more than 18 digits before the point, with the splits since counted")]
    PriceTooLarge {
        /// The stock.
        symbol: Symbol,
        /// The day of the price.
        date: Day,
    },
    /// A split left whole shares, or none, where a fraction was to be paid for.
    #[error("the split of {symbol} on {date} left no fraction of a share{}", in_portfolio(portfolio.as_ref()))]
    NoFraction {
        /// The stock.
        symbol: Symbol,
        /// The portfolio; none for all.
        portfolio: Option<PortfolioName>,
        /// The day of the split.
        date: Day,
    },
    /// A fraction was paid for, and several portfolios have one.
    #[error("the split of {symbol} on {date} left fractions in several portfolios: {portfolios}")]
    SeveralFractions {
        /// The stock.
        symbol: Symbol,
        /// The portfolios, separated by commas.
        portfolios: String,
        /// The day of the split.
        date: Day,
    },
    /// The stored lots are not those that the totals speak of: the book is damaged.
    #[error("the open lots of {symbol} in portfolio {portfolio} do not add up to the {held} held")]
    LotsMissing {
        /// The stock.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// Shares held by the totals.
        held: Shares,
    },
}

impl DomainError {
    pub(super) fn too_large(figure: &'static str, symbol: &Symbol) -> impl FnOnce(TooLarge) -> Self + use<> {
        let symbol = symbol.clone();
        move |TooLarge| Self::TooLarge { figure, symbol }
    }
}

/// Some of the ids, and how many more there are.
fn listed(ids: &[TransactionId], count: u64) -> String {
    let listed = ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    match count.saturating_sub(u64::try_from(ids.len()).unwrap_or(u64::MAX)) {
        0 => listed,
        more => format!("{listed} and {more} more"),
    }
}

fn in_portfolio(portfolio: Option<&PortfolioName>) -> String {
    portfolio.map(|name| format!(" in portfolio {name}")).unwrap_or_default()
}
