//! Lines of values, each with the observations it is computed from.

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

use super::{
    formula::{self, Formula},
    quantity::{Quantity, QuantityStatus},
    query::SeriesKey,
    rule::Rule,
};
use crate::{
    domain::{
        indicators::model::Indicator,
        observations::{
            breaks::{BreakKind, Breaks, SeriesBreak},
            model::{Basis, Observation},
        },
    },
    text::{Locale, Named, Period, PeriodLength, Unit},
};

/// An observation as published, with its indicator.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    pub indicator: Arc<Indicator>,
    pub observation: Observation,
}

impl Input {
    /// Names the series: indicator, entity and producer. One that is both entity and producer is named once.
    pub fn name(&self, locale: Locale) -> String {
        let row = &self.observation;
        let names = [&self.indicator.named, &row.entity, &row.producer.named];
        joined(names.map(|named| named.name(locale)), locale)
    }

    pub fn key(&self) -> SeriesKey {
        SeriesKey {
            indicator: self.indicator.named.id.clone(),
            entity: self.observation.entity.id.clone(),
            producer: self.observation.producer.named.id.clone(),
        }
    }
}

/// One step of a computation: the rule, and the arithmetic with its numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub rule: Rule,
    pub sum: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct LineValue {
    pub period: Period,
    pub quantity: Quantity,
    /// Observations the value is computed from. A published value has exactly one, and no steps.
    pub inputs: Vec<Arc<Input>>,
    pub steps: Vec<Step>,
    /// What the producer prints for the same thing, where it differs from this computed value.
    pub printed: Option<Arc<Input>>,
}

impl LineValue {
    pub fn published(input: Arc<Input>) -> LineValue {
        LineValue {
            period: input.observation.period,
            quantity: Quantity::of(&input.observation),
            inputs: vec![input],
            steps: Vec::new(),
            printed: None,
        }
    }

    /// The observation, if the value is as published.
    pub fn as_published(&self) -> Option<&Input> {
        self.inputs.first().filter(|_| self.steps.is_empty()).map(Arc::as_ref)
    }

    /// Formats the value: in the source's wording if published, in the site's wording if computed.
    pub fn worded(&self, unit: &Unit, locale: Locale) -> String {
        match self.as_published() {
            Some(input) => input.observation.worded(unit, locale),
            None => {
                let text = self.quantity.worded(unit, locale);
                match (self.remark(locale), locale) {
                    (None, _) => text,
                    (Some(remark), Locale::En) => format!("{text} ({remark})"),
                    (Some(remark), Locale::Zh) => format!("{text}（{remark}）"),
                }
            }
        }
    }

    /// Derives a new value from this one and others by a further step.
    pub fn stepped(&self, others: &[&LineValue], rule: Rule, quantity: Quantity, sum: String) -> LineValue {
        let mut inputs = self.inputs.clone();
        let mut steps = self.steps.clone();
        for other in others {
            for input in &other.inputs {
                if !inputs.contains(input) {
                    inputs.push(input.clone());
                }
            }
            for step in &other.steps {
                if !steps.contains(step) {
                    steps.push(step.clone());
                }
            }
        }
        steps.push(Step { rule, sum });
        LineValue { period: self.period, quantity, inputs, steps, printed: None }
    }
}

/// Reason why a line has no value for a period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The producer gives no headline figure.
    NoFigure,
    /// The producer published nothing at that time.
    NoPublication,
    /// The line has periods of this length.
    OtherLength(PeriodLength),
    /// Only some parts of the period are known.
    Parts,
    NoRate,
    /// No value in this earlier period to compare with.
    Nothing(Period),
    /// The period is the first.
    NothingEarlier,
    /// The divisor is not greater than zero.
    NotAboveZero(Period),
    /// The other series has no value.
    NoOther,
    /// The value is not an amount of whole months.
    NotPerMonth,
    /// Growth cannot be computed, but the producer prints it.
    ButPrinted {
        why: Box<Missing>,
        growth: Box<Observation>,
    },
    /// A break lies between the value and the one to compare it with, or between parts of it.
    Break(BreakKind, NaiveDate),
    /// The result overflows a decimal.
    TooLarge,
}

impl From<&SeriesBreak> for Missing {
    fn from(found: &SeriesBreak) -> Missing {
        Missing::Break(found.kind, found.from)
    }
}

impl Missing {
    pub fn sentence(&self, locale: Locale) -> String {
        match self {
            Missing::NoFigure => locale.pick("no headline figure published", "无已公布的主要数据").to_owned(),
            Missing::NoPublication => {
                locale.pick("nothing published for this period", "该时段无已公布数据").to_owned()
            }
            Missing::OtherLength(length) => {
                let length = length.adjective(locale);
                locale.pick(format!("this line is {length}"), format!("此线为{length}数据"))
            }
            Missing::Parts => {
                locale.pick("only some of its parts are known", "仅有部分分时段数据").to_owned()
            }
            Missing::NoRate => locale
                .pick("no published exchange rate for exactly this period", "无完全对应该时段的已公布汇率")
                .to_owned(),
            Missing::Nothing(earlier) => {
                let earlier = earlier.label(locale);
                locale.pick(format!("no value for {earlier}"), format!("缺{earlier}的数值"))
            }
            Missing::NothingEarlier => {
                locale.pick("nothing earlier to compare with", "无更早数值可比").to_owned()
            }
            Missing::NotAboveZero(earlier) => {
                let earlier = earlier.label(locale);
                locale.pick(
                    format!("the value for {earlier} is not above zero"),
                    format!("{earlier}的数值不大于零"),
                )
            }
            Missing::ButPrinted { why, growth } => {
                let (why, growth) = (why.sentence(locale), growth.worded(&Unit::Percent, locale));
                locale
                    .pick(format!("{why}; the source prints {growth}"), format!("{why}；来源所载为{growth}"))
            }
            Missing::NotPerMonth => {
                locale.pick("not an amount of whole months", "并非整月时段的总量").to_owned()
            }
            Missing::NoOther => locale.pick("another series has no value", "另有序列缺该时段数值").to_owned(),
            Missing::Break(kind, from) => {
                let (kind, from) = (kind.name(locale), crate::text::date::day(*from, locale));
                locale.pick(format!("not comparable: {kind} from {from}"), format!("不可比：{from}起{kind}"))
            }
            Missing::TooLarge => locale.pick("too many digits", "位数过多").to_owned(),
        }
    }
}

/// Subject of a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    pub indicator: Arc<Indicator>,
    pub entity: Named,
    pub producer: Named,
}

/// A formula, and the lines that it combines, without their values.
#[derive(Clone, Debug, PartialEq)]
pub struct Combined {
    pub formula: Formula,
    /// In the order of their letters.
    pub operands: Vec<Line>,
}

impl Combined {
    /// Writes the formula with the names of the series.
    pub fn named(&self, locale: Locale) -> String {
        let names = labels(&self.operands, locale);
        self.formula.written(&|number| {
            let at = self.operands.iter().position(|line| line.number == number);
            at.and_then(|at| names.get(at)).cloned().unwrap_or_default()
        })
    }

    /// Says which series each letter stands for.
    pub fn key(&self, locale: Locale) -> String {
        let names = labels(&self.operands, locale);
        let letters = self.operands.iter().filter_map(|line| formula::letter(line.number));
        let keys: Vec<String> = match locale {
            Locale::En => letters.zip(names).map(|(letter, name)| format!("{letter}: {name}")).collect(),
            Locale::Zh => letters.zip(names).map(|(letter, name)| format!("{letter}：{name}")).collect(),
        };
        keys.join(locale.pick("; ", "；"))
    }
}

/// Values over time that may share a line: one subject, one basis, periods of one length.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub subject: Subject,
    /// The formula by which its values were computed from those of several series.
    pub combined: Option<Combined>,
    pub basis: Option<Basis>,
    /// Breaks in the series, oldest first.
    pub breaks: Vec<SeriesBreak>,
    pub length: PeriodLength,
    /// Index of the chosen series, from 0.
    pub number: usize,
    /// Selects the colour and marker.
    pub slot: usize,
    pub unit: Unit,
    /// In chronological order, at most one per period.
    pub values: Vec<LineValue>,
    pub missing: BTreeMap<Period, Missing>,
}

impl Line {
    pub fn at(&self, period: Period) -> Option<&LineValue> {
        self.values.iter().find(|value| value.period == period)
    }

    /// Returns the first break between two periods.
    pub fn break_between(&self, one: Period, other: Period) -> Option<&SeriesBreak> {
        self.breaks.iter().find(|found| found.divides(one, other))
    }

    /// Returns the breaks between the first and the last value.
    pub fn breaks_shown(&self) -> impl Iterator<Item = &SeriesBreak> {
        let ends = self.values.first().zip(self.values.last());
        self.breaks
            .iter()
            .filter(move |found| ends.is_some_and(|(first, last)| found.divides(first.period, last.period)))
    }

    /// Returns the last values, back to the last break before them.
    pub fn since_last_break(&self) -> &[LineValue] {
        let Some(last) = self.values.last() else { return &[] };
        let first =
            self.values.iter().position(|value| self.break_between(value.period, last.period).is_none());
        &self.values[first.unwrap_or(0)..]
    }

    /// Maps every value to a new one. Values that cannot be computed are recorded as missing, with the reason.
    pub fn remade(&self, unit: Unit, make: impl Fn(&LineValue) -> Result<LineValue, Missing>) -> Line {
        let mut line = Line { unit, values: Vec::new(), ..self.clone() };
        for value in &self.values {
            match make(value) {
                Ok(made) => line.values.push(made),
                Err(missing) => {
                    line.missing.insert(value.period, missing);
                }
            }
        }
        line
    }

    pub fn is_derived(&self) -> bool {
        self.values.iter().any(|value| !value.steps.is_empty())
    }

    /// Returns the line without its values.
    pub fn without_values(&self) -> Line {
        Line { values: Vec::new(), missing: BTreeMap::new(), ..self.clone() }
    }

    /// Returns whether its values are amounts of their periods, so that parts of a period add up to the whole.
    pub fn is_amount(&self) -> bool {
        let indicator = &self.subject.indicator;
        let alike = self.unit == indicator.unit
            || matches!((&self.unit, &indicator.unit), (Unit::Money(_), Unit::Money(_)));
        indicator.additive && alike && self.combined.is_none()
    }

    /// Returns the subjects of its series.
    pub fn subjects(&self) -> Vec<&Subject> {
        match &self.combined {
            None => vec![&self.subject],
            Some(combined) => combined.operands.iter().map(|line| &line.subject).collect(),
        }
    }

    pub fn has_ranges(&self) -> bool {
        self.values.iter().any(|value| value.quantity.is_range())
    }
}

/// Splits the observations of one series into lines, one for each period length and basis.
pub fn lines(figures: &[Arc<Input>], breaks: &Breaks, number: usize, slot: usize) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for input in figures.iter().filter(|input| input.observation.headline) {
        let row = &input.observation;
        let (basis, length) = (row.basis, row.period.length());
        let value = LineValue::published(input.clone());
        match lines.iter_mut().find(|line| line.basis == basis && line.length == length) {
            Some(line) => line.values.push(value),
            None => lines.push(Line {
                subject: Subject {
                    indicator: input.indicator.clone(),
                    entity: row.entity.clone(),
                    producer: row.producer.named.clone(),
                },
                combined: None,
                basis,
                breaks: breaks_in(breaks, input),
                length,
                number,
                slot,
                unit: input.indicator.unit.clone(),
                values: vec![value],
                missing: BTreeMap::new(),
            }),
        }
    }
    for line in &mut lines {
        line.values.sort_by_key(|value| value.period);
        line.values.dedup_by_key(|value| value.period);
    }
    lines.sort_by_key(|line| (line.length, line.basis));
    lines
}

/// Returns the breaks in the series of an observation.
pub fn breaks_in(breaks: &Breaks, input: &Input) -> Vec<SeriesBreak> {
    let row = &input.observation;
    breaks.of_series(&input.indicator.named.id, &row.entity.id, &row.producer.named.id).cloned().collect()
}

/// Returns whether values before and after store fees, or values that do not say which, are among lines that may be compared.
pub fn mixes_bases(lines: &[Line]) -> bool {
    let stated = lines.iter().any(|line| line.basis.is_some());
    stated && lines.windows(2).any(|pair| pair[0].basis != pair[1].basis && pair[0].unit == pair[1].unit)
}

/// Joins names, and leaves out those that an earlier one contains: a company as the producer of its own accounts, or China after “Cinema box
/// office in China”.
pub fn joined<'a>(names: impl IntoIterator<Item = &'a str>, locale: Locale) -> String {
    let contains = |text: &str, name: &str| match locale {
        Locale::En => format!(" {text} ").contains(&format!(" {name} ")),
        Locale::Zh => text.contains(name),
    };
    let mut parts: Vec<&str> = Vec::new();
    for name in names {
        if !parts.iter().any(|part| contains(part, name)) {
            parts.push(name);
        }
    }
    parts.join(" · ")
}

/// Label of each line: the shortest one that distinguishes it from the others.
pub fn labels(lines: &[Line], locale: Locale) -> Vec<String> {
    let differs = |of: &dyn Fn(&Line) -> &str| lines.windows(2).any(|pair| of(&pair[0]) != of(&pair[1]));
    let indicators = differs(&|line| &line.subject.indicator.named.id);
    let entities = differs(&|line| &line.subject.entity.id);
    let producers = differs(&|line| &line.subject.producer.id);
    let alone = !(indicators || entities || producers);
    let bases = lines.windows(2).any(|pair| pair[0].basis != pair[1].basis);
    lines
        .iter()
        .map(|line| {
            let who = |subject: &Subject| {
                let indicator = indicators.then(|| subject.indicator.named.name(locale));
                let entity = entities.then(|| subject.entity.name(locale));
                let producer = (producers || alone).then(|| subject.producer.name(locale));
                joined([indicator, entity, producer].into_iter().flatten(), locale)
            };
            let mut name = match &line.combined {
                None => who(&line.subject),
                Some(combined) => combined.named(locale),
            };
            let twins = || lines.iter().filter(|other| other.number == line.number);
            let mut marks: Vec<String> = Vec::new();
            if twins().any(|other| other.length != line.length) {
                marks.push(line.length.adjective(locale));
            }
            let alike = |other: &Line| other.subject.indicator.named.id == line.subject.indicator.named.id;
            match line.basis {
                Some(basis) if bases => marks.push(basis.name(locale).to_owned()),
                None if lines.iter().any(|other| other.basis.is_some() && alike(other)) => {
                    marks.push(locale.pick("store fees not stated", "未注明是否扣除佣金").to_owned());
                }
                _ => {}
            }
            if !marks.is_empty() {
                name += &match locale {
                    Locale::En => format!(", {}", marks.join(", ")),
                    Locale::Zh => format!("（{}）", marks.join("，")),
                };
            }
            name
        })
        .collect()
}

impl QuantityStatus {
    pub fn word(self) -> &'static str {
        match self {
            QuantityStatus::Reported => "reported",
            QuantityStatus::Estimate => "estimate",
            QuantityStatus::Forecast => "forecast",
        }
    }
}
