//! The two ways in: the program, and the library that it is made of.

use std::path::Path;
use std::time::Duration;

use chrono::Utc;
use serde_json::Value;
use stockbook::app::{
    AddPortfolio, AddStock, AppError, HoldingsFilter, Mode, Outcome, Session, TradeRequest, TradeTerms, UpdatePrice,
    add_portfolio, add_stock, execute_trade, holdings, known_portfolio, update_price, void_record,
};
use stockbook::bus::EventBus;
use stockbook::domain::{
    Consideration, CostBasisMethod, Currency, Instant, PortfolioId, PortfolioName, Side, StockId, TransactionId,
};
use stockbook::handlers::SummaryCache;
use stockbook::log::AuditLog;
use stockbook::store::{Book, UnitOfWork};
use uuid::Uuid;

use super::model::decimal;
use super::{Act, Answer, Holding, Trade};
use crate::stage::program_on;

pub(super) trait Door {
    fn perform(&self, book: &Path, act: &Act, day: &str, is_rehearsal: bool) -> Answer;

    fn holdings(&self, book: &Path) -> Vec<Holding>;
}

pub(super) struct Binary;

impl Door for Binary {
    fn perform(&self, book: &Path, act: &Act, day: &str, is_rehearsal: bool) -> Answer {
        let mut args = vec!["-O".to_owned(), "json".to_owned()];
        let mut add = |words: &[&str]| args.extend(words.iter().map(|word| (*word).to_owned()));
        if is_rehearsal {
            add(&["--dry-run"]);
        }
        match act {
            Act::AddStock { symbol, company_name } => add(&["add-stock", symbol, company_name]),
            Act::AddPortfolio { name } => add(&["add-portfolio", name, "--cost-basis", "lifo"]),
            Act::Void { portfolio, id } => add(&["void", id, "--portfolio", portfolio]),
            Act::UpdatePrice { symbol, cents } => add(&["update-price", symbol, &decimal(*cents, 2), "--date", day]),
            Act::Trade(trade) => {
                let action = if trade.is_sale { "sell" } else { "buy" };
                add(&[action, trade.symbol, &decimal(trade.quantity, 4), &decimal(trade.cents, 2), "--date", day]);
                add(&["--portfolio", trade.portfolio, "--fee", &decimal(trade.fee, 2)]);
                if let Some(id) = trade.id {
                    add(&["--id", id]);
                }
            }
            Act::CutLog(_) => {}
        }
        let output = program_on(book, &args).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        match output.status.code() {
            Some(0) => {
                let answer: Value = serde_json::from_str(&out).unwrap();
                // A rehearsal records nothing; what it would record it shows.
                let is_new = answer["events"].as_array().is_some_and(|events| !events.is_empty());
                assert_eq!(answer["recorded"], is_new && !is_rehearsal, "{out}");
                if is_new { Answer::Recorded } else { Answer::Unchanged }
            }
            Some(3) => {
                let error: Value = serde_json::from_str(err.lines().last().unwrap()).unwrap();
                Answer::Refused(error["error"]["code"].as_str().unwrap().to_owned())
            }
            other => panic!("{args:?} ends with {other:?}: {err}"),
        }
    }

    fn holdings(&self, book: &Path) -> Vec<Holding> {
        let output = program_on(book, &["holdings", "-O", "json"]).output().unwrap();
        let rows: Value = serde_json::from_slice(&output.stdout).unwrap();
        let text = |row: &Value, member: &str| row[member].as_str().map(str::to_owned);
        let holding = |row: &Value| Holding {
            portfolio: text(row, "portfolio").unwrap(),
            symbol: text(row, "symbol").unwrap(),
            quantity: text(row, "quantity").unwrap(),
            cost_basis: text(row, "cost_basis").unwrap(),
            realized_gain: text(row, "realized_gain").unwrap(),
            price: text(row, "price"),
        };
        rows.as_array().unwrap().iter().map(holding).collect()
    }
}

pub(super) struct Library;

impl Door for Library {
    fn perform(&self, book: &Path, act: &Act, day: &str, is_rehearsal: bool) -> Answer {
        let mode = if is_rehearsal { Mode::DryRun } else { Mode::Record };
        let done = in_session(book, |session| {
            session.write(mode, |unit| carry_out(unit, act, day, mode)).map(|recorded| recorded.outcome)
        });
        match done {
            Ok(Outcome::New) => Answer::Recorded,
            Ok(Outcome::Unchanged) => Answer::Unchanged,
            Err(AppError::Domain(error)) => Answer::Refused(error.code().to_owned()),
            Err(error) => panic!("{act:?}: {error}"),
        }
    }

    fn holdings(&self, book: &Path) -> Vec<Holding> {
        let filter = HoldingsFilter::default();
        let rows = in_session(book, |session| session.read(|book| holdings(book.reader(), &filter))).unwrap();
        let holding = |row: stockbook::store::SummaryRow| Holding {
            portfolio: row.portfolio.to_string(),
            symbol: row.symbol.to_string(),
            quantity: row.quantity.to_string(),
            cost_basis: row.cost_basis.to_string(),
            realized_gain: row.realized_gain.to_string(),
            price: row.valuation.price.map(|price| price.to_string()),
        };
        rows.into_iter().map(holding).collect()
    }
}

fn carry_out(unit: &mut UnitOfWork<'_>, act: &Act, day: &str, mode: Mode) -> Result<(), AppError> {
    match act {
        Act::AddStock { symbol, company_name } => {
            let fresh_id = StockId::new(Uuid::new_v4());
            let (symbol, company_name) = (symbol.parse()?, company_name.parse()?);
            add_stock(
                unit,
                &AddStock {
                    fresh_id,
                    symbol,
                    company_name,
                    sector: None,
                    industry: None,
                    currency: None,
                    usual_currency: Currency::USD,
                    isin: None,
                },
            )?;
        }
        Act::AddPortfolio { name } => {
            let fresh_id = PortfolioId::new(Uuid::new_v4());
            add_portfolio(
                unit,
                &AddPortfolio { fresh_id, name: name.parse()?, cost_basis_method: Some(CostBasisMethod::Lifo) },
            )?;
        }
        Act::UpdatePrice { symbol, cents } => {
            let (date, price) = (day.parse()?, decimal(*cents, 2).parse()?);
            update_price(unit, &UpdatePrice { symbol: symbol.parse()?, date, price })?;
        }
        Act::Trade(trade) => {
            execute_trade(unit, &request(trade, day, mode)?)?;
        }
        Act::Void { portfolio, id } => {
            let owner = known_portfolio(unit.reader(), &portfolio.parse()?)?;
            void_record(unit, &id.parse()?, Some(&owner), None)?;
        }
        Act::CutLog(_) => {}
    }
    Ok(())
}

fn request(trade: &Trade, day: &str, mode: Mode) -> Result<TradeRequest, AppError> {
    let terms = TradeTerms {
        side: if trade.is_sale { Side::Sell } else { Side::Buy },
        symbol: trade.symbol.parse()?,
        portfolio: trade.portfolio.parse::<PortfolioName>()?,
        quantity: decimal(trade.quantity, 4).parse()?,
        consideration: Consideration::Price(decimal(trade.cents, 2).parse()?),
        fee: Some(decimal(trade.fee, 2).parse()?),
        date: Some(day.parse()?),
        time: None,
        note: None,
        lots: Vec::new(),
        as_of: None,
        settled: None,
        charged: None,
    };
    let id = trade.id.map(str::parse).transpose()?;
    Ok(TradeRequest { terms, id, fresh_id: TransactionId::new(Uuid::new_v4()), today: day.parse()?, mode })
}

/// Runs something on a book with the handlers that the program has.
fn in_session<T>(book: &Path, act: impl FnOnce(&Session<'_>) -> T) -> T {
    act(&Session {
        book: book.to_owned(),
        patience: Duration::from_secs(10),
        now: || Instant::from(Utc::now()),
        new_id: Uuid::new_v4,
        subscribe,
        notify: &|_| {},
        interrupted: &std::sync::Arc::default(),
    })
}

fn subscribe(book: &Book) -> EventBus<'_> {
    let mut bus = EventBus::new(book);
    bus.register_handler(AuditLog::new(book.log().clone(), book.take_prepared_log()));
    bus.register_handler(SummaryCache::new(book.summaries()));
    bus
}
