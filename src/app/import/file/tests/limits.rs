//! Files that are too large, broken, or no CSV at all.

use std::io::Read;

use super::*;

const HEADER: &[u8] = b"date,symbol,price,note\n";
const MIB: usize = 1024 * 1024;

/// A source that counts the bytes read from it.
struct Counted<R> {
    source: R,
    read: usize,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.source.read(buffer)?;
        self.read = self.read.saturating_add(read);
        Ok(read)
    }
}

/// What is seen of a source without end, of which no more than a record's length may be read.
fn read_endless(source: impl Read) -> Seen {
    let mut counted = Counted { source, read: 0 };
    let seen = read_with(&mut counted, &options());
    assert!(counted.read < 2 * MIB, "{}", counted.read);
    seen
}

#[test]
fn endless_lines_are_refused_by_name_after_a_record_s_length() {
    assert_eq!(read_endless(io::repeat(0)).codes(), ["1 not_csv"]);
    assert_eq!(read_endless(io::repeat(b'a')).codes(), ["1 record_too_long"]);
    assert_eq!(read_endless(HEADER.chain(io::repeat(b','))).codes(), ["2 record_too_long"]);
    let seen = read_endless(HEADER.chain(&b"2024-01-31,A,1,\n\n\"x\n"[..]).chain(io::repeat(b'\n')));
    assert_eq!(seen.codes(), ["4 unclosed_quote"]);
    assert_eq!(seen.lines(), [2]);
}

#[test]
fn a_field_may_have_64_kib_and_a_record_1_mib() {
    let row = |note: usize| format!("2024-01-31,A,1,{}\n", "n".repeat(note));
    let file = |rows: &[String]| [HEADER, rows.concat().as_bytes()].concat();
    let seen = read_with(&file(&[row(65536), row(65537), row(1)])[..], &options());
    assert_eq!(seen.codes(), ["3 field_too_long"]);
    assert_eq!(seen.lines(), [2, 4]);

    let wide = |last: usize| format!("2024-01-31,A,1,{}{}\n", " ,".repeat(MIB / 2 - 10), " ".repeat(last));
    let (fits, too_long) = (wide(4), wide(5));
    assert_eq!(fits.len(), MIB);
    let seen = read_with(&file(&[fits, too_long, row(1)])[..], &options());
    assert_eq!(seen.lines(), [2]);
    assert_eq!(seen.codes(), ["3 record_too_long"]);
}

#[test]
fn an_unclosed_quote_is_reported_with_the_line_on_which_its_row_begins() {
    for rest in ["\n", "", "\n2024-01-31,B,2,\n2024-01-31,C,3,\n"] {
        let seen = read(&format!("date,symbol,price,note\n2024-01-31,A,1,ok\n\n2024-01-31,A,1,\"open{rest}"));
        assert_eq!(seen.codes(), ["4 unclosed_quote"], "{rest:?}");
        assert_eq!(seen.lines(), [2]);
    }
    let seen = read("date,symbol,price,note\n2024-01-31,A,1,5\" pipe\n2024-01-31,A,1,\"closed\"");
    assert_eq!(seen.lines(), [2, 3]);
}

#[test]
fn a_byte_that_is_not_utf_8_is_reported_with_line_and_place() {
    let file = b"date,symbol,price,note\r\n\r\n2024-01-31,A,1,\"x\r\nGr\xFC\xDFe\"\r\n";
    let seen = read_with(&file[..], &options());
    assert_eq!(seen.codes(), ["4 not_utf8"]);
    assert_eq!(seen.faults[0].to_string(), "line 4: byte 3: not UTF-8");
    assert_eq!(seen.faults[0].hint.as_deref(), Some("save the file as UTF-8"));
}

#[test]
fn other_kinds_of_files_are_named() {
    let utf_16: Vec<u8> = "date,symbol,price\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let files: [(&[u8], &str); 5] = [
        (&utf_16, "1 not_utf8"),
        (b"\xFF\xFEd\0", "1 not_utf8"),
        (b"PK\x03\x04\x14\0\x06\0", "1 not_csv"),
        (b"\x1F\x8B\x08\0", "1 not_csv"),
        (b"SQLite format 3\0", "1 not_csv"),
    ];
    for (file, code) in files {
        assert_eq!(read_with(file, &options()).codes(), [code]);
    }
}

#[test]
fn a_source_that_gives_one_byte_at_a_time_is_read_the_same() {
    struct Dripping<'a>(&'a [u8]);
    impl Read for Dripping<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let most = buffer.len().min(1);
            self.0.read(&mut buffer[..most])
        }
    }
    let file = "\u{feff}date;symbol;price;note\r\n2024-01-31;A;1;\"x\ny\"\r\n";
    let seen = read_with(Dripping(file.as_bytes()), &options());
    assert_eq!(seen.rows, read(file).rows);
    assert_eq!(seen.lines(), [2]);
}

#[test]
fn an_error_of_the_source_is_an_error_and_no_fault() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::from(io::ErrorKind::PermissionDenied))
        }
    }
    for start in [&b""[..], HEADER, b"date,symbol,price\n2024-01-31,A"] {
        let options = options();
        let mut rows = FileRows::new(start.chain(Broken), &options);
        assert_eq!(rows.find_map(Result::err).unwrap().kind(), io::ErrorKind::PermissionDenied);
        assert!(rows.next().is_none());
    }
}
