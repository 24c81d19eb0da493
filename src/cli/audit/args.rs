//! What can be typed after `audit`.

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use crate::cli::dates::MomentArg;
use crate::domain::{EventType, Head, Symbol};

/// Printing lines, unless a subcommand is given.
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(in crate::cli) struct AuditArgs {
    #[command(subcommand)]
    pub(super) command: Option<AuditCommand>,
    #[command(flatten)]
    pub(super) lines: AuditLinesArgs,
}

#[derive(Debug, Default, PartialEq, Eq, Args)]
pub(super) struct AuditLinesArgs {
    /// Only events of this type
    #[arg(long, value_name = "TYPE", ignore_case = true, value_parser = PossibleValuesParser::new(EventType::ALL.map(EventType::as_str)))]
    pub(super) r#type: Option<String>,
    /// Only events of this stock
    #[arg(long)]
    pub(super) symbol: Option<Symbol>,
    /// Only events recorded at or after this instant or day
    #[arg(long, value_name = "WHEN")]
    pub(super) since: Option<MomentArg>,
    /// Only events recorded before this instant, or up to the end of this day
    #[arg(long, value_name = "WHEN")]
    pub(super) until: Option<MomentArg>,
    /// Only events after this one: a reader's cursor
    #[arg(long, value_name = "N")]
    pub(super) since_sequence: Option<u64>,
    /// Only the last N that pass the other filters
    #[arg(long, value_name = "N")]
    pub(super) tail: Option<usize>,
    /// Go on with new events as they are recorded, until interrupted
    #[arg(long)]
    pub(super) follow: bool,
}

#[derive(Debug, Subcommand)]
pub(super) enum AuditCommand {
    /// Verify the log: its chain, and whether it is what the book's events say
    ///
    /// Reads the whole log and the book's whole history, and changes nothing. Ends with exit code 4
    /// if something is wrong. Without a head that was noted elsewhere, a history that was rewritten
    /// in the book and in the log, with all hashes made anew, cannot be told from a true one.
    #[command(after_help = "Examples:\n  stockbook audit verify\n  \
                            stockbook audit verify -O json | jq -r '.problems[].message'\n  \
                            stockbook audit verify --head \"$(cat ~/noted-head)\"")]
    Verify(AuditVerifyArgs),
    /// Print the number and the hash of the last event, to be noted elsewhere
    #[command(after_help = "Example:\n  stockbook audit head >> ~/noted-heads")]
    Head,
    /// Move a log that is not the book's aside, and write it anew from the book
    ///
    /// Whatever stands in the log's place is kept, under a name that ends in .bad- and the time. A
    /// log that is merely cut short is completed; a sound one is left alone.
    #[command(after_help = "Examples:\n  stockbook audit repair --dry-run\n  stockbook audit repair")]
    Repair,
}

#[derive(Debug, Args)]
pub(super) struct AuditVerifyArgs {
    /// A head that was noted earlier, as `audit head` printed it; can be given several times
    #[arg(long, value_name = "SEQUENCE:HASH")]
    pub(super) head: Vec<Head>,
}
