//! The stocks with an ISIN: listings in several currencies or at several exchanges.

use hashbrown::HashMap;

use super::stated_stocks::StatedStock;
use crate::domain::{Currency, Isin, Stock, Symbol, shell_word};
use crate::store::{StoreError, UnitOfWork};

/// The book's stocks by ISIN.
#[derive(Debug, Default)]
pub(super) struct Listings {
    /// Loaded when the first row has an ISIN.
    by_isin: Option<HashMap<Isin, Vec<Listing>>>,
    /// What the user should know about stocks that were recognized by their ISINs.
    notes: Vec<String>,
}

#[derive(Debug)]
struct Listing {
    symbol: Symbol,
    /// Its currency, if this import added it.
    added_in: Option<Currency>,
}

impl Listings {
    /// The stock with this ISIN and the row's currency. Listings in different currencies are different
    /// stocks. Dividends, however, may be paid in another currency than that of the listing, and are no
    /// reason to add one, unless the user gave the row its symbol (`is_named`).
    ///
    /// Brokers change symbols; those of our own tables are a book's, so that two of one file are two stocks.
    /// A stock that the book had before is recognized by its ISIN in both, as it was by all versions.
    pub(super) fn find(
        &mut self,
        unit: &UnitOfWork<'_>,
        isin: Isin,
        (symbol, stated): (&Symbol, &StatedStock),
        is_named: bool,
    ) -> Result<Option<Stock>, StoreError> {
        if self.by_isin.is_none() {
            let mut by_isin: HashMap<Isin, Vec<Listing>> = HashMap::new();
            for (isin, symbol) in unit.reader().stocks().isins()? {
                by_isin.entry(isin).or_default().push(Listing { symbol, added_in: None });
            }
            self.by_isin = Some(by_isin);
        }
        let (currency, mut meant, mut other) = (stated.currency(), None, None);
        let is_of_book = !stated.is_foreign && symbol.as_str() != isin.as_str();
        let mut listings: Vec<_> = self.by_isin.iter().filter_map(|by_isin| by_isin.get(&isin)).flatten().collect();
        // Of several in one currency, the row's own.
        listings.sort_by_key(|listing| listing.symbol != *symbol);
        for listing in listings {
            if is_of_book && listing.added_in.is_some() && listing.symbol != *symbol {
                continue;
            }
            let stock = unit.reader().stocks().find(&listing.symbol)?;
            let is_meant = |it: &Stock| currency.is_none_or(|mark| mark.stands_for(it.profile().currency));
            if stock.as_ref().is_some_and(is_meant) {
                meant = stock;
                break;
            }
            other = other.or(stock);
        }
        let found = meant.or(other.filter(|_| stated.is_only_paid() && !is_named));
        if let Some(stock) = found.as_ref().filter(|stock| stock.profile().symbol != *symbol) {
            self.notes.extend(note(unit, isin, (symbol, is_of_book), stock)?);
        }
        Ok(found)
    }

    /// Enters a stock that the import adds.
    pub(super) fn add(&mut self, stock: &Stock, is_foreign: bool) {
        let profile = stock.profile();
        let Some((isin, by_isin)) = profile.isin.zip(self.by_isin.as_mut()) else { return };
        let listings = by_isin.entry(isin).or_default();
        let in_same = |listing: &&Listing| listing.added_in == Some(profile.currency);
        if let Some(first) = listings.iter().find(in_same).filter(|_| !is_foreign) {
            let (symbol, first) = (&profile.symbol, &first.symbol);
            let map = shell_word(&format!("{symbol}={first}"));
            self.notes.push(format!(
                "{first} and {symbol} are added as two stocks with the ISIN {isin}; if they are one, import \
                 them with `--map-symbol {map}`"
            ));
        }
        listings.push(Listing { symbol: profile.symbol.clone(), added_in: Some(profile.currency) });
    }

    /// The notes for the user, by stock in the order of the rows.
    pub(super) fn into_notes(self) -> Vec<String> {
        self.notes
    }
}

/// What the user should know if the symbol of the rows says another stock than their ISIN, which counts.
fn note(
    unit: &UnitOfWork<'_>,
    isin: Isin,
    (symbol, is_of_book): (&Symbol, bool),
    taken: &Stock,
) -> Result<Option<String>, StoreError> {
    let (named, of_isin) = (unit.reader().stocks().find(symbol)?, taken.profile());
    let said =
        format!("{symbol} has the ISIN {isin} in the files, which is that of {0}: its rows are {0}'s", of_isin.symbol);
    let word = shell_word(symbol.as_str());
    Ok(match named {
        // The former symbol of the stock, or its listing in another currency.
        Some(named) if named.id() == taken.id() || named.profile().isin == Some(isin) => None,
        Some(named) if named.profile().symbol == *symbol => Some(format!(
            "{said}; if they are {symbol}'s, import them after `stockbook edit-stock {word} --isin {isin}`"
        )),
        Some(named) => Some(format!("{said}, not those of {}, which was {symbol} before", named.profile().symbol)),
        None if is_of_book => Some(format!(
            "{said}; if it is another listing, import them after `stockbook add-stock {word} NAME --currency {} --isin \
             {isin}`",
            of_isin.currency
        )),
        None => None,
    })
}
