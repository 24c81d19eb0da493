//! Numbers and days as text, on the stack: an import writes millions of them.

use rust_decimal::Decimal;

/// A short ASCII text.
#[derive(Debug, Clone, Copy)]
pub struct Plain {
    bytes: [u8; Self::ROOM],
    start: usize,
}

impl Plain {
    /// A sign, 29 digits, a point and a zero before it, and some more.
    const ROOM: usize = 40;
    const EMPTY: Self = Self { bytes: [b'0'; Self::ROOM], start: Self::ROOM };

    /// A decimal in plain notation, with all of its digits.
    pub(super) fn of_decimal(value: Decimal) -> Self {
        let mut text = Self::EMPTY;
        let scale = usize::try_from(value.scale()).unwrap_or_default();
        let mut mantissa = value.mantissa().unsigned_abs();
        // Nearly all numbers fit 64 bits from the start, where a division costs a fraction.
        let mut short = loop {
            if let Ok(short) = u64::try_from(mantissa) {
                break short;
            }
            text.put_digit(u64::try_from(mantissa % 10).unwrap_or_default());
            mantissa /= 10;
        };
        while short != 0 || text.as_bytes().len() <= scale {
            text.put_digit(short % 10);
            short /= 10;
        }
        if scale != 0 {
            text.put_point(scale);
        }
        if value.is_sign_negative() && !value.is_zero() {
            text.put(b'-');
        }
        text
    }

    /// A day as `YYYY-MM-DD`.
    pub(super) fn of_day(year: i32, month: u32, day: u32) -> Self {
        let mut text = Self::EMPTY;
        text.put_digits(day, 2);
        text.put(b'-');
        text.put_digits(month, 2);
        text.put(b'-');
        text.put_digits(year.unsigned_abs(), 4);
        text
    }

    fn put_digits(&mut self, number: u32, width: usize) {
        let mut left = number;
        for _ in 0..width {
            self.put_digit(u64::from(left % 10));
            left /= 10;
        }
    }

    fn put_digit(&mut self, digit: u64) {
        self.put(b'0'.saturating_add(u8::try_from(digit).unwrap_or_default()));
    }

    /// Puts a point before the last `places` characters.
    fn put_point(&mut self, places: usize) {
        self.put(b'.');
        let end = Self::ROOM.saturating_sub(places);
        if let Some(whole) = self.bytes.get_mut(self.start..end) {
            whole.rotate_left(1);
        }
    }

    /// Puts a character before those that are there.
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
