//! The environment of a command: the session, the output, and the user's options for both.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use std::{process, thread};

use chrono::NaiveDateTime;
use clap::ValueEnum as _;
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM, SIGXFSZ};
use uuid::Uuid;

use super::args::{ColorChoice, Globals, Paging};
use super::dates::Clock;
use super::failure::{ErrorStyle, Failure};
use super::fate::Fate;
use super::offer::Offers;
use super::output::Format;
use super::page::Page;
use super::pager::{Outlet, Pager, PagerChoice};
use super::say::say;
use super::settings::{Setting, Settings, default_book, no_place};
use crate::app::{
    self, AppError, Book, CheckReport, Conversion, ErrorKind, LogRepair, LogReport, Mode, Notice, Outcome, Reader,
    Recorded, Session, UnitOfWork, known_portfolios,
};
use crate::bus::{EventBus, ForeignEffect, HandlerStatus};
use crate::domain::{Currency, Day, Instant, PortfolioFilter, PortfolioName, Sequence};
use crate::log::{Head, LogError};

/// The environment of the program, provided by the composition root.
pub struct Environment {
    /// The clock.
    pub now: fn() -> Instant,
    /// The day, in local time.
    pub today: fn() -> Day,
    /// The local time at an instant.
    pub local: fn(Instant) -> NaiveDateTime,
    /// A warning about the environment for the user.
    pub warning: Option<&'static str>,
    /// Generates ids.
    pub new_id: fn() -> Uuid,
    /// Subscribes the handlers to a bus for a book.
    pub subscribe: for<'b> fn(&'b Book) -> EventBus<'b>,
}

/// The environment of a command.
pub(super) struct Context<'e> {
    environment: &'e Environment,
    book: PathBuf,
    pub(super) patience: Duration,
    interrupted: Arc<AtomicBool>,
    fate: Fate,
    pub(super) today: Day,
    pub(super) clock: Clock,
    /// The named portfolios; at most one for commands that accept only one.
    pub(super) portfolios: PortfolioFilter,
    /// Those of them that must exist although the command may not use them.
    named_in_passing: PortfolioFilter,
    pub(super) asked_format: Option<Format>,
    pub(super) mode: Mode,
    pub(super) is_quiet: bool,
    pub(super) settings: Settings,
    reporting_currency: Option<Currency>,
    asked_color: Option<ColorChoice>,
    pager: Pager,
    /// The output.
    pub(super) page: Page,
}

impl<'e> Context<'e> {
    pub(super) fn new(
        globals: &Globals,
        settings: Settings,
        environment: &'e Environment,
        fate: Fate,
        paging: Paging,
        named_in_passing: PortfolioFilter,
        offers: &Offers,
    ) -> Result<Self, AppError> {
        let warnings = environment.warning.into_iter().chain(settings.unused.as_deref());
        warnings.for_each(|warning| say(&format!("warning: {warning}")));
        // Reaching the limit of a file's size must be an error, not a signal that kills the process.
        signal_hook::flag::register(SIGXFSZ, Arc::default())?;
        let book = match &globals.book {
            Some(path) if path.as_os_str().is_empty() => return Err(no_place("the book's path is empty")),
            Some(path) => std::path::absolute(path).map_err(AppError::system("find the current folder"))?,
            None => default_book()?,
        };
        let choice = if globals.no_pager { PagerChoice::Never } else { PagerChoice::Settings };
        let pager = Pager::of(choice, settings.pager.as_deref());
        let outlet = match paging {
            Paging::WhereItIsLong => Outlet::paged(pager.clone()),
            Paging::Never => Outlet::straight(),
        };
        Ok(Self {
            environment,
            book,
            patience: Duration::from_secs(globals.wait),
            interrupted: Arc::new(AtomicBool::new(false)),
            fate,
            today: (environment.today)(),
            clock: Clock(environment.local),
            portfolios: globals.portfolio.iter().cloned().collect(),
            named_in_passing,
            asked_format: globals.output_format,
            mode: if globals.dry_run { Mode::DryRun } else { Mode::Record },
            is_quiet: globals.quiet,
            page: Page::new(globals, settings.style(), outlet, offers.clone()),
            pager,
            settings,
            reporting_currency: globals.reporting_currency,
            asked_color: globals.color,
        })
    }

    pub(super) fn new_id(&self) -> Uuid {
        (self.environment.new_id)()
    }

    pub(super) fn now(&self) -> Instant {
        (self.environment.now)()
    }

    /// The portfolio to record in.
    pub(super) fn written_portfolio(&self) -> PortfolioName {
        self.portfolios.only().cloned().unwrap_or_else(PortfolioName::main)
    }

    /// A day other than today; `None` for today.
    pub(super) fn another_day(&self, day: Day) -> Option<Day> {
        (day != self.today).then_some(day)
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }

    /// Runs a use case that records something. Signals to stop are held back until it has succeeded or
    /// failed, so that none falls between the commit and the delivery.
    pub(super) fn write<T>(
        &self,
        mut work: impl FnMut(&mut UnitOfWork<'_>) -> Result<T, AppError>,
    ) -> Result<Recorded<T>, AppError> {
        self.hold_signals()?;
        let known = |unit: &UnitOfWork<'_>| known_portfolios(unit.reader(), &self.named_in_passing);
        let checked = |unit: &mut UnitOfWork<'_>| {
            let refused = known(unit).err();
            let value = work(unit)?;
            // The work may add it.
            if let Some(refused) = refused
                && known(unit).is_err()
            {
                return Err(refused);
            }
            Ok(value)
        };
        self.with_session(|session| session.write(self.mode, checked))
    }

    /// Runs a use case that only reads.
    pub(super) fn read<T>(&self, work: impl FnOnce(Reader<'_>) -> Result<T, AppError>) -> Result<T, AppError> {
        self.with_session(|session| session.read(|book| work(book.reader())))
    }

    /// Runs a use case that copies the book. Signals to stop are held back: it checks for them itself,
    /// and leaves nothing behind. In a dry run, nothing is written.
    pub(super) fn copy<T>(&self, work: impl FnOnce(&Book) -> Result<T, AppError>) -> Result<T, AppError> {
        self.hold_signals()?;
        self.with_session(|session| match self.mode {
            Mode::Record => session.read(work),
            Mode::DryRun => session.read_undelivered(work),
        })
    }

    /// Runs a use case that reads the effect of handlers.
    pub(super) fn read_sound<T>(&self, work: impl FnOnce(&Book) -> Result<T, AppError>) -> Result<T, AppError> {
        self.with_session(|session| session.read_sound(work))
    }

    /// Repairs the audit log. Signals to stop are held back meanwhile.
    pub(super) fn repair_log(&self) -> Result<Recorded<LogRepair>, AppError> {
        self.hold_signals()?;
        self.with_session(|session| session.repair_log(self.mode))
    }

    /// Verifies the audit log.
    pub(super) fn verify_log(&self, heads: &[Head]) -> Result<LogReport, AppError> {
        self.with_session(|session| session.verify_log(heads))
    }

    /// How far the handlers have come.
    pub(super) fn statuses(&self) -> Result<Vec<HandlerStatus>, AppError> {
        let statuses = |book: &Book| (self.environment.subscribe)(book).statuses().map_err(AppError::of_handler);
        self.with_session(|session| session.read(statuses))
    }

    /// Delivers the events after `from` to a handler again; returns whether there is such a handler.
    pub(super) fn replay(&self, name: &str, from: Sequence) -> Result<bool, AppError> {
        self.hold_signals()?;
        self.with_session(|session| session.replay(name, from))
    }

    /// Checks whether the book is sound.
    pub(super) fn check(&self) -> Result<CheckReport, AppError> {
        self.with_session(app::check)
    }

    /// Checks whether the book is sound, and repairs it if necessary. Signals to stop are held back
    /// until that has succeeded or failed.
    pub(super) fn repair(&self) -> Result<Recorded<CheckReport>, AppError> {
        self.hold_signals()?;
        self.with_session(|session| app::repair(session, self.mode))
    }

    fn with_session<T>(&self, work: impl FnOnce(&Session<'_>) -> T) -> T {
        work(&Session {
            book: self.book.clone(),
            patience: self.patience,
            now: self.environment.now,
            new_id: self.environment.new_id,
            subscribe: self.environment.subscribe,
            notify: &|notice| self.notify(notice),
            interrupted: &self.interrupted,
        })
    }

    fn notify(&self, notice: Notice<'_>) {
        match notice {
            Notice::Committing => self.fate.commit(),
            Notice::Waiting if self.is_quiet => {}
            Notice::Waiting => say("note: waiting for another process that is writing to the book"),
            Notice::Repaired(note) => say(&format!("note: {note}")),
            Notice::Undelivered(error) => self.page.say(&format!("warning: recorded, but not delivered yet: {error}")),
            Notice::Lagging(lag, outcome) => {
                let prefix = if outcome == Outcome::New { "recorded, but " } else { "" };
                let cause = &lag.cause;
                if let Some(foreign) = cause.downcast_ref::<ForeignEffect>() {
                    return self.page.say(&format!("warning: {prefix}{foreign}; {}", foreign.hint));
                }
                let behind = match lag.behind {
                    Some(1) => "1 event behind".to_owned(),
                    Some(0) | None => "not up to date".to_owned(),
                    Some(many) => format!("{many} events behind"),
                };
                let advice = cause.downcast_ref().map_or("the next command writes it", LogError::advice);
                self.page.say(&format!("warning: {prefix}{} is {behind}: {cause:#}; {advice}", lag.title));
            }
        }
    }

    /// From now on a signal to stop only sets a flag.
    pub(super) fn hold_signals(&self) -> Result<(), AppError> {
        for &signal in SIGNALS {
            signal_hook::flag::register(signal, Arc::clone(&self.interrupted)).map_err(AppError::system(WATCH))?;
        }
        Ok(())
    }

    /// Lets a signal end the program at once while `read` is running: nothing is recorded yet, and a
    /// read that waits for input would not see a flag.
    pub(super) fn interruptible<T>(&self, read: impl FnOnce() -> Result<T, AppError>) -> Result<T, AppError> {
        let is_reading = Arc::new(Mutex::new(true));
        let may_end = Arc::clone(&is_reading);
        let style = ErrorStyle::of(self.asked_format, self.asked_color);
        let mut signals = signal_hook::iterator::Signals::new(SIGNALS).map_err(AppError::system(WATCH))?;
        let handle = signals.handle();
        let watch = thread::Builder::new().spawn(move || {
            for _ in signals.forever() {
                let is_reading = may_end.lock().unwrap_or_else(PoisonError::into_inner);
                if *is_reading {
                    let _ = Failure::of(&AppError::Interrupted).report(style);
                    process::exit(Failure::INTERRUPTED.into());
                }
            }
        });
        let Ok(watch) = watch else { return self.interruptible_alone(read) };
        let value = read();
        *is_reading.lock().unwrap_or_else(PoisonError::into_inner) = false;
        self.hold_signals()?;
        handle.close();
        let _ = watch.join();
        value
    }

    /// Like [`Self::interruptible`], if the system cannot start a thread; it ends without a message.
    fn interruptible_alone<T>(&self, read: impl FnOnce() -> Result<T, AppError>) -> Result<T, AppError> {
        let is_reading = Arc::new(AtomicBool::new(true));
        for &signal in SIGNALS {
            let may_end = Arc::clone(&is_reading);
            let ended = signal_hook::flag::register_conditional_shutdown(signal, Failure::INTERRUPTED.into(), may_end);
            ended.map_err(AppError::system(WATCH))?;
        }
        let value = read();
        is_reading.store(false, Ordering::SeqCst);
        self.hold_signals()?;
        value
    }

    /// The currency of a table's total over several currencies; `None` if its rows are converted
    /// already.
    pub(super) fn total_in(&self, rows: Option<Conversion>) -> Option<Conversion> {
        let into = self.reporting_currency.filter(|_| rows.is_none() && self.page.format() == Format::Table)?;
        Some(Conversion { into, max_rate_age: Conversion::MAX_RATE_AGE })
    }

    /// The book's path.
    pub(super) fn book(&self) -> &Path {
        &self.book
    }

    /// The settings in effect for this command.
    pub(super) fn settings_in_force(&self) -> Vec<Setting> {
        let format = self.asked_format.and_then(|format| Some(format.to_possible_value()?.get_name().to_owned()));
        let color = self.asked_color.and_then(|color| Some(color.to_possible_value()?.get_name().to_owned()));
        let portfolio = self.portfolios.only().map(ToString::to_string);
        let numbers = self.page.digits.numbers.to_possible_value().map(|numbers| numbers.get_name().to_owned());
        let reporting = self.reporting_currency.map(|currency| currency.to_string());
        self.settings.in_force(&self.book, [portfolio, format, color, numbers, reporting], &self.pager)
    }
}

/// What was attempted, for errors about signals.
const WATCH: &str = "watch for signals";

/// Signals by which a user or the system asks a program to stop.
const SIGNALS: &[i32] = &[SIGINT, SIGTERM, SIGHUP];

/// Shows what was recorded. If that fails, the command has still succeeded, but the failure is reported,
/// unless the reader is gone.
pub(super) fn show_recorded(show: impl FnOnce() -> Result<(), AppError>) {
    if let Err(error) = show()
        && error.kind() != ErrorKind::ReaderGone
    {
        say(&format!("warning: done, but the result cannot be shown: {error}"));
    }
}
