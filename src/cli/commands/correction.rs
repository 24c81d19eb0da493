//! `void` and `amend`.

use crate::app::{
    self, AmendReceipt, Amendment, AppError, BookRecord, Outcome, Recorded, VoidReceipt, known_portfolio,
};
use crate::cli::args::{AmendArgs, FeeArg, VoidArgs};
use crate::cli::context::{Context, show_recorded};
use crate::cli::dates::past_day;
use crate::cli::output::{Record as Members, Value, figure};
use crate::cli::receipt::Receipt;
use crate::cli::views::{charged, charged_fee, described, holds, position, settled, transaction};
use crate::domain::{Consideration, TransactionId, TransactionType};

pub(in crate::cli) fn void(args: &VoidArgs, context: &Context<'_>) -> Result<(), AppError> {
    let recorded = context.write(|unit| {
        let owner = context.portfolios.only().map(|name| known_portfolio(unit.reader(), name)).transpose()?;
        app::void_record(unit, &args.id, owner.as_ref(), args.reason.as_ref())
    })?;
    show_voided(&recorded, context);
    Ok(())
}

fn show_voided(recorded: &Recorded<VoidReceipt>, context: &Context<'_>) {
    const SHOWN: usize = 10;
    let VoidReceipt { records, entered, replacement, rematched } = &recorded.value;
    let mut sentences: Vec<String> =
        records.iter().take(SHOWN).map(|record| format!("voided {}", described(record))).collect();
    let more = records.len().saturating_sub(SHOWN);
    if more > 0 {
        sentences.push(format!("voided {more} more"));
    }
    if recorded.outcome == Outcome::Unchanged {
        sentences = records.iter().map(|record| format!("{} is voided", described(record))).collect();
    }
    if let Some(row) = entered {
        sentences.push(format!("entered {} again", described(&BookRecord::Transaction(row.clone()))));
    }
    let voided = records.iter().map(|record| Members(vec![("transaction_id", Value::exact(&record.id()))]));
    let first = records.first().map(BookRecord::id);
    let entered = entered.as_ref().map(|row| row.transaction_id);
    let members = Members(vec![
        ("transaction_id", Value::optional(first.as_ref())),
        ("voided", Value::List(voided.collect())),
        ("entered_id", Value::optional(entered.as_ref())),
    ]);
    show_recorded(|| Receipt::new(sentences, members).rematched(rematched).print(recorded, context));
    if let Some(id) = replacement.map(figure::short_id) {
        context
            .page
            .say(&format!("warning: it was amended, and {id} stands in its place; `stockbook void {id}` voids that"));
    }
}

pub(in crate::cli) fn amend(args: AmendArgs, context: &Context<'_>) -> Result<(), AppError> {
    let consideration = args
        .price
        .map(|price| Consideration::Price(price.value))
        .or_else(|| args.amount.map(|amount| Consideration::Amount(amount.value)));
    let amendment = Amendment {
        marks: args.marks(),
        symbol: args.symbol,
        quantity: args.quantity,
        consideration,
        fee: args.fee.and_then(FeeArg::own),
        charged: args.fee.and_then(FeeArg::charged),
        withholding: args.withholding.map(|it| it.value),
        settled: args.settled,
        date: past_day(args.date, context.today)?,
        time: args.time,
        note: args.note,
        lots: args.lot,
    };
    if amendment == Amendment::default() {
        return Err(AppError::Usage {
            code: "usage",
            message: "nothing to amend".to_owned(),
            hint: "give --symbol, --quantity, --price, --amount, --fee, --withholding, --settled, --date, --time, --note or --lot"
                .to_owned(),
        });
    }
    let fresh_id = TransactionId::new(context.new_id());
    let recorded = context.write(|unit| {
        let owner = context.portfolios.only().map(|name| known_portfolio(unit.reader(), name)).transpose()?;
        app::amend(unit, &args.id, owner.as_ref(), &amendment, fresh_id)
    })?;
    show_recorded(|| amend_receipt(&recorded.value).print(&recorded, context));
    Ok(())
}

fn amend_receipt(receipt: &AmendReceipt) -> Receipt {
    let row = &receipt.transaction;
    let mut members = transaction(row);
    members.0.insert(1, ("voided_id", Value::exact(&receipt.voided)));
    members.0.push(("position", Value::Object(position(&receipt.position))));
    members.0.extend(charged_fee(row.charged));
    let voided = receipt.voided.to_string();
    let mut sentences = vec![
        format!(
            "voided {} and entered {}",
            voided.get(..8).unwrap_or(&voided),
            described(&BookRecord::Transaction(row.clone()))
        ),
        format!("{} {}", total_word(row.transaction_type), figure::amount(row.total_amount, row.currency)),
        holds(&receipt.position, row),
        format!("id {}", row.transaction_id),
    ];
    sentences.splice(2..2, [charged(row), settled(row)].into_iter().flatten());
    Receipt::new(sentences, members).rematched(&receipt.rematched)
}

/// The name of a transaction's cash amount.
fn total_word(transaction_type: TransactionType) -> &'static str {
    match transaction_type {
        TransactionType::Buy | TransactionType::Sell => "total",
        TransactionType::Dividend
        | TransactionType::Split
        | TransactionType::TransferIn
        | TransactionType::TransferOut
        | TransactionType::SpinOff
        | TransactionType::Exchange
        | TransactionType::ReturnCapital
        | TransactionType::AdjustCost => "amount",
    }
}
