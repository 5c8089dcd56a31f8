//! Lays out a timeline as a scene: lanes one below the other, named on the left or, on a phone, above.

use chrono::{Datelike, Days, NaiveDate};

use super::{
    Lane, Stretch, Timeline,
    place::{Placed, TimelineRows, place},
};
use crate::charts::{
    font::{self, LEADING},
    marker::marker,
    scene::{Anchor, Bounds, Dash, Fill, Scene, SceneLink, Shape, Stroke, Words, line},
    sheet::Layout,
    theme::{Paint, Theme},
    time::{Span, TickLevel, month_start, next_month},
};

/// Days from which a timeline is divided into years instead of months.
const MONTHLY: i64 = 860;
/// Thickness of a band.
const BAND: f64 = 7.0;
/// Distance between lanes.
const LANE_GAP: f64 = 10.0;
/// Number of items from which the time labels are repeated at the top: a reader would not see those at the foot.
const MANY: usize = 25;

pub fn compose(chart: &Timeline, layout: &Layout, theme: Theme) -> Scene {
    let text = layout.text;
    let mut scene = Scene { width: layout.width, text, ..Scene::default() };
    let mut y = if theme == Theme::Page { 0.0 } else { chart.heading.draw(&mut scene, layout) };
    let sheet = Sheet::of(chart, layout);
    let bands = sheet.span.bands(sheet.finest(), chart.locale, sheet.right - sheet.left, text);
    let mut years_above = Vec::new();
    if bands.years.is_empty() && chart.lanes.iter().map(|lane| lane.items.len()).sum::<usize>() >= MANY {
        (_, years_above) = bands.shapes(|date| sheet.at(date), y, layout);
        y += bands.height(layout);
    }
    let marked = chart.marked.as_ref().filter(|flag| sheet.span.holds(flag.date));
    if let Some(flag) = marked {
        y += text * LEADING;
        let wide = font::width(&flag.label, text) / 2.0;
        let x = sheet.at(flag.date).clamp(sheet.left + wide, sheet.right - wide);
        let words = Words::new(flag.label.clone(), (x, y), text).anchored(Anchor::Middle);
        scene.group("day", vec![Shape::Words(words.painted(Paint::Accent))]);
    }
    let top = y + 5.0;
    y = top + 3.0;
    let (mut rules, mut names, mut marks, mut words) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for (number, lane) in chart.lanes.iter().enumerate() {
        if number > 0 {
            rules.push(line((0.0, y), (layout.width, y), Stroke::new(Paint::Hairline, 1.0)));
        }
        let begin = y + LANE_GAP / 2.0;
        y = begin + sheet.draw_name(lane, begin, &mut names, layout);
        let rows =
            place(&lane.items, chart.whole_names, (sheet.left, sheet.right), layout, |s| sheet.reach(s));
        let beside = if layout.wide { names_height(lane, &sheet, layout) } else { 0.0 };
        y += draw_rows(&rows, y, (&mut marks, &mut words, &mut scene.links), layout).max(beside)
            + LANE_GAP / 2.0;
    }
    let bottom = y + 2.0;
    let (ticks, years) = bands.shapes(|date| sheet.at(date), bottom, layout);
    let grid = bands.upper.iter().filter(|band| !band.label.is_empty()).map(|band| {
        let x = sheet.at(band.start);
        line((x, top), (x, bottom), Stroke::new(Paint::Hairline, 1.0))
    });
    scene.group("grid", grid.chain(rules).collect());
    scene.group("time", ticks);
    let base = Stroke::new(Paint::Ink, 1.0);
    scene.group("base", vec![line((sheet.left, bottom), (sheet.right, bottom), base)]);
    if let Some(flag) = marked {
        let x = sheet.at(flag.date);
        let stroke = Stroke::new(Paint::Accent, 1.2).dashed(Dash::Dotted);
        scene.group("day-line", vec![line((x, top), (x, bottom), stroke)]);
    }
    scene.group("marks", marks);
    scene.group("names", words);
    scene.group("lanes", names);
    scene.group("ticks", years_above.into_iter().chain(years).collect());
    let mut end = bottom + bands.height(layout);
    if theme != Theme::Page {
        end = chart.heading.draw_source(&mut scene, layout, end);
    }
    scene.height = (end + 2.0).ceil();
    scene
}

/// Positions of lanes and time on the sheet.
struct Sheet {
    left: f64,
    right: f64,
    span: Span,
}

impl Sheet {
    fn of(chart: &Timeline, layout: &Layout) -> Sheet {
        let widest = chart.lanes.iter().map(|lane| font::width(&lane.name, layout.text)).fold(0.0, f64::max);
        let beside = layout.wide && widest > 0.0;
        let left = if beside { (widest + 16.0).min(layout.width * 0.26).ceil() } else { 0.0 };
        Sheet { left, right: layout.width, span: span(chart) }
    }

    fn at(&self, date: NaiveDate) -> f64 {
        self.left + self.span.share(date) * (self.right - self.left)
    }

    /// Returns the horizontal extent of an item: a point for a day, the full width of a month or year; open ends reach the edge.
    fn reach(&self, stretch: Stretch) -> (f64, f64) {
        let end = |date: NaiveDate| self.at(date.succ_opt().unwrap_or(date));
        match stretch {
            Stretch::At(date) if date.first_day() == date.last_day() => {
                let x = (self.at(date.first_day()) + end(date.first_day())) / 2.0;
                (x, x)
            }
            Stretch::At(date) => (self.at(date.first_day()), end(date.last_day())),
            Stretch::Lasting { from, to } => (
                from.map_or(self.left, |date| self.at(date.first_day())),
                to.map_or(self.right, |date| end(date.last_day())),
            ),
        }
    }

    /// Returns the finest time division: months for a short span, years for a long one.
    fn finest(&self) -> TickLevel {
        if self.span.days() < MONTHLY as f64 { TickLevel::Month } else { TickLevel::Years(1) }
    }

    /// Draws the lane's name and returns how far it pushes the lane down.
    fn draw_name(&self, lane: &Lane, top: f64, names: &mut Vec<Shape>, layout: &Layout) -> f64 {
        if lane.name.is_empty() {
            return 0.0;
        }
        let room = if layout.wide { self.left - 16.0 } else { layout.width };
        let lines = font::wrap(&lane.name, layout.text, room);
        let tall = lines.len() as f64 * layout.text * LEADING;
        for (at, text) in lines.into_iter().enumerate() {
            let spot = (0.0, top + (at as f64 + 0.9) * layout.text * LEADING);
            let words = Words::new(text, spot, layout.text).painted(Paint::Ink);
            names.push(Shape::Words(Words { strong: !layout.wide, ..words }));
        }
        if layout.wide { 0.0 } else { tall + 2.0 }
    }
}

fn names_height(lane: &Lane, sheet: &Sheet, layout: &Layout) -> f64 {
    let lines = font::wrap(&lane.name, layout.text, (sheet.left - 16.0).max(1.0)).len();
    lines as f64 * layout.text * LEADING + 2.0
}

/// Draws marks and names of a lane below `top` and returns its height.
fn draw_rows(
    rows: &TimelineRows<'_>,
    top: f64,
    (marks, words, links): (&mut Vec<Shape>, &mut Vec<Shape>, &mut Vec<SceneLink>),
    layout: &Layout,
) -> f64 {
    let starts: Vec<f64> = rows
        .heights
        .iter()
        .scan(top, |y, height| {
            let start = *y;
            *y += height;
            Some(start)
        })
        .collect();
    for placed in &rows.placed {
        let (start, height) = (starts[placed.row], rows.heights[placed.row]);
        let level = if placed.above { start + height - BAND / 2.0 - 5.0 } else { start + height / 2.0 };
        marks.extend(mark(placed, level, layout));
        let lines = placed.name.len() as f64;
        let first = if placed.above {
            level - BAND / 2.0 - 4.0 - (lines - 1.0) * layout.text * LEADING
        } else {
            level + layout.text * 0.36 - (lines - 1.0) * layout.text * LEADING / 2.0
        };
        for (at, name) in placed.name.iter().enumerate() {
            let spot = (placed.name_left, first + at as f64 * layout.text * LEADING);
            let name = Words::new(name.clone(), spot, layout.text).painted(Paint::Ink);
            words.push(Shape::Words(Words { halo: true, ..name }));
        }
        if let Some(href) = placed.item.href.clone() {
            let bounds = Bounds { top: start, bottom: start + height, ..placed.extent(layout) };
            links.push(SceneLink { bounds, href, label: placed.item.text.clone() });
        }
    }
    rows.heights.iter().sum()
}

/// Draws a mark. A point is a marker on a bar as long as its month or year; a band is a bar, with an arrow where it continues.
fn mark(placed: &Placed<'_>, level: f64, layout: &Layout) -> Vec<Shape> {
    let item = placed.item;
    let paint = Paint::Series(item.slot);
    match item.stretch {
        Stretch::At(_) => {
            let mut shapes = Vec::new();
            if placed.to - placed.from > 2.0 {
                let stroke = Stroke::new(paint, 1.6);
                shapes.push(line((placed.from, level), (placed.to, level), stroke));
            }
            let centre = ((placed.from + placed.to) / 2.0, level);
            let larger = if item.count > 1 { 3.0 } else { 0.8 };
            shapes.push(marker(item.slot, centre, layout.marker + larger, item.hollow));
            shapes
        }
        Stretch::Lasting { from, to } => {
            let (top, bottom) = (level - BAND / 2.0, level + BAND / 2.0);
            let tip = if to.is_none() { BAND } else { 0.0 };
            let tail = if from.is_none() { BAND } else { 0.0 };
            let (left, right) = (placed.from, placed.to.max(placed.from + 3.0 + tip));
            let mut spots = vec![(left, top), (right - tip, top)];
            if tip > 0.0 {
                spots.push((right, level));
            }
            spots.extend([(right - tip, bottom), (left, bottom)]);
            if tail > 0.0 {
                spots.push((left + tail, level));
            }
            let opacity = if item.hollow { 0.08 } else { 0.85 };
            let stroke = item.hollow.then(|| Stroke::new(paint, 1.2).dashed(Dash::Forecast));
            vec![Shape::Area { spots, fill: Some(Fill { paint, opacity }), stroke }]
        }
    }
}

/// Returns the displayed span: whole months or years from the first to the last known day, including the marked day if it is near, with
/// some room at the end for names and for bands that continue.
fn span(chart: &Timeline) -> Span {
    let firsts = chart.items().filter_map(|item| item.stretch.first());
    let lasts = chart.items().filter_map(|item| item.stretch.last());
    let marked = chart.marked.as_ref().map(|flag| flag.date);
    let first = firsts.min().or(marked).unwrap_or_default();
    let last = lasts.max().unwrap_or(first).max(first);
    let near = Days::new(((last - first).num_days() as u64).max(730));
    let held = |date: NaiveDate| {
        first.checked_sub_days(near).is_some_and(|early| early <= date)
            && last.checked_add_days(near).is_some_and(|late| date <= late)
    };
    let (first, last) = match marked.filter(|date| held(*date)) {
        Some(date) => (first.min(date), last.max(date)),
        None => (first, last),
    };
    let room = Days::new(((last - first).num_days() / 40).max(20) as u64);
    let (first, last) =
        (first.checked_sub_days(room).unwrap_or(first), last.checked_add_days(room).unwrap_or(last));
    if (last - first).num_days() < MONTHLY {
        return Span { first: month_start(first), end: next_month(last) };
    }
    let year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1);
    Span { first: year(first.year()).unwrap_or(first), end: year(last.year() + 1).unwrap_or(last) }
}
