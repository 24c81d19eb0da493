//! The money of a row.

use super::cells::{Cells, Unread};
use super::currency::RowCurrency;
use super::security::currency;
use crate::domain::{Consideration, Fee, Figure, Money, Price, Side, excerpt};
use crate::formats::CurrencyMark;
use crate::formats::amounts::{Amount, Figures, Rate, Relation, Settlement, Unit};
use crate::formats::fault::Fault;
use crate::formats::numbers::Written;
use crate::formats::table::{AmountIs, Field, PricesIn};

/// The money of a row, in the currency of its figures.
pub(super) struct RowMoney<'r> {
    pub(super) cells: Cells<'r>,
    /// What the amount of this row includes, if that differs from the rest of the table.
    pub(super) amount_is: Option<AmountIs>,
    /// The unit of its figures, once determined.
    pub(super) own: Option<RowCurrency>,
}

impl RowMoney<'_> {
    /// The unit of the row's figures, determined on first use.
    pub(super) fn currency(&mut self) -> Result<RowCurrency, Unread> {
        if let Some(known) = self.own {
            return Ok(known);
        }
        let found = self.find_currency()?;
        Ok(*self.own.insert(found))
    }

    pub(super) fn find_currency(&self) -> Result<RowCurrency, Unread> {
        let code = self.cells.text(Field::Currency).or(self.cells.preamble.get(&Field::Currency).map(String::as_str));
        let of_table =
            || RowCurrency { mark: self.cells.part.currency.map(CurrencyMark::Code), is_in_hundredths: false };
        code.map_or_else(|| Ok(of_table()), |code| Ok(currency(code)?))
    }

    /// The money of a purchase or a sale.
    pub(super) fn figures(&mut self, side: Side, quantity: Written) -> Result<Settlement, Unread> {
        let own = self.currency()?;
        let price = self.cells.number(Field::Price)?;
        agrees(own, price)?;
        let rate = self.cells.number(Field::Rate)?.filter(|rate| !rate.value.is_zero());
        let charged = self.charged()?;
        let is_open = self.leaves_fee_open(charged);
        let units = hundred(own.is_in_hundredths);
        let figures = Figures {
            side,
            quantity,
            price,
            price_units: hundred(own.is_in_hundredths || self.cells.part.money.prices == PricesIn::Hundredths),
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
        let money = &self.cells.part.money;
        Relation { amount: self.amount_is.unwrap_or(money.amount), fee: money.fee, rate: money.rate }
    }

    /// The first amount in a column.
    pub(super) fn amount(&mut self, field: Field, own: RowCurrency) -> Result<Option<Amount>, Unread> {
        Ok(self.amounts(field, own)?.into_iter().next())
    }

    /// All amounts that a column sums up.
    pub(super) fn amounts(&mut self, field: Field, own: RowCurrency) -> Result<Vec<Amount>, Unread> {
        let places = self.cells.places;
        let Some(bound) = places.get(field) else { return Ok(Vec::new()) };
        let mut amounts = Vec::new();
        for (take, cell) in bound.each(&self.cells.row.cells) {
            let Some(size) = self.cells.number_in(take, cell)? else { continue };
            if size.value.is_zero() && field == Field::Fee {
                continue;
            }
            let unit = match take.currency(&self.cells.row.cells) {
                // Without a currency on the row, the amount may be in another one.
                Some(_) if self.cells.part.is_own && own.mark.is_none() => Unit::Account,
                Some(code) => unit(code, own)?,
                None if self.cells.part.is_in_account_currency(field)
                    && (self.has_rate() || self.is_account_in_other(own)?) =>
                {
                    Unit::Account
                }
                None if own.is_in_hundredths => Unit::Hundredths,
                None => Unit::Trade,
            };
            if unit == Unit::Account && !self.has_rate() {
                let code = take.currency(&self.cells.row.cells).or(self.account_code()).unwrap_or_default();
                let known = own.mark.map_or("unknown".to_owned(), |mark| mark.to_string());
                let message =
                    format!("{} {} cannot be brought to {known}: the row has no rate", excerpt(cell), excerpt(code));
                return Err(Fault::new("no_rate", message).into());
            }
            amounts.push(Amount { size, unit });
        }
        Ok(amounts)
    }

    /// Whether the account is known to be in another currency than the row.
    fn is_account_in_other(&self, own: RowCurrency) -> Result<bool, Fault> {
        let account = self.account_code().map(currency).transpose()?;
        let marks = account.and_then(|account| account.mark).zip(own.mark);
        Ok(marks.is_some_and(|(account, own)| account.and(own).is_none()))
    }

    pub(super) fn has_rate(&self) -> bool {
        self.cells.text(Field::Rate).is_some()
    }

    /// An amount of the row, converted to its currency.
    pub(super) fn converted(&mut self, amount: Amount, own: RowCurrency) -> Result<Figure, Unread> {
        let rate = self.cells.number(Field::Rate)?.filter(|rate| !rate.value.is_zero());
        let rate = Rate { written: rate, way: self.cells.part.money.rate, units: hundred(own.is_in_hundredths) };
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

    /// A fee in a row of its own.
    pub(super) fn fee(&mut self) -> Result<Option<Fee>, Unread> {
        let own = self.currency()?;
        let fee = self.summed(Field::Fee, own)?;
        Ok(fee.map(|fee| fee.abs().rounded(10).try_into()).transpose()?)
    }

    /// The value, distribution or cost per share.
    pub(super) fn per_share(&mut self, field: Field) -> Result<Option<Price>, Unread> {
        let Some(number) = self.cells.number(field)? else { return Ok(None) };
        let units = hundred(self.currency()?.is_in_hundredths);
        let price = number.value.over(units).transpose()?.unwrap_or(number.value);
        Ok(Some(price.try_into()?))
    }

    /// The cost of shares received.
    pub(super) fn cost(&mut self, quantity: Written) -> Result<Option<Consideration>, Unread> {
        if let Some(cost) = self.cells.number(Field::Cost)? {
            return Ok(Some(Consideration::Amount(Money::from(cost.value.abs()))));
        }
        let money = self.figures(Side::Buy, quantity)?;
        Ok(money.amount.map(Consideration::Amount).or(money.price.map(Consideration::Price)))
    }
}

pub(super) fn hundred(is_in_hundredths: bool) -> Figure {
    if is_in_hundredths { Figure::HUNDRED } else { Figure::ONE }
}

/// Checks that the mark on a number agrees with the row's currency.
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

/// The unit of an amount whose currency stands beside it.
fn unit(code: &str, own: RowCurrency) -> Result<Unit, Fault> {
    let RowCurrency { mark, is_in_hundredths } = currency(code)?;
    let is_same = mark.zip(own.mark).is_none_or(|(mark, own)| mark.and(own).is_some());
    Ok(match (is_same, is_in_hundredths) {
        (true, false) => Unit::Trade,
        (true, true) => Unit::Hundredths,
        (false, _) => Unit::Account,
    })
}
