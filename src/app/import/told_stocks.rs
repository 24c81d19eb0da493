//! What the rows of an import say of their stocks, beyond the symbol.

use hashbrown::HashMap;

use super::file::CurrencyMark;
use crate::domain::{CompanyName, Isin, Symbol};
use crate::formats::Security;

/// What rows say of a stock.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ToldStock {
    /// The first currency that a row names, or else the first sign of one.
    pub(super) currency: Option<CurrencyMark>,
    /// The first ISIN.
    pub(super) isin: Option<Isin>,
    /// The first name.
    pub(super) name: Option<CompanyName>,
    /// Whether its currency must be told: a broker's file leaves open what a file of our own does not.
    pub(super) is_foreign: bool,
}

/// What rows say of their stocks.
#[derive(Debug, Clone, Default)]
pub struct ToldStocks(HashMap<Symbol, ToldStock>);

impl ToldStocks {
    /// What is said of a stock.
    pub(super) fn get(&self, symbol: &Symbol) -> Option<&ToldStock> {
        self.0.get(symbol)
    }

    /// Notes the currency of a row: a code says more than a sign does; otherwise the first row counts.
    pub(super) fn note_currency(&mut self, symbol: &Symbol, mark: CurrencyMark) {
        let told = self.told(symbol);
        match told.currency {
            None => told.currency = Some(mark),
            Some(CurrencyMark::Dollar | CurrencyMark::Yen) if matches!(mark, CurrencyMark::Code(_)) => {
                told.currency = Some(mark);
            }
            Some(_) => {}
        }
    }

    /// Notes what a file calls a stock; whether it is one of our own formats, which may leave the currency open.
    pub(super) fn note(&mut self, symbol: &Symbol, security: &Security, is_own: bool) {
        let told = self.told(symbol);
        told.isin = told.isin.or(security.isin);
        if told.name.is_none() {
            told.name.clone_from(&security.name);
        }
        told.is_foreign |= !is_own;
    }

    fn told(&mut self, symbol: &Symbol) -> &mut ToldStock {
        self.0.entry_ref(symbol).or_default()
    }
}
