//! The statements of an import, written from the spec.
//!
//! Names of tables and columns come from [`spec`](super::spec) alone, never from a file that is read, so these
//! texts are safe to run as they are.

use super::{
    spec::{CellKind, FILES, File, LINKS, Name},
    words::searched,
};

/// A table of versions and what it is compared by.
pub struct Versions {
    pub table: &'static str,
    pub key: Vec<&'static str>,
    /// The key and all the rest, without the revisions.
    pub columns: Vec<&'static str>,
    /// Whether its rows have the words that they are found by.
    pub searched: bool,
}

/// Every table of versions, in the order of the schema.
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
        if file.name == Name::Events {
            tables.extend(LINKS.map(|(table, other, _)| Versions {
                table,
                key: vec!["event_id", other],
                columns: vec!["event_id", other, "position"],
                searched: false,
            }));
        }
    }
    tables
}

/// A table like the file, in the types of the version table, for this transaction only.
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

/// The column with the words that rows are found by, where they are.
fn words(file: &File) -> Option<String> {
    searched(file.name).map(|_| "search".to_owned())
}

/// One row for each of several ids in one cell.
pub fn stage_link((table, other, cell): (&str, &str, &str)) -> String {
    format!(
        "create temp table staged_{table} on commit drop as \
         select staged_event.id as event_id, named.id collate \"C\" as {other}, named.position::int as position \
         from staged_event cross join lateral \
         unnest(string_to_array({cell}, ';')) with ordinality as named (id, position)"
    )
}

/// The names that have to be known before versions may point to them: table, and the columns of which table of
/// the data set they are found in. In the order in which they point to each other.
pub fn names() -> Vec<(&'static str, &'static str, Vec<&'static str>)> {
    let ids = FILES.iter().filter(|file| file.name != Name::Observations);
    let mut names: Vec<_> = ids.map(|file| (file.table, file.table, vec!["id"])).collect();
    names.push(("series", "observation", vec!["indicator_id", "entity"]));
    names.push(("attribution", "observation", vec!["producer", "source_id"]));
    names
}

/// Makes the names of the staged rows known; `$1` is the new revision.
pub fn learn((known, staged, columns): &(&str, &str, Vec<&str>)) -> String {
    let names = columns.join(", ");
    format!(
        "insert into known.{known} ({names}, first_revision) \
         select distinct {names}, $1::int from staged_{staged} s \
         where not exists (select from known.{known} k where {})",
        equal("k", "s", columns)
    )
}

impl Versions {
    /// Compares what is staged with what holds now: the keys of which something is new, changed or gone.
    ///
    /// Where the rows lie is noted too. Nobody else can move them before this transaction ends, and finding a
    /// million rows again by place takes a fraction of what five columns of text take.
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

    /// How many of each.
    pub fn count(&self) -> String {
        let count = |what: &str| format!("count(*) filter (where what = '{what}') as {what}");
        let counts = list(["added", "changed", "removed"].map(count));
        format!("select {counts} from difference_{}", self.table)
    }

    /// The first three of each, as people write differences.
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

    /// Ends the versions that hold no longer; `$1` is the new revision.
    pub fn close(&self) -> String {
        let table = self.table;
        format!(
            "update {table} n set valid = int4range(lower(n.valid), $1::int) \
             from difference_{table} d \
             where d.what <> 'added' and n.ctid = d.held_at"
        )
    }

    /// Begins the new ones, in the order of the key, which an index is built fastest in. Where they are all that is staged they need not
    /// be found again.
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
        assert_eq!(tables.len(), 14);
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
