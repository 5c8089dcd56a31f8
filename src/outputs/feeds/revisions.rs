//! Entries of the feed of revisions.

use super::{
    document::FeedEntry,
    entries::{EntrySource, TAG},
};
use crate::{
    domain::{
        changes::store as changes,
        revisions::{self, model::Revision},
    },
    error::AppError,
    outputs::files::site,
    text::{date, number::grouped},
};

/// Returns the title of the feed, and an entry for each of the newest revisions.
pub async fn entries(source: EntrySource<'_>, most: usize) -> Result<(String, Vec<FeedEntry>), AppError> {
    let EntrySource { snapshot, provenance, locale } = source;
    let own = snapshot.at.revision;
    let all = revisions::store::list(&snapshot.db).await?;
    let shown: Vec<Revision> = all.into_iter().filter(|revision| revision.number <= own).take(most).collect();
    let before = shown.last().map_or(0, |oldest| oldest.number - 1);
    let counts = changes::counts(&snapshot.db, before, own).await?;
    let entry = |revision: Revision| {
        let number = revision.number;
        let day = date::in_china(revision.published_at);
        let mut sums = [0i64; 3];
        for (_, each) in counts.iter().filter(|((of, _), _)| *of == number) {
            sums.iter_mut().zip(each).for_each(|(sum, one)| *sum += one);
        }
        let [added, corrected, withdrawn] = sums.map(|sum| grouped(sum.into()));
        let counted = match number {
            1 => locale.pick("The first revision.", "首个版本。").to_owned(),
            _ => locale.pick(
                format!("Rows added: {added}, corrected: {corrected}, withdrawn: {withdrawn}."),
                format!("新增{added}行，更正{corrected}行，撤回{withdrawn}行。"),
            ),
        };
        let stop = locale.pick(". ", "。");
        let note = revision.note.map(|note| note.trim_end_matches(['.', '。']).to_owned() + stop);
        FeedEntry {
            id: format!("{TAG}:{locale}/data/revisions/{number}"),
            title: locale.pick(
                format!("Revision {number}, {}", date::day(day, locale)),
                format!("版本{number}（{}）", date::day(day, locale)),
            ),
            updated: revision.published_at,
            published: revision.published_at,
            revision: number,
            link: provenance.absolute(&format!("/{locale}/data/revisions/{number}")),
            via: None,
            categories: vec!["revision".to_owned()],
            text: note.unwrap_or_default() + &counted,
            day: Some(day),
        }
    };
    let title = locale
        .pick(format!("{}: revisions of the data", site(locale)), format!("{}：数据版本", site(locale)));
    Ok((title, shown.into_iter().map(entry).collect()))
}
