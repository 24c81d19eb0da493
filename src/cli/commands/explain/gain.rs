//! `explain gain`.

use super::in_currency::{gain_lines, gain_record, rates_below};
use super::lot::{Rounded, fee, held, lot_record, of_whom, paid_members, story, what_members};
use super::{exact, share};
use crate::app::{AppError, BookRecord, ExplainedIn, GainIn, LotExplanation, SaleExplanation};
use crate::cli::context::Context;
use crate::cli::output::{Format, Record, Value, csv, figure, json_document};
use crate::cli::views::{charged_fee, rate_records};
use crate::domain::{CostBasisMethod, Money, Price, Shares, TooLarge};

/// The gain of a sale in another currency.
type GainsIn = ExplainedIn<GainIn>;

pub(super) fn show(
    explanation: &SaleExplanation,
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
            let parts = Part::all(explanation)?;
            let records: Vec<Record> = parts.iter().map(|part| part.record(explanation).flat()).collect();
            let records = context.page.digits.of_records(records);
            csv(&records, &records.first().map(Record::names).unwrap_or_default())?
        }
    };
    context.page.print(&text)
}

/// A lot, and what its shares of cost and proceeds are calculated from.
struct Part<'e> {
    lot: &'e LotExplanation,
    /// Shares sold, of all lots.
    sold: Shares,
    /// The cost and the shares that the lot's part is taken from.
    pool: (Money, Shares),
    /// Whether it gets the rest after rounding the others.
    is_last: bool,
}

impl<'e> Part<'e> {
    fn all(explanation: &'e SaleExplanation) -> Result<Vec<Self>, TooLarge> {
        let lots = &explanation.lots;
        let sold = lots.iter().try_fold(Shares::ZERO, |sum, lot| sum.plus(&lot.taken))?;
        let part = |(n, lot): (usize, &'e LotExplanation)| {
            let pool = match explanation.method {
                CostBasisMethod::Average => (explanation.before.cost_basis, explanation.before.quantity.clone()),
                CostBasisMethod::Fifo | CostBasisMethod::Lifo | CostBasisMethod::Hifo => {
                    (lot.cost_basis, lot.quantity.clone())
                }
            };
            Part { lot, sold: sold.clone(), pool, is_last: n.saturating_add(1) == lots.len() }
        };
        Ok(lots.iter().enumerate().map(part).collect())
    }

    fn is_proceeds_rounded(&self, proceeds: Money) -> bool {
        !self.lot.disposal.proceeds.is_share(proceeds, &self.lot.taken, &self.sold)
    }

    fn is_cost_rounded(&self) -> bool {
        let (cost, shares) = &self.pool;
        !self.lot.disposal.cost_basis.is_share(*cost, &self.lot.taken, shares)
    }

    fn record(&self, explanation: &SaleExplanation) -> Record {
        let sale = &explanation.sale;
        let rounded =
            Rounded { proceeds: self.is_proceeds_rounded(sale.total_amount), cost_basis: self.is_cost_rounded() };
        let mut record = lot_record(self.lot, rounded, explanation.method == CostBasisMethod::Average);
        record.0.extend(of_whom((&sale.portfolio, &sale.symbol), "sale"));
        record.0.extend(paid_members(None));
        record
    }

    fn lines(&self, explanation: &SaleExplanation) -> Vec<String> {
        let LotExplanation { disposal, taken, .. } = self.lot;
        let proceeds = explanation.sale.total_amount;
        let is_average = explanation.method == CostBasisMethod::Average;
        let currency = explanation.sale.currency;
        let money = |amount: Money| figure::exact_money(amount, currency);
        let mut lines = story(self.lot, (&explanation.sale.symbol, currency), is_average);
        let (cost, shares) = &self.pool;
        let cost_line = share(*cost, taken, shares, (disposal.cost_basis, self.is_last && is_average), currency);
        let proceeds_line = share(proceeds, taken, &self.sold, (disposal.proceeds, self.is_last), currency);
        lines.extend([
            format!("  cost       {cost_line}"),
            format!("  proceeds   {proceeds_line}"),
            format!(
                "  gain       {} - {} = {}",
                money(disposal.proceeds),
                money(disposal.cost_basis),
                money(disposal.gain)
            ),
            held(disposal),
        ]);
        lines
    }
}

fn record(explanation: &SaleExplanation, converted: Option<&GainsIn>) -> Result<Record, AppError> {
    let SaleExplanation { sale, method, before, totals, .. } = explanation;
    let parts = Part::all(explanation)?;
    let mut lots: Vec<Record> = parts.iter().map(|part| part.record(explanation)).collect();
    let mut all = Vec::new();
    if let Some(converted) = converted {
        for (lot, figures) in lots.iter_mut().zip(&converted.figures) {
            lot.0.push(("in_currency", gain_record(figures, converted.currency)));
        }
        let total = converted.total()?.map_or(Value::Null, |total| gain_record(&total, converted.currency));
        all.extend([("in_currency", total), ("rates", rate_records(&converted.rates))]);
    }
    let mut record = Record(vec![
        ("sale_id", Value::exact(&sale.transaction_id)),
        ("portfolio", Value::text(&sale.portfolio)),
        ("symbol", Value::text(&sale.symbol)),
        ("currency", Value::text(&sale.currency)),
        ("sold_on", Value::exact(&sale.trade_date)),
        ("method", Value::text(method)),
        ("picked", Value::Truth(!sale.picked.is_empty())),
        ("held_before", Value::exact(&before.quantity)),
        ("cost_basis_before", Value::exact(&before.cost_basis)),
        ("quantity", Value::optional(sale.quantity.as_ref())),
        ("price", Value::optional(sale.price.as_ref())),
        ("gross_amount", Value::optional(sale.gross_amount().as_ref())),
        ("fee", Value::exact(&sale.fee)),
        ("proceeds", Value::exact(&totals.proceeds)),
        ("cost_basis", Value::exact(&totals.cost_basis)),
        ("gain", Value::exact(&totals.gain)),
        ("short_term_gain", Value::exact(&totals.short_term_gain)),
        ("long_term_gain", Value::exact(&totals.long_term_gain)),
        ("lots", Value::List(lots)),
    ]);
    record.0.extend(all);
    record.0.extend(charged_fee(sale.charged));
    record.0.extend(what_members(&BookRecord::Transaction(sale.clone())));
    Ok(record)
}

fn lines(explanation: &SaleExplanation, converted: Option<&GainsIn>) -> Result<Vec<String>, AppError> {
    let SaleExplanation { sale, method, before, totals, .. } = explanation;
    let (id, portfolio) = (figure::short_id(sale.transaction_id), &sale.portfolio);
    let rule = if sale.picked.is_empty() { method.to_string() } else { format!("{method}, lots picked") };
    let money = |amount: Money| figure::exact_money(amount, sale.currency);
    let quantity = sale.quantity.map(|quantity| figure::shares(&quantity.into())).unwrap_or_default();
    let price = sale.price.unwrap_or(Price::ZERO);
    let gross = sale.gross_amount().unwrap_or_default();
    let is_product = sale.price.zip(sale.quantity).and_then(|(price, quantity)| price.times(quantity).ok());
    let product = if is_product == Some(gross) {
        format!("{quantity} × {} = ", figure::price(price, sale.currency))
    } else {
        String::new()
    };
    let mut lines = vec![
        format!("sale {id} of {quantity} {} on {} from portfolio {portfolio}, {rule}", sale.symbol, sale.trade_date),
        format!("  amount     {product}{} {}", money(gross), sale.currency),
        format!(
            "  proceeds   {} - fee {} = {}",
            money(gross),
            fee(sale.fee, sale.charged, sale.currency),
            money(sale.total_amount)
        ),
    ];
    if *method == CostBasisMethod::Average {
        let average = before.cost_basis.per_share(&before.quantity).and_then(Result::ok).unwrap_or_default();
        let note = if average.is_share(before.cost_basis, &"1".parse()?, &before.quantity) { "" } else { ", rounded" };
        let held = exact(&before.quantity);
        lines.push(format!("  pool       {held} for {}: {} a share{note}", money(before.cost_basis), money(average)));
    }
    for (n, part) in Part::all(explanation)?.iter().enumerate() {
        lines.extend(part.lines(explanation));
        let figures = converted.and_then(|it| Some(gain_lines(it.figures.get(n)?, it.currency)));
        lines.extend(figures.unwrap_or_default());
    }
    lines.extend([
        String::new(),
        "in all".to_owned(),
        format!("  gain       {} - {} = {}", money(totals.proceeds), money(totals.cost_basis), money(totals.gain)),
        format!(
            "  of which   {} short-term, {} long-term",
            money(totals.short_term_gain),
            money(totals.long_term_gain)
        ),
    ]);
    if let Some(converted) = converted
        && let Some(total) = converted.total()?
    {
        lines.extend(gain_lines(&total, converted.currency));
    }
    Ok(lines)
}
