//! How realized gains are derived: of a sale, or of another record that realizes something.

use super::realized::{RecordExplanation, explain_record};
use super::trace::{LotExplanation, Traced, trace};
use crate::app::record::BookRecord;
use crate::app::reports::read_model::ReadModel;
use crate::app::{AppError, known_portfolio, known_record};
use crate::domain::{
    CostBasisMethod, Day, DomainError, ExternalId, GainTotals, Portfolio, PortfolioName, PositionTotals, Symbol,
    TransactionType, shell_word,
};
use crate::store::{Reader, SaleGain, TransactionRow};

/// How realized gains are derived.
#[derive(Debug, Clone)]
pub enum GainExplanation {
    /// Those of a sale.
    Sale(SaleExplanation),
    /// Those of a conversion or of a return of capital.
    Record(RecordExplanation),
}

impl GainExplanation {
    /// The day on which they were realized.
    #[must_use]
    pub fn date(&self) -> Day {
        match self {
            Self::Sale(sale) => sale.sale.trade_date,
            Self::Record(record) => record.record.date(),
        }
    }

    /// What was realized, position by position.
    pub(super) fn by_position(&self) -> Vec<SaleGain> {
        match self {
            Self::Sale(SaleExplanation { sale, lots, .. }) => vec![SaleGain {
                portfolio: sale.portfolio.clone(),
                symbol: sale.symbol.clone(),
                currency: sale.currency,
                sale_id: sale.transaction_id,
                sold_on: sale.trade_date,
                disposals: lots.iter().map(|lot| lot.disposal.clone()).collect(),
            }],
            Self::Record(record) => record.by_position(),
        }
    }
}

/// How a sale's realized gain is derived.
#[derive(Debug, Clone)]
pub struct SaleExplanation {
    /// The sale.
    pub sale: TransactionRow,
    /// The cost basis method of its portfolio.
    pub method: CostBasisMethod,
    /// The position before the sale.
    pub before: PositionTotals,
    /// The lots that it took, in the order in which they left.
    pub lots: Vec<LotExplanation>,
    /// The totals.
    pub totals: GainTotals,
}

/// Explains what a sale, a conversion or a return of capital realized.
///
/// # Errors
/// If the id is unknown or ambiguous, if it is not that of a record that counts and that realizes something,
/// in the portfolio `owner` if it is given, or if the book cannot be read.
pub fn explain_gain(
    reader: Reader<'_>,
    id: &ExternalId,
    owner: Option<&PortfolioName>,
) -> Result<GainExplanation, AppError> {
    let owner = owner.map(|name| known_portfolio(reader, name)).transpose()?;
    let record = named(reader, id, owner.as_ref())?;
    let sale = match realizing(record)? {
        BookRecord::Transaction(row) if row.transaction_type == TransactionType::Sell => row,
        record @ (BookRecord::Transaction(_) | BookRecord::Conversion(_) | BookRecord::Split(_)) => {
            return Ok(GainExplanation::Record(explain_record(reader, record, owner.as_ref())?));
        }
    };
    let model = ReadModel::new(reader, Some(sale.trade_date), None)?;
    let stock = model.stock(&sale.symbol)?;
    let portfolio = model.portfolio(&sale.portfolio)?;
    let entries = model.entries(&stock, &portfolio.name().into())?;
    let Traced { lots, before, .. } = trace(reader, entries, &stock.position_in(&portfolio), sale.transaction_id)?;
    let totals = GainTotals::sum(lots.iter().map(|lot| &lot.disposal))?;
    Ok(GainExplanation::Sale(SaleExplanation { sale, method: portfolio.cost_basis_method(), before, lots, totals }))
}

/// The record with this id. A conversion may concern another portfolio than the one within which its id was given.
fn named(reader: Reader<'_>, id: &ExternalId, owner: Option<&Portfolio>) -> Result<BookRecord, AppError> {
    let refused = match known_record(reader, id, owner) {
        Ok(found) => return BookRecord::find(reader, found),
        Err(error) => error,
    };
    let elsewhere = known_record(reader, id, None).and_then(|found| BookRecord::find(reader, found));
    elsewhere.ok().filter(|record| matches!(record, BookRecord::Conversion(_))).ok_or(refused)
}

/// Refuses a record that cannot realize anything, or does not count.
fn realizing(record: BookRecord) -> Result<BookRecord, DomainError> {
    let id = record.id();
    let refuse = |what: String, hint: String| Err(DomainError::NotASale { what, hint });
    let others = |symbol: &Symbol| {
        let symbol = shell_word(symbol.as_str());
        format!(
            "`stockbook transactions --type sell` lists the sales; `stockbook explain holding {symbol}` shows what the \
             others do"
        )
    };
    let voided = |noun: &str| {
        refuse(
            format!("the {noun} {id} is voided: it realizes no gain"),
            format!("`stockbook history {id}` shows its history"),
        )
    };
    let is_voided = record.is_voided();
    let noun = match &record {
        BookRecord::Split(_) => "split",
        BookRecord::Conversion(row) if is_voided => return voided(row.kind.noun()),
        BookRecord::Conversion(_) => return Ok(record),
        BookRecord::Transaction(row) => match row.transaction_type {
            TransactionType::Sell if is_voided => return voided("sale"),
            TransactionType::ReturnCapital if is_voided => return voided("return of capital"),
            TransactionType::Sell | TransactionType::ReturnCapital => return Ok(record),
            TransactionType::Buy => "purchase",
            TransactionType::Dividend => "dividend",
            TransactionType::Split
            | TransactionType::SpinOff
            | TransactionType::Exchange
            | TransactionType::AdjustCost => "transaction",
            TransactionType::TransferIn | TransactionType::TransferOut => "transfer",
        },
    };
    refuse(format!("{id} is a {noun} of {}: it realizes no gain", record.symbol()), others(record.symbol()))
}
