//! The brief of a place.

use super::draft::{self, Draft, DraftFigure};
use crate::{
    components::list::SECTION,
    domain::{
        brief::query::BriefKind,
        entities::{known::Known, model::Places},
        indicators::index::IndicatorIndex,
        observations::{
            breaks::Breaks,
            store::{self, ObservationSelector},
        },
        programs::{
            comparison::{CompareQuery, OWN, PEERS},
            filter,
            index::{ProgramEntry, ProgramIndex},
            model::Program,
        },
        revisions::Snapshot,
        subsidies::headline::Headline,
    },
    error::AppError,
    loaders::{
        entities::{
            data::{self, PlacePage},
            titles,
        },
        organizations::rollup::{self, KeyFigure},
        programs::{
            charts,
            rows::{ProgramRow, standing},
        },
    },
    text::Locale,
};

/// Returns what the brief of a place can say.
pub async fn draft(snapshot: &Snapshot, id: &str, locale: Locale) -> Result<Draft, AppError> {
    let page = data::one_from(snapshot, locale, id.to_owned(), SECTION).await?;
    let place = &page.own.place;
    let title = place.named.name(locale).to_owned();
    let lead = titles::describe(place, &page.lies_in, locale);
    let mut draft = Draft::new(BriefKind::Place, id, title, lead, locale);
    draft.finding = finding(snapshot, id, locale).await?;
    draft.figures = figures(snapshot, &page, locale).await?;
    let offering = snapshot.cached::<ProgramIndex>().await?;
    let within = within(snapshot, &offering, id).await?;
    let offers = filter::offers(snapshot, within.iter().copied()).await?;
    draft.charts = charts::offers(&offers, snapshot.today, locale);
    let programs = filter::fetch_by_ids(snapshot, within.into_iter().take(SECTION)).await?;
    let programs = standing(programs, snapshot.today);
    if !programs.is_empty() {
        let (heading, place) = match page.programs.is_empty() {
            false => (locale.pick("What it offers", "提供什么"), false),
            true => (locale.pick("What places within it offer", "所辖各地提供什么"), true),
        };
        draft.tables.push(draft::measures(heading, &programs, place, locale));
    }
    if !page.subsidies.is_empty() {
        draft.tables.push(draft::money(&page.subsidies, locale));
    }
    draft.unknown = unknown(snapshot, &page, &programs, locale).await?;
    Ok(draft)
}

/// The finding of its comparison with the places that Pudong is compared with, or of Pudong with it.
async fn finding(snapshot: &Snapshot, id: &str, locale: Locale) -> Result<Option<String>, AppError> {
    let index = snapshot.cached::<ProgramIndex>().await?;
    let places = match id {
        OWN => std::iter::once(OWN).chain(PEERS).map(str::to_owned).collect(),
        _ => vec![OWN.to_owned(), id.to_owned()],
    };
    let known = snapshot.cached::<Places>().await?;
    if places.iter().any(|place: &String| known.get(place).is_none()) {
        return Ok(None);
    }
    let query = CompareQuery { places, ..CompareQuery::default() };
    let compared = filter::compare_places(snapshot, &index, &query).await?;
    Ok(compared.table.finding(locale))
}

/// The figures that represent the indicators measured for it, the newest first, then the largest amounts of money.
async fn figures(
    snapshot: &Snapshot,
    page: &PlacePage,
    locale: Locale,
) -> Result<Vec<DraftFigure>, AppError> {
    let id = &page.own.place.named.id;
    let ids = [id.clone()];
    let filter = ObservationSelector { entities: Some(&ids), ..Default::default() };
    let rows = store::select(&snapshot.db, snapshot.at, filter).await?;
    let rows = rows.into_iter().map(|row| (row.indicator_id, row.observation));
    let indicators = snapshot.cached::<IndicatorIndex>().await?;
    let breaks = snapshot.cached::<Breaks>().await?;
    let figures = rollup::key_figures(id, &indicators, &breaks, rows)?;
    let figure = |KeyFigure { indicator, latest }: &KeyFigure| {
        DraftFigure::of(indicator, &latest.figure, false, locale)
    };
    let mut leading: Vec<&KeyFigure> = figures.iter().filter(|figure| figure.latest.leads).collect();
    leading.sort_by_key(|figure| std::cmp::Reverse(figure.latest.figure.period.end));
    let leading = leading.into_iter().map(figure);
    let mut money: Vec<_> = page.subsidies.iter().filter(|row| row.currency == "CNY").collect();
    money.sort_by_key(|row| std::cmp::Reverse(row.amount));
    let money = money.into_iter().take(2).map(|row| DraftFigure::of_subsidy(row, locale));
    Ok(leading.chain(money).collect())
}

/// Its own programmes; where it has none, those of the places within it.
async fn within<'a>(
    snapshot: &Snapshot,
    offering: &'a ProgramIndex,
    id: &'a str,
) -> Result<Vec<&'a ProgramEntry>, AppError> {
    let own: Vec<&ProgramEntry> = offering.of_place(id, Default::default()).collect();
    if !own.is_empty() {
        return Ok(own);
    }
    let places = snapshot.cached::<Places>().await?;
    let lies_within =
        |entry: &&ProgramEntry| places.outwards(&offering.place(entry).id).any(|place| place.named.id == id);
    Ok(offering.entries.all().iter().filter(lies_within).collect())
}

async fn unknown(
    snapshot: &Snapshot,
    page: &PlacePage,
    programs: &[ProgramRow],
    locale: Locale,
) -> Result<Vec<String>, AppError> {
    let place = &page.own.place;
    let name = place.named.name(locale);
    let places = snapshot.cached::<Places>().await?;
    let known = snapshot.cached::<Known>().await?;
    let researched = known.researched(&places).contains(place.named.id.as_str());
    if !researched {
        return Ok(vec![
            locale.pick(format!("{name} has not been researched."), format!("{name}尚未收集资料。")),
        ]);
    }
    let mut unknown: Vec<String> = Vec::new();
    unknown.extend(place.note.get(locale).map(draft::plain));
    let paid =
        page.subsidies.iter().any(|row| row.kind == crate::domain::subsidies::model::SubsidyKind::Paid);
    if !paid {
        unknown.push(Headline::Paid.none(Some(name), None, locale));
    }
    let count = |holds: &dyn Fn(&Program) -> bool| {
        programs.iter().filter(|row| !row.program.is_package() && holds(&row.program)).count()
    };
    let all = count(&|_| true);
    let undated = count(&|program| program.effective_from.is_none());
    let no_amount = count(&|program| program.max_amount_cny.is_none() && program.rate.is_none());
    let unconfirmed = count(&|program| program.last_confirmed_on.is_none());
    let of = |count: usize, en: &str, zh: &str| {
        locale.pick(format!("{en} {count} of {all} measures."), format!("{all}项措施中有{count}项{zh}。"))
    };
    unknown.extend(
        (no_amount > 0)
            .then(|| of(no_amount, "No amount in CNY and no rate is known of", "暂未查到人民币金额或比例")),
    );
    unknown.extend(
        (undated > 0)
            .then(|| of(undated, "When it came or comes into force is not known of", "生效日期不详")),
    );
    unknown.extend(
        (unconfirmed > 0).then(|| of(unconfirmed, "No dated source confirms", "没有注明日期的来源可供核实")),
    );
    Ok(unknown)
}
