//! Everything of a page in one file: rows, what they are, how to cite them, where they come from.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    Citation, CitationFormat, ExportDocument, FileOptions, Provenance, csv, facts, frictionless, metadata,
    site,
};
use crate::domain::table::Table;

/// What a reader opens first, in words.
fn readme(extract: &ExportDocument, provenance: &Provenance) -> String {
    let locale = extract.locale;
    let tables: Vec<&Table> = extract.tables.iter().collect();
    let mut text = format!("# {}\n", extract.title);
    for (name, fact) in facts(extract, &tables, provenance) {
        text += &format!("\n**{name}**: {fact}\n");
    }
    for (table, file) in extract.tables.iter().zip(files(extract)) {
        text += &format!("\n## {file}: {}\n\n", table.noun.label(locale));
        for column in table.noun.columns {
            let meaning = column.explained(locale).map(|text| format!(": {text}")).unwrap_or_default();
            text += &format!("- `{}` {}{meaning}\n", column.name, column.label(locale));
        }
    }
    if !extract.definitions.is_empty() {
        text += &format!("\n## {}\n\n", locale.pick("Definitions", "定义"));
        for (word, meaning) in &extract.definitions {
            text += &format!("- **{word}**: {meaning}\n");
        }
    }
    text += &format!("\n## {}\n\n", locale.pick("Sources", "来源"));
    for credit in &extract.credits {
        let date = credit.published_on.map(|date| format!(", {date}")).unwrap_or_default();
        text += &format!("- {}: {}, {}{date}. {}\n", credit.id, credit.title, credit.publisher, credit.url);
    }
    text += &format!(
        "\n{}\n",
        locale.pick(
            "Column names are stable. In the CSV files for people (data.csv beside the page), a text that a spreadsheet would run as a formula has an apostrophe before it; so it has here.",
            "字段名保持稳定。会被电子表格当作公式执行的文字前加了撇号。",
        )
    );
    text
}

/// The names of the files of the tables: the first is always `data.csv`.
fn files(extract: &ExportDocument) -> Vec<String> {
    let names = extract.tables.iter().enumerate();
    names
        .map(|(at, table)| if at == 0 { "data.csv".to_owned() } else { format!("{}.csv", table.noun.name) })
        .collect()
}

/// A ZIP of the page. The same state of the data gives the same bytes, but for the day it was taken, which a citation names.
///
/// # Errors
///
/// If the archive would be larger than the format allows.
pub fn zip(extract: &ExportDocument, provenance: &Provenance) -> Result<Vec<u8>, ZipError> {
    let plain = FileOptions { mark: false, names: true, ..FileOptions::default() };
    let files = files(extract);
    let named: Vec<(String, &Table)> = files.iter().cloned().zip(&extract.tables).collect();
    let citation = Citation::of(extract, provenance);
    let mut entries: Vec<(String, Vec<u8>)> =
        vec![("README.md".to_owned(), readme(extract, provenance).into_bytes())];
    entries.extend(named.iter().map(|(file, table)| (file.clone(), csv(table, &plain, extract.locale))));
    entries.extend([
        ("datapackage.json".to_owned(), frictionless(extract, &named, provenance)),
        ("metadata.json".to_owned(), metadata(extract, provenance)),
        ("citation.bib".to_owned(), citation.written(CitationFormat::Bibtex).into_bytes()),
        ("citation.ris".to_owned(), citation.written(CitationFormat::Ris).into_bytes()),
        ("citation.csl.json".to_owned(), citation.written(CitationFormat::Csl).into_bytes()),
        ("LICENCE.txt".to_owned(), licence(extract, provenance).into_bytes()),
    ]);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // A time of writing would make other bytes of the same data.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        archive.start_file(name, options)?;
        archive.write_all(&content)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn licence(extract: &ExportDocument, provenance: &Provenance) -> String {
    format!(
        "{}\n\n{} ({})\n{}\n\n{}\n",
        site(extract.locale),
        super::LICENCE,
        super::LICENCE_ADDRESS,
        super::attribution(extract.locale, provenance.revision),
        extract.locale.pick(
            "The licence is for the compiled data. The texts of the sources remain theirs.",
            "许可仅及汇编数据，来源原文的权利归其所有者。",
        )
    )
}
