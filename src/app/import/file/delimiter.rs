//! Detecting the delimiter of a file.

/// A delimiter of columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Delimiter {
    Tab,
    Semicolon,
    Comma,
}

impl Delimiter {
    /// Of equally frequent ones, the last wins.
    const ALL: [Self; 3] = [Self::Tab, Self::Semicolon, Self::Comma];

    pub(super) fn byte(self) -> u8 {
        match self {
            Self::Tab => b'\t',
            Self::Semicolon => b';',
            Self::Comma => b',',
        }
    }

    /// The one that occurs most often outside quotes.
    pub(super) fn of_header(line: &[u8]) -> Self {
        let count = |delimiter: &Self| {
            let unquoted = line.split(|&byte| byte == b'"').step_by(2);
            unquoted.flatten().filter(|&&byte| byte == delimiter.byte()).count()
        };
        Self::ALL.into_iter().max_by_key(count).unwrap_or(Self::Comma)
    }

    /// The one declared by a line `sep=;`, which Excel writes and reads.
    pub(super) fn declared(line: &[u8]) -> Option<Self> {
        let (key, value) = line.strip_suffix(b"\n").unwrap_or(line).split_at_checked(4)?;
        let named = key.eq_ignore_ascii_case(b"sep=");
        Self::ALL.into_iter().find(|delimiter| named && value == [delimiter.byte()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_shows_the_delimiter() {
        for (line, delimiter) in [
            ("date,action,price", Delimiter::Comma),
            ("date;action;price", Delimiter::Semicolon),
            ("date\taction\tprice", Delimiter::Tab),
            ("date;\"a,b,c,d\";price, net", Delimiter::Semicolon),
            ("date", Delimiter::Comma),
        ] {
            assert_eq!(Delimiter::of_header(line.as_bytes()), delimiter, "{line}");
        }
    }

    #[test]
    fn a_declared_delimiter_is_read() {
        for (line, delimiter) in [
            ("sep=;\n", Some(Delimiter::Semicolon)),
            ("SEP=,\n", Some(Delimiter::Comma)),
            ("sep=\t\n", Some(Delimiter::Tab)),
            ("sep=|\n", None),
            ("sep=\n", None),
            ("sep", None),
            ("set=;\n", None),
        ] {
            assert_eq!(Delimiter::declared(line.as_bytes()), delimiter, "{line}");
        }
    }
}
