//! CSV that a program reads exactly and a spreadsheet opens harmlessly.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{ErrorKind, Terminator, Writer, WriterBuilder};

use crate::formats::defused;

/// One value of a record.
///
/// Text and numbers are marked by the code that writes them, since only then can text that looks
/// like a formula be defused without touching the `-` of a negative number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field<'a> {
    /// Text, which a spreadsheet must not read as a formula.
    Text(&'a str),
    /// A number, date or instant in plain notation, written as it is.
    Number(Cow<'a, str>),
    /// An unknown value.
    Empty,
}

/// Writes a header and records of the same length: RFC 4180, with line feeds as line ends.
pub struct Csv<W: Write> {
    writer: Writer<W>,
}

impl<W: Write> Csv<W> {
    /// Writes the header line.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn new(out: W, header: &[&str]) -> io::Result<Self> {
        let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
        writer.write_record(header).map_err(io_error)?;
        Ok(Self { writer })
    }

    /// Adds a record.
    ///
    /// # Errors
    /// If `out` cannot be written, or the record does not have as many fields as the header.
    pub fn record(&mut self, fields: &[Field<'_>]) -> io::Result<()> {
        for field in fields {
            match field {
                Field::Text(text) => self.writer.write_field(defused(text).as_bytes()),
                Field::Number(number) => self.writer.write_field(number.as_bytes()),
                Field::Empty => self.writer.write_field(""),
            }
            .map_err(io_error)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }

    /// Writes out what is buffered.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }

    /// Writes out what is still buffered. Without this the last records may be lost unnoticed.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// The underlying error, whose kind distinguishes a closed pipe from a full disk.
fn io_error(error: csv::Error) -> io::Error {
    let message = error.to_string();
    if let ErrorKind::Io(inner) = error.into_kind() {
        inner
    } else {
        io::Error::new(io::ErrorKind::InvalidData, message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(records: &[&[Field<'_>]]) -> String {
        let mut out = Vec::new();
        let mut csv = Csv::new(&mut out, &["symbol", "gain"]).unwrap();
        for record in records {
            csv.record(record).unwrap();
        }
        csv.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_header_stands_even_over_no_records() {
        assert_eq!(written(&[]), "symbol,gain\n");
    }

    #[test]
    fn text_is_quoted_where_it_must_be() {
        let record = [Field::Text("Say \"a, b\""), Field::Empty];
        assert_eq!(written(&[&record]), "symbol,gain\n\"Say \"\"a, b\"\"\",\n");
        let record = [Field::Text("two\nlines"), Field::Number("1.5".into())];
        assert_eq!(written(&[&record]), "symbol,gain\n\"two\nlines\",1.5\n");
    }

    #[test]
    fn a_formula_in_text_is_defused() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "=HYPERLINK(\"http://x\",\"y\")"] {
            let text = written(&[&[Field::Text(formula), Field::Empty]]);
            let mut reader = csv::Reader::from_reader(text.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            assert_eq!(record.get(0), Some(format!("'{formula}").as_str()));
        }
        assert_eq!(written(&[&[Field::Text("a=b"), Field::Empty]]), "symbol,gain\na=b,\n");
    }

    #[test]
    fn a_negative_number_stays_a_number() {
        let record = [Field::Text("AAPL"), Field::Number("-12.5".into())];
        assert_eq!(written(&[&record]), "symbol,gain\nAAPL,-12.5\n");
    }

    #[test]
    fn a_record_of_another_length_is_an_error() {
        let mut csv = Csv::new(Vec::new(), &["a", "b"]).unwrap();
        assert_eq!(csv.record(&[Field::Empty]).unwrap_err().kind(), io::ErrorKind::InvalidData);
    }

    #[test]
    fn a_closed_pipe_is_told_from_other_errors() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let mut csv = Csv::new(Closed, &["note"]).unwrap();
        let long = "x".repeat(100_000);
        assert_eq!(csv.record(&[Field::Text(&long)]).unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
