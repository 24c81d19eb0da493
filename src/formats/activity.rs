//! The content of a row, before the book is consulted.

use super::CurrencyMark;
use super::dates::When;
use crate::domain::{
    Cash, CompanyName, Consideration, ConversionKind, ConversionRatio, ConversionTerms, CostAdjustmentKind,
    CostBasisMethod, Currency, Day, ExternalId, Fee, Figure, Industry, Isin, Money, Note, PortfolioName, Price,
    Quantity, Sector, Side, SplitTerms, Symbol, ValueError,
};

/// An event that a file states: something that happened to shares, or a price, rate or position.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// The line on which its row begins, counted from 1.
    pub line: u64,
    /// The line of the second row, if two rows state it together: a split by the shares before and after it, or a
    /// dividend and the tax withheld.
    pub other_line: Option<u64>,
    /// The day and time; `None` for a position of a statement.
    pub when: Option<When>,
    /// The stock.
    pub security: Security,
    /// The currency of its figures, from the row, the file or the table.
    pub currency: Option<CurrencyMark>,
    /// The account, if rows name it.
    pub portfolio: Option<PortfolioName>,
    /// The file's id for it.
    pub id: Option<Reference>,
    /// The user's note.
    pub note: Option<Note>,
    /// The cost basis method of the portfolio, if the file states it.
    pub method: Option<CostBasisMethod>,
    /// What happened.
    pub action: Action,
}

/// The names of a stock in a file, at least one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Security {
    /// The symbol; if the file has no usable one, an ISIN in its place.
    pub symbol: Option<Symbol>,
    /// The ISIN, from whichever column.
    pub isin: Option<Isin>,
    /// Its name.
    pub name: Option<CompanyName>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// Its industry.
    pub industry: Option<Industry>,
    /// Text in place of a symbol that cannot be one, such as the name of a fund.
    pub label: Option<String>,
}

/// A file's id for a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The id.
    pub id: ExternalId,
    /// Whether several rows may share it.
    pub scope: Scope,
}

/// What an id identifies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// This row alone.
    Row,
    /// An order or a position, which may have several rows; it identifies none of them.
    Shared,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A purchase or a sale.
    Trade(TradeDetails),
    /// The reversal of a purchase or sale that an earlier row of the file states.
    Cancelled(TradeDetails),
    /// A dividend; a negative one reverses an earlier one.
    Dividend(DividendDetails),
    /// Tax withheld for which the file has no dividend on that day.
    Withholding {
        /// The amount; negative if it was refunded.
        amount: Money,
        /// The amount in the account's currency, if that is another.
        settled: Option<Cash>,
    },
    /// A split.
    Split(SplitDetails),
    /// An opening lot, or shares received at a known cost.
    Opening(OpeningDetails),
    /// Shares that left, for another portfolio or for an unknown destination.
    TransferOut {
        /// The number of shares.
        quantity: Quantity,
        /// The portfolio that receives them, if the file states it.
        to: Option<PortfolioName>,
        /// The lots picked.
        lots: Option<String>,
    },
    /// A rename: all shares of one stock became as many of the activity's stock, for instance under a new ISIN.
    Renamed {
        /// The old stock.
        from: Security,
        /// The number of shares.
        quantity: Quantity,
    },
    /// Shares of another stock, received in place of those held or in addition to them.
    Conversion(Box<ConversionDetails>),
    /// A return of capital or an addition to cost.
    CostChange {
        /// The direction.
        kind: CostAdjustmentKind,
        /// The amount.
        amount: Money,
    },
    /// Worthless shares: a sale of the given number, or of all, for nothing.
    WriteOff(Option<Quantity>),
    /// A corporate action that moves cost between stocks, which the file states incompletely.
    CorporateAction(Box<CorporateActionDetails>),
    /// Cash in lieu of a fraction of a share.
    CashInLieu(Money),
    /// A price.
    Price(Price),
    /// An exchange rate: the value of one unit of the base currency in the quote currency.
    Rate {
        /// The base and quote currencies; histories go back to currencies that no longer exist.
        currencies: Result<[Currency; 2], ValueError>,
        /// The rate.
        rate: Figure,
    },
    /// A position on a statement.
    Position {
        /// The number of shares; negative for a short position.
        quantity: Figure,
        /// The cost of the position.
        cost: Option<Money>,
        /// The price of a share.
        price: Option<Price>,
    },
}

/// A purchase or a sale.
#[derive(Debug, Clone, PartialEq)]
pub struct TradeDetails {
    /// Purchase or sale.
    pub side: Side,
    /// Whether it reinvests a dividend.
    pub reinvested: bool,
    /// The number of shares.
    pub quantity: Quantity,
    /// The amount before fees, if the file states it in the currency of the trade; otherwise the price.
    pub consideration: Consideration,
    /// The price, if the file states it.
    pub price: Option<Price>,
    /// The fee, in the currency of the trade.
    pub fee: Option<Fee>,
    /// The net cash of the trade in the account's currency, without a sign, if that is another currency.
    pub settled: Option<Cash>,
    /// The fee as charged, if that was in another currency; its value in the currency of the trade may then be
    /// unknown.
    pub charged: Option<Cash>,
    /// The lots that a sale picks.
    pub lots: Option<String>,
    /// For the sale of a fraction left by a split: the day of the split.
    pub as_of: Option<Day>,
}

/// A dividend.
#[derive(Debug, Clone, PartialEq)]
pub struct DividendDetails {
    /// The gross amount.
    pub amount: Money,
    /// The tax withheld, from a column or a row of its own.
    pub withholding: Money,
    /// The amount credited in the account's currency, net of the tax, if that is another currency.
    pub settled: Option<Cash>,
    /// The gross amount as paid, if that was in another currency than the row's.
    pub paid: Option<Cash>,
    /// The ex-date: the first day on which a buyer is not entitled to it.
    pub ex_date: Option<Day>,
    /// The exchange of the payment into another currency, net of the tax: what was given, and what was
    /// received.
    pub exchanged: Option<[Cash; 2]>,
}

/// A split.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SplitDetails {
    /// The ratio, if the file states it.
    pub terms: Option<SplitTerms>,
    /// Shares added to the account, negative in a reverse split.
    pub added: Option<Figure>,
}

/// An opening lot.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningDetails {
    /// The number of shares.
    pub quantity: Quantity,
    /// The cost: a total, or a price per share.
    pub cost: Consideration,
    /// The fee, if it is stated separately.
    pub fee: Option<Fee>,
    /// The day as of which the quantity counts shares.
    pub as_of: Option<Day>,
    /// The total cost in the account's currency, if that is another.
    pub settled: Option<Cash>,
    /// As in [`TradeDetails`].
    pub charged: Option<Cash>,
    /// Whether the shares came from another account, whose purchases the file does not have: the value that
    /// it gives may differ from their cost.
    pub is_transferred: bool,
}

/// A spin-off or an exchange.
#[derive(Debug, Clone, PartialEq)]
pub struct ConversionDetails {
    /// Whether the old shares stay.
    pub kind: ConversionKind,
    /// The stock of the new shares.
    pub new: Security,
    /// Its effect on each lot.
    pub terms: ConversionTerms,
    /// Where the ratio comes from.
    pub ratio_is: RatioIs,
}

/// Where the ratio of a conversion comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum RatioIs {
    /// The terms that the company announced.
    Stated,
    /// The shares received and given up, which may be rounded.
    OfShares,
}

/// A corporate action that moves cost between stocks, as far as the file states it.
#[derive(Debug, Clone, PartialEq)]
pub struct CorporateActionDetails {
    /// The file's word for it, safe to print.
    pub action: String,
    /// Whether the old shares stay, if the file says so.
    pub kind: Option<ConversionKind>,
    /// The number of shares received, negative if they left.
    pub shares: Option<Figure>,
    /// The shares of another stock received for them.
    pub new: Option<(Security, Quantity)>,
    /// The cash received for them.
    pub cash: Option<Money>,
    /// For a spin-off: the stock that stays, and the ratio.
    pub spun_off: Option<(Security, ConversionRatio)>,
}

impl Activity {
    /// An activity that concerns no stock.
    pub(crate) fn of_no_stock(line: u64, when: When, action: Action) -> Self {
        let security = Security::default();
        let (currency, portfolio, id, note, method) = (None, None, None, None, None);
        Self { line, other_line: None, when: Some(when), security, currency, portfolio, id, note, method, action }
    }
}
