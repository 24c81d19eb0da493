//! Checks of the architecture, from the imports: which modules may use which, that there are no cycles, and
//! that no type does everything.

#![allow(clippy::arithmetic_side_effects, reason = "places in texts that are in memory")]

use std::collections::{BTreeMap, BTreeSet};

use crate::layers::{code, sources};

/// A file as its path from the crate's root: `["store", "book"]`.
type Module = Vec<String>;

/// A flattened `use`: the name in the file, and the path as written.
struct Import {
    name: String,
    path: Vec<String>,
    /// It only re-exports a name.
    is_reexport: bool,
}

/// Which other parts of the program each part may use.
const MAY_NEED: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("files", &[]),
    ("formats", &["domain"]),
    ("bus", &["domain"]),
    ("log", &["bus", "domain", "files"]),
    ("store", &["bus", "domain", "files", "log"]),
    ("handlers", &["bus", "domain", "log", "store"]),
    ("app", &["bus", "domain", "files", "formats", "log", "store"]),
    ("cli", &["app", "bus", "domain", "formats", "log"]),
];

/// The number of methods that a type may have, over all files.
const METHODS: usize = 25;

struct House {
    texts: BTreeMap<Module, String>,
    imports: BTreeMap<Module, Vec<Import>>,
}

impl House {
    fn read() -> Self {
        let mut texts = BTreeMap::new();
        for (file, text) in sources() {
            let module: Module = file.with_extension("").iter().map(|name| name.to_str().unwrap().to_owned()).collect();
            let is_root = module == ["lib"] || module == ["main"];
            let is_of_tests = module.iter().any(|name| name == "tests" || name == "test");
            if !is_root && !is_of_tests {
                let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
                texts.insert(module, text.lines().map(|line| code(line).to_owned() + "\n").collect::<String>());
            }
        }
        let imports = texts.iter().map(|(module, text)| (module.clone(), imports_of(text))).collect();
        Self { texts, imports }
    }

    /// The file that defines what a path names, as seen from `module`; `None` outside of the crate.
    fn definition(&self, module: &[String], path: &[String], depth: usize) -> Option<Module> {
        let mut at = module.to_vec();
        let mut rest = path;
        match path.first()?.as_str() {
            "crate" => {
                at.clear();
                rest = &path[1..];
            }
            "self" => rest = &path[1..],
            "super" => {
                while rest.first().is_some_and(|name| name == "super") {
                    at.pop()?;
                    rest = &rest[1..];
                }
            }
            first => {
                let child = [module, &[first.to_owned()]].concat();
                if !self.imports.contains_key(&child) {
                    return None;
                }
            }
        }
        for name in rest {
            let child = [at.as_slice(), std::slice::from_ref(name)].concat();
            if self.imports.contains_key(&child) {
                at = child;
                continue;
            }
            // An item of this module, or one that it re-exports.
            let handed_on = self.imports.get(&at)?.iter().filter(|import| import.is_reexport);
            let mut sources = handed_on.filter(|import| import.name == *name || import.name == "*");
            let found = sources.find_map(|import| {
                let found = self.definition(&at, &import.path, depth.checked_sub(1)?)?;
                // A name that a glob re-exports is known only if it is defined there.
                (import.name != "*" || self.defines(&found, name)).then_some(found)
            });
            return Some(found.unwrap_or(at));
        }
        Some(at)
    }

    /// Whether a file defines a name that a glob re-exports.
    fn defines(&self, module: &[String], name: &str) -> bool {
        let text = self.texts.get(module);
        let words = ["fn", "struct", "enum", "trait", "const", "type", "static"];
        text.is_some_and(|text| {
            words.iter().any(|word| {
                text.match_indices(&format!("{word} {name}")).any(|(at, found)| {
                    let after = text[at..][found.len()..].chars().next();
                    !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
                })
            })
        })
    }

    /// The files that each file uses.
    fn needs(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        const DEEPEST: usize = 8;
        let mut needs: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
        for (module, imports) in &self.imports {
            let of = needs.entry(module.clone()).or_default();
            for import in imports.iter().filter(|import| !import.is_reexport) {
                of.extend(self.definition(module, &import.path, DEEPEST).filter(|found| found != module));
            }
        }
        needs
    }
}

/// The `use` declarations of a file and the paths in its code.
fn imports_of(text: &str) -> Vec<Import> {
    let mut imports = Vec::new();
    let mut rest = text;
    while let Some(at) = next_use(rest) {
        let line = rest[..at].rfind('\n').map_or(0, |at| at + 1);
        let is_reexport = rest[line..at].trim_start().starts_with("pub");
        let end = rest[at..].find(';').map_or(rest.len(), |end| at + end);
        flatten(&[], &rest[at + "use ".len()..end], is_reexport, &mut imports);
        rest = &rest[end..];
    }
    for root in ["crate::", "super::"] {
        for (at, _) in text.match_indices(root) {
            let path: String = text[at..].chars().take_while(|c| c.is_alphanumeric() || "_:".contains(*c)).collect();
            let line = text[..at].rfind('\n').map_or(0, |at| at + 1);
            let is_declared = text[line..at].contains("use ") || text[line..at].contains("pub(in ");
            let names: Vec<String> = path.split("::").filter(|name| !name.is_empty()).map(str::to_owned).collect();
            // A visibility is not a use.
            if !is_declared && names.len() > 1 && !text[..at].ends_with("pub(in ") {
                let name = names.last().unwrap().clone();
                imports.push(Import { name, path: names, is_reexport: false });
            }
        }
    }
    imports
}

/// Where the next declaration begins.
fn next_use(text: &str) -> Option<usize> {
    text.match_indices("use ").map(|(at, _)| at).find(|at| {
        let line = text[..*at].rfind('\n').map_or(0, |at| at + 1);
        let before = text[line..*at].trim();
        before.is_empty() || before == "pub" || (before.starts_with("pub(") && before.ends_with(')'))
    })
}

/// `a::{b, c::{d, self}}` as `a::b`, `a::c::d` and `a::c`.
fn flatten(prefix: &[String], tree: &str, is_reexport: bool, imports: &mut Vec<Import>) {
    let tree = tree.trim();
    let (head, group) = match tree.find('{') {
        Some(open) => (&tree[..open], Some(&tree[open + 1..tree.rfind('}').unwrap_or(tree.len())])),
        None => (tree, None),
    };
    let (head, alias) = head.split_once(" as ").map_or((head, None), |(head, alias)| (head, Some(alias.trim())));
    let mut path = prefix.to_vec();
    path.extend(
        head.split("::")
            .map(str::trim)
            .filter(|name| !name.is_empty() && *name != "self" || prefix.is_empty() && *name == "self")
            .map(str::to_owned),
    );
    let Some(group) = group else {
        let last = path.last().cloned().unwrap_or_default();
        if last == "*" {
            path.pop();
        }
        imports.push(Import { name: alias.map_or(last, str::to_owned), path, is_reexport });
        return;
    };
    let mut depth = 0;
    let mut from = 0;
    for (at, c) in group.char_indices().chain([(group.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !group[from..at].trim().is_empty() {
                    flatten(&path, &group[from..at], is_reexport, imports);
                }
                from = at + 1;
            }
            _ => {}
        }
    }
}

/// Everything that a file uses, directly or indirectly.
fn reached(needs: &BTreeMap<Module, BTreeSet<Module>>, from: &Module) -> BTreeSet<Module> {
    let mut reached = BTreeSet::new();
    let mut waiting = vec![from];
    while let Some(module) = waiting.pop() {
        for next in needs.get(module).into_iter().flatten() {
            if reached.insert(next.clone()) {
                waiting.push(next);
            }
        }
    }
    reached
}

/// The groups of files in which each uses every other one, directly or indirectly.
fn circles(needs: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<Vec<String>> {
    let reached: BTreeMap<_, _> = needs.keys().map(|module| (module, reached(needs, module))).collect();
    let mut circles = BTreeSet::new();
    for (module, others) in &reached {
        let needs_it = |other: &&Module| reached.get(*other).is_some_and(|back| back.contains(*module));
        let circle: Vec<String> = others.iter().filter(needs_it).map(|other| other.join("/")).collect();
        if !circle.is_empty() {
            circles.insert(circle);
        }
    }
    circles.into_iter().collect()
}

/// The inherent methods of types, by part of the program and name of the type.
fn methods(texts: &BTreeMap<Module, String>) -> BTreeMap<String, usize> {
    let mut methods = BTreeMap::new();
    for (module, text) in texts {
        let mut of: Option<String> = None;
        for line in text.lines() {
            if let Some(of_type) = line.strip_prefix("impl").and_then(inherent) {
                of = Some(format!("{}::{of_type}", module[0]));
            } else if line.starts_with('}') {
                of = None;
            }
            let words = line.strip_prefix("    ").filter(|line| !line.starts_with(' ')).unwrap_or_default();
            if let Some(of) = of.as_ref().filter(|_| {
                words.split(['(', '<']).next().unwrap().contains("fn ")
                    || words.starts_with("pub(") && words.contains(" fn ")
            }) {
                *methods.entry(of.clone()).or_default() += 1;
            }
        }
    }
    methods
}

/// The name of the type of an `impl` without a trait, from the text after that word.
fn inherent(rest: &str) -> Option<String> {
    let mut depth = 0;
    let head: String = rest
        .chars()
        .filter(|c| {
            depth += i32::from(*c == '<') - i32::from(*c == '>');
            depth == 0 && *c != '>'
        })
        .collect();
    let head = head.split('{').next()?.trim();
    let is_of_a_trait = head.contains(" for ");
    (!is_of_a_trait && !head.is_empty()).then(|| head.split([' ', ':']).next_back().unwrap().to_owned())
}

#[test]
fn every_part_needs_only_those_further_in() {
    let house = House::read();
    let mut found = Vec::new();
    for (module, imports) in &house.imports {
        let (_, allowed) = MAY_NEED.iter().find(|(part, _)| module[0] == *part).expect("a part without a rule");
        for import in imports {
            let part = match import.path.first().map(String::as_str) {
                Some("crate") => import.path.get(1),
                // Up to the root.
                Some("super") if import.path.iter().take_while(|name| *name == "super").count() == module.len() => {
                    import.path.get(module.len())
                }
                _ => None,
            };
            if let Some(part) = part.filter(|part| **part != module[0] && !allowed.contains(&part.as_str())) {
                found.push(format!("{} -> {part}", module.join("/")));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn no_file_needs_one_that_needs_it() {
    assert_eq!(circles(&House::read().needs()), Vec::<Vec<String>>::new());
}

#[test]
fn no_type_does_everything() {
    let many: Vec<_> = methods(&House::read().texts).into_iter().filter(|(_, count)| *count > METHODS).collect();
    assert_eq!(many, []);
}

#[test]
fn needs_are_found() {
    let needs = House::read().needs();
    let module = |path: &str| -> Module { path.split('/').map(str::to_owned).collect() };
    // Through a name that another file re-exports, by a path of its own, and from a sibling file.
    for (from, to) in
        [("cli/commands/trade", "app/trades"), ("app/trades", "app/lookup"), ("domain/lots", "domain/day")]
    {
        assert!(needs[&module(from)].contains(&module(to)), "{from} -> {to}: {:?}", needs[&module(from)]);
    }
    let mut flat = Vec::new();
    flatten(&[], "a::{b, c::{d as e, self}}", false, &mut flat);
    let flat: Vec<String> = flat.iter().map(|import| format!("{} {}", import.name, import.path.join("::"))).collect();
    assert_eq!(flat, ["b a::b", "e a::c::d", "c a::c"]);
}

#[test]
fn circles_and_methods_are_counted() {
    let module = |name: &str| vec![name.to_owned()];
    let needs = |pairs: &[(&str, &str)]| {
        let mut needs: BTreeMap<Module, BTreeSet<Module>> = BTreeMap::new();
        for (from, to) in pairs {
            needs.entry(module(from)).or_default().insert(module(to));
        }
        needs
    };
    assert!(circles(&needs(&[("a", "b"), ("a", "c"), ("b", "c")])).is_empty());
    assert_eq!(circles(&needs(&[("a", "b"), ("b", "c"), ("c", "b"), ("c", "d")])), [["b", "c"]]);
    assert_eq!(inherent("<'a, T: Into<String>> Pair<'a, T> {").as_deref(), Some("Pair"));
    assert_eq!(inherent(" From<Pair> for String {"), None);
    let text = "impl One {\n    pub(super) fn a(&self) {\n        fn inner() {}\n    }\n    const B: u8 = 1;\n    fn c<T>() {}\n}\n";
    let of = |part: &str, file: &str| (vec![part.to_owned(), file.to_owned()], text.to_owned());
    let counted = methods(&BTreeMap::from([of("x", "1"), of("x", "2"), of("y", "1")]));
    assert_eq!(counted, BTreeMap::from([("x::One".to_owned(), 4), ("y::One".to_owned(), 2)]));
}
