//! The floor plan, checked by machine: which module may use which, where SQL may stand, who knows Leptos.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Modules that know no noun of the product, and what each of them may use; `vocabulary`, a macro, may be used by all.
const GROUND: [(&str, &[&str]); 8] = [
    ("text", &["text"]),
    ("error", &["text"]),
    ("query", &["error", "query", "text"]),
    ("listing", &["error"]),
    ("chart", &["chart", "text"]),
    ("extract", &["extract", "chart", "error", "query", "text"]),
    ("db", &["db", "config", "text"]),
    ("ui", &["ui", "chart", "error", "query", "text"]),
];

/// The rooms, lowest first. A room's `model.rs` and `store.rs` use only rooms before it; its pages may use every room.
const ROOMS: [&str; 13] = [
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

    /// The top-level modules of the crate that the file names.
    fn uses(&self) -> BTreeSet<String> {
        let code = self.code().collect::<Vec<_>>().join("\n");
        let mut used = BTreeSet::new();
        for (at, _) in code.match_indices("crate::") {
            let rest = &code[at + "crate::".len()..];
            match rest.strip_prefix('{') {
                Some(list) => used.extend(top_names(list)),
                None => used.extend([word(rest)]),
            }
        }
        used.remove("");
        used
    }
}

fn word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first names in a `use crate::{a::{…}, b::c}` list.
fn top_names(list: &str) -> Vec<String> {
    let (mut depth, mut start, mut names) = (0, true, Vec::new());
    for (at, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => start = true,
            c if start && c.is_alphabetic() => {
                names.push(word(&list[at..]));
                start = false;
            }
            _ => {}
        }
    }
    names
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

fn rank(module: &str) -> Option<usize> {
    ROOMS.iter().position(|room| *room == module)
}

#[test]
fn models_and_stores_use_only_rooms_below_their_own() {
    for file in sources() {
        let Some(own) = rank(file.module()) else { continue };
        if !matches!(file.name(), "model.rs" | "store.rs") {
            continue;
        }
        for used in file.uses() {
            if let Some(other) = rank(&used) {
                assert!(other <= own, "{} uses the room {used}, which stands above it", file.path);
            }
        }
    }
}

#[test]
fn what_knows_no_noun_uses_no_room() {
    let allowed = BTreeMap::from(GROUND);
    for file in sources() {
        let Some(allowed) = allowed.get(file.module()) else { continue };
        for used in file.uses() {
            assert!(allowed.contains(&used.as_str()) || used == "vocabulary", "{} uses {used}", file.path);
        }
    }
}

#[test]
fn nothing_reaches_back_to_the_server_or_the_application() {
    for file in sources() {
        let module = file.module();
        for used in file.uses() {
            let allowed = match used.as_str() {
                "server" => module == "server" || module == "main",
                "app" => module == "app" || module == "server",
                // Answers of the server that are no pages.
                "feeds" | "embed" | "sdmx" => module == used || module == "server",
                // What leaves the site as a whole follows the description that the import follows.
                "import" => {
                    matches!(module, "import" | "main")
                        || file.path.starts_with("export/")
                        || file.path == "dataset/api.rs"
                }
                _ => true,
            };
            assert!(allowed, "{} uses {used}", file.path);
        }
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
fn rules_stores_charts_and_imports_know_no_pages() {
    for file in sources() {
        let pure = matches!(file.name(), "model.rs" | "store.rs")
            || matches!(file.module(), "chart" | "extract" | "text" | "import");
        if !pure {
            continue;
        }
        for line in file.code() {
            assert!(!line.contains("leptos"), "{}: {line}", file.path);
        }
    }
}

#[test]
fn pages_do_not_call_stores() {
    for file in sources() {
        let page = rank(file.module()).is_some()
            && !matches!(
                file.name(),
                // Doors to the data, and what they have in common with what leaves the site.
                "api.rs"
                    | "store.rs"
                    | "model.rs"
                    | "mod.rs"
                    | "colophon.rs"
                    | "fitting.rs"
                    | "gather.rs"
                    | "inventory.rs"
                    | "export.rs"
                    | "record.rs"
                    | "reading.rs"
            );
        if !page {
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
    ("leptos_meta::Title", &["ui/markup.rs"]),
    ("<Title", &[]),
    // The framework escapes the first; the next two have their text escaped beside it; the last reads one.
    ("<title", &["embed/frame.rs", "server/errors.rs", "chart/svg.rs", "explore/workbench.rs"]),
    ("<textarea", &["ui/markup.rs"]),
    ("<style", &["server/errors.rs"]),
    ("<script", &["ui/markup.rs", "server/shell.rs", "embed/frame.rs", "extract/mod.rs"]),
    (
        "inner_html",
        &[
            "ui/markup.rs",
            "server/shell.rs",
            "ui/figure.rs",
            "embed/frame.rs",
            "indicators/list.rs",
            "explore/page.rs",
            "explore/workbench.rs",
            "ui/suggest.rs",
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
                "{}: {}\nuse a component of ui/markup.rs",
                file.path,
                line.unwrap_or_default()
            );
        }
        for home in homes {
            let there = files.iter().any(|file| file.path == *home && file.text.contains(raw));
            assert!(there, "{home} has no {raw}");
        }
    }
    for file in files.iter().filter(|file| file.path != "ui/markup.rs") {
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

#[test]
fn the_lists_above_name_real_modules() {
    let files = sources();
    let modules: BTreeSet<&str> = files.iter().map(File::module).collect();
    for name in ROOMS.iter().chain(GROUND.iter().map(|(name, _)| name)) {
        assert!(modules.contains(name), "there is no module {name}");
    }
}
