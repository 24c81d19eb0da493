//! Restores prices, names and methods.

use std::collections::BTreeMap;

use super::effects::Effects;
use super::{UNDONE, UndoReceipt};
use crate::app::AppError;
use crate::app::rematch::{Cause, rematch};
use crate::domain::{
    AggregateRoot, Day, DomainError, DomainEvent, EventType, PortfolioId, PortfolioName, PriceInForce,
    StockCreatedEvent, StockEditedEvent, StockId, StockProfile,
};
use crate::log::RecordedEvent;
use crate::store::{Command, UnitOfWork};

impl Effects {
    /// Restores the prices that no later command has changed.
    pub(super) fn take_prices_back(
        &self,
        unit: &mut UnitOfWork<'_>,
        command: Command,
        receipt: &mut UndoReceipt,
    ) -> Result<(), AppError> {
        for (id, days) in &self.prices {
            let Some(mut stock) = unit.reader().stocks().by_id(*id)? else { continue };
            let types = [EventType::StockPriceUpdated, EventType::StockPriceRemoved];
            // What other commands recorded last for each day, and the prices to restore on the days that
            // this command was the last to change.
            let (mut others, mut wanted) = (BTreeMap::new(), BTreeMap::new());
            for event in unit.flushed()?.commands().effective_events(stock.stream(), &types)? {
                let Some((day, price)) = priced(&event.data).filter(|(day, _)| days.contains(day)) else { continue };
                if command.contains(event.sequence) {
                    wanted.insert(day, others.get(&day).copied().flatten());
                } else {
                    wanted.remove(&day);
                    others.insert(day, price);
                }
            }
            let kept = days.len().saturating_sub(wanted.len());
            if kept > 0 {
                receipt.kept.push(format!("prices of {} that were changed later: {kept}", stock.profile().symbol));
            }
            for (day, price) in wanted {
                let current = unit.reader().prices().recorded(&stock, Some(day), Some(day))?.into_iter().next();
                match (price, current) {
                    (Some(price), current) if current != Some(price) => {
                        let in_force = unit.reader().prices().in_force(&stock, day, price.basis_date)?;
                        stock.record_price(price, in_force);
                    }
                    (None, Some(current)) => stock.remove_price(current, Some(UNDONE.parse()?)),
                    (Some(_), _) | (None, None) => continue,
                }
                unit.save(&mut stock)?;
                receipt.prices = receipt.prices.saturating_add(1);
            }
        }
        Ok(())
    }

    /// Restores the profiles of stocks, and the names and methods of portfolios.
    pub(super) fn take_settings_back(
        &self,
        unit: &mut UnitOfWork<'_>,
        command: Command,
        receipt: &mut UndoReceipt,
    ) -> Result<(), AppError> {
        for id in &self.edited_stocks {
            take_edit_back(unit, command, *id, receipt)?;
        }
        for id in &self.edited_portfolios {
            take_portfolio_back(unit, command, *id, receipt)?;
        }
        Ok(())
    }

    /// Removes the stocks and portfolios that the command added and to which nothing refers.
    pub(super) fn remove_what_was_added(
        &self,
        unit: &mut UnitOfWork<'_>,
        receipt: &mut UndoReceipt,
    ) -> Result<(), AppError> {
        for id in &self.added_stocks {
            let Some(mut stock) = unit.reader().stocks().by_id(*id)? else { continue };
            let symbol = stock.profile().symbol.clone();
            if unit.flushed()?.stocks().is_used(&stock)? {
                receipt.kept.push(format!("stock {symbol}, which has other records"));
            } else {
                stock.remove();
                unit.save(&mut stock)?;
                receipt.stocks_removed.push(symbol);
            }
        }
        for id in &self.added_portfolios {
            let Some(mut portfolio) = unit.reader().portfolios().by_id(*id)? else { continue };
            let name = portfolio.name().clone();
            if unit.flushed()?.portfolios().is_used(&portfolio)? {
                receipt.kept.push(format!("portfolio {name}, which has other records"));
            } else {
                portfolio.remove();
                unit.save(&mut portfolio)?;
                receipt.portfolios_removed.push(name);
            }
        }
        Ok(())
    }
}

fn take_edit_back(
    unit: &mut UnitOfWork<'_>,
    command: Command,
    id: StockId,
    receipt: &mut UndoReceipt,
) -> Result<(), AppError> {
    let Some(mut stock) = unit.reader().stocks().by_id(id)? else { return Ok(()) };
    let types = [EventType::StockCreated, EventType::StockEdited];
    let events = unit.flushed()?.commands().effective_events(stock.stream(), &types)?;
    let Some(profile) = before(&events, command, profile) else { return Ok(()) };
    if let Some(other) = unit.reader().stocks().find(&profile.symbol)?
        && other.id() != id
        && other.profile().symbol == profile.symbol
    {
        return Err(DomainError::SymbolExists { symbol: profile.symbol, differs: "history" }.into());
    }
    receipt.stocks_edited.push(profile.symbol.clone());
    stock.restore_profile(profile);
    unit.save(&mut stock)?;
    Ok(())
}

fn take_portfolio_back(
    unit: &mut UnitOfWork<'_>,
    command: Command,
    id: PortfolioId,
    receipt: &mut UndoReceipt,
) -> Result<(), AppError> {
    let Some(mut portfolio) = unit.reader().portfolios().by_id(id)? else { return Ok(()) };
    let types = [EventType::PortfolioCreated, EventType::PortfolioEdited];
    let events = unit.flushed()?.commands().effective_events(portfolio.stream(), &types)?;
    if let Some(name) = before(&events, command, name) {
        if unit.reader().portfolios().find(&name)?.is_some_and(|other| other.id() != id) {
            return Err(DomainError::PortfolioExists { name, differs: "history" }.into());
        }
        portfolio.rename(name);
        unit.save(&mut portfolio)?;
    }
    let types = [EventType::PortfolioCreated, EventType::CostBasisMethodChanged];
    let events = unit.flushed()?.commands().effective_events(portfolio.stream(), &types)?;
    if let Some(method) = before(&events, command, DomainEvent::cost_basis_method) {
        portfolio.set_cost_basis_method(method);
        unit.save(&mut portfolio)?;
        let cause = Cause { id: portfolio.id().uuid(), from_date: None };
        let held = unit.reader().stocks().held_in(&portfolio)?;
        let places: Vec<_> = held.into_iter().map(|stock| (portfolio.clone(), stock)).collect();
        receipt.rematched.extend(rematch(unit, &places, cause)?.sales);
    }
    receipt.portfolios_edited.push(portfolio.name().clone());
    Ok(())
}

/// The value before a command, if that command is the last one that changed it.
fn before<T>(events: &[RecordedEvent], command: Command, said: impl Fn(&DomainEvent) -> Option<T>) -> Option<T> {
    events.last().filter(|last| command.contains(last.sequence))?;
    let earlier = events.iter().rev().find(|event| event.sequence < command.first)?;
    said(&earlier.data)
}

fn priced(event: &DomainEvent) -> Option<(Day, Option<PriceInForce>)> {
    if let DomainEvent::StockPriceUpdated(updated) = event {
        let date = updated.price_date;
        let basis_date = updated.basis_date.unwrap_or(date);
        return Some((date, Some(PriceInForce { date, basis_date, price: updated.new_price })));
    }
    if let DomainEvent::StockPriceRemoved(removed) = event {
        return Some((removed.price_date, None));
    }
    None
}

fn profile(event: &DomainEvent) -> Option<StockProfile> {
    if let DomainEvent::StockCreated(created) = event {
        let StockCreatedEvent { symbol, company_name, sector, industry, currency, isin, .. } = created.clone();
        return Some(StockProfile { symbol, company_name, sector, industry, currency, isin });
    }
    if let DomainEvent::StockEdited(edited) = event {
        let StockEditedEvent { symbol, company_name, sector, industry, currency, isin, .. } = edited.clone();
        return Some(StockProfile { symbol, company_name, sector, industry, currency, isin });
    }
    None
}

fn name(event: &DomainEvent) -> Option<PortfolioName> {
    if let DomainEvent::PortfolioCreated(created) = event {
        return Some(created.name.clone());
    }
    if let DomainEvent::PortfolioEdited(edited) = event {
        return Some(edited.name.clone());
    }
    None
}
