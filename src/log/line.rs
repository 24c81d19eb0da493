//! The text of an event line, member by member.
//!
//! Nearly all lines of a large import are trades, and hardly any trade needs escaping: its members are
//! written directly, to the same bytes as `serde_json` would write.

use uuid::Uuid;

use crate::domain::{Currency, DomainEvent, Instant, Money, Plain, TransactionExecutedEvent};

/// A line being written at the end of a text.
pub(super) struct LineBuffer<'t>(&'t mut Vec<u8>);

impl<'t> LineBuffer<'t> {
    pub(super) fn appending_to(text: &'t mut Vec<u8>) -> Self {
        Self(text)
    }

    /// Appends what needs no escaping.
    pub(super) fn push(&mut self, text: impl AsRef<[u8]>) {
        self.0.extend_from_slice(text.as_ref());
    }

    pub(super) fn push_uuid(&mut self, uuid: Uuid) {
        self.push(uuid.hyphenated().encode_lower(&mut Uuid::encode_buffer()));
    }

    pub(super) fn push_instant(&mut self, instant: Instant) {
        match instant.plain() {
            Some(text) => self.push(text),
            None => self.push(instant.to_string()),
        }
    }

    pub(super) fn push_data(&mut self, data: &DomainEvent) -> Result<(), serde_json::Error> {
        if let DomainEvent::TransactionExecuted(executed) = data {
            return self.push_executed(executed);
        }
        serde_json::to_writer(&mut *self.0, data)
    }

    fn push_executed(&mut self, executed: &TransactionExecutedEvent) -> Result<(), serde_json::Error> {
        let TransactionExecutedEvent {
            transaction_id,
            portfolio_id,
            stock_id,
            portfolio,
            symbol,
            transaction_type,
            trade_date,
            quantity,
            price,
            fee,
            total_amount,
            currency,
            note,
            lots,
            replaces,
            as_of,
            identity,
            trade_time,
            settlement_amount,
            settlement_currency,
            charged_fee,
            charged_currency,
        } = executed;
        if !lots.is_empty() || replaces.is_some() || as_of.is_some() || identity.is_some() {
            return serde_json::to_writer(&mut *self.0, executed);
        }
        let ids = [
            ("{\"transaction_id\":\"", transaction_id.uuid()),
            ("\",\"portfolio_id\":\"", portfolio_id.uuid()),
            ("\",\"stock_id\":\"", stock_id.uuid()),
        ];
        for (name, id) in ids {
            self.push(name);
            self.push_uuid(id);
        }
        self.push("\",\"portfolio\":");
        self.push_string(portfolio.as_str())?;
        for (name, text) in
            [(",\"symbol\":\"", symbol.as_str()), ("\",\"transaction_type\":\"", transaction_type.as_str())]
        {
            self.push(name);
            self.push(text);
        }
        for (name, text) in [
            ("\",\"trade_date\":\"", trade_date.plain()),
            ("\",\"quantity\":\"", quantity.plain()),
            ("\",\"price\":\"", price.plain()),
            ("\",\"fee\":\"", fee.plain()),
            ("\",\"total_amount\":\"", total_amount.plain()),
        ] {
            self.push(name);
            self.push(text);
        }
        self.push("\",\"currency\":\"");
        self.push(currency.code());
        self.push("\",\"note\":");
        match note {
            Some(note) => self.push_string(note.as_str())?,
            None => self.push("null"),
        }
        if let Some(time) = trade_time {
            self.push(",\"trade_time\":\"");
            self.push(time.plain());
            self.push("\"");
        }
        self.push_cash(["settlement_amount", "settlement_currency"], (settlement_amount, settlement_currency));
        self.push_cash(["charged_fee", "charged_currency"], (charged_fee, charged_currency));
        self.push("}");
        Ok(())
    }

    /// Appends an amount and its currency, each if present.
    fn push_cash(&mut self, names: [&str; 2], (amount, currency): (&Option<Money>, &Option<Currency>)) {
        let amount = amount.map(Money::plain);
        let texts = [amount.as_ref().map(Plain::as_str), currency.as_ref().map(|currency| currency.code())];
        for (name, text) in names.into_iter().zip(texts) {
            if let Some(text) = text {
                for part in [",\"", name, "\":\"", text, "\""] {
                    self.push(part);
                }
            }
        }
    }

    /// Appends a JSON string.
    fn push_string(&mut self, text: &str) -> Result<(), serde_json::Error> {
        if text.bytes().any(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
            return serde_json::to_writer(&mut *self.0, text);
        }
        for part in ["\"", text, "\""] {
            self.push(part);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{Currency, PickedLot, PortfolioId, StockId, TimeOfDay, TransactionId, TransactionType};

    #[test]
    fn a_text_is_escaped_wherever_json_asks_for_it() {
        for text in ["", " ", "ä", "\"", "\"\"", "\\", "\\\\", "\u{1}", "\n\n", "a\"b", "a\\b", "a\tb", "\u{7f}"] {
            let mut written = Vec::new();
            LineBuffer::appending_to(&mut written).push_string(text).unwrap();
            assert_eq!(String::from_utf8(written).unwrap(), serde_json::to_string(text).unwrap());
        }
    }

    proptest! {
        #[test]
        fn a_trade_is_written_as_its_members_are_one_by_one(
            ids: [u128; 3],
            names in ["[ -~äé€😀]{0,30}x", "[A-Z0-9.^=:_-]{1,32}"],
            is_sale: bool,
            (has_lots, is_amended, is_opening) in prop_oneof![Just((false, false, false)), any::<(bool, bool, bool)>()],
            day in 1_u32..=28,
            time in prop::option::of([0_u8..24, 0_u8..60, 0_u8..60]),
            numbers in prop::array::uniform3("[1-9][0-9]{0,16}(\\.[0-9]{1,10})?"),
            total in "-?[1-9][0-9]{0,17}(\\.[0-9]{1,9}[1-9])?",
            [settled, charged] in prop::array::uniform2(prop::option::of("-?[1-9][0-9]{0,17}(\\.[0-9]{1,9}[1-9])?")),
            note in prop::option::of("[ -~äé€😀\u{a0}\u{7f}]{0,60}x"),
        ) {
            let [transaction, portfolio, stock] = ids.map(Uuid::from_u128);
            let quantity = numbers[0].parse().unwrap();
            let note = note.filter(|note| !note.contains('\u{7f}'));
            let data = DomainEvent::TransactionExecuted(TransactionExecutedEvent {
                transaction_id: TransactionId::new(transaction),
                portfolio_id: PortfolioId::new(portfolio),
                stock_id: StockId::new(stock),
                portfolio: names[0].parse().unwrap(),
                symbol: names[1].parse().unwrap(),
                transaction_type: if is_sale { TransactionType::Sell } else { TransactionType::Buy },
                trade_date: format!("2024-01-{day:02}").parse().unwrap(),
                quantity,
                price: numbers[1].parse().unwrap(),
                fee: numbers[2].parse().unwrap(),
                total_amount: total.parse().unwrap(),
                currency: if is_sale { Currency::USD } else { "EUR".parse().unwrap() },
                note: note.map(|note| note.parse().unwrap()),
                lots: if has_lots { vec![PickedLot { lot_id: TransactionId::new(stock), quantity }] } else { Vec::new() },
                replaces: is_amended.then_some(TransactionId::new(portfolio)),
                as_of: is_opening.then(|| "2024-02-01".parse().unwrap()),
                identity: (is_amended && is_opening).then_some(TransactionId::new(stock)),
                trade_time: time.map(|[hour, minute, second]| TimeOfDay::of(hour, minute, second).unwrap()),
                settlement_currency: settled.as_ref().map(|_| "CHF".parse().unwrap()),
                settlement_amount: settled.map(|amount| amount.parse().unwrap()),
                charged_currency: charged.as_ref().map(|_| "JPY".parse().unwrap()),
                charged_fee: charged.map(|amount| amount.parse().unwrap()),
            });
            let mut text = Vec::new();
            LineBuffer::appending_to(&mut text).push_data(&data).unwrap();
            prop_assert_eq!(String::from_utf8(text).unwrap(), serde_json::to_string(&data).unwrap());
        }
    }
}
