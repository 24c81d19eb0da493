//! Converts rows to the requests of the use cases behind single commands.

use super::file::{CostChangeRow, CurrencyMark, DividendRow, SplitRow, TradeRow, TransferRow, WriteOffRow};
use crate::app::same_record::{Asked, NewId};
use crate::app::{TradeTerms, TransferRequest};
use crate::domain::{
    Cash, Consideration, Currency, Dividend, ExternalId, Figure, Money, PortfolioName, SplitTerms, TransactionType,
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
    /// The row converted to the currency of its stock, if the payment was exchanged for that currency.
    pub(super) fn exchanged_for(&self, currency: Currency) -> Option<Self> {
        let [given, received] = self.exchanged.filter(|[given, received]| {
            let is_own = self.currency == Some(CurrencyMark::Code(given.currency)) && given.currency != currency;
            is_own && received.currency == currency && self.paid.is_none()
        })?;
        let converted = |amount: Money| {
            let share = Figure::from(amount).times(received.amount.into()).ok()?;
            Some(Money::from(share.over(given.amount.into())?.ok()?.rounded(10)))
        };
        Some(Self {
            amount: converted(self.amount)?,
            withholding: converted(self.withholding)?,
            currency: Some(CurrencyMark::Code(currency)),
            paid: Some(Cash { amount: self.amount, currency: given.currency }),
            exchanged: None,
            ..self.clone()
        })
    }

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

    /// The request to transfer the shares under the given id; what was undone is known under its earlier one.
    pub(super) fn request(&self, portfolio: &PortfolioName, NewId { id, identity }: NewId) -> TransferRequest {
        TransferRequest {
            symbol: self.symbol.clone(),
            quantity: self.quantity,
            from: portfolio.clone(),
            to: self.to.clone(),
            date: Some(self.date),
            time: self.time,
            lots: self.lots.clone(),
            id: Some(ExternalId::Uuid(identity.unwrap_or(id).uuid())),
            fresh_id: id,
            today: self.date,
        }
    }
}
