//! `buy` and `sell`.

use super::args::{SellArgs, TradeArgs};
use super::context::{Context, show_recorded};
use super::dates::past_day;
use super::preview;
use super::receipt::Receipt;
use super::render::{Record, Value, figure};
use crate::app::{LotChoice, Mode, TradeReceipt, TradeRequest, TradeTerms, execute_trade};
use crate::domain::{
    Consideration, Currency, Disposal, Fee, Money, PortfolioName, PositionTotals, Side, Symbol, TransactionId,
    Valuation,
};
use crate::store::TransactionRow;

pub(super) fn buy(args: TradeArgs, context: &Context<'_>) -> anyhow::Result<()> {
    trade(Side::Buy, args, Vec::new(), context)
}

pub(super) fn sell(args: SellArgs, context: &Context<'_>) -> anyhow::Result<()> {
    trade(Side::Sell, args.trade, args.lot, context)
}

fn trade(side: Side, args: TradeArgs, lots: Vec<LotChoice>, context: &Context<'_>) -> anyhow::Result<()> {
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
        date: past_day(args.date, context.today)?,
        time: args.time,
        note: args.note,
        lots,
        as_of: None,
    };
    let fresh_id = TransactionId::new(context.new_id());
    let request = TradeRequest { terms, id: args.id, fresh_id, today: context.today, mode: context.mode };
    let recorded = context.write(|unit| execute_trade(unit, &request))?;
    show_recorded(|| {
        let receipt = &recorded.value;
        let realized_gain = receipt.realized_gain()?;
        let TransactionRow { portfolio, symbol, currency, .. } = &receipt.transaction;
        let disposals = receipt.disposals.iter().map(|part| disposal(part, portfolio, symbol, *currency));
        let mut members = transaction(&receipt.transaction);
        members.0.extend([
            ("realized_gain", Value::optional(realized_gain.as_ref())),
            ("disposals", Value::List(disposals.collect())),
            ("position", Value::Object(position(&receipt.position))),
        ]);
        let mut sentences = sentences(receipt, realized_gain, recorded.mode);
        if context.mode == Mode::DryRun && side == Side::Sell {
            sentences.extend(preview::tables(receipt, context));
            let previews = preview::member(receipt);
            let receipt = Receipt::new(sentences, members).rematched(&receipt.rematched);
            return receipt.ending("previews", previews).print(&recorded, context);
        }
        Receipt::new(sentences, members).rematched(&receipt.rematched).print(&recorded, context)
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
        ("quantity", Value::optional(row.quantity.as_ref())),
        ("price", Value::optional(row.price.as_ref())),
        ("fee", Value::exact(&row.fee)),
        ("total_amount", Value::exact(&row.total_amount)),
        ("currency", Value::text(&row.currency)),
        ("trade_time", Value::optional_text(row.trade_time.as_ref())),
    ])
}

/// The members of a disposal.
pub(super) const DISPOSAL_MEMBERS: &[&str] = &[
    "portfolio",
    "symbol",
    "currency",
    "sale_id",
    "lot_id",
    "acquired_on",
    "sold_on",
    "days_held",
    "term",
    "quantity",
    "proceeds",
    "cost_basis",
    "gain",
];

/// A disposal, as `gains --by lot` and the receipt of a sale show it.
pub(super) fn disposal(part: &Disposal, portfolio: &PortfolioName, symbol: &Symbol, currency: Currency) -> Record {
    let values = [
        Value::text(portfolio),
        Value::text(symbol),
        Value::text(&currency),
        Value::exact(&part.sale_id),
        Value::exact(&part.lot_id),
        Value::exact(&part.acquired_on),
        Value::exact(&part.sold_on),
        Value::Count(u64::try_from(part.holding_period().days()).unwrap_or_default()),
        Value::text(&part.term()),
        Value::exact(&part.quantity),
        Value::exact(&part.proceeds),
        Value::exact(&part.cost_basis),
        Value::exact(&part.gain),
    ];
    Record(DISPOSAL_MEMBERS.iter().copied().zip(values).collect())
}

/// A position, as receipts show it.
pub(super) fn position(totals: &PositionTotals) -> Record {
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
    let verb = if realized_gain.is_some() { "sold" } else { "bought" };
    let fee =
        if row.fee == Fee::ZERO { String::new() } else { format!(", fee {}", figure::money(row.fee.into(), currency)) };
    let price = row.price.map(|price| figure::price(price, currency)).unwrap_or_default();
    let mut sentences = vec![format!(
        "{verb} {} {} at {price} on {}{fee}: {}",
        row.quantity.map(|quantity| figure::shares(&quantity.into())).unwrap_or_default(),
        row.symbol,
        row.trade_date,
        money(row.total_amount),
    )];
    if let Some(gain) = realized_gain {
        let what = if gain.is_negative() { "realized loss" } else { "realized gain" };
        sentences.push(format!("{what} {}", with_currency(&figure::signed_money(gain, currency), currency)));
    }
    sentences.extend(receipt.reordered.iter().map(|day| format!("note: {day}")));
    sentences.push(holds(&receipt.position, row));
    if row.voided_at.is_some() {
        sentences.push("it was voided since; to record it again, give another id".to_owned());
    }
    if mode == Mode::Record {
        sentences.push(format!("id {}", row.transaction_id));
    }
    sentences
}

/// What a position holds, in a sentence.
pub(super) fn holds(totals: &PositionTotals, row: &TransactionRow) -> String {
    let TransactionRow { symbol, portfolio, currency, .. } = row;
    if totals.quantity.is_zero() {
        return format!("no {symbol} left in portfolio {portfolio}");
    }
    let basis = with_currency(&figure::money(totals.cost_basis, *currency), *currency);
    format!("portfolio {portfolio} holds {} {symbol}, cost basis {basis}", figure::shares(&totals.quantity))
}

/// An amount for the eye, with its currency.
pub(super) fn money(amount: Money, currency: Currency) -> String {
    with_currency(&figure::money(amount, currency), currency)
}

pub(super) fn with_currency(amount: &str, currency: Currency) -> String {
    format!("{amount} {currency}")
}
