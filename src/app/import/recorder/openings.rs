//! Opening lots for a history that begins after its first purchases.

use std::collections::BTreeMap;

use super::Recorder;
use crate::app::AppError;
use crate::app::import::ImportReceipt;
use crate::app::import::directory::OfPosition;
use crate::app::import::file::TradeRow;
use crate::app::import::refusal::{Refusal, RowRefusal};
use crate::app::import::sorted_rows::HeldRow;
use crate::app::linked_entries::LinkedEntries;
use crate::domain::{
    Consideration, Day, DomainError, Entry, EntryKind, Money, PortfolioId, PositionKey, Quantity, Shares, Side,
    StockId, Symbol, TooLarge,
};
use crate::store::UnitOfWork;

/// A final position according to the file of positions; its quantity is 0 if the file does not name it.
struct Wanted {
    /// The symbol that the rows use.
    symbol: Symbol,
    position: OfPosition,
    quantity: Shares,
    cost: Option<Money>,
    line: u64,
}

/// The total of the entries of a position, in today's shares.
#[derive(Default)]
struct Sums {
    came: Shares,
    left: Shares,
    /// The cost of the purchases; `None` if shares have left since, so that it does not follow from them.
    cost: Option<Money>,
}

impl Recorder<'_, '_> {
    /// Adds the lots that are missing for the final positions, dated the day before the first row, with
    /// quantities that count today's shares. Returns the refused rows of the file of positions, by line.
    ///
    /// The cost of a lot is the file's cost less that of the purchases, if no shares were sold; otherwise it is
    /// unknown and counts as 0 until the user enters it.
    pub(in crate::app::import) fn add_openings(
        &mut self,
        held: &[HeldRow],
        first_day: Day,
    ) -> Result<Vec<(u64, RowRefusal)>, AppError> {
        let (mut wanted, mut faults) = (BTreeMap::new(), Vec::new());
        for row in held {
            if let Err(refusal) = self.want(row, &mut wanted) {
                faults.push((row.line, refused(refusal)?));
            }
        }
        for (symbol, position) in self.directory.positions() {
            // A position that the file does not name is closed.
            let absent = Wanted { symbol, position, quantity: Shares::ZERO, cost: None, line: 1 };
            wanted.entry(absent.position.ids()).or_insert(absent);
        }
        let date = first_day.previous().unwrap_or(first_day);
        for wanted in wanted.into_values() {
            if let Err(refusal) = self.add_opening(&wanted, date) {
                faults.push((wanted.line, refused(refusal)?));
            }
        }
        Ok(faults)
    }

    fn want(&mut self, row: &HeldRow, wanted: &mut BTreeMap<(PortfolioId, StockId), Wanted>) -> Result<(), Refusal> {
        let traded = self.directory.portfolios_of(&row.symbol);
        let portfolio = match (&row.portfolio, traded.as_slice()) {
            (Some(portfolio), _) => Some(portfolio.clone()),
            (None, [only]) => Some(only.clone()),
            (None, []) => None,
            (None, several) => {
                let names: Vec<_> = several.iter().map(ToString::to_string).collect();
                return Err(Refusal::Row(RowRefusal {
                    code: "portfolio_open",
                    message: format!("{} is in several portfolios: {}", row.symbol, names.join(", ")),
                    hint: Some("say in a column `portfolio` which of them holds it".to_owned()),
                    is_by_itself: true,
                }));
            }
        };
        let position = self.directory.position(self.unit, (portfolio.as_ref(), &row.symbol), row.currency)?;
        let (symbol, line) = (row.symbol.clone(), row.line);
        let too_large = too_large(&symbol);
        let new = Wanted { symbol: symbol.clone(), position, quantity: Shares::ZERO, cost: Some(Money::ZERO), line };
        let of_position = wanted.entry(new.position.ids()).or_insert(new);
        of_position.quantity = of_position.quantity.plus(&row.quantity).map_err(&too_large)?;
        of_position.cost = of_position.cost.zip(row.cost).and_then(|(sum, cost)| sum.plus(cost).ok());
        Ok(())
    }

    fn add_opening(&mut self, wanted: &Wanted, date: Day) -> Result<(), Refusal> {
        let Some((quantity, cost)) = wanted.unaccounted(self.unit, &mut self.receipt)? else { return Ok(()) };
        let OfPosition { portfolio, stock } = &wanted.position;
        let name = portfolio.name().clone();
        let (symbol, currency) = (wanted.symbol.clone(), stock.profile().currency);
        let row = TradeRow {
            date,
            time: None,
            instant: None,
            side: Side::Buy,
            as_of: Some(self.request.options.today),
            symbol: symbol.clone(),
            quantity,
            consideration: Consideration::Amount(cost.unwrap_or(Money::ZERO)),
            fee: None,
            portfolio: Some(name.clone()),
            note: if cost.is_none() { Some("cost unknown".parse()?) } else { None },
            id: None,
            currency: None,
            lots: Vec::new(),
            settled: None,
            charged: None,
        };
        let Some(id) = self.record_trade(&row, (self.request.opening_index(), wanted.line), None)? else {
            return Ok(());
        };
        self.receipt.openings = self.receipt.openings.saturating_add(1);
        match cost {
            Some(cost) => self.receipt.notes.push(format!(
                "{quantity} {symbol} were held in portfolio {name} before the first row: a lot of {date} that cost {cost} {currency}"
            )),
            None => self.receipt.warnings.push(format!(
                "{quantity} {symbol} were held in portfolio {name} before the first row: a lot of {date} whose cost is not \
                 known and counts as 0; give it with --amount to `stockbook amend {id}`"
            )),
        }
        Ok(())
    }
}

impl Wanted {
    /// The shares of a position that its rows do not account for, and their cost, if it can be determined;
    /// `None` if there are no such shares, or if they cannot be determined.
    fn unaccounted(
        &self,
        unit: &mut UnitOfWork<'_>,
        receipt: &mut ImportReceipt,
    ) -> Result<Option<(Quantity, Option<Money>)>, Refusal> {
        let OfPosition { portfolio, stock } = &self.position;
        let (name, too_large) = (portfolio.name(), too_large(&self.symbol));
        let gathered = LinkedEntries::gather(unit.flushed()?, stock, std::slice::from_ref(&**portfolio))?;
        let key = stock.position_in(portfolio);
        let is_converted = |entry: &Entry| matches!(entry.kind, EntryKind::Conversion(_)) && key.is_changed_by(entry);
        if gathered.entries.iter().any(is_converted) {
            receipt.warnings.push(format!(
                "{} in portfolio {name} came or went by a conversion: what it was before the first row is not told by what \
                 is held in the end",
                self.symbol
            ));
            return Ok(None);
        }
        let sums = sums(gathered, &key).map_err(&too_large)?;
        let needed = self.quantity.plus(&sums.left).map_err(&too_large)?;
        if needed < sums.came {
            let more = sums.came.minus(&needed).map_err(&too_large)?;
            let symbol = &self.symbol;
            receipt.warnings.push(format!(
                "the rows come to {} {symbol} more in portfolio {name} than the file of positions has",
                more.shown().normalize()
            ));
            return Ok(None);
        }
        let missing = needed.minus(&sums.came).map_err(&too_large)?;
        if missing.rounded().is_zero() {
            return Ok(None);
        }
        let quantity: Quantity = missing.shown().normalize().to_string().parse()?;
        let cost = self.cost.zip(sums.cost).and_then(|(all, bought)| all.minus(bought).ok());
        Ok(Some((quantity, cost.filter(|cost| !cost.is_negative()))))
    }
}

fn sums(gathered: LinkedEntries, of: &PositionKey) -> Result<Sums, TooLarge> {
    let mut entries = gathered.entries;
    entries.sort_by_key(Entry::order);
    let mut sums = Sums { cost: Some(Money::ZERO), ..Sums::default() };
    for entry in entries.iter().filter(|entry| of.is_changed_by(entry)) {
        match &entry.kind {
            EntryKind::Purchase { shares, cost_basis, .. } => {
                sums.came = sums.came.plus(shares)?;
                sums.cost = sums.cost.map(|cost| cost.plus(*cost_basis)).transpose()?;
            }
            EntryKind::TransferIn { quantity, .. } => {
                sums.came = sums.came.plus(&(*quantity).into())?;
                sums.cost = None;
            }
            EntryKind::Sale { quantity, .. } | EntryKind::TransferOut { quantity, .. } => {
                sums.left = sums.left.plus(&(*quantity).into())?;
                sums.cost = None;
            }
            EntryKind::Split(ratio) => {
                (sums.came, sums.left) = (sums.came.split(ratio)?, sums.left.split(ratio)?);
            }
            EntryKind::Conversion(_) | EntryKind::CostAdjustment { .. } => sums.cost = None,
            EntryKind::Dividend { .. } => {}
        }
    }
    Ok(sums)
}

fn too_large(symbol: &Symbol) -> impl Fn(TooLarge) -> Refusal + use<> {
    let symbol = symbol.clone();
    move |TooLarge| DomainError::TooLarge { figure: "quantity", symbol: symbol.clone() }.into()
}

/// The refusal of a row, if the error is about the row.
///
/// # Errors
/// If the row is not at fault.
fn refused(refusal: Refusal) -> Result<RowRefusal, AppError> {
    match refusal {
        Refusal::Row(fault) | Refusal::Uncovers(_, fault) => Ok(fault),
        Refusal::All(error) => Err(error),
    }
}
