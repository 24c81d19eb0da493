//! The rules that a request can break.

mod code;
mod hint;
mod words;

pub use words::Purpose;

use super::{
    AdjustmentDoubt, Cash, CurrencyPair, Day, ExternalId, LaterEntries, LaterEntry, Money, PortfolioName, Quantity,
    Shares, SplitTerms, Symbol, TransactionId,
};

/// Why the book refuses a request. Nothing has changed when one of these is returned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DomainError {
    /// More shares were to be sold or moved than are held.
    #[error("cannot {verb} {asked} {symbol}: {held} held in portfolio {portfolio} on {date}")]
    InsufficientQuantity {
        /// What was to be done with them: `sell` or `move`.
        verb: &'static str,
        /// The stock.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// Shares to be sold or moved.
        asked: Shares,
        /// Shares held.
        held: Shares,
        /// The day.
        date: Day,
    },
    /// Shares were to be sold or moved from a portfolio that holds none, while others do.
    #[error("cannot {verb} {asked} {symbol}: 0 held in portfolio {portfolio} on {date}")]
    HeldElsewhere {
        /// What was to be done with them: `sell` or `move`.
        verb: &'static str,
        /// The stock.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// Shares to be sold or moved.
        asked: Shares,
        /// The day.
        date: Day,
        /// The portfolios that hold some today.
        elsewhere: Vec<PortfolioName>,
    },
    /// A picked lot does not have the shares that are asked of it.
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
        /// Shares left in it.
        held: Shares,
        /// The day.
        date: Day,
    },
    /// The picked lots do not add up to the quantity.
    #[error("the lots picked in portfolio {portfolio} add up to {picked}, not to {asked}")]
    PickedLotsDiffer {
        /// The portfolio.
        portfolio: PortfolioName,
        /// The quantity.
        asked: Quantity,
        /// The sum of the picked lots.
        picked: Shares,
    },
    /// Something recorded earlier would no longer be possible.
    #[error("the {first} would no longer be covered: {cause}{others}")]
    LeavesUncovered {
        /// The first such entry.
        first: LaterEntry,
        /// Why it would not be possible.
        cause: Box<DomainError>,
        /// Other entries that would not be possible, independently of it.
        others: LaterEntries,
    },
    /// The symbol belongs to a stock with another name, sector, industry or currency.
    #[error("stock {symbol} exists with a different {differs}")]
    SymbolExists {
        /// The symbol.
        symbol: Symbol,
        /// The first member that differs.
        differs: &'static str,
    },
    /// The name belongs to a portfolio with another cost basis method.
    #[error("portfolio {name} exists with a different {differs}")]
    PortfolioExists {
        /// The name.
        name: PortfolioName,
        /// The member that differs.
        differs: &'static str,
    },
    /// No stock has this symbol.
    #[error("unknown symbol {symbol}")]
    UnknownSymbol {
        /// The symbol.
        symbol: Symbol,
        /// Known symbols that resemble it, nearest first.
        nearest: Vec<Symbol>,
        /// The purpose of the look-up.
        purpose: Purpose,
    },
    /// No portfolio has this name.
    #[error("unknown portfolio {name}")]
    UnknownPortfolio {
        /// The name.
        name: PortfolioName,
        /// The existing portfolios.
        known: Vec<PortfolioName>,
        /// Those among them that hold what the portfolio was to hold, if that was looked up.
        holders: Vec<PortfolioName>,
        /// The purpose of the look-up.
        purpose: Purpose,
    },
    /// The id belongs to a transaction with other content.
    #[error("id `{id}` belongs to a transaction with a different {differs}")]
    IdConflict {
        /// The id as given.
        id: ExternalId,
        /// The first member that differs.
        differs: &'static str,
    },
    /// More tax was withheld than was paid.
    #[error("the withholding {withholding} is more than the dividend {amount}")]
    ExcessWithholding {
        /// The gross amount.
        amount: Money,
        /// The tax withheld.
        withholding: Money,
    },
    /// The settlement amount of a transaction contradicts its total.
    #[error("{settled} cannot be the settlement of {total}")]
    SettlementDiffers {
        /// The settlement amount.
        settled: Cash,
        /// The total, in the stock's currency.
        total: Cash,
    },
    /// What a trade was settled with, fees included, is not more than its fee.
    #[error("a fee of {charged} cannot be part of {settled}, the settlement of the whole trade")]
    FeeBeyondSettlement {
        /// The fee as it was charged.
        charged: Cash,
        /// What was given.
        settled: Cash,
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
    #[error("a dividend in {currency}, the currency of {symbol}, takes no rate")]
    NeedlessRate {
        /// The stock.
        symbol: Symbol,
        /// Its currency.
        currency: super::Currency,
    },
    /// No shares were held on which a dividend could be paid.
    #[error("no {symbol} was held in portfolio {portfolio} before {date}")]
    NothingHeld {
        /// The stock.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// The day before which shares would have had to be held.
        date: Day,
    },
    /// No shares are held whose cost could be adjusted, or that could be sold.
    #[error("no {symbol} is held{} on {date}", words::in_portfolio(portfolio.as_ref()))]
    NothingToAdjust {
        /// The stock.
        symbol: Symbol,
        /// The portfolio; `None` for all.
        portfolio: Option<PortfolioName>,
        /// The day.
        date: Day,
        /// The portfolios that hold some on that day.
        elsewhere: Vec<PortfolioName>,
    },
    /// A total amount was given, but several portfolios hold the stock.
    #[error(
        "{symbol} is held in several portfolios on {date}, each with an amount of its own: {}",
        words::with_shares(holders)
    )]
    SeveralHolders {
        /// The stock.
        symbol: Symbol,
        /// The day.
        date: Day,
        /// The portfolios, with their shares.
        holders: Vec<(PortfolioName, Shares)>,
    },
    /// Several portfolios hold the stock on a day on which shares of it leave one of them.
    #[error("{symbol} is held in several portfolios, and some of it leaves portfolio {portfolio} on {date}")]
    HoldersChange {
        /// The stock.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// The day.
        date: Day,
    },
    /// One stock cannot be converted into the other.
    #[error("{what}")]
    NotConvertible {
        /// Why not.
        what: String,
        /// A way out.
        hint: String,
    },
    /// The same two stocks have another conversion on that day.
    #[error("another {kind} of {symbol} into {new_symbol} is recorded on {date} (id {id})")]
    ConversionExists {
        /// The kind of conversion.
        kind: &'static str,
        /// The stock.
        symbol: Symbol,
        /// The stock of the new shares.
        new_symbol: Symbol,
        /// The day.
        date: Day,
        /// The recorded one.
        id: TransactionId,
        /// The only portfolio that it concerns.
        only: Option<PortfolioName>,
    },
    /// Cash was paid for a fraction, but the conversion left none.
    #[error("on {date} the new shares of {symbol} in portfolio {portfolio} left no fraction of a share")]
    NoNewFraction {
        /// The stock of the new shares.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// The day.
        date: Day,
    },
    /// No record has this id. If the text is the symbol of a stock, the second member names it.
    #[error("unknown id `{0}`")]
    UnknownId(ExternalId, Option<Symbol>),
    /// Several records have ids that begin with this.
    #[error("id `{id}` matches {count} records: {}", words::listed(matches, *count))]
    AmbiguousId {
        /// The beginning.
        id: ExternalId,
        /// The first of those ids.
        matches: Vec<TransactionId>,
        /// Their number.
        count: u64,
    },
    /// The record cannot be changed or voided in this way.
    #[error("{what}")]
    NotAmendable {
        /// What cannot be done, and why.
        what: String,
        /// A way out.
        hint: String,
    },
    /// The record is not a sale, or was voided.
    #[error("{what}")]
    NotASale {
        /// What it is.
        what: String,
        /// A way out.
        hint: String,
    },
    /// An industry without a sector.
    #[error("{symbol} has no sector, and an industry is part of one: {industry}")]
    IndustryWithoutSector {
        /// The stock.
        symbol: Symbol,
        /// The industry.
        industry: super::Industry,
    },
    /// The currency cannot be changed because something is recorded in it.
    #[error("{symbol} has {what} in {currency}, which would not be the same in another currency")]
    CurrencyInUse {
        /// The stock.
        symbol: Symbol,
        /// What is recorded, as a count: `3 transactions`.
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
    /// The stock was split on that day, with another ratio.
    #[error("{symbol} was split {known} on {date}, not {asked}")]
    SplitExists {
        /// The stock.
        symbol: Symbol,
        /// The day.
        date: Day,
        /// The recorded split.
        known: SplitTerms,
        /// The requested split.
        asked: SplitTerms,
        /// The id of the recorded one.
        id: TransactionId,
    },
    /// The stock was split by the same ratio within a few days.
    #[error("{symbol} was split {known} on {date} already: the one on {asked_date} may be the same split")]
    SplitNearby {
        /// The stock.
        symbol: Symbol,
        /// The day of the recorded split.
        date: Day,
        /// The recorded split.
        known: SplitTerms,
        /// The requested day.
        asked_date: Day,
    },
    /// Amounts are in a currency other than the stock's.
    #[error("{symbol} is traded in {expected}, not in {found}")]
    CurrencyMismatch {
        /// The stock.
        symbol: Symbol,
        /// The stock's currency.
        expected: super::Currency,
        /// The currency of the amounts, or the symbol that they have.
        found: String,
    },
    /// A figure needs more digits than a book can hold.
    #[error("{figure} of {symbol} has more digits than a book can hold (18 before the point, 28 in all)")]
    TooLarge {
        /// The figure, a singular noun phrase: `the total amount`, `the sum of the dividends`.
        figure: &'static str,
        /// The stock.
        symbol: Symbol,
    },
    /// A recorded price needs too many digits once it is adjusted for later splits.
    #[error("the price of {symbol} on {date} has more than 18 digits before the point once later splits are counted")]
    PriceTooLarge {
        /// The stock.
        symbol: Symbol,
        /// The day of the price.
        date: Day,
    },
    /// A split left no fraction of a share that could be paid for.
    #[error("the split of {symbol} on {date} left no fraction of a share{}", words::in_portfolio(portfolio.as_ref()))]
    NoFraction {
        /// The stock.
        symbol: Symbol,
        /// The portfolio; `None` for all.
        portfolio: Option<PortfolioName>,
        /// The day of the split.
        date: Day,
    },
    /// Cash was paid for a fraction, but several portfolios have one.
    #[error("the split of {symbol} on {date} left fractions in several portfolios: {portfolios}")]
    SeveralFractions {
        /// The stock.
        symbol: Symbol,
        /// The portfolios, separated by commas.
        portfolios: String,
        /// The day of the split.
        date: Day,
    },
    /// The stored lots contradict the totals: the book is damaged.
    #[error("the open lots of {symbol} in portfolio {portfolio} do not add up to the {held} held")]
    LotsMissing {
        /// The stock.
        symbol: Symbol,
        /// The portfolio.
        portfolio: PortfolioName,
        /// Shares held according to the totals.
        held: Shares,
    },
}
