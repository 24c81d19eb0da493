//! Rules: what rows are, and when.

use std::collections::BTreeMap;

use super::column::Columns;
use super::table::{AmountIs, Field, Is, NameText, OneOrMany, TableError, Test};

/// The kind of a row, and the conditions for it.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) when: Conditions,
    pub(crate) is: Is,
    pub(crate) also: Option<Is>,
    /// The rows that state the same.
    pub(crate) yields_to: Option<Preferred>,
    /// What the amount of such rows includes, if that differs from the rest of the table.
    pub(crate) amount_is: Option<AmountIs>,
    /// All columns, including those that the rule redefines.
    pub(crate) columns: Option<Columns>,
}

/// Rows that take precedence over others that state the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Preferred {
    /// Those of a further table, given by its index.
    Table(usize),
    /// Those for which conditions of a table hold, given by the indices of both.
    Rows(usize, usize),
}

/// What a condition applies to.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    /// A column of the file, by its names in different files.
    File(Vec<NameText>),
    Ours(Field),
}

/// Conditions that must all hold.
pub(crate) type Conditions = Vec<(Place, Vec<Test>)>;

/// The conditions of a rule.
///
/// # Errors
/// If a name after `@` is not that of a column of ours.
pub(crate) fn conditions(texts: BTreeMap<String, OneOrMany<Test>>) -> Result<Conditions, TableError> {
    let condition = |(place, tests): (String, OneOrMany<Test>)| {
        let place = match place.strip_prefix('@') {
            Some(field) => Place::Ours(Field::named(field)?),
            None => Place::File(place.split('|').map(NameText::new).collect()),
        };
        Ok((place, tests.0))
    };
    texts.into_iter().map(condition).collect()
}

/// The columns that rows of a kind require; one of each list is enough.
pub(crate) fn needs(is: Is) -> &'static [&'static [Field]] {
    use Field::{Amount, Base, Date, Dividend, Gross, Isin, Price, Quantity, Quote, Ratio, Symbol};
    const SHARE: &[Field] = &[Symbol, Isin, Field::Name];
    match is {
        Is::Buy | Is::Sell | Is::Trade | Is::Reinvest | Is::CancelBuy | Is::CancelSell | Is::CancelTrade => {
            &[&[Date], SHARE, &[Quantity], &[Price, Amount, Gross]]
        }
        Is::Dividend => &[&[Date], SHARE, &[Amount, Dividend, Price]],
        Is::Withholding => &[&[Date], SHARE, &[Amount, Field::Withholding]],
        Is::SplitRatio => &[&[Date], SHARE, &[Ratio]],
        Is::SpinOff | Is::Exchange => &[&[Date], SHARE, &[Ratio], &[Field::NewSymbol, Field::NewIsin, Field::NewName]],
        Is::ReturnCapital | Is::AdjustCost => &[&[Date], SHARE, &[Amount, Price]],
        Is::WriteOff => &[&[Date], SHARE],
        Is::SplitAdded
        | Is::SplitOld
        | Is::SplitNew
        | Is::Opening
        | Is::TransferIn
        | Is::TransferOut
        | Is::Transfer
        | Is::Vest => &[&[Date], SHARE, &[Quantity]],
        Is::DividendFx => &[&[Amount]],
        Is::TradeFee | Is::TradeFx => &[&[Field::Id], &[Amount]],
        Is::Price => &[&[Date], &[Price]],
        Is::Rate => &[&[Date], &[Base], &[Quote], &[Field::Rate]],
        Is::Position => &[SHARE, &[Quantity]],
        Is::Merger | Is::NameChange | Is::ReverseSplit => &[&[Date], SHARE, &[Quantity, Amount]],
        Is::CashInLieu => &[&[Date], SHARE, &[Amount]],
        Is::CorporateAction | Is::Footer | Is::NotRecorded(_) => &[],
    }
}
