//! Publishing events to a message broker that speaks AMQP 0-9-1.
//!
//! The caller is blocked until the broker has confirmed what it received; the client works in a thread
//! of its own.

mod address;
mod error;
mod message;

use std::future::Future;
use std::path::Path;
use std::pin::pin;
use std::time::{Duration, Instant as Moment};
use std::{fs, iter, mem};

use lapin::options::{BasicPublishOptions, ConfirmSelectOptions, ExchangeDeclareOptions};
use lapin::tcp::OwnedTLSConfig;
use lapin::types::{FieldTable, ShortString};
use lapin::{Channel, Confirmation, Connection, ConnectionProperties, ExchangeKind, PublisherConfirm};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

pub use address::{BrokerAddress, Login};
pub use error::BrokerError;
use message::Message;

/// What to do with an event that the broker routes to no queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unrouted {
    /// Treat it as not delivered, and try again.
    Stop,
    /// Skip it, because nobody wants it.
    Pass,
}

/// How events are published.
pub struct Publishing {
    /// The broker.
    pub to: BrokerAddress,
    /// The exchange.
    pub exchange: String,
    /// What to do with an event that the broker routes to no queue.
    pub unrouted: Unrouted,
    /// The time limit for connecting, and for the confirmation of a batch.
    pub timeout: Duration,
}

/// A broker that events are published to.
pub struct Broker {
    publishing: Publishing,
    exchange: ShortString,
    authorities: Option<String>,
    runtime: Runtime,
    link: Option<BrokerLink>,
}

/// A connection to a broker.
struct BrokerLink {
    connection: Connection,
    channel: Channel,
    /// Whether it has confirmed anything yet.
    is_proven: bool,
}

/// Why a batch was not confirmed.
enum PublishError {
    Client(lapin::Error),
    Unrouted(ShortString),
    Refused,
    NotALine,
}

impl From<lapin::Error> for PublishError {
    fn from(error: lapin::Error) -> Self {
        Self::Client(error)
    }
}

impl Broker {
    /// How long a broker may take to answer once the user has asked to stop.
    const GRACE: Duration = Duration::from_secs(5);
    /// How long a broker may take to close the connection.
    const FAREWELL: Duration = Duration::from_secs(1);

    /// A broker that is not yet connected. `authority` is a file with certificates to trust in addition
    /// to the system's.
    ///
    /// # Errors
    /// If that file cannot be read, if the name of the exchange is invalid, or if the system cannot start a
    /// thread.
    pub fn new(publishing: Publishing, authority: Option<&Path>) -> Result<Self, BrokerError> {
        let read = |path: &Path| {
            fs::read_to_string(path).map_err(|cause| BrokerError::NoFile { path: path.to_owned(), cause })
        };
        let authorities = authority.map(read).transpose()?;
        let exchange = ShortString::try_new(publishing.exchange.as_str()).map_err(|_| BrokerError::LongName)?;
        Ok(Self { publishing, exchange, authorities, runtime: runtime()?, link: None })
    }

    /// Publishes the events in these lines, and returns once the broker has confirmed all of them.
    ///
    /// # Errors
    /// If it did not confirm them; some may have arrived nevertheless.
    pub(super) fn deliver(&mut self, lines: &[u8], is_stopped: &dyn Fn() -> bool) -> Result<(), BrokerError> {
        let given = self.try_to_give(lines, is_stopped);
        if given.is_err() {
            // The client would wait forever for a broker that accepts the connection and then does not
            // answer.
            mem::replace(&mut self.runtime, runtime()?).shutdown_background();
        }
        given
    }

    fn try_to_give(&mut self, lines: &[u8], is_stopped: &dyn Fn() -> bool) -> Result<(), BrokerError> {
        let link = match self.link.take() {
            Some(link) => link,
            None => self.unless_stopped(self.connect(), is_stopped)?,
        };
        // If anything fails, it is dropped with its connection: the next attempt begins with a new one.
        self.link = Some(self.unless_stopped(self.publish(lines, link), is_stopped)?);
        Ok(())
    }

    /// The result of communicating with the broker, unless it takes too long or the user has asked to
    /// stop.
    fn unless_stopped<T>(
        &self,
        work: impl Future<Output = Result<T, PublishError>>,
        is_stopped: &dyn Fn() -> bool,
    ) -> Result<T, BrokerError> {
        const STEP: Duration = Duration::from_millis(100);
        let patience = self.publishing.timeout;
        let wait = async {
            let started = Moment::now();
            let mut stopped = None;
            let mut work = pin!(work);
            loop {
                if let Ok(done) = timeout(STEP, work.as_mut()).await {
                    return done.map_err(|failure| self.describe(failure));
                }
                if stopped.is_none() && is_stopped() {
                    stopped = Some(Moment::now());
                }
                if started.elapsed() >= patience || stopped.is_some_and(|at| at.elapsed() >= Self::GRACE) {
                    return Err(self.failed("has not answered in time".to_owned()));
                }
            }
        };
        self.runtime.block_on(wait)
    }

    async fn connect(&self) -> Result<BrokerLink, PublishError> {
        let properties = ConnectionProperties::default().with_connection_name("stockbook".into());
        let trust = OwnedTLSConfig { identity: None, cert_chain: self.authorities.clone() };
        let runtime = lapin::runtime::default_runtime()?;
        let uri = self.publishing.to.uri();
        let connection = Connection::connect_uri_with_config(uri, properties, trust, runtime).await?;
        let channel = connection.create_channel().await?;
        let durable = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
        channel.exchange_declare(self.exchange.clone(), ExchangeKind::Topic, durable, FieldTable::default()).await?;
        channel.confirm_select(ConfirmSelectOptions::default()).await?;
        Ok(BrokerLink { connection, channel, is_proven: false })
    }

    /// Publishes lines over a connection, without waiting for each confirmation before sending the next line.
    /// Only the first line over a new connection is sent alone, so that no other overtakes it if it cannot be
    /// routed.
    async fn publish(&self, lines: &[u8], mut link: BrokerLink) -> Result<BrokerLink, PublishError> {
        let mut pending = Vec::new();
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let message = Message::of(line).ok_or(PublishError::NotALine)?;
            let confirm = self.send(&link.channel, &message).await?;
            if link.is_proven {
                pending.push((message.routing_key, confirm));
            } else {
                self.confirmed(message.routing_key, confirm).await?;
                link.is_proven = true;
            }
        }
        for (event_type, confirm) in pending {
            self.confirmed(event_type, confirm).await?;
        }
        Ok(link)
    }

    async fn send(&self, channel: &Channel, message: &Message<'_>) -> Result<PublisherConfirm, PublishError> {
        let options = BasicPublishOptions { mandatory: true, ..BasicPublishOptions::default() };
        let Message { routing_key, body, properties } = message;
        let sent = channel.basic_publish(self.exchange.clone(), routing_key.clone(), options, body, properties.clone());
        Ok(sent.await?)
    }

    /// Waits for the broker to take responsibility for an event.
    async fn confirmed(&self, event_type: ShortString, confirm: PublisherConfirm) -> Result<(), PublishError> {
        match (confirm.await?, self.publishing.unrouted) {
            (Confirmation::Ack(None), _) | (Confirmation::Ack(Some(_)), Unrouted::Pass) => Ok(()),
            (Confirmation::Ack(Some(_)), Unrouted::Stop) => Err(PublishError::Unrouted(event_type)),
            (Confirmation::Nack(_) | Confirmation::NotRequested, _) => Err(PublishError::Refused),
        }
    }

    fn describe(&self, failure: PublishError) -> BrokerError {
        match failure {
            PublishError::Client(error) => self.failed(causes(&error)),
            PublishError::Unrouted(event_type) => {
                BrokerError::Unrouted { event_type: event_type.to_string(), exchange: self.publishing.exchange.clone() }
            }
            PublishError::Refused => self.failed("did not take an event".to_owned()),
            PublishError::NotALine => self.failed("a line of the audit log is not an event's".to_owned()),
        }
    }

    fn failed(&self, why: String) -> BrokerError {
        BrokerError::Failed { broker: self.publishing.to.to_string(), why }
    }
}

/// Starts a runtime in which the client keeps working between calls.
fn runtime() -> Result<Runtime, BrokerError> {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().map_err(BrokerError::NoRuntime)
}

/// An error and its sources, on one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut parts: Vec<String> = Vec::new();
    for error in iter::successors(Some(error), |error| error.source()) {
        let text = error.to_string();
        if !parts.iter().any(|part| part.contains(&text)) {
            parts.push(text);
        }
    }
    parts.join(": ")
}

impl Drop for Broker {
    /// Closes the connection. Everything has been confirmed by then, so a failure does not matter.
    fn drop(&mut self) {
        if let Some(link) = self.link.take() {
            let farewell = link.connection.close(200, "done".into());
            let _ = self.runtime.block_on(async { timeout(Self::FAREWELL, farewell).await });
        }
    }
}
