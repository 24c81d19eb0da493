//! JSON files: a list of objects somewhere in a document.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::memory::{LineCount, Table};

/// The maximum depth of nested objects.
const DEPTH: usize = 4;

/// The objects in the list at the end of a path, or of the document itself if the path is empty; `None` if there is no
/// such list.
///
/// Numbers keep their digits. A member of a nested object, or of the first object in a list, has a name made of both,
/// as in `profile.symbol`.
pub(crate) fn rows(text: &str, path: &[String]) -> Option<Table> {
    let mut value: &RawValue = serde_json::from_str(text).ok()?;
    for key in path {
        let object: BTreeMap<Cow<'_, str>, &RawValue> = serde_json::from_str(value.get()).ok()?;
        value = object.get(key.as_str())?;
    }
    let list: Vec<&RawValue> = serde_json::from_str(value.get()).ok()?;
    let mut lines = LineCount::new(text);
    let mut table = Table::default();
    for object in list {
        let place = (object.get().as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        let mut values = Vec::new();
        flatten(object, "", DEPTH, &mut values)?;
        table.push(lines.at(place), values.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    }
    Some(table)
}

fn flatten(object: &RawValue, prefix: &str, depth: usize, values: &mut Vec<(String, String)>) -> Option<()> {
    if depth == 0 {
        return Some(());
    }
    let members: Members<'_> = serde_json::from_str(object.get()).ok()?;
    for (name, value) in members.0 {
        let name = format!("{prefix}{name}");
        match value.get().as_bytes().first() {
            Some(b'{') => flatten(value, &format!("{name}."), depth.saturating_sub(1), values)?,
            Some(b'"') => values.push((name, serde_json::from_str(value.get()).ok()?)),
            Some(b'[') => {
                let first = serde_json::from_str::<Vec<&RawValue>>(value.get()).ok()?.into_iter().next();
                if let Some(first) = first.filter(|first| first.get().starts_with('{')) {
                    flatten(first, &format!("{name}."), depth.saturating_sub(1), values)?;
                }
            }
            Some(b'n') | None => {}
            Some(_) => values.push((name, value.get().to_owned())),
        }
    }
    Some(())
}

/// The members of an object in order.
struct Members<'v>(Vec<(String, &'v RawValue)>);

impl<'de: 'v, 'v> serde::Deserialize<'de> for Members<'v> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Visitor).map(Self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::readers::Step;
    use crate::formats::row::Row;

    #[test]
    fn objects_are_flattened_and_numbers_keep_their_digits() {
        let text = "{\"a\": {\"rows\": [\n {\"n\": 1.50, \"in\": {\"s\": \"x\\\"y\"}, \"l\": [1], \"z\": null},\n\n {\"m\": true}]}}";
        let mut table = rows(text, &["a".to_owned(), "rows".to_owned()]).unwrap();
        let mut row = Row { line: 0, cells: csv::StringRecord::new() };
        let Some(Step::Header(_, header)) = table.advance(&mut row) else { panic!() };
        assert_eq!(header.names, vec!["n", "in.s", "m"]);
        assert!(matches!(table.advance(&mut row), Some(Step::Row(0))));
        assert_eq!((row.line, &row.cells), (2, &csv::StringRecord::from(vec!["1.50", "x\"y"])));
        assert!(matches!(table.advance(&mut row), Some(Step::Row(0))));
        assert_eq!((row.line, &row.cells), (4, &csv::StringRecord::from(vec!["", "", "true"])));
        for bad in ["{\"a\": 1}", "[1]", "", "{\"a\": {\"rows\": {}}}"] {
            assert!(rows(bad, &["a".to_owned(), "rows".to_owned()]).is_none(), "{bad}");
        }
    }
}
