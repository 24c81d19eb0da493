//! Made-up trading histories: the same for the same length, on every machine.

use std::fmt::Write as _;

use anyhow::{Context as _, Result};

const SYMBOLS: usize = 50;
const SEED: u64 = 0x5374_426B;

/// The two CSV files of a history.
pub(crate) struct History {
    /// `date,action,symbol,quantity,price,fee`, by date.
    pub(crate) trades: String,
    /// `date,symbol,price`: the last price of every symbol.
    pub(crate) prices: String,
}

impl History {
    /// Trades spread evenly over ten years. About three in ten are sales, of what is held at most.
    ///
    /// Purchases outnumber sales and sizes are alike, so open lots pile up with the length of the
    /// history: whatever takes time for each of them shows when a long one is set beside a short one.
    pub(crate) fn of(trades: usize) -> Result<Self> {
        let dates: Vec<String> = dates().collect();
        let mut holdings: Vec<Holding> = (0..SYMBOLS).map(Holding::new).collect();
        let mut chance = Chance(SEED);
        let mut history =
            Self { trades: "date,action,symbol,quantity,price,fee\n".into(), prices: "date,symbol,price\n".into() };
        for number in 0..trades {
            let day = number.saturating_mul(dates.len()).checked_div(trades).unwrap_or(0);
            let date = dates.get(day).context("the calendar is too short")?;
            let holding = chance.pick(&mut holdings).context("there are no symbols")?;
            let (action, shares) = holding.trade(&mut chance);
            let quantity = format!("{}.{:04}", shares / 10_000, shares % 10_000);
            let (symbol, price, fee) = (&holding.symbol, cents(holding.price), cents(chance.below(1_000)));
            writeln!(history.trades, "{date},{action},{symbol},{quantity},{price},{fee}")?;
        }
        let date = dates.last().context("the calendar is empty")?;
        for Holding { symbol, price, .. } in &holdings {
            writeln!(history.prices, "{date},{symbol},{}", cents(*price))?;
        }
        Ok(history)
    }
}

/// Ten years of short months.
fn dates() -> impl Iterator<Item = String> {
    (2014..2024)
        .flat_map(|year| (1..=12).map(move |month| (year, month)))
        .flat_map(|(year, month)| (1..=28).map(move |day| format!("{year}-{month:02}-{day:02}")))
}

/// An amount in hundredths.
fn cents(units: u64) -> String {
    format!("{}.{:02}", units / 100, units % 100)
}

struct Holding {
    symbol: String,
    /// In ten-thousandths.
    shares: u64,
    /// In hundredths.
    price: u64,
}

impl Holding {
    fn new(number: usize) -> Self {
        Self { symbol: format!("CO{number:02}"), shares: 0, price: 10_000 }
    }

    /// Moves the price by a dollar at most, then buys or sells: whole shares three times in four.
    fn trade(&mut self, chance: &mut Chance) -> (&'static str, u64) {
        self.price = self.price.saturating_add(chance.below(201)).saturating_sub(100).clamp(1_000, 100_000);
        let size = match chance.below(4) {
            0 => chance.below(2_000_000).saturating_add(1),
            _ => chance.below(200).saturating_add(1).saturating_mul(10_000),
        };
        if chance.below(10) < 3 && self.shares > 0 {
            let sold = size.min(self.shares);
            self.shares = self.shares.saturating_sub(sold);
            ("sell", sold)
        } else {
            self.shares = self.shares.saturating_add(size);
            ("buy", size)
        }
    }
}

/// The splitmix64 generator.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }

    fn pick<'i, T>(&mut self, items: &'i mut [T]) -> Option<&'i mut T> {
        let bound = u64::try_from(items.len()).ok()?;
        items.get_mut(usize::try_from(self.below(bound)).ok()?)
    }
}
