//! Which of the options that go with every command can matter to one.

use super::{AuditCommand, Command, Globals};
use crate::app::AppError;

/// How many portfolios a command can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Portfolios {
    None,
    One,
    Several,
}

/// What a command does with what there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    /// It may record something, or write a file: a dry run can be asked for.
    Writes,
    Reads,
}

/// Whether an option was typed, or stands in the environment or the configuration file, where it is for
/// whichever command it matters to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Typed {
    Here,
    Elsewhere,
}

/// Refuses what was typed and cannot matter to the command; no command shows the overview.
///
/// # Errors
/// If there is such an option.
pub(in crate::cli) fn refuse_what_cannot_matter(
    command: Option<&Command>,
    globals: &Globals,
    portfolio: Typed,
) -> Result<(), AppError> {
    let (portfolios, deed) = command.map_or((Portfolios::One, Deed::Reads), matters);
    if globals.dry_run && deed == Deed::Reads {
        return Err(refused("--dry-run cannot matter here: this command records nothing"));
    }
    match (portfolios, globals.portfolio.len()) {
        // A script may name its portfolio wherever it records something, as it always could.
        (Portfolios::None, 1..) if portfolio == Typed::Here && deed == Deed::Reads => {
            Err(refused("--portfolio cannot matter here: this command is not about portfolios"))
        }
        (Portfolios::One, 2..) => Err(refused("this command takes one --portfolio only")),
        (Portfolios::None | Portfolios::One | Portfolios::Several, _) => Ok(()),
    }
}

/// What becomes of a result at a terminal that is longer than the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Paging {
    /// It is shown by a pager.
    WhereItIsLong,
    /// It is written as it comes: of what is recorded, or goes on without an end.
    Never,
}

/// What becomes of the result of a command.
pub(in crate::cli) fn paging(command: Option<&Command>) -> Paging {
    match command {
        Some(Command::Audit(args)) if !args.lines.follow && !matches!(args.command, Some(AuditCommand::Repair)) => {
            Paging::WhereItIsLong
        }
        Some(Command::Check(args)) if !args.repair => Paging::WhereItIsLong,
        Some(Command::Reconcile(_)) => Paging::WhereItIsLong,
        Some(Command::Handlers(args)) if args.command.is_none() => Paging::WhereItIsLong,
        Some(Command::Export(args)) if args.output.is_none() => Paging::WhereItIsLong,
        Some(Command::Complete { .. }) => Paging::Never,
        Some(command) if matters(command).1 == Deed::Writes => Paging::Never,
        Some(_) | None => Paging::WhereItIsLong,
    }
}

fn refused(message: &str) -> AppError {
    AppError::Usage { code: "usage", message: message.to_owned(), hint: "leave it out".to_owned() }
}

fn matters(command: &Command) -> (Portfolios, Deed) {
    match command {
        Command::Buy(_)
        | Command::Sell(_)
        | Command::Dividend(_)
        | Command::Split(_)
        | Command::Company(_)
        | Command::Transfer(_)
        | Command::Void(_)
        | Command::Amend(_)
        | Command::Import(_)
        | Command::Reconcile(_)
        | Command::Export(_)
        | Command::Report(_)
        | Command::Audit(_) => (Portfolios::One, Deed::Writes),
        Command::AddStock(_)
        | Command::EditStock(_)
        | Command::UpdatePrice(_)
        | Command::RemovePrice(_)
        | Command::RebasePrices(_)
        | Command::Undo(_)
        | Command::AddPortfolio(_)
        | Command::EditPortfolio(_)
        | Command::SetCostBasis(_)
        | Command::Follow(_)
        | Command::UpdateRate(_)
        | Command::RemoveRate(_)
        | Command::Handlers(_)
        | Command::Backup(_)
        | Command::Check(_) => (Portfolios::None, Deed::Writes),
        Command::Holdings(_) | Command::Allocation(_) => (Portfolios::Several, Deed::Reads),
        Command::Gains(_)
        | Command::Returns(_)
        | Command::Dividends(_)
        | Command::Performance(_)
        | Command::Chart(_)
        | Command::Transactions(_)
        | Command::Explain(_)
        | Command::History(_)
        | Command::Config => (Portfolios::One, Deed::Reads),
        Command::Rates(_)
        | Command::Imports
        | Command::Portfolios
        | Command::Stocks
        | Command::Prices(_)
        | Command::Formats(_) => (Portfolios::None, Deed::Reads),
        #[cfg(feature = "amqp")]
        Command::Relay(_) => (Portfolios::None, Deed::Writes),
        // It answers a shell, whatever the line says so far.
        Command::Complete { .. } => (Portfolios::Several, Deed::Writes),
    }
}
