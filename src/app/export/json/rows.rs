//! The rows of the lists.

use serde::Serialize;

use crate::domain::{
    BatchId, CompanyName, ConversionKind, ConversionTerms, CostBasisMethod, Currency, CurrencyPair, Day, DayRate,
    ExchangeRate, Fee, Figure, ImportedFile, Industry, Instant, Isin, Money, Note, PickedLot, Portfolio, PortfolioId,
    PortfolioName, Price, PriceInForce, Quantity, Sector, Stock, StockId, Symbol, TimeOfDay, TransactionId,
};
use crate::store::{CommandState, ConversionRow, ImportRow, LotGain, SplitRow, TransactionRow};

#[derive(Serialize)]
pub(super) struct PortfolioJson<'a> {
    portfolio_id: PortfolioId,
    name: &'a PortfolioName,
    cost_basis_method: CostBasisMethod,
}

impl<'a> PortfolioJson<'a> {
    pub(super) fn of(portfolio: &'a Portfolio) -> Self {
        Self { portfolio_id: portfolio.id(), name: portfolio.name(), cost_basis_method: portfolio.cost_basis_method() }
    }
}

#[derive(Serialize)]
pub(super) struct StockJson<'a> {
    stock_id: StockId,
    symbol: &'a Symbol,
    company_name: &'a CompanyName,
    sector: Option<&'a Sector>,
    industry: Option<&'a Industry>,
    currency: Currency,
    isin: Option<Isin>,
}

impl<'a> StockJson<'a> {
    pub(super) fn of(stock: &'a Stock) -> Self {
        let profile = stock.profile();
        Self {
            stock_id: stock.id(),
            symbol: &profile.symbol,
            company_name: &profile.company_name,
            sector: profile.sector.as_ref(),
            industry: profile.industry.as_ref(),
            currency: profile.currency,
            isin: profile.isin,
        }
    }
}

#[derive(Serialize)]
pub(super) struct SplitJson<'a> {
    split_id: TransactionId,
    symbol: &'a Symbol,
    effective_date: Day,
    new_shares: Quantity,
    old_shares: Quantity,
}

impl<'a> SplitJson<'a> {
    pub(super) fn of(split: &'a SplitRow) -> Self {
        Self {
            split_id: split.split_id,
            symbol: &split.symbol,
            effective_date: split.effective_date,
            new_shares: split.terms.new_shares,
            old_shares: split.terms.old_shares,
        }
    }
}

#[derive(Serialize)]
pub(super) struct ConversionJson<'a> {
    conversion_id: TransactionId,
    kind: ConversionKind,
    symbol: &'a Symbol,
    new_symbol: &'a Symbol,
    effective_date: Day,
    #[serde(flatten)]
    terms: &'a ConversionTerms,
    portfolio: Option<&'a PortfolioName>,
}

impl<'a> ConversionJson<'a> {
    pub(super) fn of(row: &'a ConversionRow) -> Self {
        Self {
            conversion_id: row.conversion_id,
            kind: row.kind,
            symbol: &row.stock.1,
            new_symbol: &row.new_stock.1,
            effective_date: row.effective_date,
            terms: &row.terms,
            portfolio: row.portfolio_name(),
        }
    }
}

#[derive(Serialize)]
pub(super) struct TransactionJson<'a> {
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

impl<'a> TransactionJson<'a> {
    pub(super) fn of(row: &'a TransactionRow) -> Self {
        Self {
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
}

#[derive(Serialize)]
pub(super) struct GainJson<'a> {
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

impl<'a> GainJson<'a> {
    pub(super) fn of(LotGain { portfolio, symbol, currency, disposal }: &'a LotGain) -> Self {
        Self {
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
}

#[derive(Serialize)]
pub(super) struct PriceJson<'a> {
    symbol: &'a Symbol,
    date: Day,
    price: Price,
    basis_date: Day,
    currency: Currency,
}

impl<'a> PriceJson<'a> {
    pub(super) fn of(stock: &'a Stock, price: &PriceInForce) -> Self {
        let profile = stock.profile();
        Self {
            symbol: &profile.symbol,
            date: price.date,
            price: price.price,
            basis_date: price.basis_date,
            currency: profile.currency,
        }
    }
}

#[derive(Serialize)]
pub(super) struct RateJson {
    base_currency: Currency,
    quote_currency: Currency,
    date: Day,
    rate: ExchangeRate,
}

impl RateJson {
    pub(super) fn of(pair: CurrencyPair, DayRate { date, rate }: DayRate) -> Self {
        Self { base_currency: pair.base(), quote_currency: pair.quote(), date, rate }
    }
}

#[derive(Serialize)]
pub(super) struct ImportJson<'a> {
    batch_id: BatchId,
    recorded_at: Instant,
    format: &'a str,
    files: &'a [ImportedFile],
    rows: u64,
    recorded: u64,
    undone: bool,
}

impl<'a> ImportJson<'a> {
    pub(super) fn of(import: &'a ImportRow) -> Self {
        let completed = &import.completed;
        Self {
            batch_id: completed.batch_id,
            recorded_at: import.recorded_at,
            format: &completed.format,
            files: &completed.files,
            rows: completed.rows,
            recorded: completed.recorded,
            undone: import.state == CommandState::Undone,
        }
    }
}
