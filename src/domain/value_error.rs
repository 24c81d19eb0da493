//! The error of a text that is not a valid value.

/// A text that is not a valid value of its type.
///
/// It names the value (escaped and shortened, so that it is safe to print), the rule that the value
/// breaks and, if there is one, a way out.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} `{value}` {rule}")]
pub struct ValueError {
    /// What the value should be, as a noun: `quantity`.
    pub what: &'static str,
    /// A stable code for scripts: `invalid_quantity`.
    pub code: &'static str,
    /// The offending text, made safe by [`excerpt`].
    pub value: String,
    /// The rule, as the rest of a sentence: `must be greater than 0`.
    pub rule: String,
    /// What to write instead.
    pub hint: Option<String>,
}

impl ValueError {
    pub(crate) fn new(what: &'static str, code: &'static str, value: &str, rule: impl Into<String>) -> Self {
        Self { what, code, value: excerpt(value), rule: rule.into(), hint: None }
    }

    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// At most 60 characters of `text`, with everything escaped that could control a terminal.
#[must_use]
pub fn excerpt(text: &str) -> String {
    const SHOWN: usize = 60;
    let mut shown = String::new();
    for (n, character) in text.chars().enumerate() {
        if n == SHOWN {
            shown.push('…');
            break;
        }
        let is_blank = !character.is_ascii() && super::character::is_invisible(character.encode_utf8(&mut [0; 4]));
        if is_blank || super::character::is_unprintable(character) {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_escaped_and_what_can_is_shown() {
        for (text, shown) in [
            ("AAPL Äpfel 苹果 '\"", "AAPL Äpfel 苹果 '\""),
            ("a\u{a0}b", "a\\u{a0}b"),
            ("a\u{200b}b", "a\\u{200b}b"),
            ("a\u{1b}[31m\n", "a\\u{1b}[31m\\n"),
        ] {
            assert_eq!(excerpt(text), shown);
        }
        assert_eq!([60, 61].map(|length| excerpt(&"x".repeat(length))), ["x".repeat(60), "x".repeat(60) + "…"]);
    }
}
