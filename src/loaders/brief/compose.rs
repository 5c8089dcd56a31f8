//! Composes the blocks of a brief from what it could say and how much of each part is shown.

use chrono::NaiveDate;

use super::draft::{Draft, DraftFigure, DraftTable};
use crate::{
    charts::Chart,
    domain::{
        brief::model::{
            Block, BriefCell, BriefChart, BriefColumn, BriefSource, BriefTable, Foot, TableStyle,
        },
        sources::model::SourceRef,
    },
    text::{
        Locale, date,
        query::{self, AS_OF, KNOWN_ON},
    },
};

/// State of the data that a brief shows.
#[derive(Clone, Copy, Debug)]
pub struct BriefState {
    pub revision: i32,
    pub published_on: NaiveDate,
    pub known_on: Option<NaiveDate>,
}

/// How much of each part is shown.
#[derive(Clone, Debug)]
pub struct Shown {
    pub figures: usize,
    pub charts: usize,
    /// Height of the plots, in units of the drawing.
    pub plot: f64,
    pub rows: Vec<usize>,
    pub unknown: usize,
}

/// What a brief could say, and of which state.
pub struct Parts<'a> {
    pub draft: &'a Draft,
    pub state: BriefState,
    pub pages: u8,
    pub locale: Locale,
}

impl Parts<'_> {
    /// The blocks with as much of each part as is shown. Their charts are drawn later.
    pub fn blocks(&self, shown: &Shown) -> Vec<Block<()>> {
        let (draft, locale) = (self.draft, self.locale);
        let site = locale.pick("Micro-Drama Observatory", "微短剧观察");
        let kicker = locale
            .pick(format!("Brief · {} · {site}", draft.kind), format!("简报 · {} · {site}", draft.kind));
        let mut blocks = vec![Block::Kicker(kicker), Block::Title(draft.title.clone())];
        blocks.extend((!draft.lead.is_empty()).then(|| Block::Lead(draft.lead.clone())));
        blocks.extend(draft.finding.clone().map(Block::Finding));
        let mut numbers = Numbers::default();
        if shown.figures > 0 {
            blocks.push(Block::Heading(locale.pick("Key figures", "关键数据").to_owned()));
            blocks.push(Block::Table(self.figures(shown.figures, &mut numbers)));
        }
        let charts: Vec<_> = draft.charts[..shown.charts].iter().map(chart).collect();
        blocks.extend((!charts.is_empty()).then_some(Block::Charts(charts)));
        for (table, rows) in draft.tables.iter().zip(&shown.rows).filter(|(_, rows)| **rows > 0) {
            blocks.push(Block::Heading(table.heading.to_owned()));
            blocks.push(Block::Table(self.table(table, *rows, &mut numbers)));
        }
        if shown.unknown > 0 {
            blocks.push(Block::Heading(locale.pick("What is not known", "尚不清楚之处").to_owned()));
            blocks.push(Block::List(draft.unknown[..shown.unknown].to_vec()));
        }
        blocks.extend(self.left_out(shown).map(Block::Note));
        if !numbers.0.is_empty() {
            blocks.push(Block::Heading(locale.pick("Sources", "来源").to_owned()));
            blocks.push(Block::Sources(numbers.sources(locale)));
        }
        blocks.push(Block::Foot(self.foot()));
        blocks
    }

    fn figures(&self, count: usize, numbers: &mut Numbers) -> BriefTable {
        let locale = self.locale;
        let row = |figure: &DraftFigure| {
            vec![
                BriefCell::new(&figure.value),
                BriefCell::new(&figure.label).under(figure.meta.join(" · ")).linked(figure.href.clone()),
                BriefCell::new(numbers.of(&figure.source).to_string()),
            ]
        };
        let columns = [
            (locale.pick("Value", "数值"), 290),
            (locale.pick("What, when, by whom", "指标、时段与数据方"), 640),
            (locale.pick("Source", "来源"), 70),
        ];
        BriefTable {
            style: TableStyle::Figures,
            columns: columns.map(|(label, share)| BriefColumn { label: label.to_owned(), share }).into(),
            rows: self.draft.figures[..count].iter().map(row).collect(),
        }
    }

    fn table(&self, table: &DraftTable, count: usize, numbers: &mut Numbers) -> BriefTable {
        let column = |(label, share): &(&str, u16)| BriefColumn { label: (*label).to_owned(), share: *share };
        let mut columns: Vec<BriefColumn> = table.columns.iter().map(column).collect();
        let cited = table.rows.iter().any(|row| row.source.is_some());
        if cited {
            columns.push(BriefColumn { label: self.locale.pick("Source", "来源").to_owned(), share: 70 });
        }
        let rows = table.rows[..count].iter().map(|row| {
            let number = row.source.as_ref().map(|source| numbers.of(source).to_string());
            let number = cited.then(|| BriefCell::new(number.unwrap_or_default()));
            row.cells.iter().cloned().chain(number).collect()
        });
        BriefTable { style: TableStyle::Rows, columns, rows: rows.collect() }
    }

    /// Counts what is left out. None where everything is shown.
    fn left_out(&self, shown: &Shown) -> Option<String> {
        let (draft, locale) = (self.draft, self.locale);
        let mut parts: Vec<String> = Vec::new();
        let mut part = |all: usize, shown: usize, (one, many, zh): (&str, &str, &str)| match all - shown {
            0 => {}
            1 => parts.push(locale.pick(format!("1 {one}"), format!("1{zh}"))),
            count => parts.push(locale.pick(format!("{count} {many}"), format!("{count}{zh}"))),
        };
        part(draft.figures.len(), shown.figures, ("key figure", "key figures", "项关键数据"));
        part(draft.charts.len(), shown.charts, ("chart", "charts", "张图"));
        for (table, rows) in draft.tables.iter().zip(&shown.rows) {
            part(table.rows.len(), *rows, table.of);
        }
        part(draft.unknown.len(), shown.unknown, ("open question", "open questions", "项未知情况"));
        if parts.is_empty() {
            return None;
        }
        let parts = locale.list(&parts);
        Some(locale.pick(
            format!("Further on the page, not shown here for want of room: {parts}."),
            format!("限于篇幅，另有{parts}未列，见网页。"),
        ))
    }

    fn foot(&self) -> Foot {
        let (state, locale) = (self.state, self.locale);
        let published = date::day(state.published_on, locale);
        let revision = locale.pick(
            format!("Data revision {}, published {published}.", state.revision),
            format!("数据版本{}，{published}发布。", state.revision),
        );
        let known = state.known_on.map(|day| {
            let day = date::day(day, locale);
            locale.pick(
                format!("As known on {day}: only what sources had published by then."),
                format!("截至{day}已知的内容：仅含当日及以前来源已发布的信息。"),
            )
        });
        let licence = locale.pick(
            "Compiled data: CC BY 4.0, Micro-Drama Observatory, from the cited sources. This address always shows this state of the data:",
            "汇编数据：CC BY 4.0，微短剧观察，据所列来源汇编。以下网址固定显示本数据状态：",
        );
        let mut path = match self.pages {
            1 => self.draft.path.clone(),
            pages => query::with(&self.draft.path, "pages", &pages.to_string()),
        };
        path = query::with(&path, AS_OF, &state.revision.to_string());
        if let Some(day) = state.known_on {
            path = query::with(&path, KNOWN_ON, &day.to_string());
        }
        Foot {
            lines: [Some(revision), known, Some(licence.to_owned())].into_iter().flatten().collect(),
            path,
        }
    }
}

fn chart(chart: &Chart) -> BriefChart<()> {
    let heading = chart.heading();
    BriefChart {
        title: heading.title.clone(),
        subtitle: heading.subtitle.replace('\n', " "),
        source_line: heading.source_line.replace('\n', " "),
        summary: chart.summary(),
        drawing: (),
    }
}

/// Numbers of the sources, in the order in which the page names them.
#[derive(Debug, Default)]
struct Numbers(Vec<SourceRef>);

impl Numbers {
    fn of(&mut self, source: &SourceRef) -> usize {
        let known = self.0.iter().position(|known| known.id == source.id);
        known.unwrap_or_else(|| {
            self.0.push(source.clone());
            self.0.len() - 1
        }) + 1
    }

    fn sources(self, locale: Locale) -> Vec<BriefSource> {
        let text = |source: &SourceRef| {
            let (short, (title, _)) = (source.short(locale), source.title_for(locale));
            locale.pick(format!("{short}. {title}."), format!("{short}。{title}。"))
        };
        let numbered = self.0.iter().enumerate();
        numbered
            .map(|(at, source)| BriefSource { number: at + 1, text: text(source), url: source.url.clone() })
            .collect()
    }
}
