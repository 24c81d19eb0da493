//! Rows that reverse an earlier row of their file: a cancelled trade, a reversed dividend.

use hashbrown::{HashMap, HashSet};

use super::file::{DividendRow, ImportRow};
use super::row_facts::RowFacts;
use super::sort_buffer::SortBuffer;
use crate::domain::{Day, Fee, Figure, Money, PortfolioName, Quantity, Symbol, TransactionType};
use crate::store::StoreError;

/// The reversed rows of an import.
#[derive(Default)]
pub struct Reversals {
    pub(super) by: Vec<Reversal>,
    /// The rows, by file, line and kind.
    rows: HashSet<(u64, u64, TransactionType)>,
}

/// A row that reverses another, and records nothing itself.
pub(super) struct Reversal {
    pub(super) file: u64,
    pub(super) line: u64,
    /// The row that it reverses, with the date of the reversal.
    pub(super) row: ImportRow,
    /// The row that it reverses, if the file has it.
    pub(super) found: Option<FoundRow>,
}

/// A reversed row.
pub(super) struct FoundRow {
    pub(super) day: Day,
    /// The number of equal rows of the file that were not reversed.
    pub(super) equal: usize,
    /// Its fee, or the tax withheld from it.
    costs: Figure,
}

/// Its file, portfolio, stock and kind.
type Key = (u64, Symbol, Option<PortfolioName>, TransactionType, Option<Quantity>);

/// The content of a trade or dividend.
pub(super) struct EntryContent<'r> {
    pub(super) facts: RowFacts<'r>,
    pub(super) kind: TransactionType,
    pub(super) portfolio: Option<&'r PortfolioName>,
    /// The fee of a trade or the tax withheld from a dividend.
    costs: Figure,
}

/// A row that may have been reversed.
struct Candidate {
    line: u64,
    day: Day,
    amount: Option<Money>,
    costs: Figure,
    is_taken: bool,
}

impl Reversals {
    /// Notes a row that reverses a dividend: one with a negative amount.
    pub(super) fn is_reversal(&mut self, file: u64, line: u64, row: &mut ImportRow) -> bool {
        let ImportRow::Dividend(dividend) = row else { return false };
        if !dividend.amount.is_negative() {
            return false;
        }
        [dividend.amount, dividend.withholding] =
            [dividend.amount, dividend.withholding].map(|money| Money::from(Figure::from(money).abs()));
        self.add(file, line, row.clone());
        true
    }

    pub(super) fn add(&mut self, file: u64, line: u64, row: ImportRow) {
        self.by.push(Reversal { file, line, row, found: None });
    }

    /// Finds the row that each reversal reverses: the latest equal one before it, preferring one with the same fees or
    /// taxes.
    ///
    /// # Errors
    /// If the temporary data cannot be read.
    pub(super) fn find(&mut self, buffer: &SortBuffer) -> Result<(), StoreError> {
        let mut candidates: HashMap<Key, Vec<Candidate>> =
            self.by.iter().filter_map(|row| Some((EntryContent::by(&row.row)?.key(row.file), Vec::new()))).collect();
        if candidates.is_empty() {
            return Ok(());
        }
        buffer.for_each::<StoreError>(&mut |row| {
            let Some(content) = EntryContent::by(&row.row) else { return Ok(()) };
            if let Some(alike) = candidates.get_mut(&content.key(row.file)) {
                let (line, day, amount, costs) = (row.line(), content.facts.day, content.facts.gross(), content.costs);
                alike.push(Candidate { line, day, amount, costs, is_taken: false });
            }
            Ok(())
        })?;
        self.by.sort_by_key(|reversal| (reversal.row.day(), reversal.file, reversal.line));
        for Reversal { file, row, found, .. } in &mut self.by {
            let Some(content) = EntryContent::by(row) else { continue };
            let (Some(alike), Some(amount)) = (candidates.get_mut(&content.key(*file)), content.facts.gross()) else {
                continue;
            };
            let is_meant = |it: &Candidate| !it.is_taken && it.amount.is_some_and(|other| other.is_near(amount));
            let before = alike.iter_mut().enumerate().filter(|(_, it)| is_meant(it) && it.day <= content.facts.day);
            let best = before.max_by_key(|(at, it)| (it.amount == Some(amount), it.costs == content.costs, *at));
            let Some((_, taken)) = best else { continue };
            taken.is_taken = true;
            self.rows.insert((*file, taken.line, content.kind));
            let (day, costs) = (taken.day, taken.costs);
            let equal = alike.iter().filter(|row| row.day == day && is_meant(row)).count();
            *found = Some(FoundRow { day, equal, costs });
        }
        Ok(())
    }

    /// Whether a row was reversed.
    pub(super) fn has(&self, file: u64, line: u64, row: &ImportRow) -> bool {
        EntryContent::by(row).is_some_and(|content| self.rows.contains(&(file, line, content.kind)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Reversal {
    /// The kind under which such rows are counted.
    pub(super) fn kind(&self) -> &'static str {
        if matches!(self.row, ImportRow::Dividend(_)) { "reversed_dividend" } else { "cancelled" }
    }

    /// The note about a dividend whose reversal has another tax.
    pub(super) fn other_tax(&self) -> Option<String> {
        let ImportRow::Dividend(DividendRow { symbol, withholding, .. }) = &self.row else { return None };
        let costs = self.found.as_ref()?.costs;
        (costs != Figure::from(*withholding)).then(|| {
            format!(
                "it takes back a dividend on {symbol} from which {costs} of tax was withheld, and {withholding} of it: \
                 neither is recorded"
            )
        })
    }
}

impl<'r> EntryContent<'r> {
    pub(super) fn by(row: &'r ImportRow) -> Option<Self> {
        match row {
            ImportRow::Trade(trade) if trade.as_of.is_none() => Some(Self {
                facts: trade.into(),
                kind: trade.side.into(),
                portfolio: trade.portfolio.as_ref(),
                costs: trade.fee.unwrap_or(Fee::ZERO).into(),
            }),
            ImportRow::Dividend(dividend) => Some(Self {
                facts: dividend.into(),
                kind: TransactionType::Dividend,
                portfolio: dividend.portfolio.as_ref(),
                costs: dividend.withholding.into(),
            }),
            ImportRow::Trade(_)
            | ImportRow::Split(_)
            | ImportRow::Transfer(_)
            | ImportRow::Convert(_)
            | ImportRow::CostChange(_)
            | ImportRow::WriteOff(_)
            | ImportRow::CorporateAction(_)
            | ImportRow::CashInLieu(_)
            | ImportRow::Price(_) => None,
        }
    }

    fn key(&self, file: u64) -> Key {
        (file, self.facts.symbol.clone(), self.portfolio.cloned(), self.kind, self.facts.quantity)
    }
}
