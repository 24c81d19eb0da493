//! Whole files, through the one door.

mod books;
mod hostile;
mod samples;
