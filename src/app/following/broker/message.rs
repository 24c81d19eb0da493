//! An event as a message: the members of its line that a broker needs.

use chrono::DateTime;
use lapin::BasicProperties;
use lapin::types::{AMQPValue, FieldTable, ShortString};
use serde::Deserialize;

use crate::domain::Sequence;

/// A message that is ready to be published.
pub(super) struct Message<'l> {
    /// The event's type.
    pub(super) routing_key: ShortString,
    /// The line without its line feed.
    pub(super) body: &'l [u8],
    pub(super) properties: BasicProperties,
}

/// The members of a line that a broker needs.
#[derive(Deserialize)]
struct LineMembers<'l> {
    sequence: Sequence,
    event_id: &'l str,
    event_type: &'l str,
    occurred_at: &'l str,
}

impl<'l> Message<'l> {
    /// The delivery mode of messages that RabbitMQ and others write to disk.
    const PERSISTENT: u8 = 2;

    /// The message for a line of the audit log; `None` if it is not one.
    pub(super) fn of(line: &'l [u8]) -> Option<Self> {
        let body = line.strip_suffix(b"\n").unwrap_or(line);
        let LineMembers { sequence, event_id, event_type, occurred_at } = serde_json::from_slice(body).ok()?;
        let routing_key = ShortString::try_new(event_type).ok()?;
        let mut headers = FieldTable::default();
        headers.insert("sequence".into(), AMQPValue::LongLongInt(i64::try_from(sequence).ok()?));
        let mut properties = BasicProperties::default()
            .with_content_type("application/json".into())
            .with_delivery_mode(Self::PERSISTENT)
            .with_message_id(ShortString::try_new(event_id).ok()?)
            .with_type(routing_key.clone())
            .with_app_id("stockbook".into())
            .with_headers(headers);
        // AMQP has no time before 1970.
        let seconds = DateTime::parse_from_rfc3339(occurred_at).ok()?.timestamp();
        if let Ok(seconds) = u64::try_from(seconds) {
            properties = properties.with_timestamp(seconds);
        }
        Some(Self { routing_key, body, properties })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_the_line_and_says_what_it_is_about() {
        let line = br#"{"sequence":3,"event_id":"e","event_type":"StockCreatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{},"previous_hash":"0"}
"#;
        let message = Message::of(line).unwrap();
        assert_eq!(message.body, &line[..line.len() - 1]);
        assert_eq!(message.routing_key.as_str(), "StockCreatedEvent");
        let properties = message.properties;
        assert_eq!(properties.message_id().as_ref().unwrap().as_str(), "e");
        assert_eq!(properties.kind().as_ref().unwrap().as_str(), "StockCreatedEvent");
        // date -ud 2026-01-31T09:30:00Z +%s
        assert_eq!(*properties.timestamp(), Some(1_769_851_800));
        assert_eq!(*properties.delivery_mode(), Some(2));
        let sequence = properties.headers().as_ref().unwrap().inner().get("sequence");
        assert_eq!(sequence, Some(&AMQPValue::LongLongInt(3)));
    }

    #[test]
    fn a_time_before_1970_is_left_out() {
        let line = br#"{"sequence":1,"event_id":"e","event_type":"T","occurred_at":"1969-12-31T23:59:59Z"}"#;
        assert_eq!(*Message::of(line).unwrap().properties.timestamp(), None);
    }

    #[test]
    fn what_is_no_line_is_no_message() {
        assert!(Message::of(b"{}\n").is_none());
    }
}
