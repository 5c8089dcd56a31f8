//! URL state of the subsidy list.

use super::model::SubsidyKind;
use crate::{
    error::QueryError,
    text::{
        Locale,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

vocabulary! {
    #[derive(Default)]
    pub enum SubsidyOrder {
        #[default]
        Newest = "newest", "Newest first", "最新在前";
        Oldest = "oldest", "Oldest first", "最早在前";
    }
}

vocabulary! {
    /// Type of recipient of an amount.
    pub enum Recipients {
        Named = "named", "a named recipient", "具名受助方";
        Scheme = "scheme", "a whole scheme", "整项计划";
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SubsidyQuery {
    pub text: Option<String>,
    pub kind: Option<SubsidyKind>,
    /// Id of a place; matches what was given there or in a place within it.
    pub place: Option<String>,
    pub recipients: Option<Recipients>,
    /// ISO 4217 code.
    pub currency: Option<String>,
    /// Year that the amount covers.
    pub year: Option<i32>,
    pub order: SubsidyOrder,
    /// Pagination cursor: id of the last amount of the previous page.
    pub after: Option<String>,
}

as_query_string!(SubsidyQuery);

impl SubsidyQuery {
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["q", "kind", "place", "to", "currency", "year", "sort", "after"])?;
        Ok(SubsidyQuery {
            text: query.text("q")?,
            kind: query.word("kind", SubsidyKind::WORDS)?,
            place: query.id("place")?,
            recipients: query.word("to", Recipients::WORDS)?,
            currency: query.id("currency")?,
            year: query.year("year")?,
            order: query.word("sort", SubsidyOrder::WORDS)?.unwrap_or_default(),
            after: query.id("after")?,
        })
    }

    /// Name and value of each parameter that differs from its default, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let order = (self.order != SubsidyOrder::default()).then(|| self.order.word().to_owned());
        [
            ("q", self.text.clone()),
            ("kind", self.kind.map(|kind| kind.word().to_owned())),
            ("place", self.place.clone()),
            ("to", self.recipients.map(|recipients| recipients.word().to_owned())),
            ("currency", self.currency.clone()),
            ("year", self.year.map(|year| year.to_string())),
            ("sort", order),
            ("after", self.after.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/subsidies"), self.pairs())
    }

    /// Returns the query with `change` applied, reset to the first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = SubsidyQuery { after: None, ..self.clone() };
        change(&mut query);
        query
    }

    pub fn is_filtered(&self) -> bool {
        let all = SubsidyQuery { order: self.order, after: self.after.clone(), ..Default::default() };
        *self != all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "q=film&kind=paid&place=shanghai&to=named&currency=CNY&year=2024&sort=oldest&after=x";
        assert_eq!(SubsidyQuery::parse(raw).unwrap().href(Locale::En), format!("/en/subsidies?{raw}"));
        assert!(!SubsidyQuery::parse("sort=oldest").unwrap().is_filtered());
        assert!(SubsidyQuery::parse("kind=promised").is_err());
    }
}
