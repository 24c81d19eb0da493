//! A lot of which something was realized: where it comes from, and for how long it was held.

use super::{exact, kind, worded};
use crate::app::{BookRecord, LotExplanation, LotStep};
use crate::cli::output::{Record, Value, figure};
use crate::cli::views::conversion_members;
use crate::domain::{
    Cash, Currency, Disposal, EntryKind, Fee, Money, PaidLot, PortfolioName, Symbol, Term, TransactionType,
};

/// Which figures had to be rounded.
#[derive(Clone, Copy)]
pub(super) struct Rounded {
    pub(super) proceeds: bool,
    pub(super) cost_basis: bool,
}

/// The members of a lot.
pub(super) fn lot_record(lot: &LotExplanation, rounded: Rounded, is_average: bool) -> Record {
    let LotExplanation { disposal, purchase, steps, shown, cost_basis, .. } = lot;
    let own_cost = (!is_average).then_some(cost_basis);
    let purchase = purchase.as_ref();
    let charged = purchase.and_then(|it| it.charged);
    Record(vec![
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
    ])
}

/// Where a lot was, and by what something was realized of it.
pub(super) fn of_whom(
    (portfolio, symbol): (&PortfolioName, &Symbol),
    realized_by: &'static str,
) -> [(&'static str, Value); 3] {
    [
        ("portfolio", Value::text(portfolio)),
        ("symbol", Value::text(symbol)),
        ("realized_by", Value::Text(realized_by.to_owned())),
    ]
}

/// What was paid for a lot, and its cost before and after; of a sale, nothing.
pub(super) fn paid_members(paid: Option<(&PaidLot, Money)>) -> [(&'static str, Value); 4] {
    let of_shares = paid.filter(|(paid, _)| !paid.shares.is_zero());
    [
        ("cost_before", Value::optional(paid.map(|(paid, _)| paid.lot.cost_basis).as_ref())),
        ("cash", Value::optional(paid.map(|(paid, _)| paid.cash).as_ref())),
        ("value", Value::optional(of_shares.map(|(paid, _)| paid.value).as_ref())),
        ("cost_after", Value::optional(paid.map(|(_, left)| left).as_ref())),
    ]
}

/// What it is that realized something, and the terms of a conversion.
pub(super) fn what_members(record: &BookRecord) -> Vec<(&'static str, Value)> {
    let (what, row) = match record {
        BookRecord::Transaction(row) => (row.transaction_type, None),
        BookRecord::Conversion(row) => (row.kind.into(), Some(&**row)),
        BookRecord::Split(_) => (TransactionType::Split, None),
    };
    let ratio = row.map(|row| row.terms.ratio);
    let mut members = vec![("type", Value::text(&what)), ("ratio", Value::optional_text(ratio.as_ref()))];
    members.extend(conversion_members(row).0);
    members
}

/// Where a lot comes from, and what changed it.
pub(super) fn story(lot: &LotExplanation, (symbol, currency): (&Symbol, Currency), is_average: bool) -> Vec<String> {
    let LotExplanation { disposal, purchase, steps, .. } = lot;
    let money = |amount: Money| figure::exact_money(amount, currency);
    let id = figure::short_id(disposal.lot_id);
    let other = |of: &Symbol| if of == symbol { String::new() } else { format!(" {of}") };
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

/// For how long it was held.
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
