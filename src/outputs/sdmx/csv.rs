//! Data as SDMX-CSV 2.0: one row for each observation, with its full key.

use std::{borrow::Cow, collections::BTreeMap, io};

use super::{
    action::{Action, ActionSet},
    components::{codes, values},
    select::ComponentSelection,
    structure::{
        AGENCY, ATTRIBUTES, Code, Codelist, Component, DIMENSIONS, FLOW, FLOW_NAME, MEASURE, TIME, VERSION,
    },
};
use crate::text::Locale;

/// How names are written beside codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// Codes alone.
    #[default]
    Id,
    /// Names in separate columns.
    Name,
    /// Codes and names in one cell: `A: Annual`.
    Both,
}

/// Options in the media type of SDMX-CSV, apart from the version.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CsvOptions {
    pub labels: Labels,
    pub series_key: bool,
    pub observation_key: bool,
}

impl CsvOptions {
    /// Parses the parameters of a media type; none if one has a value that is not offered.
    pub fn parse(parameter: impl Fn(&str) -> Option<String>) -> Option<CsvOptions> {
        let labels = match parameter("labels").as_deref() {
            None | Some("id") => Labels::Id,
            Some("name") => Labels::Name,
            Some("both") => Labels::Both,
            Some(_) => return None,
        };
        let (series_key, observation_key) = match parameter("keys").or_else(|| parameter("key")).as_deref() {
            None | Some("none") => (false, false),
            Some("series") => (true, false),
            Some("obs") => (false, true),
            Some("both") => (true, true),
            Some(_) => return None,
        };
        let as_is = parameter("timeformat").is_none_or(|form| form == "original");
        as_is.then_some(CsvOptions { labels, series_key, observation_key })
    }

    /// Returns the media type of a response with these options.
    pub fn media_type(self) -> String {
        let labels = match self.labels {
            Labels::Id => "",
            Labels::Name => ";labels=name",
            Labels::Both => ";labels=both",
        };
        let keys = match (self.series_key, self.observation_key) {
            (false, false) => "",
            (true, false) => ";keys=series",
            (false, true) => ";keys=obs",
            (true, true) => ";keys=both",
        };
        format!("application/vnd.sdmx.data+csv;version=2.0.0{labels}{keys}")
    }
}

/// Writes the columns of one row; names are looked up only where requested.
struct Row<'a> {
    labels: Labels,
    cells: Vec<Cow<'a, str>>,
}

impl<'a> Row<'a> {
    /// Writes a cell with the name of its code.
    fn put(&mut self, value: impl Into<Cow<'a, str>>, name: &'a str) {
        let value = value.into();
        match self.labels {
            Labels::Id => self.cells.push(value),
            Labels::Name => self.cells.extend([value, name.into()]),
            Labels::Both if name.is_empty() => self.cells.push(value),
            Labels::Both => self.cells.push(format!("{value}: {name}").into()),
        }
    }
}

/// Returns the components of a response, in order.
fn shown(selection: &ComponentSelection) -> Vec<&'static Component> {
    let dimensions = DIMENSIONS.iter();
    if selection.series_only {
        return dimensions.collect();
    }
    let measure = selection.measure.then_some(&MEASURE);
    dimensions.chain([&TIME]).chain(measure).chain(selection.attributes_of(&ATTRIBUTES)).collect()
}

/// Writes the observations as SDMX-CSV. Of one to delete, only the key.
///
/// # Errors
///
/// If an observation refers to an indicator that is missing. Writing to memory does not fail.
pub fn write(
    sets: &[ActionSet],
    locale: Locale,
    lists: &[Codelist],
    selection: &ComponentSelection,
    options: CsvOptions,
) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let shown = shown(selection);
    let names: BTreeMap<&str, BTreeMap<&str, &Code>> = lists
        .iter()
        .map(|list| (list.id, list.codes.iter().map(|code| (code.id.as_str(), code)).collect()))
        .collect();
    let name = |component: &Component, code: &str| -> &str {
        let code = component.codelist.and_then(|list| names.get(list)?.get(code).copied());
        code.map_or("", |code| locale.pick(code.en.as_str(), code.zh.as_str()))
    };
    let CsvOptions { labels, series_key, observation_key } = options;
    let keys = |row: &mut Row, series: String, observation: String| {
        row.cells.extend(series_key.then_some(Cow::Owned(series)));
        row.cells.extend(observation_key.then_some(Cow::Owned(observation)));
    };
    let flow_name = locale.pick(FLOW_NAME.0, FLOW_NAME.1);

    let mut header = Row { labels, cells: vec!["STRUCTURE".into(), "STRUCTURE_ID".into()] };
    if labels == Labels::Name {
        header.cells.push("STRUCTURE_NAME".into());
    }
    header.cells.push("ACTION".into());
    keys(&mut header, "SERIES_KEY".to_owned(), "OBS_KEY".to_owned());
    for one in &shown {
        header.put(one.id, locale.pick(one.en, one.zh));
    }
    writer.write_record(header.cells.iter().map(|cell| cell.as_bytes()))?;

    let flow = format!("{AGENCY}:{FLOW}({VERSION})");
    let mut last: Option<[&str; 5]> = None;
    for (set, measured) in sets.iter().flat_map(|set| set.rows.iter().map(move |row| (set, row))) {
        let is_deleted = set.action == Action::Delete;
        let codes = codes(measured);
        // Observations of a series are adjacent.
        if selection.series_only && last.replace(codes) == Some(codes) {
            continue;
        }
        let time = measured.observation.period.code();
        let mut row = Row { labels, cells: vec!["dataflow".into()] };
        row.put(flow.as_str(), flow_name);
        row.cells.push(set.action.code().into());
        keys(&mut row, codes.join("."), format!("{}.{time}", codes.join(".")));
        for (one, code) in DIMENSIONS.iter().zip(codes) {
            row.put(code, name(one, code));
        }
        if !selection.series_only {
            row.put(time, "");
            if selection.measure {
                let value = (!is_deleted).then(|| measured.observation.value.to_string());
                row.put(value.unwrap_or_default(), "");
            }
            let attributes = match is_deleted {
                true => vec![None; ATTRIBUTES.len()],
                false => {
                    let indicator =
                        set.context.indicators.referred(&measured.indicator_id).map_err(io::Error::other)?;
                    values(measured, indicator, &set.context)
                }
            };
            let attributes = attributes.into_iter().zip(&ATTRIBUTES);
            for (value, one) in selection.attributes_of(attributes) {
                let value = value.unwrap_or_default();
                let name = name(one, &value);
                row.put(value, name);
            }
        }
        writer.write_record(row.cells.iter().map(|cell| cell.as_bytes()))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}
