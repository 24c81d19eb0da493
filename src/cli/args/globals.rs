//! The options of all commands.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, ValueHint};

use super::whole::whole;
use crate::cli::output::{Format, Numbers};
use crate::domain::{Currency, PortfolioName, ValueError};

#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(in crate::cli) struct Globals {
    /// The book, an SQLite file [default: stockbook/book.db in the user's data directory]
    #[arg(long, global = true, value_name = "FILE", env = "STOCKBOOK_BOOK", hide_env_values = true, value_hint = ValueHint::FilePath)]
    pub(in crate::cli) book: Option<PathBuf>,
    /// The portfolio to record in [default: main; all for corporate actions], or to show [default: all]; it
    /// must exist, and reports accept several
    #[arg(short, long, global = true, value_name = "NAME", env = "STOCKBOOK_PORTFOLIO", hide_env_values = true)]
    pub(in crate::cli) portfolio: Vec<PortfolioName>,
    /// How to print results [default: table]
    #[arg(
        short = 'O',
        long,
        global = true,
        value_name = "FORMAT",
        env = "STOCKBOOK_OUTPUT_FORMAT",
        hide_env_values = true
    )]
    pub(in crate::cli) output_format: Option<Format>,
    /// Write numbers in JSON as numbers, for filters that compare them; =text writes strings [default: text]
    #[arg(
        long,
        global = true,
        value_name = "STYLE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "json"
    )]
    pub(in crate::cli) numbers: Option<Numbers>,
    /// Round numbers in JSON and CSV to this many decimal places
    #[arg(long, global = true, value_name = "N", allow_negative_numbers = true, value_parser = RoundArg::places)]
    pub(in crate::cli) round: Option<RoundArg>,
    /// The currency for the total of a table in several currencies
    #[arg(long, global = true, value_name = "CCY", env = "STOCKBOOK_CURRENCY", hide_env_values = true)]
    pub(in crate::cli) reporting_currency: Option<Currency>,
    /// Show what would be recorded, without recording it
    #[arg(short = 'n', long, global = true)]
    pub(in crate::cli) dry_run: bool,
    /// When to use colours [default: auto]
    #[arg(long, global = true, value_name = "WHEN")]
    pub(in crate::cli) color: Option<ColorChoice>,
    /// No messages on success, and no progress bar
    #[arg(short, long, global = true)]
    pub(in crate::cli) quiet: bool,
    /// Print long results straight to the terminal, without a pager
    #[arg(long, global = true)]
    pub(in crate::cli) no_pager: bool,
    /// How long to wait while another process is using the book
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10, allow_negative_numbers = true, value_parser = whole::<u64>("number of seconds", 0, 86_400))]
    pub(in crate::cli) wait: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Even into a pipe or a file
    Always,
    /// Not even on a terminal
    Never,
}

/// What `--round` rounds: the numbers of a result or, for a corporate action that leaves fractions, the
/// shares. For clap, both are one option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum RoundArg {
    /// Shares, to whole ones.
    Down,
    /// Numbers, to this many decimal places.
    Places(u32),
}

impl RoundArg {
    pub(super) fn shares() -> impl TypedValueParser<Value = Self> {
        PossibleValuesParser::new([PossibleValue::new("down").help("To whole shares")]).map(|_| Self::Down)
    }

    fn places(text: &str) -> Result<Self, ValueError> {
        whole("number of places", 0, 10)(text).map(Self::Places)
    }
}

impl Globals {
    /// The maximum number of decimal places.
    pub(in crate::cli) fn places(&self) -> Option<u32> {
        match self.round {
            Some(RoundArg::Places(places)) => Some(places),
            Some(RoundArg::Down) | None => None,
        }
    }
}
