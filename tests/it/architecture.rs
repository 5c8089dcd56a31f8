//! Architecture rules: permitted dependencies between modules, the location of SQL, and the modules that may use Leptos.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use observatory::domain::registry::Noun;

/// Floors of the architecture, lowest first: a module may use itself and modules of lower floors. Modules of the lowest floor may use each
/// other; modules of any other floor may not.
const FLOORS: [&[&str]; 11] = [
    &["text", "error", "config"],
    &["charts", "db"],
    &["domain"],
    &["islands"],
    &["import", "components"],
    &["loaders"],
    &["outputs"],
    &["pages"],
    &["server"],
    &["commands"],
    &["main", "lib"],
];

/// Nouns of `domain/`, lowest first: each may use only the nouns before it. Other modules in `domain/` are below all nouns.
const NOUNS: [&str; 18] = [
    "revisions",
    "sources",
    "entities",
    "organizations",
    "programs",
    "subsidies",
    "indicators",
    "observations",
    "events",
    "map",
    "explore",
    "disagreements",
    "check",
    "search",
    "changes",
    "home",
    "subscriptions",
    "brief",
];

struct File {
    /// Path relative to `src`, with slashes.
    path: String,
    text: String,
}

impl File {
    fn module(&self) -> &str {
        self.path.split(['/', '.']).next().unwrap_or_default()
    }

    fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// Returns the lines of code, without comments and without the tests at the end.
    fn code(&self) -> impl Iterator<Item = &str> {
        let end = self.text.find("#[cfg(test)]\nmod tests").unwrap_or(self.text.len());
        self.text[..end].lines().filter(|line| !line.trim_start().starts_with("//"))
    }

    /// Returns every crate path that the file uses, from the root: `["domain", "programs", "model", "Program"]`.
    fn uses(&self) -> Vec<Vec<String>> {
        let code = self.code().collect::<Vec<_>>().join("\n");
        let mut paths = Vec::new();
        for (at, _) in code.match_indices("crate::") {
            read_tree(&code[at + "crate::".len()..], &[], &mut paths);
        }
        // `super` is the folder of the file; for a `mod.rs` it is the parent of that folder.
        let mut folder: Vec<String> = self.path.split('/').map(str::to_owned).collect();
        folder.pop();
        if self.name() == "mod.rs" {
            folder.pop();
        }
        for (at, _) in code.match_indices("super::") {
            let (mut rest, mut base) = (&code[at + "super::".len()..], folder.clone());
            if code[..at].ends_with("super::") {
                continue;
            }
            while let Some(further) = rest.strip_prefix("super::") {
                base.pop();
                rest = further;
            }
            read_tree(rest, &base, &mut paths);
        }
        paths
    }
}

/// Parses a path or a `use` tree, and adds each path in full. Returns the number of bytes parsed.
fn read_tree(text: &str, base: &[String], paths: &mut Vec<Vec<String>>) -> usize {
    let mut path = base.to_vec();
    let mut at = 0;
    loop {
        let rest = &text[at..];
        if rest.starts_with('{') {
            at += 1;
            loop {
                at += text[at..].find(|c: char| !c.is_whitespace() && c != ',').unwrap_or(0);
                if at >= text.len() || text[at..].starts_with('}') {
                    return at + 1;
                }
                let step = read_tree(&text[at..], &path, paths);
                // `a as b`: the alias is not a path of the crate.
                let end = text[at + step..].find([',', '}', '{']).unwrap_or(0);
                at += step + end;
                if step + end == 0 {
                    return at;
                }
            }
        }
        let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        at += name.len();
        if !name.is_empty() && name != "self" {
            path.push(name);
        }
        match text[at..].strip_prefix("::") {
            Some(next)
                if next.starts_with('{') || next.starts_with(|c: char| c.is_alphabetic() || c == '_') =>
            {
                at += 2
            }
            _ => {
                paths.push(path);
                return at;
            }
        }
    }
}

fn sources() -> Vec<File> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let below = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                files.push(File { path: below, text: fs::read_to_string(&path).unwrap() });
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 30, "the sources were not found");
    files
}

fn floor(module: &str) -> usize {
    let found = FLOORS.iter().position(|floor| floor.contains(&module));
    found.unwrap_or_else(|| panic!("{module} has no floor: add it to FLOORS"))
}

#[test]
fn every_file_uses_only_floors_below_its_own() {
    for file in sources() {
        let own = floor(file.module());
        for used in file.uses() {
            let Some(other) = used.first().filter(|other| other.as_str() != file.module()) else { continue };
            // Exported macros are at the crate root.
            if matches!(other.as_str(), "vocabulary") || file.module() == "lib" {
                continue;
            }
            let level = floor(other);
            let is_below = level < own || (level == own && own == 0);
            assert!(is_below, "{} uses {}, which is not on a lower floor", file.path, used.join("::"));
        }
    }
}

/// The file in which a path of the crate begins to be defined: that of the innermost module it names.
fn file_of<'a>(files: &'a [File], used: &[String]) -> Option<&'a str> {
    let names = (1..=used.len()).rev().map(|end| used[..end].join("/"));
    let paths = names.flat_map(|name| [format!("{name}.rs"), format!("{name}/mod.rs")]);
    paths
        .into_iter()
        .find_map(|path| files.iter().map(|file| file.path.as_str()).find(|known| *known == path))
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let files = sources();
    let used_by: BTreeMap<&str, BTreeSet<&str>> = files
        .iter()
        .map(|file| {
            let used = file.uses().into_iter().filter_map(|used| file_of(&files, &used));
            (file.path.as_str(), used.filter(|used| *used != file.path).collect())
        })
        .collect();
    // Files that use no other are taken away until none is left; what cannot be taken away is a circle, or uses one.
    let mut left = used_by;
    while let Some(free) = left.iter().find(|(_, used)| used.is_empty()).map(|(file, _)| *file) {
        left.remove(free);
        left.values_mut().for_each(|used| {
            used.remove(free);
        });
    }
    // Likewise those that nobody uses.
    while let Some(unused) =
        left.keys().find(|file| !left.values().any(|used| used.contains(**file))).copied()
    {
        left.remove(unused);
    }
    assert!(left.is_empty(), "these files use each other in a circle: {left:#?}");
}

#[test]
fn nouns_use_only_nouns_before_them() {
    let rank = |noun: &str| NOUNS.iter().position(|one| *one == noun);
    for file in sources() {
        let mut parts = file.path.split('/');
        if parts.next() != Some("domain") {
            continue;
        }
        let own = parts.next().and_then(rank);
        for used in file.uses() {
            let [first, noun, ..] = &used[..] else { continue };
            let Some(other) = (first == "domain").then(|| rank(noun)).flatten() else { continue };
            let is_before = own.is_some_and(|own| other <= own);
            assert!(is_before, "{} uses {}, which is above it", file.path, used.join("::"));
        }
    }
}

#[test]
fn every_floor_has_its_nouns_under_the_same_names() {
    for file in sources() {
        let parts: Vec<&str> = file.path.split('/').collect();
        let noun = match parts[..] {
            ["domain" | "loaders", noun, _, ..] => noun,
            ["outputs", "files", noun, _, ..] => noun,
            _ => continue,
        };
        assert!(
            NOUNS.contains(&noun) || matches!(noun, "listing" | "text_search"),
            "{}: {noun} is not a noun",
            file.path
        );
    }
    let folders: BTreeSet<String> = sources()
        .iter()
        .filter_map(|file| {
            file.path.strip_prefix("domain/")?.split_once('/').map(|(noun, _)| noun.to_owned())
        })
        .collect();
    for noun in NOUNS {
        assert!(folders.contains(noun), "there is no folder domain/{noun}");
    }
}

#[test]
fn sql_stands_in_stores_the_database_and_the_import() {
    for file in sources() {
        let is_store = file.name() == "store.rs" || file.path.contains("/store/");
        let at_home = is_store || matches!(file.module(), "db" | "import");
        if at_home {
            continue;
        }
        for line in file.code() {
            let sends = line.contains("sqlx::query") || line.contains(".execute(\"");
            assert!(!sends, "{}: {line}", file.path);
        }
    }
}

/// A column states its name and its cell together (`Columns::add`), and rows are made from columns (`Table::of`). A list
/// of cells elsewhere would have to match the columns by position.
#[test]
fn rows_of_cells_are_made_only_from_columns() {
    for file in sources() {
        if file.path == "domain/table.rs" {
            continue;
        }
        for line in file.code() {
            let makes = ["-> Vec<Cell>", "-> [Cell", "-> Vec<Vec<Cell>>", "vec![Cell", "Vec<Cell> ="];
            assert!(!makes.iter().any(|made| line.contains(made)), "{}: {line}", file.path);
        }
    }
}

#[test]
fn domain_charts_and_import_know_no_pages() {
    for file in sources() {
        if !matches!(file.module(), "charts" | "text" | "import" | "db" | "domain") {
            continue;
        }
        for line in file.code() {
            assert!(!line.contains("leptos"), "{}: {line}", file.path);
        }
    }
}

#[test]
fn components_do_not_call_stores() {
    for file in sources() {
        // Files with server functions load the data of a page, so they may use stores.
        if !matches!(file.module(), "pages" | "components" | "islands") || file.text.contains("#[server") {
            continue;
        }
        for line in file.code() {
            assert!(!line.contains("store::"), "{}: {line}", file.path);
        }
    }
}

/// Elements and attributes whose contents are written unescaped, with the files that may contain them: for text, the file that escapes it;
/// for the project's own drawings and scripts, the files that embed them.
const RAW: [(&str, &[&str]); 7] = [
    ("leptos_meta::Title", &["components/markup.rs"]),
    ("<Title", &[]),
    // The framework escapes the title in the first file; the next ones escape it themselves.
    ("<title", &["outputs/embed/frame.rs", "server/errors.rs", "charts/svg.rs", "import/report.rs"]),
    ("<textarea", &["components/markup.rs"]),
    ("<style", &["server/errors.rs", "import/report.rs"]),
    (
        "<script",
        &["components/markup.rs", "server/shell.rs", "outputs/embed/frame.rs", "outputs/files/mod.rs"],
    ),
    (
        "inner_html",
        &[
            "components/markup.rs",
            "server/shell.rs",
            "components/figure.rs",
            "outputs/embed/frame.rs",
            "pages/indicators/list.rs",
            "pages/explore/page.rs",
            "islands/readout.rs",
            "islands/suggest.rs",
            "islands/suggestions.rs",
        ],
    ),
];

#[test]
fn raw_markup_stands_only_where_it_is_made_safe() {
    let mut files = sources();
    files.retain(|file| file.name() != "tests.rs" && !file.path.contains("/tests/"));
    for (raw, homes) in RAW {
        for file in files.iter().filter(|file| !homes.contains(&file.path.as_str())) {
            let line = file.code().find(|line| line.contains(raw) && !line.contains("use leptos_meta"));
            assert!(
                line.is_none(),
                "{}: {}\nuse a component of components/markup.rs",
                file.path,
                line.unwrap_or_default()
            );
        }
        for home in homes {
            let there = files.iter().any(|file| file.path == *home && file.text.contains(raw));
            assert!(there, "{home} does not contain {raw}");
        }
    }
    for file in files.iter().filter(|file| file.path != "components/markup.rs") {
        let imports = file.code().filter(|line| line.trim_start().starts_with("use leptos_meta"));
        for line in imports {
            assert!(
                !["Title", "Script", "Style", "*"].iter().any(|name| line.contains(name)),
                "{}: {line}",
                file.path
            );
        }
    }
}

/// The compiler refuses a noun that a floor lacks; it does not read the addresses that the browser tests visit.
#[test]
fn browser_tests_visit_the_list_and_a_row_of_every_noun() {
    let helper = Path::new(env!("CARGO_MANIFEST_DIR")).join("end2end/tests/helper.ts");
    let helper = fs::read_to_string(helper).unwrap();
    for noun in Noun::all().map(Noun::word) {
        let visits = |ends: &[&str]| ends.iter().any(|end| helper.contains(&format!("'/{noun}{end}")));
        assert!(visits(&["'", "?"]), "PAGES in helper.ts lacks the list of {noun}");
        assert!(visits(&["/"]), "PAGES in helper.ts lacks a page of {noun}");
    }
}

#[test]
fn every_module_says_what_it_is() {
    for file in sources() {
        let first = file.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        assert!(first.starts_with("//!"), "{} does not begin with a module comment", file.path);
    }
}

#[test]
fn every_server_function_says_who_may_call_it_and_is_called() {
    let files = sources();
    let callers: Vec<&str> = files
        .iter()
        .filter(|file| matches!(file.module(), "pages" | "components" | "islands"))
        .map(|file| file.text.as_str())
        .collect();
    for file in &files {
        for (at, _) in file.text.match_indices("\n#[server(") {
            let docs = file.text[..at].lines().rev().take_while(|line| line.starts_with("///"));
            let docs = docs.collect::<String>();
            let name = file.text[at..].split("async fn ").nth(1).and_then(|rest| rest.split('(').next());
            let name = name.unwrap_or_default();
            assert!(docs.contains("Public") || docs.contains("Closed"), "{}: {name}", file.path);
            let (call, declaration) = (format!("{name}("), format!("fn {name}("));
            let is_called = callers
                .iter()
                .any(|text| text.match_indices(&call).count() > text.match_indices(&declaration).count());
            assert!(is_called, "{}: no page or island calls {name}", file.path);
        }
    }
}
