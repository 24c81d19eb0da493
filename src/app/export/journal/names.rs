//! Names of accounts and commodities that every program accepts, all different.

use std::collections::BTreeSet;
use std::rc::Rc;

use hashbrown::{HashMap, HashSet};

use super::syntax::Commodity;
use crate::app::export::chronicle::Chronicle;
use crate::domain::{PortfolioId, Symbol};

/// An account of a journal.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Account {
    Shares(PortfolioId, Symbol),
    Cash(PortfolioId),
    Gains(PortfolioId, Symbol),
    Dividends(PortfolioId, Symbol),
    Withholding(PortfolioId),
    Fees(PortfolioId),
    /// Balances the account of fees, because they are included in the cost of lots and the proceeds of sales.
    FeesInCost(PortfolioId),
    /// The source of opening lots.
    Opening,
    /// Other portfolios, in a journal that does not include all.
    Transfers,
    /// Amounts that are too small to be shown.
    Rounding,
}

impl Account {
    /// Its portfolio.
    pub(super) fn portfolio(&self) -> Option<PortfolioId> {
        match self {
            Self::Shares(portfolio, _)
            | Self::Cash(portfolio)
            | Self::Gains(portfolio, _)
            | Self::Dividends(portfolio, _)
            | Self::Withholding(portfolio)
            | Self::Fees(portfolio)
            | Self::FeesInCost(portfolio) => Some(*portfolio),
            Self::Opening | Self::Transfers | Self::Rounding => None,
        }
    }

    /// Its stock.
    pub(super) fn symbol(&self) -> Option<&Symbol> {
        match self {
            Self::Shares(_, symbol) | Self::Gains(_, symbol) | Self::Dividends(_, symbol) => Some(symbol),
            Self::Cash(_)
            | Self::Withholding(_)
            | Self::Fees(_)
            | Self::FeesInCost(_)
            | Self::Opening
            | Self::Transfers
            | Self::Rounding => None,
        }
    }
}

/// The names of portfolios and stocks in a journal.
pub(super) struct Names {
    portfolios: HashMap<PortfolioId, String>,
    /// The stock's part of an account name.
    symbols: HashMap<Symbol, String>,
    commodities: HashMap<Symbol, Rc<str>>,
}

impl Names {
    pub(super) fn new(chronicle: &Chronicle<'_>, commodity: &dyn Fn(&Symbol) -> String) -> Self {
        let currencies = chronicle.stocks.values().map(|stock| stock.profile().currency.code().to_owned());
        let currencies: HashSet<String> = currencies.collect();
        let names = chronicle.portfolios.iter().map(|portfolio| portfolio.name().clone());
        let portfolios = distinct(names, &|name| component(name.as_str()), HashSet::new());
        let ids = chronicle.portfolios.iter().map(|portfolio| (portfolio.id(), portfolio.name()));
        let symbols = || chronicle.stocks.keys().cloned();
        Self {
            portfolios: ids.filter_map(|(id, name)| Some((id, portfolios.get(name)?.clone()))).collect(),
            // Next to the accounts of stocks there is one for cash.
            symbols: distinct(symbols(), &|symbol| component(symbol.as_str()), HashSet::from(["Cash".to_owned()])),
            commodities: distinct(symbols(), &|symbol| commodity(symbol), currencies)
                .into_iter()
                .map(|(symbol, name)| (symbol, name.into()))
                .collect(),
        }
    }

    /// The currencies, and the stocks with these symbols.
    pub(super) fn commodities(&self, chronicle: &Chronicle<'_>, symbols: &HashSet<Symbol>) -> Vec<Commodity> {
        let wanted = || chronicle.stocks.iter().filter(|(symbol, _)| symbols.contains(*symbol));
        let currencies: BTreeSet<&str> = wanted().map(|(_, stock)| stock.profile().currency.code()).collect();
        let currencies = currencies.into_iter().map(|code| Commodity { name: code.to_owned(), stock: None });
        let stocks = wanted().map(|(symbol, stock)| Commodity {
            name: self.commodity(symbol).to_string(),
            stock: Some((symbol.clone(), stock.profile().company_name.to_string())),
        });
        currencies.chain(stocks).collect()
    }

    pub(super) fn commodity(&self, symbol: &Symbol) -> Rc<str> {
        self.commodities.get(symbol).map_or_else(|| symbol.as_str().into(), Rc::clone)
    }

    pub(super) fn account(&self, account: &Account) -> String {
        let of = |portfolio: &PortfolioId| self.portfolios.get(portfolio).cloned().unwrap_or_default();
        let stock = |symbol: &Symbol| self.symbols.get(symbol).cloned().unwrap_or_default();
        match account {
            Account::Shares(portfolio, symbol) => format!("Assets:{}:{}", of(portfolio), stock(symbol)),
            Account::Cash(portfolio) => format!("Assets:{}:Cash", of(portfolio)),
            Account::Gains(portfolio, symbol) => format!("Income:{}:{}:Gains", of(portfolio), stock(symbol)),
            Account::Dividends(portfolio, symbol) => format!("Income:{}:{}:Dividends", of(portfolio), stock(symbol)),
            Account::Withholding(portfolio) => format!("Expenses:{}:Withholding-Tax", of(portfolio)),
            Account::Fees(portfolio) => format!("Expenses:{}:Fees", of(portfolio)),
            Account::FeesInCost(portfolio) => format!("Expenses:{}:Fees-In-Cost", of(portfolio)),
            Account::Opening => "Equity:Opening-Balances".to_owned(),
            Account::Transfers => "Equity:Transfers".to_owned(),
            Account::Rounding => "Equity:Rounding".to_owned(),
        }
    }
}

/// A different name for each key, none of which is in `taken`.
fn distinct<K: Clone + Eq + std::hash::Hash>(
    keys: impl Iterator<Item = K>,
    name: &dyn Fn(&K) -> String,
    mut taken: HashSet<String>,
) -> HashMap<K, String> {
    let mut names = HashMap::new();
    for key in keys {
        let wanted = name(&key);
        let numbered = (2_u64..).map(|number| format!("{wanted}-{number}"));
        let found = std::iter::once(wanted.clone()).chain(numbered).find(|name| !taken.contains(name));
        let found = found.unwrap_or(wanted);
        taken.insert(found.clone());
        names.insert(key, found);
    }
    names
}

/// A part of an account name that Beancount accepts: a capital letter or a digit, then letters, digits
/// and hyphens.
fn component(name: &str) -> String {
    let mut text: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let first: Vec<char> = text.chars().take(1).flat_map(char::to_uppercase).collect();
    if let [capital] = first[..]
        && (capital.is_uppercase() || capital.is_ascii_digit())
    {
        let rest: String = text.chars().skip(1).collect();
        text = format!("{capital}{rest}");
    } else {
        text = format!("X{text}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_a_part_of_an_account() {
        for (name, expected) in [
            ("main", "Main"),
            ("my pension (2)", "My-pension--2-"),
            ("BRK.B", "BRK-B"),
            ("7203.T", "7203-T"),
            ("^GSPC", "X-GSPC"),
            ("öl", "Öl"),
            ("ßo", "Xßo"),
            ("日本", "X日本"),
        ] {
            assert_eq!(component(name), expected);
        }
    }

    #[test]
    fn names_that_would_be_alike_are_numbered() {
        let names = distinct(["a.b", "a-b", "USD"].into_iter(), &|name| component(name), HashSet::from(["USD".into()]));
        assert_eq!([&names["a.b"], &names["a-b"], &names["USD"]], ["A-b", "A-b-2", "USD-2"]);
    }
}
