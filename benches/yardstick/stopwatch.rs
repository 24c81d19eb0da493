//! Running processes and timing them.

use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context as _, Result, ensure};

/// How long two processes took, in microseconds, each the median of its turns.
pub(crate) struct Medians {
    pub(crate) a: u128,
    pub(crate) b: u128,
}

impl Medians {
    /// How many times as long as B A took, in hundredths.
    pub(crate) fn ratio(&self) -> u128 {
        self.a.saturating_mul(100).checked_div(self.b).unwrap_or(u128::MAX)
    }
}

/// Runs A and B in turns and times each, but for a first pair that only warms up. A command may
/// depend on the number of its turn.
pub(crate) fn alternate(pairs: usize, a: impl Fn(usize) -> Command, b: impl Fn(usize) -> Command) -> Result<Medians> {
    let (mut a_times, mut b_times) = (Vec::new(), Vec::new());
    for turn in 0..=pairs {
        let (a_time, b_time) = (timed(&mut a(turn))?, timed(&mut b(turn))?);
        if turn > 0 {
            a_times.push(a_time);
            b_times.push(b_time);
        }
    }
    Ok(Medians { a: median(a_times)?, b: median(b_times)? })
}

fn median(mut times: Vec<u128>) -> Result<u128> {
    times.sort_unstable();
    times.get(times.len() / 2).copied().context("nothing was measured")
}

fn timed(command: &mut Command) -> Result<u128> {
    let start = Instant::now();
    run(command)?;
    Ok(start.elapsed().as_micros())
}

/// Runs a process to its end; what it prints is not wanted.
///
/// # Errors
/// If it cannot be started, or says that it failed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let output = command.output().with_context(|| format!("cannot start {command:?}"))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?} failed ({}): {}", output.status, complaint.trim());
    Ok(())
}

/// A figure in hundredths, written with its point.
pub(crate) fn hundredths(figure: u128) -> String {
    format!("{}.{:02}", figure / 100, figure % 100)
}
