//! The README and the manual pages are true: their console blocks are run, and must print what they show.
//!
//! All ```` ```console ```` blocks of a document are one session of one `sh` in a folder with `examples/` and
//! an empty home. A line that begins with `$ ` is a command, which continues in lines that begin with `> `;
//! the lines after it are its output, standard error included. Every command must end with exit code 0; if
//! another one is the point, the document shows it with `|| echo "exit code $?"`. Ids, instants and hashes
//! differ from run to run: two that are equal in the output must be equal in the document, and two that
//! differ must differ. Blocks that are not to be run are ```` ```sh ````.
//!
//! The manual pages are typed at 80 columns, and the tutorial in bash, zsh and fish, too.
//!
//! Commands that need a program which is not installed (`jq`) are left out, unless `STOCKBOOK_TEST_ALL` is
//! set. `STOCKBOOK_BLESS=1 cargo test --test readme` writes the outputs anew.

#[cfg(test)]
mod document;
#[cfg(test)]
mod normal;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod session;
