//! `spin-off`, `exchange`, `return-capital`, `adjust-cost` and `write-off`.

mod cost_change;
mod each_portfolio;
mod write_off;

use cost_change::change;
use write_off::write_off;

use crate::app::{AppError, ConversionReceipt, ConversionRequest, check_marks, convert_stock};
use crate::cli::args::{CompanyCommand, ConvertArgs, ExchangeArgs, SpinOffArgs};
use crate::cli::context::{Context, show_recorded};
use crate::cli::dates::past_day;
use crate::cli::output::{Record, Value, figure};
use crate::cli::receipt::Receipt;
use crate::cli::views::{conversion_members, disposal, position, terms};
use crate::domain::{
    ConversionKind, ConversionTerms, CostAdjustmentKind, GainTotals, PortfolioName, PositionTotals, TransactionId,
};
use crate::formats::CurrencyMark;

pub(in crate::cli) fn run(command: CompanyCommand, context: &Context<'_>) -> Result<(), AppError> {
    match command {
        CompanyCommand::SpinOff(args) => spin_off(args, context),
        CompanyCommand::Exchange(args) => exchange(args, context),
        CompanyCommand::ReturnCapital(args) => change(CostAdjustmentKind::ReturnOfCapital, args, context),
        CompanyCommand::AdjustCost(args) => change(CostAdjustmentKind::Addition, args, context),
        CompanyCommand::WriteOff(args) => write_off(args, context),
    }
}

fn spin_off(args: SpinOffArgs, context: &Context<'_>) -> Result<(), AppError> {
    let (terms, marks) = (args.terms(), args.marks());
    convert(ConversionKind::SpinOff, args.conversion, (terms, &marks), context)
}

fn exchange(args: ExchangeArgs, context: &Context<'_>) -> Result<(), AppError> {
    let (terms, marks) = (args.terms(), args.marks());
    convert(ConversionKind::Exchange, args.conversion, (terms, &marks), context)
}

fn convert(
    kind: ConversionKind,
    args: ConvertArgs,
    (terms, marks): (ConversionTerms, &[CurrencyMark]),
    context: &Context<'_>,
) -> Result<(), AppError> {
    terms.check()?;
    let request = ConversionRequest {
        kind,
        symbol: args.symbol,
        new_symbol: args.new_symbol,
        terms,
        only: context.portfolios.only().cloned(),
        date: past_day(args.date, context.today)?,
        id: args.id,
        fresh_id: TransactionId::new(context.new_id()),
        today: context.today,
    };
    let recorded = context.write(|unit| {
        check_marks(unit.reader(), &request.symbol, marks)?;
        convert_stock(unit, &request)
    })?;
    recorded.value.notes.iter().for_each(|note| context.page.say(&format!("note: {note}")));
    show_recorded(|| {
        let receipt = &recorded.value;
        let sentences = sentences(receipt)?;
        let members = members(receipt)?;
        Receipt::new(sentences, members).rematched(&receipt.rematched).print(&recorded, context)
    });
    Ok(())
}

fn sentences(receipt: &ConversionReceipt) -> Result<Vec<String>, AppError> {
    let ConversionReceipt { conversion: row, holdings, converted, realized, cash, .. } = receipt;
    let (symbol, new_symbol) = (&row.stock.1, &row.new_stock.1);
    let only = row.portfolio_name().map(|name| format!(" in portfolio {name}")).unwrap_or_default();
    let mut sentences = vec![format!(
        "{} of {symbol} into {new_symbol} {}{only} on {}, before that day's trades",
        row.kind.noun(),
        terms(&row.terms),
        row.effective_date
    )];
    for (portfolio, [old, new]) in holdings {
        let held = |totals: &PositionTotals| {
            (figure::shares(&totals.quantity), figure::amount(totals.cost_basis, row.currency))
        };
        let ((old, old_cost), (new, new_cost)) = (held(old), held(new));
        sentences.push(format!(
            "portfolio {portfolio} holds {new} {new_symbol} for {new_cost} and {old} {symbol} for {old_cost}"
        ));
    }
    if holdings.is_empty() && !converted.is_empty() {
        sentences.push(format!("no {symbol} is held any more, and no {new_symbol}"));
    }
    if !cash.is_zero() {
        sentences.push(format!("cash {}", figure::signed_amount(*cash, row.currency)));
    }
    if !realized.is_empty() {
        let gain = GainTotals::sum(realized.iter().map(|part| &part.disposal))?.gain;
        sentences.push(super::trade::realized(gain, row.currency));
    }
    sentences.push(format!("id {}", row.conversion_id));
    Ok(sentences)
}

fn members(receipt: &ConversionReceipt) -> Result<Record, AppError> {
    let ConversionReceipt { conversion: row, holdings, realized, .. } = receipt;
    let gain = GainTotals::sum(realized.iter().map(|part| &part.disposal))?.gain;
    let lots = realized.iter().map(|part| disposal(&part.disposal, &part.portfolio, &part.symbol, part.currency));
    let holding = |(portfolio, [old, new]): &(PortfolioName, [PositionTotals; 2])| {
        Record(vec![
            ("portfolio", Value::text(portfolio)),
            ("position", Value::Object(position(old))),
            ("new_position", Value::Object(position(new))),
        ])
    };
    let mut members = Record(vec![
        ("conversion_id", Value::exact(&row.conversion_id)),
        ("kind", Value::text(&row.kind.as_str())),
        ("symbol", Value::text(&row.stock.1)),
        ("effective_date", Value::exact(&row.effective_date)),
        ("new_shares", Value::exact(&row.terms.ratio.new_shares)),
        ("old_shares", Value::exact(&row.terms.ratio.old_shares)),
    ]);
    members.0.extend(conversion_members(Some(row)).0);
    members.0.extend([
        ("portfolio", Value::optional_text(row.portfolio_name())),
        ("currency", Value::text(&row.currency)),
        ("realized_gain", Value::exact(&gain)),
        ("disposals", Value::List(lots.collect())),
        ("holdings", Value::List(holdings.iter().map(holding).collect())),
        ("total_amount", Value::exact(&receipt.cash)),
    ]);
    Ok(members)
}
