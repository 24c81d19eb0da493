//! Prices, exchange rates and positions.

use super::money::hundred;
use super::{Meaning, Reading, Unread, Verdict, missing};
use crate::domain::{Money, Price};
use crate::formats::activity::{Action, Activity};
use crate::formats::table::Field;

impl Reading<'_> {
    pub(super) fn price(&mut self) -> Result<Verdict, Unread> {
        let Some(written) = self.money.cells.number(Field::Price)? else { return Ok(Verdict::Footer) };
        let own = self.money.currency()?;
        let price = written.value.over(hundred(own.is_in_hundredths)).transpose()?.unwrap_or(written.value);
        // Prices of a history may have any number of places.
        let price: Price = price.rounded(10).try_into()?;
        let mut activity = self.activity(Action::Price(price))?;
        // Unlike brokers' files, these contain no options or bonds: any symbol is taken as it is.
        let security = &mut activity.security;
        security.symbol = security.symbol.take().or_else(|| security.label.as_ref()?.parse().ok());
        activity.currency = activity.currency.or(written.mark);
        Ok(Verdict::Means(Meaning::Whole(activity)))
    }

    pub(super) fn rate(&mut self) -> Result<Verdict, Unread> {
        let Some(rate) = self.money.cells.number(Field::Rate)? else { return Ok(Verdict::Footer) };
        let [base, quote] = [Field::Base, Field::Quote].map(|field| self.money.cells.text(field));
        let (Some(base), Some(quote)) = (base, quote) else { return Err(missing("currency").into()) };
        let currencies = base.parse().and_then(|base| Ok([base, quote.parse()?]));
        let action = Action::Rate { currencies, rate: rate.value };
        let when = self.money.cells.when()?.ok_or_else(|| missing("date"))?;
        let activity = Box::new(Activity::of_no_stock(self.money.cells.row.line, when, action));
        Ok(Verdict::Means(Meaning::Whole(activity)))
    }

    pub(super) fn position(&mut self) -> Result<Verdict, Unread> {
        let quantity = self.money.cells.required_number(Field::Quantity)?.value;
        let own = self.money.currency()?;
        let cost = self.money.summed(Field::Cost, own)?.map(Money::from);
        // An unusable price does not invalidate the position.
        let price = self.money.per_share(Field::Price).ok().flatten();
        let when = self.money.cells.when()?;
        let activity = self.of_day(when, Action::Position { quantity, cost, price })?;
        Ok(Verdict::Means(Meaning::Whole(activity)))
    }
}
