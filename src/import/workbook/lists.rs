//! Drop-down lists of a workbook. Their words are those that the import accepts.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Formula, Workbook,
    XlsxError,
};

use super::{accepted::accepted, names};
use crate::{
    import::spec::{CellKind, ColumnSpec, FILES},
    text::{Language, Locale, spreadsheet::letters, units},
};

/// Every list that a column of the data set chooses from, once each.
pub struct Lists(Vec<Vec<&'static str>>);

impl Lists {
    pub fn new() -> Lists {
        let mut lists: Vec<Vec<&'static str>> = Vec::new();
        for column in FILES.iter().flat_map(|file| file.columns) {
            let words = words(column.kind);
            if !words.is_empty() && !lists.contains(&words) {
                lists.push(words);
            }
        }
        Lists(lists)
    }

    /// Adds the sheet with the lists, one column each.
    pub fn write(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet().set_name(names::LISTS)?;
        let bold = Format::new().set_bold();
        for (column, words) in (0..).zip(&self.0) {
            sheet.write_string_with_format(0, column, used(words), &bold)?;
            sheet.set_column_width(column, 24)?;
            for (row, word) in (1..).zip(words) {
                sheet.write_string(row, column, *word)?;
            }
        }
        sheet.set_freeze_panes(1, 0)?;
        Ok(())
    }

    /// Returns what Excel offers and refuses in a column. Excel only helps; the check decides.
    pub fn validation(&self, column: &ColumnSpec) -> Result<DataValidation, XlsxError> {
        let rule = DataValidation::new();
        let rule = match column.kind {
            CellKind::To(name) => {
                // As long as the sheet is, so that rows that are added to it are offered too.
                let sheet = name.file().stem();
                let ids = format!("=OFFSET({sheet}!$A$2,0,0,MAX(1,COUNTA({sheet}!$A:$A)-1),1)");
                rule.allow_list_formula(Formula::new(ids)).set_error_style(DataValidationErrorStyle::Warning)
            }
            CellKind::Day => rule
                .allow_date(DataValidationRule::GreaterThan(ExcelDateTime::from_ymd(1900, 1, 1)?))
                .set_error_style(DataValidationErrorStyle::Warning),
            CellKind::Number => rule
                .allow_decimal_number(DataValidationRule::Between(-1e16, 1e16))
                .set_error_style(DataValidationErrorStyle::Warning),
            kind => match self.0.iter().position(|list| *list == words(kind)) {
                Some(at) => {
                    let (letter, last) = (letters(at), self.0[at].len() + 1);
                    let list = format!("={}!${letter}$2:${letter}${last}", names::LISTS);
                    let style = match kind {
                        // A rate of two currencies is not in the list.
                        CellKind::Unit => DataValidationErrorStyle::Information,
                        _ => DataValidationErrorStyle::Stop,
                    };
                    rule.allow_list_formula(Formula::new(list)).set_error_style(style)
                }
                None => rule.allow_any_value(),
            },
        };
        let both = Locale::ALL.map(|locale| short(&accepted(column, locale)));
        rule.set_error_title(column.name)?.set_error_message(both.join("\n"))
    }
}

/// Returns the words of a closed list; none for other kinds of cells.
fn words(kind: CellKind) -> Vec<&'static str> {
    match kind {
        CellKind::Word(words) => words.to_vec(),
        CellKind::YesNo => vec!["yes", "no"],
        CellKind::Yes => vec!["yes"],
        CellKind::Currency => units::CURRENCIES.to_vec(),
        CellKind::Unit => units::PLAIN.iter().chain(&units::CURRENCIES).copied().collect(),
        CellKind::Language => {
            let mut codes: Vec<_> = Language::WORDS.iter().map(|(code, _)| *code).collect();
            codes.sort_unstable();
            codes
        }
        _ => Vec::new(),
    }
}

/// Names the columns that choose from a list.
fn used(list: &[&str]) -> String {
    let of_file = FILES.iter().flat_map(|file| file.columns.iter().map(move |column| (file, column)));
    let columns = of_file.filter(|(_, column)| words(column.kind) == list);
    columns.map(|(file, column)| format!("{}.{}", file.stem(), column.name)).collect::<Vec<_>>().join(", ")
}

/// Shortens a message, of which Excel shows at most 225 characters.
fn short(message: &str) -> String {
    match message.char_indices().nth(108) {
        Some((at, _)) => format!("{}…", &message[..at]),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::spec::Name;

    #[test]
    fn every_closed_list_is_written_once() {
        let lists = Lists::new();
        for (at, list) in lists.0.iter().enumerate() {
            assert!(!lists.0[..at].contains(list), "{list:?}");
            assert!(!used(list).is_empty());
        }
        for column in FILES.iter().flat_map(|file| file.columns) {
            lists.validation(column).unwrap();
            if let CellKind::Word(words) = column.kind {
                assert!(lists.0.iter().any(|list| list == words), "{}", column.name);
            }
        }
    }

    #[test]
    fn offered_words_are_accepted() {
        let file = Name::Sources.file();
        for column in file.columns {
            for word in words(column.kind) {
                assert_eq!(crate::import::cell::fault(column, word), None, "{}: {word}", column.name);
            }
        }
    }
}
