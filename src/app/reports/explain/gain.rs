//! Explains the realized gains of a sale, a conversion or a return of capital.

use std::collections::BTreeSet;

use super::realizing::RealizingRecord;
use super::trace::{LotExplanation, Traced, trace};
use crate::app::record::BookRecord;
use crate::app::reports::read_model::ReadModel;
use crate::app::{AppError, known_portfolio, known_record, known_stock};
use crate::domain::{
    CostBasisMethod, Currency, ExchangeRule, ExternalId, GainTotals, Money, PaidLot, Portfolio, PortfolioName,
    PositionTotals, Shares, Symbol, TooLarge,
};
use crate::store::{Reader, SaleGain};

/// How the realized gains of a record are derived.
#[derive(Debug, Clone)]
pub struct GainExplanation {
    /// The record.
    pub record: RealizingRecord,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The positions in which it realized something, by portfolio; for a sale, the only one.
    pub parts: Vec<RealizedPart>,
    /// The totals of all positions.
    pub totals: GainTotals,
}

/// What a record realized in one position.
#[derive(Debug, Clone)]
pub struct RealizedPart {
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock.
    pub symbol: Symbol,
    /// The cost basis method of the portfolio.
    pub method: CostBasisMethod,
    /// How it was realized.
    pub by: RealizedBy,
    /// The totals of the position before that.
    pub before: PositionTotals,
    /// What was paid for each lot that was held; empty for a sale or the fraction of a share.
    pub paid: Vec<PaidLot>,
    /// The lots on which something was realized, in the order in which they left.
    pub lots: Vec<LotExplanation>,
    /// The totals.
    pub totals: GainTotals,
}

/// How a gain is realized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RealizedBy {
    /// The proceeds of a sale.
    Sale,
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
            Self::Sale => "sale",
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

    /// The shares of all lots that were sold, by a sale or as a fraction.
    ///
    /// # Errors
    /// If they have more digits than a book can hold.
    pub fn sold(&self) -> Result<Shares, TooLarge> {
        self.lots.iter().try_fold(Shares::ZERO, |sum, lot| sum.plus(&lot.taken))
    }

    /// The cost and the shares to which the sold part of a lot is proportional: those of the lot or, under
    /// average cost, those of the position.
    #[must_use]
    pub fn pool(&self, lot: &LotExplanation) -> (Money, Shares) {
        match self.method {
            CostBasisMethod::Average => (self.before.cost_basis, self.before.quantity.clone()),
            CostBasisMethod::Fifo | CostBasisMethod::Lifo | CostBasisMethod::Hifo => {
                (lot.cost_basis, lot.quantity.clone())
            }
        }
    }
}

impl GainExplanation {
    /// What was realized, position by position.
    pub(super) fn by_position(&self) -> Vec<SaleGain> {
        let of_part = |part: &RealizedPart| SaleGain {
            portfolio: part.portfolio.clone(),
            symbol: part.symbol.clone(),
            currency: self.currency,
            sale_id: self.record.id(),
            sold_on: self.record.date(),
            disposals: part.lots.iter().map(|lot| lot.disposal.clone()).collect(),
        };
        self.parts.iter().map(of_part).collect()
    }
}

/// Explains what a sale, a conversion or a return of capital realized, in all portfolios or in one.
///
/// # Errors
/// [`DomainError::NotASale`](crate::domain::DomainError::NotASale) if the record does not count or realizes
/// nothing (in the portfolio `owner`, if given); if the id is unknown or ambiguous; or if the book cannot be
/// read.
pub fn explain_gain(
    reader: Reader<'_>,
    id: &ExternalId,
    owner: Option<&PortfolioName>,
) -> Result<GainExplanation, AppError> {
    let owner = owner.map(|name| known_portfolio(reader, name)).transpose()?;
    let record = RealizingRecord::of(named(reader, id, owner.as_ref())?)?;
    let positions = positions(reader, &record, owner.as_ref())?;
    let parts = positions.iter().map(|position| explained(reader, &record, position));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    let totals = GainTotals::sum(parts.iter().flat_map(|part| &part.lots).map(|lot| &lot.disposal))?;
    let currency = known_stock(reader, record.symbol())?.profile().currency;
    Ok(GainExplanation { record, currency, parts, totals })
}

/// The record with this id. A conversion may concern portfolios other than the one within which its id was
/// given.
fn named(reader: Reader<'_>, id: &ExternalId, owner: Option<&Portfolio>) -> Result<BookRecord, AppError> {
    let refused = match known_record(reader, id, owner) {
        Ok(found) => return BookRecord::find(reader, found),
        Err(error) => error,
    };
    let elsewhere = known_record(reader, id, None).and_then(|found| BookRecord::find(reader, found));
    elsewhere.ok().filter(|record| matches!(record, BookRecord::Conversion(_))).ok_or(refused)
}

/// The positions in which a record may realize something, in all portfolios or in one. A sale has one
/// position, which its id determines, whatever portfolio is requested.
fn positions(
    reader: Reader<'_>,
    record: &RealizingRecord,
    only: Option<&Portfolio>,
) -> Result<Vec<(PortfolioName, Symbol)>, AppError> {
    let mut positions: Vec<(PortfolioName, Symbol)> = Vec::new();
    match record {
        RealizingRecord::Sale(row) => return Ok(vec![(row.portfolio.clone(), row.symbol.clone())]),
        RealizingRecord::ReturnOfCapital(row) => {
            if !reader.transactions().disposals(row.transaction_id)?.is_empty() {
                positions.push((row.portfolio.clone(), row.symbol.clone()));
            }
        }
        RealizingRecord::Conversion(row) => {
            for gain in reader.transactions().realized_by_conversion(row.conversion_id)? {
                let position = (gain.portfolio, gain.symbol);
                if !positions.contains(&position) {
                    positions.push(position);
                }
            }
        }
    }
    if positions.is_empty() {
        return Err(record.nothing_realized().into());
    }
    if let Some(only) = only {
        let all: BTreeSet<&str> = positions.iter().map(|(portfolio, _)| portfolio.as_str()).collect();
        if !all.contains(only.name().as_str()) {
            return Err(record.realized_elsewhere(only, all).into());
        }
        positions.retain(|(portfolio, _)| only.name() == portfolio);
    }
    Ok(positions)
}

/// What a record realized in a position, traced through the entries before it.
fn explained(
    reader: Reader<'_>,
    record: &RealizingRecord,
    (portfolio, symbol): &(PortfolioName, Symbol),
) -> Result<RealizedPart, AppError> {
    let model = ReadModel::new(reader, Some(record.date()), None)?;
    let (stock, portfolio) = (model.stock(symbol)?, model.portfolio(portfolio)?);
    let entries = model.entries(&stock, &portfolio.name().into())?;
    let Traced { lots, before, holding } = trace(reader, entries, &stock.position_in(&portfolio), record.id())?;
    let (by, paid) = match (record, holding) {
        (RealizingRecord::Sale(_), _) => (RealizedBy::Sale, Vec::new()),
        (RealizingRecord::ReturnOfCapital(row), holding) => {
            let paid = holding.map(|holding| PaidLot::by_return(&holding, row.total_amount)).transpose()?;
            (RealizedBy::ReturnOfCapital, paid.unwrap_or_default())
        }
        (RealizingRecord::Conversion(row), Some(holding)) => {
            let rule = row.terms.rule.unwrap_or(ExchangeRule::CarryOver);
            (RealizedBy::Exchange(rule), PaidLot::by_exchange(&holding, &row.terms)?)
        }
        (RealizingRecord::Conversion(_), None) => (RealizedBy::CashInLieu, Vec::new()),
    };
    let totals = GainTotals::sum(lots.iter().map(|lot| &lot.disposal))?;
    Ok(RealizedPart {
        portfolio: portfolio.name().clone(),
        symbol: symbol.clone(),
        method: portfolio.cost_basis_method(),
        by,
        before,
        paid,
        lots,
        totals,
    })
}
