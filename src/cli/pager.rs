//! Shows long results on a terminal in a pager, as git does.

use std::io::{self, IsTerminal as _, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::low_level::emulate_default_handler;
use unicode_width::UnicodeWidthStr as _;

use super::say::say;

/// The program that shows results that are longer than the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pager {
    /// The command, run by a shell if necessary; `None` for no pager.
    command: Option<String>,
    /// Where the command comes from.
    pub(super) origin: &'static str,
}

/// Whether the command line excludes a pager.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PagerChoice {
    /// As the settings say.
    Settings,
    /// No pager.
    Never,
}

impl Pager {
    const DEFAULT: &str = "less";

    /// The pager; the command line takes precedence over `STOCKBOOK_PAGER`, that over the configuration
    /// file, and that over `PAGER`.
    pub(super) fn of(choice: PagerChoice, setting: Option<&str>) -> Self {
        let variable = |name: &str| std::env::var(name).ok().map(|command| (command, "environment"));
        if choice == PagerChoice::Never {
            return Self { command: None, origin: "command line" };
        }
        let (command, origin) = variable("STOCKBOOK_PAGER")
            .or_else(|| setting.map(|command| (command.to_owned(), "configuration file")))
            .or_else(|| variable("PAGER"))
            .unwrap_or_else(|| (Self::DEFAULT.to_owned(), "default"));
        let is_none = command.trim().is_empty() || command.trim() == "cat";
        Self { command: (!is_none).then_some(command), origin }
    }

    /// The command.
    pub(super) fn command(&self) -> Option<&str> {
        self.command.as_deref()
    }

    /// Starts it, if possible.
    fn start(&self) -> Option<Paged> {
        let line = self.command.as_deref()?;
        let mut words = line.split_ascii_whitespace();
        let mut command = if line.contains(NEEDS_A_SHELL) {
            let mut command = Command::new("sh");
            command.args(["-c", line]);
            command
        } else {
            let program = words.next()?;
            let mut command = Command::new(program);
            // The user's LESS often lacks it.
            command.args((program == Self::DEFAULT).then_some("-R")).args(words);
            command
        };
        for (name, value) in SURROUNDINGS {
            if std::env::var_os(name).is_none() {
                command.env(name, value);
            }
        }
        let (stopped, is_alone) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
        for (number, &stop) in (1..).zip(STOPS) {
            // On a system without the signal, it never comes.
            let _ = flag::register_conditional_default(stop, Arc::clone(&is_alone));
            let _ = flag::register_usize(stop, Arc::clone(&stopped), number);
        }
        let started = command.stdin(Stdio::piped()).spawn();
        let mut child = match started {
            Ok(child) => child,
            Err(error) => {
                is_alone.store(true, Ordering::SeqCst);
                // The default was not chosen by the user, so its absence is not worth a message.
                if self.origin != "default" {
                    say(&format!("warning: the pager `{line}` cannot be started: {error}"));
                }
                return None;
            }
        };
        Some(Paged { input: child.stdin.take(), child, stopped, line: line.to_owned() })
    }
}

/// Signals by which a user or the system asks a program to stop.
const STOPS: &[i32] = &[SIGINT, SIGTERM, SIGHUP];

/// Characters that only a shell understands.
const NEEDS_A_SHELL: &[char] =
    &['|', '&', ';', '<', '>', '(', ')', '$', '`', '\\', '"', '\'', '*', '?', '[', '#', '~', '=', '%', '\n'];

/// What git sets for pagers: pass colours through, leave the screen as it is, and exit if everything fits on
/// it.
const SURROUNDINGS: [(&str, &str); 2] = [("LESS", "FRX"), ("LV", "-c")];

/// A running pager.
struct Paged {
    child: Child,
    input: Option<ChildStdin>,
    /// Which of the signals asked the program to stop, counted from 1; 0 for none.
    stopped: Arc<AtomicUsize>,
    line: String,
}

impl Paged {
    /// Bytes that are written at a time: in between, signals are obeyed.
    const PIECE: usize = 1 << 16;

    fn signal(&self) -> Option<i32> {
        STOPS.get(self.stopped.load(Ordering::SeqCst).checked_sub(1)?).copied()
    }

    /// Waits until the user leaves the pager. A signal that arrived in the meantime is obeyed only then,
    /// so that the shell does not take the terminal from the pager.
    fn end(mut self) -> io::Result<()> {
        drop(self.input.take());
        let status = self.child.wait()?;
        if is_not_there(status) {
            say(&format!("warning: the pager `{}` did not show the result; --no-pager does", self.line));
        }
        self.signal().map_or(Ok(()), emulate_default_handler)
    }
}

/// Whether a shell did not find the program, or could not run it.
fn is_not_there(status: ExitStatus) -> bool {
    matches!(status.code(), Some(126 | 127))
}

impl Write for Paged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Some(input) = self.input.as_mut().filter(|_| self.stopped.load(Ordering::SeqCst) == 0) else {
            return Err(io::ErrorKind::BrokenPipe.into());
        };
        input.write(bytes.get(..Self::PIECE).unwrap_or(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Standard output, direct or through a pager.
pub(super) struct Outlet(OutputMode);

enum OutputMode {
    /// Written directly.
    Straight(io::Stdout),
    /// Buffered for as long as it fits on the screen.
    BufferedOutput(BufferedOutput),
    Paged(Paged),
    /// Closed.
    Over,
}

struct BufferedOutput {
    pager: Pager,
    text: Vec<u8>,
    screen: ScreenSize,
}

/// The lines and columns of a screen, without the line for the shell's prompt.
#[derive(Debug, Clone, Copy)]
struct ScreenSize {
    lines: usize,
    columns: usize,
}

impl ScreenSize {
    /// The size of the terminal behind standard output, if it is one that can do more than write.
    fn of_terminal() -> Option<Self> {
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
        if is_dumb || !io::stdout().is_terminal() {
            return None;
        }
        let (columns, lines) = terminal_size::terminal_size().map_or((80, 24), |(width, height)| (width.0, height.0));
        Some(Self { lines: usize::from(lines).saturating_sub(1), columns: usize::from(columns).max(1) })
    }

    /// Whether a text fits. Lines that are too long continue on the next one.
    fn fits(self, text: &[u8]) -> bool {
        // A quick answer for most long text.
        if text.len() > self.lines.saturating_mul(self.columns).saturating_mul(BYTES_OF_A_COLUMN) {
            return false;
        }
        let text = String::from_utf8_lossy(text);
        let of_line = |line: &str| uncolored(line).width().div_ceil(self.columns).max(1);
        text.lines().map(of_line).sum::<usize>() <= self.lines
    }
}

/// More bytes than a column ever takes, colours included.
const BYTES_OF_A_COLUMN: usize = 16;

/// A line without its escape sequences, each of which ends with an `m`.
fn uncolored(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let first = parts.next().unwrap_or_default();
    let behind = |part: &'_ str| part.split_once('m').map_or(String::new(), |(_, rest)| rest.to_owned());
    parts.fold(first.to_owned(), |text, part| text + &behind(part))
}

impl Outlet {
    /// Standard output without a pager.
    pub(super) fn straight() -> Self {
        Self(OutputMode::Straight(io::stdout()))
    }

    /// Standard output; results longer than the screen of a terminal go through `pager`.
    pub(super) fn paged(pager: Pager) -> Self {
        match ScreenSize::of_terminal().filter(|_| pager.command.is_some()) {
            Some(screen) => Self(OutputMode::BufferedOutput(BufferedOutput { pager, text: Vec::new(), screen })),
            None => Self::straight(),
        }
    }

    /// Shows what is buffered, and waits until the pager has ended.
    ///
    /// # Errors
    /// If it cannot be shown.
    pub(super) fn end(&mut self) -> io::Result<()> {
        match std::mem::replace(&mut self.0, OutputMode::Over) {
            // It was flushed after each result.
            OutputMode::Straight(_) | OutputMode::Over => Ok(()),
            OutputMode::BufferedOutput(BufferedOutput { text, .. }) => {
                let mut out = io::stdout().lock();
                out.write_all(&text).and_then(|()| out.flush())
            }
            OutputMode::Paged(paged) => paged.end(),
        }
    }
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            OutputMode::Straight(out) => out.write(bytes),
            OutputMode::Paged(paged) => paged.write(bytes),
            OutputMode::Over => Err(io::ErrorKind::BrokenPipe.into()),
            OutputMode::BufferedOutput(held) => {
                held.text.extend_from_slice(bytes);
                if held.screen.fits(&held.text) {
                    return Ok(bytes.len());
                }
                let text = std::mem::take(&mut held.text);
                self.0 = match held.pager.start() {
                    Some(paged) => OutputMode::Paged(paged),
                    None => OutputMode::Straight(io::stdout()),
                };
                self.write_all(&text)?;
                Ok(bytes.len())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            OutputMode::Straight(out) => out.flush(),
            OutputMode::BufferedOutput(_) | OutputMode::Over => Ok(()),
            OutputMode::Paged(paged) => paged.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_count_as_many_as_they_take() {
        let screen = ScreenSize { lines: 3, columns: 4 };
        for (text, fits) in [
            ("", true),
            ("a\nb\nc\n", true),
            ("a\nb\nc\nd", false),
            ("12345678\nc\n", true),   // 2 + 1
            ("123456789\nc\n", false), // 3 + 1
            ("\n\n\n", true),
            ("\u{1b}[1m1234\u{1b}[0m\u{1b}[32m5678\u{1b}[0m\n1234\n", true),
            ("株株\n株株\n株株\n", true),
            ("株株\n株株\n株株株\n", false),
        ] {
            assert_eq!(screen.fits(text.as_bytes()), fits, "{text:?}");
        }
    }

    #[test]
    fn text_of_a_million_bytes_is_not_looked_through() {
        assert!(!ScreenSize { lines: 50, columns: 200 }.fits(&vec![b'\x1b'; 1 << 20]));
    }
}
