//! View models and server functions of the page of changes.

use chrono::NaiveDate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{
    components::list::FacetGroup,
    domain::{
        changes::{
            Change, ChangePosition,
            query::ChangeQuery,
            world::{Happening, HappeningKind},
        },
        revisions::Snapshot,
    },
    error::AppError,
    loaders::page_snapshot,
    text::Locale,
};

/// Changes per page.
pub const PAGE: usize = 100;

/// The changes of one revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevisionChanges {
    pub number: i32,
    pub published_on: NaiveDate,
    pub note: Option<String>,
    /// What readers had reported that it answers.
    pub reported: Option<String>,
    /// Rows that it added, corrected and withdrew. None where the page shows only some kinds of changes.
    pub counts: Option<[i64; 3]>,
    /// Those on this page.
    pub changes: Vec<Change>,
}

/// What happened in the world, by kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    /// The time begins after this day.
    pub after: NaiveDate,
    pub until: NaiveDate,
    pub happenings: Vec<(HappeningKind, Vec<Happening>)>,
}

/// A filter in force that only links set: its name and the address without it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectFilter {
    pub label: String,
    pub without: String,
}

/// View model of the page of changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangesPage {
    pub query: ChangeQuery,
    /// Changes are those of later revisions; 0 if of all.
    pub since: i32,
    pub after: NaiveDate,
    /// The revision that is read.
    pub until: i32,
    pub revisions: Vec<RevisionChanges>,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// None where the page shows only some kinds of changes, or is not the first.
    pub world: Option<World>,
    pub times: FacetGroup,
    pub groups: Vec<FacetGroup>,
    pub filters: Vec<SubjectFilter>,
}

/// Changes in the order of the list, and the position after which more follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeList {
    pub changes: Vec<Change>,
    pub next: Option<ChangePosition>,
}

/// Returns what changed. Public: anyone may call it.
#[server(prefix = "/fn", endpoint = "changes", input = leptos::server_fn::codec::GetUrl)]
pub async fn changes(locale: Locale, query: ChangeQuery) -> Result<ChangesPage, AppError> {
    server::page(&page_snapshot().await?, locale, query).await
}

/// Reads the first `most` changes that a query selects; shared by the page, its files and the API.
///
/// # Errors
///
/// If the query names something that never existed, or the data cannot be read.
pub async fn list_from(
    snapshot: &Snapshot,
    locale: Locale,
    query: &ChangeQuery,
    most: usize,
) -> Result<ChangeList, AppError> {
    use crate::domain::changes::{filter, store};

    let selector = filter::selector(snapshot, query).await?;
    let mut changes = store::page(snapshot, locale, &selector, most.saturating_add(1)).await?;
    let has_more = changes.len() > most;
    changes.truncate(most);
    let next = changes.last().filter(|_| has_more).map(Change::position);
    Ok(ChangeList { changes, next })
}

/// Reads what happened in the world in the time of a query, of its subject.
///
/// # Errors
///
/// If the query names something that never existed, or the data cannot be read.
pub async fn world_from(snapshot: &Snapshot, query: &ChangeQuery) -> Result<World, AppError> {
    use crate::domain::changes::{filter, world};

    let since = filter::since(snapshot, query.since).await?;
    let selector = filter::selector(snapshot, query).await?;
    let window = world::Window {
        after: since.day,
        until: snapshot.today,
        places: selector.subject.places,
        indicator: query.indicator.clone(),
        organization: query.organization.clone(),
        program: query.program.clone(),
    };
    let all = world::store::happenings(&snapshot.db, snapshot.at, &window).await?;
    let of = |kind: HappeningKind| {
        let own: Vec<Happening> = all.iter().filter(|one| one.kind == kind).cloned().collect();
        (!own.is_empty()).then_some((kind, own))
    };
    let happenings = HappeningKind::all().filter_map(of).collect();
    Ok(World { after: since.day, until: snapshot.today, happenings })
}

mod server {
    use std::collections::{BTreeMap, BTreeSet};

    use chrono::Days;

    use super::{ChangeList, ChangesPage, PAGE, RevisionChanges, SubjectFilter, list_from, world_from};
    use crate::{
        components::list::{FacetChoice, FacetGroup},
        domain::{
            changes::{Change, ChangeKind, ChangedNoun, filter, query::ChangeQuery, store},
            listing::parameter::ListQuery,
            revisions::{self, Snapshot},
        },
        error::AppError,
        text::{Locale, date, query::State},
    };

    pub async fn page(
        snapshot: &Snapshot,
        locale: Locale,
        query: ChangeQuery,
    ) -> Result<ChangesPage, AppError> {
        let since = filter::since(snapshot, query.since).await?;
        let ChangeList { changes, next } = list_from(snapshot, locale, &query, PAGE).await?;
        let is_part = query.kind.is_some() || query.noun.is_some() || query.after.is_some();
        let world = if is_part { None } else { Some(world_from(snapshot, &query).await?) };
        let counts = match query.is_narrowed() || snapshot.known_on.is_some() {
            true => None,
            false => Some(store::counts(&snapshot.db, since.revision, snapshot.at.revision).await?),
        };
        Ok(ChangesPage {
            since: since.revision,
            after: since.day,
            until: snapshot.at.revision,
            revisions: grouped(snapshot, changes, counts).await?,
            next: next.map(|next| next.to_string()),
            world,
            times: times(snapshot, &query, locale),
            groups: vec![kinds(&query, locale), nouns(&query, locale)],
            filters: filters(snapshot, &query, locale).await?,
            query,
        })
    }

    /// Puts changes together by revision, in their order.
    async fn grouped(
        snapshot: &Snapshot,
        changes: Vec<Change>,
        counts: Option<BTreeMap<(i32, ChangedNoun), [i64; 3]>>,
    ) -> Result<Vec<RevisionChanges>, AppError> {
        let numbers: BTreeSet<i32> = changes.iter().map(|change| change.revision).collect();
        let mut revisions: Vec<RevisionChanges> = revisions::store::of_numbers(&snapshot.db, &numbers)
            .await?
            .into_iter()
            .map(|revision| RevisionChanges {
                number: revision.number,
                published_on: date::in_china(revision.published_at),
                note: revision.note,
                reported: revision.reported,
                counts: counts.as_ref().map(|counts| summed(counts, revision.number)),
                changes: Vec::new(),
            })
            .collect();
        revisions.sort_by_key(|revision| std::cmp::Reverse(revision.number));
        for change in changes {
            if let Some(own) = revisions.iter_mut().find(|revision| revision.number == change.revision) {
                own.changes.push(change);
            }
        }
        Ok(revisions)
    }

    fn summed(counts: &BTreeMap<(i32, ChangedNoun), [i64; 3]>, revision: i32) -> [i64; 3] {
        let own = counts.iter().filter(|((number, _), _)| *number == revision);
        own.fold([0; 3], |[added, corrected, withdrawn], (_, [a, c, w])| {
            [added + a, corrected + c, withdrawn + w]
        })
    }

    fn choice(label: impl Into<String>, href: String, chosen: bool) -> FacetChoice {
        FacetChoice { label: label.into(), count: None, href, chosen, depth: 0 }
    }

    /// Times that readers ask for most.
    fn times(snapshot: &Snapshot, query: &ChangeQuery, locale: Locale) -> FacetGroup {
        let of = |label: String, since: Option<State>| {
            let href = query.with(|query| query.since = since).href(locale);
            choice(label, href, query.since == since)
        };
        let days = |days: u64, label: (&str, &str)| {
            let day = snapshot.today.checked_sub_days(Days::new(days)).map(State::Day);
            of(locale.pick(label.0, label.1).to_owned(), day)
        };
        let choices = vec![
            of(locale.pick("The newest revision", "最新版本").to_owned(), None),
            days(7, ("The last 7 days", "最近7天")),
            days(30, ("The last 30 days", "最近30天")),
            days(365, ("The last 365 days", "最近365天")),
            of(
                locale.pick("Since the first revision", "自首个版本以来").to_owned(),
                Some(State::Revision(1)),
            ),
        ];
        FacetGroup { title: locale.pick("Time", "时间").to_owned(), choices }
    }

    fn kinds(query: &ChangeQuery, locale: Locale) -> FacetGroup {
        let of = |label: String, kind: Option<ChangeKind>| {
            choice(label, query.with(|query| query.kind = kind).href(locale), query.kind == kind)
        };
        let all = of(locale.pick("All", "全部").to_owned(), None);
        let each = ChangeKind::WORDS.iter().map(|(_, kind)| of(kind.name(locale).to_owned(), Some(*kind)));
        FacetGroup {
            title: locale.pick("What was done", "变更类型").to_owned(),
            choices: std::iter::once(all).chain(each).collect(),
        }
    }

    fn nouns(query: &ChangeQuery, locale: Locale) -> FacetGroup {
        let of = |label: String, noun: Option<ChangedNoun>| {
            choice(label, query.with(|query| query.noun = noun).href(locale), query.noun == noun)
        };
        let all = of(locale.pick("All", "全部").to_owned(), None);
        let each = ChangedNoun::all().map(|noun| of(noun.name(locale).to_owned(), Some(noun)));
        FacetGroup {
            title: locale.pick("To what", "变更对象").to_owned(),
            choices: std::iter::once(all).chain(each).collect(),
        }
    }

    /// Filters that links of other pages set.
    async fn filters(
        snapshot: &Snapshot,
        query: &ChangeQuery,
        locale: Locale,
    ) -> Result<Vec<SubjectFilter>, AppError> {
        let asked = [
            ("place", &query.place),
            ("indicator", &query.indicator),
            ("organization", &query.organization),
            ("program", &query.program),
        ];
        let mut filters = Vec::new();
        for (name, id) in asked {
            let Some(id) = id else { continue };
            let named = store::last_name(&snapshot.db, name, id).await?;
            let label = ChangeQuery::PARAMETERS.iter().find(|parameter| parameter.name == name);
            let label = label.map_or(name, |parameter| locale.pick(parameter.label.0, parameter.label.1));
            let value = named.as_ref().map_or(id.as_str(), |named| named.name(locale));
            filters.push(SubjectFilter {
                label: format!("{label}{}{value}", locale.pick(": ", "：")),
                without: query.href_with(locale, name, None),
            });
        }
        Ok(filters)
    }
}
