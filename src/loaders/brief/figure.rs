//! One figure, with everything published about it, as a thing in a reader’s own brief.

use super::draft::{self, Draft, DraftFigure};
use crate::{
    domain::{
        brief::query::{BriefItem, BriefKind},
        observations::{history::HistoryQuery, model::Observation},
        revisions::Snapshot,
    },
    error::AppError,
    loaders::{
        explore::load,
        indicators::{
            history::{self, FigureHistory},
            titles,
        },
    },
    text::Locale,
};

/// Returns what a brief can say of a figure.
pub async fn draft(snapshot: &Snapshot, item: &BriefItem, locale: Locale) -> Result<Draft, AppError> {
    let (indicator, search) = item.figure_parts().ok_or(AppError::NotFound)?;
    let page = history::history_from(snapshot, locale, indicator, HistoryQuery::parse(search)?).await?;
    let FigureHistory { indicator, entity, period, dated, undated, .. } = &page;
    if dated.is_empty() && undated.is_empty() {
        return Err(AppError::NotFound);
    }
    let [name, about, time] =
        [indicator.named.name(locale), entity.name(locale), &period.label(locale)].map(str::to_owned);
    let title = locale.pick(format!("{name}, {about}, {time}"), format!("{name}，{about}，{time}"));
    let lead = titles::history_description(locale).to_owned();
    let mut draft = Draft::new(BriefKind::Figure, "", title, lead, locale);
    draft.page = item.page(locale);
    draft.finding = Some(titles::history_finding(dated, undated.len(), &indicator.unit, locale));
    draft.figures = last_words(dated, undated)
        .into_iter()
        .map(|row| DraftFigure { href: item.page(locale), ..DraftFigure::of(indicator, row, true, locale) })
        .collect();
    if page.chart.is_some() {
        draft.charts =
            load::state(snapshot, locale, page.explore.clone()).await?.shown.chart.into_iter().collect();
    }
    let heading = locale.pick("Everything published", "全部公布值");
    let rows = dated.iter().chain(undated).map(|row| (indicator, row));
    draft.tables.push(draft::figures(heading, rows, (false, false), locale));
    Ok(draft)
}

/// What each producer published last, the newest first; then what those published whose sources have no date.
fn last_words<'a>(dated: &'a [Observation], undated: &'a [Observation]) -> Vec<&'a Observation> {
    let mut shown: Vec<&Observation> = Vec::new();
    for row in dated.iter().rev().chain(undated) {
        if shown.iter().all(|earlier| earlier.producer != row.producer) {
            shown.push(row);
        }
    }
    shown
}
