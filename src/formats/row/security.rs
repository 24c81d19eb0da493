//! Which stock a row is of, and in which currency.

use super::currency::RowCurrency;
use super::{Reading, Unread, missing};
use crate::domain::{Currency, Isin, Symbol, excerpt};
use crate::formats::CurrencyMark;
use crate::formats::activity::Security;
use crate::formats::fault::Fault;
use crate::formats::numbers::hundredth;
use crate::formats::table::{Field, is_word};

impl Reading<'_> {
    pub(super) fn security(&self) -> Result<Security, Unread> {
        let [symbol, isin, name] = [Field::Symbol, Field::Isin, Field::Name].map(|field| self.text(field));
        let security = Security {
            isin: isin.or(symbol).and_then(|isin| isin.parse::<Isin>().ok()),
            name: name.and_then(|name| name.parse().ok()),
            sector: self.text(Field::Sector).and_then(|sector| sector.parse().ok()),
            industry: self.text(Field::Industry).and_then(|industry| industry.parse().ok()),
            ..Security::default()
        };
        let told = symbol.or(self.preamble.get(&Field::Symbol).map(String::as_str));
        let mut security = self.named(security, [symbol, isin, name], told);
        if told.is_none() && security.symbol.is_none() {
            security.symbol.clone_from(&self.options.symbol);
        }
        let is_named = security != Security::default();
        if is_named { Ok(security) } else { Err(missing("symbol").into()) }
    }

    /// The stock by its symbol; what the user says of its names comes first, whatever of the three he names.
    pub(super) fn named(&self, security: Security, names: [Option<&str>; 3], symbol: Option<&str>) -> Security {
        let mapped = self.options.symbols.iter().find(|map| names.iter().flatten().any(|it| is_word(it, &map.from)));
        if let Some(map) = mapped {
            return Security { symbol: Some(map.to.clone()), ..security };
        }
        match symbol.map(|symbol| (symbol, symbol.parse::<Symbol>())) {
            Some((_, Ok(symbol))) => Security { symbol: Some(symbol), ..security },
            Some((symbol, Err(_))) => Security { label: Some(excerpt(symbol)), ..security },
            None => security,
        }
    }

    /// The currency of the row's figures, found out once.
    pub(super) fn currency(&mut self) -> Result<RowCurrency, Unread> {
        if let Some(known) = self.own {
            return Ok(known);
        }
        let found = self.find_currency()?;
        Ok(*self.own.insert(found))
    }

    fn find_currency(&self) -> Result<RowCurrency, Unread> {
        let told = self.text(Field::Currency).or(self.preamble.get(&Field::Currency).map(String::as_str));
        let of_table = || RowCurrency { mark: self.part.currency.map(CurrencyMark::Code), is_in_hundredths: false };
        told.map_or_else(|| Ok(of_table()), |code| Ok(currency(code)?))
    }
}

/// The currency that a text names: by its code, by a sign, or as the hundredths in which shares are
/// quoted.
pub(crate) fn currency(code: &str) -> Result<RowCurrency, Fault> {
    if let Some(whole) = hundredth(code) {
        return Ok(RowCurrency { mark: Some(CurrencyMark::Code(whole)), is_in_hundredths: true });
    }
    let mark = match crate::formats::currency_mark::of_text(code) {
        Some(mark) => mark,
        None => CurrencyMark::Code(code.parse::<Currency>()?),
    };
    Ok(RowCurrency { mark: Some(mark), is_in_hundredths: false })
}
