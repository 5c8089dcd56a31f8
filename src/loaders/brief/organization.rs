//! The brief of an organization.

use super::draft::{self, Draft, DraftFigure};
use crate::{
    components::list::SECTION,
    domain::{
        brief::query::BriefKind,
        observations::{breaks::Breaks, finding::finding},
        organizations::model::{OrganizationKind, PudongStatus},
        revisions::Snapshot,
    },
    error::AppError,
    loaders::organizations::{
        charts,
        data::{self, Profile},
        titles,
    },
    text::Locale,
};

/// Returns what the brief of an organization can say.
pub async fn draft(snapshot: &Snapshot, id: &str, locale: Locale) -> Result<Draft, AppError> {
    let page = data::one_from(snapshot, locale, id.to_owned(), SECTION).await?;
    let organization = &page.organization;
    let title = organization.named.name(locale).to_owned();
    let lead = titles::describe(organization, page.country.as_ref(), locale);
    let mut draft = Draft::new(BriefKind::Organization, id, title, lead, locale);
    let breaks = snapshot.cached::<Breaks>().await?;
    let leading: Vec<_> = page.key_figures.iter().filter(|figure| figure.latest.leads).collect();
    // What is measured most often comes first in both.
    draft.finding = leading.first().and_then(|first| {
        let figures = page.figures.iter().find(|figures| figures.indicator == first.indicator)?;
        let own: Vec<_> =
            figures.rows.iter().filter(|row| row.entity == first.latest.figure.entity).cloned().collect();
        let breaks = breaks.of_indicator(&figures.indicator.named.id);
        let found = finding(&own, breaks, figures.indicator.frequency)?;
        Some(found.sentence(&figures.indicator, locale) + locale.pick(".", "。"))
    });
    let figure = |figure: &&crate::loaders::organizations::rollup::KeyFigure| {
        let row = &figure.latest.figure;
        DraftFigure::of(&figure.indicator, row, row.entity.id != id, locale)
    };
    draft.figures = leading.iter().take(FIGURES).map(figure).collect();
    draft.charts = page
        .figures
        .iter()
        .filter_map(|figures| {
            let breaks = breaks.of_indicator(&figures.indicator.named.id);
            charts::trend(&figures.rows, &figures.indicator, breaks, locale)
        })
        .collect();
    let further: Vec<_> = page
        .key_figures
        .iter()
        .filter(|figure| !leading.iter().take(FIGURES).any(|leading| leading.latest == figure.latest))
        .map(|figure| (&figure.indicator, &figure.latest.figure))
        .collect();
    if !further.is_empty() {
        let heading = locale.pick("Further latest figures", "其他最新数据");
        draft.tables.push(draft::figures(heading, further, (true, true), locale));
    }
    if !page.subsidies.is_empty() {
        draft.tables.push(draft::money(&page.subsidies, locale));
    }
    if !page.programs.is_empty() {
        let heading = locale.pick("Programmes it has to do with", "相关政策");
        draft.tables.push(draft::measures(heading, &page.programs, true, locale));
    }
    draft.unknown = unknown(&page, locale);
    Ok(draft)
}

/// Number of key figures; the others are rows of the table.
const FIGURES: usize = 5;

fn unknown(page: &Profile, locale: Locale) -> Vec<String> {
    let organization = &page.organization;
    let mut unknown: Vec<String> = Vec::new();
    if !matches!(organization.pudong, PudongStatus::None | PudongStatus::Unknown) {
        unknown.extend(organization.note.get(locale).map(draft::plain));
    }
    let may_receive = matches!(organization.kind, OrganizationKind::Company | OrganizationKind::Fund);
    if page.subsidies.is_empty() && may_receive {
        unknown.push(
            locale
                .pick(
                    "Public money: none known. No source that this site holds names it as the recipient of an amount.",
                    "公共资金：暂未查到。本站所收来源均未载明其获得公共资金。",
                )
                .to_owned(),
        );
    }
    if page.key_figures.is_empty() {
        unknown.push(locale.pick("No figure about it is known.", "暂未查到有关该机构的数据。").to_owned());
    }
    if organization.ticker.is_none() && organization.kind == OrganizationKind::Company {
        unknown.push(locale.pick("No stock code is known.", "暂未查到股票代码。").to_owned());
    }
    unknown
}
