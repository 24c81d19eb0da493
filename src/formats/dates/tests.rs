use super::*;

fn manner(order: Option<DayOrder>) -> Manner<'static> {
    Manner { format: None, order, short_years: ShortYears::Refused }
}

fn seen(written: Written, zone: Option<&str>) -> String {
    let When { day, time, instant } = written.seen_from(zone.map(|zone| zone.parse().unwrap()).as_ref()).unwrap();
    let parts = [Some(day.to_string()), time.map(|value| value.to_string()), instant.map(|value| value.to_string())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn read(cell: &str, order: Option<DayOrder>) -> Option<String> {
    manner(order).read(cell).ok().map(|written| seen(written, None))
}

#[test]
fn forms_that_cannot_be_mistaken_are_read() {
    for (cell, when) in [
        ("2024-01-31", "2024-01-31"),
        ("2024/1/31", "2024-01-31"),
        ("20240131", "2024-01-31"),
        ("20240131;093015", "2024-01-31 09:30:15"),
        ("20240131160000.000[-5:EST]", "2024-01-31 16:00:00 2024-01-31T21:00:00.000000Z"),
        ("2024-01-31T14:30:00.123Z", "2024-01-31 14:30:00 2024-01-31T14:30:00.000000Z"),
        ("2024-01-31 00:00:00-04:00", "2024-01-31 00:00:00 2024-01-31T04:00:00.000000Z"),
        ("2021-11-23, 12:46:38", "2021-11-23 12:46:38"),
        ("2024-01-08T00:00", "2024-01-08 00:00:00"),
        ("January 10, 2024", "2024-01-10"),
        ("Jan 10 2024", "2024-01-10"),
        ("Sept 5, 2024", "2024-09-05"),
        ("02-Apr-2025", "2025-04-02"),
        ("02-mrt-2025", "2025-03-02"),
        ("30-okt-2024", "2024-10-30"),
        ("2 Mär 2024", "2024-03-02"),
        ("2 April 2025", "2025-04-02"),
        ("31/01/2024", "2024-01-31"),
        ("31.01.2024 13:42:58", "2024-01-31 13:42:58"),
        ("01/31/2024 03:30 PM", "2024-01-31 15:30:00"),
        ("06/17/2024 15:21:32 EDT", "2024-06-17 15:21:32"),
        ("05/05/2024", "2024-05-05"),
    ] {
        assert_eq!(read(cell, None).as_deref(), Some(when), "{cell}");
    }
    let all = ["", "2024", "2024-13-01", "2024-02-30", "31/31/2024", "Foo 1, 2024", "2024-01-31x", "1/2", "20/09/21"];
    for bad in all.into_iter().chain(["2024-01-31T25:00", "2024-01-31 13:00 PM", "９/9/2024", "1/2/3/4"]) {
        assert_eq!(read(bad, Some(DayOrder::DayFirst)), None, "{bad}");
    }
}

#[test]
fn one_date_of_a_file_tells_the_order_of_all() {
    let mut manner = manner(None);
    assert!(matches!(manner.read("02/03/2024"), Err(Unread::Ambiguous)));
    assert!(manner.read("17-08-2021").is_ok());
    assert_eq!(manner.read("02/03/2024").map(|date| seen(date, None)).unwrap(), "2024-03-02");
    assert!(matches!(manner.read("03/17/2024"), Err(Unread::Fault(_))));
    assert_eq!(ambiguous("02/03/2024").at(1).hint.unwrap(), "--date-format %d/%m/%Y or --date-format %m/%d/%Y");
}

#[test]
fn years_of_two_digits_are_known_or_refused() {
    let mut known = Manner { format: None, order: Some(DayOrder::MonthFirst), short_years: ShortYears::Known };
    assert_eq!(seen(known.read("03/18/24").unwrap(), None), "2024-03-18");
    let Err(Unread::Fault(fault)) = manner(None).read("20/09/21") else { panic!() };
    assert!(fault.at(1).message.contains("year of two digits"));
}

#[test]
fn a_point_in_time_falls_on_the_day_of_the_zone_unless_the_file_tells_its_own() {
    let mut manner = manner(None);
    let stamp = manner.read("2024-07-31T22:41:00.000Z").unwrap();
    assert_eq!(seen(stamp, Some("Europe/Berlin")), "2024-08-01 00:41:00 2024-07-31T22:41:00.000000Z");
    let time = manner.read_time("2024-07-31T22:41:00.000Z").unwrap().unwrap();
    let apart = manner.read("2024-08-01").unwrap().at(time);
    assert_eq!(seen(apart, None), "2024-08-01 22:41:00 2024-07-31T22:41:00.000000Z");
    assert_eq!(seen(apart, Some("Europe/Berlin")), "2024-08-01 00:41:00 2024-07-31T22:41:00.000000Z");
    assert_eq!(seen(manner.read("2024-01-08T00:00").unwrap().without_midnight(), None), "2024-01-08");
    assert!(manner.read_time("half past nine").is_err());
}
