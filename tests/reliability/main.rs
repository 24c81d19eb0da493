//! What the book and its audit log survive: crashes at every call that changes a file, disk errors, power
//! cuts, many processes at once, and environments that lack something.
//!
//! Plain `cargo test` tries a sample. All of it takes half an hour on two idle cores:
//! `cargo test --release --test reliability -- --ignored --nocapture`. With `SCENARIO=…` in the
//! environment, the matrix tries the scenarios with that in their name, so that it can be run in
//! parts.

#![cfg(target_os = "linux")]
#![expect(clippy::arithmetic_side_effects, reason = "counts of what is in memory; an overflow fails the test")]

#[cfg(test)]
mod aftermath;
#[cfg(test)]
mod crashes;
#[cfg(test)]
mod disk;
#[cfg(test)]
mod fuzzed;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod mix;
#[cfg(test)]
mod powercut;
#[cfg(test)]
mod processes;
#[cfg(test)]
mod scenario;
#[cfg(test)]
mod sequences;
#[cfg(test)]
mod shim;
#[cfg(test)]
mod small_disk;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod stopped;
#[cfg(test)]
mod surroundings;
#[cfg(test)]
mod witness;
