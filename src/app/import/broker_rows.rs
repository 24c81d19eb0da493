//! From activities that the formats read to rows that can be imported.

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

/// What an activity amounts to.
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
    let row = match action {
        Action::Rate { currencies, rate } => return rate_rows::to_rate(currencies?, rate, when()?).map(Outcome::Rate),
        Action::Withholding { .. } => return Ok(Outcome::NotRecorded("withholding_tax")),
        Action::Position { .. } => return Ok(Outcome::NotRecorded("position")),
        Action::TransferOut { quantity, to, lots } => {
            let symbol = symbol(&security)?;
            ImportRow::Transfer(transfer(when()?, (symbol, quantity, currency), (portfolio, to), (lots, id))?)
        }
        Action::Renamed { from, .. } => {
            let name = |security: &Security| Ok::<_, Fault>(Name { symbol: symbol(security)?, isin: security.isin });
            return Ok(Outcome::Renamed { from: name(&from)?, to: name(&security)? });
        }
        Action::Trade(trade) => {
            let (moment, of) = (when()?, (symbol(&security)?, currency));
            ImportRow::Trade(traded(moment, of, (portfolio, note, id), trade)?)
        }
        Action::Cancelled(trade) => {
            let (moment, of) = (when()?, (symbol(&security)?, currency));
            let row = traded(moment, of, (portfolio, note, id), trade)?;
            return Ok(Outcome::Reverses(Box::new(ImportRow::Trade(row))));
        }
        Action::Opening(opening) => {
            let (moment, of) = (when()?, (symbol(&security)?, currency));
            ImportRow::Trade(opening_lot(moment, of, (portfolio, note, id), opening)?)
        }
        Action::Dividend(dividend) => {
            let (moment, of) = (when()?, (symbol(&security)?, currency));
            ImportRow::Dividend(received(moment, of, (portfolio, note, id), dividend))
        }
        Action::Split(split) => ImportRow::Split(SplitRow {
            date: when()?.day,
            symbol: symbol(&security)?,
            terms: split.terms,
            added: split.added,
            portfolio,
            id,
            currency,
        }),
        Action::Conversion(details) => {
            let (date, kind, new_symbol, terms) = (when()?.day, details.kind, symbol(&details.new)?, details.terms);
            let (symbol, ratio_is) = (symbol(&security)?, details.ratio_is);
            let row = ConvertRow { date, kind, symbol, new_symbol, terms, ratio_is, portfolio, id, currency };
            ImportRow::Convert(Box::new(row))
        }
        Action::CostChange { kind, amount } => {
            let (date, symbol, amount) = (when()?.day, symbol(&security)?, changed_by(amount)?);
            ImportRow::CostChange(CostChangeRow { date, kind, symbol, amount, portfolio, note, id, currency })
        }
        Action::WriteOff(quantity) => {
            let (date, symbol) = (when()?.day, symbol(&security)?);
            WriteOffRow { date, symbol, portfolio, note, id, currency }.into_row(quantity)
        }
        Action::CorporateAction(details) => {
            ImportRow::CorporateAction(Box::new(corporate_action(*details, (when()?.day, &security, portfolio))?))
        }
        Action::CashInLieu(amount) => {
            let (date, symbol) = (when()?.day, symbol(&security)?);
            ImportRow::CashInLieu(CashInLieuRow { date, symbol, amount, portfolio, id, currency })
        }
        Action::Price(price) => {
            ImportRow::Price(PriceRow { date: when()?.day, symbol: symbol(&security)?, price, currency })
        }
    };
    Ok(Outcome::Row(row))
}

/// A corporate action that has to be entered by hand.
fn corporate_action(
    CorporateActionDetails { action, kind, shares, new, cash, spun_off }: CorporateActionDetails,
    (date, security, portfolio): (Day, &Security, Option<PortfolioName>),
) -> Result<CorporateActionRow, Fault> {
    let shares = shares.and_then(|shares| {
        let direction = if shares.is_negative() { Direction::Left } else { Direction::Came };
        Some((Quantity::try_from(shares.abs()).ok()?, direction))
    });
    let new = new.map(|(new, shares)| Ok::<_, Fault>((symbol(&new)?, shares))).transpose()?;
    let spun_off = spun_off.map(|(old, ratio)| Ok::<_, Fault>((symbol(&old)?, ratio))).transpose()?;
    Ok(CorporateActionRow { date, symbol: symbol(security)?, action, kind, shares, new, cash, spun_off, portfolio })
}

/// A purchase or a sale.
fn traded(
    When { day: date, time, instant }: When,
    (symbol, currency): (Symbol, Option<CurrencyMark>),
    (portfolio, note, id): (Option<PortfolioName>, Option<Note>, Option<ExternalId>),
    TradeDetails { side, quantity, consideration, fee, settled, charged, lots, as_of, .. }: TradeDetails,
) -> Result<TradeRow, Fault> {
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

fn opening_lot(
    When { day: date, time, instant }: When,
    (symbol, currency): (Symbol, Option<CurrencyMark>),
    (portfolio, note, id): (Option<PortfolioName>, Option<Note>, Option<ExternalId>),
    OpeningDetails { quantity, cost, fee, as_of, settled, charged, is_transferred: _ }: OpeningDetails,
) -> Result<TradeRow, Fault> {
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

/// A dividend.
fn received(
    When { day: date, time, instant }: When,
    (symbol, currency): (Symbol, Option<CurrencyMark>),
    (portfolio, note, id): (Option<PortfolioName>, Option<Note>, Option<ExternalId>),
    DividendDetails { amount, withholding, settled, paid, ex_date, exchanged }: DividendDetails,
) -> DividendRow {
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
fn transfer(
    When { day: date, time, instant }: When,
    (symbol, quantity, currency): (Symbol, Quantity, Option<CurrencyMark>),
    (portfolio, to): (Option<PortfolioName>, Option<PortfolioName>),
    (lots, id): (Option<String>, Option<ExternalId>),
) -> Result<TransferRow, Fault> {
    let (lots, to) = (chosen(lots)?, to.map_or(Destination::Outside, Destination::Portfolio));
    Ok(TransferRow { date, time, instant, symbol, quantity, portfolio, to, lots, id, currency })
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
