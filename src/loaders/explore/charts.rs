//! Turns computed lines into charts, and their values into the words used everywhere.

use crate::{
    charts::{
        self, AxisScale, Bound, Break, Chart, Flag, Heading, Manner, Nature, PanelsChart, Point, Series,
        Slope, SlopeLine, Span, TimeChart,
    },
    domain::explore::{
        model::{Line, LineValue, labels},
        notice::Notice,
        pipeline::{Worked, ends},
        quantity::{Quantity, QuantityStatus},
        query::{Axis, ChartKind, ExploreQuery, Panels as PanelAxes},
    },
    loaders::{
        explore::wording::{source_line, subtitle, title},
        observations::plot,
    },
    text::{Locale, Period, Unit},
};

use rust_decimal::Decimal;

/// Lines ready to be shown: the chart, the table and the files are built from them.
#[derive(Clone, Debug)]
pub struct Shown {
    pub worked: Worked,
    /// Label of each line.
    pub labels: Vec<String>,
    /// Each value in words, in the order of [`Worked::lines`].
    pub texts: Vec<Vec<String>>,
    pub chart: Option<Chart>,
}

/// Prepares the lines: each value is put into words once, for the chart, the table and the files alike. `headline` is
/// the finding of a preset chart; without one the chart is titled by what it measures. `flags` are drawn above its time
/// axis.
pub fn shown(
    mut worked: Worked,
    query: &ExploreQuery,
    headline: Option<String>,
    flags: Vec<Flag>,
    locale: Locale,
) -> Shown {
    let labels = labels(&worked.lines, locale);
    let filled: Vec<usize> =
        (0..worked.lines.len()).filter(|at| !worked.lines[*at].values.is_empty()).collect();
    let wants_log = query.axis == Some(Axis::Log);
    let above_zero =
        worked.lines.iter().flat_map(|line| &line.values).all(|value| value.quantity.low > Decimal::ZERO);
    let takes_log = matches!(worked.kind, ChartKind::Lines | ChartKind::Panels | ChartKind::Vintages);
    if wants_log && !filled.is_empty() && !(takes_log && above_zero) {
        worked.notices.push(Notice::Log);
    }
    let ranks = (worked.kind == ChartKind::Ranking).then(|| Ranks::of(&worked.lines));
    let texts: Vec<Vec<String>> = worked
        .lines
        .iter()
        .map(|line| {
            let word = |value: &LineValue| {
                let text = value.worded(&line.unit, locale);
                match &ranks {
                    None => text,
                    Some(ranks) => {
                        let place = ranks.place(value);
                        locale.pick(format!("no. {place}: {text}"), format!("第{place}位：{text}"))
                    }
                }
            };
            line.values.iter().map(word).collect()
        })
        .collect();
    let heading = Heading {
        title: headline.unwrap_or_else(|| title(&worked, query, locale)),
        subtitle: subtitle(&worked, query, locale),
        source_line: source_line(&worked.lines, locale),
    };
    let drawing = Drawing {
        worked: &worked,
        labels: &labels,
        texts: &texts,
        ranks: ranks.as_ref(),
        query,
        flags,
        log: wants_log && takes_log && above_zero,
        locale,
    };
    let chart = (!filled.is_empty()).then(|| drawing.chart(heading, &filled));
    Shown { worked, labels, texts, chart }
}

/// Rank of each value among those of the same period; equal values share a rank.
struct Ranks(Vec<(Period, Decimal)>);

impl Ranks {
    fn of(lines: &[Line]) -> Ranks {
        let all = lines.iter().flat_map(|line| &line.values);
        Ranks(all.map(|value| (value.period, value.quantity.low)).collect())
    }

    fn place(&self, value: &LineValue) -> usize {
        let above = |(period, low): &&(Period, Decimal)| *period == value.period && *low > value.quantity.low;
        self.0.iter().filter(above).count() + 1
    }
}

struct Drawing<'a> {
    worked: &'a Worked,
    labels: &'a [String],
    texts: &'a [Vec<String>],
    ranks: Option<&'a Ranks>,
    query: &'a ExploreQuery,
    flags: Vec<Flag>,
    log: bool,
    locale: Locale,
}

impl Drawing<'_> {
    fn chart(&self, heading: Heading, filled: &[usize]) -> Chart {
        let lines = &self.worked.lines;
        if self.worked.kind == ChartKind::Slope
            && let Some((first, last)) = ends(lines)
        {
            return Chart::Slope(self.slope(heading, filled, first, last));
        }
        let mut units: Vec<&Unit> = Vec::new();
        for at in filled {
            if !units.contains(&&lines[*at].unit) {
                units.push(&lines[*at].unit);
            }
        }
        // More lines than colours would be a tangle: each gets a panel, unless one of them is to stand out.
        let tangled = self.worked.kind == ChartKind::Lines
            && self.query.focus.is_none()
            && filled.len() > charts::COLOURS;
        let by_series = self.worked.kind == ChartKind::Panels || tangled;
        if !by_series && units.len() < 2 {
            return Chart::Time(self.time(heading, filled));
        }
        // A panel has one unit: an index of months and one of years have different bases.
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for at in filled {
            let line = &lines[*at];
            let fits = |group: &&mut Vec<usize>| {
                let first = &lines[group[0]];
                first.unit == line.unit && (!by_series || first.number == line.number)
            };
            match groups.iter_mut().find(fits) {
                Some(group) => group.push(*at),
                None => groups.push(vec![*at]),
            }
        }
        let first_lines: Vec<Line> = groups.iter().map(|group| lines[group[0]].clone()).collect();
        let titles: Vec<String> = match by_series {
            true => crate::domain::explore::model::labels(&first_lines, self.locale),
            false => groups.iter().map(|group| self.indicators(group)).collect(),
        };
        let span = self.span(filled);
        let shared = self.query.panels != Some(PanelAxes::Free) && units.len() == 1;
        let mut panels: Vec<TimeChart> = titles
            .into_iter()
            .zip(&groups)
            .map(|(title, own)| {
                let mut chart = self.time(Heading { title, ..Heading::default() }, own);
                chart.manner.span = span;
                // The title names what the lines have in common.
                let own: Vec<Line> = own.iter().map(|at| lines[*at].clone()).collect();
                for (series, label) in
                    chart.series.iter_mut().zip(crate::domain::explore::model::labels(&own, self.locale))
                {
                    (series.name, series.label) = (label.clone(), label);
                }
                chart
            })
            .collect();
        if shared {
            let reach = panels.iter().map(TimeChart::reach);
            let reach = reach.reduce(|(low, high), (a, b)| (low.min(a), high.max(b)));
            for panel in &mut panels {
                panel.manner.reach = reach;
            }
        }
        Chart::Panels(PanelsChart { locale: self.locale, heading, panels })
    }

    /// Returns what the lines of a panel measure.
    fn indicators(&self, own: &[usize]) -> String {
        let mut names: Vec<String> = Vec::new();
        for at in own {
            let line = &self.worked.lines[*at];
            let name = match line.combined {
                None => line.subject.indicator.named.name(self.locale).to_owned(),
                Some(_) => self.labels[*at].clone(),
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
        self.locale.list(&names)
    }

    fn span(&self, filled: &[usize]) -> Option<Span> {
        let values = || filled.iter().flat_map(|at| &self.worked.lines[*at].values);
        let first = values().map(|value| value.period.start).min()?;
        let end = values().map(|value| value.period.end).max()?.succ_opt()?;
        let month = |day| Period::around(day, crate::text::PeriodLength::Month);
        // Whole months: a single day would have no width.
        Some(Span { first: month(first)?.start, end: month(end.pred_opt()?)?.end.succ_opt()? })
    }

    fn time(&self, heading: Heading, own: &[usize]) -> TimeChart {
        let kind = match self.worked.kind {
            ChartKind::Bars => charts::MarkKind::Bar,
            ChartKind::Stacked => charts::MarkKind::Stacked,
            ChartKind::Lines
            | ChartKind::Panels
            | ChartKind::Ranking
            | ChartKind::Vintages
            | ChartKind::Slope => charts::MarkKind::Line,
        };
        let scale = match (self.ranks, self.log) {
            (Some(_), _) => AxisScale::Rank,
            (None, true) => AxisScale::Log,
            (None, false) => AxisScale::Linear,
        };
        let series = own.iter().map(|at| Series {
            label: self.labels[*at].clone(),
            name: self.labels[*at].clone(),
            slot: self.worked.lines[*at].slot,
            points: self.points(*at),
            breaks: self.breaks(*at),
            ..Series::default()
        });
        TimeChart {
            locale: self.locale,
            kind,
            heading,
            unit: self.worked.lines[own[0]].unit.clone(),
            series: series.collect(),
            flags: self.flags.clone(),
            manner: Manner {
                scale,
                focus: self.query.focus,
                joined: matches!(self.worked.kind, ChartKind::Vintages | ChartKind::Ranking),
                steps: self.worked.kind == ChartKind::Vintages,
                listed: true,
                reach: None,
                span: None,
            },
        }
    }

    /// Returns the breaks of a line. Ranks do not join values of one line, so they have none.
    fn breaks(&self, at: usize) -> Vec<Break> {
        let line = &self.worked.lines[at];
        let breaks = line.breaks.iter().filter(|_| self.ranks.is_none());
        breaks
            .map(|found| Break {
                from: found.from,
                note: found.note.get(self.locale).unwrap_or(found.kind.name(self.locale)).to_owned(),
            })
            .collect()
    }

    fn points(&self, at: usize) -> Vec<Point> {
        let line = &self.worked.lines[at];
        let pairs = line.values.iter().zip(&self.texts[at]);
        pairs
            .map(|(value, text)| match self.ranks {
                None => point(value, text, self.locale),
                Some(ranks) => Point {
                    value: ranks.place(value).into(),
                    high: None,
                    bound: Bound::None,
                    ..point(value, text, self.locale)
                },
            })
            .collect()
    }

    fn slope(&self, heading: Heading, filled: &[usize], first: Period, last: Period) -> Slope {
        let find = |at: usize, period: Period| {
            let line = &self.worked.lines[at];
            let index = line.values.iter().position(|value| value.period == period)?;
            Some(point(&line.values[index], &self.texts[at][index], self.locale))
        };
        let lines = filled.iter().filter_map(|at| {
            Some(SlopeLine {
                label: self.labels[*at].clone(),
                slot: self.worked.lines[*at].slot,
                first: find(*at, first)?,
                last: find(*at, last)?,
            })
        });
        Slope {
            locale: self.locale,
            heading,
            ends: [first.label(self.locale), last.label(self.locale)],
            lines: lines.collect(),
            focus: self.query.focus,
        }
    }
}

fn point(value: &LineValue, text: &str, locale: Locale) -> Point {
    let Quantity { low, high, more, less, about, status } = value.quantity;
    let nearly = value.as_published().is_some_and(|input| input.observation.qualifier.word() == "nearly");
    let bound = match (more, less) {
        _ if low != high => Bound::Range,
        (true, false) => Bound::AtLeast,
        (false, true) => Bound::AtMost,
        (true, true) => Bound::Approximately,
        (false, false) if nearly => Bound::Nearly,
        (false, false) if about => Bound::Approximately,
        (false, false) => Bound::None,
    };
    Point {
        period: value.period,
        value: low,
        high: (low != high).then_some(high),
        nature: match status {
            QuantityStatus::Reported => Nature::Reported,
            QuantityStatus::Estimate => Nature::Estimate,
            QuantityStatus::Forecast => Nature::Forecast,
        },
        bound,
        text: text.to_owned(),
        origin: value.as_published().map(|input| plot::origin(&input.observation, &input.indicator, locale)),
    }
}
