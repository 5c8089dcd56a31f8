//! What is looked for, and what is found.

use serde::{Deserialize, Serialize};

use crate::{
    domain::{
        indicators::model::{Indicator, SeriesQuery},
        observations::model::Observation,
    },
    error::QueryError,
    text::{
        Locale, Named,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

vocabulary! {
    /// What a thing found is, in the order in which results stand.
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

/// What the search page shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    pub text: Option<String>,
    /// One kind of thing, of which more is then shown.
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

/// A thing found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub kind: ResultKind,
    pub named: Named,
    /// Below which id of its room it stands: an app and a person stand on the page of their organization. Of a figure the address of its
    /// page below the language.
    pub page: String,
    /// Where in the text the words stand, for the page's language.
    pub excerpt: Vec<Piece>,
    /// The figure, where it is one.
    pub figure: Option<Box<FoundFigure>>,
}

/// A figure found, with what it measures.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FoundFigure {
    pub indicator: Indicator,
    pub observation: Observation,
}

impl FoundFigure {
    pub fn new(indicator: &Indicator, observation: Observation) -> Self {
        FoundFigure { indicator: indicator.clone(), observation }
    }

    /// What tells it from every other figure of a state.
    fn id(&self) -> String {
        let Observation { entity, period, source, .. } = &self.observation;
        [&self.indicator.named.id, &entity.id, &period.start.to_string(), &period.end.to_string(), &source.id]
            .map(String::as_str)
            .join("~")
    }

    /// What it is called: what is measured, of what.
    fn named(&self) -> Named {
        let (indicator, entity) = (&self.indicator.named, &self.observation.entity);
        let zh = format!("{}：{}", entity.name(Locale::Zh), indicator.name(Locale::Zh));
        Named::new(self.id(), format!("{}: {}", entity.en, indicator.en), Some(zh))
    }

    /// The page of the indicator, narrowed to what the figure is of; below the language.
    fn page(&self) -> String {
        let query = SeriesQuery {
            entities: vec![self.observation.entity.id.clone()],
            producers: Vec::new(),
            all_rows: !self.observation.headline,
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
    /// Where it is found on the site.
    pub fn href(&self, locale: Locale) -> String {
        let (id, page) = (&self.named.id, &self.page);
        match self.kind {
            ResultKind::Figure => format!("/{locale}/{page}"),
            ResultKind::Indicator => format!("/{locale}/indicators/{id}"),
            ResultKind::Program => format!("/{locale}/programs/{id}"),
            ResultKind::Organization => format!("/{locale}/organizations/{id}"),
            ResultKind::App | ResultKind::Person => format!("/{locale}/organizations/{page}#{id}"),
            ResultKind::Place => format!("/{locale}/places/{id}"),
            ResultKind::Event => format!("/{locale}/events/{id}"),
            ResultKind::Subsidy => format!("/{locale}/subsidies/{id}"),
            ResultKind::Statement => format!("/{locale}/{page}#{id}"),
            ResultKind::Source => format!("/{locale}/sources/{id}"),
        }
    }
}

/// A stretch of text, and whether it is what was looked for.
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
