//! Buying and selling.

use super::fees::with_known_fee;
use super::lookup::held_elsewhere;
use super::picking::{LotChoice, picked_lots};
use super::preview::{Preview, previews};
use super::record::BookRecord;
use super::rematch::{Cause, ReorderedDay, rematch_stale};
use super::same_record::{Asked, NewId};
use super::session::Mode;
use super::{AppError, known_portfolio, known_stock};
use crate::domain::{
    Cash, Consideration, Day, Disposal, ExternalId, Fee, GainTotals, LotsNeeded, Money, Note, PickedLot, Portfolio,
    PortfolioName, PositionTotals, PriceInForce, Quantity, RematchedSale, Side, Stock, Symbol, TimeOfDay, TooLarge,
    Trade, TransactionId, TransactionType,
};
use crate::store::{TransactionRow, UnitOfWork};

/// The terms of a purchase or sale. `None` means not given.
#[derive(Debug, Clone)]
pub struct TradeTerms {
    /// Purchase or sale.
    pub side: Side,
    /// The stock.
    pub symbol: Symbol,
    /// The portfolio.
    pub portfolio: PortfolioName,
    /// Shares that change hands.
    pub quantity: Quantity,
    /// Price or amount, before fees.
    pub consideration: Consideration,
    /// The broker's fee; none unless given.
    pub fee: Option<Fee>,
    /// The day of the trade; today unless given.
    pub date: Option<Day>,
    /// The time of the trade.
    pub time: Option<TimeOfDay>,
    /// The user's note.
    pub note: Option<Note>,
    /// The lots that a sale takes.
    pub lots: Vec<LotChoice>,
    /// For an opening lot: the day as of which the quantity counts shares.
    pub as_of: Option<Day>,
    /// The settlement amount in the account's currency.
    pub settled: Option<Cash>,
    /// The fee as it was charged, if that was in a currency other than the stock's.
    pub charged: Option<Cash>,
}

impl TradeTerms {
    /// The trade itself, on `day` unless another one was given.
    pub(super) fn trade(&self, NewId { id, identity }: NewId, day: Day, picked: Vec<PickedLot>) -> Trade {
        Trade {
            id,
            identity,
            side: self.side,
            date: self.date.unwrap_or(day),
            time: self.time,
            quantity: self.quantity,
            consideration: self.consideration,
            fee: self.fee.unwrap_or(Fee::ZERO),
            note: self.note.clone(),
            picked,
            replaces: None,
            as_of: self.as_of,
            settled: self.settled,
            charged: self.charged,
        }
    }

    /// The same, for comparison with a record.
    pub(super) fn asked<'a>(&'a self, picked: &'a [PickedLot]) -> Asked<'a> {
        Asked {
            portfolio: Some(&self.portfolio),
            quantity: Some(self.quantity),
            consideration: Some(self.consideration),
            fee: self.fee,
            date: self.date,
            time: self.time,
            note: self.note.as_ref(),
            picked,
            as_of: self.as_of,
            settled: self.settled,
            charged: self.charged,
            ..Asked::new(self.side.into(), &self.symbol)
        }
    }
}

/// A purchase or sale that a user requests.
#[derive(Debug, Clone)]
pub struct TradeRequest {
    /// The terms.
    pub terms: TradeTerms,
    /// The user's own id.
    pub id: Option<ExternalId>,
    /// The id that the transaction gets if the user has none.
    pub fresh_id: TransactionId,
    /// Today.
    pub today: Day,
    /// Whether to record it.
    pub mode: Mode,
}

/// A trade as it was recorded, and its consequences.
#[derive(Debug, Clone)]
pub struct TradeReceipt {
    /// The transaction.
    pub transaction: TransactionRow,
    /// What a sale realized, lot by lot.
    pub disposals: Vec<Disposal>,
    /// The totals of the position now.
    pub position: PositionTotals,
    /// Sales whose realized gain changes because of it.
    pub rematched: Vec<RematchedSale>,
    /// The days on which it put purchases before the sales that need them.
    pub reordered: Vec<ReorderedDay>,
    /// What a sale would realize under every method; only in a dry run.
    pub previews: Vec<Preview>,
    /// The latest price recorded on or before its day; `None` for a trade that had already been recorded.
    pub last_price: Option<PriceInForce>,
}

impl TradeReceipt {
    /// The receipt of a trade that has already been recorded.
    pub(super) fn of_recorded(
        unit: &mut UnitOfWork<'_>,
        transaction: TransactionRow,
        (portfolio, stock): (&Portfolio, &Stock),
    ) -> Result<Self, AppError> {
        let disposals = unit.reader().transactions().disposals(transaction.transaction_id)?;
        let position = unit.current_totals(portfolio, stock)?;
        Ok(Self {
            transaction,
            disposals,
            position,
            rematched: Vec::new(),
            reordered: Vec::new(),
            previews: Vec::new(),
            last_price: None,
        })
    }

    /// The total gain of a sale; `None` for a purchase.
    ///
    /// # Errors
    /// If the sum has more digits than a book can hold, which is not the case for a recorded sale.
    pub fn realized_gain(&self) -> Result<Option<Money>, TooLarge> {
        let is_sale = self.transaction.transaction_type == TransactionType::Sell;
        is_sale.then(|| GainTotals::sum(&self.disposals).map(|sum| sum.gain)).transpose()
    }
}

/// Executes a purchase or sale; if it has already been recorded under the same id, returns that record.
///
/// # Errors
/// If the symbol or portfolio is unknown, if more would be sold than is held, on that day or by a later
/// sale, if its id belongs to another record, or if the book cannot be read or written.
pub fn execute_trade(unit: &mut UnitOfWork<'_>, request: &TradeRequest) -> Result<TradeReceipt, AppError> {
    let TradeRequest { terms, id: given, fresh_id, today, mode } = request;
    let portfolio = known_portfolio(unit.reader(), &terms.portfolio)?;
    let stock = known_stock(unit.reader(), &terms.symbol)?;
    let picked = picked_lots(unit.reader(), &portfolio, &terms.lots, &terms.symbol, terms.quantity)?;
    if let Some(given) = given
        && let Some(BookRecord::Transaction(transaction)) =
            terms.asked(&picked).recorded::<AppError>(unit, given, portfolio.id())?
    {
        return TradeReceipt::of_recorded(unit, transaction, (&portfolio, &stock));
    }
    let new = NewId::given::<AppError>(unit, given.as_ref(), portfolio.id(), *fresh_id)?;
    let id = new.id;
    let trade = with_known_fee(unit.reader(), &stock, terms.trade(new, *today, picked))?;
    let previews = match (mode, terms.side) {
        (Mode::DryRun, Side::Sell) => previews(unit, &portfolio, &stock, &trade)?,
        (Mode::DryRun | Mode::Record, _) => Vec::new(),
    };
    let lots = match terms.side {
        Side::Buy => LotsNeeded::None,
        Side::Sell if *mode == Mode::DryRun => LotsNeeded::All,
        Side::Sell => LotsNeeded::for_sale(portfolio.cost_basis_method(), terms.quantity, &trade.picked),
    };
    let executed = unit.with_position(&portfolio, &stock, lots, |position, place| {
        position.execute(&trade, place).map_err(AppError::from)
    });
    executed.map_err(|error| held_elsewhere(unit, &stock, error))?;
    let mut rematched = rematch_stale(unit, &stock, Cause::transaction(id, trade.date))?;
    let sales = std::mem::take(&mut rematched.sales);
    let reordered = rematched.reordered_on(trade.date);
    let transaction =
        unit.reader().transactions().find(id)?.ok_or_else(|| AppError::damaged("the transaction is not there"))?;
    let disposals = match terms.side {
        Side::Buy => Vec::new(),
        Side::Sell => unit.reader().transactions().disposals(id)?,
    };
    let position = unit.current_totals(&portfolio, &stock)?;
    // A price that cannot be expressed in shares of that day is not compared.
    let last_price = unit.reader().prices().in_force(&stock, trade.date, trade.date).unwrap_or_default();
    Ok(TradeReceipt { transaction, disposals, position, rematched: sales, reordered, previews, last_price })
}
