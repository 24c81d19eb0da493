//! The order of what counts on one day.

use std::fmt;
use std::str::FromStr;

use super::{TimeOfDay, ValueError};

/// When on its day something counts. What counts at the same moment does so in the order of recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Moment {
    /// Before all else: a split, and the sale of a fraction that it left.
    Split,
    /// After the splits of the day and before all else: lots of a stock give shares of another.
    Conversion,
    /// Before what has a time: lots held from before and shares that arrive by a transfer, where their time
    /// is not known, and on a day whose sales need them its purchases without a time.
    Before,
    /// At its time.
    At(TimeOfDay),
    /// After what has a time: whatever has none.
    After,
    /// After all else: shares that leave by a transfer whose time is not known.
    Last,
}

impl fmt::Display for Moment {
    /// As text that sorts as moments do.
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
