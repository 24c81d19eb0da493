//! An event with its place in the book's history: one line of the audit log.

use std::borrow::Cow;

use serde::de::value::MapDeserializer;
use serde::{Deserialize, Deserializer};
use serde_json::value::{RawValue, to_raw_value};

use super::EventHash;
use super::line::LineBuffer;
use crate::bus::StoredEvent;
use crate::domain::{DomainEvent, EventId, Instant, Plain, Sequence};

/// An event as it is recorded: numbered, timed and chained to the one before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedEvent {
    /// Its place in the history.
    pub sequence: Sequence,
    /// Its own id.
    pub event_id: EventId,
    /// When it was recorded.
    pub occurred_at: Instant,
    /// What happened.
    pub data: DomainEvent,
    /// The hash of the line before.
    pub previous_hash: EventHash,
}

impl RecordedEvent {
    /// A capacity in bytes that most lines fit into.
    pub const ROOM: usize = 640;

    /// The event's line in the audit log: compact JSON and a line feed.
    ///
    /// # Errors
    /// If the event's data cannot be written as JSON, which no event of ours does.
    pub fn to_line(&self) -> Result<String, serde_json::Error> {
        let mut text = Vec::with_capacity(Self::ROOM);
        self.write_line(&mut text)?;
        String::from_utf8(text).map_err(serde::ser::Error::custom)
    }

    /// Appends [its line](Self::to_line) to a text in UTF-8.
    ///
    /// # Errors
    /// As [`Self::to_line`].
    pub fn write_line(&self, text: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let mut line = LineBuffer::appending_to(text);
        line.push("{\"sequence\":");
        line.push(Plain::of_number(self.sequence));
        line.push(",\"event_id\":\"");
        line.push_uuid(self.event_id.uuid());
        line.push("\",\"event_type\":\"");
        line.push(self.data.event_type().as_str());
        line.push("\",\"occurred_at\":\"");
        line.push_instant(self.occurred_at);
        line.push("\",\"data\":");
        line.push_data(&self.data)?;
        line.push(",\"previous_hash\":\"");
        line.push(self.previous_hash.digits());
        line.push("\"}\n");
        Ok(())
    }
}

impl StoredEvent {
    /// The event, read back from its line.
    ///
    /// # Errors
    /// If this version does not know the line's format or its event type.
    pub fn read(&self) -> Result<RecordedEvent, serde_json::Error> {
        serde_json::from_str(&self.line)
    }
}

impl<'de> Deserialize<'de> for RecordedEvent {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let line = EventLine::deserialize(deserializer)?;
        Self::try_from(&line).map_err(serde::de::Error::custom)
    }
}

impl TryFrom<&EventLine<'_>> for RecordedEvent {
    type Error = serde_json::Error;

    fn try_from(line: &EventLine<'_>) -> Result<Self, serde_json::Error> {
        let event_type = to_raw_value(&line.event_type)?;
        let tagged = [("event_type", &*event_type), ("data", line.data)];
        Ok(Self {
            sequence: line.sequence,
            event_id: line.event_id.parse().map(EventId::new).map_err(serde::de::Error::custom)?,
            occurred_at: line.occurred_at.parse().map_err(serde::de::Error::custom)?,
            data: DomainEvent::deserialize(MapDeserializer::new(tagged.into_iter()))?,
            previous_hash: line.previous_hash.parse().map_err(serde::de::Error::custom)?,
        })
    }
}

/// A line of the log as written, whatever its event: also one of a type that only later versions know.
#[derive(Debug, Deserialize)]
pub struct EventLine<'l> {
    /// The event's place in the history.
    pub sequence: Sequence,
    /// Its id.
    #[serde(borrow)]
    pub event_id: Cow<'l, str>,
    /// The name of its type.
    #[serde(borrow)]
    pub event_type: Cow<'l, str>,
    /// When it was recorded.
    #[serde(borrow)]
    pub occurred_at: Cow<'l, str>,
    /// What happened, as JSON.
    #[serde(borrow)]
    pub data: &'l RawValue,
    /// The hash of the line before.
    #[serde(borrow)]
    pub previous_hash: Cow<'l, str>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        BookCreatedEvent, CostAdjustedEvent, CostBasisMethodChangedEvent, DividendReceivedEvent, EventType,
        ExchangeRateRemovedEvent, ExchangeRateUpdatedEvent, IdentitiesReleasedEvent, ImportCompletedEvent,
        LotsRematchedEvent, PortfolioCreatedEvent, PortfolioEditedEvent, PortfolioRemovedEvent, StockConvertedEvent,
        StockCreatedEvent, StockEditedEvent, StockPriceRemovedEvent, StockPriceUpdatedEvent, StockRemovedEvent,
        StockSplitEvent, TransactionExecutedEvent, TransactionVoidedEvent,
    };

    /// Lines as every existing book holds them: a change here breaks them all.
    const GOLDEN: [&str; 39] = [
        r#"{"sequence":1,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"BookCreatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"book_id":"00000000-0000-0000-0000-00000000000b","format_version":1},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":2,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"PortfolioCreatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"portfolio_id":"00000000-0000-0000-0000-0000000000f0","name":"main","cost_basis_method":"fifo"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":3,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockCreatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B","company_name":"Berkshire \"Hathaway\"","sector":"Financials","industry":null,"currency":"USD"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":4,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockPriceUpdatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B","price_date":"2026-01-30","old_price":"90","new_price":"120","change_percentage":"33.333333"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":5,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockPriceUpdatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B","price_date":"2026-01-30","old_price":null,"new_price":"0.5","change_percentage":null},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":6,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"TransactionExecutedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d0","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","transaction_type":"BUY","trade_date":"2026-01-30","quantity":"10","price":"150.25","fee":"1","total_amount":"1503.5","currency":"USD","note":null},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":7,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"TransactionExecutedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d0","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","transaction_type":"SELL","trade_date":"2026-01-30","quantity":"0.5","price":"150.25","fee":"0","total_amount":"75.125","currency":"USD","note":"fünf"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":8,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"TransactionExecutedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d1","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","transaction_type":"SELL","trade_date":"2026-01-30","quantity":"3","price":"150","fee":"0","total_amount":"450","currency":"USD","note":null,"lots":[{"lot_id":"00000000-0000-0000-0000-0000000000d0","quantity":"3"}]},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":9,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"TransactionExecutedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d2","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","transaction_type":"TRANSFER_OUT","trade_date":"2026-01-30","quantity":"3","price":"0","fee":"0","total_amount":"0","currency":"USD","note":null},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":10,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"TransactionExecutedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d3","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","transaction_type":"BUY","trade_date":"2026-01-30","quantity":"3","price":"1","fee":"0","total_amount":"3","currency":"USD","note":null,"replaces":"00000000-0000-0000-0000-0000000000d1"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":11,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"DividendReceivedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d4","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","pay_date":"2026-01-30","amount":"24","withholding":"3.6","currency":"USD","note":null},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":12,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockSplitEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"split_id":"00000000-0000-0000-0000-0000000000d5","stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B","effective_date":"2026-01-30","new_shares":"2.5","old_shares":"1"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":13,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"TransactionVoidedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d0","reason":"entered twice"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":14,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"LotsRematchedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","from_date":"2026-01-30","cause":"00000000-0000-0000-0000-0000000000d0","realized_gain_before":"-1.5","realized_gain_after":"2"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":15,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"CostBasisMethodChangedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"portfolio_id":"00000000-0000-0000-0000-0000000000f0","name":"main","old_method":"fifo","new_method":"average"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":16,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockPriceUpdatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B","price_date":"2010-01-20","old_price":null,"new_price":"70","change_percentage":null,"basis_date":"2026-01-30"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":17,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockPriceRemovedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B","price_date":"2026-01-30","price":"120","reason":null},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":18,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"DividendReceivedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d4","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","pay_date":"2026-01-30","amount":"24","withholding":"3.6","currency":"USD","note":null,"replaces":"00000000-0000-0000-0000-0000000000d3","ex_date":"2026-01-15"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":19,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"TransactionExecutedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d6","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","transaction_type":"BUY","trade_date":"2019-05-01","quantity":"40","price":"50","fee":"0","total_amount":"2000","currency":"USD","note":null,"as_of":"2026-01-02"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":20,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockCreatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B","company_name":"Berkshire","sector":null,"industry":null,"currency":"USD","isin":"US0846707026"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":21,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockEditedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B","company_name":"Berkshire","sector":null,"industry":null,"currency":"USD","isin":null,"old_symbol":"BRKB"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":22,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockRemovedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":23,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"PortfolioEditedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"portfolio_id":"00000000-0000-0000-0000-0000000000f0","name":"pension"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":24,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"PortfolioRemovedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"portfolio_id":"00000000-0000-0000-0000-0000000000f0","name":"pension"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":25,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"TransactionExecutedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d7","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","transaction_type":"BUY","trade_date":"2026-01-30","quantity":"3","price":"1","fee":"0","total_amount":"3","currency":"USD","note":null,"replaces":"00000000-0000-0000-0000-0000000000d1","identity":"00000000-0000-0000-0000-0000000000d0"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":26,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"DividendReceivedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d8","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","pay_date":"2026-01-30","amount":"24","withholding":"0","currency":"USD","note":null,"identity":"00000000-0000-0000-0000-0000000000d4"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":27,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockSplitEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"split_id":"00000000-0000-0000-0000-0000000000d9","stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"BRK.B","effective_date":"2026-01-30","new_shares":"2.5","old_shares":"1","replaces":"00000000-0000-0000-0000-0000000000d5","identity":"00000000-0000-0000-0000-0000000000d5"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":28,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"ImportCompletedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"batch_id":"00000000-0000-0000-0000-0000000000c0","format":"stockbook","files":[{"name":"trades.csv","sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}],"rows":3,"recorded":2,"prices":0,"stocks_added":1,"portfolios_added":0},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":29,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"TransactionExecutedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d0","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","transaction_type":"BUY","trade_date":"2026-01-30","quantity":"10","price":"150.25","fee":"1","total_amount":"1503.5","currency":"USD","note":null,"trade_time":"09:31:07"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":30,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"DividendReceivedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000d4","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","pay_date":"2026-01-30","amount":"24","withholding":"3.6","currency":"USD","note":null,"pay_time":"15:00:00"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":31,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"ImportCompletedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"batch_id":"00000000-0000-0000-0000-0000000000c0","format":"stockbook","files":[{"name":"trades.csv","sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}],"rows":3,"recorded":2,"prices":0,"stocks_added":1,"portfolios_added":0,"identities":[{"identity":"00000000-0000-0000-0000-0000000000d8","transaction_id":"00000000-0000-0000-0000-0000000000d0"}]},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":32,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"IdentitiesReleasedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"batch_id":"00000000-0000-0000-0000-0000000000c0","identities":[{"identity":"00000000-0000-0000-0000-0000000000d8","transaction_id":"00000000-0000-0000-0000-0000000000d0"}]},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":33,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"ExchangeRateUpdatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"base_currency":"EUR","quote_currency":"USD","rate_date":"2026-01-30","old_rate":null,"new_rate":"1.0956"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":34,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"ExchangeRateUpdatedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"base_currency":"EUR","quote_currency":"USD","rate_date":"2026-01-30","old_rate":"1.0956","new_rate":"1.1"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":35,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"ExchangeRateRemovedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"base_currency":"EUR","quote_currency":"USD","rate_date":"2026-01-30","old_rate":"1.1","new_rate":null},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":36,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"ImportCompletedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"batch_id":"00000000-0000-0000-0000-0000000000c0","format":"prices-ecb","files":[{"name":"eurofxref-hist.csv","sha256":"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}],"rows":3,"recorded":3,"prices":0,"stocks_added":0,"portfolios_added":0,"rates":3},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":37,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockConvertedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"conversion_id":"00000000-0000-0000-0000-0000000000da","kind":"spin_off","stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"IBM","new_stock_id":"00000000-0000-0000-0000-0000000000a1","new_symbol":"KD","effective_date":"2026-01-30","new_shares":"1","old_shares":"5","cost_share":"4.18","new_value":null,"old_value":null,"cash":null,"pay":null,"rule":null,"cash_in_lieu":null,"portfolio":null},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":38,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"StockConvertedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"conversion_id":"00000000-0000-0000-0000-0000000000da","kind":"exchange","stock_id":"00000000-0000-0000-0000-0000000000a0","symbol":"OLD","new_stock_id":"00000000-0000-0000-0000-0000000000a1","new_symbol":"NEW","effective_date":"2026-01-30","new_shares":"0.5","old_shares":"1","cost_share":null,"new_value":"10","old_value":null,"cash":"1","pay":"60","rule":"boot","cash_in_lieu":"29.13","portfolio":"main","replaces":"00000000-0000-0000-0000-0000000000d9","identity":"00000000-0000-0000-0000-0000000000d9"},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
        r#"{"sequence":39,"event_id":"00000000-0000-0000-0000-0000000000e1","event_type":"CostAdjustedEvent","occurred_at":"2026-01-31T09:30:00.123456Z","data":{"transaction_id":"00000000-0000-0000-0000-0000000000db","portfolio_id":"00000000-0000-0000-0000-0000000000f0","stock_id":"00000000-0000-0000-0000-0000000000a0","portfolio":"main","symbol":"BRK.B","adjust_date":"2026-01-30","amount":"80","kind":"return_of_capital","note":null},"previous_hash":"0000000000000000000000000000000000000000000000000000000000000000"}"#,
    ];

    #[test]
    fn events_are_read_and_written_in_the_same_bytes_for_ever() {
        for golden in GOLDEN {
            let event: RecordedEvent = serde_json::from_str(golden).unwrap();
            assert_eq!(event.to_line().unwrap(), format!("{golden}\n"));
        }
    }

    #[test]
    fn every_event_has_a_golden_line() {
        let golden: Vec<DomainEvent> =
            GOLDEN.iter().map(|line| serde_json::from_str::<RecordedEvent>(line).unwrap().data).collect();
        // A new event does not compile until it is listed here, and fails until it has its golden line.
        let number = |event: &DomainEvent| match event {
            DomainEvent::BookCreated(BookCreatedEvent { .. }) => 0,
            DomainEvent::StockCreated(StockCreatedEvent { .. }) => 1,
            DomainEvent::StockPriceUpdated(StockPriceUpdatedEvent { .. }) => 2,
            DomainEvent::PortfolioCreated(PortfolioCreatedEvent { .. }) => 3,
            DomainEvent::TransactionExecuted(TransactionExecutedEvent { .. }) => 4,
            DomainEvent::DividendReceived(DividendReceivedEvent { .. }) => 5,
            DomainEvent::StockSplit(StockSplitEvent { .. }) => 6,
            DomainEvent::TransactionVoided(TransactionVoidedEvent { .. }) => 7,
            DomainEvent::LotsRematched(LotsRematchedEvent { .. }) => 8,
            DomainEvent::CostBasisMethodChanged(CostBasisMethodChangedEvent { .. }) => 9,
            DomainEvent::StockPriceRemoved(StockPriceRemovedEvent { .. }) => 10,
            DomainEvent::StockEdited(StockEditedEvent { .. }) => 11,
            DomainEvent::StockRemoved(StockRemovedEvent { .. }) => 12,
            DomainEvent::PortfolioEdited(PortfolioEditedEvent { .. }) => 13,
            DomainEvent::PortfolioRemoved(PortfolioRemovedEvent { .. }) => 14,
            DomainEvent::ImportCompleted(ImportCompletedEvent { .. }) => 15,
            DomainEvent::IdentitiesReleased(IdentitiesReleasedEvent { .. }) => 16,
            DomainEvent::ExchangeRateUpdated(ExchangeRateUpdatedEvent { .. }) => 17,
            DomainEvent::ExchangeRateRemoved(ExchangeRateRemovedEvent { .. }) => 18,
            DomainEvent::StockConverted(StockConvertedEvent { .. }) => 19,
            DomainEvent::CostAdjusted(CostAdjustedEvent { .. }) => 20,
        };
        let seen: std::collections::BTreeSet<_> = golden.iter().map(number).collect();
        assert_eq!(seen.len(), EventType::ALL.len());
        for event in &golden {
            let event_type = event.event_type();
            assert!(EventType::ALL.contains(&event_type), "{event_type:?}");
        }
    }

    #[test]
    fn a_member_that_a_later_version_adds_is_ignored() {
        let line = GOLDEN[0].replace(r#""format_version":1"#, r#""format_version":1,"motto":"x""#);
        let event: RecordedEvent = serde_json::from_str(&line).unwrap();
        assert_eq!(event.sequence, 1);
    }

    #[test]
    fn a_hash_is_that_of_the_raw_line() {
        // printf 'abc' | sha256sum (FIPS 180-4, example B.1)
        let hash = EventHash::of("abc");
        assert_eq!(hash.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert!("BA".repeat(32).parse::<EventHash>().is_err());
    }
}
