//! What a reader may change in a chart before sharing it: title, note, highlighted series and period. Values, colours and sources stay,
//! and the words of the reader are marked as such.

use chrono::Datelike;

use super::{Chart, Heading, TimeChart, series::Series};
use crate::text::{Locale, Period};

/// Changes to a chart; by default none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dress {
    pub title: Option<String>,
    pub note: Option<String>,
    /// Label of the highlighted series.
    pub series: Option<String>,
    /// First and last year drawn.
    pub from: Option<i32>,
    pub to: Option<i32>,
}

/// The part of a [`Dress`] that does not fit a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// The chart has no series of that label.
    Series,
    /// No value lies in the period, or the chart has no time axis.
    Period,
}

impl Dress {
    pub fn is_plain(&self) -> bool {
        *self == Dress::default()
    }

    fn has_period(&self) -> bool {
        self.from.is_some() || self.to.is_some()
    }

    fn covers(&self, period: Period) -> bool {
        self.from.is_none_or(|from| period.start.year() >= from)
            && self.to.is_none_or(|to| period.end.year() <= to)
    }

    /// Puts the reader's title above the chart's own, and their note above the sources. Each stands in a paragraph of its own.
    fn head(&self, heading: &mut Heading, locale: Locale) {
        if let Some(title) = &self.title {
            let own = std::mem::replace(&mut heading.title, title.clone());
            let byline =
                locale.pick("Title by the person who shared this chart.", "标题由分享者所写。").to_owned();
            let what = [own, std::mem::take(&mut heading.subtitle)];
            let what = what.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            heading.subtitle = format!("{byline}\n{}", what.join(locale.pick(". ", "。")));
        }
        if let Some(note) = &self.note {
            let byline = locale.pick("Note by the person who shared this chart: ", "分享者的说明：");
            heading.source_line = format!("{byline}{note}\n{}", heading.source_line);
        }
    }

    fn narrow(&self, chart: &mut TimeChart) {
        for series in &mut chart.series {
            series.points.retain(|point| self.covers(point.period));
        }
        chart.series.retain(|series| !series.points.is_empty());
        if self.has_period() {
            chart.manner.span = None;
            chart.flags.retain(|flag| self.covers(Period::new(flag.date, flag.date)));
        }
    }
}

impl Chart {
    /// Returns the chart as the reader wants it.
    ///
    /// # Errors
    ///
    /// If the chart has no such series, or no value in the period.
    pub fn dressed(&self, dress: &Dress) -> Result<Chart, Misfit> {
        let mut chart = self.clone();
        if dress.has_period() {
            match &mut chart {
                Chart::Time(chart) => dress.narrow(chart),
                Chart::Panels(chart) => {
                    chart.panels.iter_mut().for_each(|panel| dress.narrow(panel));
                    chart.panels.retain(|panel| !panel.series.is_empty());
                }
                Chart::Timeline(chart) => {
                    for lane in &mut chart.lanes {
                        lane.items
                            .retain(|item| item.stretch.within().is_some_and(|period| dress.covers(period)));
                    }
                }
                Chart::Matrix(_)
                | Chart::Ranked(_)
                | Chart::Slope(_)
                | Chart::Strips(_)
                | Chart::Tiles(_) => {}
            }
            let is_empty = match &chart {
                Chart::Time(chart) => chart.series.is_empty(),
                Chart::Panels(chart) => chart.panels.is_empty(),
                Chart::Timeline(chart) => chart.lanes.iter().all(|lane| lane.items.is_empty()),
                Chart::Matrix(_)
                | Chart::Ranked(_)
                | Chart::Slope(_)
                | Chart::Strips(_)
                | Chart::Tiles(_) => true,
            };
            if is_empty {
                return Err(Misfit::Period);
            }
        }
        if let Some(label) = &dress.series {
            let focus = chart.focus(label);
            focus.then_some(()).ok_or(Misfit::Series)?;
        }
        let locale = chart.locale();
        dress.head(chart.heading_mut(), locale);
        Ok(chart)
    }

    /// Labels of the series that can be highlighted; none if there is only one.
    pub fn labels(&self) -> Vec<String> {
        let mut labels: Vec<String> = Vec::new();
        let mut push = |label: &str| {
            if !labels.iter().any(|known| known == label) {
                labels.push(label.to_owned());
            }
        };
        match self {
            Chart::Time(chart) => chart.named().for_each(|series| push(&series.label)),
            Chart::Panels(chart) => {
                chart.panels.iter().flat_map(TimeChart::named).for_each(|series| push(&series.label));
            }
            Chart::Slope(chart) => chart.lines.iter().for_each(|line| push(&line.label)),
            Chart::Timeline(_) | Chart::Matrix(_) | Chart::Ranked(_) | Chart::Strips(_) | Chart::Tiles(_) => {
            }
        }
        if labels.len() > 1 { labels } else { Vec::new() }
    }

    /// First and last year drawn, if the chart has a time axis and spans more than one.
    pub fn years(&self) -> Option<(i32, i32)> {
        let of_time = |chart: &TimeChart| chart.points().map(|point| point.period).collect::<Vec<_>>();
        let periods: Vec<Period> = match self {
            Chart::Time(chart) => of_time(chart),
            Chart::Panels(chart) => chart.panels.iter().flat_map(of_time).collect(),
            Chart::Timeline(chart) => chart
                .lanes
                .iter()
                .flat_map(|lane| &lane.items)
                .filter_map(|item| item.stretch.within())
                .collect(),
            Chart::Matrix(_) | Chart::Ranked(_) | Chart::Slope(_) | Chart::Strips(_) | Chart::Tiles(_) => {
                Vec::new()
            }
        };
        let first = periods.iter().map(|period| period.start.year()).min()?;
        let last = periods.iter().map(|period| period.end.year()).max()?;
        (first < last).then_some((first, last))
    }

    /// Highlights the series of a label. Returns whether there is one.
    fn focus(&mut self, label: &str) -> bool {
        let slot_of = |series: &[Series]| {
            series.iter().find(|series| !series.quiet && series.label == label).map(|series| series.slot)
        };
        match self {
            Chart::Time(chart) => {
                chart.manner.focus = slot_of(&chart.series);
                chart.manner.focus.is_some()
            }
            Chart::Panels(chart) => {
                let slot = chart.panels.iter().find_map(|panel| slot_of(&panel.series));
                chart.panels.iter_mut().for_each(|panel| panel.manner.focus = slot);
                slot.is_some()
            }
            Chart::Slope(chart) => {
                chart.focus = chart.lines.iter().find(|line| line.label == label).map(|line| line.slot);
                chart.focus.is_some()
            }
            Chart::Timeline(_) | Chart::Matrix(_) | Chart::Ranked(_) | Chart::Strips(_) | Chart::Tiles(_) => {
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{MarkKind, matrix, series};

    fn chart() -> Chart {
        Chart::Time(series::tests::sample(MarkKind::Line, Locale::En))
    }

    #[test]
    fn text_of_a_reader_is_marked_and_the_title_of_the_chart_stays() {
        let dress =
            Dress { title: Some("My view".into()), note: Some("Look at 2024".into()), ..Dress::default() };
        let (before, after) = (chart(), chart().dressed(&dress).unwrap());
        assert_eq!(after.heading().title, "My view");
        let subtitle: Vec<&str> = after.heading().subtitle.lines().collect();
        assert_eq!(subtitle[0], "Title by the person who shared this chart.");
        assert!(subtitle[1].starts_with(&before.heading().title), "{subtitle:?}");
        let source: Vec<&str> = after.heading().source_line.lines().collect();
        assert_eq!(source[0], "Note by the person who shared this chart: Look at 2024");
        assert_eq!(source[1], before.heading().source_line);
    }

    #[test]
    fn a_period_leaves_values_out_and_changes_none() {
        let (first, last) = chart().years().unwrap();
        let dress = Dress { from: Some(first + 1), to: Some(last), ..Dress::default() };
        let (Chart::Time(before), Chart::Time(after)) = (chart(), chart().dressed(&dress).unwrap()) else {
            panic!("a chart over time")
        };
        let left = before.points().filter(|point| point.period.start.year() > first);
        assert!(after.points().eq(left));
        for none in
            [Dress { from: Some(last + 1), ..Dress::default() }, Dress { to: Some(1), ..Dress::default() }]
        {
            assert_eq!(chart().dressed(&none).unwrap_err(), Misfit::Period);
        }
        let matrix = Chart::Matrix(matrix::tests::sample(Locale::En));
        assert_eq!(matrix.dressed(&dress).unwrap_err(), Misfit::Period, "it has no time axis");
    }

    #[test]
    fn a_series_is_highlighted_by_its_label() {
        let label = chart().labels().remove(1);
        let dress = Dress { series: Some(label.clone()), ..Dress::default() };
        let Chart::Time(after) = chart().dressed(&dress).unwrap() else { panic!("a chart over time") };
        let lit = after.series.iter().find(|series| Some(series.slot) == after.manner.focus).unwrap();
        assert_eq!(lit.label, label);
        let other = Dress { series: Some("nobody".into()), ..Dress::default() };
        assert_eq!(chart().dressed(&other).unwrap_err(), Misfit::Series);
    }
}
