//! What can be typed after `audit`.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use super::whole::whole;
use crate::cli::dates::MomentArg;
use crate::domain::{EventType, Symbol};
use crate::log::Head;

// Printing lines, unless a subcommand is given.
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(in crate::cli) struct AuditArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<AuditCommand>,
    #[command(flatten)]
    pub(in crate::cli) lines: AuditLinesArgs,
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub(in crate::cli) struct AuditLinesArgs {
    /// Only events of this type
    #[arg(long, value_name = "TYPE", ignore_case = true, value_parser = PossibleValuesParser::new(EventType::ALL.map(EventType::as_str)))]
    pub(in crate::cli) r#type: Option<String>,
    /// Only events of this stock
    #[arg(long)]
    pub(in crate::cli) symbol: Option<Symbol>,
    /// Only events recorded at or after this instant or day
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) since: Option<MomentArg>,
    /// Only events recorded before this instant, or up to the end of this day
    #[arg(long, value_name = "WHEN")]
    pub(in crate::cli) until: Option<MomentArg>,
    /// Only events after this one, for readers that remember their position
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u64>("event", 0, u64::MAX))]
    pub(in crate::cli) since_sequence: Option<u64>,
    /// Only the last N of those that match
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<usize>("number of lines", 0, u64::MAX))]
    pub(in crate::cli) tail: Option<usize>,
    /// Keep printing new events as they are recorded, until interrupted
    #[arg(long)]
    pub(in crate::cli) follow: bool,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(in crate::cli) enum AuditCommand {
    /// Verify the log: its chain of hashes, and that it agrees with the book
    ///
    /// Reads the whole log and the book's whole history, and changes nothing. The exit code is 4 if something
    /// is wrong. Without a head that was noted elsewhere, a history that was rewritten in both the book and
    /// the log, with all hashes recomputed, cannot be distinguished from the true one.
    #[command(after_help = "Examples:\n  stockbook audit verify\n  \
                            stockbook audit verify -O json | jq -r '.problems[].message'\n  \
                            stockbook audit verify --head \"$(cat ~/noted-head)\"")]
    Verify(AuditVerifyArgs),
    /// Print the number and the hash of the last event, for you to note elsewhere
    #[command(after_help = "Example:\n  stockbook audit head >> ~/noted-heads")]
    Head,
    /// Move a log that is not the book's aside, and rebuild it from the book
    ///
    /// Whatever is in the log's place is kept, under a name that ends in .bad- and the time. A log
    /// that is merely cut short is completed; a sound one is left alone.
    #[command(after_help = "Examples:\n  stockbook audit repair --dry-run\n  stockbook audit repair")]
    Repair,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct AuditVerifyArgs {
    /// A head noted earlier, as `audit head` printed it; may be given several times
    #[arg(long, value_name = "SEQUENCE:HASH")]
    pub(in crate::cli) head: Vec<Head>,
}
