//! The stocks and portfolios of an import.

use std::rc::Rc;

use hashbrown::HashMap;

use super::file::CurrencyMark;
use super::listings::Listings;
use super::refusal::{Refusal, RowRefusal, check_currency, currency_of_new};
use super::stated_stocks::{StatedStock, StatedStocks};
use super::{ImportReceipt, ImportRequest};
use crate::app::lookup::{owner_of_references, unknown_portfolio, unknown_symbol};
use crate::app::{AddPortfolio, AddStock, add_portfolio, add_stock};
use crate::domain::{
    Currency, DomainError, Isin, Portfolio, PortfolioId, PortfolioName, Stock, StockId, Symbol, shell_word,
};
use crate::store::{StoreError, UnitOfWork};

/// The stocks and portfolios that rows refer to, each loaded once.
pub(super) struct Directory<'i> {
    request: &'i ImportRequest<'i>,
    /// What the rows state about their stocks.
    stated: &'i StatedStocks,
    listings: Listings,
    stocks: HashMap<Symbol, KnownStock>,
    portfolios: HashMap<PortfolioName, Rc<Portfolio>>,
    stocks_added: u64,
    /// The new stocks for which the files have an ISIN and no symbol.
    without_symbol: Vec<Isin>,
    portfolios_added: u64,
}

/// A stock that rows refer to.
struct KnownStock {
    stock: Rc<Stock>,
    /// The portfolios in which rows traded it.
    traded_in: HashMap<PortfolioId, Rc<Portfolio>>,
    /// Whether a row recorded a split of it.
    is_split: bool,
}

/// The stock and portfolio of a row.
#[derive(Clone)]
pub(super) struct OfPosition {
    pub(super) portfolio: Rc<Portfolio>,
    pub(super) stock: Rc<Stock>,
}

impl OfPosition {
    pub(super) fn ids(&self) -> (PortfolioId, StockId) {
        (self.portfolio.id(), self.stock.id())
    }

    pub(super) fn names(&self) -> (PortfolioName, Symbol) {
        (self.portfolio.name().clone(), self.stock.profile().symbol.clone())
    }
}

impl<'i> Directory<'i> {
    pub(super) fn new(request: &'i ImportRequest<'i>, stated: &'i StatedStocks) -> Self {
        Self {
            request,
            stated,
            listings: Listings::default(),
            stocks: HashMap::new(),
            portfolios: HashMap::new(),
            stocks_added: 0,
            without_symbol: Vec::new(),
            portfolios_added: 0,
        }
    }

    /// Finds or adds the stock and portfolio of a transaction; `mark` is the currency that its row states.
    pub(super) fn position(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        (portfolio, symbol): (Option<&PortfolioName>, &Symbol),
        mark: Option<CurrencyMark>,
    ) -> Result<OfPosition, Refusal> {
        let stock = self.stock(unit, symbol)?;
        let portfolio = self.portfolio(unit, portfolio)?;
        self.check_listing(symbol, &stock, mark)?;
        if let Some(known) = self.stocks.get_mut(symbol) {
            known.traded_in.entry(portfolio.id()).or_insert_with(|| Rc::clone(&portfolio));
        }
        Ok(OfPosition { portfolio, stock })
    }

    /// The stock and portfolio of a transaction, if the book has both.
    pub(super) fn find_position(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        (portfolio, symbol): (Option<&PortfolioName>, &Symbol),
    ) -> Result<Option<OfPosition>, StoreError> {
        let stock = self.find_stock(unit, symbol)?;
        let portfolio = self.find_portfolio(unit, portfolio.unwrap_or(self.request.portfolio))?;
        Ok(stock.zip(portfolio).map(|(stock, portfolio)| OfPosition { portfolio, stock }))
    }

    pub(super) fn portfolio(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        name: Option<&PortfolioName>,
    ) -> Result<Rc<Portfolio>, Refusal> {
        let name = name.unwrap_or(self.request.portfolio);
        match self.find_portfolio(unit, name)? {
            Some(portfolio) => Ok(portfolio),
            None => self.add_portfolio(unit, name),
        }
    }

    /// The portfolio within which the reference of a corporate action of all portfolios is resolved to an id:
    /// the default one, or the book's first where none is called `main` any more.
    pub(super) fn owner_of_references(&mut self, unit: &mut UnitOfWork<'_>) -> Result<Rc<Portfolio>, Refusal> {
        if *self.request.portfolio == PortfolioName::main() {
            return owner_of_references(unit.reader(), None).map(Rc::new).map_err(Refusal::from_any);
        }
        self.portfolio(unit, None)
    }

    fn add_portfolio(&mut self, unit: &mut UnitOfWork<'_>, name: &PortfolioName) -> Result<Rc<Portfolio>, Refusal> {
        let Some(new_id) = self.request.new_portfolio_id else {
            return Err(unknown_portfolio_of_row(unit, name)?);
        };
        let is_meant = |stated: Option<&PortfolioName>| stated.unwrap_or(self.request.portfolio) == name;
        let stated = self.stated.methods().find(|(stated, _)| is_meant(*stated));
        let cost_basis_method = stated.map(|(_, method)| method);
        let request = AddPortfolio { fresh_id: new_id(), name: name.clone(), cost_basis_method };
        let portfolio = Rc::new(add_portfolio(unit, &request).map_err(Refusal::from_any)?);
        self.portfolios_added = self.portfolios_added.saturating_add(1);
        self.portfolios.insert(name.clone(), Rc::clone(&portfolio));
        Ok(portfolio)
    }

    fn find_portfolio(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        name: &PortfolioName,
    ) -> Result<Option<Rc<Portfolio>>, StoreError> {
        if let Some(portfolio) = self.portfolios.get(name) {
            return Ok(Some(Rc::clone(portfolio)));
        }
        let found = unit.reader().portfolios().find(name)?.map(Rc::new);
        self.portfolios.extend(found.iter().map(|portfolio| (name.clone(), Rc::clone(portfolio))));
        Ok(found)
    }

    /// The stock of a row. A new one is added if the user allows it.
    pub(super) fn stock(&mut self, unit: &mut UnitOfWork<'_>, symbol: &Symbol) -> Result<Rc<Stock>, Refusal> {
        let Some(stock) = self.find_stock(unit, symbol)? else { return self.add_stock(unit, symbol, None) };
        let stated = self.stated.get(symbol).and_then(|stated| stated.isin);
        // Under a former symbol, the stock may have had another ISIN.
        let is_former = stock.profile().symbol != *symbol;
        match stock.profile().isin.zip(stated).filter(|(known, stated)| !is_former && known != stated) {
            Some((known, stated)) => Err(other_isin(symbol, known, stated)),
            None => Ok(stock),
        }
    }

    /// Like [`Self::stock`], for a stock whose shares were received for those of `other`. If no row states
    /// its currency, a new stock gets that of `other`.
    pub(super) fn stock_beside(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        symbol: &Symbol,
        other: &Stock,
    ) -> Result<Rc<Stock>, Refusal> {
        if self.find_stock(unit, symbol)?.is_some() {
            return self.stock(unit, symbol);
        }
        let is_stated = self.stated.get(symbol).is_some_and(|stated| stated.currency().is_some());
        self.add_stock(unit, symbol, Some(other.profile().currency).filter(|_| !is_stated))
    }

    pub(super) fn find_stock(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        symbol: &Symbol,
    ) -> Result<Option<Rc<Stock>>, StoreError> {
        if let Some(known) = self.stocks.get(symbol) {
            return Ok(Some(Rc::clone(&known.stock)));
        }
        let stated = self.stated.get(symbol);
        let by_isin = match stated.and_then(|stated| Some((stated.isin?, stated))) {
            Some((isin, stated)) => {
                let is_named = self.request.formats.options.symbols.iter().any(|map| map.to == *symbol);
                self.listings.find(unit, isin, (symbol, stated), is_named)?
            }
            None => None,
        };
        let found = match by_isin {
            Some(stock) => Some(stock),
            None => unit.reader().stocks().find(symbol)?,
        };
        Ok(found.map(|stock| self.keep(symbol, stock)))
    }

    /// The currency of a stock, or the one that the rows give to a new stock.
    pub(super) fn currency_of(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        symbol: &Symbol,
    ) -> Result<Option<Currency>, StoreError> {
        if let Some(stock) = self.find_stock(unit, symbol)? {
            return Ok(Some(stock.profile().currency));
        }
        let stated = self.stated.get(symbol).and_then(StatedStock::currency);
        Ok(if let Some(CurrencyMark::Code(currency)) = stated { Some(currency) } else { None })
    }

    /// Refuses a row in another currency than that of its stock, with the symbol to give to a listing of its own.
    fn check_listing(&self, symbol: &Symbol, stock: &Stock, mark: Option<CurrencyMark>) -> Result<(), Refusal> {
        check_currency(stock, mark).map_err(|refusal| match (refusal, mark) {
            (Refusal::Row(refusal), Some(CurrencyMark::Code(found))) => {
                let hint = self.of_other_listing(symbol, stock, found).or(refusal.hint);
                Refusal::Row(RowRefusal { hint, ..refusal })
            }
            (refusal, _) => refusal,
        })
    }

    fn of_other_listing(&self, symbol: &Symbol, stock: &Stock, found: Currency) -> Option<String> {
        let stated = self.stated.get(symbol).filter(|stated| stated.is_foreign)?;
        let isin = stated.isin.filter(|isin| stock.profile().isin.is_none_or(|known| known == *isin));
        let name = isin.map_or_else(|| symbol.to_string(), |isin| isin.to_string());
        let listing: Symbol = format!("{name}.{found}").parse().ok()?;
        let add = if self.request.new_stock_id.is_some() { "" } else { " --add-stocks" };
        let named = format!("--map-symbol {}{add}", shell_word(&format!("{name}={listing}")));
        Some(if stated.is_only_paid() {
            let (word, currency) = (shell_word(stock.profile().symbol.as_str()), stock.profile().currency);
            format!(
                "a dividend in {found} on shares listed in {currency} takes `dividend {word} AMOUNT --currency {found}`; \
                 if the shares are listed in {found}, they are a stock of their own: {named}"
            )
        } else if stated.currency().is_some_and(|mark| mark.stands_for(stock.profile().currency)) {
            // The option applies to all rows of the file.
            let currency = stock.profile().currency;
            format!(
                "the file has rows of a listing in {currency} too: put those in {found} into a file of their own, and \
                 import that with {named}"
            )
        } else {
            format!("the listing in {found} is a stock of its own; give it a symbol: {named}")
        })
    }

    fn keep(&mut self, symbol: &Symbol, stock: Stock) -> Rc<Stock> {
        let stock = Rc::new(stock);
        let known = KnownStock { stock: Rc::clone(&stock), traded_in: HashMap::new(), is_split: false };
        self.stocks.insert(symbol.clone(), known);
        stock
    }

    fn add_stock(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        symbol: &Symbol,
        currency: Option<Currency>,
    ) -> Result<Rc<Stock>, Refusal> {
        let Some(new_id) = self.request.new_stock_id else { return Err(unknown(unit, symbol)?) };
        let stated = self.stated.get(symbol).cloned().unwrap_or_default();
        let request = AddStock {
            fresh_id: new_id(),
            symbol: symbol.clone(),
            company_name: stated.name.clone().map_or_else(|| symbol.as_str().parse(), Ok)?,
            sector: stated.sector.clone(),
            industry: stated.industry.clone(),
            currency: Some(currency.map_or_else(|| currency_of_new(symbol, &stated, self.request), Ok)?),
            usual_currency: self.request.usual_currency,
            isin: stated.isin,
        };
        let stock = add_stock(unit, &request).map_err(Refusal::from_any)?;
        self.stocks_added = self.stocks_added.saturating_add(1);
        self.without_symbol.extend(stock.profile().isin.filter(|isin| isin.as_str() == symbol.as_str()));
        self.listings.add(&stock, stated.is_foreign);
        Ok(self.keep(symbol, stock))
    }

    /// Replaces a stock that a row has changed.
    pub(super) fn change(&mut self, symbol: &Symbol, stock: Rc<Stock>) {
        if let Some(known) = self.stocks.get_mut(symbol) {
            known.stock = stock;
        }
    }

    /// Notes that a row recorded a split of the stock.
    pub(super) fn note_split(&mut self, symbol: &Symbol) {
        if let Some(known) = self.stocks.get_mut(symbol) {
            known.is_split = true;
        }
    }

    /// All stocks, each with whether a row recorded a split of it.
    pub(super) fn stocks(&self) -> impl Iterator<Item = (&Stock, bool)> {
        self.stocks.values().map(|known| (&*known.stock, known.is_split))
    }

    /// All positions that rows refer to, each with the symbol that the rows use.
    pub(super) fn positions(&self) -> Vec<(Symbol, OfPosition)> {
        let of_stock = |(symbol, known): (&Symbol, &KnownStock)| {
            let of = |portfolio: &Rc<Portfolio>| {
                let (portfolio, stock) = (Rc::clone(portfolio), Rc::clone(&known.stock));
                (symbol.clone(), OfPosition { portfolio, stock })
            };
            known.traded_in.values().map(of).collect::<Vec<_>>()
        };
        let mut positions: Vec<_> = self.stocks.iter().flat_map(of_stock).collect();
        positions.sort_by(|(one, in_one), (other, in_other)| {
            (one, in_one.portfolio.name()).cmp(&(other, in_other.portfolio.name()))
        });
        positions
    }

    /// The portfolios in which rows traded a stock.
    pub(super) fn portfolios_of(&self, symbol: &Symbol) -> Vec<PortfolioName> {
        let traded_in = self.stocks.get(symbol).into_iter().flat_map(|known| known.traded_in.values());
        traded_in.map(|portfolio| portfolio.name().clone()).collect()
    }

    /// Enters what was added, and the positions concerned, into the receipt.
    pub(super) fn conclude(self, receipt: &mut ImportReceipt) {
        receipt.stocks_added = self.stocks_added;
        receipt.notes.extend(self.without_symbol.first().map(|isin| {
            format!(
                "new stocks have ISINs for symbols, as in the files ({} of them); \
                 `stockbook edit-stock {isin} --symbol SYMBOL` gives one its own, and its ISIN still finds it",
                self.without_symbol.len()
            )
        }));
        receipt.notes.extend(self.listings.into_notes());
        receipt.notes.extend(self.stated.of_two_isins().filter_map(|(symbol, isins)| {
            let stock = &self.stocks.get(symbol)?.stock;
            Some(two_isins(symbol, isins, &stock.profile().symbol))
        }));
        receipt.portfolios_added = self.portfolios_added;
        for (symbol, known) in self.stocks {
            // The rows may use a former symbol.
            let listed = &known.stock.profile().symbol;
            if receipt.priced.remove(&symbol) {
                receipt.priced.insert(listed.clone());
            }
            let positions = known.traded_in.values().map(|portfolio| (portfolio.name().clone(), listed.clone()));
            receipt.touched.extend(positions);
        }
    }
}

fn unknown(unit: &UnitOfWork<'_>, symbol: &Symbol) -> Result<Refusal, StoreError> {
    let error = unknown_symbol(unit.reader(), symbol)?;
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
    Ok(Refusal::Row(RowRefusal { code, message, hint: Some(hint), is_by_itself: true }))
}

fn unknown_portfolio_of_row(unit: &UnitOfWork<'_>, name: &PortfolioName) -> Result<Refusal, StoreError> {
    let error = unknown_portfolio(unit.reader(), name)?;
    let (code, message) = (error.code(), error.to_string());
    let hint = "--add-portfolios adds the portfolios that are new".to_owned();
    let hint = error.hint().map_or_else(|| hint.clone(), |known| format!("{known}; {hint}"));
    Ok(Refusal::Row(RowRefusal { code, message, hint: Some(hint), is_by_itself: true }))
}

/// What the user should know if rows of one symbol have two ISINs: one company's before and after a reverse
/// split, say, or two companies' that had the ticker one after the other.
fn two_isins(symbol: &Symbol, [first, other]: [Isin; 2], taken: &Symbol) -> String {
    format!(
        "{symbol} has two ISINs in the files, {first} and {other}: all its rows are {taken}'s; if {other} is another \
         stock, name it with `--map-symbol {other}=SYMBOL`"
    )
}

/// The refusal of a row whose ISIN contradicts the book's.
fn other_isin(symbol: &Symbol, known: Isin, stated: Isin) -> Refusal {
    Refusal::Row(RowRefusal {
        code: "isin_mismatch",
        message: format!("{symbol} has the ISIN {known} in the book, but {stated} in the file"),
        hint: Some(format!(
            "if it is another stock, name it with --map-symbol {stated}=SYMBOL; if the ISIN has changed, correct it with \
             `stockbook edit-stock {} --isin {stated}`",
            shell_word(symbol.as_str())
        )),
        is_by_itself: true,
    })
}
