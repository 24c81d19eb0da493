//! `return-capital` and `adjust-cost`.

use super::each_portfolio::{Combined, Part, positions, receipt};
use crate::app::{AppError, Claim, CostChange, CostChangeRequest, Payment, change_cost, check_marks};
use crate::cli::args::CostChangeArgs;
use crate::cli::context::{Context, show_recorded};
use crate::cli::dates::past_day;
use crate::cli::output::{Record, Value, figure};
use crate::cli::views::{disposal, holds, position, transaction};
use crate::domain::{CostAdjustmentKind, Currency, GainTotals, Money, Shares};
use crate::formats::typed::Marked;

pub(super) fn change(kind: CostAdjustmentKind, args: CostChangeArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Marked { value: amount, mark } = args.amount;
    let request = CostChangeRequest {
        kind,
        symbol: args.symbol,
        only: context.portfolios.only().cloned(),
        payment: if args.per_share { Payment::PerShare(amount) } else { Payment::Total(amount.into()) },
        date: past_day(args.date, context.today)?,
        note: args.record.note,
        id: args.record.id,
        today: context.today,
    };
    let recorded = context.write(|unit| {
        check_marks(unit.reader(), &request.symbol, mark.as_slice())?;
        change_cost(unit, &request)
    })?;
    show_recorded(|| {
        let changes = &recorded.value.changes;
        let parts = changes.iter().map(|change| part(kind, change)).collect::<Result<_, _>>()?;
        receipt(parts, || combined(kind, changes), &recorded.value.rematched)?.print(&recorded, context)
    });
    Ok(())
}

fn part(kind: CostAdjustmentKind, change: &CostChange) -> Result<Part, AppError> {
    let row = &change.transaction;
    let money = |amount: Money| figure::amount(amount, row.currency);
    let claim = change.claim.as_ref();
    let claimed = claim.map(|Claim { per_share, shares, .. }| {
        format!(" ({} on each of {})", figure::price(*per_share, row.currency), figure::shares(shares))
    });
    let mut sentences = vec![format!(
        "{kind} of {} on {} on {}{}",
        money(row.total_amount),
        row.symbol,
        row.trade_date,
        claimed.unwrap_or_default()
    )];
    let gain = GainTotals::sum(&change.disposals)?.gain;
    if !change.disposals.is_empty() {
        sentences.push(format!("of which {} exceeds the cost: a gain", money(gain)));
    }
    sentences.push(holds(&change.position, row));
    if row.voided_at.is_some() {
        sentences.push("it was voided since; to record it again, give another id".to_owned());
    }
    sentences.push(format!("id {}", row.transaction_id));
    let mut members = transaction(row);
    let lots = change.disposals.iter().map(|part| disposal(part, &row.portfolio, &row.symbol, row.currency));
    members.0.extend([
        ("amount", Value::exact(&row.total_amount)),
        ("per_share", Value::optional(claim.map(|it| it.per_share).as_ref())),
        ("shares", Value::optional(claim.map(|it| &it.shares))),
        ("realized_gain", Value::exact(&gain)),
        ("disposals", Value::List(lots.collect())),
        ("position", Value::Object(position(&change.position))),
    ]);
    Ok(Part { sentences, members, last: Record(Vec::new()) })
}

fn combined(kind: CostAdjustmentKind, changes: &[CostChange]) -> Result<Combined, AppError> {
    let rows = || changes.iter().map(|change| &change.transaction);
    let of_first = rows().next().map(|row| (row.currency, row.symbol.as_str()));
    let (currency, symbol) = of_first.unwrap_or((Currency::USD, ""));
    let amount = rows().try_fold(Money::ZERO, |sum, row| sum.plus(row.total_amount))?;
    let mut claims = changes.iter().filter_map(|change| change.claim.as_ref());
    let shares = claims.try_fold(Shares::ZERO, |sum, claim| sum.plus(&claim.shares))?;
    let gain = GainTotals::sum(changes.iter().flat_map(|change| &change.disposals))?.gain;
    let lots = changes.iter().flat_map(|CostChange { disposals, transaction: row, .. }| {
        disposals.iter().map(|part| disposal(part, &row.portfolio, &row.symbol, row.currency))
    });
    let (in_all, portfolios) = (figure::amount(amount, currency), changes.len());
    let on = if shares.is_zero() { String::new() } else { format!(" on {} {symbol}", figure::shares(&shares)) };
    let more = match (gain.is_zero(), figure::amount(gain, currency)) {
        (true, _) => String::new(),
        (false, gain) => format!(", of which {gain} is a gain"),
    };
    let all_count = rows().all(|row| row.voided_at.is_none());
    Ok(Combined {
        sentence: all_count.then(|| format!("{kind} in all: {in_all}{on} in {portfolios} portfolios{more}")),
        members: Record(vec![
            ("total_amount", Value::exact(&amount)),
            ("amount", Value::exact(&amount)),
            ("shares", Value::optional(Some(&shares).filter(|shares| !shares.is_zero()))),
            ("realized_gain", Value::exact(&gain)),
            ("disposals", Value::List(lots.collect())),
            ("position", positions(changes.iter().map(|change| &change.position))?),
        ]),
    })
}
