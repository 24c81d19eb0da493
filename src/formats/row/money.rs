//! The money of a row.

use super::currency::RowCurrency;
use super::security::currency;
use super::{Reading, Told, Unread, Verdict, missing};
use crate::domain::{Fee, Figure, Money, Price, Side, excerpt};
use crate::formats::activity::{Activity, Deed, DividendTold};
use crate::formats::amounts::{Amount, Figures, Rate, Relation, Settlement, Unit};
use crate::formats::fault::Fault;
use crate::formats::numbers::Written;
use crate::formats::orders::OrderFee;
use crate::formats::table::{DividendIs, DividendsBy, Field, NotRecorded, PricesIn};

impl Reading<'_> {
    /// The money of a purchase or a sale.
    pub(super) fn money(&mut self, side: Side, quantity: Written) -> Result<Settlement, Unread> {
        let own = self.currency()?;
        let price = self.number(Field::Price)?;
        agrees(own, price)?;
        let rate = self.number(Field::Rate)?.filter(|rate| !rate.value.is_zero());
        let charged = self.charged()?;
        let is_open = self.leaves_fee_open(charged);
        let units = hundred(own.is_in_hundredths);
        let figures = Figures {
            side,
            quantity,
            price,
            price_units: hundred(own.is_in_hundredths || self.part.money.prices == PricesIn::Hundredths),
            rate_units: units,
            amount: self.amount(Field::Amount, own)?,
            gross: self.amount(Field::Gross, own)?,
            fees: if is_open { Vec::new() } else { self.amounts(Field::Fee, own)? },
            tax: self.amount(Field::Tax, own)?,
            rate,
        };
        let settlement = figures.settle(self.relation())?;
        Ok(Settlement { fee: settlement.fee.filter(|_| !is_open), ..settlement })
    }

    pub(super) fn relation(&self) -> Relation {
        let money = &self.part.money;
        Relation { amount: self.amount_is.unwrap_or(money.amount), fee: money.fee, rate: money.rate }
    }

    /// The first amount of a column.
    fn amount(&mut self, field: Field, own: RowCurrency) -> Result<Option<Amount>, Unread> {
        Ok(self.amounts(field, own)?.into_iter().next())
    }

    /// All amounts that a column adds up.
    fn amounts(&mut self, field: Field, own: RowCurrency) -> Result<Vec<Amount>, Unread> {
        let places = self.places;
        let Some(bound) = places.get(field) else { return Ok(Vec::new()) };
        let mut amounts = Vec::new();
        for (take, cell) in bound.each(&self.row.cells) {
            let Some(size) = self.number_in(take, cell)? else { continue };
            if size.value.is_zero() && field == Field::Fee {
                continue;
            }
            let unit = match take.currency(&self.row.cells) {
                // Of whose row the currency is not told, it may be another's.
                Some(_) if self.part.is_own && own.mark.is_none() => Unit::Account,
                Some(code) => unit(code, own)?,
                None if self.part.is_in_account_currency(field) && self.has_rate() => Unit::Account,
                None if own.is_in_hundredths => Unit::Hundredths,
                None => Unit::Trade,
            };
            if unit == Unit::Account && !self.has_rate() {
                let code = take.currency(&self.row.cells).unwrap_or_default();
                let known = own.mark.map_or("unknown".to_owned(), |mark| mark.to_string());
                let message =
                    format!("{} {} cannot be brought to {known}: the row has no rate", excerpt(cell), excerpt(code));
                return Err(Fault::new("no_rate", message).into());
            }
            amounts.push(Amount { size, unit });
        }
        Ok(amounts)
    }

    pub(super) fn has_rate(&self) -> bool {
        self.text(Field::Rate).is_some()
    }

    /// An amount of the row in its currency.
    fn converted(&mut self, amount: Amount, own: RowCurrency) -> Result<Figure, Unread> {
        let rate = self.number(Field::Rate)?.filter(|rate| !rate.value.is_zero());
        let rate = Rate { written: rate, way: self.part.money.rate, units: hundred(own.is_in_hundredths) };
        let size = rate.of(amount)?;
        Ok(if amount.size.value.is_negative() { size.negated() } else { size })
    }

    pub(super) fn summed(&mut self, field: Field, own: RowCurrency) -> Result<Option<Figure>, Unread> {
        let mut sum = None;
        for amount in self.amounts(field, own)? {
            let figure = self.converted(amount, own)?;
            sum = Some(sum.unwrap_or(Figure::ZERO).plus(figure)?);
        }
        Ok(sum)
    }

    /// A fee by itself.
    pub(super) fn fee(&mut self) -> Result<Option<Fee>, Unread> {
        let own = self.currency()?;
        let fee = self.summed(Field::Fee, own)?;
        Ok(fee.map(|fee| fee.abs().rounded(10).try_into()).transpose()?)
    }

    pub(super) fn dividend(&mut self) -> Result<Told, Unread> {
        let own = self.currency()?;
        let price = self.number(Field::Price)?;
        let by_share = match self.part.money.dividends_by {
            DividendsBy::Amount => None,
            DividendsBy::QuantityTimesPrice => self.number(Field::Quantity)?.zip(price),
        };
        let gross = match (self.summed(Field::Dividend, own)?, by_share) {
            (Some(gross), _) => Some(gross),
            (None, Some((quantity, price))) => {
                let product = quantity.value.abs().times(price.value)?;
                product.over(hundred(own.is_in_hundredths)).transpose()?
            }
            (None, None) => self.summed(Field::Amount, own)?,
        };
        let gross = gross.ok_or_else(|| missing("amount of the dividend"))?;
        // The tax goes the way of the dividend: of one that is taken back it comes back too.
        let withheld = self.summed(Field::Withholding, own)?.unwrap_or(Figure::ZERO).abs();
        let withheld = if gross.is_negative() { withheld.negated() } else { withheld };
        let amount = match self.part.money.dividend {
            DividendIs::Gross => gross,
            DividendIs::Net => gross.plus(withheld)?,
        };
        let (amount, withholding) = (Money::from(amount), Money::from(withheld));
        // What brokers round to nothing is nothing in every currency.
        let is_told = self.part.is_own || !amount.is_zero();
        let settled = self.settled()?.filter(|_| is_told).map(|cash| cash.signed_as(amount));
        let paid = self.paid()?.filter(|_| is_told).map(|cash| cash.signed_as(amount));
        let ex_date = self.text(Field::ExDate).map(str::parse).transpose()?;
        let told = DividendTold { amount, withholding, settled, paid, ex_date };
        Ok(Told::Dividend(self.activity(Deed::Dividend(told))?))
    }

    pub(super) fn withholding(&mut self) -> Result<Told, Unread> {
        let own = self.currency()?;
        let withheld = match self.summed(Field::Withholding, own)? {
            Some(withheld) => withheld.abs(),
            // The cash that went out, or came back.
            None => self.summed(Field::Amount, own)?.ok_or_else(|| missing("amount"))?.negated(),
        };
        let amount = Money::from(withheld);
        let settled = self.settled()?.map(|cash| cash.signed_as(amount));
        Ok(Told::Withholding(self.activity(Deed::Withholding { amount, settled })?))
    }

    /// A fee of the order whose id the row bears; without one it is any fee.
    pub(super) fn trade_fee(&mut self) -> Result<Verdict, Unread> {
        let own = self.currency()?;
        let Some(id) = self.text(Field::Id) else { return Ok(Verdict::NotRecorded(NotRecorded::FEE)) };
        // The cash that went out, or came back.
        let amount = self.summed(Field::Amount, own)?.ok_or_else(|| missing("amount"))?.negated();
        let fee = OrderFee { line: self.row.line, id: id.parse()?, amount, currency: own.mark };
        Ok(Verdict::Told(Told::Fee(Box::new(fee))))
    }

    pub(super) fn price(&mut self) -> Result<Verdict, Unread> {
        let Some(written) = self.number(Field::Price)? else { return Ok(Verdict::Footer) };
        let own = self.currency()?;
        let price = written.value.over(hundred(own.is_in_hundredths)).transpose()?.unwrap_or(written.value);
        // A history may have any number of places.
        let price: Price = price.rounded(10).try_into()?;
        let mut activity = self.activity(Deed::Price(price))?;
        activity.currency = activity.currency.or(written.mark);
        Ok(Verdict::Told(Told::Whole(activity)))
    }

    pub(super) fn rate(&mut self) -> Result<Verdict, Unread> {
        let Some(rate) = self.number(Field::Rate)? else { return Ok(Verdict::Footer) };
        let [base, quote] = [Field::Base, Field::Quote].map(|field| self.text(field));
        let (Some(base), Some(quote)) = (base, quote) else { return Err(missing("currency").into()) };
        let deed = Deed::Rate { base: excerpt(base), quote: excerpt(quote), rate: rate.value };
        let when = self.when()?.ok_or_else(|| missing("date"))?;
        let activity = Box::new(Activity::of_no_stock(self.row.line, when, deed));
        Ok(Verdict::Told(Told::Whole(activity)))
    }

    pub(super) fn position(&mut self) -> Result<Verdict, Unread> {
        let quantity = self.required_number(Field::Quantity)?.value;
        let own = self.currency()?;
        let cost = self.summed(Field::Cost, own)?.map(Money::from);
        // What is no price says nothing of what is held.
        let price = self.per_share(Field::Price).ok().flatten();
        let when = self.when()?;
        let activity = self.of_day(when, Deed::Position { quantity, cost, price })?;
        Ok(Verdict::Told(Told::Whole(activity)))
    }
}

pub(super) fn hundred(is_in_hundredths: bool) -> Figure {
    if is_in_hundredths { Figure::HUNDRED } else { Figure::ONE }
}

/// The mark on a number must be that of the row's currency.
fn agrees(own: RowCurrency, number: Option<Written>) -> Result<(), Fault> {
    let marks = number.and_then(|number| number.mark).zip(own.mark);
    match marks.filter(|(marked, known)| known.and(*marked).is_none()) {
        None => Ok(()),
        Some((marked, known)) => {
            Err(Fault::new("currency_mismatch", format!("the price is in {marked}, the row in {known}"))
                .with_hint("all figures of a row must be in one currency"))
        }
    }
}

/// What an amount is in whose currency stands beside it.
fn unit(code: &str, own: RowCurrency) -> Result<Unit, Fault> {
    let RowCurrency { mark, is_in_hundredths } = currency(code)?;
    let is_same = mark.zip(own.mark).is_none_or(|(mark, own)| mark.and(own).is_some());
    Ok(match (is_same, is_in_hundredths) {
        (true, false) => Unit::Trade,
        (true, true) => Unit::Hundredths,
        (false, _) => Unit::Account,
    })
}
