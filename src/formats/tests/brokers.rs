//! Shapes of brokers' files, each with made-up rows.

use serde_json::json;

use super::rules::shown;
use super::samples::options;
use crate::formats::{Activities, Library, Wanted};

/// What a file tells, a line each, and then its format and what it counts.
fn told_of(file: &str, wanted: &str) -> Vec<String> {
    let (library, options) = (Library::built_in(), options(&json!({ "options": wanted })));
    let mut activities =
        Activities::open(file.as_bytes(), &Wanted::Any(&library), &options).unwrap_or_else(|error| panic!("{error}"));
    let told = (&mut activities).map(|it| it.unwrap().map_or_else(|fault| fault.to_string(), |it| shown(&it)));
    let mut told: Vec<String> = told.collect();
    let summary = activities.summary();
    let counts = summary.not_recorded.iter().map(|(kind, count)| format!(" {kind} {count}")).collect::<Vec<_>>();
    let left = summary.unread_sections.iter().map(|(name, rows)| format!(" {name}: {rows}")).collect::<Vec<_>>();
    told.push(format!("{}:{};{}", activities.format().name(), counts.concat(), left.concat()));
    told
}

#[test]
fn statements_of_interactive_brokers_are_read_in_the_languages_of_the_account() {
    let german = "Statement,Header,Feldname,Feldwert\n\
        Statement,Data,BrokerName,Interactive Brokers\n\
        Transaktionen,Header,DataDiscriminator,Vermögenswertkategorie,Währung,Symbol,Datum/Zeit,Menge,T.-Kurs,Schlussk.,Erlös,Prov./Gebühr,Basis,Code\n\
        Transaktionen,Data,Order,Aktien,USD,ACM,\"2025-03-03, 10:00:00\",20,12.5,12,-250,-1,251,O\n\
        Transaktionen,Data,Order,Aktien,USD,ACM,\"2025-03-03, 10:05:00\",-20,12.5,12,250,1,-251,Ca\n\
        Transaktionen,SubTotal,,Aktien,USD,ACM,,0,,,0,0,0,\n\
        Transaktionen,Data,Order,Devisen,USD,EUR.USD,\"2025-03-03, 09:00:00\",-300,1.1,,330,-2,,\n\
        Kapitalmaßnahmen,Header,Vermögenswertkategorie,Währung,Berichtsdatum,Datum/Zeit,Beschreibung,Menge,Erlös,Wert,Code\n\
        Kapitalmaßnahmen,Data,Aktien,USD,2025-03-10,\"2025-03-07, 20:25:00\",\"ACM(US0378331005) Split 4 für 1 (ACM, ACME, US0378331005)\",60,0,0,\n\
        Kapitalmaßnahmen,Data,Gesamt,,,,,,0,0,\n\
        Dividenden,Header,Währung,Datum,Beschreibung,Betrag\n\
        Dividenden,Data,USD,2025-04-01,ACM(US0378331005) Bardividende USD 0.50 pro Aktie,40\n\
        Dividenden,Data,Gesamt,,,40\n\
        Quellensteuer,Header,Währung,Datum,Beschreibung,Betrag,Code\n\
        Quellensteuer,Data,USD,2025-04-01,ACM(US0378331005) Bardividende USD 0.50 pro Aktie - US Steuer,-6,\n\
        Zinsen,Header,Währung,Datum,Beschreibung,Betrag\n\
        Zinsen,Data,USD,2025-05-05,USD Sollzinsen,-0.79\n\
        Neues,Header,Symbol,Menge\n\
        Neues,Data,ACM,1\n\
        Neues,Data,ACM,2\n";
    let told = told_of(german, "none");
    assert_eq!(told[0], "4 2025-03-03 Buy 20 ACM for 250 fee 1");
    assert!(told[1].starts_with("5 2025-03-03 ACM Cancelled("), "{}", told[1]);
    assert_eq!(
        told[2..],
        [
            "9 2025-03-10 Split ACM 4:1",
            "12+15 2025-04-01 Dividend ACM 40 tax 6",
            "ibkr-activity: fx 1 interest 1 subtotal 3 withholding_tax 1; Neues: 2"
        ]
    );
    let french = "Transactions,Header,DataDiscriminator,Catégorie d'actifs,Devise,Compte,Symbole,Date/Heure,Quantité,Prix trans.,Cours de clôt.,Produit,Comm/Tarif,Base,Code\n\
        Transactions,Data,Order,Actions,EUR,U1,ACM,\"2025-10-21, 03:17:30\",15,9,8,-135,-0.5,135.5,O\n\
        Dividendes,Header,Devise,Compte,Date,Description,Montant\n\
        Dividendes,Data,EUR,U1,2025-12-10,ACM(FR0000120271) Dividende en espèces EUR 0.10 par action,1.5\n\
        Dividendes,Data,Total,,,,1.5\n";
    let spanish = "Operaciones,Header,DataDiscriminator,Categoría de activo,Divisa,Símbolo,Fecha/Hora,Cantidad,Precio trans.,Precio de cier.,Productos,Tarifa/com.,Básico,Código\n\
        Operaciones,Data,Order,Acciones,EUR,ACM,\"2025-10-21, 03:17:30\",15,9,8,-135,-0.5,135.5,O\n\
        Dividendos,Header,Divisa,Fecha,Descripción,Cantidad\n\
        Dividendos,Data,EUR,2025-12-10,ACM(FR0000120271) Dividendo en efectivo EUR 0.10 por acción,1.5\n\
        Dividendos,Data,Total Dividendos en EUR,,,1.5\n";
    let chinese = "交易,Header,DataDiscriminator,资产分类,货币,代码,日期/时间,数量,交易价格,收盘价格,收益,佣金/税,基础,按市值计算的损益,代码\n\
        交易,Data,Order,股票,EUR,ACM,\"2025-10-21, 03:17:30\",15,9,8,-135,-0.5,135.5,0,O\n\
        股息,Header,货币,日期,描述,金额\n\
        股息,Data,EUR,2025-12-10,ACM(FR0000120271) 现金红利 EUR 0.10 每股,1.5\n\
        股息,Data,总数,,,1.5\n";
    for file in [french, spanish, chinese] {
        let expected = [
            "2 2025-10-21 Buy 15 ACM for 135 fee 0.5",
            "4 2025-12-10 Dividend ACM 1.5 tax 0",
            "ibkr-activity: subtotal 1;",
        ];
        assert_eq!(told_of(file, "none"), expected, "{file}");
    }
    // In Chinese the column of the codes has the name of that of the symbols.
    let taken_back = told_of(&chinese.replace(",-135,-0.5,135.5,0,O", ",-135,-0.5,135.5,0,Ca"), "none");
    assert!(taken_back[0].contains("Cancelled("), "{taken_back:?}");
}

#[test]
fn files_of_degiro_are_read_in_eight_languages() {
    let new = |names: &str| {
        format!(
            "{names}\n03-03-2025,10:00,ACME,US0378331005,NDQ,XNAS,10,\"12,0000\",USD,\"-120,00\",USD,\"-100,00\",\
             \"1,2000\",\"-0,25\",\"-2,00\",\"-102,25\",,0000-1\n"
        )
    };
    let old = |names: &str| {
        format!(
            "{names}\n03-03-2025,10:00,ACME,US0378331005,NDQ,XNAS,10,12.0000,USD,-120.00,USD,-100.00,EUR,1.2000,\
             -2.25,EUR,-102.25,EUR,0000-1\n"
        )
    };
    for file in [
        new(
            "Data,Czas,Produkt,ISIN,Giełda referencyjna,Miejsce wykonania,Liczba,Kurs,,Wartość lokalna,,Wartość EUR,Kurs wymiany,Opłaty AutoFX,Opłata transakcyjna DEGIRO i/lub opłata stron,Razem EUR,Identyfikator zlecenia,",
        ),
        new(
            "Datum,Čas,Produkt,ISIN,Reference exchange,Venue,Počet,Cena,,Hodnota v domácí měně,,Hodnota EUR,Směnný kurz,AutoFX Fee,Transaction and/or third party fees EUR,Celkem EUR,ID objednávky,",
        ),
        new(
            "Data,Hora,Produto,ISIN,Bolsa de referência,Bolsa,Quantidade,Preços,,Valor local,,Valor EUR,Taxa de Câmbio,Taxa Autofx,Custos de transação e/ou taxas de terceiros,Total EUR,ID da Ordem,",
        ),
        old(
            "Data,Czas,Produkt,ISIN,Giełda referenc,Miejsce wykonania,Liczba,Kurs,,Wartość lokalna,,Wartość,,Kurs wymian,Opłata transakcyjna,,Razem,,Identyfikator zlecenia",
        ),
        old(
            "Data,Ora,Prodotto,ISIN,Borsa di,Borsa,Quantità,Quotazione,,Valore locale,,Valore,,Tasso di,Commissioni di,,Totale,,ID Ordine",
        ),
        old(
            "Date,Time,Product,ISIN,Reference,Venue,Quantity,Price,,Local value,,Value,,Exchange rate,Transaction costs,,Total,,Order ID",
        ),
        old(
            "Datum,Uhrzeit,Produkt,ISIN,Referenzbörse,Ausführungsort,Anzahl,Kurs,,Wert in Lokalwährung,,Wert,,Wechselkurs,Transaktionskosten,,Gesamt,,Order-ID",
        ),
    ] {
        // 2.25 EUR are 2.70 USD by the row's rate.
        let expected = ["2 2025-03-03 Buy 10 US0378331005 for 120 fee 2.7", "degiro-transactions:;"];
        assert_eq!(told_of(&file, "none"), expected, "{file}");
    }
    // Until 2020 the currency stood before its amount.
    let before = "Datum,Uhrzeit,Produkt,ISIN,Referenzbörse,Anzahl,,Kurs,,Wert in Lokalwährun,,Wert,Wechselkurs,,Transaktionskost,,Gesamt,Order-ID\n\
        23-12-2020,08:18,ACME,NO0010081235,FRA,250,EUR,2.4000,EUR,-600.00,EUR,-600.00,,EUR,-2.09,EUR,-602.09,0000-2\n";
    let expected = ["2 2020-12-23 Buy 250 NO0010081235 for 600 fee 2.09", "degiro-transactions:;"];
    assert_eq!(told_of(before, "none"), expected);
}

#[test]
fn a_row_about_money_that_moves_shares_of_a_stock_is_refused() {
    let file = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),ID\n\
        Transfer in,2025-05-01 10:00:00,US0378331005,ACM,Acme,10,,,,,,E1\n\
        Transfer in,2025-05-02 10:00:00,,,,,,,,10.00,EUR,E2\n";
    assert_eq!(
        told_of(file, "none"),
        ["line 2: action \"Transfer in\" is about money, but the row names 10 of ACM", "trading212: cash 1;"]
    );
}

#[test]
fn what_no_word_of_fidelity_tells_of_a_stock_is_refused() {
    let names = "Run Date,Action,Symbol,Description,Type,Quantity,Price ($),Commission ($),Fees ($),Amount ($),Settlement Date\n";
    let rows = "05/01/2025,PURCHASE INTO CORE ACCOUNT (SPAXX) (Cash),SPAXX,FUND,Cash,100,1,,,-100,\n\
        05/02/2025,REDEMPTION FROM CORE ACCOUNT (SPAXX) (Cash),SPAXX,FUND,Cash,-50,1,,,50,\n\
        05/03/2025,REDEMPTION PAYOUT ACME PFD (ACMPRA) (Cash),ACMPRA,ACME PFD,Cash,-4,25,,,100,\n\
        05/04/2025,ROYALTY TR PYMT ACME TR (ACT) (Cash),ACT,ACME TR,Cash,,,,,5,\n\
        05/05/2025,RETURN OF CAPITAL ACME TR (ACT) (Cash),ACT,ACME TR,Cash,,,,,3,\n\
        05/06/2025,ADVISORY FEE (Cash),,No Description,Cash,,,,,-1,\n\
        05/07/2025,Check Paid # 1 (Cash),,No Description,Cash,,,,,-1,\n\
        05/08/2025,GOODWILL ACME (ACM) (Cash),ACM,ACME,Cash,,,,,2,\n";
    let told = told_of(&format!("{names}{rows}"), "none");
    assert_eq!(told[0], "4 2025-05-03 Sell 4 ACMPRA for 100 fee 0");
    assert!(told[1].contains("ACT CostChange { kind: ReturnOfCapital"), "{}", told[1]);
    assert_eq!(told[2], "line 9: unknown action \"GOODWILL ACME (ACM) (Cash)\"");
    // It might have been taxed further down.
    assert_eq!(told[3], "5 2025-05-04 Dividend ACT 5 tax 0");
    assert_eq!(told[4], "fidelity: cash 1 cash_sweep 2 fee 1;");
}

#[test]
fn dividends_and_exchanged_money_of_interactive_investor_are_told_apart() {
    let file = "Date,Settlement Date,Symbol,Sedol,Quantity,Price,Description,Reference,Debit,Credit,Running Balance\n\
        30/12/2024,30/12/2024,ISF,0504245,n/a,n/a,Div ISHARES FTSE100,R5,n/a,£41.36,£44.72\n\
        02/12/2024,03/12/2024,n/a,n/a,44.69,£0.81,44.69 EURO NoTf     .81 S Date 03/12/24,R3,n/a,£36.48,£3.89\n\
        01/12/2024,01/12/2024,n/a,n/a,n/a,n/a,Total Monthly Fee,R2,£9.99,n/a,£3.89\n\
        30/11/2024,30/11/2024,ISF,0504245,n/a,n/a,Something else,R1,n/a,£1.00,£3.89\n";
    assert_eq!(
        told_of(file, "none"),
        [
            "2 2024-12-30 Dividend ISF 41.36 tax 0",
            "line 5: unknown action \"Something else\"",
            "interactive-investor: fee 1 fx 1;"
        ]
    );
    // Older files have neither quantity nor price in columns of their own.
    let older = "Date,Settlement Date,Symbol,Sedol,Description,Reference,Debit,Credit,Running Balance\n\
        15/06/2023,19/06/2023,ACM,1234567,\"1,500 ACME  Del   0.64 S Date 19/06/23\",A1,£973.66,n/a,\"£1,000.00\"\n\
        16/06/2023,16/06/2023,n/a,n/a,DEBIT CARD,A2,n/a,£10.00,\"£1,000.00\"\n";
    assert_eq!(told_of(older, "none"), ["2 2023-06-15 Buy 1500 ACM for 973.66 fee 0", "interactive-investor: cash 1;"]);
}

#[test]
fn newer_files_of_xtb_saxo_and_bux_are_read() {
    let xtb = "Account number;1;;;;;;\nCash Operations;;;;;;;\nType;Ticker;Instrument;Time;Amount;ID;Comment;Product\n\
        Free funds interest;;;2025-12-01 10:00:00;0,24;1;Free-funds Interest;X\n\
        Stock purchase;ACM.DE;Acme;2025-10-01 10:00:00;-616,32;3;OPEN BUY 4 @ 154.0800;X\n\
        Dividend;ACM.DE;Acme;2025-11-01 10:00:00;1.006,42;6;ACM.DE EUR 0.0642/ SHR;X\n\
        Total;;;;9,95;;;\n";
    assert_eq!(
        told_of(xtb, "--currency EUR"),
        [
            "5 2025-10-01 Buy 4 ACM.DE for 616.32 fee 0",
            "6 2025-11-01 Dividend ACM.DE 1006.42 tax 0",
            "xtb: interest 1;"
        ]
    );
    let saxo = "Client ID,Trade Date,Value Date,Type,Instrument,Instrument ISIN,Instrument currency,Instrument Symbol,Event,Booked Amount,Order ID,Conversion Rate\n\
        ,30-okt-2024,31-okt-2024,Trade,Acme,US0378331005,USD,ACM:xnas,Buy 1 @ 589.16 USD,\"-590,16\",,1\n";
    assert_eq!(told_of(saxo, "none"), ["2 2024-10-30 Buy 1 ACM:XNAS for 589.16 fee 1", "saxo:;"]);
    let bux = "Transaction Time (CET),Transaction Category,Transaction Type,Transfer Type,Transaction Amount,Transaction Currency,Cash Balance Amount,Asset Id,Asset Name,Asset Quantity,Asset Price,Asset Currency,Exchange Rate\n\
        2024-11-18 12:15:23.606000,deposits,Sepa Deposit,,,500,EUR,500,,,,,\n\
        2024-11-19 12:15:23.606000,trades,Buy Trade,,-110.80,EUR,48.49,NL0011821202,ACME,10,11.08,EUR,\n";
    assert_eq!(told_of(bux, "none"), ["3 2024-11-19 Buy 10 NL0011821202 for 110.8 fee 0", "bux: cash 1;"]);
}
