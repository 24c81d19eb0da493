//! The history of a record: what happened to it, and its effect on others.

use uuid::Uuid;

use super::past_gains::PastGains;
use super::{Happening, HappeningKind, History, RematchCause};
use crate::app::AppError;
use crate::app::lookup::known_stock;
use crate::app::record::BookRecord;
use crate::domain::{
    DomainEvent, EventType, LotsRematchedEvent, Money, Portfolio, PortfolioName, RematchedSale, Sequence, Stock,
    StockProfile, Stream, TransactionId, TransactionType, TransactionVoidedEvent,
};
use crate::log::RecordedEvent;
use crate::store::{Reader, StoreError};

/// The history of a transaction, dividend, split or transfer in order, including the versions that it
/// replaced and those that replaced it.
pub(super) fn of_record(reader: Reader<'_>, named: TransactionId) -> Result<History, AppError> {
    let mut versions = vec![Version::load(reader, reader.records().current(named)?)?];
    while let Some(last) = versions.last() {
        let Some(before) = last.replaces() else { break };
        let before = Version::load(reader, before)?;
        before.precedes(last)?;
        versions.push(before);
    }
    versions.reverse();
    let story = RecordHistory::new(reader, versions)?;
    let StockProfile { symbol, currency, .. } = story.stock.profile().clone();
    Ok(History { symbol: Some(symbol), currency: Some(currency), happenings: story.happenings()? })
}

/// A record, and its events.
struct Version {
    id: TransactionId,
    record: BookRecord,
    sides: Vec<PortfolioPart>,
}

/// A record's side in one portfolio. A transfer has two.
struct PortfolioPart {
    portfolio: Option<PortfolioName>,
    recorded: RecordedEvent,
    voided: Option<RecordedEvent>,
}

impl Version {
    fn load(reader: Reader<'_>, id: TransactionId) -> Result<Self, AppError> {
        let event = |sequence: Sequence| match reader.events().load(sequence)? {
            Some(stored) => Ok::<_, AppError>(stored.read().map_err(AppError::unreadable_event)?),
            None => Err(AppError::damaged(&format!("event {sequence} is not there"))),
        };
        let side = |portfolio, sequence, voided_at: Option<Sequence>| {
            Ok::<_, AppError>(PortfolioPart {
                portfolio,
                recorded: event(sequence)?,
                voided: voided_at.map(event).transpose()?,
            })
        };
        let rows = reader.transactions().sides(id)?;
        let mut sides = Vec::with_capacity(rows.len());
        for row in &rows {
            sides.push(side(Some(row.portfolio.clone()), row.sequence, row.voided_at)?);
        }
        let record = BookRecord::find(reader, id)?;
        match &record {
            BookRecord::Split(split) => sides.push(side(None, split.sequence, split.voided_at)?),
            BookRecord::Conversion(row) => {
                sides.push(side(row.portfolio_name().cloned(), row.sequence, row.voided_at)?);
            }
            BookRecord::Transaction(_) => {}
        }
        Ok(Self { id, record, sides })
    }

    /// Fails unless the versions are in the order of recording, so that following them ends.
    fn precedes(&self, later: &Self) -> Result<(), StoreError> {
        let recorded = |version: &Self| version.sides.first().map_or(0, |side| side.recorded.sequence);
        let (before, after) = (recorded(self), recorded(later));
        if before < after {
            return Ok(());
        }
        Err(StoreError::Damaged(format!("event {after} is said to replace event {before}, which came no earlier")))
    }

    /// The id of the record that it replaced.
    fn replaces(&self) -> Option<TransactionId> {
        self.sides.first()?.recorded.data.replaces()
    }
}

/// All versions of a record, the first one first.
struct RecordHistory<'b> {
    reader: Reader<'b>,
    stock: Stock,
    /// The portfolios that have the stock, since sales in any of them may have been matched anew.
    portfolios: Vec<Portfolio>,
    gains: PastGains<'b>,
    versions: Vec<Version>,
}

impl<'b> RecordHistory<'b> {
    fn new(reader: Reader<'b>, versions: Vec<Version>) -> Result<Self, AppError> {
        let first = versions.first().ok_or_else(|| AppError::damaged("a story of nothing"))?;
        let stock = known_stock(reader, first.record.symbol())?;
        let portfolios = reader.portfolios().holding(&stock)?;
        let gains = PastGains::of(reader, &stock)?;
        Ok(Self { reader, stock, portfolios, gains, versions })
    }

    fn happenings(&self) -> Result<Vec<Happening>, AppError> {
        let mut story = Vec::new();
        let replacements = self.versions.iter().skip(1).map(|version| Some(version.id)).chain([None]);
        for (version, replaced_by) in self.versions.iter().zip(replacements) {
            for PortfolioPart { portfolio, recorded, voided } in &version.sides {
                let realized_gain = self.realized_at_first(version, recorded.sequence)?;
                let kind = HappeningKind::Recorded { event: Box::new(recorded.data.clone()), realized_gain };
                story.push(happening(recorded, version.id, portfolio.clone(), kind));
                let Some(voided) = voided else { continue };
                let DomainEvent::TransactionVoided(TransactionVoidedEvent { reason, .. }) = &voided.data else {
                    return Err(AppError::damaged(&format!(
                        "event {} is not the one that voided {}",
                        voided.sequence, version.id
                    )));
                };
                let kind = HappeningKind::Voided { reason: reason.clone(), replaced_by };
                story.push(happening(voided, version.id, portfolio.clone(), kind));
            }
        }
        for portfolio in &self.portfolios {
            let stream = Stream::Position(portfolio.id(), self.stock.id());
            for event in self.reader.events().load_stream_of(stream, EventType::LotsRematched)? {
                story.extend(self.rematched(&event.read().map_err(AppError::unreadable_event)?, portfolio)?);
            }
        }
        story.sort_by_key(|happening| happening.sequence);
        Ok(story)
    }

    /// What a sale realized at the end of the unit of work that recorded it.
    fn realized_at_first(&self, version: &Version, recorded: Sequence) -> Result<Option<Money>, AppError> {
        let Some(portfolio) = self.sold_from(version) else { return Ok(None) };
        let last = self.reader.commands().of_event(recorded)?.map_or(recorded, |(command, _)| command.last);
        let gains = self.gains.known_after(last, portfolio)?;
        Ok(gains.get(&version.id).map(|sale| sale.gain_after))
    }

    /// What an event about rematched sales means for the record.
    fn rematched(&self, event: &RecordedEvent, portfolio: &Portfolio) -> Result<Vec<Happening>, AppError> {
        let DomainEvent::LotsRematched(rematched) = &event.data else { return Ok(Vec::new()) };
        let (cause_id, from_date) = (rematched.cause, rematched.from_date);
        let change = |id, cause, sale| {
            let kind = HappeningKind::Rematched { cause_id, cause, from_date, sale };
            happening(event, id, Some(portfolio.name().clone()), kind)
        };
        if let Some(version) = self.versions.iter().find(|version| version.id.uuid() == cause_id) {
            let sales = self.changed_sales(event.sequence, portfolio)?;
            if sales.is_empty() {
                return Ok(vec![change(version.id, RematchCause::Itself, None)]);
            }
            return Ok(sales.into_iter().map(|sale| change(version.id, RematchCause::Itself, Some(sale))).collect());
        }
        let touched = self.touched_by(rematched);
        if touched.is_empty() {
            return Ok(Vec::new());
        }
        let cause = self.cause(cause_id)?;
        let sales = self.changed_sales(event.sequence, portfolio)?.into_iter();
        let own = sales.filter(|sale| touched.contains(&sale.sale_id));
        Ok(own.map(|sale| change(sale.sale_id, cause.clone(), Some(sale))).collect())
    }

    /// The versions that are sales and whose gain may have changed with this event.
    fn touched_by(&self, rematched: &LotsRematchedEvent) -> Vec<TransactionId> {
        let is_touched = |version: &&Version| {
            let is_there = self.sold_from(version).is_some_and(|it| it.id() == rematched.portfolio_id);
            is_there && version.record.date() >= rematched.from_date
        };
        self.versions.iter().filter(is_touched).map(|version| version.id).collect()
    }

    /// The portfolio of a version, if it is a sale.
    fn sold_from(&self, version: &Version) -> Option<&Portfolio> {
        let BookRecord::Transaction(row) = &version.record else { return None };
        let is_its = |portfolio: &&Portfolio| *portfolio.name() == row.portfolio;
        self.portfolios.iter().find(is_its).filter(|_| row.transaction_type == TransactionType::Sell)
    }

    fn cause(&self, id: Uuid) -> Result<RematchCause, AppError> {
        match self.portfolios.iter().find(|portfolio| portfolio.id().uuid() == id) {
            Some(portfolio) => Ok(RematchCause::Portfolio(portfolio.name().clone())),
            None => Ok(RematchCause::Record(Box::new(BookRecord::find(self.reader, TransactionId::new(id))?))),
        }
    }

    /// The sales of a portfolio whose realized gain changed with the unit of work that recorded an
    /// event, by day.
    fn changed_sales(&self, event: Sequence, portfolio: &Portfolio) -> Result<Vec<RematchedSale>, AppError> {
        let (first, last) =
            self.reader.commands().of_event(event)?.map_or((event, event), |(it, _)| (it.first, it.last));
        let before = self.gains.known_after(first.saturating_sub(1), portfolio)?;
        let after = self.gains.known_after(last, portfolio)?;
        let gain_before = |sale: &RematchedSale| Some(before.get(&sale.sale_id)?.gain_after);
        let mut changed: Vec<RematchedSale> = after
            .values()
            .filter_map(|sale| Some(RematchedSale { gain_before: gain_before(sale)?, ..sale.clone() }))
            .filter(|sale| sale.gain_before != sale.gain_after)
            .collect();
        changed.sort_by_key(|sale| (sale.sold_on, sale.sale_id));
        Ok(changed)
    }
}

fn happening(
    event: &RecordedEvent,
    id: TransactionId,
    portfolio: Option<PortfolioName>,
    kind: HappeningKind,
) -> Happening {
    let (sequence, occurred_at, event_type) = (event.sequence, event.occurred_at, event.data.event_type());
    Happening { sequence, occurred_at, event_type, id: Some(id), portfolio, kind }
}
