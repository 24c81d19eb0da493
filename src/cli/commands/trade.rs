//! `buy` and `sell`.

use super::preview;
use crate::app::{
    AllShares, AppError, LotChoice, Mode, Recorded, TradeReceipt, TradeRequest, TradeTerms, TransactionRow,
    check_marks, execute_trade,
};
use crate::cli::args::{FeeArg, SellArgs, SharesArg, TradeArgs};
use crate::cli::context::{Context, show_recorded};
use crate::cli::dates::past_day;
use crate::cli::output::{Record, Value, figure};
use crate::cli::receipt::Receipt;
use crate::cli::views::{charged, charged_fee, disposal, holds, position, settled, transaction, warn_of_price};
use crate::domain::{Consideration, Currency, Fee, Money, Side, TransactionId};

pub(in crate::cli) fn buy(args: &TradeArgs, context: &Context<'_>) -> Result<(), AppError> {
    if args.quantity == SharesArg::All {
        return Err(AppError::Usage {
            code: "usage",
            message: "`all` is what a sale takes, not how many shares are bought".to_owned(),
            hint: "give the number of shares".to_owned(),
        });
    }
    trade(Side::Buy, args, &[], context)
}

pub(in crate::cli) fn sell(args: &SellArgs, context: &Context<'_>) -> Result<(), AppError> {
    trade(Side::Sell, &args.trade, &args.lot, context)
}

fn trade(side: Side, args: &TradeArgs, lots: &[LotChoice], context: &Context<'_>) -> Result<(), AppError> {
    let marks = args.marks();
    let consideration = match (args.price, args.amount) {
        (Some(price), _) => Consideration::Price(price.value),
        (None, Some(amount)) => Consideration::Amount(amount.value),
        (None, None) => {
            return Err(AppError::Usage {
                code: "usage",
                message: "a trade needs a price or an amount".to_owned(),
                hint: "give the price per share, or the total with --amount".to_owned(),
            });
        }
    };
    let (portfolio, date) = (context.written_portfolio(), past_day(args.date, context.today)?);
    let fresh_id = TransactionId::new(context.new_id());
    let recorded = context.write(|unit| {
        check_marks(unit.reader(), &args.symbol, &marks)?;
        let all = AllShares {
            symbol: &args.symbol,
            portfolio: &portfolio,
            date: date.unwrap_or(context.today),
            time: args.time,
            id: args.record.id.as_ref(),
        };
        let terms = TradeTerms {
            side,
            symbol: args.symbol.clone(),
            portfolio: portfolio.clone(),
            quantity: args.quantity.or_all(&all, unit)?,
            consideration,
            fee: args.fee.and_then(FeeArg::own),
            date,
            time: args.time,
            note: args.record.note.clone(),
            lots: lots.to_vec(),
            as_of: None,
            settled: args.settled,
            charged: args.fee.and_then(FeeArg::charged),
        };
        let id = args.record.id.clone();
        execute_trade(unit, &TradeRequest { terms, id, fresh_id, today: context.today, mode: context.mode })
    })?;
    if let Some(price) = recorded.value.transaction.price {
        let row = &recorded.value.transaction;
        warn_of_price(&row.symbol, price, recorded.value.last_price, row.currency);
    }
    show(&recorded, context);
    Ok(())
}

/// Shows a trade that was recorded, or would be in a dry run.
fn show(recorded: &Recorded<TradeReceipt>, context: &Context<'_>) {
    show_recorded(|| {
        let (sentences, members, last) = told(&recorded.value, context)?;
        let receipt = Receipt::new(sentences, members).rematched(&recorded.value.rematched);
        let receipt = last.0.into_iter().fold(receipt, |receipt, (name, value)| receipt.ending(name, value));
        receipt.print(recorded, context)
    });
}

/// A trade as sentences, as members, and as the members that follow the events.
pub(super) fn told(receipt: &TradeReceipt, context: &Context<'_>) -> Result<(Vec<String>, Record, Record), AppError> {
    let realized_gain = receipt.realized_gain()?;
    let TransactionRow { portfolio, symbol, currency, .. } = &receipt.transaction;
    let disposals = receipt.disposals.iter().map(|part| disposal(part, portfolio, symbol, *currency));
    let mut members = transaction(&receipt.transaction);
    members.0.extend([
        ("realized_gain", Value::optional(realized_gain.as_ref())),
        ("disposals", Value::List(disposals.collect())),
        ("position", Value::Object(position(&receipt.position))),
    ]);
    members.0.extend(charged_fee(receipt.transaction.charged));
    let mut sentences = sentences(receipt, realized_gain, context.mode);
    let mut last = Record(Vec::new());
    if context.mode == Mode::DryRun && realized_gain.is_some() {
        sentences.extend(preview::tables(receipt, context));
        last.0.push(("previews", preview::member(receipt)));
    }
    Ok((sentences, members, last))
}

/// What a sale realized, in words.
pub(super) fn realized(gain: Money, currency: Currency) -> String {
    let what = if gain.is_negative() { "realized loss" } else { "realized gain" };
    format!("{what} {}", figure::signed_amount(gain, currency))
}

fn sentences(receipt: &TradeReceipt, realized_gain: Option<Money>, mode: Mode) -> Vec<String> {
    let row = &receipt.transaction;
    let currency = row.currency;
    let money = |amount: Money| figure::amount(amount, currency);
    let verb = if realized_gain.is_some() { "sold" } else { "bought" };
    let fee =
        if row.fee == Fee::ZERO { String::new() } else { format!(", fee {}", figure::money(row.fee.into(), currency)) };
    let price = row.price.map(|price| figure::price(price, currency)).unwrap_or_default();
    let mut sentences = vec![format!(
        "{verb} {} {} at {price} on {}{fee}: {}",
        row.quantity.map(|quantity| figure::shares(&quantity.into())).unwrap_or_default(),
        row.symbol,
        row.trade_date,
        money(row.total_amount),
    )];
    sentences.extend([charged(row), settled(row)].into_iter().flatten());
    if let Some(gain) = realized_gain {
        sentences.push(realized(gain, currency));
    }
    sentences.extend(receipt.reordered.iter().map(|day| format!("note: {day}")));
    sentences.push(holds(&receipt.position, row));
    if row.voided_at.is_some() {
        sentences.push("it was voided since; to record it again, give another id".to_owned());
    }
    if mode == Mode::Record {
        sentences.push(format!("id {}", row.transaction_id));
    }
    sentences
}
