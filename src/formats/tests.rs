//! Whole files, through the one door.

mod books;
mod brokers;
mod hostile;
mod levels;
mod rules;
mod samples;
mod variations;
