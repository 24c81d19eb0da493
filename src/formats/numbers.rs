//! Numbers as files write them: one convention for a file.
//!
//! `1.234,5` and `12.34` have only one reading and so decide the convention of their file. `1,234` alone decides
//! nothing; until something does, it is not read.

use std::fmt;

use super::CurrencyMark;
use super::fault::Fault;
use crate::domain::{Figure, excerpt};

/// The decimal mark of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub enum DecimalMark {
    /// `1,234.5`
    #[serde(rename = ".")]
    Point,
    /// `1.234,5`
    #[serde(rename = ",")]
    Comma,
}

/// The decimal mark in one column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
pub(crate) enum ColumnMark {
    #[serde(rename = ".")]
    Point,
    #[serde(rename = ",")]
    Comma,
    /// As each number shows, or as elsewhere in the file if it shows nothing.
    #[serde(rename = "own")]
    Own,
}

impl DecimalMark {
    fn grouping(self) -> char {
        match self {
            Self::Point => ',',
            Self::Comma => '.',
        }
    }

    fn mark(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

impl fmt::Display for DecimalMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Point => "point",
            Self::Comma => "comma",
        })
    }
}

/// A number as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) value: Figure,
    /// The number of decimal places written, including trailing zeros.
    pub(crate) places: u32,
    /// The currency mark on it.
    pub(crate) mark: Option<CurrencyMark>,
}

impl Written {
    /// Its size below zero.
    pub(crate) fn made_negative(self) -> Self {
        Self { value: self.value.abs().negated(), ..self }
    }
}

/// Why a number could not be read.
#[derive(Debug)]
pub(crate) enum Unread {
    /// It has two readings, and nothing has decided the convention of the file yet.
    Ambiguous,
    /// It is not a number, or contradicts the convention of the file.
    Fault(Fault),
}

impl From<Fault> for Unread {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// Reads a number; `None` for a word such as `n/a`. `known` is the convention of the file so far; a number with only
/// one reading sets it.
pub(crate) fn read(cell: &str, known: &mut Option<DecimalMark>) -> Result<Option<Written>, Unread> {
    if let Some(written) = plain(cell, *known) {
        return Ok(Some(written));
    }
    if ["na", "nan", "none"].iter().any(|word| word.eq_ignore_ascii_case(cell)) {
        return Ok(None);
    }
    let bare = Bare::of(cell).ok_or_else(|| no_number(cell))?;
    let separators = bare.digits.bytes().any(|byte| byte == b'.' || byte == b',');
    let shown = if separators { evidence(bare.digits) } else { Evidence::None };
    let mark = match (shown, *known) {
        (Evidence::None, _) => DecimalMark::Point,
        (Evidence::Of(mark), None) => *known.insert(mark),
        (Evidence::Either, None) => return Err(Unread::Ambiguous),
        (Evidence::Of(mark), Some(known)) if mark != known => return Err(against(cell, known).into()),
        (Evidence::Of(_) | Evidence::Either, Some(known)) => known,
        (Evidence::Malformed, _) => return Err(no_number(cell).into()),
    };
    bare.value(mark).map(Some).ok_or_else(|| no_number(cell).into())
}

/// Whether the column's mark may be assumed for a cell: a number with two readings must contain that mark.
pub(crate) fn can_assume(mark: DecimalMark, cell: &str) -> bool {
    !matches!(read(cell, &mut None), Err(Unread::Ambiguous)) || cell.contains(mark.mark())
}

/// Reads a number in a column with a decimal mark of its own.
pub(crate) fn read_in(
    column: Option<ColumnMark>,
    cell: &str,
    known: &mut Option<DecimalMark>,
) -> Result<Option<Written>, Unread> {
    match column {
        None => read(cell, known),
        Some(ColumnMark::Point) => read(cell, &mut Some(DecimalMark::Point)),
        Some(ColumnMark::Comma) => read(cell, &mut Some(DecimalMark::Comma)),
        Some(ColumnMark::Own) => match read(cell, &mut None) {
            Err(Unread::Ambiguous) => read(cell, known),
            shown => shown,
        },
    }
}

/// A fast path for digits and the file's decimal mark, which covers nearly all numbers.
fn plain(cell: &str, known: Option<DecimalMark>) -> Option<Written> {
    let (digits, negative) = cell.strip_prefix('-').map_or((cell, false), |digits| (digits, true));
    let mark = known.and_then(|mark| u8::try_from(mark.mark()).ok());
    let (mut number, mut point) = (0_i64, None);
    for (at, byte) in digits.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => number = number.checked_mul(10)?.checked_add(i64::from(byte & 15))?,
            _ if point.is_none() && at > 0 && Some(byte) == mark => point = Some(at),
            _ => return None,
        }
    }
    let places = match point {
        Some(at) => digits.len().checked_sub(at)?.checked_sub(1).filter(|places| *places > 0)?,
        None => 0,
    };
    let places = u32::try_from(places).ok()?;
    let signed = if negative { number.checked_neg()? } else { number };
    let value = Figure::of_digits(signed.into(), places).ok().filter(|_| !digits.is_empty())?;
    Some(Written { value, places, mark: None })
}

/// The refusal of a number that is still ambiguous at the end of the file.
pub(crate) fn ambiguous(cell: &str) -> Fault {
    let reading = |mark| Bare::of(cell).and_then(|bare| bare.value(mark)).map_or_else(String::new, shown);
    let [point, comma] = [DecimalMark::Point, DecimalMark::Comma].map(reading);
    let message = format!("`{}` could be {point} or {comma}, and nothing in the file says which", excerpt(cell));
    Fault::new("ambiguous_number", message).with_hint("say which decimal mark it uses: `--decimal .` or `--decimal ,`")
}

fn shown(written: Written) -> String {
    written.value.to_string()
}

fn no_number(cell: &str) -> Fault {
    Fault::new("invalid_number", format!("`{}` is not a number", excerpt(cell)))
}

fn against(cell: &str, known: DecimalMark) -> Fault {
    Fault::new("invalid_number", format!("`{}` in a file whose numbers use the {known}", excerpt(cell)))
        .contradicting()
        .with_hint("all numbers of a file must be written in one way")
}

/// A number without its sign, brackets and currency mark.
struct Bare<'c> {
    negative: bool,
    digits: &'c str,
    /// The exponent of a number such as `-2.5E-4`.
    exponent: i32,
    mark: Option<CurrencyMark>,
}

impl<'c> Bare<'c> {
    fn of(cell: &'c str) -> Option<Self> {
        let mut bare = Self { negative: false, digits: cell.trim(), exponent: 0, mark: None };
        if let Some(inner) = bare.digits.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            (bare.negative, bare.digits) = (true, inner.trim());
        }
        // A sign may stand before or after the currency mark: `-$5`, `$-5`, `USD -5`.
        for _ in 0..2 {
            bare.take_sign();
            bare.take_mark();
        }
        let (digits, exponent) = bare.digits.split_once(['e', 'E']).unwrap_or((bare.digits, "0"));
        bare.exponent = exponent.parse().ok().filter(|exponent: &i32| exponent.abs() <= 30)?;
        bare.digits = digits;
        let begins_well = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
        let ends_well = digits.ends_with(|c: char| c.is_ascii_digit());
        let is_plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',' || is_gap(c));
        (begins_well && ends_well && is_plain).then_some(bare)
    }

    fn take_sign(&mut self) {
        let signs = ['-', '\u{2212}', '+'];
        let stripped = self.digits.strip_prefix(signs).map(|rest| (rest, self.digits));
        let Some((rest, whole)) = stripped else {
            if let Some(rest) = self.digits.strip_suffix(['-', '\u{2212}']).filter(|_| !self.negative) {
                (self.negative, self.digits) = (true, rest.trim());
            }
            return;
        };
        // Two signs are not a number.
        if !self.negative || whole.starts_with('+') {
            self.negative |= !whole.starts_with('+');
            self.digits = rest.trim();
        }
    }

    fn take_mark(&mut self) {
        if self.mark.is_some()
            || self.digits.starts_with(|c: char| c.is_ascii_digit())
                && self.digits.ends_with(|c: char| c.is_ascii_digit())
        {
            return;
        }
        if let Some((rest, mark)) = super::currency_mark::parted(self.digits) {
            (self.digits, self.mark) = (rest.trim(), Some(mark));
        }
    }

    fn value(&self, mark: DecimalMark) -> Option<Written> {
        let (whole, fraction) = match self.digits.rsplit_once(mark.mark()) {
            Some((whole, fraction)) => (whole, fraction),
            None => (self.digits, ""),
        };
        let is_grouped = is_grouped(whole, mark.grouping());
        if !(whole.is_empty() || is_grouped) || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut number = 0_i128;
        for byte in whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit) {
            number = number.checked_mul(10)?.checked_add(i128::from(byte & 15))?;
        }
        let mut scale = i32::try_from(fraction.len()).ok()?.checked_sub(self.exponent)?;
        while scale < 0 {
            (number, scale) = (number.checked_mul(10)?, scale.checked_add(1)?);
        }
        // Trailing zeros show the precision.
        let places = u32::try_from(scale).ok()?;
        let signed = if self.negative { number.checked_neg()? } else { number };
        let value = Figure::of_digits(signed, places).ok()?;
        Some(Written { value, places, mark: self.mark })
    }
}

/// Whether it separates thousands in either convention: blanks and apostrophes.
pub(super) fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\'' | '\u{a0}' | '\u{2019}' | '\u{202f}' | '\u{2009}')
}

/// Whether the digits before the decimals are ungrouped or correctly grouped. Groups other than the last may have two
/// digits: `1,15,600`.
fn is_grouped(whole: &str, grouping: char) -> bool {
    let is_parting = |c: char| c == grouping || is_gap(c);
    let mut groups = whole.split(is_parting).peekable();
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    if groups.peek().is_none() {
        return digits(first);
    }
    let mut is_well = digits(first) && first.len() <= 3;
    while let Some(group) = groups.next() {
        let is_last = groups.peek().is_none();
        is_well &= digits(group) && (group.len() == 3 || (!is_last && group.len() == 2));
    }
    is_well
}

/// What the digits of a number say about the convention.
enum Evidence {
    /// Nothing: both readings are the same.
    None,
    /// Nothing: the readings differ.
    Either,
    /// The decimal mark.
    Of(DecimalMark),
    /// It is not a number.
    Malformed,
}

fn evidence(digits: &str) -> Evidence {
    use DecimalMark::{Comma, Point};
    let (points, commas) = (digits.matches('.').count(), digits.matches(',').count());
    let alone = |mark: DecimalMark| {
        let (whole, fraction) = digits.split_once(mark.mark()).unwrap_or_default();
        let other = if mark == Point { Comma } else { Point };
        if fraction.len() == 3 && !whole.starts_with('0') && (1..=3).contains(&whole.len()) {
            Evidence::Either
        } else if whole.contains(is_gap) && fraction.len() == 3 {
            // `1 234.567`: if blanks separate thousands, the point does not.
            Evidence::Of(mark)
        } else if fraction.contains(is_gap) {
            // `1.234 567`
            Evidence::Of(other)
        } else {
            Evidence::Of(mark)
        }
    };
    match (points, commas) {
        (0, 0) => Evidence::None,
        (1, 0) => alone(Point),
        (0, 1) => alone(Comma),
        (0, _) => Evidence::Of(Point),
        (_, 0) => Evidence::Of(Comma),
        _ if digits.rfind('.') > digits.rfind(',') && points == 1 => Evidence::Of(Point),
        _ if digits.rfind(',') > digits.rfind('.') && commas == 1 => Evidence::Of(Comma),
        _ => Evidence::Malformed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(cell: &str, known: Option<DecimalMark>) -> Option<String> {
        read(cell, &mut { known }).ok().flatten().map(shown)
    }

    #[test]
    fn signs_brackets_and_marks_are_taken_off() {
        for (cell, value) in [
            ("1,234.50", "1234.5"),
            ("($1,500.00)", "-1500"),
            ("$-0.88", "-0.88"),
            ("-$3320.05", "-3320.05"),
            ("+$4.49", "4.49"),
            ("USD 325.37", "325.37"),
            ("325.37 EUR", "325.37"),
            ("USD -5.50", "-5.5"),
            ("€400.00", "400"),
            ("-2.5E-4", "-0.00025"),
            ("1.2e3", "1200"),
            ("1'234.50", "1234.5"),
            ("1 234.50", "1234.5"),
            ("12.50-", "-12.5"),
            ("+0000000000100.00000", "100"),
            (".5", "0.5"),
            ("1,15,600.00", "115600"),
            ("\u{2212}7.25", "-7.25"),
        ] {
            assert_eq!(read_as(cell, None).as_deref(), Some(value), "{cell}");
        }
        for bad in ["EOF500000002", "34/42.5", "1.2.3,4", "--5", "", "5.", "12,34.5", "1e99", "(-5)x", "$", "@5", "٥"]
        {
            assert_eq!(read_as(bad, None), None, "{bad}");
        }
    }

    #[test]
    fn what_reads_in_one_way_only_tells_the_convention_of_the_file() {
        let shown_by = |cell: &str| {
            let mut known = None;
            read(cell, &mut known).ok();
            known
        };
        for cell in ["1.234,5", "0,75", "12,34", "1.234.567", "1234,567", "-5.551,0", "1 234,50"] {
            assert_eq!(shown_by(cell), Some(DecimalMark::Comma), "{cell}");
        }
        for cell in ["1,234.5", "0.755", "12.34", "1,234,567", "1234.567", "$1,050.00", "1,00,000"] {
            assert_eq!(shown_by(cell), Some(DecimalMark::Point), "{cell}");
        }
        for cell in ["1,234", "1.234", "12", "-5.551"] {
            assert_eq!(shown_by(cell), None, "{cell}");
        }
        assert!(matches!(read("2,375", &mut None), Err(Unread::Ambiguous)));
    }

    #[test]
    fn a_number_against_the_convention_is_refused_and_one_with_it_is_read() {
        assert_eq!(read_as("-5.551", Some(DecimalMark::Comma)).as_deref(), Some("-5551"));
        assert_eq!(read_as("2,375", Some(DecimalMark::Point)).as_deref(), Some("2375"));
        assert_eq!(read_as("2,375", Some(DecimalMark::Comma)).as_deref(), Some("2.375"));
        for (cell, known) in [("0,75", DecimalMark::Point), ("12.34", DecimalMark::Comma)] {
            assert_eq!(read_as(cell, Some(known)), None, "{cell}");
        }
        assert_eq!(read("10.00", &mut None).unwrap().unwrap().places, 2);
        let fault = ambiguous("1,234").at(3);
        assert_eq!(fault.message, "`1,234` could be 1234 or 1.234, and nothing in the file says which");
    }
}
