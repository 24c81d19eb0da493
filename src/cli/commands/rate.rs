//! `update-rate`, `remove-rate` and `rates`.

use crate::app::{self, AppError, ListedRate, remove_rates, update_rate};
use crate::cli::args::{Range, RatesArgs, RemoveRateArgs, UpdateRateArgs, past_days};
use crate::cli::context::{Context, show_recorded};
use crate::cli::output::{Cell, Column, Listing, Record, Row, Table, Tone, Value, figure};
use crate::cli::receipt::Receipt;
use crate::domain::{CurrencyPair, Day, DayRate, ExchangeRate, Percentage};

pub(in crate::cli) fn update(args: &UpdateRateArgs, context: &Context<'_>) -> Result<(), AppError> {
    let date = args.date.past_day(context.today)?;
    let pair = CurrencyPair::new(args.base, args.quote).map_err(AppError::Value)?;
    let recorded = context.write(|unit| update_rate(unit, pair, DayRate { date, rate: args.rate }))?;
    let old = recorded.value;
    let mut members = pair_members(pair);
    members.extend([
        ("date", Value::exact(&date)),
        ("old_rate", Value::optional(old.as_ref())),
        ("rate", Value::exact(&args.rate)),
    ]);
    let before = old.filter(|old| *old != args.rate).map(|old| format!(", not {old}")).unwrap_or_default();
    let sentences = vec![format!("one {} is {} {} on {date}{before}", args.base, args.rate, args.quote)];
    show_recorded(|| Receipt::new(sentences, Record(members)).print(&recorded, context));
    Ok(())
}

pub(in crate::cli) fn remove(args: &RemoveRateArgs, context: &Context<'_>) -> Result<(), AppError> {
    let [first, last] = past_days(args.date, args.to, context.today)?;
    let pair = CurrencyPair::new(args.base, args.quote).map_err(AppError::Value)?;
    let recorded = context.write(|unit| remove_rates(unit, pair, [first, last]))?;
    let sentence = match recorded.value.as_slice() {
        [] => format!("{pair} has no recorded rate then; nothing to remove"),
        [one] => format!("removed the rate of {pair} on {}: {}", one.date, one.rate),
        many => format!("removed {} rates of {pair}", many.len()),
    };
    let mut members = pair_members(pair);
    members.push(("rates", Value::Count(u64::try_from(recorded.value.len()).unwrap_or(u64::MAX))));
    show_recorded(|| Receipt::new(vec![sentence], Record(members)).print_as_told(&recorded, context));
    Ok(())
}

pub(in crate::cli) fn list(args: &RatesArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let pair = args.base.zip(args.quote).map(|(base, quote)| CurrencyPair::new(base, quote));
    let pair = pair.transpose().map_err(AppError::Value)?;
    let days = [from.unwrap_or(Day::FIRST), to.unwrap_or(Day::LAST)];
    let (rates, others) = context.read(|reader| {
        let rates = app::rates(reader, pair, days)?;
        let others = pair.map(CurrencyPair::inverse).filter(|_| rates.is_empty());
        let are_there = |other: &CurrencyPair| Ok::<_, AppError>(!app::rates(reader, Some(*other), days)?.is_empty());
        let others = others.map(|other| are_there(&other).map(|there| there.then_some(other))).transpose()?;
        Ok((rates, others.flatten()))
    })?;
    let nothing = match others {
        Some(other) => format!("none; but `stockbook rates {} {}` lists some", other.base(), other.quote()),
        None => "no rates; `stockbook update-rate` records one, `stockbook import` those of a file".to_owned(),
    };
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| rates.iter().map(record).collect(),
        table: &|| table(&rates),
        nothing: Some(&nothing),
    })
}

const MEMBERS: &[&str] = &["base_currency", "quote_currency", "date", "rate", "change_percentage"];

fn pair_members(pair: CurrencyPair) -> Vec<(&'static str, Value)> {
    vec![("base_currency", Value::text(&pair.base())), ("quote_currency", Value::text(&pair.quote()))]
}

fn record(listed: &ListedRate) -> Record {
    let mut members = pair_members(listed.pair);
    members.extend([
        ("date", Value::exact(&listed.rate.date)),
        ("rate", Value::exact(&listed.rate.rate)),
        ("change_percentage", Value::optional(change(listed).as_ref())),
    ]);
    Record(members)
}

fn change(listed: &ListedRate) -> Option<Percentage> {
    listed.rate.rate.change_from(listed.previous?)
}

fn table(rates: &[ListedRate]) -> Table {
    let columns = vec![
        Column::distinguishing("date", 100),
        Column::distinguishing("base", 100),
        Column::distinguishing("quote", 100),
        Column::number("rate", 100),
        Column::number("change", 80),
    ];
    let cells = |listed: &ListedRate| {
        let tone = |change: Percentage| match change {
            change if change.is_zero() => Tone::Plain,
            change if change.is_negative() => Tone::Loss,
            _ => Tone::Gain,
        };
        Row::Data(vec![
            Cell::plain(listed.rate.date.to_string()),
            Cell::plain(listed.pair.base().code()),
            Cell::plain(listed.pair.quote().code()),
            Cell::plain(ExchangeRate::to_string(&listed.rate.rate)),
            change(listed).map_or_else(Cell::empty, |it| Cell::new(figure::percentage(it), tone(it))),
        ])
    };
    Table { columns, rows: rates.iter().map(cells).collect() }
}
