//! Selection of changes shared by the page, its files, its feed and the API.

use chrono::NaiveDate;

use super::{
    model::{ChangePosition, ChangeSelector, Subject},
    query::ChangeQuery,
    store,
};
use crate::{
    domain::{
        entities::model::Places,
        revisions::{self, Snapshot, model::AsOf, snapshot::end_of},
    },
    error::{AppError, QueryError, QueryProblem},
    text::{date, query::State},
};

/// The time that a query asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Since {
    /// Changes are those of later revisions; 0 if all of them are.
    pub revision: i32,
    /// What happened in the world is dated after this day.
    pub day: NaiveDate,
}

/// Days before today that count where the only revision is the first.
const AT_FIRST: chrono::Days = chrono::Days::new(30);

/// Returns the time that a query asks about: by default, since the revision before the one that is read.
///
/// # Errors
///
/// If no revision has that number, or the day has not come.
pub async fn since(snapshot: &Snapshot, asked: Option<State>) -> Result<Since, AppError> {
    let own = snapshot.at.revision;
    match asked {
        None if own <= 1 => {
            let day = snapshot.today.checked_sub_days(AT_FIRST).unwrap_or(snapshot.today);
            Ok(Since { revision: 0, day })
        }
        None => of_revision(snapshot, own - 1).await,
        Some(State::Revision(number)) => of_revision(snapshot, number).await,
        Some(State::Day(day)) if day > snapshot.today => {
            let problem = QueryProblem::NotYet { today: snapshot.today };
            Err(QueryError::new("since", &day.to_string(), problem).into())
        }
        Some(State::Day(day)) => {
            let found = revisions::store::published_by(&snapshot.db, end_of(day), own).await?;
            Ok(Since { revision: found.map_or(0, |revision| revision.number), day })
        }
    }
}

async fn of_revision(snapshot: &Snapshot, number: i32) -> Result<Since, AppError> {
    let found = match number <= snapshot.at.revision {
        true => revisions::store::get(&snapshot.db, number).await?,
        false => None,
    };
    match found {
        Some(revision) => Ok(Since { revision: number, day: date::in_china(revision.published_at) }),
        None => Err(revisions::snapshot::no_such_state(
            &snapshot.db,
            "since",
            AsOf::Revision(number),
            snapshot.at.revision,
        )
        .await?
        .into()),
    }
}

/// Returns what a query selects.
///
/// # Errors
///
/// If it names something that never existed, or a position that cannot be one.
pub async fn selector(snapshot: &Snapshot, query: &ChangeQuery) -> Result<ChangeSelector, AppError> {
    let since = since(snapshot, query.since).await?;
    Ok(ChangeSelector {
        since: since.revision,
        kinds: query.kind.into_iter().collect(),
        nouns: query.noun.into_iter().collect(),
        subject: subject(snapshot, query).await?,
        until: None,
        after: query.after.as_deref().map(position).transpose()?,
    })
}

fn position(text: &str) -> Result<ChangePosition, QueryError> {
    ChangePosition::parse(text).ok_or_else(|| QueryError::new("after", text, QueryProblem::NothingThere))
}

async fn subject(snapshot: &Snapshot, query: &ChangeQuery) -> Result<Subject, AppError> {
    let ids = [
        ("place", &query.place),
        ("indicator", &query.indicator),
        ("organization", &query.organization),
        ("program", &query.program),
    ];
    for (name, id) in ids {
        let Some(id) = id else { continue };
        if !store::was_published(&snapshot.db, name, id).await? {
            return Err(QueryError::new(name, id, QueryProblem::NothingThere).into());
        }
    }
    let places = match &query.place {
        Some(place) => Some(places_within(snapshot, place).await?),
        None => None,
    };
    Ok(Subject {
        places,
        indicator: query.indicator.clone(),
        organization: query.organization.clone(),
        program: query.program.clone(),
        ..Subject::default()
    })
}

/// Returns the ids of a place and of every place within it.
///
/// # Errors
///
/// If the places cannot be read.
pub async fn places_within(snapshot: &Snapshot, place: &str) -> Result<Vec<String>, AppError> {
    let places = snapshot.cached::<Places>().await?;
    let within = places.all().map(|one| one.named.id.as_str()).filter(|id| places.within(id, place));
    let mut ids: Vec<String> = within.map(str::to_owned).collect();
    if ids.is_empty() {
        ids.push(place.to_owned());
    }
    Ok(ids)
}
