//! ZIP archive of a page: rows, their description, citation and sources in one file.

use std::io::{Cursor, Write};

use zip::{CompressionMethod, DateTime, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    Citation, CitationFormat, ExportDocument, FileOptions, Provenance, csv, facts, frictionless, metadata,
    site,
};
use crate::domain::table::Table;

/// Returns the text that a reader opens first.
fn readme(document: &ExportDocument, provenance: &Provenance) -> String {
    let locale = document.locale;
    let tables: Vec<&Table> = document.tables.iter().collect();
    let mut text = format!("# {}\n", document.title);
    for (name, fact) in facts(document, &tables, provenance) {
        text += &format!("\n**{name}**: {fact}\n");
    }
    for (table, file) in document.tables.iter().zip(files(document)) {
        text += &format!("\n## {file}: {}\n\n", table.schema.label(locale));
        for column in &table.schema.columns {
            let meaning = column.explained(locale).map(|text| format!(": {text}")).unwrap_or_default();
            text += &format!("- `{}` {}{meaning}\n", column.name, column.label(locale));
        }
    }
    if !document.definitions.is_empty() {
        text += &format!("\n## {}\n\n", locale.pick("Definitions", "定义"));
        for (word, meaning) in &document.definitions {
            text += &format!("- **{word}**: {meaning}\n");
        }
    }
    text += &format!("\n## {}\n\n", locale.pick("Sources", "来源"));
    for credit in &document.credits {
        let date = credit.published_on.map(|date| format!(", {date}")).unwrap_or_default();
        let (title, publisher) = (&credit.title, credit.publisher(locale));
        text += &format!("- {}: {title}, {publisher}{date}. {}\n", credit.id, credit.url);
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

/// Returns the file names of the tables: the first is always `data.csv`.
fn files(document: &ExportDocument) -> Vec<String> {
    let names = document.tables.iter().enumerate();
    names
        .map(|(at, table)| if at == 0 { "data.csv".to_owned() } else { format!("{}.csv", table.schema.name) })
        .collect()
}

/// Builds the ZIP archive of a page. The same revision gives the same bytes, except for the day of retrieval, which a
/// citation names.
///
/// # Errors
///
/// If the archive would be larger than the format allows.
pub fn zip(document: &ExportDocument, provenance: &Provenance) -> Result<Vec<u8>, ZipError> {
    let plain = FileOptions { mark: false, names: true, ..FileOptions::default() };
    let files = files(document);
    let named: Vec<(String, &Table)> = files.iter().cloned().zip(&document.tables).collect();
    let citation = Citation::of(document, provenance);
    let mut entries: Vec<(String, Vec<u8>)> =
        vec![("README.md".to_owned(), readme(document, provenance).into_bytes())];
    for (file, table) in &named {
        entries.push((file.clone(), csv(table, &plain, document.locale)?));
    }
    entries.extend([
        ("datapackage.json".to_owned(), frictionless(document, &named, provenance)),
        ("metadata.json".to_owned(), metadata(document, provenance)),
        ("citation.bib".to_owned(), citation.written(CitationFormat::Bibtex).into_bytes()),
        ("citation.ris".to_owned(), citation.written(CitationFormat::Ris).into_bytes()),
        ("citation.csl.json".to_owned(), citation.written(CitationFormat::Csl).into_bytes()),
        ("LICENCE.txt".to_owned(), licence(document, provenance).into_bytes()),
    ]);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        // A modification time would change the bytes of the same data.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in entries {
        archive.start_file(name, options)?;
        archive.write_all(&content)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn licence(document: &ExportDocument, provenance: &Provenance) -> String {
    format!(
        "{}\n\n{} ({})\n{}\n\n{}\n",
        site(document.locale),
        super::LICENCE,
        super::LICENCE_ADDRESS,
        super::attribution(document.locale, provenance.revision),
        document.locale.pick(
            "The licence is for the compiled data. The texts of the sources remain theirs.",
            "许可仅及汇编数据，来源原文的权利归其所有者。",
        )
    )
}
