//! What the rows of an import state about their stocks besides the symbol.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::file::{CurrencyMark, ImportRow};
use crate::domain::{CompanyName, CostBasisMethod, Industry, Isin, PortfolioName, Sector, Symbol};
use crate::formats::{Action, Activity, Security};

/// What rows state about a stock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct StatedStock {
    /// The currency of trades.
    traded_in: Option<CurrencyMark>,
    /// The currency of other rows with money; a fund may pay dividends in another than that of its listing.
    paid_in: Option<CurrencyMark>,
    /// The currency of rows without money; a broker may name that of the account there.
    listed_in: Option<CurrencyMark>,
    /// The first ISIN, which identifies the stock.
    pub(super) isin: Option<Isin>,
    /// The first other ISIN.
    pub(super) other_isin: Option<Isin>,
    /// The first name.
    pub(super) name: Option<CompanyName>,
    /// The first sector.
    pub(super) sector: Option<Sector>,
    /// The first industry.
    pub(super) industry: Option<Industry>,
    /// Whether its currency must be stated, which only our own tables may omit.
    pub(super) is_foreign: bool,
}

impl StatedStock {
    /// The currency that trades state, or else other rows with money, or else rows without. A code takes
    /// precedence over a sign, and otherwise the first one counts.
    pub(super) fn currency(&self) -> Option<CurrencyMark> {
        self.traded_in.or(self.paid_in).or(self.listed_in)
    }

    /// Whether its rows state the currency of payments but not of trades.
    pub(super) fn is_only_paid(&self) -> bool {
        self.traded_in.is_none() && self.paid_in.is_some()
    }
}

/// What rows state about their stocks.
#[derive(Debug, Clone, Default)]
pub struct StatedStocks {
    stocks: HashMap<Symbol, StatedStock>,
    /// The cost basis method of each portfolio that states one; without a name, for rows that name no portfolio.
    methods: BTreeMap<Option<PortfolioName>, CostBasisMethod>,
}

impl StatedStocks {
    /// What rows state about a stock.
    pub(super) fn get(&self, symbol: &Symbol) -> Option<&StatedStock> {
        self.stocks.get(symbol)
    }

    /// The symbols for which rows state two ISINs, in alphabetical order.
    pub(super) fn of_two_isins(&self) -> impl Iterator<Item = (&Symbol, [Isin; 2])> {
        let isins = |stated: &StatedStock| Some([stated.isin?, stated.other_isin?]);
        let both: BTreeMap<_, _> =
            self.stocks.iter().filter_map(|(symbol, stated)| Some((symbol, isins(stated)?))).collect();
        both.into_iter()
    }

    /// Notes the currency of a row, if it states any.
    pub(super) fn note_currency(&mut self, row: &ImportRow) {
        let Some(mark) = row.currency() else { return };
        let stated = self.stated(row.symbol());
        let of_kind = if matches!(row, ImportRow::Trade(_)) {
            &mut stated.traded_in
        } else if row.has_money() {
            &mut stated.paid_in
        } else {
            &mut stated.listed_in
        };
        note(of_kind, mark);
    }

    /// Notes the currency of shares held.
    pub(super) fn note_listing(&mut self, symbol: &Symbol, mark: CurrencyMark) {
        note(&mut self.stated(symbol).listed_in, mark);
    }

    /// Notes a stock's names in a file. `is_own` is whether the file is a table of our own, which may omit
    /// the currency.
    pub(super) fn note(&mut self, symbol: &Symbol, security: &Security, is_own: bool) {
        let stated = self.stated(symbol);
        stated.isin = stated.isin.or(security.isin);
        stated.other_isin = stated.other_isin.or(security.isin.filter(|isin| stated.isin != Some(*isin)));
        if stated.name.is_none() {
            stated.name.clone_from(&security.name);
        }
        if stated.sector.is_none() {
            stated.sector.clone_from(&security.sector);
            // An industry requires a sector.
            stated.industry = security.industry.clone().filter(|_| stated.sector.is_some());
        }
        stated.is_foreign |= !is_own;
    }

    /// Notes the stock whose shares are received in a conversion, in the currency of the old one.
    pub(super) fn note_new_shares(&mut self, activity: &Activity, is_own: bool) {
        let new = match &activity.action {
            Action::Conversion(conversion) => {
                if let Some(symbol) = &conversion.new.symbol {
                    self.note(symbol, &conversion.new, is_own);
                }
                &conversion.new
            }
            Action::Renamed { .. } => &activity.security,
            Action::Trade(_)
            | Action::Cancelled(_)
            | Action::Dividend(_)
            | Action::Withholding { .. }
            | Action::Split(_)
            | Action::Opening(_)
            | Action::TransferOut { .. }
            | Action::CostChange { .. }
            | Action::WriteOff(_)
            | Action::CorporateAction(_)
            | Action::CashInLieu(_)
            | Action::Price(_)
            | Action::Rate { .. }
            | Action::Position { .. } => return,
        };
        if let (Some(symbol), Some(mark)) = (&new.symbol, activity.currency) {
            self.note_listing(symbol, mark);
        }
    }

    /// Notes the cost basis method of a portfolio; the first row counts.
    pub(super) fn note_method(&mut self, portfolio: Option<PortfolioName>, method: CostBasisMethod) {
        self.methods.entry(portfolio).or_insert(method);
    }

    /// The methods that rows state.
    pub(super) fn methods(&self) -> impl Iterator<Item = (Option<&PortfolioName>, CostBasisMethod)> {
        self.methods.iter().map(|(name, method)| (name.as_ref(), *method))
    }

    fn stated(&mut self, symbol: &Symbol) -> &mut StatedStock {
        self.stocks.entry_ref(symbol).or_default()
    }
}

/// A code takes precedence over a sign; otherwise the first one counts.
fn note(stated: &mut Option<CurrencyMark>, mark: CurrencyMark) {
    match stated {
        None => *stated = Some(mark),
        Some(CurrencyMark::Dollar | CurrencyMark::Yen) if matches!(mark, CurrencyMark::Code(_)) => *stated = Some(mark),
        Some(_) => {}
    }
}
