//! Everything that a brief could say, before it is cut to the sheet, and the parts that several kinds of brief share.

use crate::{
    charts::Chart,
    domain::{
        brief::{model::BriefCell, query::BriefKind},
        indicators::model::Indicator,
        observations::model::Observation,
        programs::{lifecycle::ProgramStanding, model::Scope},
        sources::model::SourceRef,
        subsidies::model::Subsidy,
    },
    loaders::programs::rows::ProgramRow,
    text::{Locale, note},
};

/// The contents of a brief in order, the most important first in each part.
#[derive(Clone, Debug)]
pub struct Draft {
    pub kind: &'static str,
    pub title: String,
    /// What the thing is.
    pub lead: String,
    pub finding: Option<String>,
    pub figures: Vec<DraftFigure>,
    pub charts: Vec<Chart>,
    pub tables: Vec<DraftTable>,
    /// What is not known, in sentences.
    pub unknown: Vec<String>,
    /// Path of the page that the brief is about.
    pub page: String,
    /// Path of the brief.
    pub path: String,
}

/// A key figure with everything that must be printed with it.
#[derive(Clone, Debug)]
pub struct DraftFigure {
    pub value: String,
    pub label: String,
    /// Entity, period, qualifier, basis and producer.
    pub meta: Vec<String>,
    pub href: String,
    pub source: SourceRef,
}

/// A name of rows, to count those that are left out: one, several, and in Chinese with its measure word.
pub type RowName = (&'static str, &'static str, &'static str);

#[derive(Clone, Debug)]
pub struct DraftTable {
    pub heading: &'static str,
    /// Labels, and shares of the width in thousandths.
    pub columns: Vec<(&'static str, u16)>,
    pub rows: Vec<DraftRow>,
    pub of: RowName,
}

#[derive(Clone, Debug)]
pub struct DraftRow {
    pub cells: Vec<BriefCell>,
    pub source: Option<SourceRef>,
}

impl Draft {
    pub fn new(kind: BriefKind, id: &str, title: String, lead: String, locale: Locale) -> Draft {
        Draft {
            kind: kind.name(locale),
            title,
            lead,
            finding: None,
            figures: Vec::new(),
            charts: Vec::new(),
            tables: Vec::new(),
            unknown: Vec::new(),
            page: format!("/{locale}/{}/{id}", kind.room()),
            path: format!("/{locale}/brief/{}/{id}", kind.word()),
        }
    }
}

impl DraftFigure {
    /// An observation as a key figure. `entity`: whether its entity is named.
    pub fn of(indicator: &Indicator, row: &Observation, entity: bool, locale: Locale) -> DraftFigure {
        let producer = row.producer.named.name(locale).to_owned();
        let meta = [
            entity.then(|| row.entity.name(locale).to_owned()),
            Some(row.period.label(locale)),
            Some(row.qualifier.name(locale).to_owned()),
            row.basis.map(|basis| basis.name(locale).to_owned()),
            Some(producer),
        ];
        DraftFigure {
            value: value(indicator, row, locale),
            label: indicator.named.name(locale).to_owned(),
            meta: meta.into_iter().flatten().collect(),
            href: format!("/{locale}/indicators/{}", indicator.named.id),
            source: row.source.clone(),
        }
    }

    /// An amount of public money as a key figure.
    pub fn of_subsidy(row: &Subsidy, locale: Locale) -> DraftFigure {
        let of = row.program.as_ref().or(row.recipient.as_ref()).or(row.jurisdiction.as_ref());
        let kind = row.kind.name(locale);
        let label = match of {
            Some(of) => {
                let of = of.name(locale);
                locale.pick(format!("{of}: {kind}"), format!("{of}：{kind}"))
            }
            None => kind.to_owned(),
        };
        let named = row.recipient.as_ref().filter(|named| Some(*named) != of);
        let meta = [
            named.map(|named| named.name(locale).to_owned()),
            row.period(locale).or(row.disclosed_on.map(|date| date.label(locale))),
            Some(row.kind.explained(locale).to_owned()),
            row.scope.map(|scope| scope.name(locale).to_owned()),
        ];
        DraftFigure {
            value: row.amount(locale),
            label,
            meta: meta.into_iter().flatten().collect(),
            href: format!("/{locale}/subsidies/{}", row.id),
            source: row.source.clone(),
        }
    }
}

/// The value with its sign; the qualifier itself is printed beside it.
fn value(indicator: &Indicator, row: &Observation, locale: Locale) -> String {
    let amount = indicator.unit.amount(row.value, locale);
    let high = row.high.map(|high| indicator.unit.amount(high, locale));
    match (row.sign(), high) {
        (_, Some(high)) => locale.pick(format!("{amount} to {high}"), format!("{amount}至{high}")),
        ("", None) => amount.to_string(),
        (sign, None) => format!("{sign} {amount}"),
    }
}

/// A sentence of the data without its links to sources, which a sheet of paper cannot follow.
pub fn plain(text: &str) -> String {
    note::without_links(text)
}

/// What a programme offers, in its own words if there is no amount in yuan.
pub fn offer(row: &ProgramRow, locale: Locale) -> String {
    let program = &row.program;
    let offered = program.offered(locale).or_else(|| program.rate.as_ref().map(|rate| rate.worded(locale)));
    offered
        .or_else(|| program.amount_note.get(locale).map(plain))
        .unwrap_or_else(|| locale.pick("not stated", "未载明").to_owned())
}

/// Table of measures. `place` adds a column for their place.
pub fn measures(heading: &'static str, rows: &[ProgramRow], place: bool, locale: Locale) -> DraftTable {
    let mut columns = vec![(locale.pick("Programme", "政策"), 330)];
    if place {
        columns.push((locale.pick("Place", "地区"), 130));
    }
    columns.extend([
        (locale.pick("Instrument", "工具"), 120),
        (locale.pick("Offers", "支持内容"), 270),
        (locale.pick("Status", "状态"), 150),
    ]);
    let row = |row: &ProgramRow| {
        let program = &row.program;
        let name = BriefCell::new(program.named.name(locale))
            .linked(format!("/{locale}/programs/{}", program.named.id));
        let mut cells = vec![name];
        if place {
            cells.push(BriefCell::new(program.jurisdiction.name(locale)));
        }
        cells.extend([
            BriefCell::new(program.instrument.name(locale)),
            BriefCell::new(offer(row, locale)),
            BriefCell::new(row.standing.name(locale)),
        ]);
        DraftRow { cells, source: Some(program.source.clone()) }
    };
    DraftTable {
        heading,
        columns,
        rows: most_relevant_first(rows).into_iter().map(row).collect(),
        of: ("measure", "measures", "项措施"),
    }
}

/// Those about micro-dramas first; among them those in force or announced before those planned or over; otherwise in the given order.
fn most_relevant_first(rows: &[ProgramRow]) -> Vec<&ProgramRow> {
    let mut rows: Vec<&ProgramRow> = rows.iter().collect();
    rows.sort_by_key(|row| {
        let scope = match row.program.scope {
            Some(Scope::MicroDrama) => 0,
            Some(Scope::Includes) => 1,
            Some(Scope::General) | None => 2,
        };
        let standing = match row.standing {
            ProgramStanding::InForce => 0,
            ProgramStanding::Announced | ProgramStanding::Coming => 1,
            standing if standing.is_over() => 3,
            _ => 2,
        };
        (scope, row.program.is_package(), standing)
    });
    rows
}

/// Table of amounts of public money.
pub fn money(rows: &[Subsidy], locale: Locale) -> DraftTable {
    let row = |row: &Subsidy| {
        let of = row.recipient.as_ref().or(row.program.as_ref()).or(row.jurisdiction.as_ref());
        let name = of.map(|of| of.name(locale)).unwrap_or(locale.pick("not stated", "未载明"));
        let period = row.period(locale).or(row.disclosed_on.map(|date| date.label(locale)));
        let cells = vec![
            BriefCell::new(name).linked(format!("/{locale}/subsidies/{}", row.id)),
            BriefCell::new(row.kind.name(locale)),
            BriefCell::new(row.amount(locale)),
            BriefCell::new(period.unwrap_or_else(|| locale.pick("not stated", "未载明").to_owned())),
        ];
        DraftRow { cells, source: Some(row.source.clone()) }
    };
    DraftTable {
        heading: locale.pick("Public money", "公共资金"),
        columns: vec![
            (locale.pick("Recipient or programme", "受助方或政策"), 420),
            (locale.pick("Stage", "阶段"), 130),
            (locale.pick("Amount", "金额"), 200),
            (locale.pick("Period", "时段"), 180),
        ],
        rows: rows.iter().map(row).collect(),
        of: ("amount", "amounts", "笔金额"),
    }
}

/// Table of figures. `entity` adds a column for what each is about, `indicator` one for what it measures.
pub fn figures<'a>(
    heading: &'static str,
    rows: impl IntoIterator<Item = (&'a Indicator, &'a Observation)>,
    (indicator, entity): (bool, bool),
    locale: Locale,
) -> DraftTable {
    let mut columns = Vec::new();
    if indicator {
        columns.push((locale.pick("Indicator", "指标"), 300));
    }
    if entity {
        columns.push((locale.pick("Of", "对象"), 160));
    }
    columns.extend([
        (locale.pick("Period", "时段"), 170),
        (locale.pick("Value", "数值"), 190),
        (locale.pick("Measured by", "数据方"), 200),
    ]);
    let row = |(of, row): (&Indicator, &Observation)| {
        let mut cells = Vec::new();
        if indicator {
            let href = format!("/{locale}/indicators/{}", of.named.id);
            cells.push(BriefCell::new(of.named.name(locale)).linked(href));
        }
        if entity {
            cells.push(BriefCell::new(row.entity.name(locale)));
        }
        let basis = row.basis.map(|basis| basis.name(locale)).unwrap_or_default();
        cells.extend([
            BriefCell::new(row.period.label(locale)),
            BriefCell::new(row.worded(&of.unit, locale)).under(basis),
            BriefCell::new(row.producer.named.name(locale)),
        ]);
        DraftRow { cells, source: Some(row.source.clone()) }
    };
    let rows = rows.into_iter().map(row).collect();
    DraftTable { heading, columns, rows, of: ("figure", "figures", "项数据") }
}
