//! Positions: one stock in one portfolio.

use super::lots::LotPart;
use super::{
    AggregateRoot, Currency, Day, DomainError, DomainEvent, Lot, Money, OpenLots, PortfolioId, PortfolioName,
    RaisedEvents, Shares, Side, StockId, Stream, Symbol, TooLarge, Trade, TransactionExecutedEvent, TransactionId,
    Version,
};

/// Which position: what its events and messages call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionKey {
    /// The portfolio.
    pub portfolio_id: PortfolioId,
    /// The portfolio's name.
    pub portfolio: PortfolioName,
    /// The stock.
    pub stock_id: StockId,
    /// The stock's symbol.
    pub symbol: Symbol,
    /// The stock's currency, in which all amounts of the position are.
    pub currency: Currency,
}

/// What a position comes to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PositionTotals {
    /// Shares held.
    pub quantity: Shares,
    /// The cost of the shares held, purchase fees included.
    pub cost_basis: Money,
    /// Gains and losses of all sales so far.
    pub realized_gain: Money,
    /// The day of the last trade.
    pub last_trade_date: Option<Day>,
}

/// What a sale realized on one lot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disposal {
    /// The sale.
    pub sale_id: TransactionId,
    /// The lot, by its purchase.
    pub lot_id: TransactionId,
    /// The day of the purchase.
    pub acquired_on: Day,
    /// The day of the sale.
    pub sold_on: Day,
    /// Shares sold from the lot.
    pub quantity: Shares,
    /// The lot's part of the proceeds, which are net of the sale's fee.
    pub proceeds: Money,
    /// What the shares had cost.
    pub cost_basis: Money,
    /// Proceeds less cost basis.
    pub gain: Money,
}

/// One stock in one portfolio: its open lots, its totals, and the rule that matches a sale to lots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position {
    key: PositionKey,
    totals: PositionTotals,
    lots: OpenLots,
    raised: RaisedEvents,
    disposals: Vec<Disposal>,
}

impl Position {
    /// A position without trades.
    #[must_use]
    pub fn new(key: PositionKey) -> Self {
        Self::restore(key, PositionTotals::default(), 0, [])
    }

    /// A position as it was stored after `version` events, with its open lots, oldest first: all
    /// of them, or as many of the oldest as the next sale can touch.
    #[must_use]
    pub fn restore(
        key: PositionKey,
        totals: PositionTotals,
        version: Version,
        lots: impl IntoIterator<Item = Lot>,
    ) -> Self {
        let lots = OpenLots::restore(lots, version);
        Self { key, totals, lots, raised: RaisedEvents::after(version), disposals: Vec::new() }
    }

    /// Carries out a purchase or a sale. Raises [`TransactionExecutedEvent`].
    ///
    /// # Errors
    /// If more would be sold than is held, if the trade is dated before the last one, or if a
    /// figure gets too large. The position is then as it was.
    pub fn execute(&mut self, trade: &Trade) -> Result<(), DomainError> {
        if let Some(last) = self.totals.last_trade_date.filter(|last| trade.date < *last) {
            let (symbol, portfolio) = (self.key.symbol.clone(), self.key.portfolio.clone());
            return Err(DomainError::LateEntry { symbol, portfolio, date: trade.date, last });
        }
        let (price, total) = trade.price_and_total(&self.key.symbol)?;
        match trade.side {
            Side::Buy => self.buy(trade, total)?,
            Side::Sell => self.sell(trade, total)?,
        }
        self.totals.last_trade_date = Some(trade.date);
        let executed = TransactionExecutedEvent {
            transaction_id: trade.id,
            portfolio_id: self.key.portfolio_id,
            stock_id: self.key.stock_id,
            portfolio: self.key.portfolio.clone(),
            symbol: self.key.symbol.clone(),
            transaction_type: trade.side,
            trade_date: trade.date,
            quantity: trade.quantity,
            price,
            fee: trade.fee,
            total_amount: total,
            currency: self.key.currency,
            note: trade.note.clone(),
        };
        self.raise_event(DomainEvent::TransactionExecuted(executed));
        Ok(())
    }

    fn buy(&mut self, trade: &Trade, cost_basis: Money) -> Result<(), DomainError> {
        let quantity = Shares::from(trade.quantity);
        let totals = PositionTotals {
            quantity: self.totals.quantity.plus(quantity).map_err(self.too_large("the quantity held"))?,
            cost_basis: self.totals.cost_basis.plus(cost_basis).map_err(self.too_large("the cost basis"))?,
            ..self.totals
        };
        let opened_at = self.version().saturating_add(1);
        self.lots.open(Lot { lot_id: trade.id, acquired_on: trade.date, opened_at, quantity, cost_basis });
        self.totals = totals;
        Ok(())
    }

    fn sell(&mut self, trade: &Trade, proceeds: Money) -> Result<(), DomainError> {
        let quantity = Shares::from(trade.quantity);
        if quantity > self.totals.quantity {
            return Err(DomainError::InsufficientQuantity {
                symbol: self.key.symbol.clone(),
                portfolio: self.key.portfolio.clone(),
                asked: quantity,
                held: self.totals.quantity,
                date: trade.date,
            });
        }
        let parts = self.lots.match_oldest(trade.quantity).map_err(self.too_large("the cost of the shares sold"))?;
        let parts = parts.ok_or_else(|| self.lots_missing())?;
        let disposals = dispose(trade, proceeds, &parts).map_err(self.too_large("the gain"))?;
        let after = |totals: PositionTotals| {
            disposals.iter().try_fold(totals, |totals, disposal| {
                Ok(PositionTotals {
                    quantity: totals.quantity.minus(disposal.quantity)?,
                    cost_basis: totals.cost_basis.minus(disposal.cost_basis)?,
                    realized_gain: totals.realized_gain.plus(disposal.gain)?,
                    ..totals
                })
            })
        };
        let totals = after(self.totals).map_err(self.too_large("the realized gain"))?;
        gain_of(&disposals).map_err(self.too_large("the realized gain"))?;
        let too_large = self.too_large("the cost basis");
        self.lots.take(&parts).map_err(too_large)?;
        self.totals = totals;
        self.disposals.extend(disposals);
        Ok(())
    }

    /// Which position it is.
    #[must_use]
    pub fn key(&self) -> &PositionKey {
        &self.key
    }

    /// What it comes to.
    #[must_use]
    pub fn totals(&self) -> &PositionTotals {
        &self.totals
    }

    /// Its open lots, as far as they were loaded.
    #[must_use]
    pub fn lots(&self) -> &OpenLots {
        &self.lots
    }

    /// Events recorded and raised so far.
    #[must_use]
    pub fn version(&self) -> Version {
        self.raised.next_version()
    }

    /// What sales realized and nobody has saved yet.
    #[must_use]
    pub fn disposals(&self) -> &[Disposal] {
        &self.disposals
    }

    /// Hands over what sales realized since the last call.
    pub fn pull_disposals(&mut self) -> Vec<Disposal> {
        std::mem::take(&mut self.disposals)
    }

    fn too_large(&self, figure: &'static str) -> impl FnOnce(TooLarge) -> DomainError + use<> {
        DomainError::too_large(figure, &self.key.symbol)
    }

    fn lots_missing(&self) -> DomainError {
        DomainError::LotsMissing {
            symbol: self.key.symbol.clone(),
            portfolio: self.key.portfolio.clone(),
            held: self.totals.quantity,
        }
    }
}

/// What a sale realized in all.
fn gain_of(disposals: &[Disposal]) -> Result<Money, TooLarge> {
    disposals.iter().try_fold(Money::ZERO, |sum, disposal| sum.plus(disposal.gain))
}

/// Shares the proceeds among the lots by quantity, rounded at ten places; the last takes the rest.
fn dispose(trade: &Trade, proceeds: Money, parts: &[LotPart]) -> Result<Vec<Disposal>, TooLarge> {
    let mut left = proceeds;
    let mut disposals = Vec::with_capacity(parts.len());
    for (n, part) in parts.iter().enumerate() {
        let is_last = n.saturating_add(1) == parts.len();
        let proceeds = if is_last { left } else { proceeds.share(part.quantity, trade.quantity.into())? };
        left = left.minus(proceeds)?;
        disposals.push(Disposal {
            sale_id: trade.id,
            lot_id: part.lot_id,
            acquired_on: part.acquired_on,
            sold_on: trade.date,
            quantity: part.quantity,
            proceeds,
            cost_basis: part.cost_basis,
            gain: proceeds.minus(part.cost_basis)?,
        });
    }
    Ok(disposals)
}

impl AggregateRoot for Position {
    fn stream(&self) -> Stream {
        Stream::Position(self.key.portfolio_id, self.key.stock_id)
    }

    fn raised(&mut self) -> &mut RaisedEvents {
        &mut self.raised
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::Consideration;

    fn position() -> Position {
        Position::new(PositionKey {
            portfolio_id: PortfolioId::new(Uuid::from_u128(1)),
            portfolio: PortfolioName::main(),
            stock_id: StockId::new(Uuid::from_u128(2)),
            symbol: "ACME".parse().unwrap(),
            currency: Currency::USD,
        })
    }

    fn trade(id: u128, side: Side, date: &str, quantity: &str, price: &str, fee: &str) -> Trade {
        Trade {
            id: TransactionId::new(Uuid::from_u128(id)),
            side,
            date: date.parse().unwrap(),
            quantity: quantity.parse().unwrap(),
            consideration: Consideration::Price(price.parse().unwrap()),
            fee: fee.parse().unwrap(),
            note: None,
        }
    }

    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn a_purchase_costs_its_amount_and_its_fee() {
        let mut position = position();
        position.execute(&trade(10, Side::Buy, "2024-01-02", "10", "150.25", "1")).unwrap();
        assert_eq!(position.totals().cost_basis, money("1503.5")); // 10 × 150.25 + 1
        let (follows, events) = position.pull_events();
        let [DomainEvent::TransactionExecuted(event)] = &events[..] else { panic!() };
        assert_eq!((follows, event.total_amount), (0, money("1503.5")));
        assert_eq!(position.pull_events(), (1, vec![]));
    }

    #[test]
    fn a_sale_takes_the_oldest_lots_and_realizes_proceeds_less_cost() {
        let mut position = position();
        position.execute(&trade(10, Side::Buy, "2024-01-02", "10", "100", "5")).unwrap();
        position.execute(&trade(11, Side::Buy, "2024-02-01", "10", "120", "0")).unwrap();
        position.execute(&trade(12, Side::Sell, "2024-03-01", "15", "130", "3")).unwrap();
        let disposals = position.pull_disposals();
        // Proceeds 15 × 130 − 3 = 1947: 10/15 of it 1298, the rest 649.
        assert_eq!((disposals[0].proceeds, disposals[0].cost_basis), (money("1298"), money("1005")));
        assert_eq!((disposals[1].proceeds, disposals[1].cost_basis), (money("649"), money("600")));
        assert_eq!(position.totals().realized_gain, money("342")); // 1947 − 1005 − 600
        assert_eq!(position.totals().cost_basis, money("600"));
        let left: Vec<_> = position.lots().iter().map(|lot| (lot.lot_id.uuid().as_u128(), lot.quantity)).collect();
        assert_eq!(left, [(11, "5".parse().unwrap())]);
    }

    #[test]
    fn a_part_of_a_lot_is_rounded_and_the_last_share_takes_the_rest() {
        let mut position = position();
        position.execute(&trade(10, Side::Buy, "2024-01-02", "3", "33.3333", "0.0002")).unwrap();
        for id in 11..14 {
            position.execute(&trade(id, Side::Sell, "2024-01-03", "1", "40", "0")).unwrap();
        }
        let costs: Vec<_> = position.pull_disposals().iter().map(|disposal| disposal.cost_basis).collect();
        // 100.0001 ÷ 3 = 33.33336666…; 66.6667333333 ÷ 2 = 33.33336666665, half to even; the rest.
        assert_eq!(costs, [money("33.3333666667"), money("33.3333666666"), money("33.3333666667")]);
        assert_eq!(position.totals().cost_basis, Money::ZERO);
        assert_eq!(position.totals().quantity, Shares::ZERO);
    }

    #[test]
    fn a_refused_trade_leaves_the_position_as_it_was() {
        let mut position = position();
        position.execute(&trade(10, Side::Buy, "2024-01-02", "3", "100", "0")).unwrap();
        let before = position.clone();
        let oversell = position.execute(&trade(11, Side::Sell, "2024-01-05", "12", "100", "0")).unwrap_err();
        assert_eq!(oversell.to_string(), "cannot sell 12 ACME: 3 held in portfolio main on 2024-01-05");
        let late = position.execute(&trade(12, Side::Buy, "2024-01-01", "1", "100", "0")).unwrap_err();
        assert_eq!(late.code(), "late_entry");
        let large = "999999999999999999";
        let error = position.execute(&trade(13, Side::Buy, "2024-01-05", large, large, "0")).unwrap_err();
        assert_eq!(error.code(), "too_large");
        assert_eq!(position, before);
    }

    #[test]
    fn an_amount_is_kept_exactly_and_the_price_is_its_quotient() {
        let mut position = position();
        let consideration = Consideration::Amount(money("100"));
        let trade = Trade { consideration, ..trade(10, Side::Buy, "2024-01-02", "3", "0", "0.5") };
        position.execute(&trade).unwrap();
        let (_, events) = position.pull_events();
        let [DomainEvent::TransactionExecuted(event)] = &events[..] else { panic!() };
        assert_eq!((event.price.to_string().as_str(), event.total_amount), ("33.3333333333", money("100.5")));
    }
}
