//! A lot on which something was realized: where it came from, and how long it was held.

use super::{exact, kind, worded};
use crate::app::{GainExplanation, LotExplanation, LotStep, RealizedBy, RealizedPart, RealizingRecord};
use crate::cli::output::{Record, Value, figure};
use crate::cli::views::conversion_members;
use crate::domain::{
    Cash, CostBasisMethod, Currency, Disposal, EntryKind, ExchangeRule, Fee, Money, PaidLot, Symbol, Term, TooLarge,
};

/// The members of a lot.
pub(super) fn lot_record(
    explanation: &GainExplanation,
    part: &RealizedPart,
    lot: &LotExplanation,
) -> Result<Record, TooLarge> {
    let LotExplanation { disposal, purchase, steps, shown, cost_basis, .. } = lot;
    let is_average = part.method == CostBasisMethod::Average;
    let own_cost = (!is_average).then_some(cost_basis);
    let purchase = purchase.as_ref();
    let charged = purchase.and_then(|it| it.charged);
    let rounded = Rounded::of(explanation, part, lot)?;
    let mut members = Record(vec![
        ("sale_id", Value::exact(&disposal.sale_id)),
        ("lot_id", Value::exact(&disposal.lot_id)),
        ("acquired_on", Value::exact(&disposal.acquired_on)),
        ("days_held", Value::Count(u64::try_from(disposal.holding_period().days()).unwrap_or_default())),
        ("term", Value::text(&disposal.term())),
        ("purchase_quantity", Value::optional(purchase.and_then(|it| it.quantity).as_ref())),
        ("purchase_amount", Value::optional(lot.purchase_amount().as_ref())),
        ("purchase_fee", Value::optional(purchase.map(|it| it.fee).as_ref())),
        ("purchase_cost", Value::optional(purchase.map(|it| it.total_amount).as_ref())),
        ("lot_quantity", Value::exact(shown)),
        ("lot_cost_basis", Value::optional(own_cost)),
        ("quantity", Value::exact(&disposal.quantity)),
        ("proceeds", Value::exact(&disposal.proceeds)),
        ("proceeds_rounded", Value::Truth(rounded.proceeds)),
        ("cost_basis", Value::exact(&disposal.cost_basis)),
        ("cost_basis_rounded", Value::Truth(rounded.cost_basis)),
        ("gain", Value::exact(&disposal.gain)),
        ("purchase_charged_fee", Value::optional(charged.map(|it| it.amount).as_ref())),
        ("purchase_charged_currency", Value::optional_text(charged.map(|it| it.currency).as_ref())),
        ("steps", Value::List(steps.iter().map(|step| step_record(step, is_average)).collect())),
        ("portfolio", Value::text(&part.portfolio)),
        ("symbol", Value::text(&part.symbol)),
        ("realized_by", Value::Text(part.by.as_str().to_owned())),
    ]);
    let paid = part.paid_for(lot);
    let of_shares = paid.filter(|paid| !paid.shares.is_zero());
    let cost_after = paid.map(|paid| cost_after(part, lot, paid)).transpose()?;
    members.0.extend([
        ("cost_before", Value::optional(paid.map(|paid| paid.lot.cost_basis).as_ref())),
        ("cash", Value::optional(paid.map(|paid| paid.cash).as_ref())),
        ("value", Value::optional(of_shares.map(|paid| paid.value).as_ref())),
        ("cost_after", Value::optional(cost_after.as_ref())),
    ]);
    Ok(members)
}

/// The cost of the shares after something was paid for them.
pub(super) fn cost_after(part: &RealizedPart, lot: &LotExplanation, paid: &PaidLot) -> Result<Money, TooLarge> {
    match part.by {
        RealizedBy::Exchange(ExchangeRule::Taxable) => Ok(paid.value),
        RealizedBy::Sale | RealizedBy::Exchange(_) | RealizedBy::CashInLieu => {
            paid.lot.cost_basis.minus(lot.disposal.cost_basis)
        }
        // Something is realized only if the payment exceeds the cost.
        RealizedBy::ReturnOfCapital => Ok(Money::ZERO),
    }
}

/// Which figures of a lot had to be rounded.
struct Rounded {
    proceeds: bool,
    cost_basis: bool,
}

impl Rounded {
    fn of(explanation: &GainExplanation, part: &RealizedPart, lot: &LotExplanation) -> Result<Self, TooLarge> {
        let disposal = &lot.disposal;
        Ok(match (part.by, part.paid_for(lot), explanation.record.conversion()) {
            (RealizedBy::Exchange(ExchangeRule::Part), Some(paid), Some(row)) => {
                let is_exact = row.terms.is_cash_part(disposal.cost_basis, paid.lot.cost_basis);
                Self { proceeds: false, cost_basis: !is_exact }
            }
            (RealizedBy::Sale | RealizedBy::CashInLieu, ..) => {
                let (cost, shares) = part.pool(lot);
                Self {
                    proceeds: !disposal.proceeds.is_share(part.totals.proceeds, &lot.taken, &part.sold()?),
                    cost_basis: !disposal.cost_basis.is_share(cost, &lot.taken, &shares),
                }
            }
            (RealizedBy::Exchange(_) | RealizedBy::ReturnOfCapital, ..) => Self { proceeds: false, cost_basis: false },
        })
    }
}

/// The record that realized something, and the terms of a conversion.
pub(super) fn what_members(record: &RealizingRecord) -> Vec<(&'static str, Value)> {
    let row = record.conversion();
    let ratio = row.map(|row| row.terms.ratio);
    let mut members =
        vec![("type", Value::text(&record.transaction_type())), ("ratio", Value::optional_text(ratio.as_ref()))];
    members.extend(conversion_members(row).0);
    members
}

/// Where a lot came from, and what changed it.
pub(super) fn story(lot: &LotExplanation, part: &RealizedPart, currency: Currency) -> Vec<String> {
    let LotExplanation { disposal, purchase, steps, .. } = lot;
    let is_average = part.method == CostBasisMethod::Average;
    let money = |amount: Money| figure::exact_money(amount, currency);
    let id = figure::short_id(disposal.lot_id);
    let other = |of: &Symbol| if *of == part.symbol { String::new() } else { format!(" {of}") };
    let mut lines = vec![String::new()];
    match purchase {
        Some(purchase) => {
            let bought = purchase.quantity.map(|quantity| figure::shares(&quantity.into())).unwrap_or_default();
            let gross = purchase.gross_amount().map(money).unwrap_or_default();
            lines.push(format!("lot {id}, {bought}{} bought on {}", other(&purchase.symbol), purchase.trade_date));
            lines.push(format!(
                "  paid       {gross} + fee {} = {}",
                fee(purchase.fee, purchase.charged, currency),
                money(purchase.total_amount)
            ));
        }
        None => lines.push(format!("lot {id}, begun by a conversion on {}", disposal.acquired_on)),
    }
    // The purchase itself is explained above.
    for step in steps.iter().skip(usize::from(purchase.is_some())) {
        let cost = if is_average { String::new() } else { format!(", cost {}", money(step.cost_basis)) };
        lines.push(format!(
            "  {}  {} ({}) leaves {}{} in portfolio {}{cost}",
            step.entry.date,
            worded(&step.entry),
            figure::short_id(step.entry.id),
            exact(&step.quantity),
            other(&step.symbol),
            step.portfolio,
        ));
    }
    lines
}

/// How long it was held.
pub(super) fn held(disposal: &Disposal) -> String {
    let term = match disposal.term() {
        Term::Short => "short-term",
        Term::Long => "long-term",
    };
    match disposal.holding_period().days() {
        1 => format!("  held       1 day, {term}"),
        days => format!("  held       {days} days, {term}"),
    }
}

/// The fee of a trade, and the amount charged if that was in another currency.
pub(super) fn fee(fee: Fee, charged: Option<Cash>, currency: Currency) -> String {
    let fee = figure::exact_money(fee.into(), currency);
    let in_brackets = |cash: Cash| format!(" ({} {})", figure::exact_money(cash.amount, cash.currency), cash.currency);
    fee + &charged.map(in_brackets).unwrap_or_default()
}

fn step_record(step: &LotStep, is_average: bool) -> Record {
    let ratio = match &step.entry.kind {
        EntryKind::Split(ratio) => Some(ratio.to_string()),
        EntryKind::Conversion(conversion) => Some(conversion.terms.ratio.to_string()),
        EntryKind::Purchase { .. }
        | EntryKind::Sale { .. }
        | EntryKind::TransferOut { .. }
        | EntryKind::TransferIn { .. }
        | EntryKind::Dividend { .. }
        | EntryKind::CostAdjustment { .. } => None,
    };
    Record(vec![
        ("transaction_id", Value::exact(&step.entry.id)),
        ("type", Value::text(&kind(&step.entry))),
        ("date", Value::exact(&step.entry.date)),
        ("portfolio", Value::text(&step.portfolio)),
        ("ratio", Value::optional_text(ratio.as_ref())),
        ("quantity", Value::exact(&step.shown)),
        ("cost_basis", Value::optional((!is_average).then_some(step.cost_basis).as_ref())),
        ("symbol", Value::text(&step.symbol)),
    ])
}
