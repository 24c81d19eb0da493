//! Why a broker has not got events.

use std::io;
use std::path::PathBuf;

/// Why a broker has not got events, or cannot be asked.
#[derive(Debug, thiserror::Error)]
pub enum BrokerError {
    /// A file that was named cannot be read.
    #[error("cannot read {}: {cause}", path.display())]
    NoFile {
        /// The file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// A file has no user's name and password in it.
    #[error("{} does not begin with a line `user:password`", .0.display())]
    NoLogin(PathBuf),
    /// The name of an exchange is longer than AMQP allows.
    #[error("the name of an exchange has at most 255 bytes")]
    LongName,
    /// What is needed to talk to it cannot be had of the system.
    #[error("cannot begin to talk to a broker: {0}")]
    NoRuntime(io::Error),
    /// It cannot be reached, refuses what is asked, or does not answer.
    #[error("{broker}: {why}")]
    Failed {
        /// The broker.
        broker: String,
        /// What it said, or what went wrong.
        why: String,
    },
    /// No queue takes an event, so that it would be lost.
    #[error("no queue takes {event_type} from the exchange {exchange}")]
    Unrouted {
        /// The event's type.
        event_type: String,
        /// The exchange.
        exchange: String,
    },
}

impl BrokerError {
    /// Whether another try may do better.
    pub(in crate::app::following) fn may_pass(&self) -> bool {
        match self {
            Self::Failed { .. } | Self::Unrouted { .. } => true,
            Self::NoFile { .. } | Self::NoLogin(_) | Self::LongName | Self::NoRuntime(_) => false,
        }
    }

    /// A stable word for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoFile { .. } | Self::NoRuntime(_) => "io_error",
            Self::NoLogin(_) => "invalid_credentials",
            Self::LongName => "invalid_exchange",
            Self::Failed { .. } => "broker_failed",
            Self::Unrouted { .. } => "unrouted",
        }
    }

    /// The way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Failed { .. } => Some("the events come again the next time".to_owned()),
            Self::Unrouted { .. } => {
                Some("bind a queue to the exchange, with # for every event, or say --unrouted pass".to_owned())
            }
            Self::NoFile { .. } | Self::NoLogin(_) | Self::LongName | Self::NoRuntime(_) => None,
        }
    }
}
