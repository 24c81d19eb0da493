//! Ids. Each kind has a type of its own, so that one cannot be mistaken for another.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ValueError;
use super::plain::Plain;
use super::text::serde_by_text;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The id with this UUID.
            #[must_use]
            pub const fn new(uuid: Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID.
            #[must_use]
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

id!(
    /// Identifies a book.
    BookId
);
id!(
    /// Identifies an event.
    EventId
);
id!(
    /// Identifies a stock.
    StockId
);
id!(
    /// Identifies a portfolio.
    PortfolioId
);
id!(
    /// Identifies a transaction; a purchase's id is also its lot's.
    TransactionId
);
id!(
    /// Identifies one import.
    BatchId
);

impl TransactionId {
    /// The id derived from a name within a portfolio: their version 5 UUID (RFC 9562, section 5.5).
    #[must_use]
    pub fn named(portfolio: PortfolioId, name: impl AsRef<[u8]>) -> Self {
        Self(Uuid::new_v5(&portfolio.0, name.as_ref()))
    }

    /// The id as displayed, without an allocation.
    #[must_use]
    pub fn plain(self) -> Plain {
        Plain::of_uuid(self.0)
    }
}

impl FromStr for TransactionId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        Uuid::try_parse(text).map(Self)
    }
}

/// An id that a user gives a transaction: a UUID, or a text such as a broker's reference.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ExternalId {
    /// The transaction's id itself.
    Uuid(Uuid),
    /// The transaction's id itself, as 32 digits without hyphens. Books may know the digits as a
    /// reference, because earlier versions read them as one.
    Digits(Uuid, String),
    /// 1 to 100 printable characters from which the id is derived.
    Reference(String),
}

impl ExternalId {
    const LIMIT: usize = 100;

    /// The transaction's id: the UUID as it is, a reference as the version 5 UUID (RFC 9562) of
    /// the portfolio's id and the text.
    #[must_use]
    pub fn resolve(&self, portfolio: PortfolioId) -> TransactionId {
        match self {
            Self::Uuid(uuid) | Self::Digits(uuid, _) => TransactionId(*uuid),
            Self::Reference(text) => TransactionId::named(portfolio, text),
        }
    }

    /// The same id as a reference, which resolves to a different id in each portfolio, so that one UUID,
    /// however it is written, can identify a record in each of several.
    #[must_use]
    pub fn as_text(&self) -> Self {
        match self {
            Self::Uuid(uuid) | Self::Digits(uuid, _) => Self::Reference(uuid.to_string()),
            Self::Reference(_) => self.clone(),
        }
    }

    /// The id that it resolves to as a reference, now or in earlier versions.
    #[must_use]
    pub fn reference(&self, portfolio: PortfolioId) -> Option<TransactionId> {
        match self {
            Self::Uuid(_) => None,
            Self::Digits(_, text) | Self::Reference(text) => Some(TransactionId::named(portfolio, text)),
        }
    }
}

impl FromStr for ExternalId {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let refuse = |rule: &str| Err(ValueError::new("id", "invalid_id", text, rule));
        let dashes = text.bytes().filter(|&b| b == b'-').count();
        if let (36, 4, Ok(uuid)) = (text.len(), dashes, Uuid::try_parse(text)) {
            return Ok(Self::Uuid(uuid));
        }
        if let (32, Ok(uuid)) = (text.len(), Uuid::try_parse(text)) {
            return Ok(Self::Digits(uuid, text.to_owned()));
        }
        if text.trim().is_empty() {
            return refuse("must not be empty");
        }
        if text.chars().any(super::character::is_unprintable) {
            return refuse("must be printable");
        }
        if super::character::is_invisible(text) {
            return refuse("must have a visible character");
        }
        if text.chars().nth(Self::LIMIT).is_some() {
            return refuse("is longer than 100 characters");
        }
        Ok(Self::Reference(super::text::composed(text).into_owned()))
    }
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Uuid(uuid) => fmt::Display::fmt(uuid, f),
            Self::Digits(_, text) | Self::Reference(text) => f.pad(text),
        }
    }
}

serde_by_text!(ExternalId);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_stands_for_the_same_id_in_one_portfolio_and_another_in_the_next() {
        let (one, two) = (PortfolioId(Uuid::from_u128(1)), PortfolioId(Uuid::from_u128(2)));
        let reference: ExternalId = "ORDER 17".parse().unwrap();
        assert_eq!(reference.resolve(one), reference.resolve(one));
        assert_ne!(reference.resolve(one), reference.resolve(two));
        // Computed with Python: uuid.uuid5(uuid.UUID(int=1), "ORDER 17")
        assert_eq!(reference.resolve(one).to_string(), "2cdcdfb7-2cf7-5e31-85ef-7f6f9cac07f2");
    }

    #[test]
    fn a_uuid_in_any_case_is_the_id_itself() {
        let id: ExternalId = "6BA7B810-9DAD-11D1-80B4-00C04FD430C8".parse().unwrap();
        let resolved = id.resolve(PortfolioId(Uuid::nil()));
        assert_eq!(resolved.to_string(), "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    }

    #[test]
    fn a_uuid_without_dashes_is_the_id_and_known_as_the_reference_that_it_was() {
        let portfolio = PortfolioId(Uuid::from_u128(1));
        let id: ExternalId = "6BA7B8109DAD11D180B400C04FD430C8".parse().unwrap();
        assert_eq!(id.resolve(portfolio).to_string(), "6ba7b810-9dad-11d1-80b4-00c04fd430c8");
        // Computed with Python: uuid.uuid5(uuid.UUID(int=1), "6BA7B8109DAD11D180B400C04FD430C8")
        assert_eq!(id.reference(portfolio).unwrap().to_string(), "e65f8407-26fb-5e2d-baf7-56fbef2070e0");
        // One digit less is a reference.
        let id: ExternalId = "6BA7B8109DAD11D180B400C04FD430C".parse().unwrap();
        assert_eq!(Some(id.resolve(portfolio)), id.reference(portfolio));
    }

    #[test]
    fn a_uuid_as_a_text_is_the_same_however_it_is_written() {
        let portfolio = PortfolioId(Uuid::from_u128(1));
        let written = ["6BA7B810-9DAD-11D1-80B4-00C04FD430C8", "6ba7b8109dad11d180b400c04fd430c8"];
        let ids = written.map(|id| id.parse::<ExternalId>().unwrap().as_text().resolve(portfolio).to_string());
        // Computed with Python: uuid.uuid5(uuid.UUID(int=1), "6ba7b810-9dad-11d1-80b4-00c04fd430c8")
        assert_eq!(ids, ["241dd69d-4a59-54ed-ae35-ba65db2d4a28"; 2]);
        let reference: ExternalId = "ORDER 17".parse().unwrap();
        assert_eq!(reference.as_text(), reference);
    }

    #[test]
    fn empty_long_and_unprintable_references_are_refused() {
        for bad in ["", " ", "\u{200b}", "a\nb", &"x".repeat(101)] {
            assert!(bad.parse::<ExternalId>().is_err(), "{bad:?}");
        }
    }
}
