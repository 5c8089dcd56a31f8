//! All figures as one stream: what cannot be held in memory when there are ten million of them.

use super::{model::Qualifier, record::OBSERVATIONS, store};
use crate::{
    export::stream::{Copy, Ends},
    extract::MARK,
    text::Locale,
};

/// Every figure of a revision, in no particular order, with the columns of every other file of figures.
pub fn everything(revision: i32, locale: Locale, mark: bool) -> Copy {
    let labels: Vec<&str> = OBSERVATIONS.columns.iter().map(|column| column.label(locale)).collect();
    let mark = if mark { MARK } else { "" };
    let words: Vec<(&str, &str, &str)> = Qualifier::WORDS
        .iter()
        .map(|(word, qualifier)| (*word, qualifier.name(locale), qualifier.status()))
        .collect();
    Copy {
        statement: store::everything(revision, locale, &words),
        head: format!("{mark}{}\r\n", csv_line(&labels)).into_bytes(),
        ends: Ends::CrLf,
    }
}

/// Labels have commas in them.
fn csv_line(labels: &[&str]) -> String {
    let quoted = labels.iter().map(|label| match label.contains(',') {
        true => format!("\"{label}\""),
        false => (*label).to_owned(),
    });
    quoted.collect::<Vec<_>>().join(",")
}
