//! Data as SDMX-CSV 2.0: one row for each figure, its whole key in it.

use super::{
    period,
    structure::{AGENCY, ATTRIBUTES, DIMENSIONS, FLOW, MEASURE, TIME, VERSION, status, unit_code},
};
use crate::{
    indicators::{catalogue::Catalogue, model::Indicator},
    observations::store::Measured,
    text::Locale,
};

/// The values of a figure in the order of the components after its key: period, value, attributes.
pub fn values(row: &Measured, indicator: &Indicator, locale: Locale) -> Vec<Option<String>> {
    let figure = &row.observation;
    vec![
        figure.high.map(|high| high.to_string()),
        Some(unit_code(indicator.unit.word())),
        Some("0".to_owned()),
        Some(status(figure.qualifier).to_owned()),
        Some("F".to_owned()),
        Some(figure.qualifier.word().to_owned()),
        figure.basis.map(|basis| basis.word().to_owned()),
        Some(figure.headline.to_string()),
        Some(figure.period.start.to_string()),
        Some(figure.period.end.to_string()),
        Some(figure.source.url.clone()),
        figure.note.get(locale).map(str::to_owned),
    ]
}

/// The codes of a figure's key.
pub fn codes(row: &Measured) -> [&str; 5] {
    let figure = &row.observation;
    [
        period::frequency(figure.period),
        &row.indicator_id,
        &figure.entity.id,
        &figure.producer.named.id,
        &figure.source.id,
    ]
}

pub fn write(rows: &[Measured], indicators: &Catalogue, locale: Locale) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let components = DIMENSIONS.iter().chain([&TIME, &MEASURE]).chain(&ATTRIBUTES);
    let header = ["STRUCTURE", "STRUCTURE_ID", "ACTION"].into_iter().chain(components.map(|one| one.id));
    // Writing to memory does not fail.
    let _ = writer.write_record(header);
    let flow = format!("{AGENCY}:{FLOW}({VERSION})");
    for row in rows {
        let Some(indicator) = indicators.get(&row.indicator_id) else { continue };
        let mut cells: Vec<String> = vec!["dataflow".to_owned(), flow.clone(), "I".to_owned()];
        cells.extend(codes(row).map(str::to_owned));
        cells.push(row.observation.period.code());
        cells.push(row.observation.value.to_string());
        cells.extend(values(row, indicator, locale).into_iter().map(Option::unwrap_or_default));
        let _ = writer.write_record(cells);
    }
    writer.into_inner().unwrap_or_default()
}
