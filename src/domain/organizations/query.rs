//! URL state of the organization list.

use super::model::{OrganizationKind, PudongStatus};
use crate::{
    error::QueryError,
    text::{
        Locale,
        query::{Query, as_query_string, href},
    },
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrganizationQuery {
    pub text: Option<String>,
    pub pudong: Option<PudongStatus>,
    pub kind: Option<OrganizationKind>,
    /// Id of a place; matches head offices there or in a place within it.
    pub place: Option<String>,
    pub listed: Option<bool>,
    /// Pagination cursor: id of the last organization of the previous page.
    pub after: Option<String>,
}

as_query_string!(OrganizationQuery);

impl OrganizationQuery {
    const LISTED: [(&str, bool); 2] = [("yes", true), ("no", false)];

    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["q", "pudong", "kind", "place", "listed", "after"])?;
        Ok(OrganizationQuery {
            text: query.text("q")?,
            pudong: query.word("pudong", PudongStatus::WORDS)?,
            kind: query.word("kind", OrganizationKind::WORDS)?,
            place: query.id("place")?,
            listed: query.word("listed", &Self::LISTED)?,
            after: query.id("after")?,
        })
    }

    /// Name and value of each parameter that differs from its default, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        [
            ("q", self.text.clone()),
            ("pudong", self.pudong.map(|status| status.word().to_owned())),
            ("kind", self.kind.map(|kind| kind.word().to_owned())),
            ("place", self.place.clone()),
            ("listed", self.listed.map(|listed| if listed { "yes" } else { "no" }.to_owned())),
            ("after", self.after.clone()),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value?)))
        .collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/organizations"), self.pairs())
    }

    /// Returns the query with `change` applied, reset to the first page.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = OrganizationQuery { after: None, ..self.clone() };
        change(&mut query);
        query
    }

    pub fn is_filtered(&self) -> bool {
        *self != OrganizationQuery { after: self.after.clone(), ..Default::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_reads_back_as_it_was_written() {
        let raw = "q=maple&pudong=overseas-hq-signed&kind=company&place=us&listed=no&after=x";
        assert_eq!(
            OrganizationQuery::parse(raw).unwrap().href(Locale::En),
            format!("/en/organizations?{raw}")
        );
        assert!(OrganizationQuery::parse("pudong=perhaps").is_err());
        assert!(!OrganizationQuery::parse("after=x").unwrap().is_filtered());
    }
}
