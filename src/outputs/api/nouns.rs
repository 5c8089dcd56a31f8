//! Nouns of the API, and the parameters that each accepts.

use futures_util::future::BoxFuture;

use crate::domain::{
    changes::query::ChangeQuery,
    events::query::EventQuery,
    indicators::{model::ChartFrequency, query::IndicatorQuery},
    listing::parameter::{Field, ListQuery, Takes},
    organizations::query::OrganizationQuery,
    programs::query::ProgramQuery,
    registry::Noun,
    revisions::Snapshot,
    sources::query::SourceQuery,
    subsidies::query::{INTO, SubsidyQuery},
    table::{Table, TableSchema},
};
use crate::{
    error::AppError,
    outputs::files::{entities, observations, organizations, sources},
    text::Locale,
};

/// Documentation of a parameter.
pub struct Parameter {
    pub name: &'static str,
    pub takes: Takes,
    pub about: &'static str,
    /// Value used where the address has none; without a default every value passes.
    pub default: Option<&'static str>,
}

impl Parameter {
    fn or(self, default: &'static str) -> Parameter {
        Parameter { default: Some(default), ..self }
    }
}

/// Where the rows of a list come from.
#[derive(Clone, Copy)]
pub enum Rows {
    /// The list of a noun with pages; each row is also served by itself, with the rows linked to it.
    Listed(Noun),
    /// Observations of every indicator. They are too many to be read whole.
    Observations,
    /// Published revisions.
    Revisions,
    /// What revisions changed, newest first.
    Changes,
    /// All rows of a table, without filters.
    Whole { table: &'static str, read: ReadWhole },
    /// Results of the search. They are ranked, so they are not read page by page.
    Results,
}

type ReadWhole = for<'a> fn(&'a Snapshot, Locale) -> BoxFuture<'a, Result<Table, AppError>>;

/// A list of the API.
pub struct Resource {
    pub name: &'static str,
    pub rows: Rows,
    pub schema: fn() -> &'static TableSchema,
    pub about: &'static str,
    pub parameters: fn() -> Vec<Parameter>,
    /// An id from the shipped data, for examples.
    pub example: &'static str,
}

impl Resource {
    /// Returns the noun whose pages show the rows, if they have pages of their own.
    pub fn noun(&self) -> Option<Noun> {
        match self.rows {
            Rows::Listed(noun) => Some(noun),
            _ => None,
        }
    }

    /// Returns the database table of the rows.
    pub fn table(&self) -> Option<&'static str> {
        match self.rows {
            Rows::Listed(noun) => Some(noun.table()),
            Rows::Observations => Some("observation"),
            Rows::Revisions => Some("revision"),
            Rows::Whole { table, .. } => Some(table),
            Rows::Changes | Rows::Results => None,
        }
    }
}

pub fn words<T>(words: &[(&'static str, T)]) -> Takes {
    Takes::Words(words.iter().map(|(word, _)| *word).collect())
}

pub fn parameter(name: &'static str, takes: Takes, about: &'static str) -> Parameter {
    Parameter { name, takes, about, default: None }
}

/// Documentation of the parameters of a list. The pagination cursor is among those that every list of the API accepts.
fn of_list<Q: ListQuery>() -> Vec<Parameter> {
    let own = Q::PARAMETERS.iter().filter(|parameter| !matches!(parameter.field, Field::Cursor(_)));
    own.map(|own| Parameter { name: own.name, takes: own.takes(), about: own.about, default: own.default() })
        .collect()
}

/// Every noun, in the order of the documentation.
pub static NOUNS: [Resource; 16] = [
    Resource {
        name: "indicators",
        rows: Rows::Listed(Noun::Indicators),
        schema: crate::outputs::files::indicators::columns::schema,
        about: "Indicators: definition, unit and topic of each quantity measured.",
        parameters: of_list::<IndicatorQuery>,
        example: "domestic-market-revenue",
    },
    Resource {
        name: "observations",
        rows: Rows::Observations,
        schema: crate::outputs::files::observations::columns::schema,
        about: "One value or range of an indicator for an entity and a period, by a producer, seen in a source.",
        parameters: || {
            vec![
                parameter("indicator", Takes::Ids("indicators"), "Indicators; default: all."),
                parameter(
                    "entity",
                    Takes::Ids("entities"),
                    "Entities that the observations are about; default: all.",
                ),
                parameter(
                    "producer",
                    Takes::Ids("producers"),
                    "Producers of the observations; default: all.",
                ),
                parameter("source", Takes::Ids("sources"), "Sources of the observations; default: all."),
                parameter(
                    "rows",
                    Takes::Words(vec!["all", "headline"]),
                    "All rows, or headline rows: one at most per indicator, entity, producer and period.",
                )
                .or("all"),
            ]
        },
        example: "",
    },
    Resource {
        name: "breaks",
        rows: Rows::Whole {
            table: "series_break",
            read: |snapshot, locale| Box::pin(observations::breaks::all(snapshot, locale)),
        },
        schema: observations::breaks::schema,
        about: "Breaks: days from which the figures of a series count something else: another scope, method, basis or consolidation.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "programs",
        rows: Rows::Listed(Noun::Programs),
        schema: crate::outputs::files::programs::columns::schema,
        about: "Incentive measures and packages of measures.",
        parameters: of_list::<ProgramQuery>,
        example: "pudong-10-package",
    },
    Resource {
        name: "subsidies",
        rows: Rows::Listed(Noun::Subsidies),
        schema: crate::outputs::files::subsidies::columns::schema,
        about: "Amounts of public money: budgeted, approved, paid or disclosed, never to be added to each other.",
        parameters: of_list::<SubsidyQuery>,
        example: "",
    },
    Resource {
        name: "organizations",
        rows: Rows::Listed(Noun::Organizations),
        schema: crate::outputs::files::organizations::columns::schema,
        about: "Companies, funds, associations and agencies, with their status in Pudong.",
        parameters: of_list::<OrganizationQuery>,
        example: "crazy-maple-studio",
    },
    Resource {
        name: "events",
        rows: Rows::Listed(Noun::Events),
        schema: crate::outputs::files::events::columns::schema,
        about: "Dated events: policies, agreements, summits, investments, listings, openings.",
        parameters: of_list::<EventQuery>,
        example: "",
    },
    Resource {
        name: "places",
        rows: Rows::Listed(Noun::Places),
        schema: crate::outputs::files::entities::columns::schema,
        about: "Places, with how much is known of each.",
        parameters: Vec::new,
        example: "shanghai-pudong",
    },
    Resource {
        name: "sources",
        rows: Rows::Listed(Noun::Sources),
        schema: crate::outputs::files::sources::columns::schema,
        about: "Sources: every page, report and filing that data was taken from.",
        parameters: of_list::<SourceQuery>,
        example: "yicai-2025-12-08",
    },
    Resource {
        name: "producers",
        rows: Rows::Whole {
            table: "producer",
            read: |snapshot, locale| Box::pin(sources::columns::all_producers(snapshot, locale)),
        },
        schema: crate::outputs::files::sources::columns::producers,
        about: "Producers: bodies that measured or estimated figures.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "entities",
        rows: Rows::Whole {
            table: "entity",
            read: |snapshot, locale| Box::pin(entities::columns::all_entities(snapshot, locale)),
        },
        schema: crate::outputs::files::entities::columns::entities,
        about: "Everything a figure may be about: places, organizations, apps, works, groups.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "apps",
        rows: Rows::Whole {
            table: "app",
            read: |snapshot, locale| Box::pin(organizations::document::apps(snapshot, locale)),
        },
        schema: crate::outputs::files::organizations::columns::apps,
        about: "Apps and their operators.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "people",
        rows: Rows::Whole {
            table: "person",
            read: |snapshot, locale| Box::pin(organizations::document::people(snapshot, locale)),
        },
        schema: crate::outputs::files::organizations::columns::people,
        about: "Public figures quoted in their office.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "statements",
        rows: Rows::Whole {
            table: "statement",
            read: |snapshot, locale| Box::pin(organizations::document::statements(snapshot, locale)),
        },
        schema: crate::outputs::files::organizations::columns::statements,
        about: "Statements and reports other than numbers, paraphrased.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "revisions",
        rows: Rows::Revisions,
        schema: crate::outputs::files::revisions::columns::schema,
        about: "Published revisions of the data.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "changes",
        rows: Rows::Changes,
        schema: crate::outputs::files::changes::columns::schema,
        about: "What revisions added, corrected and withdrew, newest first: one row for each corrected cell, from and to, and for each row \
                that was added or withdrawn. limit counts changed rows of the data set; all cells of one stand on one page.",
        parameters: of_list::<ChangeQuery>,
        example: "",
    },
];

/// Returns the parameters of one row of a noun: those of its page.
pub fn of_one(noun: Noun) -> Vec<Parameter> {
    match noun {
        Noun::Indicators => vec![
            parameter(
                "entity",
                Takes::Ids("entities"),
                "Entities of the linked observations; default: those with most observations.",
            ),
            parameter(
                "every",
                Takes::Words(ChartFrequency::WORDS.iter().map(|(word, _)| *word).collect()),
                "Length of the periods that the linked page draws; default: that of the longest line.",
            ),
            parameter(
                "producer",
                Takes::Ids("producers"),
                "Producers of the linked observations; default: all.",
            ),
            parameter(
                "rows",
                Takes::Words(vec!["headline", "all"]),
                "Headline rows, or all rows of the entities.",
            )
            .or("headline"),
        ],
        Noun::Programs => {
            of_list::<ProgramQuery>().into_iter().filter(|parameter| parameter.name == "on").collect()
        }
        Noun::Subsidies => {
            of_list::<SubsidyQuery>().into_iter().filter(|parameter| parameter.name == INTO).collect()
        }
        Noun::Organizations | Noun::Events | Noun::Places | Noun::Sources => Vec::new(),
    }
}

pub fn named(name: &str) -> Option<&'static Resource> {
    NOUNS.iter().find(|resource| resource.name == name)
}

/// Returns the list with the rows of a database table.
pub fn of_table(table: &str) -> Option<&'static Resource> {
    NOUNS.iter().find(|resource| resource.table() == Some(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_noun_with_pages_is_a_list_of_its_name() {
        for noun in Noun::all() {
            let resources: Vec<&Resource> =
                NOUNS.iter().filter(|resource| resource.noun() == Some(noun)).collect();
            assert_eq!(resources.len(), 1, "{noun:?} is not in NOUNS once");
            assert_eq!(resources[0].name, noun.word());
            assert_eq!((resources[0].schema)().name, noun.word());
        }
    }
}
