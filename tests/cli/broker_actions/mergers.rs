//! Mergers at the same day or time are told apart.

use super::formats::ibkr;
use super::{BOUGHT, held, import, refused, schwab};
use crate::harness::Desk;

/// Two mergers in one account on one day, as several brokers report them.
#[test]
fn mergers_of_one_day_are_told_apart_by_what_the_rows_say() {
    let expected = ["GEA 30 3000 0", "NEW 85 1000 0"];
    let open = |desk: &Desk| held(desk).into_iter().filter(|row| !row.contains(" 0 0 ")).collect::<Vec<_>>();
    // IBKR describes both sides of a merger in the same words, which name the new shares.
    let side = |what: &str, of: &str, shares: &str| {
        format!("2023-08-02,\"2023-08-01, 20:25:00\",\"{what} ({of})\",{shares},0")
    };
    let ge = "GE(US3696041033) Merged(Acquisition)  WITH US3696043013 1 for 10";
    let twtr = "TWTR(US90184L1026) Merged(Acquisition)  WITH US88160R1014 17 for 2";
    let rows = [
        side(ge, "GEA, GE AEROSPACE, US3696043013", "30"),
        side(twtr, "NEW, NEW CORP, US88160R1014", "85"),
        side(ge, "GE, GENERAL ELECTRIC, US3696041033", "-300"),
        side(twtr, "TWTR, TWITTER INC, US90184L1026", "-10"),
    ];
    let desk = Desk::new();
    import(&desk, &ibkr(&rows.each_ref().map(String::as_str)));
    assert_eq!(open(&desk), ["GEA 30 3000 0", "NEW 85 400 0"]);
    desk.ok(["check"]);
    // Schwab names the shares that were exchanged in the description, or describes the two mergers
    // differently.
    let bought = "01/03/2020|Buy|GEX|GENERAL ELECTRIC|300|$10.00||-$3000.00";
    let named = [
        "10/02/2023|Stock Merger|NEW|NEW CORP XXXMERGER FROM OLD|85|||",
        "10/02/2023|Stock Merger|GEA|GE AEROSPACE XXXMERGER FROM GEX|30|||",
        "10/02/2023|Stock Merger|GEX|GENERAL ELECTRIC|-300|||",
        "10/02/2023|Stock Merger|OLD|OLD CORP|-100|||",
    ];
    let desk = Desk::new();
    import(&desk, &schwab(&[&named[..], &[bought, BOUGHT]].concat()));
    assert_eq!(open(&desk), expected);
    let otherwise = [
        "10/02/2023|Stock Merger|NEW|NEW CORP|85|||",
        "10/02/2023|Cash Merger Adj|GEX|GENERAL ELECTRIC|-300|||",
        "10/02/2023|Cash Merger|GEX|GENERAL ELECTRIC||||$4000.00",
        "10/02/2023|Stock Merger|OLD|OLD CORP|-100|||",
    ];
    let desk = Desk::new();
    import(&desk, &schwab(&[&otherwise[..], &[bought, BOUGHT]].concat()));
    assert_eq!(held(&desk), ["GEX 0 0 1000", "NEW 85 1000 0", "OLD 0 0 0"]);
    // If the rows do not tell, each is refused, with the command to enter.
    let silent = named.map(|row| row.replace(" XXXMERGER FROM OLD", "").replace(" XXXMERGER FROM GEX", ""));
    let silent: Vec<&str> = silent.iter().map(String::as_str).chain([bought, BOUGHT]).collect();
    let told = refused(&Desk::new(), &schwab(&silent));
    for command in [
        "stockbook exchange OLD_SYMBOL NEW 85:OLD --date 2023-10-02 -p main",
        "stockbook exchange GEX NEW_SYMBOL NEW:300 --date 2023-10-02 -p main",
    ] {
        assert!(told.iter().any(|line| line.contains(command)), "{told:?}");
    }
    // Trade Republic reports both sides at the same time, and so does DEGIRO.
    let header = "datetime,date,account_type,category,type,asset_class,name,symbol,shares,price,amount,fee,tax,currency,\
                  original_amount,original_currency,fx_rate,description,transaction_id\n";
    let row = |at: &str, what: &str, isin: &str, shares: &str, money: &str| {
        let day = &at[..10];
        format!("{at},{day},DEFAULT,{what},STOCK,Some,{isin},{shares},{money},,,EUR,,,,,{day}{shares}\n")
    };
    let [merged, bought] = ["CORPORATE_ACTION,MERGER", "TRADING,BUY"];
    let file = [
        row("2020-01-02T09:00:00Z", bought, "US0378331005", "100", "10,-1000"),
        row("2020-01-03T09:00:00Z", bought, "US3696041033", "300", "10,-3000"),
        row("2023-10-01T09:00:00Z", merged, "US0378331005", "-100", ","),
        row("2023-10-01T09:00:05Z", merged, "US3696041033", "-300", ","),
        row("2023-10-01T09:00:00Z", merged, "US88160R1014", "85", ","),
        row("2023-10-01T09:00:05Z", merged, "US3696043013", "30", ","),
    ];
    let desk = Desk::new();
    import(&desk, &format!("{header}{}", file.concat()));
    assert_eq!(open(&desk), ["US3696043013 30 3000 0", "US88160R1014 85 1000 0"]);
}

/// DEGIRO books both sides at the same time, or at midnight, under the names of the companies.
#[test]
fn mergers_of_one_time_are_told_apart_by_the_names_of_the_companies() {
    let header = "Date,Time,Product,ISIN,Reference exchange,Venue,Quantity,Price,,Local value,,Value EUR,Exchange rate,\
                  AutoFX Fee,Transaction and/or third party fees EUR,Total EUR,Order ID,\n";
    let order = "11111111-2222-3333-4444-555555555555";
    let bought = |product: &str, isin: &str, shares: &str| {
        format!(
            "02-01-2020,09:00,{product},{isin},XET,,{shares},10.00,EUR,-{shares}0.00,EUR,-{shares}0.00,,0.00,,-{shares}0.00,\
             {order},\n"
        )
    };
    let moved = |time: &str, product: &str, isin: &str, shares: &str| {
        format!("01-10-2023,{time},{product},{isin},XET,,{shares},0.00,EUR,0.00,EUR,0.00,,0.00,,0.00,,\n")
    };
    let file = |time: &str, names: [&str; 4]| {
        [
            header.to_owned(),
            moved(time, names[0], "US3696043013", "30"),
            moved(time, names[1], "US0378331005", "-100"),
            moved(time, names[2], "US88160R1014", "40"),
            moved(time, names[3], "US3696041033", "-300"),
            bought(names[1], "US0378331005", "100"),
            bought(names[3], "US3696041033", "300"),
        ]
        .concat()
    };
    for time in ["00:00", "09:00"] {
        let desk = Desk::new();
        import(&desk, &file(time, ["GENERAL ELECTRIC CO", "ALTEN SA", "ALTEN NV", "GENERAL ELECTRIC"]));
        let open: Vec<_> = held(&desk).into_iter().filter(|row| !row.contains(" 0 0 ")).collect();
        assert_eq!(open, ["US3696043013 30 3000 0", "US88160R1014 40 1000 0"], "{time}");
        let told = refused(&Desk::new(), &file(time, ["GE", "ALTEN SA", "NEW NV", "GENERAL ELECTRIC"]));
        // The file does not describe it.
        let came = "a corporate action of US3696043013, by which 30 shares came, may move cost";
        assert!(told.len() == 5 && told[0].contains(came), "{told:?}");
    }
}
