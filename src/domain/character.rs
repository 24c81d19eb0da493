//! Characters that are not what they appear to be.

/// Whether a character could control a terminal or reorder text: control characters, line and paragraph
/// separators, bidirectional embeddings and isolates, noncharacters.
#[must_use]
pub fn is_unprintable(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
        || matches!(character, '\u{FDD0}'..='\u{FDEF}' | '\u{FEFF}')
        || u32::from(character) & 0xFFFE == 0xFFFE
}

/// Whether a character is written from right to left: those of Hebrew, Arabic, and the other blocks that
/// Unicode reserves for right-to-left scripts.
#[must_use]
pub fn is_right_to_left(character: char) -> bool {
    matches!(character, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDCF}' | '\u{FDF0}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        || matches!(character, '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Whether a text shows nothing: it consists of whitespace and of characters that Unicode allows to be
/// ignored in display (`Default_Ignorable_Code_Point`).
pub(super) fn is_invisible(text: &str) -> bool {
    text.chars().all(|character| {
        character.is_whitespace()
            || matches!(character,
                '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}'..='\u{1160}' | '\u{17B4}'..='\u{17B5}'
                | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}'
                // Not ignorable, but as good as blank: a braille pattern without dots.
                | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFF8}'
                | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
    })
}
