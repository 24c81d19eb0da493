//! The records that count, day by day, in the order in which they count.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use crate::app::AppError;
use crate::domain::{
    CostAdjustmentKind, Day, Entry, EntryKind, Portfolio, PortfolioFilter, PortfolioId, PortfolioName, Stock, StockId,
    Symbol, TransactionType,
};
use crate::store::{ConversionRow, Reader, SplitRow, StoreError, TransactionFilter, TransactionRow};

/// The book, with its stocks and portfolios.
pub(super) struct Chronicle<'b> {
    pub(super) reader: Reader<'b>,
    pub(super) portfolios: Vec<Portfolio>,
    pub(super) stocks: BTreeMap<Symbol, Stock>,
    by_name: HashMap<PortfolioName, PortfolioId>,
    /// Splits and conversions.
    facts: BTreeMap<Day, Vec<Fact>>,
}

/// An entry of stocks rather than of a single portfolio.
enum Fact {
    Split(StockId, SplitRow),
    Conversion(Box<ConversionRow>),
}

/// An entry, with its record.
pub(super) struct RecordedEntry {
    /// The entry.
    pub(super) entry: Entry,
    /// Its record.
    pub(super) record: EntryRecord,
}

pub(super) enum EntryRecord {
    Split(SplitRow),
    Conversion(Box<ConversionRow>),
    Transaction(Box<TransactionRow>),
}

impl RecordedEntry {
    /// Whether shares came from another portfolio.
    pub(super) fn arrives(&self) -> bool {
        matches!(self.entry.kind, EntryKind::TransferIn { .. })
    }

    pub(super) fn symbol(&self) -> &Symbol {
        match &self.record {
            EntryRecord::Split(split) => &split.symbol,
            EntryRecord::Conversion(row) => &row.stock.1,
            EntryRecord::Transaction(row) => &row.symbol,
        }
    }
}

type TakeDay<'t> = &'t mut dyn FnMut(Day, Vec<RecordedEntry>) -> Result<(), AppError>;

impl<'b> Chronicle<'b> {
    pub(super) fn of(reader: Reader<'b>) -> Result<Self, StoreError> {
        let mut facts: BTreeMap<Day, Vec<Fact>> = BTreeMap::new();
        let mut stocks = BTreeMap::new();
        for stock in reader.stocks().all()? {
            for split in reader.splits().of_stock(&stock)? {
                facts.entry(split.effective_date).or_default().push(Fact::Split(stock.id(), split));
            }
            stocks.insert(stock.profile().symbol.clone(), stock);
        }
        for conversion in reader.conversions().all()? {
            facts.entry(conversion.effective_date).or_default().push(Fact::Conversion(Box::new(conversion)));
        }
        let portfolios = reader.portfolios().all()?;
        let by_name = portfolios.iter().map(|portfolio| (portfolio.name().clone(), portfolio.id())).collect();
        Ok(Self { reader, portfolios, stocks, by_name, facts })
    }

    /// The splits of a stock.
    pub(super) fn splits_of(&self, symbol: &Symbol) -> impl Iterator<Item = &SplitRow> {
        self.facts.values().flatten().filter_map(move |fact| match fact {
            Fact::Split(_, split) if split.symbol == *symbol => Some(split),
            Fact::Split(..) | Fact::Conversion(_) => None,
        })
    }

    /// The conversions.
    pub(super) fn conversions(&self) -> impl Iterator<Item = &ConversionRow> {
        self.facts.values().flatten().filter_map(|fact| match fact {
            Fact::Conversion(row) => Some(row.as_ref()),
            Fact::Split(..) => None,
        })
    }

    /// The stocks that portfolios hold or held; for all portfolios, all stocks.
    pub(super) fn symbols_in(&self, filter: &PortfolioFilter) -> Result<HashSet<Symbol>, StoreError> {
        let mut symbols = HashSet::new();
        for (symbol, stock) in &self.stocks {
            let is_there = *filter == PortfolioFilter::ALL
                || self.reader.portfolios().holding(stock)?.iter().any(|portfolio| filter.includes(portfolio.name()));
            if is_there {
                symbols.insert(symbol.clone());
            }
        }
        Ok(symbols)
    }

    /// Passes the days of a period on which anything happened to `take`, in order.
    pub(super) fn for_each_day(&self, [from, to]: [Option<Day>; 2], take: TakeDay<'_>) -> Result<(), AppError> {
        let is_wanted = |day: &Day| from.is_none_or(|from| from <= *day) && to.is_none_or(|to| *day <= to);
        let mut facts = self.facts.iter().filter(|(day, _)| is_wanted(day)).peekable();
        let mut today: Option<(Day, Vec<RecordedEntry>)> = None;
        let mut pass = |until: Option<Day>, today: &mut Option<(Day, Vec<RecordedEntry>)>| {
            if let Some((day, mut happenings)) = today.take() {
                happenings.sort_by_key(|happening| happening.entry.order());
                take(day, happenings)?;
            }
            while let Some((day, of_day)) = facts.next_if(|(day, _)| until.is_none_or(|until| **day <= until)) {
                let happenings = of_day.iter().map(of_fact).collect();
                if Some(*day) == until {
                    *today = Some((*day, happenings));
                    break;
                }
                take(*day, happenings)?;
            }
            Ok::<_, AppError>(())
        };
        let filter = TransactionFilter { from, to, ..TransactionFilter::default() };
        self.reader.transactions().for_each::<AppError>(&filter, &mut |row| {
            // A row for each portfolio; here they are facts of the stock.
            if row.ratio.is_some() || row.conversion.is_some() {
                return Ok(());
            }
            let date = row.trade_date;
            if today.as_ref().is_none_or(|(day, _)| *day != date) {
                pass(Some(date), &mut today)?;
            }
            let (_, happenings) = today.get_or_insert_with(|| (date, Vec::new()));
            happenings.push(self.of_transaction(row)?);
            Ok(())
        })?;
        pass(None, &mut today)
    }

    fn of_transaction(&self, row: TransactionRow) -> Result<RecordedEntry, StoreError> {
        let missing = |what: &str| StoreError::Damaged(format!("transaction {} has no {what}", row.transaction_id));
        let portfolio = *self.by_name.get(&row.portfolio).ok_or_else(|| missing("portfolio"))?;
        let quantity = || row.quantity.ok_or_else(|| missing("quantity"));
        // A purchase that was amended since is represented by its replacement.
        let picked = || self.reader.records().current_lots(&row.picked);
        let kind = match row.transaction_type {
            TransactionType::Buy => EntryKind::purchase(portfolio, (quantity()?, row.as_of), row.total_amount),
            TransactionType::Sell => EntryKind::Sale {
                portfolio,
                quantity: quantity()?,
                proceeds: row.total_amount,
                picked: picked()?,
                as_of: row.as_of,
            },
            TransactionType::TransferOut => {
                EntryKind::TransferOut { portfolio, quantity: quantity()?, picked: picked()? }
            }
            TransactionType::TransferIn => EntryKind::TransferIn { portfolio, quantity: quantity()? },
            TransactionType::ReturnCapital => {
                let kind = CostAdjustmentKind::ReturnOfCapital;
                EntryKind::CostAdjustment { portfolio, kind, amount: row.total_amount }
            }
            TransactionType::AdjustCost => {
                let kind = CostAdjustmentKind::Addition;
                EntryKind::CostAdjustment { portfolio, kind, amount: row.total_amount }
            }
            TransactionType::Dividend
            | TransactionType::Split
            | TransactionType::SpinOff
            | TransactionType::Exchange => {
                let amount = row.gross_amount().ok_or_else(|| missing("amount"))?;
                EntryKind::Dividend { portfolio, amount, net: row.total_amount }
            }
        };
        let stock = self.stocks.get(&row.symbol).ok_or_else(|| missing("stock"))?.id();
        let entry = Entry::recorded((row.transaction_id, stock), (row.trade_date, row.trade_time), row.place, kind);
        Ok(RecordedEntry { entry, record: EntryRecord::Transaction(Box::new(row)) })
    }
}

fn of_fact(fact: &Fact) -> RecordedEntry {
    match fact {
        Fact::Split(stock, split) => {
            RecordedEntry { entry: split.entry(*stock), record: EntryRecord::Split(split.clone()) }
        }
        Fact::Conversion(row) => RecordedEntry { entry: row.entry(), record: EntryRecord::Conversion(row.clone()) },
    }
}
