//! Stocks and portfolios that rows of an import name.

use std::rc::Rc;

use hashbrown::HashMap;

use super::file::CurrencyMark;
use super::refusal::{Fault, Refusal, check_currency, currency_of_new};
use super::{ImportReceipt, ImportRequest};
use crate::app::lookup::{unknown_portfolio, unknown_symbol};
use crate::app::{AddStock, add_stock};
use crate::domain::{DomainError, Portfolio, PortfolioId, PortfolioName, Stock, Symbol};
use crate::store::{StoreError, UnitOfWork};

/// The stocks and portfolios that rows were about, each loaded once.
pub(super) struct Directory<'i> {
    request: &'i ImportRequest<'i>,
    /// What rows say of the currencies of their stocks; `None` if only the row at hand is known.
    marks: Option<&'i HashMap<Symbol, CurrencyMark>>,
    stocks: HashMap<Symbol, KnownStock>,
    portfolios: HashMap<PortfolioName, Rc<Portfolio>>,
    stocks_added: u64,
}

/// A stock that rows were about.
struct KnownStock {
    stock: Rc<Stock>,
    /// The portfolios that its trades were in.
    traded_in: HashMap<PortfolioId, Rc<Portfolio>>,
    /// Whether a row split it.
    is_split: bool,
}

/// The position that a row is about.
#[derive(Clone)]
pub(super) struct OfPosition {
    pub(super) portfolio: Rc<Portfolio>,
    pub(super) stock: Rc<Stock>,
}

impl<'i> Directory<'i> {
    pub(super) fn new(request: &'i ImportRequest<'i>, marks: Option<&'i HashMap<Symbol, CurrencyMark>>) -> Self {
        Self { request, marks, stocks: HashMap::new(), portfolios: HashMap::new(), stocks_added: 0 }
    }

    /// The position of a transaction; `mark` is what its row says of the currency.
    pub(super) fn position(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        (portfolio, symbol): (Option<&PortfolioName>, &Symbol),
        mark: Option<CurrencyMark>,
    ) -> Result<OfPosition, Refusal> {
        let stock = self.stock(unit, symbol, mark)?;
        let portfolio = self.portfolio(unit, portfolio)?;
        check_currency(&stock, mark)?;
        if let Some(known) = self.stocks.get_mut(symbol) {
            known.traded_in.entry(portfolio.id()).or_insert_with(|| Rc::clone(&portfolio));
        }
        Ok(OfPosition { portfolio, stock })
    }

    /// The position of a transaction, if the book has its stock and its portfolio.
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
            None => Err(unknown_portfolio(unit, name)?.into()),
        }
    }

    fn find_portfolio(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        name: &PortfolioName,
    ) -> Result<Option<Rc<Portfolio>>, StoreError> {
        if let Some(portfolio) = self.portfolios.get(name) {
            return Ok(Some(Rc::clone(portfolio)));
        }
        let found = unit.portfolio(name)?.map(Rc::new);
        self.portfolios.extend(found.iter().map(|portfolio| (name.clone(), Rc::clone(portfolio))));
        Ok(found)
    }

    /// The stock of a row, which is added where it is new and the user wants that.
    pub(super) fn stock(
        &mut self,
        unit: &mut UnitOfWork<'_>,
        symbol: &Symbol,
        mark: Option<CurrencyMark>,
    ) -> Result<Rc<Stock>, Refusal> {
        match self.find_stock(unit, symbol)? {
            Some(stock) => Ok(stock),
            None => self.add_stock(unit, symbol, mark),
        }
    }

    fn find_stock(&mut self, unit: &mut UnitOfWork<'_>, symbol: &Symbol) -> Result<Option<Rc<Stock>>, StoreError> {
        if let Some(known) = self.stocks.get(symbol) {
            return Ok(Some(Rc::clone(&known.stock)));
        }
        Ok(unit.stock(symbol)?.map(|stock| self.keep(symbol, stock)))
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
        mark: Option<CurrencyMark>,
    ) -> Result<Rc<Stock>, Refusal> {
        let Some(new_id) = self.request.new_stock_id else { return Err(unknown(unit, symbol)?) };
        let mark = self.marks.map_or(mark, |marks| marks.get(symbol).copied());
        let currency = currency_of_new(symbol, mark)?;
        let request = AddStock {
            fresh_id: new_id(),
            symbol: symbol.clone(),
            company_name: symbol.as_str().parse()?,
            sector: None,
            industry: None,
            currency: Some(currency),
            isin: None,
        };
        let stock = add_stock(unit, &request).map_err(Refusal::from_any)?;
        self.stocks_added = self.stocks_added.saturating_add(1);
        Ok(self.keep(symbol, stock))
    }

    /// The stock has changed with one of its rows.
    pub(super) fn change(&mut self, symbol: &Symbol, stock: Rc<Stock>) {
        if let Some(known) = self.stocks.get_mut(symbol) {
            known.stock = stock;
        }
    }

    /// A row split the stock.
    pub(super) fn note_split(&mut self, symbol: &Symbol) {
        if let Some(known) = self.stocks.get_mut(symbol) {
            known.is_split = true;
        }
    }

    /// The stocks, each with whether a row split it.
    pub(super) fn stocks(&self) -> impl Iterator<Item = (&Stock, bool)> {
        self.stocks.values().map(|known| (&*known.stock, known.is_split))
    }

    /// Tells what was added, and which positions rows were about.
    pub(super) fn conclude(self, receipt: &mut ImportReceipt) {
        receipt.stocks_added = self.stocks_added;
        for (symbol, known) in self.stocks {
            let positions = known.traded_in.values().map(|portfolio| (portfolio.name().clone(), symbol.clone()));
            receipt.touched.extend(positions);
        }
    }
}

fn unknown(unit: &UnitOfWork<'_>, symbol: &Symbol) -> Result<Refusal, StoreError> {
    let error = unknown_symbol(unit, symbol)?;
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
