//! A reader’s own brief: what they collected, in their order.

use super::{
    chart,
    draft::{Draft, DraftRow, DraftTable},
    figure, indicator, organization, place, program, subsidy,
};
use crate::{
    domain::{
        brief::{
            model::BriefCell,
            query::{BriefItem, BriefKind, BriefQuery},
        },
        revisions::Snapshot,
        sources::model::SourceRef,
    },
    error::{AppError, QueryError, QueryProblem},
    text::Locale,
};

/// Returns what a brief can say of one thing.
pub async fn of(snapshot: &Snapshot, item: &BriefItem, locale: Locale) -> Result<Draft, AppError> {
    match item.kind {
        BriefKind::Place => place::draft(snapshot, &item.id, locale).await,
        BriefKind::Program => program::draft(snapshot, &item.id, locale).await,
        BriefKind::Organization => organization::draft(snapshot, &item.id, locale).await,
        BriefKind::Indicator => indicator::draft(snapshot, &item.id, locale).await,
        BriefKind::Subsidy => subsidy::draft(snapshot, &item.id, locale).await,
        BriefKind::Explore => chart::draft(snapshot, &item.id, locale).await,
        BriefKind::Figure => figure::draft(snapshot, item, locale).await,
    }
}

/// Returns the parts of a reader’s own brief.
///
/// # Errors
///
/// An error that names the item, if there is no such thing.
pub async fn draft(snapshot: &Snapshot, query: &BriefQuery, locale: Locale) -> Result<Draft, AppError> {
    let mut parts = Vec::new();
    for item in &query.items {
        let nothing = || QueryError::new("item", &item.word(), QueryProblem::NothingThere);
        let part = of(snapshot, item, locale).await.map_err(|error| match error {
            AppError::NotFound | AppError::Query(_) => nothing().into(),
            error => error,
        })?;
        parts.push((item, part));
    }
    Ok(joined(query, parts, locale))
}

/// Puts the parts together: the first figure of each before the second of any, and so with charts.
fn joined(query: &BriefQuery, parts: Vec<(&BriefItem, Draft)>, locale: Locale) -> Draft {
    let count = parts.len();
    let lead = match count {
        0 => locale.pick(
            "Nothing has been collected yet. Pages of programmes, places, companies, indicators and charts have a link “Add to a brief”.",
            "尚未收集内容。政策、地区、企业、指标和图表页面上有“加入简报”链接。",
        )
        .to_owned(),
        _ => locale.pick(
            "Put together by a reader from the pages of this site.",
            "由读者从本站页面中选取汇集。",
        )
        .to_owned(),
    };
    let title = match count {
        0 => locale.pick("Your brief", "我的简报").to_owned(),
        1 => parts[0].1.title.clone(),
        _ => locale.pick(format!("Brief of {count} subjects"), format!("自选简报（{count}项）")),
    };
    let mut draft = Draft::new(BriefKind::Explore, "", title, lead, locale);
    draft.kind = locale.pick("Collected", "自选");
    draft.page = BriefQuery { pages: 1, ..query.clone() }.href(locale);
    draft.path = draft.page.clone();
    if count > 0 {
        draft.tables.push(contents(&parts, locale));
    }
    let longest = parts.iter().map(|(_, part)| part.figures.len().max(part.charts.len())).max().unwrap_or(0);
    for at in 0..longest {
        draft.figures.extend(parts.iter().filter_map(|(_, part)| part.figures.get(at)).cloned());
        draft.charts.extend(parts.iter().filter_map(|(_, part)| part.charts.get(at)).cloned());
    }
    let colon = locale.pick(": ", "：");
    let several = count > 1;
    for (_, part) in parts {
        let named = |text: String| if several { format!("{}{colon}{text}", part.title) } else { text };
        draft.unknown.extend(part.unknown.into_iter().take(1).map(named));
    }
    draft
}

/// The source of the first thing that a part says: that of its leading figure, or of the first row of its first table.
fn source(part: &Draft) -> Option<&SourceRef> {
    let of_figure = part.figures.first().map(|figure| &figure.source);
    let rows = part.tables.iter().flat_map(|table| &table.rows);
    of_figure.or_else(|| rows.filter_map(|row| row.source.as_ref()).next())
}

/// What was collected, each with its finding.
fn contents(parts: &[(&BriefItem, Draft)], locale: Locale) -> DraftTable {
    let row = |(item, part): &(&BriefItem, Draft)| DraftRow {
        cells: vec![
            BriefCell::new(&part.title).under(item.kind.name(locale)).linked(item.page(locale)),
            BriefCell::new(part.finding.clone().unwrap_or_else(|| part.lead.clone())),
        ],
        source: source(part).cloned(),
    };
    DraftTable {
        heading: locale.pick("What is in it", "收录内容"),
        columns: vec![(locale.pick("Name", "名称"), 340), (locale.pick("Finding", "要点"), 660)],
        rows: parts.iter().map(row).collect(),
        of: ("thing", "things", "项内容"),
    }
}
