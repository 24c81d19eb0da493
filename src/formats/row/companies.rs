//! Corporate actions other than splits.

use super::{Meaning, Reading, Unread, missing};
use crate::domain::{
    ConversionKind, ConversionTerms, CostAdjustmentKind, ExchangeRule, Fee, Figure, Money, Price, excerpt,
};
use crate::formats::activity::{Action, ConversionDetails, CorporateActionDetails, RatioIs};
use crate::formats::fault::Fault;
use crate::formats::reorganizing::{Reorganized, Way};
use crate::formats::table::Field;

impl Reading<'_> {
    pub(super) fn conversion(&mut self, kind: ConversionKind) -> Result<Meaning, Unread> {
        let ratio = self.money.cells.text(Field::Ratio).ok_or_else(|| missing("ratio"))?;
        let rule: Option<ExchangeRule> = self.money.cells.text(Field::Rule).map(str::parse).transpose()?;
        let own = self.money.currency()?;
        let cash_in_lieu = self.money.summed(Field::CashInLieu, own)?.map(|paid| Money::from(paid.abs()));
        let terms = ConversionTerms {
            ratio: ratio.to_ascii_lowercase().replace(" for ", ":").parse()?,
            cost_share: self.money.cells.cost_share()?,
            new_value: self.money.per_share(Field::NewValue)?,
            old_value: self.money.per_share(Field::OldValue)?,
            cash: self.money.per_share(Field::Cash)?,
            pay: self.money.per_share(Field::Pay)?,
            rule: match kind {
                ConversionKind::SpinOff => rule,
                ConversionKind::Exchange => Some(rule.unwrap_or(ExchangeRule::CarryOver)),
            },
            cash_in_lieu,
        };
        let new = self.money.cells.new_security()?;
        if kind == ConversionKind::SpinOff && !self.money.cells.part.is_own && terms.cost_share.is_none() {
            // Brokers do not state which part of the cost moves.
            let spun_off = Some((self.money.cells.security()?, terms.ratio));
            let shares = self.money.cells.shares()?;
            let action = kind.noun().to_owned();
            let details = CorporateActionDetails { action, kind: Some(kind), shares, new: None, cash: None, spun_off };
            let mut activity = self.activity(Action::CorporateAction(Box::new(details)))?;
            activity.security = new;
            return Ok(Meaning::Whole(activity));
        }
        check(kind, &terms)?;
        let details = ConversionDetails { kind, new, terms, ratio_is: RatioIs::Stated };
        Ok(Meaning::Whole(self.activity(Action::Conversion(Box::new(details)))?))
    }

    /// A change of cost by an amount, or by an amount per share.
    pub(super) fn cost_change(&mut self, kind: CostAdjustmentKind) -> Result<Meaning, Unread> {
        let own = self.money.currency()?;
        let amount = if let Some(amount) = self.money.summed(Field::Amount, own)? {
            amount
        } else {
            let per_share = self.money.per_share(Field::Price)?.ok_or_else(|| missing("amount"))?;
            self.money.cells.required_number(Field::Quantity)?.value.abs().times(per_share.into())?
        };
        self.refuse_fee()?;
        if amount.is_negative() && !self.money.cells.part.is_own {
            let message = format!("an amount of {amount} takes an earlier one back");
            let hint = "void what it takes back with `stockbook void`, and leave the row out with --skip-unknown";
            return Err(Fault::new("corporate_action", message).with_hint(hint).into());
        }
        let amount = Money::from(amount.abs());
        Ok(Meaning::Whole(self.activity(Action::CostChange { kind, amount })?))
    }

    pub(super) fn write_off(&mut self) -> Result<Meaning, Unread> {
        self.refuse_fee()?;
        let quantity = match self.money.cells.number(Field::Quantity)? {
            Some(_) => Some(self.money.cells.quantity()?),
            None => None,
        };
        Ok(Meaning::Whole(self.activity(Action::WriteOff(quantity))?))
    }

    /// A corporate action that moves cost between stocks, which a single row does not describe.
    pub(super) fn corporate_action(&mut self) -> Result<Meaning, Unread> {
        let action = self.money.cells.bound.action(&self.money.cells.row.cells).map_or("", |(_, action)| action);
        if self.money.cells.text(Field::Date).is_none() || self.money.cells.security().is_err() {
            let message = format!("`{}` may move cost between stocks, which this row does not tell", excerpt(action));
            return Err(Fault::new("corporate_action", message)
                .with_hint("enter what happened by hand, and leave the row out with --skip-unknown")
                .into());
        }
        let shares = self.money.cells.shares()?;
        let action = excerpt(action);
        let details = CorporateActionDetails { action, kind: None, shares, new: None, cash: None, spun_off: None };
        Ok(Meaning::Whole(self.activity(Action::CorporateAction(Box::new(details)))?))
    }

    /// One side of a merger: shares received, or given up if negative, and cash.
    pub(super) fn reorganized(&mut self, way: Way) -> Result<Meaning, Unread> {
        let own = self.money.currency()?;
        let action = self.money.cells.bound.action(&self.money.cells.row.cells).map_or("", |(_, action)| action);
        let (mut action, shares) = (excerpt(action), self.money.cells.shares()?);
        if way == Way::ReverseSplit && !action.to_lowercase().contains("split") {
            action = format!("split {action}");
        }
        let cash = self.money.summed(Field::Amount, own)?.unwrap_or(Figure::ZERO);
        let event = self.money.cells.text(Field::Event).map(str::to_uppercase);
        let part = Reorganized { way, shares: shares.unwrap_or(Figure::ZERO), cash, event };
        let kind = match way {
            Way::Merger => Some(ConversionKind::Exchange),
            // Some tables cannot tell it from other movements of shares without a price.
            Way::NameChange | Way::ReverseSplit => None,
        };
        let details = CorporateActionDetails { action, kind, shares, new: None, cash: None, spun_off: None };
        Ok(Meaning::Reorganized(self.activity(Action::CorporateAction(Box::new(details)))?, part))
    }

    pub(super) fn cash_in_lieu(&mut self) -> Result<Meaning, Unread> {
        let own = self.money.currency()?;
        let paid = self.money.summed(Field::Amount, own)?.ok_or_else(|| missing("amount"))?;
        Ok(Meaning::Whole(self.activity(Action::CashInLieu(Money::from(paid.abs())))?))
    }

    fn refuse_fee(&mut self) -> Result<(), Unread> {
        if self.money.fee()?.is_none_or(|fee| fee == Fee::ZERO) {
            return Ok(());
        }
        let fault = Fault::new("unexpected_value", "what a company does has no fee");
        Err(fault.with_hint("leave the fee empty").into())
    }
}

/// Refuses terms that are incomplete, or that belong to the other kind of conversion.
fn check(kind: ConversionKind, terms: &ConversionTerms) -> Result<(), Fault> {
    let ConversionTerms { cost_share, new_value, old_value, cash, pay, rule, .. } = terms;
    let unexpected = |column: &str| {
        let fault = Fault::new("unexpected_value", format!("the {} has a {column}", kind.noun()));
        Err(fault.with_hint("leave it empty, or say that it is the other: `spin-off` or `exchange`"))
    };
    match kind {
        ConversionKind::SpinOff if rule.is_some() => unexpected("rule"),
        ConversionKind::SpinOff if cash.is_some() => unexpected("cash"),
        ConversionKind::SpinOff if pay.is_some() => unexpected("pay"),
        ConversionKind::SpinOff => match (cost_share, new_value, old_value) {
            (Some(_), None, None) => Ok(()),
            (None, Some(new), Some(old)) if *new != Price::ZERO || *old != Price::ZERO => Ok(()),
            _ => {
                let message = "which part of the cost goes over is not told, or more than once";
                let hint = "give the percentage in cost_share, or what a share of each was worth in new_value and \
                            old_value";
                Err(Fault::new("cost_share_unclear", message).with_hint(hint))
            }
        },
        ConversionKind::Exchange if cost_share.is_some() => unexpected("cost_share"),
        ConversionKind::Exchange if old_value.is_some() => unexpected("old_value"),
        ConversionKind::Exchange => Ok(terms.check()?),
    }
}
