//! URL state of the Explore page: parsed strictly, written canonically.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::formula::Formula;
use crate::{
    error::{QueryError, QueryProblem},
    text::{
        Locale, Period, PeriodLength,
        currency::Currency,
        query::{Query, as_query_string, href},
    },
    vocabulary,
};

/// Maximum number of series on a chart.
pub const MAX_SERIES: usize = 12;

vocabulary! {
    /// Length of the periods drawn.
    pub enum Every {
        Year = "year", "Years", "年";
        Half = "half", "Half-years", "半年";
        Quarter = "quarter", "Quarters", "季度";
        Month = "month", "Months", "月";
    }
}

impl Every {
    pub fn length(self) -> PeriodLength {
        match self {
            Every::Year => PeriodLength::Year,
            Every::Half => PeriodLength::Half,
            Every::Quarter => PeriodLength::Quarter,
            Every::Month => PeriodLength::Month,
        }
    }
}

vocabulary! {
    /// Measure computed from the values of a line.
    pub enum Measure {
        Level = "level", "As published", "原值";
        PerMonth = "per-month", "Per month", "月均";
        Change = "change", "Change", "增量";
        ChangeYear = "change-year", "Change from a year ago", "同比增量";
        PercentChange = "percent-change", "% change", "环比增速";
        PercentYear = "percent-year", "% from a year ago", "同比增速";
        AnnualRate = "annual-rate", "Compound annual rate", "复合年增长率";
        ContinuousRate = "continuous-rate", "Continuously compounded rate", "连续复利变化率";
        ContinuousAnnualRate = "continuous-annual-rate", "Continuously compounded annual rate", "连续复利年变化率";
        Index = "index", "Index, base period = 100", "指数（基期=100）";
        Share = "share", "Share of the total", "占合计比重";
    }
}

vocabulary! {
    /// What stands for a longer period where values must not be summed.
    pub enum How {
        Average = "average", "Average of the period", "时段平均";
        End = "end", "End of the period", "期末值";
    }
}

vocabulary! {
    #[derive(Default)]
    pub enum ChartKind {
        #[default]
        Lines = "lines", "Lines", "折线";
        Bars = "bars", "Bars", "柱形";
        Stacked = "stacked", "Stacked", "堆积";
        Slope = "slope", "First and last", "首末对比";
        Panels = "panels", "One panel each", "分面";
        Ranking = "ranking", "Ranking", "排名";
        Vintages = "vintages", "How estimates moved", "估算的演变";
    }
}

vocabulary! {
    pub enum Axis {
        Linear = "linear", "Linear", "线性";
        Log = "log", "Logarithmic", "对数";
    }
}

vocabulary! {
    /// Whether panels share one value axis or have one each.
    pub enum Panels {
        Shared = "shared", "Same axis", "同一纵轴";
        Free = "free", "Own axes", "各自纵轴";
    }
}

vocabulary! {
    /// Kinds of events marked above the time axis.
    pub enum Mark {
        Program = "program", "Programmes", "扶持政策";
        Policy = "policy", "Policy events", "政策事件";
        Summit = "summit", "Summits", "大会";
        Agreement = "agreement", "Agreements", "签约";
        Opening = "opening", "Openings", "启用";
        Investment = "investment", "Investments", "投资";
        Listing = "listing", "Listings", "上市";
        Report = "report", "Reports", "报告";
        Other = "other", "Other events", "其他事件";
    }
}

/// Key of a series: indicator, entity and producer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SeriesKey {
    pub indicator: String,
    pub entity: String,
    pub producer: String,
}

impl fmt::Display for SeriesKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.indicator, self.entity, self.producer)
    }
}

/// A series on the chart, with its fixed colour and marker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chosen {
    pub key: SeriesKey,
    /// Index of the colour and marker, from 0.
    pub slot: usize,
}

/// Sort order of the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    /// Number of a line, from 1. `None` sorts by period.
    pub line: Option<usize>,
    pub descending: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExploreQuery {
    /// Preset chart, which the other choices change.
    pub preset: Option<String>,
    pub series: Vec<Chosen>,
    pub every: Option<Every>,
    /// Only with `every`.
    pub how: Option<How>,
    pub currency: Option<Currency>,
    pub measure: Option<Measure>,
    pub base: Option<Period>,
    pub formula: Option<Formula>,
    /// First period drawn; `end` is the last. The parameter is not called `from`, because link-sharing apps append a `from` to URLs.
    pub start: Option<Period>,
    pub end: Option<Period>,
    pub kind: Option<ChartKind>,
    pub axis: Option<Axis>,
    pub panels: Option<Panels>,
    /// Period whose estimates are tracked.
    pub of: Option<Period>,
    pub marks: Vec<Mark>,
    /// Limits marks to this place and the places within it.
    pub place: Option<String>,
    /// Slot of the highlighted series.
    pub focus: Option<usize>,
    pub sort: Option<Sort>,
    /// Search text to find series.
    pub find: Option<String>,
    /// Open branch of the tree of series: a topic or an indicator; `all` for the topics alone.
    pub browse: Option<String>,
    /// Entity of which every series is listed.
    pub about: Option<String>,
}

as_query_string!(ExploreQuery);

const KNOWN: [&str; 21] = [
    "preset", "series", "every", "how", "currency", "units", "base", "formula", "start", "end", "kind",
    "axis", "panels", "of", "mark", "place", "focus", "sort", "find", "browse", "about",
];

impl ExploreQuery {
    /// Parses a query string.
    ///
    /// # Errors
    ///
    /// If a parameter or value is unknown, or if choices contradict each other.
    pub fn parse(raw: &str) -> Result<Self, QueryError> {
        let query = Query::decode(raw);
        query.only(&KNOWN)?;
        let (preset, every) = (query.id("preset")?, query.word("every", Every::WORDS)?);
        let how = query.word("how", How::WORDS)?.filter(|_| every.is_some() || preset.is_some());
        let found = ExploreQuery {
            preset,
            series: chosen(&query)?,
            every,
            how,
            currency: query.word("currency", Currency::WORDS)?,
            measure: query.word("units", Measure::WORDS)?,
            base: query.period("base")?,
            formula: query.one("formula")?.map(Formula::parse).transpose()?,
            start: query.period("start")?,
            end: query.period("end")?,
            kind: query.word("kind", ChartKind::WORDS)?,
            axis: query.word("axis", Axis::WORDS)?,
            panels: query.word("panels", Panels::WORDS)?,
            of: query.period("of")?,
            marks: query.words("mark", Mark::WORDS)?,
            place: query.id("place")?,
            focus: number(&query, "focus", MAX_SERIES)?.map(|number| number - 1),
            sort: sort(&query)?,
            find: query.text("find")?,
            browse: query.id("browse")?,
            about: query.id("about")?,
        };
        if let (Some(start), Some(end)) = (found.start, found.end)
            && start.start > end.end
        {
            let problem = QueryProblem::NotWith { other: format!("start={}", start.code()) };
            return Err(QueryError::new("end", &end.code(), problem));
        }
        // A preset with series of its own is no longer the preset.
        if found.preset.is_some() && found.series.is_empty() {
            return Ok(found);
        }
        found.check_focus()?;
        Ok(ExploreQuery { preset: None, ..found }.without_defaults())
    }

    fn check_focus(&self) -> Result<(), QueryError> {
        match self.focus.filter(|focus| !self.series.iter().any(|chosen| chosen.slot == *focus)) {
            Some(slot) => Err(QueryError::new("focus", &(slot + 1).to_string(), QueryProblem::NothingThere)),
            None => Ok(()),
        }
    }

    /// Drops choices that say what is done without them.
    fn without_defaults(self) -> Self {
        ExploreQuery {
            measure: self.measure.filter(|measure| *measure != Measure::Level),
            kind: self.kind.filter(|kind| *kind != ChartKind::Lines),
            axis: self.axis.filter(|axis| *axis != Axis::Linear),
            panels: self.panels.filter(|panels| *panels != Panels::Shared),
            ..self
        }
    }

    /// Returns the query of a preset chart with this query's choices in place of its own. Without a preset such a query would drop
    /// `units=level`; over a preset that has other units it is a choice.
    ///
    /// # Errors
    ///
    /// If the highlighted series is none of the preset.
    pub fn over_preset(self, preset: ExploreQuery) -> Result<Self, QueryError> {
        let every = self.every.or(preset.every);
        let query = ExploreQuery {
            preset: None,
            series: preset.series,
            every,
            how: self.how.or(preset.how).filter(|_| every.is_some()),
            currency: self.currency.or(preset.currency),
            measure: self.measure.or(preset.measure),
            base: self.base.or(preset.base),
            formula: self.formula.or(preset.formula),
            start: self.start.or(preset.start),
            end: self.end.or(preset.end),
            kind: self.kind.or(preset.kind),
            axis: self.axis.or(preset.axis),
            panels: self.panels.or(preset.panels),
            of: self.of.or(preset.of),
            marks: if self.marks.is_empty() { preset.marks } else { self.marks },
            place: self.place.or(preset.place),
            focus: self.focus.or(preset.focus),
            sort: self.sort,
            find: self.find,
            browse: self.browse,
            about: self.about,
        };
        query.check_focus()?;
        Ok(query.without_defaults())
    }

    /// Whether it asks for nothing but a preset chart and the order of its table, so that the preset's headline is true of it.
    pub fn is_plain_preset(&self) -> bool {
        let plain = ExploreQuery { sort: self.sort, ..self.without_browser() };
        self.preset.is_some()
            && plain == ExploreQuery { preset: self.preset.clone(), sort: self.sort, ..Self::default() }
    }

    /// Name and value of each parameter that differs from its default, in canonical order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let series = self.series.iter().enumerate().map(|(at, chosen)| {
            let key = &chosen.key;
            ("series", if chosen.slot == at { key.to_string() } else { format!("{key}.{}", chosen.slot + 1) })
        });
        let preset = self.preset.clone().map(|id| ("preset", id));
        let code = |period: Option<Period>| period.map(Period::code);
        let word = |word: Option<&'static str>| word.map(str::to_owned);
        let before = [
            ("every", word(self.every.map(Every::word))),
            ("how", word(self.how.map(How::word))),
            ("currency", word(self.currency.map(Currency::word))),
            ("units", word(self.measure.map(Measure::word))),
            ("base", code(self.base)),
            ("formula", self.formula.as_ref().map(Formula::to_string)),
            ("start", code(self.start)),
            ("end", code(self.end)),
            ("kind", word(self.kind.map(ChartKind::word))),
            ("axis", word(self.axis.map(Axis::word))),
            ("panels", word(self.panels.map(Panels::word))),
            ("of", code(self.of)),
        ];
        let after = [
            ("place", self.place.clone()),
            ("focus", self.focus.map(|slot| (slot + 1).to_string())),
            ("sort", self.sort.map(|sort| sort.to_string())),
            ("find", self.find.clone()),
            ("browse", self.browse.clone()),
            ("about", self.about.clone()),
        ];
        let set = |(name, value): (&'static str, Option<String>)| Some((name, value?));
        preset
            .into_iter()
            .chain(series)
            .chain(before.into_iter().filter_map(set))
            .chain(self.marks.iter().map(|mark| ("mark", mark.word().to_owned())))
            .chain(after.into_iter().filter_map(set))
            .collect()
    }

    pub fn href(&self, locale: Locale) -> String {
        href(&format!("/{locale}/explore"), self.pairs())
    }

    /// Returns the query with `change` applied.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut query = self.clone();
        change(&mut query);
        query
    }

    pub fn measure(&self) -> Measure {
        self.measure.unwrap_or(Measure::Level)
    }

    pub fn kind(&self) -> ChartKind {
        self.kind.unwrap_or(ChartKind::Lines)
    }

    /// Closes the search results and the tree of series.
    pub fn without_browser(&self) -> Self {
        ExploreQuery { find: None, browse: None, about: None, ..self.clone() }
    }

    /// Opens a branch of the tree of series.
    pub fn browsing(&self, branch: &str) -> Self {
        ExploreQuery { browse: Some(branch.to_owned()), ..self.without_browser() }
    }

    /// Lists every series about an entity.
    pub fn about(&self, entity: &str) -> Self {
        ExploreQuery { about: Some(entity.to_owned()), ..self.without_browser() }
    }

    /// Adds a series in the first free colour.
    pub fn with_series(&self, key: &SeriesKey) -> Self {
        self.with(|query| {
            let taken: Vec<usize> = query.series.iter().map(|chosen| chosen.slot).collect();
            let slot = (0..MAX_SERIES).find(|slot| !taken.contains(slot)).unwrap_or(0);
            query.series.push(Chosen { key: key.clone(), slot });
            (query.find, query.browse, query.about) = (None, None, None);
        })
    }

    /// Removes a series. The others keep their colours.
    pub fn without_series(&self, slot: usize) -> Self {
        self.with(|query| {
            let at = query.series.iter().position(|chosen| chosen.slot == slot);
            query.formula = query.formula.take().zip(at).and_then(|(formula, at)| formula.without(at));
            query.series.retain(|chosen| chosen.slot != slot);
            query.focus = query.focus.filter(|focus| *focus != slot);
            query.sort = None;
        })
    }

    /// Moves a series one place forward. The order determines the operands of a formula and the layers of a stack, from the bottom.
    pub fn with_earlier(&self, at: usize) -> Self {
        self.with(|query| {
            if at > 0 && at < query.series.len() {
                query.series.swap(at - 1, at);
            }
            query.sort = None;
        })
    }

    /// Returns a query for a chart of these series, with defaults for everything else.
    pub fn of_series(keys: impl IntoIterator<Item = SeriesKey>) -> Self {
        let series = keys.into_iter().take(MAX_SERIES).enumerate();
        let series = series.map(|(slot, key)| Chosen { key, slot }).collect();
        ExploreQuery { series, ..Default::default() }
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.descending { "-" } else { "" };
        match self.line {
            None => write!(f, "{sign}period"),
            Some(line) => write!(f, "{sign}{line}"),
        }
    }
}

fn chosen(query: &Query) -> Result<Vec<Chosen>, QueryError> {
    let mut series: Vec<Chosen> = Vec::new();
    for (at, value) in query.ids("series", MAX_SERIES)?.iter().enumerate() {
        let wrong = |problem| QueryError::new("series", value, problem);
        let parts: Vec<&str> = value.split('.').collect();
        let (key, slot) = match parts.as_slice() {
            [indicator, entity, producer] => ([indicator, entity, producer], at),
            [indicator, entity, producer, slot] => {
                let number = slot.parse().ok().filter(|number| (1..=MAX_SERIES).contains(number));
                let number = number.ok_or_else(|| wrong(QueryProblem::NothingThere))?;
                ([indicator, entity, producer], number - 1)
            }
            _ => return Err(wrong(QueryProblem::NothingThere)),
        };
        let [indicator, entity, producer] = key.map(|part| (*part).to_owned());
        let key = SeriesKey { indicator, entity, producer };
        if series.iter().any(|other| other.key == key || other.slot == slot) {
            return Err(wrong(QueryProblem::Repeated));
        }
        series.push(Chosen { key, slot });
    }
    Ok(series)
}

fn number(query: &Query, name: &str, most: usize) -> Result<Option<usize>, QueryError> {
    let Some(value) = query.one(name)? else { return Ok(None) };
    let found = value.parse().ok().filter(|number: &usize| number.to_string() == value);
    match found.filter(|number| (1..=most).contains(number)) {
        Some(number) => Ok(Some(number)),
        None => Err(QueryError::new(name, value, QueryProblem::NotANumber { most: most as u32 })),
    }
}

fn sort(query: &Query) -> Result<Option<Sort>, QueryError> {
    /// One series may split into several lines: one per period length and basis.
    const MAX_LINES: usize = 8 * MAX_SERIES;

    let Some(value) = query.one("sort")? else { return Ok(None) };
    let (descending, column) = match value.strip_prefix('-') {
        Some(column) => (true, column),
        None => (false, value),
    };
    if column == "period" {
        // Oldest first is the default order.
        return Ok(descending.then_some(Sort { line: None, descending }));
    }
    match column.parse().ok().filter(|line: &usize| (1..=MAX_LINES).contains(line)) {
        Some(line) if line.to_string() == column => Ok(Some(Sort { line: Some(line), descending })),
        _ => Err(QueryError::new("sort", value, QueryProblem::NothingThere)),
    }
}

#[cfg(test)]
mod tests;
