//! Splits, opening lots and movements of shares.

use super::{Half, Meaning, Reading, Unread};
use crate::domain::{Consideration, Day, Figure, Quantity, Side, excerpt};
use crate::formats::activity::{Action, OpeningDetails, SplitDetails};
use crate::formats::fault::Fault;
use crate::formats::table::Field;

impl Reading<'_> {
    pub(super) fn split(&mut self, split: SplitDetails, half: Half) -> Result<Meaning, Unread> {
        Ok(Meaning::Split(self.activity(Action::Split(split))?, half))
    }

    pub(super) fn opening(&mut self) -> Result<OpeningDetails, Unread> {
        let written = self.money.cells.required_number(Field::Quantity)?;
        let quantity: Quantity = written.value.abs().try_into()?;
        let cost = self.money.cost(written)?.ok_or_else(|| self.without_a_cost())?;
        let as_of = match self.money.cells.text(Field::AsOf) {
            Some(day) => {
                let day: Day = day.parse()?;
                day.not_after(self.money.cells.options.today)?;
                Some(day)
            }
            None => self.money.cells.when()?.map(|when| when.day),
        };
        let (settled, charged) = (self.money.settled()?, self.money.charged()?);
        let fee = if self.money.leaves_fee_open(charged) { None } else { self.money.fee()? };
        Ok(OpeningDetails { quantity, cost, fee, as_of, settled, charged, is_transferred: false })
    }

    /// Shares received as a gift or award: they cost their value, if the row states it.
    pub(super) fn vest(&mut self) -> Result<Meaning, Unread> {
        let quantity = self.money.cells.quantity()?;
        let price = self.money.cells.number(Field::Price)?.filter(|price| !price.value.is_zero());
        let price = price.ok_or_else(|| self.without_a_cost())?;
        let as_of = self.money.cells.when()?.map(|when| when.day);
        let cost = Consideration::Price(price.value.abs().try_into()?);
        let (fee, settled, charged) = (None, None, None);
        let opening = OpeningDetails { quantity, cost, fee, as_of, settled, charged, is_transferred: false };
        Ok(Meaning::Whole(self.activity(Action::Opening(opening))?))
    }

    pub(super) fn transfer(&mut self, direction: Option<Side>) -> Result<Meaning, Unread> {
        let written = self.money.cells.required_number(Field::Quantity)?;
        let shares = written.value.abs();
        let signed = match direction {
            Some(Side::Buy) => shares,
            Some(Side::Sell) => shares.negated(),
            None => written.value,
        };
        let quantity: Quantity = shares.try_into()?;
        let cost = if signed.is_negative() { None } else { self.money.cost(written)? };
        let zero = |cost: &Consideration| match cost {
            Consideration::Price(price) => Figure::from(*price).is_zero(),
            Consideration::Amount(amount) => amount.is_zero(),
        };
        let to = self.money.cells.text(Field::To).map(str::parse).transpose()?;
        let lots = self.money.cells.text(Field::Lot).map(str::to_owned);
        let activity = self.activity(Action::TransferOut { quantity, to, lots })?;
        Ok(Meaning::Transfer(activity, signed, cost.filter(|cost| !zero(cost))))
    }

    /// The refusal of shares whose cost is unknown.
    pub(super) fn without_a_cost(&self) -> Fault {
        let [quantity, stock] =
            [Field::Quantity, Field::Symbol].map(|field| self.money.cells.text(field).unwrap_or_default());
        let message =
            format!("{} {} arrive without a price: their cost has to be given", excerpt(quantity), excerpt(stock));
        Fault::new("cost_unknown", message)
            .with_hint("record them with `stockbook buy` at what they cost (or their value when they were given) and leave the row out with --skip-unknown")
    }
}
