//! Dividends that a later row of their file takes back.

use hashbrown::HashMap;

use super::file::{DividendRow, ImportRow};
use crate::domain::{Day, Figure, PortfolioName, Symbol};
use crate::formats::{Fault, RowFault};

/// The dividends of a file.
#[derive(Default)]
pub(super) struct Dividends {
    /// Their days and lines, and the tax that was withheld.
    paid: HashMap<Payment, Vec<(Day, u64, Figure)>>,
    /// Those that take one back.
    back: Vec<(Payment, Day, u64, Figure)>,
}

/// The stock, the portfolio and the size of the amount.
type Payment = (Symbol, Option<PortfolioName>, String);

impl Dividends {
    /// Notes a row; whether it takes another one back, and is none itself.
    pub(super) fn reverses(&mut self, line: u64, row: &ImportRow) -> bool {
        let ImportRow::Dividend(DividendRow { date, symbol, portfolio, amount, withholding, .. }) = row else {
            return false;
        };
        let payment = (symbol.clone(), portfolio.clone(), Figure::from(*amount).abs().to_string());
        let withheld = Figure::from(*withholding).abs();
        if amount.is_negative() {
            self.back.push((payment, *date, line, withheld));
            return true;
        }
        self.paid.entry(payment).or_default().push((*date, line, withheld));
        false
    }

    /// The lines of the dividends that were taken back, each the latest before the row that does so, if there is one
    /// from which as much tax was withheld; and the rows that take back what the file does not have.
    pub(super) fn resolve(mut self) -> (Vec<u64>, Vec<RowFault>) {
        let (mut lines, mut faults) = (Vec::new(), Vec::new());
        self.back.sort_by_key(|(_, day, line, _)| (*day, *line));
        for (payment, day, line, tax) in self.back {
            let paid = self.paid.get_mut(&payment);
            let latest = paid.and_then(|paid| {
                let before = paid.iter().enumerate().filter(|(_, (paid, ..))| *paid <= day);
                let (at, _) = before.max_by_key(|(_, (paid, line, withheld))| (*withheld == tax, *paid, *line))?;
                Some(paid.swap_remove(at))
            });
            if let Some((_, line, _)) = latest {
                lines.push(line);
                continue;
            }
            let (symbol, _, amount) = payment;
            let message = format!("-{amount} takes back a dividend on {symbol} that the file does not have");
            let hint = "leave the row out, and void the dividend with `stockbook void` if the book has it";
            faults.push(Fault::new("reversed_dividend", message).with_hint(hint).at(line));
        }
        (lines, faults)
    }
}
