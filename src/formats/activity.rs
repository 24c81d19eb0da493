//! What a row says, before the book is asked.

use super::CurrencyMark;
use super::dates::When;
use crate::domain::{
    Cash, CompanyName, Consideration, ConversionKind, ConversionRatio, ConversionTerms, CostAdjustmentKind,
    CostBasisMethod, Currency, Day, ExternalId, Fee, Figure, Industry, Isin, Money, Note, PortfolioName, Price,
    Quantity, Sector, Side, SplitTerms, Symbol, ValueError,
};

/// Something that happened to shares, as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// The line on which its row begins, counted from 1.
    pub line: u64,
    /// The line of the other row, where two rows tell it together: a split by the shares before and
    /// after, a dividend and the tax that was withheld from it.
    pub other_line: Option<u64>,
    /// When; a position of a statement has no day.
    pub when: Option<When>,
    /// The stock.
    pub security: Security,
    /// The currency of its figures, by the row, the file or the table.
    pub currency: Option<CurrencyMark>,
    /// The account, where rows name it.
    pub portfolio: Option<PortfolioName>,
    /// What the file calls it.
    pub id: Option<Reference>,
    /// A note of the user's.
    pub note: Option<Note>,
    /// How its portfolio matches sales to lots, where the file tells that.
    pub method: Option<CostBasisMethod>,
    /// What happened.
    pub action: Action,
}

/// A stock as a file names it: by one or more of these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Security {
    /// Its symbol; where the file has none that can be one, an ISIN that stands in its place.
    pub symbol: Option<Symbol>,
    /// Its ISIN, wherever it stands.
    pub isin: Option<Isin>,
    /// Its name.
    pub name: Option<CompanyName>,
    /// Its sector.
    pub sector: Option<Sector>,
    /// Its industry.
    pub industry: Option<Industry>,
    /// What stands in place of a symbol and can be none: the name of a fund.
    pub label: Option<String>,
}

/// What a file calls a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The id.
    pub id: ExternalId,
    /// Whether it can name several rows.
    pub scope: Scope,
}

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// This row alone.
    Row,
    /// An order or a position, which several rows may be of: no identity of a row.
    Shared,
}

/// What happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A purchase or a sale.
    Trade(TradeDetails),
    /// What takes this purchase or sale back, which an earlier row of the file tells.
    Cancelled(TradeDetails),
    /// A dividend; of less than 0 it takes an earlier one back.
    Dividend(DividendDetails),
    /// Tax that was withheld, of which the file has no dividend on the day.
    Withholding {
        /// How much; less than 0 where it came back.
        amount: Money,
        /// The same in the account's currency, where that is another.
        settled: Option<Cash>,
    },
    /// A split.
    Split(SplitDetails),
    /// A lot held from before, or shares that came in with what they had cost.
    Opening(OpeningDetails),
    /// Shares that left: to a portfolio, or to where the file does not say.
    TransferOut {
        /// How many.
        quantity: Quantity,
        /// The portfolio, where both are in the file.
        to: Option<PortfolioName>,
        /// The lots that are taken.
        lots: Option<String>,
    },
    /// All shares of one stock became as many of another, which is the activity's: the same company
    /// under a new ISIN.
    Renamed {
        /// The old one.
        from: Security,
        /// How many.
        quantity: Quantity,
    },
    /// Shares of another stock, for those held or beside them.
    Conversion(Box<ConversionDetails>),
    /// Capital that was returned, or cost that was added.
    CostChange {
        /// Which way.
        kind: CostAdjustmentKind,
        /// By so much.
        amount: Money,
    },
    /// Shares that are worth nothing any more: a sale of so many for nothing, or of all.
    WriteOff(Option<Quantity>),
    /// What moves cost from one stock to another, of which the file does not tell enough.
    CorporateAction(Box<CorporateActionDetails>),
    /// Cash that was paid for the fraction of a share.
    CashInLieu(Money),
    /// A price.
    Price(Price),
    /// A rate of exchange: one unit of the base is worth so many of the quote.
    Rate {
        /// The base and the quote; histories go back to currencies that are no more.
        currencies: Result<[Currency; 2], ValueError>,
        /// The rate.
        rate: Figure,
    },
    /// What a statement says is held.
    Position {
        /// Shares; less than 0 of a short position.
        quantity: Figure,
        /// What they cost.
        cost: Option<Money>,
        /// What one is worth.
        price: Option<Price>,
    },
}

/// A purchase or a sale, as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct TradeDetails {
    /// Purchase or sale.
    pub side: Side,
    /// Whether a dividend was spent on it.
    pub reinvested: bool,
    /// Shares that change hands.
    pub quantity: Quantity,
    /// The amount before fees, where the file has it in the currency of the trade, else the price.
    pub consideration: Consideration,
    /// The price, where the file has one.
    pub price: Option<Price>,
    /// The fee, in the currency of the trade.
    pub fee: Option<Fee>,
    /// The size of the cash of the whole trade in the account's currency, where that is another.
    pub settled: Option<Cash>,
    /// The fee as it was charged, where that was in another currency; what it is in that of the trade may be left open.
    pub charged: Option<Cash>,
    /// The lots that a sale takes.
    pub lots: Option<String>,
    /// Of the sale of a fraction that a split left: the day of the split.
    pub as_of: Option<Day>,
}

/// A dividend, as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct DividendDetails {
    /// The gross amount.
    pub amount: Money,
    /// The tax that was withheld, by a column or a row of its own.
    pub withholding: Money,
    /// What came in in the account's currency, net of the tax, where that is another.
    pub settled: Option<Cash>,
    /// What was paid before taxes, where that was in another currency than the row's.
    pub paid: Option<Cash>,
    /// The first day on which a buyer got no claim to it any more.
    pub ex_date: Option<Day>,
}

/// A split, as a file tells it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SplitDetails {
    /// The ratio, where the file tells it.
    pub terms: Option<SplitTerms>,
    /// Shares that came to the account, less than 0 in a reverse split.
    pub added: Option<Figure>,
}

/// A lot from before, as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct OpeningDetails {
    /// Shares.
    pub quantity: Quantity,
    /// What they cost: a total, or a price per share.
    pub cost: Consideration,
    /// The fee, where it is apart.
    pub fee: Option<Fee>,
    /// The day as of which its quantity counts shares.
    pub as_of: Option<Day>,
    /// What all of it cost in the account's currency, where that is another.
    pub settled: Option<Cash>,
    /// As of [`TradeDetails`].
    pub charged: Option<Cash>,
}

/// A spin-off or an exchange, as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct ConversionDetails {
    /// Whether the old shares stay.
    pub kind: ConversionKind,
    /// The stock of the new shares.
    pub new: Security,
    /// What it does to each lot.
    pub terms: ConversionTerms,
    /// What the ratio is.
    pub ratio_is: RatioIs,
}

/// What the ratio of a conversion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum RatioIs {
    /// The one that the company has named.
    Stated,
    /// The shares that came to those that left.
    OfShares,
}

/// What moves cost from one stock to another, as far as a file tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct CorporateActionDetails {
    /// The file's word for it, safe to print.
    pub action: String,
    /// Whether the old shares stay, as far as the file says that.
    pub kind: Option<ConversionKind>,
    /// Shares that came, less than 0 where they left.
    pub shares: Option<Figure>,
    /// Shares of another stock that came for them.
    pub new: Option<(Security, Quantity)>,
    /// Cash that came for them.
    pub cash: Option<Money>,
    /// Of a spin-off: the stock that stays, and the ratio.
    pub spun_off: Option<(Security, ConversionRatio)>,
}

impl Activity {
    /// Of what is about no stock.
    pub(crate) fn of_no_stock(line: u64, when: When, action: Action) -> Self {
        let security = Security::default();
        let (currency, portfolio, id, note, method) = (None, None, None, None, None);
        Self { line, other_line: None, when: Some(when), security, currency, portfolio, id, note, method, action }
    }
}
