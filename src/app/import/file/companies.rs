//! Rows of what companies do, but for splits.

use super::{ImportRow, TradeRow};
use crate::domain::{
    Consideration, ConversionKind, ConversionRatio, ConversionTerms, CostAdjustmentKind, Day, ExternalId, Money, Note,
    PortfolioName, Quantity, Side, Symbol,
};
use crate::formats::{CurrencyMark, Fault, RatioIs};

/// A spin-off or an exchange as a row tells it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ConvertRow {
    /// The day, before whose trades it counts.
    pub date: Day,
    /// Whether the old shares stay.
    pub kind: ConversionKind,
    /// The stock.
    pub symbol: Symbol,
    /// The stock of the new shares.
    pub new_symbol: Symbol,
    /// What it does to each lot.
    #[serde(with = "as_json")]
    pub terms: ConversionTerms,
    /// What the ratio in it is.
    pub ratio_is: RatioIs,
    /// The only portfolio; all if the row names none.
    pub portfolio: Option<PortfolioName>,
    /// What the file calls it.
    pub id: Option<ExternalId>,
    /// The currency.
    pub currency: Option<CurrencyMark>,
}

/// A change of what shares have cost, as a row tells it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CostChangeRow {
    /// The day.
    pub date: Day,
    /// Which way.
    pub kind: CostAdjustmentKind,
    /// The stock.
    pub symbol: Symbol,
    /// By so much.
    pub amount: Money,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
    /// The user's note.
    pub note: Option<Note>,
    /// What the file calls it.
    pub id: Option<ExternalId>,
    /// The currency, by its own column or by a mark on the amount.
    pub currency: Option<CurrencyMark>,
}

/// A sale for nothing of all that is held, as a row tells it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct WriteOffRow {
    /// The day.
    pub date: Day,
    /// The stock.
    pub symbol: Symbol,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
    /// The user's note.
    pub note: Option<Note>,
    /// What the file calls it.
    pub id: Option<ExternalId>,
    /// What the row names as the currency, though it has no money.
    pub currency: Option<CurrencyMark>,
}

/// What moves cost from one stock to another, of which a row does not tell enough.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CorporateActionRow {
    /// The day.
    pub date: Day,
    /// The stock.
    pub symbol: Symbol,
    /// The file's word for it, safe to print.
    pub action: String,
    /// Whether the old shares stay, as far as the file says that.
    pub kind: Option<ConversionKind>,
    /// The size of the number of shares, and whether they came.
    pub shares: Option<(Quantity, Direction)>,
    /// Shares of another stock that came for them.
    pub new: Option<(Symbol, Quantity)>,
    /// Cash that came for them.
    pub cash: Option<Money>,
    /// Of a spin-off: the stock that stays, and the ratio.
    pub spun_off: Option<(Symbol, ConversionRatio)>,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
}

/// Which way shares went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Direction {
    /// To the account.
    Came,
    /// From it.
    Left,
}

/// What was paid for the fraction of a share, as a row tells it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CashInLieuRow {
    /// The day.
    pub date: Day,
    /// The stock.
    pub symbol: Symbol,
    /// The amount.
    pub amount: Money,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
    /// What the file calls it.
    pub id: Option<ExternalId>,
    /// The currency, by its own column or by a mark on the amount.
    pub currency: Option<CurrencyMark>,
}

impl WriteOffRow {
    /// Of so many shares, if that is told: a sale for nothing like any other.
    pub(in crate::app::import) fn told(self, quantity: Option<Quantity>) -> ImportRow {
        let Some(quantity) = quantity else { return ImportRow::WriteOff(self) };
        let Self { date, symbol, portfolio, note, id, currency } = self;
        ImportRow::Trade(TradeRow {
            date,
            time: None,
            instant: None,
            side: Side::Sell,
            as_of: None,
            symbol,
            quantity,
            consideration: Consideration::Amount(Money::ZERO),
            fee: None,
            portfolio,
            note,
            id,
            currency,
            lots: Vec::new(),
            settled: None,
            charged: None,
        })
    }
}

/// An amount by which cost changes.
pub(in crate::app::import) fn changed_by(amount: Money) -> Result<Money, Fault> {
    if !amount.is_zero() && !amount.is_negative() {
        return Ok(amount);
    }
    let fault = Fault::new("invalid_amount", format!("an amount of {amount} changes no cost: it must be more than 0"));
    Err(fault.with_hint("`return-capital` makes the cost less, and `adjust-cost` makes it more"))
}

/// Terms as an event has them: rows on their way to a temporary file are written without the names of members.
mod as_json {
    use serde::de::Error as _;
    use serde::ser::Error as _;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use super::ConversionTerms;

    pub(super) fn serialize<S: Serializer>(terms: &ConversionTerms, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&serde_json::to_string(terms).map_err(S::Error::custom)?)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<ConversionTerms, D::Error> {
        serde_json::from_str(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
