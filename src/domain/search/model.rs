//! Search queries and results.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        indicators::model::{Indicator, SeriesQuery},
        observations::model::Observation,
        registry::Noun,
    },
    error::QueryError,
    text::{
        Locale, Named,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

vocabulary! {
    /// Kind of a result, in the order in which results are shown.
    pub enum ResultKind {
        Figure = "figure", "Figures", "数据";
        Indicator = "indicator", "Indicators", "指标";
        Program = "program", "Programmes", "政策";
        Organization = "organization", "Companies and organizations", "企业与机构";
        App = "app", "Apps", "应用";
        Place = "place", "Places", "地区";
        Event = "event", "Events", "事件";
        Subsidy = "subsidy", "Subsidies", "补贴";
        Person = "person", "People", "人物";
        Statement = "statement", "Statements", "表述";
        Source = "source", "Sources", "来源";
    }
}

/// URL state of the search page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    pub text: Option<String>,
    /// Limits the results to one kind, and shows more of that kind.
    pub kind: Option<ResultKind>,
}

as_query_string!(SearchQuery);

impl SearchQuery {
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["q", "kind"])?;
        Ok(SearchQuery { text: query.text("q")?, kind: query.word("kind", ResultKind::WORDS)? })
    }

    /// Name and value of each parameter, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let text = self.text.clone().map(|text| ("q", text));
        let kind = self.kind.map(|kind| ("kind", kind.word().to_owned()));
        text.into_iter().chain(kind).collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/search"), self.pairs())
    }
}

/// A search result.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub kind: ResultKind,
    pub named: Named,
    /// Id of the page that contains the result, where that is not its own: for an app or a person, the id of their organization. For a
    /// figure or a statement, the path of its page without the language prefix.
    pub page: String,
    /// Excerpt with the matches marked, in the language of the page.
    pub excerpt: Vec<Piece>,
    /// The observation, if the result is one.
    pub figure: Option<Box<FoundFigure>>,
}

/// An observation found by the search, with its indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundFigure {
    pub indicator: Indicator,
    pub observation: Observation,
}

impl FoundFigure {
    pub fn new(indicator: &Indicator, observation: Observation) -> Self {
        FoundFigure { indicator: indicator.clone(), observation }
    }

    /// Id that is unique among the observations of a revision.
    fn id(&self) -> String {
        let Observation { entity, period, source, .. } = &self.observation;
        [&self.indicator.named.id, &entity.id, &period.start.to_string(), &period.end.to_string(), &source.id]
            .map(String::as_str)
            .join("~")
    }

    /// Name of the result: the indicator and the entity.
    fn named(&self) -> Named {
        let (indicator, entity) = (&self.indicator.named, &self.observation.entity);
        let zh = format!("{}：{}", entity.name(Locale::Zh), indicator.name(Locale::Zh));
        Named::new(self.id(), format!("{}: {}", entity.en, indicator.en), Some(zh))
    }

    /// Path of the indicator's page, filtered to the entity of the observation, without the language prefix.
    fn page(&self) -> String {
        let query = SeriesQuery {
            entities: vec![self.observation.entity.id.clone()],
            all_rows: !self.observation.headline,
            ..SeriesQuery::default()
        };
        href(&format!("indicators/{}", self.indicator.named.id), query.pairs())
    }
}

impl From<FoundFigure> for Hit {
    fn from(figure: FoundFigure) -> Hit {
        Hit {
            kind: ResultKind::Figure,
            named: figure.named(),
            page: figure.page(),
            excerpt: Vec::new(),
            figure: Some(Box::new(figure)),
        }
    }
}

impl Hit {
    /// URL of the result.
    pub fn href(&self, locale: Locale) -> String {
        let (id, page) = (&self.named.id, &self.page);
        let of = |noun: Noun, id: &str| format!("/{locale}/{}/{id}", noun.word());
        match self.kind {
            ResultKind::Figure => format!("/{locale}/{page}"),
            ResultKind::Indicator => of(Noun::Indicators, id),
            ResultKind::Program => of(Noun::Programs, id),
            ResultKind::Organization => of(Noun::Organizations, id),
            ResultKind::App | ResultKind::Person => format!("{}#{id}", of(Noun::Organizations, page)),
            ResultKind::Place => of(Noun::Places, id),
            ResultKind::Event => of(Noun::Events, id),
            ResultKind::Subsidy => of(Noun::Subsidies, id),
            ResultKind::Statement => format!("/{locale}/{page}#{id}"),
            ResultKind::Source => of(Noun::Sources, id),
        }
    }
}

/// A piece of text, and whether it is a match.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    pub text: String,
    pub hit: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let query = SearchQuery::parse("q=%E6%B5%A6%E4%B8%9C&kind=program").unwrap();
        assert_eq!(query.text.as_deref(), Some("浦东"));
        assert_eq!(query.href(Locale::Zh), "/zh/search?q=%E6%B5%A6%E4%B8%9C&kind=program");
        assert!(SearchQuery::parse("kind=rumour").is_err());
    }
}
