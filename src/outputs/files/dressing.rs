//! A reader's changes to a chart before sharing it, as parameters of its picture, its frame and its download page.

use crate::{
    charts::{self, Chart, Dress, Misfit},
    error::{AppError, QueryError, QueryProblem},
    text::query::{self, Query},
};

/// Maximum lengths in characters.
pub const MAX_TITLE: usize = 120;
pub const MAX_NOTE: usize = 300;

pub const TITLE: &str = "own_title";
pub const NOTE: &str = "own_note";
pub const SERIES: &str = "own_series";
pub const FROM: &str = "own_from";
pub const TO: &str = "own_to";

pub const PARAMETERS: [&str; 5] = [TITLE, NOTE, SERIES, FROM, TO];

/// Parses the changes.
///
/// # Errors
///
/// If a text is too long or has characters that no picture can draw, or a year is none.
pub fn parse(query: &Query) -> Result<Dress, QueryError> {
    Ok(Dress {
        title: drawable(query, TITLE, MAX_TITLE)?,
        note: drawable(query, NOTE, MAX_NOTE)?,
        series: query.one(SERIES)?.map(str::to_owned),
        from: query.year(FROM)?,
        to: query.year(TO)?,
    })
}

fn drawable(query: &Query, name: &str, most: usize) -> Result<Option<String>, QueryError> {
    let Some(text) = query.text_up_to(name, most)? else { return Ok(None) };
    let characters = charts::missing_glyphs(&text);
    match characters.is_empty() {
        true => Ok(Some(text)),
        false => Err(QueryError::new(name, &text, QueryProblem::NotDrawable { characters })),
    }
}

/// Returns the changes as parameters.
pub fn pairs(dress: &Dress) -> Vec<(&'static str, String)> {
    let year = |year: Option<i32>| year.map(|year| year.to_string());
    let values =
        [dress.title.clone(), dress.note.clone(), dress.series.clone(), year(dress.from), year(dress.to)];
    PARAMETERS.into_iter().zip(values).filter_map(|(name, value)| Some((name, value?))).collect()
}

/// Appends the changes to an address.
pub fn with(address: String, dress: &Dress) -> String {
    pairs(dress).iter().fold(address, |address, (name, value)| query::with(&address, name, value))
}

/// Removes the changes from a query string.
pub fn without(raw: &str) -> String {
    PARAMETERS.iter().fold(raw.to_owned(), |raw, name| query::without(&raw, name))
}

/// Returns the changed chart.
///
/// # Errors
///
/// If a change does not fit the chart.
pub fn dressed(chart: &Chart, dress: &Dress) -> Result<Chart, AppError> {
    let misfit = |misfit| match misfit {
        Misfit::Series => {
            let label = dress.series.as_deref().unwrap_or_default();
            QueryError::new(SERIES, label, QueryProblem::NotAllowed { allowed: chart.labels() })
        }
        Misfit::Period => {
            let year = dress.from.or(dress.to).unwrap_or_default().to_string();
            QueryError::new(if dress.from.is_some() { FROM } else { TO }, &year, QueryProblem::NothingThere)
        }
    };
    Ok(chart.dressed(dress).map_err(misfit)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let dress = Dress {
            title: Some("A & B = “C”".into()),
            note: Some("100 % <sure>".into()),
            series: Some("a b".into()),
            from: Some(2020),
            to: Some(2024),
        };
        let address = with("/en/indicators/x/chart.svg?size=wide".into(), &dress);
        let raw = address.split_once('?').unwrap().1;
        assert_eq!(parse(&Query::decode(raw)).unwrap(), dress);
        assert_eq!(without(raw), "size=wide");
        assert_eq!(with("/a".into(), &Dress::default()), "/a");
    }

    #[test]
    fn what_is_too_long_or_cannot_be_drawn_is_refused() {
        let problem = |raw: &str| parse(&Query::decode(raw)).unwrap_err().problem;
        assert!(parse(&Query::decode(&format!("own_title={}", "剧".repeat(MAX_TITLE)))).is_ok());
        assert_eq!(
            problem(&format!("own_title={}", "剧".repeat(MAX_TITLE + 1))),
            QueryProblem::TooLong { most: 120 }
        );
        assert_eq!(
            problem(&format!("own_note={}", "a".repeat(MAX_NOTE + 1))),
            QueryProblem::TooLong { most: 300 }
        );
        assert_eq!(problem("own_title=a%E0%B8%81"), QueryProblem::NotDrawable { characters: "ก".into() });
        assert_eq!(problem("own_from=20"), QueryProblem::NotAYear);
    }
}
