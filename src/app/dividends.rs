//! Dividends.

mod foreign;

pub use foreign::PaidIn;

use foreign::Foreign;

use super::held_shares::{held_as_known, held_before};
use super::record::BookRecord;
use super::same_record::{self, Asked, NewId};
use super::{AppError, known_portfolio, known_stock};
use crate::domain::{
    Cash, Consideration, Day, Dividend, DomainError, ExternalId, LotsNeeded, Moment, Money, Note, Portfolio,
    PortfolioName, PositionTotals, Price, Shares, SplitRatio, Stock, Symbol, TimeOfDay, TransactionId, TransactionType,
};
use crate::store::{TransactionRow, UnitOfWork};

/// What was paid, before taxes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payment {
    /// The total amount.
    Total(Money),
    /// The amount for each share held before the ex-date, which is the payment day unless given. Shares are
    /// counted after a split or conversion on that day, and after the sale of the fraction that it left,
    /// because a dividend with that ex-date is declared for new shares.
    PerShare(Price),
}

impl Payment {
    /// The total amount, and what it was computed from.
    ///
    /// # Errors
    /// Whatever error `held` returns; `nothing` if no share is held, and `too_large` if the amount has
    /// too many digits.
    pub(super) fn in_all(
        self,
        before: Day,
        held: impl FnOnce() -> Result<Shares, AppError>,
        nothing: DomainError,
        too_large: DomainError,
    ) -> Result<(Money, Option<Claim>), AppError> {
        let per_share = match self {
            Self::Total(amount) => return Ok((amount, None)),
            Self::PerShare(per_share) => per_share,
        };
        let shares = held()?;
        if shares.is_zero() {
            return Err(nothing.into());
        }
        let amount = per_share.value(&shares, &SplitRatio::NONE).map_err(|_| too_large)?;
        Ok((amount, Some(Claim { per_share, shares, before })))
    }
}

/// A dividend that a user records. `None` means not given.
#[derive(Debug, Clone)]
pub struct DividendRequest {
    /// The stock.
    pub symbol: Symbol,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// What was paid.
    pub payment: Payment,
    /// The currency in which payment and tax are given; the stock's unless given.
    pub paid_in: Option<PaidIn>,
    /// The tax withheld; none unless given.
    pub withholding: Option<Money>,
    /// The amount received in the account's currency, net of withholding.
    pub settled: Option<Cash>,
    /// The payment day; today unless given.
    pub date: Option<Day>,
    /// The ex-date: the first day on which a buyer is not entitled to it.
    pub ex_date: Option<Day>,
    /// The time of the payment.
    pub time: Option<TimeOfDay>,
    /// The user's note.
    pub note: Option<Note>,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The id that it gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
}

/// A dividend as it was recorded.
#[derive(Debug, Clone)]
pub struct DividendReceipt {
    /// The transaction.
    pub transaction: TransactionRow,
    /// What its amount was computed from; `None` if the amount was given.
    pub claim: Option<Claim>,
    /// The totals of the position now.
    pub position: PositionTotals,
}

/// An amount paid for each share held before a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The amount per share.
    pub per_share: Price,
    /// The shares.
    pub shares: Shares,
    /// The day before which they were held.
    pub before: Day,
}

/// Records a dividend; if it has already been recorded under the same id, returns that record.
///
/// # Errors
/// If the symbol or portfolio is unknown, if it is per share and none was held, if its id belongs to
/// something else, or if the book cannot be read or written.
pub fn receive_dividend(unit: &mut UnitOfWork<'_>, request: &DividendRequest) -> Result<DividendReceipt, AppError> {
    let portfolio = known_portfolio(unit.reader(), &request.portfolio)?;
    let stock = known_stock(unit.reader(), &request.symbol)?;
    let foreign = Foreign::of(request.paid_in, &stock)?;
    if let Some(given) = &request.id
        && let Some((transaction, claim)) = recorded(unit, request, given, (&portfolio, &stock, foreign))?
    {
        let position = unit.current_totals(&portfolio, &stock)?;
        return Ok(DividendReceipt { transaction, claim, position });
    }
    let NewId { id, identity } = NewId::given::<AppError>(unit, request.id.as_ref(), portfolio.id(), request.fresh_id)?;
    let date = request.date.unwrap_or(request.today);
    let before = request.ex_date.unwrap_or(date);
    let (gross, claim) = paid(request, before, || held_before(unit, &portfolio, &stock, before))?;
    let (mut amount, mut withholding) = (gross, request.withholding.unwrap_or_default());
    if let Some(foreign) = foreign {
        let conversion = foreign.conversion(unit.reader(), date)?;
        let converted = |amount| {
            let figure = "the dividend";
            conversion.of(amount).map_err(|_| DomainError::TooLarge { figure, symbol: request.symbol.clone() })
        };
        (amount, withholding) = (converted(gross)?, converted(withholding)?);
    }
    let dividend = Dividend {
        id,
        identity,
        date,
        time: request.time,
        ex_date: request.ex_date,
        amount,
        withholding,
        note: request.note.clone(),
        replaces: None,
        paid: foreign.map(|foreign| foreign.cash(gross)),
        settled: request.settled,
    };
    unit.with_position(&portfolio, &stock, LotsNeeded::None, |position, place| {
        position.receive_dividend(&dividend, place).map_err(AppError::from)
    })?;
    let transaction =
        unit.reader().transactions().find(id)?.ok_or_else(|| AppError::damaged("the dividend is not there"))?;
    Ok(DividendReceipt { transaction, claim, position: unit.current_totals(&portfolio, &stock)? })
}

/// The dividend recorded under the request's id, and what its amount was computed from.
fn recorded(
    unit: &mut UnitOfWork<'_>,
    request: &DividendRequest,
    given: &ExternalId,
    (portfolio, stock, foreign): (&Portfolio, &Stock, Option<Foreign>),
) -> Result<Option<(TransactionRow, Option<Claim>)>, AppError> {
    let Some(record) = same_record::find::<AppError>(unit, given, portfolio.id())? else { return Ok(None) };
    let said = Asked {
        portfolio: Some(&request.portfolio),
        date: request.date,
        ex_date: request.ex_date,
        time: request.time,
        note: request.note.as_ref(),
        settled: request.settled,
        ..Asked::new(TransactionType::Dividend, &request.symbol)
    };
    said.check::<AppError>(unit, given, &record)?;
    let BookRecord::Transaction(row) = &record else { return Ok(None) };
    // A retry refers to the book as it was then, whatever has been recorded since.
    let before = row.ex_date.unwrap_or(row.trade_date);
    let (gross, claim) = paid(request, before, || {
        held_as_known(unit.flushed()?.as_known_before(row.sequence), portfolio, stock, (before, Moment::Conversion))
    })?;
    let (mut amount, mut withholding) = (gross, request.withholding);
    if let Some(foreign) = foreign {
        amount = foreign.recorded(row, gross)?;
        withholding = withholding.map(|withheld| foreign.recorded(row, withheld)).transpose()?;
    }
    let paid = foreign.map(|foreign| foreign.cash(gross));
    let said = Asked { consideration: Some(Consideration::Amount(amount)), withholding, paid, ..said };
    said.check::<AppError>(unit, given, &record)?;
    Ok(Some((row.clone(), claim)))
}

/// The gross amount, and what it was computed from.
fn paid(
    request: &DividendRequest,
    before: Day,
    held: impl FnOnce() -> Result<Shares, AppError>,
) -> Result<(Money, Option<Claim>), AppError> {
    let (symbol, portfolio) = (request.symbol.clone(), request.portfolio.clone());
    let nothing = DomainError::NothingHeld { symbol: symbol.clone(), portfolio, date: before };
    request.payment.in_all(before, held, nothing, DomainError::TooLarge { figure: "the dividend", symbol })
}
