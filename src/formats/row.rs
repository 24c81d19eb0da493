//! Interpreting a row by the rules of its table.

mod cells;
mod companies;
mod currency;
mod money;
mod payments;
mod prices;
mod security;
mod settlement;
mod shares;
mod trades;
mod unused;

use std::collections::BTreeMap;

use super::activity::{Action, Activity, Reference, Scope, SplitDetails};
use super::bound::{BoundPart, Found};
use super::column::Column;
use super::dates::When;
use super::exchanges::Moved;
use super::fault::Fault;
use super::fold::{filled, one_line};
use super::numbers::{self, DecimalMark};
use super::options::ReadOptions;
use super::orders::{OrderCash, Purpose};
use super::reorganizing::{Reorganized, Way};
use super::rule::Preferred;
use super::table::{Field, IdIs, Is, NameText, NotRecorded};
use crate::domain::{Consideration, ConversionKind, CostAdjustmentKind, Figure, Money, Quantity, Side};
pub(crate) use cells::{Ambiguity, Conventions, Row, Unread};
use cells::{Cells, missing};
use money::RowMoney;

/// The interpretation of a row.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// The row is not part of the table.
    Footer,
    NotRecorded(NotRecorded),
    Means(Meaning),
    /// It stands for two activities.
    Both(Meaning, Meaning),
    /// Other rows, if the file has them, state the same and take precedence. A fault is reported only without
    /// them.
    Yields(Preferred, Result<Meaning, Fault>),
}

/// The meaning of a row, which other rows of the file may complete.
#[derive(Debug)]
pub(crate) enum Meaning {
    /// A complete activity.
    Whole(Box<Activity>),
    /// A trade of an order, which may have further fills and fees.
    Fill(Box<Activity>),
    /// A fee or an exchange of currencies of an order.
    OrderCash(Box<OrderCash>),
    /// One side of an exchange of currencies for dividends.
    Exchanged(Moved),
    Dividend(Box<Activity>),
    Withholding(Box<Activity>),
    Split(Box<Activity>, Half),
    /// Shares received, negative if they left, and their cost.
    Transfer(Box<Activity>, Figure, Option<Consideration>),
    /// One side of a merger or a rename.
    Reorganized(Box<Activity>, Reorganized),
}

impl Meaning {
    /// The activity, if the row states one by itself.
    pub(crate) fn activity(&self) -> Option<&Activity> {
        match self {
            Self::OrderCash(_) | Self::Exchanged(_) => None,
            Self::Whole(activity)
            | Self::Fill(activity)
            | Self::Dividend(activity)
            | Self::Withholding(activity)
            | Self::Split(activity, _)
            | Self::Transfer(activity, ..)
            | Self::Reorganized(activity, _) => Some(activity),
        }
    }

    /// Makes the cash of a reinvested dividend, which is booked as spent, the cash received.
    fn received(&mut self) {
        if let Self::Dividend(activity) = self
            && let Action::Dividend(dividend) = &mut activity.action
        {
            dividend.amount = Money::from(Figure::from(dividend.amount).abs());
            dividend.withholding = Money::from(Figure::from(dividend.withholding).abs());
        }
    }
}

/// The half of a split that a row states.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Half {
    Both,
    Old(Quantity),
    New(Quantity),
}

impl Half {
    /// Whether two rows together state one split.
    pub(crate) fn completes(self, other: Self) -> bool {
        match (self, other) {
            (Self::Both, Self::Both) | (Self::Old(_), Self::New(_)) | (Self::New(_), Self::Old(_)) => true,
            (Self::Both, Self::Old(_) | Self::New(_))
            | (Self::Old(_), Self::Both | Self::Old(_))
            | (Self::New(_), Self::Both | Self::New(_)) => false,
        }
    }
}

/// A row with at most this many filled cells is a footer, if the header is [`WIDE`].
const FOOTER_CELLS: usize = 2;
/// The number of columns from which a header is wide.
const WIDE: usize = 5;

/// A row being interpreted.
struct Reading<'r> {
    money: RowMoney<'r>,
}

/// Interprets a row.
pub(crate) fn judge(
    row: &Row,
    bound: &BoundPart,
    conventions: &mut Conventions,
    preamble: &BTreeMap<Field, String>,
    options: &ReadOptions,
) -> Result<Verdict, Unread> {
    let Some(part) = bound.part() else { return Ok(Verdict::Footer) };
    let places = bound.places();
    let cells = Cells { row, bound, part, places, conventions, preamble, options };
    let mut reading = Reading { money: RowMoney { cells, amount_is: None, own: None } };
    let date = reading.money.cells.text(Field::Date);
    let has_date = date.is_some_and(|date| date.bytes().any(|byte| byte.is_ascii_digit()));
    if !has_date && let Some(undated) = part.undated {
        return Ok(Verdict::NotRecorded(undated));
    }
    let cells = row.cells.iter().filter(|cell| !cell.trim().is_empty()).take(FOOTER_CELLS.saturating_add(1));
    if cells.count() <= FOOTER_CELLS && bound.header().len() >= WIDE {
        return Ok(Verdict::Footer);
    }
    if !has_date && says_date(row, bound) && is_shifted(row, bound) {
        // Otherwise a rule could take a row whose cells are shifted for one about money.
        return Err(Fault::new("missing_value", "the date does not stand in its column").into());
    }
    let decimal = &mut reading.money.cells.conventions.decimal;
    let sign = |cell: &str| match numbers::read(cell, decimal) {
        Ok(number) => Ok(number.map(|number| number.value.cmp(&Figure::ZERO))),
        // The number is the same either way, only its sign is needed.
        Err(numbers::Unread::Ambiguous) => {
            let either = numbers::read(cell, &mut Some(DecimalMark::Point)).ok().flatten();
            Ok(either.map(|number| number.value.cmp(&Figure::ZERO)))
        }
        Err(numbers::Unread::Fault(_)) => Ok::<_, Unread>(None),
    };
    let Some(found) = bound.find(&row.cells, options, sign)? else {
        // A row without date and action is a footer, unless most of its cells are filled.
        let is_below = !has_date && part.columns.contains_key(&Field::Date) && !is_shifted(row, bound);
        return if is_below { Ok(Verdict::Footer) } else { Err(reading.money.cells.unknown_action().into()) };
    };
    let Found { is, also, yields_to, amount_is, places } = &found;
    (reading.money.cells.places, reading.money.amount_is) = (places, *amount_is);
    let verdict = reading.money.cells.refuse_unused(*is).and_then(|()| reading.meaning(*is));
    if let Some(preferred) = *yields_to {
        return match verdict {
            Ok(Verdict::Means(meaning)) => Ok(Verdict::Yields(preferred, Ok(meaning))),
            Err(Unread::Fault(fault)) => Ok(Verdict::Yields(preferred, Err(fault))),
            Ok(_) | Err(Unread::Later(_)) => verdict,
        };
    }
    match (verdict?, *also) {
        (Verdict::Means(meaning), Some(also)) => match reading.meaning(also)? {
            Verdict::Means(mut other) => {
                other.received();
                Ok(Verdict::Both(meaning, other))
            }
            Verdict::Footer | Verdict::NotRecorded(_) | Verdict::Both(..) | Verdict::Yields(..) => {
                Ok(Verdict::Means(meaning))
            }
        },
        (verdict, ..) => Ok(verdict),
    }
}

/// Whether the date's column is filled, validly or not.
fn says_date(row: &Row, bound: &BoundPart) -> bool {
    let names = bound.part().and_then(|part| part.columns.get(&Field::Date)).map(Column::names).unwrap_or_default();
    let cell = |name: &NameText| row.cells.get(bound.header().position(name)?);
    names.iter().filter_map(cell).any(|cell| filled(cell).is_some())
}

/// Whether most cells are filled, and one of them with a date.
fn is_shifted(row: &Row, bound: &BoundPart) -> bool {
    let count = row.cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let is_date = |cell: &str| {
        let parts = cell.trim().split(['-', '/', '.']).collect::<Vec<_>>();
        parts.len() == 3 && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.parse::<u16>().is_ok())
    };
    count > bound.header().len() / 2 && row.cells.iter().any(is_date)
}

impl Reading<'_> {
    fn meaning(&mut self, is: Is) -> Result<Verdict, Unread> {
        let meaning = match is {
            Is::NotRecorded(kind) => {
                self.money.cells.refuse_moved_shares(kind)?;
                return Ok(Verdict::NotRecorded(kind));
            }
            Is::Footer => return Ok(Verdict::Footer),
            Is::Buy => self.trade(Some(Side::Buy), false)?,
            Is::Sell => self.trade(Some(Side::Sell), false)?,
            Is::Trade => self.trade(None, false)?,
            Is::Reinvest => self.trade(Some(Side::Buy), true)?,
            Is::CancelBuy => self.cancelled(Some(Side::Buy))?,
            Is::CancelSell => self.cancelled(Some(Side::Sell))?,
            Is::CancelTrade => self.cancelled(None)?,
            Is::Dividend => self.dividend()?,
            Is::Withholding => self.withholding()?,
            Is::SplitAdded => {
                let added = self.money.cells.required_number(Field::Quantity)?.value;
                let terms = self.money.cells.terms()?;
                self.split(SplitDetails { terms, added: Some(added) }, Half::Both)?
            }
            Is::SplitRatio => {
                let terms = self.money.cells.terms()?.ok_or_else(|| missing("ratio"))?;
                self.split(SplitDetails { terms: Some(terms), added: None }, Half::Both)?
            }
            Is::SplitOld | Is::SplitNew => {
                let quantity = self.money.cells.quantity()?;
                let half = if is == Is::SplitOld { Half::Old(quantity) } else { Half::New(quantity) };
                self.split(SplitDetails { terms: None, added: None }, half)?
            }
            Is::Opening => {
                let opening = self.opening()?;
                Meaning::Whole(self.activity(Action::Opening(opening))?)
            }
            Is::TransferIn => self.transfer(Some(Side::Buy))?,
            Is::TransferOut => self.transfer(Some(Side::Sell))?,
            Is::Transfer => self.transfer(None)?,
            Is::Vest => self.vest()?,
            Is::TradeFee => return self.order_cash(Purpose::Fee),
            Is::TradeFx => return self.order_cash(Purpose::Exchange),
            Is::DividendFx => match self.money.exchanged()? {
                Some(side) => Meaning::Exchanged(side),
                None => return Ok(Verdict::NotRecorded(NotRecorded::FX)),
            },
            Is::SpinOff => self.conversion(ConversionKind::SpinOff)?,
            Is::Exchange => self.conversion(ConversionKind::Exchange)?,
            Is::ReturnCapital => self.cost_change(CostAdjustmentKind::ReturnOfCapital)?,
            Is::AdjustCost => self.cost_change(CostAdjustmentKind::Addition)?,
            Is::WriteOff => self.write_off()?,
            Is::CorporateAction => self.corporate_action()?,
            Is::Merger => self.reorganized(Way::Merger)?,
            Is::NameChange => self.reorganized(Way::NameChange)?,
            Is::ReverseSplit => self.reorganized(Way::ReverseSplit)?,
            Is::CashInLieu => self.cash_in_lieu()?,
            Is::Price => return self.price(),
            Is::Rate => return self.rate(),
            Is::Position => return self.position(),
        };
        Ok(Verdict::Means(meaning))
    }

    /// The properties that all activities have.
    fn activity(&mut self, action: Action) -> Result<Box<Activity>, Unread> {
        let when = self.money.cells.when()?.ok_or_else(|| missing("date"))?;
        self.of_day(Some(when), action)
    }

    fn of_day(&mut self, when: Option<When>, action: Action) -> Result<Box<Activity>, Unread> {
        let scope = match self.money.cells.part.id_is {
            IdIs::Unique => Scope::Row,
            IdIs::Shared | IdIs::Order => Scope::Shared,
        };
        let id = self
            .money
            .cells
            .text(Field::Id)
            .map(|id| Ok::<_, Fault>(Reference { id: id.parse()?, scope }))
            .transpose()?;
        let portfolio = self.money.cells.text(Field::Portfolio).or(self
            .money
            .cells
            .preamble
            .get(&Field::Portfolio)
            .map(String::as_str));
        Ok(Box::new(Activity {
            line: self.money.cells.row.line,
            other_line: None,
            when,
            security: self.money.cells.security()?,
            currency: self.money.currency()?.mark,
            portfolio: portfolio.map(|name| one_line(name).parse()).transpose()?,
            id,
            note: self.money.cells.words(Field::Note).map(|note| note.parse()).transpose()?,
            method: self.money.cells.text(Field::Method).map(str::parse).transpose()?,
            action,
        }))
    }
}
