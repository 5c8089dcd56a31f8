//! SQL statements of an import, generated from the specification.
//!
//! Names of tables and columns come only from [`spec`](super::spec), never from an imported file, so these statements are safe from
//! injection.

use super::{
    spec::{CellKind, FILES, File, LINKS, Link},
    words::searched,
};

/// A version table and the columns used for comparison.
pub struct Versions {
    pub table: &'static str,
    pub key: Vec<&'static str>,
    /// Key columns and all others, without the revision columns.
    pub columns: Vec<&'static str>,
    /// Whether its rows have search vectors.
    pub searched: bool,
}

/// Returns every version table, in schema order.
pub fn versions() -> Vec<Versions> {
    let mut tables = Vec::new();
    for file in &FILES {
        let columns = file.columns.iter().filter(|column| !matches!(column.kind, CellKind::Many(_)));
        tables.push(Versions {
            table: file.table,
            key: file.key.to_vec(),
            columns: columns.map(|column| column.name).collect(),
            searched: searched(file.name).is_some(),
        });
        tables.extend(LINKS.iter().filter(|link| link.file == file.name).map(|link| Versions {
            table: link.table,
            key: vec![link.owner, link.other],
            columns: vec![link.owner, link.other, "position"],
            searched: false,
        }));
    }
    tables
}

/// Creates a staging table with the columns of the file and the types of the version table, for this transaction only.
pub fn stage(file: &File) -> String {
    let columns = list(
        file.columns
            .iter()
            .map(|column| match column.kind {
                CellKind::Many(_) => format!("null::text as {}", column.name),
                _ => column.name.to_owned(),
            })
            .chain(words(file)),
    );
    let table = file.table;
    format!("create temp table staged_{table} on commit drop as select {columns} from {table} with no data")
}

pub fn copy(file: &File) -> String {
    let columns = list(file.columns.iter().map(|column| column.name.to_owned()).chain(words(file)));
    format!("copy staged_{} ({columns}) from stdin", file.table)
}

/// Returns the column with the search vector, if the file has one.
fn words(file: &File) -> Option<String> {
    searched(file.name).map(|_| "search".to_owned())
}

/// Creates a staging table with one row for each id of a multi-valued cell.
pub fn stage_link(link: &Link) -> String {
    let Link { table, owner, other, cell, .. } = link;
    let staged = link.file.file().table;
    format!(
        "create temp table staged_{table} on commit drop as \
         select s.id as {owner}, named.id collate \"C\" as {other}, named.position::int as position \
         from staged_{staged} s cross join lateral \
         unnest(string_to_array({cell}, ';')) with ordinality as named (id, position)"
    )
}

/// Returns the identity tables that must be filled before versions may reference them: table, and the columns and tables of the data set that
/// contain its ids. In order of reference.
pub fn identities() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let ids = FILES.iter().filter(|file| file.has_ids());
    let mut tables: Vec<_> = ids.map(|file| (file.table, file.table, vec!["id"])).collect();
    tables.push(("series", "observation", vec!["indicator_id", "entity"]));
    tables.push(("attribution", "observation", vec!["producer", "source_id"]));
    tables
}

/// Inserts the ids of the staged rows that are new; `$1` is the new revision.
pub fn add_identities((identity, staged, columns): &(&str, &str, Vec<&str>)) -> String {
    let ids = columns.join(", ");
    format!(
        "insert into identity.{identity} ({ids}, first_revision) \
         select distinct {ids}, $1::int from staged_{staged} s \
         where not exists (select from identity.{identity} k where {})",
        equal("k", "s", columns)
    )
}

/// Counts the rows with a cell of several ids that differs, apart from rows that are added or removed themselves.
pub fn corrected_by_links(link: &Link) -> String {
    let Link { table, owner, .. } = link;
    let rows = link.file.file().table;
    format!(
        "select count(distinct d.{owner}) from difference_{table} d \
         where not exists (select from difference_{rows} r where r.id = d.{owner} and r.what <> 'changed')"
    )
}

impl Versions {
    /// Compares the staged rows with the current ones and stores the keys that are added, changed or removed.
    ///
    /// The physical location (ctid) of the rows is stored too. No other transaction can move them before this one ends, and finding a
    /// million rows by location takes a fraction of the time of comparing five text columns.
    pub fn difference(&self) -> String {
        let Versions { table, key, columns, .. } = self;
        let (first, keys) = (key[0], key.join(", "));
        let content = |of: &str| {
            let cells = columns.iter().filter(|column| !key.contains(column));
            list(cells.map(|column| format!("{of}.{column}")))
        };
        format!(
            "create temp table difference_{table} on commit drop as \
             select {keys}, case when n.{first} is null then 'added' when s.{first} is null then 'removed' \
                    else 'changed' end as what, s.ctid as staged_at, n.ctid as held_at \
             from staged_{table} s \
             full join (select ctid, * from {table} where upper_inf(valid)) n using ({keys}) \
             where n.{first} is null or s.{first} is null or row({}) is distinct from row({})",
            content("s"),
            content("n"),
        )
    }

    /// Counts the changes of each kind.
    pub fn count(&self) -> String {
        let count = |what: &str| format!("count(*) filter (where what = '{what}') as {what}");
        let counts = list(["added", "changed", "removed"].map(count));
        format!("select {counts} from difference_{}", self.table)
    }

    /// Returns the first three keys of each kind, in diff notation.
    pub fn examples(&self) -> String {
        let shown = list(self.key.iter().map(|column| format!("{column}::text")));
        format!(
            "select sign || ' ' || key from ( \
                 select case what when 'added' then '+' when 'changed' then '~' else '-' end as sign, \
                        concat_ws(' ', {shown}) as key, \
                        row_number() over (partition by what order by {}) as position \
                 from difference_{} \
             ) numbered where position <= 3 order by sign, position",
            self.key.join(", "),
            self.table
        )
    }

    /// Closes the versions that are no longer current; `$1` is the new revision.
    pub fn close(&self) -> String {
        let table = self.table;
        format!(
            "update {table} n set valid = int4range(lower(n.valid), $1::int) \
             from difference_{table} d \
             where d.what <> 'added' and n.ctid = d.held_at"
        )
    }

    /// Inserts the new versions in key order, in which an index is built fastest. If all staged rows are new, they need not be looked up.
    pub fn open(&self, all: bool) -> String {
        let table = self.table;
        let columns = || self.columns.iter().copied().chain(self.searched.then_some("search"));
        let staged = list(columns().map(|column| format!("s.{column}")));
        let keys = list(self.key.iter().map(|column| format!("s.{column}")));
        let columns = list(columns().map(str::to_owned));
        let new = match all {
            true => String::new(),
            false => {
                format!("join difference_{table} d on s.ctid = d.staged_at where d.what <> 'removed' ")
            }
        };
        format!(
            "insert into {table} ({columns}, valid) \
             select {staged}, int4range($1::int, null) from staged_{table} s {new}order by {keys}"
        )
    }
}

fn list(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().collect::<Vec<_>>().join(", ")
}

fn equal(one: &str, other: &str, columns: &[&str]) -> String {
    let pairs = columns.iter().map(|column| format!("{one}.{column} = {other}.{column}"));
    pairs.collect::<Vec<_>>().join(" and ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_tables_of_their_own() {
        let tables = versions();
        assert_eq!(tables.len(), FILES.len() + LINKS.len());
        let event = tables.iter().find(|versions| versions.table == "event").unwrap();
        assert!(!event.columns.contains(&"organization_ids"));
        let link = tables.iter().find(|versions| versions.table == "event_program").unwrap();
        assert_eq!(link.key, ["event_id", "program_id"]);
    }

    #[test]
    fn a_difference_is_made_of_keys_and_content() {
        let tables = versions();
        insta::assert_snapshot!(
            tables.iter().find(|versions| versions.table == "event_program").unwrap().difference(),
            @"create temp table difference_event_program on commit drop as select event_id, program_id, case when n.event_id is null then 'added' when s.event_id is null then 'removed' else 'changed' end as what, s.ctid as staged_at, n.ctid as held_at from staged_event_program s full join (select ctid, * from event_program where upper_inf(valid)) n using (event_id, program_id) where n.event_id is null or s.event_id is null or row(s.position) is distinct from row(n.position)"
        );
    }
}
