//! `stocks`, `transactions` and `prices`.

use crate::app::{self, AppError, DayPrice, ListedStock, TransactionFilter, TransactionRow};
use crate::cli::args::{PricesArgs, Range, TransactionsArgs};
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Format, Listing, Record, Row, Rows, Table, Tone, Value, figure};
use crate::cli::views::{cash, charged_fee, conversion_members, later_members, say_too_long, shared_members};
use crate::domain::{Currency, Industry, Percentage, Sector, TransactionType};

pub(in crate::cli) fn stocks(context: &Context<'_>) -> Result<(), AppError> {
    let stocks = context.read(app::stocks)?;
    for stock in stocks.iter().filter(|stock| stock.price.is_none()) {
        stock.price_date.iter().for_each(|date| say_too_long("price", &stock.profile.symbol, *date));
    }
    context.page.list(&Listing {
        members: STOCK_MEMBERS,
        records: &|| stocks.iter().map(stock_record).collect(),
        table: &|| stock_table(&stocks),
        nothing: Some("no stocks; `stockbook add-stock` adds one"),
    })
}

const STOCK_MEMBERS: &[&str] =
    &["stock_id", "symbol", "company_name", "sector", "industry", "currency", "price", "price_date", "isin"];

fn stock_record(stock: &ListedStock) -> Record {
    let values = [
        Value::exact(&stock.stock_id),
        Value::text(&stock.profile.symbol),
        Value::text(&stock.profile.company_name),
        Value::optional_text(stock.profile.sector.as_ref()),
        Value::optional_text(stock.profile.industry.as_ref()),
        Value::text(&stock.profile.currency),
        Value::optional(stock.price.as_ref()),
        Value::optional(stock.price_date.as_ref()),
        Value::optional_text(stock.profile.isin.as_ref()),
    ];
    Record(STOCK_MEMBERS.iter().copied().zip(values).collect())
}

fn stock_table(stocks: &[ListedStock]) -> Table {
    let columns = vec![
        Column::key("symbol", 100),
        Column::text("company", 80),
        Column::text("sector", 40),
        Column::text("industry", 30),
        Column::distinguishing("currency", 60),
        Column::number("price", 90),
        Column::key("price date", 70),
    ];
    let optional = |text: Option<&str>| text.map_or_else(Cell::empty, Cell::plain);
    let cells = |stock: &ListedStock| {
        let currency = stock.profile.currency;
        Row::Data(vec![
            Cell::plain(stock.profile.symbol.as_str()),
            Cell::plain(stock.profile.company_name.as_str()),
            optional(stock.profile.sector.as_ref().map(Sector::as_str)),
            optional(stock.profile.industry.as_ref().map(Industry::as_str)),
            Cell::plain(currency.code()),
            stock.price.map_or_else(Cell::empty, |it| Cell::plain(figure::price(it, currency))),
            stock.price_date.map_or_else(Cell::empty, |it| Cell::plain(it.to_string())),
        ])
    };
    Table { columns, rows: stocks.iter().map(cells).collect() }
}

pub(in crate::cli) fn transactions(args: TransactionsArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let filter = TransactionFilter {
        portfolios: context.portfolios.clone(),
        symbol: args.symbol,
        transaction_type: args.r#type,
        from,
        to,
        tail: args.tail,
        with_voided: args.all,
    };
    context.read(|reader| {
        let for_each = |take: &mut dyn FnMut(TransactionRow) -> Result<(), AppError>| {
            app::for_each_transaction(reader, filter, take)
        };
        match context.page.format() {
            Format::Table => {
                let mut rows = Rows::default();
                for_each(&mut |row| {
                    rows.push(&transaction_cells(&row));
                    Ok(())
                })?;
                let table = Table { columns: TRANSACTION_COLUMNS.to_vec(), rows };
                context.page.print(&context.page.draw_or_note(&table, "no transactions"))
            }
            Format::Json | Format::Csv => context
                .page
                .stream_records(TRANSACTION_MEMBERS, |take| for_each(&mut |row| take(&transaction_record(&row)))),
        }
    })
}

const TRANSACTION_MEMBERS: &[&str] = &[
    "transaction_id",
    "portfolio",
    "symbol",
    "type",
    "trade_date",
    "quantity",
    "price",
    "fee",
    "total_amount",
    "currency",
    "note",
    "voided",
    "withholding",
    "ratio",
    "as_of",
    "trade_time",
    "settlement_amount",
    "settlement_currency",
    "paid_amount",
    "paid_currency",
    "new_symbol",
    "cost_share",
    "new_value",
    "old_value",
    "cash",
    "pay",
    "rule",
    "cash_in_lieu",
    "charged_fee",
    "charged_currency",
];

fn transaction_record(row: &TransactionRow) -> Record {
    let mut record = Record(Vec::with_capacity(TRANSACTION_MEMBERS.len()));
    record.0.extend(shared_members(row));
    record.0.push(("note", Value::optional_text(row.note.as_ref())));
    record.0.push(("voided", Value::Truth(row.voided_at.is_some())));
    record.0.push(("withholding", Value::optional(row.withholding.as_ref())));
    record.0.push(("ratio", Value::optional_text(row.ratio_text().as_ref())));
    record.0.push(("as_of", Value::optional(row.as_of.as_ref())));
    record.0.extend(later_members(row));
    record.0.extend(cash(["paid_amount", "paid_currency"], row.paid));
    record.0.extend(conversion_members(row.conversion.as_deref()).0);
    record.0.extend(charged_fee(row.charged));
    record
}

const TRANSACTION_COLUMNS: [Column; 12] = [
    Column::key("date", 100),
    Column::key_if_any("time", 75),
    Column::distinguishing("type", 95),
    Column::distinguishing("symbol", 95),
    Column::number("quantity", 90),
    Column::number("price", 80),
    Column::number("fee", 50),
    Column::number("total", 85),
    Column::distinguishing("currency", 60),
    Column::distinguishing("portfolio", 55),
    Column::key("id", 70),
    Column::text("note", 40),
];

fn transaction_cells(row: &TransactionRow) -> Row {
    let id = row.transaction_id.to_string();
    let tone = if row.transaction_type == TransactionType::Sell { Tone::Strong } else { Tone::Plain };
    let word = row.transaction_type.as_str().to_lowercase().replace('_', " ");
    let word = if row.voided_at.is_some() { format!("{word}, void") } else { word };
    let quantity = match (row.quantity, row.ratio_text(), row.conversion.as_ref()) {
        (Some(quantity), ..) => figure::shares(&quantity.into()),
        (None, Some(ratio), Some(conversion)) => format!("{ratio} {}", conversion.new_stock.1),
        (None, Some(ratio), None) => ratio,
        (None, None, _) => String::new(),
    };
    let mut cells = vec![
        Cell::plain(row.trade_date.to_string()),
        row.trade_time.map_or_else(Cell::empty, |time| Cell::plain(time.to_string())),
        Cell::new(word, tone),
        Cell::plain(row.symbol.as_str()),
        Cell::plain(quantity),
        row.price.map_or_else(Cell::empty, |price| Cell::plain(figure::price(price, row.currency))),
        Cell::plain(figure::money(row.fee.into(), row.currency)),
        Cell::plain(figure::money(row.total_amount, row.currency)),
        Cell::plain(row.currency.code()),
        Cell::plain(row.portfolio.as_str()),
        Cell::plain(id.get(..8).unwrap_or(&id)),
        row.note.as_ref().map_or_else(Cell::empty, |note| Cell::plain(note.as_str())),
    ];
    if row.voided_at.is_some() {
        for cell in &mut cells {
            cell.tone = Tone::Faint;
        }
    }
    Row::Data(cells)
}

pub(in crate::cli) fn prices(args: &PricesArgs, context: &Context<'_>) -> Result<(), AppError> {
    let Range { from, to } = args.range.resolve(context.today)?;
    let (stock, prices) = context.read(|reader| app::prices(reader, &args.symbol, [from, to]))?;
    for price in prices.iter().filter(|price| price.current.is_none()) {
        say_too_long("price", &stock.profile().symbol, price.recorded.date);
    }
    let record = |price: &DayPrice| {
        Record(vec![
            ("symbol", Value::text(&stock.profile().symbol)),
            ("date", Value::exact(&price.recorded.date)),
            ("price", Value::optional(price.current.as_ref())),
            ("change_percentage", Value::optional(change(price).as_ref())),
            ("basis_date", Value::exact(&price.recorded.basis_date)),
            ("recorded_price", Value::exact(&price.recorded.price)),
        ])
    };
    context.page.list(&Listing {
        members: PRICE_MEMBERS,
        records: &|| prices.iter().map(record).collect(),
        table: &|| price_table(&prices, stock.profile().currency),
        nothing: Some("no prices; `stockbook update-price` records one"),
    })
}

const PRICE_MEMBERS: &[&str] = &["symbol", "date", "price", "change_percentage", "basis_date", "recorded_price"];

fn change(price: &DayPrice) -> Option<Percentage> {
    price.current?.change_from(price.previous?)
}

fn price_table(prices: &[DayPrice], currency: Currency) -> Table {
    let columns = vec![Column::key("date", 100), Column::number("price", 90), Column::number("change", 80)];
    let cells = |price: &DayPrice| {
        let tone = |change: Percentage| match change {
            change if change.is_zero() => Tone::Plain,
            change if change.is_negative() => Tone::Loss,
            _ => Tone::Gain,
        };
        let change = change(price);
        Row::Data(vec![
            Cell::plain(price.recorded.date.to_string()),
            price.current.map_or_else(Cell::empty, |price| Cell::plain(figure::price(price, currency))),
            change.map_or_else(Cell::empty, |it| Cell::new(figure::percentage(it), tone(it))),
        ])
    };
    Table { columns, rows: prices.iter().map(cells).collect() }
}
