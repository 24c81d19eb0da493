//! Purchases and sales, and their reversals.

use super::{Meaning, Reading, Unread, missing};
use crate::domain::{Consideration, Figure, Quantity, Side};
use crate::formats::activity::{Action, TradeDetails};
use crate::formats::fault::Fault;
use crate::formats::numbers::Written;
use crate::formats::table::{Field, IdIs};

impl Reading<'_> {
    /// A trade; `side` is `None` if the sign of the quantity decides.
    pub(super) fn trade(&mut self, side: Option<Side>, reinvested: bool) -> Result<Meaning, Unread> {
        let written = self.money.cells.required_number(Field::Quantity)?;
        if side == Some(Side::Buy) {
            self.is_no_reversal(written.value)?;
        }
        let side = side.unwrap_or(if written.value.is_negative() { Side::Sell } else { Side::Buy });
        let trade = self.trade_details(side, written)?;
        let activity = self.activity(Action::Trade(TradeDetails { reinvested, ..trade }))?;
        let is_of_order = self.money.cells.part.id_is == IdIs::Order && activity.id.is_some();
        Ok(if is_of_order { Meaning::Fill(activity) } else { Meaning::Whole(activity) })
    }

    /// The reversal of a trade; without a side, of one whose quantity has the opposite sign.
    pub(super) fn cancelled(&mut self, side: Option<Side>) -> Result<Meaning, Unread> {
        let written = self.money.cells.required_number(Field::Quantity)?;
        let side = side.unwrap_or(if written.value.is_negative() { Side::Buy } else { Side::Sell });
        let trade = self.trade_details(side, written)?;
        Ok(Meaning::Whole(self.activity(Action::Cancelled(trade))?))
    }

    /// A purchase that removes shares and brings in cash is the reversal of a purchase.
    fn is_no_reversal(&mut self, shares: Figure) -> Result<(), Unread> {
        let amount = self.money.cells.number(Field::Amount)?.map_or(Figure::ZERO, |amount| amount.value);
        if !shares.is_negative() || amount <= Figure::ZERO {
            return Ok(());
        }
        let message = "the signs of quantity and amount are contrary to those of a purchase";
        let hint = "if it takes a purchase back, leave both rows out, or void that with `stockbook void`";
        Err(Fault::new("contrary_signs", message).with_hint(hint).into())
    }

    fn trade_details(&mut self, side: Side, written: Written) -> Result<TradeDetails, Unread> {
        let quantity: Quantity = written.value.abs().try_into()?;
        let money = self.money.figures(side, written)?;
        let consideration = match (money.amount, money.price) {
            (Some(amount), _) => Consideration::Amount(amount),
            (None, Some(price)) => Consideration::Price(price),
            (None, None) => return Err(missing("price").into()),
        };
        let (settled, charged) = (self.money.settled_by(side)?, self.money.charged()?);
        let lots = self.money.cells.text(Field::Lot).map(str::to_owned);
        let as_of = match (side, self.money.cells.text(Field::AsOf)) {
            (Side::Sell, Some(day)) => Some(day.parse()?),
            (Side::Sell, None) | (Side::Buy, _) => None,
        };
        let (price, fee) = (money.price, money.fee);
        Ok(TradeDetails { side, reinvested: false, quantity, consideration, price, fee, settled, charged, lots, as_of })
    }
}
