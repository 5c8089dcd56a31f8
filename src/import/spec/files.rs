//! Every file of the data set with its columns, and the link tables.

use super::model::{CellKind, CellKind::*, ColumnSpec, File, Link, Name, Name::*};

const fn may(name: &'static str, kind: CellKind) -> ColumnSpec {
    ColumnSpec { name, kind, required: false, added: false }
}

const fn must(name: &'static str, kind: CellKind) -> ColumnSpec {
    ColumnSpec { name, kind, required: true, added: false }
}

/// A column of version 2 of the data set.
const fn added(column: ColumnSpec) -> ColumnSpec {
    ColumnSpec { added: true, ..column }
}

/// Relation of a programme or an amount to micro-dramas.
const SCOPE: CellKind = Word(&["micro-drama", "includes", "general"]);

/// Every file of the data set, in the order of [`Name`].
pub static FILES: [File; 13] = [
    File {
        name: Sources,
        file: "sources.csv",
        table: "source",
        key: &["id"],
        columns: &[
            must("id", Id),
            must("title", Text),
            may("title_en", Text),
            must("publisher", Text),
            may("author", Text),
            may("published_on", Date),
            must("url", Url),
            must("language", Language),
            must("kind", Word(&["news", "report", "blog", "government", "filing"])),
            must("official", YesNo),
            may("keywords", List),
            may("note_en", Text),
            added(must("publisher_zh", Text)),
            added(may("note_zh", Text)),
        ],
        added: false,
    },
    File {
        name: Producers,
        file: "producers.csv",
        table: "producer",
        key: &["id"],
        columns: &[
            must("id", Id),
            must("name_en", Text),
            may("name_zh", Text),
            must(
                "kind",
                Word(&[
                    "regulator",
                    "association",
                    "research-firm",
                    "app-analytics",
                    "company",
                    "bank",
                    "media",
                    "survey",
                    "central-bank",
                    "other",
                ]),
            ),
            may("independent", YesNo),
            may("note_en", Text),
            may("note_zh", Text),
        ],
        added: false,
    },
    File {
        name: Entities,
        file: "entities.csv",
        table: "entity",
        key: &["id"],
        columns: &[
            must("id", Id),
            must("name_en", Text),
            may("name_zh", Text),
            must(
                "kind",
                Word(&[
                    "country",
                    "region",
                    "province",
                    "city",
                    "district",
                    "organization",
                    "app",
                    "work",
                    "group",
                ]),
            ),
            may("parent_id", To(Entities)),
            may("note_en", Text),
            may("note_zh", Text),
            added(may("iso_3166", Text)),
            added(may("gbt_2260", Text)),
            added(may("members", Many(Entities))),
        ],
        added: false,
    },
    File {
        name: Organizations,
        file: "organizations.csv",
        table: "organization",
        key: &["id"],
        columns: &[
            must("id", To(Entities)),
            must("name_en", Text),
            may("name_zh", Text),
            must("kind", Word(&["company", "fund", "association", "agency"])),
            may("parent_id", To(Organizations)),
            may("hq_entity", To(Entities)),
            may(
                "pudong_status",
                Word(&["headquartered", "overseas-hq-signed", "signed", "unit", "former", "none"]),
            ),
            may("pudong_status_date", Date),
            may("ticker", Text),
            may("founded", Date),
            may("website", Url),
            must("source_id", To(Sources)),
            may("note_en", Text),
            may("note_zh", Text),
            added(may("aliases", List)),
        ],
        added: false,
    },
    File {
        name: Apps,
        file: "apps.csv",
        table: "app",
        key: &["id"],
        columns: &[
            must("id", To(Entities)),
            must("organization_id", To(Organizations)),
            must("name_en", Text),
            may("name_zh", Text),
            may("launched_on", Date),
            may("markets_en", Text),
            may("markets_zh", Text),
            must("source_id", To(Sources)),
            may("note_en", Text),
            may("note_zh", Text),
        ],
        added: false,
    },
    File {
        name: Indicators,
        file: "indicators.csv",
        table: "indicator",
        key: &["id"],
        columns: &[
            must("id", Id),
            must("name_en", Text),
            must("name_zh", Text),
            must(
                "topic",
                Word(&[
                    "revenue",
                    "market-comparison",
                    "apps",
                    "users",
                    "employment",
                    "production",
                    "companies",
                    "fx",
                ]),
            ),
            must("unit", Unit),
            must("unit_label_en", Text),
            must("unit_label_zh", Text),
            must("frequency", Word(&["annual", "half-year", "quarter", "month", "irregular"])),
            may("same_as", To(Indicators)),
            must("additive", YesNo),
            must("default_chart", Word(&["line", "bar", "none"])),
            must("description_en", Text),
            must("description_zh", Text),
        ],
        added: false,
    },
    File {
        name: Programs,
        file: "programs.csv",
        table: "program",
        key: &["id"],
        columns: &[
            must("id", Id),
            may("package_id", To(Programs)),
            must("jurisdiction", To(Entities)),
            must("level", Word(&["national", "province", "city", "district", "abroad"])),
            may("doc_number", Text),
            must("name_en", Text),
            must("name_zh", Text),
            must("name_zh_kind", Word(&["official", "translation"])),
            may("agency_en", Text),
            may("agency_zh", Text),
            must(
                "instrument",
                Word(&[
                    "grant",
                    "reward",
                    "rebate",
                    "loan-support",
                    "equity-fund",
                    "facility",
                    "talent",
                    "visa",
                    "work-permit",
                    "settlement",
                    "expo-subsidy",
                    "ip-incentive",
                    "regulation",
                    "other",
                ]),
            ),
            may("objective_en", Text),
            may("objective_zh", Text),
            may("eligibility_en", Text),
            may("eligibility_zh", Text),
            may("max_amount_cny", Number),
            may(
                "amount_kind",
                Word(&[
                    "per-work",
                    "per-project",
                    "per-firm",
                    "per-year",
                    "fund-pool",
                    "share-of-cost",
                    "other",
                ]),
            ),
            may("amount_note_en", Text),
            may("amount_note_zh", Text),
            may("announced_on", Date),
            may("effective_from", Date),
            may("effective_to", Date),
            must("status", Word(&["announced", "in-force", "planned", "expired"])),
            must("source_id", To(Sources)),
            may("note_en", Text),
            may("note_zh", Text),
            added(may(
                "activities",
                Words(&["production", "writing", "platform", "overseas", "ai", "services", "games"]),
            )),
            added(may("applications_open", Date)),
            added(may("applications_close", Date)),
            added(may("supersedes", Many(Programs))),
            added(must("scope", SCOPE)),
            added(may("last_confirmed_on", Date)),
            added(may("rate_percent", Number)),
            added(may("rate_base", Word(&["cost", "income", "investment", "interest", "rent", "other"]))),
            added(may("max_per_year_cny", Number)),
        ],
        added: false,
    },
    File {
        name: Subsidies,
        file: "subsidies.csv",
        table: "subsidy",
        key: &["id"],
        columns: &[
            must("id", Id),
            must("kind", Word(&["budgeted", "approved", "paid", "disclosed"])),
            may("program_id", To(Programs)),
            may("recipient_org_id", To(Organizations)),
            may("jurisdiction", To(Entities)),
            must("amount", Number),
            may("amount_high", Number),
            must("currency", Currency),
            may("period_start", Date),
            may("period_end", Date),
            may("disclosed_on", Date),
            must("source_id", To(Sources)),
            may("note_en", Text),
            may("note_zh", Text),
            added(may("part_of", To(Subsidies))),
            added(may("counted_elsewhere", Yes)),
            added(must("scope", SCOPE)),
        ],
        added: false,
    },
    File {
        name: Events,
        file: "events.csv",
        table: "event",
        key: &["id"],
        columns: &[
            must("id", Id),
            must("date", Date),
            must("title_en", Text),
            must("title_zh", Text),
            must(
                "kind",
                Word(&[
                    "policy",
                    "summit",
                    "agreement",
                    "opening",
                    "investment",
                    "listing",
                    "report",
                    "other",
                ]),
            ),
            may("jurisdiction", To(Entities)),
            may("organization_ids", Many(Organizations)),
            may("program_ids", Many(Programs)),
            may("amount", Number),
            may("currency", Currency),
            must("source_id", To(Sources)),
            may("note_en", Text),
            may("note_zh", Text),
        ],
        added: false,
    },
    File {
        name: People,
        file: "people.csv",
        table: "person",
        key: &["id"],
        columns: &[
            must("id", Id),
            must("name_en", Text),
            may("name_zh", Text),
            may("organization_id", To(Organizations)),
            must("role_en", Text),
            must("role_zh", Text),
            must("source_id", To(Sources)),
            may("note_en", Text),
            may("note_zh", Text),
        ],
        added: false,
    },
    File {
        name: Statements,
        file: "statements.csv",
        table: "statement",
        key: &["id"],
        columns: &[
            must("id", Id),
            must("entity", To(Entities)),
            may("person_id", To(People)),
            must("topic", Word(&["content", "market", "talent", "policy", "ecosystem", "quality"])),
            may("made_on", Date),
            must("statement_en", Text),
            must("statement_zh", Text),
            must("source_id", To(Sources)),
        ],
        added: false,
    },
    File {
        name: Breaks,
        file: "breaks.csv",
        table: "series_break",
        key: &["indicator_id", "entity", "producer", "from_date", "kind"],
        columns: &[
            must("indicator_id", To(Indicators)),
            must("entity", To(Entities)),
            must("producer", To(Producers)),
            must("from_date", Day),
            must("kind", Word(&["scope", "method", "basis", "consolidation"])),
            must("note_en", Text),
            must("note_zh", Text),
            must("source_id", To(Sources)),
        ],
        added: true,
    },
    File {
        name: Observations,
        file: "observations.csv",
        table: "observation",
        key: &["indicator_id", "entity", "period_start", "period_end", "source_id"],
        columns: &[
            must("indicator_id", To(Indicators)),
            must("entity", To(Entities)),
            must("period_start", Day),
            must("period_end", Day),
            must("producer", To(Producers)),
            must("value", Number),
            may("value_high", Number),
            must(
                "qualifier",
                Word(&[
                    "exact",
                    "estimate",
                    "approximately",
                    "at-least",
                    "at-most",
                    "nearly",
                    "range",
                    "forecast",
                ]),
            ),
            may("basis", Word(&["gross", "net"])),
            may("headline", Yes),
            must("source_id", To(Sources)),
            may("note_en", Text),
            may("note_zh", Text),
            added(may("outlier", Yes)),
        ],
        added: false,
    },
];

/// Every column of kind [`CellKind::Many`], in the order of the files.
pub static LINKS: [Link; 4] = [
    Link { file: Entities, cell: "members", table: "entity_member", owner: "entity_id", other: "member_id" },
    Link {
        file: Programs,
        cell: "supersedes",
        table: "program_predecessor",
        owner: "program_id",
        other: "predecessor_id",
    },
    Link {
        file: Events,
        cell: "organization_ids",
        table: "event_organization",
        owner: "event_id",
        other: "organization_id",
    },
    Link {
        file: Events,
        cell: "program_ids",
        table: "event_program",
        owner: "event_id",
        other: "program_id",
    },
];

impl Name {
    pub fn file(self) -> &'static File {
        &FILES[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_stand_in_the_order_of_their_names() {
        for (position, file) in FILES.iter().enumerate() {
            assert_eq!(file.name as usize, position, "{}", file.file);
            for key in file.key {
                assert!(file.columns[file.position(key)].required, "{}: {key}", file.file);
            }
        }
    }

    #[test]
    fn added_columns_come_last() {
        for file in &FILES {
            assert!(file.columns.iter().is_sorted_by_key(|column| column.added), "{}", file.file);
        }
    }

    #[test]
    fn every_cell_with_several_ids_has_a_link_table() {
        let cells = FILES.iter().flat_map(|file| file.columns.iter().map(move |column| (file.name, column)));
        let many = cells.filter(|(_, column)| matches!(column.kind, Many(_)));
        let many: Vec<_> = many.map(|(name, column)| (name, column.name)).collect();
        assert_eq!(LINKS.each_ref().map(|link| (link.file, link.cell)).as_slice(), many);
    }

    #[test]
    fn every_chinese_text_has_its_english_one() {
        for file in &FILES {
            // The publisher is named in English or pinyin in a column without a suffix.
            let translated = |name: &str| name.ends_with("_zh") && name != "publisher_zh";
            for column in file.columns.iter().filter(|column| translated(column.name)) {
                let english = format!("{}_en", column.name.trim_end_matches("_zh"));
                assert!(file.columns.iter().any(|known| known.name == english), "{}", column.name);
            }
        }
    }
}
