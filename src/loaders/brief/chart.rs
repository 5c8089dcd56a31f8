//! A chart of the explore page as a thing in a reader’s own brief.

use super::draft::Draft;
use crate::{
    domain::{brief::query::BriefKind, explore::query::ExploreQuery, revisions::Snapshot},
    error::AppError,
    loaders::explore::load,
    text::Locale,
};

/// Returns what a brief can say of a chart of the explore page.
pub async fn draft(snapshot: &Snapshot, raw: &str, locale: Locale) -> Result<Draft, AppError> {
    let state = load::state(snapshot, locale, ExploreQuery::parse(raw)?).await?;
    let (title, lead) = (state.title(locale), state.description(locale));
    let mut draft = Draft::new(BriefKind::Explore, "", title, lead, locale);
    draft.page = format!("/{locale}/explore?{raw}");
    draft.charts = state.shown.chart.into_iter().collect();
    Ok(draft)
}
