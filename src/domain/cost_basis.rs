//! How sales are matched to lots.

use std::fmt;
use std::str::FromStr;

use super::ValueError;
use super::text::serde_by_text;

/// How a portfolio matches its sales to lots, which determines what the sold shares had cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum CostBasisMethod {
    /// First in, first out: the oldest lot leaves first.
    #[default]
    Fifo,
    /// Last in, first out: the newest lot leaves first.
    Lifo,
    /// Highest in, first out: the lot with the highest cost per share, fees included, leaves first,
    /// the oldest among equals.
    Hifo,
    /// Every share has the average cost of all shares held; for holding periods, the oldest lot leaves first
    /// (IRS Publication 550, "Average basis").
    Average,
}

impl CostBasisMethod {
    /// All methods.
    pub const ALL: [Self; 4] = [Self::Fifo, Self::Lifo, Self::Hifo, Self::Average];

    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fifo => "fifo",
            Self::Lifo => "lifo",
            Self::Hifo => "hifo",
            Self::Average => "average",
        }
    }
}

impl fmt::Display for CostBasisMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for CostBasisMethod {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Self, ValueError> {
        let word = text.to_ascii_lowercase();
        Self::ALL.into_iter().find(|it| it.as_str() == word).ok_or_else(|| {
            ValueError::new("cost basis method", "invalid_cost_basis", text, "is not one of fifo, lifo, hifo, average")
        })
    }
}

serde_by_text!(CostBasisMethod);
