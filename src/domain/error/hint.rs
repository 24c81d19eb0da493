//! Ways out of refusals.

use super::{DomainError, Purpose};
use crate::domain::{Currency, CurrencyPair, Day, PortfolioName, Symbol, TransactionId, shell_word};

impl DomainError {
    /// What to do instead, if anything.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::InsufficientQuantity { symbol, held, .. } if held.is_zero() => nothing_held(symbol),
            Self::HeldElsewhere { elsewhere, .. } => held_in(elsewhere),
            Self::InsufficientQuantity { verb, symbol, held, .. } => {
                format!("{verb} at most {held}, or record the missing purchase of {symbol} first")
            }
            Self::LotShort { symbol, .. } => {
                format!("`stockbook explain holding {}` shows the lots that are open", shell_word(symbol.as_str()))
            }
            Self::PickedLotsDiffer { .. } => {
                "give --lot once for each lot, as ID:QUANTITY, so that the quantities add up".to_owned()
            }
            Self::LeavesUncovered { first, others, .. } => {
                let id = first.id.to_string();
                let id = id.get(..8).unwrap_or(&id);
                let which = if others.0.is_empty() { "that one" } else { "these" };
                format!("void or amend {which} first: `stockbook history {id}` shows its history")
            }
            Self::SymbolExists { symbol, .. } => {
                let word = shell_word(symbol.as_str());
                format!(
                    "`stockbook stocks` shows {symbol}, and `stockbook edit-stock {word} --help` how to correct it; for \
                     another stock choose another symbol"
                )
            }
            Self::PortfolioExists { .. } => "choose another name".to_owned(),
            Self::UnknownSymbol { symbol, nearest, purpose } => unknown_symbol(symbol, nearest, *purpose),
            Self::UnknownPortfolio { holders, .. } if !holders.is_empty() => held_in(holders),
            Self::UnknownPortfolio { name, known, purpose, .. } => {
                let known = known.iter().map(PortfolioName::as_str).collect::<Vec<_>>().join(", ");
                match purpose {
                    Purpose::Recording => {
                        format!("known: {known}; add it with `stockbook add-portfolio {}`", shell_word(name.as_str()))
                    }
                    Purpose::Reading => format!("known: {known}"),
                }
            }
            Self::IdConflict { .. } => "a retry repeats the same content; a new trade needs a new id".to_owned(),
            Self::ExcessWithholding { .. } => "give the gross amount, before taxes".to_owned(),
            Self::SettlementDiffers { .. } | Self::FeeBeyondSettlement { .. } => SETTLEMENT.to_owned(),
            Self::RateNeeded { pair, .. } => rate_needed(*pair),
            Self::FeeRateNeeded { pair, date, .. } => fee_rate_needed(*pair, *date),
            Self::NeedlessRate { .. } => {
                "leave --rate out, or name the currency in which it was paid with --currency".to_owned()
            }
            Self::NothingHeld { .. } => {
                "give the total amount, without --per-share, or another --ex-date, --date or --portfolio".to_owned()
            }
            Self::NothingToAdjust { elsewhere, .. } if !elsewhere.is_empty() => held_in(elsewhere),
            Self::NothingToAdjust { symbol, portfolio: None, .. } => format!(
                "is the purchase recorded? see `stockbook transactions --symbol {}`",
                shell_word(symbol.as_str())
            ),
            Self::NothingToAdjust { symbol, .. } => nothing_held(symbol),
            Self::SeveralHolders { .. } => {
                "enter it for each portfolio, with --portfolio and the amount there, or give the amount of one share \
                 with --per-share"
                    .to_owned()
            }
            Self::HoldersChange { .. } => "enter it for each portfolio, with --portfolio".to_owned(),
            Self::UnknownId(_, stock) => unknown_id(stock.as_ref()),
            Self::AmbiguousId { .. } => {
                "give more characters of the id; if several portfolios have the reference, name one with --portfolio"
                    .to_owned()
            }
            Self::NotAmendable { hint, .. } | Self::NotASale { hint, .. } | Self::NotConvertible { hint, .. } => {
                hint.clone()
            }
            Self::IndustryWithoutSector { .. } => "give the sector too, with --sector".to_owned(),
            Self::CurrencyInUse { .. } => {
                "undo that first, with `stockbook void`, `undo` or `remove-price`, or use another symbol for the \
                 listing in the other currency"
                    .to_owned()
            }
            Self::AdjustmentUnclear { .. } => {
                "--adjusted if the history is adjusted for splits until today (--adjusted=DATE: until then), \
                 --unadjusted if it has the prices as they were"
                    .to_owned()
            }
            Self::SplitExists { id, .. } | Self::ConversionExists { id, only: None, .. } => void_wrong(*id),
            Self::ConversionExists { id, only: Some(only), .. } => {
                format!("it concerns portfolio {only} alone: name another one with --portfolio, or {}", void_wrong(*id))
            }
            Self::SplitNearby { .. } => "if it is another split, record it with --force".to_owned(),
            Self::CurrencyMismatch { expected, .. } => currency_mismatch(*expected),
            Self::TooLarge { .. } => "split the trade, or use fewer decimal places".to_owned(),
            Self::PriceTooLarge { symbol, date } => format!(
                "remove it with `stockbook remove-price {} {date}`, or say as of which day it counts shares with \
                 `stockbook rebase-prices`",
                shell_word(symbol.as_str())
            ),
            Self::NoFraction { .. } | Self::NoNewFraction { .. } => {
                "leave --round and --cash-in-lieu out, or name another portfolio".to_owned()
            }
            Self::SeveralFractions { .. } => {
                "name one with --portfolio; given again, the split records the sale of another".to_owned()
            }
            Self::LotsMissing { .. } => return None,
        };
        Some(hint)
    }
}

/// The hint when these portfolios hold what another does not.
fn held_in(portfolios: &[PortfolioName]) -> String {
    match portfolios {
        [only] => format!("portfolio {only} holds some: choose it with --portfolio {}", shell_word(only.as_str())),
        several => {
            let names: Vec<_> = several.iter().map(PortfolioName::as_str).collect();
            format!("the portfolios {} hold some: choose one with --portfolio", names.join(", "))
        }
    }
}

/// The hint when nothing is held: the stock's transactions show which purchase is missing, or what the stock
/// was exchanged for.
fn nothing_held(symbol: &Symbol) -> String {
    let symbol = shell_word(symbol.as_str());
    format!("is the purchase recorded, and in this portfolio? see `stockbook transactions --symbol {symbol}`")
}

fn unknown_symbol(symbol: &Symbol, nearest: &[Symbol], purpose: Purpose) -> String {
    let nearest: Vec<_> = nearest.iter().map(Symbol::as_str).collect();
    let meant = if nearest.is_empty() { String::new() } else { format!("did you mean {}? ", nearest.join(", ")) };
    match purpose {
        // The command can be pasted as it is: it names the stock like its symbol, which can be corrected
        // later.
        Purpose::Recording => {
            let or = if meant.is_empty() { "" } else { "or " };
            let word = shell_word(symbol.as_str());
            format!("{meant}{or}add it, with its name: `stockbook add-stock {word} {word}`")
        }
        Purpose::Reading => format!("{meant}`stockbook stocks` lists them all"),
    }
}

const SETTLEMENT: &str = "give the cash of the whole transaction in the account's currency, with fees and less what was \
                          withheld; where that is the stock's, leave it out";

fn currency_mismatch(expected: Currency) -> String {
    format!(
        "give the amounts in {expected}; a listing in another currency has a symbol of its own, and a dividend paid in \
         another takes `dividend --currency`"
    )
}

fn rate_needed(pair: CurrencyPair) -> String {
    let (base, quote) = (pair.base(), pair.quote());
    format!(
        "give what one {base} is worth in {quote} with --rate, or record it for the day or one of the seven before \
         (--max-rate-age): see `stockbook update-rate --help`"
    )
}

fn fee_rate_needed(pair: CurrencyPair, date: Day) -> String {
    let (base, quote) = (pair.base(), pair.quote());
    format!(
        "record what one {base} was worth in {quote} on {date} or one of the seven days before, with `stockbook \
         update-rate`, or import a file of rates; or give what all of it was settled with in {base}, fees included"
    )
}

fn void_wrong(id: TransactionId) -> String {
    let id = id.to_string();
    format!("void a wrong one with `stockbook void {}`", id.get(..8).unwrap_or(&id))
}

fn unknown_id(stock: Option<&Symbol>) -> String {
    match stock {
        None => "`stockbook transactions --all` lists the ids; 6 characters of one will do".to_owned(),
        Some(symbol) => format!(
            "a record of it is named by an id: `stockbook transactions --symbol {}` lists them; 6 characters of one \
             will do",
            shell_word(symbol.as_str())
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_rate_is_asked_for_in_its_two_currencies() {
        let pair = CurrencyPair::new(Currency::EUR, Currency::USD).unwrap();
        let hint = DomainError::RateNeeded { pair, date: Day::FIRST }.hint().unwrap();
        assert!(hint.starts_with("give what one EUR is worth in USD with --rate"), "{hint}");
    }

    #[test]
    fn who_wants_to_sell_too_much_learns_how_much_there_is_or_that_there_is_nothing() {
        let hint = |held: &str| {
            let error = DomainError::InsufficientQuantity {
                verb: "sell",
                symbol: "ACME".parse().unwrap(),
                portfolio: PortfolioName::main(),
                asked: "8".parse().unwrap(),
                held: held.parse().unwrap(),
                date: Day::FIRST,
            };
            error.hint().unwrap()
        };
        assert!(hint("3").starts_with("sell at most 3, or record the missing purchase of ACME"), "{}", hint("3"));
        assert!(hint("0").starts_with("is the purchase recorded"), "{}", hint("0"));
    }

    #[test]
    fn who_names_no_portfolio_of_the_book_learns_which_there_are_and_which_of_them_hold_the_stock() {
        let main = PortfolioName::main();
        let hint = |holders: &[PortfolioName], purpose| {
            let name: PortfolioName = "other".parse().unwrap();
            let (holders, known) = (holders.to_vec(), vec![main.clone()]);
            DomainError::UnknownPortfolio { name, known, holders, purpose }.hint().unwrap()
        };
        let add = "known: main; add it with `stockbook add-portfolio other`";
        assert_eq!(hint(&[], Purpose::Recording), add);
        assert_eq!(hint(&[], Purpose::Reading), "known: main");
        let held = "portfolio main holds some: choose it with --portfolio main";
        assert_eq!(hint(std::slice::from_ref(&main), Purpose::Reading), held);
    }

    #[test]
    fn where_nothing_is_held_those_who_hold_some_are_named_or_the_purchase_is_asked_for() {
        let main = PortfolioName::main();
        let hint = |portfolio: Option<&PortfolioName>, elsewhere: &[PortfolioName]| {
            let (symbol, portfolio) = ("ACME".parse().unwrap(), portfolio.cloned());
            let error =
                DomainError::NothingToAdjust { symbol, portfolio, date: Day::FIRST, elsewhere: elsewhere.to_vec() };
            error.hint().unwrap()
        };
        for portfolio in [None, Some(&main)] {
            let hint = hint(portfolio, &[]);
            assert!(hint.starts_with("is the purchase recorded"), "{hint}");
            assert!(hint.contains("`stockbook transactions --symbol ACME`"), "{hint}");
        }
        assert_eq!(
            hint(Some(&main), std::slice::from_ref(&main)),
            "portfolio main holds some: choose it with --portfolio main"
        );
    }
}
