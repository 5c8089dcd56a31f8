//! Crates that the program is made of. `node scripts/components.mjs licences` writes the list.

/// Columns: name, version, licence, authors, address, and `shipped` for what is compiled into the program.
const LIST: &str = include_str!("crates.tsv");

/// A crate in a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dependency {
    pub name: &'static str,
    pub version: &'static str,
    /// SPDX expression.
    pub licence: &'static str,
    /// Names as the crate states them; may be empty.
    pub authors: &'static str,
    /// Where its source is published; may be empty.
    pub address: &'static str,
    /// Whether it is compiled into the program, rather than used to build or to test it.
    pub is_shipped: bool,
}

/// Returns all crates by name, with those that only build or test the program.
pub fn all() -> impl Iterator<Item = Dependency> {
    LIST.lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Dependency {
            name: cells.next()?,
            version: cells.next()?,
            licence: cells.next()?,
            authors: cells.next()?,
            address: cells.next()?,
            is_shipped: cells.next()? == "shipped",
        })
    })
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use super::*;

    #[test]
    fn the_list_is_that_of_the_lock_file() {
        let lock = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock")).unwrap();
        let field = |package: &str, name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(&format!("{name} = \"")));
            line.map(|value| value.trim_end_matches('"').to_owned())
        };
        // Packages without a source are this one.
        let locked: BTreeSet<(String, String)> = lock
            .split("[[package]]")
            .filter(|package| field(package, "source").is_some())
            .map(|package| (field(package, "name").unwrap(), field(package, "version").unwrap()))
            .collect();
        let listed: BTreeSet<(String, String)> =
            all().map(|one| (one.name.to_owned(), one.version.to_owned())).collect();
        assert!(locked == listed, "run `node scripts/components.mjs licences`");
        assert!(all().all(|one| !one.licence.is_empty()), "a crate without a licence must not be used");
        assert!(all().any(|one| one.is_shipped && one.name == "leptos"));
        assert!(all().any(|one| !one.is_shipped && one.name == "proptest"));
    }
}
