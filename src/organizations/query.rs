//! What the list of organizations shows, and how choosing narrows it.

use serde::{Deserialize, Serialize};

use super::model::{Organization, OrganizationKind, PudongStatus};
use crate::{
    entities::model::Places,
    error::QueryError,
    listing::Narrow,
    query::{Query, href},
    text::Locale,
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationQuery {
    pub text: Option<String>,
    pub pudong: Option<PudongStatus>,
    pub kind: Option<OrganizationKind>,
    /// The id of a place: those seated there or within it.
    pub place: Option<String>,
    pub listed: Option<bool>,
    /// The id of the last organization of the page before.
    pub after: Option<String>,
}

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

    /// Name and value of each parameter that differs from the default, in canonical order.
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

    /// The same list from its first page, changed as told.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = OrganizationQuery { after: None, ..self.clone() };
        change(&mut query);
        query
    }

    pub fn is_filtered(&self) -> bool {
        *self != OrganizationQuery { after: self.after.clone(), ..Default::default() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Pudong,
    Kind,
    Place,
    Listed,
}

pub struct Narrowing<'a> {
    pub query: &'a OrganizationQuery,
    pub places: &'a Places,
}

impl Narrow<Organization> for Narrowing<'_> {
    type Filter = Filter;
    const FILTERS: &'static [Filter] = &[Filter::Pudong, Filter::Kind, Filter::Place, Filter::Listed];

    fn passes(&self, row: &Organization, filter: Filter) -> bool {
        let query = self.query;
        match filter {
            Filter::Pudong => query.pudong.is_none_or(|status| status == row.pudong),
            Filter::Kind => query.kind.is_none_or(|kind| kind == row.kind),
            Filter::Place => query.place.as_ref().is_none_or(|larger| {
                row.seat.as_ref().is_some_and(|seat| self.places.within(&seat.id, larger))
            }),
            Filter::Listed => query.listed.is_none_or(|listed| listed == row.ticker.is_some()),
        }
    }
}

/// Companies first; among them those with most to do with Pudong; then by name.
pub fn sort(rows: &mut [Organization]) {
    rows.sort_by(|a, b| (a.kind, a.pudong, &a.named).cmp(&(b.kind, b.pudong, &b.named)));
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
