//! Whole files, as a caller sees them.

mod layouts;
mod limits;
mod rows;

use std::io;

use super::*;

/// What a caller got to see of a file.
#[derive(Debug, Default)]
struct Seen {
    rows: Vec<(u64, ImportRow)>,
    faults: Vec<RowFault>,
    summary: FileSummary,
}

impl Seen {
    /// `line code`, one per fault.
    fn codes(&self) -> Vec<String> {
        self.faults.iter().map(|fault| format!("{} {}", fault.line, fault.code)).collect()
    }

    fn lines(&self) -> Vec<u64> {
        self.rows.iter().map(|(line, _)| *line).collect()
    }

    fn trade(&self, at: usize) -> &TradeRow {
        let ImportRow::Trade(trade) = &self.rows[at].1 else { panic!("another row") };
        trade
    }

    fn price(&self, at: usize) -> &PriceRow {
        let ImportRow::Price(price) = &self.rows[at].1 else { panic!("another row") };
        price
    }
}

fn options() -> ReadOptions {
    ReadOptions {
        symbol: None,
        columns: Vec::new(),
        date_format: None,
        time_zone: None,
        today: "2024-12-31".parse().unwrap(),
    }
}

fn mapped(mappings: &[&str]) -> ReadOptions {
    ReadOptions { columns: mappings.iter().map(|mapping| mapping.parse().unwrap()).collect(), ..options() }
}

fn of_stock(symbol: &str) -> ReadOptions {
    ReadOptions { symbol: Some(symbol.parse().unwrap()), ..options() }
}

fn read_with(source: impl io::Read, options: &ReadOptions) -> Seen {
    let mut seen = Seen::default();
    let mut rows = FileRows::new(source, options);
    for row in &mut rows {
        match row.unwrap() {
            (line, Ok(row)) => seen.rows.push((line, row)),
            (line, Err(fault)) => {
                assert_eq!(fault.line, line);
                seen.faults.push(fault);
            }
        }
    }
    Seen { summary: rows.summary().clone(), ..seen }
}

fn read(text: &str) -> Seen {
    read_with(text.as_bytes(), &options())
}

/// A trades file with these rows below the usual header.
fn trades(rows: &str) -> Seen {
    read(&format!("date,action,symbol,quantity,price,amount,fee,portfolio,note,id,currency,lot\n{rows}"))
}
