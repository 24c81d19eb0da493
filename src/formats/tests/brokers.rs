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
    let counts = summary.not_recorded.iter().map(|(kind, count)| format!(" {kind} {count}")).collect::<String>();
    let left = summary.unread_sections.iter().map(|(name, rows)| format!(" {name}: {rows}")).collect::<String>();
    told.push(format!("{}:{counts};{left}", activities.format().name()));
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
