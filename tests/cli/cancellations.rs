//! Rows of brokers' files that cancel an earlier row.

use crate::harness::{Desk, pick};

const SCHWAB: &str =
    "\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\",\"Fees & Comm\",\"Amount\"\n";
const FLEX: &str = "Symbol,ISIN,AssetClass,TradeDate,Buy/Sell,Quantity,TradePrice,TradeMoney,IBCommission,IBCommissionCurrency,\
                    CurrencyPrimary,TradeID\n";

/// The quantity and cost held of each symbol.
fn held(desk: &Desk) -> String {
    let held = desk.json(["holdings"]);
    let held = held.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "quantity", "cost_basis"]));
    held.collect::<Vec<_>>().join("; ")
}

#[test]
fn a_trade_that_a_later_row_cancels_is_none() {
    let files = [
        // The newest first; on the day of the cancellation, there is an equal purchase that remains: 10 × 152
        // and 5 × 150.
        (
            format!(
                "{SCHWAB}\"03/08/2024\",\"Buy\",\"ACME\",\"ACME CORP\",\"10\",\"$152.00\",\"\",\"-$1520.00\"\n\
                 \"03/07/2024\",\"Cancel Buy\",\"ACME\",\"ACME CORP\",\"10\",\"$150.00\",\"\",\"$1500.00\"\n\
                 \"03/06/2024\",\"Cancel Sell\",\"ACME\",\"ACME CORP\",\"2\",\"$155.00\",\"$0.01\",\"-$309.99\"\n\
                 \"03/05/2024\",\"Sell\",\"ACME\",\"ACME CORP\",\"2\",\"$155.00\",\"$0.01\",\"$309.99\"\n\
                 \"03/05/2024\",\"Buy\",\"ACME\",\"ACME CORP\",\"10\",\"$150.00\",\"\",\"-$1500.00\"\n\
                 \"03/04/2024\",\"Buy\",\"ACME\",\"ACME CORP\",\"5\",\"$150.00\",\"\",\"-$750.00\"\n"
            ),
            "ACME 15 2270",
            4,
        ),
        // The purchase is reported again without its fee, and the one without it is cancelled: 40 × 47.68 +
        // 1.25.
        (
            format!(
                "{FLEX}ACME,US0378331005,STK,20240305,BUY,40,47.68,1907.2,-1.25,USD,USD,1\n\
                 ACME,US0378331005,STK,20240305,BUY (Ca.),-40,47.68,-1907.2,0,USD,USD,\n\
                 ACME,US0378331005,STK,20240305,BUY,40,47.68,1907.2,0,USD,USD,1\n"
            ),
            "ACME 40 1908.45",
            2,
        ),
    ];
    for (content, expected, cancelled) in files {
        let desk = Desk::new();
        desk.file("history.csv", content);
        let said = desk.json(["import", "--add-stocks", "history.csv"]);
        assert_eq!(said["not_recorded"], serde_json::json!({"cancelled": cancelled}), "{said}");
        assert_eq!(held(&desk), expected);
        assert_eq!(desk.json(["import", "history.csv"])["recorded"], false);
    }
}

#[test]
fn a_trade_cancelled_by_a_row_must_not_be_in_the_book() {
    let bought = "\"03/05/2024\",\"Buy\",\"ACME\",\"ACME CORP\",\"10\",\"$150.00\",\"\",\"-$1500.00\"\n";
    let cancelled = "\"03/07/2024\",\"Cancel Buy\",\"ACME\",\"ACME CORP\",\"10\",\"$150.00\",\"\",\"$1500.00\"\n";
    // Whether the file has both or only the cancellation.
    for (rows, counted) in [(format!("{cancelled}{bought}"), 2), (cancelled.to_owned(), 1)] {
        let desk = Desk::new();
        desk.file("first.csv", format!("{SCHWAB}{bought}"));
        desk.file("second.csv", format!("{SCHWAB}{rows}"));
        desk.ok(["import", "--add-stocks", "first.csv"]);
        let refused = desk.refused(3, ["import", "second.csv"]);
        let told = "second.csv:2: it takes back a purchase of 10 ACME for 1500 that the book has of 2024-03-05";
        assert!(refused.contains(told), "{refused}");
        let id = refused.split("`stockbook void ").nth(1).unwrap().split('`').next().unwrap();
        desk.ok(["void", id]);
        let said = desk.json(["import", "second.csv"]);
        assert_eq!(said["not_recorded"], serde_json::json!({"cancelled": counted}), "{said}");
        assert_eq!(held(&desk), "");
    }
}

#[test]
fn a_cancellation_of_nothing_is_refused_or_skipped() {
    let desk = Desk::new();
    // Another quantity, another price, and a later purchase.
    let row = |day: &str, action: &str, quantity: u32, price: u32, sign: &str| {
        let amount = quantity * price;
        format!(
            "\"03/{day}/2024\",\"{action}\",\"ACME\",\"ACME CORP\",\"{quantity}\",\"${price}\",\"\",\"{sign}${amount}\"\n"
        )
    };
    let rows = [
        row("04", "Cancel Buy", 9, 150, ""),
        row("05", "Buy", 10, 150, "-"),
        row("06", "Cancel Buy", 10, 151, ""),
        row("07", "Cancel Buy", 11, 150, ""),
        row("08", "Buy", 9, 150, "-"),
    ];
    desk.file("history.csv", format!("{SCHWAB}{}", rows.concat()));
    let refused = desk.refused(3, ["import", "--add-stocks", "history.csv"]);
    for line in [2, 4, 5] {
        assert!(refused.contains(&format!("history.csv:{line}: it takes back a purchase of")), "{refused}");
    }
    let said = desk.json(["import", "--add-stocks", "--skip-unknown", "history.csv"]);
    assert_eq!(said["not_recorded"], serde_json::json!({"unknown": 3}), "{said}");
    assert_eq!(held(&desk), "ACME 19 2850");
}
