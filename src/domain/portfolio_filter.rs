//! Which portfolios to include.

use super::PortfolioName;

/// The named portfolios, or all if none is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PortfolioFilter(Vec<PortfolioName>);

impl PortfolioFilter {
    /// All portfolios.
    pub const ALL: Self = Self(Vec::new());

    /// The names, each once; empty for all portfolios.
    #[must_use]
    pub fn names(&self) -> &[PortfolioName] {
        &self.0
    }

    /// Whether it includes this portfolio.
    #[must_use]
    pub fn includes(&self, name: &PortfolioName) -> bool {
        self.0.is_empty() || self.0.contains(name)
    }

    /// The only portfolio, if exactly one is named.
    #[must_use]
    pub fn only(&self) -> Option<&PortfolioName> {
        match self.0.as_slice() {
            [one] => Some(one),
            [] | [_, _, ..] => None,
        }
    }
}

impl FromIterator<PortfolioName> for PortfolioFilter {
    fn from_iter<N: IntoIterator<Item = PortfolioName>>(names: N) -> Self {
        let mut each: Vec<PortfolioName> = Vec::new();
        for name in names {
            if !each.contains(&name) {
                each.push(name);
            }
        }
        Self(each)
    }
}

impl From<&PortfolioName> for PortfolioFilter {
    fn from(only: &PortfolioName) -> Self {
        Self(vec![only.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_portfolio_that_is_named_twice_is_still_the_only_one() {
        let name = |text: &str| text.parse::<PortfolioName>().unwrap();
        let twice = PortfolioFilter::from_iter([name("ira"), name("ira")]);
        assert_eq!(twice.only(), Some(&name("ira")));
        assert!(twice.includes(&name("ira")) && !twice.includes(&name("main")));
        let two = PortfolioFilter::from_iter([name("ira"), name("main")]);
        assert!(two.only().is_none() && two.includes(&name("main")) && !two.includes(&name("IRA")));
        assert!(PortfolioFilter::ALL.only().is_none() && PortfolioFilter::ALL.includes(&name("main")));
    }
}
