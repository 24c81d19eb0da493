//! A table bound to the header of a file: the position of each of our columns.

use std::sync::Arc;

use csv::StringRecord;

use super::ReadOptions;
use super::column::{Bound, Column, Columns, Header};
use super::format::{Format, Part};
use super::memo::Memo;
use super::rule::{Conditions, Place, Preferred, Rule};
use super::table::{AmountIs, Field, Is, Test, is_word};

/// The positions of our columns in a file.
#[derive(Debug, Clone)]
pub(crate) struct Places([Bound; Field::COUNT]);

impl Default for Places {
    fn default() -> Self {
        Self(std::array::from_fn(|_| Bound::default()))
    }
}

impl Places {
    fn new(columns: &Columns, options: &ReadOptions, header: &Header) -> Self {
        let mut places = Self::default();
        let mut put = |field: Field, column: &Column| {
            if let Some(place) = places.0.get_mut(field as usize) {
                *place = column.bind(header);
            }
        };
        for (field, column) in columns {
            put(*field, column);
        }
        for map in &options.columns {
            put(map.field, &Column::named(&map.header));
        }
        places
    }

    pub(crate) fn get(&self, field: Field) -> Option<&Bound> {
        self.0.get(field as usize).filter(|bound| bound.is_there())
    }

    /// The text of a row's cell.
    pub(crate) fn text<'r>(&'r self, field: Field, row: &'r StringRecord) -> Option<&'r str> {
        self.get(field)?.text(row)
    }
}

/// A table of a format, bound to the header of a file.
#[derive(Debug)]
pub(crate) struct BoundPart {
    format: Arc<Format>,
    at: usize,
    header: Header,
    places: Arc<Places>,
    rules: Vec<BoundRule>,
    preferred: Vec<Vec<Condition>>,
}

#[derive(Debug)]
struct BoundRule {
    when: Vec<Condition>,
    places: Option<Arc<Places>>,
}

/// A condition.
#[derive(Debug)]
struct Condition {
    spot: Spot,
    /// The results for texts already tested, if a pattern is involved.
    passed: Option<Memo<bool>>,
}

/// The cell that a condition tests.
#[derive(Debug)]
enum Spot {
    Cell(Option<usize>),
    Ours(Field),
}

impl Condition {
    fn new(spot: Spot, tests: &[Test]) -> Self {
        let has_pattern = tests.iter().any(|test| matches!(test, Test::Pattern(_)));
        let has_number = tests.iter().any(Test::is_of_number);
        Self { spot, passed: (has_pattern && !has_number).then(Memo::default) }
    }
}

/// The rule that a row matches.
pub(crate) struct Found {
    pub(crate) is: Is,
    pub(crate) also: Option<Is>,
    pub(crate) yields_to: Option<Preferred>,
    pub(crate) amount_is: Option<AmountIs>,
    pub(crate) places: Arc<Places>,
}

impl BoundPart {
    pub(crate) fn new(format: &Arc<Format>, at: usize, header: Header, options: &ReadOptions) -> Option<Self> {
        let part = format.parts.get(at)?;
        let spot = |place: &Place| match place {
            Place::File(names) => Spot::Cell(names.iter().find_map(|name| header.position(name))),
            Place::Ours(field) => Spot::Ours(*field),
        };
        let bind = |conditions: &Conditions| {
            conditions.iter().map(|(place, tests)| Condition::new(spot(place), tests)).collect::<Vec<_>>()
        };
        let rules = part.rules.iter().map(|rule| BoundRule {
            when: bind(&rule.when),
            places: rule.columns.as_ref().map(|columns| Arc::new(Places::new(columns, options, &header))),
        });
        let rules = rules.collect();
        let preferred = part.preferred.iter().map(bind).collect();
        let places = Arc::new(Places::new(&part.columns, options, &header));
        Some(Self { format: Arc::clone(format), at, header, places, rules, preferred })
    }

    /// The table.
    pub(crate) fn part(&self) -> Option<&Part> {
        self.format.parts.get(self.at)
    }

    pub(crate) fn header(&self) -> &Header {
        &self.header
    }

    /// The positions of our columns, unless a rule has its own.
    pub(crate) fn places(&self) -> &Places {
        &self.places
    }

    /// Finds what a row is: by the user's mapping of its action, or by the first rule whose conditions hold. `number`
    /// compares the number in a cell with 0.
    pub(crate) fn find<E>(
        &self,
        row: &StringRecord,
        options: &ReadOptions,
        mut number: impl FnMut(&str) -> Result<Option<std::cmp::Ordering>, E>,
    ) -> Result<Option<Found>, E> {
        let action = self.places.text(Field::Action, row);
        let mapped = options.actions.iter().find(|map| action.is_some_and(|action| is_word(action, &map.word)));
        if let Some(map) = mapped {
            let places = Arc::clone(&self.places);
            return Ok(Some(Found { is: map.is, also: None, yields_to: None, amount_is: None, places }));
        }
        let Some(part) = self.part() else { return Ok(None) };
        for (rule, bound) in part.rules.iter().zip(&self.rules) {
            let places = bound.places.as_ref().unwrap_or(&self.places);
            let mut holds = true;
            for ((_, tests), condition) in rule.when.iter().zip(&bound.when) {
                let cell = match &condition.spot {
                    Spot::Cell(at) => at.and_then(|at| row.get(at)).and_then(super::fold::filled),
                    Spot::Ours(field) => places.text(*field, row),
                };
                let passes = match (&condition.passed, cell) {
                    (Some(passed), Some(cell)) => {
                        passed.of(cell, |cell| tests.iter().any(|test| test.passes(Some(cell))))
                    }
                    (Some(_), None) | (None, _) => passes(tests, cell, &mut number)?,
                };
                if !passes {
                    holds = false;
                    break;
                }
            }
            if holds {
                let Rule { is, also, yields_to, amount_is, .. } = *rule;
                return Ok(Some(Found { is, also, yields_to, amount_is, places: Arc::clone(places) }));
            }
        }
        Ok(None)
    }

    /// The sets of rows that take precedence over others to which this row belongs.
    pub(crate) fn preferred(&self, row: &StringRecord) -> impl Iterator<Item = Preferred> {
        let holds = |(tests, condition): (&[Test], &Condition)| match &condition.spot {
            Spot::Cell(at) => {
                let cell = at.and_then(|at| row.get(at)).and_then(super::fold::filled);
                tests.iter().any(|test| test.passes(cell))
            }
            Spot::Ours(_) => false,
        };
        let all = self.part().map(|part| part.preferred.as_slice()).unwrap_or_default().iter().zip(&self.preferred);
        all.enumerate().filter_map(move |(index, (conditions, bound))| {
            let mut pairs = conditions.iter().map(|(_, tests)| tests.as_slice()).zip(bound);
            pairs.all(holds).then_some(Preferred::Rows(self.at, index))
        })
    }

    /// The cell to name when no rule matches a row: its action, or the first cell that the rules test.
    pub(crate) fn action<'r>(&'r self, row: &'r StringRecord) -> Option<(&'r str, &'r str)> {
        let looked_at = self.rules.iter().flat_map(|rule| &rule.when);
        let mut cells = looked_at.filter_map(|condition| match &condition.spot {
            Spot::Cell(at) => *at,
            Spot::Ours(_) => None,
        });
        let said = |at: usize| Some((self.header.names.get(at)?.trim(), super::fold::filled(row.get(at)?)?));
        self.places.text(Field::Action, row).map(|action| ("action", action)).or_else(|| cells.find_map(said))
    }
}

/// Whether a cell passes any of the tests.
fn passes<E>(
    tests: &[Test],
    cell: Option<&str>,
    number: &mut impl FnMut(&str) -> Result<Option<std::cmp::Ordering>, E>,
) -> Result<bool, E> {
    for test in tests {
        let passes = match (test.is_of_number(), cell) {
            (false, _) => test.passes(cell),
            (true, None) => false,
            (true, Some(cell)) => number(cell)?.is_some_and(|sign| match test {
                Test::Negative => sign.is_lt(),
                Test::Positive => sign.is_gt(),
                Test::Zero
                | Test::Empty
                | Test::Filled
                | Test::Word(_)
                | Test::Not(_)
                | Test::Begins(_)
                | Test::Ends(_)
                | Test::Pattern(_) => sign.is_eq(),
            }),
        };
        if passes {
            return Ok(true);
        }
    }
    Ok(false)
}
