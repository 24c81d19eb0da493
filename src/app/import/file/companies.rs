//! Rows of corporate actions other than splits.

use super::{ImportRow, TradeRow};
use crate::domain::{
    Consideration, ConversionKind, ConversionRatio, ConversionTerms, CostAdjustmentKind, Day, ExternalId, Money, Note,
    PortfolioName, Quantity, Side, Symbol,
};
use crate::formats::{CurrencyMark, Fault, RatioIs};

/// A spin-off or an exchange.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ConvertRow {
    /// The effective date, before that day's trades.
    pub date: Day,
    /// Whether the old shares stay.
    pub kind: ConversionKind,
    /// The stock.
    pub symbol: Symbol,
    /// The stock of the new shares.
    pub new_symbol: Symbol,
    /// Its effect on each lot.
    #[serde(with = "as_json")]
    pub terms: ConversionTerms,
    /// Where the ratio comes from.
    pub ratio_is: RatioIs,
    /// The only portfolio concerned; `None` for all.
    pub portfolio: Option<PortfolioName>,
    /// The file's id for it.
    pub id: Option<ExternalId>,
    /// The currency.
    pub currency: Option<CurrencyMark>,
}

/// A return of capital or an addition to cost.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CostChangeRow {
    /// The day.
    pub date: Day,
    /// The direction.
    pub kind: CostAdjustmentKind,
    /// The stock.
    pub symbol: Symbol,
    /// The amount.
    pub amount: Money,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
    /// The user's note.
    pub note: Option<Note>,
    /// The file's id for it.
    pub id: Option<ExternalId>,
    /// The currency, from its own column or from a mark on the amount.
    pub currency: Option<CurrencyMark>,
}

/// A sale of shares for nothing.
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
    /// The file's id for it.
    pub id: Option<ExternalId>,
    /// The currency that the row names, although it has no money.
    pub currency: Option<CurrencyMark>,
}

/// A corporate action whose effect on cost the row does not state in full.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CorporateActionRow {
    /// The day.
    pub date: Day,
    /// The stock.
    pub symbol: Symbol,
    /// The file's word for it, safe to print.
    pub action: String,
    /// Whether the old shares stay, if the file says so.
    pub kind: Option<ConversionKind>,
    /// The number of shares and their direction.
    pub shares: Option<(Quantity, Direction)>,
    /// Shares of another stock that were received for them.
    pub new: Option<(Symbol, Quantity)>,
    /// Cash that was received for them.
    pub cash: Option<Money>,
    /// For a spin-off: the stock that stays, and the ratio.
    pub spun_off: Option<(Symbol, ConversionRatio)>,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
}

/// The direction of a movement of shares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Direction {
    /// Into the account.
    Came,
    /// Out of the account.
    Left,
}

/// Cash in lieu of a fraction of a share.
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
    /// The file's id for it.
    pub id: Option<ExternalId>,
    /// The currency, from its own column or from a mark on the amount.
    pub currency: Option<CurrencyMark>,
}

impl WriteOffRow {
    /// Turns it into a row: with a quantity, an ordinary sale for nothing.
    pub(in crate::app::import) fn into_row(self, quantity: Option<Quantity>) -> ImportRow {
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
    Err(fault.with_hint("`return-capital` lowers the cost, and `adjust-cost` raises it"))
}

/// Serializes terms as JSON text. Temporary files are written without member names, but the terms are
/// serialized as in an event, which needs them.
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
