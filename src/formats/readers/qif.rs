//! Quicken Interchange Format: records of lines whose first letter gives their meaning.

use std::collections::HashMap;

use super::memory::Table;

/// The values of an investment transaction, by the first letter of their lines.
const LINES: [(char, &str); 8] = [
    ('D', "date"),
    ('N', "action"),
    ('Y', "security"),
    ('I', "price"),
    ('Q', "quantity"),
    ('T', "total"),
    ('O', "commission"),
    ('M', "memo"),
];

/// The lines of a record, and the number of the first.
type QifRecord<'t> = (u64, Vec<(char, &'t str)>);

/// The transactions of the investment accounts of a document; `None` if it has no such account.
///
/// Besides the values of its record a row has the `account` and, if the document describes the security, its `symbol`.
pub(crate) fn rows(text: &str) -> Option<Table> {
    if !text.trim_start().starts_with('!') {
        return None;
    }
    let (mut kind, mut account, mut record): (_, _, QifRecord<'_>) = ("", "", (0, Vec::new()));
    let (mut symbols, mut found, mut is_statement) = (HashMap::new(), Vec::new(), false);
    for (line, number) in text.lines().map(str::trim).zip(1..) {
        let mut letters = line.chars();
        match letters.next() {
            None => {}
            Some('!') => {
                let name = letters.as_str();
                // Options stand before the sections that they refer to.
                if name.starts_with("Type:") || name.starts_with("Account") {
                    kind = name;
                }
                is_statement |= is_investment(kind);
                record.1.clear();
            }
            Some('^') => {
                let (began, lines) = std::mem::take(&mut record);
                let said = |letter: char| lines.iter().find(|(it, _)| *it == letter).map_or("", |(_, text)| *text);
                match kind {
                    _ if is_investment(kind) => found.push((began, account, lines)),
                    "Account" => account = said('N'),
                    "Type:Security" => {
                        symbols.insert(said('N'), said('S'));
                    }
                    _ => {}
                }
            }
            Some(letter) => {
                if record.1.is_empty() {
                    record.0 = number;
                }
                record.1.push((letter, letters.as_str().trim()));
            }
        }
    }
    let mut table = Table::with_columns(&LINES.map(|(_, name)| name));
    for (began, account, lines) in &found {
        let mut values = vec![("account", (*account).to_owned())];
        for (letter, text) in lines {
            if let Some((_, name)) = LINES.iter().find(|(it, _)| it == letter) {
                values.push((name, if *letter == 'D' { date(text) } else { (*text).to_owned() }));
            }
            if *letter == 'Y' {
                values.push(("symbol", symbols.get(text).copied().unwrap_or_default().to_owned()));
            }
        }
        table.push(*began, values.iter().map(|(name, value)| (*name, value.as_str())));
    }
    is_statement.then_some(table)
}

fn is_investment(kind: &str) -> bool {
    kind.eq_ignore_ascii_case("Type:Invst")
}

/// A date such as `1/ 5'24`: an apostrophe before the year means this century.
fn date(text: &str) -> String {
    let text = text.replace(' ', "");
    match text.split_once('\'') {
        Some((day, year)) if year.len() == 2 => format!("{day}/20{year}"),
        Some((day, year)) => format!("{day}/{year}"),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::readers::Step;
    use crate::formats::row::Row;

    #[test]
    fn records_are_rows_with_their_account_and_symbol() {
        let text = "!Option:AutoSwitch\n!Account\nNBroker\nTInvst\n^\n!Type:Security\nNAcme Inc\nSACME\n^\n\
                    !Type:Invst\nD1/ 5'24\nNBuy\nYAcme Inc\nQ10\n\n^\nD12/31/1999\nNSell\nYOther\n^\n";
        let mut table = rows(text).unwrap();
        let mut row = Row { line: 0, cells: csv::StringRecord::new() };
        let Some(Step::Header(_, header)) = table.advance(&mut row) else { panic!() };
        let mut next = || {
            table.advance(&mut row)?;
            let cells = header.names.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty());
            Some((row.line, cells.map(|(name, cell)| format!("{name}={cell}")).collect::<Vec<_>>().join(" ")))
        };
        let first = "date=1/5/2024 action=Buy security=Acme Inc quantity=10 account=Broker symbol=ACME";
        assert_eq!(next(), Some((11, first.to_owned())));
        assert_eq!(next(), Some((17, "date=12/31/1999 action=Sell security=Other account=Broker".to_owned())));
        assert_eq!(next(), None);
        for other in ["!Type:Bank\nD1/1/2024\n^\n", "Date,Price\n", ""] {
            assert!(rows(other).is_none(), "{other}");
        }
    }
}
