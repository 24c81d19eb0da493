//! The known formats.

use std::sync::{Arc, LazyLock, OnceLock};

use super::find_names::FindNames;
use super::format::Format;
use super::table::TableError;
use super::table::nearest;

macro_rules! tables {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("tables/", $name, ".toml")))),*]
    };
}

/// The tables that are part of the program.
const TABLES: &[(&str, &str)] = tables![
    "acb",
    "avanza",
    "bank-ofx",
    "bank-qif",
    "bank-statement",
    "bux",
    "cgt-calc",
    "cgt-visualiser",
    "chase",
    "comdirect",
    "commerzbank",
    "commsec",
    "crypto-ledger",
    "degiro-account",
    "degiro-transactions",
    "directa",
    "disnat",
    "equateplus",
    "etoro",
    "etrade-2024",
    "etrade-2025",
    "fidelity",
    "fineco",
    "finpension",
    "firstrade",
    "flatex",
    "freetrade",
    "french-operations",
    "ghostfolio",
    "ghostfolio-json",
    "groww",
    "hargreaves-lansdown",
    "healthequity",
    "ibkr-activity",
    "ibkr-flex-cash",
    "ibkr-flex-trades",
    "ibkr-flex-xml",
    "ibkr-history",
    "interactive-investor",
    "investengine",
    "merrill",
    "morgan-stanley-releases",
    "morgan-stanley-withdrawals",
    "nordnet",
    "ofx",
    "order-log",
    "parqet",
    "portfolio-performance",
    "portfolio-performance-xml",
    "positions-fidelity",
    "positions-schwab",
    "prices-ecb",
    "prices-ledger",
    "prices-ohlc",
    "prices-pricehist",
    "prices-stooq-bulk",
    "prices-yfinance",
    "questrade",
    "questrade-confirmation",
    "qif",
    "rabobank",
    "rbc",
    "revolut",
    "revolut-newer",
    "robinhood",
    "saxo",
    "scalable",
    "schwab",
    "schwab-awards",
    "schwab-awards-json",
    "schwab-json",
    "schwab-lapses",
    "selfwealth-stake",
    "sharesies",
    "sharesight",
    "sharesight-income",
    "stockbook",
    "stockbook-positions",
    "stockbook-prices",
    "stockbook-rates",
    "sure",
    "swissquote",
    "tastytrade",
    "tdameritrade",
    "trade-republic",
    "trade-republic-pdf",
    "tradezero",
    "trading212",
    "vanguard-uk",
    "vanguard-us",
    "wealthfolio",
    "wealthsimple",
    "webull",
    "westpac",
    "xtb",
    "yahoo",
    "zerodha",
];

/// The known formats: those of the program and those of the user. The program's tables are parsed on first use.
#[derive(Debug, Clone, Default)]
pub struct Library {
    added: Vec<Arc<Format>>,
    all: OnceLock<Vec<Arc<Format>>>,
    names: OnceLock<FindNames>,
}

impl Library {
    /// The formats of the program.
    #[must_use]
    pub fn built_in() -> Self {
        Self::default()
    }

    /// Adds a table of the user's, replacing one of the same name.
    ///
    /// # Errors
    /// If the table is not valid, with the line and what to write instead.
    pub fn add(&mut self, text: &str) -> Result<Arc<Format>, TableError> {
        let format = Arc::new(Format::parse(text)?);
        self.added.retain(|known| known.name() != format.name());
        self.added.push(Arc::clone(&format));
        (self.all, self.names) = (OnceLock::new(), OnceLock::new());
        Ok(format)
    }

    /// Whether a format is a table of the user's.
    pub(crate) fn has_added(&self, format: &Arc<Format>) -> bool {
        self.added.iter().any(|added| Arc::ptr_eq(added, format))
    }

    /// Whether the user has added no table.
    #[must_use]
    pub fn is_built_in(&self) -> bool {
        self.added.is_empty()
    }

    /// All formats.
    #[must_use]
    pub fn all(&self) -> &[Arc<Format>] {
        static BUILT_IN: LazyLock<Vec<Arc<Format>>> = LazyLock::new(|| {
            // A test checks that none is left out.
            TABLES.iter().filter_map(|(_, text)| Format::parse(text).ok()).map(Arc::new).collect()
        });
        self.all.get_or_init(|| {
            let is_replaced = |format: &&Arc<Format>| self.added.iter().any(|added| added.name() == format.name());
            BUILT_IN.iter().filter(|format| !is_replaced(format)).chain(&self.added).cloned().collect()
        })
    }

    /// The names by which the formats find their files.
    pub(crate) fn find_names(&self) -> &FindNames {
        self.names.get_or_init(|| FindNames::of(self.all().iter().map(|format| &**format)))
    }

    /// The format with this name.
    ///
    /// # Errors
    /// If there is none, the most similar name, if any is.
    pub fn named(&self, name: &str) -> Result<&Arc<Format>, Option<&str>> {
        let found = self.all().iter().find(|format| format.name().eq_ignore_ascii_case(name));
        found.ok_or_else(|| nearest(name, self.all().iter().map(|format| format.name())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use csv::StringRecord;

    use crate::formats::column::Header;
    use crate::formats::format::Part;
    use crate::formats::table::Reader;

    #[test]
    fn every_table_that_comes_with_the_program_is_one_and_bears_its_file_s_name() {
        for (name, text) in TABLES {
            let format = Format::parse(text).unwrap_or_else(|error| panic!("{name}: {error} {:?}", error.hint));
            assert_eq!(format.name(), *name);
            assert!(!format.title().is_empty(), "{name} has no title");
        }
        assert_eq!(Library::built_in().all().len(), TABLES.len());
    }

    #[test]
    fn a_table_of_the_user_s_takes_the_place_of_one_of_its_name() {
        let mut library = Library::built_in();
        let before = library.all().len();
        let text = library.named("schwab").unwrap().text().replace("title = \"", "title = \"My ");
        library.add(&text).unwrap();
        assert_eq!(library.all().len(), before);
        assert!(library.named("SCHWAB").unwrap().title().starts_with("My "));
        assert_eq!(library.named("shwab").unwrap_err(), Some("schwab"));
    }

    /// A file with only these columns need not be looked up among all formats.
    #[test]
    fn no_other_format_is_known_by_columns_of_our_own_trades() {
        const ALL: &str = "date time action symbol quantity price amount fee portfolio note id currency lot as_of";
        let library = Library::built_in();
        for columns in [ALL, "date action symbol quantity price", "date action symbol quantity amount"] {
            let header = Header::new(columns.split(' ').collect::<StringRecord>());
            for format in library.all().iter().filter(|format| !format.is_fallback()) {
                let is_of_lines = matches!(format.reader, Reader::Csv | Reader::Wide | Reader::Sections);
                let fits = |part: &Part| part.sections.is_empty() && part.fits(&header);
                assert!(!is_of_lines || !format.parts.iter().any(fits), "{}: {columns}", format.name());
            }
        }
    }
}
