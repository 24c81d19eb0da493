//! `allocation`.

use rust_decimal::Decimal;

use crate::app::{self, AllocationBy, AllocationPart, AppError, HoldingsFilter, Target};
use crate::cli::args::{AllocationArgs, AllocationParts, TargetArg};
use crate::cli::context::Context;
use crate::cli::dates::past_day;
use crate::cli::output::{Cell, Column, Listing, Record, Row, Table, Tone, Value, bar, figure, with_bars};
use crate::cli::views::{RecordTotals, ReportingTotal, note_rates, total_in, what_prices_lack, with_foreign};
use crate::domain::{Currency, Money, Percentage};

pub(in crate::cli) fn allocation(args: &AllocationArgs, context: &Context<'_>) -> Result<(), AppError> {
    let filter = HoldingsFilter {
        portfolios: context.portfolios.clone(),
        as_of: past_day(args.as_of, context.today)?,
        ..HoldingsFilter::default()
    };
    let targets = targets(&args.target)?;
    let by = match args.by {
        AllocationParts::Stock => AllocationBy::Stock,
        AllocationParts::Sector => AllocationBy::Sector,
        AllocationParts::Industry => AllocationBy::Industry,
        AllocationParts::Currency => AllocationBy::Currency,
        AllocationParts::Portfolio => AllocationBy::Portfolio,
    };
    let (conversion, on) = (args.conversion.conversion(), filter.as_of.unwrap_or(context.today));
    let (allocation, used, total) = context.read(|reader| {
        let (allocation, used) = app::allocation(reader, &filter, by, &targets, (conversion, on))?;
        let currencies = allocation.parts.iter().map(|part| part.currency);
        let total = ReportingTotal::of(context.total_in(conversion), currencies, |conversion| {
            let (allocation, used) = app::allocation(reader, &filter, by, &[], (Some(conversion), on))?;
            Ok((totals(&allocation.parts), used))
        })?;
        Ok((allocation, used, total))
    })?;
    let in_one = total.known().map(|(_, totals)| totals.as_slice()).unwrap_or_default();
    let mut added = RecordTotals::of(args.totals.then_some(&["market_value"]), context.page.format())?;
    let members = with_foreign(MEMBERS, &["original_currency"], conversion);
    let word = word(by);
    for part in &allocation.parts {
        added.add(&record(word, part, &members));
    }
    context.page.list(&Listing {
        members: &members,
        records: &|| {
            let mut records: Vec<Record> = allocation.parts.iter().map(|part| record(word, part, &members)).collect();
            records.extend(added.records(&members));
            records
        },
        table: &|| {
            with_bars(context.page.screen, |width| {
                table(word, (&allocation.parts, in_one), width.map(|it| (it, context)))
            })
        },
        nothing: Some(if allocation.price_ages.is_empty() {
            "nothing is held; `stockbook buy` records a purchase"
        } else {
            "nothing with a price is held"
        }),
    })?;
    note_rates(&context.page, conversion, &used)?;
    total.note(&context.page)?;
    let ages = allocation.price_ages.iter().map(|(symbol, age)| (symbol, *age));
    what_prices_lack(ages, context.another_day(on)).map_or(Ok(()), |text| context.page.add_below(&text))
}

/// Targets are percentages of one whole.
fn targets(typed: &[TargetArg]) -> Result<Vec<Target>, AppError> {
    let wrong =
        |message: String, hint: &str| AppError::Usage { code: "invalid_target", message, hint: hint.to_owned() };
    let mut sum = Percentage::ZERO;
    let mut targets: Vec<Target> = Vec::new();
    for TargetArg { name, percentage } in typed {
        if targets.iter().any(|target| target.name.to_lowercase() == name.to_lowercase()) {
            return Err(wrong(format!("--target names {name} twice"), "give each name once"));
        }
        sum = sum.plus(*percentage)?;
        targets.push(Target { name: name.clone(), percentage: *percentage });
    }
    if sum.decimal() > Decimal::ONE_HUNDRED {
        return Err(wrong(
            format!("the targets add up to {sum} %"),
            "they are shares of one total, at most 100 % in all",
        ));
    }
    Ok(targets)
}

fn word(by: AllocationBy) -> &'static str {
    match by {
        AllocationBy::Stock => "stock",
        AllocationBy::Sector => "sector",
        AllocationBy::Industry => "industry",
        AllocationBy::Currency => "currency",
        AllocationBy::Portfolio => "portfolio",
    }
}

const MEMBERS: &[&str] =
    &["by", "name", "currency", "market_value", "percentage", "target_percentage", "drift_percentage", "drift_amount"];

fn record(by: &str, part: &AllocationPart, members: &[&'static str]) -> Record {
    let drift = part.drift.as_ref();
    let values = [
        Value::text(&by),
        Value::optional_text(part.name.as_ref()),
        Value::text(&part.currency),
        Value::exact(&part.market_value),
        Value::optional(part.percentage.as_ref()),
        Value::optional(drift.map(|drift| &drift.target)),
        Value::optional(drift.map(|drift| &drift.percentage)),
        Value::optional(drift.map(|drift| &drift.amount)),
        Value::optional_text(part.original_currency.as_ref()),
    ];
    Record(members.iter().copied().zip(values).collect())
}

/// The parts as a table, with bars of some width drawn for a screen.
fn table(
    by: &'static str,
    (parts, in_one): (&[AllocationPart], &[(Currency, Money)]),
    bars: Option<(usize, &Context<'_>)>,
) -> Table {
    let has_targets = parts.iter().any(|part| part.drift.is_some());
    let has_currencies = parts.iter().any(|part| Some(part.currency) != parts.first().map(|first| first.currency));
    let mut columns = vec![Column::key(by, 100), Column::number("value", 90), Column::number("share", 95)];
    if has_targets {
        let of_targets = [("target", 85), ("drift", 88), ("in money", 86)];
        columns.extend(of_targets.map(|(header, importance)| Column::number(header, importance)));
    }
    if has_currencies {
        columns.push(Column::key("currency", 98));
    }
    columns.extend(bars.map(|_| Column::key("", 10)));
    let largest = parts.iter().filter_map(|part| part.percentage).max().unwrap_or_default();
    let mut shares = figure::RoundedParts::default();
    let row = |part: &AllocationPart| {
        let mut cells = vec![
            Cell::plain(part.name.as_deref().unwrap_or("(unknown)")),
            Cell::plain(figure::money(part.market_value, part.currency)),
            part.percentage.map_or_else(Cell::empty, |it| Cell::plain(shares.next(part.currency, it))),
        ];
        if has_targets {
            let drift = part.drift.as_ref();
            let of = |cell: Option<String>| cell.map_or_else(Cell::empty, Cell::plain);
            cells.push(of(drift.map(|drift| figure::share(drift.target))));
            cells.push(of(drift.map(|drift| figure::percentage(drift.percentage))));
            cells.push(of(drift.map(|drift| figure::signed_money(drift.amount, part.currency))));
        }
        if has_currencies {
            cells.push(Cell::plain(part.currency.code()));
        }
        cells.extend(bars.map(|(width, context)| {
            let share = part.percentage.unwrap_or_default();
            Cell::new(bar(share.decimal(), largest.decimal(), width, context.page.screen), Tone::Faint)
        }));
        Row::Data(cells)
    };
    let mut rows: Vec<Row> = parts.iter().map(row).collect();
    let own = totals(parts).into_iter().map(|(currency, value)| (format!("total {currency}"), currency, value));
    let in_one = in_one.iter().map(|(currency, value)| (total_in(*currency), *currency, *value));
    rows.extend(own.chain(in_one).map(|(lead, currency, value)| {
        Row::Total(vec![Cell::plain(lead), Cell::plain(figure::money(value, currency))])
    }));
    Table { columns, rows: rows.into_iter().collect() }
}

/// The totals of the parts by currency; a sum that is too large is left out.
fn totals(parts: &[AllocationPart]) -> Vec<(Currency, Money)> {
    let mut totals: Vec<(Currency, Option<Money>)> = Vec::new();
    for part in parts {
        let value = part.market_value;
        match totals.last_mut() {
            Some((currency, sum)) if *currency == part.currency => *sum = sum.and_then(|sum| sum.plus(value).ok()),
            Some(_) | None => totals.push((part.currency, Some(value))),
        }
    }
    totals.into_iter().filter_map(|(currency, sum)| Some((currency, sum?))).collect()
}
