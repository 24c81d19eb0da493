//! Options that go with every command.

use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::cli::output::Format;
use crate::domain::PortfolioName;

#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(in crate::cli) struct Globals {
    /// The book, an SQLite file [default: stockbook/book.db in the user's data directory]
    #[arg(long, global = true, value_name = "FILE", env = "STOCKBOOK_BOOK", hide_env_values = true, value_hint = ValueHint::FilePath)]
    pub(in crate::cli) book: Option<PathBuf>,
    /// The portfolio to record in [default: main], or to show [default: all]; holdings take several
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
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(..=86400))]
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
