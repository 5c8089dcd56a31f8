//! What a changed row describes: one noun per file of the data set.

use super::{
    columns::{figures, names, organizations, programs},
    declared::Declared,
};
use crate::vocabulary;

vocabulary! {
    /// What a changed row describes. Its word is the name of its list in the API; the order is that of changes of one revision.
    pub enum ChangedNoun {
        Programs = "programs", "Programmes", "政策";
        Subsidies = "subsidies", "Subsidies", "补贴";
        Organizations = "organizations", "Companies and other organizations", "企业与机构";
        Events = "events", "Events", "事件";
        Observations = "observations", "Figures", "数据";
        Indicators = "indicators", "Indicators", "指标";
        Breaks = "breaks", "Breaks in series", "口径变化";
        Statements = "statements", "Statements", "表述";
        Apps = "apps", "Apps", "应用";
        People = "people", "People", "人物";
        Entities = "entities", "Places and other names", "地区与其他名称";
        Sources = "sources", "Sources", "来源";
        Producers = "producers", "Producers", "数据方";
    }
}

impl ChangedNoun {
    /// Returns every noun, in display order.
    pub fn all() -> impl Iterator<Item = ChangedNoun> {
        ChangedNoun::WORDS.iter().map(|(_, noun)| *noun)
    }

    /// Returns what the table of the noun declares.
    pub fn declared(self) -> &'static Declared {
        match self {
            ChangedNoun::Programs => &programs::PROGRAMS,
            ChangedNoun::Subsidies => &programs::SUBSIDIES,
            ChangedNoun::Organizations => &organizations::ORGANIZATIONS,
            ChangedNoun::Events => &programs::EVENTS,
            ChangedNoun::Observations => &figures::OBSERVATIONS,
            ChangedNoun::Indicators => &figures::INDICATORS,
            ChangedNoun::Breaks => &figures::BREAKS,
            ChangedNoun::Statements => &organizations::STATEMENTS,
            ChangedNoun::Apps => &organizations::APPS,
            ChangedNoun::People => &organizations::PEOPLE,
            ChangedNoun::Entities => &names::ENTITIES,
            ChangedNoun::Sources => &names::SOURCES,
            ChangedNoun::Producers => &names::PRODUCERS,
        }
    }

    /// Returns the noun whose rows stand in a table, or whose cells a link table holds.
    pub fn of_table(table: &str) -> Option<ChangedNoun> {
        let has = |noun: &ChangedNoun| {
            let declared = noun.declared();
            declared.table == table || declared.links.iter().any(|link| link.table == table)
        };
        ChangedNoun::all().find(has)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::changes::declared::CellWords;

    #[test]
    fn what_is_declared_are_columns() {
        for noun in ChangedNoun::all() {
            let declared = noun.declared();
            let names: BTreeSet<&str> = declared.columns.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), declared.columns.len(), "{noun:?}");
            let about = declared.about;
            let used = (about.places.iter().chain(about.organizations).chain(about.programs).copied())
                .chain(
                    [about.indicator, about.source, about.entity, about.producer, about.day]
                        .into_iter()
                        .flatten(),
                )
                .chain(declared.key.iter().map(|key| key.name))
                .chain(declared.links.iter().map(|link| link.cell));
            for name in used {
                assert!(names.contains(name), "{noun:?} lacks {name}");
            }
            for column in declared.columns {
                if let CellWords::PartOf(whole) = column.words {
                    assert!(names.contains(whole), "{noun:?} {whole}");
                }
            }
        }
    }

    #[test]
    fn a_table_belongs_to_one_noun() {
        assert_eq!(ChangedNoun::of_table("series_break"), Some(ChangedNoun::Breaks));
        assert_eq!(ChangedNoun::of_table("event_program"), Some(ChangedNoun::Events));
        assert_eq!(ChangedNoun::of_table("revision"), None);
    }
}
