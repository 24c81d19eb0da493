//! Tables and figures of a page.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::cli::output::{Tone, figure, printable};
use crate::domain::{Currency, Money, Percentage};

/// A column: its title, and its content.
#[derive(Clone, Copy)]
pub(super) enum Head {
    Text(&'static str),
    Number(&'static str),
    /// A bar for figures that the row contains already.
    Picture,
}

/// The number of rows per currency from which each currency gets a table of its own.
const ROWS_OF_A_TABLE: usize = 3;

/// A table of rows, each in one currency. The currency is in the caption if all rows have the same, and
/// otherwise after the name of each row. Many rows in several currencies become a table for each currency,
/// because figures in a column are compared.
pub(super) fn table_of_money(caption: &str, heads: &[Head], rows: Vec<(Currency, Vec<Markup>)>) -> Markup {
    let mut currencies: Vec<Currency> = rows.iter().map(|(currency, _)| *currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    if currencies.len() == 1 || rows.len() >= currencies.len().saturating_mul(ROWS_OF_A_TABLE) {
        let mut by_currency: BTreeMap<Currency, Vec<Vec<Markup>>> = BTreeMap::new();
        for (currency, cells) in rows {
            by_currency.entry(currency).or_default().push(cells);
        }
        return html! {
            @for (currency, rows) in &by_currency { (table(&format!("{caption}, in {currency}"), heads, rows)) }
        };
    }
    let behind_name = |all: &mut Vec<Markup>, cell| all.insert(all.len().min(1), cell);
    let mut heads = heads.to_vec();
    heads.insert(heads.len().min(1), Head::Text("Currency"));
    let with_currency = |(currency, mut cells): (Currency, Vec<Markup>)| {
        behind_name(&mut cells, words(currency.code()));
        cells
    };
    table(caption, &heads, &rows.into_iter().map(with_currency).collect::<Vec<_>>())
}

/// A table with a caption; the first cell of a row names it.
pub(super) fn table(caption: &str, heads: &[Head], rows: &[Vec<Markup>]) -> Markup {
    html! {
        div class="wide" tabindex="0" role="region" aria-label=(caption) {
            table {
                caption { (caption) }
                thead { tr { @for head in heads { (title(*head)) } } }
                tbody { @for row in rows { (line(heads, row)) } }
            }
        }
    }
}

fn title(head: Head) -> Markup {
    match head {
        Head::Text(title) => html! { th scope="col" { (title) } },
        Head::Number(title) => html! { th scope="col" class="number" { (title) } },
        Head::Picture => html! { td class="picture" aria-hidden="true" {} },
    }
}

fn line(heads: &[Head], cells: &[Markup]) -> Markup {
    let is_first = |at: usize| at == 0;
    html! {
        tr {
            @for (at, (head, cell)) in heads.iter().zip(cells).enumerate() {
                @match head {
                    Head::Text(_) if is_first(at) => { th scope="row" { (cell) } }
                    Head::Text(_) => { td { (cell) } }
                    Head::Number(_) => { td class="number" { (cell) } }
                    Head::Picture => { td class="picture" aria-hidden="true" { (cell) } }
                }
            }
        }
    }
}

/// Text from the book, from any source and of any direction.
pub(super) fn name(text: &impl ToString) -> Markup {
    let text = text.to_string();
    html! { bdi class="name" { (printable(&text)) } }
}

/// An unknown figure.
pub(super) fn unknown() -> Markup {
    html! { span title="not known" { "–" } }
}

/// Words of the program.
pub(super) fn words(text: &str) -> Markup {
    html! { (text) }
}

pub(super) fn money(amount: Option<Money>, currency: Currency) -> Markup {
    amount.map_or_else(unknown, |amount| words(&figure::money(amount, currency)))
}

/// An amount with its sign, so that colour is not needed.
pub(super) fn gain(amount: Option<Money>, currency: Currency) -> Markup {
    amount.map_or_else(unknown, |gain| toned(&figure::signed_money(gain, currency), figure::tone(gain)))
}

/// A percentage with its sign.
pub(super) fn change(rate: Option<Percentage>) -> Markup {
    rate.map_or_else(unknown, |rate| toned(&figure::percentage(rate), figure::percentage_tone(rate)))
}

pub(super) fn share(percentage: Option<Percentage>) -> Markup {
    percentage.map_or_else(unknown, |share| words(&figure::share(share)))
}

fn toned(text: &str, tone: Tone) -> Markup {
    match tone {
        Tone::Gain => html! { span class="gain" { (text) } },
        Tone::Loss => html! { span class="loss" { (text) } },
        Tone::Plain | Tone::Faint | Tone::Strong => words(text),
    }
}
