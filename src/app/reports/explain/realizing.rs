//! The records that realize gains, and why others do not.

use std::collections::BTreeSet;

use crate::app::record::BookRecord;
use crate::domain::{ConversionKind, Day, DomainError, Portfolio, Symbol, TransactionId, TransactionType, shell_word};
use crate::store::{ConversionRow, TransactionRow};

/// A record that can realize gains, and that counts.
#[derive(Debug, Clone)]
pub enum RealizingRecord {
    /// A sale.
    Sale(TransactionRow),
    /// A return of capital.
    ReturnOfCapital(TransactionRow),
    /// A conversion of one stock into another.
    Conversion(Box<ConversionRow>),
}

impl RealizingRecord {
    /// # Errors
    /// [`DomainError::NotASale`] if the record cannot realize anything, or does not count.
    pub(super) fn of(record: BookRecord) -> Result<Self, DomainError> {
        let (id, symbol) = (record.id(), record.symbol().clone());
        let is_voided = record.is_voided();
        let (realizing, noun) = match record {
            BookRecord::Split(_) => (None, "split"),
            BookRecord::Conversion(row) => {
                let noun = row.kind.noun();
                (Some(Self::Conversion(row)), noun)
            }
            BookRecord::Transaction(row) => match row.transaction_type {
                TransactionType::Sell => (Some(Self::Sale(row)), "sale"),
                TransactionType::ReturnCapital => (Some(Self::ReturnOfCapital(row)), "return of capital"),
                TransactionType::Buy => (None, "purchase"),
                TransactionType::Dividend => (None, "dividend"),
                TransactionType::Split
                | TransactionType::SpinOff
                | TransactionType::Exchange
                | TransactionType::AdjustCost => (None, "transaction"),
                TransactionType::TransferIn | TransactionType::TransferOut => (None, "transfer"),
            },
        };
        let (what, hint) = match realizing {
            Some(realizing) if !is_voided => return Ok(realizing),
            Some(_) => (
                format!("the {noun} {id} is voided: it realizes no gain"),
                format!("`stockbook history {id}` shows its history"),
            ),
            None => (
                format!("{id} is a {noun} of {symbol}: it realizes no gain"),
                format!(
                    "`stockbook transactions --type sell` lists the sales; `stockbook explain holding {}` shows what \
                     the others do",
                    shell_word(symbol.as_str())
                ),
            ),
        };
        Err(DomainError::NotASale { what, hint })
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> TransactionId {
        match self {
            Self::Sale(row) | Self::ReturnOfCapital(row) => row.transaction_id,
            Self::Conversion(row) => row.conversion_id,
        }
    }

    /// Its day.
    #[must_use]
    pub fn date(&self) -> Day {
        match self {
            Self::Sale(row) | Self::ReturnOfCapital(row) => row.trade_date,
            Self::Conversion(row) => row.effective_date,
        }
    }

    /// Its stock; for a conversion, the old one.
    #[must_use]
    pub fn symbol(&self) -> &Symbol {
        match self {
            Self::Sale(row) | Self::ReturnOfCapital(row) => &row.symbol,
            Self::Conversion(row) => &row.stock.1,
        }
    }

    /// Its type.
    #[must_use]
    pub fn transaction_type(&self) -> TransactionType {
        match self {
            Self::Sale(row) | Self::ReturnOfCapital(row) => row.transaction_type,
            Self::Conversion(row) => row.kind.into(),
        }
    }

    /// The conversion.
    #[must_use]
    pub fn conversion(&self) -> Option<&ConversionRow> {
        match self {
            Self::Conversion(row) => Some(row),
            Self::Sale(_) | Self::ReturnOfCapital(_) => None,
        }
    }

    fn noun(&self) -> &'static str {
        match self {
            Self::Sale(_) => "sale",
            Self::ReturnOfCapital(_) => "return of capital",
            Self::Conversion(row) => row.kind.noun(),
        }
    }

    /// The refusal of a record that realized nothing, because it paid no more than the cost.
    pub(super) fn nothing_realized(&self) -> DomainError {
        let (why, led_to) = match self {
            Self::Conversion(row) => match row.kind {
                ConversionKind::SpinOff => ("a part of the cost goes over", &row.new_stock.1),
                ConversionKind::Exchange => ("the cost goes over", &row.new_stock.1),
            },
            Self::Sale(_) | Self::ReturnOfCapital(_) => ("it is not more than the cost", self.symbol()),
        };
        let hint = format!("`stockbook explain holding {}` shows what it did to the lots", shell_word(led_to.as_str()));
        DomainError::NotASale { what: format!("{} realizes no gain: {why}", self.told()), hint }
    }

    /// The refusal of a record that realized something only in other portfolios.
    pub(super) fn realized_elsewhere(&self, only: &Portfolio, all: BTreeSet<&str>) -> DomainError {
        let hint = match all.into_iter().collect::<Vec<_>>().as_slice() {
            [one] => format!("it realizes one in portfolio {one}: choose it with --portfolio {}", shell_word(one)),
            several => format!("it realizes one in the portfolios {}: choose one with --portfolio", several.join(", ")),
        };
        DomainError::NotASale { what: format!("{} realizes no gain in portfolio {}", self.told(), only.name()), hint }
    }

    /// Its id, type and day for a sentence: `3b668ed7-…, the exchange of NEW on 2021-06-01,`.
    fn told(&self) -> String {
        format!("{}, the {} of {} on {},", self.id(), self.noun(), self.symbol(), self.date())
    }
}
