//! `write-off`.

use super::each_portfolio::{Combined, Part, positions, receipt};
use crate::app::{AppError, TradeReceipt, WriteOffRequest, write_off as write_off_all};
use crate::cli::args::WriteOffArgs;
use crate::cli::commands::trade;
use crate::cli::context::{Context, show_recorded};
use crate::cli::dates::past_day;
use crate::cli::output::{Record, Value, figure};
use crate::cli::views::disposal;
use crate::domain::{GainTotals, Shares};

pub(super) fn write_off(args: WriteOffArgs, context: &Context<'_>) -> Result<(), AppError> {
    let request = WriteOffRequest {
        symbol: args.symbol,
        only: context.portfolios.only().cloned(),
        date: past_day(args.date, context.today)?,
        note: args.record.note,
        id: args.record.id,
        today: context.today,
        mode: context.mode,
    };
    let recorded = context.write(|unit| write_off_all(unit, &request))?;
    show_recorded(|| {
        let sales = &recorded.value.sales;
        let parts = sales.iter().map(|sale| part(sale, context)).collect::<Result<_, _>>()?;
        receipt(parts, || combined(sales), &recorded.value.rematched)?.print(&recorded, context)
    });
    Ok(())
}

fn part(sale: &TradeReceipt, context: &Context<'_>) -> Result<Part, AppError> {
    let (sentences, members, last) = trade::told(sale, context)?;
    Ok(Part { sentences, members, last })
}

fn combined(sales: &[TradeReceipt]) -> Result<Combined, AppError> {
    let rows = || sales.iter().map(|sale| &sale.transaction);
    let quantities = rows().filter_map(|row| row.quantity);
    let quantity = quantities.map(Shares::from).try_fold(Shares::ZERO, |sum, quantity| sum.plus(&quantity))?;
    let gain = GainTotals::sum(sales.iter().flat_map(|sale| &sale.disposals))?.gain;
    let lots = sales.iter().flat_map(|TradeReceipt { disposals, transaction: row, .. }| {
        disposals.iter().map(|part| disposal(part, &row.portfolio, &row.symbol, row.currency))
    });
    let all_count = rows().all(|row| row.voided_at.is_none());
    let told = rows().next().filter(|_| all_count).map(|row| {
        let (symbol, portfolios) = (&row.symbol, sales.len());
        let (shares, realized) = (figure::shares(&quantity), trade::realized(gain, row.currency));
        format!("written off in all: {shares} {symbol} in {portfolios} portfolios, {realized}")
    });
    Ok(Combined {
        sentence: told,
        members: Record(vec![
            ("quantity", Value::exact(&quantity)),
            ("realized_gain", Value::exact(&gain)),
            ("disposals", Value::List(lots.collect())),
            ("position", positions(sales.iter().map(|sale| &sale.position))?),
        ]),
    })
}
