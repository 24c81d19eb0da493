//! The documents, and the console blocks in them.

use std::path::{Path, PathBuf};
use std::{env, fs};

/// A command of a console block and what the document says that it prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    /// The line of the document in which the command ends, counted from 1.
    pub(super) line: usize,
    pub(super) command: String,
    pub(super) output: Vec<String>,
}

pub(super) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(super) fn text() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// The README and the sources of the manual pages.
pub(super) fn documents() -> Vec<PathBuf> {
    let entries = fs::read_dir(root().join("man")).unwrap().map(|entry| entry.unwrap().path());
    let sources = entries.filter(|path| path.extension() == Some("md".as_ref()));
    let mut documents: Vec<PathBuf> = sources.chain([root().join("README.md")]).collect();
    documents.sort();
    documents
}

pub(super) fn steps(readme: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut is_console = false;
    for (number, line) in (1..).zip(readme.lines()) {
        if line.starts_with("```") {
            is_console = line == "```console";
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| is_console) {
            steps.push(Step { line: number, command: command.to_owned(), output: Vec::new() });
        } else if let Some(step) = steps.last_mut().filter(|step| is_console && step.output.is_empty())
            && let Some(rest) = line.strip_prefix("> ")
        {
            step.line = number;
            step.command = format!("{}\n{rest}", step.command);
        } else if is_console {
            steps.last_mut().expect("a console block begins with a command").output.push(line.to_owned());
        }
    }
    steps
}

/// Puts what the commands printed into the document.
pub(super) fn bless(document: &Path, readme: &str, steps: &[Step]) {
    let mut lines: Vec<String> = Vec::new();
    let mut old = (1..).zip(readme.lines());
    while let Some((number, line)) = old.next() {
        lines.push(line.to_owned());
        if let Some(step) = steps.iter().find(|step| step.line == number) {
            lines.extend(step.output.iter().cloned());
            let said = self::steps(readme).into_iter().find(|said| said.line == step.line).unwrap();
            old.by_ref().take(said.output.len()).for_each(drop);
        }
    }
    fs::write(document, lines.join("\n") + "\n").unwrap();
}

/// The cells of the table that has this word in its heading, without the heading.
pub(super) fn table(readme: &str, heading: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    let lines = readme.lines().skip_while(|line| !(line.starts_with('|') && line.contains(heading)));
    lines.skip(2).take_while(|line| line.starts_with('|')).map(cells).collect()
}

/// What the links in a document point to, as far as it is in the repository.
pub(super) fn linked_files(readme: &str) -> Vec<String> {
    let ends = readme.split("](").skip(1).filter_map(|rest| rest.split([')', '#']).next());
    ends.filter(|to| !to.starts_with("http") && !to.is_empty()).map(str::to_owned).collect()
}

pub(super) fn is_there(path: &str) -> bool {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path).exists()
}
