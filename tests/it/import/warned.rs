//! Oddities are reported with file, row and column, and do not prevent publication.

use observatory::import::{self, Checked, Error, Outcome, check};
use sqlx::PgPool;

use crate::support::{data::Folder, shipped};

fn checked(folder: &Folder) -> Checked {
    match check(&folder.open()) {
        Ok(checked) => checked,
        Err(Error::Refused(problems)) => panic!("{problems}"),
        Err(error) => panic!("{error:#}"),
    }
}

fn warnings(folder: &Folder) -> Vec<String> {
    checked(folder).warnings.shown.iter().map(ToString::to_string).collect()
}

#[test]
fn nothing_is_odd_about_the_shipped_data_set_but_letters_of_titles() {
    let data = import::DataSet::open(&shipped()).unwrap();
    let warnings = check(&data).unwrap().warnings.shown;
    let undrawn = |warning: &&import::Problem| warning.what.contains("the font has no such character");
    assert_eq!(
        warnings.iter().filter(|warning| !undrawn(warning)).collect::<Vec<_>>(),
        [] as [&import::Problem; 0]
    );
}

#[test]
fn what_nothing_refers_to_is_named() {
    let folder = Folder::small();
    folder.append("sources.csv", "idle,Idle,,P,,,https://a.example,en,news,no,,,报纸,\n");
    folder.append("producers.csv", "idle,Idle,,media,,,\n");
    let found = warnings(&folder);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(
        found[0].starts_with("sources.csv, row 5, id: no row and no English note refers to it"),
        "{found:?}"
    );
    assert!(found[1].starts_with("producers.csv, row 4, id: no observation has this producer"), "{found:?}");
}

/// Statuses are compared with the day of the newest source.
#[test]
fn a_status_that_the_dates_contradict_is_named() {
    let folder = Folder::small();
    folder.set("programs.csv", 3, "effective_from", "2024");
    assert!(warnings(&folder)[0].contains("effective_from, 2024, has come by 2025-12-08: in-force"));
    folder.set("programs.csv", 3, "effective_to", "2025-10");
    assert!(warnings(&folder)[0].contains("effective_to, 2025-10, has passed by 2025-12-08: expired"));
}

#[test]
fn organizations_with_similar_names_are_named() {
    let folder = Folder::small();
    folder.append("entities.csv", "lotus,莲花科技有限公司,,organization,,,\n");
    folder.append("organizations.csv", "lotus,莲花科技有限公司,,company,,,,,,,,paper-2025,,\n");
    let found = warnings(&folder);
    assert!(found[0].contains("resembles a name of row 2; is it the same organization?"), "{found:?}");
}

/// A data set made before columns and files were added has the same content as one in which they are blank.
#[test]
fn version_1_of_the_data_set_is_accepted() {
    let (folder, blank) = (Folder::small(), Folder::small());
    folder.remove("breaks.csv");
    blank.write("breaks.csv", blank.text("breaks.csv").lines().next().unwrap().to_owned() + "\n");
    for file in import::spec::FILES.iter().filter(|file| !file.added) {
        let original = file.original_columns();
        let cut = |line: &str| line.split(',').take(original).collect::<Vec<_>>().join(",") + "\n";
        // No cell of these files has a comma.
        if original < file.columns.len() && file.name != import::spec::Name::Observations {
            folder.write(file.file, folder.text(file.file).lines().map(cut).collect::<String>());
        }
    }
    let text = folder.text("observations.csv");
    let cut = |line: &str| line.rsplit_once(',').unwrap().0.to_owned() + "\n";
    folder.write("observations.csv", text.lines().map(cut).collect::<String>());
    let found = warnings(&folder);
    assert!(
        found.iter().any(|warning| warning.starts_with("breaks.csv: is missing, as in version 1")),
        "{found:?}"
    );
    assert!(found.iter().any(|warning| warning.starts_with("programs.csv: has no activities,")), "{found:?}");
    assert_eq!(checked(&folder).rows.iter().sum::<usize>(), checked(&blank).rows.iter().sum::<usize>());
}

/// A file as saved by spreadsheets has the same content.
#[test]
fn a_byte_order_mark_and_carriage_returns_are_named_once_for_the_file() {
    let folder = Folder::small();
    let same = checked(&folder).content_hash;
    let text = folder.text("producers.csv").replace('\n', "\r\n");
    folder.write("producers.csv", format!("\u{feff}{text}"));
    let found = warnings(&folder);
    assert_eq!(found.len(), 2, "{found:#?}");
    assert!(found[0].starts_with("producers.csv: begins with a byte order mark"), "{found:?}");
    assert!(found[1].starts_with("producers.csv: 3 lines end with a carriage return"), "{found:?}");
    assert_eq!(checked(&folder).content_hash, same);
}

#[test]
fn a_header_in_quotation_marks_is_the_header() {
    let folder = Folder::small();
    let text = folder.text("people.csv");
    let (header, rows) = text.split_once('\n').unwrap();
    let quoted: Vec<String> = header.split(',').map(|name| format!("\"{name}\"")).collect();
    folder.write("people.csv", format!("{}\n{rows}", quoted.join(",")));
    assert!(warnings(&folder).is_empty());
}

/// Invisible characters as copied from web pages along with a name.
#[test]
fn invisible_characters_are_removed_with_a_warning() {
    let same = checked(&Folder::small()).content_hash;
    for (c, name) in [
        ('\u{200b}', "U+200B ZERO WIDTH SPACE"),
        ('\u{200c}', "U+200C ZERO WIDTH NON-JOINER"),
        ('\u{200d}', "U+200D ZERO WIDTH JOINER"),
        ('\u{ad}', "U+00AD SOFT HYPHEN"),
        ('\u{2060}', "U+2060 WORD JOINER"),
        ('\u{feff}', "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ('\u{3164}', "U+3164 HANGUL FILLER"),
        ('\u{ffa0}', "U+FFA0 HALFWIDTH HANGUL FILLER"),
        ('\u{115f}', "U+115F HANGUL CHOSEONG FILLER"),
        ('\u{180e}', "U+180E MONGOLIAN VOWEL SEPARATOR"),
        ('\u{fe0f}', "U+FE0F VARIATION SELECTOR"),
        ('\u{2063}', "U+2063 INVISIBLE SEPARATOR"),
    ] {
        let folder = Folder::small();
        folder.set("people.csv", 2, "name_en", &format!("{c}Wa{c}ng{c}"));
        // An id, a date and a vocabulary word may be copied from web pages too.
        folder.replace("people.csv", ",studio,", &format!(",{c}studio,"));
        folder.replace("people.csv", "Vice president", &format!("Vice{c} president"));
        let found = warnings(&folder);
        assert_eq!(found.len(), 3, "{found:#?}");
        assert_eq!(
            found[0],
            format!(
                "people.csv, row 2, name_en: contained invisible characters, now “Wang”; removed: {name} (3 times)"
            )
        );
        assert!(found[1].starts_with("people.csv, row 2, organization_id: ") && found[1].ends_with(name));
        assert_eq!(checked(&folder).content_hash, same, "{name}");
    }
}

#[test]
fn names_that_pictures_cannot_show_are_named() {
    let folder = Folder::small();
    folder.set("producers.csv", 2, "name_zh", "统计局𪚥");
    let found = warnings(&folder);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].starts_with("producers.csv, row 2, name_zh: "), "{found:?}");
    assert!(found[0].contains("“𪚥” (U+2A6A5)"), "{found:?}");
    folder.set("producers.csv", 2, "name_zh", "统计局");
    folder.set("producers.csv", 2, "note_en", "𪚥");
    folder.set("producers.csv", 2, "note_zh", "𪚥");
    assert!(warnings(&folder).is_empty(), "notes do not appear in pictures");
}

#[test]
fn private_use_characters_are_refused_with_their_cell() {
    let folder = Folder::small();
    folder.set("producers.csv", 2, "name_zh", "统计局\u{e000}");
    folder.set("people.csv", 2, "name_en", "Wang\u{10fffd}");
    let Err(Error::Refused(problems)) = check(&folder.open()) else { panic!("not refused") };
    let text = problems.to_string();
    assert!(
        text.contains("producers.csv, row 2, name_zh: ") && text.contains("U+E000 PRIVATE USE"),
        "{text}"
    );
    assert!(text.contains("people.csv, row 2, name_en: ") && text.contains("U+10FFFD PRIVATE USE"), "{text}");
}

/// Warnings are listed along with problems, but counted separately.
#[test]
fn a_refused_data_set_has_its_warnings() {
    let folder = Folder::small();
    folder.set("people.csv", 2, "name_en", "Wa\u{200b}ng\u{202e}");
    let Err(Error::Refused(problems)) = check(&folder.open()) else { panic!("not refused") };
    assert_eq!((problems.count(), problems.warnings.count()), (1, 1));
    assert!(problems.to_string().contains("U+202E RIGHT-TO-LEFT OVERRIDE"), "{problems}");
}

#[sqlx::test(migrator = "observatory::db::MIGRATOR")]
async fn what_is_published_has_no_invisible_characters(db: PgPool) {
    let folder = Folder::small();
    folder.set("people.csv", 2, "name_en", "Wa\u{200b}ng");
    folder.write("people.csv", folder.text("people.csv").replace('\n', "\r\n"));
    folder.replace("sources.csv", "出海;短剧", "出\u{ad}海;\u{200b}短剧");
    let outcome = import::publish(&db, &folder.open(), crate::support::noted()).await.unwrap();
    assert!(matches!(outcome, Outcome::Published { revision: 1, .. }), "{outcome}");
    assert_eq!(outcome.warnings().count(), 3, "{}", outcome.warnings());
    let name: String = sqlx::query_scalar("select name_en from person").fetch_one(&db).await.unwrap();
    assert_eq!(name, "Wang");
    let keywords: Vec<String> =
        sqlx::query_scalar("select unnest(keywords) from source where id = 'paper-2025'")
            .fetch_all(&db)
            .await
            .unwrap();
    assert_eq!(keywords, ["出海", "短剧"]);
}
