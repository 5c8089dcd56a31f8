//! Charts of an indicator's observations.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::{Deserialize, Serialize};

use crate::{
    charts::{self, AxisScale, Break, Chart, Heading, Manner, MarkKind, Series, TimeChart},
    domain::{
        indicators::model::{ChartFrequency, DefaultChart, Indicator},
        observations::{
            breaks::SeriesBreak,
            model::{Basis, Observation},
            series::{SeriesRows, labels, split},
        },
    },
    loaders::observations::plot,
    text::{Locale, note},
};

/// Maximum number of lines with a colour and a label; further ones are grey marks.
const MAX_NAMED: usize = 6;

/// Minimum number of values of a line with a colour and a label, where any line is that long.
const LONG: usize = 3;

/// Maximum number of lines that are drawn as bars beside each other.
const MAX_BARS: usize = 3;

/// Number of ranks that an axis of ranks holds.
const MAX_RANKS: u32 = 12;

/// A chart of observations of one indicator, before it is drawn.
#[derive(Clone, Copy)]
pub struct ChartPlan<'a> {
    pub indicator: &'a Indicator,
    /// Rows shown; headline rows among them are drawn.
    pub rows: &'a [Observation],
    /// Breaks in the series of the indicator.
    pub breaks: &'a [SeriesBreak],
    /// Length of the periods, if the reader chose one.
    pub every: Option<ChartFrequency>,
    /// Finding that titles the chart; the name of the indicator if there is none.
    pub finding: Option<&'a str>,
    pub locale: Locale,
}

/// What identifies a line regardless of the length of its periods.
type LineKey<'a> = (&'a str, &'a str, Option<Basis>);

/// Lines of one length of periods.
struct Lines<'a> {
    named: Vec<SeriesRows<'a>>,
    quiet: Vec<SeriesRows<'a>>,
}

impl<'a> ChartPlan<'a> {
    /// Plans the default chart of rows.
    pub fn of(indicator: &'a Indicator, rows: &'a [Observation], locale: Locale) -> ChartPlan<'a> {
        ChartPlan { indicator, rows, breaks: &[], every: None, finding: None, locale }
    }

    /// Returns the lengths of periods that the reader can choose: those in which a line tells something.
    pub fn offered(&self) -> Vec<ChartFrequency> {
        let offered = ChartFrequency::WORDS.iter().map(|(_, every)| *every);
        offered.filter(|every| self.longest(*every) > 1).collect()
    }

    /// Returns the length of periods that is drawn: the reader's choice, otherwise that of the longest line, of equal ones the longer
    /// periods.
    pub fn drawn(&self) -> Option<ChartFrequency> {
        let offered = self.offered();
        let longest = offered.iter().rev().copied().max_by_key(|every| self.longest(*every));
        self.every.filter(|every| offered.contains(every)).or(longest)
    }

    /// Draws the chart. None where the indicator is not to be drawn, or no line tells anything.
    pub fn chart(&self) -> Option<Chart> {
        let kind = match self.indicator.default_chart {
            DefaultChart::Line => MarkKind::Line,
            DefaultChart::Bar => MarkKind::Bar,
            DefaultChart::None => return None,
        };
        let (locale, unit) = (self.locale, &self.indicator.unit);
        let every = self.drawn()?;
        let lines = self.lines(every);
        let highest =
            lines.named.iter().chain(&lines.quiet).flat_map(|line| &line.rows).map(|row| row.upper()).max();
        let ranks = self.indicator.is_rank() && highest.is_some_and(|rank| rank <= MAX_RANKS.into());
        let kind = if ranks || lines.named.len() > MAX_BARS { MarkKind::Line } else { kind };
        let slots = self.slots();
        let names = labels(&lines.named, &lines.quiet, locale).into_iter().chain(labels(
            &lines.quiet,
            &lines.named,
            locale,
        ));
        let all = || lines.named.iter().chain(&lines.quiet);
        let series = all().zip(names).enumerate().map(|(number, (line, label))| Series {
            slot: slots.get(&key(line)).copied().unwrap_or_default(),
            breaks: self.breaks_of(line),
            quiet: number >= lines.named.len(),
            ..plot::one(line, label, self.indicator, locale)
        });
        let drawn = || all().flat_map(|line| &line.rows).copied();
        let name = self.indicator.named.name(locale);
        let description = TimeChart {
            locale,
            kind,
            heading: Heading {
                title: self.finding.unwrap_or(name).to_owned(),
                subtitle: self.subtitle(&drawn().collect::<Vec<_>>()),
                source_line: plot::source_line(drawn().collect::<Vec<_>>(), locale),
            },
            unit: unit.clone(),
            series: series.collect(),
            flags: Vec::new(),
            manner: Manner {
                scale: if ranks { AxisScale::Rank } else { AxisScale::Linear },
                ..Manner::default()
            },
        };
        Some(Chart::Time(description))
    }

    /// Returns the observations that the chart draws, line by line.
    pub fn rows_drawn(&self) -> Vec<&'a Observation> {
        let lines = self.drawn().map(|every| self.lines(every));
        lines
            .iter()
            .flat_map(|lines| lines.named.iter().chain(&lines.quiet))
            .flat_map(|line| &line.rows)
            .copied()
            .collect()
    }

    /// Returns the observations that the chart draws without a label, latest first.
    pub fn unlabelled(&self) -> Vec<Observation> {
        let Some(every) = self.drawn().filter(|_| self.indicator.default_chart != DefaultChart::None) else {
            return Vec::new();
        };
        let lines = self.lines(every);
        let mut rows: Vec<Observation> =
            lines.quiet.iter().flat_map(|line| &line.rows).copied().cloned().collect();
        rows.sort_by(|a, b| (b.period.end, &a.entity, a.value).cmp(&(a.period.end, &b.entity, b.value)));
        rows
    }

    /// Returns the breaks that lie between two values drawn.
    pub fn breaks(&self) -> Vec<SeriesBreak> {
        let Some(every) = self.drawn() else { return Vec::new() };
        let lines = self.lines(every);
        let divides = |one: &&SeriesBreak| {
            lines.named.iter().chain(&lines.quiet).any(|line| {
                is_of(one, line)
                    && line.rows.windows(2).any(|pair| one.divides(pair[0].period, pair[1].period))
            })
        };
        self.breaks.iter().filter(divides).cloned().collect()
    }

    fn longest(&self, every: ChartFrequency) -> usize {
        let lines = split(self.of_length(every));
        lines.iter().filter(|line| self.tells(line)).map(|line| line.rows.len()).max().unwrap_or(0)
    }

    /// Whether a line tells more than its figures do in a table: it has three values, or two that can be compared, as neither is a bound, no
    /// break lies between them, and the second follows the first. Two bars may also be a year apart.
    fn tells(&self, line: &SeriesRows<'_>) -> bool {
        let drawn = plot::one(line, "".into(), self.indicator, self.locale);
        let series = Series { breaks: self.breaks_of(line), ..drawn };
        let bars = self.indicator.default_chart == DefaultChart::Bar;
        match line.rows.len() {
            0 | 1 => false,
            2 => {
                let [first, second] = [0, 1].map(|at| line.rows[at].period);
                let year_apart = bars && second.year_before() == Some(first);
                series.runs(year_apart).len() == 1
            }
            _ => true,
        }
    }

    fn of_length(&self, every: ChartFrequency) -> impl Iterator<Item = &'a Observation> {
        self.rows.iter().filter(move |row| row.headline && ChartFrequency::of(row.period) == Some(every))
    }

    /// Splits the lines of one length into those with a label and the others, longest first.
    fn lines(&self, every: ChartFrequency) -> Lines<'a> {
        let mut all = split(self.of_length(every));
        all.sort_by_key(|line| {
            (Reverse(line.rows.len()), Reverse(line.rows.last().map(|row| row.period.end)))
        });
        let longest = all.first().map_or(0, |line| line.rows.len());
        let named = all.iter().take_while(|line| line.rows.len() >= longest.min(LONG)).count().min(MAX_NAMED);
        let quiet = all.split_off(named);
        Lines { named: all, quiet }
    }

    /// Returns the slot of every labelled line: the same on every chart of the page, and different from those of all lines that it is
    /// ever drawn with.
    fn slots(&self) -> BTreeMap<LineKey<'a>, usize> {
        let drawn = self.offered().into_iter().map(|every| self.lines(every).named.iter().map(key).collect());
        let charts: Vec<Vec<LineKey<'a>>> = drawn.collect();
        let mut slots: BTreeMap<LineKey<'a>, usize> = BTreeMap::new();
        for line in charts.iter().flatten() {
            let beside = || charts.iter().filter(|lines| lines.contains(line)).flatten();
            if !slots.contains_key(line) {
                let slot = (0..).find(|slot| beside().all(|other| slots.get(other) != Some(slot)));
                slots.insert(*line, slot.unwrap_or_default());
            }
        }
        slots
    }

    fn breaks_of(&self, line: &SeriesRows<'_>) -> Vec<Break> {
        let own = self.breaks.iter().filter(|one| is_of(one, line));
        let text = |one: &SeriesBreak| note::plain(one.note.get(self.locale).unwrap_or_default());
        own.map(|one| Break { from: one.from, note: text(one) }).collect()
    }

    /// Returns the subtitle: what is measured unless the title says it, for whom, and when.
    fn subtitle(&self, rows: &[&Observation]) -> String {
        let (indicator, locale) = (self.indicator, self.locale);
        let mut entities: Vec<String> = Vec::new();
        for row in rows {
            let name = row.entity.name(locale).to_owned();
            if !entities.contains(&name) {
                entities.push(name);
            }
        }
        let scope = match (entities.len(), locale) {
            (0..=6, _) => locale.list(&entities),
            (more, Locale::En) => format!("{more} entities"),
            (more, Locale::Zh) => format!("{more}个对象"),
        };
        let span = plot::span(rows.iter().copied(), locale);
        let measured = self.finding.map(|_| indicator.named.name(locale).to_owned());
        // "Cinema box office in China" needs no "China".
        let said = measured.as_ref().is_some_and(|name| name.contains(&scope));
        let scope = (!said).then_some(scope);
        let parts: Vec<String> = measured.into_iter().chain(scope).chain([span]).collect();
        parts.join(locale.pick(", ", "，"))
    }
}

fn key<'a>(line: &SeriesRows<'a>) -> LineKey<'a> {
    (&line.entity.id, &line.producer.id, line.basis)
}

fn is_of(one: &SeriesBreak, line: &SeriesRows<'_>) -> bool {
    one.entity.id == line.entity.id && one.producer.id == line.producer.id
}

/// A sparkline with what its ends show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trend {
    pub spark: String,
    pub first: Observation,
    pub last: Observation,
}

/// Draws the line that contains the lead observation; none if too few of its points adjoin.
pub fn trend<'a>(
    rows: impl IntoIterator<Item = &'a Observation>,
    lead: &Observation,
    indicator: &Indicator,
    locale: Locale,
) -> Option<Trend> {
    let line = split(rows).into_iter().find(|line| line.rows.contains(&lead))?;
    let [first, .., last] = line.rows.as_slice() else { return None };
    let spark = charts::spark(&plot::one(&line, "".into(), indicator, locale))?;
    Some(Trend { spark, first: (*first).clone(), last: (*last).clone() })
}

#[cfg(test)]
mod tests;
