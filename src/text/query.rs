//! Query strings, parsed strictly and written canonically. They hold all state that a reader chooses.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{PartialDate, characters::typed, number};
use crate::error::{QueryError, QueryProblem};

/// Maximum length of a search text, in characters.
pub const MAX_TEXT_LENGTH: usize = 100;

/// Parameter that requests an older revision. It is valid on every page.
pub const AS_OF: &str = "as_of";

/// The pairs of a query string, in order. Empty values count as absent, because a form submits its empty fields too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

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

    /// Parses a month in the form `2025-12`.
    pub fn month(&self, name: &str) -> Result<Option<PartialDate>, QueryError> {
        let Some(value) = self.one(name)? else { return Ok(None) };
        match value.parse::<PartialDate>().ok().filter(|month| value.len() == 7 && month.to_string() == value)
        {
            Some(month) => Ok(Some(month)),
            None => Err(QueryError::new(name, value, QueryProblem::NotAMonth)),
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
    fn a_month_has_one_form() {
        let month = |raw: &str| Query::decode(raw).month("since");
        assert_eq!(month("since=2025-12").unwrap(), "2025-12".parse().ok());
        for wrong in ["2025", "2025-13", "2025-1", "2025-12-05", "december"] {
            let error = month(&format!("since={wrong}")).unwrap_err();
            assert_eq!(error.problem, QueryProblem::NotAMonth, "{wrong}");
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
