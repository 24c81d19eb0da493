//! Converts the activities that the formats read to rows that can be imported.

use super::file::{
    CashInLieuRow, ConvertRow, CorporateActionRow, CostChangeRow, Direction, DividendRow, ImportRow, PriceRow,
    SplitRow, TradeRow, TransferRow, WriteOffRow, changed_by,
};
use super::rate_rows;
use super::renames::Name;
use crate::app::{Destination, LotChoice};
use crate::domain::{
    CurrencyPair, Day, DayRate, ExternalId, Note, PortfolioName, Quantity, Side, Symbol, excerpt, shell_word,
};
use crate::formats::{
    Action, Activity, CorporateActionDetails, CurrencyMark, DividendDetails, Fault, OpeningDetails, RowFault, Scope,
    Security, TradeDetails, When,
};

/// What an activity becomes.
pub(super) enum Outcome {
    /// A row to record.
    Row(ImportRow),
    /// A row that takes back an equal one.
    Reverses(Box<ImportRow>),
    /// An exchange rate.
    Rate((CurrencyPair, DayRate)),
    /// Something that is counted by its kind and not recorded.
    NotRecorded(&'static str),
    /// A stock that changed its ISIN or symbol.
    Renamed { from: Name, to: Name },
}

/// Turns an activity into a row.
///
/// # Errors
/// If an import cannot record it; the hint says what to do instead.
pub(super) fn to_row(activity: Activity) -> Result<Outcome, RowFault> {
    let line = activity.line;
    read(activity).map_err(|fault| fault.at(line))
}

fn read(activity: Activity) -> Result<Outcome, Fault> {
    let Activity { when, security, currency, portfolio, id, note, action, .. } = activity;
    let when = || when.ok_or_else(|| Fault::new("missing_date", "the row has no date"));
    // An id that several rows share does not identify any of them.
    let id = id.filter(|id| id.scope == Scope::Row).map(|id| id.id);
    let of_stock =
        || Ok::<_, Fault>(OfStock { when: when()?, symbol: symbol(&security)?, currency, portfolio, note, id });
    Ok(Outcome::Row(match action {
        Action::Rate { currencies, rate } => return rate_rows::to_rate(currencies?, rate, when()?).map(Outcome::Rate),
        Action::Withholding { .. } => return Ok(Outcome::NotRecorded("withholding_tax")),
        Action::Position { .. } => return Ok(Outcome::NotRecorded("position")),
        Action::Renamed { from, .. } => {
            let name = |security: &Security| Ok::<_, Fault>(Name { symbol: symbol(security)?, isin: security.isin });
            return Ok(Outcome::Renamed { from: name(&from)?, to: name(&security)? });
        }
        Action::Cancelled(trade) => {
            return Ok(Outcome::Reverses(Box::new(ImportRow::Trade(of_stock()?.traded(trade)?))));
        }
        Action::Trade(trade) => ImportRow::Trade(of_stock()?.traded(trade)?),
        Action::Opening(opening) => ImportRow::Trade(of_stock()?.opening(opening)?),
        Action::Dividend(dividend) => ImportRow::Dividend(of_stock()?.dividend(dividend)),
        Action::TransferOut { quantity, to, lots } => ImportRow::Transfer(of_stock()?.transferred(quantity, to, lots)?),
        Action::CorporateAction(details) => {
            ImportRow::CorporateAction(Box::new(of_stock()?.corporate_action(*details)?))
        }
        Action::Split(split) => {
            let OfStock { when, symbol, currency, portfolio, id, .. } = of_stock()?;
            let (date, terms, added) = (when.day, split.terms, split.added);
            ImportRow::Split(SplitRow { date, symbol, terms, added, portfolio, id, currency })
        }
        Action::Conversion(details) => {
            let (kind, new_symbol, terms) = (details.kind, symbol(&details.new)?, details.terms);
            let OfStock { when, symbol, currency, portfolio, id, .. } = of_stock()?;
            let (date, ratio_is) = (when.day, details.ratio_is);
            let row = ConvertRow { date, kind, symbol, new_symbol, terms, ratio_is, portfolio, id, currency };
            ImportRow::Convert(Box::new(row))
        }
        Action::CostChange { kind, amount } => {
            let OfStock { when, symbol, currency, portfolio, note, id } = of_stock()?;
            let (date, amount) = (when.day, changed_by(amount)?);
            ImportRow::CostChange(CostChangeRow { date, kind, symbol, amount, portfolio, note, id, currency })
        }
        Action::WriteOff(quantity) => {
            let OfStock { when, symbol, currency, portfolio, note, id } = of_stock()?;
            WriteOffRow { date: when.day, symbol, portfolio, note, id, currency }.into_row(quantity)
        }
        Action::CashInLieu(amount) => {
            let OfStock { when, symbol, currency, portfolio, id, .. } = of_stock()?;
            ImportRow::CashInLieu(CashInLieuRow { date: when.day, symbol, amount, portfolio, id, currency })
        }
        Action::Price(price) => {
            let OfStock { when, symbol, currency, .. } = of_stock()?;
            ImportRow::Price(PriceRow { date: when.day, symbol, price, currency })
        }
    }))
}

/// The members of a row about a stock other than its action.
struct OfStock {
    when: When,
    symbol: Symbol,
    currency: Option<CurrencyMark>,
    portfolio: Option<PortfolioName>,
    note: Option<Note>,
    id: Option<ExternalId>,
}

impl OfStock {
    /// A purchase or a sale.
    fn traded(self, trade: TradeDetails) -> Result<TradeRow, Fault> {
        let TradeDetails { side, quantity, consideration, fee, settled, charged, lots, as_of, .. } = trade;
        let Self { when: When { day: date, time, instant }, symbol, currency, portfolio, note, id } = self;
        let as_of = as_of.map(|as_of| own_day(as_of, date)).transpose()?;
        let lots = chosen(lots)?;
        Ok(TradeRow {
            date,
            time,
            instant,
            side,
            as_of,
            symbol,
            quantity,
            consideration,
            fee,
            portfolio,
            note,
            id,
            currency,
            lots,
            settled,
            charged,
        })
    }

    /// A lot that was held from before.
    fn opening(
        self,
        OpeningDetails { quantity, cost, fee, as_of, settled, charged, is_transferred: _ }: OpeningDetails,
    ) -> Result<TradeRow, Fault> {
        let Self { when: When { day: date, time, instant }, symbol, currency, portfolio, note, id } = self;
        Ok(TradeRow {
            date,
            time,
            instant,
            side: Side::Buy,
            as_of: Some(as_of_day(as_of, date)?),
            symbol,
            quantity,
            consideration: cost,
            fee,
            portfolio,
            note,
            id,
            currency,
            lots: Vec::new(),
            settled,
            charged,
        })
    }

    fn dividend(
        self,
        DividendDetails { amount, withholding, settled, paid, ex_date, exchanged }: DividendDetails,
    ) -> DividendRow {
        let Self { when: When { day: date, time, instant }, symbol, currency, portfolio, note, id } = self;
        DividendRow {
            date,
            time,
            instant,
            symbol,
            amount,
            withholding,
            ex_date,
            portfolio,
            note,
            id,
            currency,
            paid,
            settled,
            exchanged,
        }
    }

    /// Shares that move to another portfolio, or leave the book.
    fn transferred(
        self,
        quantity: Quantity,
        to: Option<PortfolioName>,
        lots: Option<String>,
    ) -> Result<TransferRow, Fault> {
        let Self { when: When { day: date, time, instant }, symbol, currency, portfolio, id, .. } = self;
        let (lots, to) = (chosen(lots)?, to.map_or(Destination::Outside, Destination::Portfolio));
        Ok(TransferRow { date, time, instant, symbol, quantity, portfolio, to, lots, id, currency })
    }

    /// A corporate action that has to be entered by hand.
    fn corporate_action(self, details: CorporateActionDetails) -> Result<CorporateActionRow, Fault> {
        let CorporateActionDetails { action, kind, shares, new, cash, spun_off } = details;
        let Self { when, symbol: of, portfolio, .. } = self;
        let shares = shares.and_then(|shares| {
            let direction = if shares.is_negative() { Direction::Left } else { Direction::Came };
            Some((Quantity::try_from(shares.abs()).ok()?, direction))
        });
        let new = new.map(|(new, shares)| Ok::<_, Fault>((symbol(&new)?, shares))).transpose()?;
        let spun_off = spun_off.map(|(old, ratio)| Ok::<_, Fault>((symbol(&old)?, ratio))).transpose()?;
        Ok(CorporateActionRow { date: when.day, symbol: of, action, kind, shares, new, cash, spun_off, portfolio })
    }
}

/// The lots named in a cell.
fn chosen(lots: Option<String>) -> Result<Vec<LotChoice>, Fault> {
    Ok(lots.unwrap_or_default().split_whitespace().map(str::parse).collect::<Result<_, _>>()?)
}

/// The day as of which a trade counts shares: always its own.
fn own_day(as_of: Day, date: Day) -> Result<Day, Fault> {
    if as_of == date {
        return Ok(as_of);
    }
    let fault = Fault::new("unexpected_value", "only an opening counts shares as of another day");
    Err(fault.with_hint("leave as_of empty"))
}

fn as_of_day(as_of: Option<Day>, date: Day) -> Result<Day, Fault> {
    let as_of = as_of.unwrap_or(date);
    if as_of < date {
        let message = format!("the shares of a lot of {date} cannot be counted as of {as_of}, before it");
        return Err(Fault::new("invalid_as_of", message)
            .with_hint("give the day on which the lot had this quantity, or leave as_of empty"));
    }
    Ok(as_of)
}

/// The symbol of a security, if it has one.
pub(super) fn symbol(security: &Security) -> Result<Symbol, Fault> {
    if let Some(symbol) = &security.symbol {
        return Ok(symbol.clone());
    }
    let (name, message) = match (&security.label, &security.name) {
        (Some(label), _) => (excerpt(label), format!("`{}` is not a symbol", excerpt(label))),
        (None, Some(name)) => (name.to_string(), format!("the row has the name `{name}` alone, and no symbol")),
        (None, None) => return Err(Fault::new("missing_symbol", "the row names no stock")),
    };
    let hint = format!("name the stock with --map-symbol {}", shell_word(&format!("{name}=SYMBOL")));
    Err(Fault::new("missing_symbol", message).with_hint(hint))
}
