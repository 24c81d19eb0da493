//! What the test binaries share: a harness that runs the program in a folder of its own, the oracle that
//! computes histories independently, and sample values of the domain. Each binary includes this file once.

#![allow(dead_code, reason = "no binary uses all of it")]

pub(crate) mod abroad;
pub(crate) mod harness;
mod offered;
pub(crate) mod oracle;
pub(crate) mod positions;
