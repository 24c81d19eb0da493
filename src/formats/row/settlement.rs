//! What a row was paid or settled with, in another currency than its own.

use super::currency::RowCurrency;
use super::security::currency;
use super::{Reading, Unread, missing};
use crate::domain::{Cash, Figure, Money, Side, excerpt};
use crate::formats::CurrencyMark;
use crate::formats::fault::Fault;
use crate::formats::table::Field;

impl Reading<'_> {
    /// The size of the cash of the whole row in the account's currency.
    pub(super) fn settled(&mut self) -> Result<Option<Cash>, Unread> {
        self.other_cash(Field::Settled, Field::SettledCurrency)
    }

    /// The same of a trade: tax that its cash has paid besides is no part of what it comes to.
    pub(super) fn settled_by(&mut self, side: Side) -> Result<Option<Cash>, Unread> {
        let Some(cash) = self.settled()? else { return Ok(None) };
        if !self.part.is_in_account_currency(Field::Tax) {
            return Ok(Some(cash));
        }
        let tax = self.number(Field::Tax)?.map_or(Figure::ZERO, |tax| tax.value.abs());
        let amount = match side {
            Side::Buy => Figure::from(cash.amount).minus(tax)?,
            Side::Sell => Figure::from(cash.amount).plus(tax)?,
        };
        Ok(Some(Cash { amount: Money::from(amount), ..cash }))
    }

    /// The size of a dividend before taxes in the currency in which it was paid.
    pub(super) fn paid(&mut self) -> Result<Option<Cash>, Unread> {
        self.other_cash(Field::Paid, Field::PaidCurrency)
    }

    /// An amount with a currency of its own. Tables of others have it in every row: there it says nothing new where
    /// that is the row's, or not known to be another.
    fn other_cash(&mut self, amount: Field, code: Field) -> Result<Option<Cash>, Unread> {
        let told = self.text(code).or(self.preamble.get(&code).map(String::as_str));
        let written = self.number(amount)?;
        let (code, written) = match (told, written) {
            (Some(code), Some(written)) => (code, written),
            (None, Some(_)) if self.part.is_own => return Err(missing("currency of an amount").into()),
            (Some(_), None) if self.part.is_own => return Err(missing("amount of a currency").into()),
            (_, _) => return Ok(None),
        };
        let RowCurrency { mark, is_in_hundredths } = currency(code)?;
        let Some(CurrencyMark::Code(currency)) = mark else {
            let fault = Fault::new("ambiguous_currency", format!("`{}` stands for several currencies", excerpt(code)));
            return Err(fault.with_hint("write the code in place of the sign").into());
        };
        let size = written.value.abs();
        let size = if is_in_hundredths { size.over(Figure::HUNDRED).transpose()?.unwrap_or(size) } else { size };
        let is_other = self.currency()?.mark.is_some_and(|own| !own.stands_for(currency)) && !size.is_zero();
        let cash = Cash { amount: Money::from(size), currency };
        Ok((self.part.is_own || is_other).then_some(cash))
    }
}
