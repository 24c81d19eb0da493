//! The stock of a row.

use super::cells::{Cells, Unread, missing};
use super::currency::RowCurrency;
use crate::domain::{Currency, Isin, Symbol, excerpt};
use crate::formats::CurrencyMark;
use crate::formats::activity::Security;
use crate::formats::fault::Fault;
use crate::formats::table::{Field, is_word};

impl Cells<'_> {
    pub(super) fn security(&self) -> Result<Security, Unread> {
        let [symbol, isin, name] = [Field::Symbol, Field::Isin, Field::Name].map(|field| self.text(field));
        let security = Security {
            isin: isin.or(symbol).and_then(|isin| isin.parse::<Isin>().ok()),
            name: self.words(Field::Name).and_then(|name| name.parse().ok()),
            sector: self.words(Field::Sector).and_then(|sector| sector.parse().ok()),
            industry: self.words(Field::Industry).and_then(|industry| industry.parse().ok()),
            ..Security::default()
        };
        let text = symbol.or(self.preamble.get(&Field::Symbol).map(String::as_str));
        let mut security = self.named(security, [symbol, isin, name], text);
        if text.is_none() && security.symbol.is_none() {
            security.symbol.clone_from(&self.options.symbol);
        }
        let is_named = security != Security::default();
        if is_named { Ok(security) } else { Err(missing("symbol").into()) }
    }

    pub(super) fn new_security(&self) -> Result<Security, Unread> {
        let [symbol, isin] = [Field::NewSymbol, Field::NewIsin].map(|field| self.text(field));
        let security = Security {
            isin: isin.or(symbol).and_then(|isin| isin.parse().ok()),
            name: self.words(Field::NewName).and_then(|name| name.parse().ok()),
            sector: self.words(Field::NewSector).and_then(|sector| sector.parse().ok()),
            industry: self.words(Field::NewIndustry).and_then(|industry| industry.parse().ok()),
            ..Security::default()
        };
        let security = self.named(security, [symbol, isin, self.text(Field::NewName)], symbol);
        if security == Security::default() { Err(missing("symbol of the new shares").into()) } else { Ok(security) }
    }

    /// The stock named by a row. The user's mappings take precedence, for any of the three names.
    pub(super) fn named(&self, security: Security, names: [Option<&str>; 3], symbol: Option<&str>) -> Security {
        let mapped =
            self.options.symbols.iter().find(|map| names.iter().flatten().any(|name| is_word(name, &map.from)));
        if let Some(map) = mapped {
            return Security { symbol: Some(map.to.clone()), ..security };
        }
        // A file with only our own columns was made by hand.
        let is_ours = self.part.is_own || self.part.only.is_some();
        let is_none = |symbol: &str| self.part.not_symbols.as_ref().is_some_and(|none| none.is_match(symbol));
        let read = |symbol: &str| if is_ours { symbol.parse().ok() } else { of_broker(symbol) };
        let read = |symbol: &str| read(symbol).filter(|_| !is_none(symbol));
        match symbol.map(|symbol| (symbol, read(symbol))) {
            Some((_, Some(symbol))) => Security { symbol: Some(symbol), ..security },
            Some((symbol, None)) => Security { label: Some(excerpt(symbol)), ..security },
            None => security,
        }
    }
}

/// Validates a broker's symbol. The column may instead hold the name of a fund, bond or option, or a currency pair, so
/// a blank or slash is accepted only before a share class: `BRK B`, `BF/B`, `JPM PRC`.
fn of_broker(text: &str) -> Option<Symbol> {
    let symbol: Symbol = text.parse().ok()?;
    let is_symbol = match text.split_once([' ', '/']) {
        Some((of, class)) => {
            let class_of_preferred = class.strip_prefix("PR").unwrap_or(class);
            let is_class = !class.is_empty() && class_of_preferred.len() <= 1 || ["PREF", "SDB"].contains(&class);
            is_class && [of, class].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_uppercase()))
        }
        None => true,
    };
    is_symbol.then_some(symbol)
}

#[test]
fn a_broker_parts_only_the_class_of_a_share_from_its_symbol() {
    for symbol in ["BRK B", "BF/B", "JPM PRC", "BAC PR", "CORE PREF", "ALIV SDB", "M&M.NS", "brk.b", "EURUSD=X"] {
        assert_eq!(of_broker(symbol).map(|symbol| symbol.to_string()), Some(symbol.to_uppercase()));
    }
    for other in [
        "AAPL 240119C00190000",
        "AAPL 01/19/2024 190.00 C",
        "T 4 1/4 11/15/34",
        "UKT 0 1/8 01/31/28",
        "VANGUARD 500 INDEX",
        "APPLE INC",
        "Fund A",
        "AAPL US",
        "EUR/USD",
        "BRK/",
        "A/B C",
    ] {
        assert_eq!(of_broker(other), None, "{other}");
    }
}

/// The currency of a text: a code, a sign, or a code of hundredths in which shares are quoted.
pub(crate) fn currency(code: &str) -> Result<RowCurrency, Fault> {
    if let Some(whole) = Currency::of_hundredths(code.trim_end_matches('.')) {
        return Ok(RowCurrency { mark: Some(CurrencyMark::Code(whole)), is_in_hundredths: true });
    }
    let mark = match crate::formats::currency_mark::of_text(code) {
        Some(mark) => mark,
        None => CurrencyMark::Code(code.parse::<Currency>()?),
    };
    Ok(RowCurrency { mark: Some(mark), is_in_hundredths: false })
}
