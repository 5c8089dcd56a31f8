//! URL state of a brief.

use serde::{Deserialize, Serialize};

use crate::{
    error::{QueryError, QueryProblem},
    text::{
        Locale,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

vocabulary! {
    /// What a brief, or an item of a reader's own brief, is about.
    pub enum BriefKind {
        Place = "place", "Place", "地区";
        Program = "program", "Programme", "政策";
        Organization = "organization", "Organization", "机构";
        Indicator = "indicator", "Indicator", "指标";
        Subsidy = "subsidy", "Subsidy", "补贴";
        Explore = "explore", "Chart", "图表";
        Figure = "figure", "Figure", "数据";
    }
}

impl BriefKind {
    /// Kinds that have a brief of their own; the others only stand in a reader's.
    pub const OWN: [BriefKind; 4] =
        [BriefKind::Place, BriefKind::Program, BriefKind::Organization, BriefKind::Indicator];

    /// Path segment of the pages of the kind.
    pub fn room(self) -> &'static str {
        match self {
            BriefKind::Place => "places",
            BriefKind::Program => "programs",
            BriefKind::Organization => "organizations",
            BriefKind::Indicator | BriefKind::Figure => "indicators",
            BriefKind::Subsidy => "subsidies",
            BriefKind::Explore => "explore",
        }
    }
}

/// One thing in a brief.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BriefItem {
    pub kind: BriefKind,
    /// Id of the row; of a chart of the explore page its query string; of a figure the indicator with the query string of its history,
    /// as in `market-revenue?entity=china&period=2025`.
    pub id: String,
}

impl BriefItem {
    /// Returns the item that a page shows: the page of a row, or a chart of the explore page. `path` is without the language.
    pub fn of_page(path: &str, search: &str) -> Option<BriefItem> {
        let mut segments = path.trim_matches('/').split('/');
        let (room, id) = (segments.next()?, segments.next());
        let (_, kind) = BriefKind::WORDS.iter().find(|(_, kind)| kind.room() == room)?;
        let id = match (kind, id, segments.next()) {
            (BriefKind::Explore, None, _) if !search.is_empty() => search.trim_start_matches('?'),
            (BriefKind::Explore, ..) => return None,
            (BriefKind::Indicator, Some(id), Some("history"))
                if !search.is_empty() && segments.next().is_none() =>
            {
                return Some(BriefItem::figure(id, search.trim_start_matches('?')));
            }
            // Pages that stand beside those of rows.
            (_, Some("compare" | "match" | "screen"), _) => return None,
            (_, Some(id), None) => id,
            _ => return None,
        };
        Some(BriefItem { kind: *kind, id: id.to_owned() })
    }

    /// Returns the item for a figure: its indicator, and the query string of its history.
    pub fn figure(indicator: &str, search: &str) -> BriefItem {
        BriefItem { kind: BriefKind::Figure, id: format!("{indicator}?{search}") }
    }

    /// Returns the indicator of a figure, and the query string of its history.
    pub fn figure_parts(&self) -> Option<(&str, &str)> {
        self.id.split_once('?').filter(|_| self.kind == BriefKind::Figure)
    }

    fn parse(word: &str) -> Option<BriefItem> {
        let (kind, id) = word.split_once(':')?;
        Some(BriefItem { kind: kind.parse().ok()?, id: id.to_owned() }).filter(|item| !item.id.is_empty())
    }

    /// The item as it stands in an address: `program:pudong-visa`.
    pub fn word(&self) -> String {
        format!("{}:{}", self.kind.word(), self.id)
    }

    /// Path of the page that the item is taken from.
    pub fn page(&self, locale: Locale) -> String {
        let room = self.kind.room();
        match (self.kind, self.figure_parts()) {
            (BriefKind::Explore, _) => format!("/{locale}/{room}?{}", self.id),
            (_, Some((indicator, search))) => format!("/{locale}/{room}/{indicator}/history?{search}"),
            _ => format!("/{locale}/{room}/{}", self.id),
        }
    }

    /// Path of the item’s own brief, if its kind has one.
    pub fn brief(&self, locale: Locale) -> Option<String> {
        let has_one = BriefKind::OWN.contains(&self.kind);
        has_one.then(|| format!("/{locale}/brief/{}/{}", self.kind.word(), self.id))
    }
}

/// Query string of a brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BriefQuery {
    /// The things in a reader’s own brief, in order; empty for the brief of one thing.
    pub items: Vec<BriefItem>,
    /// Number of A4 pages that it may fill.
    pub pages: u8,
}

as_query_string!(BriefQuery);

impl Default for BriefQuery {
    fn default() -> Self {
        BriefQuery { items: Vec::new(), pages: 1 }
    }
}

const PAGES: [(&str, u8); 2] = [("1", 1), ("2", 2)];

impl BriefQuery {
    /// Maximum number of things in a reader’s own brief.
    pub const MAX: usize = 12;

    /// Parses the query string of a reader’s own brief.
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["item", "pages"])?;
        let item = |word: String| {
            BriefItem::parse(&word).ok_or_else(|| QueryError::new("item", &word, QueryProblem::NothingThere))
        };
        Ok(BriefQuery {
            items: query.ids("item", Self::MAX)?.into_iter().map(item).collect::<Result<_, _>>()?,
            pages: query.word("pages", &PAGES)?.unwrap_or(1),
        })
    }

    /// Parses the query string of the brief of one thing.
    pub fn parse_of_one(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&["pages"])?;
        Ok(BriefQuery { items: Vec::new(), pages: query.word("pages", &PAGES)?.unwrap_or(1) })
    }

    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let items = self.items.iter().map(|item| ("item", item.word()));
        let pages = (self.pages != 1).then(|| ("pages", self.pages.to_string()));
        items.chain(pages).collect()
    }

    /// Address of a reader’s own brief.
    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/brief"), self.pairs())
    }

    /// The same brief without an item.
    pub fn without(&self, at: usize) -> BriefQuery {
        let mut query = self.clone();
        if at < query.items.len() {
            query.items.remove(at);
        }
        query
    }

    /// The same brief with an item before the one that it follows.
    pub fn raised(&self, at: usize) -> BriefQuery {
        let mut query = self.clone();
        if (1..query.items.len()).contains(&at) {
            query.items.swap(at - 1, at);
        }
        query
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stay_in_order_and_an_unknown_kind_is_named() {
        let raw = "item=program:pudong-visa&item=explore:preset%3Dforecasts&pages=2";
        let query = BriefQuery::parse(raw).unwrap();
        assert_eq!(query.items[1].id, "preset=forecasts");
        assert_eq!(
            query.href(Locale::En),
            "/en/brief?item=program%3Apudong-visa&item=explore%3Apreset%3Dforecasts&pages=2"
        );
        assert_eq!(query.raised(1).items[0].kind, BriefKind::Explore);
        assert_eq!(query.without(0).items.len(), 1);
        for raw in ["item=nothing:x", "item=program:", "item=program"] {
            let error = BriefQuery::parse(raw).unwrap_err();
            assert_eq!(
                (error.parameter.as_str(), error.problem),
                ("item", QueryProblem::NothingThere),
                "{raw}"
            );
        }
    }

    #[test]
    fn at_most_twelve_items_are_taken() {
        let raw = |count: usize| {
            let items: Vec<String> = (0..count).map(|at| format!("item=program:p{at}")).collect();
            items.join("&")
        };
        assert_eq!(BriefQuery::parse(&raw(12)).unwrap().items.len(), 12);
        assert_eq!(BriefQuery::parse(&raw(13)).unwrap_err().problem, QueryProblem::TooMany { most: 12 });
        assert_eq!(BriefQuery::parse("pages=3").unwrap_err().parameter, "pages");
        assert_eq!(BriefQuery::parse_of_one("item=program:x").unwrap_err().parameter, "item");
    }

    #[test]
    fn pages_of_rows_and_charts_become_items() {
        let of = |path, search| BriefItem::of_page(path, search).map(|item| item.word());
        assert_eq!(of("/programs/pudong-visa", ""), Some("program:pudong-visa".into()));
        assert_eq!(of("/explore", "?preset=forecasts"), Some("explore:preset=forecasts".into()));
        let figure = BriefItem::of_page("/indicators/x/history", "entity=china&period=2025").unwrap();
        assert_eq!(figure.word(), "figure:x?entity=china&period=2025");
        assert_eq!(figure.page(Locale::En), "/en/indicators/x/history?entity=china&period=2025");
        for path in [
            "/indicators/x/history",
            "/programs",
            "/programs/compare",
            "/programs/x/changes",
            "/explore",
            "/events/x",
            "/",
        ] {
            assert_eq!(of(path, ""), None, "{path}");
        }
    }
}
