//! An amount of public money as a thing in a reader’s own brief.

use super::draft::{self, Draft, DraftFigure};
use crate::{
    domain::{brief::query::BriefKind, revisions::Snapshot},
    error::AppError,
    loaders::subsidies::data,
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
