//! Rows that take an earlier row of their file back: a trade that was cancelled, a dividend that was reversed.

use hashbrown::{HashMap, HashSet};

use super::file::ImportRow;
use super::row_facts::RowFacts;
use super::sort_buffer::SortBuffer;
use crate::domain::{Day, Fee, Figure, Money, PortfolioName, Quantity, Symbol, TransactionType};
use crate::store::StoreError;

/// What was taken back.
#[derive(Default)]
pub struct Reversals {
    pub(super) by: Vec<Reversal>,
    /// The rows, by file, line and what they are.
    rows: HashSet<(u64, u64, TransactionType)>,
}

/// A row that takes another one back, and is nothing itself.
pub(super) struct Reversal {
    pub(super) file: u64,
    pub(super) line: u64,
    /// What it takes back, on its own day.
    pub(super) row: ImportRow,
    /// What it takes back, where its file has that.
    pub(super) found: Option<FoundRow>,
}

/// A row that was taken back.
pub(super) struct FoundRow {
    pub(super) day: Day,
    /// Rows of the file that say the same and were not taken back.
    pub(super) equal: usize,
}

/// What it is of, in which file.
type Key = (u64, Symbol, Option<PortfolioName>, TransactionType, Option<Quantity>);

/// What a trade or a dividend says.
pub(super) struct Said<'r> {
    pub(super) facts: RowFacts<'r>,
    pub(super) kind: TransactionType,
    pub(super) portfolio: Option<&'r PortfolioName>,
    /// The fee of a trade, the tax withheld from a dividend.
    costs: Figure,
}

/// A row that may be what is taken back.
struct Candidate {
    line: u64,
    day: Day,
    amount: Option<Money>,
    costs: Figure,
    is_taken: bool,
}

impl Reversals {
    /// Notes a row if it is a dividend of less than 0, which takes one back.
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

    /// Finds what each row takes back: the latest before it in time that says the same, rather at the same costs.
    ///
    /// # Errors
    /// If the temporary data cannot be read.
    pub(super) fn find(&mut self, buffer: &SortBuffer) -> Result<(), StoreError> {
        let mut candidates: HashMap<Key, Vec<Candidate>> =
            self.by.iter().filter_map(|it| Some((Said::by(&it.row)?.key(it.file), Vec::new()))).collect();
        if candidates.is_empty() {
            return Ok(());
        }
        buffer.for_each::<StoreError>(&mut |row| {
            let Some(said) = Said::by(&row.row) else { return Ok(()) };
            if let Some(alike) = candidates.get_mut(&said.key(row.file)) {
                let (line, day, amount, costs) = (row.line(), said.facts.day, said.facts.gross(), said.costs);
                alike.push(Candidate { line, day, amount, costs, is_taken: false });
            }
            Ok(())
        })?;
        self.by.sort_by_key(|it| (it.row.day(), it.file, it.line));
        for Reversal { file, row, found, .. } in &mut self.by {
            let Some(said) = Said::by(row) else { continue };
            let (Some(alike), Some(amount)) = (candidates.get_mut(&said.key(*file)), said.facts.gross()) else {
                continue;
            };
            let is_meant = |it: &Candidate| !it.is_taken && it.amount.is_some_and(|other| other.is_near(amount));
            let before = alike.iter_mut().enumerate().filter(|(_, it)| is_meant(it) && it.day <= said.facts.day);
            let best = before.max_by_key(|(at, it)| (it.amount == Some(amount), it.costs == said.costs, *at));
            let Some((_, taken)) = best else { continue };
            taken.is_taken = true;
            self.rows.insert((*file, taken.line, said.kind));
            let day = taken.day;
            let equal = alike.iter().filter(|it| it.day == day && is_meant(it)).count();
            *found = Some(FoundRow { day, equal });
        }
        Ok(())
    }

    /// Whether a row was taken back.
    pub(super) fn has(&self, file: u64, line: u64, row: &ImportRow) -> bool {
        Said::by(row).is_some_and(|said| self.rows.contains(&(file, line, said.kind)))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

impl Reversal {
    /// What such rows are called where they are counted.
    pub(super) fn kind(&self) -> &'static str {
        if matches!(self.row, ImportRow::Dividend(_)) { "reversed_dividend" } else { "cancelled" }
    }
}

impl<'r> Said<'r> {
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
