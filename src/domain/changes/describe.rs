//! Puts a changed row into words: its name, its page, and its cells from → to.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    columns::word,
    declared::{CellWords, ChangedColumn, Declared, Referred},
    model::{Change, ChangeKind, ChangeSource, ChangedCell},
    nouns::ChangedNoun,
};
use crate::{
    domain::{
        observations::model::{Qualifier, worded},
        registry::Noun,
        revisions::model::Revision,
        sources::model::SourceRef,
        subsidies::model::SubsidyKind,
    },
    text::{Locale, Named, PartialDate, Period, Unit, note, number::grouped},
};

/// A row before and after a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPair {
    pub revision: i32,
    pub noun: ChangedNoun,
    /// Cells of its key, joined by `~`.
    pub row: String,
    pub before: Option<Vec<Option<String>>>,
    pub after: Option<Vec<Option<String>>>,
    /// Whether the row is in the revision that is read.
    pub is_current: bool,
}

impl RowPair {
    pub fn kind(&self) -> ChangeKind {
        match (&self.before, &self.after) {
            (None, _) => ChangeKind::Added,
            (_, None) => ChangeKind::Withdrawn,
            _ => ChangeKind::Corrected,
        }
    }

    fn version(&self) -> Version<'_> {
        let cells = self.after.as_deref().or(self.before.as_deref()).unwrap_or_default();
        Version { declared: self.noun.declared(), cells }
    }
}

/// Something that a cell refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferredName {
    pub named: Named,
    /// Path of its page below the language, if it has one.
    pub page: Option<String>,
}

/// What the cells of rows refer to.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub names: BTreeMap<(Referred, String), ReferredName>,
    pub sources: BTreeMap<String, SourceRef>,
    /// Units of indicators.
    pub units: BTreeMap<String, Unit>,
}

impl Names {
    fn name(&self, to: Referred, id: &str, locale: Locale) -> String {
        if to == Referred::Source {
            return self.sources.get(id).map_or(id, |source| source.title_for(locale).0).to_owned();
        }
        let found = self.names.get(&(to, id.to_owned()));
        found.map_or(id, |found| found.named.name(locale)).to_owned()
    }

    fn page(&self, to: Referred, id: &str) -> Option<String> {
        self.names.get(&(to, id.to_owned()))?.page.clone()
    }
}

/// One version of a row.
#[derive(Clone, Copy)]
struct Version<'a> {
    declared: &'static Declared,
    cells: &'a [Option<String>],
}

impl<'a> Version<'a> {
    fn get(&self, column: &str) -> Option<&'a str> {
        self.cells.get(self.declared.position(column)?)?.as_deref()
    }

    fn number(&self, column: &str) -> Option<Decimal> {
        self.get(column)?.parse().ok()
    }

    fn date(&self, column: &str) -> Option<PartialDate> {
        self.get(column)?.parse().ok()
    }
}

/// Returns every id that a row refers to.
pub fn referred(pair: &RowPair) -> impl Iterator<Item = (Referred, String)> {
    let declared = pair.noun.declared();
    let versions = pair.before.iter().chain(&pair.after);
    versions.flat_map(move |cells| {
        let cells = declared.columns.iter().zip(cells);
        cells
            .filter_map(|(column, cell)| Some((reference(column)?, cell.as_deref()?)))
            .flat_map(|(to, ids)| ids.split(';').map(move |id| (to, id.to_owned())).collect::<Vec<_>>())
    })
}

/// Returns what the ids in a column refer to.
fn reference(column: &ChangedColumn) -> Option<Referred> {
    match (column.words, column.name) {
        (CellWords::Id(to) | CellWords::Ids(to), _) => Some(to),
        (CellWords::Key, "indicator_id") => Some(Referred::Indicator),
        (CellWords::Key, "entity") => Some(Referred::Entity),
        (CellWords::Key, "producer") => Some(Referred::Producer),
        (CellWords::Key, "source_id") => Some(Referred::Source),
        _ => None,
    }
}

/// Puts a change into words.
pub fn change(pair: &RowPair, revision: &Revision, names: &Names, locale: Locale) -> Change {
    let version = pair.version();
    let name = |locale| name(pair.noun, version, names, locale);
    Change {
        revision: pair.revision,
        published_at: revision.published_at,
        noun: pair.noun,
        kind: pair.kind(),
        row: Named::new(pair.row.clone(), name(Locale::En), Some(name(Locale::Zh))),
        page: page(pair, version, names),
        particulars: particulars(version, names, locale),
        cells: cells(pair, names, locale),
        why: revision.note.clone(),
        source: source(pair, version, names, locale),
        day: version.declared.about.day.and_then(|column| version.date(column)).map(PartialDate::first_day),
    }
}

/// Name of a row. Without a name of its own, what it is about.
fn name(noun: ChangedNoun, version: Version<'_>, names: &Names, locale: Locale) -> String {
    let own = |en: &str, zh: &str| {
        let (en, zh) = (version.get(en), version.get(zh));
        locale.pick(en.or(zh), zh.or(en)).unwrap_or_default().to_owned()
    };
    let of = |to: Referred, column: &str| Some(names.name(to, version.get(column)?, locale));
    let parts = match noun {
        ChangedNoun::Events => return own("title_en", "title_zh"),
        ChangedNoun::Statements => return note::plain(&own("statement_en", "statement_zh")),
        ChangedNoun::Sources => {
            return match locale {
                Locale::En => own("title_en", "title"),
                Locale::Zh => version.get("title").unwrap_or_default().to_owned(),
            };
        }
        ChangedNoun::Observations => vec![
            of(Referred::Indicator, "indicator_id"),
            of(Referred::Entity, "entity"),
            period(version).map(|period| period.label(locale)),
            of(Referred::Producer, "producer"),
        ],
        ChangedNoun::Breaks => vec![
            of(Referred::Indicator, "indicator_id"),
            of(Referred::Entity, "entity"),
            of(Referred::Producer, "producer"),
            version.date("from_date").map(|day| day.label(locale)),
        ],
        ChangedNoun::Subsidies => vec![
            of(Referred::Entity, "recipient_org_id")
                .or_else(|| of(Referred::Program, "program_id"))
                .or_else(|| of(Referred::Entity, "jurisdiction")),
            times(version, locale),
            version.get("kind").and_then(|kind| word::<SubsidyKind>(kind, locale)),
        ],
        _ => return own("name_en", "name_zh"),
    };
    parts.into_iter().flatten().collect::<Vec<_>>().join(locale.pick(", ", "，"))
}

fn period(version: Version<'_>) -> Option<Period> {
    let (start, end) = (version.date("period_start")?, version.date("period_end")?);
    Some(Period::new(start.first_day(), end.last_day()))
}

/// The time that an amount of money covers.
fn times(version: Version<'_>, locale: Locale) -> Option<String> {
    let of = |column| version.date(column).map(|date| date.label(locale));
    match (of("period_start"), of("period_end")) {
        (Some(start), Some(end)) if start != end => {
            Some(locale.pick(format!("{start} – {end}"), format!("{start}至{end}")))
        }
        (start, end) => start.or(end),
    }
}

/// Path of the page that shows a row.
fn page(pair: &RowPair, version: Version<'_>, names: &Names) -> Option<String> {
    let own = |noun: Noun| pair.is_current.then(|| format!("{}/{}", noun.word(), pair.row));
    let of = |to: Referred, column: &str| names.page(to, version.get(column)?);
    match pair.noun {
        ChangedNoun::Programs => own(Noun::Programs),
        ChangedNoun::Subsidies => own(Noun::Subsidies),
        ChangedNoun::Organizations => own(Noun::Organizations),
        ChangedNoun::Events => own(Noun::Events),
        ChangedNoun::Indicators => own(Noun::Indicators),
        ChangedNoun::Sources => own(Noun::Sources),
        ChangedNoun::Observations | ChangedNoun::Breaks => of(Referred::Indicator, "indicator_id"),
        ChangedNoun::Statements => of(Referred::Entity, "entity"),
        ChangedNoun::Apps | ChangedNoun::People => of(Referred::Entity, "organization_id"),
        ChangedNoun::Entities => of(Referred::Entity, "id"),
        ChangedNoun::Producers => None,
    }
}

fn source(pair: &RowPair, version: Version<'_>, names: &Names, locale: Locale) -> Option<ChangeSource> {
    let column = pair.noun.declared().about.source?;
    let source = names.sources.get(version.get(column)?)?;
    Some(ChangeSource {
        id: source.id.clone(),
        short: source.short(locale),
        title: source.title_for(locale).0.to_owned(),
        url: source.url.clone(),
    })
}

fn particulars(version: Version<'_>, names: &Names, locale: Locale) -> Vec<(String, String)> {
    let columns = version.declared.columns.iter().filter(|column| column.is_main);
    let shown = columns.filter(|column| !matches!(column.words, CellWords::In(other) if other != locale));
    let stated = shown.filter_map(|column| {
        let text = in_words(column, version, names, locale)?;
        Some((locale.pick(column.en, column.zh).to_owned(), text))
    });
    stated.collect()
}

/// The cells in which the two versions of a row differ. Of a text in both languages only the reader's, unless only the other differs.
fn cells(pair: &RowPair, names: &Names, locale: Locale) -> Vec<ChangedCell> {
    let (Some(before), Some(after)) = (&pair.before, &pair.after) else { return Vec::new() };
    let declared = pair.noun.declared();
    let (before, after) = (Version { declared, cells: before }, Version { declared, cells: after });
    let differs = |column: &str| before.get(column) != after.get(column);
    let parts_differ = |whole: &str| {
        let parts = declared
            .columns
            .iter()
            .filter(|column| matches!(column.words, CellWords::PartOf(other) if other == whole));
        parts.into_iter().any(|part| differs(part.name))
    };
    let changed = |column: &&ChangedColumn| match column.words {
        CellWords::Key | CellWords::PartOf(_) => false,
        CellWords::Figure | CellWords::Amount => differs(column.name) || parts_differ(column.name),
        CellWords::In(other) if other != locale => {
            differs(column.name) && !differs(&in_language(column.name, locale))
        }
        _ => differs(column.name),
    };
    let cell = |column: &ChangedColumn| ChangedCell {
        column: column.name.to_owned(),
        label: label(column, locale),
        from: in_words(column, before, names, locale),
        to: in_words(column, after, names, locale),
    };
    declared.columns.iter().filter(changed).map(cell).collect()
}

/// Name of the column with the same text in a language.
fn in_language(column: &str, locale: Locale) -> String {
    let stem = column.rsplit_once('_').map_or(column, |(stem, _)| stem);
    format!("{stem}_{}", locale.segment())
}

fn label(column: &ChangedColumn, locale: Locale) -> String {
    let label = locale.pick(column.en, column.zh);
    match column.words {
        CellWords::In(other) if other != locale => {
            locale.pick(format!("{label} in Chinese"), format!("{label}（英文）"))
        }
        _ => label.to_owned(),
    }
}

/// Puts a cell into words. `None` if it is blank.
fn in_words(column: &ChangedColumn, version: Version<'_>, names: &Names, locale: Locale) -> Option<String> {
    let text = version.get(column.name)?;
    let join = |texts: Vec<String>| texts.join(locale.pick("; ", "；"));
    let number = || text.parse::<Decimal>().ok();
    let said = match column.words {
        CellWords::Key | CellWords::Text => None,
        CellWords::In(_) => Some(note::plain(text)),
        CellWords::Date => text.parse().ok().map(|date: PartialDate| date.label(locale)),
        CellWords::Number => number().map(grouped),
        CellWords::Money => {
            number().map(|amount| Unit::Money("CNY".into()).amount(amount, locale).to_string())
        }
        CellWords::Percent => number().map(|share| Unit::Percent.amount(share, locale).to_string()),
        CellWords::YesNo => match text {
            "true" => Some(locale.pick("yes", "是").to_owned()),
            _ => Some(locale.pick("no", "否").to_owned()),
        },
        CellWords::Word(worded) => worded(text, locale),
        CellWords::Words(worded) => {
            let words = text.split(';');
            Some(join(words.map(|word| worded(word, locale).unwrap_or_else(|| word.to_owned())).collect()))
        }
        CellWords::List => Some(join(text.split(';').map(str::to_owned).collect())),
        CellWords::Id(to) => Some(names.name(to, text, locale)),
        CellWords::Ids(to) => Some(join(text.split(';').map(|id| names.name(to, id, locale)).collect())),
        CellWords::Figure => figure(version, names, locale),
        CellWords::Amount => amount(version, locale),
        CellWords::PartOf(_) => return None,
    };
    Some(said.unwrap_or_else(|| text.to_owned()))
}

/// A figure with its unit and qualifier, every digit.
fn figure(version: Version<'_>, names: &Names, locale: Locale) -> Option<String> {
    let unit = version.get("indicator_id").and_then(|id| names.units.get(id));
    let in_unit = |value: Decimal| match unit {
        Some(unit) => unit.amount(value, locale).to_string(),
        None => grouped(value),
    };
    let qualifier: Qualifier = version.get("qualifier")?.parse().ok()?;
    Some(worded(version.number("value")?, version.number("value_high"), qualifier, in_unit, locale))
}

/// An amount of money with its currency, every digit.
fn amount(version: Version<'_>, locale: Locale) -> Option<String> {
    let unit = Unit::Money(version.get("currency")?.to_owned());
    let low = unit.amount(version.number("amount")?, locale);
    Some(match version.number("amount_high").map(|high| unit.amount(high, locale)) {
        Some(high) => locale.pick(format!("{low} to {high}"), format!("{low}至{high}")),
        None => low.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells_of(noun: ChangedNoun, given: &[(&str, &str)]) -> Vec<Option<String>> {
        let value =
            |name: &str| given.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text).to_owned());
        noun.declared().columns.iter().map(|column| value(column.name)).collect()
    }

    fn pair(noun: ChangedNoun, before: &[(&str, &str)], after: &[(&str, &str)]) -> RowPair {
        let version = |given: &[(&str, &str)]| (!given.is_empty()).then(|| cells_of(noun, given));
        let (before, after) = (version(before), version(after));
        RowPair { revision: 2, noun, row: "x".into(), before, after, is_current: true }
    }

    const FIGURE: [(&str, &str); 7] = [
        ("indicator_id", "market"),
        ("entity", "china"),
        ("period_start", "2025-01-01"),
        ("period_end", "2025-12-31"),
        ("producer", "bureau"),
        ("value", "67790000000.5"),
        ("qualifier", "exact"),
    ];

    #[test]
    fn a_corrected_figure_has_both_values_with_unit_and_qualifier() {
        let mut names = Names::default();
        names.units.insert("market".into(), Unit::Money("CNY".into()));
        let mut after = FIGURE;
        (after[5].1, after[6].1) = ("68000000000", "estimate");
        let cells = cells(&pair(ChangedNoun::Observations, &FIGURE, &after), &names, Locale::En);
        assert_eq!(cells.len(), 1, "{cells:?}");
        assert_eq!(cells[0].label, "Figure");
        assert_eq!(cells[0].from.as_deref(), Some("CNY 67.7900000005 billion"));
        assert_eq!(cells[0].to.as_deref(), Some("CNY 68 billion (estimate)"));
    }

    #[test]
    fn a_text_in_the_other_language_is_shown_only_if_nothing_else_says_it() {
        let of = |en, zh| [("note_en", en), ("note_zh", zh)];
        let labels = |after: [(&'static str, &'static str); 2], locale| {
            let pair = pair(ChangedNoun::Producers, &of("a", "甲"), &after);
            cells(&pair, &Names::default(), locale).into_iter().map(|cell| cell.label).collect::<Vec<_>>()
        };
        assert_eq!(labels(of("b", "乙"), Locale::En), ["Note"]);
        assert_eq!(labels(of("b", "乙"), Locale::Zh), ["说明"]);
        assert_eq!(labels(of("a", "乙"), Locale::En), ["Note in Chinese"]);
        assert_eq!(labels(of("b", "甲"), Locale::Zh), ["说明（英文）"]);
    }

    #[test]
    fn a_row_is_added_corrected_or_withdrawn() {
        let row = [("name_en", "A")];
        let kind = |before: &[(&str, &str)], after: &[(&str, &str)]| {
            pair(ChangedNoun::Producers, before, after).kind()
        };
        assert_eq!(kind(&[], &row), ChangeKind::Added);
        assert_eq!(kind(&row, &row), ChangeKind::Corrected);
        assert_eq!(kind(&row, &[]), ChangeKind::Withdrawn);
    }

    #[test]
    fn a_row_refers_to_what_its_key_and_cells_name() {
        let pair = pair(ChangedNoun::Observations, &FIGURE, &[]);
        let found: Vec<(Referred, String)> = referred(&pair).collect();
        let expected =
            [(Referred::Indicator, "market"), (Referred::Entity, "china"), (Referred::Producer, "bureau")];
        assert_eq!(found, expected.map(|(to, id)| (to, id.to_owned())));
    }
}
