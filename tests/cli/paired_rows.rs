//! Splits and renamings of stocks that a broker's file states in two rows, one for the shares that left and
//! one for those that arrived.

use crate::harness::{Desk, pick};

const QUESTRADE: &str = "Transaction Date,Settlement Date,Action,Symbol,Description,Quantity,Price,Gross Amount,\
                         Commission,Net Amount,Currency,Account #,Activity Type,Account Type\n";
const VANGUARD: &str = "Account Number,Trade Date,Settlement Date,Transaction Type,Transaction Description,Investment \
                        Name,Symbol,Shares,Share Price,Principal Amount,Commission Fees,Net Amount,Accrued \
                        Interest,Account Type,\n";
const ROBINHOOD: &str =
    "Activity Date,Process Date,Settle Date,Instrument,Description,Trans Code,Quantity,Price,Amount\n";
const WEALTHSIMPLE: &str = "transaction_date,settlement_date,account_id,account_type,activity_type,activity_sub_type,\
                            direction,symbol,name,currency,quantity,unit_price,commission,net_cash_amount\n";
const ETRADE: &str = "For Account:,####5678\n\n\
                      TransactionDate,TransactionType,SecurityType,Symbol,Quantity,Amount,Price,Commission,Description\n\n";
const ETRADE_2025: &str = "Activity/Trade Date,Transaction Date,Settlement Date,Activity Type,Description,Symbol,Cusip,\
                           Quantity #,Price $,Amount $,Commission,Category,Note\n";
const FIDELITY: &str = "Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Accrued \
                        Interest ($),Amount ($),Cash Balance ($),Settlement Date\n";

/// The result of a file: the kinds of its rows, and the quantity and cost of each symbol that is or was held.
fn imported(file: &str) -> (String, Vec<String>) {
    let desk = Desk::new();
    desk.file("file.csv", file);
    let import = ["import", "--add-stocks", "--add-portfolios", "file.csv"];
    let said = desk.json(import);
    // Nothing is recorded twice.
    assert_eq!(desk.json(import)["recorded"], false, "{file}");
    desk.ok(["check"]);
    let held = desk.json(["holdings"]);
    let held = held.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "quantity", "cost_basis"]));
    (said["kinds"].to_string(), held.collect())
}

fn refused(file: &str) -> String {
    let desk = Desk::new();
    desk.file("file.csv", file);
    desk.refused(3, ["import", "--add-stocks", "--add-portfolios", "file.csv"])
}

/// The files of all brokers of the rows for 100 shares that were bought for 1,000, for those that left and for those
/// that came.
fn split_files() -> Vec<String> {
    let questrade = |action: &str, symbol: &str, quantity: &str, money: &str| {
        let (day, kind) = if action == "Buy" { ("2023-01-03", "Trades") } else { ("2024-02-05", "Corporate actions") };
        format!(
            "{day} 12:00:00 AM,{day} 12:00:00 AM,{action},{symbol},OLD CORP,{quantity},{money},USD,12345678,{kind},Margin\n"
        )
    };
    let vanguard = |day: &str, kind: &str, shares: &str, money: &str| {
        format!("12345678,{day},{day},{kind},{kind},OLD CORP,OLD,{shares},{money},0.0,CASH,\n")
    };
    let robinhood = |day: &str, code: &str, quantity: &str, money: &str| {
        format!("{day},{day},{day},OLD,Old,{code},{quantity},{money}\n")
    };
    let wealthsimple = |day: &str, kind: &str, quantity: &str, money: &str| {
        format!("{day},{day},HQ0000000CAD,TFSA,{kind},LONG,OLD,Old Corp,CAD,{quantity},{money}\n")
    };
    let etrade = |day: &str, kind: &str, quantity: &str, money: &str, what: &str| {
        format!("{day},{kind},EQ,OLD,{quantity},{money},OLD CORP {what}\n")
    };
    let etrade_2025 = |day: &str, kind: &str, quantity: &str, money: &str, what: &str| {
        format!("{day},{day},{day},{kind},OLD CORP {what},OLD,--,{quantity},{money},--,--\n")
    };
    let fidelity = |day: &str, what: &str, quantity: &str, money: &str| {
        format!("{day},{what} OLD CORP COM (OLD) (Cash),OLD,OLD CORP COM,Cash,{quantity},{money},,\n")
    };
    vec![
        [
            QUESTRADE.to_owned(),
            questrade("REV", "OLD", "10", "0,0,0,0"),
            questrade("REV", "OLD", "-100", "0,0,0,0"),
            questrade("Buy", "OLD", "100", "10,-1000,0,-1000"),
        ]
        .concat(),
        [
            VANGUARD.to_owned(),
            vanguard("2024-02-05", "Corp Action (Reverse Split)", "10", "0,0,0,0"),
            vanguard("2024-02-05", "Corp Action (Reverse Split)", "-100", "0,0,0,0"),
            vanguard("2023-01-03", "Buy", "100", "10,-1000,0,-1000"),
        ]
        .concat(),
        [
            ROBINHOOD.to_owned(),
            robinhood("2/5/2024", "SPR", "10", ","),
            robinhood("2/5/2024", "SPR", "100S", ","),
            robinhood("1/3/2023", "Buy", "100", "$10.00,($1000.00)"),
        ]
        .concat(),
        [
            WEALTHSIMPLE.to_owned(),
            wealthsimple("2023-01-03", "Trade,BUY", "100", "10,0,-1000"),
            wealthsimple("2024-02-05", "CorporateAction,CONSOLIDATION", "-100", ",,"),
            wealthsimple("2024-02-05", "CorporateAction,CONSOLIDATION", "10", ",,"),
        ]
        .concat(),
        [
            ETRADE.to_owned(),
            etrade("02/05/24", "Reorganization", "10", "0,0,0", "1 FOR 10 REVERSE SPLIT"),
            etrade("02/05/24", "Reorganization", "-100", "0,0,0", "1 FOR 10 REVERSE SPLIT"),
            etrade("01/03/23", "Bought", "100", "-1000,10,0", ""),
        ]
        .concat(),
        [
            ETRADE_2025.to_owned(),
            etrade_2025("02/05/24", "Reverse Split", "10", "--,--,--", ""),
            etrade_2025("02/05/24", "Reverse Split", "-100", "--,--,--", ""),
            etrade_2025("01/03/23", "Bought", "100", "10,-1000,0", ""),
        ]
        .concat(),
        [
            FIDELITY.to_owned(),
            fidelity("02/05/2024", "REVERSE SPLIT R/S FROM 517103404#REOR M0051311040001", "10", ",,,,"),
            fidelity("02/05/2024", "REVERSE SPLIT R/S TO 517103602#REOR M0051311040000", "-100", ",,,,"),
            fidelity("01/03/2023", "YOU BOUGHT", "100", "10,,,,-1000"),
        ]
        .concat(),
    ]
}

#[test]
fn a_reverse_split_in_two_rows_has_the_ratio_of_both() {
    for file in split_files() {
        let (kinds, held) = imported(&file);
        assert_eq!(kinds, r#"{"buy":1,"split":1}"#, "{file}");
        assert_eq!(held, ["OLD 10 1000"], "{file}");
    }
}

#[test]
fn half_of_a_reverse_split_is_refused_with_the_command_to_enter() {
    for file in split_files() {
        let lines: Vec<&str> = file.lines().filter(|line| !line.contains("-100,") && !line.contains("100S")).collect();
        // The purchase is in the line with the amount.
        let bought = file.lines().find(|line| line.contains("1000")).unwrap();
        let mut half: Vec<&str> = lines.into_iter().filter(|line| *line != bought).collect();
        half.push(bought);
        let refused = refused(&format!("{}\n", half.join("\n")));
        let command = "stockbook split OLD NEW:OLD --date 2024-02-05";
        assert!(refused.contains(command), "{refused}\n{file}");
    }
}

#[test]
fn as_many_shares_under_another_symbol_are_a_new_name() {
    let robinhood = [
        "2/5/2024,2/5/2024,2/5/2024,NEW,New,NC,100,,\n",
        "2/5/2024,2/5/2024,2/5/2024,OLD,Old,NC,100S,,\n",
        "1/3/2023,1/3/2023,1/3/2023,OLD,Old,Buy,100,$10.00,($1000.00)\n",
    ];
    let questrade = [
        "2024-02-05,2024-02-05,NAC,NEW,NEW CORP NAME CHG FROM OLD,100,0,0,0,0,USD,12345678,Corporate actions,Margin\n",
        "2024-02-05,2024-02-05,NAC,OLD,OLD CORP NAME CHG TO NEW,-100,0,0,0,0,USD,12345678,Corporate actions,Margin\n",
        "2023-01-03,2023-01-03,Buy,OLD,OLD CORP,100,10,-1000,0,-1000,USD,12345678,Trades,Margin\n",
    ];
    let fidelity = [
        "02/05/2024,NAME CHANGED N/C FROM 517103404#REOR M0051311040001 NEW CORP (NEW) (Cash),NEW,NEW CORP,Cash,100,,,,,,,\n",
        "02/05/2024,NAME CHANGED N/C TO 517103602#REOR M0051311040000 OLD CORP (OLD) (Cash),OLD,OLD CORP,Cash,-100,,,,,,,\n",
        "01/03/2023,YOU BOUGHT OLD CORP (OLD) (Cash),OLD,OLD CORP,Cash,100,10,,,,-1000,,\n",
    ];
    for (header, rows) in [(ROBINHOOD, robinhood), (QUESTRADE, questrade), (FIDELITY, fidelity)] {
        let (kinds, held) = imported(&format!("{header}{}", rows.concat()));
        assert_eq!((kinds.as_str(), held), (r#"{"buy":1}"#, vec!["NEW 100 1000".to_owned()]), "{header}");
    }
}

#[test]
fn classes_of_a_fund_are_exchanged_and_shares_taken_for_cash_are_sold() {
    let row = |day: &str, kind: &str, symbol: &str, money: &str| {
        format!("12345678,{day},{day},{kind},{kind},FUND {symbol},{symbol},{money},0.0,CASH,\n")
    };
    let bought = row("2023-01-03", "Buy", "VTSMX", "100,10,-1000,0,-1000");
    let came = row("2024-02-05", "Conversion (incoming)", "VTSAX", "99.5,0,0,0,0");
    let left = row("2024-02-05", "Conversion (outgoing)", "VTSMX", "-100,0,0,0,0");
    let (kinds, held) = imported(&format!("{VANGUARD}{came}{left}{bought}"));
    assert_eq!((kinds.as_str(), held), (r#"{"buy":1,"exchange":1}"#, vec!["VTSAX 99.5 1000".to_owned()]));
    let taken = row("2024-02-05", "Corp Action (Redemption)", "VTSMX", "-100,0,1250,0,1250");
    let (kinds, held) = imported(&format!("{VANGUARD}{taken}{bought}"));
    assert_eq!((kinds.as_str(), held), (r#"{"buy":1,"sell":1}"#, vec![]));
}

#[test]
fn a_spin_off_at_fidelity_is_no_split() {
    let bought = "01/03/2023,YOU BOUGHT NEW CORP (NEW) (Cash),NEW,NEW CORP,Cash,100,10,,,,-1000,,\n";
    let came = "02/05/2024,DISTRIBUTION SPINOFF FROM:(OLD ) NEW CORP (NEW) (Cash),NEW,NEW CORP,Cash,100,,,,,,,\n";
    let refused = refused(&format!("{FIDELITY}{came}{bought}"));
    assert!(refused.contains("stockbook spin-off OLD_SYMBOL NEW NEW:OLD --date 2024-02-05"), "{refused}");
}

#[test]
fn a_fee_for_a_merger_is_no_cash_that_came() {
    let row = |what: &str| format!("02/05/24,{what}\n");
    let bought = "01/03/23,Bought,EQ,OLD,100,-1000,10,0,OLD CORP\n";
    let left = row("Merger,EQ,OLD,-100,0,0,0,OLD CORP CASH MERGER");
    let paid = row("Merger,EQ,OLD,0,1500,0,0,OLD CORP CASH MERGER");
    let (kinds, held) = imported(&format!("{ETRADE}{paid}{left}{bought}"));
    assert_eq!((kinds.as_str(), held), (r#"{"buy":1,"sell":1}"#, vec![]));
    let fee = row("Reorganization,EQ,OLD,0,-38,0,0,OLD CORP REORG FEE");
    let refused = refused(&format!("{ETRADE}{fee}{paid}{left}{bought}"));
    assert!(refused.contains("may move cost between stocks"), "{refused}");
}
