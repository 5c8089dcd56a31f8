//! Columns that tables of several nouns share.

use crate::{
    domain::{
        programs::model::Scope,
        sources::model::SourceRef,
        table::{
            Cell, Column,
            ColumnType::{Date, Id, Text, Url, Word},
            Columns,
        },
    },
    text::{Bilingual, Named},
};

/// Adds the id and the name of the item that a row is about.
pub fn id_and_name<R>(columns: &mut Columns<R>, named: impl Fn(&R) -> &Named + Copy + 'static) {
    columns.add("id", Id, "Id", "编号", move |row, _| Cell::id(Some(named(row))));
    columns.add("name", Text, "Name", "名称", move |row, locale| Cell::name(Some(named(row)), locale));
}

/// Adds the id and the name of the place that a row belongs to.
pub fn place<R>(columns: &mut Columns<R>, place: impl Fn(&R) -> Option<&Named> + Copy + 'static) {
    columns.add("place_id", Id, "Place id", "地区编号", move |row, _| Cell::id(place(row)));
    columns.add("place", Text, "Place", "地区", move |row, locale| Cell::name(place(row), locale));
}

/// Adds the five columns by which a row cites its source.
pub fn source<R>(columns: &mut Columns<R>, source: impl Fn(&R) -> &SourceRef + Copy + 'static) {
    columns.add("source_id", Id, "Source id", "来源编号", move |row, _| (&source(row).id).into()).about(
        "Where it was seen; /sources/{id} shows what else was taken from it.",
        "出处；/sources/{编号}列出取自该来源的全部内容。",
    );
    columns
        .add("source_title", Text, "Source", "来源", move |row, locale| {
            source(row).title_for(locale).0.into()
        })
        .about(
            "The title of the page as published, or an English description of it.",
            "来源页面的原标题，或其英文说明。",
        );
    columns.add("source_publisher", Text, "Publisher", "发布方", move |row, locale| {
        source(row).publisher(locale).into()
    });
    columns.add("source_published_on", Date, "Source published on", "来源发布日期", move |row, _| {
        source(row).published_on.into()
    });
    columns.add("source_url", Url, "Source URL", "来源网址", move |row, _| (&source(row).url).into());
}

/// Adds the relation of a row to micro-dramas.
pub fn scope<R>(columns: &mut Columns<R>, scope: impl Fn(&R) -> Option<Scope> + 'static) {
    columns.add("scope", Word, "Scope", "范围代码", move |row, _| scope(row).map(|scope| scope.word()).into()).about(
        "micro-drama (made for micro-dramas), includes (wider, covers them) or general; empty where not known.",
        "micro-drama（专为微短剧）、includes（范围较宽，涵盖微短剧）或general（一般性）；不详则空白。",
    );
}

/// Adds the note on a row.
pub fn note<R>(columns: &mut Columns<R>, note: impl Fn(&R) -> &Bilingual + 'static) -> &mut Column<R> {
    columns.add("note", Text, "Note", "说明", move |row, locale| note(row).get(locale).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{subsidies, table::Table},
        text::Locale,
    };

    #[test]
    fn the_cell_of_a_column_is_found_by_its_name() {
        let subsidy = subsidies::model::samples::subsidy("grant", 100);
        let table = Table::of([&subsidy], Locale::En);
        let cell = |name: &str| table.column(name).next().cloned();
        assert_eq!(cell("id"), Some(Cell::from(&subsidy.id)));
        assert_eq!(cell("place_id"), Some(Cell::id(subsidy.jurisdiction.as_ref())));
        assert_eq!(cell("currency"), Some(Cell::from(&subsidy.currency)));
        assert_eq!(cell("source_url"), Some(Cell::from(&subsidy.source.url)));
        assert_eq!(cell("weather"), None);
    }
}
