//! `explain gain` of a conversion or of a return of capital.

use super::in_currency::{gain_lines, gain_record, rates_below};
use super::lot::{Rounded, held, lot_record, of_whom, paid_members, story, what_members};
use super::{exact, share};
use crate::app::{
    AppError, BookRecord, ConversionRow, ExplainedIn, GainIn, LotExplanation, RealizedBy, RealizedPart,
    RecordExplanation,
};
use crate::cli::context::Context;
use crate::cli::output::{Format, Record, Value, csv, figure, json_document};
use crate::cli::views::{charged_fee, rate_records, terms};
use crate::domain::{
    CostBasisMethod, Currency, ExchangeRule, GainTotals, Money, PaidLot, Price, Shares, SplitRatio, Symbol, TooLarge,
};

/// The gain in another currency.
type GainsIn = ExplainedIn<GainIn>;

pub(super) fn show(
    explanation: &RecordExplanation,
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

/// All lots, each with its part.
fn lots(explanation: &RecordExplanation) -> impl Iterator<Item = (&RealizedPart, &LotExplanation)> {
    explanation.parts.iter().flat_map(|part| part.lots.iter().map(move |lot| (part, lot)))
}

fn conversion(explanation: &RecordExplanation) -> Option<&ConversionRow> {
    match &explanation.record {
        BookRecord::Conversion(row) => Some(row),
        BookRecord::Transaction(_) | BookRecord::Split(_) => None,
    }
}

/// What the shares for which something was paid cost afterwards.
fn cost_after(part: &RealizedPart, lot: &LotExplanation, paid: &PaidLot) -> Result<Money, TooLarge> {
    match part.by {
        RealizedBy::Exchange(ExchangeRule::Taxable) => Ok(paid.value),
        RealizedBy::Exchange(_) | RealizedBy::CashInLieu => paid.lot.cost_basis.minus(lot.disposal.cost_basis),
        // Only what is more than the cost is realized.
        RealizedBy::ReturnOfCapital => Ok(Money::ZERO),
    }
}

/// What a lot's part of the cost of a fraction is taken from.
fn pool(part: &RealizedPart, lot: &LotExplanation) -> (Money, Shares) {
    match part.method {
        CostBasisMethod::Average => (part.before.cost_basis, part.before.quantity.clone()),
        CostBasisMethod::Fifo | CostBasisMethod::Lifo | CostBasisMethod::Hifo => (lot.cost_basis, lot.quantity.clone()),
    }
}

/// The shares of the fraction.
fn fraction(part: &RealizedPart) -> Result<Shares, TooLarge> {
    part.lots.iter().try_fold(Shares::ZERO, |sum, lot| sum.plus(&lot.taken))
}

fn rounded(explanation: &RecordExplanation, part: &RealizedPart, lot: &LotExplanation) -> Result<Rounded, TooLarge> {
    let disposal = &lot.disposal;
    Ok(match (part.by, part.paid_for(lot), conversion(explanation)) {
        (RealizedBy::Exchange(ExchangeRule::Part), Some(paid), Some(row)) => {
            Rounded { proceeds: false, cost_basis: !row.terms.is_cash_part(disposal.cost_basis, paid.lot.cost_basis) }
        }
        (RealizedBy::CashInLieu, ..) => {
            let (cost, shares) = pool(part, lot);
            Rounded {
                proceeds: !disposal.proceeds.is_share(part.totals.proceeds, &lot.taken, &fraction(part)?),
                cost_basis: !disposal.cost_basis.is_share(cost, &lot.taken, &shares),
            }
        }
        (RealizedBy::Exchange(_) | RealizedBy::ReturnOfCapital, ..) => Rounded { proceeds: false, cost_basis: false },
    })
}

fn lot_records(explanation: &RecordExplanation) -> Result<Vec<Record>, TooLarge> {
    let record = |(part, lot): (&RealizedPart, &LotExplanation)| {
        let is_average = part.method == CostBasisMethod::Average;
        let mut record = lot_record(lot, rounded(explanation, part, lot)?, is_average);
        record.0.extend(of_whom((&part.portfolio, &part.symbol), part.by.as_str()));
        let paid = part.paid_for(lot).map(|paid| Ok((paid, cost_after(part, lot, paid)?))).transpose()?;
        record.0.extend(paid_members(paid));
        Ok(record)
    };
    lots(explanation).map(record).collect()
}

fn record(explanation: &RecordExplanation, converted: Option<&GainsIn>) -> Result<Record, AppError> {
    let RecordExplanation { record, parts, totals } = explanation;
    let mut lots = lot_records(explanation)?;
    let mut all = Vec::new();
    if let Some(converted) = converted {
        for (lot, figures) in lots.iter_mut().zip(&converted.figures) {
            lot.0.push(("in_currency", gain_record(figures, converted.currency)));
        }
        let total = converted.total()?.map_or(Value::Null, |total| gain_record(&total, converted.currency));
        all.extend([("in_currency", total), ("rates", rate_records(&converted.rates))]);
    }
    let first = parts.first();
    let only = first.filter(|_| parts.len() == 1);
    let one_portfolio = first.filter(|first| parts.iter().all(|part| part.portfolio == first.portfolio));
    let gross = if conversion(explanation).is_some() { totals.proceeds } else { returned(explanation) };
    let mut record_members = Record(vec![
        ("sale_id", Value::exact(&record.id())),
        ("portfolio", Value::optional_text(one_portfolio.map(|part| &part.portfolio))),
        ("symbol", Value::text(record.symbol())),
        ("currency", Value::optional_text(first.map(|part| part.currency).as_ref())),
        ("sold_on", Value::exact(&record.date())),
        ("method", Value::optional_text(one_portfolio.map(|part| part.method).as_ref())),
        ("picked", Value::Truth(false)),
        ("held_before", Value::optional(only.map(|part| &part.before.quantity))),
        ("cost_basis_before", Value::optional(only.map(|part| part.before.cost_basis).as_ref())),
        ("quantity", Value::Null),
        ("price", Value::Null),
        ("gross_amount", Value::exact(&gross)),
        ("fee", Value::exact(&Money::ZERO)),
        ("proceeds", Value::exact(&totals.proceeds)),
        ("cost_basis", Value::exact(&totals.cost_basis)),
        ("gain", Value::exact(&totals.gain)),
        ("short_term_gain", Value::exact(&totals.short_term_gain)),
        ("long_term_gain", Value::exact(&totals.long_term_gain)),
        ("lots", Value::List(lots)),
    ]);
    record_members.0.extend(all);
    record_members.0.extend(charged_fee(None));
    record_members.0.extend(what_members(record));
    Ok(record_members)
}

fn lines(explanation: &RecordExplanation, converted: Option<&GainsIn>) -> Result<Vec<String>, AppError> {
    let RecordExplanation { record, parts, totals } = explanation;
    let currency = parts.first().map_or(Currency::USD, |part| part.currency);
    let money = |amount: Money| figure::exact_money(amount, currency);
    let (id, day) = (figure::short_id(record.id()), record.date());
    let mut lines = match record {
        BookRecord::Conversion(row) => {
            let (noun, new) = (row.kind.noun(), &row.new_stock.1);
            vec![format!("{noun} {id} of {} into {new} on {day}: {}", row.stock.1, terms(&row.terms))]
        }
        BookRecord::Transaction(_) | BookRecord::Split(_) => {
            let amount = money(returned(explanation));
            vec![format!("return of capital {id} of {amount} {currency} on {} on {day}", record.symbol())]
        }
    };
    let mut figures = converted.iter().flat_map(|converted| &converted.figures);
    for part in parts {
        lines.push(String::new());
        lines.extend(part_lines(part)?);
        for lot in &part.lots {
            lines.extend(lot_lines(explanation, part, lot)?);
            let converted = converted.and_then(|it| Some(gain_lines(figures.next()?, it.currency)));
            lines.extend(converted.unwrap_or_default());
        }
        if parts.len() > 1 {
            lines.push(String::new());
            lines.push(format!("in portfolio {}, {}", part.portfolio, part.symbol));
            lines.extend(total_lines(&part.totals, currency));
        }
    }
    lines.extend([String::new(), "in all".to_owned()]);
    lines.extend(total_lines(totals, currency));
    if let Some(converted) = converted
        && let Some(total) = converted.total()?
    {
        lines.extend(gain_lines(&total, converted.currency));
    }
    Ok(lines)
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

/// The rule, and what was held.
fn part_lines(part: &RealizedPart) -> Result<Vec<String>, AppError> {
    let RealizedPart { portfolio, symbol, method, before, .. } = part;
    let money = |amount: Money| figure::exact_money(amount, part.currency);
    let held = exact(&before.quantity);
    let rule = match part.by {
        RealizedBy::Exchange(ExchangeRule::Boot) => "boot: the gain of each lot up to its cash, and never a loss",
        RealizedBy::Exchange(ExchangeRule::Part) => {
            "part: the part of each lot's cost that its cash is of cash and new shares"
        }
        RealizedBy::Exchange(ExchangeRule::Taxable) => {
            "taxable: each lot is sold for its cash and what its new shares are worth"
        }
        RealizedBy::Exchange(ExchangeRule::CarryOver) => "carry-over: all of the cost goes over",
        RealizedBy::CashInLieu => "cash in lieu: the fraction of a new share is sold for it",
        RealizedBy::ReturnOfCapital => "return of capital: what is more than a lot had cost is a gain",
    };
    let mut lines = vec![format!("portfolio {portfolio}, {held} {symbol} for {}, {method}", money(before.cost_basis))];
    lines.push(format!("  {rule}"));
    if part.by == RealizedBy::CashInLieu {
        let sold = exact(&fraction(part)?);
        lines.push(format!("  amount     {sold} {symbol} for {}", money(part.totals.proceeds)));
    }
    if part.by == RealizedBy::ReturnOfCapital {
        match part.paid.len().saturating_sub(part.lots.len()) {
            0 => {}
            1 => lines.push("  on 1 other lot no more came back than it had cost: no gain".to_owned()),
            lots => lines.push(format!("  on {lots} other lots no more came back than they had cost: no gain")),
        }
    }
    if part.method == CostBasisMethod::Average {
        let average = before.cost_basis.per_share(&before.quantity).and_then(Result::ok).unwrap_or_default();
        lines.push(format!("  pool       {held} for {}: {} a share", money(before.cost_basis), money(average)));
    }
    Ok(lines)
}

fn lot_lines(
    explanation: &RecordExplanation,
    part: &RealizedPart,
    lot: &LotExplanation,
) -> Result<Vec<String>, AppError> {
    let (disposal, currency) = (&lot.disposal, part.currency);
    let money = |amount: Money| figure::exact_money(amount, currency);
    let is_average = part.method == CostBasisMethod::Average;
    let mut lines = story(lot, (&part.symbol, currency), is_average);
    let mut line = |name: &str, text: String| lines.push(format!("  {name:<10} {text}"));
    let less = |from: Money, taken: Money, left: Money| format!("{} - {} = {}", money(from), money(taken), money(left));
    if let Some(paid) = part.paid_for(lot).filter(|_| is_average) {
        let (before, of_lot) = (&part.before, (paid.lot.cost_basis, part.paid.last() == Some(paid)));
        line("of pool", share(before.cost_basis, &paid.lot.quantity, &before.quantity, of_lot, currency));
    }
    match (part.by, part.paid_for(lot), conversion(explanation)) {
        (RealizedBy::Exchange(rule), Some(paid), Some(row)) => {
            let (terms, cost, after) = (&row.terms, paid.lot.cost_basis, cost_after(part, lot, paid)?);
            if let Some(each) = terms.cash {
                line("cash", product((&paid.lot.quantity, &row.stock.1), each, paid.cash, currency));
            }
            let worth = terms.new_value.unwrap_or(Price::ZERO);
            line("value", product((&paid.shares, &row.new_stock.1), worth, paid.value, currency));
            let together = paid.cash.plus(paid.value)?;
            let sum = format!("{} + {}", money(paid.cash), money(paid.value));
            match rule {
                ExchangeRule::Boot => {
                    let whole = together.minus(cost)?;
                    let realized = if whole.is_negative() {
                        "a loss: nothing is realized".to_owned()
                    } else if disposal.gain == whole {
                        "all of it realized".to_owned()
                    } else {
                        format!("of which the cash is realized: {}", money(disposal.gain))
                    };
                    line("gain", format!("{sum} - {} = {}, {realized}", money(cost), money(whole)));
                    let change = format!("{} - {} + {}", money(cost), money(paid.cash), money(disposal.gain));
                    line("new cost", format!("{change} = {}", money(after)));
                }
                ExchangeRule::Part => {
                    let note = if terms.is_cash_part(disposal.cost_basis, cost) { "" } else { ", rounded" };
                    let price = |price: Option<Price>| figure::price(price.unwrap_or(Price::ZERO), currency);
                    let (each, worth, ratio) = (price(terms.cash), price(terms.new_value), terms.ratio);
                    let part = format!("{each} / ({each} + {worth} × {} / {})", ratio.new_shares, ratio.old_shares);
                    line("cost", format!("{} × {part} = {}{note}", money(cost), money(disposal.cost_basis)));
                    line("gain", less(disposal.proceeds, disposal.cost_basis, disposal.gain));
                    line("new cost", less(cost, disposal.cost_basis, after));
                }
                ExchangeRule::Taxable | ExchangeRule::CarryOver => {
                    line("proceeds", format!("{sum} = {}", money(together)));
                    line("gain", less(disposal.proceeds, disposal.cost_basis, disposal.gain));
                }
            }
        }
        (RealizedBy::ReturnOfCapital, Some(paid), _) => {
            let (shares, amount) = (&part.before.quantity, returned(explanation));
            let is_last = part.paid.last() == Some(paid);
            line("returned", share(amount, &paid.lot.quantity, shares, (paid.cash, is_last), currency));
            line("gain", less(paid.cash, paid.lot.cost_basis, disposal.gain));
        }
        (RealizedBy::Exchange(_) | RealizedBy::ReturnOfCapital | RealizedBy::CashInLieu, ..) => {
            let (cost, shares) = pool(part, lot);
            let is_last = part.lots.last().is_some_and(|last| last.disposal == *disposal);
            let (all, sold) = (part.totals.proceeds, fraction(part)?);
            let cost = share(cost, &lot.taken, &shares, (disposal.cost_basis, is_last && is_average), currency);
            line("cost", cost);
            line("proceeds", share(all, &lot.taken, &sold, (disposal.proceeds, is_last), currency));
            line("gain", less(disposal.proceeds, disposal.cost_basis, disposal.gain));
        }
    }
    lines.push(held(disposal));
    Ok(lines)
}

/// The capital that was returned in all.
fn returned(explanation: &RecordExplanation) -> Money {
    match &explanation.record {
        BookRecord::Transaction(row) => row.total_amount,
        BookRecord::Conversion(_) | BookRecord::Split(_) => Money::ZERO,
    }
}

/// `100 OLD × 25.00 = 2,500.00`, and whether that is rounded.
fn product((shares, symbol): (&Shares, &Symbol), each: Price, result: Money, currency: Currency) -> String {
    let is_exact = each.value(shares, &SplitRatio::NONE) == Ok(result);
    let note = if is_exact { "" } else { ", rounded" };
    let (each, result) = (figure::price(each, currency), figure::exact_money(result, currency));
    format!("{} {symbol} × {each} = {result}{note}", exact(shares))
}
