//! The order of entries within one day.

use std::fmt;
use std::str::FromStr;

use super::{TimeOfDay, ValueError};

/// When an entry counts on its day. Entries at the same moment count in the order of recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// Before everything else: splits, and sales of fractions that they left.
    Split,
    /// After the splits of the day and before everything else: conversions.
    Conversion,
    /// Before entries with a time: opening lots, arriving transfers without a time and, on a day whose sales
    /// need them, purchases without a time.
    Before,
    /// At this time.
    At(TimeOfDay),
    /// After entries with a time: entries without one.
    After,
    /// After everything else: leaving transfers without a time.
    Last,
}

impl fmt::Display for Moment {
    /// Writes a text that sorts as the moments do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Split => f.write_str("0"),
            Self::Conversion => f.write_str("05"),
            Self::Before => f.write_str("1"),
            Self::At(time) => write!(f, "2 {time}"),
            Self::After => f.write_str("3"),
            Self::Last => f.write_str("4"),
        }
    }
}

impl FromStr for Moment {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        match (text, text.strip_prefix("2 ")) {
            (_, Some(time)) => time.parse().map(Self::At),
            ("0", None) => Ok(Self::Split),
            ("05", None) => Ok(Self::Conversion),
            ("1", None) => Ok(Self::Before),
            ("3", None) => Ok(Self::After),
            ("4", None) => Ok(Self::Last),
            (_, None) => Err(ValueError::new("moment", "invalid_moment", text, "is not a moment of a day")),
        }
    }
}
