//! What the fuzzer tries by the million, tried on its seeds and a hundred variations of each; with
//! `FUZZ_RUNS=1000000` in the environment, on so many of them in all, as `fuzz/million.sh` does.

#[expect(unreachable_pub, reason = "to the fuzzer it is a crate")]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

use std::fs;
use std::path::Path;

use crate::powercut::Chance;

fn try_out(name: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let seeds: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(!seeds.is_empty());
    let runs = std::env::var("FUZZ_RUNS").ok().map_or(100, |runs| runs.parse::<usize>().unwrap().div_ceil(seeds.len()));
    let mut chance = Chance(7);
    for seed in &seeds {
        target(seed);
        for _ in 0..runs {
            let mut varied = seed.clone();
            for _ in 0..=chance.below(4) {
                let (at, other) = (chance.below(varied.len() + 1), &seeds[chance.below(seeds.len())]);
                match chance.below(4) {
                    0 => varied.truncate(at),
                    1 => varied.insert(at, u8::try_from(chance.below(256)).unwrap()),
                    2 => varied.extend_from_slice(&other[chance.below(other.len() + 1)..]),
                    _ => varied.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << chance.below(8)),
                }
            }
            target(&varied);
        }
    }
}

#[test]
fn any_bytes_can_be_imported_without_a_panic() {
    try_out("csv_reader", targets::csv_reader);
}

#[test]
fn any_bytes_can_be_read_as_a_log_without_a_panic() {
    try_out("event_reader", targets::event_reader);
}

#[test]
fn any_bytes_can_be_parsed_as_values_without_a_panic() {
    try_out("value_parsers", targets::value_parsers);
}

#[test]
fn any_bytes_can_be_read_in_any_format_without_a_panic() {
    try_out("format_reader", targets::format_reader);
}

#[test]
fn any_bytes_can_be_a_format_and_its_file_without_a_panic() {
    try_out("format_table", targets::format_table);
}
