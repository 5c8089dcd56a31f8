//! What a check found, as a page or a workbook for people who do not work in a terminal.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::Context;

use super::{
    data_set::DataSet,
    outcome::{Checked, Error},
    problem::{Problem, Problems, Warnings},
    workbook::write::write as workbook,
};
use crate::text::html::escape;

/// Writes reports of a check: pages and workbooks, by the endings of their names. A report that exists is replaced.
///
/// # Errors
///
/// If a file cannot be written, or the check itself has failed.
pub fn write(data: &DataSet, checked: &Result<Checked, Error>, reports: &[PathBuf]) -> anyhow::Result<()> {
    let mut problems = Problems::default();
    match checked {
        Ok(checked) => problems.warnings = checked.warnings.clone(),
        Err(Error::Refused(found)) => problems = found.clone(),
        // The same error ends the check itself.
        Err(_) => return Ok(()),
    }
    for report in reports {
        let is_page = report.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html"));
        let bytes = match is_page {
            true => page(data, &problems).into_bytes(),
            false => workbook(data, Some(&problems))?,
        };
        save(report, &bytes, true)?;
    }
    Ok(())
}

/// Writes a file that appears only when it is complete.
///
/// # Errors
///
/// If the file cannot be written, or exists and may not be replaced.
pub fn save(path: &Path, bytes: &[u8], replace: bool) -> anyhow::Result<()> {
    let cannot = || format!("cannot write {}", path.display());
    if !replace && path.exists() {
        anyhow::bail!("{} exists; remove it, or choose another name", path.display());
    }
    let mut unfinished = path.as_os_str().to_owned();
    unfinished.push(".unfinished");
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .open(&unfinished)
        .and_then(|mut file| file.write_all(bytes))
        .and_then(|()| fs::rename(&unfinished, path));
    if written.is_err() {
        let _ = fs::remove_file(&unfinished);
    }
    written.with_context(cannot)
}

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}\
h1,td:last-child{overflow-wrap:anywhere}table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;\
padding:.4rem .6rem}tr{border-bottom:1px solid #999}td:first-child,td:nth-child(2),th{white-space:nowrap}\
.error h2{color:#a00000}.warning h2{color:#7a5200}\
@media(max-width:40rem){thead{display:none}tr,td{display:block}tr{padding:.5rem 0}td{padding:0}td:first-child{font-weight:bold}}\
@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#161616}.error h2{color:#ff9c9c}.warning h2{color:#ffd27a}}";

/// Returns a page that needs nothing else: problems and warnings apart.
fn page(data: &DataSet, problems: &Problems) -> String {
    let name = data.path().display().to_string();
    let verdict = match problems.count() {
        0 => "This data set can be published. 可以发布。".to_owned(),
        1 => "1 error: this data set cannot be published. 1处错误，不能发布。".to_owned(),
        count => format!("{count} errors: this data set cannot be published. {count}处错误，不能发布。"),
    };
    let Warnings { shown, more, .. } = &problems.warnings;
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>Check of {name}</title><style>{STYLE}</style></head><body>\n<h1>Check of {name} <span lang=\"zh-Hans\">检查结果</span></h1>\n\
         <p>{verdict}</p>\n{}{}</body></html>\n",
        section(
            "error",
            "Errors 错误",
            "An error must be mended before the data set can be published. 错误须改正后才能发布。",
            &problems.shown,
            problems.more
        ),
        section(
            "warning",
            "Warnings 提示",
            "A warning does not prevent publication; look whether it is meant so. 提示不妨碍发布，请核对。",
            shown,
            *more
        ),
        name = escape(&name),
    )
}

fn section(class: &str, title: &str, about: &str, found: &[Problem], more: usize) -> String {
    if found.is_empty() {
        return String::new();
    }
    let rows: String = found.iter().map(row).collect();
    let rest =
        if more == 0 { String::new() } else { format!("<p>… and {more} more 另有{more}处</p>\n") };
    format!(
        "<section class=\"{class}\">\n<h2>{title}: {}</h2>\n<p>{about}</p>\n<table><thead><tr><th>Where 位置</th><th>Column 列</th>\
         <th>What is wrong 说明</th></tr></thead><tbody>\n{rows}</tbody></table>\n{rest}</section>\n",
        found.len() + more
    )
}

fn row(problem: &Problem) -> String {
    let place = match (&problem.cell, problem.row) {
        (Some(cell), _) => format!("{}!{cell}", problem.file),
        (None, Some(row)) => format!("{}, row {row}", problem.file),
        (None, None) => problem.file.clone(),
    };
    format!(
        "<tr><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        escape(&place),
        problem.column.unwrap_or_default(),
        escape(&problem.what)
    )
}
