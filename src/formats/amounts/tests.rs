use super::*;
use crate::formats::DecimalMark;
use crate::formats::numbers;

fn written(text: &str) -> Written {
    numbers::read(text, &mut Some(DecimalMark::Point)).unwrap().unwrap()
}

fn of_trade(text: &str) -> Amount {
    Amount { size: written(text), unit: Unit::Trade }
}

fn of_account(text: &str) -> Amount {
    Amount { size: written(text), unit: Unit::Account }
}

fn purchase(quantity: &str, price: &str, amount: Amount) -> Figures {
    Figures {
        side: Side::Buy,
        quantity: written(quantity),
        price: Some(written(price)),
        price_units: Figure::ONE,
        rate_units: Figure::ONE,
        amount: Some(amount),
        gross: None,
        fees: Vec::new(),
        tax: None,
        rate: None,
    }
}

const NET: Relation = Relation { amount: AmountIs::Net, fee: FeeIs::Told, rate: RateIs::TradePerAccount };
const GROSS: Relation = Relation { amount: AmountIs::Gross, ..NET };
const IMPLIED: Relation = Relation { fee: FeeIs::Implied, ..NET };

/// The amount and the fee.
fn settled(figures: &Figures, relation: Relation) -> Result<(String, String), String> {
    let settlement = figures.settle(relation).map_err(|fault| fault.at(1).message)?;
    let shown = |text: Option<String>| text.unwrap_or_else(|| "-".to_owned());
    Ok((
        shown(settlement.amount.map(|amount| amount.to_string())),
        shown(settlement.fee.map(|amount| amount.to_string())),
    ))
}

fn pair(amount: &str, fee: &str) -> (String, String) {
    (amount.to_owned(), fee.to_owned())
}

#[test]
fn a_sale_that_is_short_by_cents_has_paid_them() {
    let cents = Relation { fee: FeeIs::ToldButForCents, ..NET };
    let sold = |quantity, price, amount| Figures { side: Side::Sell, ..purchase(quantity, price, of_trade(amount)) };
    assert_eq!(settled(&sold("1", "196.9579", "196.95"), cents), Ok(pair("196.96", "0.01")));
    assert_eq!(settled(&sold("4", "56.905", "227.61"), cents), Ok(pair("227.62", "0.01")));
    // 1,000,000 is short by 27.80.
    assert_eq!(settled(&sold("100", "10000", "999972.20"), cents), Ok(pair("1000000", "27.8")));
    assert_eq!(settled(&sold("4", "50", "200"), cents), Ok(pair("200", "0")));
    assert!(settled(&sold("4", "50", "199.50"), cents).is_err());
    assert!(settled(&sold("4", "50", "200.05"), cents).is_err());
    assert!(settled(&purchase("4", "50", of_trade("199.97")), cents).is_err());
    let stated = Figures { fees: vec![of_trade("1")], ..sold("4", "50", "198.95") };
    assert_eq!(settled(&stated, cents), Ok(pair("200", "1.05")));
    let stated = Figures { fees: vec![of_trade("1")], ..sold("4", "50", "198.50") };
    assert!(settled(&stated, cents).is_err());
    // 1000 × 100 less 5 is 99995, and 0.005 % of 100000 is 5.
    let stated = |amount| Figures { fees: vec![of_trade("5")], ..sold("1000", "100.000", amount) };
    assert_eq!(settled(&stated("99990"), cents), Ok(pair("100000", "10")));
    for wrong in ["99989.99", "99895"] {
        assert!(settled(&stated(wrong), cents).is_err());
    }
}

#[test]
fn the_costs_of_a_sale_may_exceed_its_proceeds() {
    let sold = |quantity, price, amount, fee| Figures {
        side: Side::Sell,
        fees: vec![of_trade(fee)],
        ..purchase(quantity, price, of_trade(amount))
    };
    // 1 × 0.0001 less 0.03 is -0.0299.
    assert_eq!(settled(&sold("1", "0.0001", "-0.03", "0.03"), NET), Ok(pair("0", "0.03")));
    assert_eq!(settled(&sold("1", "0.0001", "-$0.03", "$0.03"), NET), Ok(pair("0", "0.03")));
    // 100 × 0.02 less 6.95 is -4.95.
    assert_eq!(settled(&sold("100", "0.0200", "-4.95", "6.95"), NET), Ok(pair("2", "6.95")));
    // The sign may be the table's manner: 10 × 25 less 2 is 248.
    assert_eq!(settled(&sold("10", "25.00", "-248.00", "2"), NET), Ok(pair("250", "2")));
    for wrong in ["4.95", "-4.90", "-8.95", "-2.00"] {
        assert!(settled(&sold("100", "0.0200", wrong, "6.95"), NET).is_err(), "{wrong}");
    }
}

#[test]
fn an_amount_is_before_or_after_fees_and_taxes_as_the_table_says() {
    let bought =
        Figures { fees: vec![of_trade("-1.50"), of_trade("0.50")], ..purchase("10", "25.00", of_trade("-252.00")) };
    assert_eq!(settled(&bought, NET), Ok(pair("250", "2")));
    let sold = Figures { side: Side::Sell, amount: Some(of_trade("248.00")), ..bought.clone() };
    assert_eq!(settled(&sold, NET), Ok(pair("250", "2")));
    let gross = Figures { amount: Some(of_trade("250")), ..bought.clone() };
    assert_eq!(settled(&gross, GROSS), Ok(pair("250", "2")));
    let taxed = Figures { tax: Some(of_trade("15")), amount: Some(of_trade("233.00")), ..sold };
    assert_eq!(settled(&taxed, Relation { amount: AmountIs::NetAfterTaxes, ..NET }), Ok(pair("250", "2")));
    assert_eq!(settled(&bought, GROSS), Err("10 x 25 is 250, but the amount before fees is 252".to_owned()));
}

#[test]
fn the_tolerance_is_that_of_the_last_places_written() {
    // 4.869 × half a cent + 205.40 × 0.0005 + half a cent = 0.132; 4.869 × 205.40 = 1000.0926
    let of = |amount: &str| settled(&purchase("4.869", "205.40", of_trade(amount)), NET).is_ok();
    assert!(of("1000.09") && of("1000.22") && of("999.97"));
    assert!(!of("1000.23") && !of("999.96"));
    // A whole quantity is exact: 3 × half a cent + half a cent = 0.02.
    let of = |amount: &str| settled(&purchase("3", "10.00", of_trade(amount)), NET).is_ok();
    assert!(of("30.02") && !of("30.03"));
    // A price without places is known to the cent all the same.
    let of = |amount: &str| settled(&purchase("6.0000", "190", of_trade(amount)), NET).is_ok();
    assert!(of("1140.03") && !of("1143"));
}

#[test]
fn a_fee_without_a_column_is_the_difference() {
    let sold = Figures { side: Side::Sell, ..purchase("5", "210.00", of_trade("1049.97")) };
    assert_eq!(settled(&sold, IMPLIED), Ok(pair("1050", "0.03")));
    assert_eq!(settled(&purchase("10", "57.928", of_trade("585.27")), IMPLIED), Ok(pair("579.28", "5.99")));
    // What the rounding of the price explains is no fee: 0.123456 × 81.23 = 10.0283.
    assert_eq!(settled(&purchase("123.456", "81.23", of_trade("10028.30")), IMPLIED), Ok(pair("10028.3", "0")));
    // A discount, and pounds for pence.
    assert!(settled(&purchase("10", "57.00", of_trade("500")), IMPLIED).is_err());
    assert!(settled(&purchase("10", "0.57", of_trade("570")), IMPLIED).is_err());
}

#[test]
fn what_rounding_explains_is_no_fee_where_the_table_says_so() {
    let rounded = Relation { fee: FeeIs::ImpliedButForRounding, ..NET };
    // 100.5 × 10.12 = 1017.06; the price is known to 100.5 × 0.005 = 0.50, the quantity to 10.12 × 0.05 = 0.51.
    let bought = |cash| settled(&purchase("100.5", "10.12", of_trade(cash)), rounded);
    assert_eq!(bought("1017.10"), Ok(pair("1017.1", "0")));
    assert_eq!(bought("1016.10"), Ok(pair("1016.1", "0")));
    assert_eq!(bought("1018.10"), Ok(pair("1017.06", "1.04")));
    assert!(bought("1016.00").is_err());
    let sold = |cash| settled(&Figures { side: Side::Sell, ..purchase("100.5", "10.12", of_trade(cash)) }, rounded);
    assert_eq!(sold("1017.02"), Ok(pair("1017.02", "0")));
    assert_eq!(sold("1016.02"), Ok(pair("1017.06", "1.04")));
    assert!(sold("1018.10").is_err());
}

#[test]
fn what_is_in_the_account_s_currency_comes_by_the_rate_whichever_way_it_goes() {
    let bought = |rate: &str| Figures {
        fees: vec![of_account("0.80")],
        rate: Some(written(rate)),
        ..purchase("25", "120.0", of_account("2400.8"))
    };
    // 25 × 120 = 3000 and 2400.80 less 0.80 at 1.25, or at 0.8 the other way.
    assert_eq!(settled(&bought("1.25"), NET), Ok(pair("-", "1")));
    assert_eq!(settled(&bought("0.8"), NET), Ok(pair("-", "1")));
    assert!(settled(&bought("0.9"), NET).is_err());
}

#[test]
fn pence_are_hundredths_and_so_is_what_comes_by_their_rate() {
    // 10 × 5000p = £500; 628.94 euros at 80p, less 2.40 pounds and 0.94 euros (75.2p).
    let fees = vec![of_trade("2.40"), of_account("0.94")];
    let [price_units, rate_units] = [Figure::HUNDRED; 2];
    let bought = Figures {
        price_units,
        rate_units,
        fees,
        rate: Some(written("80.00000")),
        ..purchase("10", "5000.00", of_account("628.94"))
    };
    assert_eq!(settled(&bought, NET), Ok(pair("-", "3.152")));
    let pounds = Figures { price: Some(written("50.00")), ..bought };
    assert_eq!(settled(&pounds, NET), Err("10 x 50 / 100 is 5, but the amount before fees is 500".to_owned()));
}
