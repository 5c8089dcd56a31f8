//! Shared namespace: places, organizations and apps are entities, and both files agree about them.

use super::is_place;
use crate::import::{
    problem::{Problems, quoted},
    spec::{Name, PLACES, PUDONG},
    tables::{ImportTable, Tables},
};

pub fn check(tables: &Tables, problems: &mut Problems) {
    let entities = &tables[Name::Entities];
    agree(entities, &tables[Name::Organizations], "organization", "parent_id", problems);
    agree(entities, &tables[Name::Apps], "app", "organization_id", problems);
    places(entities, problems);
    parents(entities, problems);
    headquarters(entities, &tables[Name::Organizations], problems);
}

/// Checks that kind, names and parent of an organization or app equal those of its entity.
fn agree(
    entities: &ImportTable,
    table: &ImportTable,
    kind: &str,
    parent: &'static str,
    problems: &mut Problems,
) {
    for row in &table.rows {
        let id = table.get(row, "id");
        let Some(entity) = entities.find(id) else { continue };
        let found = entities.get(entity, "kind");
        if found != kind {
            let what =
                format!("{} is of kind {} in entities.csv; it must be {kind}", quoted(id), quoted(found));
            problems.cell(table.file.file, row.number, "id", what);
        }
        for (here, there) in [("name_en", "name_en"), ("name_zh", "name_zh"), (parent, "parent_id")] {
            let (ours, theirs) = (table.get(row, here), entities.get(entity, there));
            if ours != theirs {
                let what = format!("is {}; entities.csv has {} for {id}", quoted(ours), quoted(theirs));
                problems.cell(table.file.file, row.number, here, what);
            }
        }
    }
}

fn places(entities: &ImportTable, problems: &mut Problems) {
    for row in &entities.rows {
        if PLACES.contains(&entities.get(row, "kind")) && entities.get(row, "name_zh").is_empty() {
            problems.cell(entities.file.file, row.number, "name_zh", "is blank; a place has a Chinese name");
        }
    }
}

/// Checks that the parent relation is acyclic. A cycle is reported for each entity on it.
fn parents(entities: &ImportTable, problems: &mut Problems) {
    let mut settled = vec![false; entities.rows.len()];
    for start in 0..entities.rows.len() {
        let mut way = Vec::new();
        let mut next = Some(start);
        while let Some(here) = next.filter(|here| !settled[*here]) {
            if let Some(first) = way.iter().position(|seen| *seen == here) {
                circle(entities, &way[first..], problems);
                break;
            }
            way.push(here);
            next = entities.position(entities.get(&entities.rows[here], "parent_id"));
        }
        for here in way {
            settled[here] = true;
        }
    }
}

fn circle(entities: &ImportTable, way: &[usize], problems: &mut Problems) {
    let ids: Vec<&str> = way.iter().map(|here| entities.get(&entities.rows[*here], "id")).collect();
    for here in way {
        let what = format!("parents form a cycle: {}", ids.join(" → "));
        problems.cell(entities.file.file, entities.rows[*here].number, "parent_id", what);
    }
}

fn headquarters(entities: &ImportTable, organizations: &ImportTable, problems: &mut Problems) {
    for row in &organizations.rows {
        let place = organizations.get(row, "hq_entity");
        if !place.is_empty() && !is_place(entities, place) {
            let what = format!("{} is not a place", quoted(place));
            problems.cell(organizations.file.file, row.number, "hq_entity", what);
        }
        if organizations.get(row, "pudong_status") == "headquartered" && place != PUDONG {
            let what = format!("is {}; an organization headquartered in Pudong has {PUDONG}", quoted(place));
            problems.cell(organizations.file.file, row.number, "hq_entity", what);
        }
    }
}
