//! The matrix: a sample of it, all of it, and that it catches what it is there to catch.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::iter;

use crate::disk::{Recording, Step};
use crate::matrix::{Extent, Findings, Mode, Point, points, try_out, try_points};
use crate::scenario::{LOG, Scenario, scenarios};
use crate::stage::Stage;

/// A program that lacks something that it needs.
struct Broken {
    name: &'static str,
    /// What shim.c takes away.
    weakened: &'static str,
    /// What is put in another order than it happened in.
    rearrange: fn(&mut Recording),
    scenario: &'static str,
    caught_by: &'static [Mode],
}

const ALL_BUT_UNWRITABLE: &[Mode] = &[
    Mode::Kill,
    Mode::Tear,
    Mode::Short,
    Mode::Eio,
    Mode::LastingEio,
    Mode::LateEio,
    Mode::Enospc,
    Mode::LastingEnospc,
    Mode::PowerCut,
];

fn broken() -> Vec<Broken> {
    let weakened =
        |name, weakened, scenario, caught_by| Broken { name, weakened, rearrange: |_| {}, scenario, caught_by };
    let rearranged =
        |name, rearrange, scenario| Broken { name, weakened: "", rearrange, scenario, caught_by: &[Mode::PowerCut] };
    vec![
        weakened("the log is not synced", "sync-log", "buy", &[Mode::PowerCut]),
        weakened("the WAL is not synced (synchronous=OFF)", "sync-wal", "buy", &[Mode::PowerCut]),
        weakened("the book is not synced before its WAL goes", "sync-book", "buy", &[Mode::PowerCut]),
        weakened("the folder is not synced", "sync-folder", "buy", &[Mode::PowerCut]),
        weakened("a new book's folder is not synced", "sync-folder", "add-stock, a new book", &[Mode::PowerCut]),
        weakened("a new book is not synced", "sync-draft", "add-stock, a new book", &[Mode::PowerCut]),
        weakened("a new book is copied, not renamed", "rename", "add-stock, a new book", &[Mode::Kill, Mode::PowerCut]),
        weakened("lines are appended, wherever they belong", "offsets", "buy", &[Mode::Kill, Mode::PowerCut]),
        weakened("lines are appended to a log that was cut", "offsets", "buy, the log cut", ALL_BUT_UNWRITABLE),
        rearranged("the user is told before it is done", tell_first, "sell"),
        rearranged("lines are written before the commit", write_lines_first, "sell"),
    ]
}

fn tell_first(recording: &mut Recording) {
    recording.bring_forward(|step, _| *step == Step::Acknowledge);
}

fn write_lines_first(recording: &mut Recording) {
    recording.bring_forward(|_, name| name.is_some_and(|name| name.ends_with("book.db.audit.jsonl")));
}

fn find(name: &str) -> Scenario {
    scenarios().into_iter().find(|scenario| scenario.name == name).unwrap()
}

/// Few enough for every test run; importing takes longer than the rest.
fn sample(scenario: &Scenario) -> Extent {
    let (points, images) = if scenario.name.contains("import") { (1, 6) } else { (1, 12) };
    Extent { points, images, failures: usize::MAX }
}

#[test]
fn the_next_command_after_any_fault_finds_a_sound_book() {
    for scenario in scenarios() {
        let extent = sample(&scenario);
        let stage = Stage::set(scenario, "");
        let findings = try_out(&stage, &Mode::ALL, extent);
        assert!(findings.failures.is_empty(), "{}: {findings}", stage.scenario.name);
    }
}

/// Tries all points of a mode that are chosen.
fn try_all(stage: &Stage, mode: Mode, is_chosen: impl Fn(&Point) -> bool) {
    let chosen: Vec<_> = points(stage, mode).into_iter().filter(is_chosen).collect();
    assert!(!chosen.is_empty());
    let mut findings = Findings::default();
    try_points(stage, mode, &chosen, usize::MAX, usize::MAX, &mut findings);
    assert!(findings.failures.is_empty(), "{}: {findings}", stage.scenario.name);
}

#[test]
fn a_log_under_repair_does_not_look_complete_before_it_is() {
    let stage = Stage::set(find("buy, the log deleted"), "");
    // The first sync is that of all but the last line.
    let mended = stage.recording.syncs_of(LOG)[1];
    try_all(&stage, Mode::PowerCut, |point| matches!(point, Point::Cut(cut) if cut.before <= mended));
}

#[test]
fn a_wal_that_cannot_be_read_is_kept() {
    let stage = Stage::set(find("holdings, an event undelivered"), "");
    let calls = stage.calls[0].iter().filter(|call| call.path.to_string_lossy().ends_with("-shm"));
    let of_index: BTreeSet<u64> = calls.map(|call| call.number).collect();
    for mode in [Mode::Enospc, Mode::LastingEnospc, Mode::LastingEio] {
        try_all(&stage, mode, |point| matches!(point, Point::Fault(_, number) if of_index.contains(number)));
    }
}

fn try_broken(broken: &Broken, modes: &[Mode], extent: Extent) -> Findings {
    let mut stage = Stage::set(find(broken.scenario), broken.weakened);
    (broken.rearrange)(&mut stage.recording);
    try_out(&stage, modes, extent)
}

#[test]
fn a_broken_program_is_caught() {
    for broken in broken() {
        // Those that every mode catches are caught by the cheapest.
        let modes = &broken.caught_by[..1];
        let findings = try_broken(&broken, modes, Extent { points: 100, images: 1000, failures: 1 });
        assert!(!findings.failures.is_empty(), "{} is not caught", broken.name);
    }
}

#[test]
#[ignore = "takes half an hour"]
fn the_whole_matrix() {
    let row = |first: &str, cells: &mut dyn Iterator<Item = String>| {
        format!("| {first} | {} |\n", cells.collect::<Vec<_>>().join(" | "))
    };
    let titles = Mode::ALL.map(|mode| mode.title().to_owned());
    let mut table = row("command", &mut iter::once("calls".to_owned()).chain(titles));
    table += &row("---", &mut iter::repeat_n("---".to_owned(), Mode::ALL.len() + 1));
    let (mut failures, mut images) = (String::new(), 0);
    let only = std::env::var("SCENARIO").unwrap_or_default();
    for scenario in scenarios().into_iter().filter(|scenario| scenario.name.contains(&only)) {
        let stage = Stage::set(scenario, "");
        let findings = try_out(&stage, &Mode::ALL, Extent::WHOLE);
        let calls = stage.calls.last().map_or(0, |calls| calls.iter().filter(|call| call.kind != 'a').count());
        let tried = Mode::ALL.map(|mode| findings.tried(mode));
        table += &row(stage.scenario.name, &mut iter::once(calls).chain(tried).map(|count| count.to_string()));
        println!("{}: {findings}", stage.scenario.name);
        images += findings.tried(Mode::PowerCut);
        if !findings.failures.is_empty() {
            writeln!(failures, "{}: {findings}", stage.scenario.name).unwrap();
        }
    }
    println!("{table}\n{images} images after power cuts\n");
    assert!(failures.is_empty(), "{failures}");
    assert!(images >= 10_000 || !only.is_empty(), "{images} images");
}

#[test]
#[ignore = "takes some minutes"]
fn every_mode_catches_its_faults() {
    for broken in broken() {
        let findings =
            try_broken(&broken, &Mode::ALL, Extent { points: usize::MAX, images: 1000, failures: usize::MAX });
        let caught_by = findings.modes_that_failed();
        let titles: Vec<_> = caught_by.iter().map(|mode| mode.title()).collect();
        println!("{}: {}", broken.name, titles.join(", "));
        let missing: Vec<_> = broken.caught_by.iter().filter(|mode| !caught_by.contains(mode)).collect();
        assert!(missing.is_empty(), "{} is not caught by {missing:?}", broken.name);
    }
}
