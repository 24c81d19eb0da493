//! Rows of trades, dividends and splits.

use super::ImportRow;
use super::column::Column;
use super::companies::{self, CostChangeRow, WriteOffRow};
use super::date::When;
use super::number;
use super::row::{Row, money};
use crate::app::LotChoice;
use crate::domain::{
    Cash, Consideration, CostAdjustmentKind, Day, ExternalId, Fee, Figure, Instant, Money, Note, PortfolioName, Price,
    Quantity, Side, SplitTerms, Symbol, TimeOfDay, excerpt,
};
use crate::formats::CurrencyMark;
use crate::formats::Fault;

/// A purchase, a sale or an opening lot. What the row leaves open is `None`.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TradeRow {
    /// The day of the trade.
    pub date: Day,
    /// The time of the trade.
    pub time: Option<TimeOfDay>,
    /// The instant, if the file states the offset from UTC.
    pub instant: Option<Instant>,
    /// Purchase or sale.
    pub side: Side,
    /// For an opening lot, a purchase whose own history is unknown: the day as of which its quantity counts shares.
    pub as_of: Option<Day>,
    /// The stock.
    pub symbol: Symbol,
    /// The number of shares.
    pub quantity: Quantity,
    /// The price or the amount before fees.
    pub consideration: Consideration,
    /// The broker's fee.
    pub fee: Option<Fee>,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
    /// The user's note.
    pub note: Option<Note>,
    /// The file's id for the trade.
    pub id: Option<ExternalId>,
    /// The currency, from its own column or from a mark such as `$` or `EUR` on a number.
    pub currency: Option<CurrencyMark>,
    /// The lots that a sale picks.
    pub lots: Vec<LotChoice>,
    /// The settlement amount in the account's currency.
    pub settled: Option<Cash>,
    /// The fee as charged, if that was in another currency than the stock's.
    pub charged: Option<Cash>,
}

/// A dividend.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DividendRow {
    /// The payment date.
    pub date: Day,
    /// The time of the payment.
    pub time: Option<TimeOfDay>,
    /// The instant, if the file states the offset from UTC.
    pub instant: Option<Instant>,
    /// The stock.
    pub symbol: Symbol,
    /// The gross amount.
    pub amount: Money,
    /// The tax withheld.
    pub withholding: Money,
    /// The ex-date: the first day on which a buyer is not entitled to it.
    pub ex_date: Option<Day>,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
    /// The user's note.
    pub note: Option<Note>,
    /// The file's id for it.
    pub id: Option<ExternalId>,
    /// The currency, from its own column or from a mark on the amount.
    pub currency: Option<CurrencyMark>,
    /// The gross amount as paid, if that was in another currency than the stock's.
    pub paid: Option<Cash>,
    /// The amount credited in the account's currency, net of the tax withheld.
    pub settled: Option<Cash>,
    /// The exchange of the payment into another currency: what was given, and what was received.
    pub exchanged: Option<[Cash; 2]>,
}

/// A split.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct SplitRow {
    /// The effective date, before that day's trades.
    pub date: Day,
    /// The stock.
    pub symbol: Symbol,
    /// The ratio of new to old shares, if the file states it.
    pub terms: Option<SplitTerms>,
    /// The shares added to the portfolio, if the file states that instead; negative in a reverse split.
    pub added: Option<Figure>,
    /// The portfolio, which an id of the file is relative to.
    pub portfolio: Option<PortfolioName>,
    /// The file's id for it.
    pub id: Option<ExternalId>,
    /// The currency that the row names, although it has no money.
    pub currency: Option<CurrencyMark>,
}

/// The action of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Trade(Side),
    Opening,
    Dividend,
    Split,
    CostChange(CostAdjustmentKind),
    WriteOff,
}

/// The positions of the columns of a trades file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TradeColumns {
    pub(super) date: usize,
    pub(super) time: Option<usize>,
    pub(super) action: usize,
    pub(super) symbol: Option<usize>,
    pub(super) quantity: usize,
    pub(super) price: Option<usize>,
    pub(super) amount: Option<usize>,
    pub(super) fee: Option<usize>,
    pub(super) portfolio: Option<usize>,
    pub(super) note: Option<usize>,
    pub(super) id: Option<usize>,
    pub(super) currency: Option<usize>,
    pub(super) lot: Option<usize>,
    pub(super) as_of: Option<usize>,
}

impl TradeColumns {
    pub(super) fn read(&self, row: &Row<'_>) -> Result<ImportRow, Fault> {
        match action(row.required(self.action, Column::Action)?)? {
            Action::Trade(Side::Buy) => self.purchase(row, None).map(ImportRow::Trade),
            Action::Opening => self.purchase(row, Some(row.when(self.date, None)?.day)).map(ImportRow::Trade),
            Action::Trade(Side::Sell) => self.sale(row).map(ImportRow::Trade),
            Action::Dividend => {
                self.refuse_as_of(row)?;
                self.dividend(row).map(ImportRow::Dividend)
            }
            Action::Split => {
                self.refuse_as_of(row)?;
                self.split(row).map(ImportRow::Split)
            }
            Action::CostChange(kind) => {
                self.refuse_as_of(row)?;
                self.cost_change(row, kind).map(ImportRow::CostChange)
            }
            Action::WriteOff => {
                self.refuse_as_of(row)?;
                self.write_off(row)
            }
        }
    }

    /// A purchase or an opening lot. An opening lot counts shares as of a day: its own unless the row gives another.
    fn purchase(&self, row: &Row<'_>, own: Option<Day>) -> Result<TradeRow, Fault> {
        let as_of = row.optional_day(self.as_of)?.or(own);
        let trade = self.trade(row, Side::Buy)?;
        if let Some(as_of) = as_of.filter(|as_of| *as_of < trade.date) {
            let message = format!("the shares of a lot of {} cannot be counted as of {as_of}, before it", trade.date);
            return Err(Fault::new("invalid_as_of", message)
                .with_hint("give the day on which the lot had this quantity, or leave as_of empty"));
        }
        Ok(TradeRow { as_of, ..trade })
    }

    /// A sale. The sale of a fraction that a split left counts shares as of its own day.
    fn sale(&self, row: &Row<'_>) -> Result<TradeRow, Fault> {
        let (as_of, trade) = (row.optional_day(self.as_of)?, self.trade(row, Side::Sell)?);
        if as_of != Some(trade.date) {
            self.refuse_as_of(row)?;
        }
        Ok(TradeRow { as_of, ..trade })
    }

    fn refuse_as_of(&self, row: &Row<'_>) -> Result<(), Fault> {
        if row.optional(self.as_of).is_none() {
            return Ok(());
        }
        let fault = Fault::new("unexpected_value", "only an opening counts shares as of another day");
        Err(fault.with_hint("leave as_of empty"))
    }

    fn trade(&self, row: &Row<'_>, side: Side) -> Result<TradeRow, Fault> {
        let When { day: date, time, instant } = row.when(self.date, self.time)?;
        let lots = row.words(self.lot).unwrap_or_default();
        if side == Side::Buy && !lots.is_empty() {
            let fault = Fault::new("unexpected_value", "only a sale takes lots");
            return Err(fault.with_hint("leave the lot empty; a purchase is a lot of its own, named by its id"));
        }
        let symbol = row.symbol(self.symbol)?;
        let quantity = number::quantity(row.required(self.quantity, Column::Quantity)?, side)?;
        let mut currency = row.currency(self.currency)?;
        Ok(TradeRow {
            date,
            time,
            instant,
            side,
            as_of: None,
            symbol,
            quantity,
            consideration: self.consideration(row, &mut currency)?,
            fee: row.optional(self.fee).map(|cell| money(cell, &mut currency, str::parse)).transpose()?,
            portfolio: row.words(self.portfolio).map(str::parse).transpose()?,
            note: row.words(self.note).map(str::parse).transpose()?,
            id: row.words(self.id).map(str::parse).transpose()?,
            currency,
            lots: lots.split_whitespace().map(str::parse).collect::<Result<_, _>>()?,
            settled: None,
            charged: None,
        })
    }

    fn dividend(&self, row: &Row<'_>) -> Result<DividendRow, Fault> {
        let When { day: date, time, instant } = row.when(self.date, self.time)?;
        let mut currency = row.currency(self.currency)?;
        let Some(amount) = row.optional(self.amount) else {
            let fault = Fault::new("missing_value", "the amount of the dividend is not given");
            return Err(fault.with_hint("give the total before taxes in the column amount"));
        };
        let amount = money(amount, &mut currency, Money::entered)?;
        let fee: Option<Fee> = row.optional(self.fee).map(|cell| money(cell, &mut currency, str::parse)).transpose()?;
        if fee.is_some_and(|fee| fee != Fee::ZERO) {
            let fault = Fault::new("unexpected_value", "a dividend has no fee");
            return Err(fault.with_hint("leave the fee empty; tax that was withheld stands in the column withholding"));
        }
        Ok(DividendRow {
            date,
            time,
            instant,
            symbol: row.symbol(self.symbol)?,
            amount,
            withholding: Money::ZERO,
            ex_date: None,
            portfolio: row.words(self.portfolio).map(str::parse).transpose()?,
            note: row.words(self.note).map(str::parse).transpose()?,
            id: row.words(self.id).map(str::parse).transpose()?,
            currency,
            paid: None,
            settled: None,
            exchanged: None,
        })
    }

    fn split(&self, row: &Row<'_>) -> Result<SplitRow, Fault> {
        Ok(SplitRow {
            date: row.when(self.date, None)?.day,
            symbol: row.symbol(self.symbol)?,
            terms: Some(row.required(self.quantity, Column::Quantity)?.parse()?),
            added: None,
            portfolio: row.words(self.portfolio).map(str::parse).transpose()?,
            id: row.words(self.id).map(str::parse).transpose()?,
            currency: row.currency(self.currency)?,
        })
    }

    fn cost_change(&self, row: &Row<'_>, kind: CostAdjustmentKind) -> Result<CostChangeRow, Fault> {
        let mut currency = row.currency(self.currency)?;
        let amount = match self.consideration(row, &mut currency)? {
            Consideration::Amount(amount) => amount,
            Consideration::Price(price) => {
                let shares = number::quantity(row.required(self.quantity, Column::Quantity)?, Side::Buy)?;
                price.times(shares).map_err(|too_large| Fault::new("too_large", too_large.to_string()))?
            }
        };
        self.refuse_fee(row, &mut currency)?;
        Ok(CostChangeRow {
            date: row.when(self.date, None)?.day,
            kind,
            symbol: row.symbol(self.symbol)?,
            amount: companies::changed_by(amount)?,
            portfolio: row.words(self.portfolio).map(str::parse).transpose()?,
            note: row.words(self.note).map(str::parse).transpose()?,
            id: row.words(self.id).map(str::parse).transpose()?,
            currency,
        })
    }

    /// A sale for nothing, of a number of shares or of all.
    fn write_off(&self, row: &Row<'_>) -> Result<ImportRow, Fault> {
        let mut currency = row.currency(self.currency)?;
        self.refuse_fee(row, &mut currency)?;
        let write_off = WriteOffRow {
            date: row.when(self.date, None)?.day,
            symbol: row.symbol(self.symbol)?,
            portfolio: row.words(self.portfolio).map(str::parse).transpose()?,
            note: row.words(self.note).map(str::parse).transpose()?,
            id: row.words(self.id).map(str::parse).transpose()?,
            currency,
        };
        let quantity = row.optional(Some(self.quantity));
        Ok(write_off.into_row(quantity.map(|cell| number::quantity(cell, Side::Sell)).transpose()?))
    }

    fn refuse_fee(&self, row: &Row<'_>, currency: &mut Option<CurrencyMark>) -> Result<(), Fault> {
        let fee: Option<Fee> = row.optional(self.fee).map(|cell| money(cell, currency, str::parse)).transpose()?;
        if fee.is_none_or(|fee| fee == Fee::ZERO) {
            return Ok(());
        }
        Err(Fault::new("unexpected_value", "what a company does has no fee").with_hint("leave the fee empty"))
    }

    fn consideration(&self, row: &Row<'_>, currency: &mut Option<CurrencyMark>) -> Result<Consideration, Fault> {
        match (row.optional(self.price), row.optional(self.amount)) {
            (Some(price), None) => Ok(Consideration::Price(money(price, currency, str::parse::<Price>)?)),
            (None, Some(amount)) => Ok(Consideration::Amount(money(amount, currency, Money::entered)?)),
            (Some(_), Some(_)) => {
                let fault = Fault::new("price_and_amount", "both the price and the amount are given");
                Err(fault.with_hint("leave one of them empty"))
            }
            (None, None) => {
                let fault = Fault::new("missing_value", "neither the price nor the amount is given");
                Err(fault.with_hint("give the price per share, or the amount before fees"))
            }
        }
    }
}

fn action(word: &str) -> Result<Action, Fault> {
    const KNOWN: [(&str, Action); 8] = [
        ("buy", Action::Trade(Side::Buy)),
        ("sell", Action::Trade(Side::Sell)),
        ("opening", Action::Opening),
        ("dividend", Action::Dividend),
        ("split", Action::Split),
        ("return-capital", Action::CostChange(CostAdjustmentKind::ReturnOfCapital)),
        ("adjust-cost", Action::CostChange(CostAdjustmentKind::Addition)),
        ("write-off", Action::WriteOff),
    ];
    /// Actions that only the reader of all formats knows, each with the column that it requires.
    const ELSEWHERE: [(&str, &str); 3] = [("transfer", "to"), ("spin-off", "new_symbol"), ("exchange", "new_symbol")];
    if let Some((_, action)) = KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) {
        return Ok(*action);
    }
    let fault = |message: String| Fault::new("unsupported_action", message);
    if let Some((known, column)) = ELSEWHERE.iter().find(|(known, _)| known.eq_ignore_ascii_case(word)) {
        return Err(fault(format!("action `{known}` needs a column {column}, which the file does not have")));
    }
    let known: Vec<&str> = KNOWN.iter().map(|(known, _)| *known).chain(ELSEWHERE.iter().map(|(it, _)| *it)).collect();
    Err(fault(format!("action `{}` is not supported; known are {}", excerpt(word), known.join(", "))))
}
