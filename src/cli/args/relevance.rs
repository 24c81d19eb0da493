//! Which of the global options can matter to a command.

use super::{AuditCommand, Cli, Command, Explained, Globals};
use crate::app::AppError;
use crate::cli::output::Format;
use crate::domain::PortfolioFilter;

/// How many portfolios a command accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Portfolios {
    /// None; but a script may name an existing one with every command that records something.
    Allowed,
    None,
    One,
    Several,
}

/// What a command does with the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// It records something or writes a file, so that a dry run makes sense.
    Writes,
    Reads,
    /// It reads, and keeps following.
    Follows,
}

/// What a command prints for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ProgramOutput {
    /// Records with exact numbers, in JSON or CSV.
    Figures,
    /// Counts and words, or text in a form of its own.
    Otherwise,
}

/// Whether an option was typed. In the environment or the configuration file, it is meant for the commands to
/// which it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Typed {
    Here,
    Elsewhere,
}

/// Which of the options that can also be set elsewhere were typed.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli) struct TypedOptions {
    pub(in crate::cli) portfolio: Typed,
    pub(in crate::cli) numbers: Typed,
}

/// Refuses an option that was typed and cannot matter to the command. Without a command, the overview is
/// shown.
///
/// # Errors
/// If there is such an option.
pub(in crate::cli) fn refuse_what_cannot_matter(
    Cli { globals, conversion, command }: &Cli,
    typed: TypedOptions,
) -> Result<(), AppError> {
    let (portfolios, effect, printed) =
        command.as_ref().map_or((Portfolios::Several, Effect::Reads, ProgramOutput::Figures), matters);
    if command.is_some() && conversion.conversion().is_some() {
        let message = "--in before a command is for the overview, which is shown without one".to_owned();
        return Err(AppError::Usage { code: "usage", message, hint: "write it after the command".to_owned() });
    }
    if globals.dry_run && effect != Effect::Writes {
        return Err(refused("--dry-run has no effect here: this command records nothing"));
    }
    let written = globals.output_format.unwrap_or(Format::Table);
    let numbers = (typed.numbers == Typed::Here).then_some("--numbers");
    if let Some(option) = numbers.or(globals.places().map(|_| "--round")) {
        let why = match (printed, written) {
            (ProgramOutput::Otherwise, _) => "this command prints no numbers for programs",
            (ProgramOutput::Figures, Format::Table) => "a table is for reading; use -O json",
            (ProgramOutput::Figures, Format::Csv) if option == "--numbers" => "CSV has no strings",
            (ProgramOutput::Figures, Format::Csv | Format::Json) => {
                return of_portfolios(portfolios, globals, typed.portfolio);
            }
        };
        return Err(refused(&format!("{option} has no effect here: {why}")));
    }
    of_portfolios(portfolios, globals, typed.portfolio)
}

fn of_portfolios(portfolios: Portfolios, globals: &Globals, typed: Typed) -> Result<(), AppError> {
    match (portfolios, globals.portfolio.len()) {
        (Portfolios::None, 1..) if typed == Typed::Here => {
            Err(refused("--portfolio has no effect here: this command is not about portfolios"))
        }
        (Portfolios::One, 2..) => {
            let message = "this command takes one --portfolio only".to_owned();
            Err(AppError::Usage { code: "usage", message, hint: "name one; reports take several".to_owned() })
        }
        (Portfolios::Allowed | Portfolios::None | Portfolios::One | Portfolios::Several, _) => Ok(()),
    }
}

/// The portfolios that were typed for a command that records something and may not use them. They must exist
/// nevertheless.
pub(in crate::cli) fn named_in_passing(cli: &Cli, typed: TypedOptions) -> PortfolioFilter {
    let is_in_passing = match &cli.command {
        // A file may contain only prices. If unknown portfolios are to be added, they are added when rows
        // need them.
        Some(Command::Import(args)) => !args.additions.add_portfolios,
        Some(command) => matters(command).0 == Portfolios::Allowed,
        None => false,
    };
    if is_in_passing && typed.portfolio == Typed::Here {
        cli.globals.portfolio.iter().cloned().collect()
    } else {
        PortfolioFilter::ALL
    }
}

/// What to do with a result that is longer than the terminal's screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Paging {
    /// It is shown by a pager.
    WhereItIsLong,
    /// It is written directly, because it is a receipt or does not end.
    Never,
}

/// What to do with the result of a command.
pub(in crate::cli) fn paging(command: Option<&Command>) -> Paging {
    match command.map_or(Effect::Reads, |command| matters(command).1) {
        Effect::Reads => Paging::WhereItIsLong,
        Effect::Writes | Effect::Follows => Paging::Never,
    }
}

fn refused(message: &str) -> AppError {
    AppError::Usage { code: "usage", message: message.to_owned(), hint: "leave it out".to_owned() }
}

fn matters(command: &Command) -> (Portfolios, Effect, ProgramOutput) {
    use Effect::{Follows, Reads, Writes};
    use Portfolios::{Allowed, None, One, Several};
    use ProgramOutput::{Figures, Otherwise};
    let writing = |is_writing: bool| if is_writing { Writes } else { Reads };
    match command {
        Command::Buy(_)
        | Command::Sell(_)
        | Command::Dividend(_)
        | Command::Split(_)
        | Command::Company(_)
        | Command::Transfer(_)
        | Command::Void(_)
        | Command::Amend(_)
        | Command::Import(_) => (One, Writes, Figures),
        Command::Export(args) => (Several, writing(args.output.is_some()), Otherwise),
        Command::Report(_) => (Several, Writes, Otherwise),
        Command::Audit(args) => {
            let is_repair = matches!(args.command, Some(AuditCommand::Repair));
            (
                if args.command.is_some() { None } else { Several },
                if args.lines.follow { Follows } else { writing(is_repair) },
                Otherwise,
            )
        }
        Command::AddStock(_)
        | Command::EditStock(_)
        | Command::UpdatePrice(_)
        | Command::RemovePrice(_)
        | Command::RebasePrices(_)
        | Command::AddPortfolio(_)
        | Command::EditPortfolio(_)
        | Command::SetCostBasis(_)
        | Command::UpdateRate(_)
        | Command::RemoveRate(_) => (Allowed, Writes, Figures),
        // What it undoes is not chosen by portfolio.
        Command::Undo(_) => (None, Writes, Figures),
        Command::Handlers(args) => (None, writing(args.command.is_some()), Otherwise),
        Command::Follow(_) | Command::Backup(_) => (None, Writes, Otherwise),
        Command::Check(args) => (None, writing(args.repair), Otherwise),
        Command::Reconcile(args) => (One, writing(args.prices), Figures),
        Command::Holdings(_)
        | Command::Allocation(_)
        | Command::Gains(_)
        | Command::Returns(_)
        | Command::Dividends(_)
        | Command::Performance(_)
        | Command::Chart(_)
        | Command::Transactions(_) => (Several, Reads, Figures),
        Command::Explain(args) => match args.what {
            Explained::Gain { .. } => (One, Reads, Figures),
            Explained::Holding { .. } => (Several, Reads, Figures),
        },
        Command::History(_) => (One, Reads, Figures),
        Command::Config => (One, Reads, Otherwise),
        Command::Rates(_) | Command::Stocks | Command::Prices(_) => (None, Reads, Figures),
        Command::Imports | Command::Portfolios | Command::Formats(_) => (None, Reads, Otherwise),
        #[cfg(feature = "amqp")]
        Command::Relay(_) => (None, Writes, Otherwise),
        // It answers a shell, whatever has been typed so far.
        Command::Complete { .. } => (Several, Writes, Figures),
    }
}
