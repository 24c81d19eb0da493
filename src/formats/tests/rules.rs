//! The rules of reading, each on the smallest file that shows it.

use std::sync::Arc;

use crate::domain::Consideration;
use crate::formats::{Action, Activities, Activity, Format, Library, OpenError, ReadOptions, Wanted};

/// A table of a broker that nobody knows.
const TABLE: &str = r#"
name = "mine"
title = "Mine"
find = ["Day", "What", "Paper", "Shares", "Price", "Total"]
ends = ["Sum"]
currency = "EUR"
amount_is = "net"

[columns]
date = "Day"
action = "What"
symbol = "Paper"
quantity = "Shares"
price = "Price"
amount = "Total"
fee = "Fee"
portfolio = "Account"

[[rule]]
when = { What = "Buy" }
is = "buy"

[[rule]]
when = { What = "Sell" }
is = "sell"

[[rule]]
when = { What = "Dividend" }
is = "dividend"

[[rule]]
when = { What = "Tax" }
is = "withholding_tax"

[[rule]]
when = { What = "Moved" }
is = "transfer"

[[rule]]
when = { What = ["Before", "After"], Shares = "" }
is = "cash"

[[rule]]
when = { What = "Before" }
is = "split_old"

[[rule]]
when = { What = "After" }
is = "split_new"
"#;

pub(super) fn table(extra: &str) -> Arc<Format> {
    Arc::new(Format::parse(&format!("{extra}{TABLE}")).unwrap())
}

/// What a file of the table tells, a line each.
pub(super) fn read_by(format: &Arc<Format>, file: &str) -> Vec<String> {
    let options = ReadOptions::new("2025-12-31".parse().unwrap());
    read_with(format, file, &options)
}

fn read_with(format: &Arc<Format>, file: &str, options: &ReadOptions) -> Vec<String> {
    let activities = Activities::open(file.as_bytes(), &Wanted::Only(format), options);
    let activities = activities.unwrap_or_else(|error| panic!("{error}"));
    activities
        .map(|activity| activity.unwrap().map_or_else(|fault| fault.to_string(), |activity| shown(&activity)))
        .collect()
}

pub(super) fn shown(activity: &Activity) -> String {
    let day = activity.when.unwrap().day;
    let symbol = activity.security.symbol.as_ref().unwrap();
    let other = activity.other_line.map_or(String::new(), |line| format!("+{line}"));
    let action = match &activity.action {
        Action::Trade(trade) => {
            let total = match trade.consideration {
                Consideration::Amount(amount) => format!("for {amount}"),
                Consideration::Price(price) => format!("at {price}"),
            };
            let fee = trade.fee.map_or(String::new(), |fee| format!(" fee {fee}"));
            format!("{:?} {} {symbol} {total}{fee}", trade.side, trade.quantity)
        }
        Action::Dividend(dividend) => format!("Dividend {symbol} {} tax {}", dividend.amount, dividend.withholding),
        Action::Split(split) => format!("Split {symbol} {}", split.terms.unwrap()),
        Action::Renamed { from, quantity } => format!("{quantity} {} now {symbol}", from.symbol.as_ref().unwrap()),
        Action::Cancelled(_)
        | Action::Withholding { .. }
        | Action::Opening(_)
        | Action::TransferOut { .. }
        | Action::Conversion(_)
        | Action::CostChange { .. }
        | Action::WriteOff(_)
        | Action::CorporateAction(_)
        | Action::CashInLieu(_)
        | Action::Price(_)
        | Action::Rate { .. }
        | Action::Position { .. } => format!("{symbol} {:?}", activity.action),
    };
    format!("{}{other} {day} {action}", activity.line)
}

pub(super) fn refused(file: &str, wanted: &Wanted<'_>) -> String {
    let options = ReadOptions::new("2025-12-31".parse().unwrap());
    match Activities::open(file.as_bytes(), wanted, &options) {
        Err(OpenError::Refused(fault)) => format!("{} ({})", fault.message, fault.hint.unwrap_or_default()),
        Err(error) => panic!("{error}"),
        Ok(read) => panic!("read as {}", read.format().name()),
    }
}

#[test]
fn a_preamble_footers_and_what_follows_the_end_are_no_rows() {
    let file = "Mine and nobody else's\n\nAccount:;1\nDay;What;Paper;Shares;Price;Total;Fee\n\
                31.01.2025;Buy;ACME;10;10,50;106,00;1,00\n\nprinted today;;;;;;\nSum;;;;;106,00;\n01.02.2025;Buy;ACME;1;1;1;0\n";
    assert_eq!(read_by(&table(""), file), ["5 2025-01-31 Buy 10 ACME for 105 fee 1"]);
}

#[test]
fn what_is_ambiguous_waits_for_a_cell_that_tells_and_is_refused_where_none_does() {
    let header = "Day,What,Paper,Shares,Price,Total\n";
    let unclear = "02/03/2025,Buy,ACME,\"1,000\",2,\"2,000\"\n";
    let read = read_by(&table(""), &format!("{header}{unclear}17/03/2025,Sell,ACME,10,2.50,25\n"));
    assert_eq!(read, ["2 2025-03-02 Buy 1000 ACME for 2000 fee 0", "3 2025-03-17 Sell 10 ACME for 25 fee 0"]);
    let read = read_by(&table(""), &format!("{header}{unclear}"));
    assert_eq!(read, ["line 2: `1,000` could be 1000 or 1, and nothing in the file says which"]);
    let against = "17/03/2025,Sell,ACME,10,2.50,25\n18/03/2025,Sell,ACME,10,\"2,50\",25\n";
    let read = read_by(&table(""), &format!("{header}{unclear}{against}"));
    assert_eq!(read[2], "line 4: `2,50` in a file whose numbers use the point, as in line 3");
    let read = read_by(&table("decimal = \".\"\n"), &format!("{header}{unclear}"));
    assert_eq!(read, ["line 2: date `02/03/2025` is ambiguous: is the day or the month first?"]);
    let mut options = ReadOptions::new("2025-12-31".parse().unwrap());
    options.decimal = Some(crate::formats::DecimalMark::Point);
    options.date_format = Some("%m/%d/%Y".parse().unwrap());
    let read = read_with(&table(""), &format!("{header}{unclear}"), &options);
    assert_eq!(read, ["2 2025-02-03 Buy 1000 ACME for 2000 fee 0"]);
}

#[test]
fn price_and_amount_must_fit_and_a_word_must_be_known() {
    let file = "Day,What,Paper,Shares,Price,Total\n2025-01-02,Buy,ACME,10,2.50,2500.00\n2025-01-03,Bye,ACME,1,2,2\n\
                2025-01-04,Buy,,1,2,2\n,Buy,ACME,1,2,2\n2026-01-01,Buy,ACME,1,2,2\n2025-01-05,Buy,ACME,0,2,0\n";
    let read = read_by(&table(""), file);
    let expected = [
        "line 2: 10 x 2.5 is 25, but the amount before fees is 2500",
        "line 3: unknown action \"Bye\"",
        "line 4: the symbol is empty",
        "line 5: the date is empty",
        "line 6: date `2026-01-01` is in the future; today is 2025-12-31",
        "line 7: quantity `0` must be greater than 0",
    ];
    assert_eq!(read, expected);
    let mut options = ReadOptions::new("2025-12-31".parse().unwrap());
    options.actions = vec!["Bye=sell".parse().unwrap()];
    options.symbols = vec!["acme=XMPL".parse().unwrap()];
    assert_eq!(read_with(&table(""), file, &options)[1], "3 2025-01-03 Sell 1 XMPL for 2 fee 0");
}

#[test]
fn a_tax_joins_its_dividend_from_before_or_after_and_only_its_own() {
    let file = "Day,What,Paper,Shares,Price,Total\n2025-01-02,Tax,ACME,,,-1.50\n2025-01-02,Dividend,ACME,,,10.00\n\
                2025-01-02,Dividend,XMPL,,,20.00\n2025-01-02,Tax,XMPL,,,-3.00\n2025-01-09,Tax,XMPL,,,-1.00\n";
    let read = read_by(&table(""), file);
    assert_eq!(read[0], "3+2 2025-01-02 Dividend ACME 10 tax 1.5");
    assert_eq!(read[1], "4+5 2025-01-02 Dividend XMPL 20 tax 3");
    assert!(read[2].starts_with("6 2025-01-09 XMPL Withholding"), "{read:?}");
    assert_eq!(read.len(), 3);
}

#[test]
fn halves_of_a_split_make_its_ratio_and_one_alone_is_refused() {
    let file = "Day,What,Paper,Shares,Price,Total\n2025-01-02,Before,ACME,12,,\n2025-01-02,After,ACME,18,,\n\
                2025-02-02,After,XMPL,4,,\n";
    let read = read_by(&table(""), file);
    assert_eq!(read[0], "2+3 2025-01-02 Split ACME 3:2");
    assert!(read[1].contains("half of a split"), "{read:?}");
}

#[test]
fn shares_that_come_and_go_are_told_apart() {
    let header = "Day,What,Paper,Shares,Price,Total,Account\n";
    let read = |rows: &str| read_by(&table(""), &format!("{header}{rows}"));
    // They leave and come back: nothing happened.
    assert!(read("2025-01-02,Moved,ACME,-5,,,A\n2025-01-03,Moved,ACME,5,,,A\n").is_empty());
    // As many of another stock on the day: it is called otherwise now.
    let renamed = read("2025-01-02,Moved,ACME,-5,,,A\n2025-01-02,Moved,XMPL,5,,,A\n");
    assert_eq!(renamed, ["2+3 2025-01-02 5 ACME now XMPL"]);
    // In another account: they moved there.
    let moved = read("2025-01-02,Moved,ACME,-5,,,A\n2025-01-02,Moved,ACME,5,,,B\n");
    assert!(moved[0].contains("TransferOut") && moved[0].contains("\"B\""), "{moved:?}");
    // With what they cost they are a lot from before, and without are refused.
    let came = read("2025-01-02,Moved,ACME,5,2,10,A\n2025-01-02,Moved,XMPL,7,,,A\n");
    assert!(came[0].contains("Opening"), "{came:?}");
    assert_eq!(came[1], "line 3: 7 shares arrive without a price: their cost has to be given");
}

#[test]
fn a_file_of_no_format_is_refused_with_the_nearest_and_what_they_miss() {
    let library = Library::built_in();
    let near = refused("Date,Deed,Symbol,Description,Quantity,Price,Amount\n", &Wanted::Any(&library));
    assert!(near.contains("schwab lacks \"Action\", \"Fees & Comm\""), "{near}");
    // A column called `price` makes no file one of prices.
    let priced = refused("Date,Name,Units,Price\n2025-01-02,A,1,2\n", &Wanted::Any(&library));
    assert!(priced.contains("no format"), "{priced}");
    let far = refused("Kennung,Betrag\n1,2\n", &Wanted::Any(&library));
    assert!(far.contains("its columns are Kennung, Betrag"), "{far}");
    let other = refused("Date,Open,High,Low,Close,Volume\n", &Wanted::Only(&table("")));
    assert!(other.starts_with("the file is not of the format mine"), "{other}");
    assert!(refused("PK\u{3}\u{4}", &Wanted::Any(&library)).contains("save the sheet as CSV"));
    assert!(refused(" \n", &Wanted::Any(&library)).contains("empty"));
}

#[test]
fn files_of_another_kind_are_named_with_the_way_out() {
    let library = Library::built_in();
    for (file, named) in [
        ("Timestamp,Transaction Type,Asset,Quantity Transacted,Spot Price Currency\n", "crypto"),
        (
            "\"txid\",\"refid\",\"time\",\"type\",\"subtype\",\"aclass\",\"asset\",\"amount\",\"fee\",\"balance\"\n",
            "crypto",
        ),
        ("Date,Description,Amount,Balance\n2025-01-01,Coffee,-3,97\n", "bank"),
        ("Buchungstag;Valuta;Verwendungszweck;Betrag\n", "bank"),
        ("Symbol,Side,Type,Qty,Limit Price,Stop Price,Status,Placing Time\n", "log of orders"),
        ("<?xml version=\"1.0\"?>\n<client><version>60</version></client>", "Portfolio Performance's own file"),
        ("OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRN><TRNTYPE>POS</STMTTRN></BANKMSGSRSV1></OFX>", "bank account"),
    ] {
        let read = refused(file, &Wanted::Any(&library));
        assert!(read.starts_with("the file is ") && read.contains(named) && !read.ends_with("()"), "{read}");
    }
}

#[test]
fn mistakes_in_a_table_are_reported_with_line_and_key() {
    let read = |from: &str, to: &str| {
        assert!(TABLE.contains(from), "{from}");
        let error = Format::parse(&TABLE.replacen(from, to, 1)).unwrap_err();
        format!("{error} ({})", error.hint.clone().unwrap_or_default())
    };
    assert_eq!(read("currency =", "curency ="), "line 6: unknown key `curency` (did you mean `currency`?)");
    let no_group = "a pattern needs brackets around the part that counts";
    assert!(read("date = \"Day\"", "date = { column = \"Day\", match = '^2025' }").contains(no_group));
    assert!(read("[columns]", "[preamble]\nportfolio = \"Account\"\n\n[columns]").contains(no_group));
    assert!(read("What = \"Buy\"", "What = []").contains("line 20: `What`: the list is empty"));
    assert!(read("find = [", "find = [[], ").contains("line 4: `find`: the list is empty"));
    assert_eq!(read("date = \"Day\"", "dat = \"Day\""), "line 10: unknown word `dat` (did you mean `date`?)");
    assert_eq!(read("is = \"buy\"", "is = \"byu\""), "line 21: `is`: byu is not a kind of row; did you mean buy? ()");
    assert!(read("What = \"Buy\"", "What = \"/(/\"").starts_with("line 20: `What`: "));
    assert!(read("currency = \"EUR\"", "encoding = \"utf-99\"").starts_with("line 6: `encoding`: utf-99 is not known"));
    assert!(read("date = \"Day\"", "date = { colum = \"Day\" }").contains("did you mean `column`?"));
    assert!(read("date = \"Day\"", "date = { match = '(.)' }").contains("say where with exactly one of"));
    assert!(read("date = \"Day\"\n", "").contains("rows of this kind need the column date under [columns]"));
    assert!(
        read("currency = \"EUR\"", "currency = \"EURO\"")
            .starts_with("line 6: `currency`: currency `EURO` is not an ISO 4217 code")
    );
    assert!(
        read("is = \"buy\"", "is = \"buy\"\nyields_to = \"other\"")
            .contains("no table under `also` has the name other")
    );
    assert!(read("name = \"mine\"", "name = \"My own\"").contains("a format's name is made of"));
    assert!(read("find = [", "find = [[").starts_with("line "));
}

#[test]
fn the_fills_of_an_order_are_one_trade_with_the_fees_of_its_rows() {
    let order = TABLE.replace("[columns]\n", "id_is = \"order\"\n\n[columns]\nid = \"Order\"\n").replace(
        "[[rule]]\nwhen = { What = \"Tax\" }",
        "[[rule]]\nwhen = { What = \"Cost\" }\nis = \"trade_fee\"\n\n[[rule]]\nwhen = { What = \"Tax\" }",
    );
    let format = Arc::new(Format::parse(&order).unwrap());
    let file = "Day,What,Paper,Shares,Price,Total,Order\n\
                2025-01-02,Cost,ACME,,,-2.00,A\n2025-01-02,Buy,ACME,1,10.00,10.00,A\n2025-01-02,Buy,ACME,2,11.00,22.00,A\n\
                2025-01-02,Buy,ACME,1,10.00,10.00,B\n2025-01-02,Sell,ACME,1,10.00,10.00,A\n2025-01-02,Cost,ACME,,,-0.50,A\n\
                2025-01-03,Buy,ACME,1,10.00,10.00,A\n2025-01-03,Cost,ACME,,,-3.00,C\n2025-01-03,Buy,ACME,1,10.00,10.00,\n";
    // Of another order, side or day, or of none, are trades by themselves.
    let mut read = read_by(&format, file);
    read.sort();
    assert_eq!(
        read,
        [
            "10 2025-01-03 Buy 1 ACME for 10 fee 0",
            "3+2 2025-01-02 Buy 3 ACME for 32 fee 2.5",
            "5 2025-01-02 Buy 1 ACME for 10 fee 0",
            "6 2025-01-02 Sell 1 ACME for 10 fee 0",
            "8 2025-01-03 Buy 1 ACME for 10 fee 0",
        ]
    );
    let error = Format::parse(&order.replace("id_is = \"order\"", "id_is = \"shared\"")).unwrap_err().to_string();
    assert!(error.contains("rows of this kind need `id_is = \"order\"` above"), "{error}");
}

#[test]
fn a_column_can_have_decimal_marks_of_its_own() {
    let own = TABLE.replace("price = \"Price\"", "price = { column = \"Price\", decimal = \"own\" }");
    let format = Arc::new(Format::parse(&own).unwrap());
    // 2.5 by itself; 1,250 as elsewhere in the file.
    let file =
        "Day;What;Paper;Shares;Price;Total\n2025-01-02;Buy;ACME;4;2.5;10,00\n2025-01-03;Buy;ACME;8;1,250;10,00\n";
    assert_eq!(
        read_by(&format, file),
        ["2 2025-01-02 Buy 4 ACME for 10 fee 0", "3 2025-01-03 Buy 8 ACME for 10 fee 0"]
    );
}
