//! Rows of corporate actions that a broker's file states incompletely, and of cash in lieu of fractions.
//! Either they are in the book, or the refusal gives the command to enter them.

use super::Recorder;
use super::reported_conversions::{concerns, conversions_near, days_around, days_near, otherwise, reports_conversion};
use super::splits::is_of_split;
use crate::app::AppError;
use crate::app::held_shares::held_before;
use crate::app::import::file::{CashInLieuRow, CorporateActionRow, Direction};
use crate::app::import::refusal::{Refusal, RowRefusal};
use crate::app::import::to_enter::ToEnter;
use crate::app::same_record::NewId;
use crate::app::splits::{CashInLieu, fractions, fractions_sold, sell_fraction};
use crate::domain::{
    ConversionKind, Day, Figure, Portfolio, PortfolioName, Quantity, Sequence, SplitTerms, Stock, TransactionType,
    shell_word,
};
use crate::store::{StoreError, TransactionFilter, UnitOfWork};

/// The number of days within which cash in lieu of a fraction is paid.
const PAID_WITHIN: u64 = 60;
/// Words that name dividends in shares; some also name distributions of another company's shares.
const DIVIDENDS: [&str; 5] = ["dividend", "distribution", "scrip", "bonus", "custom stock"];
/// Words in upper case are placeholders, so the command cannot be pasted as it is.
const ENTERED: &str = "fill in the words in capitals, enter the command, and import again; --skip-unknown \
                       leaves such rows out";

impl Recorder<'_, '_> {
    /// Skips a corporate action that the book has; otherwise asks the user to enter it.
    pub(super) fn record_corporate_action(&mut self, row: &CorporateActionRow, at: (u64, u64)) -> Result<(), Refusal> {
        let owner = self.directory.portfolio(self.unit, row.portfolio.as_ref())?;
        let (mut ratio, mut instead) = (None, String::new());
        if let Some(stock) = self.directory.find_stock(self.unit, &row.symbol)? {
            for conversion in conversions_near(self.unit, &stock, &owner, row.date)? {
                if reports_conversion(self, row, (&stock, &owner), &conversion)? {
                    return self.skip(conversion.sequence);
                }
                instead = format!("; {}", otherwise(&conversion));
            }
            if let Some(known) = known_action(self.unit, row, &stock, &owner)? {
                return self.skip(known);
            }
            ratio = dividend_in_shares(self.unit, row, &stock, &owner)?;
        }
        let CorporateActionRow { action, symbol, shares, .. } = row;
        let what = if action.is_empty() { "a corporate action".to_owned() } else { format!("`{action}`") };
        let shares = shares.map_or(String::new(), |(shares, direction)| {
            let went = match direction {
                Direction::Came => "came",
                Direction::Left => "left",
            };
            let noun = if shares.to_string() == "1" { "share" } else { "shares" };
            format!(", by which {shares} {noun} {went},")
        });
        let lacks = if ratio.is_some() {
            "seems to be a dividend in shares, which is a split"
        } else if is_named_split(row) {
            "is a split whose ratio this row does not state"
        } else {
            "may move cost between stocks, which this row does not tell"
        };
        let command = command(row, owner.name(), ratio);
        let names_portfolio = command.ends_with(&of_portfolio(owner.name()));
        let to_enter = ToEnter { day: row.date, at, names_portfolio };
        for symbol in row.new.iter().map(|(new, _)| new).chain([symbol]) {
            self.to_enter.insert(symbol.clone(), to_enter);
        }
        self.leave_to_the_user(
            at,
            RowRefusal {
                code: "corporate_action",
                message: to_be_entered(&format!("{what} of {symbol}{shares} {lacks}{instead}"), &command),
                hint: Some(ENTERED.to_owned()),
                is_by_itself: true,
            },
        )
    }

    /// Refuses a row that needs the user, unless `--skip-unknown` leaves such rows out.
    fn leave_to_the_user(&mut self, at: (u64, u64), fault: RowRefusal) -> Result<(), Refusal> {
        if !self.request.skips_unknown {
            return Err(Refusal::Row(fault));
        }
        self.receipt.notes.push(format!("{}: not recorded: {}", self.request.place(at), fault.message));
        let unknown = self.receipt.not_recorded.entry("unknown").or_default();
        *unknown = unknown.saturating_add(1);
        Ok(())
    }

    /// Sells the fraction left by a split in the days before, unless the cash is already part of a split or
    /// an exchange.
    pub(super) fn record_cash_in_lieu(&mut self, row: &CashInLieuRow, at: (u64, u64)) -> Result<(), Refusal> {
        let position = self.directory.position(self.unit, (row.portfolio.as_ref(), &row.symbol), row.currency)?;
        let (portfolio, stock) = (&position.portfolio, &position.stock);
        let name = portfolio.name();
        let days = [days_around(row.date, PAID_WITHIN)[0], row.date];
        let conversions = self.unit.reader().conversions().of_stock(stock)?;
        let mut known = conversions
            .iter()
            .filter(|split| (days[0]..=days[1]).contains(&split.effective_date) && concerns(split, portfolio))
            .find(|split| split.terms.cash_in_lieu == Some(row.amount))
            .map(|split| split.sequence);
        let mut left = None;
        for split in self.unit.reader().splits().between(stock, days)? {
            if split.voided_at.is_some() {
                continue;
            }
            let sold = fractions_sold(self.unit, stock, split.effective_date).map_err(Refusal::from_any)?;
            let own = sold.iter().find(|sale| sale.portfolio == *name);
            known = known.or(own.filter(|sale| sale.gross_amount() == Some(row.amount)).map(|sale| sale.sequence));
            let fractions = fractions(self.unit, stock, split.effective_date).map_err(Refusal::from_any)?;
            if own.is_none() && fractions.iter().any(|(of, _)| of == name) {
                left = Some(split.effective_date);
            }
        }
        if let Some(known) = known {
            return self.skip(known);
        }
        let Some(split_day) = left else {
            let message = fraction_unknown(self, row, name, days);
            let (code, hint) = ("fraction_unknown", Some(ENTERED.to_owned()));
            return self.leave_to_the_user(at, RowRefusal { code, message, hint, is_by_itself: false });
        };
        let fresh = self.unit.fresh_id();
        let NewId { id, .. } = NewId::given::<StoreError>(self.unit, row.id.as_ref(), portfolio.id(), fresh)?;
        let paid = CashInLieu { amount: row.amount, portfolio: Some(name.clone()), fresh_id: id };
        sell_fraction(self.unit, stock, split_day, &paid).map_err(|error: AppError| Refusal::from_any(error))?;
        self.late.note(&row.symbol, split_day, id, at);
        self.receipt.count_imported();
        Ok(())
    }
}

/// The refusal of cash for a fraction that is not in the book. If a refused row of these days may have left
/// the fraction, the cash belongs to that row's command.
fn fraction_unknown(
    recorder: &Recorder<'_, '_>,
    row: &CashInLieuRow,
    portfolio: &PortfolioName,
    days: [Day; 2],
) -> String {
    let CashInLieuRow { date, symbol, amount, .. } = row;
    let options = format!("--round down --cash-in-lieu {amount}");
    let of_portfolio = of_portfolio(portfolio);
    let event = recorder.to_enter.get(symbol).filter(|event| (days[0]..=days[1]).contains(&event.day));
    if let Some(ToEnter { at, names_portfolio, .. }) = event {
        let (place, of) = (recorder.request.place(*at), if *names_portfolio { "" } else { &of_portfolio });
        return format!(
            "{amount} was paid for a fraction of {symbol} by what {place} tells; enter the command for that \
             row with {options}{of}"
        );
    }
    let word = shell_word(symbol.as_str());
    let message = format!(
        "{amount} was paid for a fraction of {symbol}, and no split of the book has left one in portfolio \
         {portfolio} by {date}"
    );
    let command = format!(
        "stockbook split {word} NEW:OLD --date {date} {options}{of_portfolio} or stockbook exchange OLD_SYMBOL \
         {word} NEW:OLD with the same options"
    );
    to_be_entered(&message, &command)
}

fn of_portfolio(name: &PortfolioName) -> String {
    format!(" -p {}", shell_word(name.as_str()))
}

/// The recorded split or trade of those days that the row may report.
fn known_action(
    unit: &mut UnitOfWork<'_>,
    row: &CorporateActionRow,
    stock: &Stock,
    portfolio: &Portfolio,
) -> Result<Option<Sequence>, Refusal> {
    let days = days_near(row.date);
    for split in unit.reader().splits().between(stock, days)? {
        if split.voided_at.is_none()
            && reports_split(unit, row, (stock, portfolio), (split.effective_date, split.terms))?
        {
            return Ok(Some(split.sequence));
        }
    }
    let Some((shares, direction)) = row.shares else { return Ok(None) };
    let wanted = match direction {
        Direction::Came => [TransactionType::Buy, TransactionType::TransferIn],
        Direction::Left => [TransactionType::Sell, TransactionType::TransferOut],
    };
    let filter = TransactionFilter {
        portfolios: portfolio.name().into(),
        symbol: Some(stock.profile().symbol.clone()),
        from: Some(days[0]),
        to: Some(days[1]),
        ..TransactionFilter::default()
    };
    let mut known = None;
    unit.flushed()?.transactions().for_each::<StoreError>(&filter, &mut |transaction| {
        if transaction.quantity == Some(shares) && wanted.contains(&transaction.transaction_type) {
            known = Some(transaction.sequence);
        }
        Ok(())
    })?;
    Ok(known)
}

/// Whether a row reports a recorded split. If the row states no shares, its form decides.
fn reports_split(
    unit: &mut UnitOfWork<'_>,
    row: &CorporateActionRow,
    position: (&Stock, &Portfolio),
    split: (Day, SplitTerms),
) -> Result<bool, Refusal> {
    let Some((shares, direction)) = row.shares.filter(|_| is_split(row)) else { return Ok(is_split(row)) };
    let shares = Figure::from(shares);
    let added = if direction == Direction::Came { shares } else { shares.negated() };
    is_of_split(unit, position, added, split)
}

/// The split that a dividend in shares amounts to, if shares were held and the new ones are of no other
/// stock.
fn dividend_in_shares(
    unit: &mut UnitOfWork<'_>,
    row: &CorporateActionRow,
    stock: &Stock,
    portfolio: &Portfolio,
) -> Result<Option<SplitTerms>, Refusal> {
    let Some((came, Direction::Came)) = row.shares else { return Ok(None) };
    let word = row.action.to_lowercase();
    if !is_split(row) || word.contains("spin") || !DIVIDENDS.iter().any(|known| word.contains(known)) {
        return Ok(None);
    }
    let held = held_before(unit, portfolio, stock, row.date).map_err(Refusal::from_any)?;
    let Ok(old_shares) = Quantity::try_from(Figure::from(&held)) else { return Ok(None) };
    let new_shares = Figure::from(old_shares).plus(came.into()).ok().and_then(|sum| Quantity::try_from(sum).ok());
    Ok(new_shares.map(|new_shares| SplitTerms { new_shares, old_shares }))
}

/// The message of a refusal with the command that resolves it, which differs from row to row.
fn to_be_entered(message: &str, command: &str) -> String {
    format!("{message}; enter {command}")
}

/// Whether a row may be a split, judged by its form.
fn is_split(row: &CorporateActionRow) -> bool {
    row.kind.is_none() && row.spun_off.is_none() && row.new.is_none() && row.cash.is_none()
}

fn is_named_split(row: &CorporateActionRow) -> bool {
    is_split(row) && row.action.to_lowercase().contains("split")
}

/// The command to enter, as far as the row states its arguments; placeholders in upper case are for the user to fill
/// in.
fn command(row: &CorporateActionRow, portfolio: &PortfolioName, ratio: Option<SplitTerms>) -> String {
    let CorporateActionRow { date, symbol, kind, shares, new, cash, spun_off, .. } = row;
    let symbol = shell_word(symbol.as_str());
    if let Some(ratio) = ratio {
        return format!("stockbook split {symbol} {ratio} --date {date}");
    }
    if is_named_split(row) {
        return format!("stockbook split {symbol} NEW:OLD --date {date}");
    }
    let what = match (spun_off, new, cash, shares) {
        (Some((old, ratio)), ..) => {
            let old = shell_word(old.as_str());
            format!("spin-off {old} {symbol} {ratio} --date {date} --values NEW_PRICE:OLD_PRICE")
        }
        (None, Some((new, new_shares)), Some(cash), Some((shares, _))) => {
            let (new, all) = (shell_word(new.as_str()), cash.per_share(&(*shares).into()));
            let each = all.and_then(Result::ok).map_or_else(|| "CASH_PER_SHARE".to_owned(), |each| each.to_string());
            format!(
                "exchange {symbol} {new} {new_shares}:{shares} --date {date} --cash {each} --value NEW_PRICE --rule RULE"
            )
        }
        (None, _, _, Some((shares, Direction::Came))) if *kind == Some(ConversionKind::Exchange) => {
            format!("exchange OLD_SYMBOL {symbol} {shares}:OLD --date {date}")
        }
        (None, _, _, Some((_, Direction::Came))) => {
            format!("spin-off OLD_SYMBOL {symbol} NEW:OLD --date {date} --values NEW_PRICE:OLD_PRICE")
        }
        (None, _, _, Some((shares, Direction::Left))) => {
            format!("exchange {symbol} NEW_SYMBOL NEW:{shares} --date {date}")
        }
        (None, _, _, None) => format!("exchange {symbol} NEW_SYMBOL NEW:OLD --date {date}"),
    };
    format!("stockbook {what}{}", of_portfolio(portfolio))
}
