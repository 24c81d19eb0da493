//! The README and the manual pages are true: their console blocks are run and must print what they say.
//!
//! All ```` ```console ```` blocks of a document are one session of one `sh` in a folder with `examples/`
//! and an empty home. A line that begins with `$ ` is a command, which goes on in lines that begin with
//! `> `; the lines after it are its output, standard error included. Every command must end with exit code 0; where another one is the
//! point, the document shows it with `|| echo "exit code $?"`. Ids, instants and hashes differ from
//! run to run: two that are the same in what is printed must be the same in the document, and two that
//! differ must differ. Blocks that are not to be run are ```` ```sh ````.
//!
//! The manual pages are typed at 80 columns, and the tutorial in bash, zsh and fish, too.
//!
//! Commands that need a program which is not there (`jq`) are left out, unless `STOCKBOOK_TEST_ALL`
//! is set. `STOCKBOOK_BLESS=1 cargo test --test readme` writes the outputs anew.

#[cfg(test)]
mod readme {
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
}

/// What differs from run to run.
#[cfg(test)]
mod normal {
    use std::collections::BTreeMap;

    /// Which ids and hashes of a document stand for which ids and hashes that were printed.
    #[derive(Default)]
    pub(super) struct Names {
        printed: BTreeMap<String, String>,
        said: BTreeMap<String, String>,
    }

    impl Names {
        /// Whether two lines are the same but for instants, and but for ids and hashes that stand for each other.
        pub(super) fn is_same(&mut self, said: &str, printed: &str) -> bool {
            let ((said, said_names), (printed, printed_names)) = (line(said), line(printed));
            said == printed
                && said_names.into_iter().zip(printed_names).all(|(said, printed)| self.stand(&said, &printed))
        }

        fn stand(&mut self, said: &str, printed: &str) -> bool {
            let known = self.printed.entry(said.to_owned()).or_insert_with(|| printed.to_owned()) == printed;
            known && self.said.entry(printed.to_owned()).or_insert_with(|| said.to_owned()) == said
        }
    }

    /// The line with every id, instant and hash replaced by a word of the same meaning, and its ids, as short
    /// as tables have them, and hashes.
    fn line(line: &str) -> (String, Vec<String>) {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '.');
        let (mut normal, mut names) = (String::new(), Vec::new());
        let mut rest = line;
        while let Some(start) = rest.find(is_part) {
            let (before, from) = rest.split_at(start);
            let (word, after) = from.split_at(from.find(|c| !is_part(c)).unwrap_or(from.len()));
            normal.push_str(before);
            let placeholder = placeholder(word);
            normal.push_str(placeholder.unwrap_or(word));
            match placeholder {
                Some("<id>") => names.push(word[..8].to_owned()),
                Some("<hash>") => names.push(word.to_owned()),
                _ => {}
            }
            rest = after;
        }
        (normal + rest, names)
    }

    fn placeholder(word: &str) -> Option<&'static str> {
        let is_hex = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
        let parts: Vec<usize> = word.split('-').map(str::len).collect();
        if word.split('-').all(is_hex) && parts == [8, 4, 4, 4, 12] {
            return Some("<id>");
        }
        match (word.len(), is_hex(word)) {
            (64, true) => Some("<hash>"),
            (8, true) => Some("<id>"),
            _ if is_instant(word) => Some("<instant>"),
            _ => shape(word).ends_with(".bad-00000000T000000Z").then_some("<set aside>"),
        }
    }

    fn is_instant(word: &str) -> bool {
        shape(word) == "0000-00-00T00:00:00.000000Z"
    }

    fn shape(word: &str) -> String {
        word.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
    }

    #[test]
    fn ids_instants_and_hashes_are_replaced_and_nothing_else() {
        let id = "9956e718-7ac9-5f5c-b9f8-c443663e27c2";
        assert_eq!(line(&format!("{{\"id\":\"{id}\",\"n\":1}}")).0, "{\"id\":\"<id>\",\"n\":1}");
        assert_eq!(line("main  9956e718  from savings").0, "main  <id>  from savings");
        assert_eq!(line("2026-11-23T14:55:55.254725Z 2026-11-23").0, "<instant> 2026-11-23");
        assert_eq!(line(&format!("{}  -", "0a".repeat(32))).0, "<hash>  -");
        assert_eq!(line("bought 10 AAPL at 150.25, fee 1.00.").0, "bought 10 AAPL at 150.25, fee 1.00.");
    }

    #[test]
    fn an_id_is_the_same_wherever_it_appears() {
        let mut names = Names::default();
        assert!(names.is_same("id 11111111-7ac9-5f5c-b9f8-c443663e27c2", "id aaaaaaaa-0000-4f5c-b9f8-c443663e27c2"));
        assert!(names.is_same("voided 11111111", "voided aaaaaaaa"));
        assert!(!names.is_same("voided 22222222", "voided aaaaaaaa"), "one id, told by two");
        assert!(!names.is_same("voided 11111111", "voided bbbbbbbb"), "two ids, told by one");
    }
}

#[cfg(test)]
mod session {
    use std::fs;
    use std::path::Path;
    use std::process::{Command, Stdio};

    use super::readme::{Step, root};

    /// What a command printed, and its exit code.
    pub(super) struct Outcome {
        pub(super) output: Vec<String>,
        pub(super) exit_code: String,
    }

    /// Marks in the session's output where a command ends.
    const MARK: char = '\u{1e}';

    /// Runs all steps in one session of a shell, with as many columns as are given.
    pub(super) fn run(shell: &str, steps: &[Step], columns: Option<&str>) -> Vec<Outcome> {
        let folder = tempfile::tempdir().unwrap();
        let (work, home) = (folder.path().join("work"), folder.path().join("home"));
        fs::create_dir(&work).unwrap();
        fs::create_dir(&home).unwrap();
        copy(&root().join("examples"), &work.join("examples"));
        let script = folder.path().join("session.sh");
        let status = if shell == "fish" { "$status" } else { "$?" };
        let commands = steps.iter().map(|step| format!("{}\nprintf '\\036%s\\036' \"{status}\"\n", step.command));
        fs::write(&script, commands.collect::<String>()).unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_stockbook")).parent().unwrap();
        let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
        let done = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$1\" 2>&1", shell])
            .arg(&script)
            .current_dir(&work)
            .env_clear()
            .envs([("PATH", path.as_str()), ("TZ", "UTC"), ("LANG", "C.UTF-8")])
            .env("HOME", &home)
            .envs(columns.map(|columns| ("COLUMNS", columns)))
            .stdin(Stdio::null())
            .output()
            .expect("console blocks need sh");
        outcomes(&String::from_utf8(done.stdout).unwrap())
    }

    fn outcomes(printed: &str) -> Vec<Outcome> {
        let mut pieces = printed.split(MARK);
        let mut outcomes = Vec::new();
        while let (Some(output), Some(exit_code)) = (pieces.next(), pieces.next()) {
            let output = output.lines().map(|line| line.trim_end().to_owned()).collect();
            outcomes.push(Outcome { output, exit_code: exit_code.to_owned() });
        }
        outcomes
    }

    fn copy(from: &Path, to: &Path) {
        fs::create_dir(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }

    /// Whether a program can be started, which recipes need.
    pub(super) fn has(program: &str) -> bool {
        let version = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        version.is_ok_and(|status| status.success())
    }
}

#[cfg(test)]
mod promises {
    use std::fs;
    use std::path::Path;

    use super::readme::{Step, bless, documents, is_there, linked_files, root, steps, table, text};
    use super::{normal, session};

    #[test]
    fn console_blocks_print_what_the_documents_say() {
        let mut failures = Vec::new();
        let mut found = 0;
        for document in documents() {
            found += check(&document, &mut failures);
        }
        assert!(found >= 60, "only {found} commands found in console blocks");
        assert!(failures.is_empty(), "not true any more:\n\n{}", failures.join("\n"));
    }

    /// Runs a document's commands, tells what is not as it says, and counts them.
    fn check(document: &Path, failures: &mut Vec<String>) -> usize {
        let source = fs::read_to_string(document).unwrap();
        let mut said = steps(&source);
        for program in ["jq", "sha256sum"] {
            leave_out(&mut said, program);
        }
        let columns = document.starts_with(root().join("man")).then_some("80");
        let outcomes = session::run("sh", &said, columns);
        assert_eq!(outcomes.len(), said.len(), "the session of {} ended early", document.display());
        let is_blessing = std::env::var_os("STOCKBOOK_BLESS").is_some_and(|value| value == "1");
        let mut names = normal::Names::default();
        let mut printed = said.clone();
        let mut is_true = true;
        for ((step, outcome), said) in printed.iter_mut().zip(outcomes).zip(&said) {
            let is_same = is_same(&mut names, &said.output, &outcome.output);
            is_true &= is_same;
            if outcome.exit_code != "0" || !(is_same || is_blessing) {
                failures.push(failure(document, said, &outcome));
            }
            step.output = outcome.output;
        }
        // All of it: ids are the same throughout a session.
        if is_blessing && !is_true {
            bless(document, &source, &printed);
        }
        said.len()
    }

    const SHELLS: [&str; 3] = ["bash", "zsh", "fish"];

    fn tutorial() -> String {
        fs::read_to_string(root().join("man/stockbook-tutorial.7.md")).unwrap()
    }

    /// Whether a shell is there; where all is to be tried, it must be.
    fn can_try(shell: &str) -> bool {
        let is_there = session::has(shell);
        assert!(is_there || std::env::var_os("STOCKBOOK_TEST_ALL").is_none(), "{shell} is not installed");
        is_there
    }

    #[test]
    fn the_tutorial_goes_the_same_way_in_every_shell() {
        let mut said = steps(&tutorial());
        leave_out(&mut said, "jq");
        for shell in SHELLS.into_iter().filter(|shell| can_try(shell)) {
            let outcomes = session::run(shell, &said, Some("80"));
            assert_eq!(outcomes.len(), said.len(), "the session in {shell} ended early");
            let mut names = normal::Names::default();
            for (step, outcome) in said.iter().zip(&outcomes) {
                let is_same = outcome.exit_code == "0" && is_same(&mut names, &step.output, &outcome.output);
                assert!(is_same, "{shell}: {}", failure(Path::new("the tutorial"), step, outcome));
            }
        }
    }

    #[test]
    fn what_is_to_be_typed_is_understood_by_every_shell() {
        let documents = [tutorial(), text()];
        let blocks: Vec<&str> = documents
            .iter()
            .flat_map(|it| it.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next()))
            .collect();
        assert!(blocks.len() > 4);
        for shell in SHELLS.into_iter().filter(|shell| can_try(shell)) {
            for block in &blocks {
                let mut check = std::process::Command::new(shell);
                let done = check.args(["-n", "-c", block]).output().unwrap();
                let said = String::from_utf8_lossy(&done.stderr);
                assert!(done.status.success() && said.is_empty(), "{shell}: {said}\n{block}");
            }
        }
    }

    #[test]
    fn the_lines_for_cron_say_nothing_where_nothing_is_wrong() {
        let page = tutorial();
        let is_line = |line: &&str| line.contains("$HOME/.cargo/bin/stockbook ");
        let commands = page.lines().filter(is_line).filter_map(|line| line.get(line.find("$HOME/.cargo")?..));
        // What a user of the page has at its end, where the lines look for it.
        let prepared = "mkdir -p $HOME/.cargo/bin $HOME/books $HOME/Downloads && cp year.db* $HOME/books/ && \
                        cp schwab.csv $HOME/Downloads/ && ln -s \"$(command -v stockbook)\" $HOME/.cargo/bin/";
        let bare = |command: &str| format!("env -i HOME=\"$HOME\" PATH=/usr/bin:/bin sh -c '{command}'");
        let lines: Vec<String> = std::iter::once(prepared.to_owned()).chain(commands.map(bare)).collect();
        assert_eq!(lines.len(), 3, "{lines:?}");
        let mut said = steps(&page);
        leave_out(&mut said, "jq");
        let known = said.len();
        said.extend(lines.into_iter().map(|command| Step { line: 0, command, output: Vec::new() }));
        for (step, outcome) in said.iter().zip(session::run("sh", &said, None)).skip(known) {
            let is_quiet = outcome.exit_code == "0" && outcome.output.concat().is_empty();
            assert!(is_quiet, "{}", failure(Path::new("the tutorial"), step, &outcome));
        }
    }

    #[test]
    fn every_command_is_shown_in_the_manual() {
        let typed: Vec<String> = documents()
            .iter()
            .flat_map(|document| steps(&fs::read_to_string(document).unwrap()))
            .map(|step| step.command)
            .collect();
        let is_shown = |name: &str| {
            let words = |command: &String| command.split_whitespace().any(|word| word == name);
            typed.iter().any(|command| command.contains("stockbook ") && words(command))
        };
        let command = stockbook::cli::command();
        let shown = command.get_subcommands().filter(|it| !it.is_hide_set());
        let names = shown.map(|it| it.get_name().to_owned());
        let missing: Vec<String> = names.filter(|name| !is_shown(name)).collect();
        assert!(missing.is_empty(), "commands of which no example is tested: {missing:?}");
    }

    /// Leaves out the commands that need a program which is not there, and says so; where all is to be
    /// tried, that is a failure.
    fn leave_out(said: &mut Vec<Step>, program: &str) {
        if session::has(program) {
            return;
        }
        assert!(std::env::var_os("STOCKBOOK_TEST_ALL").is_none(), "the recipes need {program}");
        let before = said.len();
        said.retain(|step| !step.command.split(|c: char| !c.is_alphanumeric()).any(|word| word == program));
        println!("left out, for want of {program}: {} commands", before.abs_diff(said.len()));
    }

    fn is_same(names: &mut normal::Names, said: &[String], printed: &[String]) -> bool {
        said.len() == printed.len() && said.iter().zip(printed).all(|(said, printed)| names.is_same(said, printed))
    }

    fn failure(document: &Path, said: &Step, outcome: &session::Outcome) -> String {
        format!(
            "{}:{}: $ {}\n--- it says\n{}\n--- it printed (exit code {})\n{}\n",
            document.display(),
            said.line,
            said.command,
            said.output.join("\n"),
            outcome.exit_code,
            outcome.output.join("\n")
        )
    }

    #[test]
    fn every_exit_code_is_in_the_table() {
        let output = fs::read_to_string(root().join("man/stockbook-output.5.md")).unwrap();
        let codes: Vec<String> = table(&output, "Exit code").into_iter().map(|cells| cells[0].clone()).collect();
        assert_eq!(codes, ["`0`", "`1`", "`2`", "`3`", "`4`", "`5`", "`6`", "`130`"]);
    }

    #[test]
    fn every_command_and_option_is_mentioned() {
        let readme = text();
        let command = stockbook::cli::command();
        let shown = command.get_subcommands().filter(|it| !it.is_hide_set());
        let commands = shown.flat_map(|it| it.get_name_and_visible_aliases());
        let is_mentioned =
            |name: &&str| readme.contains(&format!("stockbook {name}")) || readme.contains(&format!("`{name}`"));
        let missing: Vec<&str> = commands.filter(|name| !is_mentioned(name)).collect();
        assert!(missing.is_empty(), "commands that the README does not mention: {missing:?}");
        let longs = command.get_arguments().filter_map(|arg| arg.get_long());
        let missing: Vec<&str> = longs.filter(|long| !readme.contains(&format!("--{long}"))).collect();
        assert!(missing.is_empty(), "global options that the README does not mention: {missing:?}");
    }

    #[test]
    fn links_point_to_files_that_are_there() {
        let broken: Vec<String> = linked_files(&text()).into_iter().filter(|path| !is_there(path)).collect();
        assert!(broken.is_empty(), "links of the README that point nowhere: {broken:?}");
    }

    #[test]
    fn the_readme_is_short() {
        let lines = text().lines().count();
        assert!(lines <= 250, "the README has {lines} lines; what is longer belongs into the manual pages");
    }

    #[test]
    fn the_two_commands_are_there_as_they_are_typed() {
        let readme = text();
        let first = "cargo run --release -- --book demo.db import --add-stocks examples/prices.csv examples/trades.csv";
        assert!(readme.lines().any(|line| line == first));
        assert!(readme.lines().any(|line| line == "cargo test"));
    }
}
