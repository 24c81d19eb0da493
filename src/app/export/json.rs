//! Everything as one JSON document: the lists that the commands print, combined.

mod lots;

use std::io::{self, BufWriter, Write};

use hashbrown::HashSet;
use serde::Serialize;

use super::ExportRequest;
use super::chronicle::Chronicle;
use crate::app::AppError;
use crate::domain::{
    BatchId, CompanyName, ConversionKind, ConversionTerms, CostBasisMethod, Currency, Day, DayRate, ExchangeRate, Fee,
    Figure, ImportedFile, Industry, Instant, Isin, Money, Note, PickedLot, PortfolioId, PortfolioName, Price, Quantity,
    Sector, StockId, Symbol, TimeOfDay, TransactionId,
};
use crate::store::{CommandFate, ConversionRow, LotGain, SaleFilter, SaleOrder, TransactionFilter, TransactionRow};

#[derive(Serialize)]
struct PortfolioJson<'a> {
    portfolio_id: PortfolioId,
    name: &'a PortfolioName,
    cost_basis_method: CostBasisMethod,
}

#[derive(Serialize)]
struct StockJson<'a> {
    stock_id: StockId,
    symbol: &'a Symbol,
    company_name: &'a CompanyName,
    sector: Option<&'a Sector>,
    industry: Option<&'a Industry>,
    currency: Currency,
    isin: Option<Isin>,
}

#[derive(Serialize)]
struct SplitJson<'a> {
    split_id: TransactionId,
    symbol: &'a Symbol,
    effective_date: Day,
    new_shares: Quantity,
    old_shares: Quantity,
}

#[derive(Serialize)]
struct ConversionJson<'a> {
    conversion_id: TransactionId,
    kind: ConversionKind,
    symbol: &'a Symbol,
    new_symbol: &'a Symbol,
    effective_date: Day,
    #[serde(flatten)]
    terms: &'a ConversionTerms,
    portfolio: Option<&'a PortfolioName>,
}

#[derive(Serialize)]
struct TransactionJson<'a> {
    transaction_id: TransactionId,
    portfolio: &'a PortfolioName,
    symbol: &'a Symbol,
    r#type: &'static str,
    trade_date: Day,
    trade_time: Option<TimeOfDay>,
    quantity: Option<Quantity>,
    price: Option<Price>,
    fee: Fee,
    total_amount: Money,
    currency: Currency,
    note: Option<&'a Note>,
    voided: bool,
    withholding: Option<Money>,
    ex_date: Option<Day>,
    ratio: Option<String>,
    as_of: Option<Day>,
    lots: &'a [PickedLot],
    settlement_amount: Option<Money>,
    settlement_currency: Option<Currency>,
    paid_amount: Option<Money>,
    paid_currency: Option<Currency>,
    charged_fee: Option<Money>,
    charged_currency: Option<Currency>,
}

#[derive(Serialize)]
struct GainJson<'a> {
    portfolio: &'a PortfolioName,
    symbol: &'a Symbol,
    currency: Currency,
    sale_id: TransactionId,
    lot_id: TransactionId,
    acquired_on: Day,
    sold_on: Day,
    days_held: i64,
    term: String,
    quantity: Figure,
    proceeds: Money,
    cost_basis: Money,
    gain: Money,
}

#[derive(Serialize)]
struct PriceJson<'a> {
    symbol: &'a Symbol,
    date: Day,
    price: Price,
    basis_date: Day,
    currency: Currency,
}

#[derive(Serialize)]
struct RateJson {
    base_currency: Currency,
    quote_currency: Currency,
    date: Day,
    rate: ExchangeRate,
}

#[derive(Serialize)]
struct ImportJson {
    batch_id: BatchId,
    recorded_at: Instant,
    format: String,
    files: Vec<ImportedFile>,
    rows: u64,
    recorded: u64,
    undone: bool,
}

/// A document that is written member by member, each a list of any length.
struct Document<'o> {
    out: BufWriter<&'o mut dyn Write>,
    before: &'static str,
}

impl<'o> Document<'o> {
    fn begin(out: &'o mut dyn Write) -> Self {
        Self { out: BufWriter::new(out), before: "{" }
    }

    fn list(
        &mut self,
        name: &str,
        rows: impl FnOnce(&mut List<'_, BufWriter<&'o mut dyn Write>>) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        write!(self.out, "{}\"{name}\":[", self.before)?;
        self.before = ",\n";
        let mut list = List { out: &mut self.out, before: "\n" };
        rows(&mut list)?;
        Ok(write!(self.out, "]")?)
    }

    fn end(mut self) -> io::Result<()> {
        writeln!(self.out, "}}")?;
        self.out.flush()
    }
}

struct List<'l, W> {
    out: &'l mut W,
    before: &'static str,
}

impl<W: Write> List<'_, W> {
    fn push(&mut self, row: &impl Serialize) -> Result<(), AppError> {
        write!(self.out, "{}", self.before)?;
        self.before = ",\n";
        Ok(serde_json::to_writer(&mut *self.out, row).map_err(std::io::Error::from)?)
    }
}

pub(super) fn write(
    chronicle: &Chronicle<'_>,
    request: &ExportRequest<'_>,
    out: &mut dyn Write,
) -> Result<(), AppError> {
    let reader = chronicle.reader;
    let symbols = chronicle.symbols_in(&request.portfolios)?;
    let stocks = || chronicle.stocks.values().filter(|stock| symbols.contains(&stock.profile().symbol));
    let mut document = Document::begin(out);
    document.list("portfolios", |list| {
        let portfolios = chronicle.portfolios.iter().filter(|portfolio| request.is_of(portfolio.name()));
        portfolios.into_iter().try_for_each(|portfolio| {
            list.push(&PortfolioJson {
                portfolio_id: portfolio.id(),
                name: portfolio.name(),
                cost_basis_method: portfolio.cost_basis_method(),
            })
        })
    })?;
    document.list("stocks", |list| {
        stocks().try_for_each(|stock| {
            let profile = stock.profile();
            list.push(&StockJson {
                stock_id: stock.id(),
                symbol: &profile.symbol,
                company_name: &profile.company_name,
                sector: profile.sector.as_ref(),
                industry: profile.industry.as_ref(),
                currency: profile.currency,
                isin: profile.isin,
            })
        })
    })?;
    document.list("splits", |list| {
        for split in stocks().flat_map(|stock| chronicle.splits_of(&stock.profile().symbol)) {
            if request.covers(split.effective_date) {
                list.push(&SplitJson {
                    split_id: split.split_id,
                    symbol: &split.symbol,
                    effective_date: split.effective_date,
                    new_shares: split.terms.new_shares,
                    old_shares: split.terms.old_shares,
                })?;
            }
        }
        Ok(())
    })?;
    document.list("conversions", |list| conversions(chronicle, request, &symbols, &mut |row| list.push(row)))?;
    let (portfolios, from, to) = (&request.portfolios, request.from, request.to);
    let filter = TransactionFilter { from, to, with_voided: true, ..TransactionFilter::of(portfolios) };
    document.list("transactions", |list| {
        reader.transactions().for_each(&filter, &mut |row| {
            request.pause()?;
            list.push(&transaction(&row))
        })
    })?;
    document.list("gains", |list| {
        let filter = SaleFilter { portfolios: portfolios.clone(), from, to, symbol: None };
        reader.transactions().for_each_sale(&filter, SaleOrder::Day, &mut |sale| {
            sale.by_lot().try_for_each(|gain| list.push(&of_lot(&gain)))
        })
    })?;
    document.list("lots", |list| lots::write(chronicle, request, &mut |lot| list.push(lot)))?;
    document.list("prices", |list| {
        for stock in stocks() {
            let profile = stock.profile();
            for price in
                reader.prices().recorded(stock, None, None)?.into_iter().filter(|price| request.covers(price.date))
            {
                list.push(&PriceJson {
                    symbol: &profile.symbol,
                    date: price.date,
                    price: price.price,
                    basis_date: price.basis_date,
                    currency: profile.currency,
                })?;
            }
        }
        Ok(())
    })?;
    document.list("rates", |list| {
        let (first, last) = (request.from.unwrap_or(Day::FIRST), request.to.unwrap_or(Day::LAST));
        for pair in reader.rates().pairs()? {
            for DayRate { date, rate } in reader.rates().recorded(pair, first, last)? {
                list.push(&RateJson { base_currency: pair.base(), quote_currency: pair.quote(), date, rate })?;
            }
        }
        Ok(())
    })?;
    document.list("imports", |list| {
        reader.commands().imports()?.into_iter().try_for_each(|import| {
            list.push(&ImportJson {
                batch_id: import.completed.batch_id,
                recorded_at: import.recorded_at,
                format: import.completed.format,
                files: import.completed.files,
                rows: import.completed.rows,
                recorded: import.completed.recorded,
                undone: import.fate == CommandFate::Undone,
            })
        })
    })?;
    Ok(document.end()?)
}

fn conversions(
    chronicle: &Chronicle<'_>,
    request: &ExportRequest<'_>,
    symbols: &HashSet<Symbol>,
    take: &mut dyn FnMut(&ConversionJson<'_>) -> Result<(), AppError>,
) -> Result<(), AppError> {
    let is_wanted = |row: &&ConversionRow| {
        request.covers(row.effective_date)
            && row.portfolio_name().is_none_or(|only| request.is_of(only))
            && (symbols.contains(&row.stock.1) || symbols.contains(&row.new_stock.1))
    };
    chronicle.conversions().filter(is_wanted).try_for_each(|row| {
        take(&ConversionJson {
            conversion_id: row.conversion_id,
            kind: row.kind,
            symbol: &row.stock.1,
            new_symbol: &row.new_stock.1,
            effective_date: row.effective_date,
            terms: &row.terms,
            portfolio: row.portfolio_name(),
        })
    })
}

fn transaction(row: &TransactionRow) -> TransactionJson<'_> {
    TransactionJson {
        transaction_id: row.transaction_id,
        portfolio: &row.portfolio,
        symbol: &row.symbol,
        r#type: row.transaction_type.as_str(),
        trade_date: row.trade_date,
        trade_time: row.trade_time,
        quantity: row.quantity,
        price: row.price,
        fee: row.fee,
        total_amount: row.total_amount,
        currency: row.currency,
        note: row.note.as_ref(),
        voided: row.voided_at.is_some(),
        withholding: row.withholding,
        ex_date: row.ex_date,
        ratio: row.ratio_text(),
        as_of: row.as_of,
        lots: &row.picked,
        settlement_amount: row.settled.map(|cash| cash.amount),
        settlement_currency: row.settled.map(|cash| cash.currency),
        paid_amount: row.paid.map(|cash| cash.amount),
        paid_currency: row.paid.map(|cash| cash.currency),
        charged_fee: row.charged.map(|cash| cash.amount),
        charged_currency: row.charged.map(|cash| cash.currency),
    }
}

fn of_lot(LotGain { portfolio, symbol, currency, disposal }: &LotGain) -> GainJson<'_> {
    GainJson {
        portfolio,
        symbol,
        currency: *currency,
        sale_id: disposal.sale_id,
        lot_id: disposal.lot_id,
        acquired_on: disposal.acquired_on,
        sold_on: disposal.sold_on,
        days_held: disposal.sold_on.days_since(disposal.acquired_on),
        term: disposal.term().to_string(),
        quantity: (&disposal.quantity).into(),
        proceeds: disposal.proceeds,
        cost_basis: disposal.cost_basis,
        gain: disposal.gain,
    }
}
