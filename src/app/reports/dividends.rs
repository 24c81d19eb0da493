//! Dividends received, and their yields.

use std::collections::{BTreeMap, BTreeSet};

use super::conversion::{Conversion, UsedRates};
use super::read_model::ReadModel;
use super::report_currency::ReportCurrency;
use super::timeline::{Held, Timeline};
use crate::app::AppError;
use crate::domain::{
    CalendarPeriod, CalendarUnit, Currency, Day, Money, Percentage, PortfolioFilter, PortfolioName, Symbol, TooLarge,
    TransactionId, TransactionType,
};
use crate::store::{Reader, TransactionFilter, TransactionRow};

/// The number of months that a stock's yield covers.
const YIELD_MONTHS: u32 = 12;

/// Which dividends to include.
#[derive(Debug, Clone)]
pub struct DividendsFilter {
    /// Only in these portfolios.
    pub portfolios: PortfolioFilter,
    /// Only this stock.
    pub symbol: Option<Symbol>,
    /// Only from this day on.
    pub from: Option<Day>,
    /// Only up to this day.
    pub to: Day,
    /// The currency of the report; those of the stocks unless given.
    pub conversion: Option<Conversion>,
}

/// How dividends are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DividendsBy {
    /// Not at all: each payment by itself.
    Payment,
    /// The payments of each stock.
    Symbol,
    /// The payments of each year, quarter or month, by currency.
    Period(CalendarUnit),
}

/// The totals of a group of dividends. `None` for what differs within the group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DividendRow {
    /// The payment, if there is only one.
    pub payment: Option<DividendPayment>,
    /// The portfolio.
    pub portfolio: Option<PortfolioName>,
    /// The stock.
    pub symbol: Option<Symbol>,
    /// The year, quarter or month.
    pub period: Option<CalendarPeriod>,
    /// The currency of all amounts.
    pub currency: Currency,
    /// The currency of the stocks; `None` if they differ.
    pub original_currency: Option<Currency>,
    /// The number of payments.
    pub payments: u64,
    /// The gross amount.
    pub amount: Money,
    /// The tax withheld.
    pub withholding: Money,
    /// The amount on which the yields are based: for a stock, that of the last twelve months; otherwise
    /// `amount`.
    pub yielding: Money,
    /// In percent of the cost of the shares held then; `None` if none were held.
    pub yield_on_cost: Option<Percentage>,
    /// In percent of their value; `None` if none were held, or if their value is unknown.
    pub yield_on_value: Option<Percentage>,
}

/// A single payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DividendPayment {
    /// Its id.
    pub transaction_id: TransactionId,
    /// The payment day.
    pub date: Day,
    /// The ex-date, if known: the first day on which a buyer is not entitled to it.
    pub ex_date: Option<Day>,
}

impl DividendRow {
    /// The amount received.
    #[must_use]
    pub fn net_amount(&self) -> Money {
        self.amount.minus(self.withholding).unwrap_or_default()
    }

    fn empty((currency, original): (Currency, Currency)) -> Self {
        Self {
            payment: None,
            portfolio: None,
            symbol: None,
            period: None,
            currency,
            original_currency: Some(original),
            payments: 0,
            amount: Money::ZERO,
            withholding: Money::ZERO,
            yielding: Money::ZERO,
            yield_on_cost: None,
            yield_on_value: None,
        }
    }

    fn add(&mut self, paid: &Paid) -> Result<(), TooLarge> {
        self.payments = self.payments.saturating_add(1);
        self.amount = self.amount.plus(paid.gross)?;
        self.withholding = self.withholding.plus(paid.withheld)?;
        self.original_currency = self.original_currency.filter(|known| *known == paid.row.currency);
        Ok(())
    }

    /// Sets the yields, given what was held.
    fn yielding(mut self, amount: Money, held: Held) -> Self {
        let on = |base: Money| amount.percentage_of(base).and_then(Result::ok);
        self.yielding = amount;
        self.yield_on_cost = on(held.cost_basis);
        self.yield_on_value = held.market_value.and_then(on);
        self
    }
}

/// The dividends that match a filter: payments by day and order of recording, stocks by symbol, periods
/// in order. The yields refer to what was held at the end of the day of a payment, at the end of a
/// period, or on the last day of the filter. In a report in one currency each payment is converted at
/// the rate of its day, or at the rate of its settlement or payment; the days of the rates are returned.
///
/// # Errors
/// If the portfolio or the stock is unknown, if a sum has more digits than a book can hold, if a rate is missing, or if
/// the book cannot be read.
pub fn dividends(
    reader: Reader<'_>,
    filter: &DividendsFilter,
    by: DividendsBy,
) -> Result<(Vec<DividendRow>, Vec<UsedRates>), AppError> {
    reader.at_one_moment(|| {
        let model = ReadModel::new(reader, Some(filter.to), None)?;
        model.know(&filter.portfolios)?;
        let stock = filter.symbol.as_ref().map(|symbol| model.stock(symbol)).transpose()?;
        let symbol = stock.as_ref().map(|stock| &stock.profile().symbol);
        let money = ReportCurrency::new(reader, filter.conversion)?;
        let timeline = Timeline::gather(model, symbol, &filter.portfolios, &money)?;
        let rows = rows(reader, filter, by, (symbol, &timeline, &money))?;
        Ok((rows, money.conclude()?))
    })
}

/// The rows of [`dividends`], given the timeline of a stock or of all stocks.
///
/// # Errors
/// If a sum has more digits than a book can hold, or if the book cannot be read.
pub(super) fn rows(
    reader: Reader<'_>,
    filter: &DividendsFilter,
    by: DividendsBy,
    (symbol, timeline, money): (Option<&Symbol>, &Timeline<'_>, &ReportCurrency<'_>),
) -> Result<Vec<DividendRow>, AppError> {
    let year = filter.to.months_before(YIELD_MONTHS).next();
    let wanted = filter.payments(symbol);
    let report = Report { reader, filter, money, timeline };
    match by {
        DividendsBy::Payment => report.payments(&wanted),
        DividendsBy::Symbol => report.stocks(&wanted, year),
        DividendsBy::Period(unit) => report.periods(&wanted, unit),
    }
}

/// The sum of all dividends that match a filter, in the currency of its report; `None` if there are none. It
/// has no yields, so it needs only the rates of the payments.
///
/// # Errors
/// As [`dividends`].
pub fn dividends_together(
    reader: Reader<'_>,
    filter: &DividendsFilter,
    conversion: Conversion,
) -> Result<(Option<DividendRow>, Vec<UsedRates>), AppError> {
    let stock = filter.symbol.as_ref().map(|symbol| ReadModel::of(reader).stock(symbol)).transpose()?;
    let wanted = filter.payments(stock.as_ref().map(|stock| &stock.profile().symbol));
    let money = ReportCurrency::new(reader, Some(conversion))?;
    let mut together: Option<DividendRow> = None;
    for_each_payment((reader, &money), &wanted, &mut |paid| {
        together.get_or_insert_with(|| DividendRow::empty((conversion.into, paid.row.currency))).add(&paid)?;
        Ok(())
    })?;
    Ok((together, money.conclude()?))
}

impl DividendsFilter {
    /// The filter for its transactions; `symbol` is the stock's present symbol.
    fn payments(&self, symbol: Option<&Symbol>) -> TransactionFilter {
        TransactionFilter {
            symbol: symbol.cloned(),
            transaction_type: Some(TransactionType::Dividend),
            from: self.from,
            to: Some(self.to),
            ..TransactionFilter::of(&self.portfolios)
        }
    }
}

fn for_each_payment(
    (reader, money): (Reader<'_>, &ReportCurrency<'_>),
    wanted: &TransactionFilter,
    take: &mut dyn FnMut(Paid) -> Result<(), AppError>,
) -> Result<(), AppError> {
    reader.transactions().for_each(wanted, &mut |row| {
        let of = (row.transaction_id, row.trade_date);
        let [gross, withheld] = [row.gross_amount().ok_or(TooLarge)?, row.withholding.unwrap_or_default()];
        let gross = money.moved(gross, row.currency, of)?;
        let withheld = money.moved(withheld, row.currency, of)?;
        take(Paid { row, gross, withheld })
    })
}

/// The data of the report.
struct Report<'f> {
    reader: Reader<'f>,
    filter: &'f DividendsFilter,
    money: &'f ReportCurrency<'f>,
    timeline: &'f Timeline<'f>,
}

/// A payment, with its amounts in the currency of the report.
struct Paid {
    row: TransactionRow,
    gross: Money,
    withheld: Money,
}

impl Report<'_> {
    fn for_each(
        &self,
        wanted: &TransactionFilter,
        take: &mut dyn FnMut(Paid) -> Result<(), AppError>,
    ) -> Result<(), AppError> {
        for_each_payment((self.reader, self.money), wanted, take)
    }

    fn empty(&self, paid: &Paid) -> DividendRow {
        DividendRow::empty((self.money.of(paid.row.currency), paid.row.currency))
    }

    fn payments(&self, wanted: &TransactionFilter) -> Result<Vec<DividendRow>, AppError> {
        let mut rows = Vec::new();
        self.for_each(wanted, &mut |it| {
            let paid = &it.row;
            let payment =
                DividendPayment { transaction_id: paid.transaction_id, date: paid.trade_date, ex_date: paid.ex_date };
            let mut row = DividendRow {
                payment: Some(payment),
                portfolio: Some(paid.portfolio.clone()),
                symbol: Some(paid.symbol.clone()),
                ..self.empty(&it)
            };
            row.add(&it)?;
            let held = self.timeline.of_position(&paid.symbol, &paid.portfolio, paid.trade_date)?;
            let amount = row.amount;
            rows.push(row.yielding(amount, held));
            Ok(())
        })?;
        Ok(rows)
    }

    fn stocks(&self, wanted: &TransactionFilter, year: Option<Day>) -> Result<Vec<DividendRow>, AppError> {
        let mut stocks: BTreeMap<Symbol, DividendRow> = BTreeMap::new();
        let mut recent: BTreeMap<Symbol, Money> = BTreeMap::new();
        // The twelve months of the yields may begin before the first requested day.
        let from = wanted.from.zip(year).map(|(from, year)| from.min(year));
        self.for_each(&TransactionFilter { from, ..wanted.clone() }, &mut |paid| {
            let (symbol, date) = (paid.row.symbol.clone(), paid.row.trade_date);
            if year.is_none_or(|year| year <= date) {
                let sum = recent.entry(symbol.clone()).or_default();
                *sum = sum.plus(paid.gross)?;
            }
            if wanted.from.is_none_or(|from| from <= date) {
                stocks.entry(symbol).or_insert_with(|| self.empty(&paid)).add(&paid)?;
            }
            Ok(())
        })?;
        let finished = |(symbol, row): (Symbol, DividendRow)| {
            let held = self.timeline.of_stock(&symbol, self.filter.to)?;
            let row = row.yielding(recent.get(&symbol).copied().unwrap_or_default(), held);
            Ok(DividendRow { portfolio: self.filter.portfolios.only().cloned(), symbol: Some(symbol), ..row })
        };
        stocks.into_iter().map(finished).collect()
    }

    fn periods(&self, wanted: &TransactionFilter, unit: CalendarUnit) -> Result<Vec<DividendRow>, AppError> {
        let mut periods: BTreeMap<(CalendarPeriod, Currency), DividendRow> = BTreeMap::new();
        self.for_each(wanted, &mut |paid| {
            let key = (CalendarPeriod::of(paid.row.trade_date, unit), self.money.of(paid.row.currency));
            periods.entry(key).or_insert_with(|| self.empty(&paid)).add(&paid)?;
            Ok(())
        })?;
        let finished = |((period, currency), row): ((CalendarPeriod, Currency), DividendRow)| {
            let last = period.last().min(self.filter.to);
            let held = self.timeline.in_currency(currency, &[last], &BTreeSet::new())?;
            let held = held.first().copied().unwrap_or(Held::NOTHING);
            let amount = row.amount;
            let (portfolio, symbol) = (self.filter.portfolios.only().cloned(), wanted.symbol.clone());
            Ok(DividendRow { period: Some(period), portfolio, symbol, ..row.yielding(amount, held) })
        };
        periods.into_iter().map(finished).collect()
    }
}
