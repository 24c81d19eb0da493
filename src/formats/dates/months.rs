//! Names of months.

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Other abbreviations, mostly of other languages; each stands for the same month in all of them.
const ELSEWHERE: [(&str, u32); 27] = [
    ("ene", 1),
    ("gen", 1),
    ("janv", 1),
    ("fév", 2),
    ("févr", 2),
    ("fev", 2),
    ("maart", 3),
    ("mars", 3),
    ("mrt", 3),
    ("mär", 3),
    ("märz", 3),
    ("mrz", 3),
    ("abr", 4),
    ("avr", 4),
    ("mag", 5),
    ("mai", 5),
    ("maj", 5),
    ("mei", 5),
    ("giu", 6),
    ("juni", 6),
    ("lug", 7),
    ("juli", 7),
    ("ago", 8),
    ("sept", 9),
    ("okt", 10),
    ("dez", 12),
    ("dic", 12),
];

/// The month of an English name, in full or by its first three letters, in any case.
pub(crate) fn english_month(name: &str) -> Option<u32> {
    let named = |month: &str| {
        name.eq_ignore_ascii_case(month) || month.get(..3).is_some_and(|short| name.eq_ignore_ascii_case(short))
    };
    MONTHS.iter().zip(1..).find_map(|(month, number)| named(month).then_some(number))
}

/// The month of a name in any of the languages.
pub(super) fn month(name: &str) -> Option<u32> {
    english_month(name).or_else(|| {
        let lower = name.to_lowercase();
        ELSEWHERE.iter().find_map(|(month, number)| (*month == lower).then_some(*number))
    })
}
