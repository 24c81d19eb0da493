//! `config`.

use crate::app::AppError;
use crate::cli::context::Context;
use crate::cli::output::{Cell, Column, Listing, Record, Row, Table, Value};
use crate::cli::settings::Setting;

pub(in crate::cli) fn config(context: &Context<'_>) -> Result<(), AppError> {
    let settings = context.settings_in_force();
    let file = context.settings.file.as_ref().map(|file| file.display().to_string());
    context.page.list(&Listing {
        members: MEMBERS,
        records: &|| settings.iter().map(|setting| record(setting, file.as_ref())).collect(),
        table: &|| table(&settings),
        nothing: None,
    })?;
    context.page.note_below_table(&file.map_or_else(
        || "there is nowhere to look for a configuration file: HOME is not set".to_owned(),
        |file| format!("configuration file: {file}"),
    ))
}

const MEMBERS: &[&str] = &["name", "value", "origin", "file"];

fn record(setting: &Setting, file: Option<&String>) -> Record {
    let file = file.filter(|_| setting.origin == "configuration file");
    let values = [
        Value::text(&setting.name),
        Value::optional_text(setting.value.as_ref()),
        Value::text(&setting.origin),
        Value::optional_text(file),
    ];
    Record(MEMBERS.iter().copied().zip(values).collect())
}

fn table(settings: &[Setting]) -> Table {
    let columns = vec![Column::key("setting", 100), Column::text("value", 90), Column::key("from", 80)];
    let cells = |setting: &Setting| {
        Row::Data(vec![
            Cell::plain(setting.name),
            Cell::plain(setting.value.as_deref().unwrap_or("(none)")),
            Cell::plain(setting.origin),
        ])
    };
    Table { columns, rows: settings.iter().map(cells).collect() }
}
