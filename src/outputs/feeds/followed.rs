//! What the feed of a page follows: the rows of a list, or one row and what belongs to it.

use std::collections::BTreeSet;

use super::selection::{FollowedList, Selection, selection};
use crate::{
    domain::{
        changes::{
            ChangedNoun::{
                self, Apps, Breaks, Entities, Events, Indicators, Observations, Organizations, People,
                Programs, Sources, Statements, Subsidies,
            },
            Subject,
            filter::places_within,
            store as changes,
        },
        entities::model::Places,
        indicators::model::SeriesQuery,
        programs::{self, model::Program},
        registry::{Noun, SinglePage},
        revisions::{Snapshot, model::AsOf},
    },
    error::{AppError, QueryError},
    loaders::{labels, programs::closing::closing_soon, registry},
    outputs::files::site,
    text::{Locale, query::Query},
};

/// Parameters of a page with their values.
pub type Pairs = Vec<(&'static str, String)>;

/// Number of revisions in which a filtered list looks for rows that it had and has no more.
const LOOKED_BACK: usize = 3;

/// What a feed follows.
#[derive(Clone, Debug, Default)]
pub struct Followed {
    pub title: String,
    /// Path of the page below the language.
    pub path: String,
    pub pairs: Pairs,
    /// Rows of these nouns are entries when they were added.
    pub added: Vec<ChangedNoun>,
    /// Corrections and withdrawals of rows of these nouns are entries.
    pub corrected: Vec<ChangedNoun>,
    /// What added rows are about.
    pub subject: Subject,
    /// What corrected and withdrawn rows are about: the same, or also rows that were.
    pub corrections: Subject,
    pub closing: Vec<Program>,
}

/// All events, and what closes soon.
pub async fn everything(snapshot: &Snapshot, locale: Locale, raw: &str) -> Result<Followed, AppError> {
    Query::decode(raw).only(&[])?;
    let closing = closing_soon(snapshot, snapshot.today, None).await?;
    Ok(Followed {
        title: locale.pick("Micro-Drama Observatory: events", "微短剧观察：事件").to_owned(),
        added: vec![ChangedNoun::Events],
        corrected: vec![ChangedNoun::Events],
        closing: closing.rows.into_iter().map(|row| row.program).collect(),
        ..Followed::default()
    })
}

/// Title of the feed of the site that follows something, with its filters.
pub fn titled(what: &str, filters: &str, locale: Locale) -> String {
    let site = site(locale);
    locale.pick(format!("{site}: {what}{filters}"), format!("{site}：{what}{filters}"))
}

/// Rows of a list.
pub async fn of_list(
    snapshot: &Snapshot,
    locale: Locale,
    list: FollowedList,
    path: &[&str],
    raw: &str,
) -> Result<Followed, AppError> {
    let Selection { noun, rows, filters } = selection(snapshot, list, raw).await?;
    let had = match &rows {
        Some(rows) if snapshot.known_on.is_none() => {
            Some(with_former(snapshot, noun, list, raw, rows.clone()).await?)
        }
        rows => rows.clone(),
    };
    let name = match list {
        FollowedList::Of(noun) => registry::list(noun, locale).title,
        FollowedList::Deals => SinglePage::Deals.name(locale),
        FollowedList::Screen => registry::list(Noun::Organizations, locale).title,
    };
    Ok(Followed {
        title: titled(name, &labelled(snapshot, &filters, locale).await?, locale),
        path: path.join("/"),
        pairs: filters,
        added: vec![noun],
        corrected: vec![noun],
        subject: Subject { rows, ..Subject::default() },
        corrections: Subject { rows: had, ..Subject::default() },
        ..Followed::default()
    })
}

/// Adds the rows that the list had before the last revisions that changed its noun: those withdrawn since, and those that a correction
/// took out of the filter.
async fn with_former(
    snapshot: &Snapshot,
    noun: ChangedNoun,
    list: FollowedList,
    raw: &str,
    rows: Vec<String>,
) -> Result<Vec<String>, AppError> {
    let mut all: BTreeSet<String> = rows.into_iter().collect();
    for revision in changes::revisions_of(&snapshot.db, snapshot.at, noun, LOOKED_BACK as i64).await? {
        let mut then = snapshot.other(AsOf::Revision(revision - 1)).await?;
        then.today = snapshot.today;
        // What a filter names may not have existed then.
        let Ok(selection) = selection(&then, list, raw).await else { continue };
        all.extend(selection.rows.unwrap_or_default());
    }
    Ok(all.into_iter().collect())
}

/// States the filters of a list in words: ` (place: Pudong New Area; status: in force)`.
pub async fn labelled(
    snapshot: &Snapshot,
    filters: &[(&'static str, String)],
    locale: Locale,
) -> Result<String, AppError> {
    let places = snapshot.cached::<Places>().await?;
    let one = |(name, value): &(&'static str, String)| {
        let (en, zh) = labels::of(name).unwrap_or((name, name));
        let place = places
            .get(value)
            .filter(|_| labels::is_place(name))
            .map(|place| place.named.name(locale).to_owned());
        let value = place.or_else(|| labels::of_word(name, value, locale)).unwrap_or_else(|| value.clone());
        locale.pick(format!("{en}: {value}"), format!("{zh}：{value}"))
    };
    let texts: Vec<String> = filters.iter().map(one).collect();
    Ok(match texts.is_empty() {
        true => String::new(),
        false => locale.pick(format!(" ({})", texts.join("; ")), format!("（{}）", texts.join("；"))),
    })
}

/// One row, and what belongs to it.
pub async fn of_row(
    snapshot: &Snapshot,
    locale: Locale,
    noun: Noun,
    id: &str,
    raw: &str,
) -> Result<Followed, AppError> {
    let title = name(snapshot, locale, noun, id).await?;
    let (subject, pairs) = match noun {
        Noun::Indicators => of_series(id, raw)?,
        _ => {
            Query::decode(raw).only(&[])?;
            (about(snapshot, noun, id).await?, Vec::new())
        }
    };
    let closing = match noun {
        Noun::Programs => programs::store::find(&snapshot.db, snapshot.at, id).await?,
        _ => None,
    };
    let (added, corrected) = nouns(noun);
    Ok(Followed {
        title,
        path: format!("{}/{id}", noun.word()),
        pairs,
        added,
        corrected,
        corrections: subject.clone(),
        subject,
        closing: closing.into_iter().collect(),
    })
}

/// Name of a row.
///
/// # Errors
///
/// [`AppError::NotFound`] if there is no such row.
async fn name(snapshot: &Snapshot, locale: Locale, noun: Noun, id: &str) -> Result<String, AppError> {
    if noun == Noun::Places && snapshot.cached::<Places>().await?.get(id).is_none() {
        return Err(AppError::NotFound);
    }
    let own = Subject { rows: Some(vec![id.to_owned()]), ..Subject::default() };
    let rows = changes::added(&snapshot.db, snapshot.at, own_noun(noun), &own, 1).await?;
    let rows: Vec<_> = rows.into_iter().map(|row| row.pair).collect();
    let row = changes::in_words(snapshot, locale, &rows).await?.into_iter().next();
    row.map(|row| row.row.name(locale).to_owned()).ok_or(AppError::NotFound)
}

fn own_noun(noun: Noun) -> ChangedNoun {
    match noun {
        Noun::Indicators => Indicators,
        Noun::Programs => Programs,
        Noun::Subsidies => Subsidies,
        Noun::Organizations => Organizations,
        Noun::Events => Events,
        Noun::Places => Entities,
        Noun::Sources => Sources,
    }
}

/// What belongs to a row: nouns whose rows are entries when they were added, and when they were corrected or withdrawn.
fn nouns(noun: Noun) -> (Vec<ChangedNoun>, Vec<ChangedNoun>) {
    let of = |added: &[ChangedNoun], also: &[ChangedNoun]| {
        (added.to_vec(), added.iter().chain(also).copied().collect())
    };
    match noun {
        Noun::Indicators => of(&[Observations, Breaks], &[Indicators]),
        Noun::Programs => of(&[Events, Subsidies, Programs], &[]),
        Noun::Organizations => {
            of(&[Events, Subsidies, Observations, Statements, Apps, People], &[Organizations, Breaks])
        }
        Noun::Places => {
            of(&[Programs, Subsidies, Organizations, Events, Observations, Statements], &[Entities, Breaks])
        }
        Noun::Sources => {
            let citing: Vec<ChangedNoun> = ChangedNoun::all().filter(|noun| *noun != Sources).collect();
            of(&citing, &[Sources])
        }
        Noun::Subsidies => of(&[Subsidies], &[]),
        Noun::Events => of(&[Events], &[]),
    }
}

/// What rows that belong to a row are about.
async fn about(snapshot: &Snapshot, noun: Noun, id: &str) -> Result<Subject, AppError> {
    let of = Subject::default();
    let id = Some(id.to_owned());
    Ok(match noun {
        Noun::Indicators => Subject { indicator: id, ..of },
        Noun::Programs => Subject { program: id, ..of },
        Noun::Organizations => Subject { organization: id, ..of },
        Noun::Places => {
            let places = places_within(snapshot, id.as_deref().unwrap_or_default()).await?;
            Subject { places: Some(places), ..of }
        }
        Noun::Sources => Subject { source: id, ..of },
        Noun::Subsidies | Noun::Events => Subject { rows: id.map(|id| vec![id]), ..of },
    })
}

/// The figures of an indicator that its page is asked for, whatever it draws of them.
fn of_series(id: &str, raw: &str) -> Result<(Subject, Pairs), QueryError> {
    let query = SeriesQuery { every: None, all_rows: false, ..SeriesQuery::parse(raw)? };
    let pairs = query.pairs();
    let chosen = |ids: Vec<String>| (!ids.is_empty()).then_some(ids);
    let subject = Subject {
        indicator: Some(id.to_owned()),
        entities: chosen(query.entities),
        producers: chosen(query.producers),
        ..Subject::default()
    };
    Ok((subject, pairs))
}
