//! Files of brokers and programs for which there is no sample, each as small as possible.

use crate::harness::{Desk, Run, column, pick};

#[test]
fn the_list_of_formats_cuts_no_name() {
    let desk = Desk::new();
    let names: Vec<String> = column(&desk.json(["formats"]), "name").into_iter().map(str::to_owned).collect();
    for columns in ["60", "72", "80", "120"] {
        let mut command = desk.command(["formats"]);
        command.env("COLUMNS", columns);
        let table = Run::of(command).exits(0).out();
        let room: usize = columns.parse().unwrap();
        assert!(table.lines().all(|line| line.chars().count() <= room), "{table}");
        let shown = |name: &String| table.lines().any(|line| line.split(' ').next() == Some(name));
        assert!(names.iter().all(shown), "{columns}: {table}");
        assert!(room < 72 || !table.contains('…'), "{columns}: {table}");
    }
}

#[test]
fn an_order_is_one_trade_that_bears_the_fees_of_its_rows() {
    const ORDER: &str = "aaaaaaaa-1111-2222-3333-444444444444";
    let fills = format!(
        "Datum,Tijd,Valutadatum,Product,ISIN,Omschrijving,FX,Mutatie,,Saldo,,Order Id\n\
         15-03-2024,09:00,14-03-2024,ACME NV,NL0010273215,Dividendbelasting,,EUR,\"-0,44\",EUR,\"10,00\",\n\
         15-03-2024,09:00,14-03-2024,ACME NV,NL0010273215,Dividend,,EUR,\"2,90\",EUR,\"10,44\",\n\
         05-03-2024,10:12,05-03-2024,ACME NV,NL0010273215,DEGIRO Transactiekosten en/of kosten van derden,,EUR,\"-1,50\",EUR,\"10,00\",{ORDER}\n\
         05-03-2024,10:12,05-03-2024,ACME NV,NL0010273215,\"Koop 2 @ 600,5 EUR\",,EUR,\"-1201,00\",EUR,\"10,00\",{ORDER}\n\
         05-03-2024,10:11,05-03-2024,ACME NV,NL0010273215,\"Koop 1 @ 600,00 EUR\",,EUR,\"-600,00\",EUR,\"10,00\",{ORDER}\n\
         05-03-2024,10:11,05-03-2024,ACME NV,NL0010273215,Griekse transactiebelasting,,EUR,\"-0,50\",EUR,\"10,00\",{ORDER}\n\
         04-03-2024,10:11,04-03-2024,ACME NV,NL0010273215,ADR/GDR Externe Kosten,,EUR,\"-0,20\",EUR,\"10,00\",\n\
         04-03-2024,10:13,04-03-2024,,,Cadeau,,EUR,\"1,00\",EUR,\"5001,00\",\n\
         04-03-2024,10:12,04-03-2024,,,iDEAL Deposit,,EUR,\"5000,00\",EUR,\"5000,00\",\n"
    );
    // 1201 + 600 + 1.50 + 0.50; a fee without an order does not belong to the purchase.
    assert_eq!(
        told("account.csv", &fills, &[]),
        "degiro-account 2 {\"cash\":2,\"fee\":3,\"withholding_tax\":1} NL0010273215 3 1803"
    );
    // Prices in texts have other decimal marks than amounts, and other marks of thousands.
    let german = format!(
        "Datum,Uhrzeit,Valutadatum,Produkt,ISIN,Beschreibung,FX,Änderung,,Saldo,,Order-ID\n\
         05-03-2024,10:12,05-03-2024,ACME SE,DE0007164600,Transaktionsgebühr und/oder Fremdkosten,,EUR,\"-3,90\",EUR,\"10,00\",{ORDER}\n\
         05-03-2024,10:12,05-03-2024,ACME SE,DE0007164600,Kauf 1.010 zu je 161.3 EUR (DE0007164600),,EUR,\"-162.913,00\",EUR,\"10,00\",{ORDER}\n"
    );
    assert_eq!(told("konto.csv", &german, &[]), "degiro-account 1 {\"fee\":1} DE0007164600 1010 162916.9");
}

/// The result of a file: its format, the number of transactions, the rows not recorded, and the quantity and
/// cost held of each symbol.
fn told(name: &str, content: &str, options: &[&str]) -> String {
    let desk = Desk::new();
    desk.file(name, content);
    let import = ["import", "--add-stocks", "--add-portfolios", name].into_iter().chain(options.iter().copied());
    let import: Vec<&str> = import.collect();
    let said = desk.json(&import);
    let held = desk.json(["holdings"]);
    let held = held.as_array().unwrap().iter().map(|row| pick(row, &["symbol", "quantity", "cost_basis"]));
    let held = held.collect::<Vec<_>>().join("; ");
    // Nothing is recorded twice.
    assert_eq!(desk.json(&import)["recorded"], false, "{name}");
    let format = said["format"].as_str().unwrap();
    format!("{format} {} {} {held}", said["imported"], said["not_recorded"])
}

fn check(files: &[(&str, &str, &[&str], &str)]) {
    for (name, content, options, expected) in files {
        assert_eq!(told(name, content, options), *expected, "{name}");
    }
}

#[test]
fn brokers_tables_come_to_what_their_rows_say() {
    check(&[
        (
            "bux.csv",
            "Transaction Time (CET),Transaction Category,Transaction Type,Asset Id,Asset Name,Asset Currency,Transaction Currency,Exchange Rate,Transaction Amount,Trade Price,Trade Quantity\n\
             2023-01-05 09:12:13.123,deposits,SEPA Deposit,,,,EUR,,500,,\n\
             2023-01-06 10:00:00,trades,Buy Trade,US0378331005,Acme Inc,USD,EUR,1.0500,-238.10,125.00,2\n\
             2023-02-16 10:00:00,dividends,Cash Dividend,US0378331005,Acme Inc,USD,EUR,1.0700,0.36,,\n\
             2023-03-16 10:00:00,fees,Custody Fee,,,,EUR,,-2.99,,\n\
             2023-04-16 10:00:00,trades,Sell Trade,US0378331005,Acme Inc,USD,EUR,1.1000,136.36,150.00,1\n",
            &[],
            "bux 3 {\"cash\":1,\"fee\":1} US0378331005 1 125",
        ),
        (
            "directa.csv",
            "Conto : 12345\n\n\
             Data operazione,Data valuta,Tipo operazione,Ticker,Isin,Protocollo,Descrizione,Quantità,Importo euro,Importo Divisa,Divisa,Riferimento ordine\n\
             02-01-2024,04-01-2024,Acquisto,ACM,IE00BK5BQT80,1,ACME FUND,10,-1000.50,0,EUR,A1\n\
             02-01-2024,04-01-2024,Commissioni,ACM,IE00BK5BQT80,2,ACME FUND,0,-5.00,0,EUR,A1\n\
             03-01-2024,05-01-2024,Acquisto,AME,US0378331005,3,ACME INC,5,-850.00,-925.00,USD,A2\n\
             05-01-2024,05-01-2024,Conferimento,,,4,BONIFICO,0,5000,0,EUR,\n\
             09-01-2024,09-01-2024,Provento etf,ACM,IE00BK5BQT80,5,ACME FUND,0,12.00,0,EUR,\n\
             09-01-2024,09-01-2024,Rit.provento etf,ACM,IE00BK5BQT80,6,ACME FUND,0,-3.12,0,EUR,\n\
             09-01-2024,09-01-2024,Accredito vario,,,8,SENZA TITOLO,0,1.00,0,EUR,\n\
             10-01-2024,09-01-2024,Acquisto,,IT0005421703,7,BTP ITALIA,1000,-995,0,EUR,A3\n",
            &[],
            "directa 3 {\"bond\":1,\"cash\":2,\"fee\":1,\"withholding_tax\":1} ACM 10 1000.5; AME 5 925",
        ),
        (
            "disnat.csv",
            "Date de transaction,Date de règlement,Type de transaction,Classe d'actif,Symbole,Description,Marché,Quantité,Prix,Devise du prix,Commission payée,Montant de l'opération,Devise du compte\n\
             2024-01-02,2024-01-04,ACHAT,Actions,ACM-C,ACME,CAN,\"10\",\"30,50\",CAN,\"9,95\",\"-314,95\",CAN\n\
             2024-02-02,2024-02-04,DIVIDENDE EN ESPÈCES,Actions,ACM-C,ACME,CAN,-,-,CAN,-,\"3,15\",CAN\n\
             2024-03-02,2024-03-04,VENTE,Actions,ACM-C,ACME,CAN,\"-4\",\"32,00\",CAN,\"9,95\",\"118,05\",CAN\n\
             2024-03-05,2024-03-05,COTISATION,-,-,COTISATION,-,-,-,-,-,\"1000,00\",CAN\n\
             2024-03-06,2024-03-06,AJUSTEMENT,-,-,AJUSTEMENT,-,-,-,-,-,\"1,00\",CAN\n",
            &[],
            // 6/10 of 314.95
            "disnat 3 {\"cash\":2} ACM-C 6 188.97",
        ),
        (
            "mutaties.csv",
            "Portefeuille;Naam;Datum;Type mutatie;Valuta mutatie;Volume;Koers;Valuta koers;Valuta kosten €;Waarde;Bedrag;Isin code;Tijd;Beurs\n\
             1;ACME;02-01-2024;Koop fondsen;EUR;2;650,50;EUR;1,00;1301,00;-1302,00;NL0010273215;09:01;Amsterdam\n\
             1;ACME;02-05-2024;Dividend;EUR;1,45;2;EUR;0;2,90;2,90;NL0010273215;;\n\
             1;;02-06-2024;Tarieven kwartaal;EUR;;;;;;-3,00;;;\n\
             1;ACME;02-07-2024;Verkoop fondsen;EUR;-1;700,00;EUR;1,00;700,00;699,00;NL0010273215;10:01;Amsterdam\n\
             1;;02-08-2024;Correctie;EUR;;;;;;1,00;;;\n\
             1;;02-07-2024;Storting;EUR;;;;;;500,00;;;\n",
            &[],
            // Half of 1302
            "rabobank 3 {\"cash\":2,\"fee\":1} NL0010273215 1 651",
        ),
        (
            "sure.csv",
            "date*,ticker*,exchange_operating_mic,currency,qty*,price*,account,name\n\
             05/15/2024,ACME,XNAS,USD,10,150.00,Trading,First\n05/16/2024,ACME,XNAS,USD,-4,160.00,Trading,Second\n",
            &[],
            "sure 2 {} ACME 6 900",
        ),
        (
            "hsa.csv",
            "Date,Fund,Category,Description,Price,Amount,Shares\n\
             01/31/2024,ACMEX,Buy,Investment,400.00,100.00,0.250\n\
             03/28/2024,ACMEX,Dividend,Dividend reinvested,412.00,1.03,0.0025\n",
            &[],
            // A purchase, a dividend, and a purchase with it.
            "healthequity 3 {} ACMEX 0.2525 101.03",
        ),
    ]);
}

#[test]
fn programs_and_banks_tables_come_to_what_their_rows_say() {
    check(&[
        (
            "generic.csv",
            "date,type,symbol,currency,name,quantity,price,total,fee,split_ratio,notes\n\
             2024-01-02,BUY,ACME,USD,,10,20,201,1,,\n2024-01-03,STOCK_SPLIT,ACME,USD,,,,,,2:1,\n\
             2024-01-04,DIVIDEND,ACME,USD,,,,5,,,\n2024-01-05,INTEREST,,USD,,,,1,,,\n",
            &[],
            "cgt-visualiser 3 {\"cash\":1} ACME 20 201",
        ),
        (
            "operations.csv",
            "Date d'opération;Opération;ISIN;Libellé;Quantité;Cours;Montant;Frais;Devise\n\
             15/01/2024;Achat;FR0000120271;ACME;10;50,50;505,00;2,00;EUR\n\
             15/02/2024;Dividende;FR0000120271;ACME;;;7,90;;EUR\n16/02/2024;Versement;;;;;100,00;;EUR\n",
            &[],
            "french-operations 2 {\"cash\":1} FR0000120271 10 507",
        ),
        (
            "income.csv",
            "Taxable Income Report\nLocal Income\nDividend Payments\n\
             Code,Name,Date Paid,Net Dividend,Tax Deducted,Gross Dividend,Comments\n\
             ACME,Acme plc,15/01/2024,8.00,2.00,10.00,\nTotal,,,8.00,2.00,10.00,\nTotal Local Income,,,,,,\n\nForeign Income\n\
             Code,Name,Date Paid,Exchange Rate,Currency,Net Amount,Foreign Tax Deducted,Gross Amount,Comments\n\
             AME,Acme Inc,20/01/2024,1.25,USD,8.50,1.50,10.00,\nTotal,,,,,8.50,1.50,10.00,\n",
            &["--currency", "GBP"],
            "sharesight-income 2 {} ",
        ),
        (
            "tr.csv",
            "Datum;Transactietype;ISIN;Naam;Aantal;Waarde (netto)\n\
             15-01-2024;Aankoop;NL0010273215;ACME;2;-1300,00\n16-01-2024;Storting;;;;500,00\n",
            &[],
            "trade-republic-pdf 1 {\"cash\":1} NL0010273215 2 1300",
        ),
        (
            "accounts.qif",
            "!Account\nNBrokerage\nTInvst\n^\n!Type:Security\nNAcme Inc\nSACME\n^\n!Type:Invst\n\
             D1/15'24\nNBuy\nYAcme Inc\nI150.00\nQ10\nT1,509.95\nO9.95\n^\nD2/15'24\nNReinvDiv\nYAcme Inc\nI151.00\nQ0.1\nT15.10\n^\n\
             D2/20'24\nNXIn\nT100.00\n^\nD2/21'24\nNSell\nYAcme Inc\nI160\nQ5\nT795.00\nO5\n^\n",
            &["--currency", "USD"],
            // Half of 1509.95, and 15.10
            "qif 4 {\"cash\":1} ACME 5.1 770.075",
        ),
    ]);
}

#[test]
fn a_bank_s_qif_file_is_named_and_refused() {
    let desk = Desk::new();
    desk.file("bank.qif", "!Type:Bank\nD1/2'24\nT-3.00\nPShop\n^\n");
    let refused = desk.refused(3, ["import", "--add-stocks", "bank.qif"]);
    assert!(refused.contains("a QIF file of a bank account"), "{refused}");
}

#[test]
fn a_row_that_tells_two_things_is_one_bad_row() {
    let desk = Desk::new();
    desk.file("a.qif", "!Type:Invst\nD2/15'24\nNReinvDiv\nYACME\nI151.00\nQ0.1\nT15.10\n^\n");
    let refused = desk.refused(3, ["import", "--add-stocks", "a.qif"]);
    assert!(refused.contains("1 fault in 1 row") && refused.contains("--currency"), "{refused}");
}

#[test]
fn blanks_around_cells_change_nothing() {
    let history = "Statement,Header,Field Name,Field Value\nSummary,Data,Base Currency,GBP\n\
                   Transaction History,Header,Date,Account,Description,Transaction Type,Symbol,Quantity,Price,Gross Amount ,Commission,Net Amount\n\
                   Transaction History,Data,2024-01-02,U1,ACME PLC,Buy,ACME,10.0,5.0,-50.0,-1.0,-51.0\n";
    let spread = format!(" {}", history.replace(',', " , ").replace('\n', "  \n"));
    assert_eq!(told("history.csv", history, &[]), "ibkr-history 1 {} ACME 10 51");
    assert_eq!(told("history.csv", &spread, &[]), "ibkr-history 1 {} ACME 10 51");
}

#[test]
fn amounts_of_a_foreign_stock_are_brought_to_its_currency_by_the_row_s_rate() {
    let transactions = "Client ID,Trade Date,Value Date,Type,Instrument,Instrument ISIN,Instrument currency,Exchange Description,Instrument Symbol,Event,Amount,Order ID,Conversion Rate\n\
                        ,02-Apr-2025,02-Apr-2025,Corporate action,Acme,US67066G1040,USD,NASDAQ,ACME:xnas,Dividend,\"1,84\",,0.5\n\
                        ,03-Mar-2025,05-Mar-2025,Trade,Acme,US67066G1040,USD,NASDAQ,ACME:xnas,Sell 2 @ 120.50 USD,\"120,00\",,0.5\n\
                        ,15-Jan-2025,17-Jan-2025,Trade,Acme,US67066G1040,USD,NASDAQ,ACME:xnas,Buy 8 @ 134.85 USD,\"-540,00\",,0.5\n";
    // 540 ÷ 0.5 = 1080, of which 8 × 134.85 = 1078.80 is the price and the rest the fee; 6/8 of it is left.
    assert_eq!(told("saxo.csv", transactions, &[]), "saxo 3 {} ACME:XNAS 6 810");
}

#[test]
fn a_language_of_portfolio_performance_is_as_good_as_another() {
    let french = "Date;Type;Valeur;Devise de l'opération;Montant brut;Montant brut en devise;Taux de change;Frais;Impôts / Taxes;Parts;ISIN;WKN;Symbole boursier;Nom du titre;Note\n\
                  2024-01-02T09:30;Achat;1.005,00;EUR;;;;5,00;0,00;10;FR0000120271;;;Acme;\n\
                  2024-02-02T00:00;Dividendes;8,50;EUR;;;;0,00;1,50;10;FR0000120271;;;Acme;\n\
                  2024-03-02T00:00;Dépôt;100,00;EUR;;;;;;;;;;;\n";
    assert_eq!(told("pp.csv", french, &[]), "portfolio-performance 2 {\"cash\":1} FR0000120271 10 1005");
}

#[test]
fn a_file_of_positions_names_what_compares_it() {
    let desk = Desk::new();
    desk.file("held now.csv", "symbol,quantity\nACME,10\n");
    let run = desk.run(["import", "--add-stocks", "held now.csv"]).exits(0);
    assert!(run.err().contains("`stockbook reconcile 'held now.csv'` compares them with the book"), "{}", run.err());
}
