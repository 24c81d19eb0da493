//! Amounts paid or settled in a currency other than the row's.

use super::cells::{Unread, missing};
use super::currency::RowCurrency;
use super::money::{RowMoney, hundred};
use super::security::currency;
use crate::domain::{Cash, Figure, Money, Side, excerpt};
use crate::formats::CurrencyMark;
use crate::formats::exchanges::Moved;
use crate::formats::fault::Fault;
use crate::formats::table::{AmountIs, Field};

impl RowMoney<'_> {
    /// The net cash of the row in the account's currency, without its sign.
    pub(super) fn settled(&mut self) -> Result<Option<Cash>, Unread> {
        self.other_cash(Field::Settled, Field::SettledCurrency)
    }

    /// The same for a trade, excluding taxes that its cash includes.
    pub(super) fn settled_by(&mut self, side: Side) -> Result<Option<Cash>, Unread> {
        let Some(cash) = self.settled()? else { return Ok(None) };
        if !self.cells.part.is_in_account_currency(Field::Tax) {
            return Ok(Some(cash));
        }
        let tax = self.cells.number(Field::Tax)?.map_or(Figure::ZERO, |tax| tax.value.abs());
        let amount = match side {
            Side::Buy => Figure::from(cash.amount).minus(tax)?,
            Side::Sell => Figure::from(cash.amount).plus(tax)?,
        };
        Ok(Some(Cash { amount: Money::from(amount), ..cash }))
    }

    /// The gross amount of a dividend in the currency in which it was paid.
    pub(super) fn paid(&mut self) -> Result<Option<Cash>, Unread> {
        self.other_cash(Field::Paid, Field::PaidCurrency)
    }

    /// The fee as charged, if all of it was in one other currency: from a column of its own, or from the fee's column.
    pub(super) fn charged(&mut self) -> Result<Option<Cash>, Unread> {
        if let Some(charged) = self.other_cash(Field::Charged, Field::ChargedCurrency)? {
            return Ok(Some(charged));
        }
        let (places, own) = (self.cells.places, self.currency()?);
        let Some(bound) = places.get(Field::Fee) else { return Ok(None) };
        let mut sum: Option<Cash> = None;
        for (take, cell) in bound.each(&self.cells.row.cells) {
            let Some(size) = self.cells.number_in(take, cell)?.filter(|size| !size.value.is_zero()) else { continue };
            let Some(code) = take.currency(&self.cells.row.cells).or_else(|| self.account_currency()) else {
                return Ok(None);
            };
            let RowCurrency { mark: Some(CurrencyMark::Code(currency)), is_in_hundredths } = currency(code)? else {
                return Ok(None);
            };
            if own.mark.map_or(!self.cells.part.is_own, |own| own.stands_for(currency)) {
                return Ok(None);
            }
            let size = size.value.over(hundred(is_in_hundredths)).transpose()?.unwrap_or(size.value);
            let cash = Cash { amount: Money::from(size.abs()), currency };
            sum = match sum {
                Some(sum) => match sum.plus(cash) {
                    Some(sum) => Some(sum),
                    None => return Ok(None),
                },
                None => Some(cash),
            };
        }
        Ok(sum)
    }

    /// The currency of a fee without one of its own, if the table has fees in the account's currency.
    pub(super) fn account_currency(&self) -> Option<&str> {
        self.cells.part.is_in_account_currency(Field::Fee).then(|| self.account_code()).flatten()
    }

    /// The account's currency, if the row or the file states it.
    pub(super) fn account_code(&self) -> Option<&str> {
        let code = self.cells.text(Field::SettledCurrency);
        code.or(self.cells.preamble.get(&Field::SettledCurrency).map(String::as_str))
    }

    /// Whether a fee in another currency may stay unconverted: because the row has no rate and needs none,
    /// and does not have both amounts.
    pub(super) fn leaves_fee_open(&self, charged: Option<Cash>) -> bool {
        let has_both = [Field::Charged, Field::Fee].iter().all(|field| self.cells.text(*field).is_some());
        charged.is_some() && !has_both && !self.has_rate() && self.relation().amount == AmountIs::Gross
    }

    /// One side of an exchange of currencies; `None` if its currency is not known.
    pub(super) fn exchanged(&mut self) -> Result<Option<Moved>, Unread> {
        let own = self.currency()?;
        let Some(CurrencyMark::Code(currency)) = own.mark else { return Ok(None) };
        let amount = self.summed(Field::Amount, own)?.ok_or_else(|| missing("amount"))?;
        let when = self.cells.when()?.ok_or_else(|| missing("date"))?;
        Ok(Some(Moved { when, amount, currency }))
    }

    /// An amount with a currency of its own. In brokers' files every row may have one, so it is ignored if the
    /// currency is the row's, or if the row's is unknown.
    pub(super) fn other_cash(&mut self, amount: Field, code: Field) -> Result<Option<Cash>, Unread> {
        let stated = self.cells.text(code).or(self.cells.preamble.get(&code).map(String::as_str));
        let written = self.cells.number(amount)?;
        let (code, written) = match (stated, written) {
            (Some(code), Some(written)) => (code, written),
            (None, Some(_)) if self.cells.part.is_own => return Err(missing("currency of an amount").into()),
            (Some(_), None) if self.cells.part.is_own => return Err(missing("amount of a currency").into()),
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
        Ok((self.cells.part.is_own || is_other).then_some(cash))
    }
}
