//! How a failed command is reported: one message, one hint, one exit code.

use std::collections::HashMap;
use std::ffi::OsString;
use std::io::Write as _;
use std::num::NonZeroU64;
use std::process::ExitCode;

use clap::error::ErrorKind as ClapErrorKind;
use serde::Serialize;

use super::args::ColorChoice;
use super::color::shows_color;
use super::offer::Offers;
use super::output::{Format, printable, printable_json};
use super::say::fitted;
use super::suggestion;
use crate::app::import::ImportError;
use crate::app::{AppError, ErrorKind};
use crate::domain::ValueError;

/// A bad row of an input file.
#[derive(Debug, Serialize)]
struct Detail {
    file: String,
    line: u64,
    code: &'static str,
    message: String,
}

/// How a failure is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorStyle {
    /// As sentences.
    Plain,
    /// As sentences, for a terminal with colours.
    Colored,
    /// As a line of JSON.
    Json,
}

impl ErrorStyle {
    /// The style, by the user's choice and the capabilities of standard error.
    pub(super) fn of(format: Option<Format>, color: Option<ColorChoice>) -> Self {
        match format {
            Some(Format::Json) => Self::Json,
            Some(Format::Table | Format::Csv) | None if shows_color(color, &std::io::stderr()) => Self::Colored,
            Some(Format::Table | Format::Csv) | None => Self::Plain,
        }
    }
}

/// A failed command, ready to be reported.
#[derive(Debug, Serialize)]
pub(super) struct Failure {
    code: String,
    message: String,
    hint: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Detail>,
    /// The number of bad rows without a detail.
    #[serde(rename = "details_omitted", skip_serializing_if = "Option::is_none")]
    omitted: Option<NonZeroU64>,
    #[serde(skip)]
    exit: u8,
}

impl Failure {
    /// The maximum number of characters of a usage error.
    const LENGTH: usize = 300;

    const DONE: u8 = 0;
    pub(super) const ENVIRONMENT: u8 = 1;
    const USAGE: u8 = 2;
    const REFUSED: u8 = 3;
    const FOUND: u8 = 4;
    const BUSY: u8 = 5;
    pub(super) const UNKNOWN: u8 = 6;
    pub(super) const INTERRUPTED: u8 = 130;

    fn new(exit: u8, code: &str, message: &dyn std::fmt::Display, hint: Option<String>) -> Self {
        Self { code: code.to_owned(), message: message.to_string(), hint, details: Vec::new(), omitted: None, exit }
    }

    pub(super) fn of(error: &AppError) -> Self {
        let exit = match error.kind() {
            ErrorKind::ReaderGone => Self::DONE,
            ErrorKind::Environment => Self::ENVIRONMENT,
            ErrorKind::Usage => Self::USAGE,
            ErrorKind::Refused => Self::REFUSED,
            ErrorKind::Found => Self::FOUND,
            ErrorKind::Busy => Self::BUSY,
            ErrorKind::OutcomeUnknown => Self::UNKNOWN,
            ErrorKind::Interrupted => Self::INTERRUPTED,
            ErrorKind::Program(code) => code,
        };
        let failure = Self::new(exit, error.code(), error, error.hint());
        let AppError::Import(ImportError::Refused { faults, .. }) = error else { return failure };
        let details = faults.first().map(|fault| Detail {
            file: fault.file.clone(),
            line: fault.fault.line,
            code: fault.fault.code,
            message: fault.fault.message.clone(),
        });
        Self { details: details.collect(), omitted: NonZeroU64::new(faults.omitted()), ..failure }
    }

    /// A usage error of clap in our form: the rule in one line, and a hint. `command` is the subcommand
    /// that was typed, if any, and `meant` suggests what it should have been.
    pub(super) fn of_usage(error: &clap::Error, command: Option<&str>, meant: Option<String>) -> Self {
        let source = std::error::Error::source(error).and_then(|source| source.downcast_ref::<ValueError>());
        if let Some(value) = source {
            return Self::new(Self::USAGE, value.code, value, meant.or_else(|| value.hint.clone()));
        }
        if matches!(
            error.kind(),
            ClapErrorKind::MissingSubcommand | ClapErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        ) {
            let hint = match command {
                Some(command) => format!("`stockbook {command} --help` lists what can follow"),
                None => "`stockbook --help` lists the commands".to_owned(),
            };
            return Self::new(Self::USAGE, "usage", &"no command given", Some(hint));
        }
        let text = error.render().to_string();
        let first = text.split("\n\n").next().unwrap_or_default();
        let message: Vec<&str> = first.lines().map(str::trim).collect();
        let message = message.join(" ");
        let hint = meant.unwrap_or_else(|| match command {
            Some("buy" | "sell") if message.ends_with("<PRICE>") => {
                "give the price per share, or the total with --amount".to_owned()
            }
            Some(command) => format!("see `stockbook {command} --help`"),
            None => "see `stockbook --help`".to_owned(),
        });
        // clap repeats what was typed, however long it is.
        let message: String = message.trim_start_matches("error: ").chars().take(Self::LENGTH).collect();
        Self::new(Self::USAGE, "usage", &message, Some(hint))
    }

    /// The same failure. If its hint is an option that `arguments` lack, the hint becomes the whole command
    /// line.
    pub(super) fn with_its_option(self, arguments: &[OsString]) -> Self {
        let whole = self.hint.as_ref().and_then(|hint| suggestion::with_its_option(hint, arguments));
        Self { hint: whole.or(self.hint), ..self }
    }

    /// The same failure, with a hint whose commands name the book if necessary.
    pub(super) fn naming(self, offers: &Offers) -> Self {
        Self { hint: self.hint.map(|hint| offers.named(&hint).into_owned()), ..self }
    }

    /// Reports the failure on standard error.
    pub(super) fn report(self, style: ErrorStyle) -> ExitCode {
        if self.exit != Self::DONE {
            let mut text = match style {
                ErrorStyle::Json => self.as_json(),
                ErrorStyle::Plain => fitted(&self.as_text()).into_owned(),
                ErrorStyle::Colored => {
                    fitted(&self.as_text()).replacen("error:", "\u{1b}[1m\u{1b}[31merror:\u{1b}[0m", 1)
                }
            };
            text.push('\n');
            // If standard error is closed, there is nobody left to report to.
            let _ = std::io::stderr().write_all(text.as_bytes());
        }
        ExitCode::from(self.exit)
    }

    fn as_text(&self) -> String {
        let mut lines = vec![format!("error: {}", printable(&self.message))];
        // Equal faults are reported once, with the line of the first.
        let mut distinct: Vec<(&Detail, usize)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for detail in &self.details {
            if let Some((_, count)) = places.get(detail.message.as_str()).and_then(|at| distinct.get_mut(*at)) {
                *count = count.saturating_add(1);
            } else {
                places.insert(&detail.message, distinct.len());
                distinct.push((detail, 1));
            }
        }
        for (Detail { file, line, message, .. }, count) in distinct {
            let (file, message) = (printable(file), printable(message));
            lines.push(match count {
                1 => format!("  {file}:{line}: {message}"),
                many => format!("  {message} ({many} rows, first {file}:{line})"),
            });
        }
        lines.extend(self.omitted.map(|omitted| format!("  and {omitted} more")));
        lines.extend(self.hint.as_ref().map(|hint| format!("hint: {}", printable(hint))));
        lines.join("\n")
    }

    fn as_json(&self) -> String {
        #[derive(Serialize)]
        struct Line<'a> {
            error: &'a Failure,
        }
        printable_json(&serde_json::to_string(&Line { error: self }).unwrap_or_default()).into_owned()
    }
}
