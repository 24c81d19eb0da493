//! Deposits, withdrawals and valuations of a portfolio, represented by trades in shares of a fund.

#![expect(clippy::arithmetic_side_effects, reason = "the numbers of the cases are far from what a decimal can hold")]

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use crate::case::Transaction;

pub(crate) const SYMBOL: &str = "FUND";

/// When money is deposited and withdrawn on a day whose value is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Timing {
    /// As listed: a valuation applies at its place in the list.
    AsListed,
    /// Deposits are made at the start of the day, withdrawals at its end; the valuation is that of the end.
    StartInEndOut,
}

/// The shares of a fund as its transactions are converted.
struct Fund {
    currency: Option<String>,
    shares: Decimal,
    price: Decimal,
    told: Vec<Transaction>,
}

/// The trades and prices that represent a portfolio's deposits, withdrawals and valuations.
pub(crate) fn as_trades(entries: &[Transaction], timing: Timing) -> Vec<Transaction> {
    let currency = entries.iter().find_map(|entry| entry.currency.clone());
    let mut fund = Fund { currency, shares: Decimal::ZERO, price: Decimal::ONE_HUNDRED, told: Vec::new() };
    // A withdrawal before any deposit needs a share to sell: one that was free.
    if entries.iter().find(|entry| entry.action != "valuation").is_some_and(|entry| entry.action == "withdraw") {
        fund.trade("buy", &entries[0].date, Decimal::ONE, Decimal::ZERO);
    }
    match timing {
        Timing::AsListed => {
            for (n, entry) in entries.iter().enumerate() {
                fund.tell(entry, entries.len() == n + 1);
            }
        }
        Timing::StartInEndOut => {
            for day in entries.chunk_by(|one, other| one.date == other.date) {
                fund.tell_day(day);
            }
        }
    }
    fund.told
}

impl Fund {
    fn tell(&mut self, entry: &Transaction, is_last: bool) {
        let amount = entry.amount.unwrap();
        match entry.action.as_str() {
            "deposit" => self.trade("buy", &entry.date, places(amount / self.price), amount),
            "withdraw" if is_last => self.trade("sell", &entry.date, self.shares, amount),
            "withdraw" => {
                // Without a value on that day, the price may be too low for the withdrawal.
                let shares = places(amount / self.price);
                let shares = if shares < self.shares { shares } else { places(self.shares / Decimal::TWO) };
                self.trade("sell", &entry.date, shares, amount);
            }
            "valuation" => self.value(&entry.date, amount / self.shares),
            other => panic!("unknown action {other} beside deposits"),
        }
    }

    /// Converts a day that begins with deposits, at the price of the day before, and ends with withdrawals.
    fn tell_day(&mut self, day: &[Transaction]) {
        let sum = |action: &str| -> Decimal {
            day.iter().filter(|entry| entry.action == action).map(|entry| entry.amount.unwrap()).sum()
        };
        let date = &day[0].date;
        let before = date.parse::<NaiveDate>().unwrap() - Days::new(1);
        let (deposits, withdrawals) = (sum("deposit"), sum("withdraw"));
        if !deposits.is_zero() {
            self.trade("buy", &before.to_string(), places(deposits / self.price), deposits);
        }
        if let Some(valuation) = day.iter().find(|entry| entry.action == "valuation") {
            self.value(date, (valuation.amount.unwrap() + withdrawals) / self.shares);
        }
        if !withdrawals.is_zero() {
            let shares = places(withdrawals / self.price).min(self.shares);
            self.trade("sell", date, shares, withdrawals);
        }
    }

    fn trade(&mut self, action: &str, date: &str, quantity: Decimal, amount: Decimal) {
        self.shares += if action == "buy" { quantity } else { -quantity };
        self.add(Transaction { quantity: Some(quantity), amount: Some(amount), ..entry(action, date) });
    }

    fn value(&mut self, date: &str, price: Decimal) {
        self.price = places(price);
        self.add(Transaction { price: Some(self.price), ..entry("price", date) });
    }

    fn add(&mut self, transaction: Transaction) {
        self.told.push(Transaction { currency: self.currency.clone(), ..transaction });
    }
}

fn entry(action: &str, date: &str) -> Transaction {
    Transaction {
        action: action.to_owned(),
        date: date.to_owned(),
        symbol: SYMBOL.to_owned(),
        ..Transaction::default()
    }
}

/// The number of decimal places that StockBook accepts.
fn places(value: Decimal) -> Decimal {
    value.round_dp(10)
}

mod tests {
    use std::fs;

    use stockbook::domain::returns::{CashFlow, ValuedFlow, money_weighted, time_weighted};

    use super::*;
    use crate::case::Case;
    use crate::harness::repository;

    /// The amounts that the trades paid in and out, each with the value of the shares kept at the day's
    /// price; and the final value of the shares.
    fn flows(trades: &[Transaction], as_of: &str) -> Vec<ValuedFlow> {
        let (mut shares, mut price, mut flows) = (Decimal::ZERO, Decimal::ONE_HUNDRED, Vec::new());
        let mut flow = |on: &str, amount: Decimal, kept: Decimal| {
            let flow = CashFlow { on: on.parse().unwrap(), amount: amount.to_string().parse().unwrap() };
            flows.push(ValuedFlow { flow, kept: kept.to_string().parse().ok() });
        };
        for trade in trades {
            let (quantity, amount) = (trade.quantity.unwrap_or_default(), trade.amount.unwrap_or_default());
            match trade.action.as_str() {
                "buy" => {
                    flow(&trade.date, -amount, shares * price);
                    shares += quantity;
                }
                "sell" => {
                    shares -= quantity;
                    flow(&trade.date, amount, shares * price);
                }
                _ => price = trade.price.unwrap(),
            }
        }
        flow(as_of, shares * price, Decimal::ZERO);
        flows
    }

    #[test]
    fn a_fund_earns_the_return_of_its_portfolio() {
        let cases: Vec<Case> =
            serde_json::from_str(&fs::read_to_string(repository("tests/cases/cases.json")).unwrap()).unwrap();
        let (mut of_money, mut of_time) = (0, 0);
        for case in cases.iter().filter(|case| case.is_of_a_fund()) {
            let near = |figure: &str, percentage: String| {
                let tolerance =
                    case.expect["tolerance"][figure].as_str().map_or(Decimal::ZERO, |text| text.parse().unwrap());
                let expected: Decimal = case.expect[figure].as_str().unwrap().parse().unwrap();
                let rate: Decimal = percentage.parse::<Decimal>().unwrap() / Decimal::ONE_HUNDRED;
                assert!((rate - expected).abs() <= tolerance.max(Decimal::new(5, 9)), "{}: {rate}", case.id);
            };
            if case.expect.contains_key("xirr") {
                let flows = flows(&as_trades(&case.ordered(), Timing::AsListed), &case.as_of);
                let flows: Vec<CashFlow> = flows.iter().map(|valued| valued.flow).collect();
                near("xirr", money_weighted(&flows).unwrap().to_string());
                of_money += 1;
            }
            if case.expect.contains_key("twr") {
                let is_of_days = case.twr_convention.as_deref() == Some("start_in_end_out");
                let timing = if is_of_days { Timing::StartInEndOut } else { Timing::AsListed };
                let flows = flows(&as_trades(&case.ordered(), timing), &case.as_of);
                let held = flows[0].flow.on..=flows[flows.len() - 1].flow.on;
                near("twr", time_weighted(&flows, held).unwrap().total.to_string());
                of_time += 1;
            }
        }
        assert!(of_money >= 6 && of_time >= 4, "{of_money} and {of_time}");
    }
}
