//! Stocks that rows of an import are about.

use std::rc::Rc;

use hashbrown::HashMap;

use crate::domain::{Portfolio, PortfolioId, Stock};

/// A stock that rows were about.
pub(super) struct KnownStock {
    pub(super) stock: Rc<Stock>,
    /// The portfolios that its trades were in.
    pub(super) traded_in: HashMap<PortfolioId, Rc<Portfolio>>,
    /// Whether a row split it.
    pub(super) is_split: bool,
}

impl KnownStock {
    pub(super) fn new(stock: &Rc<Stock>) -> Self {
        Self { stock: Rc::clone(stock), traded_in: HashMap::new(), is_split: false }
    }
}
