//! A page about a book: one self-contained file without scripts.
//!
//! Everything from the book is treated as text: the templates escape it, it is in elements of its own so that
//! it cannot reorder other text, and the page's policy forbids loading or running anything.

mod chart;
mod sections;
mod table;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::app::{CurrencyOverview, PageFigures, PageFilter};
use crate::cli::views::{ReportingTotal, rate_days};
use crate::domain::Day;

const STYLE: &str = include_str!("html/style.css");

/// Nothing is loaded, nothing runs, and only the page's own style applies.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The page.
#[must_use]
pub(super) fn page(
    figures: &PageFigures,
    filter: &PageFilter,
    total: &ReportingTotal<Vec<CurrencyOverview>>,
) -> String {
    let period = period(filter, figures);
    let sections: [(&str, &str, Markup); 8] = [
        ("value", "Value over time", sections::values(figures)),
        ("holdings", "Holdings", sections::holdings(figures)),
        ("allocation", "Allocation", sections::allocations(figures)),
        ("performance", "Performance", sections::performance(figures)),
        ("gains", "Realized gains", sections::gains(figures)),
        ("dividends", "Dividends", sections::dividends(figures)),
        ("prices", "Prices to look at", sections::prices(figures)),
        ("audit", "Audit log", sections::audit(figures)),
    ];
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { "StockBook report, " (filter.to) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "StockBook report" }
                    p { (period) }
                    nav aria-label="Sections" {
                        @for (id, title, _) in &sections { a href=(format!("#{id}")) { (title) } " " }
                    }
                }
                main {
                    (sections::overview(figures, total))
                    @for (id, title, content) in &sections {
                        section id=(id) aria-labelledby=(format!("{id}-title")) {
                            h2 id=(format!("{id}-title")) { (title) }
                            (content)
                        }
                    }
                }
                footer {
                    p {
                        "Made by stockbook " (env!("CARGO_PKG_VERSION")) " on " (filter.today) ". "
                        @match filter.conversion {
                            Some(conversion) => {
                                "All amounts in " (conversion.into)
                                @if !figures.rates.is_empty() { ", at the rates of " (rate_days(&figures.rates)) }
                                "."
                            }
                            None => "Amounts of different currencies are never added up.",
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}

/// The period of the page, in words.
fn period(filter: &PageFilter, figures: &PageFigures) -> Markup {
    let began = figures.values.iter().filter_map(|value| value.points.first()).map(|point| point.date).min();
    let from: Option<Day> = filter.from.or(began);
    html! {
        @match filter.portfolios.names() {
            [] => { "All portfolios" }
            [one] => { "Portfolio " (table::name(one)) }
            [first, others @ ..] => {
                "Portfolios " (table::name(first)) @for name in others { ", " (table::name(name)) }
            }
        }
        @if let Some(from) = from { ", from " (from) } " to " (filter.to)
    }
}
