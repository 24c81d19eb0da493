//! Whole files, through the one door.

mod books;
mod brokers;
mod canada;
mod hostile;
mod levels;
mod quirks;
mod rules;
mod samples;
mod variations;
