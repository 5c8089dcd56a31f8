//! Matrix chart: the count for each row and column, as a number in a shaded cell. One column may be the reader's own; cells that it lacks and
//! others have are marked as gaps. Cells of which nothing is known are hatched, apart from those that are known to be empty.

use super::{
    ChartView,
    font::{self, LEADING},
    scene::{Anchor, Dash, Fill, Scene, Shape, Stroke, Words, line},
    sheet::{Heading, Layout},
    still,
    theme::{Paint, Theme},
};
use crate::text::Locale;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixChart {
    pub locale: Locale,
    pub heading: Heading,
    pub columns: Vec<String>,
    pub rows: Vec<MatrixRow>,
    /// Index of the column that the others are compared with.
    pub own: Option<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    pub name: String,
    /// One cell per column.
    pub cells: Vec<MatrixCell>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MatrixCell {
    Count {
        count: u32,
        /// Everything counted here is past or still to come: drawn hollow.
        hollow: bool,
    },
    Empty {
        /// Others have an entry here and the own column should: marked.
        gap: bool,
    },
    /// Nothing is known, not even that there is none: hatched.
    Unknown,
}

impl MatrixCell {
    fn count(self) -> u32 {
        match self {
            MatrixCell::Count { count, .. } => count,
            MatrixCell::Empty { .. } | MatrixCell::Unknown => 0,
        }
    }
}

/// Minimum and maximum opacity of a cell that is not empty.
const SHADES: (f64, f64) = (0.16, 0.46);
const GAP: f64 = 3.0;
/// Distance of the lines of a hatched cell.
const HATCH: f64 = 7.0;

impl MatrixChart {
    /// Returns the rows with a gap.
    pub fn gaps(&self) -> impl Iterator<Item = &MatrixRow> {
        self.rows.iter().filter(|row| row.cells.contains(&MatrixCell::Empty { gap: true }))
    }

    pub fn view(&self) -> ChartView {
        still(self.locale, &self.heading, self.summary(), |layout, theme| self.compose(layout, theme))
    }

    /// Describes the entries of each column, then the gaps of the own column.
    pub(super) fn summary(&self) -> String {
        let locale = self.locale;
        let mut sentences: Vec<String> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, name)| {
                let has: Vec<String> = self
                    .rows
                    .iter()
                    .filter(|row| row.cells[at].count() > 0)
                    .map(|row| format!("{}{}{}", row.name, locale.pick(" ", ""), row.cells[at].count()))
                    .collect();
                let unknown = self.rows.iter().any(|row| row.cells[at] == MatrixCell::Unknown);
                match (has.is_empty(), unknown) {
                    (true, true) => {
                        locale.pick(format!("{name}: not researched."), format!("{name}：尚未收集。"))
                    }
                    (true, false) => {
                        locale.pick(format!("{name}: none known."), format!("{name}：暂未查到。"))
                    }
                    (false, _) => locale.pick(
                        format!("{name}: {}.", has.join(", ")),
                        format!("{name}：{}。", has.join("、")),
                    ),
                }
            })
            .collect();
        let gaps: Vec<String> = self.gaps().map(|row| row.name.clone()).collect();
        if let Some(own) = self.own.and_then(|own| self.columns.get(own)).filter(|_| !gaps.is_empty()) {
            let gaps = locale.list(&gaps);
            sentences.push(locale.pick(
                format!("Offered elsewhere and not known in {own}: {gaps}."),
                format!("他处有而{own}暂未查到：{gaps}。"),
            ));
        }
        sentences.join(locale.pick(" ", ""))
    }

    pub(super) fn compose(&self, layout: &Layout, theme: Theme) -> Scene {
        let text = layout.text;
        let mut scene = Scene { width: layout.width, text, ..Scene::default() };
        let top = if theme == Theme::Page { 0.0 } else { self.heading.draw(&mut scene, layout) };
        let widest = self.rows.iter().map(|row| font::width(&row.name, text)).fold(0.0, f64::max);
        let left = (widest + 10.0).min(layout.width * 0.36).ceil();
        let across = ((layout.width - left) / self.columns.len().max(1) as f64).min(118.0);
        let heads: Vec<Vec<String>> =
            self.columns.iter().map(|name| font::wrap(name, text, across - 8.0)).collect();
        let fit = heads.iter().flatten().all(|row| font::width(row, text) <= across - 4.0);
        let heads = if fit {
            heads
        } else {
            (1..=self.columns.len()).map(|number| vec![number.to_string()]).collect()
        };
        let mut y = top + self.draw_heads(&mut scene, &heads, (left, across, top), layout);
        let most = self.rows.iter().flat_map(|row| &row.cells).map(|cell| cell.count()).max().unwrap_or(1);
        let first = y;
        let (mut names, mut fields) = (Vec::new(), Vec::new());
        for row in &self.rows {
            let lines = font::wrap(&row.name, text, left - 10.0);
            let height = (lines.len() as f64 * text * LEADING + 8.0).max(text * 2.1);
            let middle = y + height / 2.0;
            let begin = middle - (lines.len() as f64 - 1.0) * text * LEADING / 2.0 + text * 0.36;
            for (at, words) in lines.into_iter().enumerate() {
                let spot = (0.0, begin + at as f64 * text * LEADING);
                names.push(Shape::Words(Words::new(words, spot, text).painted(Paint::Ink)));
            }
            for (at, cell) in row.cells.iter().enumerate() {
                let x = left + at as f64 * across;
                fields.extend(field(*cell, most, (x, y, across, height), text));
            }
            y += height;
        }
        scene.group("names", names);
        scene.group("fields", fields);
        if let Some(own) = self.own {
            let (x, stroke) = (left + own as f64 * across, Stroke::new(Paint::Ink, 1.4));
            let spots = vec![(x, first), (x + across, first), (x + across, y), (x, y)];
            scene.group("own", vec![Shape::Area { spots, fill: None, stroke: Some(stroke) }]);
        }
        if !fit {
            y = self.draw_numbers(&mut scene, y, layout);
        }
        if theme != Theme::Page {
            y = self.heading.draw_source(&mut scene, layout, y);
        }
        scene.height = (y + 3.0).ceil();
        scene
    }

    /// Draws the column names, bottom-aligned, and returns their height.
    fn draw_heads(
        &self,
        scene: &mut Scene,
        heads: &[Vec<String>],
        (left, across, top): (f64, f64, f64),
        layout: &Layout,
    ) -> f64 {
        let text = layout.text;
        let most = heads.iter().map(Vec::len).max().unwrap_or(0);
        let mut words = Vec::new();
        for (at, lines) in heads.iter().enumerate() {
            for (number, name) in lines.iter().enumerate() {
                let level = most - lines.len() + number + 1;
                let spot = (left + (at as f64 + 0.5) * across, top + level as f64 * text * LEADING);
                let own = self.own == Some(at);
                let name = Words { strong: own, ..Words::new(name.clone(), spot, text) };
                let paint = if own { Paint::Ink } else { Paint::Quiet };
                words.push(Shape::Words(name.anchored(Anchor::Middle).painted(paint)));
            }
        }
        scene.group("heads", words);
        most as f64 * text * LEADING + 8.0
    }

    /// Draws the meaning of the numbered columns below the cells and returns the bottom edge.
    fn draw_numbers(&self, scene: &mut Scene, top: f64, layout: &Layout) -> f64 {
        let mut y = top + 4.0;
        let mut words = Vec::new();
        for (at, name) in self.columns.iter().enumerate() {
            for line in font::wrap(&format!("{}  {name}", at + 1), layout.text, layout.width) {
                y += layout.text * LEADING;
                words.push(Shape::Words(Words::new(line, (0.0, y), layout.text)));
            }
        }
        scene.group("column-names", words);
        y + layout.text * font::DESCENT
    }
}

/// Draws a cell: shaded by its count, dashed where everything is past or still to come, with a dash where it is empty, hatched where nothing
/// is known.
fn field(cell: MatrixCell, most: u32, (x, y, across, height): (f64, f64, f64, f64), text: f64) -> Vec<Shape> {
    let (left, right, top, bottom) = (x + GAP, x + across - GAP, y + GAP, y + height - GAP);
    let spots = vec![(left, top), (right, top), (right, bottom), (left, bottom)];
    let centre = (x + across / 2.0, y + height / 2.0);
    match cell {
        MatrixCell::Empty { gap } => {
            let paint = if gap { Paint::Accent } else { Paint::Hairline };
            let stroke = Stroke::new(paint, 1.2).dashed(Dash::Forecast);
            let frame = gap.then_some(Shape::Area { spots, fill: None, stroke: Some(stroke) });
            let dash = line((centre.0 - 4.0, centre.1), (centre.0 + 4.0, centre.1), Stroke::new(paint, 1.4));
            frame.into_iter().chain([dash]).collect()
        }
        MatrixCell::Unknown => {
            let (run, stroke) = (bottom - top, Stroke::new(Paint::Hairline, 1.0));
            let lines = ((right - left - run) / HATCH).max(0.0) as usize;
            (0..=lines)
                .map(|number| {
                    let x = left + number as f64 * HATCH;
                    line((x, bottom), ((x + run).min(right), top), stroke)
                })
                .collect()
        }
        MatrixCell::Count { count, hollow } => {
            let share = f64::from(count.saturating_sub(1)) / f64::from(most.saturating_sub(1).max(1));
            let opacity = if hollow { 0.03 } else { SHADES.0 + share * (SHADES.1 - SHADES.0) };
            let stroke = hollow.then(|| Stroke::new(Paint::Series(0), 1.0).dashed(Dash::Forecast));
            let number = Words::new(count.to_string(), (centre.0, centre.1 + text * 0.36), text);
            vec![
                Shape::Area { spots, fill: Some(Fill { paint: Paint::Series(0), opacity }), stroke },
                Shape::Words(number.anchored(Anchor::Middle).painted(Paint::Ink)),
            ]
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::charts::{
        checks::check_words,
        sheet::{NARROW, WIDE},
    };

    pub(in crate::charts) fn sample(locale: Locale) -> MatrixChart {
        let cell = |count| match count {
            0 => MatrixCell::Empty { gap: false },
            _ => MatrixCell::Count { count, hollow: false },
        };
        let row =
            |name: &str, counts: [u32; 3]| MatrixRow { name: name.into(), cells: counts.map(cell).into() };
        let mut rebate = row("Rebate", [0, 0, 2]);
        rebate.cells[0] = MatrixCell::Empty { gap: true };
        let mut ip = row("IP incentive", [0, 0, 0]);
        ip.cells[1] = MatrixCell::Unknown;
        MatrixChart {
            locale,
            heading: Heading::default(),
            columns: ["Pudong New Area", "Shanghai", "Zhengzhou Airport Economy Zone"].map(Into::into).into(),
            rows: vec![row("Grant", [1, 4, 12]), rebate, row("Visa", [1, 0, 0]), ip],
            own: Some(0),
        }
    }

    #[test]
    fn gaps_are_named_and_what_is_unknown_is_not_none() {
        let matrix = sample(Locale::En);
        assert_eq!(matrix.gaps().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Rebate"]);
        assert!(
            matrix.view().summary.ends_with("Offered elsewhere and not known in Pudong New Area: Rebate.")
        );
        let mut unknown = matrix.clone();
        unknown.rows.iter_mut().for_each(|row| row.cells[2] = MatrixCell::Unknown);
        assert!(unknown.view().summary.contains("Zhengzhou Airport Economy Zone: not researched."));
    }

    #[test]
    fn names_fit_or_are_numbered() {
        for layout in [WIDE, NARROW] {
            check_words(&sample(Locale::Zh).compose(&layout, Theme::Page), &layout, "matrix");
            check_words(&sample(Locale::En).compose(&layout, Theme::Light), &layout, "matrix as a file");
        }
    }
}
