//! How a sale's realized gain is derived.

use std::collections::HashMap;

use crate::app::record::BookRecord;
use crate::app::reports::read_model::{ReadModel, StockEntries};
use crate::app::{AppError, known_portfolio, known_record};
use crate::domain::{
    CostBasisMethod, Disposal, DomainError, Entry, EntryKind, ExternalId, GainTotals, LotKey, Money, PortfolioName,
    Position, PositionKey, PositionTotals, Shares, Symbol, TransactionId, TransactionType, shell_word,
};
use crate::store::{Reader, TransactionRow};

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

/// A lot that a sale took, all or in part.
#[derive(Debug, Clone)]
pub struct LotExplanation {
    /// What the sale realized on it.
    pub disposal: Disposal,
    /// Its purchase; `None` if a conversion created it.
    pub purchase: Option<TransactionRow>,
    /// The steps that changed it before the sale, including the purchase.
    pub steps: Vec<LotStep>,
    /// Its exact number of shares before the sale.
    pub quantity: Shares,
    /// These shares as displayed.
    pub shown: Shares,
    /// Their cost.
    pub cost_basis: Money,
    /// The exact number of shares that the sale took.
    pub taken: Shares,
}

impl LotExplanation {
    /// The amount of its purchase, before fees.
    #[must_use]
    pub fn purchase_amount(&self) -> Option<Money> {
        self.purchase.as_ref().and_then(TransactionRow::gross_amount)
    }
}

/// A change of a lot, in one portfolio.
#[derive(Debug, Clone)]
pub struct LotStep {
    /// What changed it.
    pub entry: Entry,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// The stock: conversions change it.
    pub symbol: Symbol,
    /// The exact number of its shares afterwards.
    pub quantity: Shares,
    /// These shares as displayed.
    pub shown: Shares,
    /// Their cost.
    pub cost_basis: Money,
}

impl LotStep {
    fn is_of(&self, position: &PositionKey) -> bool {
        self.portfolio == position.portfolio && self.symbol == position.symbol
    }
}

/// Explains the realized gain of a sale.
///
/// # Errors
/// If the id is unknown or ambiguous, if it is not that of a sale that counts, or if the book cannot be
/// read.
pub fn explain_gain(
    reader: Reader<'_>,
    id: &ExternalId,
    owner: Option<&PortfolioName>,
) -> Result<SaleExplanation, AppError> {
    let owner = owner.map(|name| known_portfolio(reader, name)).transpose()?;
    let sale = sale(reader, known_record(reader, id, owner.as_ref())?)?;
    let model = ReadModel::new(reader, Some(sale.trade_date), None)?;
    let stock = model.stock(&sale.symbol)?;
    let portfolio = model.portfolio(&sale.portfolio)?;
    let key = stock.position_in(&portfolio);
    let entries = model.entries(&stock, &portfolio.name().into())?;

    let (disposals, places) = disposals(entries.clone(), &key, &sale)?;
    let mut trace = Trace::of(places);
    let mut before = PositionTotals::default();
    entries.positions_watched(&mut |entry, positions| {
        let seller = positions.iter().find(|position| *position.key() == key);
        if trace.is_over || entry.id == sale.transaction_id {
            return trace.end(seller);
        }
        before = seller.map_or(before.clone(), |position| position.totals().clone());
        // The side of a conversion that gave shares comes before the side that received them.
        let (of_stock, others): (Vec<_>, Vec<_>) = positions.iter().partition(|it| it.key().stock_id == entry.stock);
        of_stock.into_iter().chain(others).for_each(|position| trace.see(entry, position));
    })?;

    let mut lots = Vec::with_capacity(disposals.len());
    for disposal in &disposals {
        let steps = trace.steps.remove(&disposal.lot_id).unwrap_or_default();
        let last = steps.iter().rev().find(|step| step.is_of(&key));
        let (quantity, cost_basis) =
            last.map_or((Shares::ZERO, Money::ZERO), |step| (step.quantity.clone(), step.cost_basis));
        let (kept, shown) = trace.kept.remove(&disposal.lot_id).unwrap_or_default();
        let (taken, shown) = (quantity.minus(&kept)?, shown.plus(&disposal.quantity)?);
        let purchase = reader.transactions().find(disposal.lot_id)?;
        if purchase.is_none() && reader.conversions().find(disposal.lot_id)?.is_none() {
            return Err(AppError::damaged(&format!("the purchase {} is not there", disposal.lot_id)));
        }
        lots.push(LotExplanation { disposal: disposal.clone(), purchase, steps, quantity, shown, cost_basis, taken });
    }
    let totals = GainTotals::sum(&disposals)?;
    Ok(SaleExplanation { sale, method: portfolio.cost_basis_method(), before, lots, totals })
}

/// The sale with this id.
fn sale(reader: Reader<'_>, id: TransactionId) -> Result<TransactionRow, AppError> {
    let others = |symbol: &Symbol| {
        let symbol = shell_word(symbol.as_str());
        format!(
            "`stockbook transactions --type sell` lists the sales; `stockbook explain holding {symbol}` shows what the \
             others do"
        )
    };
    let refuse = |what: String, hint: String| Err(DomainError::NotASale { what, hint }.into());
    let elsewhere = |symbol: &Symbol| {
        let symbol = shell_word(symbol.as_str());
        format!("`stockbook gains --by lot` shows what it realized; `stockbook explain holding {symbol}` where it led")
    };
    match BookRecord::find(reader, id)? {
        BookRecord::Transaction(row) if row.transaction_type == TransactionType::ReturnCapital => refuse(
            format!("{id} is not a sale but the return of capital of {} on {}", row.symbol, row.trade_date),
            elsewhere(&row.symbol),
        ),
        BookRecord::Transaction(row) if row.transaction_type != TransactionType::Sell => {
            let what = match row.transaction_type {
                TransactionType::Buy => "purchase",
                TransactionType::Dividend => "dividend",
                TransactionType::Sell
                | TransactionType::ReturnCapital
                | TransactionType::Split
                | TransactionType::SpinOff
                | TransactionType::Exchange
                | TransactionType::AdjustCost => "transaction",
                TransactionType::TransferIn | TransactionType::TransferOut => "transfer",
            };
            refuse(format!("{id} is a {what} of {}: it realizes no gain", row.symbol), others(&row.symbol))
        }
        BookRecord::Transaction(row) if row.voided_at.is_some() => refuse(
            format!("the sale {id} is voided: it realizes no gain"),
            format!("`stockbook history {id}` shows its history"),
        ),
        BookRecord::Transaction(row) => Ok(row),
        BookRecord::Conversion(row) => refuse(
            format!("{id} is not a sale but the {} of {} on {}", row.kind.noun(), row.stock.1, row.effective_date),
            elsewhere(&row.new_stock.1),
        ),
        BookRecord::Split(split) => {
            refuse(format!("{id} is a split of {}: it realizes no gain", split.symbol), others(&split.symbol))
        }
    }
}

/// What a sale realizes, recomputed, and the places of the lots that it takes.
fn disposals(
    entries: StockEntries,
    key: &PositionKey,
    sale: &TransactionRow,
) -> Result<(Vec<Disposal>, Places), DomainError> {
    let mut places = Vec::new();
    let positions = entries.positions_watched(&mut |entry, _| {
        if matches!(entry.kind, EntryKind::Purchase { .. } | EntryKind::Conversion(_)) {
            places.push((entry.id, entry.lot_key()));
        }
    })?;
    let position = positions.into_iter().find(|position| position.key() == key);
    let mut disposals = position.map(|mut position| position.pull_disposals()).unwrap_or_default();
    disposals.retain(|disposal| disposal.sale_id == sale.transaction_id);
    places.retain(|(id, _)| disposals.iter().any(|disposal| disposal.lot_id == *id));
    Ok((disposals, places))
}

/// The places of lots.
type Places = Vec<(TransactionId, LotKey)>;

/// Traces what happens to some lots.
struct Trace {
    places: Places,
    steps: HashMap<TransactionId, Vec<LotStep>>,
    /// The exact shares that the sale left, and those as displayed.
    kept: HashMap<TransactionId, (Shares, Shares)>,
    /// Whether the sale is over.
    is_over: bool,
}

impl Trace {
    fn of(places: Places) -> Self {
        Self { places, steps: HashMap::new(), kept: HashMap::new(), is_over: false }
    }

    /// Records the position after the sale.
    fn end(&mut self, seller: Option<&Position>) {
        if std::mem::replace(&mut self.is_over, true) {
            return;
        }
        let kept = |key| Some((seller?.holding().lots().get(key)?.quantity.clone(), seller?.holding().shown_of(key)));
        self.kept = self.places.iter().filter_map(|(lot_id, key)| Some((*lot_id, kept(*key)?))).collect();
    }

    fn see(&mut self, entry: &Entry, position: &Position) {
        let key = position.key();
        for (lot_id, place) in &self.places {
            let steps = self.steps.entry(*lot_id).or_default();
            let before = steps.iter().rev().find(|step| step.is_of(key));
            let before = before.map_or((Shares::ZERO, Money::ZERO), |step| (step.quantity.clone(), step.cost_basis));
            let lot = position.holding().lots().get(*place);
            let now = lot.map_or((Shares::ZERO, Money::ZERO), |lot| (lot.quantity.clone(), lot.cost_basis));
            if now != before {
                let (entry, shown) = (entry.clone(), position.holding().shown_of(*place));
                let (portfolio, symbol) = (key.portfolio.clone(), key.symbol.clone());
                steps.push(LotStep { entry, portfolio, symbol, quantity: now.0, shown, cost_basis: now.1 });
            }
        }
    }
}
