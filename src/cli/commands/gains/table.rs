//! Gains as tables, with a total per currency.

use std::collections::BTreeMap;

use crate::app::LotGain;
use crate::app::{ForeignGain, GainRow, GainsBy};
use crate::cli::output::{Cell, Column, Row, Rows, Table, figure};
use crate::cli::views::total_in;
use crate::domain::{Currency, GainTotals, Money, TooLarge};

/// A column, and its content.
type Field<R> = (Column, Shown<R>);

enum Shown<R> {
    /// A cell of the row itself.
    Own(fn(&R) -> Cell),
    /// A figure that totals have as well.
    Sum(fn(&GainTotals) -> Money),
    /// A gain or a loss that totals have as well.
    Gain(fn(&GainTotals) -> Money),
}

use Shown::{Gain, Own, Sum};

/// A table that is built row by row, because there may be a million.
pub(super) struct GainTable<R> {
    fields: Vec<Field<R>>,
    totals: fn(&R) -> (GainTotals, Currency),
    sums: BTreeMap<Currency, GainTotals>,
    /// The parts of all gains due to the price and to the currency, in a report in one currency.
    foreign: Option<ForeignGain>,
    rows: Rows,
}

/// The totals of sales.
pub(super) fn of_sums(by: GainsBy) -> GainTable<GainRow> {
    let symbol: fn(&GainRow) -> Cell = |row| plain(row.symbol.as_ref());
    let quantity: fn(&GainRow) -> Cell = |row| Cell::plain(figure::shares(&row.totals.quantity));
    let mut fields: Vec<Field<GainRow>> = match by {
        GainsBy::Sale => vec![
            (Column::key("sold on", 100), Own(|row| plain(row.sale.map(|(_, day)| day).as_ref()))),
            (Column::distinguishing("symbol", 95), Own(symbol)),
            (Column::number("quantity", 60), Own(quantity)),
        ],
        GainsBy::Symbol => {
            vec![(Column::key("symbol", 100), Own(symbol)), (Column::number("quantity", 60), Own(quantity))]
        }
        // A sum of shares of different stocks means nothing.
        GainsBy::Year => vec![(Column::key("year", 100), Own(|row| plain(row.year.as_ref())))],
    };
    fields.extend(figures());
    fields.extend([
        (Column::number("short-term", 85), Gain(|totals| totals.short_term_gain)),
        (Column::number("long-term", 85), Gain(|totals| totals.long_term_gain)),
        (Column::distinguishing("currency", 65), Own(|row: &GainRow| Cell::plain(row.currency.code()))),
    ]);
    if by == GainsBy::Sale {
        fields.push((Column::distinguishing("portfolio", 55), Own(|row| plain(row.portfolio.as_ref()))));
        fields.push((
            Column::key("sale", 50),
            Own(|row| row.sale.map_or_else(Cell::empty, |(id, _)| Cell::plain(figure::short_id(id)))),
        ));
    }
    GainTable::new(fields, |row| (row.totals.clone(), row.currency))
}

/// What sales realized on each lot.
pub(super) fn of_lots() -> GainTable<LotGain> {
    let mut fields: Vec<Field<LotGain>> = vec![
        (Column::key("sold on", 100), Own(|lot| Cell::plain(lot.disposal.sold_on.to_string()))),
        (Column::distinguishing("symbol", 95), Own(|lot| Cell::plain(lot.symbol.as_str()))),
        (Column::number("quantity", 80), Own(|lot| Cell::plain(figure::shares(&lot.disposal.quantity)))),
        (Column::key("acquired", 90), Own(|lot| Cell::plain(lot.disposal.acquired_on.to_string()))),
        (Column::number("days held", 60), Own(|lot| Cell::plain(lot.disposal.holding_period().days().to_string()))),
        (Column::key("term", 85), Own(|lot| Cell::plain(lot.disposal.term().to_string()))),
    ];
    fields.extend(figures());
    fields.extend([
        (Column::distinguishing("currency", 65), Own(|lot: &LotGain| Cell::plain(lot.currency.code()))),
        (Column::distinguishing("portfolio", 55), Own(|lot| Cell::plain(lot.portfolio.as_str()))),
        (Column::key("sale", 45), Own(|lot| Cell::plain(figure::short_id(lot.disposal.sale_id)))),
        (Column::key("lot", 50), Own(|lot| Cell::plain(figure::short_id(lot.disposal.lot_id)))),
    ]);
    GainTable::new(fields, |lot| (GainTotals::of(&lot.disposal), lot.currency))
}

fn figures<R>() -> [Field<R>; 3] {
    [
        (Column::number("proceeds", 70), Sum(|totals| totals.proceeds)),
        (Column::number("cost basis", 75), Sum(|totals| totals.cost_basis)),
        (Column::number("gain", 98), Gain(|totals| totals.gain)),
    ]
}

impl<R> GainTable<R> {
    fn new(fields: Vec<Field<R>>, totals: fn(&R) -> (GainTotals, Currency)) -> Self {
        Self { fields, totals, sums: BTreeMap::new(), foreign: None, rows: Rows::default() }
    }

    /// Adds a row and, in a report in one currency, the effects of price and currency on its gain.
    ///
    /// # Errors
    /// If a total has more digits than a book can hold.
    pub(super) fn take(&mut self, row: &R, foreign: Option<ForeignGain>) -> Result<(), TooLarge> {
        let mut cells = self.cells(row)?;
        if let Some(foreign) = foreign {
            let (_, currency) = (self.totals)(row);
            cells.extend(foreign_cells(&foreign, currency));
            cells.push(Cell::plain(foreign.original_currency.map_or("several", Currency::code)));
            self.foreign = Some(self.foreign.as_ref().map_or(Ok(foreign), |sum| sum.plus(&foreign))?);
        }
        self.rows.push(&Row::Data(cells));
        Ok(())
    }

    fn cells(&mut self, row: &R) -> Result<Vec<Cell>, TooLarge> {
        let (totals, currency) = (self.totals)(row);
        let sum = self.sums.entry(currency).or_default();
        *sum = sum.plus(&totals)?;
        let cells = self.fields.iter().map(|(_, shown)| shown.own(row).unwrap_or_else(|| shown.sum(&totals, currency)));
        Ok(cells.collect())
    }

    /// The currencies of the rows.
    pub(super) fn currencies(&self) -> impl Iterator<Item = Currency> {
        self.sums.keys().copied()
    }

    /// The table with its totals, and the total in one currency if known.
    pub(super) fn finish(mut self, in_one: Option<(Currency, &GainTotals)>) -> Table {
        let own = self.sums.into_iter().map(|(currency, sum)| (format!("total {currency}"), currency, sum));
        let in_one = in_one.map(|(currency, sum)| (total_in(currency), currency, sum.clone()));
        for (lead, currency, sum) in own.chain(in_one) {
            let rest = self.fields.iter().skip(1).map(|(_, shown)| shown.sum(&sum, currency));
            let mut cells: Vec<Cell> = std::iter::once(Cell::plain(lead)).chain(rest).collect();
            if let Some(foreign) = &self.foreign {
                cells.extend(foreign_cells(foreign, currency));
                cells.push(Cell::empty());
            }
            self.rows.push(&Row::Total(cells));
        }
        let mut columns: Vec<Column> = self.fields.iter().map(|(column, _)| *column).collect();
        if self.foreign.is_some() {
            columns.extend([
                Column::number("price gain", 88),
                Column::number("currency gain", 87),
                Column::key("traded in", 64),
            ]);
        }
        Table { columns, rows: self.rows }
    }
}

impl<R> Shown<R> {
    fn own(&self, row: &R) -> Option<Cell> {
        match self {
            Own(cell) => Some(cell(row)),
            Sum(_) | Gain(_) => None,
        }
    }

    fn sum(&self, totals: &GainTotals, currency: Currency) -> Cell {
        match self {
            Own(_) => Cell::empty(),
            Sum(amount) => Cell::plain(figure::money(amount(totals), currency)),
            Gain(amount) => {
                let gain = amount(totals);
                Cell::new(figure::signed_money(gain, currency), figure::tone(gain))
            }
        }
    }
}

/// The parts of a gain due to the price and to the currency.
fn foreign_cells(foreign: &ForeignGain, currency: Currency) -> [Cell; 2] {
    let cell = |gain: Money| Cell::new(figure::signed_money(gain, currency), figure::tone(gain));
    [cell(foreign.price_gain), cell(foreign.currency_gain)]
}

fn plain(value: Option<&impl ToString>) -> Cell {
    value.map_or_else(Cell::empty, |value| Cell::plain(value.to_string()))
}
