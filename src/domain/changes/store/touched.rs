//! Which rows of a table revisions touched, as SQL.

use sqlx::{Postgres, QueryBuilder};

use super::{
    super::{
        declared::Declared,
        model::{ChangeKind, ChangePosition, ChangeSelector, Subject},
        nouns::ChangedNoun,
    },
    expressions::{equal, list, texts},
};
use crate::domain::revisions::ReadAt;

/// Whether rows of a table can be about a subject.
pub(super) fn can_be_about(declared: &Declared, subject: &Subject) -> bool {
    let about = &declared.about;
    let asked = [
        (subject.places.is_some(), !about.places.is_empty()),
        (subject.indicator.is_some(), about.indicator.is_some()),
        (subject.organization.is_some(), !about.organizations.is_empty()),
        (subject.program.is_some(), !about.programs.is_empty()),
        (subject.source.is_some(), about.source.is_some()),
        (subject.entities.is_some(), about.entity.is_some()),
        (subject.producers.is_some(), about.producer.is_some()),
    ];
    asked.into_iter().all(|(is_asked, has)| has || !is_asked)
}

/// Where the page of one noun begins.
#[derive(Clone, Debug)]
pub(super) enum Cursor {
    /// After every change of a revision.
    Revision(i32),
    /// With the changes of a revision.
    With(i32),
    /// After a row of a revision.
    Row(i32, Vec<String>),
}

impl Cursor {
    pub(super) fn of(noun: ChangedNoun, after: &ChangePosition) -> Cursor {
        match noun.cmp(&after.noun) {
            std::cmp::Ordering::Less => Cursor::Revision(after.revision),
            std::cmp::Ordering::Greater => Cursor::With(after.revision),
            std::cmp::Ordering::Equal => {
                Cursor::Row(after.revision, noun.declared().key_cells(&after.row).unwrap_or_default())
            }
        }
    }
}

/// The rows of a table that revisions touched.
pub(super) struct Touching<'a> {
    pub(super) declared: &'static Declared,
    pub(super) at: ReadAt,
    pub(super) selector: &'a ChangeSelector,
    pub(super) after: Option<Cursor>,
    pub(super) limit: i64,
}

impl Touching<'_> {
    /// Appends one query for each way in which a row can be touched.
    pub(super) fn branches(&self, sql: &mut QueryBuilder<Postgres>) {
        let table = self.declared.table;
        self.branch(sql, &format!("{table} v"), "v.since", "v.since > 1");
        sql.push(" union all ");
        self.branch(sql, &format!("{table} v"), "upper(v.valid)", "not upper_inf(v.valid)");
        for link in self.declared.links {
            let touched = [("l.since", "l.since > 1"), ("upper(l.valid)", "not upper_inf(l.valid)")];
            for (revision, is_change) in touched {
                let from = format!(
                    "{} l join {table} v on v.id = l.{} and (v.valid @> {revision} or v.valid @> ({revision} - 1))",
                    link.table, link.owner
                );
                sql.push(" union all ");
                self.branch(sql, &from, revision, is_change);
            }
        }
    }

    fn branch(&self, sql: &mut QueryBuilder<Postgres>, from: &str, revision: &str, is_change: &str) {
        let keys = list(self.declared, "v");
        sql.push(format!(
            "(select {revision} as revision, {keys} from {from} where {is_change} and {revision} > "
        ));
        sql.push_bind(self.selector.since)
            .push(format!(" and {revision} <= "))
            .push_bind(self.selector.last(self.at));
        self.cursor(sql, revision);
        self.kinds(sql, revision);
        self.subject(sql);
        sql.push(format!(" order by {revision} desc, {keys} limit ")).push_bind(self.limit).push(")");
    }

    fn cursor(&self, sql: &mut QueryBuilder<Postgres>, revision: &str) {
        match &self.after {
            None => {}
            Some(Cursor::Revision(after)) => {
                sql.push(format!(" and {revision} < ")).push_bind(*after);
            }
            Some(Cursor::With(after)) => {
                sql.push(format!(" and {revision} <= ")).push_bind(*after);
            }
            Some(Cursor::Row(after, key)) => {
                sql.push(format!(" and {revision} <= ")).push_bind(*after);
                sql.push(format!(" and ({revision} < ")).push_bind(*after);
                sql.push(format!(" or ({}) > (", list(self.declared, "v")));
                for (at, (column, cell)) in self.declared.key.iter().zip(key).enumerate() {
                    sql.push(if at == 0 { "" } else { ", " }).push_bind(cell.clone());
                    sql.push(if column.is_day { "::date" } else { "::text" });
                }
                sql.push("))");
            }
        }
    }

    fn kinds(&self, sql: &mut QueryBuilder<Postgres>, revision: &str) {
        if self.selector.kinds.is_empty() {
            return;
        }
        let (table, same) = (self.declared.table, equal(self.declared, "k", "v"));
        let then = format!("exists (select from {table} k where {same} and k.valid @> ({revision} - 1))");
        let now = format!("exists (select from {table} k where {same} and k.valid @> {revision})");
        let of_kind = self.selector.kinds.iter().map(|kind| match kind {
            ChangeKind::Added => format!("not {then}"),
            ChangeKind::Corrected => format!("({then} and {now})"),
            ChangeKind::Withdrawn => format!("not {now}"),
        });
        sql.push(format!(" and ({})", of_kind.collect::<Vec<_>>().join(" or ")));
    }

    /// Appends the conditions on what the version `v` is about.
    pub(super) fn subject(&self, sql: &mut QueryBuilder<Postgres>) {
        let Subject { rows, places, indicator, organization, program, source, entities, producers } =
            &self.selector.subject;
        let about = &self.declared.about;
        if let Some(rows) = rows {
            let key = match self.declared.key {
                [only] => format!("v.{}", only.name),
                _ => format!("concat_ws('~', {})", texts(self.declared, "v")),
            };
            sql.push(format!(" and {key} = any (")).push_bind(rows.clone()).push(")");
        }
        if let Some(places) = places {
            self.is_one_of(sql, about.places, places);
        }
        for (column, id) in [(about.indicator, indicator), (about.source, source)] {
            if let (Some(column), Some(id)) = (column, id) {
                sql.push(format!(" and v.{column} = ")).push_bind(id.clone());
            }
        }
        for (columns, id) in [(about.organizations, organization), (about.programs, program)] {
            if let Some(id) = id {
                self.is_one_of(sql, columns, std::slice::from_ref(id));
            }
        }
        for (column, ids) in [(about.entity, entities), (about.producer, producers)] {
            if let (Some(column), Some(ids)) = (column, ids) {
                sql.push(format!(" and v.{column} = any (")).push_bind(ids.clone()).push(")");
            }
        }
        if let (Some(day), Some(column)) = (self.at.known_on, about.source) {
            sql.push(format!(" and v.{column} in (select known from known_sources("))
                .push_bind(self.at.revision)
                .push(", ")
                .push_bind(day)
                .push(") known)");
        }
    }

    /// Appends the condition that one of the columns has one of the ids.
    fn is_one_of(&self, sql: &mut QueryBuilder<Postgres>, columns: &[&str], ids: &[String]) {
        for (at, column) in columns.iter().enumerate() {
            sql.push(if at == 0 { " and (" } else { " or " });
            match self.declared.link(column) {
                None => sql.push(format!("v.{column} = any (")).push_bind(ids.to_vec()).push(")"),
                Some(link) => sql
                    .push(format!(
                        "exists (select from {} a where a.{} = v.id and a.valid && v.valid and a.{} = any (",
                        link.table, link.owner, link.other
                    ))
                    .push_bind(ids.to_vec())
                    .push("))"),
            };
        }
        sql.push(if columns.is_empty() { "" } else { ")" });
    }
}
