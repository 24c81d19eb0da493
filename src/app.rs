//! Use cases.

pub mod import;
