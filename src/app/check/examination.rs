//! Running the checks, one after the other.

use super::report::{Check, CheckProblem, CheckReport};
use crate::app::AppError;
use crate::app::{LogReport, Mode, Session};
use crate::log::{LogFile, LogInStep, Problem, ProblemKind};
use crate::store::{DanglingReference, Intent, Replayed, StoreError, StructureFault, Table};

/// A book that is being checked.
pub(super) struct Examination<'r> {
    pub(super) replayed: Replayed<'r>,
    report: CheckReport,
    are_pages_damaged: bool,
    are_indexes_rebuilt: bool,
    structure: Vec<StructureFault>,
    differing: Vec<Table>,
    has_bad_checkpoints: bool,
    /// How many events the audit log holds, once it has been found to hold all of them and nothing else.
    logged: Option<u64>,
}

/// The result of one check.
struct Finding {
    /// The message if there are no problems.
    sound: String,
    problems: Vec<FoundProblem>,
}

/// A problem that is not yet attributed to a check.
struct FoundProblem {
    code: &'static str,
    message: String,
    can_be_repaired: bool,
}

impl Finding {
    fn new(sound: &str, code: &'static str, messages: Vec<String>) -> Self {
        let problem = |message| FoundProblem { code, message, can_be_repaired: false };
        Self { sound: sound.to_owned(), problems: messages.into_iter().map(problem).collect() }
    }

    /// Adds the total number of problems.
    fn out_of(mut self, count: u64) -> Self {
        let untold = count.saturating_sub(length(&self.problems));
        if let (1.., Some(last)) = (untold, self.problems.last()) {
            let message = format!("{untold} more like these");
            self.problems.push(FoundProblem { message, ..*last });
        }
        self
    }

    fn repairable(mut self, can_be_repaired: bool) -> Self {
        self.problems.iter_mut().for_each(|problem| problem.can_be_repaired = can_be_repaired);
        self
    }
}

impl<'r> Examination<'r> {
    /// Examines a book. Problems of the book are reported; an error means that it could not be examined.
    pub(super) fn of(
        replayed: Replayed<'r>,
        log: &LogFile,
        session: &Session<'_>,
        intent: Intent,
    ) -> Result<Self, AppError> {
        let mut examination = Self {
            replayed,
            report: CheckReport::default(),
            are_pages_damaged: false,
            are_indexes_rebuilt: false,
            structure: Vec::new(),
            differing: Vec::new(),
            has_bad_checkpoints: false,
            logged: None,
        };
        examination.examine(log, session, intent)?;
        Ok(examination)
    }

    fn examine(&mut self, log: &LogFile, session: &Session<'_>, intent: Intent) -> Result<(), AppError> {
        let tables = self.replayed.tables()?;
        self.are_pages_damaged = !self.pages(intent)?;
        if self.are_pages_damaged {
            let of_tables = tables.iter().map(|table| table.name.as_str());
            for check in ["references", "events", Check::STRUCTURE, "commands"].into_iter().chain(of_tables) {
                self.skip(check, "the file itself is damaged");
            }
            self.skip("checkpoints", "the file itself is damaged");
            return Ok(());
        }
        self.judge("references", |replayed| {
            let is_derived = |name: &str| tables.iter().any(|table| table.is_derived && table.name == name);
            let fault = |fault: DanglingReference| FoundProblem {
                code: "dangling_reference",
                can_be_repaired: is_derived(&fault.table),
                message: fault.what,
            };
            let problems = replayed.dangling_references()?.into_iter().map(fault).collect();
            Ok(Finding { sound: "every row refers to one that exists".to_owned(), problems })
        })?;
        let is_replayed = self.events(log, session)?;
        self.structure()?;
        self.judge("commands", |replayed| {
            Ok(Finding::new("every event belongs to one command", "command_gap", replayed.command_faults()?))
        })?;
        let is_recomputed = is_replayed && self.recompute()?;
        for table in tables {
            if !is_replayed {
                self.skip(&table.name, "not all events can be replayed");
            } else if table.is_derived && !is_recomputed {
                self.skip(&table.name, "what the events state is impossible");
            } else {
                self.table(table)?;
            }
        }
        self.has_bad_checkpoints = !self.judge("checkpoints", |replayed| {
            let faults = replayed.checkpoint_faults()?;
            Ok(Finding::new("checkpoints are at events that exist", "bad_checkpoint", faults).repairable(true))
        })?;
        Ok(())
    }

    /// Has SQLite check the file; returns whether it found nothing wrong apart from indexes, which can be
    /// rebuilt.
    fn pages(&mut self, intent: Intent) -> Result<bool, AppError> {
        let mut are_indexes_rebuilt = false;
        let is_sound = self.judge("pages", |replayed| {
            let faults = replayed.page_faults()?;
            if !faults.is_empty() && intent == Intent::Rebuild {
                let rebuilt = replayed.rebuild_indexes().and_then(|()| replayed.page_faults());
                are_indexes_rebuilt = rebuilt.is_ok_and(|left| left.is_empty());
            }
            Ok(Finding::new("SQLite finds nothing wrong", "damaged_page", faults).repairable(are_indexes_rebuilt))
        })?;
        self.are_indexes_rebuilt = are_indexes_rebuilt;
        Ok(is_sound || are_indexes_rebuilt)
    }

    fn structure(&mut self) -> Result<(), AppError> {
        let mut faults = Vec::new();
        self.judge(Check::STRUCTURE, |replayed| {
            faults = replayed.structure_faults()?;
            let fault = |fault: &StructureFault| FoundProblem {
                code: "structure_differs",
                message: fault.what.clone(),
                can_be_repaired: fault.can_be_repaired(),
            };
            let sound = "tables and indexes are as this program makes them".to_owned();
            Ok(Finding { sound, problems: faults.iter().map(fault).collect() })
        })?;
        self.structure = faults;
        Ok(())
    }

    /// Replays the events and, along with them, reads the audit log. Returns whether all could be replayed.
    fn events(&mut self, log: &LogFile, session: &Session<'_>) -> Result<bool, AppError> {
        let mut log = LogInStep::at_start_of(log);
        let (mut is_complete, mut logged) = (false, None);
        self.judge("events", |replayed| {
            let history = replayed.replay_events(&mut |line| {
                log.follow(line);
                session.pause()
            })?;
            is_complete = history.is_complete;
            logged = (history.count == 0 && log.is_whole()).then_some(history.events);
            let faults = history.faults.iter().map(|fault| format!("event {}: {}", fault.sequence, fault.what));
            let sound = format!("{} events, each follows the one before", history.events);
            Ok(Finding::new(&sound, "event_differs", faults.collect()).out_of(history.count))
        })?;
        self.logged = logged;
        Ok(is_complete)
    }

    /// Computes everything that follows from the events; returns whether that was possible.
    fn recompute(&mut self) -> Result<bool, AppError> {
        self.judge("recomputation", |replayed| {
            replayed.recompute()?;
            Ok(Finding::new("lots and totals follow from the events", "impossible_event", Vec::new()))
        })
    }

    fn table(&mut self, table: Table) -> Result<(), AppError> {
        if self.replayed.is_behind(&table)? {
            self.skip(&table.name, "it is not up to date yet; the next command updates it");
            return Ok(());
        }
        let is_sound = self.judge(&table.name, |replayed| {
            let comparison = replayed.compare(&table)?;
            let what = if table.is_derived { "as recomputed" } else { "as the events say" };
            let sound = format!("{}, {what}", counted(comparison.rows, "row"));
            let finding = Finding::new(&sound, "row_differs", comparison.differences).out_of(comparison.count);
            Ok(finding.repairable(table.is_derived))
        })?;
        self.differing.extend((!is_sound).then_some(table));
        Ok(())
    }

    /// Verifies the audit log, which may have grown meanwhile, unless it has already been found to hold the
    /// events. In that case its chain of hashes was checked with them.
    pub(super) fn log(&mut self, verify: impl FnOnce() -> Result<LogReport, AppError>) -> Result<(), AppError> {
        if self.are_pages_damaged {
            self.skip(Check::AUDIT_LOG, "the file itself is damaged");
            return Ok(());
        }
        let same = |lines: u64| format!("the log's {lines} lines are the events");
        if let Some(events) = self.logged {
            self.note(Check::AUDIT_LOG, Finding { sound: same(events), problems: Vec::new() });
            return Ok(());
        }
        let verified = verify();
        if verified.as_ref().is_err_and(AppError::is_busy) {
            self.skip(Check::AUDIT_LOG, "another process is recording");
            return Ok(());
        }
        self.judge(Check::AUDIT_LOG, |_| {
            let verdict = match verified {
                Ok(report) => report.verdict,
                Err(error @ (AppError::Store(_) | AppError::Interrupted)) => return Err(error),
                Err(AppError::Log(error)) if error.is_for_want_of_files() => return Err(error.into()),
                Err(error) => return Ok(Finding::new("", "unreadable_log", vec![error.to_string()])),
            };
            let is_of_chain =
                |problem: &Problem| matches!(problem.kind, ProblemKind::BrokenChain | ProblemKind::WrongOffset);
            let of_log = verdict.problems.iter().filter(|problem| !is_of_chain(problem));
            let problems = of_log.map(|problem| FoundProblem {
                code: problem.kind.code(),
                message: problem.to_string(),
                can_be_repaired: problem.kind.is_of_log(),
            });
            let there = verdict.events.saturating_sub(verdict.pending);
            let sound = match verdict.pending {
                0 => same(there),
                pending => format!("{}, except {pending} not yet delivered", same(there)),
            };
            Ok(Finding { sound, problems: problems.collect() })
        })?;
        Ok(())
    }

    /// Whether there are problems, and all of them can be repaired.
    pub(super) fn can_be_repaired(&self) -> bool {
        let problems = &self.report.problems;
        !problems.is_empty() && problems.iter().all(|problem| problem.can_be_repaired)
    }

    /// Ends the examination.
    pub(super) fn into_report(self) -> CheckReport {
        self.report
    }

    /// Rebuilds what is wrong in the book, in one unit of work; in a dry run, rolls it back.
    pub(super) fn repair(self, mode: Mode) -> Result<CheckReport, StoreError> {
        let Self { replayed, mut report, are_indexes_rebuilt, structure, differing, has_bad_checkpoints, .. } = self;
        if are_indexes_rebuilt {
            report.repairs.push("indexes: rebuilt".to_owned());
        }
        replayed.repair_structure(&structure)?;
        report.repairs.extend(structure.iter().map(|fault| format!("structure: {}: put right", fault.what)));
        for table in &differing {
            replayed.rebuild(table)?;
            report.repairs.push(format!("{}: rebuilt from the events", table.name));
        }
        if has_bad_checkpoints {
            replayed.repair_checkpoints()?;
            report.repairs.push("checkpoints: put right".to_owned());
        }
        if mode == Mode::Record && !report.repairs.is_empty() {
            replayed.commit()?;
        }
        report.is_repaired = true;
        Ok(report)
    }

    /// Runs a check and records its result. Returns whether it found nothing.
    fn judge(
        &mut self,
        check: &str,
        look: impl FnOnce(&mut Replayed<'r>) -> Result<Finding, AppError>,
    ) -> Result<bool, AppError> {
        let finding = look(&mut self.replayed).or_else(|error| {
            if let AppError::Store(StoreError::Damaged(why)) = error {
                return Ok(Finding::new("", "damaged_book", vec![why]));
            }
            Err(error)
        })?;
        let is_sound = finding.problems.is_empty();
        self.note(check, finding);
        Ok(is_sound)
    }

    fn note(&mut self, check: &str, finding: Finding) {
        let Finding { sound, problems } = finding;
        let is_ok = problems.is_empty();
        let detail = if is_ok { sound } else { counted(length(&problems), "problem") };
        self.report.checks.push(Check { name: check.to_owned(), is_ok: Some(is_ok), detail });
        self.report.problems.extend(problems.into_iter().map(|fault| CheckProblem {
            check: check.to_owned(),
            code: fault.code,
            message: fault.message,
            can_be_repaired: fault.can_be_repaired,
        }));
    }

    fn skip(&mut self, check: &str, why: &str) {
        let detail = format!("not checked: {why}");
        self.report.checks.push(Check { name: check.to_owned(), is_ok: None, detail });
    }
}

fn length<T>(list: &[T]) -> u64 {
    u64::try_from(list.len()).unwrap_or(u64::MAX)
}

fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}
