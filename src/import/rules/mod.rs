//! Rules across rows, one file per subject. Each reports the violating row and the reason.

mod amounts;
mod breaks;
mod citations;
mod links;
mod names;
mod namespace;
mod observations;
mod places;
mod programs;
mod references;

use super::{
    content::Content,
    data_set::DataSet,
    outcome::{Checked, Error},
    problem::{Problems, SHOWN},
    spec::Name,
    tables::{ImportTable, Tables, each_row},
};
use breaks::Breaks;
use citations::Citations;
use links::Links;
use observations::Observations;

/// Checks a complete data set without a database, and lists as many problems as a terminal shows.
pub fn check(data: &DataSet) -> Result<Checked, Error> {
    check_listing(data, SHOWN)
}

/// Checks a complete data set without a database, and lists problems and warnings up to a limit.
pub fn check_listing(data: &DataSet, limit: usize) -> Result<Checked, Error> {
    let mut problems = Problems::up_to(limit);
    if !data.report(&mut problems) {
        return Err(Error::Refused(problems));
    }
    let content = check_content(data, &mut problems)?;
    problems.locate(data);
    if !problems.is_empty() {
        return Err(Error::Refused(problems));
    }
    let (rows, content_hash, fingerprints) = content.finish();
    Ok(Checked { rows, content_hash, fingerprints, warnings: problems.warnings })
}

/// Applies every rule to every row.
fn check_content(data: &DataSet, problems: &mut Problems) -> std::io::Result<Content> {
    let mut content = Content::new();
    let tables = Tables::read(data, problems, &mut content)?;
    references::check(&tables, problems);
    namespace::check(&tables, problems);
    names::check(&tables, problems);
    places::check(&tables, problems);
    programs::check(&tables, problems);
    amounts::check(&tables, problems);
    links::check(&tables, problems);

    let file = Name::Observations.file();
    let mut citations = Citations::of(&tables);
    let mut observations = Observations::of(&tables);
    let mut breaks = Breaks::of(&tables);
    let links = Links::of(file, &tables);
    let complete = each_row(file, data, problems, &mut content, |number, record, problems| {
        citations.observation(record);
        breaks.observation(record);
        links.check(number, record, problems);
        observations.check(number, record, problems);
    })?;
    observations.finish(complete, problems);
    breaks.finish(complete, problems);
    citations.finish(complete, problems);

    Ok(content)
}

/// Returns whether the id belongs to a place. Missing ids are reported by another rule and count as places.
fn is_place(entities: &ImportTable, id: &str) -> bool {
    match entities.find(id) {
        Some(row) => super::spec::PLACES.contains(&entities.get(row, "kind")),
        None => true,
    }
}
