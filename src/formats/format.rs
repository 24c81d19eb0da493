//! Formats: tables compiled for reading files.

use std::collections::BTreeMap;

use encoding_rs::Encoding;
use regex_lite::Regex;
use toml::Spanned;

use super::column::{Column, Columns, Header};
use super::dates::{DayOrder, ShortYears};
use super::numbers::DecimalMark;
use super::options::MapColumn;
use super::rule::{Conditions, Place, Preferred, Rule, conditions, needs};
use super::table::{
    AmountIs, DividendIs, DividendsBy, FeeIs, Field, IdIs, Is, NameText, NotRecorded, OneOrMany, PricesIn, RateIs,
    Reader, RuleText, TableError, TableText, Test,
};
use crate::domain::Currency;

/// A format that can be read, or that is only recognized in order to be refused.
#[derive(Debug, Clone)]
pub struct Format {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) export: String,
    pub(crate) reader: Reader,
    pub(crate) fallback: bool,
    pub(crate) refusal: Option<(String, Option<String>)>,
    pub(crate) encoding: &'static Encoding,
    pub(crate) layout: Layout,
    /// The main table of the file, followed by the further ones.
    pub(crate) parts: Vec<Part>,
    text: String,
}

/// What the reader needs besides the columns.
#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    pub(crate) path: Vec<String>,
    pub(crate) root: Option<String>,
    pub(crate) elements: Vec<String>,
    pub(crate) line: Option<Regex>,
    pub(crate) comment: Option<Regex>,
    pub(crate) second_heading: Option<String>,
    pub(crate) other_sections: Vec<NameText>,
}

/// One table of a file.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) find: Vec<Vec<NameText>>,
    without: Vec<NameText>,
    pub(crate) only: Option<Vec<NameText>>,
    pub(crate) ends: Vec<String>,
    pub(crate) continues: Vec<NameText>,
    /// The names of its section, any of which may occur; empty if the file has no sections.
    pub(crate) sections: Vec<String>,
    pub(crate) currency: Option<Currency>,
    pub(crate) decimal: Option<DecimalMark>,
    pub(crate) decimal_if_unclear: Option<DecimalMark>,
    pub(crate) dates: Option<DayOrder>,
    pub(crate) short_years: ShortYears,
    /// Whether it is StockBook's own, in which text that a spreadsheet would run as a formula is preceded by an
    /// apostrophe.
    pub(crate) is_own: bool,
    pub(crate) midnight: bool,
    pub(crate) money: MoneyIs,
    pub(crate) id_is: IdIs,
    pub(crate) not_symbols: Option<Regex>,
    pub(crate) undated: Option<NotRecorded>,
    pub(crate) columns: Columns,
    pub(crate) preamble: BTreeMap<Field, Regex>,
    pub(crate) rules: Vec<Rule>,
    /// The conditions for rows that take precedence over others.
    pub(crate) preferred: Vec<Conditions>,
}

/// How the figures of a row relate to each other.
#[derive(Debug, Clone)]
pub(crate) struct MoneyIs {
    pub(crate) amount: AmountIs,
    pub(crate) fee: FeeIs,
    pub(crate) prices: PricesIn,
    pub(crate) rate: RateIs,
    pub(crate) in_account_currency: Vec<Field>,
    pub(crate) dividend: DividendIs,
    pub(crate) dividends_by: DividendsBy,
}

impl Format {
    /// Parses a table.
    ///
    /// # Errors
    /// If it is not valid, with the line and what to write instead.
    pub fn parse(text: &str) -> Result<Self, TableError> {
        let table = TableText::parse(text)?;
        let valid = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if table.name.is_empty() || table.name.len() > 60 || !table.name.chars().all(valid) {
            let message = "`name`: a format's name is made of a-z, 0-9 and dashes";
            return Err(TableError::new(message).at(text.find("name").unwrap_or(0), text));
        }
        let encoding = match &table.encoding {
            None => encoding_rs::WINDOWS_1252,
            Some(label) => Encoding::for_label(label.as_bytes())
                .ok_or_else(|| TableError::new(format!("`encoding`: {} is not known", crate::domain::excerpt(label))))
                .map_err(|error| error.at(text.find("encoding").unwrap_or(0), text))?,
        };
        let names: Vec<String> = table.also.iter().map(|also| also.get_ref().name.clone()).collect();
        let layout = Layout {
            path: table.path.clone(),
            root: table.root.clone(),
            elements: table.elements.clone(),
            line: table.line.as_ref().map(|line| line.0.clone()),
            comment: table.comment.as_ref().map(|comment| comment.0.clone()),
            second_heading: table.second_heading.clone(),
            other_sections: table.other_sections.clone(),
        };
        let reader = table.reader;
        if reader == Reader::Lines && layout.line.is_none() {
            return Err(TableError::new("a file of lines needs the pattern `line`").at(0, text));
        }
        let refusal = table.refuse.clone().map(|why| (why, table.hint.clone()));
        let (name, title, export) = (table.name.clone(), table.title.clone(), table.export.clone());
        let fallback = table.fallback;
        let mut parts = Vec::new();
        let mut further = Vec::new();
        let mut table = table;
        further.append(&mut table.also);
        let is_refused = refusal.is_some();
        parts.push(Part::new(table, (0, 0), &names, is_refused, text)?);
        for (at, also) in (1..).zip(further) {
            let place = also.span().start;
            parts.push(Part::new(also.into_inner(), (at, place), &names, is_refused, text)?);
        }
        Ok(Self { name, title, export, reader, fallback, refusal, encoding, layout, parts, text: text.to_owned() })
    }

    /// The same format for files that use other names for some of our columns. These names are added to those
    /// by which files are recognized and rows are interpreted.
    pub(crate) fn with_columns(&self, maps: &[MapColumn]) -> Self {
        let mut format = self.clone();
        for part in &mut format.parts {
            for map in maps {
                let own: Vec<NameText> = part.columns.get(&map.field).map(Column::names).unwrap_or_default();
                let mut extend = |names: &mut Vec<NameText>| {
                    if names.iter().any(|name| own.contains(name)) {
                        names.push(NameText::new(&map.header));
                    }
                };
                part.find.iter_mut().for_each(&mut extend);
                for (place, _) in part.rules.iter_mut().flat_map(|rule| &mut rule.when) {
                    match place {
                        Place::File(names) => extend(names),
                        Place::Ours(_) => {}
                    }
                }
            }
        }
        format
    }

    /// Its name: `schwab`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The program and the report, for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// How to export such a file; empty if that is not known.
    #[must_use]
    pub fn export(&self) -> &str {
        &self.export
    }

    /// The text of the table.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is only recognized, and its files are refused.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// Whether it is tried only if no other format fits, as StockBook's own tables are.
    #[must_use]
    pub fn is_fallback(&self) -> bool {
        self.fallback
    }

    /// Whether it states positions rather than transactions.
    #[must_use]
    pub fn is_of_positions(&self) -> bool {
        self.is_only_of(Is::Position)
    }

    /// Whether it states only prices or rates.
    #[must_use]
    pub fn is_of_prices(&self) -> bool {
        self.is_only_of(Is::Price) || self.is_only_of(Is::Rate)
    }

    fn is_only_of(&self, kind: Is) -> bool {
        let mut rules = self.parts.iter().flat_map(|part| &part.rules).map(|rule| rule.is);
        let is_it = |is: Is| is == kind || matches!(is, Is::Footer | Is::Rate | Is::NotRecorded(_));
        rules.clone().any(|is| is == kind) && rules.all(is_it)
    }

    /// The columns by which its files are recognized.
    #[must_use]
    pub fn columns(&self) -> Vec<&str> {
        let find = self.parts.first().map(|part| part.find.as_slice()).unwrap_or_default();
        find.iter().filter_map(|names| names.first()).map(|name| name.written.as_str()).collect()
    }
}

impl Part {
    fn new(
        table: TableText,
        (at, place): (usize, usize),
        names: &[String],
        is_refused: bool,
        text: &str,
    ) -> Result<Self, TableError> {
        let refuse = |message: &str| TableError::new(message.to_owned()).at(place, text);
        if !table.also.is_empty() {
            return Err(refuse("a table under `also` has no further ones"));
        }
        let is_csv = matches!(table.reader, Reader::Csv | Reader::Wide);
        if table.find.is_empty() && is_csv && table.section.is_none() {
            return Err(refuse("`find` must name the columns by which its files are known"));
        }
        if table.rule.is_empty() && !is_refused {
            return Err(refuse("there is no `[[rule]]` that says what a row is"));
        }
        if table.preamble.values().any(|pattern| !pattern.has_group()) {
            return Err(refuse(super::table::Pattern::NO_GROUP));
        }
        let columns: Columns = table.columns.iter().map(|(field, texts)| (*field, Column::new(texts))).collect();
        let mut part = Self {
            find: table.find.into_iter().map(|names| names.0).collect(),
            without: table.without,
            only: table.only,
            ends: table.ends.iter().map(|text| super::fold::folded(text)).collect(),
            continues: table.continues,
            sections: table.section.map(|sections| sections.0).unwrap_or_default(),
            currency: table.currency,
            decimal: table.decimal,
            decimal_if_unclear: table.decimal_if_unclear,
            dates: table.dates,
            short_years: if table.short_years { ShortYears::Known } else { ShortYears::Refused },
            is_own: table.fallback,
            midnight: table.midnight,
            money: MoneyIs {
                amount: table.amount_is,
                fee: table.fee_is,
                prices: table.prices_in,
                rate: table.rate_is,
                in_account_currency: table.in_account_currency,
                dividend: table.dividend_is,
                dividends_by: table.dividends_by,
            },
            id_is: table.id_is,
            not_symbols: table.not_symbols.map(|pattern| pattern.0),
            undated: table.undated,
            columns,
            preamble: table.preamble.into_iter().map(|(field, pattern)| (field, pattern.0)).collect(),
            rules: Vec::new(),
            preferred: Vec::new(),
        };
        for rule in table.rule {
            let place = rule.span().start;
            let rule = part.rule(rule, at, names).map_err(|error| error.at(place, text))?;
            part.rules.push(rule);
        }
        Ok(part)
    }

    fn rule(&mut self, rule: Spanned<RuleText>, at: usize, names: &[String]) -> Result<Rule, TableError> {
        let RuleText { when, is, also, yields_to, yields_to_rows, amount_is, columns } = rule.into_inner();
        let own: Columns = columns.iter().map(|(field, texts)| (*field, Column::new(texts))).collect();
        let all = (!own.is_empty()).then(|| self.columns.clone().into_iter().chain(own).collect::<Columns>());
        let has = |field: &Field| all.as_ref().unwrap_or(&self.columns).contains_key(field);
        for kind in [Some(is), also].into_iter().flatten() {
            if matches!(kind, Is::TradeFee | Is::TradeFx) && self.id_is != IdIs::Order {
                return Err(TableError::new("rows of this kind need `id_is = \"order\"` above"));
            }
            if let Some(missing) = needs(kind).iter().find(|fields| !fields.iter().any(has)) {
                let wanted = missing.iter().map(|field| format!("{field:?}").to_lowercase()).collect::<Vec<_>>();
                let message = format!("rows of this kind need the column {} under [columns]", wanted.join(" or "));
                return Err(TableError::new(message));
            }
        }
        let yields_to = match yields_to {
            None => None,
            Some(name) => {
                let found = names.iter().position(|known| *known == name).map(|at| at.saturating_add(1));
                let message = || format!("no table under `also` has the name {}", crate::domain::excerpt(&name));
                Some(Preferred::Table(found.ok_or_else(|| TableError::new(message()))?))
            }
        };
        let yields_to = if yields_to_rows.is_empty() {
            yields_to
        } else {
            if yields_to.is_some() {
                return Err(TableError::new("a rule has either `yields_to` or `yields_to_rows`"));
            }
            Some(Preferred::Rows(at, self.preferred(yields_to_rows)?))
        };
        Ok(Rule { when: conditions(when)?, is, also, yields_to, amount_is, columns: all })
    }

    /// The index of conditions for rows that take precedence over others.
    fn preferred(&mut self, rows: BTreeMap<String, OneOrMany<Test>>) -> Result<usize, TableError> {
        let conditions = conditions(rows)?;
        let is_cell = |(place, tests): &(Place, Vec<Test>)| {
            matches!(place, Place::File(_)) && !tests.iter().any(Test::is_of_number)
        };
        if !conditions.iter().all(is_cell) {
            return Err(TableError::new("`yields_to_rows` has conditions on the texts of the file's columns"));
        }
        self.preferred.push(conditions);
        Ok(self.preferred.len().saturating_sub(1))
    }

    /// Whether it reads the rows of a section, in whatever case its name is written.
    pub(crate) fn is_of_section(&self, name: &str) -> bool {
        let name = name.trim();
        self.sections.iter().any(|section| {
            section.len() == name.len() && (section == name || section.to_lowercase() == name.to_lowercase())
        })
    }

    /// Whether its rows may be trades.
    pub(crate) fn has_trades(&self) -> bool {
        self.rules.iter().any(|rule| matches!(rule.is, Is::Buy | Is::Sell | Is::Trade))
    }

    /// Whether a line can be the header of this table.
    pub(crate) fn fits(&self, header: &Header) -> bool {
        let has = |name: &NameText| header.position(name).is_some();
        header.len() >= 2
            && self.missing(header).next().is_none()
            && !self.without.iter().any(has)
            && self.allows(header)
    }

    fn allows(&self, header: &Header) -> bool {
        let Some(only) = &self.only else { return true };
        header
            .names
            .iter()
            .map(super::fold::folded)
            .all(|name| name.is_empty() || only.iter().any(|known| known.is(&name)))
    }

    /// The columns that a header lacks.
    pub(crate) fn missing<'p>(&'p self, header: &'p Header) -> impl Iterator<Item = &'p str> {
        let has = |names: &&Vec<NameText>| !names.iter().any(|name| header.position(name).is_some());
        self.find.iter().filter(has).filter_map(|names| names.first()).map(|name| name.written.as_str())
    }

    /// Whether another table is recognized by the same columns.
    pub(crate) fn finds_as(&self, other: &Self) -> bool {
        let names = |part: &Self| part.find.iter().flatten().map(|name| name.written.clone()).collect::<Vec<_>>();
        names(self) == names(other)
    }

    /// Whether a header that does not fit has most of the columns required.
    pub(crate) fn is_near(&self, header: &Header) -> bool {
        self.missing(header).count().saturating_mul(2) < self.find.len()
    }

    /// The definition of one of our columns.
    pub(crate) fn is_in_account_currency(&self, field: Field) -> bool {
        self.money.in_account_currency.contains(&field)
    }
}
