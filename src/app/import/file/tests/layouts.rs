//! Headers, delimiters and kinds of files.

use super::*;

#[test]
fn a_trades_file_is_recognized_by_its_action_column() {
    let seen = read("Note , ACTION,symbol,Quantity,price,DATE,Venue\nfirst,Buy,aapl,10,150.25,2024-01-31,X\n");
    assert_eq!(seen.summary.kind, Some(FileKind::Trades));
    assert_eq!(seen.summary.rows, 1);
    assert_eq!(seen.summary.ignored_columns, ["Venue"]);
    let expected = TradeRow {
        date: "2024-01-31".parse().unwrap(),
        time: None,
        instant: None,
        side: crate::domain::Side::Buy,
        as_of: None,
        symbol: "AAPL".parse().unwrap(),
        quantity: "10".parse().unwrap(),
        consideration: crate::domain::Consideration::Price("150.25".parse().unwrap()),
        fee: None,
        portfolio: None,
        note: Some("first".parse().unwrap()),
        id: None,
        currency: None,
        lots: Vec::new(),
        settled: None,
        charged: None,
    };
    assert_eq!(seen.rows, [(2, ImportRow::Trade(expected))]);
}

#[test]
fn a_prices_file_is_one_without_actions() {
    let seen = read("symbol,date,price,source\nMSFT,Jan 1 2000,39.81,x\n");
    let expected = PriceRow {
        date: "2000-01-01".parse().unwrap(),
        symbol: "MSFT".parse().unwrap(),
        price: "39.81".parse().unwrap(),
        currency: None,
    };
    assert_eq!(seen.rows, [(2, ImportRow::Price(expected))]);
    assert_eq!(seen.summary, FileSummary { rows: 1, kind: Some(FileKind::Prices), ignored_columns: Vec::new() });
}

#[test]
fn the_close_of_a_one_stock_file_is_its_price() {
    let file =
        "Date,Open,High,Low,Close,Adj Close,Volume\n2024-01-30,1,2,0.5,1.75,1.7,100\n2024-01-31,1,2,0,null,1,1\n";
    let seen = read_with(file.as_bytes(), &of_stock("AAPL"));
    assert_eq!(seen.price(0).price.to_string(), "1.75");
    assert_eq!(seen.price(0).symbol.as_str(), "AAPL");
    assert_eq!(seen.codes(), ["3 invalid_price"]);
    let seen = read(file);
    assert_eq!(seen.codes(), ["1 missing_column"]);
    assert!(seen.faults[0].hint.as_deref().unwrap().contains("--symbol"));
}

#[test]
fn delimiters_line_ends_and_byte_order_marks_make_no_difference() {
    let plain = "date,symbol,price\n2024-01-30,A,1\n2024-01-31,B,\"2\"\n";
    let expected = read(plain).rows;
    assert_eq!(expected.len(), 2);
    for other in [
        plain.replace(',', ";"),
        plain.replace(',', "\t"),
        plain.replace('\n', "\r\n"),
        plain.trim_end().to_owned(),
        plain.replace('\n', "\r\n").trim_end().to_owned(),
        format!("\u{feff}{plain}"),
        format!("\u{feff}{}", plain.replace("date", "\"date\"")),
        plain.replace('B', " b "),
        plain.replace("price", "price,").replace("A,1", "A,1,").replace("\"2\"", "2,,, "),
    ] {
        assert_eq!(read(&other).rows, expected, "{other:?}");
    }
    let declared = read(&format!("sep=;\n{}", plain.replace(',', ";")));
    assert_eq!(declared.lines(), [3, 4]);
}

#[test]
fn all_missing_columns_are_named_at_once() {
    let seen = read("Trade Date,action,Shares\n2024-01-31,buy,1\n");
    assert_eq!(seen.codes(), ["1 missing_column"]);
    assert_eq!(seen.faults[0].message, "missing columns: date, symbol, quantity, price or amount");
    let hint = seen.faults[0].hint.as_deref().unwrap();
    assert!(hint.contains("Trade Date, action, Shares") && hint.contains("`--map date=HEADER`"), "{hint}");
    assert_eq!(seen.summary, FileSummary::default());
}

#[test]
fn trades_without_an_action_column_are_not_taken_for_prices() {
    let seen = read("date,type,symbol,quantity,price\n2024-01-31,buy,A,1,2\n");
    assert_eq!(seen.faults[0].message, "missing column: action");
}

#[test]
fn a_column_that_is_read_must_not_stand_twice() {
    assert_eq!(read("date,symbol,price,PRICE\n").codes(), ["1 duplicate_column"]);
    assert_eq!(read("date,symbol,price,note,note,,\n").codes(), [""; 0]);
}

#[test]
fn mapped_columns_are_read_under_the_file_s_names() {
    let file = "Datum;Stück;Typ;ISIN;Kurs;Price\n2024-01-31;3;buy;A;4.5;9\n";
    let options = mapped(&["date=datum", "quantity=STÜCK", "action=Typ", "symbol=ISIN", "price=Kurs"]);
    let seen = read_with(file.as_bytes(), &options);
    assert_eq!(seen.codes(), [""; 0]);
    assert_eq!(seen.trade(0).quantity.to_string(), "3");
    assert_eq!(seen.trade(0).consideration, crate::domain::Consideration::Price("4.5".parse().unwrap()));
    assert_eq!(seen.summary.ignored_columns, ["Price"]);
}

#[test]
fn a_header_mapped_to_another_column_is_not_read_as_its_own() {
    let file = "date,action,symbol,quantity,amount\n2024-01-31,buy,A,1,5\n";
    let seen = read_with(file.as_bytes(), &mapped(&["price=Amount"]));
    assert_eq!(seen.trade(0).consideration, crate::domain::Consideration::Price("5".parse().unwrap()));
}

#[test]
fn a_mapping_must_fit_the_file() {
    let file = "date,symbol,price,x\n2024-01-31,A,1,2\n";
    let seen = read_with(file.as_bytes(), &mapped(&["price=Kurs", "date=Datum"]));
    assert_eq!(seen.faults[0].message, "missing mapped columns: Kurs, Datum");
    assert_eq!(seen.codes(), ["1 missing_column"]);
    let seen = read_with(file.as_bytes(), &mapped(&["price=price", "price=x"]));
    assert_eq!(seen.codes(), ["1 invalid_map"]);
}

#[test]
fn names_of_columns_are_safe_to_print() {
    let seen = read("date,action,symbol,quantity,price,\"e\u{1b}[31m\nvil\"\n");
    assert_eq!(seen.summary.ignored_columns, ["e\\u{1b}[31m\\nvil"]);
}

#[test]
fn a_header_alone_is_a_file_without_rows() {
    let seen = read("date,symbol,price");
    assert_eq!((seen.summary.rows, seen.faults.len()), (0, 0));
    for empty in ["", "\n", " \r\n\n", "\u{feff}", "sep=;\n"] {
        assert_eq!(read(empty).codes(), ["1 empty_file"], "{empty:?}");
    }
}
