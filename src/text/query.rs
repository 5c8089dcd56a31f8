//! Query strings, read strictly and written canonically. What a reader chooses stands here and nowhere else.

use chrono::NaiveDate;

use super::characters::typed;
use crate::error::{QueryError, QueryProblem};

/// The longest text a reader may search for, in characters.
pub const MAX_TEXT_LENGTH: usize = 100;

/// The parameter that asks for an older state of the data. It stands beside the parameters of any page.
pub const AS_OF: &str = "as_of";

/// The pairs of a query string, in order. Empty values count as absent: a form sends its empty fields too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Decodes a query string, with or without its leading `?`. Every name and value is read as [`typed`] reads it: there are no line
    /// breaks, invisible characters or controls in it.
    pub fn decode(raw: &str) -> Self {
        let pairs = form_urlencoded::parse(raw.trim_start_matches('?').as_bytes());
        let pairs = pairs.map(|(name, value)| (typed(&name).into_owned(), typed(&value).into_owned()));
        Query(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// Every pair, in order.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Refuses every parameter that the page does not know.
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

    /// The one value of a parameter, if it stands there.
    pub fn one(&self, name: &str) -> Result<Option<&str>, QueryError> {
        match self.all(name).as_slice() {
            [] => Ok(None),
            [value] => Ok(Some(value)),
            [value, ..] => Err(QueryError::new(name, value, QueryProblem::Repeated)),
        }
    }

    /// Every value of a parameter that may be repeated.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str()).collect()
    }

    /// One of the words a parameter allows.
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

    /// Several of the words a parameter allows, each once, in the order in which they are shown.
    pub fn words<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Vec<T>, QueryError> {
        let values = self.all(name);
        if let Some(value) = values.iter().find(|value| !words.iter().any(|(word, _)| word == *value)) {
            let allowed = words.iter().map(|(word, _)| (*word).to_owned()).collect();
            return Err(QueryError::new(name, value, QueryProblem::NotAllowed { allowed }));
        }
        Ok(words.iter().filter(|(word, _)| values.contains(word)).map(|(_, meaning)| *meaning).collect())
    }

    /// A day, written `2025-12-05`.
    pub fn day(&self, name: &str) -> Result<Option<NaiveDate>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        // The calendar's own parser also takes `2025-1-5`, which would be a second address of the same page.
        let day = NaiveDate::parse_from_str(value, "%Y-%m-%d").ok();
        match day.filter(|day| day.to_string() == value) {
            Some(day) => Ok(Some(day)),
            None => Err(QueryError::new(name, value, QueryProblem::NotADay)),
        }
    }

    /// A year of four digits, from 1000 on: an earlier one would be written with fewer.
    pub fn year(&self, name: &str) -> Result<Option<i32>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        let digits = value.len() == 4 && value.bytes().all(|byte| byte.is_ascii_digit());
        match value.parse().ok().filter(|year| digits && *year >= 1000) {
            Some(year) => Ok(Some(year)),
            None => Err(QueryError::new(name, value, QueryProblem::NotAYear)),
        }
    }

    /// The id of something; whether it is there is for the caller to know.
    pub fn id(&self, name: &str) -> Result<Option<String>, QueryError> {
        Ok(self.one(name)?.map(str::to_owned))
    }

    /// The ids of several things, each once, in the order given.
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

    /// A text to search for, its outer spaces taken off.
    pub fn text(&self, name: &str) -> Result<Option<String>, QueryError> {
        let text = self.one(name)?.unwrap_or_default().trim();
        if text.chars().count() > MAX_TEXT_LENGTH {
            return Err(QueryError::new(name, text, QueryProblem::TooLong { most: MAX_TEXT_LENGTH as u32 }));
        }
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }
}

/// The first parameter of a query string that has no value, if there is one.
pub fn without_value(raw: &str) -> Option<String> {
    let mut pairs = form_urlencoded::parse(raw.as_bytes());
    pairs.find(|(_, value)| value.is_empty()).map(|(name, _)| typed(&name).chars().take(40).collect())
}

/// A query string without one of its parameters, encoded, without `?`; what does not have it stays as it was written.
pub fn without(raw: &str, name: &str) -> String {
    without_pairs(raw, |key, _| key == name)
}

/// A query string without the pairs that are chosen, encoded, without `?`; where none is it stays as it was written.
pub fn without_pairs(raw: &str, chosen: impl Fn(&str, &str) -> bool) -> String {
    let raw = raw.trim_start_matches('?');
    let pairs = || form_urlencoded::parse(raw.as_bytes());
    if !pairs().any(|(key, value)| chosen(&key, &value)) {
        return raw.to_owned();
    }
    let kept = pairs().filter(|(key, value)| !chosen(key, value));
    form_urlencoded::Serializer::new(String::new()).extend_pairs(kept).finish()
}

/// An address with one parameter more at the end of its query string, before its fragment.
pub fn with(address: &str, name: &str, value: &str) -> String {
    let (address, fragment) = match address.split_once('#') {
        Some((address, fragment)) => (address, format!("#{fragment}")),
        None => (address, String::new()),
    };
    let pair = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{pair}{fragment}")
}

/// A path with its query string, encoded; without pairs there is no `?`.
pub fn href<'a>(path: &str, pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    let query = encode(pairs);
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

/// A query string of these pairs, without `?`.
pub fn encode<'a>(pairs: impl IntoIterator<Item = (&'a str, String)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// Lets what a reader chose cross the wire as the query string that it is, so that it is read as strictly when a server function is
/// asked directly as it is from the address of a page.
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
mod tests {
    use super::*;

    #[test]
    fn what_was_cut_out_is_not_there_again_without_its_question_marks() {
        assert_eq!(Query::decode("??as_of=1").all("as_of"), ["1"]);
        assert!(Query::decode(&without("??as_of=1&q=a", "as_of")).all("as_of").is_empty());
    }

    #[test]
    fn empty_fields_of_a_form_count_as_absent() {
        let query = Query::decode("?q=&topic=apps");
        assert_eq!(query.one("q").unwrap(), None);
        assert_eq!(query.one("topic").unwrap(), Some("apps"));
    }

    #[test]
    fn a_text_is_what_is_left_without_its_outer_spaces() {
        let text = |raw| Query::decode(raw).text("q").unwrap();
        assert_eq!(text("q=+a+b+").as_deref(), Some("a b"));
        assert_eq!(text("q=++"), None);
        assert_eq!(text("q=a%00b").as_deref(), Some("a\u{FFFD}b"));
        assert_eq!(text("q=a%EF%BF%BF").as_deref(), Some("a\u{FFFD}"));
        assert_eq!(text("q=a%0D%0Ab").as_deref(), Some("a b"));
        assert_eq!(text("q=%E2%80%8B%E2%80%AE"), None);
    }

    #[test]
    fn a_year_has_four_digits_and_is_written_with_them() {
        let year = |raw| Query::decode(raw).year("year").map_err(|error| error.problem);
        assert_eq!(year("year=2025"), Ok(Some(2025)));
        for wrong in ["year=0000", "year=0999", "year=25", "year=%2B202", "year=20255"] {
            assert_eq!(year(wrong), Err(QueryProblem::NotAYear), "{wrong}");
        }
    }

    #[test]
    fn unknown_and_repeated_parameters_are_refused_by_name() {
        let query = Query::decode("topic=apps&topic=users&x=1");
        assert_eq!(query.only(&["topic"]).unwrap_err().parameter, "x");
        assert_eq!(query.one("topic").unwrap_err().problem, QueryProblem::Repeated);
        assert_eq!(query.all("topic"), ["apps", "users"]);
    }

    #[test]
    fn a_word_outside_the_list_says_what_is_allowed() {
        let error = Query::decode("rows=most").word("rows", &[("all", 1), ("headline", 2)]).unwrap_err();
        assert_eq!(
            error.problem,
            QueryProblem::NotAllowed { allowed: vec!["all".into(), "headline".into()] }
        );
    }

    #[test]
    fn days_and_years_have_one_form() {
        assert_eq!(Query::decode("on=2025-12-05").day("on").unwrap(), NaiveDate::from_ymd_opt(2025, 12, 5));
        for wrong in ["2025-12", "2025-1-5", "2025-02-30", "today"] {
            let error = Query::decode(&format!("on={wrong}")).day("on").unwrap_err();
            assert_eq!(error.problem, QueryProblem::NotADay, "{wrong}");
        }
    }

    #[test]
    fn ids_keep_their_order_and_their_number() {
        let query = Query::decode("program=b&program=a&program=b");
        assert_eq!(query.ids("program", 2).unwrap(), ["b", "a"]);
        assert_eq!(query.ids("program", 1).unwrap_err().problem, QueryProblem::TooMany { most: 1 });
    }

    #[test]
    fn a_parameter_is_taken_off_and_put_on() {
        assert_eq!(without("?q=a+b&as_of=1&x=%E7%9F%AD", AS_OF), "q=a+b&x=%E7%9F%AD");
        assert_eq!(without("q=a%20b", AS_OF), "q=a%20b");
        assert_eq!(with("/en/x?q=1#y", AS_OF, "2"), "/en/x?q=1&as_of=2#y");
        assert_eq!(with("/en/x", AS_OF, "2026-11-25"), "/en/x?as_of=2026-11-25");
    }

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(
            href("/en/sources", [("q", "短剧 & co".to_owned())]),
            "/en/sources?q=%E7%9F%AD%E5%89%A7+%26+co"
        );
        assert_eq!(href("/en/sources", []), "/en/sources");
    }
}
