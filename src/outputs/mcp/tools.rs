//! The tools: each is an address of the API or of a file, and its arguments are the parameters of that address.

use std::sync::Arc;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rmcp::model::{JsonObject, Tool as Announced, ToolAnnotations};
use serde_json::{Map, Value, json};

use super::schema::output_schema;
use crate::{
    domain::listing::parameter::Takes,
    outputs::api::{
        check::CHECK,
        document::schema_of,
        nouns::{self, Parameter, parameter},
        search::SEARCH,
    },
    text::query,
};

/// Number of rows that a list has at first.
pub const FIRST_ROWS: u64 = 10;

/// Largest number of rows that can be asked for.
pub const MAX_ROWS: u64 = 100;

/// A tool.
pub struct Tool {
    pub name: &'static str,
    title: &'static str,
    about: &'static str,
    answers: Answers,
}

/// What answers a tool.
#[derive(Clone, Copy)]
enum Answers {
    /// A list of the API.
    List(&'static str),
    /// One row of a list of the API, by its id, with what belongs to it.
    One(&'static str),
    Search,
    Check,
    /// The rows of a page, by the parameters of its address.
    Page {
        path: &'static str,
        parameters: fn() -> Vec<Parameter>,
    },
    /// The citation of a page.
    Citation,
}

/// Every tool, in the order in which assistants are told of them.
pub static TOOLS: [Tool; 12] = [
    Tool {
        name: "search",
        title: "Search",
        about: "Finds indicators, figures, programmes, subsidies, companies, events, places and sources by words in English or Chinese, or a figure by its value (“CNY 50 billion”, “500亿元”). Start here: other tools take the ids it returns.",
        answers: Answers::Search,
    },
    Tool {
        name: "get_indicator",
        title: "Indicator",
        about: "Definition of one indicator, and its headline figures with period, qualifier, producer and source.",
        answers: Answers::One("indicators"),
    },
    Tool {
        name: "get_series",
        title: "Figures",
        about: "Figures (observations), filtered by indicator, entity, producer and source. Each has its period, value or range, unit, qualifier (exact, at least, forecast …), producer, source and a sentence to quote. Never add up or average figures of different producers, bases or scopes.",
        answers: Answers::List("observations"),
    },
    Tool {
        name: "explore",
        title: "Chart",
        about: "The values of a chart of several series, by the parameters of an explore address: a ready-made one (preset), or up to twelve series with a transformation. Returns the values, and the address of the chart as a page, SVG and PNG.",
        answers: Answers::Page { path: "explore", parameters: explore },
    },
    Tool {
        name: "list_programs",
        title: "Programmes",
        about: "Incentive programmes and their measures: instrument, amount, who is eligible, status on a day, official source. Filters by place, level, instrument, status and more.",
        answers: Answers::List("programs"),
    },
    Tool {
        name: "compare_places",
        title: "Compare places",
        about: "What several places offer, measure by measure. “None known” is not the same as “none”: see the page.",
        answers: Answers::Page { path: "programs/compare", parameters: compare },
    },
    Tool {
        name: "match_programs",
        title: "Programmes for a company",
        about: "Which programmes fit a company, by where it is, what it does and what it needs: eligible, not eligible, or not known from the published conditions, with the reason.",
        answers: Answers::Page { path: "programs/match", parameters: matching },
    },
    Tool {
        name: "subsidies",
        title: "Subsidies",
        about: "Amounts of public money by stage: budgeted, approved, paid, disclosed. Amounts of different stages must never be added up.",
        answers: Answers::List("subsidies"),
    },
    Tool {
        name: "organization",
        title: "Company",
        about: "One company, fund, association or agency: its status in Pudong, apps, figures, public money, deals, people and statements.",
        answers: Answers::One("organizations"),
    },
    Tool {
        name: "check_claim",
        title: "Check a claim",
        about: "Compares each number in a text with the figures held. Verdicts: matches, matches-older, other-scope, differs, unit-slip, not-held; each with why and the figures compared. “not-held” means that nothing is held, not that the claim is wrong.",
        answers: Answers::Check,
    },
    Tool {
        name: "changes",
        title: "Changes",
        about: "What was added, corrected (from and to) and withdrawn in the data since a day or a revision.",
        answers: Answers::List("changes"),
    },
    Tool {
        name: "cite",
        title: "Citation",
        about: "The citation of a page, by its address below the language: “programs?place=shanghai-pudong”.",
        answers: Answers::Citation,
    },
];

/// Returns the tool with a name.
pub fn named(name: &str) -> Option<&'static Tool> {
    TOOLS.iter().find(|tool| tool.name == name)
}

fn explore() -> Vec<Parameter> {
    vec![
        parameter(
            "preset",
            Takes::Text,
            "A ready-made chart: its name in the address, as /en/explore lists them.",
        ),
        parameter("series", Takes::Ids("series"), "Series as indicator~entity~producer; up to twelve."),
        parameter(
            "transform",
            Takes::Text,
            "Transformation: change, growth, index, share … as /en/explore offers them.",
        ),
        parameter("every", Takes::Text, "Length of the periods."),
        parameter("units", Takes::Text, "Currency to convert into."),
        parameter("from", Takes::Text, "First period."),
        parameter("to", Takes::Text, "Last period."),
    ]
}

fn compare() -> Vec<Parameter> {
    vec![
        parameter(
            "place",
            Takes::Ids("places"),
            "Places to compare; default: Pudong and others that compete with it.",
        ),
        parameter("program", Takes::Ids("programs"), "Programmes to compare, instead of places."),
        parameter("scope", Takes::Text, "How far programmes are about micro-dramas."),
    ]
}

fn matching() -> Vec<Parameter> {
    vec![
        parameter("place", Takes::Id("places"), "Where the company is or would go."),
        parameter(
            "does",
            Takes::Ids("activities"),
            "What it does: production, platform, overseas … as /en/programs/match lists it.",
        ),
        parameter(
            "needs",
            Takes::Ids("instruments"),
            "What it needs: money, space, visas … as /en/programs/match lists it.",
        ),
        parameter("amount", Takes::Text, "Amount that a rate is worked out for, in CNY."),
    ]
}

impl Tool {
    /// Returns the parameters of the address, without those that all tools share.
    fn parameters(&self) -> Vec<Parameter> {
        match self.answers {
            Answers::List(name) => nouns::named(name).map(|list| (list.parameters)()).unwrap_or_default(),
            Answers::One(name) => {
                let noun = nouns::named(name).and_then(nouns::Resource::noun);
                let id = parameter("id", Takes::Id("rows"), "Its id, as search returns it.");
                std::iter::once(id).chain(noun.map(nouns::of_one).unwrap_or_default()).collect()
            }
            Answers::Search => (SEARCH.parameters)(),
            Answers::Check => (CHECK.parameters)(),
            Answers::Page { parameters, .. } => parameters(),
            Answers::Citation => {
                vec![parameter("page", Takes::Text, "Address below the language; empty for the front page.")]
            }
        }
    }

    /// Returns the names of the arguments without which there is no answer.
    fn required(&self) -> &'static [&'static str] {
        match self.answers {
            Answers::One(_) => &["id"],
            Answers::Search => &["q"],
            Answers::Check => &["text"],
            Answers::Citation => &["page"],
            Answers::List(_) | Answers::Page { .. } => &[],
        }
    }

    /// Whether the answer is a list that is read page by page.
    pub fn is_paged(&self) -> bool {
        matches!(self.answers, Answers::List(_))
    }

    /// Whether the number of rows can be chosen.
    pub fn has_limit(&self) -> bool {
        matches!(self.answers, Answers::List(_) | Answers::Search)
    }

    /// Returns the path of the page that shows the same, below the language. `None` where there is none.
    pub fn page(&self, arguments: &JsonObject) -> Option<String> {
        let id = || arguments.get("id").and_then(Value::as_str).unwrap_or_default();
        match self.answers {
            Answers::List("observations") => None,
            Answers::List(name) => Some(name.to_owned()),
            Answers::One(name) => Some(format!("{name}/{}", encoded(id()))),
            Answers::Search => Some("search".to_owned()),
            Answers::Check => Some("check".to_owned()),
            Answers::Page { path, .. } => Some(path.to_owned()),
            Answers::Citation => None,
        }
    }

    /// Returns the address that answers, for arguments that have been checked against the schema.
    pub fn address(&self, arguments: &JsonObject) -> String {
        let language = arguments.get("lang").and_then(Value::as_str).unwrap_or("en");
        let text = |name: &str| arguments.get(name).and_then(Value::as_str).unwrap_or_default();
        let (path, in_path): (String, &[&str]) = match self.answers {
            Answers::List(name) => (format!("/api/v1/{name}"), &[]),
            Answers::One(name) => (format!("/api/v1/{name}/{}", encoded(text("id"))), &["id"]),
            Answers::Search => ("/api/v1/search".to_owned(), &[]),
            Answers::Check => ("/api/v1/check".to_owned(), &[]),
            Answers::Page { path, .. } => (format!("/{language}/{path}/data.json"), &["lang"]),
            Answers::Citation => {
                let (path, raw) = text("page").split_once('?').unwrap_or((text("page"), ""));
                let path = path.trim_matches('/');
                let slash = if path.is_empty() { "" } else { "/" };
                let state = pairs(arguments, &["page", "lang"]);
                let state = [
                    raw.to_owned(),
                    query::encode(state.iter().map(|(name, value)| (name.as_str(), value.clone()))),
                ];
                let state: Vec<String> = state.into_iter().filter(|part| !part.is_empty()).collect();
                let state = if state.is_empty() { String::new() } else { format!("?{}", state.join("&")) };
                return format!("/{language}/{path}{slash}metadata.json{state}");
            }
        };
        let pairs = pairs(arguments, in_path);
        query::href(&path, pairs.iter().map(|(name, value)| (name.as_str(), value.clone())))
    }

    /// Returns the description that clients are sent.
    pub fn announced(&self) -> Announced {
        let mut properties = Map::new();
        for own in self.parameters() {
            properties.insert(own.name.to_owned(), described(&own));
        }
        if self.has_limit() {
            let about = format!("Number of rows; default: {FIRST_ROWS}, or fewer where they would be long.");
            properties.insert(
                "limit".to_owned(),
                json!({ "type": "integer", "minimum": 1, "maximum": MAX_ROWS, "description": about }),
            );
        }
        if self.is_paged() {
            properties.insert("after".to_owned(), json!({ "type": "string", "description": "Cursor: the value of `next` in the answer before." }));
        }
        properties.insert("lang".to_owned(), json!({ "type": "string", "enum": ["en", "zh"], "default": "en", "description": "Language of names and texts." }));
        properties.insert("as_of".to_owned(), json!({ "type": "string", "description": "A revision number or a day: what this site had published then." }));
        properties.insert("known_on".to_owned(), json!({ "type": "string", "format": "date", "description": "A day: only what sources had published by then." }));
        let schema = json!({
            "type": "object",
            "properties": properties,
            "required": self.required(),
            "additionalProperties": false,
        });
        let hints = ToolAnnotations::with_title(self.title)
            .read_only(true)
            .destructive(false)
            .idempotent(true)
            .open_world(false);
        Announced::new(self.name, self.about, object(schema))
            .with_title(self.title)
            .with_annotations(hints)
            .with_raw_output_schema(object(output_schema()))
    }

    /// Checks the names and types of arguments.
    ///
    /// # Errors
    ///
    /// Says which argument is wrong, and what is expected.
    pub fn check(&self, arguments: &JsonObject) -> Result<(), String> {
        let schema = self.announced().input_schema;
        let known = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
        for (name, value) in arguments {
            let Some(property) = known.get(name) else {
                let names: Vec<&str> = known.keys().map(String::as_str).collect();
                return Err(format!(
                    "There is no argument “{name}”. {} takes: {}.",
                    self.name,
                    names.join(", ")
                ));
            };
            let expected = property.get("type").and_then(Value::as_str).unwrap_or("string");
            let fits = match expected {
                "integer" => {
                    value.as_u64().is_some_and(|number| (1..=MAX_ROWS).contains(&number) || name != "limit")
                }
                "array" => {
                    value.is_string()
                        || value.as_array().is_some_and(|values| values.iter().all(Value::is_string))
                }
                _ => value.is_string(),
            };
            if !fits {
                return Err(format!("The argument “{name}” must be of type {expected}: {property}."));
            }
        }
        match self.required().iter().find(|name| !arguments.contains_key(**name)) {
            Some(missing) => Err(format!("The argument “{missing}” is missing.")),
            None => Ok(()),
        }
    }
}

/// Percent-encodes a segment of a path, except for unreserved characters (RFC 3986, 2.3).
fn encoded(id: &str) -> String {
    const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

    utf8_percent_encode(id, RESERVED).to_string()
}

/// Returns arguments as parameters of an address.
fn pairs(arguments: &JsonObject, without: &[&str]) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in arguments.iter().filter(|(name, _)| !without.contains(&name.as_str())) {
        match value {
            Value::Array(values) => {
                pairs.extend(
                    values.iter().filter_map(Value::as_str).map(|value| (name.clone(), value.to_owned())),
                );
            }
            Value::String(text) => pairs.push((name.clone(), text.clone())),
            other => pairs.push((name.clone(), other.to_string())),
        }
    }
    pairs
}

/// Schema of an argument, as the document of the API has it.
fn described(own: &Parameter) -> Value {
    let mut schema = serde_json::to_value(schema_of(own)).unwrap_or_default();
    if let Some(object) = schema.as_object_mut() {
        object.insert("description".to_owned(), own.about.into());
    }
    schema
}

fn object(value: Value) -> Arc<JsonObject> {
    match value {
        Value::Object(object) => Arc::new(object),
        _ => Arc::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(value: Value) -> JsonObject {
        value.as_object().unwrap().clone()
    }

    #[test]
    fn a_tool_is_an_address() {
        let address = |name: &str, value: Value| named(name).unwrap().address(&arguments(value));
        assert_eq!(
            address("search", json!({ "q": "微短剧", "limit": 5 })),
            "/api/v1/search?limit=5&q=%E5%BE%AE%E7%9F%AD%E5%89%A7"
        );
        assert_eq!(
            address("get_series", json!({ "indicator": ["a", "b"], "lang": "zh" })),
            "/api/v1/observations?indicator=a&indicator=b&lang=zh"
        );
        assert_eq!(
            address("organization", json!({ "id": "../../a?b#c" })),
            "/api/v1/organizations/..%2F..%2Fa%3Fb%23c"
        );
        assert_eq!(
            address("explore", json!({ "preset": "forecasts", "lang": "zh" })),
            "/zh/explore/data.json?preset=forecasts"
        );
        assert_eq!(address("cite", json!({ "page": "" })), "/en/metadata.json");
        assert_eq!(
            address("cite", json!({ "page": "/programs?place=pudong", "as_of": "1" })),
            "/en/programs/metadata.json?place=pudong&as_of=1"
        );
    }

    #[test]
    fn arguments_are_checked_by_name_and_type() {
        let check = |name: &str, value: Value| named(name).unwrap().check(&arguments(value));
        assert!(check("search", json!({ "q": "a", "limit": 100, "known_on": "2025-12-05" })).is_ok());
        assert!(check("search", json!({})).unwrap_err().contains("“q” is missing"));
        assert!(check("search", json!({ "q": 1 })).unwrap_err().contains("“q” must be"));
        assert!(check("search", json!({ "q": "a", "limit": 0 })).is_err());
        assert!(check("search", json!({ "q": "a", "limit": 101 })).is_err());
        assert!(check("search", json!({ "query": "a" })).unwrap_err().contains("takes: "));
        assert!(check("get_series", json!({ "indicator": "one" })).is_ok());
        assert!(check("get_series", json!({ "indicator": [1] })).is_err());
    }

    #[test]
    fn every_tool_has_a_name_of_its_own_and_a_schema() {
        for tool in &TOOLS {
            assert_eq!(TOOLS.iter().filter(|other| other.name == tool.name).count(), 1);
            let announced = tool.announced();
            assert_eq!(announced.input_schema["type"], "object");
            let properties = announced.input_schema["properties"].as_object().unwrap();
            assert!(properties.values().all(|property| property["description"].is_string()), "{}", tool.name);
        }
    }
}
