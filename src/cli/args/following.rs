//! What can be typed after `follow` and `handlers`.

use std::ffi::OsString;
use std::str::FromStr;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand, ValueHint};

use super::whole::whole;
use crate::app::{FollowerName, Start};
use crate::domain::EventType;

#[derive(Debug, Args)]
pub(in crate::cli) struct FollowArgs {
    /// The follower's name; its place in the history is kept under it
    pub(in crate::cli) name: FollowerName,
    /// Only events of this type; can be given several times
    #[arg(long, value_name = "TYPE", ignore_case = true, value_parser = PossibleValuesParser::new(EventType::ALL.map(EventType::as_str)))]
    pub(in crate::cli) r#type: Vec<String>,
    /// Where a new follower begins: after this event, or `now` with the next one
    #[arg(long, value_name = "SEQUENCE", default_value = "0")]
    pub(in crate::cli) from: FromArg,
    /// Exit once the program has accepted all events that exist, or with its exit code if it fails
    #[arg(long)]
    pub(in crate::cli) once: bool,
    /// The time limit for a batch, in seconds, after which the program is stopped and run again
    #[arg(long, value_name = "SECONDS", default_value_t = 60, allow_negative_numbers = true, value_parser = whole::<u64>("number of seconds", 1, 86_400))]
    pub(in crate::cli) timeout: u64,
    /// The maximum number of events in a batch
    #[arg(long, value_name = "N", default_value_t = 1000, allow_negative_numbers = true, value_parser = whole::<u32>("number of events", 1, 100_000))]
    pub(in crate::cli) batch: u32,
    /// The program and its arguments
    #[arg(last = true, required = true, value_name = "COMMAND", value_hint = ValueHint::CommandWithArguments)]
    pub(in crate::cli) command: Vec<OsString>,
}

#[cfg(feature = "amqp")]
#[derive(Debug, Args)]
pub(in crate::cli) struct RelayArgs {
    /// The broker: amqp://USER@HOST:PORT/VHOST, or amqps for an encrypted connection
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub(in crate::cli) to: String,
    /// The durable topic exchange to which the events are published; created if missing
    #[arg(long, value_name = "NAME", default_value = "stockbook")]
    pub(in crate::cli) exchange: String,
    /// The name under which the place in the history is kept; use a different one for each broker
    #[arg(long, default_value = "relay")]
    pub(in crate::cli) name: FollowerName,
    /// Where a new relay begins: after this event, or `now` with the next one
    #[arg(long, value_name = "SEQUENCE", default_value = "0")]
    pub(in crate::cli) from: FromArg,
    /// Keep running as events are recorded, and retry when the broker fails
    #[arg(long)]
    pub(in crate::cli) follow: bool,
    /// What to do with an event that no queue receives
    #[arg(long, value_name = "WHAT", default_value = "stop")]
    pub(in crate::cli) unrouted: UnroutedArg,
    /// A file whose first line is `user:password`
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) credentials: Option<std::path::PathBuf>,
    /// A file with certificates (PEM) to trust in addition to the system's
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) ca: Option<std::path::PathBuf>,
    /// How many seconds to wait for the broker before a retry
    #[arg(long, value_name = "SECONDS", default_value_t = 60, allow_negative_numbers = true, value_parser = whole::<u64>("number of seconds", 1, 86_400))]
    pub(in crate::cli) timeout: u64,
}

/// What to do with an event that no queue receives, as it is typed.
#[cfg(feature = "amqp")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(in crate::cli) enum UnroutedArg {
    /// Stop before it, so that it is not lost
    Stop,
    /// Skip it
    Pass,
}

/// Where a follower begins, as it is typed.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct FromArg(pub(in crate::cli) Start);

impl FromStr for FromArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "now" {
            return Ok(Self(Start::Now));
        }
        text.parse()
            .map(|sequence| Self(Start::After(sequence)))
            .map_err(|_| "give the number of an event, 0 for the beginning, or `now`".to_owned())
    }
}

#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub(in crate::cli) struct HandlersArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: Option<HandlersCommand>,
}

#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(in crate::cli) enum HandlersCommand {
    /// Deliver events to a handler or follower again
    ///
    /// A handler gets them at once, a follower when it is run next. Handlers can process an event repeatedly
    /// without harm, and so should your programs; the event ids are the same.
    #[command(after_help = "Examples:\n  stockbook handlers replay summary_cache\n  \
                            stockbook handlers replay mail --from 1200")]
    Replay(ReplayArgs),
    /// Remove a follower and its place in the history
    #[command(after_help = "Example:\n  stockbook handlers forget mail")]
    Forget(ForgetArgs),
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ReplayArgs {
    /// The handler or follower
    pub(in crate::cli) name: String,
    /// Only the events after this one
    #[arg(long, value_name = "SEQUENCE", default_value_t = 0, allow_negative_numbers = true, value_parser = whole::<u64>("event", 0, u64::MAX))]
    pub(in crate::cli) from: u64,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct ForgetArgs {
    /// The follower
    pub(in crate::cli) name: FollowerName,
}
