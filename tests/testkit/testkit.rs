//! What the test binaries share: the program run in a folder of its own, the oracle that works histories out by
//! itself, and values of the domain that mean nothing in particular. Each binary names this file once.

#![allow(dead_code, reason = "no binary uses all of it")]

pub(crate) mod abroad;
pub(crate) mod harness;
mod offered;
pub(crate) mod oracle;
pub(crate) mod positions;
