//! Finds stocks that may have been converted into one another.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Key;
use super::causes::{CENTS, Explanation, MissingEntry, MovedCost, Sides, added, is_whole, nearly, whole};
use super::request::ReconcileRequest;
use crate::domain::{ConversionRatio, Figure, Money, Quantity, ShareValues, Symbol, shell_word};

/// The exchanges and spin-offs that explain the numbers of shares in both places, and their cost, for
/// each stock concerned.
pub(super) fn conversions(sides: &BTreeMap<Key, Sides>, request: &ReconcileRequest<'_>) -> BTreeMap<Key, Explanation> {
    let mut found = BTreeMap::new();
    for (key, new) in sides {
        let Some(more) = came(new, request) else { continue };
        let arrival = Arrival { sides, request, key, new, more };
        if let Some((old_key, old, entry)) = arrival.origin() {
            let commands = commands(&entry, (new, &key.1), old, request);
            let explanation = Explanation { entries: vec![entry], commands };
            if is_gone(old) {
                found.insert(old_key.clone(), explanation.clone());
            }
            found.insert(key.clone(), explanation);
        }
    }
    found
}

/// How many more shares the file has, if that is more than the tolerance.
fn came(sides: &Sides, request: &ReconcileRequest<'_>) -> Option<Figure> {
    sides.difference().ok().filter(|more| is_positive(*more) && *more > request.tolerance)
}

/// A stock of which an account has more shares than the book.
struct Arrival<'a> {
    sides: &'a BTreeMap<Key, Sides>,
    request: &'a ReconcileRequest<'a>,
    key: &'a Key,
    new: &'a Sides,
    /// How many more.
    more: Figure,
}

/// The old stock, and the conversion.
type Origin<'a> = (&'a Key, &'a Sides, MissingEntry);

impl<'a> Arrival<'a> {
    /// The most likely origin.
    fn origin(&self) -> Option<Origin<'a>> {
        self.exchange().or_else(|| self.spin_off()).or_else(|| self.perhaps_spin_off())
    }

    /// The stocks of the account from which they may have come.
    fn old_stocks(&self) -> impl Iterator<Item = (&'a Key, &'a Sides)> {
        self.sides.iter().filter(|(key, old)| {
            *key != self.key
                && key.0 == self.key.0
                && is_positive(old.book_quantity)
                && (self.new.currency.is_none() || self.new.currency == old.currency)
        })
    }

    /// The exchange of a stock that the file no longer has.
    fn exchange(&self) -> Option<Origin<'a>> {
        let (new, more) = (self.new, self.more);
        self.old_stocks().filter(|(_, old)| is_gone(old)).find_map(|(key, old)| {
            let given = possible_ratio(more, old.book_quantity)?;
            let is_only = self.is_only_pair((key, old));
            let cash = match new.more_cost() {
                Some(cost) if nearly(cost, given.cost_of_rest(old.book_cost, more)?) => None,
                // If cash was received as well, less cost carried over.
                Some(cost) if is_only && given.is_short => Some(cash_beside((cost, more), old)?),
                None if is_only && given.is_short => None,
                Some(_) | None => return None,
            };
            let (symbol, new_symbol, PossibleRatio { ratio, fraction, .. }) =
                (key.1.clone(), self.key.1.clone(), given);
            Some((key, old, MissingEntry::Exchange { symbol, new_symbol, ratio, fraction, cash }))
        })
    }

    /// The spin-off by a stock whose cost fell by the cost of the new shares.
    fn spin_off(&self) -> Option<Origin<'a>> {
        self.old_stocks().filter(|(_, old)| !is_gone(old)).find_map(|(key, old)| {
            let given = possible_ratio(self.more, old.book_quantity)?;
            let (cost, less) = (self.new.more_cost()?, old.book_cost.minus(old.file_cost?).ok()?);
            if !self.agrees(old)? || !given.is_short || !is_positive(Figure::from(less)) {
                return None;
            }
            if !nearly(cost, less) && !nearly(cost, given.cost_of_rest(less, self.more)?) {
                return None;
            }
            let moved = if given.fraction.is_none() { cost } else { less };
            let share = Figure::from(moved).times(Figure::HUNDRED).ok()?.over(old.book_cost.into())?.ok()?;
            let moved = MovedCost::Share(share.to_string().parse().ok()?);
            let (symbol, new_symbol, PossibleRatio { ratio, fraction, .. }) =
                (key.1.clone(), self.key.1.clone(), given);
            Some((key, old, MissingEntry::SpinOff { symbol, new_symbol, ratio, moved, fraction }))
        })
    }

    /// The spin-off by the only stock whose number of shares fits, if no cost is known and no stock has
    /// disappeared.
    fn perhaps_spin_off(&self) -> Option<Origin<'a>> {
        let mut fitting = self.old_stocks().filter_map(|(key, old)| {
            let agrees = self.agrees(old)?;
            let given = possible_ratio(self.more, old.book_quantity).filter(|it| agrees && it.is_one_for_few())?;
            Some((key, old, spun_off((key, old), (self.key, self.new), &given)))
        });
        let is_any_gone = self.old_stocks().any(|(_, old)| is_gone(old));
        let only = fitting.next().filter(|_| !is_any_gone && self.new.is_unknown());
        only.filter(|_| fitting.next().is_none())
    }

    /// Whether book and file have as many shares of the old stock.
    fn agrees(&self, old: &Sides) -> Option<bool> {
        Some(old.difference().ok()?.abs() <= self.request.tolerance)
    }

    /// Whether the old and the new stock can only belong to each other: because there are no others, or
    /// because only these two have equal numbers of shares.
    fn is_only_pair(&self, (old_key, old): (&Key, &Sides)) -> bool {
        let of_account = || self.sides.iter().filter(|(key, _)| key.0 == self.key.0);
        let left = of_account().filter(|(_, it)| is_gone(it)).map(|(key, it)| (key, it.book_quantity));
        let arrived = of_account().filter_map(|(key, it)| Some((key, came(it, self.request)?)));
        let is_as_many = self.more == old.book_quantity;
        let is_other = |(key, shares): &(&Key, Figure)| {
            *key != old_key && *key != self.key && (!is_as_many || *shares == self.more)
        };
        !left.chain(arrived).any(|it| is_other(&it))
    }
}

/// A spin-off of which the numbers of shares are known and, at most, the prices.
fn spun_off((old_key, old): (&Key, &Sides), (new_key, new): (&Key, &Sides), given: &PossibleRatio) -> MissingEntry {
    let prices = new.latest_price().zip(old.latest_price());
    let moved = prices.map_or(MovedCost::Unknown, |(new, old)| MovedCost::Values(ShareValues { new, old }));
    let PossibleRatio { ratio, fraction, .. } = *given;
    MissingEntry::SpinOff { symbol: old_key.1.clone(), new_symbol: new_key.1.clone(), ratio, moved, fraction }
}

/// Cash for each old share, and the value of a new one, such that no gain is realized and the new shares cost
/// what the file says. The user has to correct them.
fn cash_beside((cost, more): (Money, Figure), old: &Sides) -> Option<[Figure; 2]> {
    let cash = Figure::from(old.book_cost.minus(cost).ok().filter(|cash| is_positive(Figure::from(*cash)))?);
    let each = cash.over(old.book_quantity)?.ok()?;
    let value = Figure::from(cost).over(more)?.ok()?;
    Some([each, value].map(|figure| figure.rounded(PLACES))).filter(|[each, _]| is_positive(*each))
}

fn commands(
    entry: &MissingEntry,
    (new, new_symbol): (&Sides, &Symbol),
    old: &Sides,
    request: &ReconcileRequest<'_>,
) -> Vec<String> {
    let word = |symbol: &Symbol| shell_word(symbol.as_str());
    let (mut what, fraction) = match entry {
        MissingEntry::Exchange { symbol, new_symbol, ratio, fraction, cash } => {
            let cash = cash.map(|[each, value]| format!(" --cash {each} --value {value} --rule boot"));
            (format!("exchange {} {} {ratio}{}", word(symbol), word(new_symbol), cash.unwrap_or_default()), fraction)
        }
        MissingEntry::SpinOff { symbol, new_symbol, ratio, moved, fraction } => {
            let moved = match moved {
                MovedCost::Share(share) => format!("--cost-share {share}"),
                MovedCost::Values(ShareValues { new, old }) => format!("--values {new}:{old}"),
                MovedCost::Unknown => "--cost-share 0".to_owned(),
            };
            (format!("spin-off {} {} {ratio} {moved}", word(symbol), word(new_symbol)), fraction)
        }
        MissingEntry::Split { .. }
        | MissingEntry::Reinvestment(_)
        | MissingEntry::Purchase(_)
        | MissingEntry::Sale(_)
        | MissingEntry::Fraction(_) => return Vec::new(),
    };
    if let Some(fraction) = fraction {
        let _ = write!(what, " --round down --cash-in-lieu {}", paid_for(*fraction, new).unwrap_or(Figure::ZERO));
    }
    let holder = match &old.holders[..] {
        [only] => format!(" -p {}", shell_word(only.as_str())),
        [] | [_, ..] => String::new(),
    };
    let mut commands: Vec<String> = added(new, new_symbol, old.currency).into_iter().collect();
    commands.push(format!("stockbook {what} --date {}{holder}", request.date));
    commands
}

/// What a fraction may have been sold for: at the file's price, or else at cost. The user has to correct it.
fn paid_for(fraction: Figure, new: &Sides) -> Option<Figure> {
    let by_cost = || Figure::from(new.file_cost?).over(new.file_quantity)?.ok();
    let price = new.file_price.map(Figure::from).or_else(by_cost)?;
    Some(price.times(fraction).ok()?.rounded(CENTS))
}

/// Decimal places of a ratio that a company would announce, and of a proposed ratio.
const PLACES: u32 = 4;

/// The ratio of a possible conversion.
struct PossibleRatio {
    ratio: ConversionRatio,
    /// Whether a company would announce such a ratio.
    is_short: bool,
    /// The fraction of a share that it leaves beyond the whole ones.
    fraction: Option<Figure>,
}

impl PossibleRatio {
    /// Whether it is one new share for a few old ones, or a few for one.
    fn is_one_for_few(&self) -> bool {
        let ConversionRatio { new_shares, old_shares } = self.ratio;
        let [new, old] = [new_shares, old_shares].map(Figure::from);
        self.is_short && new.min(old) == Figure::ONE && new.max(old) <= whole(20)
    }

    /// The cost of the shares that arrived, without that of the fraction.
    fn cost_of_rest(&self, cost: Money, came: Figure) -> Option<Money> {
        let Some(fraction) = self.fraction else { return Some(cost) };
        let part = Figure::from(cost).times(came).ok()?.over(came.plus(fraction).ok()?)?.ok()?;
        Some(Money::from(part))
    }
}

/// The ratio by which `old` shares became `new` ones: the exact one in lowest terms if its terms are small,
/// or else the shortest ratio that leaves a fraction beyond the new shares.
fn possible_ratio(new: Figure, old: Figure) -> Option<PossibleRatio> {
    let (new_shares, old_shares) = (Quantity::try_from(new).ok()?, Quantity::try_from(old).ok()?);
    let given = ConversionRatio { new_shares, old_shares };
    let lowest: ConversionRatio = given.ratio().to_string().parse().unwrap_or(given);
    let are_few =
        |most: Figure| [lowest.new_shares, lowest.old_shares].into_iter().all(|term| Figure::from(term) <= most);
    if !are_few(whole(20))
        && is_whole(new)
        && let Some((ratio, fraction)) = with_fraction(new, old)
    {
        return Some(PossibleRatio { ratio, is_short: true, fraction: Some(fraction) });
    }
    Some(PossibleRatio { ratio: lowest, is_short: are_few(Figure::HUNDRED), fraction: None })
}

/// A ratio that leaves a fraction: one for a few, a few for one, or a short decimal for one.
fn with_fraction(new: Figure, old: Figure) -> Option<(ConversionRatio, Figure)> {
    let one_for = (2..=20).map(|few| (Figure::ONE, whole(few)));
    let decimals = (1..=PLACES).filter_map(|places| {
        // The smallest decimal of this many places that yields as many shares.
        let unit = Figure::of_digits(1, places).ok()?;
        let least = new.over(old)?.ok()?.rounded(places);
        let is_enough = old.times(least).ok()? >= new;
        Some((if is_enough { least } else { least.plus(unit).ok()? }, Figure::ONE))
    });
    one_for.chain(decimals).find_map(|(new_term, old_term)| {
        let beyond = old.times(new_term).ok()?.over(old_term)?.ok()?.plus(new.negated()).ok()?;
        if !is_positive(beyond) || beyond >= Figure::ONE {
            return None;
        }
        let [new_shares, old_shares] = [new_term, old_term].map(|term| Quantity::try_from(term).ok());
        Some((ConversionRatio { new_shares: new_shares?, old_shares: old_shares? }, beyond))
    })
}

fn is_gone(sides: &Sides) -> bool {
    sides.file_quantity.is_zero() && is_positive(sides.book_quantity)
}

fn is_positive(figure: Figure) -> bool {
    !figure.is_negative() && !figure.is_zero()
}
