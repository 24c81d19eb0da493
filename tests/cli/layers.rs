//! Which modules and crates each part of the program may use.

use std::fs;
use std::path::{Path, PathBuf};

use crate::harness::repository;

/// A part of the program and the names that must not occur in its code.
struct Rule {
    part: &'static str,
    /// Files or folders of the part where they are allowed nevertheless.
    except: &'static [&'static str],
    forbidden: &'static [&'static str],
}

const RULES: &[Rule] = &[
    Rule {
        part: "domain",
        except: &[],
        forbidden: &[
            "crate::app",
            "crate::bus",
            "crate::cli",
            "crate::handlers",
            "crate::log",
            "crate::store",
            "crate::files",
            "std::fs",
            "std::io",
            "std::env",
            "std::net",
            "std::process",
            "std::thread",
            "std::time",
            "Utc::now",
            "Local",
            "new_v4",
            "rusqlite",
            "clap",
            "anyhow",
        ],
    },
    Rule {
        part: "formats",
        except: &["formats/tests"],
        forbidden: &[
            "crate::app",
            "crate::bus",
            "crate::cli",
            "crate::handlers",
            "crate::log",
            "crate::store",
            "std::fs",
            "std::env",
            "std::net",
            "std::process",
            "std::thread",
            "std::time",
            "rust_decimal",
        ],
    },
    Rule { part: "files", except: &[], forbidden: &["crate::"] },
    Rule {
        part: "bus",
        except: &[],
        forbidden: &["crate::app", "crate::cli", "crate::formats", "crate::handlers", "crate::log", "crate::store"],
    },
    Rule {
        part: "log",
        except: &[],
        forbidden: &["crate::app", "crate::cli", "crate::formats", "crate::handlers", "crate::store"],
    },
    Rule { part: "store", except: &[], forbidden: &["crate::app", "crate::cli", "crate::handlers"] },
    Rule { part: "app", except: &[], forbidden: &["crate::cli", "crate::handlers"] },
    Rule { part: "handlers", except: &[], forbidden: &["crate::app", "crate::cli"] },
    Rule { part: "", except: &["main"], forbidden: &["crate::handlers", "stockbook::"] },
    Rule { part: "", except: &["store"], forbidden: &["rusqlite"] },
    Rule { part: "", except: &["cli"], forbidden: &["clap", "comfy_table", "indicatif", "maud", "println!", "print!"] },
    // The default build does not contain these.
    Rule { part: "", except: &["app/following/broker"], forbidden: &["lapin", "tokio", "async", "await"] },
    Rule { part: "", except: &["main"], forbidden: &["Utc::now", "Local::now", "new_v4", "SystemTime"] },
    // A group, or a path up to the root, would hide imports from the rules above.
    Rule {
        part: "",
        except: &[],
        forbidden: &["use crate::{", "super::app", "super::bus", "super::cli", "super::handlers", "super::store"],
    },
];

const FORBIDDEN_WORDS: &[&str] = &["TODO", "FIXME", "XXX", "unimplemented!", "todo!", "dbg!"];
const FORBIDDEN_NAMES: &[&str] = &["util", "utils", "helper", "helpers", "common", "misc", "mod"];
const LONGEST_FILE: usize = 400;

/// The path of every source file relative to `src`, with its text.
pub(crate) fn sources() -> Vec<(PathBuf, String)> {
    let root = repository("src");
    let mut found = Vec::new();
    collect(&root, &root, &mut found);
    assert!(found.len() > 50, "the sources are not where they should be: {}", root.display());
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path.strip_prefix(root).unwrap().to_owned(), text));
        }
    }
}

/// Whether a file belongs to a part: `store.rs`, or anything in `store/`.
fn belongs(file: &Path, part: &str) -> bool {
    part.is_empty() || file.with_extension("").starts_with(part)
}

/// A line without its comment. Good enough as long as no string contains two slashes and a forbidden name.
pub(crate) fn code(line: &str) -> &str {
    line.split_once("//").map_or(line, |(code, _)| code)
}

/// Whether `name` occurs in `code` as a whole word.
fn names(code: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at..][name.len()..].chars().next();
        let ends_in_word = name.chars().next_back().is_some_and(is_word);
        let goes_on = ends_in_word && after.is_some_and(is_word);
        !goes_on && !before.is_some_and(is_word)
    })
}

#[test]
fn every_part_knows_only_those_further_in() {
    let mut broken = Vec::new();
    for (file, text) in sources() {
        for rule in RULES {
            if !belongs(&file, rule.part) || rule.except.iter().any(|part| belongs(&file, part)) {
                continue;
            }
            for (number, line) in text.lines().enumerate() {
                for name in rule.forbidden.iter().filter(|name| names(code(line), name)) {
                    broken.push(format!("{}:{}: {name}", file.display(), number.saturating_add(1)));
                }
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_rules_would_notice() {
    assert!(names("use crate::store::Book;", "crate::store"));
    assert!(names("    rusqlite::Error", "rusqlite"));
    assert!(!names("use crate::store_room;", "crate::store"));
    assert!(!names("eprintln!()", "println!"));
    assert!(belongs(Path::new("store.rs"), "store") && belongs(Path::new("store/book.rs"), "store"));
    assert!(!belongs(Path::new("stores.rs"), "store"));
    assert_eq!(code("let a = 1; // rusqlite"), "let a = 1; ");
}

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(file, text)| (text.lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST_FILE)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn nothing_is_left_for_later_and_no_module_is_a_drawer() {
    for (file, text) in sources() {
        for word in FORBIDDEN_WORDS {
            assert!(!text.contains(word), "{}: {word}", file.display());
        }
        for name in &file.with_extension("") {
            assert!(!FORBIDDEN_NAMES.iter().any(|forbidden| name == *forbidden), "{}", file.display());
        }
    }
}
