//! Resolves an explore query: reads the observations, derives the values, and builds the page's view of both.

use std::sync::Arc;

use chrono::NaiveDate;

use super::{
    browser::{self, Browser},
    charts::{self, Shown},
    chosen::{Chosen, of_each},
    loader::Loader,
    presets::{self, Facts},
    view::{ExploreOptions, ExploreView, MarkView, SeriesView},
    workings,
};
use crate::{
    charts::Flag,
    domain::{
        entities::{contents::Contents, model::Places},
        events::{self, model::EventKind},
        explore::{
            formula,
            measure::base_of,
            model::{Input, Line, lines},
            notice::Notice,
            pipeline::{Inputs, estimate_counts, most_estimated_period, work},
            query::{ChartKind, ExploreQuery, Mark, Measure},
            rates::Rates,
        },
        observations::breaks::Breaks,
        programs,
        revisions::Snapshot,
    },
    error::{AppError, QueryError, QueryProblem},
    text::{Locale, Named, PartialDate, PeriodLength, Unit, currency::Currency},
};

/// Maximum number of marks above one chart.
const MAX_MARKS: usize = 12;

/// Everything derived from one query of the page.
pub struct State {
    pub query: ExploreQuery,
    preset: Option<ExploreQuery>,
    headline: Option<String>,
    pub shown: Shown,
    chosen: Vec<Vec<Arc<Input>>>,
    marks: Vec<MarkView>,
    more_marks: usize,
    options: ExploreOptions,
    browser: Browser,
    offers: Vec<super::view::ReadyChart>,
}

/// Reads the observations of a query and derives its values.
///
/// # Errors
///
/// If the query names a series, a place or a preset chart that does not exist.
pub async fn state(snapshot: &Snapshot, locale: Locale, asked: ExploreQuery) -> Result<State, AppError> {
    let (loader, mut figures) = Loader::open(snapshot, &asked).await?;
    let (places, contents) = (snapshot.cached::<Places>().await?, snapshot.cached::<Contents>().await?);
    let breaks = snapshot.cached::<Breaks>().await?;
    let mut query = asked;
    let plain = query.is_plain_preset();
    let (mut preset, mut headline, mut offers) = (None, None, Vec::new());
    if query.series.is_empty() {
        let wanted = match &query.preset {
            Some(id) => presets::indicators_of(id)
                .ok_or_else(|| QueryError::new("preset", id, QueryProblem::NothingThere))?,
            None => presets::indicators(),
        };
        figures = loader.facts(&wanted).await?;
        let facts = Facts::of(figures.iter().cloned(), &breaks);
        match query.preset.take() {
            Some(id) => {
                let nothing = || QueryError::new("preset", &id, QueryProblem::NothingThere);
                let ready = presets::one(&id, &facts, locale).ok_or_else(nothing)?;
                preset = Some(ExploreQuery { preset: Some(id), ..query.clone() });
                headline = plain.then_some(ready.headline);
                query = query.over_preset(ready.query)?;
            }
            None => offers = presets::offers(&facts, locale),
        }
    }
    let Chosen { figures: chosen, later } = of_each(snapshot, &query, figures, locale).await?;
    let is_money = |input: &Arc<Input>| matches!(input.indicator.unit, Unit::Money(_));
    let rates = async {
        match chosen.iter().flatten().any(is_money) {
            true => loader.rates().await,
            false => Ok(Rates::default()),
        }
    };
    if let Some(place) = query.place.as_ref().filter(|place| places.get(place).is_none()) {
        return Err(QueryError::new("place", place, QueryProblem::NothingThere).into());
    }
    let browser = browser::browser(&loader, &query, &chosen, locale);
    let (rates, growth, browser) = tokio::try_join!(rates, loader.growth(&query), browser)?;
    let mut worked = work(
        &Inputs { chosen: &chosen, rates: &rates, contents: &contents, breaks: &breaks, growth: &growth },
        &query,
        locale,
    );
    worked.notices.extend(later.into_iter().map(Notice::NotYetKnown));
    let marks = match span(&worked.lines) {
        Some(span) if !query.marks.is_empty() && worked.kind != ChartKind::Slope => {
            marks_in(snapshot, locale, &query, &places, span).await?
        }
        _ => Marks::default(),
    };
    let mut options = options(&query, &chosen, (&rates, &breaks), worked.of, locale);
    options.as_of = (snapshot.at.revision, snapshot.published_on());
    if !query.series.is_empty() {
        options.places = marked_places(&places);
    }
    let shown = charts::shown(worked, &query, headline.clone(), marks.flags, locale);
    let (marks, more_marks) = (marks.views, marks.more);
    Ok(State { query, preset, headline, shown, chosen, marks, more_marks, options, browser, offers })
}

fn span(lines: &[Line]) -> Option<(NaiveDate, NaiveDate)> {
    let values = || lines.iter().flat_map(|line| &line.values);
    let first = values().map(|value| value.period.start).min()?;
    Some((first, values().map(|value| value.period.end).max()?))
}

#[derive(Default)]
struct Marks {
    flags: Vec<Flag>,
    views: Vec<MarkView>,
    more: usize,
}

/// Returns the programmes and events of the selected kinds within a period; of too many, those that began last.
async fn marks_in(
    snapshot: &Snapshot,
    locale: Locale,
    query: &ExploreQuery,
    places: &Places,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Marks, AppError> {
    let within = |place: Option<&str>| match &query.place {
        None => true,
        Some(wanted) => place.is_some_and(|place| places.within(place, wanted)),
    };
    let mut all: Vec<(NaiveDate, MarkView)> = Vec::new();
    let mut mark = |named: &Named, date: PartialDate, room: &str, kind: Mark, place: Option<&str>| {
        let in_time = (first..=last).contains(&date.first_day());
        if query.marks.contains(&kind) && in_time && within(place) {
            let view = MarkView {
                date: date.label(locale),
                title: named.name(locale).to_owned(),
                href: format!("/{locale}/{room}/{}", named.id),
                kind,
            };
            all.push((date.first_day(), view));
        }
    };
    if query.marks.contains(&Mark::Program) {
        for program in &snapshot.cached::<programs::store::Beginnings>().await?.0 {
            mark(&program.named, program.on, "programs", Mark::Program, Some(&program.place));
        }
    }
    if query.marks.iter().any(|mark| *mark != Mark::Program) {
        for event in snapshot.cached::<events::index::Chronicle>().await?.events.all() {
            let place = event.jurisdiction.as_ref().map(|place| place.id.as_str());
            mark(&event.named, event.date, "events", Mark::of(event.kind), place);
        }
    }
    all.sort_by(|(a, one), (b, other)| (a, &one.title).cmp(&(b, &other.title)));
    let more = all.len().saturating_sub(MAX_MARKS);
    let all = all.split_off(more);
    // The chart and the list number them alike: by date, then by name.
    let flags = all.iter().map(|(date, view)| Flag {
        date: *date,
        label: locale
            .pick(format!("{}, {}", view.title, view.date), format!("{}（{}）", view.title, view.date)),
    });
    Ok(Marks { flags: flags.collect(), views: all.iter().map(|(_, view)| view.clone()).collect(), more })
}

impl Mark {
    fn of(kind: EventKind) -> Mark {
        match kind {
            EventKind::Policy => Mark::Policy,
            EventKind::Summit => Mark::Summit,
            EventKind::Agreement => Mark::Agreement,
            EventKind::Opening => Mark::Opening,
            EventKind::Investment => Mark::Investment,
            EventKind::Listing => Mark::Listing,
            EventKind::Report => Mark::Report,
            EventKind::Other => Mark::Other,
        }
    }
}

/// Returns the places that a mark may belong to, by name: China and the places within it.
fn marked_places(places: &Places) -> Vec<Named> {
    places
        .tree(|place| places.country(&place.named.id).is_some_and(|country| country.named.id == "china"))
        .into_iter()
        .map(|(_, place)| place.named.clone())
        .collect()
}

fn options(
    query: &ExploreQuery,
    chosen: &[Vec<Arc<Input>>],
    (rates, breaks): (&Rates, &Breaks),
    of: Option<crate::text::Period>,
    locale: Locale,
) -> ExploreOptions {
    // Computed before measure and time range are applied: the options do not depend on either.
    let of_one = |(number, figures): (usize, &Vec<Arc<Input>>)| {
        let plain = lines(figures, breaks, number, number);
        match query.every {
            None => plain,
            Some(every) => crate::domain::explore::aggregate::of_length(&plain, every.length(), query.how),
        }
    };
    let plain: Vec<Line> = chosen.iter().enumerate().flat_map(of_one).collect();
    let mut periods: Vec<_> = plain.iter().flat_map(|line| &line.values).map(|value| value.period).collect();
    periods.sort();
    periods.dedup();
    let money = |line: &&Line| matches!(line.unit, Unit::Money(_));
    let convertible = |line: &Line, period| {
        Currency::WORDS.iter().any(|(to, _)| rates.legs(line.unit.word(), to, period).is_ok())
    };
    let mut estimate_counts = estimate_counts(chosen);
    estimate_counts.retain(|_, times| *times > 1);
    let lengths: Vec<PeriodLength> = plain.iter().map(|line| line.length).collect();
    let base = match (query.measure(), lengths.first()) {
        (Measure::Index, Some(length)) => base_of(&plain, *length, query.base),
        _ => None,
    };
    ExploreOptions {
        as_of: Default::default(),
        periods: periods.iter().map(|period| (period.code(), period.label(locale))).collect(),
        money: plain.iter().any(|line| money(&line)),
        rates: plain
            .iter()
            .filter(money)
            .any(|line| line.values.iter().any(|value| convertible(line, value.period))),
        estimate_counts: estimate_counts
            .iter()
            .rev()
            .map(|(period, times)| (period.code(), period.label(locale), *times))
            .collect(),
        of: of.or_else(|| most_estimated_period(chosen)).map(|period| period.code()),
        base: base.map(|base| base.code()),
        places: Vec::new(),
        stocks: chosen.iter().flatten().any(|input| !input.indicator.additive),
    }
}

impl State {
    /// Returns the title of the page.
    pub fn title(&self, locale: Locale) -> String {
        match (&self.headline, &self.shown.chart) {
            (Some(headline), _) => headline.clone(),
            (None, Some(chart)) => chart.heading().title.clone(),
            (None, None) => locale.pick("Explore the figures", "数据探索").to_owned(),
        }
    }

    pub fn description(&self, locale: Locale) -> String {
        match &self.shown.chart {
            Some(chart) => chart.heading().subtitle.clone(),
            None => locale
                .pick(
                    "Put any figures on one chart, as one currency, growth, indices or shares, and see every formula, source and gap.",
                    "将任意数据放在同一张图上：换算币种，计算增速、指数或占比，每个公式、来源和缺口均可查看。",
                )
                .to_owned(),
        }
    }

    pub fn view(self, locale: Locale) -> ExploreView {
        let (title, description) = (self.title(locale), self.description(locale));
        let table = workings::table(&self.shown, &self.query, locale);
        let breaks = workings::breaks(&self.shown, locale);
        let undated = workings::undated(&self.shown, locale);
        let workings = workings::workings(&self.shown, locale);
        let series = self
            .query
            .series
            .iter()
            .zip(&self.chosen)
            .enumerate()
            .filter_map(|(at, (chosen, figures))| {
                let first = figures.first()?;
                let key = &chosen.key;
                Some(SeriesView {
                    name: first.name(locale),
                    letter: formula::letter(at),
                    slot: chosen.slot,
                    figures: figures.len(),
                    page: format!(
                        "/{locale}/indicators/{}?entity={}&producer={}",
                        key.indicator, key.entity, key.producer
                    ),
                })
            })
            .collect();
        ExploreView {
            chart: self.shown.chart.as_ref().map(|chart| chart.view()),
            notices: self.shown.worked.notices.iter().map(|notice| notice.sentence(locale)).collect(),
            query: self.query,
            preset: self.preset,
            title,
            description,
            series,
            table,
            workings,
            breaks,
            undated,
            marks: self.marks,
            more_marks: self.more_marks,
            options: self.options,
            found: self.browser.found,
            tree: self.browser.tree,
            about: self.browser.about,
            peers: self.browser.peers,
            entities: self.browser.entities,
            suggestions: self.browser.suggestions,
            offers: self.offers,
        }
    }
}
