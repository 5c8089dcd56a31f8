//! A source is the published page, report or filing in which a figure was seen. A producer is the body that measured it.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    error::QueryError,
    text::{
        Bilingual, Locale, Named, PartialDate,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

/// The fields of a source that a citation needs.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SourceRef {
    pub id: String,
    /// Original title, in the language of the source.
    pub title: String,
    /// English description of a source that is not in English.
    pub title_en: Option<String>,
    pub publisher: String,
    pub published_on: Option<PartialDate>,
    pub url: String,
    pub language: Language,
    pub official: bool,
}

/// Sources named in the notes of a page, by id. The page links to them.
pub type Mentioned = Arc<BTreeMap<String, SourceRef>>;

impl SourceRef {
    /// Formats a short citation for a figure: `CNSA, 8 Dec 2025`.
    pub fn short(&self, locale: Locale) -> String {
        match self.published_on {
            Some(date) => format!("{}{}{}", self.publisher, locale.pick(", ", "，"), date.label(locale)),
            None => self.publisher.clone(),
        }
    }

    /// Title for readers of a language, and its language code: the English description of a foreign source for English pages, otherwise the
    /// original title.
    pub fn title_for(&self, locale: Locale) -> (&str, &str) {
        match (&self.title_en, locale) {
            (Some(title), Locale::En) if self.language != Language::English => (title, "en"),
            _ => (&self.title, self.language.word()),
        }
    }
}

vocabulary! {
    pub enum SourceKind {
        News = "news", "News", "新闻";
        Report = "report", "Report", "报告";
        Government = "government", "Government", "政府网站";
        Filing = "filing", "Filing", "公告";
        Blog = "blog", "Blog", "博客";
    }
}

vocabulary! {
    /// Language of a source, as an ISO 639-1 code.
    pub enum Language {
        English = "en", "English", "英文";
        Chinese = "zh", "Chinese", "中文";
        Indonesian = "id", "Indonesian", "印尼文";
        Japanese = "ja", "Japanese", "日文";
        Korean = "ko", "Korean", "韩文";
        Portuguese = "pt", "Portuguese", "葡萄牙文";
    }
}

/// A source with all its details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub cited: SourceRef,
    pub author: Option<String>,
    pub kind: SourceKind,
    pub keywords: Vec<String>,
    pub note: Option<String>,
}

/// Row of the source list: a source and the number of facts taken from it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRow {
    pub cited: SourceRef,
    pub kind: SourceKind,
    /// Number of observations that cite the source.
    pub figures: i64,
    /// Number of other rows that cite the source: programmes, subsidies, events, organizations, apps, people, statements.
    pub others: i64,
}

/// A producer of observations, and their number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProducerRow {
    pub named: Named,
    /// Word from the data set: `regulator`, `research-firm` …
    pub kind: String,
    /// Whether it takes its own measurements. `None` if mixed or unknown.
    pub independent: Option<bool>,
    pub figures: i64,
    pub note: Bilingual,
}

vocabulary! {
    #[derive(Default)]
    pub enum SourceOrder {
        /// Latest publication first. Undated sources come last.
        #[default]
        Newest = "newest", "Newest first", "最新在前";
        /// Most facts first.
        Facts = "facts", "Most facts first", "事实最多在前";
    }
}

/// URL state of the source list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceQuery {
    pub text: Option<String>,
    pub kind: Option<SourceKind>,
    pub language: Option<Language>,
    pub official: Option<bool>,
    pub order: SourceOrder,
    /// Pagination cursor: id of the last source of the previous page.
    pub after: Option<String>,
}

as_query_string!(SourceQuery);

impl SourceQuery {
    const OFFICIAL: [(&str, bool); 2] = [("yes", true), ("no", false)];

    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["q", "kind", "language", "official", "sort", "after"])?;
        Ok(SourceQuery {
            text: query.text("q")?,
            kind: query.word("kind", SourceKind::WORDS)?,
            language: query.word("language", Language::WORDS)?,
            official: query.word("official", &Self::OFFICIAL)?,
            order: query.word("sort", SourceOrder::WORDS)?.unwrap_or_default(),
            after: query.one("after")?.map(str::to_owned),
        })
    }

    /// Name and value of each parameter that differs from its default, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let order = (self.order != SourceOrder::default()).then(|| self.order.word().to_owned());
        [
            ("q", self.text.clone()),
            ("kind", self.kind.map(|kind| kind.word().to_owned())),
            ("language", self.language.map(|language| language.word().to_owned())),
            ("official", self.official.map(|official| if official { "yes" } else { "no" }.to_owned())),
            ("sort", order),
            ("after", self.after.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/sources"), self.pairs())
    }

    /// Returns the query with `change` applied, reset to the first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = SourceQuery { after: None, ..self.clone() };
        change(&mut query);
        query
    }

    pub fn is_filtered(&self) -> bool {
        self.text.is_some() || self.kind.is_some() || self.language.is_some() || self.official.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "q=%E7%9F%AD%E5%89%A7&kind=news&language=zh&official=no&sort=facts&after=x";
        assert_eq!(SourceQuery::parse(raw).unwrap().href(Locale::Zh), format!("/zh/sources?{raw}"));
        assert_eq!(SourceQuery::parse("sort=newest").unwrap().href(Locale::En), "/en/sources");
    }

    #[test]
    fn changing_a_filter_goes_back_to_the_first_page() {
        let query = SourceQuery::parse("after=x&kind=news").unwrap();
        assert_eq!(
            query.with(|query| query.official = Some(true)).href(Locale::En),
            "/en/sources?kind=news&official=yes"
        );
    }
}
