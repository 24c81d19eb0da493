//! The result of checking a book.

use crate::app::AppError;
use crate::store::StructureFault;

/// One thing that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// A stable name.
    pub name: String,
    /// Whether it is sound; `None` if that could not be determined.
    pub is_ok: Option<bool>,
    /// The result in a few words.
    pub detail: String,
}

/// Something that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckProblem {
    /// The check that found it.
    pub check: String,
    /// The stable code for scripts.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// Whether it can be repaired from other data.
    pub can_be_repaired: bool,
}

/// The result of checking a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckReport {
    /// What was checked, in order.
    pub checks: Vec<Check>,
    /// What is wrong, or was wrong before the repair.
    pub problems: Vec<CheckProblem>,
    /// What was repaired, or would be in a dry run.
    pub repairs: Vec<String>,
    /// Whether everything that was wrong was repaired, or would be in a dry run.
    pub is_repaired: bool,
}

impl Check {
    /// The name of the check of the audit log.
    pub const AUDIT_LOG: &'static str = "audit_log";
    /// The name of the check of the tables and indexes themselves.
    pub(super) const STRUCTURE: &'static str = "structure";
}

impl CheckReport {
    /// Whether the book is sound, or was repaired.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty() || self.is_repaired
    }

    pub(super) fn of_other_tables(faults: &[StructureFault]) -> Self {
        let check = |name: &str, is_ok, detail: &str| Check { name: name.to_owned(), is_ok, detail: detail.to_owned() };
        let skipped = ["pages", "references", "events", "commands", Check::AUDIT_LOG]
            .map(|name| check(name, None, "not checked: the tables are not those of a book"));
        let problem = |fault: &StructureFault| CheckProblem {
            check: Check::STRUCTURE.to_owned(),
            code: "structure_differs",
            message: fault.what.clone(),
            can_be_repaired: false,
        };
        Self {
            checks: [check(Check::STRUCTURE, Some(false), "not as this program makes it")]
                .into_iter()
                .chain(skipped)
                .collect(),
            problems: faults.iter().map(problem).collect(),
            ..Self::default()
        }
    }

    pub(super) fn leave_log(&mut self, why: &AppError) {
        self.is_repaired = false;
        self.problems.push(CheckProblem {
            check: Check::AUDIT_LOG.to_owned(),
            code: "not_repaired",
            message: format!("{why:#}"),
            can_be_repaired: false,
        });
    }
}
