//! Shapes of brokers' files, each with made-up rows.

use serde_json::json;

use super::rules::shown;
use super::samples::options;
use crate::formats::{Activities, Library, Wanted};

/// What a file tells, a line each, and then its format and what it counts.
pub(super) fn read_of(file: &str, wanted: &str) -> Vec<String> {
    let (library, options) = (Library::built_in(), options(&json!({ "options": wanted })));
    let mut activities =
        Activities::open(file.as_bytes(), &Wanted::Any(&library), &options).unwrap_or_else(|error| panic!("{error}"));
    let read = (&mut activities).map(|read| read.unwrap().map_or_else(|fault| fault.to_string(), |read| shown(&read)));
    let mut read: Vec<String> = read.collect();
    let summary = activities.summary();
    let counts = summary.not_recorded.iter().map(|(kind, count)| format!(" {kind} {count}")).collect::<Vec<_>>();
    let left = summary.unread_sections.iter().map(|(name, rows)| format!(" {name}: {rows}")).collect::<Vec<_>>();
    read.push(format!("{}:{};{}", activities.format().name(), counts.concat(), left.concat()));
    read
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
    let read = read_of(german, "none");
    assert_eq!(read[0], "4 2025-03-03 Buy 20 ACM for 250 fee 1");
    assert!(read[1].starts_with("5 2025-03-03 ACM Cancelled("), "{}", read[1]);
    assert_eq!(
        read[2..],
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
        assert_eq!(read_of(file, "none"), expected, "{file}");
    }
    // In Chinese the column of the codes has the name of that of the symbols.
    let taken_back = read_of(&chinese.replace(",-135,-0.5,135.5,0,O", ",-135,-0.5,135.5,0,Ca"), "none");
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
        assert_eq!(read_of(&file, "none"), expected, "{file}");
    }
    // Until 2020 the currency stood before its amount.
    let before = "Datum,Uhrzeit,Produkt,ISIN,Referenzbörse,Anzahl,,Kurs,,Wert in Lokalwährun,,Wert,Wechselkurs,,Transaktionskost,,Gesamt,Order-ID\n\
        23-12-2020,08:18,ACME,NO0010081235,FRA,250,EUR,2.4000,EUR,-600.00,EUR,-600.00,,EUR,-2.09,EUR,-602.09,0000-2\n";
    let expected = ["2 2020-12-23 Buy 250 NO0010081235 for 600 fee 2.09", "degiro-transactions:;"];
    assert_eq!(read_of(before, "none"), expected);
}

#[test]
fn a_row_about_money_that_moves_shares_of_a_stock_is_refused() {
    let file = "Action,Time,ISIN,Ticker,Name,No. of shares,Price / share,Currency (Price / share),Exchange rate,Total,Currency (Total),ID\n\
        Transfer in,2025-05-01 10:00:00,US0378331005,ACM,Acme,10,,,,,,E1\n\
        Transfer in,2025-05-02 10:00:00,,,,,,,,10.00,EUR,E2\n";
    assert_eq!(
        read_of(file, "none"),
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
    let read = read_of(&format!("{names}{rows}"), "none");
    assert_eq!(read[0], "4 2025-05-03 Sell 4 ACMPRA for 100 fee 0");
    assert!(read[1].contains("ACT CostChange { kind: ReturnOfCapital"), "{}", read[1]);
    assert_eq!(read[2], "line 9: unknown action \"GOODWILL ACME (ACM) (Cash)\"");
    // It might have been taxed further down.
    assert_eq!(read[3], "5 2025-05-04 Dividend ACT 5 tax 0");
    assert_eq!(read[4], "fidelity: cash 1 cash_sweep 2 fee 1;");
}

#[test]
fn dividends_and_exchanged_money_of_interactive_investor_are_told_apart() {
    let file = "Date,Settlement Date,Symbol,Sedol,Quantity,Price,Description,Reference,Debit,Credit,Running Balance\n\
        30/12/2024,30/12/2024,ISF,0504245,n/a,n/a,Div ISHARES FTSE100,R5,n/a,£41.36,£44.72\n\
        02/12/2024,03/12/2024,n/a,n/a,44.69,£0.81,44.69 EURO NoTf     .81 S Date 03/12/24,R3,n/a,£36.48,£3.89\n\
        01/12/2024,01/12/2024,n/a,n/a,n/a,n/a,Total Monthly Fee,R2,£9.99,n/a,£3.89\n\
        30/11/2024,30/11/2024,ISF,0504245,n/a,n/a,Something else,R1,n/a,£1.00,£3.89\n";
    assert_eq!(
        read_of(file, "none"),
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
    assert_eq!(read_of(older, "none"), ["2 2023-06-15 Buy 1500 ACM for 973.66 fee 0", "interactive-investor: cash 1;"]);
}

#[test]
fn newer_files_of_xtb_saxo_and_bux_are_read() {
    let xtb = "Account number;1;;;;;;\nCash Operations;;;;;;;\nType;Ticker;Instrument;Time;Amount;ID;Comment;Product\n\
        Free funds interest;;;2025-12-01 10:00:00;0,24;1;Free-funds Interest;X\n\
        Stock purchase;ACM.DE;Acme;2025-10-01 10:00:00;-616,32;3;OPEN BUY 4 @ 154.0800;X\n\
        Dividend;ACM.DE;Acme;2025-11-01 10:00:00;1.006,42;6;ACM.DE EUR 0.0642/ SHR;X\n\
        Total;;;;9,95;;;\n";
    assert_eq!(
        read_of(xtb, "--currency EUR"),
        [
            "5 2025-10-01 Buy 4 ACM.DE for 616.32 fee 0",
            "6 2025-11-01 Dividend ACM.DE 1006.42 tax 0",
            "xtb: interest 1;"
        ]
    );
    let saxo = "Client ID,Trade Date,Value Date,Type,Instrument,Instrument ISIN,Instrument currency,Instrument Symbol,Event,Booked Amount,Order ID,Conversion Rate\n\
        ,30-okt-2024,31-okt-2024,Trade,Acme,US0378331005,USD,ACM:xnas,Buy 1 @ 589.16 USD,\"-590,16\",,1\n";
    assert_eq!(read_of(saxo, "none"), ["2 2024-10-30 Buy 1 ACM:XNAS for 589.16 fee 1", "saxo:;"]);
    let bux = "Transaction Time (CET),Transaction Category,Transaction Type,Transfer Type,Transaction Amount,Transaction Currency,Cash Balance Amount,Asset Id,Asset Name,Asset Quantity,Asset Price,Asset Currency,Exchange Rate\n\
        2024-11-18 12:15:23.606000,deposits,Sepa Deposit,,,500,EUR,500,,,,,\n\
        2024-11-19 12:15:23.606000,trades,Buy Trade,,-110.80,EUR,48.49,NL0011821202,ACME,10,11.08,EUR,\n";
    assert_eq!(read_of(bux, "none"), ["3 2024-11-19 Buy 10 NL0011821202 for 110.8 fee 0", "bux: cash 1;"]);
}

#[test]
fn files_of_german_and_italian_banks_are_read() {
    let flatex = "Buchungstag;Valuta;Bezeichnung;ISIN;Nominal (Stk.);;Betrag;;Kurs;;Devisenkurs;TA.-Nr.;Buchungsinformation\n\
        03.01.2025;06.01.2025;ACME;IE00B3RBWM25;0,25;Stück;25,00;EUR;100,00;EUR;1,000;1;Ausführung ORDER Kauf IE00B3RBWM25 1\n\
        04.01.2025;06.01.2025;ACME;IE00B3RBWM25;2,5;Stück;250,00;EUR;100,00;EUR;1,000;2;Ausführung ORDER Kauf IE00B3RBWM25 2\n\
        05.01.2025;06.01.2025;ACME;IE00B3RBWM25;-2,5;Stück;-250,00;EUR;100,00;EUR;1,000;3;Storno Ausführung ORDER Kauf IE00B3RBWM25 2\n";
    let read = read_of(flatex, "none");
    assert_eq!(
        read[..2],
        ["2 2025-01-03 Buy 0.25 IE00B3RBWM25 for 25 fee 0", "3 2025-01-04 Buy 2.5 IE00B3RBWM25 for 250 fee 0"]
    );
    assert!(read[2].contains("Cancelled("), "{read:?}");
    let austria = "Nummer;Buchtag;Valuta;ISIN;Bezeichnung;Nominal;;Buchungsinformationen;TA-Nr.;Kurs;;Depot\n\
        1;15.10.2021;19.10.2021;IE00B3RBWM25;ACME;2,677;Stk.;Ausführung ORDER Kauf IE00B3RBWM25 1;5;31,418;EUR;X\n\
        1;22.12.2021;24.12.2021;IE00B3RBWM25;ACME;-2,000;Stk.;Ausführung ORDER Verkauf IE00B3RBWM25 2;6;40,000;EUR;X\n";
    assert_eq!(
        read_of(austria, "none"),
        [
            "2 2021-10-15 Buy 2.677 IE00B3RBWM25 at 31.418 fee 0",
            "3 2021-12-22 Sell 2 IE00B3RBWM25 at 40 fee 0",
            "flatex:;"
        ]
    );
    let comdirect = "Umsätze Depot;Zeitraum;;;;;;\n;;;;;;;\n\
        Buchungstag      ;Geschäftstag;  Stück     / Nom.;Bezeichnung;     WKN;    Währung;    Ausführungskurs;   Umsatz in EUR\n\
        11.06.2021;10.06.2021;10;ACME AG;A1ML7J;EUR;53,86;545,00\n\
        15.03.2021;12.03.2021;-2;ACME INC.;865985;USD;120,00;199,55\n";
    assert_eq!(
        read_of(comdirect, "none"),
        ["4 2021-06-10 Buy 10 A1ML7J for 538.6 fee 6.4", "5 2021-03-12 Sell 2 865985 for 199.55 fee 0", "comdirect:;"]
    );
    let parqet = "date;time;price;shares;tax;fee;type;broker;isin\n\
        09.03.2020;;44,45;15;0;1,5;buy;X;DE0005190037\n";
    assert_eq!(read_of(parqet, "--currency EUR"), ["2 2020-03-09 Buy 15 DE0005190037 at 44.45 fee 1.5", "parqet:;"]);
    let commerzbank = "Depotinhaber\tDepotnummer\tGeschäftstag\tUmsatzart\tMenge\tWKN\tISIN\tWP-Bezeichung\tKurs / Ausschüttung\tKurs Währung\tDevisenkurs\tKurswert\tEndbetrag\tEndbetrag Währung\tAusführungszeit\tKosten gesamt\tStückzinsen\n\
        \t\t01.12.2021\tKauf\t50\t120071\tGB0031215220\tACME PLC\t14,4\tEUR\t1\t-720\t-731,88\tEUR\t18:27\t-11,88\t0\n\
        \t\t02.12.2021\tAusschüttung\t50\t120071\tGB0031215220\tACME PLC\t1\tEUR\t1\t50\t45\tEUR\t\t\t0\n";
    assert_eq!(
        read_of(commerzbank, "none"),
        [
            "2 2021-12-01 Buy 50 GB0031215220 at 14.4 fee 11.88",
            "line 3: unknown action \"Ausschüttung\"",
            "commerzbank:;"
        ]
    );
    let fineco = "Dossier: 1,,,,,,,,,,\n\
        Operazione,Data valuta,Descrizione,Titolo,Isin,Segno,Quantita,Divisa,Prezzo,Cambio,Controvalore,Commissioni amministrato\n\
        15/01/2024,17/01/2024,Compravendita titoli,ACME,IE00B4L5Y983,A,5,EUR,105.71,,528.55,2.95\n\
        20/02/2024,22/02/2024,Compravendita titoli,ACME INC,US0378331005,A,2,USD,178.50,1.0500,340.00,10.00\n\
        01/09/2024,03/09/2024,Rimborso,BTP VALORE,IT0005583478, ,2000,EUR,100.00,1.0,2000.00,\n";
    assert_eq!(
        read_of(fineco, "none"),
        [
            "3 2024-01-15 Buy 5 IE00B4L5Y983 for 528.55 fee 2.95",
            "4 2024-02-20 Buy 2 US0378331005 at 178.5 fee 10.5",
            "fineco: bond 1;"
        ]
    );
}

#[test]
fn a_dividend_of_a_fund_at_etrade_that_was_spent_on_shares_is_both() {
    let file = "TransactionDate,TransactionType,SecurityType,Symbol,Quantity,Amount,Price,Commission,Description\n\
        12/31/19,Dividend,MF,ACMFX,5.834,-81.33,0,0,ACME FUND REINVEST PRICE $ 13.94\n\
        12/31/19,Dividend,MF,ACMFX,0,81.33,0,0,ACME FUND L/T CAPITAL GAIN\n\
        03/31/23,Sold,EQ,ACM,-1,196.95,196.9579,0,ACME INC\n";
    assert_eq!(
        read_of(file, "none"),
        [
            "2 2019-12-31 Buy 5.834 ACMFX for 81.33 fee 0",
            "4 2023-03-31 Sell 1 ACM for 196.96 fee 0.01",
            "3 2019-12-31 Dividend ACMFX 81.33 tax 0",
            "etrade-2024:;"
        ]
    );
}

#[test]
fn a_flex_query_of_confirmations_is_read_and_what_is_no_share_is_not() {
    let names = "\"ClientAccountID\",\"CurrencyPrimary\",\"AssetClass\",\"Symbol\",\"TradeDate\",\"DateTime\",\"Buy/Sell\",\"Quantity\",\"Price\",\"Amount\",\"Commission\",\"CommissionCurrency\",\"TradeID\",\"LevelOfDetail\"\n";
    let row = |class: &str, level: &str, id: u8| {
        format!("U1,USD,{class},ACM,20250303,20250303;100000,BUY,10,12.5,125,-1,USD,{id},{level}\n")
    };
    let rows =
        [row("STK", "EXECUTION", 1), row("STK", "ORDER", 2), row("IOPT", "EXECUTION", 3), row("CMDTY", "EXECUTION", 4)];
    assert_eq!(
        read_of(&format!("{names}{}", rows.concat()), "none"),
        [
            "2 2025-03-03 Buy 10 ACM for 125 fee 1",
            "line 5: unknown action \"BUY\"",
            "ibkr-flex-trades: detail 1 warrant 1;"
        ]
    );
    let xml = "<FlexQueryResponse type=\"TCF\"><FlexStatements><FlexStatement><TradeConfirms>\n\
        <TradeConfirm currency=\"USD\" assetCategory=\"STK\" symbol=\"ACM\" tradeDate=\"20250303\" buySell=\"BUY\" quantity=\"10\" price=\"12.5\" amount=\"125\" commission=\"-1\" commissionCurrency=\"USD\" tradeID=\"7\"/>\n\
        </TradeConfirms></FlexStatement></FlexStatements></FlexQueryResponse>\n";
    assert_eq!(read_of(xml, "none"), ["2 2025-03-03 Buy 10 ACM for 125 fee 1", "ibkr-flex-xml:;"]);
}

#[test]
fn lines_that_end_in_carriage_returns_alone_are_lines() {
    let file = "TransactionDate,TransactionType,SecurityType,Symbol,Quantity,Amount,Price,Commission,Description\r\
        03/30/23,Bought,EQ,ACM,1,-204.10,204.10,0,ACME INC\r03/31/23,Sold,EQ,ACM,-1,196.95,196.95,0,ACME INC\r";
    let expected =
        ["2 2023-03-30 Buy 1 ACM for 204.1 fee 0", "3 2023-03-31 Sell 1 ACM for 196.95 fee 0", "etrade-2024:;"];
    assert_eq!(read_of(file, "none"), expected);
    assert_eq!(read_of(&file.replace('\r', "\r\n"), "none"), expected);
    // One of them, too.
    let one = file.split_inclusive('\r').take(2).collect::<String>();
    assert_eq!(read_of(one.trim_end(), "none"), [expected[0], expected[2]]);
}

#[test]
fn an_order_that_is_filled_in_part_is_neither_cancelled_nor_whole() {
    let scalable = |status: &str| {
        format!(
            "date;time;status;reference;description;assetType;type;isin;shares;price;amount;fee;tax;currency\n\
             2024-07-08;09:20:00;{status};\"S4\";\"SAP\";Security;Buy;DE0007164600;5;185,00;-925,00;0,99;0;EUR\n"
        )
    };
    assert_eq!(read_of(&scalable("Cancelled"), "none"), ["scalable: cancelled 1;"]);
    assert_eq!(read_of(&scalable("Pending"), "none"), ["scalable: cancelled 1;"]);
    let refused = ["line 2: unknown action \"Buy\" with the status \"Partially executed\"", "scalable:;"];
    assert_eq!(read_of(&scalable("Partially executed"), "none"), refused);
    for status in ["Open (partially filled)", "Cancelled after partial fill"] {
        assert_eq!(read_of(&scalable(status), "none")[0], refused[0].replace("Partially executed", status));
    }
    let revolut = |state: &str| {
        format!(
            "Date,Symbol,Type,Quantity,Price,Amount,Currency,State,Commission\n2024-03-15,AAPL,BUY,10,171.25,1712.50,USD,{state},1.00\n"
        )
    };
    assert_eq!(read_of(&revolut("REVERTED"), "none"), ["revolut-newer: cancelled 1;"]);
    assert_eq!(read_of(&revolut("PARTIAL"), "none")[0], "line 2: unknown action \"BUY\" with the status \"PARTIAL\"");
    let commsec = |status: &str| {
        format!(
            "Confirmation Number,Order Number,Trade Date,Buy/ Sell,Security,Units,Average Price ($),Brokerage (inc GST.),Net Proceeds ($),Settlement Date,Confirmation Status\n\
             17,N17,24/03/2025,B,BHP,40,39.500,9.95,1589.95,26/03/2025,{status}\n"
        )
    };
    assert_eq!(read_of(&commsec("Confirmed"), "none")[1], "commsec:;");
    assert_eq!(read_of(&commsec("Reversed"), "none"), ["commsec: cancelled 1;"]);
    assert_eq!(read_of(&commsec("Amended"), "none")[0], "line 2: unknown action \"B\" with the status \"Amended\"");
}

#[test]
fn an_amount_of_the_account_s_currency_needs_a_rate() {
    let avanza = |rate: &str| {
        format!(
            "Datum;Konto;Typ av transaktion;Värdepapper/beskrivning;Antal;Kurs;Belopp;Transaktionsvaluta;Courtage (SEK);Valutakurs;Instrumentvaluta;ISIN;Resultat\n\
             2024-11-10;1;Utdelning;S&P Global;2;4,8;96;SEK;;{rate};USD;US78409V1044;\n"
        )
    };
    assert_eq!(read_of(&avanza("10"), "none")[0], "2 2024-11-10 Dividend US78409V1044 9.6 tax 0");
    let refused = "line 2: 96 SEK cannot be brought to USD: the row has no rate";
    assert_eq!(read_of(&avanza(""), "none"), [refused, "avanza:;"]);
}

#[test]
fn what_a_dividend_costs_at_swissquote_is_the_tax_withheld() {
    let file = "Date;Order #;Transaction;Symbol;Name;ISIN;Quantity;Unit price;Costs;Accrued Interest;Net Amount;Balance;Currency\n\
        27-09-2024 16:35:13;0;Dividend;NESN;NESTLE N;CH0038863350;1.0;30.00;10.50;0.00;19.50;500.00;CHF\n\
        26-09-2024 16:35:13;0;Distribution;CHSPI;ISHARES;CH0237935652;1.0;8.00;0.00;0.00;8.00;500.00;CHF\n";
    let expected = ["2 2024-09-27 Dividend NESN 30 tax 10.5", "3 2024-09-26 Dividend CHSPI 8 tax 0", "swissquote:;"];
    assert_eq!(read_of(file, "none"), expected);
}
