//! `backup`.

use std::path::Path;

use crate::app::{AppError, BackUp, BackedUp, Mode, back_up};
use crate::cli::args::BackupArgs;
use crate::cli::context::{Context, show_recorded};
use crate::cli::output::{Record, Value, figure, printable};
use crate::cli::receipt::Receipt;
use crate::cli::say::say;
use crate::cli::views::problem;

pub(in crate::cli) fn backup(args: &BackupArgs, context: &Context<'_>) -> Result<(), AppError> {
    if args.file.file_name().is_none() {
        return Err(AppError::Usage {
            code: "usage",
            message: format!("`{}` is not the name of a file", args.file.display()),
            hint: "name the file to write the backup to".to_owned(),
        });
    }
    let file = std::path::absolute(&args.file).map_err(AppError::system("find the current folder"))?;
    let request = BackUp { file, replaces: args.force, fresh_id: context.new_id() };
    let recorded = context.copy(|book| back_up(book, &request, context.mode, &|| context.is_interrupted()))?;
    let BackedUp { receipt, problems } = &recorded.value;
    let shown = |path: &Path| Value::Text(path.display().to_string());
    let members = Record(vec![
        ("file", shown(&receipt.file)),
        ("log_file", shown(&receipt.log_file)),
        ("bytes", Value::Count(receipt.bytes)),
        ("log_bytes", Value::Count(receipt.log_bytes)),
        ("head_sequence", Value::Count(receipt.head_sequence)),
        ("head_hash", Value::exact(&receipt.head_hash)),
        ("problems", Value::List(problems.iter().map(problem).collect())),
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
    if let Some(problem) = problems.first() {
        let copied = if context.mode == Mode::DryRun { "would be copied" } else { "were copied" };
        say(&format!("warning: the book or its log was altered ({problem}), and both {copied} as they are"));
    }
    show_recorded(|| Receipt::new(sentences, members).print(&recorded, context));
    Ok(())
}
