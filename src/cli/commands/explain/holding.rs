//! `explain holding`.

use std::cmp::Ordering;
use std::io;

use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::in_currency::{holding_lines, holding_record, rates_below};
use super::{exact, kind, readable, worded};
use crate::app::{AppError, ExplainedIn, HoldingExplanation, HoldingIn, LotPurchase, PositionStep, StockExplanation};
use crate::app::{ConversionRow, SplitRow};
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Digits, Format, Record, Row, Table, Value, csv, figure};
use crate::cli::views::{conversion_members, price_command, rate_records, terms};
use crate::domain::{Currency, ListedLot, Money, PositionTotals, Shares, Symbol};

/// Holdings in another currency.
type HoldingsIn = ExplainedIn<HoldingIn>;

pub(super) fn show(
    explanation: &StockExplanation,
    converted: Option<&HoldingsIn>,
    context: &Context<'_>,
) -> Result<(), AppError> {
    let text = match context.page.format() {
        Format::Table => text(explanation, converted, context),
        Format::Json => {
            return context.page.stream(|out| {
                let written =
                    serde_json::to_writer_pretty(&mut *out, &StockJson(explanation, converted, context.page.digits))
                        .map_err(io::Error::from);
                written.and_then(|()| writeln!(out)).map_err(AppError::Output)
            });
        }
        Format::Csv => {
            let profile = explanation.stock.profile();
            let mut records = Vec::new();
            for holding in &explanation.holdings {
                records.extend(holding.lots.iter().map(|lot| {
                    let mut record = Record(vec![
                        ("portfolio", Value::text(&holding.portfolio)),
                        ("symbol", Value::text(&profile.symbol)),
                        ("currency", Value::text(&profile.currency)),
                    ]);
                    record.0.extend(lot_record(lot, holding).0);
                    record
                }));
            }
            csv(&context.page.digits.of_records(records), LOT_LINE)?
        }
    };
    context.page.print(&text)
}

const LOT_LINE: &[&str] = &[
    "portfolio",
    "symbol",
    "currency",
    "lot_id",
    "acquired_on",
    "quantity",
    "cost_basis",
    "cost_per_share",
    "purchase_symbol",
    "purchase_quantity",
    "purchase_cost",
];

fn cost_per_share(ListedLot { lot, .. }: &ListedLot) -> Option<Money> {
    lot.cost_basis.per_share(&lot.quantity).and_then(Result::ok)
}

fn lot_record(listed: &ListedLot, holding: &HoldingExplanation) -> Record {
    let ListedLot { lot, shown } = listed;
    let purchase = holding.purchases.get(&lot.lot_id);
    Record(vec![
        ("lot_id", Value::exact(&lot.lot_id)),
        ("acquired_on", Value::exact(&lot.key.acquired_on)),
        ("quantity", Value::exact(shown)),
        ("cost_basis", Value::exact(&lot.cost_basis)),
        ("cost_per_share", Value::optional(cost_per_share(listed).as_ref())),
        ("purchase_symbol", Value::optional_text(purchase.map(|it| &it.symbol))),
        ("purchase_quantity", Value::optional(purchase.map(|it| &it.quantity))),
        ("purchase_cost", Value::optional(purchase.map(|it| &it.cost))),
    ])
}

fn step_record(step: &PositionStep) -> Record {
    Record(vec![
        ("transaction_id", Value::exact(&step.entry.id)),
        ("type", Value::text(&kind(&step.entry))),
        ("date", Value::exact(&step.entry.date)),
        ("quantity", Value::exact(&step.after.quantity)),
        ("cost_basis", Value::exact(&step.after.cost_basis)),
        ("realized_gain", Value::exact(&step.after.realized_gain)),
        ("dividends", Value::exact(&step.after.dividends)),
        ("conversion", step.conversion.as_ref().map_or(Value::Null, |row| Value::Object(conversion_record(row)))),
    ])
}

fn conversion_record(row: &ConversionRow) -> Record {
    let mut record = Record(vec![("symbol", Value::text(&row.stock.1)), ("ratio", Value::text(&row.terms.ratio))]);
    record.0.extend(conversion_members(Some(row)).0);
    record
}

/// A holding as JSON, written entry by entry and lot by lot.
struct HoldingJson<'e>(&'e HoldingExplanation, Digits);

impl Serialize for HoldingJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let HoldingExplanation { portfolio, method, steps, lots, totals, valuation, purchases: _ } = self.0;
        let digits = self.1;
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("portfolio", &Value::text(portfolio))?;
        members.serialize_entry("method", &Value::text(method))?;
        members.serialize_entry("entries", &Each(steps, &step_record, digits))?;
        members.serialize_entry("lots", &Each(lots, &|lot| lot_record(lot, self.0), digits))?;
        members.serialize_entry("quantity", &digits.of(Value::exact(&totals.quantity)))?;
        members.serialize_entry("cost_basis", &digits.of(Value::exact(&totals.cost_basis)))?;
        members.serialize_entry("average_cost", &digits.of(Value::optional(valuation.average_cost.as_ref())))?;
        members.serialize_entry("market_value", &digits.of(Value::optional(valuation.market_value.as_ref())))?;
        members.serialize_entry("unrealized_gain", &digits.of(Value::optional(valuation.unrealized_gain.as_ref())))?;
        members.serialize_entry("realized_gain", &digits.of(Value::exact(&totals.realized_gain)))?;
        members.serialize_entry("dividends", &digits.of(Value::exact(&totals.dividends)))?;
        members.end()
    }
}

/// A list of records, each made when it is written.
struct Each<'e, T>(&'e [T], &'e dyn Fn(&T) -> Record, Digits);

impl<T> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|one| self.2.of_record((self.1)(one))))
    }
}

/// The whole explanation as JSON.
struct StockJson<'e>(&'e StockExplanation, Option<&'e HoldingsIn>, Digits);

impl Serialize for StockJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let StockExplanation { stock, quote, splits_since, holdings } = self.0;
        let digits = self.2;
        let recorded = quote.as_ref().map(|quote| quote.recorded);
        let price = quote.as_ref().and_then(|quote| quote.price().ok());
        let split = |split: &SplitRow| {
            Record(vec![
                ("split_id", Value::exact(&split.split_id)),
                ("effective_date", Value::exact(&split.effective_date)),
                ("ratio", Value::text(&split.terms)),
            ])
        };
        let holdings: Vec<_> = holdings.iter().map(|holding| HoldingJson(holding, digits)).collect();
        let mut members = serializer.serialize_map(None)?;
        members.serialize_entry("symbol", &Value::text(&stock.profile().symbol))?;
        members.serialize_entry("currency", &Value::text(&stock.profile().currency))?;
        members.serialize_entry("recorded_price", &digits.of(Value::optional(recorded.map(|it| it.price).as_ref())))?;
        members.serialize_entry("price_date", &digits.of(Value::optional(recorded.map(|it| it.date).as_ref())))?;
        members.serialize_entry("splits_since", &Each(splits_since, &split, digits))?;
        members.serialize_entry("price", &digits.of(Value::optional(price.as_ref())))?;
        members.serialize_entry("holdings", &holdings)?;
        if let Some(converted) = self.1 {
            let figures = converted.figures.iter().map(holding_record).collect();
            members.serialize_entry("in_currency", &digits.of(Value::List(figures)))?;
            members.serialize_entry("rates", &digits.of(rate_records(&converted.rates)))?;
        }
        members.end()
    }
}

fn text(explanation: &StockExplanation, converted: Option<&HoldingsIn>, context: &Context<'_>) -> String {
    let StockExplanation { stock, holdings, .. } = explanation;
    let symbol = &stock.profile().symbol;
    if holdings.is_empty() {
        return format!("{symbol} was never traded\n");
    }
    let of = |holding: &HoldingExplanation| {
        let mut text = described(explanation, holding, context);
        let of_portfolio = |it: &&HoldingIn| it.row.portfolio == holding.portfolio;
        if let Some(held) = converted.and_then(|it| it.figures.iter().find(of_portfolio)) {
            text.push_str(&context.page.fitted(&holding_lines(held).join("\n")));
        }
        text
    };
    let texts: Vec<String> = holdings.iter().map(of).collect();
    let below = converted.map(|converted| rates_below(converted, context)).unwrap_or_default();
    texts.join("\n") + &below
}

fn described(explanation: &StockExplanation, holding: &HoldingExplanation, context: &Context<'_>) -> String {
    let HoldingExplanation { portfolio, method, steps, lots, totals, .. } = holding;
    let profile = explanation.stock.profile();
    let heading = format!("{} in portfolio {portfolio}, {method}, in {}", profile.symbol, profile.currency);
    let mut lines =
        vec![context.page.fitted(&heading), context.page.draw(&entries(steps, &profile.symbol, profile.currency))];
    lines.extend(Some(conversions(steps, context)).filter(|text| !text.is_empty()));
    if !lots.is_empty() {
        lines.extend([
            "open lots".to_owned(),
            String::new(),
            context.page.draw(&open_lots(lots, holding, &profile.symbol, profile.currency)),
        ]);
    }
    let cost = figure::exact_money(totals.cost_basis, profile.currency);
    let mut figures = vec![format!("held         {} for {cost}", exact(&totals.quantity))];
    figures.extend(valuation(explanation, holding));
    lines.push(context.page.fitted(&figures.join("\n")));
    lines.join("\n")
}

fn valuation(explanation: &StockExplanation, holding: &HoldingExplanation) -> Vec<String> {
    let Some(quote) = &explanation.quote else {
        let command = price_command(&explanation.stock.profile().symbol, None);
        return vec!["price        none is recorded".to_owned(), format!("  record one: {command}")];
    };
    let currency = explanation.stock.profile().currency;
    let money = |amount: Money| figure::exact_money(amount, currency);
    let splits = explanation.splits_since.iter();
    let splits: Vec<String> =
        splits.map(|split| format!(", split {} on {}", split.terms, split.effective_date)).collect();
    let splits = splits.concat();
    let adjusted = match holding.valuation.price {
        Some(_) if splits.is_empty() => String::new(),
        Some(price) => format!(": {}", figure::price(price, currency)),
        None => ": more digits than a book can hold".to_owned(),
    };
    let mut lines = vec![format!(
        "price        {} on {}{splits}{adjusted}",
        figure::price(quote.recorded.price, currency),
        quote.recorded.date
    )];
    let valuation = &holding.valuation;
    if let Some((value, gain)) = valuation.market_value.zip(valuation.unrealized_gain) {
        let cost = holding.totals.cost_basis;
        let [value, cost, gain] = [value, cost, gain].map(money);
        lines.extend([format!("worth        {value}"), format!("unrealized   {value} - {cost} = {gain}")]);
    } else {
        lines.push("worth        more digits than a book can hold".to_owned());
    }
    lines
}

/// The entry in a few words, with the other stock of a conversion: `exchange of OLD 1:4`.
fn entry_words(step: &PositionStep, symbol: &Symbol) -> String {
    let Some(row) = &step.conversion else { return worded(&step.entry) };
    let (old, new) = (&row.stock.1, &row.new_stock.1);
    let other = if old == symbol { format!("into {new}") } else { format!("of {old}") };
    format!("{} {other} {}", row.kind.noun(), row.terms.ratio)
}

/// What conversions did to each lot, for which a table has no room.
fn conversions(steps: &[PositionStep], context: &Context<'_>) -> String {
    let described = |row: &ConversionRow| {
        let (id, noun, terms) = (figure::short_id(row.conversion_id), row.kind.noun(), terms(&row.terms));
        format!("{id}  {noun} of {} into {} {terms}", row.stock.1, row.new_stock.1)
    };
    let lines: Vec<String> = steps.iter().filter_map(|step| step.conversion.as_ref()).map(described).collect();
    context.page.fitted(&lines.join("\n"))
}

fn entries(steps: &[PositionStep], symbol: &Symbol, currency: Currency) -> Table {
    let columns = vec![
        Column::key("date", 100),
        Column::key("entry", 95),
        Column::key("id", 60),
        Column::number("quantity", 90),
        Column::number("cost basis", 85),
        Column::number("held", 80),
        Column::number("at cost", 75),
        Column::number("realized", 50),
        Column::number("dividends", 40),
    ];
    let change = |after: Money, before: Money| match after.minus(before) {
        Ok(change) if change.is_zero() => Cell::empty(),
        Ok(change) => Cell::plain(figure::exact_signed_money(change, currency)),
        Err(_) => Cell::empty(),
    };
    let mut before = PositionTotals::default();
    let cells = |step: &PositionStep| {
        let PositionStep { entry, after, .. } = step;
        let before = std::mem::replace(&mut before, after.clone());
        let quantity = match after.quantity.cmp(&before.quantity) {
            Ordering::Greater => after.quantity.minus(&before.quantity).map(|more| format!("+{}", readable(&more))),
            Ordering::Less => before.quantity.minus(&after.quantity).map(|less| format!("-{}", readable(&less))),
            Ordering::Equal => Ok(String::new()),
        };
        Row::Data(vec![
            Cell::plain(entry.date.to_string()),
            Cell::plain(entry_words(step, symbol)),
            Cell::plain(figure::short_id(entry.id)),
            Cell::plain(quantity.unwrap_or_default()),
            change(after.cost_basis, before.cost_basis),
            Cell::plain(readable(&after.quantity)),
            Cell::plain(figure::exact_money(after.cost_basis, currency)),
            change(after.realized_gain, before.realized_gain),
            change(after.dividends, before.dividends),
        ])
    };
    Table { columns, rows: steps.iter().map(cells).collect() }
}

fn open_lots(lots: &[ListedLot], holding: &HoldingExplanation, symbol: &Symbol, currency: Currency) -> Table {
    let columns = vec![
        Column::key("lot", 100),
        Column::key("acquired", 95),
        Column::number("quantity", 90),
        Column::key_if_any("exactly", 50),
        Column::number("cost basis", 85),
        Column::number("per share", 70),
        Column::key_if_any("bought as", 80),
    ];
    let bought_as = |LotPurchase { symbol, quantity, cost }: &LotPurchase| {
        format!("{} {symbol} for {}", figure::shares(&(*quantity).into()), figure::exact_money(*cost, currency))
    };
    let exactly = |exact: &Shares, shown: &Shares| {
        if exact == shown { Cell::empty() } else { Cell::plain(readable(exact)) }
    };
    let row = |listed: &ListedLot| {
        let ListedLot { lot, shown } = listed;
        let of_another = holding.purchases.get(&lot.lot_id).filter(|purchase| purchase.symbol != *symbol);
        Row::Data(vec![
            Cell::plain(figure::short_id(lot.lot_id)),
            Cell::plain(lot.key.acquired_on.to_string()),
            Cell::plain(figure::shares(shown)),
            exactly(&lot.quantity, shown),
            Cell::plain(figure::exact_money(lot.cost_basis, currency)),
            Cell::plain(cost_per_share(listed).map(|cost| figure::exact_money(cost, currency)).unwrap_or_default()),
            of_another.map_or_else(Cell::empty, |purchase| Cell::plain(bought_as(purchase))),
        ])
    };
    let total = Row::Total(vec![
        Cell::plain("total"),
        Cell::empty(),
        Cell::plain(figure::shares(&holding.totals.quantity)),
        exactly(&holding.totals.quantity, &holding.totals.quantity.rounded()),
        Cell::plain(figure::exact_money(holding.totals.cost_basis, currency)),
    ]);
    Table { columns, rows: lots.iter().map(row).chain([total]).collect() }
}
