//! Somebody who takes the events from a queue.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use lapin::options::{
    BasicAckOptions, BasicGetOptions, ExchangeDeclareOptions, QueueBindOptions, QueueDeclareOptions, QueuePurgeOptions,
};
use lapin::types::{AMQPValue, FieldTable};
use lapin::{BasicProperties, Channel, Connection, ConnectionProperties, ExchangeKind};
use tokio::runtime::{Builder, Runtime};

/// A message as it arrived.
#[derive(Debug, Clone)]
pub(crate) struct Arrival {
    pub(crate) routing_key: String,
    pub(crate) body: String,
    pub(crate) properties: BasicProperties,
}

impl Arrival {
    pub(crate) fn sequence(&self) -> u64 {
        let headers = self.properties.headers().as_ref().unwrap();
        match headers.inner().get("sequence") {
            Some(AMQPValue::LongLongInt(sequence)) => u64::try_from(*sequence).unwrap(),
            other => panic!("no sequence: {other:?}"),
        }
    }

    pub(crate) fn message_id(&self) -> &str {
        self.properties.message_id().as_ref().unwrap().as_str()
    }
}

pub(crate) fn runtime() -> Runtime {
    Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}

/// A connection, the exchange, and a durable queue that is bound to it.
pub(crate) async fn bound(url: &str, exchange: &str, key: &str) -> lapin::Result<(Connection, Channel)> {
    let connection = Connection::connect(url, ConnectionProperties::default()).await?;
    let channel = connection.create_channel().await?;
    let durable = ExchangeDeclareOptions { durable: true, ..ExchangeDeclareOptions::default() };
    channel.exchange_declare(exchange.into(), ExchangeKind::Topic, durable, FieldTable::default()).await?;
    channel.queue_declare(exchange.into(), QueueDeclareOptions::durable(), FieldTable::default()).await?;
    let bind = QueueBindOptions::default();
    channel.queue_bind(exchange.into(), exchange.into(), key.into(), bind, FieldTable::default()).await?;
    Ok((connection, channel))
}

/// Binds a queue, which takes what is published from then on.
pub(crate) fn bind(url: &str, exchange: &str, key: &str) {
    runtime().block_on(async {
        let (connection, _channel) = bound(url, exchange, key).await.unwrap();
        connection.close(200, "done".into()).await.unwrap();
    });
}

/// All that is in the queue now.
pub(crate) fn drain(url: &str, exchange: &str, key: &str) -> Vec<Arrival> {
    runtime().block_on(async {
        let (connection, channel) = bound(url, exchange, key).await.unwrap();
        let mut arrivals = Vec::new();
        while let Some(got) = channel.basic_get(exchange.into(), BasicGetOptions { no_ack: true }).await.unwrap() {
            arrivals.push(Arrival {
                routing_key: got.routing_key.to_string(),
                body: String::from_utf8(got.delivery.data).unwrap(),
                properties: got.delivery.properties,
            });
        }
        connection.close(200, "done".into()).await.unwrap();
        arrivals
    })
}

/// Forgets what is in the queue.
pub(crate) fn purge(url: &str, exchange: &str) {
    runtime().block_on(async {
        let (connection, channel) = bound(url, exchange, "#").await.unwrap();
        channel.queue_purge(exchange.into(), QueuePurgeOptions::default()).await.unwrap();
        connection.close(200, "done".into()).await.unwrap();
    });
}

/// A consumer that takes its time, and connects again when the server is gone.
pub(crate) struct Consumer {
    arrivals: Arc<Mutex<Vec<Arrival>>>,
    is_done: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Consumer {
    /// Takes what comes to an exchange, at most so many at once and with a pause after each lot of those.
    pub(crate) fn start(url: &str, exchange: &str, at_once: u16, pause: Duration) -> Self {
        let arrivals = Arc::new(Mutex::new(Vec::new()));
        let is_done = Arc::new(AtomicBool::new(false));
        let (url, exchange) = (url.to_owned(), exchange.to_owned());
        let (taken, may_end) = (Arc::clone(&arrivals), Arc::clone(&is_done));
        let thread = thread::spawn(move || {
            runtime().block_on(async {
                while !may_end.load(Ordering::Relaxed) {
                    // The server may be gone: then there is another connection, and what was not acknowledged
                    // comes again.
                    let _ = consume(&url, &exchange, at_once, pause, &taken, &may_end).await;
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            });
        });
        Self { arrivals, is_done, thread: Some(thread) }
    }

    pub(crate) fn count(&self) -> usize {
        self.arrivals.lock().unwrap().len()
    }

    /// How many different events have come.
    pub(crate) fn events(&self) -> usize {
        self.arrivals.lock().unwrap().iter().map(Arrival::sequence).collect::<BTreeSet<_>>().len()
    }

    /// Ends it, and tells what has come.
    pub(crate) fn end(mut self) -> Vec<Arrival> {
        self.is_done.store(true, Ordering::Relaxed);
        self.thread.take().unwrap().join().unwrap();
        std::mem::take(&mut self.arrivals.lock().unwrap())
    }
}

async fn consume(
    url: &str,
    exchange: &str,
    at_once: u16,
    pause: Duration,
    arrivals: &Mutex<Vec<Arrival>>,
    is_done: &AtomicBool,
) -> lapin::Result<()> {
    let (_connection, channel) = bound(url, exchange, "#").await?;
    while !is_done.load(Ordering::Relaxed) {
        let mut last = None;
        for _ in 0..at_once {
            let Some(got) = channel.basic_get(exchange.into(), BasicGetOptions { no_ack: false }).await? else { break };
            last = Some(got.delivery.delivery_tag);
            arrivals.lock().unwrap().push(Arrival {
                routing_key: got.delivery.routing_key.to_string(),
                body: String::from_utf8(got.delivery.data).unwrap(),
                properties: got.delivery.properties,
            });
        }
        if let Some(last) = last {
            channel.basic_ack(last, BasicAckOptions { multiple: true }).await?;
        }
        tokio::time::sleep(pause).await;
    }
    Ok(())
}

/// Insists that every line of the log has arrived, in order, and again only as what it was.
pub(crate) fn assert_complete(arrivals: &[Arrival], log: &str) {
    let mut first: BTreeMap<u64, &Arrival> = BTreeMap::new();
    let mut order = Vec::new();
    for arrival in arrivals {
        let sequence = arrival.sequence();
        if let Some(earlier) = first.get(&sequence) {
            assert_eq!(earlier.message_id(), arrival.message_id(), "event {sequence} came again as another");
            assert_eq!(earlier.body, arrival.body);
        } else {
            first.insert(sequence, arrival);
            order.push(sequence);
        }
    }
    let lines: Vec<&str> = log.lines().collect();
    let expected: Vec<u64> = (1..=u64::try_from(lines.len()).unwrap()).collect();
    assert!(order == expected, "out of order, or not all: {} of {}, {order:?}", order.len(), expected.len());
    for (line, arrival) in lines.iter().zip(first.values()) {
        assert_eq!(*line, arrival.body);
    }
}
