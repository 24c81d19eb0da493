//! The events of a history as sentences.

use std::fmt::Display;

use crate::app::{Happening, HappeningKind, History, RematchCause};
use crate::cli::output::figure;
use crate::cli::views::{described, terms};
use crate::domain::{
    Cash, CostAdjustedEvent, DividendReceivedEvent, DomainEvent, ExchangeRateRemovedEvent, ExchangeRateUpdatedEvent,
    LotsRematchedEvent, Money, Note, StockConvertedEvent, StockPriceRemovedEvent, StockPriceUpdatedEvent, StockProfile,
    StockSplitEvent, TransactionExecutedEvent, TransactionType,
};

pub(super) fn sentence(happening: &Happening, history: &History) -> String {
    match &happening.kind {
        HappeningKind::Recorded { event, realized_gain } => {
            let place =
                event.replaces().map(|old| format!(", in place of {}", figure::short_id(old))).unwrap_or_default();
            let gain = realized_gain.zip(history.currency);
            let gain = gain.map(|(gain, currency)| format!(", realized {}", figure::signed_money(gain, currency)));
            format!("{}{}{place}", said(event), gain.unwrap_or_default())
        }
        HappeningKind::Voided { reason, replaced_by } => {
            let next =
                replaced_by.map(|next| format!(", {} took its place", figure::short_id(next))).unwrap_or_default();
            format!("voided{next}{}", because_of(reason.as_ref()))
        }
        HappeningKind::Other(event) => said(event),
        HappeningKind::Edited { before, after } => edited(before, after),
        HappeningKind::Prices { count, basis_date, first, days: (from, to) } => {
            let basis = basis_date.map(|day| format!(", in shares of {day}")).unwrap_or_default();
            match count {
                1 => format!("{}{basis}", price(first)),
                many if from == to => format!("{} prices of {from}{basis}", figure::count(*many)),
                many => format!("{} prices from {from} to {to}{basis}", figure::count(*many)),
            }
        }
        HappeningKind::Rematched { cause, from_date, sale: None, .. } => {
            let (of, why) = (history.symbol.as_ref().map(|symbol| format!(" of {symbol}")), because(cause));
            format!("sales{} from {from_date} on take other lots for the same gains{why}", of.unwrap_or_default())
        }
        HappeningKind::Rematched { cause, sale: Some(sale), .. } => {
            let who = match cause {
                RematchCause::Itself => {
                    format!("the sale of {} on {} ({}) ", sale.symbol, sale.sold_on, figure::short_id(sale.sale_id))
                }
                RematchCause::Record(_) | RematchCause::Portfolio(_) => String::new(),
            };
            let [before, after] = figure::distinguishable([sale.gain_before, sale.gain_after], sale.currency);
            format!("{who}realizes {after}, not {before}{}", because(cause))
        }
    }
}

fn because_of(reason: Option<&Note>) -> String {
    reason.map(|reason| format!(": {reason}")).unwrap_or_default()
}

fn because(cause: &RematchCause) -> String {
    match cause {
        RematchCause::Itself => String::new(),
        RematchCause::Record(record) => format!(", because of {}", described(record)),
        RematchCause::Portfolio(name) => format!(", because the cost basis method of portfolio {name} changed"),
    }
}

/// An event as a sentence.
fn said(event: &DomainEvent) -> String {
    match event {
        DomainEvent::BookCreated(_) | DomainEvent::ImportCompleted(_) | DomainEvent::IdentitiesReleased(_) => {
            event.event_type().as_str().to_owned()
        }
        DomainEvent::StockCreated(created) => {
            format!("added {}, {}, in {}", created.symbol, created.company_name, created.currency)
        }
        DomainEvent::StockEdited(edited) => format!("{} is {}", edited.symbol, edited.company_name),
        DomainEvent::StockRemoved(removed) => format!("removed {}", removed.symbol),
        DomainEvent::StockPriceUpdated(updated) => price(updated),
        DomainEvent::StockPriceRemoved(removed) => {
            let StockPriceRemovedEvent { price, price_date, reason, .. } = removed;
            format!("removed the price {price} of {price_date}{}", because_of(reason.as_ref()))
        }
        DomainEvent::ExchangeRateUpdated(updated) => {
            let ExchangeRateUpdatedEvent { base_currency, quote_currency, rate_date, new_rate, .. } = updated;
            format!("one {base_currency} is {new_rate} {quote_currency} on {rate_date}")
        }
        DomainEvent::ExchangeRateRemoved(removed) => {
            let ExchangeRateRemovedEvent { base_currency, quote_currency, rate_date, old_rate, .. } = removed;
            format!("removed the rate {old_rate} of {base_currency}/{quote_currency} on {rate_date}")
        }
        DomainEvent::PortfolioCreated(created) => {
            format!("added portfolio {}, cost basis {}", created.name, created.cost_basis_method)
        }
        DomainEvent::PortfolioEdited(edited) => format!("is called {}", edited.name),
        DomainEvent::PortfolioRemoved(removed) => format!("removed portfolio {}", removed.name),
        DomainEvent::CostBasisMethodChanged(changed) => {
            format!("cost basis {}, not {}", changed.new_method, changed.old_method)
        }
        DomainEvent::TransactionExecuted(executed) => traded(executed),
        DomainEvent::DividendReceived(received) => received_dividend(received),
        DomainEvent::StockSplit(StockSplitEvent { symbol, effective_date, terms, cash_in_lieu, .. }) => {
            let paid = cash_in_lieu.map(|amount| format!(", a fraction paid for with {amount}")).unwrap_or_default();
            format!("split {symbol} {terms} on {effective_date}, before that day's trades{paid}")
        }
        DomainEvent::StockConverted(converted) => {
            let StockConvertedEvent { kind, symbol, new_symbol, effective_date, terms: of_lot, portfolio, .. } =
                converted;
            let only = portfolio.as_ref().map(|name| format!(", in portfolio {name} only")).unwrap_or_default();
            let terms = terms(of_lot);
            format!(
                "{} of {symbol} into {new_symbol} {terms} on {effective_date}, before that day's trades{only}",
                kind.noun()
            )
        }
        DomainEvent::CostAdjusted(adjusted) => {
            let CostAdjustedEvent { symbol, adjust_date, amount, kind, portfolio, .. } = adjusted;
            format!("{kind} of {amount} on {symbol} on {adjust_date} in portfolio {portfolio}")
        }
        DomainEvent::TransactionVoided(voided) => format!("voided{}", because_of(voided.reason.as_ref())),
        DomainEvent::LotsRematched(rematched) => {
            let LotsRematchedEvent { from_date, realized_gain_before, realized_gain_after, portfolio, .. } = rematched;
            let gains = if realized_gain_before == realized_gain_after {
                "for the same gain".to_owned()
            } else {
                format!("realized {realized_gain_after} in all, not {realized_gain_before}")
            };
            format!("sales in portfolio {portfolio} from {from_date} on take other lots: {gains}")
        }
    }
}

fn price(updated: &StockPriceUpdatedEvent) -> String {
    format!("price {} on {}", updated.new_price, updated.price_date)
}

/// The changes to a stock's profile, such as `name Meta, not Facebook`.
fn edited(before: &StockProfile, after: &StockProfile) -> String {
    fn change(what: &str, before: Option<&dyn Display>, after: Option<&dyn Display>) -> Option<String> {
        let (before, after) = (before.map(ToString::to_string), after.map(ToString::to_string));
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
        (before != after).then(|| format!("{what} {}, not {}", shown(&after), shown(&before)))
    }
    fn known<T: Display>(value: Option<&T>) -> Option<&dyn Display> {
        value.map(|value| value as &dyn Display)
    }
    let changes = [
        change("symbol", Some(&before.symbol), Some(&after.symbol)),
        change("name", Some(&before.company_name), Some(&after.company_name)),
        change("sector", known(before.sector.as_ref()), known(after.sector.as_ref())),
        change("industry", known(before.industry.as_ref()), known(after.industry.as_ref())),
        change("currency", Some(&before.currency), Some(&after.currency)),
        change("ISIN", known(before.isin.as_ref()), known(after.isin.as_ref())),
    ];
    changes.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

fn received_dividend(received: &DividendReceivedEvent) -> String {
    let DividendReceivedEvent { symbol, pay_date, amount, withholding, currency, portfolio, ex_date, .. } = received;
    let withheld = if withholding.is_zero() {
        String::new()
    } else {
        format!(", {} withheld", figure::money(*withholding, *currency))
    };
    let amount = figure::amount(*amount, *currency);
    let ex_date = ex_date.map(|day| format!(", ex-date {day}")).unwrap_or_default();
    let paid = received.paid().map(|cash| format!(", paid as {}", spelt(cash))).unwrap_or_default();
    let settled = settled(received.settled());
    format!("dividend of {amount} on {symbol} on {pay_date} in portfolio {portfolio}{ex_date}{withheld}{paid}{settled}")
}

fn settled(settled: Option<Cash>) -> String {
    settled.map(|cash| format!(", settled with {}", spelt(cash))).unwrap_or_default()
}

fn spelt(cash: Cash) -> String {
    figure::amount(cash.amount, cash.currency)
}

fn traded(executed: &TransactionExecutedEvent) -> String {
    let TransactionExecutedEvent { symbol, trade_date, quantity, price, currency, portfolio, .. } = executed;
    let quantity = figure::shares(&(*quantity).into());
    let verb = match executed.transaction_type {
        TransactionType::TransferOut => {
            return format!("moved {quantity} {symbol} out of portfolio {portfolio} on {trade_date}");
        }
        TransactionType::TransferIn => {
            return format!("moved {quantity} {symbol} to portfolio {portfolio} on {trade_date}");
        }
        TransactionType::Sell => "sold",
        TransactionType::Buy
        | TransactionType::Dividend
        | TransactionType::Split
        | TransactionType::SpinOff
        | TransactionType::Exchange
        | TransactionType::ReturnCapital
        | TransactionType::AdjustCost => "bought",
    };
    let money = |amount: Money| figure::money(amount, *currency);
    let fee: Money = executed.fee.into();
    let charged = executed.charged().map(|cash| format!(", charged as {}", spelt(cash))).unwrap_or_default();
    let fee = if fee.is_zero() { charged } else { format!(", fee {}{charged}", money(fee)) };
    let price = figure::price(*price, *currency);
    let total = figure::amount(executed.total_amount, *currency);
    let settled = settled(executed.settled());
    format!("{verb} {quantity} {symbol} at {price} on {trade_date} in portfolio {portfolio}{fee}: {total}{settled}")
}
