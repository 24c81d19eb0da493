//! Decoding text.

use std::io::{self, Read};

use encoding_rs::{Decoder, Encoding, UTF_16BE, UTF_16LE};

/// The UTF-16 encoding of a file's beginning, if it has one: by a byte order mark, or by letters between zeros.
pub(crate) fn is_wide(start: &[u8]) -> Option<&'static Encoding> {
    match start {
        [0xff, 0xfe, ..] => Some(UTF_16LE),
        [0xfe, 0xff, ..] => Some(UTF_16BE),
        [0, one, 0, other, ..] if *one != 0 && *other != 0 => Some(UTF_16BE),
        [one, 0, other, 0, ..] if *one != 0 && *other != 0 => Some(UTF_16LE),
        _ => None,
    }
}

/// Decodes a whole text: UTF-8, UTF-16, or else the given encoding.
pub(crate) fn decoded(bytes: &[u8], otherwise: &'static Encoding) -> String {
    if let Some(wide) = is_wide(bytes) {
        return wide.decode(bytes).0.into_owned();
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        // A character may be cut off at the end of a beginning.
        Err(error) if error.error_len().is_none() => {
            let whole = bytes.get(..error.valid_up_to()).unwrap_or_default();
            String::from_utf8_lossy(whole).trim_start_matches('\u{feff}').to_owned()
        }
        Err(_) => otherwise.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// A source that decodes UTF-16 to UTF-8 while reading; anything else is passed on unchanged.
pub(crate) struct Decoded<R> {
    source: R,
    wide: Option<Box<Wide>>,
}

struct Wide {
    decoder: Decoder,
    input: Vec<u8>,
    /// Decoded bytes that have not been read yet.
    output: Vec<u8>,
    given: usize,
    has_ended: bool,
}

impl<R: Read> Decoded<R> {
    const CHUNK: usize = 16 * 1024;

    pub(crate) fn new(source: R, wide: Option<&'static Encoding>) -> Self {
        let wide = wide.map(|encoding| {
            Box::new(Wide {
                decoder: encoding.new_decoder_with_bom_removal(),
                input: vec![0; Self::CHUNK],
                output: Vec::new(),
                given: 0,
                has_ended: false,
            })
        });
        Self { source, wide }
    }
}

impl Wide {
    /// Decodes the next bytes; false at the end.
    fn fill(&mut self, source: &mut impl Read) -> io::Result<bool> {
        while self.given == self.output.len() {
            if self.has_ended {
                return Ok(false);
            }
            let read = source.read(&mut self.input)?;
            self.has_ended = read == 0;
            let bytes = self.input.get(..read).unwrap_or_default();
            let room = self.decoder.max_utf8_buffer_length(read).unwrap_or(usize::MAX);
            let mut text = String::with_capacity(room);
            let _ = self.decoder.decode_to_string(bytes, &mut text, self.has_ended);
            self.output = text.into_bytes();
            self.given = 0;
        }
        Ok(true)
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(wide) = &mut self.wide else { return self.source.read(buffer) };
        if !wide.fill(&mut self.source)? {
            return Ok(0);
        }
        let given = wide.output.get(wide.given..).unwrap_or_default().read(buffer)?;
        wide.given = wide.given.saturating_add(given);
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_text_is_read_in_pieces_of_any_length() {
        let text = "Beløb;Værdi \u{1F600}\n";
        let wide: Vec<u8> = [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
        assert_eq!(decoded(&wide, encoding_rs::WINDOWS_1252), text);
        let mut source = Decoded::new(wide.as_slice(), is_wide(&wide));
        let (mut read, mut piece) = (Vec::new(), [0; 3]);
        loop {
            let length = source.read(&mut piece).unwrap();
            if length == 0 {
                break;
            }
            read.extend_from_slice(&piece[..length]);
        }
        assert_eq!(String::from_utf8(read).unwrap(), text);
    }

    #[test]
    fn what_is_not_utf_8_is_in_the_other_encoding() {
        assert_eq!(decoded(b"Bel\xf8b", encoding_rs::WINDOWS_1252), "Beløb");
        assert_eq!(decoded(b"\xef\xbb\xbfDate", encoding_rs::WINDOWS_1252), "Date");
        assert_eq!(decoded(b"Bel\xc3", encoding_rs::WINDOWS_1252), "Bel");
        assert_eq!(is_wide(b"Date"), None);
    }
}
