//! What a conversion or a return of capital realizes.

use std::collections::BTreeSet;

use super::trace::{LotExplanation, Traced, trace};
use crate::app::AppError;
use crate::app::record::BookRecord;
use crate::app::reports::read_model::ReadModel;
use crate::domain::{
    ConversionKind, CostBasisMethod, Currency, DomainError, ExchangeRule, GainTotals, PaidLot, Portfolio,
    PortfolioName, PositionTotals, Symbol, shell_word,
};
use crate::store::{Reader, SaleGain};

/// How what a conversion or a return of capital realized is derived.
#[derive(Debug, Clone)]
pub struct RecordExplanation {
    /// The record.
    pub record: BookRecord,
    /// The positions in which it realized something, by portfolio.
    pub parts: Vec<RealizedPart>,
    /// The totals of all.
    pub totals: GainTotals,
}

/// What it realized in one position.
#[derive(Debug, Clone)]
pub struct RealizedPart {
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock.
    pub symbol: Symbol,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The cost basis method of the portfolio.
    pub method: CostBasisMethod,
    /// By what it was realized.
    pub by: RealizedBy,
    /// The position before that.
    pub before: PositionTotals,
    /// What was paid for each lot that was held; none of a fraction.
    pub paid: Vec<PaidLot>,
    /// The lots of which something was realized.
    pub lots: Vec<LotExplanation>,
    /// The totals.
    pub totals: GainTotals,
}

/// By what something is realized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RealizedBy {
    /// The cash and the new shares of an exchange, by its rule.
    Exchange(ExchangeRule),
    /// The cash for the fraction of a new share.
    CashInLieu,
    /// Capital that was returned, beyond the cost.
    ReturnOfCapital,
}

impl RealizedBy {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exchange(rule) => rule.as_str(),
            Self::CashInLieu => "cash_in_lieu",
            Self::ReturnOfCapital => "return_of_capital",
        }
    }
}

impl RealizedPart {
    /// What was paid for a lot.
    #[must_use]
    pub fn paid_for(&self, lot: &LotExplanation) -> Option<&PaidLot> {
        self.paid.iter().find(|paid| paid.lot.lot_id == lot.disposal.lot_id)
    }
}

impl RecordExplanation {
    /// What was realized, position by position.
    pub(super) fn by_position(&self) -> Vec<SaleGain> {
        let of_part = |part: &RealizedPart| SaleGain {
            portfolio: part.portfolio.clone(),
            symbol: part.symbol.clone(),
            currency: part.currency,
            sale_id: self.record.id(),
            sold_on: self.record.date(),
            disposals: part.lots.iter().map(|lot| lot.disposal.clone()).collect(),
        };
        self.parts.iter().map(of_part).collect()
    }
}

/// Explains what a conversion or a return of capital realized, in all portfolios or in one.
///
/// # Errors
/// [`DomainError::NotASale`] if it realized nothing there; or if the book cannot be read.
pub(super) fn explain_record(
    reader: Reader<'_>,
    record: BookRecord,
    only: Option<&Portfolio>,
) -> Result<RecordExplanation, AppError> {
    let mut positions: Vec<(PortfolioName, Symbol)> = Vec::new();
    match &record {
        BookRecord::Conversion(row) => {
            for gain in reader.transactions().realized_by_conversion(row.conversion_id)? {
                let position = (gain.portfolio, gain.symbol);
                if !positions.contains(&position) {
                    positions.push(position);
                }
            }
        }
        BookRecord::Transaction(row) if !reader.transactions().disposals(row.transaction_id)?.is_empty() => {
            positions.push((row.portfolio.clone(), row.symbol.clone()));
        }
        BookRecord::Transaction(_) | BookRecord::Split(_) => {}
    }
    if positions.is_empty() {
        return Err(nothing_realized(&record).into());
    }
    if let Some(only) = only {
        let all: BTreeSet<&str> = positions.iter().map(|(portfolio, _)| portfolio.as_str()).collect();
        if !all.contains(only.name().as_str()) {
            return Err(realized_elsewhere(&record, only, all).into());
        }
        positions.retain(|(portfolio, _)| only.name() == portfolio);
    }
    let parts = positions.iter().map(|position| explained(reader, &record, position));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let totals = GainTotals::sum(parts.iter().flat_map(|part| &part.lots).map(|lot| &lot.disposal))?;
    Ok(RecordExplanation { record, parts, totals })
}

fn explained(
    reader: Reader<'_>,
    record: &BookRecord,
    (portfolio, symbol): &(PortfolioName, Symbol),
) -> Result<RealizedPart, AppError> {
    let model = ReadModel::new(reader, Some(record.date()), None)?;
    let (stock, portfolio) = (model.stock(symbol)?, model.portfolio(portfolio)?);
    let entries = model.entries(&stock, &portfolio.name().into())?;
    let Traced { lots, before, holding } = trace(reader, entries, &stock.position_in(&portfolio), record.id())?;
    let (by, paid) = match (record, holding) {
        (BookRecord::Conversion(row), Some(holding)) => {
            let rule = row.terms.rule.unwrap_or(ExchangeRule::CarryOver);
            (RealizedBy::Exchange(rule), PaidLot::by_exchange(&holding, &row.terms)?)
        }
        (BookRecord::Transaction(row), Some(holding)) => {
            (RealizedBy::ReturnOfCapital, PaidLot::by_return(&holding, row.total_amount)?)
        }
        (BookRecord::Conversion(_) | BookRecord::Transaction(_) | BookRecord::Split(_), _) => {
            (RealizedBy::CashInLieu, Vec::new())
        }
    };
    let totals = GainTotals::sum(lots.iter().map(|lot| &lot.disposal))?;
    Ok(RealizedPart {
        portfolio: portfolio.name().clone(),
        symbol: symbol.clone(),
        currency: stock.profile().currency,
        method: portfolio.cost_basis_method(),
        by,
        before,
        paid,
        lots,
        totals,
    })
}

/// A record and its day: `3b668ed7-…, the exchange of NEW on 2021-06-01,`.
fn told(record: &BookRecord) -> String {
    let what = match record {
        BookRecord::Conversion(row) => row.kind.noun(),
        BookRecord::Transaction(_) | BookRecord::Split(_) => "return of capital",
    };
    format!("{}, the {what} of {} on {},", record.id(), record.symbol(), record.date())
}

fn nothing_realized(record: &BookRecord) -> DomainError {
    let (why, led_to) = match record {
        BookRecord::Conversion(row) => match row.kind {
            ConversionKind::SpinOff => ("a part of the cost goes over", &row.new_stock.1),
            ConversionKind::Exchange => ("the cost goes over", &row.new_stock.1),
        },
        BookRecord::Transaction(_) | BookRecord::Split(_) => ("it is not more than the cost", record.symbol()),
    };
    let hint = format!("`stockbook explain holding {}` shows what it did to the lots", shell_word(led_to.as_str()));
    DomainError::NotASale { what: format!("{} realizes no gain: {why}", told(record)), hint }
}

fn realized_elsewhere(record: &BookRecord, only: &Portfolio, all: BTreeSet<&str>) -> DomainError {
    let hint = match all.into_iter().collect::<Vec<_>>().as_slice() {
        [one] => format!("it realizes one in portfolio {one}: choose it with --portfolio {}", shell_word(one)),
        several => format!("it realizes one in the portfolios {}: choose one with --portfolio", several.join(", ")),
    };
    DomainError::NotASale { what: format!("{} realizes no gain in portfolio {}", told(record), only.name()), hint }
}
