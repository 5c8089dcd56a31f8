//! The floor plan, checked by machine: which module may use which, where SQL may stand, who knows Leptos.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The floors of the house, lowest first: a module uses its own floor's file tree and the floors before it. The modules of one entry of
/// the lowest floor may use each other; those of other floors may not.
const FLOORS: [&[&str]; 9] = [
    &["text", "error", "config"],
    &["charts", "db"],
    &["domain", "islands"],
    &["import", "components"],
    &["loaders"],
    &["outputs"],
    &["pages"],
    &["server"],
    &["main", "lib"],
];

/// The nouns of `domain/`, lowest first: each uses only nouns before it. What stands beside them in `domain/` is below all of them.
const NOUNS: [&str; 13] = [
    "revisions",
    "sources",
    "entities",
    "organizations",
    "programs",
    "subsidies",
    "indicators",
    "observations",
    "events",
    "explore",
    "disagreements",
    "search",
    "home",
];

struct File {
    /// Path below `src`, with slashes.
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

    /// Lines of the program: without comments and without the tests at the foot.
    fn code(&self) -> impl Iterator<Item = &str> {
        let end = self.text.find("#[cfg(test)]\nmod tests").unwrap_or(self.text.len());
        self.text[..end].lines().filter(|line| !line.trim_start().starts_with("//"))
    }

    /// Every path of the crate that the file names, from its root: `["domain", "programs", "model", "Program"]`.
    fn uses(&self) -> Vec<Vec<String>> {
        let code = self.code().collect::<Vec<_>>().join("\n");
        let mut paths = Vec::new();
        for (at, _) in code.match_indices("crate::") {
            read_tree(&code[at + "crate::".len()..], &[], &mut paths);
        }
        // `super` is the folder of the file; of a `mod.rs` the one above it.
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

/// Reads one path or a tree of them, as a `use` has it, and adds each path in full.
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
                // `a as b`: the other name is none of ours.
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
    found.unwrap_or_else(|| panic!("{module} stands on no floor: give it one in FLOORS"))
}

#[test]
fn every_file_uses_only_floors_below_its_own() {
    for file in sources() {
        let own = floor(file.module());
        for used in file.uses() {
            let Some(other) = used.first().filter(|other| other.as_str() != file.module()) else { continue };
            // A macro that is exported stands at the root.
            if matches!(other.as_str(), "vocabulary") || file.module() == "lib" {
                continue;
            }
            let level = floor(other);
            let is_below = level < own || (level == own && own == 0);
            assert!(
                is_below,
                "{} uses {}, which stands on a floor above or beside it",
                file.path,
                used.join("::")
            );
        }
    }
}

#[test]
fn nouns_use_only_nouns_before_them() {
    let rank = |schema: &str| NOUNS.iter().position(|one| *one == schema);
    for file in sources() {
        let mut parts = file.path.split('/');
        if parts.next() != Some("domain") {
            continue;
        }
        let own = parts.next().and_then(rank);
        for used in file.uses() {
            let [first, schema, ..] = &used[..] else { continue };
            let Some(other) = (first == "domain").then(|| rank(schema)).flatten() else { continue };
            let is_before = own.is_some_and(|own| other <= own);
            assert!(is_before, "{} uses {}, which stands above it", file.path, used.join("::"));
        }
    }
}

#[test]
fn every_floor_has_its_nouns_under_the_same_names() {
    for file in sources() {
        let parts: Vec<&str> = file.path.split('/').collect();
        let schema = match parts[..] {
            ["domain" | "loaders", schema, _, ..] => schema,
            ["outputs", "files", schema, _, ..] => schema,
            _ => continue,
        };
        assert!(NOUNS.contains(&schema) || schema == "text_search", "{}: {schema} is no noun", file.path);
    }
    let folders: BTreeSet<String> = sources()
        .iter()
        .filter_map(|file| {
            file.path.strip_prefix("domain/")?.split_once('/').map(|(schema, _)| schema.to_owned())
        })
        .collect();
    for schema in NOUNS {
        assert!(folders.contains(schema), "there is no folder domain/{schema}");
    }
}

#[test]
fn sql_stands_in_stores_the_database_and_the_import() {
    for file in sources() {
        let at_home = file.name() == "store.rs" || matches!(file.module(), "db" | "import");
        if at_home {
            continue;
        }
        for line in file.code() {
            let sends = line.contains("sqlx::query") || line.contains(".execute(\"");
            assert!(!sends, "{}: {line}", file.path);
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
        // A file with server functions is where the data of a page is read.
        if !matches!(file.module(), "pages" | "components" | "islands") || file.text.contains("#[server") {
            continue;
        }
        for line in file.code() {
            assert!(!line.contains("store::"), "{}: {line}", file.path);
        }
    }
}

/// Elements and attributes whose contents are written as they are given, and the files that may have them: for text, the one that makes
/// it safe; for our own drawings and scripts, those that show them.
const RAW: [(&str, &[&str]); 7] = [
    ("leptos_meta::Title", &["components/markup.rs"]),
    ("<Title", &[]),
    // The framework escapes the first; the next two have their text escaped beside it; the last reads one.
    ("<title", &["outputs/embed/frame.rs", "server/errors.rs", "charts/svg.rs", "islands/workbench.rs"]),
    ("<textarea", &["components/markup.rs"]),
    ("<style", &["server/errors.rs"]),
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
            "islands/workbench.rs",
            "islands/suggest.rs",
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
            assert!(there, "{home} has no {raw}");
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

#[test]
fn every_module_says_what_it_is() {
    for file in sources() {
        let first = file.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        assert!(first.starts_with("//!"), "{} does not open with a sentence about itself", file.path);
    }
}
