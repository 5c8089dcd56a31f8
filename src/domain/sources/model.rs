//! A source is the published page, report or filing in which a figure was seen. A producer is the body that measured it.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    text::{Bilingual, Language, Locale, Named, PartialDate},
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
    /// Publisher in English or pinyin.
    pub publisher: String,
    pub publisher_zh: Option<String>,
    pub published_on: Option<PartialDate>,
    pub url: String,
    pub language: Language,
    pub official: bool,
}

/// Sources named in the notes of a page, by id. The page links to them.
pub type Mentioned = Arc<BTreeMap<String, SourceRef>>;

impl SourceRef {
    /// Publisher for readers of a language.
    pub fn publisher(&self, locale: Locale) -> &str {
        locale.pick(None, self.publisher_zh.as_deref()).unwrap_or(&self.publisher)
    }

    /// Formats a short citation for a figure: `CNSA, 8 Dec 2025`.
    pub fn short(&self, locale: Locale) -> String {
        match self.published_on {
            Some(date) => {
                format!("{}{}{}", self.publisher(locale), locale.pick(", ", "，"), date.label(locale))
            }
            None => self.publisher(locale).to_owned(),
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

/// A source with all its details.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    pub cited: SourceRef,
    pub author: Option<String>,
    pub kind: SourceKind,
    pub keywords: Vec<String>,
    pub note: Bilingual,
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

/// Sources of which it cannot be said whether they had been published on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Undated {
    /// The first of them, by id.
    pub rows: Vec<SourceRow>,
    pub total: usize,
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
