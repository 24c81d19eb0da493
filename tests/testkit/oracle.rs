//! Random histories, computed with fractions of any length by code that shares nothing with the program.

#![allow(clippy::arithmetic_side_effects, reason = "numbers of any length do not overflow")]

pub(crate) mod amount;
pub(crate) mod companies;
pub(crate) mod entry;
pub(crate) mod features;
pub(crate) mod history;
pub(crate) mod ledger;
pub(crate) mod order;
pub(crate) mod telling;
