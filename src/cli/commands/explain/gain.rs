//! `explain gain`.

use super::exact;
use super::in_currency::{add_gains, gain_lines, rates_below};
use super::lot::{fee, lot_record, what_members};
use super::working::lot_lines;
use crate::app::{AppError, ExplainedIn, GainExplanation, GainIn, RealizedBy, RealizedPart, RealizingRecord};
use crate::cli::context::Context;
use crate::cli::output::{Format, Record, Value, csv, figure, json_document};
use crate::cli::views::{charged_fee, terms};
use crate::domain::{CostBasisMethod, Currency, ExchangeRule, Fee, GainTotals, Money, Shares, TooLarge};

/// The gain in another currency.
type GainsIn = ExplainedIn<GainIn>;

pub(super) fn show(
    explanation: &GainExplanation,
    converted: Option<&GainsIn>,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let text = match context.page.format() {
        Format::Table => {
            let below = converted.map(|converted| rates_below(converted, context)).unwrap_or_default();
            context.page.fitted(&lines(explanation, converted)?.join("\n")) + &below
        }
        Format::Json => json_document(&context.page.digits.of_record(record(explanation, converted)?))?,
        Format::Csv => {
            let records: Vec<Record> = lot_records(explanation)?.iter().map(Record::flat).collect();
            let records = context.page.digits.of_records(records);
            csv(&records, &records.first().map(Record::names).unwrap_or_default())?
        }
    };
    context.page.print(&text)
}

fn lot_records(explanation: &GainExplanation) -> Result<Vec<Record>, TooLarge> {
    let of_part = |part: &RealizedPart| -> Result<Vec<Record>, TooLarge> {
        part.lots.iter().map(|lot| lot_record(explanation, part, lot)).collect()
    };
    Ok(explanation.parts.iter().map(of_part).collect::<Result<Vec<_>, _>>()?.concat())
}

fn record(explanation: &GainExplanation, converted: Option<&GainsIn>) -> Result<Record, AppError> {
    let GainExplanation { record, currency, parts, totals } = explanation;
    let (sale, gross) = match record {
        RealizingRecord::Sale(sale) => (Some(sale), sale.gross_amount()),
        RealizingRecord::ReturnOfCapital(row) => (None, Some(row.total_amount)),
        RealizingRecord::Conversion(_) => (None, Some(totals.proceeds)),
    };
    let first = parts.first();
    let only = first.filter(|_| parts.len() == 1);
    let one_portfolio = first.filter(|first| parts.iter().all(|part| part.portfolio == first.portfolio));
    let mut lots = lot_records(explanation)?;
    let in_currency = converted.map(|converted| add_gains(&mut lots, converted)).transpose()?;
    let mut members = Record(vec![
        ("sale_id", Value::exact(&record.id())),
        ("portfolio", Value::optional_text(one_portfolio.map(|part| &part.portfolio))),
        ("symbol", Value::text(record.symbol())),
        ("currency", Value::text(currency)),
        ("sold_on", Value::exact(&record.date())),
        ("method", Value::optional_text(one_portfolio.map(|part| part.method).as_ref())),
        ("picked", Value::Truth(sale.is_some_and(|sale| !sale.picked.is_empty()))),
        ("held_before", Value::optional(only.map(|part| &part.before.quantity))),
        ("cost_basis_before", Value::optional(only.map(|part| part.before.cost_basis).as_ref())),
        ("quantity", Value::optional(sale.and_then(|sale| sale.quantity).as_ref())),
        ("price", Value::optional(sale.and_then(|sale| sale.price).as_ref())),
        ("gross_amount", Value::optional(gross.as_ref())),
        ("fee", Value::exact(&sale.map_or(Fee::ZERO, |sale| sale.fee))),
        ("proceeds", Value::exact(&totals.proceeds)),
        ("cost_basis", Value::exact(&totals.cost_basis)),
        ("gain", Value::exact(&totals.gain)),
        ("short_term_gain", Value::exact(&totals.short_term_gain)),
        ("long_term_gain", Value::exact(&totals.long_term_gain)),
        ("lots", Value::List(lots)),
    ]);
    members.0.extend(in_currency.into_iter().flatten());
    members.0.extend(charged_fee(sale.and_then(|sale| sale.charged)));
    members.0.extend(what_members(record));
    Ok(members)
}

fn lines(explanation: &GainExplanation, converted: Option<&GainsIn>) -> Result<Vec<String>, AppError> {
    let GainExplanation { currency, parts, totals, .. } = explanation;
    let mut lines = headlines(explanation);
    let mut figures = converted.iter().flat_map(|converted| &converted.figures);
    for part in parts {
        lines.extend(part_lines(part, *currency)?);
        if part.method == CostBasisMethod::Average {
            lines.push(pool_line(part, *currency));
        }
        for lot in &part.lots {
            lines.extend(lot_lines(explanation, part, lot)?);
            let converted = converted.and_then(|it| Some(gain_lines(figures.next()?, it.currency)));
            lines.extend(converted.unwrap_or_default());
        }
        if parts.len() > 1 {
            lines.push(String::new());
            lines.push(format!("in portfolio {}, {}", part.portfolio, part.symbol));
            lines.extend(total_lines(&part.totals, *currency));
        }
    }
    lines.extend([String::new(), "in all".to_owned()]);
    lines.extend(total_lines(totals, *currency));
    if let Some(converted) = converted
        && let Some(total) = converted.total()?
    {
        lines.extend(gain_lines(&total, converted.currency));
    }
    Ok(lines)
}

fn headlines(GainExplanation { record, currency, parts, .. }: &GainExplanation) -> Vec<String> {
    let (id, day) = (figure::short_id(record.id()), record.date());
    let money = |amount: Money| figure::exact_money(amount, *currency);
    match record {
        RealizingRecord::Sale(sale) => {
            let mut rule = parts.iter().map(|part| part.method.to_string()).collect::<String>();
            if !sale.picked.is_empty() {
                rule += ", lots picked";
            }
            let (portfolio, symbol) = (&sale.portfolio, &sale.symbol);
            let quantity = sale.quantity.map(|quantity| figure::shares(&quantity.into())).unwrap_or_default();
            let gross = sale.gross_amount().unwrap_or_default();
            let product =
                sale.price.filter(|price| sale.quantity.and_then(|quantity| price.times(quantity).ok()) == Some(gross));
            let product = product.map(|price| format!("{quantity} × {} = ", figure::price(price, *currency)));
            let fee = fee(sale.fee, sale.charged, *currency);
            vec![
                format!("sale {id} of {quantity} {symbol} on {day} from portfolio {portfolio}, {rule}"),
                format!("  amount     {}{} {currency}", product.unwrap_or_default(), money(gross)),
                format!("  proceeds   {} - fee {fee} = {}", money(gross), money(sale.total_amount)),
            ]
        }
        RealizingRecord::ReturnOfCapital(row) => {
            let amount = money(row.total_amount);
            vec![format!("return of capital {id} of {amount} {currency} on {} on {day}", row.symbol)]
        }
        RealizingRecord::Conversion(row) => {
            let (noun, new) = (row.kind.noun(), &row.new_stock.1);
            vec![format!("{noun} {id} of {} into {new} on {day}: {}", row.stock.1, terms(&row.terms))]
        }
    }
}

/// What was held, and the rule by which something is realized on it.
fn part_lines(part: &RealizedPart, currency: Currency) -> Result<Vec<String>, TooLarge> {
    let RealizedPart { portfolio, symbol, method, before, .. } = part;
    let money = |amount: Money| figure::exact_money(amount, currency);
    let rule = match part.by {
        RealizedBy::Sale => return Ok(Vec::new()),
        RealizedBy::Exchange(ExchangeRule::Boot) => "boot: the gain of each lot up to its cash, and never a loss",
        RealizedBy::Exchange(ExchangeRule::Part) => {
            "part: of each lot's cost, the part that its cash is of cash and new shares"
        }
        RealizedBy::Exchange(ExchangeRule::Taxable) => {
            "taxable: each lot is sold for its cash and the value of its new shares"
        }
        RealizedBy::Exchange(ExchangeRule::CarryOver) => "carry-over: the whole cost carries over",
        RealizedBy::CashInLieu => "cash in lieu: the fraction of a new share is sold for it",
        RealizedBy::ReturnOfCapital => "return of capital: what exceeds the cost of a lot is a gain",
    };
    let (held, cost) = (exact(&before.quantity), money(before.cost_basis));
    let mut lines = vec![
        String::new(),
        format!("portfolio {portfolio}, {held} {symbol} for {cost}, {method}"),
        format!("  {rule}"),
    ];
    if part.by == RealizedBy::CashInLieu {
        let sold = exact(&part.sold()?);
        lines.push(format!("  amount     {sold} {symbol} for {}", money(part.totals.proceeds)));
    }
    if part.by == RealizedBy::ReturnOfCapital {
        match part.paid.len().saturating_sub(part.lots.len()) {
            0 => {}
            1 => lines.push("  on 1 other lot no more came back than it had cost: no gain".to_owned()),
            lots => lines.push(format!("  on {lots} other lots no more came back than they had cost: no gain")),
        }
    }
    Ok(lines)
}

/// The cost of all lots together, under average cost.
fn pool_line(RealizedPart { before, .. }: &RealizedPart, currency: Currency) -> String {
    let money = |amount: Money| figure::exact_money(amount, currency);
    let average = before.cost_basis.per_share(&before.quantity).and_then(Result::ok).unwrap_or_default();
    let is_exact = average.is_share(before.cost_basis, &Shares::ONE, &before.quantity);
    let note = if is_exact { "" } else { ", rounded" };
    let held = exact(&before.quantity);
    format!("  pool       {held} for {}: {} a share{note}", money(before.cost_basis), money(average))
}

fn total_lines(totals: &GainTotals, currency: Currency) -> [String; 2] {
    let money = |amount: Money| figure::exact_money(amount, currency);
    [
        format!("  gain       {} - {} = {}", money(totals.proceeds), money(totals.cost_basis), money(totals.gain)),
        format!(
            "  of which   {} short-term, {} long-term",
            money(totals.short_term_gain),
            money(totals.long_term_gain)
        ),
    ]
}
