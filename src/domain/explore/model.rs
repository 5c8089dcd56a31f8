//! Lines of values, each with the observations it is computed from.

use std::{collections::BTreeMap, sync::Arc};

use super::{
    quantity::{Quantity, QuantityStatus},
    query::{Formula, SeriesKey},
    rule::Rule,
};
use crate::{
    domain::{
        indicators::model::Indicator,
        observations::model::{Basis, Observation},
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
}

impl LineValue {
    pub fn published(input: Arc<Input>) -> LineValue {
        LineValue {
            period: input.observation.period,
            quantity: Quantity::of(&input.observation),
            inputs: vec![input],
            steps: Vec::new(),
        }
    }

    /// The observation, if the value is as published.
    pub fn as_published(&self) -> Option<&Observation> {
        match (self.steps.is_empty(), self.inputs.first()) {
            (true, Some(input)) => Some(&input.observation),
            _ => None,
        }
    }

    /// Formats the value: in the source's wording if published, in the site's wording if computed.
    pub fn worded(&self, unit: &Unit, locale: Locale) -> String {
        match self.as_published() {
            Some(figure) => figure.worded(unit, locale),
            None => self.quantity.worded(unit, locale),
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
        LineValue { period: self.period, quantity, inputs, steps }
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
    /// The result overflows a decimal.
    TooLarge,
}

impl Missing {
    pub fn sentence(&self, locale: Locale) -> String {
        match self {
            Missing::NoFigure => locale.pick("no headline figure published", "无已公布的主要数据").to_owned(),
            Missing::NoPublication => locale.pick("nothing published then", "当时未发布").to_owned(),
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
            Missing::NoOther => locale.pick("another series has no value", "另有序列缺该时段数值").to_owned(),
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

/// Values over time that may share a line: one subject, one basis, periods of one length.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    pub subject: Subject,
    /// Formula, and the second subject that it combines with the first.
    pub against: Option<(Formula, Subject)>,
    pub basis: Option<Basis>,
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

    pub fn has_ranges(&self) -> bool {
        self.values.iter().any(|value| value.quantity.is_range())
    }
}

/// Splits the observations of one series into lines, one for each period length and basis.
pub fn lines(figures: &[Arc<Input>], number: usize, slot: usize) -> Vec<Line> {
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
                against: None,
                basis,
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

/// Label of each line: the shortest one that distinguishes it from the others.
pub fn labels(lines: &[Line], locale: Locale) -> Vec<String> {
    let differs = |of: &dyn Fn(&Line) -> &str| lines.windows(2).any(|pair| of(&pair[0]) != of(&pair[1]));
    let indicators = differs(&|line| &line.subject.indicator.named.id);
    let entities = differs(&|line| &line.subject.entity.id);
    let producers = differs(&|line| &line.subject.producer.id);
    let alone = !(indicators || entities || producers);
    lines
        .iter()
        .map(|line| {
            let who = |subject: &Subject, whole: bool| {
                let producer = subject.producer.name(locale);
                let entity = subject.entity.name(locale);
                let mut parts: Vec<&str> = Vec::new();
                if whole || indicators {
                    parts.push(subject.indicator.named.name(locale));
                }
                if whole || entities {
                    parts.push(entity);
                }
                // For a company's own accounts, entity and producer coincide; name them once.
                if (whole || producers || alone) && !parts.contains(&producer) {
                    parts.push(producer);
                }
                parts.join(" · ")
            };
            let mut name = match &line.against {
                None => who(&line.subject, false),
                Some((formula, second)) => {
                    let (first, second) = (who(&line.subject, true), who(second, true));
                    match formula {
                        Formula::Ratio => format!("{first} ÷ {second}"),
                        Formula::Percentage => locale.pick(
                            format!("{first} as % of {second}"),
                            format!("{first} 占 {second} 的百分比"),
                        ),
                        Formula::Difference => format!("{first} − {second}"),
                    }
                }
            };
            let twins = || lines.iter().filter(|other| other.number == line.number);
            let mut marks: Vec<String> = Vec::new();
            if twins().any(|other| other.length != line.length) {
                marks.push(line.length.adjective(locale));
            }
            if let Some(basis) = line.basis.filter(|_| twins().any(|other| other.basis != line.basis)) {
                marks.push(basis.name(locale).to_owned());
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
