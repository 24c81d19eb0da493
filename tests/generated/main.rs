//! The man pages and completions in the repository match the command line's definition and the Markdown
//! sources in `man/`.
//!
//! `STOCKBOOK_BLESS=1 cargo test --test generated` writes them anew.

#[cfg(test)]
mod markdown;

#[cfg(test)]
mod committed {
    use std::collections::{BTreeMap, BTreeSet};
    use std::path::Path;
    use std::{env, fs};

    /// The contents of a folder: text by file name.
    pub(super) type Folder = BTreeMap<String, String>;

    /// Compares a folder of the repository with what it should hold, or makes it so if asked to.
    pub(super) fn assert_folder(name: &str, wanted: &Folder) {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        if env::var_os("STOCKBOOK_BLESS").is_some_and(|value| value == "1") {
            write(&folder, wanted);
        }
        let found = read(&folder);
        let names: BTreeSet<&String> = wanted.keys().chain(found.keys()).collect();
        let differing: Vec<&String> = names.into_iter().filter(|file| wanted.get(*file) != found.get(*file)).collect();
        assert!(
            differing.is_empty(),
            "{name}/ is not what the command line's definition says: {differing:?}; \
             write it anew with `STOCKBOOK_BLESS=1 cargo test --test generated` and look at the difference"
        );
    }

    fn read(folder: &Path) -> Folder {
        let Ok(entries) = fs::read_dir(folder) else { return Folder::new() };
        let text = |path: &Path| fs::read_to_string(path).unwrap();
        let by_hand = ["stockbook.bash", "_stockbook", "stockbook.fish"];
        let is_generated =
            |path: &Path| !by_hand.iter().any(|name| path.ends_with(name)) && path.extension() != Some("md".as_ref());
        entries
            .map(|entry| entry.unwrap())
            .filter(|entry| is_generated(&entry.path()))
            .map(|it| (it.file_name().into_string().unwrap(), text(&it.path())))
            .collect()
    }

    fn write(folder: &Path, wanted: &Folder) {
        fs::create_dir_all(folder).unwrap();
        for stale in read(folder).keys().filter(|file| !wanted.contains_key(*file)) {
            fs::remove_file(folder.join(stale)).unwrap();
        }
        for (file, text) in wanted {
            fs::write(folder.join(file), text).unwrap();
        }
    }
}

#[cfg(test)]
mod completions {
    use clap::Command;
    use clap_complete::{Generator, Shell, generate};

    use super::committed::{Folder, assert_folder};

    /// The shells whose scripts do not ask the program itself.
    #[test]
    fn completions_match_the_definition() {
        let shells = [Shell::Elvish, Shell::PowerShell];
        let folder: Folder = shells.iter().map(|shell| (shell.file_name("stockbook"), completion(*shell))).collect();
        assert_folder("completions", &folder);
    }

    fn completion(shell: Shell) -> String {
        let mut built = stockbook::cli::command();
        let arguments: Vec<clap::Arg> = built.get_arguments().cloned().collect();
        built.build();
        let shown = built.get_subcommands().filter(|it| !it.is_hide_set() && it.get_name() != "help").cloned();
        let mut definition =
            Command::new("stockbook").version(env!("CARGO_PKG_VERSION")).args(arguments).subcommands(shown);
        let mut text = Vec::new();
        generate(shell, &mut definition, "stockbook", &mut text);
        String::from_utf8(text).unwrap()
    }
}

#[cfg(test)]
mod man_pages {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use std::process::Command as Program;

    use clap::Command;
    use clap_mangen::Man;
    use clap_mangen::roff::{Roff, bold, roman};

    use super::committed::{Folder, assert_folder};
    use super::markdown;

    const EXIT_STATUS: [(&str, &str); 8] = [
        ("0", "Done, also when there is nothing to show."),
        ("1", "The environment failed and nothing was recorded: a file that cannot be read or written, no book yet."),
        ("2", "Wrong usage, as can be told from the arguments and the clock alone."),
        ("3", "Refused by what the book or an input file holds; nothing has changed."),
        ("4", "Verification found something wrong."),
        ("5", "Another process kept the book busy for longer than --wait; nothing was recorded, a retry is safe."),
        ("6", "The system failed while recording and the outcome is unknown; ask again with the same --id."),
        ("130", "Interrupted; nothing was recorded."),
    ];

    const OTHER_VARIABLES: [(&str, &str); 4] = [
        ("XDG_DATA_HOME", "The folder above stockbook/book.db; ~/.local/share if it is not set."),
        ("XDG_CONFIG_HOME", "The folder above stockbook/config.toml; ~/.config if it is not set."),
        ("NO_COLOR", "No colours, if set and not empty."),
        ("CLICOLOR_FORCE", "Colours also where standard output is no terminal, if set and not 0."),
    ];

    const FILES: [(&str, &str); 3] = [
        (
            "$XDG_DATA_HOME/stockbook/book.db",
            "The book, an SQLite file, unless --book or STOCKBOOK_BOOK names another; \
             without XDG_DATA_HOME it is in ~/.local/share/stockbook.",
        ),
        (
            "book.db.audit.jsonl",
            "The audit log beside the book: one event per line, each with the hash of the line before.",
        ),
        (
            "$XDG_CONFIG_HOME/stockbook/config.toml",
            "Settings that hold where nothing else is said; beside it, tables of one's own in the folder formats.",
        ),
    ];

    /// The pages that are not about a command.
    const MANUAL: [(&str, u8); 8] = [
        ("stockbook-tutorial", 7),
        ("stockbook-concepts", 7),
        ("stockbook-import", 5),
        ("stockbook-formats", 5),
        ("stockbook-export", 5),
        ("stockbook-output", 5),
        ("stockbook-events", 5),
        ("stockbook-followers", 7),
    ];

    #[test]
    fn man_pages_match_the_definition() {
        let mut command = stockbook::cli::command();
        command.build();
        let visible: Vec<&Command> = visible(&command).collect();
        let mut folder = Folder::new();
        for subcommand in &visible {
            folder.insert(format!("{}.1", name(subcommand)), page(subcommand, &see_also(["stockbook"])));
            // `help` repeats them all.
            for inner in self::visible(subcommand).filter(|_| subcommand.get_name() != "help") {
                folder.insert(format!("{}.1", name(inner)), page(inner, &see_also([name(subcommand)])));
            }
        }
        let ends = [
            section("EXIT STATUS", EXIT_STATUS),
            section("ENVIRONMENT", variables(&command)),
            section("FILES", FILES),
            see_also(visible.into_iter().map(name).chain(["jq".to_owned(), "sqlite3".to_owned()])),
        ];
        folder.insert("stockbook.1".to_owned(), page(&command, &ends.concat()));
        folder.extend(written_pages());
        assert_folder("man", &folder);
    }

    /// The pages that have a Markdown source.
    fn written_pages() -> Folder {
        let entries = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("man")).unwrap();
        let sources = entries.map(|entry| entry.unwrap().path()).filter(|it| it.extension() == Some("md".as_ref()));
        sources
            .map(|source| {
                let name = source.file_stem().unwrap().to_str().unwrap().to_owned();
                (name, markdown::page(&fs::read_to_string(&source).unwrap(), &version()))
            })
            .collect()
    }

    fn version() -> String {
        stockbook::cli::command().get_version().unwrap_or_default().to_owned()
    }

    fn visible(command: &Command) -> impl Iterator<Item = &Command> {
        command.get_subcommands().filter(|it| !it.is_hide_set())
    }

    fn name(command: &Command) -> String {
        command.get_display_name().unwrap_or("stockbook").to_owned()
    }

    /// One page: clap's definition in the order that manuals have, with examples as they are typed.
    fn page(command: &Command, end: &str) -> String {
        let usage = command.clone().render_usage().to_string().trim_start_matches("Usage: ").to_owned();
        let definition = command
            .clone()
            .override_usage(usage)
            .subcommand_help_heading("COMMANDS")
            .mut_args(|arg| if arg.is_positional() { arg.help_heading("Arguments") } else { arg });
        // clap lists global options first.
        let common = command.get_arguments().filter(|arg| arg.is_global_set()).map(clap::Arg::get_id);
        let definition = common.fold(definition, |definition, id| definition.mut_arg(id, |arg| arg));
        let man = Man::new(definition);
        let mut text = Vec::new();
        man.render_name_section(&mut text).unwrap();
        man.render_synopsis_section(&mut text).unwrap();
        man.render_description_section(&mut text).unwrap();
        if command.has_subcommands() {
            man.render_subcommands_section(&mut text).unwrap();
        }
        man.render_options_section(&mut text).unwrap();
        // clap_mangen begins each section with these two lines; once is enough.
        let preamble = Roff::new().render();
        let body = String::from_utf8(text).unwrap().replace(&preamble, "");
        // An empty line is a space by itself.
        let body = body.replace(".br\n\n.br\n", ".sp\n");
        [preamble, title(command), body, aliases(command), examples(command), end.to_owned()].concat()
    }

    fn title(command: &Command) -> String {
        let name = name(command).to_uppercase();
        format!(".TH {name} 1 \"{}\" \"StockBook {}\" \"StockBook Manual\"\n", markdown::DATE, version())
    }

    #[test]
    fn mandoc_has_nothing_to_say_of_the_pages() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("man");
        let mut pages: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        pages.retain(|path| path.extension() != Some("md".as_ref()));
        let Ok(run) = Program::new("mandoc").args(["-T", "lint", "-W", "warning"]).args(&pages).output() else {
            assert!(std::env::var_os("STOCKBOOK_TEST_ALL").is_none(), "mandoc is missing");
            return eprintln!("left out: mandoc is missing");
        };
        let said = String::from_utf8_lossy(&run.stdout);
        // References between pages cannot be resolved outside of a manual's folder.
        let warnings: Vec<_> = said.lines().filter(|line| !line.contains("referenced manual not found")).collect();
        assert!(warnings.is_empty(), "\n{}", warnings.join("\n"));
    }

    /// Every command has an example, and each is a command line that is understood.
    #[test]
    fn examples_are_understood() {
        let mut definition = stockbook::cli::command();
        definition.build();
        let mut commands: Vec<&Command> = visible(&definition).filter(|it| it.get_name() != "help").collect();
        commands.extend(commands.clone().into_iter().flat_map(visible));
        for command in commands {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            let examples: Vec<&str> = help.lines().filter_map(|line| line.get(line.find("stockbook ")?..)).collect();
            assert!(!examples.is_empty(), "{} has no example", command.get_name());
            for example in examples {
                // What follows belongs to another program, or is the rest of a command that continues on the
                // next line.
                let Some(words) = words(example) else { continue };
                let error = stockbook::cli::command().try_get_matches_from(words).err().filter(clap::Error::use_stderr);
                assert!(error.is_none(), "{example}: {}", error.unwrap());
            }
        }
    }

    /// The words of a line as a shell parses them, up to a pipe or a redirection; none for a line that
    /// continues on the next.
    fn words(line: &str) -> Option<Vec<String>> {
        let plain = [" | ", " > ", " && "].iter().fold(line, |line, end| line.split(end).next().unwrap_or(line));
        // Nor for syntax that only a shell knows.
        if plain.ends_with('\\') || plain.contains("$(") {
            return None;
        }
        let script = format!("printf '%s\\n' {plain}");
        let run = Program::new("sh").args(["-c", &script]).output().unwrap();
        assert!(run.status.success(), "{line}");
        Some(String::from_utf8(run.stdout).unwrap().lines().map(str::to_owned).collect())
    }

    fn aliases(command: &Command) -> String {
        let aliases: Vec<(String, String)> = command
            .get_visible_aliases()
            .map(|alias| (format!("stockbook {alias}"), format!("The same as stockbook {}.", command.get_name())))
            .collect();
        if aliases.is_empty() { String::new() } else { section("ALIASES", aliases) }
    }

    /// The examples of the help text, line by line; the first line is their heading there.
    fn examples(command: &Command) -> String {
        let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
        let mut roff = Roff::new();
        roff.control("SH", ["EXAMPLES"]).control("nf", []);
        for line in help.lines().skip(1) {
            roff.text([roman(line.trim_start())]);
        }
        roff.control("fi", []);
        with_apostrophes(&roff)
    }

    /// Each variable that corresponds to an option, then the conventional ones.
    fn variables(command: &Command) -> BTreeMap<String, String> {
        let of_options = command.get_arguments().filter_map(|arg| {
            let meaning = format!("Stands for --{} where that is not given.", arg.get_long()?);
            Some((arg.get_env()?.to_string_lossy().into_owned(), meaning))
        });
        of_options.chain(OTHER_VARIABLES.map(|(name, meaning)| (name.to_owned(), meaning.to_owned()))).collect()
    }

    fn section(heading: &str, items: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> String {
        let mut roff = Roff::new();
        roff.control("SH", [heading]);
        for (name, meaning) in items {
            roff.control("TP", []).text([bold(name)]).text([roman(meaning)]);
        }
        with_apostrophes(&roff)
    }

    fn see_also(pages: impl IntoIterator<Item = impl Into<String>>) -> String {
        let mut roff = Roff::new();
        roff.control("SH", ["SEE ALSO"]);
        let mut line = Vec::new();
        let manual = MANUAL.into_iter().map(|(page, section)| (page.to_owned(), section));
        for (page, section) in pages.into_iter().map(|page| (page.into(), 1)).chain(manual) {
            line.extend((!line.is_empty()).then(|| roman(", ")));
            line.extend([bold(page), roman(format!("({section})"))]);
        }
        roff.text(line);
        with_apostrophes(&roff)
    }

    /// Text with ASCII apostrophes, which `to_roff` would let become typographic ones.
    fn with_apostrophes(roff: &Roff) -> String {
        roff.render().replace(&Roff::new().render(), "")
    }
}
