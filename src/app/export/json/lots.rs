//! The lots that are open.

use serde::Serialize;

use crate::app::AppError;
use crate::app::export::ExportRequest;
use crate::app::export::chronicle::Chronicle;
use crate::app::export::replay::{PositionReplay, shown_lots};
use crate::domain::{Currency, Day, Figure, Money, Portfolio, PortfolioName, Position, Symbol, TransactionId};

#[derive(Serialize)]
pub(super) struct LotJson<'a> {
    portfolio: &'a PortfolioName,
    symbol: &'a Symbol,
    currency: Currency,
    lot_id: TransactionId,
    acquired_on: Day,
    quantity: Figure,
    cost_basis: Money,
}

type TakeLot<'t> = &'t mut dyn FnMut(&LotJson<'_>) -> Result<(), AppError>;

/// The lots that are open at the end of the period.
pub(super) fn write(chronicle: &Chronicle<'_>, request: &ExportRequest<'_>, take: TakeLot<'_>) -> Result<(), AppError> {
    let Some(last) = request.to else { return now(chronicle, request, take) };
    let mut replay = PositionReplay::new(chronicle);
    chronicle.for_each_day([None, Some(last)], &mut |_, happenings| {
        request.pause()?;
        replay.carry_out(&happenings, &mut |_, _| Ok(()))
    })?;
    replay.positions().into_iter().try_for_each(|position| of_position(position, request, take))
}

fn now(chronicle: &Chronicle<'_>, request: &ExportRequest<'_>, take: TakeLot<'_>) -> Result<(), AppError> {
    let entries = chronicle.reader.entries();
    let mut portfolios: Vec<&Portfolio> = chronicle.portfolios.iter().collect();
    portfolios.sort_by_key(|portfolio| portfolio.name());
    for portfolio in portfolios {
        for stock in chronicle.stocks.values() {
            request.pause()?;
            if let Some(position) = entries.position(portfolio, stock)? {
                of_position(&position, request, take)?;
            }
        }
    }
    Ok(())
}

fn of_position(position: &Position, request: &ExportRequest<'_>, take: TakeLot<'_>) -> Result<(), AppError> {
    let key = position.key();
    if !request.is_of(&key.portfolio) {
        return Ok(());
    }
    for lot in shown_lots(position)? {
        take(&LotJson {
            portfolio: &key.portfolio,
            symbol: &key.symbol,
            currency: key.currency,
            lot_id: lot.lot_id,
            acquired_on: lot.acquired_on,
            quantity: lot.quantity,
            cost_basis: lot.cost,
        })?;
    }
    Ok(())
}
