//! Cuts a brief to its sheet: what does not fit is left out in a fixed order, counted, and named in a note.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    draft::{Draft, DraftTable},
    measure::Measure,
};
use crate::{
    charts::{Chart, PrintSize, Printed},
    domain::{
        brief::{
            model::{
                Block, Brief, BriefCell, BriefChart, BriefColumn, BriefSource, BriefTable, Foot, TableStyle,
            },
            sheet,
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
struct Shown {
    figures: usize,
    charts: usize,
    /// Height of the plots, in units of the drawing.
    plot: f64,
    rows: Vec<usize>,
    unknown: usize,
}

/// What is shortened, and how far.
#[derive(Clone, Copy, Debug)]
enum Cut {
    Figures(usize),
    Charts(usize),
    Plot(f64),
    /// Rows of the first table.
    First(usize),
    /// Rows of the tables after the first, from the last.
    Later(usize),
    Unknown(usize),
}

/// The order in which a brief is shortened until it fits.
const CUTS: [Cut; 19] = [
    Cut::Later(6),
    Cut::First(8),
    Cut::Plot(140.0),
    Cut::Later(4),
    Cut::Unknown(3),
    Cut::First(6),
    Cut::Plot(110.0),
    Cut::Charts(1),
    Cut::Later(2),
    Cut::Unknown(2),
    Cut::Figures(4),
    Cut::Later(0),
    Cut::First(3),
    Cut::Figures(3),
    Cut::Charts(0),
    Cut::Unknown(1),
    Cut::First(0),
    Cut::Figures(1),
    Cut::Unknown(0),
];

const PLOT: f64 = 180.0;
const MAX_PLOT: f64 = 260.0;
const PLOT_STEP: f64 = 10.0;
const MAX_FIGURES: usize = 5;
const MAX_CHARTS: usize = 2;
const MAX_UNKNOWN: usize = 5;
/// Rows of one table on each page.
const MAX_ROWS: usize = 24;
/// What a second page loses where a row or a chart goes to it whole.
const SLACK: f64 = 60.0;
/// What is left free on a single page: programs round lengths in ways of their own.
const RESERVE: f64 = 6.0;
/// Longest expected origin of the site, for the address at the foot.
const ORIGIN: &str = "https://observatory.micro-drama.example.org";

/// Returns the brief on as many pages as asked for.
pub fn fit(draft: &Draft, state: BriefState, pages: u8, locale: Locale) -> Brief<Printed> {
    let mut fitter =
        Fitter { draft, state, pages, locale, measure: Measure::default(), drawn: BTreeMap::new() };
    let pages = usize::from(pages);
    let mut shown = Shown {
        figures: draft.figures.len().min(MAX_FIGURES),
        charts: draft.charts.len().min(MAX_CHARTS),
        plot: PLOT,
        rows: draft.tables.iter().map(|table| table.rows.len().min(MAX_ROWS * pages)).collect(),
        unknown: draft.unknown.len().min(MAX_UNKNOWN),
    };
    let room = sheet::HEIGHT * pages as f64 - if pages > 1 { SLACK } else { RESERVE };
    for cut in CUTS {
        while fitter.height(&shown) > room && shorten(&mut shown, cut) {}
    }
    regrow(&mut fitter, &mut shown, room);
    let charts = &draft.charts[..shown.charts];
    let size = size(charts.len(), shown.plot);
    let mut drawings = charts.iter().map(|chart| chart.printed(size));
    let blocks = fitter.blocks(&shown);
    let brief =
        Brief { locale, title: draft.title.clone(), page: draft.page.clone(), pages: pages as u8, blocks };
    brief.draw(|()| drawings.next().unwrap_or_else(Printed::empty))
}

/// Gives back what still fits after the cuts: figures, open questions, rows of each table, and the height of the plots.
fn regrow(fitter: &mut Fitter<'_>, shown: &mut Shown, room: f64) {
    let draft = fitter.draft;
    let mut more = |shown: &mut Shown, grow: &dyn Fn(&mut Shown) -> bool| {
        loop {
            let mut grown = shown.clone();
            if !grow(&mut grown) || fitter.height(&grown) > room {
                return;
            }
            *shown = grown;
        }
    };
    let add = |count: &mut usize, most: usize| {
        let longer = *count < most;
        *count += usize::from(longer);
        longer
    };
    more(shown, &|shown| add(&mut shown.figures, draft.figures.len().min(MAX_FIGURES)));
    more(shown, &|shown| add(&mut shown.unknown, draft.unknown.len().min(MAX_UNKNOWN)));
    for (at, table) in draft.tables.iter().enumerate() {
        more(shown, &|shown| add(&mut shown.rows[at], table.rows.len().min(MAX_ROWS)));
    }
    more(shown, &|shown| {
        shown.plot += PLOT_STEP;
        shown.charts > 0 && shown.plot <= MAX_PLOT
    });
}

/// Shortens one part by one step. False where it is already as short as the cut makes it.
fn shorten(shown: &mut Shown, cut: Cut) -> bool {
    fn less(count: &mut usize, least: usize) -> bool {
        let longer = *count > least;
        *count -= usize::from(longer);
        longer
    }
    match cut {
        Cut::Figures(least) => less(&mut shown.figures, least),
        Cut::Charts(least) => less(&mut shown.charts, least),
        Cut::Unknown(least) => less(&mut shown.unknown, least),
        Cut::First(least) => shown.rows.first_mut().is_some_and(|rows| less(rows, least)),
        Cut::Later(least) => shown.rows.iter_mut().skip(1).rev().any(|rows| less(rows, least)),
        Cut::Plot(least) => {
            let taller = shown.charts > 0 && shown.plot > least;
            shown.plot -= if taller { PLOT_STEP } else { 0.0 };
            taller
        }
    }
}

fn size(charts: usize, plot: f64) -> PrintSize {
    PrintSize { width: sheet::chart_units(charts), plot }
}

struct Fitter<'a> {
    draft: &'a Draft,
    state: BriefState,
    pages: u8,
    locale: Locale,
    measure: Measure,
    /// Heights of drawings: number of the chart, of charts beside each other, and the plot.
    drawn: BTreeMap<(usize, usize, u64), f64>,
}

impl Fitter<'_> {
    /// Height of everything shown, in points.
    fn height(&mut self, shown: &Shown) -> f64 {
        let blocks = self.blocks(shown);
        blocks.iter().map(|block| self.block(block, shown)).sum()
    }

    fn block(&mut self, block: &Block<()>, shown: &Shown) -> f64 {
        let measure = &mut self.measure;
        match block {
            Block::Kicker(text) => measure.block(text, sheet::KICKER, sheet::WIDTH),
            Block::Title(text) => measure.strong(text, sheet::TITLE, sheet::WIDTH),
            Block::Lead(text) => measure.block(text, sheet::LEAD, sheet::WIDTH),
            Block::Finding(text) => measure.strong(text, sheet::FINDING, sheet::WIDTH - sheet::INDENT),
            Block::Heading(text) => measure.strong(text, sheet::HEADING, sheet::WIDTH),
            Block::Table(table) => measure.table(table),
            Block::List(items) => measure.list(items),
            Block::Note(text) => measure.block(text, sheet::NOTE, sheet::WIDTH),
            Block::Sources(sources) => measure.sources(sources),
            Block::Charts(charts) => {
                let all = charts.len();
                (0..all).map(|at| self.chart(at, &charts[at], all, shown.plot)).fold(0.0, f64::max)
            }
            Block::Foot(foot) => {
                let width = sheet::WIDTH - sheet::CODE - sheet::CELL_GAP * 2.0;
                let address = format!("{ORIGIN}{}", foot.path);
                let lines = foot.lines.iter().chain([&address]);
                let lines: f64 = lines.map(|line| measure.text(line, sheet::SMALL, width)).sum();
                sheet::FOOT_GAP + lines.max(sheet::CODE)
            }
        }
    }

    fn chart(&mut self, at: usize, chart: &BriefChart<()>, all: usize, plot: f64) -> f64 {
        let (width, units) = (sheet::chart_width(all), sheet::chart_units(all));
        let draft = self.draft;
        let drawing = self.drawn.entry((at, all, plot.to_bits()));
        let drawing = *drawing.or_insert_with(|| draft.charts[at].printed_height(size(all, plot)));
        self.measure.strong(&chart.title, sheet::CAPTION, width)
            + self.measure.text(&chart.subtitle, sheet::SMALL, width)
            + drawing * width / units
            + self.measure.text(&chart.source_line, sheet::SMALL, width)
            + sheet::CELL_PAD * 3.0
    }

    /// The blocks with as much of each part as is shown. Their charts are drawn later.
    fn blocks(&self, shown: &Shown) -> Vec<Block<()>> {
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
        let row = |figure: &super::draft::DraftFigure| {
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
