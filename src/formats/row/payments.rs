//! Dividends, the taxes on them, and fees.

use super::money::hundred;
use super::{Meaning, Reading, Unread, Verdict, missing};
use crate::domain::{Figure, Money};
use crate::formats::activity::{Action, DividendDetails};
use crate::formats::orders::{OrderCash, Purpose};
use crate::formats::table::{DividendIs, DividendsBy, Field, NotRecorded};

impl Reading<'_> {
    pub(super) fn dividend(&mut self) -> Result<Meaning, Unread> {
        let own = self.money.currency()?;
        let price = self.money.cells.number(Field::Price)?;
        let by_share = match self.money.cells.part.money.dividends_by {
            DividendsBy::Amount => None,
            DividendsBy::QuantityTimesPrice => self.money.cells.number(Field::Quantity)?.zip(price),
        };
        let gross = match (self.money.summed(Field::Dividend, own)?, by_share) {
            (Some(gross), _) => Some(gross),
            (None, Some((quantity, price))) => {
                let product = quantity.value.abs().times(price.value)?;
                product.over(hundred(own.is_in_hundredths)).transpose()?
            }
            (None, None) => self.money.summed(Field::Amount, own)?,
        };
        let gross = gross.ok_or_else(|| missing("amount of the dividend"))?;
        // The tax follows the dividend: if the dividend is reversed, so is the tax.
        let withheld = self.money.summed(Field::Withholding, own)?.unwrap_or(Figure::ZERO).abs();
        let withheld = if gross.is_negative() { withheld.negated() } else { withheld };
        let amount = match self.money.cells.part.money.dividend {
            DividendIs::Gross => gross,
            DividendIs::Net => gross.plus(withheld)?,
        };
        let (amount, withholding) = (Money::from(amount), Money::from(withheld));
        // An amount that the broker rounds to zero is zero in every currency.
        let is_stated = self.money.cells.part.is_own || !amount.is_zero();
        let settled = self.money.settled()?.filter(|_| is_stated).map(|cash| cash.signed_as(amount));
        let paid = self.money.paid()?.filter(|_| is_stated).map(|cash| cash.signed_as(amount));
        let ex_date = self.money.cells.text(Field::ExDate).map(str::parse).transpose()?;
        let details = DividendDetails { amount, withholding, settled, paid, ex_date, exchanged: None };
        Ok(Meaning::Dividend(self.activity(Action::Dividend(details))?))
    }

    pub(super) fn withholding(&mut self) -> Result<Meaning, Unread> {
        let own = self.money.currency()?;
        let withheld = match self.money.summed(Field::Withholding, own)? {
            Some(withheld) => withheld.abs(),
            // A charge is negative, a refund positive.
            None => self.money.summed(Field::Amount, own)?.ok_or_else(|| missing("amount"))?.negated(),
        };
        let amount = Money::from(withheld);
        let settled = self.money.settled()?.map(|cash| cash.signed_as(amount));
        Ok(Meaning::Withholding(self.activity(Action::Withholding { amount, settled })?))
    }

    /// An amount of the order with the row's id; without an id it is an ordinary fee or exchange.
    pub(super) fn order_cash(&mut self, purpose: Purpose) -> Result<Verdict, Unread> {
        let own = self.money.currency()?;
        let Some(id) = self.money.cells.text(Field::Id) else {
            return Ok(Verdict::NotRecorded(match purpose {
                Purpose::Fee => NotRecorded::FEE,
                Purpose::Exchange => NotRecorded::FX,
            }));
        };
        // A charge is negative, a refund positive.
        let amount = self.money.summed(Field::Amount, own)?.ok_or_else(|| missing("amount"))?.negated();
        let (line, currency) = (self.money.cells.row.line, own.mark);
        Ok(Verdict::Means(Meaning::OrderCash(Box::new(OrderCash { line, id: id.parse()?, purpose, amount, currency }))))
    }
}
