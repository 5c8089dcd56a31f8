//! Query strings, parsed strictly and written canonically. They hold all state that a reader chooses.

use std::fmt;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{PartialDate, Period, characters::typed, number};
use crate::error::{QueryError, QueryProblem};

/// Maximum length of a search text, in characters.
pub const MAX_TEXT_LENGTH: usize = 100;

/// Parameter that requests an older revision. It is valid on every page.
pub const AS_OF: &str = "as_of";

/// Parameter that requests what was known on a day. It is valid on every page.
pub const KNOWN_ON: &str = "known_on";

/// Parameters that request a state of the data instead of the newest one.
pub const STATE: [&str; 2] = [AS_OF, KNOWN_ON];

/// The pairs of a query string, in order. Empty values count as absent, because a form submits its empty fields too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

/// A state of the data as an address names it: the number of a revision, or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum State {
    Revision(i32),
    Day(NaiveDate),
}

impl fmt::Display for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            State::Revision(number) => write!(f, "{number}"),
            State::Day(day) => write!(f, "{day}"),
        }
    }
}

impl Query {
    /// Decodes a query string, with or without its leading `?`. Normalises every name and value with [`typed`], so that they contain no
    /// line breaks, invisible characters or control characters.
    pub fn decode(raw: &str) -> Self {
        let pairs = form_urlencoded::parse(raw.trim_start_matches('?').as_bytes());
        let pairs = pairs.map(|(name, value)| (typed(&name).into_owned(), typed(&value).into_owned()));
        Query(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// Every pair, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Rejects every parameter that is not in `known`.
    pub fn only(&self, known: &[&str]) -> Result<(), QueryError> {
        match self.0.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            None => Ok(()),
            Some((name, value)) => {
                let known = known.iter().map(|name| (*name).to_owned()).collect();
                let name: String = name.chars().take(40).collect();
                Err(QueryError::new(&name, value, QueryProblem::UnknownParameter { known }))
            }
        }
    }

    /// Returns the only value of a parameter, if present.
    pub fn one(&self, name: &str) -> Result<Option<&str>, QueryError> {
        match self.all(name).as_slice() {
            [] => Ok(None),
            [value] => Ok(Some(value)),
            [value, ..] => Err(QueryError::new(name, value, QueryProblem::Repeated)),
        }
    }

    /// Returns every value of a repeatable parameter.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// Parses a parameter that takes one of several words.
    pub fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        match words.iter().find(|(word, _)| *word == value) {
            Some((_, meaning)) => Ok(Some(*meaning)),
            None => {
                let allowed = words.iter().map(|(word, _)| (*word).to_owned()).collect();
                Err(QueryError::new(name, value, QueryProblem::NotAllowed { allowed }))
            }
        }
    }

    /// Parses a repeatable parameter that takes words. Returns each word once, in display order.
    pub fn words<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Vec<T>, QueryError> {
        let values = self.all(name);
        if let Some(value) = values.iter().find(|value| !words.iter().any(|(word, _)| word == *value)) {
            let allowed = words.iter().map(|(word, _)| (*word).to_owned()).collect();
            return Err(QueryError::new(name, value, QueryProblem::NotAllowed { allowed }));
        }
        Ok(words.iter().filter(|(word, _)| values.contains(word)).map(|(_, meaning)| *meaning).collect())
    }

    /// Parses a date in the form `2025-12-05`.
    pub fn day(&self, name: &str) -> Result<Option<NaiveDate>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        // The chrono parser also accepts `2025-1-5`, which would be a second URL of the same page.
        let day = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok();
        match day.filter(|day| day.to_string() == value) {
            Some(day) => Ok(Some(day)),
            None => Err(QueryError::new(name, value, QueryProblem::NotADay)),
        }
    }

    /// Parses a state of the data: the number of a revision, or a day.
    pub fn state(&self, name: &str) -> Result<Option<State>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        let number = value.parse().ok().filter(|number: &i32| *number >= 1 && number.to_string() == value);
        if let Some(number) = number {
            return Ok(Some(State::Revision(number)));
        }
        match self.day(name) {
            Ok(day) => Ok(day.map(State::Day)),
            Err(_) => {
                // A value like 31 February has the form of a day, but names none.
                let like_a_day = value.len() == 10 && value.split('-').map(str::len).eq([4, 2, 2]);
                let problem = if like_a_day { QueryProblem::NothingThere } else { QueryProblem::NotAState };
                Err(QueryError::new(name, value, problem))
            }
        }
    }

    /// Parses a month in the form `2025-12`.
    pub fn month(&self, name: &str) -> Result<Option<PartialDate>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        match value.parse::<PartialDate>().ok().filter(|month| value.len() == 7 && month.to_string() == value)
        {
            Some(month) => Ok(Some(month)),
            None => Err(QueryError::new(name, value, QueryProblem::NotAMonth)),
        }
    }

    /// Parses a period by its code: `2025`, `2025-Q1`, `2025-12`, `2025-12-05`.
    pub fn period(&self, name: &str) -> Result<Option<Period>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        match Period::from_code(value) {
            Some(period) => Ok(Some(period)),
            None => Err(QueryError::new(name, value, QueryProblem::NotAPeriod)),
        }
    }

    /// Parses a year of four digits, from 1000: an earlier year would be written with fewer digits.
    pub fn year(&self, name: &str) -> Result<Option<i32>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        let digits = value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit());
        match value.parse().ok().filter(|year| digits && *year >= 1000) {
            Some(year) => Ok(Some(year)),
            None => Err(QueryError::new(name, value, QueryProblem::NotAYear)),
        }
    }

    /// Parses an amount of money, as [`number::typed_money`] reads it.
    pub fn money(&self, name: &str) -> Result<Option<Decimal>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        match number::typed_money(value) {
            Some(amount) => Ok(Some(amount)),
            None => {
                let most = number::MAX_MONEY_DIGITS as u32;
                Err(QueryError::new(name, value, QueryProblem::NotMoney { most }))
            }
        }
    }

    /// Parses an id. The caller must check whether it exists.
    pub fn id(&self, name: &str) -> Result<Option<String>, QueryError> {
        Ok(self.one(name)?.map(str::to_owned))
    }

    /// Parses a repeatable id parameter. Returns each id once, in the given order.
    pub fn ids(&self, name: &str, most: usize) -> Result<Vec<String>, QueryError> {
        let mut ids: Vec<String> = Vec::new();
        for value in self.all(name) {
            if !ids.iter().any(|id| id == value) {
                ids.push(value.to_owned());
            }
        }
        match ids.get(most) {
            Some(id) => Err(QueryError::new(name, id, QueryProblem::TooMany { most: most as u32 })),
            None => Ok(ids),
        }
    }

    /// Parses a search text, without leading and trailing spaces.
    pub fn text(&self, name: &str) -> Result<Option<String>, QueryError> {
        self.text_up_to(name, MAX_TEXT_LENGTH)
    }

    /// Parses a text of at most `most` characters, without leading and trailing spaces.
    pub fn text_up_to(&self, name: &str, most: usize) -> Result<Option<String>, QueryError> {
        let text = self.one(name)?.unwrap_or_default().trim();
        if text.chars().count() > most {
            return Err(QueryError::new(name, text, QueryProblem::TooLong { most: most as u32 }));
        }
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }
}

/// Returns the first parameter of a query string without a value, if any.
pub fn without_value(raw: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(raw.as_bytes());
    pairs.find(|(_, value)| value.is_empty()).map(|(name, _)| typed(&name).chars().take(40).collect())
}

/// Removes a parameter from a query string and returns it encoded, without `?`. A query string without that parameter is returned
/// unchanged.
pub fn without(raw: &str, name: &str) -> String {
    without_pairs(raw, |key, _| key == name)
}

/// Removes the parameters of [`STATE`] from a query string: they are not choices of a page.
pub fn without_state(raw: &str) -> String {
    without_pairs(raw, |key, _| STATE.contains(&key))
}

/// Removes the pairs for which `chosen` holds and returns the query string encoded, without `?`. If there are none, it is returned
/// unchanged.
pub fn without_pairs(raw: &str, chosen: impl Fn(&str, &str) -> bool) -> String {
    let raw = raw.trim_start_matches('?');
    let pairs = || form_urlencoded::parse(raw.as_bytes());
    if !pairs().any(|(key, value)| chosen(&key, &value)) {
        return raw.to_owned();
    }
    let kept = pairs().filter(|(key, value)| !chosen(key, value));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
}

/// Appends a parameter to the query string of a URL, before its fragment.
pub fn with(address: &str, name: &str, value: &str) -> String {
    let (address, fragment) = match address.split_once('#') {
        Some((address, fragment)) => (address, format!("#{fragment}")),
        None => (address, String::new()),
    };
    let pair = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{pair}{fragment}")
}

/// Builds a path with an encoded query string. Without pairs there is no `?`.
pub fn href<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let query = encode(pairs);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// Encodes pairs as a query string, without `?`.
pub fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Serialises a query as its query string, so that direct calls of a server function are parsed as strictly as the URL of a page.
macro_rules! as_query_string {
    ($query:ty) => {
        impl serde::Serialize for $query {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&$crate::text::query::encode(self.pairs()))
            }
        }

        impl<'de> serde::Deserialize<'de> for $query {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let raw = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&raw).map_err(serde::de::Error::custom)
            }
        }
    };
}

pub(crate) use as_query_string;

#[cfg(test)]
mod tests;
