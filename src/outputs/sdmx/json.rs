//! SDMX-JSON 2.0: structures and data.

use std::collections::BTreeMap;

use serde::{
    Serialize, Serializer,
    ser::{Error, SerializeSeq},
};
use serde_json::{Value, json, value::RawValue};

use super::{
    action::{Action, ActionSet},
    artefact::Artefact,
    availability::{Availability, METRICS},
    components, period,
    query::Grouping,
    select::ComponentSelection,
    structure::{
        AGENCY, ATTRIBUTES, CONCEPTS, Code, Codelist, Component, DIMENSIONS, FLOW, FLOW_NAME, MEASURE, TIME,
        VERSION,
    },
};
use crate::{domain::revisions::Snapshot, text::Locale};

const STRUCTURE_SCHEMA: &str = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/structure-message/tools/schemas/2.0.0/sdmx-json-structure-schema.json";
const DATA_SCHEMA: &str = "https://raw.githubusercontent.com/sdmx-twg/sdmx-json/master/data-message/tools/schemas/2.0.0/sdmx-json-data-schema.json";

fn meta(schema: &str, snapshot: &Snapshot) -> Value {
    json!({
        "schema": schema,
        "id": format!("r{}", snapshot.at.revision),
        "prepared": snapshot.published_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "contentLanguages": ["en", "zh"],
        "sender": { "id": AGENCY, "name": "Micro-Drama Observatory" },
    })
}

fn names(en: &str, zh: &str) -> Value {
    json!({ "en": en, "zh": zh })
}

fn urn(class: &str, id: &str) -> String {
    format!("urn:sdmx:org.sdmx.infomodel.{class}={AGENCY}:{id}({VERSION})")
}

fn maintainable(id: &str, en: &str, zh: &str) -> Value {
    json!({ "id": id, "agencyID": AGENCY, "version": VERSION, "name": en, "names": names(en, zh) })
}

/// Returns a structure message with the requested artefacts, and with what data there are, if asked for.
pub fn structure(
    kinds: &[Artefact],
    lists: &[Codelist],
    available: Option<&Availability>,
    snapshot: &Snapshot,
) -> serde_json::Result<Vec<u8>> {
    let mut data = json!({});
    if let Some(available) = available {
        data["dataConstraints"] = json!([constraint(available)]);
    }
    if kinds.contains(&Artefact::Dataflow) {
        let mut flow = maintainable(FLOW, FLOW_NAME.0, FLOW_NAME.1);
        flow["structure"] = urn("datastructure.DataStructure", FLOW).into();
        data["dataflows"] = json!([flow]);
    }
    if kinds.contains(&Artefact::DataStructure) {
        data["dataStructures"] = json!([definition()]);
    }
    if kinds.contains(&Artefact::ConceptScheme) {
        let mut scheme = maintainable(CONCEPTS, "Concepts", "概念");
        let concepts = super::structure::components()
            .map(|one| json!({ "id": one.id, "name": one.en, "names": names(one.en, one.zh) }));
        scheme["concepts"] = concepts.collect();
        data["conceptSchemes"] = json!([scheme]);
    }
    if kinds.contains(&Artefact::Codelist) {
        let lists = lists.iter().map(|list| {
            let mut own = maintainable(list.id, list.en, list.zh);
            let codes = list
                .codes
                .iter()
                .map(|code| json!({ "id": code.id, "name": code.en, "names": names(&code.en, &code.zh) }));
            own["codes"] = codes.collect();
            own
        });
        data["codelists"] = lists.collect();
    }
    serde_json::to_vec(&Message { meta: meta(STRUCTURE_SCHEMA, snapshot), data })
}

fn constraint(available: &Availability) -> Value {
    let mut own = maintainable(FLOW, FLOW_NAME.0, FLOW_NAME.1);
    own["role"] = "Actual".into();
    own["constraintAttachment"] = json!({ "dataflows": [urn("datastructure.Dataflow", FLOW)] });
    let counts = available.counts().map(
        |(id, count)| json!({ "id": id, "type": METRICS, "title": count.to_string(), "value": count.to_string() }),
    );
    own["annotations"] = json!(counts);
    let values = available.values.iter().filter(|(_, codes)| !codes.is_empty());
    let mut keys: Vec<Value> =
        values.map(|(id, codes)| json!({ "id": id, "include": true, "values": codes })).collect();
    if let Some((first, last)) = &available.time {
        let bound = |period: &str| json!({ "period": period, "isInclusive": true });
        let range = json!({ "startPeriod": bound(first), "endPeriod": bound(last) });
        keys.push(json!({ "id": TIME.id, "include": true, "timeRange": range }));
    }
    if !keys.is_empty() {
        own["cubeRegions"] = json!([{ "include": true, "keyValues": keys }]);
    }
    own
}

fn definition() -> Value {
    let concept = |one: &Component| {
        format!("urn:sdmx:org.sdmx.infomodel.conceptscheme.Concept={AGENCY}:{CONCEPTS}({VERSION}).{}", one.id)
    };
    let representation = |one: &Component| match one.codelist {
        Some(list) => json!({ "enumeration": urn("codelist.Codelist", list) }),
        None => json!({ "format": { "dataType": "String" } }),
    };
    let dimensions = DIMENSIONS.iter().enumerate().map(|(at, one)| {
        json!({
            "id": one.id,
            "position": at,
            "conceptIdentity": concept(one),
            "localRepresentation": representation(one),
        })
    });
    let attributes = ATTRIBUTES.iter().map(|one| {
        json!({
            "id": one.id,
            "usage": "optional",
            "attributeRelationship": { "observation": {} },
            "conceptIdentity": concept(one),
            "localRepresentation": representation(one),
        })
    });
    let mut own = maintainable(FLOW, FLOW_NAME.0, FLOW_NAME.1);
    own["dataStructureComponents"] = json!({
        "dimensionList": {
            "id": "DimensionDescriptor",
            "dimensions": dimensions.collect::<Vec<_>>(),
            "timeDimension": {
                "id": TIME.id,
                "conceptIdentity": concept(&TIME),
                "localRepresentation": { "format": { "dataType": "ObservationalTimePeriod" } },
            },
        },
        "attributeList": { "id": "AttributeDescriptor", "attributes": attributes.collect::<Vec<_>>() },
        "measureList": {
            "id": "MeasureDescriptor",
            "measures": [{
                "id": MEASURE.id,
                "usage": "mandatory",
                "conceptIdentity": concept(&MEASURE),
                "localRepresentation": { "format": { "dataType": "Decimal" } },
            }],
        },
    });
    own
}

/// Distinct values of a component in a message: observations refer to them by index.
#[derive(Default)]
struct Values {
    at: BTreeMap<String, usize>,
    all: Vec<String>,
}

impl Values {
    fn place(&mut self, value: &str) -> usize {
        if let Some(at) = self.at.get(value) {
            return *at;
        }
        self.all.push(value.to_owned());
        self.at.insert(value.to_owned(), self.all.len() - 1);
        self.all.len() - 1
    }
}

/// A value and the indexes of its attributes, in one list as the standard requires; empty where neither is requested.
struct Observation {
    value: Option<Box<RawValue>>,
    attributes: Vec<Option<usize>>,
}

impl Serialize for Observation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let length = usize::from(self.value.is_some()) + self.attributes.len();
        let mut list = serializer.serialize_seq(Some(length))?;
        if let Some(value) = &self.value {
            list.serialize_element(value)?;
        }
        for place in &self.attributes {
            list.serialize_element(place)?;
        }
        list.end()
    }
}

/// A message. Clients look for the schema, and thus for the version, at its beginning.
#[derive(Serialize)]
struct Message<T> {
    meta: Value,
    data: T,
}

#[derive(Serialize)]
struct Data {
    structures: Vec<Value>,
    #[serde(rename = "dataSets")]
    sets: Vec<Set>,
}

#[derive(Serialize)]
struct Set {
    structure: usize,
    links: Value,
    action: &'static str,
    #[serde(rename = "validFrom", skip_serializing_if = "Option::is_none")]
    valid_from: Option<String>,
    #[serde(flatten)]
    contents: Contents,
}

/// Observations by the indexes of their keys: of the full key, or of part of it within each series.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum Contents {
    Observations(BTreeMap<String, Observation>),
    Series(BTreeMap<String, Series>),
}

#[derive(Default, Serialize)]
struct Series {
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    observations: BTreeMap<String, Observation>,
}

/// Returns the dimension at the observation level, where observations are grouped. Series keys exclude the time.
fn inner_dimension(grouping: Grouping, selection: &ComponentSelection) -> Option<usize> {
    match grouping {
        Grouping::Within(at) => Some(at),
        Grouping::Flat if selection.series_only => Some(DIMENSIONS.len()),
        Grouping::Flat => None,
    }
}

/// Returns a component with its values, each with its name where a code list has it.
fn described(one: &Component, values: &Values, lists: &[Codelist], locale: Locale) -> Value {
    let list = lists.iter().find(|list| Some(list.id) == one.codelist);
    let codes: BTreeMap<&str, &Code> =
        list.iter().flat_map(|list| &list.codes).map(|code| (code.id.as_str(), code)).collect();
    let value = |id: &String| match codes.get(id.as_str()) {
        Some(code) => json!({ "id": id, "name": locale.pick(&code.en, &code.zh) }),
        None if one.id == TIME.id => moment(id),
        None => json!({ "value": id }),
    };
    json!({
        "id": one.id,
        "name": locale.pick(one.en, one.zh),
        "values": values.all.iter().map(value).collect::<Vec<_>>(),
    })
}

/// Returns a period with its first and last moment in China. One that is written with a slash is a value, because ids have none.
fn moment(code: &str) -> Value {
    let kind = if code.contains('/') { "value" } else { "id" };
    let mut own = json!({ kind: code, "name": code });
    if let Some(period) = period::parse(code) {
        own["start"] = format!("{}T00:00:00+08:00", period.start).into();
        own["end"] = format!("{}T23:59:59+08:00", period.end).into();
    }
    own
}

/// Link to the dataflow, which every data set must have.
fn flow_links() -> Value {
    json!([{ "rel": "dataflow", "urn": urn("datastructure.Dataflow", FLOW) }])
}

/// Returns a data message: every observation by the indexes of its key.
///
/// # Errors
///
/// If an observation refers to an indicator that is missing. Writing to memory does not fail.
pub fn data(
    asked: &[ActionSet],
    locale: Locale,
    lists: &[Codelist],
    snapshot: &Snapshot,
    (grouping, selection): (Grouping, &ComponentSelection),
) -> serde_json::Result<Vec<u8>> {
    let inner = inner_dimension(grouping, selection);
    let mut dimensions: Vec<Values> = (0..=DIMENSIONS.len()).map(|_| Values::default()).collect();
    let mut attributes: Vec<Values> =
        selection.attributes_of(&ATTRIBUTES).map(|_| Values::default()).collect();
    let mut sets = Vec::new();
    for ActionSet { action, rows, valid_from, context } in asked {
        let (mut flat, mut series) = (BTreeMap::new(), BTreeMap::<String, Series>::new());
        for row in rows {
            let time = row.observation.period.code();
            let codes = components::codes(row).into_iter().chain([time.as_str()]);
            let mut places: Vec<String> =
                codes.zip(&mut dimensions).map(|(code, values)| values.place(code).to_string()).collect();
            let observation = match action {
                // The key suffices.
                Action::Delete => Observation { value: None, attributes: Vec::new() },
                Action::Information | Action::Replace => {
                    let indicator =
                        context.indicators.referred(&row.indicator_id).map_err(serde_json::Error::custom)?;
                    let own = selection
                        .attributes_of(components::values(row, indicator, context))
                        .zip(&mut attributes);
                    let attributes =
                        own.map(|(value, values)| value.map(|value| values.place(&value))).collect();
                    let value =
                        selection.measure.then(|| RawValue::from_string(row.observation.value.to_string()));
                    Observation { value: value.transpose()?, attributes }
                }
            };
            match inner {
                None => {
                    flat.insert(places.join(":"), observation);
                }
                Some(inner) => {
                    let within = places.remove(inner);
                    let series = series.entry(places.join(":")).or_default();
                    if !selection.series_only {
                        series.observations.insert(within, observation);
                    }
                }
            }
        }
        let contents = match inner {
            None => Contents::Observations(flat),
            Some(_) => Contents::Series(series),
        };
        let valid_from = valid_from.map(|moment| moment.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
        sets.push(Set { structure: 0, links: flow_links(), action: action.word(), valid_from, contents });
    }
    let described = |(one, values): (&Component, &Values)| described(one, values, lists, locale);
    let mut key: Vec<Value> = DIMENSIONS
        .iter()
        .chain([&TIME])
        .zip(&dimensions)
        .enumerate()
        .map(|(at, pair)| {
            let mut own = described(pair);
            own["keyPosition"] = at.into();
            own
        })
        .collect();
    let dimensions = match inner {
        None => json!({ "observation": key }),
        Some(inner) => {
            let within = key.remove(inner);
            let within = if selection.series_only { json!([]) } else { json!([within]) };
            json!({ "series": key, "observation": within })
        }
    };
    let measures = match selection.measure {
        true => json!([{ "id": MEASURE.id, "name": locale.pick(MEASURE.en, MEASURE.zh) }]),
        false => json!([]),
    };
    let attributes: Vec<Value> = selection
        .attributes_of(&ATTRIBUTES)
        .zip(&attributes)
        .map(|pair| {
            let mut own = described(pair);
            own["relationship"] = json!({ "observation": {} });
            own
        })
        .collect();
    let structure = json!({
        "dataSets": (0..sets.len()).collect::<Vec<_>>(),
        "links": flow_links(),
        "dimensions": dimensions,
        "measures": { "observation": measures },
        "attributes": { "observation": attributes },
    });
    let message =
        Message { meta: meta(DATA_SCHEMA, snapshot), data: Data { structures: vec![structure], sets } };
    serde_json::to_vec(&message)
}
