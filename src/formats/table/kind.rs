//! The kinds of rows.

use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{IntoDeserializer as _, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::by_door;
use super::error::nearest;
use crate::domain::excerpt;

/// The kind of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Is {
    Buy,
    Sell,
    /// A purchase or a sale, by the sign of its quantity.
    Trade,
    /// A purchase that reinvests a dividend.
    Reinvest,
    /// The reversal of an equal purchase, which comes before it in time.
    CancelBuy,
    CancelSell,
    /// The reversal of a trade, whose quantity has the opposite sign.
    CancelTrade,
    Dividend,
    Withholding,
    /// A split given by the shares added or removed.
    SplitAdded,
    SplitRatio,
    /// One half of a split in two rows: the shares before it.
    SplitOld,
    /// The other half: the shares after it.
    SplitNew,
    /// An opening lot.
    Opening,
    TransferIn,
    TransferOut,
    /// A transfer, in the direction of the quantity's sign.
    Transfer,
    /// Shares received as a gift or award, whose cost may be unknown.
    Vest,
    /// Shares of another stock received while the old ones stay.
    SpinOff,
    /// Shares of another stock that replace the old ones.
    Exchange,
    ReturnCapital,
    AdjustCost,
    /// A sale for nothing.
    WriteOff,
    /// A corporate action that moves cost between stocks.
    CorporateAction,
    /// One side of a merger: shares received or, if negative, given up for shares of another stock or for cash.
    Merger,
    /// One side of a rename.
    NameChange,
    /// One side of a reverse split in two rows: the shares after it or, if negative, those before it.
    ReverseSplit,
    /// Cash in lieu of a fraction of a share.
    CashInLieu,
    /// A fee of the trades whose order has its id.
    TradeFee,
    /// One side of the exchange of currencies for an order, whose rate converts its fees.
    TradeFx,
    /// One side of the exchange of currencies for dividends.
    DividendFx,
    /// Not a row of the table, whatever it looks like.
    Footer,
    Price,
    Rate,
    Position,
    NotRecorded(NotRecorded),
}

const WORDS: [(&str, Is); 35] = [
    ("buy", Is::Buy),
    ("sell", Is::Sell),
    ("trade", Is::Trade),
    ("reinvest", Is::Reinvest),
    ("cancel_buy", Is::CancelBuy),
    ("cancel_sell", Is::CancelSell),
    ("cancel_trade", Is::CancelTrade),
    ("dividend", Is::Dividend),
    ("withholding_tax", Is::Withholding),
    ("split_added", Is::SplitAdded),
    ("split_ratio", Is::SplitRatio),
    ("split_old", Is::SplitOld),
    ("split_new", Is::SplitNew),
    ("opening", Is::Opening),
    ("transfer_in", Is::TransferIn),
    ("transfer_out", Is::TransferOut),
    ("transfer", Is::Transfer),
    ("vest", Is::Vest),
    ("spin_off", Is::SpinOff),
    ("exchange", Is::Exchange),
    ("return_capital", Is::ReturnCapital),
    ("adjust_cost", Is::AdjustCost),
    ("write_off", Is::WriteOff),
    ("corporate_action", Is::CorporateAction),
    ("merger", Is::Merger),
    ("name_change", Is::NameChange),
    ("reverse_split", Is::ReverseSplit),
    ("cash_in_lieu", Is::CashInLieu),
    ("trade_fee", Is::TradeFee),
    ("trade_fx", Is::TradeFx),
    ("dividend_fx", Is::DividendFx),
    ("footer", Is::Footer),
    ("price", Is::Price),
    ("rate", Is::Rate),
    ("position", Is::Position),
];

/// A kind of row that is understood, counted and not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NotRecorded(&'static str);

/// Every such kind.
const NOT_RECORDED: [&str; 34] = [
    "award_notice",
    "bond",
    "cancelled",
    "card",
    "cash",
    "cash_sweep",
    "cfd",
    "continuation_line",
    "crypto",
    "detail",
    "dividend_without_symbol",
    "document",
    "duplicate_of_investment_row",
    "fee",
    "fx",
    "interest",
    "internal_transfer",
    "liability",
    "option",
    "position",
    "private_market",
    "rate",
    "redemption_cash_row_with_shares_that_do_not_move",
    "return_of_capital",
    "share_transfer",
    "subtotal",
    "tax",
    "tax_adjustment",
    "tax_base_row_with_shares_that_do_not_move",
    "tax_on_interest",
    "warrant",
    "watch_only",
    "withholding_tax",
    "zero_quantity",
];

impl NotRecorded {
    pub(crate) const FEE: Self = Self("fee");
    pub(crate) const FX: Self = Self("fx");
    pub(crate) const DETAIL: Self = Self("detail");
    pub(crate) const DUPLICATE: Self = Self("duplicate_of_investment_row");
    pub(crate) const SHARE_TRANSFER: Self = Self("share_transfer");
    pub(crate) const WITHHOLDING: Self = Self("withholding_tax");

    /// Whether only money moves.
    pub(crate) fn is_money(self) -> bool {
        ["cash", "fee", "interest"].contains(&self.0)
    }

    /// Its name: `interest`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0
    }

    fn named(word: &str) -> Option<Self> {
        NOT_RECORDED.into_iter().find(|known| *known == word).map(Self)
    }
}

impl fmt::Display for NotRecorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.0)
    }
}

fn unknown(word: &str, known: impl Iterator<Item = &'static str>) -> String {
    let near = nearest(word, known).map_or(String::new(), |near| format!("; did you mean {near}?"));
    format!("{} is not a kind of row{near}", excerpt(word))
}

impl Is {
    #[cfg(test)]
    pub(crate) fn words() -> impl Iterator<Item = &'static str> {
        WORDS.into_iter().map(|(word, _)| word).chain(NOT_RECORDED)
    }

    pub(crate) fn named(word: &str) -> Result<Self, String> {
        let own = WORDS.into_iter().find_map(|(name, is)| (name == word).then_some(is));
        let known = || WORDS.into_iter().map(|(name, _)| name).chain(NOT_RECORDED);
        own.or_else(|| NotRecorded::named(word).map(Self::NotRecorded)).ok_or_else(|| unknown(word, known()))
    }
}

impl<'de> Deserialize<'de> for Is {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        by_door(deserializer, Self::named)
    }
}

impl<'de> Deserialize<'de> for NotRecorded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        by_door(deserializer, |word| Self::named(word).ok_or_else(|| unknown(word, NOT_RECORDED.into_iter())))
    }
}

/// One value, or a list of alternatives.
#[derive(Debug)]
pub(crate) struct OneOrMany<T>(pub(crate) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either<T>(std::marker::PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = Vec<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a list of texts")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Vec<T>, E> {
                T::deserialize(text.into_deserializer()).map(|one| vec![one])
            }

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Vec<T>, A::Error> {
                let all: Vec<T> = Vec::deserialize(SeqAccessDeserializer::new(list))?;
                if all.is_empty() {
                    return Err(serde::de::Error::custom("the list is empty"));
                }
                Ok(all)
            }
        }
        deserializer.deserialize_any(Either(std::marker::PhantomData)).map(Self)
    }
}
