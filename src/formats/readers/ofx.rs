//! Open Financial Exchange: investment statements of version 1 (SGML, whose values have no end tags) and version 2
//! (XML). Both are read by their tags alone.

use std::collections::HashMap;

use super::memory::{LineCount, Table};

/// The elements that are rows: investment transactions, cash movements, and positions.
const ROWS: [&str; 26] = [
    "BUYDEBT",
    "BUYMF",
    "BUYOPT",
    "BUYOTHER",
    "BUYSTOCK",
    "CLOSUREOPT",
    "INCOME",
    "INVBANKTRAN",
    "INVEXPENSE",
    "JRNLFUND",
    "JRNLSEC",
    "MARGININTEREST",
    "POSDEBT",
    "POSMF",
    "POSOPT",
    "POSOTHER",
    "POSSTOCK",
    "REINVEST",
    "RETOFCAP",
    "SELLDEBT",
    "SELLMF",
    "SELLOPT",
    "SELLOTHER",
    "SELLSTOCK",
    "SPLIT",
    "TRANSFER",
];

/// A row before its security is resolved.
struct Found {
    line: u64,
    element: String,
    values: Vec<(String, String)>,
}

/// The rows of the investment statements of a document; `None` if it has none.
///
/// Besides its own values a row has `_element` (its name), `ACCTID`, `CURDEF`, and from its security `TICKER` and
/// `SECNAME`. The names of values within a `CURRENCY` or `ORIGCURRENCY` are prefixed with it.
pub(crate) fn rows(text: &str) -> Option<Table> {
    let begin = text.find("<OFX>").or_else(|| text.find("<ofx>"))?;
    let mut scan = Scan::default();
    let mut lines = LineCount::new(text);
    let mut place = begin;
    while let Some(open) = text.get(place..).and_then(|rest| rest.find('<')).and_then(|at| place.checked_add(at)) {
        let inside = open.saturating_add(1);
        let close = text.get(inside..).and_then(|rest| rest.find('>')).and_then(|at| inside.checked_add(at));
        let Some(close) = close else { break };
        let tag = text.get(inside..close).unwrap_or_default();
        place = close.saturating_add(1);
        let value = text.get(place..).unwrap_or_default();
        let value = value.get(..value.find('<').unwrap_or(value.len())).unwrap_or_default().trim();
        scan.tag(tag, value, lines.at(open));
    }
    scan.is_statement.then(|| scan.table())
}

/// The state of reading a document.
#[derive(Default)]
struct Scan {
    is_statement: bool,
    path: Vec<String>,
    account: String,
    currency: String,
    /// The open row and the depth of its element.
    row: Option<(usize, Found)>,
    rows: Vec<(Found, String, String)>,
    /// The values of the security being described.
    described: Option<HashMap<String, String>>,
    securities: HashMap<String, HashMap<String, String>>,
}

impl Scan {
    fn tag(&mut self, tag: &str, value: &str, line: u64) {
        if tag.starts_with(['?', '!']) {
            return;
        }
        if let Some(name) = tag.strip_prefix('/') {
            self.close(&name.trim().to_ascii_uppercase());
            return;
        }
        let name = tag.trim_end_matches('/').trim().to_ascii_uppercase();
        if !value.is_empty() {
            self.value(&name, &unescaped(value));
        } else if !tag.ends_with('/') {
            self.open(name, line);
        }
    }

    fn open(&mut self, name: String, line: u64) {
        self.is_statement |= name == "INVSTMTRS";
        if name == "SECINFO" {
            self.described = Some(HashMap::new());
        }
        if self.row.is_none() && ROWS.contains(&name.as_str()) {
            let found = Found { line, element: name.clone(), values: Vec::new() };
            self.row = Some((self.path.len(), found));
        }
        // No statement is this deep, but an empty value without an end tag opens an element that is never closed.
        if self.path.len() < 64 {
            self.path.push(name);
        }
    }

    fn value(&mut self, name: &str, value: &str) {
        match name {
            "CURDEF" => value.clone_into(&mut self.currency),
            "ACCTID" if self.row.is_none() => value.clone_into(&mut self.account),
            _ => {}
        }
        if let Some(security) = &mut self.described {
            security.entry(name.to_owned()).or_insert_with(|| value.to_owned());
        } else if let Some((_, row)) = &mut self.row {
            let within = self.path.last().filter(|within| within.ends_with("CURRENCY"));
            let name = within.map_or_else(|| name.to_owned(), |within| format!("{within}.{name}"));
            row.values.push((name, value.to_owned()));
        }
    }

    fn close(&mut self, name: &str) {
        let Some(depth) = self.path.iter().rposition(|open| open == name) else { return };
        self.path.truncate(depth);
        if name == "SECINFO"
            && let Some(security) = self.described.take()
            && let Some(id) = security.get("UNIQUEID").cloned()
        {
            self.securities.insert(id, security);
        }
        if let Some((_, row)) = self.row.take_if(|(own, _)| depth <= *own) {
            self.rows.push((row, self.account.clone(), self.currency.clone()));
        }
    }

    fn table(self) -> Table {
        let mut table = Table::with_columns(&["_element", "TICKER", "SECNAME", "CURDEF", "ACCTID"]);
        for (row, account, currency) in &self.rows {
            let id = row.values.iter().find(|(name, _)| name == "UNIQUEID").map_or("", |(_, id)| id.as_str());
            let security = self.securities.get(id);
            let of_security = |name: &str| security.and_then(|values| values.get(name)).map_or("", String::as_str);
            // A security without a ticker is named by its id.
            let ticker = Some(of_security("TICKER")).filter(|ticker| !ticker.is_empty()).unwrap_or(id);
            let own = row.values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
            let known = [
                ("_element", row.element.as_str()),
                ("TICKER", ticker),
                ("SECNAME", of_security("SECNAME")),
                ("CURDEF", currency),
                ("ACCTID", account),
            ];
            table.push(row.line, known.into_iter().chain(own).collect::<Vec<_>>());
        }
        table
    }
}

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned)
}
