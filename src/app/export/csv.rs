//! The transactions as StockBook's own table, from which `import` reproduces the book.

use std::io::{self, Write};

use ::csv::{Terminator, Writer, WriterBuilder};
use hashbrown::HashMap;

use super::ExportRequest;
use super::chronicle::{Chronicle, EntryRecord, RecordedEntry};
use crate::app::AppError;
use crate::domain::{
    Cash, CostBasisMethod, Day, EntryKind, ExchangeRule, Fee, Industry, Isin, Money, Note, PickedLot, Plain,
    PortfolioName, Price, Quantity, Sector, Stock, TimeOfDay, TransactionId, TransactionType,
};
use crate::formats::defused;
use crate::store::{ConversionRow, SplitRow, StoreError, TransactionRow};

const HEADER: [&str; 40] = [
    "trade_date",
    "trade_time",
    "action",
    "symbol",
    "isin",
    "company_name",
    "sector",
    "industry",
    "currency",
    "quantity",
    "price",
    "amount",
    "fee",
    "withholding",
    "settlement_amount",
    "settlement_currency",
    "paid_amount",
    "paid_currency",
    "portfolio",
    "cost_basis_method",
    "to",
    "lot",
    "as_of",
    "ex_date",
    "note",
    "id",
    "new_symbol",
    "cost_share",
    "new_value",
    "old_value",
    "cash",
    "pay",
    "rule",
    "cash_in_lieu",
    "new_isin",
    "new_company_name",
    "new_sector",
    "new_industry",
    "charged_fee",
    "charged_currency",
];

pub(super) fn write(
    chronicle: &Chronicle<'_>,
    request: &ExportRequest<'_>,
    out: &mut dyn Write,
) -> Result<(), AppError> {
    let mut lines = Lines(WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out));
    HEADER.iter().try_for_each(|name| lines.put(name))?;
    lines.end()?;
    let methods: HashMap<&PortfolioName, CostBasisMethod> =
        chronicle.portfolios.iter().map(|portfolio| (portfolio.name(), portfolio.cost_basis_method())).collect();
    let symbols = chronicle.symbols_in(&request.portfolios)?;
    chronicle.for_each_day([request.from, request.to], &mut |_, happenings| {
        request.pause()?;
        let arrivals: HashMap<TransactionId, PortfolioName> = happenings.iter().filter_map(arrival).collect();
        for happening in &happenings {
            let Some(stock) = chronicle.stocks.get(happening.symbol()) else {
                return Err(StoreError::Damaged(format!("there is no stock {}", happening.symbol())).into());
            };
            match &happening.record {
                EntryRecord::Split(split) if symbols.contains(&split.symbol) => lines.split(split, stock)?,
                EntryRecord::Split(_) => {}
                EntryRecord::Conversion(row) => {
                    if row.portfolio_name().is_none_or(|only| request.is_of(only))
                        && (symbols.contains(&row.stock.1) || symbols.contains(&row.new_stock.1))
                    {
                        let Some(new_stock) = chronicle.stocks.get(&row.new_stock.1) else {
                            return Err(StoreError::Damaged(format!("there is no stock {}", row.new_stock.1)).into());
                        };
                        lines.conversion(row, [stock, new_stock])?;
                    }
                }
                EntryRecord::Transaction(row) => {
                    let to = arrivals.get(&row.transaction_id);
                    let is_wanted = request.is_of(&row.portfolio) || to.is_some_and(|to| request.is_of(to));
                    if is_wanted && row.transaction_type != TransactionType::TransferIn {
                        let method = methods.get(&row.portfolio).copied();
                        lines.transaction(row, stock, (method, to, &lots(&happening.entry.kind)))?;
                    }
                }
            }
        }
        Ok(())
    })?;
    Ok(lines.0.flush()?)
}

/// The receiving side of a transfer, and its portfolio.
fn arrival(happening: &RecordedEntry) -> Option<(TransactionId, PortfolioName)> {
    match &happening.record {
        EntryRecord::Transaction(row) if happening.arrives() => Some((row.transaction_id, row.portfolio.clone())),
        EntryRecord::Transaction(_) | EntryRecord::Split(_) | EntryRecord::Conversion(_) => None,
    }
}

/// The picked lots, as `import` parses them.
fn lots(kind: &EntryKind) -> String {
    let picked: &[PickedLot] = match kind {
        EntryKind::Sale { picked, .. } | EntryKind::TransferOut { picked, .. } => picked,
        EntryKind::Purchase { .. }
        | EntryKind::TransferIn { .. }
        | EntryKind::Dividend { .. }
        | EntryKind::Split(_)
        | EntryKind::Conversion(_)
        | EntryKind::CostAdjustment { .. } => &[],
    };
    let lots: Vec<String> = picked.iter().map(|lot| format!("{}:{}", lot.lot_id, lot.quantity)).collect();
    lots.join(" ")
}

/// Writes lines field by field, in the order of the header.
struct Lines<W: Write>(Writer<W>);

impl<W: Write> Lines<W> {
    fn split(&mut self, split: &SplitRow, stock: &Stock) -> io::Result<()> {
        self.plain(Some(split.effective_date.plain()))?;
        self.put("")?;
        self.put("split")?;
        self.stock(stock)?;
        self.put(&split.terms.to_string())?;
        (0..15).try_for_each(|_| self.put(""))?;
        self.plain(Some(split.split_id.plain()))?;
        self.no_conversion(None)
    }

    /// A conversion; its portfolio is empty if it concerns all.
    fn conversion(&mut self, row: &ConversionRow, [stock, new_stock]: [&Stock; 2]) -> io::Result<()> {
        let terms = &row.terms;
        self.plain(Some(row.effective_date.plain()))?;
        self.put("")?;
        self.put(row.kind.noun())?;
        self.stock(stock)?;
        self.put(&terms.ratio.to_string())?;
        (0..8).try_for_each(|_| self.put(""))?;
        self.text(row.portfolio_name().map_or("", PortfolioName::as_str))?;
        (0..6).try_for_each(|_| self.put(""))?;
        self.plain(Some(row.conversion_id.plain()))?;
        self.text(row.new_stock.1.as_str())?;
        let said = |value: Option<String>| value.unwrap_or_default();
        self.put(&said(terms.cost_share.map(|it| it.to_string())))?;
        for price in [terms.new_value, terms.old_value, terms.cash, terms.pay] {
            self.plain(price.map(Price::plain))?;
        }
        self.put(terms.rule.map_or("", ExchangeRule::as_str))?;
        self.plain(terms.cash_in_lieu.map(Money::plain))?;
        self.named(new_stock)?;
        self.cash(None)?;
        self.end()
    }

    /// The end of a line that is not a conversion, with the fee as it was charged.
    fn no_conversion(&mut self, charged: Option<Cash>) -> io::Result<()> {
        (0..12).try_for_each(|_| self.put(""))?;
        self.cash(charged)?;
        self.end()
    }

    fn transaction(
        &mut self,
        row: &TransactionRow,
        stock: &Stock,
        (method, to, lots): (Option<CostBasisMethod>, Option<&PortfolioName>, &str),
    ) -> io::Result<()> {
        self.plain(Some(row.trade_date.plain()))?;
        self.plain(row.trade_time.map(TimeOfDay::plain))?;
        self.put(action(row))?;
        self.stock(stock)?;
        self.plain(row.quantity.map(Quantity::plain))?;
        self.plain(row.price.map(Price::plain))?;
        self.plain(amount(row).map(Money::plain))?;
        self.plain(Some(row.fee).filter(|fee| *fee != Fee::ZERO).map(Fee::plain))?;
        self.plain(row.withholding.filter(|withheld| !withheld.is_zero()).map(Money::plain))?;
        self.cash(row.settled)?;
        self.cash(row.paid)?;
        self.text(row.portfolio.as_str())?;
        self.put(method.map_or("", CostBasisMethod::as_str))?;
        self.text(to.map_or("", PortfolioName::as_str))?;
        self.put(lots)?;
        self.plain(row.as_of.map(Day::plain))?;
        self.plain(row.ex_date.map(Day::plain))?;
        self.text(row.note.as_ref().map_or("", Note::as_str))?;
        self.plain(Some(row.transaction_id.plain()))?;
        self.no_conversion(row.charged)
    }

    fn stock(&mut self, stock: &Stock) -> io::Result<()> {
        self.text(stock.profile().symbol.as_str())?;
        self.named(stock)?;
        self.put(stock.profile().currency.code())
    }

    /// The names of a stock other than its symbol.
    fn named(&mut self, stock: &Stock) -> io::Result<()> {
        let profile = stock.profile();
        self.put(profile.isin.as_ref().map_or("", Isin::as_str))?;
        self.text(profile.company_name.as_str())?;
        self.text(profile.sector.as_ref().map_or("", Sector::as_str))?;
        self.text(profile.industry.as_ref().map_or("", Industry::as_str))
    }

    fn cash(&mut self, cash: Option<Cash>) -> io::Result<()> {
        self.plain(cash.map(|cash| cash.amount.plain()))?;
        self.put(cash.map_or("", |cash| cash.currency.code()))
    }

    fn text(&mut self, text: &str) -> io::Result<()> {
        self.put(&defused(text))
    }

    fn plain(&mut self, value: Option<Plain>) -> io::Result<()> {
        self.put(value.as_ref().map_or("", Plain::as_str))
    }

    fn put(&mut self, field: &str) -> io::Result<()> {
        Ok(self.0.write_field(field)?)
    }

    fn end(&mut self) -> io::Result<()> {
        Ok(self.0.write_record(None::<&[u8]>)?)
    }
}

fn action(row: &TransactionRow) -> &'static str {
    match (row.transaction_type, row.as_of) {
        (TransactionType::Buy, Some(_)) => "opening",
        (TransactionType::Buy, None) => "buy",
        (TransactionType::Sell, _) => "sell",
        (TransactionType::Dividend, _) => "dividend",
        (TransactionType::Split, _) => "split",
        (TransactionType::SpinOff, _) => "spin-off",
        (TransactionType::Exchange, _) => "exchange",
        (TransactionType::ReturnCapital, _) => "return-capital",
        (TransactionType::AdjustCost, _) => "adjust-cost",
        (TransactionType::TransferIn | TransactionType::TransferOut, _) => "transfer",
    }
}

/// The amount before fees and taxes, unless it is exactly quantity times price.
fn amount(row: &TransactionRow) -> Option<Money> {
    let gross = row.gross_amount();
    let product = row.price.zip(row.quantity).and_then(|(price, quantity)| price.times(quantity).ok());
    gross.filter(|gross| product != Some(*gross))
}
