//! All figures as one stream: what cannot be held in memory when there are ten million of them.

use super::{model::Qualifier, record::OBSERVATIONS, store};
use crate::{
    export::stream::{Copy, Ends},
    extract::{Table, Take, csv},
    text::Locale,
};

/// Every figure of a revision, in no particular order, with the columns of every other file of figures.
pub fn everything(revision: i32, locale: Locale, mark: bool) -> Copy {
    let words: Vec<(&str, &str, &str)> = Qualifier::WORDS
        .iter()
        .map(|(word, qualifier)| (*word, qualifier.name(locale), qualifier.status()))
        .collect();
    let header = Table { noun: &OBSERVATIONS, rows: Vec::new() };
    Copy {
        statement: store::everything(revision, locale, &words),
        head: csv(&header, &Take { mark, ..Take::default() }, locale),
        ends: Ends::CrLf,
    }
}
