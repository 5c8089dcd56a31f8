//! Cuts a brief to its sheet: what does not fit is left out in a fixed order, counted, and named in a note.

use std::collections::BTreeMap;

use super::{
    compose::{BriefState, Parts, Shown},
    draft::Draft,
    measure::Measure,
};
use crate::{
    charts::{PrintSize, Printed},
    domain::brief::{
        model::{Block, Brief, BriefChart},
        sheet,
    },
    text::Locale,
};

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
const CUTS: [Cut; 20] = [
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
    Cut::Unknown(1),
    Cut::First(1),
    Cut::Charts(0),
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
    let parts = Parts { draft, state, pages, locale };
    let mut fitter = Fitter { parts, measure: Measure::default(), drawn: BTreeMap::new() };
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
    let blocks = fitter.parts.blocks(&shown);
    let brief =
        Brief { locale, title: draft.title.clone(), page: draft.page.clone(), pages: pages as u8, blocks };
    brief.draw(|()| drawings.next().unwrap_or_else(Printed::empty))
}

/// Gives back what still fits after the cuts: figures, open questions, rows of each table, and the height of the plots.
fn regrow(fitter: &mut Fitter<'_>, shown: &mut Shown, room: f64) {
    let draft = fitter.parts.draft;
    let most_rows = MAX_ROWS * usize::from(fitter.parts.pages);
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
        more(shown, &|shown| add(&mut shown.rows[at], table.rows.len().min(most_rows)));
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
    parts: Parts<'a>,
    measure: Measure,
    /// Heights of drawings: number of the chart, of charts beside each other, and the plot.
    drawn: BTreeMap<(usize, usize, u64), f64>,
}

impl Fitter<'_> {
    /// Height of everything shown, in points.
    fn height(&mut self, shown: &Shown) -> f64 {
        let blocks = self.parts.blocks(shown);
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
        let draft = self.parts.draft;
        let drawing = self.drawn.entry((at, all, plot.to_bits()));
        let drawing = *drawing.or_insert_with(|| draft.charts[at].printed_height(size(all, plot)));
        self.measure.strong(&chart.title, sheet::CAPTION, width)
            + self.measure.text(&chart.subtitle, sheet::SMALL, width)
            + drawing * width / units
            + self.measure.text(&chart.source_line, sheet::SMALL, width)
            + sheet::CELL_PAD * 3.0
    }
}
