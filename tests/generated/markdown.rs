//! Manual pages from Markdown: the part of it that the sources in `man/` use.
//!
//! A page begins with `# name(section): what it is about`. Then come `##` and `###` headings, paragraphs,
//! `-` lists, fenced blocks, and tables, whose first column is the term and whose others explain it.
//! Each paragraph, item and row is one line.

/// The date of the pages: that of the last release, so that they change only if their text does.
pub(crate) const DATE: &str = "2026-11-29";

/// Roff of a Markdown source; `version` is that of the program.
pub(crate) fn page(source: &str, version: &str) -> String {
    let mut lines = source.lines();
    let head = lines.next().and_then(|line| line.strip_prefix("# ")).expect("a page begins with its name");
    let (name, about) = head.split_once(": ").expect("a page says what it is about");
    let (name, section) = name.trim_end_matches(')').split_once('(').expect("a page has a section");
    let mut roff = vec![
        format!(".TH {} {section} \"{DATE}\" \"StockBook {version}\" \"StockBook Manual\"", name.to_uppercase()),
        ".SH NAME".to_owned(),
        format!("{} \\- {}", name.replace('-', "\\-"), inline(about)),
    ];
    let (mut is_table, mut is_begun) = (false, false);
    while let Some(line) = lines.next() {
        if line.starts_with("```") {
            roff.extend((!is_begun).then(|| ".PP".to_owned()));
            roff.extend([".RS 4", ".EX"].map(str::to_owned));
            roff.extend(lines.by_ref().take_while(|line| *line != "```").map(|line| guarded(&literal(line))));
            roff.extend([".EE", ".RE"].map(str::to_owned));
        } else if let Some(heading) = line.strip_prefix("## ") {
            roff.push(format!(".SH {}", inline(&heading.to_uppercase())));
        } else if let Some(heading) = line.strip_prefix("### ") {
            roff.push(format!(".SS {}", inline(heading)));
        } else if let Some(item) = line.strip_prefix("- ") {
            roff.extend([".IP \\(bu 2".to_owned(), guarded(&inline(item))]);
        } else if line.starts_with('|') {
            // The heading of a table, and the line under it.
            if !is_table {
                lines.next();
            } else if let [term, rest @ ..] = &cells(line)[..] {
                roff.extend([".TP".to_owned(), guarded(&inline(term)), guarded(&inline(&rest.join(" ")))]);
            }
        } else if !line.is_empty() {
            roff.extend((!is_begun).then(|| ".PP".to_owned()));
            roff.push(guarded(&inline(line)));
        }
        is_table = line.starts_with('|');
        // A heading begins a paragraph of its own.
        is_begun = line.starts_with("##") || line.is_empty() && is_begun;
    }
    roff.join("\n") + "\n"
}

fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split(" | ").map(str::trim).filter(|cell| !cell.is_empty()).collect()
}

/// A line that roff does not mistake for a request.
fn guarded(line: &str) -> String {
    if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.to_owned() }
}

/// Literal text, typed or printed.
fn literal(text: &str) -> String {
    let mut roff = String::new();
    for c in text.chars() {
        match c {
            '\\' => roff.push_str("\\e"),
            // The latter rules tables, and would be nothing where there is only ASCII.
            '-' | '─' => roff.push_str("\\-"),
            '\'' => roff.push_str("\\(aq"),
            '`' => roff.push_str("\\(ga"),
            '^' => roff.push_str("\\(ha"),
            '~' => roff.push_str("\\(ti"),
            _ => roff.push(c),
        }
    }
    roff
}

/// Text with `code` and **strong** words in bold, *emphasized* ones in italics, and the words of links.
fn inline(text: &str) -> String {
    let mut roff = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*', '[', '\\']) {
        let (before, from) = rest.split_at(at);
        roff.push_str(before);
        let marked = |mark: &'static str| {
            from.strip_prefix(mark).and_then(|inner| inner.split_once(mark)).filter(|(inner, _)| !inner.is_empty())
        };
        if let Some((code, after)) = marked("`") {
            roff += "\\fB";
            roff += &literal(code);
            roff += "\\fR";
            rest = after;
        } else if let Some((strong, after)) = marked("**") {
            roff += "\\fB";
            roff += &inline(strong);
            roff += "\\fR";
            rest = after;
        } else if let Some((emphasized, after)) = marked("*") {
            roff += "\\fI";
            roff += &inline(emphasized);
            roff += "\\fR";
            rest = after;
        } else if let Some((words, (target, after))) = from
            .strip_prefix('[')
            .and_then(|inner| inner.split_once("]("))
            .and_then(|(words, after)| Some((words, after.split_once(')')?)))
        {
            roff.push_str(&inline(words));
            if target.starts_with("http") {
                roff.extend([" <", target, ">"]);
            }
            rest = after;
        } else {
            let (mark, after) = from.split_at(1);
            roff.push_str(if mark == "\\" { "\\e" } else { mark });
            rest = after;
        }
    }
    roff + rest
}

#[test]
fn every_mark_that_the_sources_use_becomes_roff() {
    let source = "# stockbook-demo(7): a demo\n\n## Some words\n\nText with `--code`, **strong** and *soft* [words](https://a.b).\n\n\
                  - an item\n\n| Name | Meaning |\n|---|---|\n| `a` | *first* |\n\n```console\n$ ls 'it'\n.\n```\n";
    let wanted = ".TH STOCKBOOK-DEMO 7 \"2026-11-29\" \"StockBook 1\" \"StockBook Manual\"\n.SH NAME\nstockbook\\-demo \\- a demo\n\
                  .SH SOME WORDS\nText with \\fB\\-\\-code\\fR, \\fBstrong\\fR and \\fIsoft\\fR words <https://a.b>.\n\
                  .IP \\(bu 2\nan item\n.TP\n\\fBa\\fR\n\\fIfirst\\fR\n.PP\n.RS 4\n.EX\n$ ls \\(aqit\\(aq\n\\&.\n.EE\n.RE\n";
    assert_eq!(page(source, "1"), wanted);
}
