//! Why a broker did not receive events.

use std::io;
use std::path::PathBuf;

/// Why a broker did not receive events, or cannot be reached.
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
    /// A file does not contain a user's name and password.
    #[error("{} does not begin with a line `user:password`", .0.display())]
    NoLogin(PathBuf),
    /// The name of an exchange is longer than AMQP allows.
    #[error("the name of an exchange has at most 255 bytes")]
    LongName,
    /// The system lacks something needed to communicate with it.
    #[error("cannot start talking to a broker: {0}")]
    NoRuntime(io::Error),
    /// It cannot be reached, refuses a request, or does not answer.
    #[error("{broker}: {why}")]
    Failed {
        /// The broker.
        broker: String,
        /// What it answered, or what went wrong.
        why: String,
    },
    /// No queue takes an event, so it would be lost.
    #[error("no queue takes {event_type} from the exchange {exchange}")]
    Unrouted {
        /// The event's type.
        event_type: String,
        /// The exchange.
        exchange: String,
    },
}

impl BrokerError {
    /// Whether another attempt may succeed.
    pub(in crate::app::following) fn may_pass(&self) -> bool {
        match self {
            Self::Failed { .. } | Self::Unrouted { .. } => true,
            Self::NoFile { .. } | Self::NoLogin(_) | Self::LongName | Self::NoRuntime(_) => false,
        }
    }

    /// A stable code for scripts.
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

    /// A way out, where there is one.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Failed { .. } => Some("the events will be delivered again next time".to_owned()),
            Self::Unrouted { .. } => {
                Some("bind a queue to the exchange, with # for every event, or use --unrouted pass".to_owned())
            }
            Self::NoFile { .. } | Self::NoLogin(_) | Self::LongName | Self::NoRuntime(_) => None,
        }
    }
}
