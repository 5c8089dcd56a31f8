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
    problem::Problems,
    spec::{FILES, Name},
    tables::{ImportTable, Tables, each_row},
};
use breaks::Breaks;
use citations::Citations;
use links::Links;
use observations::Observations;

/// Checks a complete data set without a database.
pub fn check(data: &DataSet) -> Result<Checked, Error> {
    let mut problems = Problems::default();
    for stranger in data.strangers() {
        let known = FILES.each_ref().map(|file| file.file).join(", ");
        problems.file(stranger, format!("does not belong to the data set, whose files are {known}"));
    }
    let mut content = Content::new();
    let tables = Tables::read(data, &mut problems, &mut content)?;
    references::check(&tables, &mut problems);
    namespace::check(&tables, &mut problems);
    names::check(&tables, &mut problems);
    places::check(&tables, &mut problems);
    programs::check(&tables, &mut problems);
    amounts::check(&tables, &mut problems);
    links::check(&tables, &mut problems);

    let file = Name::Observations.file();
    let mut citations = Citations::of(&tables);
    let mut observations = Observations::of(&tables);
    let mut breaks = Breaks::of(&tables);
    let links = Links::of(file, &tables);
    let complete = each_row(file, data, &mut problems, &mut content, |number, record, problems| {
        citations.observation(record);
        breaks.observation(record);
        links.check(number, record, problems);
        observations.check(number, record, problems);
    })?;
    observations.finish(complete, &mut problems);
    breaks.finish(complete, &mut problems);
    citations.finish(complete, &mut problems);

    if !problems.is_empty() {
        return Err(Error::Refused(problems));
    }
    let (rows, content_hash, fingerprints) = content.finish();
    Ok(Checked { rows, content_hash, fingerprints, warnings: problems.warnings })
}

/// Returns whether the id belongs to a place. Missing ids are reported by another rule and count as places.
fn is_place(entities: &ImportTable, id: &str) -> bool {
    match entities.find(id) {
        Some(row) => super::spec::PLACES.contains(&entities.get(row, "kind")),
        None => true,
    }
}
