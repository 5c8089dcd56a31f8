//! Specification of the data set: every file, every column, and the accepted cells.
//!
//! This is the single definition. Checks, staging tables, the comparison with the published rows and the content hash are derived from
//! it. `data/README.md` contains the same in prose.

use CellKind::*;
use Name::*;

/// Reference date of the statuses of programmes. A later data set sets a later date.
pub const STATUSES_AS_OF: &str = "2026-11-22";

/// Entity in which organizations of status `headquartered` must be located.
pub const PUDONG: &str = "shanghai-pudong";

/// Kinds of entities that are places.
pub const PLACES: &[&str] = &["country", "region", "province", "city", "district"];

/// Maximum length of an id. Three of them and two dates must fit an index entry.
pub const MAX_ID_LENGTH: usize = 120;

/// Maximum length of any other cell, in bytes of UTF-8.
pub const MAX_CELL_LENGTH: usize = 20_000;

/// Maximum number of rows of a file that is loaded into memory; observations are streamed instead.
pub const MAX_ROWS_HELD: usize = 200_000;

/// Maximum number of observations.
pub const MAX_OBSERVATIONS: usize = 20_000_000;

/// Files in reading order: a file comes after those that it references.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Name {
    Sources,
    Producers,
    Entities,
    Organizations,
    Apps,
    Indicators,
    Programs,
    Subsidies,
    Events,
    People,
    Statements,
    Observations,
}

/// One CSV file and the version table for its rows.
pub struct File {
    pub name: Name,
    pub file: &'static str,
    pub table: &'static str,
    pub key: &'static [&'static str],
    pub columns: &'static [ColumnSpec],
}

pub struct ColumnSpec {
    pub name: &'static str,
    pub kind: CellKind,
    pub required: bool,
}

/// Accepted content of a cell that is not blank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Text,
    /// A slug that identifies the row.
    Id,
    /// A date of year, month or day precision.
    Date,
    /// A full date.
    Day,
    Number,
    Url,
    /// One of these words.
    Word(&'static [&'static str]),
    /// `yes` or `no`.
    YesNo,
    /// `yes`, or blank for no.
    Yes,
    /// Words separated by semicolons.
    List,
    /// Id of a row of that file.
    To(Name),
    /// Distinct ids of rows of that file, separated by semicolons.
    Many(Name),
}

const fn may(name: &'static str, kind: CellKind) -> ColumnSpec {
    ColumnSpec { name, kind, required: false }
}

const fn must(name: &'static str, kind: CellKind) -> ColumnSpec {
    ColumnSpec { name, kind, required: true }
}

const CURRENCY: CellKind = Word(&["CNY", "USD", "HKD", "MOP", "KRW", "MYR"]);

/// Every file of the data set, in the order of [`Name`].
pub static FILES: [File; 12] = [
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
            must("language", Word(&["en", "zh", "id", "ja", "ko", "pt"])),
            must("kind", Word(&["news", "report", "blog", "government", "filing"])),
            must("official", YesNo),
            may("keywords", List),
            may("note_en", Text),
        ],
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
        ],
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
        ],
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
            must("unit", Word(&["CNY", "USD", "percent", "people", "count", "ratio", "CNY per USD"])),
            must("unit_label_en", Text),
            must("unit_label_zh", Text),
            must("frequency", Word(&["annual", "half-year", "quarter", "month", "irregular"])),
            may("same_as", To(Indicators)),
            must("additive", YesNo),
            must("default_chart", Word(&["line", "bar", "none"])),
            must("description_en", Text),
            must("description_zh", Text),
        ],
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
        ],
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
            must("currency", CURRENCY),
            may("period_start", Date),
            may("period_end", Date),
            may("disclosed_on", Date),
            must("source_id", To(Sources)),
            may("note_en", Text),
            may("note_zh", Text),
        ],
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
            may("currency", CURRENCY),
            must("source_id", To(Sources)),
            may("note_en", Text),
            may("note_zh", Text),
        ],
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
        ],
    },
];

/// Cells with several ids are normalised into link tables: the table, its column for the other side, and the cell of events.csv with the
/// ids.
pub static LINKS: [(&str, &str, &str); 2] = [
    ("event_organization", "organization_id", "organization_ids"),
    ("event_program", "program_id", "program_ids"),
];

impl Name {
    pub fn file(self) -> &'static File {
        &FILES[self as usize]
    }
}

impl File {
    /// Returns the position of a column. The name comes from this program, so it always exists.
    pub fn position(&self, column: &str) -> usize {
        self.columns.iter().position(|known| known.name == column).unwrap_or_else(|| {
            debug_assert!(false, "{} has no column {column}", self.file);
            0
        })
    }

    /// Returns the Chinese counterpart of an English text column. Names have no counterpart here: a name may have its Latin form in both
    /// languages.
    pub fn chinese_of(&self, column: &str) -> Option<&'static str> {
        let stem = column.strip_suffix("_en").filter(|stem| *stem != "name")?;
        self.columns.iter().map(|known| known.name).find(|name| name.strip_suffix("_zh") == Some(stem))
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
    fn every_chinese_text_has_its_english_one() {
        for file in &FILES {
            for column in file.columns.iter().filter(|column| column.name.ends_with("_zh")) {
                let english = format!("{}_en", column.name.trim_end_matches("_zh"));
                assert!(file.columns.iter().any(|known| known.name == english), "{}", column.name);
            }
        }
    }
}
