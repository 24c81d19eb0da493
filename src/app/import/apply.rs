//! Carrying out staged rows.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use super::day_prices::{DayPrices, SeenPrice};
use super::file::{CurrencyMark, ImportRow, PriceRow, RowFault, TradeRow};
use super::identity::{RowIdentities, RowIdentity};
use super::reading::StagedFiles;
use super::{FileFault, ImportError, Observer};
use crate::app::lookup::{unknown_portfolio, unknown_symbol};
use crate::app::{AddStock, SessionError, TradeTerms, add_stock};
use crate::domain::{
    Currency, DomainError, Fee, Portfolio, PortfolioName, Stock, StockId, Symbol, Trade, TransactionId, ValueError,
};
use crate::store::{LotsNeeded, StagedRow, StoreError, UnitOfWork};

/// What an import did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReceipt {
    /// Rows read.
    pub rows: u64,
    /// Transactions recorded.
    pub imported: u64,
    /// Rows that the book had already.
    pub skipped_duplicates: u64,
    /// Stocks added.
    pub stocks_added: u64,
    /// Prices recorded.
    pub prices: u64,
    /// Positions and stocks that rows were about, recorded before or now.
    pub touched: BTreeSet<(PortfolioName, Symbol)>,
    /// Stocks that price rows were about.
    pub priced: BTreeSet<Symbol>,
}

/// Records the staged rows, in the order of their dates. Unknown symbols become stocks if
/// `new_stock_id` gives them ids.
///
/// # Errors
/// [`ImportError::Refused`] with every bad row; or if the book cannot be read or written, or if
/// the user interrupts.
pub fn apply(
    unit: &mut UnitOfWork<'_>,
    staged: &StagedFiles,
    portfolio: &PortfolioName,
    new_stock_id: Option<&dyn Fn() -> StockId>,
    observer: &dyn Observer,
) -> anyhow::Result<ImportReceipt> {
    let mut import = Import {
        unit,
        staged,
        portfolio,
        new_stock_id,
        receipt: ImportReceipt { rows: staged.rows, ..ImportReceipt::default() },
        stocks: HashMap::new(),
        portfolios: HashMap::new(),
        identities: RowIdentities::default(),
        day_prices: DayPrices::default(),
    };
    let mut faults = staged.faults.clone();
    let mut done = 0_u64;
    staged.stage.for_each(&mut |row: &StagedRow<ImportRow>| {
        observer.advance(done, Some(staged.rows));
        done = done.saturating_add(1);
        if observer.is_interrupted() {
            return Err(anyhow::Error::from(SessionError::Interrupted));
        }
        match import.record(row) {
            Ok(()) => Ok(()),
            Err(Refusal::Row(fault)) => {
                // What follows from a row that could not be read is not that row's fault.
                if staged.faults.is_empty() || fault.is_by_itself {
                    faults.push(import.locate(row, fault));
                }
                Ok(())
            }
            Err(Refusal::All(error)) => Err(error),
        }
    })?;
    if faults.is_empty() {
        return Ok(import.conclude());
    }
    faults.sort_by_key(|fault| (fault.index, fault.fault.line));
    Err(ImportError::Refused { rows: staged.rows, faults }.into())
}

struct Import<'i, 'b> {
    unit: &'i mut UnitOfWork<'b>,
    staged: &'i StagedFiles,
    portfolio: &'i PortfolioName,
    new_stock_id: Option<&'i dyn Fn() -> StockId>,
    receipt: ImportReceipt,
    stocks: HashMap<Symbol, KnownStock>,
    portfolios: HashMap<PortfolioName, Rc<Portfolio>>,
    identities: RowIdentities,
    day_prices: DayPrices,
}

/// A stock that rows were about.
struct KnownStock {
    stock: Rc<Stock>,
    /// The portfolios that its trades were in, each once.
    traded_in: Vec<Rc<Portfolio>>,
}

/// Refuses a row in another currency than its stock's.
fn check_currency(stock: &Stock, found: Option<CurrencyMark>) -> Result<(), Refusal> {
    let (symbol, expected) = (&stock.profile().symbol, stock.profile().currency);
    match found.filter(|found| !found.stands_for(expected)) {
        Some(CurrencyMark::Code(found)) => {
            Err(DomainError::CurrencyMismatch { symbol: symbol.clone(), expected, found }.into())
        }
        Some(sign @ (CurrencyMark::Dollar | CurrencyMark::Yen)) => Err(Refusal::Row(Fault {
            code: "currency_mismatch",
            message: format!("{symbol} is traded in {expected}, not in {sign}"),
            hint: Some(format!("give the amounts in {expected}, or use another symbol for the other listing")),
            is_by_itself: true,
        })),
        None => Ok(()),
    }
}

/// The currency of a stock that is to be added, by what its rows say; US dollars if they say nothing.
fn currency_of_new(symbol: &Symbol, mark: Option<CurrencyMark>) -> Result<Currency, Refusal> {
    let Some(mark) = mark else { return Ok(Currency::USD) };
    mark.of_new_stock().ok_or_else(|| {
        Refusal::Row(Fault {
            code: "ambiguous_currency",
            message: format!("the currency of {symbol} is open: its rows are in {mark}"),
            hint: Some("add a currency column, or write the code in place of the sign".to_owned()),
            is_by_itself: true,
        })
    })
}

/// What is wrong with a row.
struct Fault {
    code: &'static str,
    message: String,
    hint: Option<String>,
    /// Whether it is wrong whatever the other rows say.
    is_by_itself: bool,
}

impl TradeRow {
    fn trade(&self, id: TransactionId) -> Trade {
        Trade {
            id,
            side: self.side,
            date: self.date,
            quantity: self.quantity,
            consideration: self.consideration,
            fee: self.fee.unwrap_or(Fee::ZERO),
            note: self.note.clone(),
        }
    }

    fn terms(&self, portfolio: &PortfolioName) -> TradeTerms {
        TradeTerms {
            side: self.side,
            symbol: self.symbol.clone(),
            portfolio: portfolio.clone(),
            quantity: self.quantity,
            consideration: self.consideration,
            fee: self.fee,
            date: Some(self.date),
            note: self.note.clone(),
        }
    }
}

/// Why a row is not recorded.
enum Refusal {
    /// The row is bad.
    Row(Fault),
    /// The import cannot go on.
    All(anyhow::Error),
}

impl From<DomainError> for Refusal {
    fn from(error: DomainError) -> Self {
        let is_by_itself = match error {
            DomainError::LotsMissing { .. } => return Self::All(error.into()),
            DomainError::UnknownSymbol { .. }
            | DomainError::UnknownPortfolio { .. }
            | DomainError::IdConflict { .. }
            | DomainError::CurrencyMismatch { .. } => true,
            DomainError::InsufficientQuantity { .. }
            | DomainError::LateEntry { .. }
            | DomainError::SymbolExists { .. }
            | DomainError::PortfolioExists { .. }
            | DomainError::TooLarge { .. } => false,
        };
        let (code, message, hint) = (error.code(), error.to_string(), error.hint());
        Self::Row(Fault { code, message, hint, is_by_itself })
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::All(error.into())
    }
}

impl From<ValueError> for Refusal {
    fn from(error: ValueError) -> Self {
        let (code, message) = (error.code, error.to_string());
        Self::Row(Fault { code, message, hint: error.hint, is_by_itself: true })
    }
}

impl Import<'_, '_> {
    fn record(&mut self, staged: &StagedRow<ImportRow>) -> Result<(), Refusal> {
        match &staged.row {
            ImportRow::Price(row) => self.record_price(row, staged.file, staged.line),
            ImportRow::Trade(row) => self.record_trade(staged.file, row),
        }
    }

    fn record_price(&mut self, row: &PriceRow, file: u64, line: u64) -> Result<(), Refusal> {
        let mut stock = self.stock(&row.symbol)?;
        check_currency(&stock, row.currency)?;
        let earlier = self.day_prices.earlier(row, file, line);
        self.record_price_of(row, Rc::make_mut(&mut stock), earlier)?;
        if let Some(known) = self.stocks.get_mut(&row.symbol) {
            known.stock = stock;
        }
        Ok(())
    }

    fn record_price_of(
        &mut self,
        row: &PriceRow,
        stock: &mut Stock,
        earlier: Option<SeenPrice>,
    ) -> Result<(), Refusal> {
        if let Some(earlier) = earlier {
            if earlier.price != row.price {
                return Err(self.conflicting_price(row, earlier));
            }
            self.receipt.skipped_duplicates = self.receipt.skipped_duplicates.saturating_add(1);
            return Ok(());
        }
        self.receipt.priced.insert(row.symbol.clone());
        let in_force = self.unit.price_in_force(stock, row.date)?;
        if in_force.is_some_and(|old| old.date == row.date && old.price == row.price) {
            self.receipt.skipped_duplicates = self.receipt.skipped_duplicates.saturating_add(1);
        } else {
            stock.update_price(row.date, row.price, in_force);
            self.unit.save(stock)?;
            self.receipt.prices = self.receipt.prices.saturating_add(1);
        }
        Ok(())
    }

    fn conflicting_price(&self, row: &PriceRow, earlier: SeenPrice) -> Refusal {
        let PriceRow { date, symbol, price, .. } = row;
        let SeenPrice { price: other, file, line } = earlier;
        let file = self.file_name(file);
        Refusal::Row(Fault {
            code: "conflicting_price",
            message: format!("the price of {symbol} on {date} is {price} here and {other} at {file}:{line}"),
            hint: Some("keep one of the two".to_owned()),
            is_by_itself: true,
        })
    }

    fn record_trade(&mut self, file: u64, row: &TradeRow) -> Result<(), Refusal> {
        let stock = self.stock(&row.symbol)?;
        let portfolio = self.portfolio(row.portfolio.as_ref().unwrap_or(self.portfolio))?;
        check_currency(&stock, row.currency)?;
        let identity = self.identities.identify(file, portfolio.id(), row);
        if let Some(known) = self.stocks.get_mut(&row.symbol)
            && !known.traded_in.iter().any(|other| Rc::ptr_eq(other, &portfolio))
        {
            known.traded_in.push(Rc::clone(&portfolio));
        }
        if self.is_recorded(row, &portfolio, identity)? {
            self.receipt.skipped_duplicates = self.receipt.skipped_duplicates.saturating_add(1);
            return Ok(());
        }
        let trade = row.trade(identity.id);
        self.unit.with_position(&portfolio, &stock, LotsNeeded::All, |position| {
            position.execute(&trade).map_err(Refusal::from)
        })?;
        self.receipt.imported = self.receipt.imported.saturating_add(1);
        Ok(())
    }

    fn is_recorded(&mut self, row: &TradeRow, portfolio: &Portfolio, identity: RowIdentity) -> Result<bool, Refusal> {
        let RowIdentity { id, is_repeated } = identity;
        if let Some(given) = &row.id {
            return Ok(row.terms(portfolio.name()).recorded::<Refusal>(self.unit, given, id)?.is_some());
        }
        // Nobody could know such an id before the book: it follows from its portfolio's, which is random.
        Ok(is_repeated || (!self.unit.begins_book() && self.unit.has_transaction(id)?))
    }

    fn portfolio(&mut self, name: &PortfolioName) -> Result<Rc<Portfolio>, Refusal> {
        if let Some(portfolio) = self.portfolios.get(name) {
            return Ok(Rc::clone(portfolio));
        }
        let Some(portfolio) = self.unit.portfolio(name)? else {
            return Err(unknown_portfolio(&*self.unit, name)?.into());
        };
        let portfolio = Rc::new(portfolio);
        self.portfolios.insert(name.clone(), Rc::clone(&portfolio));
        Ok(portfolio)
    }

    fn stock(&mut self, symbol: &Symbol) -> Result<Rc<Stock>, Refusal> {
        if let Some(known) = self.stocks.get(symbol) {
            return Ok(Rc::clone(&known.stock));
        }
        let stock = match self.unit.stock(symbol)? {
            Some(stock) => stock,
            None => self.add_stock(symbol)?,
        };
        let stock = Rc::new(stock);
        self.stocks.insert(symbol.clone(), KnownStock { stock: Rc::clone(&stock), traded_in: Vec::new() });
        Ok(stock)
    }

    fn add_stock(&mut self, symbol: &Symbol) -> Result<Stock, Refusal> {
        let Some(new_id) = self.new_stock_id else { return Err(self.unknown_symbol(symbol)?) };
        let currency = currency_of_new(symbol, self.staged.currencies.get(symbol).copied())?;
        let request = AddStock {
            fresh_id: new_id(),
            symbol: symbol.clone(),
            company_name: symbol.as_str().parse()?,
            sector: None,
            industry: None,
            currency: Some(currency),
        };
        let stock = add_stock(self.unit, &request).map_err(Refusal::All)?;
        self.receipt.stocks_added = self.receipt.stocks_added.saturating_add(1);
        Ok(stock)
    }

    fn conclude(mut self) -> ImportReceipt {
        for (symbol, known) in self.stocks {
            let portfolios = known.traded_in.iter().map(|portfolio| (portfolio.name().clone(), symbol.clone()));
            self.receipt.touched.extend(portfolios);
        }
        self.receipt
    }

    fn unknown_symbol(&self, symbol: &Symbol) -> Result<Refusal, StoreError> {
        let error = unknown_symbol(&*self.unit, symbol)?;
        let add = "--add-stocks adds the symbols that are new";
        let hint = if let DomainError::UnknownSymbol { nearest, .. } = &error
            && !nearest.is_empty()
        {
            let nearest: Vec<_> = nearest.iter().map(Symbol::as_str).collect();
            format!("did you mean {}? {add}", nearest.join(", "))
        } else {
            add.to_owned()
        };
        let (code, message) = (error.code(), error.to_string());
        Ok(Refusal::Row(Fault { code, message, hint: Some(hint), is_by_itself: true }))
    }

    fn locate(&self, row: &StagedRow<ImportRow>, fault: Fault) -> FileFault {
        let Fault { code, message, hint, is_by_itself: _ } = fault;
        let file = self.file_name(row.file).to_owned();
        FileFault { index: row.file, file, fault: RowFault { line: row.line, code, message, hint } }
    }

    fn file_name(&self, file: u64) -> &str {
        let place = usize::try_from(file).ok();
        place.and_then(|place| self.staged.names.get(place)).map_or("", String::as_str)
    }
}
