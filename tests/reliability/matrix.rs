//! Every way in which a command can be cut off or fail, and what must be true afterwards.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::aftermath::{try_fault, try_image};
use crate::powercut::{Chance, Cut};
use crate::shim::{Failure, Fault};
use crate::stage::Stage;

/// A kind of fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mode {
    Kill,
    Tear,
    Short,
    Eio,
    LastingEio,
    LateEio,
    Enospc,
    LastingEnospc,
    Unwritable,
    PowerCut,
}

impl Mode {
    pub(crate) const ALL: [Self; 10] = [
        Self::Kill,
        Self::Tear,
        Self::Short,
        Self::Eio,
        Self::LastingEio,
        Self::LateEio,
        Self::Enospc,
        Self::LastingEnospc,
        Self::Unwritable,
        Self::PowerCut,
    ];

    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Kill => "kill",
            Self::Tear => "tear",
            Self::Short => "short",
            Self::Eio => "EIO",
            Self::LastingEio => "EIO…",
            Self::LateEio => "EIO, done",
            Self::Enospc => "ENOSPC",
            Self::LastingEnospc => "ENOSPC…",
            Self::Unwritable => "EACCES…",
            Self::PowerCut => "power cut",
        }
    }

    /// The faults of this kind that a call of some kind can have.
    fn faults(self, kind: char) -> Vec<Fault> {
        let failure = |error, kinds: &'static str, is_lasting| {
            let is_meant = kinds.is_empty() || kinds.contains(kind);
            is_meant.then_some(Failure { error, kinds, is_lasting })
        };
        let (eio, eacces, enospc) = (5, 13, 28);
        // What a full disk has no room for; the rest still works.
        let growing = "onwtsfrlm";
        match self {
            Self::Kill => vec![Fault::Kill],
            Self::Tear if kind == 'w' => [0, 50, 100].map(Fault::Tear).to_vec(),
            Self::Short if kind == 'w' => [0, 50].map(Fault::Short).to_vec(),
            Self::Tear | Self::Short | Self::PowerCut => Vec::new(),
            Self::Eio => failure(eio, "", false).map(Fault::Fail).into_iter().collect(),
            Self::LastingEio => failure(eio, "", true).map(Fault::Fail).into_iter().collect(),
            Self::LateEio => failure(eio, "", false).map(Fault::Late).into_iter().collect(),
            Self::Enospc => failure(enospc, growing, false).map(Fault::Fail).into_iter().collect(),
            Self::LastingEnospc => failure(enospc, growing, true).map(Fault::Fail).into_iter().collect(),
            Self::Unwritable => failure(eacces, "on", true).map(Fault::Fail).into_iter().collect(),
        }
    }
}

/// One thing that goes wrong.
#[derive(Debug, Clone)]
pub(crate) enum Point {
    /// At the call with this number.
    Fault(Fault, u64),
    Cut(Cut),
}

/// How much is tried.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Extent {
    /// Points of each mode but power cuts.
    pub(crate) points: usize,
    /// Images after power cuts, no two alike.
    pub(crate) images: usize,
    /// Failures after which it is enough.
    pub(crate) failures: usize,
}

impl Extent {
    pub(crate) const WHOLE: Self = Self { points: usize::MAX, images: 3000, failures: usize::MAX };
}

/// The result.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    tried: BTreeMap<Mode, usize>,
    /// What was wrong, and after what.
    pub(crate) failures: Vec<(Mode, String)>,
}

impl Findings {
    pub(crate) fn tried(&self, mode: Mode) -> usize {
        self.tried.get(&mode).copied().unwrap_or_default()
    }

    pub(crate) fn modes_that_failed(&self) -> BTreeSet<Mode> {
        self.failures.iter().map(|(mode, _)| *mode).collect()
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tried: usize = self.tried.values().sum();
        write!(f, "{} of {tried} failed", self.failures.len())?;
        self.failures.iter().take(12).try_for_each(|(mode, what)| write!(f, "\n  {}: {what}", mode.title()))
    }
}

/// Tries a scenario in some modes.
pub(crate) fn try_out(stage: &Stage, modes: &[Mode], extent: Extent) -> Findings {
    let mut findings = Findings::default();
    for &mode in modes {
        let limit = if mode == Mode::PowerCut { extent.images } else { extent.points };
        try_points(stage, mode, &shuffled(points(stage, mode)), limit, extent.failures, &mut findings);
    }
    findings
}

/// All that can go wrong in a mode: with the last command, or with the power.
pub(crate) fn points(stage: &Stage, mode: Mode) -> Vec<Point> {
    if mode == Mode::PowerCut {
        return stage.recording.power_cuts().into_iter().map(Point::Cut).collect();
    }
    let calls = stage.calls.last().into_iter().flatten().filter(|call| call.kind != 'a');
    calls.flat_map(|call| mode.faults(call.kind).into_iter().map(|fault| Point::Fault(fault, call.number))).collect()
}

/// Tries so many points of a mode, or until so much has failed. Images that are alike count once.
pub(crate) fn try_points(
    stage: &Stage,
    mode: Mode,
    points: &[Point],
    limit: usize,
    failures: usize,
    findings: &mut Findings,
) {
    let found = Mutex::new(findings);
    let seen = Mutex::new(HashSet::new());
    let tried = AtomicUsize::new(0);
    in_parallel(points, |point| {
        let is_enough = found.lock().unwrap().failures.len() >= failures;
        if is_enough || tried.load(Ordering::Relaxed) >= limit {
            return;
        }
        let result = match point {
            Point::Fault(fault, number) => try_fault(stage, *fault, *number),
            Point::Cut(cut) => {
                let image = stage.recording.image(cut);
                if !seen.lock().unwrap().insert((image.disk.digest(), image.acknowledged)) {
                    return;
                }
                try_image(stage, &image)
            }
        };
        tried.fetch_add(1, Ordering::Relaxed);
        let mut findings = found.lock().unwrap();
        *findings.tried.entry(mode).or_default() += 1;
        if let Err(what) = result {
            findings.failures.push((mode, format!("{point:?}: {what}")));
        }
    });
}

/// In an order that is the same in every run, so that the first few are a fair sample.
fn shuffled(mut points: Vec<Point>) -> Vec<Point> {
    let mut chance = Chance(1);
    for at in (1..points.len()).rev() {
        points.swap(at, chance.below(at + 1));
    }
    points
}

fn in_parallel<T: Sync>(work: &[T], act: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(item) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
                    act(item);
                }
            });
        }
    });
}
