//! lib
pub mod domain;
