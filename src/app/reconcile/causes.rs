//! Explains why a broker may report more or fewer shares than the book.

use super::request::ReconcileRequest;
use crate::domain::{
    ConversionRatio, CostShare, Currency, Figure, Money, PortfolioName, Price, ShareValues, Symbol, TooLarge,
    shell_word,
};

/// A stock in the book and in the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    pub(super) book_quantity: Figure,
    pub(super) book_cost: Money,
    pub(super) file_quantity: Figure,
    pub(super) file_cost: Option<Money>,
    pub(super) is_in_file: bool,
    /// The price of a share according to the file.
    pub(super) file_price: Option<Price>,
    pub(super) currency: Option<Currency>,
    /// The latest price in the book.
    pub(super) price: Option<Price>,
    /// The portfolios that hold it.
    pub(super) holders: Vec<PortfolioName>,
}

/// A possible explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The missing entries: two if one is not enough.
    pub entries: Vec<MissingEntry>,
    /// The commands that record it, ready to be pasted.
    pub commands: Vec<String>,
}

/// Something that may have happened and is not in the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissingEntry {
    /// A split.
    Split {
        /// The number of new shares,
        new: u32,
        /// for this number of old ones.
        old: u32,
        /// The fraction of a share that it left and that was paid out.
        fraction: Option<Figure>,
    },
    /// A dividend was reinvested in shares.
    Reinvestment(Figure),
    /// Shares were bought.
    Purchase(Figure),
    /// Shares were sold.
    Sale(Figure),
    /// A fraction of a share was paid out.
    Fraction(Figure),
    /// Shares were exchanged for those of another company.
    Exchange {
        /// The old stock.
        symbol: Symbol,
        /// The new stock.
        new_symbol: Symbol,
        /// The ratio of new shares to old ones.
        ratio: ConversionRatio,
        /// The fraction of a new share that was paid out.
        fraction: Option<Figure>,
        /// Cash for each old share, and the value of a new share at the time.
        cash: Option<[Figure; 2]>,
    },
    /// Shares of another company were received in addition to those held.
    SpinOff {
        /// The old stock, which is kept.
        symbol: Symbol,
        /// The new stock.
        new_symbol: Symbol,
        /// The ratio of new shares to old ones.
        ratio: ConversionRatio,
        /// The part of the cost that moved to the new shares.
        moved: MovedCost,
        /// The fraction of a new share that was paid out.
        fraction: Option<Figure>,
    },
}

/// How much of the cost moved in a spin-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovedCost {
    /// The part that follows from the costs in the file.
    Share(CostShare),
    /// The part that follows from the prices in the file or the book, because the file has no costs.
    Values(ShareValues),
    /// Not known.
    Unknown,
}

impl MissingEntry {
    /// Whether it is not supported by the costs in the file.
    pub(super) fn is_guessed(&self) -> bool {
        match self {
            Self::Exchange { cash, .. } => cash.is_some(),
            Self::SpinOff { moved, .. } => !matches!(moved, MovedCost::Share(_)),
            Self::Split { .. } | Self::Reinvestment(_) | Self::Purchase(_) | Self::Sale(_) | Self::Fraction(_) => false,
        }
    }

    /// The stable code for scripts.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Split { .. } => "split",
            Self::Reinvestment(_) => "reinvestment",
            Self::Purchase(_) => "purchase",
            Self::Sale(_) => "sale",
            Self::Fraction(_) => "fraction",
            Self::Exchange { .. } => "exchange",
            Self::SpinOff { .. } => "spin-off",
        }
    }
}

impl Sides {
    pub(super) fn difference(&self) -> Result<Figure, TooLarge> {
        self.file_quantity.plus(self.book_quantity.negated())
    }

    /// The price of a share according to the file, or else the latest in the book.
    pub(super) fn latest_price(&self) -> Option<Price> {
        self.file_price.or(self.price)
    }

    /// Whether the book has never had the stock, and the file does not state its cost.
    pub(super) fn is_unknown(&self) -> bool {
        self.holders.is_empty() && self.file_cost.is_none()
    }

    /// How much higher the cost is in the file.
    pub(super) fn more_cost(&self) -> Option<Money> {
        self.file_cost?.minus(self.book_cost).ok()
    }

    /// Whether the costs are the same, except for rounding; `None` if the file does not state them.
    fn same_cost(&self) -> Option<bool> {
        let off = Figure::from(self.file_cost?.minus(self.book_cost).ok()?).abs();
        let allowed = Figure::from(self.book_cost).over(hundreds(2)).and_then(Result::ok)?;
        Some(off <= allowed.abs())
    }

    /// Whether the cost in the file is that of the file's shares as a part of `of` shares in the book.
    fn is_cost_of_part(&self, of: Figure) -> Result<bool, TooLarge> {
        let Some(cost) = self.file_cost else { return Ok(false) };
        let part = Figure::from(self.book_cost).times(self.file_quantity)?.over(of).transpose()?;
        Ok(part.is_some_and(|part| nearly(cost, Money::from(part))))
    }

    /// The split that turns the book's shares into the file's, preferring simple ratios.
    fn split(&self, tolerance: Figure) -> Result<Option<MissingEntry>, TooLarge> {
        let small = (1..=5).flat_map(|new| (1..=5).map(move |old| (new, old)));
        let ratios = (2..=100).flat_map(|many| [(many, 1), (1, many)]).chain(small);
        for (new, old) in ratios.filter(|(new, old)| new != old) {
            let Some(split) = self.book_quantity.times(whole(new))?.over(whole(old)).transpose()? else { continue };
            let beyond = split.plus(self.file_quantity.negated())?;
            if beyond.abs() <= tolerance {
                return Ok(Some(MissingEntry::Split { new, old, fraction: None }));
            }
            // A broker that keeps only whole shares pays cash for the rest.
            let is_paid_out = !beyond.is_negative() && beyond < Figure::ONE && is_whole(self.file_quantity);
            if is_paid_out && self.file_quantity > Figure::ONE {
                return Ok(Some(MissingEntry::Split { new, old, fraction: Some(beyond) }));
            }
        }
        Ok(None)
    }
}

/// What would explain a difference, the most likely first: if the costs are the same, something that does not
/// change the cost, otherwise something that does.
pub(super) fn causes(
    sides: &Sides,
    symbol: &Symbol,
    portfolio: Option<&PortfolioName>,
    request: &ReconcileRequest<'_>,
) -> Result<Vec<Explanation>, TooLarge> {
    let difference = sides.difference()?;
    let size = difference.abs();
    let split = if sides.book_quantity.is_zero() { None } else { sides.split(request.tolerance)? };
    let same_cost = sides.same_cost();
    let is_trade = is_trade_by_cost(sides)?;
    let likely = |split: &MissingEntry| match (same_cost, split) {
        // Shares whose price would be nearly nothing were not traded, even if the cost differs a little.
        (Some(is_same), _) => is_same || is_trade == Some(false),
        // Selling a half or two thirds of the shares is more common than a reverse split.
        (None, MissingEntry::Split { new: 1, old, fraction: None }) => *old >= 5,
        (None, MissingEntry::Split { fraction, .. }) => fraction.is_none(),
        (None, _) => false,
    };
    let other = if !difference.is_negative() {
        let tenth = sides.book_quantity.over(whole(10)).transpose()?.unwrap_or(Figure::ZERO);
        if size <= tenth { MissingEntry::Reinvestment(size) } else { MissingEntry::Purchase(size) }
    } else if size < Figure::ONE && is_whole(sides.file_quantity) && !sides.file_quantity.is_zero() {
        MissingEntry::Fraction(size)
    } else {
        MissingEntry::Sale(size)
    };
    let split = split.filter(|split| same_cost != Some(false) || likely(split));
    let entries = match split {
        Some(split) if same_cost == Some(true) => vec![split],
        Some(split) if likely(&split) => vec![split, other],
        Some(split) if matches!(split, MissingEntry::Split { fraction: None, .. }) => vec![other, split],
        Some(_) | None => vec![other],
    };
    let mut causes = Vec::new();
    if let Some(entries) = two_entries(sides, request)? {
        let mut commands_of_both = Vec::new();
        for entry in &entries {
            commands_of_both.extend(commands(entry, sides, symbol, portfolio, request)?);
        }
        causes.push(Explanation { entries, commands: commands_of_both });
    }
    for entry in entries {
        let commands = commands(&entry, sides, symbol, portfolio, request)?;
        causes.push(Explanation { entries: vec![entry], commands });
    }
    Ok(causes)
}

/// Whether the file's cost suggests that the difference was bought or sold; `None` if the file states no
/// cost, or if the book has none to compare it with.
fn is_trade_by_cost(sides: &Sides) -> Result<Option<bool>, TooLarge> {
    let (Some(more), false) = (sides.more_cost(), sides.book_quantity.is_zero()) else { return Ok(None) };
    let difference = sides.difference()?;
    if difference.is_negative() {
        return sides.is_cost_of_part(sides.book_quantity).map(Some);
    }
    let average = Figure::from(sides.book_cost).over(sides.book_quantity).transpose()?.unwrap_or(Figure::ZERO);
    let paid = Figure::from(more).over(difference).transpose()?.unwrap_or(Figure::ZERO);
    is_like(paid, sides.price.map_or(average, Figure::from)).map(Some)
}

/// Whether two prices may be of the same stock: one is between a third of the other and three times that.
fn is_like(paid: Figure, price: Figure) -> Result<bool, TooLarge> {
    Ok(paid <= price.times(whole(3))? && price <= paid.times(whole(3))?)
}

/// A split and a trade that together explain the cost in the file, if neither does alone.
fn two_entries(sides: &Sides, request: &ReconcileRequest<'_>) -> Result<Option<Vec<MissingEntry>>, TooLarge> {
    let (Some(more), false) = (sides.more_cost(), sides.book_quantity.is_zero()) else { return Ok(None) };
    let average = Figure::from(sides.book_cost).over(sides.book_quantity).transpose()?.unwrap_or(Figure::ZERO);
    let price = sides.price.map_or(average, Figure::from);
    // A trade alone explains it.
    if is_trade_by_cost(sides)? == Some(true) {
        return Ok(None);
    }
    let small = (1..=5).flat_map(|new| (1..=5).map(move |old| (new, old)));
    for (new, old) in (2..=100).flat_map(|many| [(many, 1), (1, many)]).chain(small).filter(|(new, old)| new != old) {
        let Some(split) = sides.book_quantity.times(whole(new))?.over(whole(old)).transpose()? else { continue };
        let rest = sides.file_quantity.plus(split.negated())?;
        let tenth = split.over(whole(10)).transpose()?.unwrap_or(Figure::ZERO);
        if rest.abs() <= request.tolerance {
            return Ok(None);
        }
        let entry = if rest.is_negative() {
            // The cost of the shares sold was proportional.
            if !sides.is_cost_of_part(split)? {
                continue;
            }
            MissingEntry::Sale(rest.abs())
        } else {
            let paid = Figure::from(more).over(rest).transpose()?.unwrap_or(Figure::ZERO);
            let price = price.times(whole(old))?.over(whole(new)).transpose()?.unwrap_or(price);
            if rest > tenth || !is_like(paid, price)? {
                continue;
            }
            MissingEntry::Reinvestment(rest)
        };
        return Ok(Some(vec![MissingEntry::Split { new, old, fraction: None }, entry]));
    }
    Ok(None)
}

/// Whether two amounts are equal, except for rounding.
pub(super) fn nearly(one: Money, other: Money) -> bool {
    let off = one.minus(other).map(|off| Figure::from(off).abs());
    let allowed = Figure::from(other).over(hundreds(2)).and_then(Result::ok);
    off.ok().zip(allowed).is_some_and(|(off, allowed)| off <= allowed.abs())
}

/// The command that adds a stock which is not in the book.
pub(super) fn added(sides: &Sides, symbol: &Symbol, currency: Option<Currency>) -> Option<String> {
    if !sides.book_quantity.is_zero() || !sides.holders.is_empty() {
        return None;
    }
    let word = shell_word(symbol.as_str());
    let currency = currency.map_or(String::new(), |currency| format!(" --currency {}", currency.code()));
    Some(format!("stockbook add-stock {word} {word}{currency}"))
}

fn commands(
    entry: &MissingEntry,
    sides: &Sides,
    symbol: &Symbol,
    portfolio: Option<&PortfolioName>,
    request: &ReconcileRequest<'_>,
) -> Result<Vec<String>, TooLarge> {
    let quoted_symbol = shell_word(symbol.as_str());
    let holder = portfolio.or(sides.holders.first());
    let portfolio = holder.map_or(String::new(), |name| format!(" -p {}", shell_word(name.as_str())));
    let date = request.date;
    let mut commands: Vec<String> = added(sides, symbol, sides.currency).into_iter().collect();
    let trade = |verb: &str, quantity: Figure, note: &str| {
        let amount = amount(sides, quantity)?;
        Ok(format!("stockbook {verb} {quoted_symbol} {quantity} --amount {amount} --date {date}{portfolio}{note}"))
    };
    commands.push(match *entry {
        MissingEntry::Split { new, old, fraction: None } => format!("stockbook split {quoted_symbol} {new}:{old} --date {date}"),
        MissingEntry::Split { new, old, fraction: Some(fraction) } => {
            // The value of one share before the split.
            let paid = amount(sides, fraction.times(whole(old))?.over(whole(new)).transpose()?.unwrap_or(fraction))?;
            format!(
                "stockbook split {quoted_symbol} {new}:{old} --date {date} --round down --cash-in-lieu {paid}{portfolio}"
            )
        }
        MissingEntry::Reinvestment(quantity) => trade("buy", quantity, " --note 'reinvested dividend'")?,
        MissingEntry::Purchase(quantity) => trade("buy", quantity, "")?,
        MissingEntry::Sale(quantity) => trade("sell", quantity, "")?,
        MissingEntry::Fraction(quantity) => trade("sell", quantity, " --note 'fraction paid out'")?,
        // Their commands come from [`conversions`](super::conversions).
        MissingEntry::Exchange { .. } | MissingEntry::SpinOff { .. } => return Ok(commands),
    });
    Ok(commands)
}

/// What the shares may have cost or yielded: the difference of the costs according to the file, or else their
/// value at the latest price, or else their cost in the book. The user has to correct it.
fn amount(sides: &Sides, quantity: Figure) -> Result<Figure, TooLarge> {
    let is_more = !sides.difference()?.is_negative();
    let more = sides.file_cost.filter(|_| is_more).map(|cost| cost.minus(sides.book_cost)).transpose()?;
    if let Some(more) = more.filter(|more| !more.is_negative() && !more.is_zero()) {
        return Ok(Figure::from(more).rounded(CENTS));
    }
    let average = || Figure::from(sides.book_cost).over(sides.book_quantity).and_then(Result::ok);
    let price = sides.price.map(Figure::from).or_else(average).unwrap_or(Figure::ZERO);
    Ok(price.times(quantity)?.rounded(CENTS))
}

pub(super) const CENTS: u32 = 2;

pub(super) fn whole(number: u32) -> Figure {
    Figure::of_digits(number.into(), 0).unwrap_or(Figure::ONE)
}

fn hundreds(number: u32) -> Figure {
    whole(number.saturating_mul(100))
}

pub(super) fn is_whole(figure: Figure) -> bool {
    figure.rounded(0) == figure
}
