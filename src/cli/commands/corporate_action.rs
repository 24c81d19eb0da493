//! `dividend`, `split` and `transfer`.

use crate::app::{
    AllShares, AppError, CashInLieu, Claim, Destination, DividendReceipt, DividendRequest, FractionSale, Nearby,
    PaidIn, Payment, SplitReceipt, SplitRequest, TransactionRow, TransferReceipt, TransferRequest, check_marks,
    receive_dividend, split_stock, transfer_shares,
};
use crate::cli::args::{DividendArgs, SplitArgs, TransferArgs};
use crate::cli::context::{Context, show_recorded};
use crate::cli::dates::past_day;
use crate::cli::output::{Record, Value, figure};
use crate::cli::receipt::Receipt;
use crate::cli::views::{cash, disposal, holds, paid, position, settled, settlement, transaction};
use crate::domain::{Currency, Money, TransactionId};
use crate::formats::CurrencyMark;

pub(in crate::cli) fn dividend(args: DividendArgs, context: &Context<'_>) -> Result<(), AppError> {
    let (marks, amount) = (args.marks(), args.amount.value);
    if let Some(currency) = args.currency {
        of_payment(currency, &marks)?;
    }
    let payment = if args.per_share { Payment::PerShare(amount) } else { Payment::Total(amount.into()) };
    let withholding = args.withholding.map(|it| it.value);
    if let (Payment::Total(amount), Some(withholding)) = (payment, withholding)
        && withholding > amount
    {
        return Err(AppError::Usage {
            code: "invalid_withholding",
            message: format!("the withholding {withholding} is more than the dividend {amount}"),
            hint: "give the gross amount, before taxes".to_owned(),
        });
    }
    let request = DividendRequest {
        symbol: args.symbol,
        portfolio: context.written_portfolio(),
        payment,
        paid_in: args.currency.map(|currency| PaidIn { currency, rate: args.rate, max_rate_age: args.max_rate_age }),
        withholding,
        settled: args.settled,
        date: past_day(args.date, context.today)?,
        ex_date: past_day(args.ex_date, context.today)?,
        time: args.time,
        note: args.record.note,
        id: args.record.id,
        fresh_id: TransactionId::new(context.new_id()),
        today: context.today,
    };
    let recorded = context.write(|unit| {
        if request.paid_in.is_none() {
            check_marks(unit.reader(), &request.symbol, &marks)?;
        }
        receive_dividend(unit, &request)
    })?;
    show_recorded(|| dividend_receipt(&recorded.value).print(&recorded, context));
    Ok(())
}

fn dividend_receipt(DividendReceipt { transaction: row, claim, position }: &DividendReceipt) -> Receipt {
    let money = |amount: Money| figure::amount(amount, row.currency);
    let gross = row.gross_amount().unwrap_or(row.total_amount);
    let withheld = row.withholding.filter(|it| !it.is_zero()).map(|it| format!(", {} withheld", money(it)));
    let claim = claim.as_ref();
    let claimed = claim.map(|Claim { per_share, shares, before }| {
        let (symbol, price) = (&row.symbol, figure::price(*per_share, row.paid.map_or(row.currency, |it| it.currency)));
        format!(" ({price} on each of the {} {symbol} held before {before})", figure::shares(shares))
    });
    let mut sentences = vec![
        format!(
            "dividend of {} {} on {}{}{}",
            money(gross),
            row.symbol,
            row.trade_date,
            claimed.unwrap_or_default(),
            withheld.unwrap_or_default()
        ),
        format!("{} in all for {} in portfolio {}", money(position.dividends), row.symbol, row.portfolio),
        format!("id {}", row.transaction_id),
    ];
    sentences.splice(1..1, [paid(row), settled(row)].into_iter().flatten());
    let mut members = Record(vec![
        ("transaction_id", Value::exact(&row.transaction_id)),
        ("portfolio", Value::text(&row.portfolio)),
        ("symbol", Value::text(&row.symbol)),
        ("type", Value::text(&row.transaction_type)),
        ("pay_date", Value::exact(&row.trade_date)),
        ("ex_date", Value::optional(row.ex_date.as_ref())),
        ("per_share", Value::optional(claim.map(|it| it.per_share).as_ref())),
        ("shares", Value::optional(claim.map(|it| &it.shares))),
        ("amount", Value::exact(&gross)),
        ("withholding", Value::optional(row.withholding.as_ref())),
        ("total_amount", Value::exact(&row.total_amount)),
        ("currency", Value::text(&row.currency)),
        ("pay_time", Value::optional_text(row.trade_time.as_ref())),
        ("dividends", Value::exact(&position.dividends)),
    ]);
    members.0.extend(cash(["paid_amount", "paid_currency"], row.paid));
    members.0.extend(settlement(row.settled));
    Receipt::new(sentences, members)
}

/// Refuses amounts that are marked with a currency other than the one of the payment.
fn of_payment(currency: Currency, marks: &[CurrencyMark]) -> Result<(), AppError> {
    match marks.iter().find(|mark| !mark.stands_for(currency)) {
        Some(mark) => Err(AppError::Usage {
            code: "currency_mismatch",
            message: format!("the dividend was paid in {currency}, and an amount is in {mark}"),
            hint: "give the amounts in the currency that --currency names".to_owned(),
        }),
        None => Ok(()),
    }
}

pub(in crate::cli) fn split(args: SplitArgs, context: &Context<'_>) -> Result<(), AppError> {
    let request = SplitRequest {
        symbol: args.symbol,
        terms: args.ratio,
        date: past_day(args.date, context.today)?,
        nearby: if args.force { Nearby::Record } else { Nearby::Refuse },
        cash_in_lieu: args.fraction.proceeds().map(|amount| CashInLieu {
            amount,
            portfolio: context.portfolios.only().cloned(),
            fresh_id: TransactionId::new(context.new_id()),
        }),
        id: args.id,
        portfolio: context.portfolios.only().cloned(),
        fresh_id: TransactionId::new(context.new_id()),
        today: context.today,
    };
    let mark = args.fraction.mark();
    let recorded = context.write(|unit| {
        check_marks(unit.reader(), &request.symbol, mark.as_slice())?;
        split_stock(unit, &request)
    })?;
    let receipt = split_receipt(&recorded.value);
    if let Some(advice) = &recorded.value.price_advice {
        context.page.say(&format!("warning: {advice}"));
    }
    if let Some(advice) = &recorded.value.conversion_advice {
        context.page.say(&format!("note: {advice}"));
    }
    show_recorded(|| receipt.print(&recorded, context));
    Ok(())
}

fn split_receipt(SplitReceipt { split, fraction, rematched, .. }: &SplitReceipt) -> Receipt {
    let mut sentences =
        vec![format!("split {} {} on {}, before that day's trades", split.symbol, split.terms, split.effective_date)];
    if let Some(FractionSale { transaction: row, position, .. }) = fraction {
        let quantity = row.quantity.map(|quantity| figure::shares(&quantity.into())).unwrap_or_default();
        let amount = figure::amount(row.total_amount, row.currency);
        sentences.push(format!(
            "the fraction, {quantity} {} in portfolio {}, was paid for with {amount}",
            row.symbol, row.portfolio
        ));
        sentences.push(holds(position, row));
    }
    sentences.push(format!("id {}", split.split_id));
    let sale = |FractionSale { transaction: row, disposals, position: totals }: &FractionSale| {
        let disposals = disposals.iter().map(|part| disposal(part, &row.portfolio, &row.symbol, row.currency));
        let mut members = transaction(row);
        members.0.push(("disposals", Value::List(disposals.collect())));
        members.0.push(("position", Value::Object(position(totals))));
        Value::Object(members)
    };
    let members = Record(vec![
        ("split_id", Value::exact(&split.split_id)),
        ("symbol", Value::text(&split.symbol)),
        ("effective_date", Value::exact(&split.effective_date)),
        ("new_shares", Value::exact(&split.terms.new_shares)),
        ("old_shares", Value::exact(&split.terms.old_shares)),
        ("sale", fraction.as_ref().map_or(Value::Null, sale)),
    ]);
    Receipt::new(sentences, members).rematched(rematched)
}

pub(in crate::cli) fn transfer(args: TransferArgs, context: &Context<'_>) -> Result<(), AppError> {
    let from = context.written_portfolio();
    if args.to.as_ref() == Some(&from) {
        return Err(AppError::Usage {
            code: "usage",
            message: format!("the shares are already in portfolio {from}"),
            hint: "name the portfolio they leave with --portfolio, and the one they go to with --to".to_owned(),
        });
    }
    let (today, fresh_id) = (context.today, TransactionId::new(context.new_id()));
    let date = past_day(args.date, today)?;
    let to = args.to.map_or(Destination::Outside, Destination::Portfolio);
    let recorded = context.write(|unit| {
        let (symbol, time) = (&args.symbol, args.time);
        let all = AllShares { symbol, portfolio: &from, date: date.unwrap_or(today), time, id: args.id.as_ref() };
        let request = TransferRequest {
            symbol: args.symbol.clone(),
            quantity: args.quantity.or_all(&all, unit)?,
            from: from.clone(),
            to: to.clone(),
            date,
            time,
            lots: args.lot.clone(),
            id: args.id.clone(),
            fresh_id,
            today,
        };
        transfer_shares(unit, &request)
    })?;
    show_recorded(|| transfer_receipt(&recorded.value, &to).print(&recorded, context));
    Ok(())
}

fn transfer_receipt(receipt: &TransferReceipt, to: &Destination) -> Receipt {
    let row = &receipt.transaction;
    let quantity = row.quantity.map(|quantity| figure::shares(&quantity.into())).unwrap_or_default();
    let to = match to {
        Destination::Portfolio(to) => Some(to),
        Destination::Outside => None,
    };
    let whither = to.map_or_else(|| "out of the book".to_owned(), |to| format!("to {to}"));
    let mut sentences = vec![
        format!("moved {quantity} {} from portfolio {} {whither} on {}", row.symbol, row.portfolio, row.trade_date),
        holds(&receipt.sender, row),
    ];
    if let Some((to, receiver)) = to.zip(receipt.receiver.as_ref()) {
        let arrived = TransactionRow { portfolio: to.clone(), ..row.clone() };
        sentences.push(holds(receiver, &arrived));
    }
    sentences.push(format!("id {}", row.transaction_id));
    let members = Record(vec![
        ("transaction_id", Value::exact(&row.transaction_id)),
        ("portfolio", Value::text(&row.portfolio)),
        ("to_portfolio", Value::optional_text(to)),
        ("symbol", Value::text(&row.symbol)),
        ("trade_date", Value::exact(&row.trade_date)),
        ("quantity", Value::optional(row.quantity.as_ref())),
        ("currency", Value::text(&row.currency)),
        ("trade_time", Value::optional_text(row.trade_time.as_ref())),
        ("position", Value::Object(position(&receipt.sender))),
        ("to_position", receipt.receiver.as_ref().map_or(Value::Null, |receiver| Value::Object(position(receiver)))),
    ]);
    Receipt::new(sentences, members).rematched(&receipt.rematched)
}
