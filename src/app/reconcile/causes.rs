//! What would explain that a broker has more or less than the book.

use super::request::ReconcileRequest;
use crate::domain::{Currency, Figure, Money, PortfolioName, Price, Symbol, TooLarge, shell_word};

/// Both sides of a stock.
#[derive(Debug, Clone, Default)]
pub(super) struct Sides {
    pub(super) book_quantity: Figure,
    pub(super) book_cost: Money,
    pub(super) file_quantity: Figure,
    pub(super) file_cost: Option<Money>,
    pub(super) is_in_file: bool,
    pub(super) currency: Option<Currency>,
    /// The latest price that the book knows.
    pub(super) price: Option<Price>,
    /// The portfolios that hold it.
    pub(super) holders: Vec<PortfolioName>,
}

/// One explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What may have happened.
    pub entry: MissingEntry,
    /// The commands that record it, to be pasted.
    pub commands: Vec<String>,
}

/// What may have happened and is not in the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MissingEntry {
    /// A split.
    Split {
        /// So many new shares.
        new: u32,
        /// For so many old ones.
        old: u32,
        /// The fraction that it left and that was paid out.
        fraction: Option<Figure>,
    },
    /// A dividend was spent on shares.
    Reinvestment(Figure),
    /// Shares were bought.
    Purchase(Figure),
    /// Shares were sold.
    Sale(Figure),
    /// A fraction of a share was paid out.
    Fraction(Figure),
}

impl MissingEntry {
    /// The stable word for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Split { .. } => "split",
            Self::Reinvestment(_) => "reinvestment",
            Self::Purchase(_) => "purchase",
            Self::Sale(_) => "sale",
            Self::Fraction(_) => "fraction",
        }
    }
}

impl Sides {
    pub(super) fn difference(&self) -> Result<Figure, TooLarge> {
        self.file_quantity.plus(self.book_quantity.negated())
    }

    /// Whether both cost the same, but for what is rounded; nothing where the file does not say.
    fn same_cost(&self) -> Option<bool> {
        let off = Figure::from(self.file_cost?.minus(self.book_cost).ok()?).abs();
        let allowed = Figure::from(self.book_cost).over(hundreds(2)).and_then(Result::ok)?;
        Some(off <= allowed.abs())
    }

    /// The split that makes the file's shares of the book's: first those of few shares for one.
    fn split(&self, tolerance: Figure) -> Result<Option<MissingEntry>, TooLarge> {
        let small = (1..=5).flat_map(|new| (1..=5).map(move |old| (new, old)));
        let ratios = (2..=100).flat_map(|many| [(many, 1), (1, many)]).chain(small);
        for (new, old) in ratios.filter(|(new, old)| new != old) {
            let Some(split) = self.book_quantity.times(whole(new))?.over(whole(old)).transpose()? else { continue };
            let beyond = split.plus(self.file_quantity.negated())?;
            if beyond.abs() <= tolerance {
                return Ok(Some(MissingEntry::Split { new, old, fraction: None }));
            }
            // A broker that keeps whole shares pays for the rest.
            let is_paid_out = !beyond.is_negative() && beyond < Figure::ONE && is_whole(self.file_quantity);
            if is_paid_out && self.file_quantity > Figure::ONE {
                return Ok(Some(MissingEntry::Split { new, old, fraction: Some(beyond) }));
            }
        }
        Ok(None)
    }
}

/// What would explain a difference, the most likely first: what leaves the cost as it is where both cost the
/// same, and else what changes it.
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
    let likely = |split: &MissingEntry| match (same_cost, split) {
        (Some(is_same), _) => is_same,
        // Shares are sold by halves and thirds more often than they are put together.
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
    let command = |entry| commands(entry, sides, symbol, portfolio, request);
    entries.into_iter().map(|entry| Ok(Explanation { entry, commands: command(entry)? })).collect()
}

fn commands(
    entry: MissingEntry,
    sides: &Sides,
    symbol: &Symbol,
    portfolio: Option<&PortfolioName>,
    request: &ReconcileRequest<'_>,
) -> Result<Vec<String>, TooLarge> {
    let quoted_symbol = shell_word(symbol.as_str());
    let holder = portfolio.or(sides.holders.first());
    let portfolio = holder.map_or(String::new(), |name| format!(" -p {}", shell_word(name.as_str())));
    let date = request.date;
    let mut commands = Vec::new();
    if sides.book_quantity.is_zero() && sides.holders.is_empty() {
        let currency = sides.currency.map_or(String::new(), |currency| format!(" --currency {}", currency.code()));
        commands.push(format!("stockbook add-stock {quoted_symbol} {quoted_symbol}{currency}"));
    }
    let trade = |verb: &str, quantity: Figure, note: &str| {
        let amount = amount(sides, quantity)?;
        Ok(format!("stockbook {verb} {quoted_symbol} {quantity} --amount {amount} --date {date}{portfolio}{note}"))
    };
    commands.push(match entry {
        MissingEntry::Split { new, old, fraction: None } => format!("stockbook split {quoted_symbol} {new}:{old} --date {date}"),
        MissingEntry::Split { new, old, fraction: Some(fraction) } => {
            // What a share was worth before is worth so many of them.
            let paid = amount(sides, fraction.times(whole(old))?.over(whole(new)).transpose()?.unwrap_or(fraction))?;
            format!(
                "stockbook split {quoted_symbol} {new}:{old} --date {date} --round down --cash-in-lieu {paid}{portfolio}"
            )
        }
        MissingEntry::Reinvestment(quantity) => trade("buy", quantity, " --note 'reinvested dividend'")?,
        MissingEntry::Purchase(quantity) => trade("buy", quantity, "")?,
        MissingEntry::Sale(quantity) => trade("sell", quantity, "")?,
        MissingEntry::Fraction(quantity) => trade("sell", quantity, " --note 'fraction paid out'")?,
    });
    Ok(commands)
}

/// What so many shares may have cost or brought: what the file says they cost more, else the latest price, else
/// what the shares in the book had cost. To be corrected by hand.
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

const CENTS: u32 = 2;

fn whole(number: u32) -> Figure {
    Figure::of_digits(number.into(), 0).unwrap_or(Figure::ONE)
}

fn hundreds(number: u32) -> Figure {
    whole(number.saturating_mul(100))
}

fn is_whole(figure: Figure) -> bool {
    figure.rounded(0) == figure
}
