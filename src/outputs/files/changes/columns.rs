//! Columns of changes: one row for each cell that was corrected, and for each row that was added or withdrawn.

use std::sync::LazyLock;

use crate::{
    domain::{
        changes::{Change, ChangedCell, world::Happening},
        table::{
            ColumnType::{Date, Id, Integer, Text, Url, Word},
            Columns, Table, TableSchema, ToRow,
        },
    },
    outputs::files::columns::source,
    text::Locale,
};

/// A change, and of a correction one of the cells.
pub struct ChangeRow<'a> {
    pub change: &'a Change,
    pub cell: Option<&'a ChangedCell>,
}

static CHANGES: LazyLock<TableSchema> = LazyLock::new(|| {
    TableSchema::of::<ChangeRow<'_>>("changes", "Changes", "变更", &["revision", "noun", "row_id", "column"])
});

pub fn schema() -> &'static TableSchema {
    &CHANGES
}

/// Returns the table of changes.
pub fn table(changes: &[Change], locale: Locale) -> Table {
    let rows = changes.iter().flat_map(|change| {
        let cells = change.cells.iter().map(move |cell| ChangeRow { change, cell: Some(cell) });
        let whole = change.cells.is_empty().then_some(ChangeRow { change, cell: None });
        cells.chain(whole).collect::<Vec<_>>()
    });
    Table::of(&rows.collect::<Vec<_>>(), locale)
}

impl<'a> ToRow for ChangeRow<'a> {
    fn schema() -> &'static TableSchema {
        schema()
    }

    fn columns(columns: &mut Columns<ChangeRow<'a>>) {
        columns
            .add("revision", Integer, "Revision", "数据版本", |row, _| {
                i64::from(row.change.revision).into()
            })
            .about("The revision that made the change.", "作出变更的数据版本。");
        columns
            .add("published_at", Text, "Published at", "发布时间", |row, _| {
                row.change.published_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true).into()
            })
            .about("UTC, RFC 3339.", "UTC，RFC 3339。");
        columns
            .add("kind", Word, "Kind", "类型代码", |row, _| row.change.kind.word().into())
            .about("added, corrected or withdrawn.", "added（新增）、corrected（更正）或withdrawn（撤回）。");
        columns.add("kind_label", Text, "Kind, in words", "类型", |row, locale| {
            row.change.kind.name(locale).into()
        });
        columns.add("noun", Word, "List", "对象代码", |row, _| row.change.noun.word().into()).about(
            "What the row describes: the name of its list in the API.",
            "该行描述的对象：其在API中的列表名。",
        );
        columns.add("noun_label", Text, "List, in words", "对象", |row, locale| {
            row.change.noun.name(locale).into()
        });
        columns.add("row_id", Id, "Row", "行编号", |row, _| (&row.change.row.id).into()).about(
            "Id of the row, or the cells of its key, joined by ~.",
            "该行的编号，或以~连接的主键各列。",
        );
        columns.add("name", Text, "Name", "名称", |row, locale| row.change.row.name(locale).into()).about(
            "Of a figure the indicator, what it is about, the period and the producer.",
            "数据则为指标、对象、时段和数据方。",
        );
        columns
            .add("column", Word, "Column", "列名", |row, _| row.cell.map(|cell| &cell.column).into())
            .about("Of a correction: name of the column in the data set.", "更正的列在数据集中的名称。");
        columns.add("column_label", Text, "Column, in words", "列", |row, _| {
            row.cell.map(|cell| &cell.label).into()
        });
        columns
            .add("before", Text, "From", "更正前", |row, _| {
                row.cell.and_then(|cell| cell.from.as_ref()).into()
            })
            .about(
                "With unit and qualifier; empty where the cell was blank.",
                "含单位和限定；原为空白则空白。",
            );
        columns
            .add("after", Text, "To", "更正后", |row, _| row.cell.and_then(|cell| cell.to.as_ref()).into())
            .about("Empty where the cell is blank now.", "现为空白则空白。");
        columns
            .add("particulars", Text, "Particulars", "要点", |row, locale| {
                let stated = row.cell.is_none().then(|| row.change.stated(locale));
                stated.into()
            })
            .about("Of a row that was added or withdrawn.", "新增或撤回的行的要点。");
        columns
            .add("why", Text, "Why", "原因", |row, _| row.change.why.as_ref().into())
            .about("The note of the revision, in the publisher’s words.", "该版本的说明，发布者原文。");
        columns.add("page", Text, "Page", "页面", |row, _| row.change.page.as_ref().into()).about(
            "Path of the page that shows the row, below the language.",
            "显示该行的页面在语言之后的路径。",
        );
        columns.add("source_id", Id, "Source id", "来源编号", |row, _| {
            row.change.source.as_ref().map(|source| &source.id).into()
        });
        columns.add("source", Text, "Source", "来源", |row, _| {
            row.change.source.as_ref().map(|source| &source.short).into()
        });
        columns.add("source_url", Url, "Source URL", "来源网址", |row, _| {
            row.change.source.as_ref().map(|source| &source.url).into()
        });
    }
}

static HAPPENINGS: LazyLock<TableSchema> = LazyLock::new(|| {
    TableSchema::of::<Happening>("happenings", "What happened in the world", "同期动态", &["kind", "id"])
});

impl ToRow for Happening {
    fn schema() -> &'static TableSchema {
        &HAPPENINGS
    }

    fn columns(columns: &mut Columns<Happening>) {
        columns.add("kind", Word, "Kind", "类型代码", |row, _| row.kind.word().into()).about(
            "announced, in-force, applications-closed, term-ended, signed or published.",
            "announced（公布）、in-force（生效）、applications-closed（申报截止）、term-ended（届满）、signed（签约）或published（发布）。",
        );
        columns
            .add("kind_label", Text, "Kind, in words", "类型", |row, locale| row.kind.name(locale).into());
        columns.add("on", Date, "Date", "日期", |row, _| row.on.into());
        columns
            .add("id", Id, "Id", "编号", |row, _| (&row.row.id).into())
            .about("Of the programme, the company or the source.", "政策、企业或来源的编号。");
        columns.add("name", Text, "Name", "名称", |row, locale| row.row.name(locale).into());
        columns
            .add("figures", Integer, "Figures", "数据数", |row, _| row.figures.into())
            .about("How many figures a source published.", "该来源发布的数据项数。");
        source(columns, |row| &row.source);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            changes::{ChangeKind, ChangedNoun},
            table::Cell,
        },
        text::Named,
    };

    fn cell(table: &Table, name: &str) -> Option<Cell> {
        table.column(name).next().cloned()
    }

    #[test]
    fn a_correction_has_a_row_for_each_cell() {
        let changed = |column: &str| ChangedCell {
            column: column.to_owned(),
            label: column.to_uppercase(),
            from: None,
            to: Some("x".to_owned()),
        };
        let mut change = Change {
            revision: 2,
            published_at: Default::default(),
            noun: ChangedNoun::Programs,
            kind: ChangeKind::Corrected,
            row: Named::new("measure".into(), "Measure".into(), None),
            page: None,
            particulars: vec![("Place".into(), "Pudong".into())],
            cells: vec![changed("a"), changed("b")],
            why: None,
            source: None,
            day: None,
        };
        let of = table(std::slice::from_ref(&change), Locale::En);
        assert_eq!(of.rows.len(), 2);
        assert_eq!(cell(&of, "column_label"), Some(Cell::from("A")));
        assert_eq!(cell(&of, "before"), Some(Cell::Empty));
        (change.kind, change.cells) = (ChangeKind::Added, Vec::new());
        let of = table(&[change], Locale::En);
        assert_eq!(of.rows.len(), 1);
        assert_eq!(cell(&of, "particulars"), Some(Cell::from("Place: Pudong")));
    }
}
