//! Whole files, through the one door.

mod books;
mod hostile;
mod rules;
mod samples;
mod variations;
