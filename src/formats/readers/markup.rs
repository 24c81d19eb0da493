//! XML files whose rows are the attributes of elements.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use super::memory::{LineCount, Table};

/// The name of the root element.
pub(crate) fn root(text: &str) -> Option<String> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => return Some(start.name().as_ref().to_owned()),
            Event::Eof => return None,
            Event::End(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

/// The elements with these names, wherever they are: their attributes, and their name as `_element`. `None` if the
/// document is malformed.
pub(crate) fn rows(text: &str, elements: &[String]) -> Option<Table> {
    let mut reader = Reader::from_str(text);
    let mut lines = LineCount::new(text);
    let mut table = Table::with_columns(&["_element"]);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) | Event::Empty(start) => {
                let name = start.name().as_ref().to_owned();
                if elements.contains(&name) {
                    let place = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
                    let values = attributes(&start)?;
                    let values = values.iter().map(|(name, value)| (name.as_str(), value.as_str()));
                    table
                        .push(lines.at(place.min(text.len())), [("_element", name.as_str())].into_iter().chain(values));
                }
            }
            Event::Eof => return Some(table),
            Event::End(_)
            | Event::Text(_)
            | Event::CData(_)
            | Event::Comment(_)
            | Event::Decl(_)
            | Event::PI(_)
            | Event::DocType(_)
            | Event::GeneralRef(_) => {}
        }
    }
}

fn attributes(start: &BytesStart<'_>) -> Option<Vec<(String, String)>> {
    let mut values = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        values.push((attribute.key.as_ref().to_owned(), value.into_owned()));
    }
    Some(values)
}
