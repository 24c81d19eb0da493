//! What was recorded by mistake can be taken back.

use serde_json::json;

use crate::harness::Desk;

#[test]
fn an_import_tells_its_files_by_their_content() {
    let desk = Desk::with_stocks();
    desk.file("two.csv", "date,action,symbol,quantity,price\n2024-02-02,buy,ACME,1,1\n2024-02-03,sell,ACME,1,2\n");
    let batch = desk.json(["import", "two.csv"])["batch_id"].clone();
    // printf 'date,action,symbol,quantity,price\n2024-02-02,buy,ACME,1,1\n2024-02-03,sell,ACME,1,2\n' | sha256sum
    let sha256 = "13a4096db8adda643e5a4652b9c90f9bc1c5a5b030a5997817fd8167fbbf1212";
    let event = desk.json(["audit", "--type", "ImportCompletedEvent"]);
    assert_eq!(
        event["data"],
        json!({
            "batch_id": batch,
            "format": "stockbook",
            "files": [{"name": "two.csv", "sha256": sha256}],
            "rows": 2,
            "recorded": 2,
            "prices": 0,
            "stocks_added": 0,
            "portfolios_added": 0,
        })
    );
    // What is recorded already makes no import.
    desk.ok(["import", "two.csv"]);
    assert_eq!(desk.ok(["audit", "--type", "ImportCompletedEvent"]).lines().count(), 1);
    desk.ok(["check"]);
}
