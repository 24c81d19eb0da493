//! Compares the program's figures with those that a case expects.

#![expect(clippy::arithmetic_side_effects, reason = "the numbers of the cases are far from what a decimal can hold")]

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;
use serde_json::{Map, Value};

use crate::book::{Book, Lot, known, number, rows};
use crate::case::Case;
use crate::fund::{self, Timing};

/// Commands and options that the program does not have yet. Cases that need one are skipped.
const WAITED_FOR: &[&str] = &[];

/// The outcome of a case.
pub(crate) enum Verdict {
    Passes,
    Differs(Vec<String>),
    /// For these commands.
    Waits(String),
    IsSkipped(String),
}

pub(crate) fn judge(case: &Case) -> Verdict {
    if let Some(reason) = case.refusal() {
        return Verdict::IsSkipped(reason);
    }
    let missing: Vec<String> = needs(case).into_iter().filter(|need| !has(need)).collect();
    if !missing.is_empty() {
        return Verdict::Waits(missing.join(", "));
    }
    let differences = if case.expect.contains_key("error") { refused(case) } else { compared(case) };
    if differences.is_empty() { Verdict::Passes } else { Verdict::Differs(differences) }
}

fn has(command: &str) -> bool {
    !WAITED_FOR.contains(&command)
}

/// Those commands the case needs that not every version has.
fn needs(case: &Case) -> Vec<String> {
    let mut needs = Vec::new();
    if let Some(method) = case.method.as_deref().filter(|method| *method != "specific") {
        needs.push(format!("add-portfolio --cost-basis {method}"));
    }
    let entries = case.ordered();
    for action in ["split", "dividend"] {
        if entries.iter().any(|entry| entry.action == action) {
            needs.push(action.to_owned());
        }
    }
    if entries.iter().any(|entry| entry.action == "sell" && entry.lot.is_some()) {
        needs.push("sell --lot".to_owned());
    }
    if case.expect.keys().any(|figure| is_rate(figure)) {
        needs.push("returns".to_owned());
    }
    needs
}

fn is_rate(figure: &str) -> bool {
    figure == "no_rate" || figure.starts_with("xirr") || figure.starts_with("twr")
}

/// A case that sells too much, which must be refused and change nothing.
fn refused(case: &Case) -> Vec<String> {
    assert_eq!(case.expect["error"], "oversell", "{}: unknown error", case.id);
    let mut book = Book::of(case);
    for entry in case.ordered() {
        book.know_stock_of(&entry);
        let before = book.events();
        if let Err(run) = book.record(&entry) {
            let code = run.json_error()["code"].as_str().unwrap().to_owned();
            let is_as_it_should = entry.action == "sell" && code.starts_with("insufficient") && book.events() == before;
            return if is_as_it_should { Vec::new() } else { vec![format!("{code} for {entry:?}")] };
        }
    }
    vec!["everything was sold".to_owned()]
}

fn compared(case: &Case) -> Vec<String> {
    let timing = match case.twr_convention.as_deref() {
        Some("start_in_end_out") => Timing::StartInEndOut,
        None | Some("pre_flow_valuation" | "security") => Timing::AsListed,
        Some(other) => panic!("{}: unknown twr_convention {other}", case.id),
    };
    let is_of_time = |figure: &str| figure.starts_with("twr");
    let mut differences =
        compared_in(case, Timing::AsListed, |figure| timing == Timing::AsListed || !is_of_time(figure));
    if timing == Timing::StartInEndOut {
        differences.extend(compared_in(case, timing, is_of_time));
    }
    differences
}

/// Compares the selected figures of a case.
fn compared_in(case: &Case, timing: Timing, is_asked_for: impl Fn(&str) -> bool) -> Vec<String> {
    let entries = if case.is_of_a_fund() { fund::as_trades(&case.ordered(), timing) } else { case.ordered() };
    let mut book = Book::of(case);
    for entry in entries {
        if let Err(run) = book.record(&entry) {
            return vec![format!("refused\n{run}")];
        }
    }
    let mut comparison = Comparison::new(case, &book);
    for (figure, expected) in case.expect.iter().filter(|(figure, _)| is_asked_for(figure)) {
        comparison.compare(figure, expected);
    }
    comparison.differences
}

struct Comparison<'c> {
    case: &'c Case,
    book: &'c Book,
    holdings: Vec<Value>,
    /// Empty if no rate is expected.
    returns: Value,
    tolerances: Map<String, Value>,
    differences: Vec<String>,
}

impl<'c> Comparison<'c> {
    fn new(case: &'c Case, book: &'c Book) -> Self {
        let tolerances = case.expect.get("tolerance").and_then(Value::as_object).cloned().unwrap_or_default();
        let holdings = book.holdings(has("holdings --as-of"));
        let returns = if case.expect.keys().any(|figure| is_rate(figure)) { book.returns() } else { Value::Null };
        let mut comparison = Self { case, book, holdings, returns, tolerances, differences: Vec::new() };
        comparison.cross_check();
        comparison
    }

    /// Checks that the program's own figures are consistent, whatever the case expects.
    fn cross_check(&mut self) {
        for row in self.holdings.clone() {
            let symbol = row["symbol"].as_str().unwrap();
            let is_valued = known(&row["market_value"]).is_some() || known(&row["unrealized_gain"]).is_some();
            if is_valued && !self.book.has_price(symbol) {
                self.differences.push(format!("{symbol} has no price and yet a value"));
            }
        }
        let said: Decimal = self.book.sales.iter().map(|sale| sale.gain).sum();
        let kept = self.sum("realized_gain");
        if kept != Some(said) {
            self.differences.push(format!("holdings realized {kept:?}, the sales {said}"));
        }
        if has("gains") {
            let gains = self.book.gains_by_sale();
            for sale in &self.book.sales {
                let row = gains.iter().find(|row| row["sale_id"] == sale.id.as_str());
                let row = row.map(|row| (number(&row["cost_basis"]), number(&row["gain"])));
                if row != Some((sale.cost, sale.gain)) {
                    self.differences.push(format!("gains say {row:?} of a sale, which said {}", sale.gain));
                }
            }
        }
    }

    /// The sum of a member over all positions; `None` if it is unknown for one that is held.
    fn sum(&self, member: &str) -> Option<Decimal> {
        let held = |row: &&Value| member == "realized_gain" || row["quantity"] != "0";
        self.holdings.iter().filter(held).map(|row| known(&row[member])).sum()
    }

    fn compare(&mut self, figure: &str, expected: &Value) {
        let value = match figure {
            "tolerance" => return,
            "no_rate" => return self.compare_no_rate(),
            "holdings" => return self.compare_holdings(expected),
            "remaining_lots" => return self.compare_lots(expected),
            "per_sale" => return self.compare_list(figure, expected, |sale| sale.gain),
            "per_sale_cost" => return self.compare_list(figure, expected, |sale| sale.cost),
            "xirr_published" => return self.compare_published_rate(expected),
            "twr_annualised" => return self.compare_annualized(expected),
            "realised_gain" => self.sum("realized_gain"),
            "fees_total" => Some(self.book.fees()),
            "total_gain_after_fees" => {
                self.sum("realized_gain").zip(self.sum("unrealized_gain")).map(|(one, other)| one + other)
            }
            "unrealised_gain_pct" => {
                let ratio = |(gain, cost): (Decimal, Decimal)| gain.checked_div(cost);
                match &self.holdings[..] {
                    [row] => {
                        known(&row["unrealized_gain_percentage"]).map(|percentage| percentage / Decimal::ONE_HUNDRED)
                    }
                    _ => self.sum("unrealized_gain").zip(self.sum("cost_basis")).and_then(ratio),
                }
            }
            "xirr" => self.rate("money_weighted_return_percentage"),
            "twr" => self.rate("time_weighted_return_percentage"),
            of_holdings => self.of_holdings(of_holdings, &self.holdings),
        };
        self.check(figure, figure, expected, value);
    }

    /// A figure of several holdings together.
    fn of_holdings(&self, figure: &str, holdings: &[Value]) -> Option<Decimal> {
        let sum = |member: &str| holdings.iter().map(|row| known(&row[member])).sum::<Option<Decimal>>();
        match (figure, holdings) {
            ("remaining_quantity", _) => sum("quantity"),
            ("remaining_cost", _) => sum("cost_basis"),
            ("market_value", _) => sum("market_value"),
            ("unrealised_gain", _) => sum("unrealized_gain"),
            ("realised_gain", _) => sum("realized_gain"),
            ("average_cost", [row]) => known(&row["average_cost"]),
            ("average_cost", _) => sum("cost_basis")?.checked_div(sum("quantity")?),
            (unknown, _) => panic!("{}: unknown figure {unknown}", self.case.id),
        }
    }

    fn compare_holdings(&mut self, expected: &Value) {
        for (symbol, figures) in expected.as_object().unwrap() {
            let row: Vec<Value> =
                self.holdings.iter().filter(|row| row["symbol"] == symbol.as_str()).cloned().collect();
            for (figure, expected) in figures.as_object().unwrap() {
                let value = self.of_holdings(figure, &row);
                self.check(&format!("{figure} of {symbol}"), figure, expected, value);
            }
        }
    }

    fn compare_list(&mut self, figure: &str, expected: &Value, of_sale: impl Fn(&crate::book::Sale) -> Decimal) {
        let (expected, sales) = (rows(expected), self.book.sales.iter().map(of_sale).collect::<Vec<_>>());
        if expected.len() != sales.len() {
            self.differences.push(format!("{figure}: {} sales, {} expected", sales.len(), expected.len()));
        }
        for (n, (expected, value)) in expected.iter().zip(sales).enumerate() {
            self.check(&format!("{figure} {}", n + 1), figure, expected, Some(value));
        }
    }

    fn compare_lots(&mut self, expected: &Value) {
        let read = |row: &Value| {
            let quantity = number(&row["quantity"]);
            Lot { date: row["date"].as_str().unwrap().to_owned(), quantity, cost: number(&row["unit_cost"]) * quantity }
        };
        let mut expected: Vec<Lot> = rows(expected).iter().map(read).collect();
        expected.sort();
        let lots = self.book.lots();
        let is_near = |one: &Lot, other: &Lot| {
            one.date == other.date
                && (one.quantity - other.quantity).abs() <= self.tolerance("remaining_quantity")
                && (one.cost - other.cost).abs() <= self.tolerance("remaining_lots") * other.quantity
        };
        if lots.len() != expected.len() || !lots.iter().zip(&expected).all(|(lot, expected)| is_near(lot, expected)) {
            self.differences.push(format!("remaining_lots: {lots:?}, expected {expected:?}"));
        }
    }

    fn rate(&self, member: &str) -> Option<Decimal> {
        known(&self.returns[member]).map(|percentage| percentage / Decimal::ONE_HUNDRED)
    }

    fn compare_no_rate(&mut self) {
        let member = if self.case.kind == "twr" {
            "time_weighted_return_percentage"
        } else {
            "money_weighted_return_percentage"
        };
        if !self.returns[member].is_null() || !self.returns["reason"].is_string() {
            self.differences.push(format!("no_rate: {}", self.returns));
        }
    }

    /// A reference's rate of a year that is not 365 days, from ours.
    fn compare_published_rate(&mut self, expected: &Value) {
        let basis = number(&expected["day_basis"]) / Decimal::from(365);
        let rate = self.rate("money_weighted_return_percentage").map(|rate| compounded(rate, basis));
        self.check("xirr_published", "xirr_published", &expected["value"], rate);
    }

    /// A reference's annual rate, from our rate of the whole period and its length of it; ours is
    /// the same where that is whole years of 365 days, and none under a year.
    fn compare_annualized(&mut self, expected: &Value) {
        let years = self.case.twr_years.unwrap_or_else(|| panic!("{}: no twr_years", self.case.id));
        let rate = self.rate("time_weighted_return_percentage").map(|rate| compounded(rate, Decimal::ONE / years));
        self.check("twr_annualised", "twr_annualised", expected, rate);
        let ours = self.rate("time_weighted_return_annualized_percentage");
        if years.fract().is_zero() {
            self.check("twr_annualised", "twr_annualised", expected, ours);
        } else if years < Decimal::ONE && (ours.is_some() || !self.returns["reason"].is_string()) {
            self.differences.push(format!("twr_annualised: {ours:?} of less than a year"));
        }
    }

    fn check(&mut self, name: &str, figure: &str, expected: &Value, value: Option<Decimal>) {
        let expected = number(expected);
        if value.is_none_or(|value| (value - expected).abs() > self.tolerance(figure)) {
            self.differences.push(format!("{name}: {value:?}, expected {expected}"));
        }
    }

    /// How far a figure may be from the case's: by the rounding of its source, as the case states it, and at
    /// least by StockBook's own, which is half a unit of the tenth place, or of the sixth for a percentage.
    fn tolerance(&self, figure: &str) -> Decimal {
        let of_source = self.tolerances.get(figure).or(self.tolerances.get("*")).map_or(Decimal::ZERO, number);
        let of_ours = match figure {
            _ if is_rate(figure) || figure == "unrealised_gain_pct" => Decimal::new(5, 9),
            // The value of a fund is the product of two rounded numbers.
            "market_value" | "unrealised_gain" if self.case.is_of_a_fund() => Decimal::new(1, 5),
            _ => Decimal::new(5, 11),
        };
        of_source.max(of_ours)
    }
}

/// Compounds a rate over this many of its periods.
#[expect(clippy::float_arithmetic, reason = "a root has no exact decimal; the sources round rates to a few places")]
fn compounded(rate: Decimal, periods: Decimal) -> Decimal {
    let compounded = (1.0 + rate.to_f64().unwrap()).powf(periods.to_f64().unwrap()) - 1.0;
    Decimal::from_f64_retain(compounded).unwrap()
}
