//! Rows that reverse a transaction recorded earlier.

use super::Recorder;
use crate::app::AppError;
use crate::app::import::day_in_book::is_like;
use crate::app::import::refusal::RowRefusal;
use crate::app::import::reversals::{EntryContent, FoundRow, Reversal};
use crate::app::import::row_facts::RowFacts;
use crate::domain::{Sequence, TransactionType};
use crate::store::{StoreError, TransactionFilter, TransactionRow};

/// The result of a reversal.
pub(in crate::app::import) enum ReversalOutcome {
    /// The transaction is not in the book, or was voided; the number of rows that count as reversed.
    Rows(u64),
    /// Neither the file nor the book has the transaction.
    Unknown(RowRefusal),
    /// The book still has the transaction.
    InBook(RowRefusal),
}

/// Looks for the transactions that rows reverse, once all rows are recorded.
pub(in crate::app::import) fn check_reversal(
    recorder: &mut Recorder<'_, '_>,
    reversal: &Reversal,
) -> Result<ReversalOutcome, AppError> {
    let none = || ReversalOutcome::Unknown(unknown(reversal));
    let Some(EntryContent { facts, kind, portfolio, .. }) = EntryContent::by(&reversal.row) else { return Ok(none()) };
    let mut alike: Vec<TransactionRow> = Vec::new();
    if let Some(position) = recorder.directory.find_position(recorder.unit, (portfolio, facts.symbol))? {
        let filter = TransactionFilter {
            portfolios: [position.portfolio.name().clone()].into_iter().collect(),
            symbol: Some(position.stock.profile().symbol.clone()),
            transaction_type: Some(kind),
            from: reversal.found.as_ref().map(|found| found.day),
            to: Some(reversal.found.as_ref().map_or(facts.day, |found| found.day)),
            tail: None,
            with_voided: true,
        };
        recorder.unit.reader().transactions().for_each::<StoreError>(&filter, &mut |known| {
            if is_like(&known, &RowFacts { day: known.trade_date, time: None, ..facts }) {
                alike.push(known);
            }
            Ok(())
        })?;
    }
    let first = recorder.unit.first_sequence();
    let live = || alike.iter().filter(|known| known.voided_at.is_none());
    Ok(match (&reversal.found, live().next_back()) {
        (Some(FoundRow { equal, .. }), Some(last)) if live().count() > *equal => {
            ReversalOutcome::InBook(in_book(reversal, last, first))
        }
        (Some(_), _) => ReversalOutcome::Rows(2),
        (None, Some(last)) => ReversalOutcome::InBook(in_book(reversal, last, first)),
        (None, None) if alike.is_empty() => none(),
        (None, None) => ReversalOutcome::Rows(1),
    })
}

fn unknown(reversal: &Reversal) -> RowRefusal {
    RowRefusal {
        code: "nothing_to_take_back",
        message: format!("it takes back a {} that neither the file nor the book has", what(reversal)),
        hint: Some("leave the row out, or import with --skip-unknown".to_owned()),
        is_by_itself: true,
    }
}

/// The refusal of a reversal whose transaction is in the book; `first` is the first event of this import.
fn in_book(reversal: &Reversal, known: &TransactionRow, first: Sequence) -> RowRefusal {
    let TransactionRow { transaction_id, trade_date, sequence, .. } = known;
    let (whose, hint) = if *sequence < first {
        ("the book", format!("void it with `stockbook void {transaction_id}`, and import again"))
    } else {
        let hint = "import the other file first, void it with `stockbook void`, and import this one then";
        ("another file", hint.to_owned())
    };
    RowRefusal {
        code: "taken_back_in_book",
        message: format!("it takes back a {} that {whose} has of {trade_date}", what(reversal)),
        hint: Some(hint),
        is_by_itself: true,
    }
}

/// `purchase of 10 ACME for 1500`.
fn what(reversal: &Reversal) -> String {
    let Some(EntryContent { facts, kind, .. }) = EntryContent::by(&reversal.row) else {
        return "transaction".to_owned();
    };
    let noun = match kind {
        TransactionType::Buy => "purchase of",
        TransactionType::Sell => "sale of",
        TransactionType::Dividend
        | TransactionType::Split
        | TransactionType::TransferIn
        | TransactionType::TransferOut
        | TransactionType::SpinOff
        | TransactionType::Exchange
        | TransactionType::ReturnCapital
        | TransactionType::AdjustCost => "dividend on",
    };
    let quantity = facts.quantity.map(|quantity| format!(" {quantity}")).unwrap_or_default();
    let amount = facts.gross().map(|amount| format!(" for {amount}")).unwrap_or_default();
    format!("{noun}{quantity} {}{amount}", facts.symbol)
}
