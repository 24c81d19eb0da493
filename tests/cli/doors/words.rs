//! A fact as a typed command, and as a row of a file.

use super::history::{Deed, Fact, date, decimal, hundredths, other};

/// Makes reproducible random choices.
pub(super) struct Choices(pub(super) u64);

impl Choices {
    /// One of so many.
    pub(super) fn of(&mut self, many: usize) -> usize {
        // The linear congruential generator of "Numerical Recipes", whose upper bits are good.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 40).unwrap() % many
    }

    pub(super) fn is_so(&mut self, one_in: usize) -> bool {
        self.of(one_in) == 0
    }
}

impl Fact {
    fn time(&self) -> String {
        format!("{:02}:{:02}", 9 + self.minutes / 60, self.minutes % 60)
    }

    /// Whether this command or row has the time.
    fn tells_time(&self, choices: &mut Choices) -> bool {
        self.is_one_of_several || choices.is_so(2)
    }

    /// The command that records it.
    pub(super) fn typed(&self, choices: &mut Choices) -> Vec<String> {
        let Self { symbol, portfolio, number, .. } = *self;
        let mut words: Vec<String> = vec![];
        // A price belongs to no portfolio.
        if !matches!(self.deed, Deed::Price { .. }) {
            words.extend(["-p".into(), portfolio.into()]);
        }
        let mut say = |more: &[&str]| words.extend(more.iter().copied().map(str::to_owned));
        match &self.deed {
            Deed::Trade { action, quantity, cents, fee } => {
                say(&[action, symbol, &hundredths(*quantity)]);
                if choices.is_so(2) {
                    say(&[&hundredths(*cents)]);
                } else {
                    say(&["--amount", &amount(*quantity, *cents)]);
                }
                say(&["--fee", &hundredths(*fee)]);
            }
            Deed::Dividend { cents } => say(&["dividend", symbol, &hundredths(*cents)]),
            Deed::Transfer { quantity } => {
                say(&["transfer", symbol, &hundredths(*quantity), "--to", other(portfolio)]);
            }
            Deed::Split { new, old } => say(&["split", symbol, &format!("{new}:{old}")]),
            Deed::Price { cents } => say(&["update-price", symbol, &hundredths(*cents)]),
        }
        say(&["--date", &date(self.day)]);
        if !matches!(self.deed, Deed::Split { .. } | Deed::Price { .. }) && self.tells_time(choices) {
            say(&["--time", &self.time()]);
        }
        if matches!(self.deed, Deed::Trade { .. } | Deed::Dividend { .. }) && choices.is_so(3) {
            say(&["--id", &format!("fact-{number}")]);
        }
        words
    }

    /// Its row in a file of trades.
    pub(super) fn row(&self, choices: &mut Choices) -> String {
        let Self { symbol, portfolio, number, .. } = *self;
        let time = if self.tells_time(choices) { self.time() } else { String::new() };
        let id = if choices.is_so(3) { format!("fact-{number}") } else { String::new() };
        let date = date(self.day);
        match &self.deed {
            Deed::Trade { action, quantity, cents, fee } => {
                let (price, amount) = if choices.is_so(2) {
                    (hundredths(*cents), String::new())
                } else {
                    (String::new(), amount(*quantity, *cents))
                };
                let (quantity, fee) = (hundredths(*quantity), hundredths(*fee));
                format!("{date},{time},{action},{symbol},{quantity},{price},{amount},{fee},{portfolio},{id}\n")
            }
            Deed::Dividend { cents } => {
                format!("{date},{time},dividend,{symbol},,,{},,{portfolio},{id}\n", hundredths(*cents))
            }
            Deed::Split { new, old } => format!("{date},,split,{symbol},{new}:{old},,,,{portfolio},\n"),
            Deed::Transfer { .. } | Deed::Price { .. } => panic!("it is told otherwise"),
        }
    }
}

fn amount(quantity: i64, cents: i64) -> String {
    decimal(i128::from(quantity) * i128::from(cents), 4)
}
