//! From rows to the requests that the use cases of single commands take.

use super::file::{CostChangeRow, DividendRow, SplitRow, TradeRow, TransferRow, WriteOffRow};
use crate::app::same_record::{Asked, NewId};
use crate::app::{TradeTerms, TransferRequest};
use crate::domain::{
    Consideration, Dividend, ExternalId, Money, PortfolioName, SplitTerms, TransactionId, TransactionType,
};

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
            settled: self.settled,
            charged: self.charged,
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
            ex_date: self.ex_date,
            amount: self.amount,
            withholding: self.withholding,
            note: self.note.clone(),
            replaces: None,
            paid: self.paid,
            settled: self.settled,
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
            paid: self.paid,
            settled: self.settled,
            ..Asked::new(TransactionType::Dividend, &self.symbol)
        }
    }
}

impl SplitRow {
    pub(super) fn asked(&self, terms: SplitTerms) -> Asked<'_> {
        Asked { ratio: Some(terms), date: Some(self.date), ..Asked::new(TransactionType::Split, &self.symbol) }
    }
}

impl CostChangeRow {
    pub(super) fn asked<'a>(&'a self, portfolio: &'a PortfolioName) -> Asked<'a> {
        Asked {
            portfolio: Some(portfolio),
            consideration: Some(Consideration::Amount(self.amount)),
            date: Some(self.date),
            note: self.note.as_ref(),
            ..Asked::new(self.kind.into(), &self.symbol)
        }
    }
}

impl WriteOffRow {
    pub(super) fn asked<'a>(&'a self, portfolio: &'a PortfolioName) -> Asked<'a> {
        Asked {
            portfolio: Some(portfolio),
            consideration: Some(Consideration::Amount(Money::ZERO)),
            date: Some(self.date),
            note: self.note.as_ref(),
            ..Asked::new(TransactionType::Sell, &self.symbol)
        }
    }
}

impl TransferRow {
    pub(super) fn asked<'a>(&'a self, portfolio: &'a PortfolioName) -> Asked<'a> {
        Asked {
            portfolio: Some(portfolio),
            to: Some(&self.to),
            quantity: Some(self.quantity),
            date: Some(self.date),
            time: self.time,
            ..Asked::new(TransactionType::TransferOut, &self.symbol)
        }
    }

    /// The request to transfer the shares under the given id.
    pub(super) fn request(&self, portfolio: &PortfolioName, id: TransactionId) -> TransferRequest {
        TransferRequest {
            symbol: self.symbol.clone(),
            quantity: self.quantity,
            from: portfolio.clone(),
            to: self.to.clone(),
            date: Some(self.date),
            time: self.time,
            lots: self.lots.clone(),
            id: Some(ExternalId::Uuid(id.uuid())),
            fresh_id: id,
            today: self.date,
        }
    }
}
