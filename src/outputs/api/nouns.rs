//! The nouns of the API, and which parameters each takes.

use crate::domain::{
    events::model::EventKind,
    indicators::model::Topic,
    organizations::model::{OrganizationKind, PudongStatus},
    programs::{
        model::{GovernmentLevel, Instrument, ProgramStanding},
        query::{OfferKind, ProgramOrder},
    },
    sources::model::{Language, SourceKind, SourceOrder},
    subsidies::{
        model::SubsidyKind,
        query::{Recipients, SubsidyOrder},
    },
    table::TableSchema,
};

/// What a parameter takes.
pub enum Takes {
    /// Some text, at most 100 characters.
    Text,
    /// The id of something of this noun.
    Id(&'static str),
    /// Ids, the parameter repeated.
    Ids(&'static str),
    Year,
    Day,
    Words(Vec<&'static str>),
    Currency,
}

pub struct Parameter {
    pub name: &'static str,
    pub takes: Takes,
    pub about: &'static str,
    /// The word that stands for it where the address has none; without one every value passes.
    pub default: Option<&'static str>,
}

impl Parameter {
    fn or(self, default: &'static str) -> Parameter {
        Parameter { default: Some(default), ..self }
    }
}

/// A noun: its list and, where it has pages of its own, one of it.
pub struct Resource {
    pub name: &'static str,
    pub has_details: bool,
    pub schema: fn() -> &'static TableSchema,
    pub about: &'static str,
    pub parameters: fn() -> Vec<Parameter>,
    /// An id that the shipped data has, for examples.
    pub example: &'static str,
}

pub fn words<T>(words: &[(&'static str, T)]) -> Takes {
    Takes::Words(words.iter().map(|(word, _)| *word).collect())
}

pub fn parameter(name: &'static str, takes: Takes, about: &'static str) -> Parameter {
    Parameter { name, takes, about, default: None }
}

fn text() -> Parameter {
    parameter("q", Takes::Text, "Words in names, titles and notes, in either language.")
}

fn place() -> Parameter {
    parameter("place", Takes::Id("places"), "A place: what is in it or within it.")
}

/// Every noun, in the order of the documentation.
pub static NOUNS: [Resource; 14] = [
    Resource {
        name: "indicators",
        has_details: true,
        schema: crate::outputs::files::indicators::columns::schema,
        about: "What is measured: definition, unit, topic.",
        parameters: || vec![text(), parameter("topic", words(Topic::WORDS), "The topic.")],
        example: "domestic-market-revenue",
    },
    Resource {
        name: "observations",
        has_details: false,
        schema: crate::outputs::files::observations::columns::schema,
        about: "One value or range of an indicator for an entity and a period, by a producer, seen in a source.",
        parameters: || {
            vec![
                parameter(
                    "indicator",
                    Takes::Ids("indicators"),
                    "What was measured; every indicator without it.",
                ),
                parameter(
                    "entity",
                    Takes::Ids("entities"),
                    "What the figures are about; everything without it.",
                ),
                parameter("producer", Takes::Ids("producers"), "Who measured; everyone without it."),
                parameter("source", Takes::Ids("sources"), "Where they were seen; everywhere without it."),
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
        name: "programs",
        has_details: true,
        schema: crate::outputs::files::programs::columns::schema,
        about: "Incentive measures and packages of measures.",
        parameters: || {
            vec![
                text(),
                place(),
                parameter("level", words(GovernmentLevel::WORDS), "Whose hand gives."),
                parameter("instrument", words(Instrument::WORDS), "The kind of support."),
                parameter(
                    "offer",
                    Takes::Words(OfferKind::words().iter().map(|(word, _)| *word).collect()),
                    "The kind of amount offered, or none.",
                ),
                parameter("status", words(ProgramStanding::WORDS), "Where it stands on the day asked about."),
                parameter("year", Takes::Year, "The year of announcement."),
                parameter(
                    "on",
                    Takes::Day,
                    "The day asked about; without it today, or of an older state the day of its publication.",
                ),
                parameter("sort", words(ProgramOrder::WORDS), "The order.").or("newest"),
            ]
        },
        example: "pudong-10-package",
    },
    Resource {
        name: "subsidies",
        has_details: true,
        schema: crate::outputs::files::subsidies::columns::schema,
        about: "Amounts of public money: budgeted, approved, paid or disclosed, never to be added to each other.",
        parameters: || {
            vec![
                text(),
                parameter("kind", words(SubsidyKind::WORDS), "How far the money has come."),
                place(),
                parameter("to", words(Recipients::WORDS), "Whether the recipient is named."),
                parameter("currency", Takes::Currency, "ISO 4217 code."),
                parameter("year", Takes::Year, "The year the amount is about."),
                parameter("sort", words(SubsidyOrder::WORDS), "The order.").or("newest"),
            ]
        },
        example: "",
    },
    Resource {
        name: "organizations",
        has_details: true,
        schema: crate::outputs::files::organizations::columns::schema,
        about: "Companies, funds, associations and agencies, with their status in Pudong.",
        parameters: || {
            vec![
                text(),
                parameter(
                    "pudong",
                    words(PudongStatus::WORDS),
                    "What it is to Pudong: signed is not opened.",
                ),
                parameter("kind", words(OrganizationKind::WORDS), "The kind."),
                place(),
                parameter("listed", Takes::Words(vec!["yes", "no"]), "Whether it has a ticker."),
            ]
        },
        example: "crazy-maple-studio",
    },
    Resource {
        name: "events",
        has_details: true,
        schema: crate::outputs::files::events::columns::schema,
        about: "Dated events: policies, agreements, summits, investments, listings, openings.",
        parameters: || {
            vec![
                text(),
                parameter("kind", words(EventKind::WORDS), "The kind."),
                place(),
                parameter("organization", Takes::Id("organizations"), "An organization that took part."),
                parameter("year", Takes::Year, "The year."),
            ]
        },
        example: "",
    },
    Resource {
        name: "places",
        has_details: true,
        schema: crate::outputs::files::entities::columns::schema,
        about: "Places, with how much is known of each.",
        parameters: Vec::new,
        example: "shanghai-pudong",
    },
    Resource {
        name: "sources",
        has_details: true,
        schema: crate::outputs::files::sources::columns::schema,
        about: "Every page, report and filing from which something was taken.",
        parameters: || {
            vec![
                text(),
                parameter("kind", words(SourceKind::WORDS), "The kind."),
                parameter("language", words(Language::WORDS), "ISO 639-1 code."),
                parameter("official", Takes::Words(vec!["yes", "no"]), "Whether it is official."),
                parameter("sort", words(SourceOrder::WORDS), "The order.").or("newest"),
            ]
        },
        example: "yicai-2025-12-08",
    },
    Resource {
        name: "producers",
        has_details: false,
        schema: crate::outputs::files::sources::columns::producers,
        about: "Who measured or estimated figures.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "entities",
        has_details: false,
        schema: crate::outputs::files::entities::columns::entities,
        about: "Everything a figure may be about: places, organizations, apps, works, groups.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "apps",
        has_details: false,
        schema: crate::outputs::files::organizations::columns::apps,
        about: "Apps and who runs them.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "people",
        has_details: false,
        schema: crate::outputs::files::organizations::columns::people,
        about: "Public figures quoted in their office.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "statements",
        has_details: false,
        schema: crate::outputs::files::organizations::columns::statements,
        about: "What was said or reported that is not a number, in our own words.",
        parameters: Vec::new,
        example: "",
    },
    Resource {
        name: "revisions",
        has_details: false,
        schema: crate::outputs::files::revisions::columns::schema,
        about: "Every published state of the data.",
        parameters: Vec::new,
        example: "",
    },
];

/// What `/api/v1/indicators/{id}` takes: the choices of the indicator's page.
pub fn of_indicator_page() -> Vec<Parameter> {
    vec![
        parameter(
            "entity",
            Takes::Ids("entities"),
            "What the linked figures are about; those with most figures without it.",
        ),
        parameter(
            "producer",
            Takes::Ids("producers"),
            "Who measured the linked figures; everyone without it.",
        ),
        parameter(
            "rows",
            Takes::Words(vec!["headline", "all"]),
            "Headline rows, or all rows of the entities.",
        )
        .or("headline"),
    ]
}

pub fn named(name: &str) -> Option<&'static Resource> {
    NOUNS.iter().find(|noun| noun.name == name)
}
