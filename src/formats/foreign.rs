//! Recognizes files that are not UTF-8 text by their first bytes, so that a message can name their kind.

use super::fault::Fault;

const BINARY: [(&[u8], &str, &str); 5] = [
    (b"PK\x03\x04", "an Excel workbook (or another ZIP file)", "save the sheet as CSV (UTF-8) and import that"),
    (b"\xD0\xCF\x11\xE0", "an Excel workbook", "save the sheet as CSV (UTF-8) and import that"),
    (b"\x1F\x8B", "compressed with gzip", "unpack it first: `gunzip -c FILE | stockbook import -`"),
    (b"SQLite format 3", "a SQLite database", "export its rows as CSV and import those"),
    (b"%PDF-", "a PDF document", "download the statement as CSV and import that"),
];

/// The kind of a file that is not text at all.
pub(crate) fn binary(start: &[u8]) -> Option<Fault> {
    let found = BINARY.iter().find(|(magic, ..)| start.starts_with(magic));
    found.map(|(_, name, hint)| Fault::new("not_csv", format!("the file is {name}, not CSV")).with_hint(*hint))
}

/// The kind of a file that is not UTF-8 text.
pub(crate) fn foreign(start: &[u8]) -> Option<Fault> {
    if let Some(fault) = binary(start) {
        return Some(fault);
    }
    let head = start.get(..4).unwrap_or(start);
    let some_zeros = head.contains(&0) && head.iter().any(|&byte| byte != 0);
    let wide = [&b"\xFF\xFE"[..], b"\xFE\xFF", b"\0\0\xFE\xFF"].iter().any(|mark| start.starts_with(mark));
    if wide || some_zeros {
        let fault = Fault::new("not_utf8", "the file looks like UTF-16 or UTF-32, not UTF-8");
        return Some(fault.with_hint("save the file as UTF-8"));
    }
    if start.contains(&0) {
        return Some(Fault::new("not_csv", "the file holds NUL bytes; it is not CSV text"));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(start: &[u8]) -> Option<&'static str> {
        foreign(start).map(|fault| fault.at(1).code)
    }

    #[test]
    fn wide_encodings_are_named_with_and_without_a_mark() {
        for start in
            [&b"\xFF\xFEd\0"[..], b"\xFE\xFF\0d", b"\xFF\xFE\0\0d\0\0\0", b"\0\0\xFE\xFF", b"d\0a\0", b"\0d\0a", b"d\0"]
        {
            assert_eq!(code(start), Some("not_utf8"), "{start:?}");
        }
    }

    #[test]
    fn workbooks_archives_and_databases_are_named() {
        for start in
            [&b"PK\x03\x04\x14"[..], b"\xD0\xCF\x11\xE0\xA1", b"\x1F\x8B\x08", b"SQLite format 3\0", b"%PDF-1.7"]
        {
            assert_eq!(code(start), Some("not_csv"), "{start:?}");
        }
        assert_eq!(code(b"\0\0\0\0\0"), Some("not_csv"));
    }

    #[test]
    fn text_is_let_through() {
        for start in [&b"date,price\n"[..], b"\xEF\xBB\xBFdate", b"d", b"", "Größe,Stück\n".as_bytes()] {
            assert_eq!(code(start), None, "{start:?}");
        }
    }
}
