//! Conversions: mergers, spin-offs and rights issues, in which lots of one stock yield shares of
//! another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::fraction::Fraction;
use super::text::serde_by_text;
use super::{
    Day, Money, PortfolioId, PortfolioName, Price, Quantity, Shares, SplitRatio, StockId, Symbol, TooLarge,
    TransactionId, TransactionType, ValueError,
};

/// Whether the old shares are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversionKind {
    /// They are kept, and part of their cost moves to the new ones.
    SpinOff,
    /// They are exchanged for the new ones.
    Exchange,
}

impl ConversionKind {
    /// The word that events and tables use.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SpinOff => "spin_off",
            Self::Exchange => "exchange",
        }
    }

    /// The word in sentences and command names.
    #[must_use]
    pub fn noun(self) -> &'static str {
        match self {
            Self::SpinOff => "spin-off",
            Self::Exchange => "exchange",
        }
    }
}

impl From<ConversionKind> for TransactionType {
    fn from(kind: ConversionKind) -> Self {
        match kind {
            ConversionKind::SpinOff => Self::SpinOff,
            ConversionKind::Exchange => Self::Exchange,
        }
    }
}

impl FromStr for ConversionKind {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let kinds = [Self::SpinOff, Self::Exchange];
        let found = kinds.into_iter().find(|kind| kind.as_str() == text);
        found.ok_or_else(|| ValueError::new("conversion", "invalid_conversion", text, "is not spin_off or exchange"))
    }
}

/// What gain an exchange realizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ExchangeRule {
    /// None: the whole cost carries over.
    CarryOver,
    /// The gain of each lot, up to the cash received for it, and never a loss: IRS Publication 550.
    Boot,
    /// The gain on the part of the cost that corresponds to the cash as a part of cash and new shares
    /// together: HMRC Capital Gains Manual CG51900 onwards.
    Part,
    /// The whole gain: the old shares are sold for the new ones and the cash.
    Taxable,
}

impl ExchangeRule {
    /// All rules.
    pub const ALL: [Self; 4] = [Self::CarryOver, Self::Boot, Self::Part, Self::Taxable];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CarryOver => "carry-over",
            Self::Boot => "boot",
            Self::Part => "part",
            Self::Taxable => "taxable",
        }
    }
}

impl fmt::Display for ExchangeRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for ExchangeRule {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let word = text.to_ascii_lowercase();
        Self::ALL.into_iter().find(|it| it.as_str() == word).ok_or_else(|| {
            ValueError::new("rule", "invalid_rule", text, "is not one of carry-over, boot, part, taxable")
        })
    }
}

serde_by_text!(ExchangeRule);

/// A percentage of the cost, from 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CostShare(Price);

impl CostShare {
    fn fraction(self) -> Fraction {
        Fraction::of_decimal(self.0.decimal()).over(&Fraction::from(100))
    }
}

impl FromStr for CostShare {
    type Err = ValueError;

    /// Parses a percentage, with or without the percent sign.
    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = || ValueError::new("cost share", "invalid_cost_share", text, "is not a percentage from 0 to 100");
        let number = text.trim().trim_end_matches('%').trim_end();
        let percent: Price = number.parse().map_err(|_: ValueError| refuse())?;
        if Fraction::of_decimal(percent.decimal()) > Fraction::from(100) {
            return Err(refuse());
        }
        Ok(Self(percent))
    }
}

impl fmt::Display for CostShare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

serde_by_text!(CostShare);

/// A ratio of new shares of one stock to old shares of another: `1:5`, `0.85:1`, `1:1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ConversionRatio {
    /// The number of new shares for every [`Self::old_shares`].
    pub new_shares: Quantity,
    /// The number of old shares.
    pub old_shares: Quantity,
}

impl ConversionRatio {
    /// In lowest terms.
    #[must_use]
    pub fn ratio(self) -> SplitRatio {
        SplitRatio::of_terms(self.new_shares, self.old_shares)
    }
}

impl FromStr for ConversionRatio {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = || {
            ValueError::new("ratio", "invalid_ratio", text, "is not of the form NEW:OLD, two numbers greater than 0")
                .with_hint("write one new share for five old ones as 1:5")
        };
        let (new, old) = text.split_once(':').ok_or_else(refuse)?;
        let term = |part: &str| part.trim().parse::<Quantity>().map_err(|_| refuse());
        Ok(Self { new_shares: term(new)?, old_shares: term(old)? })
    }
}

impl fmt::Display for ConversionRatio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}:{}", self.new_shares, self.old_shares))
    }
}

/// The prices of a new and an old share: `26.38:120.85`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShareValues {
    /// The price of a new share.
    pub new: Price,
    /// The price of an old one after the spin-off.
    pub old: Price,
}

impl FromStr for ShareValues {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = || {
            let rule = "is not of the form NEW_PRICE:OLD_PRICE, two prices that are not both 0";
            ValueError::new("values", "invalid_values", text, rule)
        };
        let (new, old) = text.split_once(':').ok_or_else(refuse)?;
        let price = |part: &str| part.trim().parse::<Price>().map_err(|_| refuse());
        let (new, old) = (price(new)?, price(old)?);
        if new == Price::ZERO && old == Price::ZERO { Err(refuse()) } else { Ok(Self { new, old }) }
    }
}

/// What a conversion does to each lot. `None` means not given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversionTerms {
    /// New shares for old ones.
    #[serde(flatten)]
    pub ratio: ConversionRatio,
    /// The part of the cost that a spin-off moves to the new shares.
    pub cost_share: Option<CostShare>,
    /// The value of a new share.
    pub new_value: Option<Price>,
    /// The value of an old share after a spin-off.
    pub old_value: Option<Price>,
    /// Cash received for each old share.
    pub cash: Option<Price>,
    /// The amount paid for each new share.
    pub pay: Option<Price>,
    /// What gain an exchange realizes.
    pub rule: Option<ExchangeRule>,
    /// The cash paid for the fraction of a new share, whose sale is part of the conversion.
    pub cash_in_lieu: Option<Money>,
}

impl ConversionTerms {
    /// The part of the cost that moves to the new shares. In an exchange, all of it. In a spin-off, the given
    /// part or, if values are given instead, new × NEW ÷ (new × NEW + old × OLD), with the numbers of shares
    /// in lower case and their values in upper case.
    pub(super) fn carried(&self) -> Fraction {
        let term = |quantity: Quantity| Fraction::of_decimal(quantity.decimal());
        let value = |price: Price| Fraction::of_decimal(price.decimal());
        match (self.cost_share, self.new_value, self.old_value) {
            (Some(share), ..) => share.fraction(),
            (None, Some(new), Some(old)) => {
                let new = value(new).times(&term(self.ratio.new_shares));
                new.over(&new.plus(&value(old).times(&term(self.ratio.old_shares))))
            }
            (None, ..) => Fraction::from(1),
        }
    }

    /// The cash as a part of cash and new shares together; 0 if both are worth nothing.
    pub(super) fn cash_part(&self) -> Fraction {
        let value = |price: Option<Price>| Fraction::of_decimal(price.unwrap_or(Price::ZERO).decimal());
        let cash = value(self.cash);
        cash.over(&cash.plus(&value(self.new_value).times(&self.ratio.ratio().fraction())))
    }

    /// Whether `part` is to `whole` exactly as the cash is to cash and new shares together.
    #[must_use]
    pub fn is_cash_part(&self, part: Money, whole: Money) -> bool {
        let of_whole = Fraction::of_decimal(whole.decimal()).times(&self.cash_part());
        Fraction::of_decimal(part.decimal()) == of_whole
    }

    /// The net cash received for a number of old shares: the cash for them and for the fraction of a new
    /// share, less what was paid for the new shares. Zero for no shares.
    ///
    /// # Errors
    /// If a figure has more digits than a book can hold.
    pub fn cash_moved(&self, old: &Shares) -> Result<Money, TooLarge> {
        if old.is_zero() {
            return Ok(Money::ZERO);
        }
        let of = |price: Option<Price>, shares: &Shares| {
            price.map_or(Ok(Money::ZERO), |price| price.value(shares, &SplitRatio::NONE))
        };
        let paid = of(self.pay, &old.split(&self.ratio.ratio())?)?;
        of(self.cash, old)?.plus(self.cash_in_lieu.unwrap_or(Money::ZERO))?.minus(paid)
    }

    /// Whether the new shares count as bought on the day of the conversion, instead of inheriting the dates
    /// of the old ones.
    #[must_use]
    pub fn begins_anew(&self) -> bool {
        self.pay.is_some() || self.rule == Some(ExchangeRule::Taxable)
    }

    /// Refuses an exchange whose terms are incomplete.
    ///
    /// # Errors
    /// If cash would be carried over, or if the value of the new shares is missing.
    pub fn check(&self) -> Result<(), ValueError> {
        let refuse = |text: &str, rule: &str, hint: &'static str| {
            Err(ValueError::new("rule", "conversion_unclear", text, rule).with_hint(hint))
        };
        match (self.rule, self.cash, self.new_value) {
            (Some(rule @ ExchangeRule::CarryOver), Some(_), _) => refuse(
                rule.as_str(),
                "does not say what the cash realizes",
                "name one with --rule and --value: boot realizes the gain up to the cash (IRS Publication 550), part \
                 that on a part of the cost (HMRC CG51900), taxable all of it",
            ),
            (Some(rule @ (ExchangeRule::Boot | ExchangeRule::Part | ExchangeRule::Taxable)), _, None) => refuse(
                rule.as_str(),
                "needs to know what the new shares were worth",
                "give the price of one with --value",
            ),
            (Some(_) | None, ..) => Ok(()),
        }
    }
}

/// A conversion as positions see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    /// Whether the old shares are kept.
    pub kind: ConversionKind,
    /// The stock of the new shares.
    pub new_stock: StockId,
    /// The only portfolio that it concerns; `None` for all.
    pub portfolio: Option<PortfolioId>,
    /// What it does to each lot.
    pub terms: ConversionTerms,
}

impl Conversion {
    /// Whether lots in a portfolio are converted.
    #[must_use]
    pub fn covers(&self, portfolio: PortfolioId) -> bool {
        self.portfolio.is_none_or(|only| only == portfolio)
    }
}

/// Lots of a stock yielded shares of another, before the trades of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockConvertedEvent {
    /// The conversion.
    pub conversion_id: TransactionId,
    /// Whether the old shares are kept.
    pub kind: ConversionKind,
    /// The stock.
    pub stock_id: StockId,
    /// Its symbol.
    pub symbol: Symbol,
    /// The stock of the new shares.
    pub new_stock_id: StockId,
    /// Its symbol.
    pub new_symbol: Symbol,
    /// The day.
    pub effective_date: Day,
    /// What it does to each lot.
    #[serde(flatten)]
    pub terms: ConversionTerms,
    /// The only portfolio, by its name at the time; `None` for all.
    pub portfolio: Option<PortfolioName>,
    /// The voided conversion that it restores; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<TransactionId>,
    /// As in [`TransactionExecutedEvent`](super::TransactionExecutedEvent).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity: Option<TransactionId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_two_values_at_most_one_is_zero() {
        for (text, is_right) in [("26.38:120.85", true), ("0:5", true), ("5:0", true), ("0:0", false), ("5", false)] {
            assert_eq!(text.parse::<ShareValues>().is_ok(), is_right, "{text}");
        }
    }

    #[test]
    fn the_cash_part_is_that_of_cash_and_new_shares_together() {
        let price = |text: &str| text.parse().ok();
        let terms = ConversionTerms {
            ratio: "2:1".parse().unwrap(),
            cost_share: None,
            new_value: price("3"),
            old_value: None,
            cash: price("4"),
            pay: None,
            rule: Some(ExchangeRule::Part),
            cash_in_lieu: None,
        };
        // For each old share 4 in cash and two new shares of 3: 4 ÷ 10.
        let is_part = |part: &str, whole: &str| terms.is_cash_part(part.parse().unwrap(), whole.parse().unwrap());
        assert!(is_part("40", "100") && is_part("0", "0") && is_part("0.0000000004", "0.000000001"));
        assert!(!is_part("40.0000000001", "100") && !is_part("60", "100"));
    }
}
