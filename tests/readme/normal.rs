//! Ignores what differs from run to run.

use std::collections::BTreeMap;

/// Maps the ids and hashes of a document to those that were printed.
#[derive(Default)]
pub(super) struct Names {
    printed: BTreeMap<String, String>,
    said: BTreeMap<String, String>,
}

impl Names {
    /// Whether two lines are equal except for instants, and for ids and hashes that are mapped to each other.
    pub(super) fn is_same(&mut self, said: &str, printed: &str) -> bool {
        let ((said, said_names), (printed, printed_names)) = (line(said), line(printed));
        said == printed && said_names.into_iter().zip(printed_names).all(|(said, printed)| self.stand(&said, &printed))
    }

    fn stand(&mut self, said: &str, printed: &str) -> bool {
        let known = self.printed.entry(said.to_owned()).or_insert_with(|| printed.to_owned()) == printed;
        known && self.said.entry(printed.to_owned()).or_insert_with(|| said.to_owned()) == said
    }
}

/// The line with every id, instant and hash replaced by a word of the same meaning, and its ids, as short
/// as tables have them, and hashes.
fn line(line: &str) -> (String, Vec<String>) {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.');
    let (mut normal, mut names) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some(start) = rest.find(is_part) {
        let (before, from) = rest.split_at(start);
        let (word, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
        normal.push_str(before);
        let placeholder = placeholder(word);
        normal.push_str(placeholder.unwrap_or(word));
        match placeholder {
            Some("<id>") => names.push(word[..8].to_owned()),
            Some("<hash>") => names.push(word.to_owned()),
            _ => {}
        }
        rest = after;
    }
    (normal + rest, names)
}

fn placeholder(word: &str) -> Option<&'static str> {
    let is_hex = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    let parts: Vec<usize> = word.split('-').map(str::len).collect();
    if word.split('-').all(is_hex) && parts == [8, 4, 4, 4, 12] {
        return Some("<id>");
    }
    match (word.len(), is_hex(word)) {
        (64, true) => Some("<hash>"),
        (8, true) => Some("<id>"),
        _ if is_instant(word) => Some("<instant>"),
        _ => shape(word).ends_with(".bad-00000000T000000Z").then_some("<set aside>"),
    }
}

fn is_instant(word: &str) -> bool {
    shape(word) == "0000-00-00T00:00:00.000000Z"
}

fn shape(word: &str) -> String {
    word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

#[test]
fn ids_instants_and_hashes_are_replaced_and_nothing_else() {
    let id = "9956e718-7ac9-5f5c-b9f8-c443663e27c2";
    assert_eq!(line(&format!("{{\"id\":\"{id}\",\"n\":1}}")).0, "{\"id\":\"<id>\",\"n\":1}");
    assert_eq!(line("main  9956e718  from savings").0, "main  <id>  from savings");
    assert_eq!(line("2026-11-23T14:55:55.254725Z 2026-11-23").0, "<instant> 2026-11-23");
    assert_eq!(line(&format!("{}  -", "0a".repeat(32))).0, "<hash>  -");
    assert_eq!(line("bought 10 AAPL at 150.25, fee 1.00.").0, "bought 10 AAPL at 150.25, fee 1.00.");
}

#[test]
fn an_id_is_the_same_wherever_it_appears() {
    let mut names = Names::default();
    assert!(names.is_same("id 11111111-7ac9-5f5c-b9f8-c443663e27c2", "id aaaaaaaa-0000-4f5c-b9f8-c443663e27c2"));
    assert!(names.is_same("voided 11111111", "voided aaaaaaaa"));
    assert!(!names.is_same("voided 22222222", "voided aaaaaaaa"), "one id, told by two");
    assert!(!names.is_same("voided 11111111", "voided bbbbbbbb"), "two ids, told by one");
}
