//! Recording rows, one by one, in the order of their days.

use std::rc::Rc;

use hashbrown::HashMap;

use super::file::{CurrencyMark, DividendRow, ImportRow, PriceRow, SplitRow, TradeRow};
use super::identity::{RowIdentities, RowIdentity};
use super::known_stock::KnownStock;
use super::late_rows::{LateRows, Rematch};
use super::price_rows::PriceRows;
use super::refusal::{Fault, Refusal, check_currency, currency_of_new};
use super::{ImportReceipt, ImportRequest, PriceBasis};
use crate::app::lookup::{unknown_portfolio, unknown_symbol};
use crate::app::picking::picked_lots;
use crate::app::prices::{price_doubt, rebase_advice};
use crate::app::same_record::{Asked, NewId};
use crate::app::splits::{Likeness, apply_split, likeness};
use crate::app::{AddStock, TradeTerms, add_stock};
use crate::domain::{
    Consideration, Day, Dividend, DomainError, ExternalId, Fee, LotsNeeded, Money, PickedLot, Portfolio, PortfolioName,
    Stock, Symbol, Trade, TransactionType,
};
use crate::store::{Decision, Standing, StoreError, UnitOfWork};

/// Records rows in a unit of work.
pub(super) struct Recorder<'i, 'b> {
    unit: &'i mut UnitOfWork<'b>,
    request: &'i ImportRequest<'i>,
    /// What rows say of the currencies of their stocks; `None` if only the row at hand is known.
    marks: Option<&'i HashMap<Symbol, CurrencyMark>>,
    receipt: ImportReceipt,
    stocks: HashMap<Symbol, KnownStock>,
    portfolios: HashMap<PortfolioName, Rc<Portfolio>>,
    identities: RowIdentities,
    prices: PriceRows,
    late: LateRows,
}

/// A row and where it stands.
pub(super) struct Placed<'r> {
    /// The file, by its place among the files.
    pub(super) file: u64,
    pub(super) line: u64,
    pub(super) row: &'r ImportRow,
    /// A trade's identity, if that is known already.
    pub(super) identity: Option<RowIdentity>,
}

impl TradeRow {
    fn trade(&self, NewId { id, identity }: NewId, picked: Vec<PickedLot>) -> Trade {
        Trade {
            id,
            identity,
            side: self.side,
            date: self.date,
            time: self.time,
            quantity: self.quantity,
            consideration: self.consideration,
            fee: self.fee.unwrap_or(Fee::ZERO),
            note: self.note.clone(),
            picked,
            replaces: None,
            as_of: self.as_of,
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
            time: self.time,
            note: self.note.clone(),
            lots: self.lots.clone(),
            as_of: self.as_of,
        }
    }
}

impl DividendRow {
    fn asked<'a>(&'a self, portfolio: &'a PortfolioName) -> Asked<'a> {
        Asked {
            portfolio: Some(portfolio),
            consideration: Some(Consideration::Amount(self.amount)),
            date: Some(self.date),
            note: self.note.as_ref(),
            ..Asked::new(TransactionType::Dividend, &self.symbol)
        }
    }
}

impl SplitRow {
    fn asked(&self) -> Asked<'_> {
        Asked { ratio: Some(self.terms), date: Some(self.date), ..Asked::new(TransactionType::Split, &self.symbol) }
    }
}

impl<'i, 'b> Recorder<'i, 'b> {
    pub(super) fn new(
        unit: &'i mut UnitOfWork<'b>,
        request: &'i ImportRequest<'i>,
        marks: Option<&'i HashMap<Symbol, CurrencyMark>>,
    ) -> Self {
        Self {
            unit,
            request,
            marks,
            receipt: ImportReceipt::default(),
            stocks: HashMap::new(),
            portfolios: HashMap::new(),
            identities: RowIdentities::default(),
            prices: PriceRows::default(),
            late: LateRows::default(),
        }
    }

    /// Records a row. A refused one leaves no trace.
    pub(super) fn record(&mut self, placed: &Placed<'_>) -> Result<(), Refusal> {
        match placed.row {
            ImportRow::Price(row) => self.record_price(row, placed.file, placed.line),
            ImportRow::Trade(row) => self.record_trade(row, placed),
            ImportRow::Dividend(row) => self.record_dividend(row, placed),
            ImportRow::Split(row) => self.record_split(row, placed),
        }
    }

    fn record_price(&mut self, row: &PriceRow, file: u64, line: u64) -> Result<(), Refusal> {
        let mut stock = self.stock(&row.symbol, row.currency)?;
        check_currency(&stock, row.currency)?;
        let Self { unit, request, prices, receipt, .. } = self;
        prices.record(unit, request, Rc::make_mut(&mut stock), (row, file, line), receipt)?;
        if let Some(known) = self.stocks.get_mut(&row.symbol) {
            known.stock = stock;
        }
        Ok(())
    }

    fn record_trade(&mut self, row: &TradeRow, placed: &Placed<'_>) -> Result<(), Refusal> {
        let Placed { file, line, identity, .. } = *placed;
        let stock = self.stock(&row.symbol, row.currency)?;
        let portfolio = self.portfolio(row.portfolio.as_ref().unwrap_or(self.request.portfolio))?;
        check_currency(&stock, row.currency)?;
        let identity = identity.unwrap_or_else(|| self.identities.identify(file, portfolio.id(), row));
        self.note_traded(&row.symbol, &portfolio);
        let picked = if row.lots.is_empty() {
            Vec::new()
        } else {
            self.unit.recall_positions()?;
            picked_lots(&*self.unit, &portfolio, &row.lots, &row.symbol, row.quantity).map_err(Refusal::from_any)?
        };
        let terms = row.terms(portfolio.name());
        let Some(new) = self.new_id(identity, row.id.as_ref(), &portfolio, &terms.asked(&picked))? else {
            self.receipt.skipped_duplicates = self.receipt.skipped_duplicates.saturating_add(1);
            return Ok(());
        };
        let is_stale = self.decide(&portfolio, &stock, Decision::Trade(row.trade(new, picked)))?;
        if is_stale {
            self.late.note(&row.symbol, row.date, new.id, (file, line));
        }
        self.receipt.imported = self.receipt.imported.saturating_add(1);
        Ok(())
    }

    /// Makes a decision, or puts it off; whether the position is to be made anew.
    fn decide(&mut self, portfolio: &Portfolio, stock: &Stock, decision: Decision) -> Result<bool, Refusal> {
        let decision = if self.puts_off() {
            let Some(decision) = self.unit.put_off(portfolio, stock, decision)? else { return Ok(false) };
            decision
        } else {
            decision
        };
        self.unit.with_position(portfolio, stock, LotsNeeded::All, |position, place| {
            if let Err(error) = decision.carry_out(position, place) {
                if !matches!(error, DomainError::InsufficientQuantity { .. }) {
                    return Err(error.into());
                }
                // Perhaps a purchase of the day stands below: once all rows are there it will be seen.
                position.mark_stale();
                decision.carry_out(position, place)?;
            }
            Ok(position.is_stale())
        })
    }

    /// Whether no row needs to be told by what is wrong with it: it will be read again, then.
    fn puts_off(&self) -> bool {
        self.marks.is_none()
    }

    fn record_dividend(&mut self, row: &DividendRow, placed: &Placed<'_>) -> Result<(), Refusal> {
        let stock = self.stock(&row.symbol, row.currency)?;
        let portfolio = self.portfolio(row.portfolio.as_ref().unwrap_or(self.request.portfolio))?;
        check_currency(&stock, row.currency)?;
        let made_up = || self.identities.identify(placed.file, portfolio.id(), row);
        let identity = placed.identity.unwrap_or_else(made_up);
        self.note_traded(&row.symbol, &portfolio);
        let asked = row.asked(portfolio.name());
        let Some(NewId { id, identity }) = self.new_id(identity, row.id.as_ref(), &portfolio, &asked)? else {
            self.receipt.skipped_duplicates = self.receipt.skipped_duplicates.saturating_add(1);
            return Ok(());
        };
        let (amount, withholding, note) = (row.amount, Money::ZERO, row.note.clone());
        let (date, time) = (row.date, row.time);
        let dividend = Dividend { id, identity, date, time, ex_date: None, amount, withholding, note, replaces: None };
        self.decide(&portfolio, &stock, Decision::Dividend(dividend))?;
        self.receipt.imported = self.receipt.imported.saturating_add(1);
        Ok(())
    }

    fn record_split(&mut self, row: &SplitRow, placed: &Placed<'_>) -> Result<(), Refusal> {
        let mut stock = self.stock(&row.symbol, None)?;
        let owner = self.portfolio(row.portfolio.as_ref().unwrap_or(self.request.portfolio))?;
        let made_up = || self.identities.identify(placed.file, owner.id(), row);
        let identity = placed.identity.unwrap_or_else(made_up);
        let Some(new) = self.new_id(identity, row.id.as_ref(), &owner, &row.asked())? else {
            self.receipt.skipped_duplicates = self.receipt.skipped_duplicates.saturating_add(1);
            return Ok(());
        };
        match likeness::<Refusal>(self.unit, &stock, row.date, row.terms)? {
            None => {}
            Some(Likeness::Same(_) | Likeness::Voided) => {
                self.receipt.skipped_duplicates = self.receipt.skipped_duplicates.saturating_add(1);
                return Ok(());
            }
            Some(Likeness::Nearby(known)) => {
                self.warn_of_nearby(row, placed, &known);
                self.receipt.skipped_duplicates = self.receipt.skipped_duplicates.saturating_add(1);
                return Ok(());
            }
        }
        apply_split::<Refusal>(self.unit, Rc::make_mut(&mut stock), new, row.date, row.terms)?;
        if !self.unit.stale_portfolios(&stock)?.is_empty() {
            self.late.note(&row.symbol, row.date, new.id, (placed.file, placed.line));
        }
        if let Some(known) = self.stocks.get_mut(&row.symbol) {
            known.stock = stock;
            known.is_split = true;
        }
        self.receipt.imported = self.receipt.imported.saturating_add(1);
        Ok(())
    }

    fn warn_of_nearby(&mut self, row: &SplitRow, placed: &Placed<'_>, known: &crate::store::SplitRow) {
        let (file, line) = (self.request.file_name(placed.file), placed.line);
        let SplitRow { symbol, terms, date, .. } = row;
        self.receipt.warnings.push(format!(
            "{file}:{line}: the split {terms} of {symbol} on {date} is taken for the one on {} that the book has; \
             if it is another, record it with `stockbook split {symbol} {terms} --date {date} --force`",
            known.effective_date
        ));
    }

    fn note_traded(&mut self, symbol: &Symbol, portfolio: &Rc<Portfolio>) {
        if let Some(known) = self.stocks.get_mut(symbol) {
            known.traded_in.entry(portfolio.id()).or_insert_with(|| Rc::clone(portfolio));
        }
    }

    /// What a row is to be recorded under. Nothing if what it asks for is there already: under the
    /// id that the file gives it, where something else is refused, or else by its identity.
    fn new_id(
        &mut self,
        identity: RowIdentity,
        given: Option<&ExternalId>,
        owner: &Portfolio,
        asked: &Asked<'_>,
    ) -> Result<Option<NewId>, Refusal> {
        let RowIdentity { id, is_repeated } = identity;
        if let Some(given) = given {
            let fresh = self.unit.fresh_id();
            return match asked.recorded::<Refusal>(self.unit, given, owner.id())? {
                Some(_) => Ok(None),
                None => NewId::given(self.unit, Some(given), owner.id(), fresh).map(Some),
            };
        }
        if is_repeated {
            return Ok(None);
        }
        // Nobody could know an id that was made up before the book: it follows from its portfolio's,
        // which is random.
        let standing = if self.unit.begins_book() { Standing::Free } else { self.unit.standing(id)? };
        Ok(match standing {
            Standing::Recorded => None,
            Standing::Free => Some(NewId { id, identity: None }),
            Standing::Undone => Some(NewId { id: self.unit.fresh_id(), identity: Some(id) }),
        })
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

    fn stock(&mut self, symbol: &Symbol, mark: Option<CurrencyMark>) -> Result<Rc<Stock>, Refusal> {
        if let Some(known) = self.stocks.get(symbol) {
            return Ok(Rc::clone(&known.stock));
        }
        let stock = match self.unit.stock(symbol)? {
            Some(stock) => stock,
            None => self.add_stock(symbol, mark)?,
        };
        let stock = Rc::new(stock);
        self.stocks.insert(symbol.clone(), KnownStock::new(&stock));
        Ok(stock)
    }

    fn add_stock(&mut self, symbol: &Symbol, mark: Option<CurrencyMark>) -> Result<Stock, Refusal> {
        let Some(new_id) = self.request.new_stock_id else { return Err(self.unknown_symbol(symbol)?) };
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
        let stock = add_stock(self.unit, &request).map_err(Refusal::from_any)?;
        self.receipt.stocks_added = self.receipt.stocks_added.saturating_add(1);
        Ok(stock)
    }

    /// Waits for what was put off.
    pub(super) fn settle(&mut self) -> Result<(), Refusal> {
        Ok(self.unit.settle()?)
    }

    /// Makes the positions anew of which rows come late; the rows that cannot stand then, by file
    /// and line.
    pub(super) fn rematch(&mut self) -> anyhow::Result<Vec<(u64, u64, Fault)>> {
        let Rematch { faults, reordered } = std::mem::take(&mut self.late).rematch(self.unit)?;
        self.receipt.notes.extend(reordered.iter().map(ToString::to_string));
        Ok(faults)
    }

    /// Looks whether the prices that rows gave, and those from before a split that a row gave, count
    /// shares as of the days that they are taken to.
    pub(super) fn check_prices(&mut self) -> anyhow::Result<()> {
        for known in self.stocks.values() {
            let symbol = &known.stock.profile().symbol;
            if let (Some(period), PriceBasis::Unsaid) = (self.prices.period(symbol), self.request.price_basis) {
                if let Some(doubt) = price_doubt(self.unit, &known.stock, period)? {
                    return Err(
                        DomainError::AdjustmentUnclear { symbol: symbol.clone(), doubt: Box::new(doubt) }.into()
                    );
                }
            } else if known.is_split
                && let Some(doubt) = price_doubt(self.unit, &known.stock, [Day::FIRST, Day::LAST])?
            {
                self.receipt.notes.push(rebase_advice(symbol, &doubt));
            }
        }
        Ok(())
    }

    pub(super) fn conclude(mut self) -> ImportReceipt {
        for (symbol, known) in self.stocks {
            let positions = known.traded_in.values().map(|portfolio| (portfolio.name().clone(), symbol.clone()));
            self.receipt.touched.extend(positions);
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
}
