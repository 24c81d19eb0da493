//! `explain`: figures to the last digit, for checking.

mod gain;
mod holding;
mod in_currency;
mod lot;
mod working;

use crate::app::{self, AppError};
use crate::cli::args::{ExplainArgs, Explained};
use crate::cli::context::Context;
use crate::cli::output::{Format, figure};
use crate::cli::views::terms;
use crate::domain::{ConversionKind, Currency, Entry, EntryKind, Money, Shares, TransactionType};

pub(in crate::cli) fn explain(args: &ExplainArgs, context: &Context<'_>) -> Result<(), AppError> {
    let (Explained::Gain { conversion, .. } | Explained::Holding { conversion, .. }) = &args.what;
    if context.page.format() == Format::Csv && conversion.conversion().is_some() {
        let message = "--in has no effect here: CSV has the lots, and no rates".to_owned();
        return Err(AppError::Usage { code: "usage", message, hint: "use -O json, or leave it out".to_owned() });
    }
    match &args.what {
        Explained::Gain { id, conversion } => {
            let (explained, converted) = context.read(|reader| {
                reader.at_one_moment(|| {
                    let explained = app::explain_gain(reader, id, context.portfolios.only())?;
                    let conversion = conversion.conversion();
                    let converted = conversion.map(|it| app::explain_gain_in(reader, &explained, it)).transpose()?;
                    Ok((explained, converted))
                })
            })?;
            gain::show(&explained, converted.as_ref(), context)
        }
        Explained::Holding { symbol, conversion } => {
            let (explained, converted) = context.read(|reader| {
                reader.at_one_moment(|| {
                    let explained = app::explain_holding(reader, symbol, &context.portfolios)?;
                    let conversion = conversion.conversion().map(|it| (it, context.today));
                    let converted = conversion.map(|it| app::explain_holding_in(reader, &explained, it)).transpose()?;
                    Ok((explained, converted))
                })
            })?;
            holding::show(&explained, converted.as_ref(), context)
        }
    }
}

/// The type of an entry, as in the member `type`.
fn kind(entry: &Entry) -> &'static str {
    match &entry.kind {
        EntryKind::Purchase { .. } => "BUY",
        EntryKind::Sale { .. } => "SELL",
        EntryKind::TransferOut { .. } => "TRANSFER_OUT",
        EntryKind::TransferIn { .. } => "TRANSFER_IN",
        EntryKind::Dividend { .. } => "DIVIDEND",
        EntryKind::Split(_) => "SPLIT",
        EntryKind::Conversion(conversion) => match conversion.kind {
            ConversionKind::SpinOff => "SPIN_OFF",
            ConversionKind::Exchange => "EXCHANGE",
        },
        EntryKind::CostAdjustment { kind, .. } => TransactionType::from(*kind).as_str(),
    }
}

/// The same in words, with the ratio of a split or a conversion and its effect on the cost.
fn worded(entry: &Entry) -> String {
    match &entry.kind {
        EntryKind::Split(ratio) => format!("split {ratio}"),
        EntryKind::Conversion(conversion) => format!("{} {}", conversion.kind.noun(), terms(&conversion.terms)),
        EntryKind::Purchase { .. }
        | EntryKind::Sale { .. }
        | EntryKind::TransferOut { .. }
        | EntryKind::TransferIn { .. }
        | EntryKind::Dividend { .. }
        | EntryKind::CostAdjustment { .. } => kind(entry).to_lowercase().replace('_', " "),
    }
}

/// `1,005.00 × 5 / 10 = 502.50`, and whether that is rounded, or the rest after rounding others.
fn share(amount: Money, part: &Shares, whole: &Shares, (result, is_rest): (Money, bool), currency: Currency) -> String {
    let (part_text, whole_text) = (exact(part), exact(whole));
    let note = match (result.is_share(amount, part, whole), is_rest) {
        (true, _) => "",
        (false, false) => ", rounded",
        (false, true) => ", rounded: the rest",
    };
    let [amount, result] = [amount, result].map(|amount| figure::exact_money(amount, currency));
    format!("{amount} × {part_text} / {whole_text} = {result}{note}")
}

/// The exact number of shares as a term of a sum; a fraction is in brackets.
fn exact(shares: &Shares) -> String {
    let text = readable(shares);
    if text.contains('/') { format!("({text})") } else { text }
}

/// The exact number of shares, or the displayed one if splits have made the exact one too long to read.
fn readable(shares: &Shares) -> String {
    const READABLE: usize = 60;
    let text = shares.exact();
    if text.len() > READABLE {
        format!("{}…", figure::shares(shares))
    } else if text.contains('/') {
        text
    } else {
        figure::shares(shares)
    }
}
