//! A workbook is read as a folder of CSV files is, and what only a workbook can contain is named with its cell.

use std::{fs, path::PathBuf};

use observatory::import::{
    DataSet, Error, Problem, Problems, REPORTED, check, check_listing, report,
    spec::{FILES, Name},
    workbook::write,
};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook, Worksheet};
use tempfile::TempDir;

use crate::support::{
    data::Folder,
    program::{run, stdout},
    shipped,
};

/// A workbook in a temporary folder.
struct Book {
    folder: TempDir,
}

impl Book {
    fn of(bytes: &[u8]) -> Book {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("book.xlsx"), bytes).unwrap();
        Book { folder }
    }

    /// The small data set as plain texts, changed by `edit`, which gets each sheet with its name.
    fn edited(edit: impl Fn(&str, &mut Worksheet)) -> Book {
        let small = Folder::small();
        let mut book = Workbook::new();
        for file in &FILES {
            let sheet = book.add_worksheet().set_name(file.file.trim_end_matches(".csv")).unwrap();
            let text = small.text(file.file);
            for (row, record) in csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(text.as_bytes())
                .records()
                .enumerate()
            {
                for (column, cell) in record.unwrap().iter().enumerate() {
                    sheet.write_string(row as u32, column as u16, cell).unwrap();
                }
            }
            let name = sheet.name();
            edit(&name, sheet);
        }
        Book::of(&book.save_to_buffer().unwrap())
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("book.xlsx")
    }

    fn found(&self) -> Problems {
        match check(&DataSet::open(&self.path()).unwrap()) {
            Ok(checked) => {
                let mut problems = Problems::default();
                problems.warnings = checked.warnings;
                problems
            }
            Err(Error::Refused(problems)) => problems,
            Err(error) => panic!("{error:#}"),
        }
    }

    fn problems(&self) -> Vec<String> {
        self.found().shown.iter().map(ToString::to_string).collect()
    }

    fn warnings(&self) -> Vec<String> {
        let found = self.found();
        assert_eq!(found.shown, [] as [Problem; 0]);
        found.warnings.shown.iter().map(ToString::to_string).collect()
    }
}

/// Column of the specification in the plain workbook.
fn at(name: Name, column: &str) -> u16 {
    name.file().columns.iter().position(|known| known.name == column).unwrap() as u16
}

fn hash(data: &DataSet) -> (String, Vec<usize>) {
    let checked = check(data).unwrap_or_else(|error| panic!("{error}"));
    (checked.content_hash, checked.rows)
}

#[test]
fn a_data_set_survives_being_a_workbook() {
    let small = Folder::small();
    small.set("observations.csv", 2, "value", "1234567890123456.5");
    small.set("observations.csv", 5, "value", "0.000000000001");
    for data in [small.open(), DataSet::open(&shipped()).unwrap()] {
        let book = Book::of(&write::write(&data, None).unwrap());
        let read = DataSet::open(&book.path()).unwrap();
        assert_eq!(hash(&read), hash(&data));
        // A workbook can be written from a workbook, with the same bytes.
        assert!(write::write(&read, None).unwrap() == fs::read(book.path()).unwrap());
    }
}

#[test]
fn a_plain_workbook_is_right() {
    let book = Book::edited(|_, _| {});
    assert_eq!(book.warnings(), [] as [String; 0]);
    assert_eq!(hash(&DataSet::open(&book.path()).unwrap()), hash(&Folder::small().open()));
}

#[test]
fn dates_numbers_and_logical_values_are_read_as_what_they_mean() {
    let book = Book::edited(|name, sheet| {
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let serial = ExcelDateTime::parse_from_str("2024-01-01").unwrap();
        match name {
            "observations" => {
                sheet
                    .write_datetime_with_format(1, at(Name::Observations, "period_start"), &serial, &day)
                    .unwrap();
                sheet.write_number(1, at(Name::Observations, "value"), 5.05e10).unwrap();
                sheet.write_boolean(1, at(Name::Observations, "headline"), true).unwrap();
                sheet.write_number(5, at(Name::Observations, "value"), 34.9).unwrap();
            }
            "indicators" => {
                sheet.write_boolean(1, at(Name::Indicators, "additive"), true).unwrap();
            }
            "organizations" => {
                sheet.write_number(1, at(Name::Organizations, "founded"), 2000).unwrap();
            }
            _ => {}
        }
    });
    assert_eq!(book.warnings(), [] as [String; 0]);
    assert_eq!(hash(&DataSet::open(&book.path()).unwrap()), hash(&Folder::small().open()));
}

#[test]
fn what_a_spreadsheet_changed_by_itself_is_named() {
    let book = Book::edited(|name, sheet| match name {
        "observations" => {
            // A day whose format was lost.
            sheet.write_number(1, at(Name::Observations, "period_start"), 45_292).unwrap();
            sheet
                .write_formula(
                    1,
                    at(Name::Observations, "value"),
                    Formula::new("=50500*1000000").set_result("50500000000"),
                )
                .unwrap();
        }
        "entities" => {
            sheet.write_number(2, at(Name::Entities, "gbt_2260"), 310_000).unwrap();
        }
        _ => {}
    });
    let warnings = book.warnings();
    assert_eq!(warnings.len(), 3, "{warnings:#?}");
    assert!(
        warnings[0]
            .starts_with("entities!I3, gbt_2260: is a number where a text is expected, read as “310000”"),
        "{warnings:#?}"
    );
    assert!(
        warnings[1].starts_with(
            "observations!C2, period_start: is the number 45292, which is how spreadsheets store 2024-01-01"
        ),
        "{warnings:#?}"
    );
    assert_eq!(
        warnings[2],
        "observations!F2, value: is a formula; its stored result “50500000000” was taken"
    );
    assert_eq!(hash(&DataSet::open(&book.path()).unwrap()), hash(&Folder::small().open()));
}

#[test]
fn a_cell_that_cannot_be_read_is_named_once() {
    let book = Book::edited(|name, sheet| {
        if name == "observations" {
            sheet
                .write_formula(1, at(Name::Observations, "value"), Formula::new("=F9").set_result(" "))
                .unwrap();
            sheet
                .write_formula(
                    2,
                    at(Name::Observations, "note_zh"),
                    Formula::new("=#REF!").set_result("#REF!"),
                )
                .unwrap();
            sheet.write_number(3, at(Name::Observations, "value"), 0.1 + 0.2).unwrap();
            let percent = Format::new().set_num_format("0.0%");
            sheet.write_number_with_format(5, at(Name::Observations, "value"), 0.349, &percent).unwrap();
            sheet.write_string(2, at(Name::Observations, "note_en"), "Printed\nas is.").unwrap();
        }
    });
    let problems = book.problems();
    assert_eq!(problems.len(), 5, "{problems:#?}");
    for (problem, begin) in problems.iter().zip([
        "observations!F2, value: is a formula without a stored result; open the workbook",
        "observations!L3, note_en: has a line break",
        "observations!M3, note_zh: is the error #REF!",
        "observations!F4, value: is 0.30000000000000004, with more digits",
        "observations!F6, value: holds 0.349 and is shown as a percentage",
    ]) {
        assert!(problem.starts_with(begin), "{problem}\nexpected {begin}");
    }
}

#[test]
fn merged_cells_and_cells_outside_of_the_table_are_named() {
    let book = Book::edited(|name, sheet| {
        if name == "producers" {
            sheet.merge_range(1, 3, 2, 3, "regulator", &Format::new()).unwrap();
            sheet.write_string(40, 30, "a remark").unwrap();
        }
    });
    let problems = book.problems();
    assert_eq!(
        problems[0],
        "producers!D2, kind: is merged with the cells up to D3; split them and fill in each"
    );
    assert_eq!(problems[1], "producers!AE41: stands in a column without a name; remove it");
    assert_eq!(problems.len(), 3, "{problems:#?}");
    assert!(problems[2].starts_with("producers!D3, kind: is blank"), "{problems:#?}");
}

#[test]
fn blank_rows_and_columns_are_skipped_and_cells_keep_their_addresses() {
    let book = Book::edited(|name, sheet| {
        if name == "observations" {
            let bold = Format::new().set_bold();
            sheet.write_blank(500, 60, &bold).unwrap();
            sheet.write_string(7, 2, "   ").unwrap();
            // The row after the blank ones is a copy of the first, with another year that nothing covers.
            let cells = [
                "market",
                "china",
                "2023-01-01",
                "2023-12-31",
                "bureau",
                "many",
                "",
                "exact",
                "",
                "",
                "paper-2025",
            ];
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(9, column, cell).unwrap();
            }
        }
    });
    let problems = book.problems();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].starts_with("observations!F10, value: “many” is not a number"), "{problems:#?}");
}

#[test]
fn columns_may_stand_in_any_order() {
    let book = Book::edited(|name, sheet| {
        if name == "people" {
            let rows = [
                [
                    "role_zh",
                    "id",
                    "name_en",
                    "name_zh",
                    "organization_id",
                    "role_en",
                    "source_id",
                    "note_en",
                    "note_zh",
                ],
                ["副总裁", "wang", "Wang", "", "nobody", "Vice president", "paper-2025", "", ""],
            ];
            for (row, cells) in (0..).zip(rows) {
                for (column, cell) in (0..).zip(cells) {
                    sheet.write_string(row, column, cell).unwrap();
                }
            }
        }
    });
    let problems = book.problems();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(
        problems[0]
            .starts_with("people!E2, organization_id: there is no “nobody” in the sheet organizations"),
        "{problems:#?}"
    );
}

#[test]
fn renamed_and_foreign_sheets_are_named() {
    let book = Book::edited(|name, sheet| {
        if name == "people" {
            sheet.set_name("People (2)").unwrap();
        }
        if name == "apps" {
            sheet.write_string(0, 3, "name").unwrap();
        }
    });
    let problems = book.problems();
    assert!(
        problems.contains(&"People (2): has the columns of people; rename the sheet to people".to_owned()),
        "{problems:#?}"
    );
    assert!(problems.contains(&"people: is missing".to_owned()), "{problems:#?}");
    let header = problems.iter().find(|problem| problem.starts_with("apps, row 1: ")).unwrap();
    assert!(header.contains("it must be id,organization_id,name_en"), "{header}");

    let mut book = Workbook::new();
    book.add_worksheet().set_name("figures").unwrap();
    let problems = Book::of(&book.save_to_buffer().unwrap()).problems();
    assert!(
        problems[0]
            .starts_with("figures: does not belong to the data set, whose sheets are sources, producers"),
        "{problems:#?}"
    );
}

#[test]
fn what_is_no_workbook_is_told_apart() {
    let problems = Book::of(b"id,name\n").problems();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert!(problems[0].starts_with("book.xlsx: cannot be read as a workbook ("), "{problems:#?}");
    let folder = tempfile::tempdir().unwrap();
    let old = folder.path().join("book.xls");
    fs::write(&old, "x").unwrap();
    let error = DataSet::open(&old).unwrap_err().to_string();
    assert!(error.contains("neither a folder nor a workbook") && error.contains(".xlsx"), "{error}");
}

#[test]
fn reports_tell_errors_from_warnings_and_name_the_same_cells() {
    let folder = Folder::small();
    folder.set("observations.csv", 2, "value", "<b>many");
    folder.append("producers.csv", "idle,Idle,,media,,,\n");
    let data = folder.open();
    let reports = tempfile::tempdir().unwrap();
    let (page, book) = (reports.path().join("found.html"), reports.path().join("found.xlsx"));
    report::write(&data, &check_listing(&data, REPORTED), &[page.clone(), book.clone()]).unwrap();

    let page = fs::read_to_string(page).unwrap();
    let (errors, warnings) = page.split_once("<section class=\"warning\">").unwrap();
    assert!(
        errors.contains("Errors 错误: 1") && errors.contains("“&lt;b&gt;many” is not a number"),
        "{page}"
    );
    assert!(warnings.contains("Warnings 提示: 1") && warnings.contains("producers.csv, row 4"), "{page}");

    // The report is itself a workbook that can be mended and checked again.
    let Err(Error::Refused(found)) = check(&DataSet::open(&book).unwrap()) else { panic!("no problem") };
    assert!(found.to_string().starts_with("observations!F2, value: “<b>many” is not a number"), "{found}");
    assert!(
        found.warnings.to_string().starts_with("warning: producers!A4, id: no observation"),
        "{}",
        found.warnings
    );
}

#[test]
fn the_program_writes_and_checks_workbooks() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let (book, page) = (path("book.xlsx"), path("found.html"));
    let small = Folder::small();
    let data = small.path().to_str().unwrap();
    assert_eq!(run(&["workbook", &book, "--data", data]).status.code(), Some(0));
    let again = run(&["workbook", &book, "--data", data]);
    assert_eq!(again.status.code(), Some(1), "an existing workbook is not replaced");
    let right = run(&["check", &book, "--strict", "--report", &page]);
    assert_eq!(right.status.code(), Some(0), "{}", stdout(&right));
    assert!(fs::read_to_string(&page).unwrap().contains("This data set can be published."));

    small.append("producers.csv", "idle,Idle,,media,,,\n");
    let code = |arguments: &[&str]| run(arguments).status.code();
    assert_eq!(code(&["check", data]), Some(0));
    assert_eq!(code(&["check", data, "--strict"]), Some(3), "warnings only");
    small.set("observations.csv", 2, "value", "many");
    assert_eq!(code(&["check", data, "--strict"]), Some(1));
    assert_eq!(code(&["check", data, "--report", "found.pdf"]), Some(2));
}
