//! Whole numbers, as they are typed: of seconds, rows, decimal places or events.

use crate::domain::ValueError;

/// A parser of whole numbers between a minimum and a maximum.
pub(super) fn whole<N: TryFrom<u64>>(
    what: &'static str,
    least: u64,
    most: u64,
) -> impl Fn(&str) -> Result<N, ValueError> + Clone {
    move |text| {
        let number = text.parse().ok().filter(|number| (least..=most).contains(number));
        number.and_then(|number| N::try_from(number).ok()).ok_or_else(|| {
            let rule = match most {
                u64::MAX => format!("is not a whole number of {least} or more"),
                most => format!("is not a whole number from {least} to {most}"),
            };
            ValueError::new(what, "usage", text, rule)
        })
    }
}

#[test]
fn what_is_no_whole_number_of_the_range_is_refused_in_a_sentence() {
    let places = whole::<u32>("number of places", 0, 10);
    assert_eq!(places("10"), Ok(10));
    for text in ["2.5", "-1", "11", "two", "", "99999999999999999999"] {
        let said = places(text).unwrap_err().to_string();
        assert_eq!(said, format!("number of places `{text}` is not a whole number from 0 to 10"));
    }
    let said = whole::<u64>("number of rows", 1, u64::MAX)("0").unwrap_err().to_string();
    assert_eq!(said, "number of rows `0` is not a whole number of 1 or more");
}
