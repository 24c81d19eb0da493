//! `backup`.

use std::path::Path;

use super::args::BackupArgs;
use super::context::{Context, show_recorded};
use super::failure::Usage;
use super::receipt::Receipt;
use super::render::{Record, Value, figure, printable};
use crate::app::{BackUp, Mode, back_up};

pub(super) fn backup(args: &BackupArgs, context: &Context<'_>) -> anyhow::Result<()> {
    if args.file.file_name().is_none() {
        return Err(Usage::Other {
            code: "usage",
            message: format!("`{}` is not the name of a file", args.file.display()),
            hint: "name the file that the backup shall be".to_owned(),
        }
        .into());
    }
    let file = std::path::absolute(&args.file)?;
    let request = BackUp { file, replaces: args.force, fresh_id: context.new_id() };
    let recorded = context.copy(|book| back_up(book, &request, context.mode, &|| context.is_interrupted()))?;
    let receipt = &recorded.value;
    let shown = |path: &Path| Value::Text(path.display().to_string());
    let members = Record(vec![
        ("file", shown(&receipt.file)),
        ("log_file", shown(&receipt.log_file)),
        ("bytes", Value::Count(receipt.bytes)),
        ("log_bytes", Value::Count(receipt.log_bytes)),
        ("head_sequence", Value::Count(receipt.head_sequence)),
        ("head_hash", Value::exact(&receipt.head_hash)),
    ]);
    let verb = if context.mode == Mode::DryRun { "would back up" } else { "backed up" };
    let sentences = vec![
        format!(
            "{verb} {} events to {}, {} bytes",
            figure::count(receipt.head_sequence),
            printable(&args.file.display().to_string()),
            figure::count(receipt.bytes),
        ),
        format!("head {} {}", receipt.head_sequence, receipt.head_hash),
    ];
    show_recorded(|| Receipt::new(sentences, members).print(&recorded, context));
    Ok(())
}
