//! Why a row is not recorded.

use super::ImportRequest;
use super::file::CurrencyMark;
use super::stated_stocks::StatedStock;
use crate::app::AppError;
use crate::app::currency_marks::check_mark;
use crate::domain::{Currency, DomainError, Fee, Stock, Symbol, TransactionId, TransactionType, ValueError};
use crate::store::{StoreError, TransactionRow};

/// Why a row is not recorded.
pub(super) enum Refusal {
    /// The row is bad.
    Row(RowRefusal),
    /// With the row, this entry would no longer be valid; but the entry's own row may be at fault.
    Uncovers(TransactionId, RowRefusal),
    /// The import cannot continue.
    All(AppError),
}

/// What is wrong with a row.
pub(super) struct RowRefusal {
    pub(super) code: &'static str,
    pub(super) message: String,
    pub(super) hint: Option<String>,
    /// Whether it is wrong independently of other rows.
    pub(super) is_by_itself: bool,
}

impl From<DomainError> for Refusal {
    fn from(error: DomainError) -> Self {
        let uncovered = if let DomainError::LeavesUncovered { first, .. } = &error { Some(first.id) } else { None };
        let is_by_itself = match error {
            DomainError::LotsMissing { .. } => return Self::All(error.into()),
            DomainError::UnknownSymbol { .. }
            | DomainError::UnknownPortfolio { .. }
            | DomainError::IdConflict { .. }
            | DomainError::UnknownId(..)
            | DomainError::AmbiguousId { .. }
            | DomainError::PickedLotsDiffer { .. }
            | DomainError::AdjustmentUnclear { .. }
            | DomainError::IndustryWithoutSector { .. }
            | DomainError::CurrencyInUse { .. }
            | DomainError::SplitExists { .. }
            | DomainError::SplitNearby { .. }
            | DomainError::CurrencyMismatch { .. }
            | DomainError::SettlementDiffers { .. }
            | DomainError::FeeBeyondSettlement { .. }
            | DomainError::NotConvertible { .. }
            | DomainError::ConversionExists { .. } => true,
            DomainError::InsufficientQuantity { .. }
            | DomainError::HeldElsewhere { .. }
            | DomainError::LotShort { .. }
            | DomainError::LeavesUncovered { .. }
            | DomainError::ExcessWithholding { .. }
            | DomainError::RateNeeded { .. }
            | DomainError::FeeRateNeeded { .. }
            | DomainError::NeedlessRate { .. }
            | DomainError::NothingHeld { .. }
            | DomainError::NotAmendable { .. }
            | DomainError::NotASale { .. }
            | DomainError::SymbolExists { .. }
            | DomainError::PortfolioExists { .. }
            | DomainError::TooLarge { .. }
            | DomainError::PriceTooLarge { .. }
            | DomainError::NoFraction { .. }
            | DomainError::SeveralFractions { .. }
            | DomainError::NothingToAdjust { .. }
            | DomainError::SeveralHolders { .. }
            | DomainError::HoldersChange { .. }
            | DomainError::NoNewFraction { .. } => false,
        };
        let (code, message, hint) = (error.code(), error.to_string(), error.hint());
        let refusal = RowRefusal { code, message, hint, is_by_itself };
        match uncovered {
            Some(entry) => Self::Uncovers(entry, refusal),
            None => Self::Row(refusal),
        }
    }
}

impl Refusal {
    /// An error of the domain means that the row is bad; any other ends the import.
    pub(super) fn from_any(error: AppError) -> Self {
        if let AppError::Domain(error) = error { (*error).into() } else { Self::All(error) }
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::from_any(error.into())
    }
}

impl From<ValueError> for Refusal {
    fn from(error: ValueError) -> Self {
        let (code, message) = (error.code, error.to_string());
        Self::Row(RowRefusal { code, message, hint: error.hint, is_by_itself: true })
    }
}

/// The refusal of a row that is similar to a transaction in the book.
pub(super) fn is_similar(known: &TransactionRow) -> Refusal {
    let TransactionRow { transaction_id, transaction_type, quantity, symbol, trade_date, trade_time, fee, .. } = known;
    let what = match transaction_type {
        TransactionType::Buy if known.as_of.is_some() => "opening",
        TransactionType::Buy => "purchase",
        TransactionType::Sell => "sale",
        TransactionType::Dividend => "dividend",
        TransactionType::ReturnCapital => "return of capital",
        TransactionType::Split
        | TransactionType::TransferIn
        | TransactionType::TransferOut
        | TransactionType::SpinOff
        | TransactionType::Exchange
        | TransactionType::AdjustCost => "transaction",
    };
    let quantity = quantity.map(|quantity| format!("{quantity} ")).unwrap_or_default();
    let time = trade_time.map(|time| format!(" at {time}")).unwrap_or_default();
    let fee = if *fee == Fee::ZERO { String::new() } else { format!(", fee {fee}") };
    let hint = "`--similar skip` takes such rows for what the book has, now and later; `--similar record` records them \
                too";
    Refusal::Row(RowRefusal {
        code: "similar",
        message: format!(
            "the book has a {what} like it: {quantity}{symbol} on {trade_date}{time}{fee}, {transaction_id}"
        ),
        hint: Some(hint.to_owned()),
        is_by_itself: true,
    })
}

/// Refuses a row whose currency is not that of its stock.
pub(super) fn check_currency(stock: &Stock, found: Option<CurrencyMark>) -> Result<(), Refusal> {
    Ok(found.map_or(Ok(()), |mark| check_mark(stock, mark))?)
}

/// The currency of a new stock: what its rows state, or else the user's option, or else the default. In a
/// broker's file, which may come from any country, a default would be a guess.
pub(super) fn currency_of_new(
    symbol: &Symbol,
    stated: &StatedStock,
    request: &ImportRequest<'_>,
) -> Result<Currency, Refusal> {
    let default = request.new_stock_currency;
    let open = |message: String, hint: &str| {
        let hint = Some(hint.to_owned());
        Refusal::Row(RowRefusal { code: "ambiguous_currency", message, hint, is_by_itself: true })
    };
    match (stated.currency(), default) {
        (Some(mark), Some(default)) if !matches!(mark, CurrencyMark::Code(_)) && mark.stands_for(default) => {
            Ok(default)
        }
        (Some(mark), _) => mark.of_new_stock().ok_or_else(|| {
            let message = format!("the currency of {symbol} is not known: its rows are in {mark}");
            open(message, "add a currency column, or write the code in place of the sign")
        }),
        (None, Some(default)) => Ok(default),
        (None, None) if stated.is_foreign => {
            let message = format!("the currency of {symbol} is not known: the file does not say");
            Err(open(message, "name it with --currency, or add the stock first with `stockbook add-stock`"))
        }
        (None, None) => Ok(request.usual_currency),
    }
}
