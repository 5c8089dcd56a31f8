//! All sources of a state in brief, and how choosing narrows them.

use super::model::{Language, SourceKind, SourceOrder, SourceQuery};
use crate::domain::listing::{self, Briefs, Found, Narrow};

/// A source in brief.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub id: Box<str>,
    pub kind: SourceKind,
    pub language: Language,
    pub official: bool,
    /// As precise as known; empty if nobody says.
    pub published_on: Box<str>,
    /// Observations taken from it.
    pub figures: i64,
    /// Other rows that name it.
    pub others: i64,
}

impl listing::Brief for Brief {
    fn id(&self) -> &str {
        &self.id
    }
}

/// All sources of a state.
#[derive(Clone, Debug)]
pub struct Catalogue(pub Briefs<Brief>);

impl Catalogue {
    pub fn new(rows: Vec<Brief>) -> Self {
        let order = |order: usize, a: &Brief, b: &Brief| {
            let first = match SourceOrder::WORDS[order].1 {
                SourceOrder::Newest => b.published_on.cmp(&a.published_on),
                SourceOrder::Facts => (b.figures + b.others).cmp(&(a.figures + a.others)),
            };
            first.then_with(|| b.id.cmp(&a.id))
        };
        Catalogue(Briefs::new(rows, SourceOrder::WORDS.len(), order))
    }

    pub fn in_order<'a>(&'a self, order: SourceOrder, found: &'a Found) -> impl Iterator<Item = &'a Brief> {
        self.0.in_order(order as usize, found)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    Kind,
    Language,
    Official,
}

impl Narrow<Brief> for SourceQuery {
    type Filter = Filter;
    const FILTERS: &'static [Filter] = &[Filter::Kind, Filter::Language, Filter::Official];

    fn passes(&self, row: &Brief, filter: Filter) -> bool {
        match filter {
            Filter::Kind => self.kind.is_none_or(|kind| kind == row.kind),
            Filter::Language => self.language.is_none_or(|language| language == row.language),
            Filter::Official => self.official.is_none_or(|official| official == row.official),
        }
    }
}
