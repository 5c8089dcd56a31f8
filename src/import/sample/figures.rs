//! Generates the requested number of observations of organizations; each series is modelled on real ones.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use anyhow::ensure;
use chrono::Datelike;

use super::{
    cells::days,
    copies::{one_of, thrown},
    rows::SampleRows,
};
use crate::import::{
    cell,
    content::Content,
    data_set::DataSet,
    problem::Problems,
    record::CsvRecord,
    spec::Name,
    tables::{Tables, each_row},
};

/// Number of indicators per organization, if each then has enough observations to draw.
const SERIES_EACH: usize = 8;

/// Minimum length of a series, unless there are too few observations for it.
const SHORTEST_SERIES: usize = 12;

/// One observation in this many is contradicted by a second source.
const FIGURES_PER_DISAGREEMENT: usize = 50_000;

/// One observation in this many has a note.
const FIGURES_PER_NOTE: u64 = 500;

/// Pseudo-producers: the pages do not attribute the figures, or the figures are derived from others.
const NOBODY: [&str; 2] = ["unattributed", "derived"];

/// First month with generated observations, counted from year 0.
const FIRST_MONTH: u32 = 2000 * 12;

/// Seeds of the pseudo-random choices, so that choices are independent of each other.
mod throw {
    pub const LENGTH: u64 = 11;
    pub const LAG: u64 = 12;
    pub const PRODUCER: u64 = 13;
    pub const SIZE: u64 = 14;
    pub const GROWTH: u64 = 15;
    pub const NOISE: u64 = 16;
    pub const WORD: u64 = 17;
    pub const NOTE: u64 = 18;
}

/// Seasonal deviation of each month, in thousandths.
const SEASONS: [i64; 12] = [-20, 60, 10, -10, 0, 15, 40, 35, -5, 20, -15, -30];

/// Qualifiers with their frequency in per cent; most figures are exact.
const WORDS: [(&str, u64); 7] = [
    ("exact", 72),
    ("estimate", 12),
    ("approximately", 7),
    ("at-least", 5),
    ("nearly", 2),
    ("at-most", 1),
    ("range", 1),
];

const NOTES: [(&str, &str); 3] = [
    ("Restated later by the company.", "公司后来作了重述。"),
    ("Read off a chart; the page prints no number.", "据图表读出，页面未印出数字。"),
    ("Covers all markets.", "涵盖所有市场。"),
];

/// Statistics of the real observations of one indicator, for organizations and apps.
struct Measured {
    id: String,
    /// Possible period lengths in months, longest first.
    lengths: &'static [u32],
    additive: bool,
    money: bool,
    /// Whether some values are negative.
    losses: bool,
    /// The common value of all rows, or blank.
    basis: String,
    /// Producers of the drawn rows, as indices into [`SampleFigures::producers`].
    producers: Vec<usize>,
    /// Median value: of one month, if months add up to longer periods.
    middle: i64,
}

/// Model from which observations are generated.
pub struct SampleFigures {
    /// Number of real observations.
    pub real: usize,
    measured: Vec<Measured>,
    /// Every producer in [`SampleFigures::measured`].
    producers: Vec<String>,
    /// Indicator and organization of real observations: these series are left unchanged.
    known: BTreeSet<(String, String)>,
    /// First month without observations, counted from year 0.
    end: u32,
}

/// Data collected per indicator while the real observations are read.
#[derive(Default)]
struct Seen {
    values: Vec<i64>,
    basis: BTreeSet<String>,
    producers: BTreeSet<String>,
}

impl SampleFigures {
    /// Reads the real observations.
    pub fn of(data: &DataSet, tables: &Tables) -> std::io::Result<SampleFigures> {
        let (mut problems, mut content) = (Problems::default(), Content::new());
        let (mut real, mut known) = (0, BTreeSet::new());
        let mut seen: BTreeMap<String, Seen> = BTreeMap::new();
        let file = Name::Observations.file();
        each_row(file, data, &mut problems, &mut content, |_, row, _| {
            real += 1;
            let get = |column: &str| row.get(file.position(column));
            if matches!(tables[Name::Entities].of(get("entity"), "kind"), "organization" | "app") {
                known.insert((get("indicator_id").to_owned(), get("entity").to_owned()));
                let additive = tables[Name::Indicators].of(get("indicator_id"), "additive") == "yes";
                seen.entry(get("indicator_id").to_owned()).or_default().add(row, additive);
            }
        })?;
        let indicators = &tables[Name::Indicators];
        // Without a chart no series may have two rows to draw. Rates and shares are excluded because they do not grow.
        seen.retain(|id, seen| {
            let unit = indicators.of(id, "unit");
            let drawn = indicators.of(id, "default_chart") != "none" && !seen.producers.is_empty();
            drawn && matches!(unit, "CNY" | "USD" | "people" | "count")
        });
        let producers: BTreeSet<String> =
            seen.values().flat_map(|seen| seen.producers.iter().cloned()).collect();
        let producers: Vec<String> = producers.into_iter().collect();
        let measured = seen.iter().map(|(id, seen)| {
            let get = |column: &str| indicators.of(id, column);
            Measured {
                id: id.clone(),
                lengths: lengths(get("frequency")),
                additive: get("additive") == "yes",
                money: matches!(get("unit"), "CNY" | "USD"),
                losses: seen.values.iter().any(|value| *value < 0),
                basis: seen.common_basis(),
                middle: seen.middle(),
                producers: seen.producers.iter().filter_map(|id| producers.binary_search(id).ok()).collect(),
            }
        });
        let measured = measured.collect();
        Ok(SampleFigures { real, measured, producers, known, end: end(tables) })
    }

    /// Returns an error if the months since [`FIRST_MONTH`] cannot hold the requested number of observations.
    pub fn suffice(&self, made: usize, organizations: usize) -> anyhow::Result<()> {
        let mut taken: BTreeMap<&str, usize> = BTreeMap::new();
        for (indicator, entity) in &self.known {
            if self.measured.iter().any(|one| one.id == *indicator) {
                *taken.entry(entity).or_default() += 1;
            }
        }
        let free = self.measured.len() - taken.into_values().max().unwrap_or_default();
        let months = self.end.saturating_sub(FIRST_MONTH);
        let shortest = self.measured.iter().filter_map(|one| one.lengths.last()).max();
        let room = shortest.map_or(0, |shortest| (months / shortest) as usize) * free * organizations;
        ensure!(
            made <= room,
            "{made} generated observations do not fit: {organizations} organizations take at most {room}"
        );
        Ok(())
    }

    /// Writes the given number of observations, real ones first, the rest spread evenly over all organizations.
    pub fn write<W: Write>(
        &self,
        out: &mut csv::Writer<W>,
        made: usize,
        rows: &SampleRows<'_>,
    ) -> csv::Result<()> {
        let organizations = &rows.organizations;
        let mut writing = Writing {
            out,
            pages: Pages::of(&rows.sources, made, self.producers.len()),
            written: 0,
            contradict: false,
            cells: Default::default(),
        };
        for place in 0..organizations.total() {
            let id = organizations.id(organizations.at(place));
            let free: Vec<&Measured> = self
                .measured
                .iter()
                .filter(|one| {
                    place >= organizations.real() || !self.known.contains(&(one.id.clone(), id.clone()))
                })
                .collect();
            let wanted = share(made, organizations.total(), place);
            let longest = free.iter().map(|one| self.room(one)).min().unwrap_or_default();
            let usual = wanted.div_ceil(SHORTEST_SERIES).min(SERIES_EACH);
            let several = usual.max(wanted.div_ceil(longest.max(1))).min(free.len());
            for at in 0..several {
                // Each organization gets different indicators, so that all of them are measured about equally often.
                let measured = free[(place + at) % free.len()];
                let series = Series { measured, entity: &id, number: place * self.measured.len() + at };
                self.write_series(&mut writing, &series, share(wanted, several, at))?;
            }
        }
        Ok(())
    }

    /// Returns the number of periods available for an indicator.
    fn room(&self, measured: &Measured) -> usize {
        let shortest = measured.lengths.last().copied().unwrap_or(1);
        (self.end.saturating_sub(FIRST_MONTH) / shortest) as usize
    }

    fn write_series<W: Write>(
        &self,
        writing: &mut Writing<'_, W>,
        series: &Series<'_>,
        count: usize,
    ) -> csv::Result<()> {
        let Some(periods) = self.periods(series, count) else { return Ok(()) };
        let own = one_of(&series.measured.producers, thrown(throw::PRODUCER, series.number));
        let own = own.copied().unwrap_or_default();
        let mut period = 0;
        for _ in 0..count {
            if writing.contradict && period > 0 && self.producers.len() > 1 {
                let other = (own + 1) % self.producers.len();
                writing.pages.turn(other, Some(own));
                let figure = series.figure(&periods, period - 1).contradicted();
                writing.figure(series, &periods, period - 1, (&self.producers[other], other), &figure)?;
                writing.contradict = false;
            } else {
                writing.pages.turn(own, None);
                let figure = series.figure(&periods, period);
                writing.figure(series, &periods, period, (&self.producers[own], own), &figure)?;
                period += 1;
            }
        }
        Ok(())
    }

    /// Returns consecutive periods of one length that end now or slightly earlier.
    fn periods(&self, series: &Series<'_>, count: usize) -> Option<Periods> {
        let months = self.end.saturating_sub(FIRST_MONTH);
        let fits = |length: &u32| months / length >= u32::try_from(count).unwrap_or(u32::MAX);
        let lengths: Vec<u32> = series.measured.lengths.iter().copied().filter(fits).collect();
        let length = *one_of(&lengths, thrown(throw::LENGTH, series.number))?;
        let count = u32::try_from(count).ok()?;
        let lag = thrown(throw::LAG, series.number) % u64::from((months / length - count + 1).min(4));
        let end = self.end / length - lag as u32;
        Some(Periods { first: end - count, length })
    }
}

impl Seen {
    fn add(&mut self, row: &CsvRecord, additive: bool) {
        let file = Name::Observations.file();
        let get = |column: &str| row.get(file.position(column));
        let (start, end) = (cell::day(get("period_start")), cell::day(get("period_end")));
        let days = start.zip(end).map_or(0, |(start, end)| (end - start).num_days());
        let months = if additive { (days / 30).max(1) } else { 1 };
        // The sample has its own decimals, so the integer part is precise enough.
        let whole = get("value").split('.').next().and_then(|whole| whole.parse::<i64>().ok());
        self.values.extend(whole.map(|whole| whole / months));
        self.basis.insert(get("basis").to_owned());
        if get("headline") == "yes" && !NOBODY.contains(&get("producer")) {
            self.producers.insert(get("producer").to_owned());
        }
    }

    fn common_basis(&self) -> String {
        let first = self.basis.first().filter(|_| self.basis.len() == 1);
        first.cloned().unwrap_or_default()
    }

    fn middle(&self) -> i64 {
        let mut sizes: Vec<i64> = self.values.iter().map(|value| value.abs().max(1)).collect();
        sizes.sort_unstable();
        sizes.get(sizes.len() / 2).copied().unwrap_or(1)
    }
}

/// Returns how many of `things` go to the one at `place`, if they are spread evenly over `several`.
fn share(things: usize, several: usize, place: usize) -> usize {
    things * (place + 1) / several - things * place / several
}

/// Returns the possible period lengths in months for a frequency, longest first.
fn lengths(frequency: &str) -> &'static [u32] {
    match frequency {
        "month" => &[1],
        "quarter" => &[3],
        "half-year" => &[6],
        "annual" => &[12],
        _ => &[12, 3, 1],
    }
}

/// Returns the month that is still incomplete on the day of the newest source.
fn end(tables: &Tables) -> u32 {
    let today = tables.newest_source().unwrap_or_default();
    today.year().unsigned_abs() * 12 + today.month0()
}

/// Observations of one producer about one indicator and organization.
struct Series<'a> {
    measured: &'a Measured,
    entity: &'a str,
    /// Unique number of the series.
    number: usize,
}

/// Consecutive periods of one length: number of the first, and length in months.
struct Periods {
    first: u32,
    length: u32,
}

/// One observation before serialisation.
struct Figure {
    value: i64,
    high: Option<i64>,
    /// Hundredths; `None` for an integer value.
    cents: u64,
    word: &'static str,
    note: (&'static str, &'static str),
}

impl Series<'_> {
    /// Generates a value with steady monthly growth, seasonal variation and noise.
    fn figure(&self, periods: &Periods, at: u32) -> Figure {
        let measured = self.measured;
        let each = self.number * 1024 + at as usize;
        let size = thrown(throw::SIZE, self.number);
        let growth = 1 + (thrown(throw::GROWTH, self.number) % 30) as i64;
        let noise = (thrown(throw::NOISE, each) % 41) as i64 - 20;
        let month = (periods.first + at) * periods.length;
        let season = if periods.length < 12 { SEASONS[(month % 12) as usize] } else { 0 };
        let months = i128::from(if measured.additive { periods.length } else { 1 });
        let usual =
            i128::from(measured.middle) * months * i128::from((64 + size % 64) << (size / 64 % 6)) / 1024;
        let grown = usual * i128::from(1000 + growth * i64::from(at * periods.length)) / 1000;
        let value = grown * i128::from(1000 + season + noise) / 1000;
        let value = i64::try_from(value).unwrap_or(i64::MAX / 1_000_000).max(1);

        let thrown_word = thrown(throw::WORD, each);
        let loss = measured.losses && size.is_multiple_of(5);
        let word = if loss { "exact" } else { word(thrown_word % 100) };
        // Accounts of companies include cents; an estimate has two or three significant digits.
        let in_accounts = measured.money && word == "exact" && size.is_multiple_of(2);
        let value = match word {
            "exact" if in_accounts => value,
            "exact" => rounded(value, 5),
            _ => rounded(value, 3),
        };
        let note = thrown(throw::NOTE, each);
        Figure {
            value: if loss { -value } else { value },
            high: (word == "range").then(|| rounded(value + value / 10 + 1, 3)),
            cents: if in_accounts { thrown_word / 100 % 100 } else { 0 },
            word,
            note: if note.is_multiple_of(FIGURES_PER_NOTE) {
                one_of(&NOTES, note / FIGURES_PER_NOTE).copied().unwrap_or_default()
            } else {
                Default::default()
            },
        }
    }
}

impl Figure {
    /// Returns a contradicting value, further away than rounding explains.
    fn contradicted(self) -> Figure {
        let value = rounded(self.value + self.value.abs() / 5 + 1, 3);
        Figure { value, high: None, cents: 0, word: "estimate", note: Default::default() }
    }
}

fn word(thrown: u64) -> &'static str {
    let mut left = thrown;
    for (word, often) in WORDS {
        if left < often {
            return word;
        }
        left -= often;
    }
    "exact"
}

/// Truncates to the given number of significant digits.
fn rounded(value: i64, digits: u32) -> i64 {
    let more = value.unsigned_abs().checked_ilog10().unwrap_or(0).saturating_sub(digits - 1);
    value / 10_i64.pow(more) * 10_i64.pow(more)
}

/// Source pages of each producer: when one page is full, the next is used.
struct Pages<'a> {
    sources: &'a super::Copies<'a>,
    /// Maximum number of observations per page, small enough that every source has some.
    each: usize,
    next: usize,
    open: Vec<Page>,
}

#[derive(Clone, Default)]
struct Page {
    place: usize,
    id: String,
    left: usize,
}

impl<'a> Pages<'a> {
    fn of(sources: &'a super::Copies<'a>, figures: usize, producers: usize) -> Pages<'a> {
        let each = (figures / sources.total().max(1)).max(1);
        Pages { sources, each, next: 0, open: vec![Page::default(); producers] }
    }

    /// Ensures that a producer's current page has room and differs from that of another producer.
    fn turn(&mut self, producer: usize, not_that_of: Option<usize>) {
        let avoided = not_that_of.map(|other| self.open[other].place);
        while self.open[producer].left == 0 || avoided == Some(self.open[producer].place) {
            let place = self.next % self.sources.total();
            self.next += 1;
            let id = self.sources.id(self.sources.at(place));
            self.open[producer] = Page { place, id, left: self.each };
        }
        self.open[producer].left -= 1;
    }
}

/// State of the file being written.
struct Writing<'a, W: Write> {
    out: &'a mut csv::Writer<W>,
    pages: Pages<'a>,
    written: usize,
    /// Whether the next row is a second observation for the period of the last one.
    contradict: bool,
    /// Reused buffers: ten million rows must not cause a hundred million allocations.
    cells: [String; 4],
}

impl<W: Write> Writing<'_, W> {
    fn figure(
        &mut self,
        series: &Series<'_>,
        periods: &Periods,
        at: u32,
        (producer, page): (&str, usize),
        figure: &Figure,
    ) -> csv::Result<()> {
        use std::fmt::Write;
        let [start, end, value, high] = &mut self.cells;
        for cell in [&mut *start, &mut *end, &mut *value, &mut *high] {
            cell.clear();
        }
        if let Some((first, last)) = days((periods.first + at) * periods.length, periods.length) {
            let _ = write!(start, "{first}");
            let _ = write!(end, "{last}");
        }
        let _ = write!(value, "{}", figure.value);
        if figure.cents > 0 {
            let _ = write!(value, ".{:02}", figure.cents);
            value.truncate(value.trim_end_matches('0').len());
        }
        if let Some(upper) = figure.high {
            let _ = write!(high, "{upper}");
        }
        self.out.write_record([
            series.measured.id.as_str(),
            series.entity,
            start,
            end,
            producer,
            value,
            high,
            figure.word,
            &series.measured.basis,
            "yes",
            &self.pages.open[page].id,
            figure.note.0,
            figure.note.1,
            "",
        ])?;
        self.written += 1;
        if self.written.is_multiple_of(FIGURES_PER_DISAGREEMENT) {
            self.contradict = true;
        }
        Ok(())
    }
}
