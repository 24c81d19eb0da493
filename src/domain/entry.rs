//! What happened to a position, from the point of view of its lots.

use std::fmt;

use super::{
    Conversion, CostAdjustmentKind, Day, LotKey, Moment, Money, PickedLot, PortfolioId, Quantity, Sequence, Shares,
    SplitRatio, StockId, TimeOfDay, TooLarge, TransactionId,
};

/// Something that was recorded for a stock. Everything that a position holds follows from its entries,
/// in the order of [`Entry::order`] except for transfers and for days whose sales need that day's
/// purchases: see [`rebuild`](super::rebuild).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The transaction, the split or the conversion.
    pub id: TransactionId,
    /// The stock; for a conversion the one whose lots yield shares of another.
    pub stock: StockId,
    /// The day.
    pub date: Day,
    /// When it counts on that day.
    pub moment: Moment,
    /// Its place in the order of recording: the number of its event, or the place of the transaction that it
    /// replaces on the same day.
    pub place: Sequence,
    /// What happened.
    pub kind: EntryKind,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EntryKind {
    /// Shares were bought.
    Purchase {
        /// The portfolio.
        portfolio: PortfolioId,
        /// The number of shares, as it was recorded.
        quantity: Quantity,
        /// For a lot held from before: the day as of which the quantity counts shares.
        as_of: Option<Day>,
        /// The number of shares on the day of the entry, given the splits that [`count_openings`] has
        /// seen.
        shares: Shares,
        /// Their cost, the fee included.
        cost_basis: Money,
    },
    /// Shares were sold.
    Sale {
        /// The portfolio.
        portfolio: PortfolioId,
        /// The number of shares.
        quantity: Quantity,
        /// The proceeds, net of the fee.
        proceeds: Money,
        /// The lots that the user picked; empty if the portfolio's method decides.
        picked: Vec<PickedLot>,
        /// For the sale of a fraction that a split left: the day of the split.
        as_of: Option<Day>,
    },
    /// Shares left for another portfolio, with their lots.
    TransferOut {
        /// The portfolio that they left.
        portfolio: PortfolioId,
        /// The number of shares.
        quantity: Quantity,
        /// The lots that the user picked; empty if the portfolio's method decides.
        picked: Vec<PickedLot>,
    },
    /// Shares arrived that left another portfolio under the same id.
    TransferIn {
        /// The portfolio in which they arrived.
        portfolio: PortfolioId,
        /// The number of shares.
        quantity: Quantity,
    },
    /// Cash was paid on shares.
    Dividend {
        /// The portfolio.
        portfolio: PortfolioId,
        /// The gross amount.
        amount: Money,
        /// The amount received, net of withholding.
        net: Money,
    },
    /// Every share of the stock became several, or a part of one.
    Split(SplitRatio),
    /// Lots of the stock yielded shares of another.
    Conversion(Box<Conversion>),
    /// The cost of the shares was adjusted.
    CostAdjustment {
        /// The portfolio.
        portfolio: PortfolioId,
        /// The direction.
        kind: CostAdjustmentKind,
        /// The amount; a return of capital reduces the cost to zero at most.
        amount: Money,
    },
}

impl Entry {
    /// An entry recorded at `place`, with its time if that is known.
    #[must_use]
    pub fn recorded(
        (id, stock): (TransactionId, StockId),
        (date, time): (Day, Option<TimeOfDay>),
        place: Sequence,
        kind: EntryKind,
    ) -> Self {
        let moment = match (&kind, time) {
            (EntryKind::Split(_), _) | (EntryKind::Sale { as_of: Some(_), .. }, None) => Moment::Split,
            (EntryKind::Conversion(_), _) => Moment::Conversion,
            (_, Some(time)) => Moment::At(time),
            (EntryKind::TransferIn { .. } | EntryKind::Purchase { as_of: Some(_), .. }, None) => Moment::Before,
            (EntryKind::TransferOut { .. }, None) => Moment::Last,
            (
                EntryKind::Purchase { .. }
                | EntryKind::Sale { .. }
                | EntryKind::Dividend { .. }
                | EntryKind::CostAdjustment { .. },
                None,
            ) => Moment::After,
        };
        Self { id, stock, date, moment, place, kind }
    }

    /// The order of entries: by day and moment, then by recording.
    #[must_use]
    pub fn order(&self) -> (Day, Moment, Sequence) {
        (self.date, self.moment, self.place)
    }

    /// The place of the lot that a purchase opens.
    #[must_use]
    pub fn lot_key(&self) -> LotKey {
        LotKey { acquired_on: self.date, moment: self.moment, place: self.place }
    }

    /// The portfolio that it concerns; `None` for a split and most conversions, which concern all.
    #[must_use]
    pub fn portfolio(&self) -> Option<PortfolioId> {
        match &self.kind {
            EntryKind::Purchase { portfolio, .. }
            | EntryKind::Sale { portfolio, .. }
            | EntryKind::TransferOut { portfolio, .. }
            | EntryKind::TransferIn { portfolio, .. }
            | EntryKind::Dividend { portfolio, .. }
            | EntryKind::CostAdjustment { portfolio, .. } => Some(*portfolio),
            EntryKind::Conversion(conversion) => conversion.portfolio,
            EntryKind::Split(_) => None,
        }
    }
}

impl EntryKind {
    /// A purchase whose shares are counted as of its own day.
    #[must_use]
    pub fn purchase(portfolio: PortfolioId, (quantity, as_of): (Quantity, Option<Day>), cost_basis: Money) -> Self {
        Self::Purchase { portfolio, quantity, as_of, shares: quantity.into(), cost_basis }
    }
}

/// Restates the shares of opening lots as counted on their own days, so that a split before the day as of
/// which they were recorded does not multiply them again. `entries` are all entries of their stocks,
/// including the splits.
///
/// # Errors
/// If a number of shares has more digits than a book can hold.
pub fn count_openings(entries: &mut [Entry]) -> Result<(), TooLarge> {
    let split = |entry: &Entry| match &entry.kind {
        EntryKind::Split(ratio) => Some((entry.stock, entry.date, ratio.clone())),
        EntryKind::Purchase { .. }
        | EntryKind::Sale { .. }
        | EntryKind::TransferOut { .. }
        | EntryKind::TransferIn { .. }
        | EntryKind::Dividend { .. }
        | EntryKind::Conversion(_)
        | EntryKind::CostAdjustment { .. } => None,
    };
    let splits: Vec<(StockId, Day, SplitRatio)> = entries.iter().filter_map(split).collect();
    for entry in entries {
        let (stock, date) = (entry.stock, entry.date);
        let EntryKind::Purchase { quantity, as_of: Some(as_of), shares, .. } = &mut entry.kind else { continue };
        *shares = Shares::from(*quantity);
        for (.., ratio) in splits.iter().filter(|(of, day, _)| *of == stock && date < *day && day <= as_of) {
            *shares = shares.split(&ratio.inverse())?;
        }
    }
    Ok(())
}

/// An entry after the one to be changed, as a refusal names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaterEntry {
    /// What it is: `sale`.
    pub what: &'static str,
    /// Its day.
    pub date: Day,
    /// Its id.
    pub id: TransactionId,
}

impl From<&Entry> for LaterEntry {
    fn from(entry: &Entry) -> Self {
        let what = match &entry.kind {
            EntryKind::Purchase { .. } => "purchase",
            EntryKind::Sale { .. } => "sale",
            EntryKind::TransferOut { .. } | EntryKind::TransferIn { .. } => "transfer",
            EntryKind::Dividend { .. } => "dividend",
            EntryKind::Split(_) => "split",
            EntryKind::Conversion(conversion) => conversion.kind.noun(),
            EntryKind::CostAdjustment { kind, .. } => kind.noun(),
        };
        Self { what, date: entry.date, id: entry.id }
    }
}

impl fmt::Display for LaterEntry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, date, id } = self;
        write!(f, "{what} of {date} (id {id})")
    }
}

/// More such entries. Displayed as the end of a sentence, with at most ten of them; empty if there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LaterEntries(pub Vec<LaterEntry>);

impl LaterEntries {
    const LISTED: usize = 10;
}

impl fmt::Display for LaterEntries {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        let listed: Vec<_> = self.0.iter().take(Self::LISTED).map(|entry| format!("the {entry}")).collect();
        write!(f, "; nor would {}", listed.join(", "))?;
        match self.0.len().saturating_sub(listed.len()) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::SplitTerms;

    #[test]
    fn an_opening_is_restated_by_the_splits_after_its_day_until_the_one_as_of_which_it_is_counted() {
        let [stock, other] = [1, 2].map(|id| StockId::new(Uuid::from_u128(id)));
        let entry = |stock, date: &str, kind| {
            Entry::recorded((TransactionId::new(Uuid::nil()), stock), (date.parse().unwrap(), None), 1, kind)
        };
        let split = |stock, date: &str, terms: &str| {
            entry(stock, date, EntryKind::Split(terms.parse::<SplitTerms>().unwrap().ratio()))
        };
        let counted = ("120".parse().unwrap(), "2024-06-03".parse().ok());
        let opening = EntryKind::purchase(PortfolioId::new(Uuid::nil()), counted, Money::ZERO);
        let mut entries = [
            entry(stock, "2020-01-02", opening),
            split(stock, "2020-01-02", "7:1"),
            split(stock, "2020-01-03", "2:1"),
            split(other, "2022-01-03", "5:1"),
            split(stock, "2024-06-03", "3:1"),
            split(stock, "2024-06-04", "11:1"),
        ];
        count_openings(&mut entries).unwrap();
        let EntryKind::Purchase { shares, .. } = &entries[0].kind else { panic!() };
        assert_eq!(shares.to_string(), "20"); // 120 ÷ 2 ÷ 3
    }
}
