//! Columns: their definition in a table, bound to the header of a file.

use std::collections::BTreeMap;
use std::sync::Arc;

use csv::StringRecord;
use regex_lite::Regex;

use super::fold::{filled, folded, parted};
use super::memo::Memo;
use super::numbers::ColumnMark;
use super::table::{ColumnText, ColumnTexts, Field, NameText, Names, is_word};

/// The header row of a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Header {
    /// The names as written.
    pub(crate) names: StringRecord,
    folded: Vec<String>,
    /// The same with blanks for `_`, for names that contain it.
    parted: Vec<Option<String>>,
}

impl Header {
    pub(crate) fn new(names: StringRecord) -> Self {
        let folded: Vec<_> = names.iter().map(folded).collect();
        let parted = folded.iter().map(|name| parted(name)).collect();
        Self { names, folded, parted }
    }

    /// The position of the first column with this name.
    pub(crate) fn position(&self, name: &NameText) -> Option<usize> {
        let is = |(folded, parted): (&String, &Option<String>)| {
            name.reads(folded) || parted.as_ref().is_some_and(|parted| name.reads(parted))
        };
        self.folded.iter().zip(&self.parted).position(is)
    }

    /// The folded names, those with `_` in both readings.
    pub(crate) fn readings(&self) -> impl Iterator<Item = &str> {
        self.folded.iter().chain(self.parted.iter().flatten()).map(String::as_str)
    }

    pub(crate) fn len(&self) -> usize {
        self.folded.len()
    }

    fn first(&self, names: &[NameText]) -> Option<usize> {
        names.iter().find_map(|name| self.position(name))
    }

    fn is_unnamed(&self, at: usize) -> bool {
        self.folded.get(at).is_none_or(String::is_empty)
    }
}

/// One source of a column's text.
#[derive(Debug)]
pub(crate) struct Take {
    place: Place,
    patterns: Vec<Regex>,
    words: Option<BTreeMap<String, String>>,
    otherwise: Option<String>,
    currency: Option<NameText>,
    /// The range matched by the patterns, for texts already seen.
    found: Memo<Option<(usize, usize)>>,
    pub(crate) decimal: Option<ColumnMark>,
    /// Whether a number is less than zero, whatever its sign.
    pub(crate) negative: bool,
}

#[derive(Debug)]
enum Place {
    Named(NameText),
    RightOf(Vec<NameText>),
    LeftOf(Vec<NameText>),
    UnnamedRightOf(Vec<NameText>),
    NameOf(Vec<NameText>),
    Value(String),
}

/// The definition of one of our columns: alternative sources, of which the first with a text counts, or several parts
/// to be added up.
#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    parts: Vec<Vec<Arc<Take>>>,
}

impl Column {
    pub(crate) fn new(texts: &ColumnTexts) -> Self {
        let sums = texts.0.iter().filter(|text| !text.sum.is_empty()).flat_map(|text| &text.sum);
        let added = sums.map(|part| takes(&part.0)).collect::<Vec<_>>();
        let own: Vec<ColumnText> = texts.0.iter().filter(|text| text.sum.is_empty()).cloned().collect();
        let parts = if added.is_empty() { vec![takes(&own)] } else { added };
        Self { parts }
    }

    /// The definition of a column that the user names.
    pub(crate) fn named(name: &str) -> Self {
        Self::new(&ColumnTexts(vec![ColumnText { column: Names(vec![NameText::new(name)]), ..ColumnText::default() }]))
    }

    /// The names of this column in files.
    pub(crate) fn names(&self) -> Vec<NameText> {
        let name = |take: &Arc<Take>| if let Place::Named(name) = &take.place { Some(name.clone()) } else { None };
        self.parts.iter().flatten().filter_map(name).collect()
    }

    /// Binds the column to a file's header.
    pub(crate) fn bind(&self, header: &Header) -> Bound {
        let part = |takes: &Vec<Arc<Take>>| takes.iter().filter_map(|take| take.bind(header)).collect();
        Bound { parts: self.parts.iter().map(part).filter(|part: &Vec<_>| !part.is_empty()).collect() }
    }
}

fn takes(texts: &[ColumnText]) -> Vec<Arc<Take>> {
    let mut takes = Vec::new();
    for text in texts {
        let mut take = |place: Place| {
            takes.push(Arc::new(Take {
                place,
                patterns: text.patterns.0.iter().map(|pattern| pattern.0.clone()).collect(),
                words: text.words.clone(),
                otherwise: text.otherwise.clone(),
                currency: text.currency.clone(),
                found: Memo::default(),
                decimal: text.decimal,
                negative: text.negative,
            }));
        };
        for name in &text.column.0 {
            take(Place::Named(name.clone()));
        }
        let mut neighbour = |names: &Names, make: fn(Vec<NameText>) -> Place| {
            if !names.0.is_empty() {
                take(make(names.0.clone()));
            }
        };
        neighbour(&text.right_of, Place::RightOf);
        neighbour(&text.left_of, Place::LeftOf);
        neighbour(&text.unnamed_right_of, Place::UnnamedRightOf);
        neighbour(&text.name_of, Place::NameOf);
        if let Some(value) = &text.value {
            take(Place::Value(value.clone()));
        }
    }
    takes
}

/// Where a text comes from.
#[derive(Debug, Clone)]
enum Spot {
    Cell(usize),
    /// A text that is the same for all rows.
    Text(Arc<str>),
}

/// A source bound to a file.
#[derive(Debug, Clone)]
pub(crate) struct BoundTake {
    spot: Spot,
    currency: Option<usize>,
    pub(crate) take: Arc<Take>,
}

/// One of our columns bound to a file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Bound {
    parts: Vec<Vec<BoundTake>>,
}

impl Take {
    fn bind(self: &Arc<Self>, header: &Header) -> Option<BoundTake> {
        let spot = match &self.place {
            Place::Named(name) => Spot::Cell(header.position(name)?),
            Place::RightOf(names) => Spot::Cell(header.first(names)?.checked_add(1)?),
            Place::LeftOf(names) => Spot::Cell(header.first(names)?.checked_sub(1)?),
            Place::UnnamedRightOf(names) => {
                let at = header.first(names)?.checked_add(1)?;
                header.is_unnamed(at).then_some(Spot::Cell(at))?
            }
            Place::NameOf(names) => {
                let name = header.names.get(header.first(names)?)?;
                let words = name.split(|c: char| c == '_' || c.is_whitespace()).filter(|word| !word.is_empty());
                Spot::Text(words.collect::<Vec<_>>().join(" ").into())
            }
            Place::Value(value) => Spot::Text(value.as_str().into()),
        };
        let currency = self.currency.as_ref().and_then(|name| header.position(name));
        Some(BoundTake { spot, currency, take: Arc::clone(self) })
    }

    /// The relevant part of a cell's text.
    fn part<'t>(&'t self, text: &'t str) -> Option<&'t str> {
        let found = if self.patterns.is_empty() {
            Some(text)
        } else {
            let place = self.found.of(text, |text| self.patterns.iter().find_map(|pattern| group(pattern, text)));
            let found = place.and_then(|(start, end)| text.get(start..end));
            found.map(str::trim).or(self.otherwise.as_deref())
        };
        match &self.words {
            None => found.and_then(filled),
            Some(words) => {
                let found = found?;
                let meaning = words.iter().find(|(word, _)| is_word(found, &word.to_lowercase()));
                let is_otherwise = self.otherwise.as_deref() == Some(found);
                meaning.map(|(_, meaning)| meaning.as_str()).or(is_otherwise.then_some(found))
            }
        }
    }
}

/// The range of the first non-empty group of a pattern.
fn group(pattern: &Regex, text: &str) -> Option<(usize, usize)> {
    let captures = pattern.captures(text)?;
    let group = captures.iter().skip(1).flatten().find(|group| !group.as_str().is_empty())?;
    Some((group.start(), group.end()))
}

impl BoundTake {
    /// The text for a row.
    pub(crate) fn text<'r>(&'r self, row: &'r StringRecord) -> Option<&'r str> {
        let whole = match &self.spot {
            Spot::Cell(at) => filled(row.get(*at)?),
            Spot::Text(text) => Some(&**text),
        };
        match whole {
            Some(whole) => self.take.part(whole),
            None => None,
        }
    }

    /// The currency of an amount in this column.
    pub(crate) fn currency<'r>(&self, row: &'r StringRecord) -> Option<&'r str> {
        filled(row.get(self.currency?)?)
    }
}

impl Bound {
    /// The text for a row.
    pub(crate) fn text<'r>(&'r self, row: &'r StringRecord) -> Option<&'r str> {
        self.first(row).map(|(_, text)| text)
    }

    /// The text for a row, and its source.
    pub(crate) fn first<'r>(&'r self, row: &'r StringRecord) -> Option<(&'r BoundTake, &'r str)> {
        self.each(row).next()
    }

    /// The texts for a row that are to be added up.
    pub(crate) fn each<'r>(&'r self, row: &'r StringRecord) -> impl Iterator<Item = (&'r BoundTake, &'r str)> {
        let first = |part: &'r Vec<BoundTake>| part.iter().find_map(|take| Some((take, take.text(row)?)));
        self.parts.iter().filter_map(first)
    }

    /// Whether the file has the column.
    pub(crate) fn is_there(&self) -> bool {
        !self.parts.is_empty()
    }
}

/// The definitions of all columns in a table.
pub(crate) type Columns = BTreeMap<Field, Column>;
