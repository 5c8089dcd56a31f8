//! Names of organizations: no name or alias belongs to two of them, and names that look alike are named to editors.

use std::collections::BTreeMap;

use crate::{
    import::{
        problem::{Problems, quoted},
        spec::Name,
        tables::{ImportRow, ImportTable, Tables},
    },
    text::words::plain,
};

/// Legal forms and the like, which do not distinguish organizations.
const COMMON: [&str; 18] = [
    "group",
    "holdings",
    "holding",
    "technology",
    "technologies",
    "media",
    "culture",
    "pictures",
    "studio",
    "studios",
    "network",
    "company",
    "co",
    "ltd",
    "limited",
    "inc",
    "corp",
    "corporation",
];

/// The same in Chinese, longest first where one contains another.
const COMMON_ZH: [&str; 11] = [
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "科技",
    "文化",
    "传媒",
    "影视",
    "网络",
    "集团",
    "公司",
    "股份",
];

/// Minimum number of characters of a normalised name; shorter ones are alike by chance.
const MIN_LENGTH: usize = 2;

pub fn check(tables: &Tables, problems: &mut Problems) {
    let organizations = &tables[Name::Organizations];
    let mut exact: BTreeMap<String, usize> = BTreeMap::new();
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    for row in &organizations.rows {
        for (column, name) in names(organizations, row) {
            let other = |known: &mut BTreeMap<String, usize>, name: String| match known.get(&name) {
                Some(other) => Some(*other).filter(|other| *other != row.number),
                None => {
                    known.insert(name, row.number);
                    None
                }
            };
            if let Some(number) = other(&mut exact, name.to_lowercase()) {
                let what = format!("{} is already a name of row {number}", quoted(name));
                problems.cell(organizations.file.file, row.number, column, what);
                continue;
            }
            let normalised = normalised(name);
            if normalised.chars().count() < MIN_LENGTH {
                continue;
            }
            if let Some(number) = other(&mut alike, normalised) {
                let what = format!(
                    "{} resembles a name of row {number}; is it the same organization?",
                    quoted(name)
                );
                problems.warn_cell(organizations.file.file, row.number, column, what);
            }
        }
    }
}

fn names<'a>(
    organizations: &'a ImportTable,
    row: &'a ImportRow,
) -> impl Iterator<Item = (&'static str, &'a str)> {
    ["name_en", "name_zh", "aliases"]
        .into_iter()
        .flat_map(move |column| {
            // Only aliases list several names, separated by semicolons.
            organizations.get(row, column).split(';').map(move |name| (column, name.trim()))
        })
        .filter(|(_, name)| !name.is_empty())
}

/// Returns a name without case, accents, spaces, punctuation, brackets and words that many organizations have in common.
fn normalised(name: &str) -> String {
    let mut rest = plain(name);
    for word in COMMON_ZH {
        rest = rest.replace(word, "");
    }
    rest.split_whitespace().filter(|word| !COMMON.contains(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_do_not_distinguish() {
        assert_eq!(normalised("Maple Studio Co., Ltd."), normalised("MAPLE"));
        assert_eq!(normalised("枫叶互动科技有限公司"), normalised("枫叶互动"));
        assert_ne!(normalised("Maple Leaf"), normalised("Maple Tree"));
    }
}
