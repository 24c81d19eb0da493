//! Mergers, spin-offs, renamed stocks and cash in lieu of fractions in brokers' files.

mod formats;
mod mergers;
mod splits;

use serde_json::Value;

use crate::harness::{Desk, pick};

const SCHWAB: &str =
    "\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\",\"Fees & Comm\",\"Amount\"\n";

fn schwab(rows: &[&str]) -> String {
    let line = |row: &&str| {
        let cells: Vec<String> = row.split('|').map(|cell| format!("\"{cell}\"")).collect();
        format!("{}\n", cells.join(","))
    };
    format!("{SCHWAB}{}", rows.iter().map(line).collect::<String>())
}

const BOUGHT: &str = "01/02/2020|Buy|OLD|OLD CORP|100|$10.00||-$1000.00";

fn import(desk: &Desk, file: &str) -> Value {
    let run = desk.fed(file, ["import", "-", "--add-stocks", "--currency", "USD", "-O", "json"]).exits(0);
    serde_json::from_str(&run.out()).unwrap()
}

/// The refusals, each with its hint.
fn refused(desk: &Desk, file: &str) -> Vec<String> {
    let run = desk.fed(file, ["import", "-", "--add-stocks", "--currency", "USD"]).exits(3);
    run.err().lines().skip(1).map(|line| line.trim_start().to_owned()).collect()
}

fn held(desk: &Desk) -> Vec<String> {
    let members = ["symbol", "quantity", "cost_basis", "realized_gain"];
    desk.json(["holdings", "--all"]).as_array().unwrap().iter().map(|row| pick(row, &members)).collect()
}

#[test]
fn shares_for_shares_are_an_exchange_by_the_numbers_of_both() {
    let merger =
        ["10/02/2023|Stock Merger|NEW|NEW CORP XXXMERGER|85|||", "10/02/2023|Stock Merger|OLD|OLD CORP|-100|||"];
    let desk = Desk::new();
    let file = schwab(&[&merger[..], &[BOUGHT]].concat());
    let said = import(&desk, &file);
    assert_eq!(pick(&said["kinds"], &["buy", "exchange"]), "1 1");
    assert_eq!(held(&desk), ["NEW 85 1000 0", "OLD 0 0 0"]);
    assert_eq!(import(&desk, &file)["skipped_duplicates"], 2);
    // The company's ratio, less a fraction paid in cash, gives this number of shares.
    let typed = Desk::new();
    import(&typed, &schwab(&[BOUGHT]));
    typed.ok(["add-stock", "NEW", "New"]);
    let exchange = "exchange OLD NEW 0.8533:1 --date 2023-10-01 --round down --cash-in-lieu 7.5";
    typed.ok(exchange.split(' '));
    let in_lieu = "10/05/2023|Cash In Lieu|NEW|NEW CORP||||$7.50";
    let said = import(&typed, &schwab(&[&merger[..], &[in_lieu, BOUGHT]].concat()));
    assert_eq!(pick(&said, &["imported", "skipped_duplicates"]), "0 3");
}

#[test]
fn shares_for_cash_are_a_sale_and_a_new_name_is_no_change() {
    let desk = Desk::new();
    let said = import(
        &desk,
        &schwab(&[
            "11/08/2022|Cash Merger Adj|OLD|OLD CORP XXXMANDATORY MERGER|-100|||",
            "11/08/2022|Cash Merger|OLD|OLD CORP XXXMANDATORY MERGER||||$5420.00",
            "06/09/2022|Name Change|META|META PLATFORMS|10|||",
            "06/09/2022|Name Change|FB|META PLATFORMS|-10|||",
            "02/02/2021|Buy|FB|FACEBOOK INC|10|$250.00||-$2500.00",
            BOUGHT,
        ]),
    );
    assert_eq!(pick(&said["kinds"], &["buy", "sell"]), "2 1");
    assert_eq!(held(&desk), ["META 10 2500 0", "OLD 0 0 4420"]);
    // Shares and cash: the user has to say what is realized.
    let both = [
        "10/02/2023|Cash/Stock Merger|NEW|NEW CORP|50|||",
        "10/02/2023|Cash/Stock Merger|OLD|OLD CORP||||$150.00",
        "10/02/2023|Cash/Stock Merger|OLD|OLD CORP|-100|||",
        BOUGHT,
    ];
    let desk = Desk::new();
    let told = refused(&desk, &schwab(&both));
    assert!(told[0].contains("`Cash/Stock Merger` of OLD, by which 100 shares left, may move cost"), "{told:?}");
    let command =
        "stockbook exchange OLD NEW 50:100 --date 2023-10-02 --cash 1.5 --value NEW_PRICE --rule RULE -p main";
    assert!(told[0].contains(&format!("tell; enter {command}")), "{told:?}");
    assert!(told[1].contains("enter the command, and import again"), "{told:?}");
    // It works as it is, once the words in capitals are filled in.
    import(&desk, &schwab(&[BOUGHT]));
    desk.ok(["add-stock", "NEW", "New"]);
    let filled = command.replace("NEW_PRICE", "30").replace("RULE", "boot");
    desk.ok(filled.split(' ').skip(1));
    assert_eq!(import(&desk, &schwab(&both))["imported"], 0);
}

#[test]
fn a_spin_off_is_refused_with_the_command_and_known_once_it_was_entered() {
    let rows = ["11/04/2021|Spin-off|BABY|BABY HLDGS|20|||", BOUGHT];
    let desk = Desk::new();
    let told = refused(&desk, &schwab(&rows));
    assert!(
        told[0].contains("standard input:2: `Spin-off` of BABY, by which 20 shares came, may move cost"),
        "{told:?}"
    );
    let command = "stockbook spin-off OLD_SYMBOL BABY NEW:OLD --date 2021-11-04 --values NEW_PRICE:OLD_PRICE -p main";
    assert!(told[0].contains(command), "{told:?}");
    let left_out = desk.fed(&schwab(&rows), ["import", "-", "--add-stocks", "--skip-unknown", "-O", "json"]).exits(0);
    let said: Value = serde_json::from_str(&left_out.out()).unwrap();
    assert_eq!((&said["imported"], &said["not_recorded"]["unknown"]), (&1.into(), &1.into()));
    desk.ok(["add-stock", "BABY", "Baby"]);
    let filled = command.replace("OLD_SYMBOL", "OLD").replace("NEW:OLD", "1:5").replace("NEW_PRICE:OLD_PRICE", "1:4");
    desk.ok(filled.split(' ').skip(1));
    let said = import(&desk, &schwab(&rows));
    assert_eq!(pick(&said, &["imported", "skipped_duplicates"]), "0 2");
    assert_eq!(held(&desk)[0].split(' ').next(), Some("BABY"));
}

#[test]
fn a_fraction_that_a_split_left_is_sold_for_what_was_paid_and_another_is_refused() {
    let desk = Desk::new();
    import(&desk, &schwab(&["01/02/2020|Buy|OLD|OLD CORP|101|$10.00||-$1010.00"]));
    desk.ok(["split", "OLD", "1:10", "--date", "2020-06-01"]);
    let paid = schwab(&["06/04/2020|Cash In Lieu|OLD|OLD CORP||||$9.00"]);
    assert_eq!(import(&desk, &paid)["kinds"]["cash-in-lieu"], 1);
    // 1 of 101 shares had cost 10.
    assert_eq!(held(&desk), ["OLD 10 1000 -1"]);
    assert_eq!(import(&desk, &paid)["skipped_duplicates"], 1);
    desk.ok(["check"]);
    let told = refused(&desk, &schwab(&["06/04/2021|Cash In Lieu|OLD|OLD CORP||||$9.00"]));
    assert!(told[0].contains("9 was paid for a fraction of OLD, and no split of the book has left one"), "{told:?}");
    let command = "stockbook split OLD NEW:OLD --date 2021-06-04 --round down --cash-in-lieu 9 -p main";
    assert!(told[0].contains(command), "{told:?}");
}

#[test]
fn cash_beside_a_refused_split_belongs_to_its_command() {
    let split = "06/01/2020|Reverse Split|OLD|OLD CORP|10|||";
    let left = "06/01/2020|Reverse Split|OLD.OLD|OLD CORP|-101|||";
    let paid = "06/04/2020|Cash In Lieu|OLD|OLD CORP||||$9.00";
    let bought = "01/02/2020|Buy|OLD|OLD CORP|101|$10.00||-$1010.00";
    let desk = Desk::new();
    let file = schwab(&[paid, split, left, bought]);
    let told = refused(&desk, &file);
    assert_eq!(told.iter().filter(|line| line.contains("enter stockbook split")).count(), 1, "{told:?}");
    let command = "split OLD NEW:OLD --date 2020-06-01";
    assert!(told.iter().any(|line| line.ends_with(&format!("enter stockbook {command}"))), "{told:?}");
    let more = "--round down --cash-in-lieu 9 -p main";
    let expected = format!(
        "standard input:2: 9 was paid for a fraction of OLD by what standard input:4 tells; enter the command for \
         that row with {more}"
    );
    assert!(told.contains(&expected), "{told:?}");
    // So it does.
    import(&desk, &schwab(&[bought]));
    desk.ok(format!("{command} {more}").replace("NEW:OLD", "1:10").split(' '));
    assert_eq!(import(&desk, &file)["imported"], 0);
    assert_eq!(held(&desk), ["OLD 10 1000 -1"]);
    // The split alone works too.
    let desk = Desk::new();
    import(&desk, &schwab(&[bought]));
    desk.ok(command.replace("NEW:OLD", "1:10").split(' '));
    assert_eq!(import(&desk, &file)["imported"], 1);
    assert_eq!(held(&desk), ["OLD 10 1000 -1"]);
    // The command for an exchange that the user has to enter names the portfolio.
    let merger = "06/01/2020|Cash/Stock Merger|NEW|NEW CORP|50|||";
    let gone = "06/01/2020|Cash/Stock Merger|OLD|OLD CORP|-101||";
    let paid = "06/04/2020|Cash In Lieu|NEW|NEW CORP||||$9.00";
    let told = refused(&Desk::new(), &schwab(&[paid, merger, &format!("{gone}|$150.00"), bought]));
    let expected = "a fraction of NEW by what standard input:4 tells; enter the command for that row with --round \
                    down --cash-in-lieu 9";
    assert!(told.iter().any(|line| line.ends_with(expected)), "{told:?}");
}

#[test]
fn capital_that_was_returned_lowers_the_cost() {
    let desk = Desk::new();
    let said = import(&desk, &schwab(&["03/02/2020|Return Of Capital|OLD|OLD CORP||||$40.00", BOUGHT]));
    assert_eq!(pick(&said["kinds"], &["buy", "return-capital"]), "1 1");
    assert_eq!(held(&desk), ["OLD 100 960 0"]);
}
