//! Numbers, ids, days and instants as text, on the stack: an import writes millions of them.

use chrono::{DateTime, Datelike, Timelike, Utc};
use rust_decimal::Decimal;
use uuid::Uuid;
use uuid::fmt::Hyphenated;

/// A short ASCII text.
#[derive(Debug, Clone, Copy)]
pub struct Plain {
    bytes: [u8; Self::ROOM],
    start: usize,
}

impl Plain {
    /// Room for the longest decimal: a sign, 29 digits, a point and a zero before it, rounded up.
    const ROOM: usize = 40;
    const EMPTY: Self = Self { bytes: [b'0'; Self::ROOM], start: Self::ROOM };

    /// A decimal in plain notation, with all of its digits.
    #[must_use]
    pub fn of_decimal(value: Decimal) -> Self {
        let mut text = Self::EMPTY;
        let scale = usize::try_from(value.scale()).unwrap_or_default();
        let mut mantissa = value.mantissa().unsigned_abs();
        // Nearly all numbers fit 64 bits from the start, where division is much faster.
        let short = loop {
            if let Ok(short) = u64::try_from(mantissa) {
                break short;
            }
            text.put_digit(u64::try_from(mantissa % 10).unwrap_or_default());
            mantissa /= 10;
        };
        text.put_significant(short);
        // Digits that have not been written are zeros, at least one of them before the point.
        text.start = text.start.min(Self::ROOM.saturating_sub(scale).saturating_sub(1));
        if scale != 0 {
            text.put_point(scale);
        }
        if value.is_sign_negative() && !value.is_zero() {
            text.put(b'-');
        }
        text
    }

    /// A whole number.
    #[must_use]
    pub fn of_number(number: u64) -> Self {
        let mut text = Self::EMPTY;
        text.put_significant(number);
        // A number without digits is a zero.
        text.start = text.start.min(Self::ROOM.saturating_sub(1));
        text
    }

    /// A UUID in lower case, with hyphens.
    #[must_use]
    pub fn of_uuid(uuid: Uuid) -> Self {
        let mut text = Self { start: Self::ROOM.saturating_sub(Hyphenated::LENGTH), ..Self::EMPTY };
        if let Some(room) = text.bytes.get_mut(text.start..) {
            uuid.hyphenated().encode_lower(room);
        }
        text
    }

    /// A day as `YYYY-MM-DD`.
    pub(super) fn of_day(year: i32, month: u32, day: u32) -> Self {
        let mut text = Self::EMPTY;
        text.put_day(year, month, day);
        text
    }

    /// A time of day as `HH:MM:SS`.
    pub(super) fn of_time(hour: u8, minute: u8, second: u8) -> Self {
        let mut text = Self::EMPTY;
        text.put_time(u32::from(hour), u32::from(minute), u32::from(second));
        text
    }

    /// An instant as `YYYY-MM-DDThh:mm:ss.ffffffZ`; `None` in a leap second, or in a year that does not
    /// have four digits.
    pub(super) fn of_instant(instant: DateTime<Utc>) -> Option<Self> {
        let instant = instant.naive_utc();
        let is_usual = (0..=9999).contains(&instant.year()) && instant.nanosecond() < 1_000_000_000;
        let mut text = Self::EMPTY;
        text.put(b'Z');
        text.put_digits(instant.nanosecond() / 1000, 6);
        text.put(b'.');
        text.put_time(instant.hour(), instant.minute(), instant.second());
        text.put(b'T');
        text.put_day(instant.year(), instant.month(), instant.day());
        is_usual.then_some(text)
    }

    fn put_time(&mut self, hour: u32, minute: u32, second: u32) {
        self.put_digits(second, 2);
        self.put(b':');
        self.put_digits(minute, 2);
        self.put(b':');
        self.put_digits(hour, 2);
    }

    fn put_day(&mut self, year: i32, month: u32, day: u32) {
        self.put_digits(day, 2);
        self.put(b'-');
        self.put_digits(month, 2);
        self.put(b'-');
        self.put_digits(year.unsigned_abs(), 4);
    }

    /// Writes a number without leading zeros, and nothing for 0.
    fn put_significant(&mut self, number: u64) {
        let mut left = number;
        while left >= 100 {
            self.put_pair(left % 100);
            left /= 100;
        }
        match left {
            0 => {}
            1..=9 => self.put_digit(left),
            _ => self.put_pair(left),
        }
    }

    /// Writes a number with leading zeros; `width` must be even.
    fn put_digits(&mut self, number: u32, width: usize) {
        let mut left = number;
        for _ in 0..width / 2 {
            self.put_pair(u64::from(left % 100));
            left /= 100;
        }
    }

    fn put_digit(&mut self, digit: u64) {
        self.put(b'0'.saturating_add(u8::try_from(digit).unwrap_or_default()));
    }

    /// Inserts a point before the last `places` characters.
    fn put_point(&mut self, places: usize) {
        self.start = self.start.saturating_sub(1);
        let end = Self::ROOM.saturating_sub(places);
        if let Some(whole @ [_, ..]) = self.bytes.get_mut(self.start..end) {
            whole.copy_within(1.., 0);
            if let Some(last) = whole.last_mut() {
                *last = b'.';
            }
        }
    }

    fn put_pair(&mut self, number: u64) {
        let pair = usize::try_from(number).ok().and_then(|number| PAIRS.get(number));
        self.start = self.start.saturating_sub(2);
        let room = self.bytes.get_mut(self.start..).and_then(<[u8]>::first_chunk_mut);
        if let (Some(room), Some(pair)) = (room, pair) {
            *room = *pair;
        }
    }

    /// Inserts a character in front of the text.
    fn put(&mut self, byte: u8) {
        self.start = self.start.saturating_sub(1);
        if let Some(slot) = self.bytes.get_mut(self.start) {
            *slot = byte;
        }
    }

    /// The text, as bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(self.start..).unwrap_or_default()
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(self.as_bytes()).unwrap_or_default()
    }
}

impl AsRef<[u8]> for Plain {
    fn as_ref(&self) -> &[u8] {
        self.as_bytes()
    }
}

/// `00` to `99`.
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[b'0'; 2]; 100];
    let (mut tens, mut rest): (u8, &mut [[u8; 2]]) = (b'0', &mut pairs);
    while let Some((ten, after)) = rest.split_first_chunk_mut::<10>() {
        let (mut ones, mut left): (u8, &mut [[u8; 2]]) = (b'0', ten);
        while let Some((pair, after)) = left.split_first_mut() {
            *pair = [tens, ones];
            ones = ones.saturating_add(1);
            left = after;
        }
        tens = tens.saturating_add(1);
        rest = after;
    }
    pairs
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_has_all_of_its_zeros() {
        assert_eq!(Plain::of_day(2024, 2, 9).as_str(), "2024-02-09");
        assert_eq!(Plain::of_day(1900, 12, 31).as_str(), "1900-12-31");
    }

    proptest! {
        #[test]
        fn an_instant_is_written_as_its_library_writes_it(seconds in -62_167_219_200_i64..253_402_300_800, micros in 0_i64..1_000_000) {
            let instant = DateTime::from_timestamp_micros(seconds.saturating_mul(1_000_000).saturating_add(micros)).unwrap();
            let text = Plain::of_instant(instant).unwrap();
            prop_assert_eq!(text.as_str(), instant.to_rfc3339_opts(chrono::SecondsFormat::Micros, true));
        }

        #[test]
        fn a_uuid_is_written_as_its_library_writes_it(number: u128) {
            let text = Plain::of_uuid(Uuid::from_u128(number));
            prop_assert_eq!(text.as_str(), Uuid::from_u128(number).to_string());
        }

        #[test]
        fn a_number_is_written_as_its_library_writes_it(number: u64, shift in 0_u32..64) {
            let number = number >> shift;
            let text = Plain::of_number(number);
            prop_assert_eq!(text.as_str(), number.to_string());
        }

        #[test]
        fn a_decimal_is_written_as_its_library_writes_it(low: u32, mid: u32, high: u32, negative: bool, scale in 0_u32..=28) {
            let value = Decimal::from_parts(low, mid, high, negative, scale);
            let positive_zero = if value.is_zero() { value.abs() } else { value };
            let text = Plain::of_decimal(value);
            prop_assert_eq!(text.as_str(), positive_zero.to_string());
            let short = Decimal::from_parts(low % 1000, 0, 0, negative, scale % 6);
            let short = if short.is_zero() { short.abs() } else { short };
            let text = Plain::of_decimal(short);
            prop_assert_eq!(text.as_str(), short.to_string());
        }
    }
}
