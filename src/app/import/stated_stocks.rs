//! What the rows of an import say of their stocks, beyond the symbol.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::file::{CurrencyMark, ImportRow};
use crate::domain::{CompanyName, CostBasisMethod, Industry, Isin, PortfolioName, Sector, Symbol};
use crate::formats::{Action, Activity, Security};

/// What rows say of a stock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct StatedStock {
    /// The currency of rows with money.
    paid_in: Option<CurrencyMark>,
    /// The currency of rows without money: a broker may give that of the account there.
    listed_in: Option<CurrencyMark>,
    /// The first ISIN.
    pub(super) isin: Option<Isin>,
    /// The first name.
    pub(super) name: Option<CompanyName>,
    /// The first sector.
    pub(super) sector: Option<Sector>,
    /// The first industry.
    pub(super) industry: Option<Industry>,
    /// Whether its currency must be told: a broker's file leaves open what a file of our own does not.
    pub(super) is_foreign: bool,
}

impl StatedStock {
    /// The first currency that a row with money names, or else the first sign of one; if there is no such row,
    /// what the others say.
    pub(super) fn currency(&self) -> Option<CurrencyMark> {
        self.paid_in.or(self.listed_in)
    }
}

/// What rows say of their stocks.
#[derive(Debug, Clone, Default)]
pub struct StatedStocks {
    stocks: HashMap<Symbol, StatedStock>,
    /// The method of each portfolio that a row tells; without a name, of the one of rows that name none.
    methods: BTreeMap<Option<PortfolioName>, CostBasisMethod>,
}

impl StatedStocks {
    /// What is said of a stock.
    pub(super) fn get(&self, symbol: &Symbol) -> Option<&StatedStock> {
        self.stocks.get(symbol)
    }

    /// Notes the currency of a row, if it says anything of it.
    pub(super) fn note_currency(&mut self, row: &ImportRow) {
        let Some(mark) = row.currency() else { return };
        let told = self.told(row.symbol());
        note(if row.has_money() { &mut told.paid_in } else { &mut told.listed_in }, mark);
    }

    /// Notes the currency of the shares that somebody holds.
    pub(super) fn note_listing(&mut self, symbol: &Symbol, mark: CurrencyMark) {
        note(&mut self.told(symbol).listed_in, mark);
    }

    /// Notes what a file calls a stock; whether it is one of our own formats, which may leave the currency open.
    pub(super) fn note(&mut self, symbol: &Symbol, security: &Security, is_own: bool) {
        let told = self.told(symbol);
        told.isin = told.isin.or(security.isin);
        if told.name.is_none() {
            told.name.clone_from(&security.name);
        }
        if told.sector.is_none() {
            told.sector.clone_from(&security.sector);
            // There is none without a sector.
            told.industry = security.industry.clone().filter(|_| told.sector.is_some());
        }
        told.is_foreign |= !is_own;
    }

    /// Notes the stock whose shares come for those of another, in the currency of that one.
    pub(super) fn note_new_shares(&mut self, activity: &Activity, is_own: bool) {
        let new = match &activity.action {
            Action::Conversion(told) => {
                if let Some(symbol) = &told.new.symbol {
                    self.note(symbol, &told.new, is_own);
                }
                &told.new
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

    /// Notes how a portfolio matches sales to lots; the first row counts.
    pub(super) fn note_method(&mut self, portfolio: Option<PortfolioName>, method: CostBasisMethod) {
        self.methods.entry(portfolio).or_insert(method);
    }

    /// The methods that rows tell.
    pub(super) fn methods(&self) -> impl Iterator<Item = (Option<&PortfolioName>, CostBasisMethod)> {
        self.methods.iter().map(|(name, method)| (name.as_ref(), *method))
    }

    fn told(&mut self, symbol: &Symbol) -> &mut StatedStock {
        self.stocks.entry_ref(symbol).or_default()
    }
}

/// A code says more than a sign does; otherwise the first counts.
fn note(told: &mut Option<CurrencyMark>, mark: CurrencyMark) {
    match told {
        None => *told = Some(mark),
        Some(CurrencyMark::Dollar | CurrencyMark::Yen) if matches!(mark, CurrencyMark::Code(_)) => *told = Some(mark),
        Some(_) => {}
    }
}
