//! An amount of public money, and a chart of the explore page, as things in a reader’s own brief.

use super::draft::{self, Draft, DraftFigure};
use crate::{
    domain::{brief::query::BriefKind, explore::query::ExploreQuery, revisions::Snapshot},
    error::AppError,
    loaders::{explore::load, subsidies::data},
    text::Locale,
};

/// Returns what a brief can say of an amount.
pub async fn draft(snapshot: &Snapshot, id: &str, locale: Locale) -> Result<Draft, AppError> {
    let page = data::one_from(snapshot, locale, id.to_owned(), None).await?;
    let subsidy = &page.subsidy;
    let lead = subsidy.kind.explained(locale).to_owned();
    let mut draft = Draft::new(BriefKind::Subsidy, id, subsidy.title(locale), lead, locale);
    draft.figures = vec![DraftFigure::of_subsidy(subsidy, locale)];
    draft.unknown.extend(subsidy.note.get(locale).map(draft::plain));
    Ok(draft)
}

/// Returns what a brief can say of a chart of the explore page.
pub async fn chart(snapshot: &Snapshot, raw: &str, locale: Locale) -> Result<Draft, AppError> {
    let state = load::state(snapshot, locale, ExploreQuery::parse(raw)?).await?;
    let (title, lead) = (state.title(locale), state.description(locale));
    let mut draft = Draft::new(BriefKind::Explore, "", title, lead, locale);
    draft.page = format!("/{locale}/explore?{raw}");
    draft.charts = state.shown.chart.into_iter().collect();
    Ok(draft)
}
