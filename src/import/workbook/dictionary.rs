//! Meaning of every column, from the data dictionaries (`data/README.md` and its translation).
//!
//! A section describes its columns in a table, or in a paragraph such as `` `kind`: budgeted, paid; `amount` number ``. Both are read here, so
//! that no column is described twice.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::{
    import::spec::{FILES, File},
    text::Locale,
};

/// Data dictionary, shipped with the data set.
pub const TEXTS: [(&str, &str); 2] = [
    ("README.md", include_str!("../../../data/README.md")),
    ("README.zh.md", include_str!("../../../data/README.zh.md")),
];

type Notes = BTreeMap<(&'static str, &'static str), String>;

static ENGLISH: LazyLock<Notes> = LazyLock::new(|| notes(TEXTS[0].1));
static CHINESE: LazyLock<Notes> = LazyLock::new(|| notes(TEXTS[1].1));

/// Returns the data dictionary in a language.
pub fn text(locale: Locale) -> &'static str {
    locale.pick(TEXTS[0].1, TEXTS[1].1)
}

/// Returns what the dictionary says of a column. `None` if its name says it all.
pub fn note(file: &File, column: &str, locale: Locale) -> Option<&'static str> {
    let notes: &'static Notes = locale.pick(&ENGLISH, &CHINESE);
    let same = |(known, name): &(&str, &str)| *known == file.file && *name == column;
    notes.iter().find(|(key, _)| same(key)).map(|(_, note)| note.as_str())
}

fn notes(text: &str) -> Notes {
    let mut notes = Notes::new();
    let mut files: Vec<&'static File> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            files = FILES.iter().filter(|file| heading.contains(file.file)).collect();
        } else if let Some(row) = line.strip_prefix("| ").filter(|_| !files.is_empty()) {
            let cells: Vec<&str> = row.trim_end_matches('|').split(" | ").map(str::trim).collect();
            if let [names, kind, meaning] = cells[..] {
                let meaning = plain(meaning);
                add(&mut notes, &files, &expanded(names), if meaning.is_empty() { kind } else { &meaning });
            }
        } else if !line.starts_with(['|', '*', '-', '#']) {
            for (names, meaning) in entries(line, &files) {
                add(&mut notes, &files, &names, &plain(&meaning));
            }
        }
    }
    notes
}

fn add(notes: &mut Notes, files: &[&'static File], names: &[String], meaning: &str) {
    for file in files {
        for column in file.columns.iter().filter(|column| names.iter().any(|name| name == column.name)) {
            if !meaning.is_empty() {
                notes.entry((file.file, column.name)).or_insert_with(|| meaning.to_owned());
            }
        }
    }
}

/// Splits the names in the first cell of a table: `agency_en/_zh` stands for two.
fn expanded(names: &str) -> Vec<String> {
    let mut all = Vec::new();
    for name in names.split([',', '、']).map(|name| name.trim().trim_matches('`')) {
        match name.split_once('/') {
            Some((first, ending)) => {
                let stem = first.rsplit_once('_').map_or(first, |(stem, _)| stem);
                all.extend([first.to_owned(), format!("{stem}{ending}")]);
            }
            None => all.push(name.to_owned()),
        }
    }
    all
}

/// Splits a paragraph into entries: names of columns in backticks, outside of parentheses, and the text up to the next ones.
fn entries(line: &str, files: &[&'static File]) -> Vec<(Vec<String>, String)> {
    let is_column =
        |name: &str| files.iter().any(|file| file.columns.iter().any(|column| column.name == name));
    let mut entries: Vec<(Vec<String>, String)> = Vec::new();
    let (mut depth, mut rest) = (0_i32, line);
    while let Some(c) = rest.chars().next() {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        let begins = entries.last().is_none_or(|(_, text)| {
            text.trim_end().is_empty() || text.trim_end().ends_with([';', '；', ',', '、', ':', '：', '，'])
        });
        let name = (c == '`' && depth == 0 && begins).then(|| rest[1..].split_once('`')).flatten();
        if let Some((name, after)) = name
            && is_column(name)
        {
            match entries.last_mut() {
                Some((names, text)) if text.trim_matches([' ', ',', '、']).is_empty() => {
                    names.push(name.to_owned());
                    text.clear();
                }
                _ => entries.push((vec![name.to_owned()], String::new())),
            }
            rest = after;
            continue;
        }
        if let Some((_, text)) = entries.last_mut() {
            text.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    entries
}

/// Removes the marks around a meaning, and what follows its first sentence outside of parentheses.
fn plain(meaning: &str) -> String {
    let trimmed = meaning.trim_matches([' ', ';', '；', ',', '、', ':', '：', '，']);
    let mut depth = 0_i32;
    let end = trimmed.char_indices().find(|(at, c)| {
        depth += i32::from(matches!(c, '(' | '（')) - i32::from(matches!(c, ')' | '）'));
        depth == 0 && (*c == '。' || trimmed[*at..].strip_prefix(". ").is_some_and(begins_sentence))
    });
    let sentence = end.map_or(trimmed, |(at, _)| &trimmed[..at]);
    sentence.trim_end_matches(['.', '。']).replace(['`', '*'], "")
}

/// Whether a text begins a sentence: with a capital letter, or with the name of a file, where a section describes several.
fn begins_sentence(text: &str) -> bool {
    text.starts_with(char::is_uppercase) || FILES.iter().any(|file| text.starts_with(file.stem()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::spec::Name;

    fn said(name: Name, column: &str) -> [&'static str; 2] {
        Locale::ALL.map(|locale| note(name.file(), column, locale).unwrap_or("–"))
    }

    #[test]
    fn tables_and_paragraphs_are_read() {
        assert_eq!(
            said(Name::Observations, "value_high"),
            ["upper end when value is the lower end", "value 为下限时的上限"]
        );
        assert_eq!(said(Name::Programs, "agency_zh")[1], said(Name::Programs, "agency_en")[1]);
        assert_eq!(
            said(Name::Apps, "organization_id"),
            ["-> organizations.id (operator)", "-> organizations.id（运营方）"]
        );
        assert!(
            said(Name::Organizations, "pudong_status")[0]
                .starts_with("headquartered (head or principal office")
        );
        assert_eq!(said(Name::Statements, "made_on")[1], "为发言日期，不详则为发布日期");
    }

    /// A column whose name says it all needs no note: ids, names, texts in two languages.
    #[test]
    fn every_other_column_has_a_note_in_both_languages() {
        let plain = [
            "id",
            "name",
            "note",
            "title",
            "statement",
            "role",
            "description",
            "objective",
            "eligibility",
            "url",
            "source_id",
        ];
        for file in &FILES {
            for column in file.columns {
                let stem = column.name.trim_end_matches("_en").trim_end_matches("_zh");
                for locale in Locale::ALL {
                    let has_note = note(file, column.name, locale).is_some();
                    assert!(has_note || plain.contains(&stem), "{} {} {locale:?}", file.file, column.name);
                }
            }
        }
    }

    #[test]
    fn a_note_is_one_sentence() {
        for notes in [&*ENGLISH, &*CHINESE] {
            for ((file, column), note) in notes {
                assert!(note.chars().count() < 900 && !note.contains('`'), "{file} {column}: {note}");
            }
        }
    }
}
