//! Components of an observation: the codes of its key, and the values of its attributes.

use std::sync::Arc;

use super::{
    period,
    structure::{status, unit_code},
};
use crate::{
    domain::{
        indicators::{index::IndicatorIndex, model::Indicator},
        observations::{breaks::Breaks, store::MeasuredObservation},
        revisions::Snapshot,
    },
    error::AppError,
    text::Locale,
};

/// What the attributes of an observation are read from.
#[derive(Clone)]
pub struct RowContext {
    pub indicators: Arc<IndicatorIndex>,
    pub breaks: Arc<Breaks>,
    pub locale: Locale,
}

impl RowContext {
    pub async fn of(snapshot: &Snapshot, locale: Locale) -> Result<RowContext, AppError> {
        Ok(RowContext {
            indicators: snapshot.cached::<IndicatorIndex>().await?,
            breaks: snapshot.cached::<Breaks>().await?,
            locale,
        })
    }
}

/// Returns the values of an observation in the order of [`ATTRIBUTES`](super::structure::ATTRIBUTES).
pub fn values(row: &MeasuredObservation, indicator: &Indicator, context: &RowContext) -> Vec<Option<String>> {
    let figure = &row.observation;
    let broken =
        context.breaks.behind(&row.indicator_id, &figure.entity.id, &figure.producer.named.id, figure.period);
    vec![
        figure.high.map(|high| high.to_string()),
        Some(unit_code(indicator.unit.word())),
        Some("0".to_owned()),
        Some(status(figure.qualifier).to_owned()),
        Some("F".to_owned()),
        Some(figure.qualifier.word().to_owned()),
        figure.basis.map(|basis| basis.word().to_owned()),
        broken.map(|from| from.to_string()),
        Some(figure.headline.to_string()),
        Some(figure.period.start.to_string()),
        Some(figure.period.end.to_string()),
        Some(figure.source.url.clone()),
        figure.note.get(context.locale).map(str::to_owned),
    ]
}

/// Returns the codes of an observation's key.
pub fn codes(row: &MeasuredObservation) -> [&str; 5] {
    let figure = &row.observation;
    [
        period::frequency(figure.period),
        &row.indicator_id,
        &figure.entity.id,
        &figure.producer.named.id,
        &figure.source.id,
    ]
}
