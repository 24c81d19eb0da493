//! The same file as other programs write it anew: what it tells stays the same.

use std::sync::Arc;

use csv::{QuoteStyle, ReaderBuilder, StringRecord, WriterBuilder};
use serde_json::Value;

use super::rules::{read_by, table};
use super::samples::{folder, options};
use crate::formats::column::Header;
use crate::formats::table::Reader;
use crate::formats::{Activities, Format, Library, Wanted};

/// What a file tells, whatever line it stands in; none where it is refused as a whole.
fn read(library: &Library, content: &str, sample: &Value) -> Option<Vec<String>> {
    let options = options(sample);
    let activities = Activities::open(content.as_bytes(), &Wanted::Any(library), &options).ok()?;
    let read = activities.map(|activity| match activity.unwrap() {
        Ok(it) => format!("{:?} {:?} {:?} {:?} {:?}", it.when, it.security, it.currency, it.id, it.action),
        Err(fault) => {
            let message = fault.to_string().split_once(": ").unwrap().1.to_owned();
            message.split(", as in line ").next().unwrap().to_owned()
        }
    });
    Some(read.collect())
}

/// A sample of rows below a header: its format, what parts its fields, and its records.
fn parted(library: &Library, content: &str, sample: &Value) -> Option<(Arc<Format>, u8, Vec<StringRecord>)> {
    let options = options(sample);
    let format = Activities::open(content.as_bytes(), &Wanted::Any(library), &options).ok()?.format().clone();
    if format.reader != Reader::Csv {
        return None;
    }
    let delimiter = *b",;\t|".iter().max_by_key(|byte| content.bytes().filter(|other| other == *byte).count())?;
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(content.as_bytes());
    Some((format, delimiter, reader.records().map(Result::unwrap).collect()))
}

fn joined(records: &[StringRecord], delimiter: u8) -> String {
    let mut builder = WriterBuilder::new();
    builder.delimiter(delimiter).flexible(true).quote_style(QuoteStyle::Always);
    let mut writer = builder.from_writer(Vec::new());
    for record in records {
        writer.write_record(record).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn a_sample_tells_the_same_however_its_names_and_texts_are_spaced() {
    let samples = std::fs::read_to_string(folder().join("expected.json")).unwrap();
    let samples: Vec<Value> = serde_json::from_str(&samples).unwrap();
    let library = Library::built_in();
    let (mut wrong, mut tried) = (Vec::new(), 0);
    for sample in &samples {
        let path = sample["path"].as_str().unwrap();
        let Ok(content) = std::fs::read_to_string(folder().join(path)) else { continue };
        let Some((format, delimiter, records)) = parted(&library, &content, sample) else { continue };
        tried += 1;
        let plain = read(&library, &content, sample);
        let is_header = |cells: &StringRecord| format.parts.iter().any(|part| part.fits(&Header::new(cells.clone())));
        let names = |change: fn(&str) -> String| {
            let changed = |cells: &StringRecord| cells.iter().map(|name| change(name.trim())).collect();
            let record = |cells: &StringRecord| if is_header(cells) { changed(cells) } else { cells.clone() };
            joined(&records.iter().map(record).collect::<Vec<_>>(), delimiter)
        };
        let broken = |cell: &str| match cell.trim().rsplit_once(' ') {
            Some((first, last)) if !first.ends_with(' ') => format!("{first}\r\n{last}"),
            Some(_) | None => cell.to_owned(),
        };
        let lines: Vec<StringRecord> = records.iter().map(|cells| cells.iter().map(broken).collect()).collect();
        let close = format!("\"{}\"", char::from(delimiter));
        for (what, varied) in [
            ("names in small letters", names(str::to_lowercase)),
            ("names with hard blanks", names(|name| name.replace(' ', "\u{a0}"))),
            ("names with underscores", names(|name| name.replace(' ', "_"))),
            ("line breaks", joined(&lines, delimiter)),
            ("blanks before quotes", joined(&records, delimiter).replace(&close, &format!("{} \"", &close[..2]))),
        ] {
            if read(&library, &varied, sample) != plain {
                wrong.push(format!("{path}: {what}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(tried > 60, "{tried}");
}

#[test]
fn a_blank_before_a_quote_is_no_part_of_the_field_and_one_within_is() {
    let file = "\"Day\",  \"What\", \"Paper\", \"Shares\", \"Price\", \"Total\", \"Note\"\n \
                \"2025-01-31\", \"Buy\", \"ACME\", \"1,000\", \"2.00\", \"2,000\", \"a \"\"b\"\", \"\"c\"\"\"\n\
                2025-02-03,Buy,ACME,10,2.00,20,5\" pipe\n\
                2025-02-04,Sell,ACME,10,2.00,20,\"two\n, \"\"lines\"\"\"\n";
    let read = read_by(&table("decimal = \".\"\n"), file);
    assert_eq!(
        read,
        [
            "2 2025-01-31 Buy 1000 ACME for 2000 fee 0",
            "3 2025-02-03 Buy 10 ACME for 20 fee 0",
            "4 2025-02-04 Sell 10 ACME for 20 fee 0"
        ]
    );
}

#[test]
fn a_full_row_whose_date_stands_under_another_name_is_refused() {
    let file = "Ref,Day,What,Paper,Shares,Price,Total\n2025-01-31,Buy,ACME,10,2.00,20\nprinted,,,on,,2025-01-31\n";
    assert_eq!(read_by(&table(""), file), ["line 2: the date does not stand in its column"]);
    // Where a pattern finds the date, too: without shares this would be about money.
    let file = "Run Date,Account,Action,Symbol,Description,Type,Price,Quantity,Commission,Fees,Amount,Settlement Date\n\
                IRA,YOU BOUGHT ACME (ACM) (Cash),ACM,ACME,Cash,73,100,,,-7300,10/16/2025,10/14/2025\n";
    let read = read(&Library::built_in(), file, &serde_json::json!({"options": "none"}));
    assert_eq!(read.unwrap(), ["the date does not stand in its column"]);
}

#[test]
fn a_total_that_sorting_moved_to_the_top_does_not_end_the_table() {
    let content = std::fs::read_to_string(folder().join("schwab/brokerage.csv")).unwrap();
    let (header, total) = (content.find('\n').unwrap() + 1, content.rfind("Transactions Total").unwrap());
    let names = header + content[header..].find('\n').unwrap() + 1;
    let sorted = [&content[..names], &content[total..], &content[names..total]].concat();
    let (library, sample) = (Library::built_in(), serde_json::json!({"options": "none"}));
    assert_eq!(read(&library, &sorted, &sample), read(&library, &content, &sample));
}

#[test]
fn words_that_no_table_lists_are_about_money_where_they_name_no_stock_and_move_no_shares() {
    let (library, options) = (Library::built_in(), options(&serde_json::json!({"options": "none"})));
    for (content, expected) in [
        (
            "Date,Type,Details,Amount,Units,Realized Equity Change,Balance,Position ID,Asset type\n\
             05/01/2024 10:00:00,Staking bonus,-,5.00,-,5.00,5.00,-,-\n\
             06/01/2024 10:00:00,INTEREST PAYMENT,-,5.00,-,5.00,10.00,-,-\n\
             07/01/2024 10:00:00,Gift,ACM/USD,5.00,-,5.00,15.00,1,Stocks\n\
             08/01/2024 10:00:00,corp action: Merger,-,0.00,-,0.00,15.00,1,Stocks\n",
            "etoro: cash 1, interest 1; 4 unknown action \"Gift\"; 5 `corp action Merger` may move cost between stocks, which this row does not tell",
        ),
        (
            "Date,Order type,Instrument,Quantity,Execution price,Fees,Net proceeds,Net units\n\
             2024-05-01,Reversal of charge,,,,,10,\n2024-05-02,Gift,ACME,,,,10,\n",
            "equateplus: cash 1; 3 unknown order type \"Gift\"",
        ),
        (
            "Date,Fund,Category,Description,Price,Amount,Shares\n\
             05/01/2024,,Rebate,Rebate,,1.00,\n05/02/2024,ACMEX,Rebate,Rebate,,1.00,\n",
            "healthequity: cash 1; 3 unknown action \"Rebate\"",
        ),
        (
            "security,trade date,action,shares,amount/share\n,2024-05-01,Deposit,,10\nACM,2024-05-01,Deposit,,10\n",
            "acb: cash 1; 3 unknown action \"Deposit\"",
        ),
        (
            "Date,Symbol,Type,Quantity,Price,Amount,Currency,State,Commission\n\
             2024-05-01T10:00:00.000Z,,Robo management fee,,,-1.00,USD,COMPLETED,0\n",
            "revolut-newer: fee 1; ",
        ),
    ] {
        let mut reading = Activities::open(content.as_bytes(), &Wanted::Any(&library), &options).unwrap();
        let faults: Vec<_> =
            (&mut reading).filter_map(|row| row.unwrap().err()).map(|fault| fault.to_string()).collect();
        let counts = reading.summary().not_recorded.iter().map(|(kind, count)| format!("{kind} {count}"));
        let counts = counts.collect::<Vec<_>>().join(", ");
        let read = format!(
            "{}: {counts}; {}",
            reading.format().name,
            faults.join("; ").replace("line ", "").replace(": ", " ")
        );
        assert_eq!(read, expected);
    }
}

#[test]
fn a_file_of_degiro_whose_fees_have_a_name_that_is_not_known_is_refused() {
    let file = "Date,Time,Product,ISIN,Venue,Quantity,Price,,Local value,,Opłata,Total,,Order ID\n\
                05-01-2024,10:00,ACME,US0378331005,XNAS,10,2.00,USD,-20.00,USD,-1.00,-21.00,USD,x\n";
    assert_eq!(read(&Library::built_in(), file, &serde_json::json!({"options": "none"})), None);
}

#[test]
fn a_levy_is_a_part_of_the_fee() {
    let file = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,\
                Total,Currency (Total),ID,Ptm levy,Currency (Ptm levy)\n\
                LIMIT BUY,2024-05-01 10:00:00,GB0002374006,ACM,Acme,100,150.00,GBP,1,15001.00,GBP,E1,1.00,GBP\n";
    let (library, sample) = (Library::built_in(), serde_json::json!({"options": "none"}));
    let known = read(&library, &file.replace("Ptm levy", "Stamp duty"), &sample);
    assert_eq!(read(&library, file, &sample), known);
    assert!(!known.unwrap().concat().contains("but the amount"));
}
