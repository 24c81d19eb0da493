use super::super::{Cell, Row, Rows};
use super::*;

const PIPE: Screen = Screen { width: None, color: false, unicode: true };

fn at(width: u16) -> Screen {
    Screen { width: Some(width), ..PIPE }
}

fn plain(texts: &[&str]) -> Vec<Cell> {
    texts.iter().map(|text| Cell::plain(*text)).collect()
}

fn holdings() -> Table {
    let columns = vec![
        Column::key("symbol", 100),
        Column::text("company", 10),
        Column::number("quantity", 80),
        Column::number("avg cost", 30),
        Column::number("cost basis", 50),
        Column::number("price", 60),
        Column::number("value", 90),
        Column::number("gain", 70),
        Column::number("gain %", 40),
        Column::number("realized", 20),
    ];
    let row = |texts: [&str; 8], gain: &str, rate: &str, tone: Tone| {
        let mut cells = plain(&texts[..7]);
        cells.extend([Cell::new(gain, tone), Cell::new(rate, tone), Cell::plain(texts[7])]);
        cells
    };
    let apple = ["AAPL", "Apple Inc.", "125", "150.25", "18,781.25", "189.30", "23,662.50", "+1,204.00"];
    let ntt = [
        "NTT",
        "日本電信電話 Nippon Telegraph & Telephone",
        "1,000.5",
        "1.10",
        "1,100.55",
        "0.98765",
        "988.15",
        "0.00",
    ];
    let space = ["SPCE", "👩\u{200d}🚀 Space e\u{301}toile", "0.0000000001", "2.00", "0.00", "2.50", "0.00", "0.00"];
    let usd = ["USD", "", "", "", "19,881.80", "", "24,650.65", "+1,204.00"];
    let eur = ["EUR", "", "", "", "20,000.00", "", "21,000.00", "-55.10"];
    Table {
        columns,
        rows: Rows::from_iter([
            Row::Data(row(apple, "+4,881.25", "+25.99%", Tone::Gain)),
            Row::Data(row(ntt, "-112.40", "-10.21%", Tone::Loss)),
            Row::Data(row(space, "0.00", "0.00%", Tone::Plain)),
            Row::Total(row(usd, "+4,768.85", "+23.99%", Tone::Gain)),
            Row::Total(row(eur, "+1,000.00", "+5.00%", Tone::Gain)),
        ]),
    }
}

#[test]
fn a_table_has_a_rule_under_its_header_and_one_over_its_totals() {
    let table = Table {
        columns: vec![Column::key("symbol", 2), Column::number("value", 1)],
        rows: Rows::from_iter([Row::Data(plain(&["AAPL", "1,503.50"])), Row::Total(plain(&["USD", "1,503.50"]))]),
    };
    let lines =
        ["SYMBOL     VALUE", "────────────────", "AAPL    1,503.50", "────────────────", "USD     1,503.50", ""];
    assert_eq!(table.render(PIPE).text, lines.join("\n"));
    let ascii = table.render(Screen { unicode: false, ..PIPE }).text;
    assert_eq!(ascii, lines.join("\n").replace('─', "-"));
}

#[test]
fn no_line_is_wider_than_the_screen_or_ends_in_a_blank() {
    for width in (1..=200).chain([500, u16::MAX]) {
        for (color, unicode) in [(false, true), (false, false), (true, true)] {
            let screen = Screen { color, ..at(width) };
            let text = holdings().render(Screen { unicode, ..screen }).text;
            for line in text.lines() {
                let bare = without_escapes(line);
                assert!(bare.width() <= usize::from(width), "{width}: {bare}");
                assert_eq!(bare.trim_end(), bare, "{width}");
            }
        }
    }
}

#[test]
fn a_pipe_and_an_unknown_width_get_everything_whole() {
    let piped = holdings().render(PIPE);
    assert_eq!(piped.hidden, [""; 0]);
    assert!(piped.text.contains("日本電信電話 Nippon Telegraph & Telephone"));
    assert_eq!(holdings().render(at(0)), piped);
    assert_eq!(holdings().render(at(500)), piped);
}

#[test]
fn all_rows_line_up_whatever_the_script() {
    for width in [0, 80, 100, 120, 500] {
        let text = holdings().render(at(width)).text;
        let widths: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
        // The last column is flush right and full in every row, at each of these widths.
        assert!(widths.iter().all(|line| *line == widths[0]), "{width}\n{text}");
    }
}

#[test]
fn a_number_is_whole_or_not_there() {
    for width in 20..=200 {
        let Rendered { text, hidden } = holdings().render(at(width));
        for (header, number) in [("quantity", "0.0000000001"), ("value", "24,650.65"), ("price", "0.98765")] {
            assert_ne!(text.contains(number), hidden.contains(&header), "{width}\n{text}");
        }
    }
}

#[test]
fn company_names_give_way_before_any_figure_and_what_is_hidden_is_said() {
    let at_120 = holdings().render(at(120));
    assert_eq!(at_120.hidden, [""; 0]);
    assert!(at_120.text.contains("日本電信電話 Nippo…"), "{}", at_120.text);
    assert_eq!(holdings().render(at(80)).hidden, ["company", "avg cost", "realized"]);
    assert_eq!(holdings().render(at(20)).hidden.len(), 8);
}

#[test]
fn the_first_column_stays_and_is_cut_only_where_not_even_it_fits() {
    let table =
        |symbol| Table { columns: vec![Column::key("id", 0)], rows: Rows::from_iter([Row::Data(plain(&[symbol]))]) };
    assert_eq!(table("BRK.B").render(at(5)).text, "ID\n─────\nBRK.B\n");
    assert_eq!(table("BRK.B").render(at(3)).text, "ID\n───\nBR…\n");
    assert_eq!(table("BRK.B").render(at(1)).text, "…\n─\n…\n");
}

/// Positions in two portfolios, all of them in one currency.
fn positions(currencies: [&str; 2]) -> Table {
    let columns = vec![
        Column::key("symbol", 100),
        Column::distinguishing("portfolio", 1),
        Column::number("value", 90),
        Column::number("gain", 80),
        Column::distinguishing("currency", 2),
    ];
    let rows = [
        ["AAPL", "retirement of Anna", "23,662.50", "+4,881.25", currencies[0]],
        ["AAPL", "savings", "988.15", "-112.4", currencies[1]],
    ];
    let total = Row::Total(plain(&["total", "", "24,650.65", "+4,768.85"]));
    Table { columns, rows: rows.iter().map(|row| Row::Data(plain(row))).chain([total]).collect() }
}

#[test]
fn what_is_the_same_in_all_rows_is_said_once_before_anything_is_left_out() {
    let Rendered { text, hidden } = positions(["USD", "USD"]).render(at(48));
    let lines = [
        "currency USD",
        "",
        "SYMBOL  PORTFOLIO               VALUE       GAIN",
        "────────────────────────────────────────────────",
        "AAPL    retirement of Anna  23,662.50  +4,881.25",
        "AAPL    savings                988.15    -112.4",
        "────────────────────────────────────────────────",
        "total                       24,650.65  +4,768.85",
        "",
    ];
    assert_eq!((text, hidden), (lines.join("\n"), vec![]));
    // With room for it, it stays a column.
    assert!(positions(["USD", "USD"]).render(at(58)).text.starts_with("SYMBOL"));
}

#[test]
fn what_tells_rows_apart_stays_at_any_width() {
    for width in 40..60 {
        let Rendered { text, hidden } = positions(["USD", "EUR"]).render(at(width));
        assert!(text.contains("USD\n") && text.contains("EUR\n") && text.contains("savings"), "{width}\n{text}");
        assert!(hidden.is_empty() || hidden == ["gain"], "{width}: {hidden:?}");
    }
    let text = positions(["USD", "EUR"]).render(at(40)).text;
    assert!(text.contains("AAPL    retirement…  23,662.50  USD\n"), "{text}");
}

#[test]
fn numbers_stand_with_their_points_under_each_other() {
    let columns = vec![Column::key("symbol", 1), Column::number("quantity", 1), Column::key("id", 1)];
    let rows =
        ["1,250.125", "10", "-0.5", "4:1", "24-01-02", ""].map(|quantity| Row::Data(plain(&["AAPL", quantity, "x"])));
    let text = Table { columns, rows: rows.into_iter().collect() }.render(PIPE).text;
    let lines: Vec<&str> = text.lines().skip(2).collect();
    assert_eq!(
        lines,
        [
            "AAPL    1,250.125  x",
            "AAPL       10      x",
            "AAPL       -0.5    x",
            "AAPL          4:1  x",
            "AAPL     24-01-02  x",
            "AAPL               x"
        ]
    );
}

#[test]
fn sentences_go_on_below() {
    let columns = vec![Column::number("n", 80), Column::prose("what", 100), Column::key("id", 10)];
    let rows = [["1", "bought 10 AAPL at 150.00 in portfolio main", "a1"], ["2", "voided", "a2"]];
    let table = Table { columns, rows: rows.map(|row| Row::Data(plain(&row))).into_iter().collect() };
    let lines = [
        "N  WHAT                      ID",
        "───────────────────────────────",
        "1  bought 10 AAPL at 150.00  a1",
        "   in portfolio main",
        "2  voided                    a2",
        "",
    ];
    assert_eq!(table.render(at(31)).text, lines.join("\n"));
    assert_eq!(table.render(PIPE).text.lines().count(), 4);
}

#[test]
fn without_colour_there_is_no_escape_byte_and_no_mark() {
    let text = holdings().render(PIPE).text;
    assert!(!text.contains(|c: char| c != '\n' && crate::domain::is_unprintable(c)));
}

#[test]
fn with_colour_the_text_is_the_same_and_gains_are_green() {
    let text = holdings().render(Screen { color: true, ..PIPE }).text;
    assert_eq!(without_escapes(&text), holdings().render(PIPE).text);
    assert!(text.starts_with("\u{1b}[1mSYMBOL\u{1b}[0m"));
    assert!(text.contains("\u{1b}[32m+4,881.25\u{1b}[0m"));
    assert!(text.contains("\u{1b}[31m-112.40\u{1b}[0m"));
    assert!(text.contains("\u{1b}[1m\u{1b}[32m+4,768.85\u{1b}[0m"));
}

#[test]
fn text_of_a_damaged_book_cannot_leave_its_cell() {
    let damaged = "evil\u{1b}]0;x\u{7}\r\nfake\u{202e}\u{2069}  \u{85}";
    let rows = [Row::Data(plain(&[damaged, "1"])), Row::Total(plain(&[damaged, "1"]))];
    let table =
        Table { columns: vec![Column::text("company", 1), Column::number("n", 1)], rows: Rows::from_iter(rows) };
    let text = table.render(PIPE).text;
    assert!(text.contains("evil\\u{1b}]0;x\\u{7}\\r\\nfake\\u{202e}\\u{2069}  \\u{85}  1\n"), "{text}");
    assert_eq!(text.lines().count(), 5);
    let colored = table.render(Screen { color: true, ..PIPE }).text;
    assert_eq!(without_escapes(&colored), text);
}

#[test]
fn a_cell_of_absurd_length_still_takes_one_line() {
    let table = Table {
        columns: vec![Column::text("note", 1)],
        rows: Rows::from_iter([Row::Data(plain(&[&"x".repeat(200_000)]))]),
    };
    assert_eq!(table.render(PIPE).text.lines().count(), 3);
}

#[test]
fn rows_of_another_length_than_the_header_are_filled_or_cut() {
    let rows = [Row::Data(vec![]), Row::Data(plain(&["1", "2", "3"]))];
    let table = Table { columns: vec![Column::key("a", 1), Column::key("b", 1)], rows: Rows::from_iter(rows) };
    assert_eq!(table.render(PIPE).text, "A  B\n────\n\n1  2\n");
}

#[test]
fn a_table_without_rows_is_its_header() {
    let columns = vec![Column::key("symbol", 1)];
    assert_eq!(Table { columns, rows: Rows::default() }.render(PIPE).text, "SYMBOL\n──────\n");
    assert_eq!(Table { columns: vec![], rows: Rows::default() }.render(PIPE).text, "");
}

#[test]
fn a_column_that_no_row_has_anything_for_can_be_left_out() {
    let columns = vec![Column::key("date", 1), Column::key_if_any("time", 1), Column::key("id", 1)];
    let table = |time| {
        let rows = [["1", "", "a"], ["2", time, "b"]];
        Table { columns: columns.clone(), rows: rows.map(|row| Row::Data(plain(&row))).into_iter().collect() }
    };
    let without =
        Rendered { text: "DATE  ID\n────────\n1     a\n2     b\n".to_owned(), hidden: vec![] };
    assert_eq!(table("").render(PIPE), without);
    assert_eq!(table("9:00").render(PIPE).text, "DATE  TIME  ID\n──────────────\n1           a\n2     9:00  b\n");
}

#[test]
fn figures_keep_their_places_behind_words_from_right_to_left() {
    let columns = vec![Column::text("company", 1), Column::number("quantity", 1), Column::number("value", 1)];
    let rows = [["בנק", "5", "1,234.50"], ["شركة مساهمة عامة محدودة", "10", "99.00"], ["Acme", "7", "3.00"]];
    let table = Table { columns, rows: rows.iter().map(|row| Row::Data(plain(row))).collect() };
    let text = table.render(at(30)).text;
    let lines: Vec<&str> = text.lines().collect();
    // The mark is behind the word, before any figure, also where the word was shortened.
    assert!(lines[2].starts_with("בנק\u{200e} ") && lines[3].contains("…\u{200e} "), "{text}");
    assert!(!lines[0].contains('\u{200e}') && !lines[4].contains('\u{200e}'), "{text}");
    assert!(lines.iter().all(|line| line.width() == 30), "{text}");
    let ascii = table.render(Screen { unicode: false, ..at(30) }).text;
    assert!(!ascii.contains('\u{200e}'));
}

#[test]
fn a_table_of_any_length_lines_up() {
    let columns = vec![Column::number("n", 1), Column::text("note", 1)];
    let rows = (1..=2500).map(|n| Row::Data(plain(&[&n.to_string(), "note"])));
    let total = Row::Total(plain(&["3126250", "total"])); // 2500 × 2501 ÷ 2
    let text = Table { columns, rows: rows.chain([total]).collect() }.render(PIPE).text;
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2504);
    assert_eq!(
        [lines[0], lines[2], lines[1001], lines[2501]],
        ["      N  NOTE", "      1  note", "   1000  note", "   2500  note"]
    );
    assert_eq!(lines[1], lines[2502]);
    assert_eq!(lines[2503], "3126250  total");
}

/// `text` as it looks: a sequence begins with `ESC [` and ends with `m`, and nothing else may.
fn without_escapes(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap().to_owned();
    parts.fold(first, |bare, part| bare + part.split_once('m').unwrap().1)
}
