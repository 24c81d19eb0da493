//! What one row says.

mod companies;
mod currency;
mod money;
mod security;
mod settlement;
mod shares;

use std::collections::BTreeMap;

use csv::StringRecord;

use super::activity::{Activity, Deed, Reference, Scope, SplitTold, TradeTold};
use super::bound::{BoundPart, Found, Places};
use super::column::BoundTake;
use super::dates::{self, DayOrder, Manner, When};
use super::fault::Fault;
use super::format::Part;
use super::formula::restored;
use super::numbers::{self, DecimalMark, Written};
use super::options::ReadOptions;
use super::orders::OrderFee;
use super::reorganizing::{Reorganized, Way};
use super::table::{AmountIs, Field, IdIs, Is, NotRecorded};
use crate::domain::{Consideration, ConversionKind, CostAdjustmentKind, Figure, Money, Quantity, Side, excerpt};
use currency::RowCurrency;

/// A row of a file, flattened.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    /// The line on which it begins.
    pub(crate) line: u64,
    pub(crate) cells: StringRecord,
}

/// How a file writes its numbers and dates, as far as that is known.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Conventions {
    pub(crate) decimal: Option<DecimalMark>,
    pub(crate) order: Option<DayOrder>,
}

/// What a row comes to.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// It is no row of the table.
    Footer,
    NotRecorded(NotRecorded),
    Told(Told),
    /// Two things at once.
    Both(Told, Told),
    /// It tells what the rows of another table tell too.
    Yields(usize, Told),
}

/// What a row tells, which others of its file may complete.
#[derive(Debug)]
pub(crate) enum Told {
    /// All there is to tell.
    Whole(Box<Activity>),
    /// A trade of an order, which may have other fills and fees.
    Fill(Box<Activity>),
    /// What an order cost besides.
    Fee(Box<OrderFee>),
    Dividend(Box<Activity>),
    Withholding(Box<Activity>),
    Split(Box<Activity>, Half),
    /// Shares that came, or left where it is less than 0, and what they cost.
    Transfer(Box<Activity>, Figure, Option<Consideration>),
    /// A side of a merger, or of a stock under another name.
    Reorganized(Box<Activity>, Reorganized),
}

impl Told {
    /// What happened to shares, where it tells that.
    pub(crate) fn activity(&self) -> Option<&Activity> {
        match self {
            Self::Fee(_) => None,
            Self::Whole(activity)
            | Self::Fill(activity)
            | Self::Dividend(activity)
            | Self::Withholding(activity)
            | Self::Split(activity, _)
            | Self::Transfer(activity, ..)
            | Self::Reorganized(activity, _) => Some(activity),
        }
    }

    /// Of a dividend that was spent at once: the cash that went out is what had come in.
    fn received(&mut self) {
        if let Self::Dividend(activity) = self
            && let Deed::Dividend(told) = &mut activity.deed
        {
            told.amount = Money::from(Figure::from(told.amount).abs());
            told.withholding = Money::from(Figure::from(told.withholding).abs());
        }
    }
}

/// Which half of a split a row tells.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Half {
    Both,
    Old(Quantity),
    New(Quantity),
}

impl Half {
    /// Whether two rows tell one split together.
    pub(crate) fn completes(self, other: Self) -> bool {
        match (self, other) {
            (Self::Both, Self::Both) | (Self::Old(_), Self::New(_)) | (Self::New(_), Self::Old(_)) => true,
            (Self::Both, Self::Old(_) | Self::New(_))
            | (Self::Old(_), Self::Both | Self::Old(_))
            | (Self::New(_), Self::Both | Self::New(_)) => false,
        }
    }
}

/// Why a row tells nothing.
#[derive(Debug)]
pub(crate) enum Unread {
    /// How the file writes its numbers or dates is not known yet.
    Later(Ambiguity),
    Fault(Fault),
}

/// What can be read in two ways.
#[derive(Debug)]
pub(crate) enum Ambiguity {
    Number(String),
    Date(String),
}

impl Ambiguity {
    /// The refusal, where nothing in the file says which way.
    pub(crate) fn fault(&self) -> Fault {
        match self {
            Self::Number(cell) => numbers::ambiguous(cell),
            Self::Date(cell) => dates::ambiguous(cell),
        }
    }
}

impl<T: Into<Fault>> From<T> for Unread {
    fn from(fault: T) -> Self {
        Self::Fault(fault.into())
    }
}

/// Cells of a row that holds fewer are a footer's.
const FOOTER_CELLS: usize = 2;
/// Columns that a table has for that.
const WIDE: usize = 5;

/// One row, with all that is known of its file.
pub(crate) struct Reading<'r> {
    pub(crate) row: &'r Row,
    pub(crate) bound: &'r BoundPart,
    pub(crate) part: &'r Part,
    pub(crate) places: &'r Places,
    pub(crate) conventions: &'r mut Conventions,
    /// What lines before the header say.
    pub(crate) preamble: &'r BTreeMap<Field, String>,
    pub(crate) options: &'r ReadOptions,
    /// What of the row's cash the amount is, where not as elsewhere in the table.
    amount_is: Option<AmountIs>,
    /// The currency of its figures, once it was asked for.
    own: Option<RowCurrency>,
}

/// What a row says.
pub(crate) fn judge(
    row: &Row,
    bound: &BoundPart,
    conventions: &mut Conventions,
    preamble: &BTreeMap<Field, String>,
    options: &ReadOptions,
) -> Result<Verdict, Unread> {
    let Some(part) = bound.part() else { return Ok(Verdict::Footer) };
    let places = bound.places();
    let mut reading = Reading { row, bound, part, places, conventions, preamble, options, amount_is: None, own: None };
    let date = reading.text(Field::Date);
    let has_date = date.is_some_and(|date| date.bytes().any(|byte| byte.is_ascii_digit()));
    if !has_date && let Some(undated) = part.undated {
        return Ok(Verdict::NotRecorded(undated));
    }
    let filled = row.cells.iter().filter(|cell| !cell.trim().is_empty()).take(FOOTER_CELLS.saturating_add(1));
    if filled.count() <= FOOTER_CELLS && bound.header().len() >= WIDE {
        return Ok(Verdict::Footer);
    }
    let decimal = &mut reading.conventions.decimal;
    let sign = |cell: &str| match numbers::read(cell, decimal) {
        Ok(number) => Ok(number.map(|number| number.value.cmp(&Figure::ZERO))),
        // Its sign is the same either way.
        Err(numbers::Unread::Ambiguous) => {
            let either = numbers::read(cell, &mut Some(DecimalMark::Point)).ok().flatten();
            Ok(either.map(|number| number.value.cmp(&Figure::ZERO)))
        }
        Err(numbers::Unread::Fault(_)) => Ok::<_, Unread>(None),
    };
    let Some(found) = bound.find(&row.cells, options, sign)? else {
        // What has neither a date nor an action is what stands below a table.
        let is_below = !has_date && part.columns.contains_key(&Field::Date);
        return if is_below { Ok(Verdict::Footer) } else { Err(reading.unknown_action().into()) };
    };
    let Found { is, also, yields_to, amount_is, places } = &found;
    (reading.places, reading.amount_is) = (places, *amount_is);
    let verdict = reading.told(*is)?;
    match (verdict, *yields_to, *also) {
        (Verdict::Told(told), Some(other), _) => Ok(Verdict::Yields(other, told)),
        (Verdict::Told(told), None, Some(also)) => match reading.told(also)? {
            Verdict::Told(mut other) => {
                other.received();
                Ok(Verdict::Both(told, other))
            }
            Verdict::Footer | Verdict::NotRecorded(_) | Verdict::Both(..) | Verdict::Yields(..) => {
                Ok(Verdict::Told(told))
            }
        },
        (verdict, ..) => Ok(verdict),
    }
}

impl<'r> Reading<'r> {
    fn text(&self, field: Field) -> Option<&'r str> {
        let text = self.places.text(field, &self.row.cells);
        if self.part.is_own { text.map(restored) } else { text }
    }

    fn told(&mut self, is: Is) -> Result<Verdict, Unread> {
        let told = match is {
            Is::NotRecorded(kind) => return Ok(Verdict::NotRecorded(kind)),
            Is::Footer => return Ok(Verdict::Footer),
            Is::Buy => self.trade(Some(Side::Buy), false)?,
            Is::Sell => self.trade(Some(Side::Sell), false)?,
            Is::Trade => self.trade(None, false)?,
            Is::Reinvest => self.trade(Some(Side::Buy), true)?,
            Is::Dividend => self.dividend()?,
            Is::Withholding => self.withholding()?,
            Is::SplitAdded => {
                let added = self.required_number(Field::Quantity)?.value;
                let terms = self.terms()?;
                self.split(SplitTold { terms, added: Some(added) }, Half::Both)?
            }
            Is::SplitRatio => {
                let terms = self.terms()?.ok_or_else(|| missing("ratio"))?;
                self.split(SplitTold { terms: Some(terms), added: None }, Half::Both)?
            }
            Is::SplitOld | Is::SplitNew => {
                let quantity = self.quantity()?;
                let half = if is == Is::SplitOld { Half::Old(quantity) } else { Half::New(quantity) };
                self.split(SplitTold { terms: None, added: None }, half)?
            }
            Is::Opening => {
                let opening = self.opening()?;
                Told::Whole(self.activity(Deed::Opening(opening))?)
            }
            Is::TransferIn => self.transfer(Some(Side::Buy))?,
            Is::TransferOut => self.transfer(Some(Side::Sell))?,
            Is::Transfer => self.transfer(None)?,
            Is::Vest => self.vest()?,
            Is::TradeFee => return self.trade_fee(),
            Is::SpinOff => self.conversion(ConversionKind::SpinOff)?,
            Is::Exchange => self.conversion(ConversionKind::Exchange)?,
            Is::ReturnCapital => self.cost_change(CostAdjustmentKind::ReturnOfCapital)?,
            Is::AdjustCost => self.cost_change(CostAdjustmentKind::Addition)?,
            Is::WriteOff => self.write_off()?,
            Is::CorporateAction => self.corporate_action()?,
            Is::Merger => self.reorganized(Way::Merger)?,
            Is::NameChange => self.reorganized(Way::NameChange)?,
            Is::CashInLieu => self.cash_in_lieu()?,
            Is::Price => return self.price(),
            Is::Rate => return self.rate(),
            Is::Position => return self.position(),
        };
        Ok(Verdict::Told(told))
    }

    /// What rows of every kind have.
    fn activity(&mut self, deed: Deed) -> Result<Box<Activity>, Unread> {
        let when = self.when()?.ok_or_else(|| missing("date"))?;
        self.of_day(Some(when), deed)
    }

    fn of_day(&mut self, when: Option<When>, deed: Deed) -> Result<Box<Activity>, Unread> {
        let scope = match self.part.id_is {
            IdIs::Unique => Scope::Row,
            IdIs::Shared | IdIs::Order => Scope::Shared,
        };
        let id = self.text(Field::Id).map(|id| Ok::<_, Fault>(Reference { id: id.parse()?, scope })).transpose()?;
        let portfolio = self.text(Field::Portfolio).or(self.preamble.get(&Field::Portfolio).map(String::as_str));
        Ok(Box::new(Activity {
            line: self.row.line,
            other_line: None,
            when,
            security: self.security()?,
            currency: self.currency()?.mark,
            portfolio: portfolio.map(str::parse).transpose()?,
            id,
            note: self.text(Field::Note).map(str::parse).transpose()?,
            method: self.text(Field::Method).map(str::parse).transpose()?,
            deed,
        }))
    }

    /// The day, and the time where the row has one.
    fn when(&mut self) -> Result<Option<When>, Unread> {
        let Some(date) = self.text(Field::Date) else { return Ok(None) };
        let mut manner = Manner {
            format: self.options.date_format.as_ref(),
            order: self.conventions.order,
            short_years: self.part.short_years,
        };
        let later = |cell: &str, unread| match unread {
            dates::Unread::Ambiguous => Unread::Later(Ambiguity::Date(cell.to_owned())),
            dates::Unread::Fault(fault) => Unread::Fault(fault),
        };
        let mut written = manner.read(date).map_err(|unread| later(date, unread))?;
        if let Some(cell) = self.places.text(Field::Time, &self.row.cells).filter(|cell| *cell != date)
            && let Some(time) = manner.read_time(cell).map_err(|unread| later(cell, unread))?
        {
            written = written.at(time);
        }
        self.conventions.order = manner.order;
        let written = if self.part.midnight { written } else { written.without_midnight() };
        let when = written.seen_from(self.options.time_zone.as_ref())?;
        when.day.not_after(self.options.today)?;
        Ok(Some(when))
    }

    /// A number that stands in a cell.
    fn number_in(&mut self, take: &BoundTake, cell: &str) -> Result<Option<Written>, Unread> {
        numbers::read_in(take.take.decimal, cell, &mut self.conventions.decimal).map_err(|unread| match unread {
            numbers::Unread::Ambiguous => Unread::Later(Ambiguity::Number(cell.to_owned())),
            numbers::Unread::Fault(fault) => Unread::Fault(fault),
        })
    }

    fn number(&mut self, field: Field) -> Result<Option<Written>, Unread> {
        let places = self.places;
        match places.get(field).and_then(|bound| bound.first(&self.row.cells)) {
            Some((take, cell)) => self.number_in(take, cell),
            None => Ok(None),
        }
    }

    fn required_number(&mut self, field: Field) -> Result<Written, Unread> {
        self.number(field)?.ok_or_else(|| missing(&format!("{field:?}").to_lowercase()).into())
    }

    /// Shares, whatever their sign.
    fn quantity(&mut self) -> Result<Quantity, Unread> {
        let written = self.required_number(Field::Quantity)?;
        Ok(written.value.abs().try_into()?)
    }

    fn trade(&mut self, side: Option<Side>, reinvested: bool) -> Result<Told, Unread> {
        let written = self.required_number(Field::Quantity)?;
        let side = side.unwrap_or(if written.value.is_negative() { Side::Sell } else { Side::Buy });
        let quantity: Quantity = written.value.abs().try_into()?;
        let money = self.money(side, written)?;
        let consideration = match (money.amount, money.price) {
            (Some(amount), _) => Consideration::Amount(amount),
            (None, Some(price)) => Consideration::Price(price),
            (None, None) => return Err(missing("price").into()),
        };
        let (settled, charged) = (self.settled_by(side)?, self.charged()?);
        let lots = self.text(Field::Lot).map(str::to_owned);
        let as_of = match (side, self.text(Field::AsOf)) {
            (Side::Sell, Some(day)) => Some(day.parse()?),
            (Side::Sell, None) | (Side::Buy, _) => None,
        };
        let (price, fee) = (money.price, money.fee);
        let trade = TradeTold { side, reinvested, quantity, consideration, price, fee, settled, charged, lots, as_of };
        let activity = self.activity(Deed::Trade(trade))?;
        let is_of_order = self.part.id_is == IdIs::Order && activity.id.is_some();
        Ok(if is_of_order { Told::Fill(activity) } else { Told::Whole(activity) })
    }

    fn unknown_action(&self) -> Fault {
        let (column, action) = self.bound.action(&self.row.cells).unwrap_or(("action", ""));
        let message = format!("unknown {} \"{}\"", excerpt(&column.to_lowercase()), excerpt(action));
        Fault::new("unknown_action", message).with_hint(
            "say what it is, for example --map-action 'WORD=buy', or leave such rows out with --skip-unknown",
        )
    }
}

fn missing(what: &str) -> Fault {
    Fault::new("missing_value", format!("the {what} is empty"))
}
