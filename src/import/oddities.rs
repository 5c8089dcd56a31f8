//! Warnings: oddities of a file that do not change its meaning, such as its encoding, invisible characters, and characters that cannot be
//! drawn.

use super::{
    problem::{Problems, quoted},
    record::{CsvRecord, FileForm},
    spec::{CellKind, File},
};
use crate::{charts, text::characters::described};

/// Warns of encoding oddities of a whole file.
pub fn form(file: &File, form: FileForm, problems: &mut Problems) {
    if form.mark {
        problems.warn_file(file.file, "begins with a byte order mark (U+FEFF); it was skipped");
    }
    match form.carriage_returns {
        0 => {}
        lines => {
            let lines = if lines == 1 { "1 line".to_owned() } else { format!("{lines} lines") };
            let what = format!("{lines} end with a carriage return and a line feed; treated as a line feed");
            problems.warn_file(file.file, what);
        }
    }
}

/// Warns of characters that were removed from the cells of a row.
pub fn removed(file: &File, number: usize, record: &CsvRecord, problems: &mut Problems) {
    for (position, removed) in record.removed() {
        let Some(column) = file.columns.get(*position) else { continue };
        let left = quoted(record.get(*position));
        let what = format!("contained invisible characters, now {left}; removed: {}", counted(removed));
        problems.warn_cell(file.file, number, column.name, what);
    }
}

/// Warns of names with characters that the font of the site's pictures lacks.
pub fn undrawn(file: &File, names: &[usize], number: usize, record: &CsvRecord, problems: &mut Problems) {
    for position in names {
        // A character that is not allowed at all is reported as an error instead.
        let missing = charts::missing_glyphs(record.get(*position));
        if missing.is_empty() {
            continue;
        }
        let shown: Vec<String> = missing.chars().map(|c| format!("“{c}” ({})", described(c))).collect();
        let what = format!(
            "charts as PNG files show a box for {}: the font has no such character",
            shown.join(", ")
        );
        problems.warn_cell(file.file, number, file.columns[*position].name, what);
    }
}

/// Returns the columns whose texts appear in pictures: names, titles, publishers and units.
pub fn names(file: &File) -> Vec<usize> {
    let in_pictures = |name: &str| {
        ["name_", "title", "unit_label_", "publisher"].iter().any(|begin| name.starts_with(begin))
    };
    let columns = file.columns.iter().enumerate();
    let named = columns.filter(|(_, column)| column.kind == CellKind::Text && in_pictures(column.name));
    named.map(|(position, _)| position).collect()
}

/// Lists each character once with its number of occurrences.
fn counted(removed: &[char]) -> String {
    let mut each: Vec<(char, usize)> = Vec::new();
    for c in removed {
        match each.iter_mut().find(|(known, _)| known == c) {
            Some((_, count)) => *count += 1,
            None => each.push((*c, 1)),
        }
    }
    let words = each.iter().map(|(c, count)| match count {
        1 => described(*c),
        count => format!("{} ({count} times)", described(*c)),
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::spec::Name;

    #[test]
    fn characters_are_counted_in_the_order_in_which_they_stood() {
        assert_eq!(
            counted(&['\u{ad}', '\u{200b}', '\u{ad}']),
            "U+00AD SOFT HYPHEN (2 times), U+200B ZERO WIDTH SPACE"
        );
    }

    #[test]
    fn names_titles_and_units_stand_in_pictures() {
        let of = |name: Name| {
            let file = name.file();
            names(file).into_iter().map(|position| file.columns[position].name).collect::<Vec<_>>()
        };
        assert_eq!(of(Name::Sources), ["title", "title_en", "publisher", "publisher_zh"]);
        assert_eq!(of(Name::Indicators), ["name_en", "name_zh", "unit_label_en", "unit_label_zh"]);
        // The column that states the origin of a Chinese name contains a vocabulary word, not a name.
        assert_eq!(of(Name::Programs), ["name_en", "name_zh"]);
        assert!(of(Name::Observations).is_empty());
    }
}
