//! Every word that a user can type, and everything that is shown.

pub mod render;
