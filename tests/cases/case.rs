//! A case as the file has it, and whether it can be entered in StockBook.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) source: String,
    pub(crate) kind: String,
    pub(crate) method: Option<String>,
    fee_convention: String,
    transactions: Vec<Transaction>,
    pub(crate) as_of: String,
    pub(crate) expect: Map<String, Value>,
    pub(crate) twr_convention: Option<String>,
    #[serde(default, deserialize_with = "decimal")]
    pub(crate) twr_years: Option<Decimal>,
    same_day_order: Option<String>,
    /// Marks a case in which programs may differ; StockBook does what the reference does.
    #[serde(rename = "policy_case")]
    _policy: Option<bool>,
    #[serde(rename = "published")]
    _published: Vec<String>,
    #[serde(rename = "derived")]
    _derived: Vec<String>,
    #[serde(rename = "notes")]
    _notes: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Transaction {
    pub(crate) date: String,
    pub(crate) action: String,
    #[serde(default)]
    pub(crate) symbol: String,
    pub(crate) currency: Option<String>,
    #[serde(default, deserialize_with = "decimal")]
    pub(crate) quantity: Option<Decimal>,
    #[serde(default, deserialize_with = "decimal")]
    pub(crate) price: Option<Decimal>,
    #[serde(default, deserialize_with = "decimal")]
    pub(crate) amount: Option<Decimal>,
    #[serde(default, deserialize_with = "decimal")]
    pub(crate) fee: Option<Decimal>,
    pub(crate) ratio: Option<String>,
    pub(crate) lot: Option<String>,
}

fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let text = String::deserialize(deserializer)?;
    Decimal::from_str_exact(&text).map(Some).map_err(|error| serde::de::Error::custom(format!("{text}: {error}")))
}

impl Case {
    /// The transactions in the order in which they apply.
    pub(crate) fn ordered(&self) -> Vec<Transaction> {
        let mut ordered = self.transactions.clone();
        let buys_first = match self.same_day_order.as_deref() {
            None => false,
            Some("buys_first") => true,
            Some(other) => panic!("{}: unknown same_day_order {other}", self.id),
        };
        ordered.sort_by_key(|entry| (entry.date.clone(), buys_first && entry.action != "buy"));
        ordered
    }

    /// Whether it gives payments and values of a whole portfolio instead of shares.
    pub(crate) fn is_of_a_fund(&self) -> bool {
        self.transactions.iter().any(|entry| ["deposit", "withdraw", "valuation"].contains(&entry.action.as_str()))
    }

    /// Why the case cannot be entered in StockBook.
    pub(crate) fn refusal(&self) -> Option<String> {
        let trades = self.transactions.iter().any(|entry| ["buy", "sell"].contains(&entry.action.as_str()));
        let mut seen: Vec<(&str, &str)> = Vec::new();
        let ordered = self.ordered();
        let split_after_trade = ordered.iter().any(|entry| match entry.action.as_str() {
            "buy" | "sell" => {
                seen.push((&entry.date, &entry.symbol));
                false
            }
            "split" => seen.contains(&(&entry.date, &entry.symbol)),
            _ => false,
        });
        if !["capitalised", "none"].contains(&self.fee_convention.as_str()) {
            Some(format!("its fees are {}, StockBook's are part of cost and proceeds", self.fee_convention))
        } else if self.transactions.is_empty() {
            Some("its transactions are in a file of the reference's".to_owned())
        } else if self.twr_convention.as_deref() == Some("sub_period_returns") {
            Some("it gives the returns of its sub-periods instead of values".to_owned())
        } else if trades && self.is_of_a_fund() {
            Some("it keeps cash beside shares, and StockBook keeps none".to_owned())
        } else if split_after_trade {
            Some("it trades before a split on one day, where StockBook's split comes first".to_owned())
        } else {
            None
        }
    }
}
