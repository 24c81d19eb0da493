//! `buy` and `sell`.

use super::args::TradeArgs;
use super::context::{Context, show_recorded};
use super::receipt::Receipt;
use super::render::{Record, Value, figure};
use crate::app::{Mode, TradeReceipt, TradeRequest, TradeTerms, execute_trade};
use crate::domain::{
    Consideration, Currency, Disposal, Fee, HoldingPeriod, Money, PositionTotals, Side, TransactionId, Valuation,
};
use crate::store::TransactionRow;

pub(super) fn buy(args: TradeArgs, context: &Context<'_>) -> anyhow::Result<()> {
    trade(Side::Buy, args, context)
}

pub(super) fn sell(args: TradeArgs, context: &Context<'_>) -> anyhow::Result<()> {
    trade(Side::Sell, args, context)
}

fn trade(side: Side, args: TradeArgs, context: &Context<'_>) -> anyhow::Result<()> {
    let consideration = match (args.price, args.amount) {
        (Some(price), _) => Consideration::Price(price),
        (None, Some(amount)) => Consideration::Amount(amount),
        (None, None) => anyhow::bail!("a trade needs a price or an amount"),
    };
    let terms = TradeTerms {
        side,
        symbol: args.symbol,
        portfolio: context.written_portfolio(),
        quantity: args.quantity,
        consideration,
        fee: args.fee,
        date: args.date.map(|date| date.past_day(context.today)).transpose()?,
        note: args.note,
    };
    let fresh_id = TransactionId::new(context.new_id());
    let request = TradeRequest { terms, id: args.id, fresh_id, today: context.today };
    let recorded = context.write(|unit| execute_trade(unit, &request))?;
    show_recorded(|| {
        let receipt = &recorded.value;
        let realized_gain = receipt.realized_gain()?;
        let disposals: Vec<_> = receipt.disposals.iter().map(|part| disposal(part, &receipt.transaction)).collect();
        let mut members = transaction(&receipt.transaction);
        members.0.push(("realized_gain", Value::optional(realized_gain.as_ref())));
        let nested = vec![
            ("disposals", serde_json::to_string(&disposals)?),
            ("position", serde_json::to_string(&position(&receipt.position))?),
        ];
        let sentences = sentences(receipt, realized_gain, recorded.mode);
        Receipt { sentences, members, nested }.print(&recorded, context)
    });
    Ok(())
}

/// A transaction's members without `note` and `voided`, as `buy`, `sell` and `transactions` share them.
pub(super) fn transaction(row: &TransactionRow) -> Record {
    Record(vec![
        ("transaction_id", Value::exact(&row.transaction_id)),
        ("portfolio", Value::text(&row.portfolio)),
        ("symbol", Value::text(&row.symbol)),
        ("type", Value::text(&row.transaction_type)),
        ("trade_date", Value::exact(&row.trade_date)),
        ("quantity", Value::exact(&row.quantity)),
        ("price", Value::exact(&row.price)),
        ("fee", Value::exact(&row.fee)),
        ("total_amount", Value::exact(&row.total_amount)),
        ("currency", Value::text(&row.currency)),
    ])
}

fn disposal(part: &Disposal, sale: &TransactionRow) -> Record {
    let period = HoldingPeriod { acquired_on: part.acquired_on, sold_on: part.sold_on };
    Record(vec![
        ("portfolio", Value::text(&sale.portfolio)),
        ("symbol", Value::text(&sale.symbol)),
        ("currency", Value::text(&sale.currency)),
        ("sale_id", Value::exact(&part.sale_id)),
        ("lot_id", Value::exact(&part.lot_id)),
        ("acquired_on", Value::exact(&part.acquired_on)),
        ("sold_on", Value::exact(&part.sold_on)),
        ("days_held", Value::Count(u64::try_from(period.days()).unwrap_or_default())),
        ("term", Value::text(&period.term())),
        ("quantity", Value::exact(&part.quantity)),
        ("proceeds", Value::exact(&part.proceeds)),
        ("cost_basis", Value::exact(&part.cost_basis)),
        ("gain", Value::exact(&part.gain)),
    ])
}

fn position(totals: &PositionTotals) -> Record {
    Record(vec![
        ("quantity", Value::exact(&totals.quantity)),
        ("cost_basis", Value::exact(&totals.cost_basis)),
        ("average_cost", Value::optional(Valuation::of(totals, None).average_cost.as_ref())),
    ])
}

fn sentences(receipt: &TradeReceipt, realized_gain: Option<Money>, mode: Mode) -> Vec<String> {
    let row = &receipt.transaction;
    let currency = row.currency;
    let money = |amount: Money| with_currency(&figure::money(amount, currency), currency);
    let verb = match row.transaction_type {
        Side::Buy => "bought",
        Side::Sell => "sold",
    };
    let fee =
        if row.fee == Fee::ZERO { String::new() } else { format!(", fee {}", figure::money(row.fee.into(), currency)) };
    let price = figure::price(row.price, currency);
    let mut sentences = vec![format!(
        "{verb} {} {} at {price} on {}{fee}: {}",
        figure::shares(row.quantity.into()),
        row.symbol,
        row.trade_date,
        money(row.total_amount),
    )];
    if let Some(gain) = realized_gain {
        let what = if gain.is_negative() { "realized loss" } else { "realized gain" };
        sentences.push(format!("{what} {}", with_currency(&figure::signed_money(gain, currency), currency)));
    }
    let held = receipt.position.quantity;
    sentences.push(if held.is_zero() {
        format!("no {} left in portfolio {}", row.symbol, row.portfolio)
    } else {
        let basis = money(receipt.position.cost_basis);
        format!("portfolio {} holds {} {}, cost basis {basis}", row.portfolio, figure::shares(held), row.symbol)
    });
    if mode == Mode::Record {
        sentences.push(format!("id {}", row.transaction_id));
    }
    sentences
}

fn with_currency(amount: &str, currency: Currency) -> String {
    format!("{amount} {currency}")
}
