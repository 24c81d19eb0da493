//! What rows ask to be recorded.

use super::file::{DividendRow, SplitRow, TradeRow};
use crate::app::TradeTerms;
use crate::app::same_record::{Asked, NewId};
use crate::domain::{Consideration, Dividend, PortfolioName, SplitTerms, TransactionType};

impl TradeRow {
    pub(super) fn terms(&self, portfolio: &PortfolioName) -> TradeTerms {
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
    pub(super) fn dividend(&self, NewId { id, identity }: NewId) -> Dividend {
        Dividend {
            id,
            identity,
            date: self.date,
            time: self.time,
            ex_date: None,
            amount: self.amount,
            withholding: self.withholding,
            note: self.note.clone(),
            replaces: None,
        }
    }

    pub(super) fn asked<'a>(&'a self, portfolio: &'a PortfolioName) -> Asked<'a> {
        Asked {
            portfolio: Some(portfolio),
            consideration: Some(Consideration::Amount(self.amount)),
            withholding: Some(self.withholding).filter(|withheld| !withheld.is_zero()),
            date: Some(self.date),
            time: self.time,
            note: self.note.as_ref(),
            ..Asked::new(TransactionType::Dividend, &self.symbol)
        }
    }
}

impl SplitRow {
    pub(super) fn asked(&self, terms: SplitTerms) -> Asked<'_> {
        Asked { ratio: Some(terms), date: Some(self.date), ..Asked::new(TransactionType::Split, &self.symbol) }
    }
}
