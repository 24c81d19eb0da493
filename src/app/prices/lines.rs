//! Prices as other programs write them: one line each, with a symbol and a price.

use std::io::{self, BufRead};

use super::{UpdatePrice, UpdatedPrice, update_price};
use crate::app::AppError;
use crate::app::currency_marks::check_marks;
use crate::app::import::file::RowFault;
use crate::app::import::{BadRows, FileFault, ImportError};
use crate::domain::{Currency, Day, Symbol, ValueError};
use crate::formats::CurrencyMark;
use crate::formats::typed::{self, Marked};
use crate::store::UnitOfWork;

/// Parsed lines of prices that are not yet recorded.
#[derive(Debug, Default)]
pub struct PriceLines {
    prices: Vec<PriceLine>,
    faults: BadRows,
    rows: u64,
}

/// A line that names a symbol and a price.
#[derive(Debug)]
struct PriceLine {
    number: u64,
    price: UpdatePrice,
    mark: Option<CurrencyMark>,
}

/// How many bytes of a line are read; a symbol and a price are much shorter.
const LONGEST: usize = 1 << 10;

/// Reads lines of the form `SYMBOL PRICE` to the end; empty ones are skipped.
///
/// # Errors
/// If they cannot be read. Lines of another form are reported when the prices are recorded.
pub fn read_price_lines(mut input: impl BufRead, date: Day) -> Result<PriceLines, AppError> {
    let mut read = PriceLines::default();
    for number in 1.. {
        let line = next_line(&mut input).map_err(AppError::system("read standard input"))?;
        let Some(line) = line else { break };
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_start_matches('\u{feff}').trim();
        if text.is_empty() {
            continue;
        }
        read.rows = read.rows.saturating_add(1);
        match price_line(text, date) {
            Ok((price, mark)) => read.prices.push(PriceLine { number, price, mark }),
            Err(error) => read.faults.add(fault(number, error.code, error.to_string(), error.hint)),
        }
    }
    Ok(read)
}

/// The beginning of a line; the rest of it is discarded. `None` at the end.
fn next_line(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let mut is_any = false;
    loop {
        let there = input.fill_buf()?;
        if there.is_empty() {
            return Ok(is_any.then_some(line));
        }
        is_any = true;
        let end = there.iter().position(|byte| *byte == b'\n');
        let part = there.get(..end.unwrap_or(there.len())).unwrap_or_default();
        line.extend(part.iter().take(LONGEST.saturating_sub(line.len())));
        let read = part.len().saturating_add(usize::from(end.is_some()));
        input.consume(read);
        if end.is_some() {
            return Ok(Some(line));
        }
    }
}

fn price_line(text: &str, date: Day) -> Result<(UpdatePrice, Option<CurrencyMark>), ValueError> {
    let (symbol, price) = parted(text).ok_or_else(|| ValueError {
        hint: Some("write a symbol and its price on each line: AAPL 171.48".to_owned()),
        ..ValueError::new("line", "invalid_line", text, "is not a symbol and a price")
    })?;
    let symbol = symbol.trim_end().parse::<Symbol>()?;
    let Marked { value: price, mark } = typed::price(price)?;
    Ok((UpdatePrice { symbol, date, price }, mark))
}

/// The symbol and the price in a line. The price may be followed by a currency: `AAPL 171.48 USD`.
fn parted(text: &str) -> Option<(&str, &str)> {
    let (before, last) = text.rsplit_once(char::is_whitespace)?;
    let (symbol, _) = match before.trim_end().rsplit_once(char::is_whitespace) {
        Some(both) if last.parse::<Currency>().is_ok() => both,
        Some(_) | None => (before, last),
    };
    Some((symbol, text.get(symbol.len()..)?.trim_start()))
}

fn fault(line: u64, code: &'static str, message: String, hint: Option<String>) -> FileFault {
    let fault = RowFault { line, code, message, hint };
    FileFault { index: 0, file: "standard input".to_owned(), fault }
}

/// Records the prices of all lines, or of none.
///
/// # Errors
/// If a line has another form or its symbol is unknown, naming each such line; or as in
/// [`update_price`].
pub fn update_prices(
    unit: &mut UnitOfWork<'_>,
    lines: &PriceLines,
) -> Result<Vec<(UpdatePrice, UpdatedPrice)>, AppError> {
    let mut faults = lines.faults.clone();
    let mut updated = Vec::new();
    for PriceLine { number, price, mark } in &lines.prices {
        let marked = check_marks(unit.reader(), &price.symbol, mark.as_slice());
        match marked.and_then(|()| update_price(unit, price)) {
            Ok(was) => updated.push((price.clone(), was)),
            Err(AppError::Domain(error)) => {
                let error = AppError::Domain(error);
                faults.add(fault(*number, error.code(), error.to_string(), error.hint()));
            }
            Err(error) => return Err(error),
        }
    }
    if faults.count() == 0 { Ok(updated) } else { Err(ImportError::Refused { rows: lines.rows, faults }.into()) }
}

#[test]
fn of_a_line_without_an_end_no_more_is_kept_than_is_looked_at() {
    let mut input = io::Cursor::new([b"AAPL 1".repeat(1 << 16), b"\n\nMSFT 2".to_vec()].concat());
    assert_eq!(next_line(&mut input).unwrap().unwrap().len(), LONGEST);
    assert_eq!(next_line(&mut input).unwrap().unwrap(), b"");
    assert_eq!(next_line(&mut input).unwrap().unwrap(), b"MSFT 2");
    assert_eq!(next_line(&mut input).unwrap(), None);
}
