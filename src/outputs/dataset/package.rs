//! The data set as published: the same files that the import reads, with a machine-readable description.

use std::{
    fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use super::{
    package_v2, store,
    stream::{self, Copy, Ends},
};
use crate::{
    db::read::FormulaGuard,
    domain::revisions::Snapshot,
    import::{
        spec::{CellKind, ColumnSpec, FILES, File},
        workbook::dictionary,
    },
    outputs::files::{LICENCE, LICENCE_ADDRESS},
};

/// Returns one file as the import reads it: no byte order mark, LF line ends, no guard against formulas.
pub fn file(file: &File, revision: i32) -> Copy {
    Copy {
        statement: store::copy(file, revision, FormulaGuard::None),
        head: header(file, "\n"),
        ends: Ends::Lf,
    }
}

/// Returns the rows of one file as the import reads them, without a header.
pub fn file_without_header(file: &File, revision: i32) -> Copy {
    Copy { head: Vec::new(), ..self::file(file, revision) }
}

/// Returns one file for people: text that a spreadsheet would run as a formula is guarded, and lines end in CRLF (RFC
/// 4180).
pub fn file_for_people(file: &File, revision: i32, mark: bool) -> Copy {
    let mut head = if mark { crate::outputs::files::MARK.as_bytes().to_vec() } else { Vec::new() };
    head.extend(header(file, "\r\n"));
    Copy { statement: store::copy(file, revision, FormulaGuard::Spreadsheet), head, ends: Ends::CrLf }
}

fn header(file: &File, end: &str) -> Vec<u8> {
    let names: Vec<&str> = file.columns.iter().map(|column| column.name).collect();
    format!("{}{end}", names.join(",")).into_bytes()
}

/// Returns the files that are not tables.
pub fn texts(snapshot: &Snapshot) -> Vec<(&'static str, Vec<u8>)> {
    let description = format!("{:#}\n", datapackage(snapshot)).into_bytes();
    let second = package_v2::describe(snapshot, |file| file.file.to_owned());
    let second = format!("{second:#}\n").into_bytes();
    let mut texts: Vec<(&str, Vec<u8>)> = vec![("datapackage.json", description), (package_v2::NAME, second)];
    texts.extend(dictionary::TEXTS.map(|(name, text)| (name, text.as_bytes().to_vec())));
    texts
}

/// Creates the directory that a data set is to be written to.
///
/// # Errors
///
/// If it exists and is not empty, or cannot be created.
pub fn prepare(folder: &Path) -> anyhow::Result<PathBuf> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        bail!("{} is not empty: name an empty directory, or one that does not exist", folder.display());
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    fs::canonicalize(folder).with_context(|| format!("cannot resolve {}", folder.display()))
}

/// Writes the data set into a prepared directory: all of it, or nothing. The files appear only when the last of them is
/// complete.
///
/// # Errors
///
/// If the directory cannot be written, or the database does not respond.
pub async fn write(snapshot: &Snapshot, folder: &Path) -> anyhow::Result<()> {
    let unfinished = folder.join(".unfinished");
    if let Err(error) = fill(snapshot, &unfinished).await {
        let _ = fs::remove_dir_all(&unfinished);
        return Err(error);
    }
    for entry in fs::read_dir(&unfinished)? {
        let entry = entry?;
        fs::rename(entry.path(), folder.join(entry.file_name()))?;
    }
    Ok(fs::remove_dir(&unfinished)?)
}

async fn fill(snapshot: &Snapshot, folder: &Path) -> anyhow::Result<()> {
    fs::create_dir(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let create = |name: &str| {
        let path = folder.join(name);
        fs::File::create(&path).with_context(|| format!("cannot write {}", path.display()))
    };
    for spec in &FILES {
        let out = BufWriter::new(create(spec.file)?);
        stream::write(&snapshot.db, file(spec, snapshot.at.revision), out).await?;
    }
    for (name, text) in texts(snapshot) {
        create(name)?.write_all(&text)?;
    }
    Ok(())
}

/// Describes the data set as a Frictionless data package (version 1 of the standard), from the specification that the
/// import validates against.
pub fn datapackage(snapshot: &Snapshot) -> Value {
    json!({
        "profile": "tabular-data-package",
        "name": "micro-drama-observatory",
        "title": "Micro-Drama Observatory: China’s micro-drama industry and Pudong",
        "version": snapshot.at.revision.to_string(),
        "created": snapshot.published_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "licenses": [{ "name": "CC-BY-4.0", "title": LICENCE, "path": LICENCE_ADDRESS }],
        "resources": FILES.iter().map(resource).collect::<Vec<_>>(),
    })
}

fn resource(file: &File) -> Value {
    let references = file.columns.iter().filter_map(|column| match column.kind {
        CellKind::To(other) => Some(json!({
            "fields": column.name,
            "reference": { "resource": other.file().stem(), "fields": "id" },
        })),
        _ => None,
    });
    json!({
        "profile": "tabular-data-resource",
        "name": file.stem(),
        "path": file.file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": file.columns.iter().map(field).collect::<Vec<_>>(),
            "primaryKey": file.key,
            "foreignKeys": references.collect::<Vec<_>>(),
            "missingValues": [""],
        },
    })
}

fn field(column: &ColumnSpec) -> Value {
    let mut constraints = json!({});
    if column.required {
        constraints["required"] = true.into();
    }
    let kind = match column.kind {
        CellKind::Number => "number",
        CellKind::Day => "date",
        CellKind::Word(words) => {
            constraints["enum"] = words.into();
            "string"
        }
        CellKind::YesNo => {
            constraints["enum"] = json!(["yes", "no"]);
            "string"
        }
        CellKind::Yes => {
            constraints["enum"] = json!(["yes"]);
            "string"
        }
        CellKind::Date => {
            constraints["pattern"] = r"\d{4}(-\d{2}(-\d{2})?)?".into();
            "string"
        }
        CellKind::Id
        | CellKind::Text
        | CellKind::Url
        | CellKind::List
        | CellKind::To(_)
        | CellKind::Many(_)
        | CellKind::Words(_)
        | CellKind::Currency
        | CellKind::Language
        | CellKind::Unit => "string",
    };
    json!({ "name": column.name, "type": kind, "constraints": constraints })
}
