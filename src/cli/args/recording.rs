//! What can be typed to record something.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ValueHint};

use super::{FeeArg, FractionArgs, RangeArgs, SharesArg};
use crate::app::{Conversion, LotChoice};
use crate::cli::dates::DateArg;
use crate::domain::{
    Cash, CompanyName, CostBasisMethod, Currency, ExchangeRate, ExternalId, Industry, Isin, Money, Note, PortfolioName,
    Price, Quantity, Sector, SplitTerms, Symbol, TimeOfDay, ValueError,
};
use crate::formats::CurrencyMark;
use crate::formats::typed::{self, Marked};

#[derive(Debug, Args)]
pub(in crate::cli) struct AddStockArgs {
    /// The symbol: A-Z 0-9 . - _ ^ = : / & and single blanks, in any case
    #[arg(value_hint = ValueHint::Other)]
    pub(in crate::cli) symbol: Symbol,
    /// The name of the company
    pub(in crate::cli) company_name: CompanyName,
    /// The company's sector
    #[arg(long)]
    pub(in crate::cli) sector: Option<Sector>,
    /// The company's industry, within its sector
    #[arg(long, requires = "sector")]
    pub(in crate::cli) industry: Option<Industry>,
    /// The currency of prices and trades, an ISO 4217 code [default: USD]
    #[arg(long, value_name = "CODE")]
    pub(in crate::cli) currency: Option<Currency>,
    /// The ISIN: 12 characters, the last of them a check digit
    #[arg(long)]
    pub(in crate::cli) isin: Option<Isin>,
}

#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("edits").required(true).multiple(true)))]
pub(in crate::cli) struct EditStockArgs {
    /// The stock
    pub(in crate::cli) stock: Symbol,
    /// The new symbol; the old one still finds the stock, until another stock takes it
    #[arg(long, group = "edits", value_hint = ValueHint::Other)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// The name of the company
    #[arg(long, group = "edits")]
    pub(in crate::cli) name: Option<CompanyName>,
    /// The company's sector
    #[arg(long, group = "edits")]
    pub(in crate::cli) sector: Option<Sector>,
    /// The company's industry, within its sector
    #[arg(long, group = "edits")]
    pub(in crate::cli) industry: Option<Industry>,
    /// The currency of prices and trades, as long as nothing valid is recorded in the old one
    #[arg(long, value_name = "CODE", group = "edits")]
    pub(in crate::cli) currency: Option<Currency>,
    /// The ISIN
    #[arg(long, group = "edits")]
    pub(in crate::cli) isin: Option<Isin>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct EditPortfolioArgs {
    /// The portfolio
    // It is not the global option, so it has another name.
    #[arg(id = "edited_portfolio", value_name = "PORTFOLIO")]
    pub(in crate::cli) portfolio: PortfolioName,
    /// Its new name
    #[arg(long, value_name = "NEW", value_hint = ValueHint::Other)]
    pub(in crate::cli) name: PortfolioName,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UpdatePriceArgs {
    /// The stock; - reads lines from standard input, a symbol and a price on each
    #[arg(value_name = "SYMBOL")]
    pub(in crate::cli) of: PriceOf,
    /// The price per share
    #[arg(allow_negative_numbers = true, value_parser = typed::price)]
    pub(in crate::cli) price: Option<Marked<Price>>,
    /// The day: YYYY-MM-DD, today or yesterday
    #[arg(long, default_value = "today")]
    pub(in crate::cli) date: DateArg,
}

/// The stock whose price is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) enum PriceOf {
    Stock(Symbol),
    /// The stocks that standard input names.
    StandardInput,
}

impl FromStr for PriceOf {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        if text == "-" { Ok(Self::StandardInput) } else { text.parse().map(Self::Stock) }
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RemovePriceArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    /// The day of the price: YYYY-MM-DD, today or yesterday
    pub(in crate::cli) date: DateArg,
    /// All prices from that day to this one
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) to: Option<DateArg>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct RebasePricesArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    /// The day up to which the prices are adjusted for splits
    #[arg(long, value_name = "DATE", default_value = "today")]
    pub(in crate::cli) as_of: DateArg,
    #[command(flatten)]
    pub(in crate::cli) range: RangeArgs,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TradeArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    /// The number of shares, which may have decimals; a sale also accepts `all`
    #[arg(allow_negative_numbers = true)]
    pub(in crate::cli) quantity: SharesArg,
    /// The price per share, unless --amount is given
    #[arg(allow_negative_numbers = true, required_unless_present = "amount", conflicts_with = "amount",
          value_parser = typed::price)]
    pub(in crate::cli) price: Option<Marked<Price>>,
    /// The total before fees, instead of the price; it is kept exactly
    #[arg(long, value_name = "TOTAL", allow_negative_numbers = true, value_parser = typed::amount)]
    pub(in crate::cli) amount: Option<Marked<Money>>,
    /// The broker's fee [default: 0]; '2 EUR' if it was charged in a currency other than the stock's
    #[arg(long, allow_negative_numbers = true)]
    pub(in crate::cli) fee: Option<FeeArg>,
    /// The day of the trade: YYYY-MM-DD, today or yesterday [default: today]
    #[arg(long)]
    pub(in crate::cli) date: Option<DateArg>,
    /// The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it
    #[arg(long)]
    pub(in crate::cli) time: Option<TimeOfDay>,
    /// The settlement amount in the account's currency, fees included, such as '1380.50 EUR'
    #[arg(long, value_name = "AMOUNT CCY", allow_hyphen_values = true, value_parser = typed::cash)]
    pub(in crate::cli) settled: Option<Cash>,
    #[command(flatten)]
    pub(in crate::cli) record: RecordArgs,
}

impl TradeArgs {
    /// The currency symbols that came with the amounts.
    pub(in crate::cli) fn marks(&self) -> Vec<CurrencyMark> {
        marks([self.price.and_then(|it| it.mark), self.amount.and_then(|it| it.mark), self.fee.and_then(FeeArg::mark)])
    }
}

/// Those that are present.
fn marks<const N: usize>(marks: [Option<CurrencyMark>; N]) -> Vec<CurrencyMark> {
    marks.into_iter().flatten().collect()
}

// The note and the id of a record.
#[derive(Debug, Args)]
pub(in crate::cli) struct RecordArgs {
    /// A note
    #[arg(long)]
    pub(in crate::cli) note: Option<Note>,
    /// An id of your own, a UUID or any text, that makes it safe to repeat the command
    #[arg(long)]
    pub(in crate::cli) id: Option<ExternalId>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SellArgs {
    #[command(flatten)]
    pub(in crate::cli) trade: TradeArgs,
    /// A lot to sell from, by the id of its purchase (6 characters will do), and how many shares of it
    #[arg(long, value_name = "BUY_ID[:QUANTITY]")]
    pub(in crate::cli) lot: Vec<LotChoice>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct DividendArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    /// The gross amount, before taxes
    #[arg(allow_negative_numbers = true, value_parser = typed::paid)]
    pub(in crate::cli) amount: Marked<Price>,
    /// The amount is per share held before --ex-date
    #[arg(long)]
    pub(in crate::cli) per_share: bool,
    /// The currency in which it was paid, if not the stock's; the amount and the tax withheld are in it
    #[arg(long, value_name = "CODE")]
    pub(in crate::cli) currency: Option<Currency>,
    /// The value of one unit of that currency in the stock's [default: as recorded with update-rate]
    #[arg(long, requires = "currency", allow_negative_numbers = true, value_parser = typed::rate)]
    pub(in crate::cli) rate: Option<ExchangeRate>,
    /// The maximum age of a recorded rate, in days
    #[arg(long, value_name = "DAYS", requires = "currency", conflicts_with = "rate", default_value_t = Conversion::MAX_RATE_AGE)]
    pub(in crate::cli) max_rate_age: u16,
    /// The ex-dividend date: the first day on which a buyer no longer gets the dividend [default: the day of payment]
    #[arg(long, value_name = "DATE")]
    pub(in crate::cli) ex_date: Option<DateArg>,
    /// The total tax withheld
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = typed::amount)]
    pub(in crate::cli) withholding: Option<Marked<Money>>,
    /// The amount received in the account's currency, net of the tax withheld, such as '8.50 EUR'
    #[arg(long, value_name = "AMOUNT CCY", allow_hyphen_values = true, value_parser = typed::cash)]
    pub(in crate::cli) settled: Option<Cash>,
    /// The day of payment: YYYY-MM-DD, today or yesterday [default: today]
    #[arg(long)]
    pub(in crate::cli) date: Option<DateArg>,
    /// The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it
    #[arg(long)]
    pub(in crate::cli) time: Option<TimeOfDay>,
    #[command(flatten)]
    pub(in crate::cli) record: RecordArgs,
}

impl DividendArgs {
    /// The currency symbols that came with the amounts.
    pub(in crate::cli) fn marks(&self) -> Vec<CurrencyMark> {
        marks([self.amount.mark, self.withholding.and_then(|it| it.mark)])
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SplitArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    /// New shares for old ones: 4:1, 1:10, 3:2, 2.5:1
    #[arg(value_name = "NEW:OLD", value_parser = typed::ratio::<SplitTerms>)]
    pub(in crate::cli) ratio: SplitTerms,
    /// The day: YYYY-MM-DD, today or yesterday [default: today]
    #[arg(long)]
    pub(in crate::cli) date: Option<DateArg>,
    #[command(flatten)]
    pub(in crate::cli) fraction: FractionArgs,
    /// Record it even if a split by the same ratio is recorded within seven days of it
    #[arg(long)]
    pub(in crate::cli) force: bool,
    /// An id of your own, a UUID or any text, that makes it safe to repeat the command
    #[arg(long)]
    pub(in crate::cli) id: Option<ExternalId>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct TransferArgs {
    /// The stock
    pub(in crate::cli) symbol: Symbol,
    /// The number of shares, or `all`
    #[arg(allow_negative_numbers = true)]
    pub(in crate::cli) quantity: SharesArg,
    /// The portfolio to move them to
    #[arg(long, value_name = "PORTFOLIO", required_unless_present = "out", conflicts_with = "out")]
    pub(in crate::cli) to: Option<PortfolioName>,
    /// Move them out of the book, to another broker or as a gift, without a gain
    #[arg(long)]
    pub(in crate::cli) out: bool,
    /// A lot to move, by the id of its purchase, and how many shares of it
    #[arg(long, value_name = "BUY_ID[:QUANTITY]")]
    pub(in crate::cli) lot: Vec<LotChoice>,
    /// The day: YYYY-MM-DD, today or yesterday [default: today]
    #[arg(long)]
    pub(in crate::cli) date: Option<DateArg>,
    /// The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it
    #[arg(long)]
    pub(in crate::cli) time: Option<TimeOfDay>,
    /// An id of your own, a UUID or any text, that makes it safe to repeat the command
    #[arg(long)]
    pub(in crate::cli) id: Option<ExternalId>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct VoidArgs {
    /// The record: its id, 6 characters of it, or your own reference
    pub(in crate::cli) id: ExternalId,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) reason: Option<Note>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct UndoArgs {
    /// The id of an import, or 6 characters of it [default: the last command that was not undone]
    pub(in crate::cli) batch: Option<String>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AmendArgs {
    /// The transaction: its id, 6 characters of it, or your own reference
    pub(in crate::cli) id: ExternalId,
    /// The stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// The number of shares
    #[arg(long, allow_negative_numbers = true, value_parser = typed::quantity)]
    pub(in crate::cli) quantity: Option<Quantity>,
    /// The price per share
    #[arg(long, allow_negative_numbers = true, conflicts_with = "amount", value_parser = typed::price)]
    pub(in crate::cli) price: Option<Marked<Price>>,
    /// The total before fees; of a dividend, before taxes
    #[arg(long, value_name = "TOTAL", allow_negative_numbers = true, value_parser = typed::amount)]
    pub(in crate::cli) amount: Option<Marked<Money>>,
    /// The broker's fee; '2 EUR' if it was charged in a currency other than the stock's
    #[arg(long, allow_negative_numbers = true)]
    pub(in crate::cli) fee: Option<FeeArg>,
    /// The tax withheld from a dividend
    #[arg(long, value_name = "AMOUNT", allow_negative_numbers = true, value_parser = typed::amount)]
    pub(in crate::cli) withholding: Option<Marked<Money>>,
    /// The settlement amount in the account's currency
    #[arg(long, value_name = "AMOUNT CCY", allow_hyphen_values = true, value_parser = typed::cash)]
    pub(in crate::cli) settled: Option<Cash>,
    /// The day: YYYY-MM-DD, today or yesterday
    #[arg(long)]
    pub(in crate::cli) date: Option<DateArg>,
    /// The time of day, HH:MM or HH:MM:SS; trades of a day are ordered by it
    #[arg(long)]
    pub(in crate::cli) time: Option<TimeOfDay>,
    /// A note
    #[arg(long)]
    pub(in crate::cli) note: Option<Note>,
    /// A lot to sell from, by the id of its purchase, and how many shares of it
    #[arg(long, value_name = "BUY_ID[:QUANTITY]")]
    pub(in crate::cli) lot: Vec<LotChoice>,
}

impl AmendArgs {
    /// The currency symbols that came with the amounts.
    pub(in crate::cli) fn marks(&self) -> Vec<CurrencyMark> {
        let [amount, withholding] = [self.amount, self.withholding].map(|it| it.and_then(|it| it.mark));
        marks([amount, withholding, self.price.and_then(|it| it.mark), self.fee.and_then(FeeArg::mark)])
    }
}

#[derive(Debug, Args)]
pub(in crate::cli) struct SetCostBasisArgs {
    /// The portfolio
    #[arg(value_name = "PORTFOLIO")]
    pub(in crate::cli) name: PortfolioName,
    /// fifo, lifo, hifo or average
    pub(in crate::cli) method: CostBasisMethod,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AddPortfolioArgs {
    /// The name
    #[arg(value_hint = ValueHint::Other)]
    pub(in crate::cli) name: PortfolioName,
    /// How sales are matched to lots: fifo, lifo, hifo or average [default: fifo]
    #[arg(long, value_name = "METHOD")]
    pub(in crate::cli) cost_basis: Option<CostBasisMethod>,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct BackupArgs {
    /// The file to copy the book to
    #[arg(value_hint = ValueHint::FilePath)]
    pub(in crate::cli) file: PathBuf,
    /// Replace an existing backup, and copy an altered book or log as it is
    #[arg(long)]
    pub(in crate::cli) force: bool,
}
