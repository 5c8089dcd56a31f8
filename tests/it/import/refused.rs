//! Every problem is reported with file, row, column, and what would be correct.

use observatory::import::{Error, Problem, check, spec::FILES};

use crate::support::data::Folder;

fn problems(folder: &Folder) -> Vec<Problem> {
    match check(&folder.open()) {
        Ok(_) => Vec::new(),
        Err(Error::Refused(problems)) => problems.shown,
        Err(error) => panic!("{error:#}"),
    }
}

/// Asserts that the first problem is at this position and its text contains `part`.
fn assert_first(folder: &Folder, place: &str, part: &str) {
    let found = problems(folder);
    let first = found.first().unwrap_or_else(|| panic!("no problem found; expected {place}: {part}"));
    let text = first.to_string();
    assert!(
        text.starts_with(&format!("{place}: ")) && text.contains(part),
        "{text}\nexpected {place}: … {part}"
    );
}

#[test]
fn the_small_data_set_is_right() {
    assert_eq!(problems(&Folder::small()), []);
}

#[test]
fn the_shipped_data_set_is_right() {
    let data = observatory::import::DataSet::open(&crate::support::shipped()).unwrap();
    let checked = check(&data).unwrap();
    assert!(checked.rows.iter().all(|rows| *rows > 0), "{:?}", checked.rows);
}

/// File, row, column, new value, expected part of the message.
type Case = (&'static str, usize, &'static str, &'static str, &'static str);

/// Cells that are invalid by themselves.
const CELLS: &[Case] = &[
    ("sources.csv", 2, "id", "Paper_2025", "lower-case letters, digits and single hyphens"),
    ("sources.csv", 2, "title", "", "is blank"),
    ("sources.csv", 2, "publisher", "", "is blank"),
    ("sources.csv", 2, "url", "paper.example", "https://"),
    ("sources.csv", 2, "language", "xx", "ISO 639-1"),
    ("sources.csv", 2, "publisher_zh", "", "is blank"),
    ("sources.csv", 2, "kind", "", "one of: news, report"),
    ("sources.csv", 2, "official", "true", "yes or no"),
    ("sources.csv", 2, "published_on", "2025-13", "YYYY-MM"),
    ("sources.csv", 2, "title_en", " Abroad", "begins or ends with a space"),
    ("sources.csv", 2, "title_en", "Ab\u{0}road", "U+0000"),
    ("sources.csv", 2, "title_en", "Ab\u{fffd}road", "U+FFFD REPLACEMENT CHARACTER"),
    ("producers.csv", 2, "independent", "maybe", "yes or no"),
    ("entities.csv", 5, "kind", "company", "one of: country"),
    ("indicators.csv", 2, "unit", "RMB", "a unit is percent"),
    ("indicators.csv", 2, "additive", "", "yes or no"),
    ("indicators.csv", 2, "unit_label_zh", "", "is blank"),
    ("programs.csv", 3, "instrument", "gift", "one of: grant, reward"),
    ("programs.csv", 3, "max_amount_cny", "1e6", "is not a number"),
    ("subsidies.csv", 2, "amount", "", "is blank"),
    ("subsidies.csv", 2, "currency", "RMB", "ISO 4217"),
    ("programs.csv", 3, "activities", "overseas;production", "in this order"),
    ("programs.csv", 3, "scope", "", "one of: micro-drama, includes, general"),
    ("breaks.csv", 2, "kind", "name", "one of: scope, method, basis, consolidation"),
    ("events.csv", 2, "date", "", "is blank"),
    ("events.csv", 2, "program_ids", "measure; package", "separated by “;” alone"),
    ("events.csv", 2, "program_ids", "measure;measure", "is listed twice"),
    ("observations.csv", 2, "value", "50.5bn", "is not a number"),
    ("observations.csv", 2, "value", "99999999999999999", "out of bounds"),
    ("observations.csv", 2, "value", "0.0000000000001", "out of bounds"),
    ("observations.csv", 2, "qualifier", "about", "one of: exact, estimate"),
    ("observations.csv", 2, "basis", "both", "one of: gross, net"),
    ("observations.csv", 2, "headline", "no", "yes, or blank"),
    ("observations.csv", 2, "period_end", "2024", "a full date is YYYY-MM-DD"),
    ("observations.csv", 2, "period_start", "2024-02-30", "a full date"),
    ("observations.csv", 2, "source_id", "", "is blank"),
];

/// Cells that are invalid because of another cell.
const RULES: &[Case] = &[
    ("apps.csv", 2, "markets_zh", "", "is blank; markets_en is not"),
    ("events.csv", 2, "note_en", "", "is blank; note_zh is not"),
    ("programs.csv", 3, "objective_en", "Growth", "objective_zh"),
    ("producers.csv", 3, "note_en", "Quotes，the bureau.", "Chinese punctuation mark “，”"),
    ("entities.csv", 3, "parent_id", "asia", "there is no “asia” in entities.csv"),
    ("entities.csv", 3, "name_zh", "", "a place has a Chinese name"),
    ("entities.csv", 2, "parent_id", "shanghai", "parents form a cycle: china → shanghai"),
    ("entities.csv", 5, "parent_id", "studio", "parents form a cycle: studio"),
    ("organizations.csv", 2, "name_en", "Studios", "entities.csv has “Studio” for studio"),
    ("organizations.csv", 2, "hq_entity", "studio-app", "is not a place"),
    ("organizations.csv", 2, "hq_entity", "shanghai", "headquartered in Pudong"),
    ("organizations.csv", 2, "source_id", "gone", "there is no “gone” in sources.csv"),
    ("apps.csv", 2, "organization_id", "studios", "there is no “studios” in organizations.csv"),
    ("apps.csv", 2, "name_zh", "应用", "entities.csv has “”"),
    ("indicators.csv", 3, "same_as", "share-usd", "there is no “share-usd” in indicators.csv"),
    ("indicators.csv", 3, "same_as", "market-usd", "same unit"),
    ("indicators.csv", 2, "default_chart", "none", "a series of 2 headline rows"),
    ("indicators.csv", 4, "default_chart", "bar", "must be none"),
    ("programs.csv", 3, "package_id", "packages", "there is no “packages” in programs.csv"),
    ("programs.csv", 3, "package_id", "measure", "belongs to a package itself"),
    ("programs.csv", 3, "jurisdiction", "shanghai", "its package is of “shanghai-pudong”"),
    ("programs.csv", 3, "jurisdiction", "studio", "is not a place"),
    ("programs.csv", 3, "amount_kind", "", "so its kind is required"),
    ("programs.csv", 2, "agency_zh", "甲、乙", "lists 1 agencies; agency_en lists 2"),
    ("programs.csv", 3, "effective_to", "2025-10", "is before effective_from, 2026"),
    ("programs.csv", 3, "applications_close", "2025-12", "is before applications_open, 2026-01"),
    ("programs.csv", 3, "last_confirmed_on", "2025-11", "is before announced_on, 2025-12-05"),
    ("programs.csv", 3, "rate_percent", "130", "is not above 0 and at most 100"),
    ("programs.csv", 3, "rate_base", "", "is blank; rate_percent is not"),
    ("programs.csv", 3, "max_per_year_cny", "900000", "is below max_amount_cny"),
    ("programs.csv", 3, "supersedes", "measure", "replaces itself"),
    ("programs.csv", 3, "supersedes", "gone", "there is no “gone” in programs.csv"),
    ("subsidies.csv", 2, "part_of", "grant-2025", "parts are not nested"),
    ("subsidies.csv", 2, "part_of", "gone", "there is no “gone” in subsidies.csv"),
    ("entities.csv", 4, "gbt_2260", "330106", "does not lie within 310000"),
    ("entities.csv", 4, "iso_3166", "CN-SH", "is already the code of row 3"),
    ("entities.csv", 3, "iso_3166", "shanghai", "is not a code of ISO 3166"),
    ("entities.csv", 5, "gbt_2260", "310115", "has no such code"),
    ("entities.csv", 3, "members", "shanghai-pudong", "has no members"),
    ("breaks.csv", 2, "producer", "echo", "no observation before this day"),
    ("breaks.csv", 2, "from_date", "2024-12-31", "no observation before this day"),
    ("events.csv", 2, "note_en", "See [[gone]].", "there is no “gone” in sources.csv"),
    ("events.csv", 2, "note_zh", "见[[aside-2024]]。", "has other links than note_en"),
    ("observations.csv", 2, "outlier", "yes", "the figure is an outlier"),
    ("subsidies.csv", 2, "amount_high", "400000", "is below amount"),
    ("subsidies.csv", 2, "jurisdiction", "studio", "is not a place"),
    ("subsidies.csv", 2, "recipient_org_id", "shanghai", "there is no “shanghai” in organizations.csv"),
    ("events.csv", 2, "currency", "", "is blank; amount is not"),
    ("events.csv", 2, "organization_ids", "studio;other", "there is no “other” in organizations.csv"),
    ("statements.csv", 2, "person_id", "li", "there is no “li” in people.csv"),
    ("observations.csv", 2, "indicator_id", "markets", "there is no “markets” in indicators.csv"),
    ("observations.csv", 2, "entity", "asia", "there is no “asia” in entities.csv"),
    ("observations.csv", 2, "producer", "nobody", "there is no “nobody” in producers.csv"),
    ("observations.csv", 2, "period_end", "2023-12-31", "is before period_start"),
    ("observations.csv", 4, "value_high", "50000000000", "is below value"),
    ("observations.csv", 4, "value_high", "", "a range has an upper end"),
    ("observations.csv", 2, "value_high", "60000000000", "only a range or a forecast"),
    ("observations.csv", 6, "basis", "gross", "which is not money"),
    ("observations.csv", 4, "headline", "yes", "only quotes others"),
];

#[test]
fn a_wrong_cell_is_found_where_it_is() {
    for (file, row, column, value, part) in CELLS.iter().chain(RULES) {
        let folder = Folder::small();
        folder.set(file, *row, column, value);
        let found = problems(&folder);
        let right = found.iter().any(|problem| {
            problem.file == *file && problem.row == Some(*row) && problem.to_string().contains(part)
        });
        assert!(right, "{file} {row} {column}={value:?}, “{part}”: {found:#?}");
    }
}

#[test]
fn a_package_has_no_amount() {
    let folder = Folder::small();
    folder.set("programs.csv", 2, "max_amount_cny", "5");
    folder.set("programs.csv", 2, "amount_kind", "other");
    assert_first(&folder, "programs.csv, row 2, max_amount_cny", "a package has no amount of its own");
}

#[test]
fn duplicates_are_found() {
    let folder = Folder::small();
    folder.append("sources.csv", "paper-2025,T,,P,,,https://a.example,en,news,no,,,报纸,\n");
    assert_first(&folder, "sources.csv, row 5, id", "already in row 2");

    let folder = Folder::small();
    folder.append("observations.csv", "market,china,2024-01-01,2024-12-31,echo,1,,exact,,,paper-2025,,\n");
    assert_first(&folder, "observations.csv, row 7", "period and source of row 2");

    let folder = Folder::small();
    folder.append(
        "observations.csv",
        "market,china,2024-01-01,2024-12-31,bureau,1,,exact,,yes,notice-2025,,\n",
    );
    assert_first(&folder, "observations.csv, row 7, headline", "row 2 is drawn");
}

#[test]
fn no_two_organizations_have_a_name_in_common() {
    let folder = Folder::small();
    folder.append("entities.csv", "lotus,Lotus,,organization,,,\n");
    folder.append("organizations.csv", "lotus,Lotus,,company,,,,,,,,paper-2025,,\n");
    assert_first(&folder, "organizations.csv, row 3, name_en", "“Lotus” is already a name of row 2");
}

#[test]
fn an_entity_of_another_kind_is_no_organization() {
    let folder = Folder::small();
    folder.replace("entities.csv", "studio,Studio,,organization", "studio,Studio,,group");
    assert_first(&folder, "organizations.csv, row 2, id", "is of kind “group” in entities.csv");
}

#[test]
fn files_are_plain() {
    for (edit, place, part) in [
        (
            &(|text: String| text.replace("title_en", "title")) as &dyn Fn(String) -> String,
            "row 1",
            "it must be id,title,title_en",
        ),
        (&|text| text.replace('\n', "\r"), "row 1", "carriage return (U+000D) within the line"),
        (&|text| text.replace(',', ";"), "row 1", "cells are separated by semicolons"),
        (&|text| text.replace(',', "\t"), "row 1", "cells are separated by tabs"),
        (&|text| text.trim_end().to_owned(), "row 4", "must end with a line feed"),
        (&|_| String::new(), "row 1", "the file is empty"),
        (&|text| text + "x\n", "row 5", "has 1 cells; the header has 14"),
        (&|text| text + "\n", "row 5", "has 1 cells"),
        (&|text| text.replace("Aside", "As\"ide"), "row 4", "quotation mark"),
        (&|text| text.replace("Aside", "\"Aside"), "row 4", "not closed on its line"),
        (&|text| text.replace("Aside", "\"As\"ide"), "row 4", "a closing quotation mark must be followed by"),
        (&|text| text + &"x".repeat(2 << 20), "row 5", "longer than 1 MiB"),
        (&|text| text.replace("Aside", &"x".repeat(20_001)), "row 4, title", "at most 20000"),
    ] {
        let folder = Folder::small();
        folder.write("sources.csv", edit(folder.text("sources.csv")));
        assert_first(&folder, &format!("sources.csv, {place}"), part);
    }
    let folder = Folder::small();
    folder.write("people.csv", [folder.text("people.csv").as_bytes(), b"\xff\xfe\n"].concat());
    assert_first(&folder, "people.csv, row 3", "not UTF-8");
}

/// An unreadable file is reported once, with advice; rows that reference it are not reported.
#[test]
fn what_follows_from_a_file_that_cannot_be_read_is_not_reported() {
    let utf16 = |text: &str| -> Vec<u8> {
        [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    // Replaces each hanzi of the file by one with a two-byte encoding in GB 18030.
    let gbk = |text: &str| -> Vec<u8> {
        text.chars().flat_map(|c| if c.is_ascii() { vec![c as u8] } else { vec![0xb6, 0xcc] }).collect()
    };
    for file in FILES.iter().map(|file| file.file) {
        for (edit, part) in [
            (&(|text: &str| utf16(text)) as &dyn Fn(&str) -> Vec<u8>, "UTF-16"),
            (&gbk, "GB 18030"),
            (&|text| text.replace(',', ";").into_bytes(), "semicolons"),
            (&|text| text.replace('\n', "\r").into_bytes(), "carriage return"),
            (&|text| text.replacen("id", "Id", 1).into_bytes(), "the header is"),
            (&|_| Vec::new(), "is empty"),
        ] {
            let folder = Folder::small();
            let text = folder.text(file);
            if part == "GB 18030" && text.is_ascii() {
                continue;
            }
            folder.write(file, edit(&text));
            let found = problems(&folder);
            assert_eq!(found.len(), 1, "{file}, {part}: {found:#?}");
            assert!(found[0].file == file && found[0].what.contains(part), "{}", found[0]);
        }
    }
}

#[test]
fn missing_and_foreign_files_are_named() {
    let folder = Folder::small();
    folder.remove("people.csv");
    folder.write("notes.csv", "a\n");
    let found: Vec<String> = problems(&folder).iter().map(Problem::to_string).collect();
    assert!(found[0].starts_with("notes.csv: does not belong to the data set"), "{found:?}");
    // Unresolvable speakers of statements are not reported as a consequence.
    assert_eq!(found[1..], ["people.csv: is missing"]);
}

#[test]
fn a_hundred_problems_are_listed_and_the_rest_counted() {
    let folder = Folder::small();
    folder.append("observations.csv", &"x,y,z,z,z,z,z,z,z,z,z,z,z\n".repeat(1000));
    let Err(Error::Refused(found)) = check(&folder.open()) else { panic!("not refused") };
    assert_eq!(found.shown.len(), 100);
    assert!(found.more > 10_000, "{}", found.more);
}
