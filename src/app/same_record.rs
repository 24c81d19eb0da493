//! Compares a request with the record that the book already has under its id; used both for what is typed and
//! for what is imported.

use super::destination::Destination;
use super::record::BookRecord;
use crate::domain::{
    Cash, Consideration, ConversionTerms, Currency, Day, DomainError, ExternalId, Fee, Money, Note, PickedLot,
    PortfolioId, PortfolioName, Quantity, SplitTerms, Symbol, TimeOfDay, TransactionId, TransactionType,
};
use crate::store::{ConversionRow, IdStatus, SplitRow, StoreError, TransactionRow, UnitOfWork};

/// A request to be compared with a record. `None` means not given, and matches anything. A time also matches
/// a record without one, such as that of a file imported by an earlier version.
#[derive(Debug, Clone)]
pub(super) struct Asked<'a> {
    /// Its type; for a transfer, the side that the shares leave.
    pub(super) transaction_type: TransactionType,
    pub(super) symbol: &'a Symbol,
    pub(super) portfolio: Option<&'a PortfolioName>,
    /// The destination of a transfer.
    pub(super) to: Option<&'a Destination>,
    pub(super) quantity: Option<Quantity>,
    /// Price or amount before fees; for a dividend the gross amount.
    pub(super) consideration: Option<Consideration>,
    pub(super) fee: Option<Fee>,
    pub(super) withholding: Option<Money>,
    pub(super) ratio: Option<SplitTerms>,
    /// For a conversion: the stock of the new shares, and the terms.
    pub(super) conversion: Option<(&'a Symbol, &'a ConversionTerms)>,
    pub(super) date: Option<Day>,
    /// The ex-date of a dividend.
    pub(super) ex_date: Option<Day>,
    pub(super) time: Option<TimeOfDay>,
    pub(super) note: Option<&'a Note>,
    pub(super) picked: &'a [PickedLot],
    /// The day as of which the quantity of a lot held from before counts shares.
    pub(super) as_of: Option<Day>,
    /// The gross payment of a dividend in a currency other than the stock's.
    pub(super) paid: Option<Cash>,
    /// The settlement amount in the account's currency.
    pub(super) settled: Option<Cash>,
    /// The fee as it was charged.
    pub(super) charged: Option<Cash>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(transaction_type: TransactionType, symbol: &'a Symbol) -> Self {
        Self {
            transaction_type,
            symbol,
            portfolio: None,
            to: None,
            quantity: None,
            consideration: None,
            fee: None,
            withholding: None,
            ratio: None,
            conversion: None,
            date: None,
            ex_date: None,
            time: None,
            note: None,
            picked: &[],
            as_of: None,
            paid: None,
            settled: None,
            charged: None,
        }
    }

    /// What the book already has under this id.
    ///
    /// # Errors
    /// [`DomainError::IdConflict`] if that is something else; or if the book cannot be read.
    pub(super) fn recorded<E: From<StoreError> + From<DomainError>>(
        &self,
        unit: &mut UnitOfWork<'_>,
        given: &ExternalId,
        owner: PortfolioId,
    ) -> Result<Option<BookRecord>, E> {
        let Some(record) = find::<E>(unit, given, owner)? else { return Ok(None) };
        self.check::<E>(unit, given, &record)?;
        Ok(Some(record))
    }

    /// Refuses a record that differs from the request.
    ///
    /// # Errors
    /// As in [`Self::recorded`].
    pub(super) fn check<E: From<StoreError> + From<DomainError>>(
        &self,
        unit: &mut UnitOfWork<'_>,
        given: &ExternalId,
        record: &BookRecord,
    ) -> Result<(), E> {
        let differs = match record {
            BookRecord::Transaction(row) => {
                // The request names purchases by the ids that they have today.
                let picked = unit.reader().records().current_lots(&row.picked)?;
                self.difference(row, &picked)
            }
            BookRecord::Split(split) => self.difference_of_split(split),
            BookRecord::Conversion(row) => self.difference_of_conversion(row),
        };
        let differs = if self.is_of(unit, record.symbol())? { differs } else { Some("symbol") };
        let differs = match (differs, self.to) {
            (None, Some(to)) => {
                let ends = unit.flushed()?.portfolios().of_transfer(record.id())?;
                let is_same = match to {
                    Destination::Portfolio(to) => ends.iter().any(|end| end.name() == to),
                    Destination::Outside => ends.len() == 1,
                };
                (!is_same).then_some("portfolio")
            }
            (differs, _) => differs,
        };
        differs.map_or(Ok(()), |differs| Err(DomainError::IdConflict { id: given.clone(), differs }.into()))
    }

    /// The same request, matching a record of a file from which an earlier version read fewer members: those
    /// that the record lacks match anything.
    pub(super) fn as_known(&self, record: &BookRecord) -> Self {
        let of = |cash: Option<Cash>, recorded: Option<Cash>| cash.filter(|_| recorded.is_some());
        match record {
            BookRecord::Transaction(row) => Self {
                paid: of(self.paid, row.paid),
                settled: of(self.settled, row.settled),
                charged: of(self.charged, row.charged),
                ..self.clone()
            },
            BookRecord::Split(_) | BookRecord::Conversion(_) => self.clone(),
        }
    }

    /// Whether a stock is the requested one, by its present symbol or a former one.
    fn is_of(&self, unit: &UnitOfWork<'_>, symbol: &Symbol) -> Result<bool, StoreError> {
        if self.symbol == symbol {
            return Ok(true);
        }
        Ok(unit.reader().stocks().find(self.symbol)?.is_some_and(|stock| stock.profile().symbol == *symbol))
    }

    /// The first member that was given and differs from the record.
    fn difference(&self, row: &TransactionRow, picked: &[PickedLot]) -> Option<&'static str> {
        let gross = row.gross_amount();
        let (consideration, is_same_consideration) = match self.consideration {
            None => ("amount", true),
            Some(Consideration::Amount(amount)) if row.price.is_none() => ("amount", gross == Some(amount)),
            Some(Consideration::Amount(amount)) => ("price", gross == Some(amount)),
            Some(Consideration::Price(price)) => {
                let amount = row.quantity.and_then(|quantity| price.times(quantity).ok());
                ("price", row.price == Some(price) && amount == gross)
            }
        };
        first_false([
            ("type", self.transaction_type == row.transaction_type),
            ("portfolio", self.portfolio.is_none_or(|name| *name == row.portfolio)),
            ("quantity", self.quantity.is_none() || self.quantity == row.quantity),
            (consideration, is_same_consideration),
            ("fee", self.fee.is_none_or(|fee| fee == row.fee)),
            ("withholding", self.withholding.is_none() || self.withholding == row.withholding),
            ("date", self.date.is_none_or(|date| date == row.trade_date)),
            ("ex-date", self.ex_date.is_none() || self.ex_date == row.ex_date),
            ("time", self.time.is_none() || row.trade_time.is_none() || self.time == row.trade_time),
            ("note", self.note.is_none() || self.note == row.note.as_ref()),
            ("day of the quantity", self.as_of.is_none_or(|day| day == row.as_of.unwrap_or(row.trade_date))),
            ("paid amount", self.paid.is_none() || self.paid == row.paid),
            ("settled amount", self.settled.is_none_or(|cash| Some(cash.signed_as(row.total_amount)) == row.settled)),
            ("fee", self.charged.is_none_or(|fee| fee == charged(row, fee.currency))),
            ("choice of lots", self.picked.is_empty() || self.picked == picked),
        ])
    }

    fn difference_of_conversion(&self, row: &ConversionRow) -> Option<&'static str> {
        let is_same_conversion = |(new, terms): (&Symbol, &ConversionTerms)| {
            let ConversionTerms { ratio, cost_share, new_value, old_value, cash, pay, rule, cash_in_lieu } = &row.terms;
            [
                ("new stock", *new == row.new_stock.1),
                ("ratio", terms.ratio.ratio() == ratio.ratio()),
                ("cost share", terms.cost_share == *cost_share),
                ("value of the new shares", terms.new_value == *new_value),
                ("value of the old shares", terms.old_value == *old_value),
                ("amount of cash", terms.cash == *cash),
                ("payment", terms.pay == *pay),
                ("rule", terms.rule == *rule),
                ("amount for the fraction", terms.cash_in_lieu == *cash_in_lieu),
            ]
        };
        let of_terms = self.conversion.map(is_same_conversion).into_iter().flatten();
        let of_record = [
            ("type", self.transaction_type == row.kind.into()),
            ("date", self.date.is_none_or(|date| date == row.effective_date)),
            (
                "portfolio",
                self.portfolio == row.portfolio_name()
                    || (self.portfolio.is_none() && row.terms.cash_in_lieu.is_some()),
            ),
        ];
        of_record.into_iter().chain(of_terms).find(|(_, is_same)| !is_same).map(|(member, _)| member)
    }

    fn difference_of_split(&self, split: &SplitRow) -> Option<&'static str> {
        first_false([
            ("type", self.transaction_type == TransactionType::Split),
            ("ratio", self.ratio.is_none_or(|terms| terms.ratio() == split.terms.ratio())),
            ("date", self.date.is_none_or(|date| date == split.effective_date)),
        ])
    }
}

/// What the book has under an id, whatever it is.
///
/// # Errors
/// If the book cannot be read.
pub(super) fn find<E: From<StoreError>>(
    unit: &mut UnitOfWork<'_>,
    given: &ExternalId,
    owner: PortfolioId,
) -> Result<Option<BookRecord>, E> {
    let mut ids = vec![given.resolve(owner), given.as_text().resolve(owner)];
    ids.extend(given.reference(owner));
    ids.dedup();
    for id in ids {
        let id = unit.reader().records().known_under(id)?;
        if let Some(record) = BookRecord::look_up(unit.reader(), id)?
            && !unit.reader().commands().is_undone(record.voided_at())?
        {
            return Ok(Some(record));
        }
    }
    Ok(None)
}

/// The id of a new record.
#[derive(Debug, Clone, Copy)]
pub(super) struct NewId {
    /// Its id.
    pub(super) id: TransactionId,
    /// The id that identifies it from now on, if that is not its own because it belonged to a record that was
    /// undone.
    pub(super) identity: Option<TransactionId>,
}

impl NewId {
    /// The given id, unless it belongs to a record that was undone; then a fresh one.
    pub(super) fn given<E: From<StoreError>>(
        unit: &mut UnitOfWork<'_>,
        given: Option<&ExternalId>,
        owner: PortfolioId,
        fresh: TransactionId,
    ) -> Result<Self, E> {
        let Some(given) = given else { return Ok(Self { id: fresh, identity: None }) };
        let wanted = given.resolve(owner);
        let is_free = unit.reader().records().id_status(wanted)? == IdStatus::Free;
        let (id, identity) = if is_free { (wanted, None) } else { (fresh, Some(wanted)) };
        Ok(Self { id, identity })
    }
}

/// The fee of a trade in a currency: as it was charged if that is not the stock's currency, or else the fee
/// in the stock's.
fn charged(row: &TransactionRow, currency: Currency) -> Cash {
    let own = Cash { amount: row.fee.into(), currency: row.currency };
    row.charged.filter(|_| currency != row.currency).unwrap_or(own)
}

fn first_false<const N: usize>(checks: [(&'static str, bool); N]) -> Option<&'static str> {
    checks.into_iter().find(|(_, is_same)| !is_same).map(|(member, _)| member)
}
