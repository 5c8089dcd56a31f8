//! The brief of an indicator.

use std::cmp::Reverse;

use super::draft::{self, Draft, DraftFigure};
use crate::{
    domain::{
        brief::query::BriefKind,
        indicators::model::SeriesQuery,
        observations::{
            breaks::Breaks,
            latest::{Latest, latest},
            model::Observation,
        },
        revisions::Snapshot,
    },
    error::AppError,
    loaders::{
        indicators::{
            charts::ChartPlan,
            data::{self, IndicatorPage},
        },
        observations::strips,
    },
    text::Locale,
};

/// Returns what the brief of an indicator can say.
pub async fn draft(snapshot: &Snapshot, id: &str, locale: Locale) -> Result<Draft, AppError> {
    let page = data::one_from(snapshot, locale, id.to_owned(), SeriesQuery::default()).await?;
    let indicator = &page.indicator;
    let title = indicator.named.name(locale).to_owned();
    let lead = indicator.description.get(locale).unwrap_or_default().to_owned();
    let mut draft = Draft::new(BriefKind::Indicator, id, title, lead, locale);
    draft.finding = page.finding.as_ref().map(|finding| finding.clone() + locale.pick(".", "。"));
    let breaks = snapshot.cached::<Breaks>().await?;
    let several = page.rows.iter().any(|row| row.entity != page.rows[0].entity);
    let shown = key_figures(&page, latest(indicator, &page.rows, &breaks));
    draft.figures = shown.iter().map(|row| DraftFigure::of(indicator, row, several, locale)).collect();
    let plan = ChartPlan { breaks: breaks.of_indicator(id), ..ChartPlan::of(indicator, &page.rows, locale) };
    let strips = strips::most_disputed(indicator, &page.disagreements, locale);
    draft.charts = plan.chart().into_iter().chain(strips).collect();
    let mut rows: Vec<&Observation> = page.rows.iter().filter(|row| !shown.contains(row)).collect();
    rows.sort_by_key(|row| Reverse((row.period.end, row.period.start)));
    if !rows.is_empty() {
        let heading = locale.pick("Further figures, latest first", "其他数据，由近及远");
        let rows = rows.into_iter().map(|row| (indicator, row));
        draft.tables.push(draft::figures(heading, rows, (false, several), locale));
    }
    draft.unknown = unknown(&page, locale);
    Ok(draft)
}

/// The figure that represents the indicator, then the latest of the other lines, the newest first.
fn key_figures(page: &IndicatorPage, mut lines: Vec<Latest>) -> Vec<Observation> {
    const MAX: usize = 5;

    lines.sort_by_key(|line| (!line.leads, Reverse(line.figure.period.end), Reverse(line.figures)));
    let lead = page.lead.iter().cloned();
    let mut shown: Vec<Observation> = Vec::new();
    for row in lead.chain(lines.into_iter().map(|line| line.figure)) {
        if shown.len() < MAX && !shown.contains(&row) {
            shown.push(row);
        }
    }
    shown
}

fn unknown(page: &IndicatorPage, locale: Locale) -> Vec<String> {
    let mut unknown = Vec::new();
    let differing = page.disagreements.iter().filter(|case| case.is_beyond_rounding()).count();
    match differing {
        0 => {}
        1 => unknown.push(
            locale
                .pick(
                    "Sources contradict each other beyond rounding about 1 figure.",
                    "有1项数据各来源说法不一，超出约数差异。",
                )
                .to_owned(),
        ),
        count => unknown.push(locale.pick(
            format!("Sources contradict each other beyond rounding about {count} figures."),
            format!("有{count}项数据各来源说法不一，超出约数差异。"),
        )),
    }
    for one in &page.breaks {
        let from = crate::text::date::day(one.from, locale);
        let (producer, kind) = (one.producer.name(locale), one.kind.name(locale));
        let note = draft::plain(one.note.get(locale).unwrap_or_default());
        unknown.push(locale.pick(
            format!("{producer}, {kind} from {from}. {note}"),
            format!("{producer}，自{from}起{kind}。{note}"),
        ));
    }
    if page.left_out > 0 {
        let count = page.left_out;
        unknown.push(locale.pick(
            format!("{count} more published rows repeat, round or contradict these, or are set aside for a reason in their note."),
            format!("另有{count}行已公布数据重复、约化或与之矛盾，或在说明中注明不采用。"),
        ));
    }
    if page.rows.is_empty() {
        unknown.push(locale.pick("No figure is known.", "暂未查到数据。").to_owned());
    }
    unknown
}
