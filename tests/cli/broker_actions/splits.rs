//! Splits that brokers report by shares, in one row or two.

use super::{BOUGHT, held, import, refused, schwab};
use crate::harness::{Desk, pick};

#[test]
fn what_a_broker_calls_a_split_is_entered_as_one() {
    let desk = Desk::new();
    let swissquote = "Date;Order #;Transaction;Symbol;Name;ISIN;Quantity;Unit price;Costs;Accrued Interest;Net Amount;Balance;Currency\n\
        11-08-2024 14:31:42;4;Stock Split;NESN;NESTLE;CH0038863350;1.0;0;0;0.00;0;0.00;CHF\n\
        10-08-2024 14:31:42;5;Buy;NESN;NESTLE;CH0038863350;1;100.00;15.39;0.00;-115.39;0.00;CHF\n";
    let refused = desk.fed(swissquote, ["import", "-", "--add-stocks", "-O", "json"]).exits(3).json_error();
    let fault = refused["details"][0]["message"].as_str().unwrap();
    assert!(
        fault.contains("of NESN, by which 1 share came, is a split whose ratio this row does not state"),
        "{fault}"
    );
    assert!(fault.ends_with("split NESN NEW:OLD --date 2024-08-11"), "{fault}");
    // In Robinhood's files, the added shares give the ratio if it is a whole number.
    let robinhood = "Activity Date,Process Date,Settle Date,Instrument,Description,Trans Code,Quantity,Price,Amount\n\
        8/16/2024,8/16/2024,8/19/2024,NVDA,NVIDIA,SPL,9,,\n\
        7/8/2024,7/8/2024,7/9/2024,NVDA,NVIDIA,Buy,2,$120.00,($240.00)\n";
    let refused = desk.fed(robinhood, ["import", "-", "--add-stocks", "-O", "json"]).exits(3).json_error();
    let fault = refused["details"][0]["message"].as_str().unwrap();
    let told = "a split added 9 NVDA to 2 on 2024-08-16, which is no whole ratio; enter stockbook split NVDA NEW:OLD --date 2024-08-16";
    assert_eq!(fault, told);
}

#[test]
fn fewer_shares_for_those_of_the_same_stock_are_a_split() {
    let bought = "01/20/2024|Buy|ABC|ABC CORP|100|$10.00||-$1000.00";
    let fewer = |day: &str, old: &str, before: &str| {
        [
            format!("{day}|Reverse Split|ABC|ABC CORP|10|||"),
            format!("{day}|Reverse Split|{old}|ABC CORP XXXREVERSE SPLIT EFF: {day}|-{before}|||"),
        ]
    };
    let file = |day: &str, old: &str, before: &str, further: &[&str]| {
        let halves = fewer(day, old, before);
        schwab(&[&halves.each_ref().map(String::as_str)[..], further].concat())
    };
    // The old shares are listed under their CUSIP on that day, or under their symbol.
    for old in ["00123Q104", "ABC"] {
        let desk = Desk::new();
        let said = import(&desk, &file("06/20/2024", old, "100", &[bought]));
        assert_eq!(pick(&said["kinds"], &["buy", "split"]), "1 1", "{old}");
        assert_eq!(said["splits"], serde_json::json!(["ABC 1:10 on 2024-06-20"]));
        assert_eq!(held(&desk), ["ABC 10 1000 0"], "{old}");
    }
    // The name changed as well.
    let desk = Desk::new();
    import(&desk, &file("06/20/2024", "OLD", "100", &[BOUGHT]));
    assert_eq!(held(&desk), ["ABC 10 1000 0", "OLD 0 0 0"]);
    // 105 at 1:10 are 10 and a half, and the half was paid in cash.
    let more = "01/20/2024|Buy|ABC|ABC CORP|105|$10.00||-$1050.00";
    let in_lieu = "06/25/2024|Cash In Lieu|ABC|ABC CORP||||$4.00";
    let desk = Desk::new();
    let whole = file("06/20/2024", "00123Q104", "105", &[in_lieu, more]);
    let told = refused(&desk, &whole);
    let command = "split ABC NEW:OLD --date 2024-06-20";
    assert!(told.iter().any(|line| line.ends_with(&format!("no whole ratio; enter stockbook {command}"))), "{told:?}");
    desk.ok(["add-stock", "ABC", "ABC"]);
    desk.ok(command.replace("NEW:OLD", "1:10").split(' '));
    import(&desk, &whole);
    // 4 for half a share, which cost 50.
    assert_eq!(held(&desk), ["ABC 10 1000 -46"]);
    let fidelity = "Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Accrued Interest ($),Amount ($),Settlement Date\n\
        03/08/2021,REVERSE SPLIT R/S FROM 001230107#REOR M0000000010001 ABC NEW (001230206) (Cash),ABC,ABC NEW,Cash,130,,,,,,\n\
        03/08/2021,REVERSE SPLIT R/S TO 001230206#REOR M0000000010000 ABC (001230107) (Cash),ABC,ABC,Cash,-1300,,,,,,\n\
        02/08/2021,YOU BOUGHT ABC (ABC) (Cash),ABC,ABC,Cash,1300,2,,,,-2600,02/10/2021\n";
    let desk = Desk::new();
    import(&desk, fidelity);
    assert_eq!(held(&desk), ["ABC 130 2600 0"]);
}

#[test]
fn halves_of_a_split_in_two_files_are_entered_as_one() {
    let head = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),ID\n";
    let row = |row: &str| row.replace("FOO", "US0378331005,FOO,Foo");
    let bought = row("Market buy,2024-06-03 10:00:00,FOO,100,20.00,USD,,2000.00,USD,EOF1\n");
    let [old, new] = [
        row("Stock split close,2024-12-31 23:59:00,FOO,100,,USD,,,USD,\n"),
        row("Stock split open,2025-01-01 00:00:00,FOO,10,,USD,,,USD,\n"),
    ];
    let desk = Desk::new();
    let years = [("2024.csv", format!("{bought}{old}")), ("2025.csv", new)];
    for (name, rows) in years {
        desk.file(name, format!("{head}{rows}"));
    }
    let import = ["import", "2024.csv", "2025.csv", "--add-stocks"];
    let run = desk.run(import).exits(3);
    let told = run.err();
    let command = "split FOO NEW:OLD --date 2024-12-31";
    assert!(told.contains("`half of a split` of FOO, by which 100 shares left, is a split whose ratio"), "{told}");
    assert!(told.contains(&format!("enter stockbook {command}")), "{told}");
    desk.ok(["add-stock", "FOO", "Foo"]);
    desk.ok(command.replace("NEW:OLD", "1:10").split(' '));
    desk.ok(import);
    assert_eq!(held(&desk), ["FOO 10 2000 0"]);
}

#[test]
fn ratios_of_rounded_halves_are_those_of_the_same_split() {
    let head = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),ID\n";
    let file = |old: &str, new: &str, id: &str| {
        let row = |what: &str, shares: &str, total: &str| {
            format!("{what},US0378331005,FOO,Foo,{shares},,USD,,{total},USD,{id}{}\n", shares.len())
        };
        let bought = row("Market buy,2025-08-27 08:00:05", old, "7.00");
        let halves = [("open", new), ("close", old)]
            .map(|(half, shares)| row(&format!("Stock split {half},2025-09-02 06:06:46"), shares, "7.00"));
        format!("{head}{bought}{}", halves.concat())
    };
    let desk = Desk::new();
    import(&desk, &file("3.2451471300", "0.3245147100", "a"));
    desk.ok(["add-portfolio", "isa"]);
    let isa = file("1.1111111170", "0.1111111100", "b");
    desk.fed(&isa, ["import", "-", "-p", "isa"]).exits(0);
    // The ratio is the first one: 1.111111117 x 0.32451471 / 3.24514713 = 0.1111111107.
    assert_eq!(held(&desk).len(), 2);
    assert!(held(&desk).contains(&"FOO 0.1111111107 7 0".to_owned()), "{:?}", held(&desk));
    let typed = Desk::new();
    typed.ok(["add-stock", "FOO", "Foo"]);
    typed.ok(["split", "FOO", "1:10", "--date", "2025-09-02"]);
    import(&typed, &isa);
    assert_eq!(held(&typed), ["FOO 0.1111111117 7 0"]);
    // Another ratio is another split.
    let other = file("1.1111111170", "0.1112111100", "c");
    let told = typed.fed(&other, ["import", "-"]).exits(3);
    assert!(told.err().contains("FOO was split 1:10 on 2025-09-02, not"), "{}", told.err());
}

#[test]
fn shares_that_came_of_a_stock_that_is_held_are_entered_as_a_split() {
    let head = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),ID\n";
    let bought = "Market buy,2024-06-03 10:00:00,US0378331005,FOO,Foo,100,20.00,USD,,2000.00,USD,EOF1\n";
    let came = |name: &str| format!("Stock distribution,2024-07-10 07:00:00,US0378331005,{name},Foo,3,0,USD,,0,USD,\n");
    let desk = Desk::new();
    let file = format!("{head}{bought}{}", came("FOO"));
    let told = refused(&desk, &file);
    // 100 were held, and 3 came.
    let command = "split FOO 103:100 --date 2024-07-10";
    assert!(told[0].ends_with(&format!("enter stockbook {command}")), "{told:?}");
    desk.ok(["add-stock", "FOO", "Foo"]);
    desk.ok(command.split(' '));
    import(&desk, &file);
    assert_eq!(held(&desk), ["FOO 103 2000 0"]);
    // None of it was held; it is of another company.
    let told = refused(&Desk::new(), &format!("{head}{}", came("FOO")));
    assert!(told[0].contains("stockbook spin-off OLD_SYMBOL FOO"), "{told:?}");
}
