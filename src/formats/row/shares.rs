//! Splits, lots from before, and shares that come and go.

use super::{Half, Reading, Told, Unread};
use crate::domain::{Consideration, Figure, Money, Quantity, Side, SplitTerms, excerpt};
use crate::formats::activity::{Deed, OpeningTold, SplitTold};
use crate::formats::fault::Fault;
use crate::formats::numbers::Written;
use crate::formats::table::Field;

impl Reading<'_> {
    pub(super) fn split(&mut self, split: SplitTold, half: Half) -> Result<Told, Unread> {
        Ok(Told::Split(self.activity(Deed::Split(split))?, half))
    }

    /// The ratio of a split: `10:1`, `10-for-1`, `10 for 1`, or so many for one.
    pub(super) fn terms(&mut self) -> Result<Option<SplitTerms>, Unread> {
        let Some(cell) = self.text(Field::Ratio) else { return Ok(None) };
        let mut terms = cell.split(|c: char| !(c.is_ascii_digit() || c == '.')).filter(|term| !term.is_empty());
        let told = (terms.next(), terms.next(), terms.next());
        let (Some(new), old, None) = told else {
            return Err(Fault::new("invalid_ratio", format!("`{}` is not a split ratio", excerpt(cell))).into());
        };
        Ok(Some(format!("{new}:{}", old.unwrap_or("1")).parse()?))
    }

    pub(super) fn opening(&mut self) -> Result<OpeningTold, Unread> {
        let written = self.required_number(Field::Quantity)?;
        let quantity: Quantity = written.value.abs().try_into()?;
        let cost = self.cost(written)?.ok_or_else(|| self.without_a_cost())?;
        let as_of = match self.text(Field::AsOf) {
            Some(day) => Some(day.parse()?),
            None => self.when()?.map(|when| when.day),
        };
        let (settled, charged) = (self.settled()?, self.charged()?);
        let fee = if self.leaves_fee_open(charged) { None } else { self.fee()? };
        Ok(OpeningTold { quantity, cost, fee, as_of, settled, charged })
    }

    /// Shares that were given: they cost what each was worth, where the row says that.
    pub(super) fn vest(&mut self) -> Result<Told, Unread> {
        let quantity = self.quantity()?;
        let price = self.number(Field::Price)?.filter(|price| !price.value.is_zero());
        let price = price.ok_or_else(|| self.without_a_cost())?;
        let as_of = self.when()?.map(|when| when.day);
        let cost = Consideration::Price(price.value.abs().try_into()?);
        let opening = OpeningTold { quantity, cost, fee: None, as_of, settled: None, charged: None };
        Ok(Told::Whole(self.activity(Deed::Opening(opening))?))
    }

    /// What shares that came in had cost.
    pub(super) fn cost(&mut self, quantity: Written) -> Result<Option<Consideration>, Unread> {
        if let Some(cost) = self.number(Field::Cost)? {
            return Ok(Some(Consideration::Amount(Money::from(cost.value.abs()))));
        }
        let money = self.money(Side::Buy, quantity)?;
        Ok(money.amount.map(Consideration::Amount).or(money.price.map(Consideration::Price)))
    }

    pub(super) fn transfer(&mut self, direction: Option<Side>) -> Result<Told, Unread> {
        let written = self.required_number(Field::Quantity)?;
        let shares = written.value.abs();
        let signed = match direction {
            Some(Side::Buy) => shares,
            Some(Side::Sell) => shares.negated(),
            None => written.value,
        };
        let quantity: Quantity = shares.try_into()?;
        let cost = if signed.is_negative() { None } else { self.cost(written)? };
        let zero = |cost: &Consideration| match cost {
            Consideration::Price(price) => Figure::from(*price).is_zero(),
            Consideration::Amount(amount) => amount.is_zero(),
        };
        let to = self.text(Field::To).map(str::parse).transpose()?;
        let lots = self.text(Field::Lot).map(str::to_owned);
        let activity = self.activity(Deed::TransferOut { quantity, to, lots })?;
        Ok(Told::Transfer(activity, signed, cost.filter(|cost| !zero(cost))))
    }

    /// The refusal of shares whose cost is not given.
    pub(super) fn without_a_cost(&self) -> Fault {
        let [quantity, stock] = [Field::Quantity, Field::Symbol].map(|field| self.text(field).unwrap_or_default());
        let message =
            format!("{} {} arrive without a price: their cost has to be given", excerpt(quantity), excerpt(stock));
        Fault::new("cost_unknown", message)
            .with_hint("record them with `stockbook buy` at what they cost (or their value when they were given) and leave the row out with --skip-unknown")
    }
}
