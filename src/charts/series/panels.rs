//! Small multiples: several time charts side by side.

use super::{
    compose::{self, Composed},
    markers::legend_entries,
    model::TimeChart,
    readout::{self, SheetPart, tenths},
    summary::summary,
};
use crate::{
    charts::{
        ChartView, draw,
        font::{self, LEADING},
        legend::key,
        scene::{STRONGER, Scene, Shape, Spot, Words},
        sheet::{Heading, Layout, NARROW, WIDE},
        theme::{Paint, Theme},
        view::Sheet,
    },
    text::Locale,
};

/// Charts in a grid, each with its own title.
#[derive(Clone, Debug, PartialEq)]
pub struct PanelsChart {
    pub locale: Locale,
    pub heading: Heading,
    pub panels: Vec<TimeChart>,
}

/// Distance between panels side by side, and below each other.
const GAP: f64 = 34.0;
const BELOW: f64 = 22.0;

struct Grid {
    scene: Scene,
    /// Each panel with its position.
    panels: Vec<(Composed, Spot)>,
}

impl PanelsChart {
    pub fn view(&self) -> ChartView {
        let (wide, narrow) = (self.grid(&WIDE, Theme::Page), self.grid(&NARROW, Theme::Page));
        let parts: Vec<SheetPart<'_>> = self
            .panels
            .iter()
            .zip(wide.panels.iter().zip(&narrow.panels))
            .map(|(chart, ((wide, at), (narrow, below)))| SheetPart {
                chart,
                wide: (wide, *at),
                narrow: (narrow, *below),
            })
            .collect();
        // A rule across all panels would be meaningless: values are ringed in each panel instead.
        let sheet = |scene: &Scene| Sheet {
            width: tenths(scene.width),
            height: tenths(scene.height),
            top: 0,
            bottom: 0,
        };
        let heading = &self.heading;
        ChartView {
            locale: self.locale,
            title: heading.title.clone(),
            subtitle: heading.subtitle.clone(),
            summary: self.summary(),
            linked: false,
            source_line: heading.source_line.clone(),
            readout: Some(readout::of_parts(
                &parts,
                &heading.title,
                self.locale,
                sheet(&wide.scene),
                sheet(&narrow.scene),
            )),
            wide: draw::svg(&wide.scene, Theme::Page),
            narrow: draw::svg(&narrow.scene, Theme::Page),
        }
    }

    pub fn summary(&self) -> String {
        let summaries: Vec<String> = self.panels.iter().map(summary).collect();
        summaries.join(self.locale.pick(" ", ""))
    }

    pub fn compose(&self, layout: &Layout, theme: Theme) -> Scene {
        self.grid(layout, theme).scene
    }

    fn grid(&self, layout: &Layout, theme: Theme) -> Grid {
        let mut scene = Scene { width: layout.width, text: layout.text, ..Scene::default() };
        let mut top = if theme == Theme::Page { 0.0 } else { self.heading.draw(&mut scene, layout) };
        let across = match self.panels.len() {
            _ if !layout.wide => 1,
            0 | 1 => 1,
            2 | 4 => 2,
            _ => 3,
        };
        let rows = self.panels.len().div_ceil(across).max(1);
        let width = (layout.width - GAP * (across - 1) as f64) / across as f64;
        let plot = match rows {
            1 => layout.plot * 0.7,
            _ => (layout.plot / rows as f64).max(layout.plot * 0.3).max(110.0),
        };
        // Too narrow for labels at the lines: a legend is above the plots instead.
        let own = Layout { width, plot, wide: false, ..*layout };
        let line = layout.text * LEADING;
        let mut panels = Vec::new();
        top = key(
            &mut scene,
            &legend_entries(&self.panels.iter().collect::<Vec<_>>(), self.locale),
            layout,
            top,
        );
        for row in self.panels.chunks(across) {
            let titles: Vec<Vec<String>> = row
                .iter()
                .map(|chart| font::balance(&chart.heading.title, layout.text * STRONGER, width))
                .collect();
            let titled = titles.iter().map(Vec::len).max().unwrap_or(0) as f64 * line;
            let mut tallest: f64 = 0.0;
            for (at, (chart, title)) in row.iter().zip(titles).enumerate() {
                let left = at as f64 * (width + GAP);
                let words = title.into_iter().enumerate().map(|(number, text)| {
                    let at = (left, top + (number as f64 + 0.8) * line);
                    Shape::Words(Words {
                        strong: true,
                        ..Words::new(text, at, layout.text).painted(Paint::Ink)
                    })
                });
                scene.group("panel-title", words.collect());
                let composed = match theme {
                    Theme::Page => compose::with_legend(chart, &own, Theme::Page, &[]),
                    // Flag numbers would appear without their key.
                    _ => {
                        let plain = TimeChart { flags: Vec::new(), ..chart.clone() };
                        compose::with_legend(&plain, &own, Theme::Page, &[])
                    }
                };
                let offset = (left, top + titled + 6.0);
                tallest = tallest.max(composed.scene.height);
                let moved = composed.scene.clone().moved(offset);
                for group in moved.groups {
                    scene.group(group.name, group.shapes);
                }
                panels.push((composed, offset));
            }
            top += titled + 6.0 + tallest + BELOW;
        }
        let mut bottom = top - BELOW;
        if theme != Theme::Page {
            bottom = self.heading.draw_source(&mut scene, layout, bottom);
        }
        scene.height = (bottom + 2.0).ceil();
        Grid { scene, panels }
    }
}
