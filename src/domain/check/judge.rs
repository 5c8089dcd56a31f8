//! Verdicts: compares each number of a text with the figures of the series that it may be of.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;

use super::{
    lexicon::Lexicon,
    model::{Candidate, Claim, Verdict},
    number::Measure,
    reading::{Reading, Scope, UnitFit},
    reasons::Reason,
    time::WrittenPeriod,
    value::{Agreement, compare, power_of_ten},
};
use crate::{
    domain::{
        indicators::model::Indicator,
        observations::{
            model::{Observation, Qualifier},
            store::SeriesKey,
        },
    },
    text::{Locale, Named, Period, PeriodLength},
};

/// Largest number of candidates that are shown of one number.
const MAX_CANDIDATES: usize = 8;

/// Observations of the series that a text may mean, by series.
pub type Held = BTreeMap<SeriesKey, Vec<Observation>>;

/// An observation beside a number of the text.
struct Compared<'a> {
    indicator: &'a Indicator,
    observation: &'a Observation,
    scope: &'a Scope,
    agreement: Agreement,
    in_period: bool,
    of_producer: bool,
}

impl Compared<'_> {
    /// Whether it is of the same indicator, entity and period, so that both can be named together.
    fn is_beside(&self, other: &Compared<'_>) -> bool {
        self.scope.key == other.scope.key && self.observation.period == other.observation.period
    }
}

/// Judges one number of a text.
pub fn judge(text: &str, reading: &Reading, lexicon: &Lexicon, held: &Held) -> Claim {
    let compared = compared(reading, lexicon, held);
    let (verdict, why, chosen) = decide(reading, &compared);
    let part = |range: &std::ops::Range<usize>| text.get(range.clone()).unwrap_or_default().trim().to_owned();
    let mut candidates: Vec<Candidate> = Vec::new();
    for one in chosen.into_iter().take(MAX_CANDIDATES) {
        candidates.push(Candidate { indicator: one.indicator.clone(), observation: one.observation.clone() });
    }
    Claim {
        text: part(&reading.clause),
        written: part(&reading.whole),
        number: part(&reading.written),
        unit: reading.unit.as_ref().map(part).filter(|unit| !unit.is_empty()),
        verdict,
        why,
        candidates,
    }
}

fn compared<'a>(reading: &'a Reading, lexicon: &'a Lexicon, held: &'a Held) -> Vec<Compared<'a>> {
    let mut all = Vec::new();
    for scope in &reading.scopes {
        let known = lexicon.indicators.iter().find(|known| known.indicator.named.id == scope.key.0);
        let (Some(known), Some(rows)) = (known, held.get(&scope.key)) else { continue };
        for observation in rows {
            let named = reading.producers.contains(&observation.producer.named.id);
            all.push(Compared {
                indicator: &known.indicator,
                observation,
                scope,
                agreement: compare(&reading.number, observation, reading.is_negative),
                in_period: in_period(&reading.periods, &known.indicator, observation, rows),
                of_producer: reading.producers.is_empty() || named,
            });
        }
    }
    all
}

/// Whether the period that the text names is that of an observation. Without one in the text, only if the series has no other.
fn in_period(
    periods: &[WrittenPeriod],
    indicator: &Indicator,
    observation: &Observation,
    rows: &[Observation],
) -> bool {
    let own = observation.period;
    if periods.is_empty() {
        return rows.iter().all(|row| row.period == own);
    }
    periods.iter().any(|written| match (written.period, written.part) {
        (Some(period), _) => fits(written, period, indicator, observation, rows),
        // `The first eight months`, of whatever year: only if they are held of one year.
        (None, Some((first, count))) => {
            let is_part = |period: Period| period.start.month() == first && period.months() == Some(count);
            is_part(own) && rows.iter().all(|row| row.period == own || !is_part(row.period))
        }
        (None, None) => false,
    })
}

fn fits(
    written: &WrittenPeriod,
    period: Period,
    indicator: &Indicator,
    observation: &Observation,
    rows: &[Observation],
) -> bool {
    let own = observation.period;
    if period == own {
        return true;
    }
    let is_cumulative = indicator.named.id.contains("cumulative");
    let same_end = period.end == own.end;
    match own.length() {
        // A state at the end of the period; or the only state that is known within it.
        PeriodLength::Point => {
            let inside = |row: &Observation| row.period.start >= period.start && row.period.end <= period.end;
            same_end
                || inside(observation) && rows.iter().filter(|row| inside(row)).all(|row| row.period == own)
        }
        PeriodLength::Month if written.is_end => same_end && !indicator.additive,
        _ if is_cumulative => same_end,
        _ => written.is_end && same_end && own.start.month() == 1 && own.start.day() == 1,
    }
}

type Decision<'a> = (Verdict, Vec<Reason>, Vec<&'a Compared<'a>>);

fn decide<'a>(reading: &Reading, all: &'a [Compared<'a>]) -> Decision<'a> {
    if reading.too_long {
        return (Verdict::NotHeld, vec![Reason::TooLong], Vec::new());
    }
    if reading.scopes.is_empty() && !reading.is_assumed {
        let why = match reading.number.measure {
            Measure::None if !reading.names_indicator => Reason::NoUnit,
            _ if reading.names_indicator && !reading.names_entity => Reason::NoEntity,
            _ if reading.names_indicator => Reason::NothingHeld((
                "the place, company or app named".into(),
                "文中所指地区、企业或应用".into(),
            )),
            _ => Reason::NoIndicator,
        };
        return (Verdict::NotHeld, vec![why], Vec::new());
    }
    let own: Vec<&Compared<'_>> =
        all.iter().filter(|one| one.scope.fit == UnitFit::Same && !one.scope.is_other).collect();
    let here: Vec<&Compared<'_>> =
        own.iter().copied().filter(|one| one.in_period && one.scope.is_named && !one.scope.is_part).collect();
    matching(reading, &here)
        .or_else(|| slip(reading, all, &here))
        .or_else(|| contradicting(reading, &here))
        .or_else(|| elsewhere(reading, &own))
        .or_else(|| of_other_entity(reading, all, &here))
        .or_else(|| other_currency(all))
        .or_else(|| differing(reading, &here))
        .unwrap_or_else(|| nothing(reading, all))
}

/// A figure that agrees in everything.
fn matching<'a>(reading: &Reading, here: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
    let plain = |one: &&&Compared<'_>| {
        let is_forecast = one.observation.qualifier == Qualifier::Forecast;
        one.agreement == Agreement::Agrees
            && one.of_producer
            && !one.observation.outlier
            && is_forecast == reading.is_forecast
    };
    let agreeing: Vec<&Compared<'_>> = here.iter().filter(plain).copied().collect();
    if agreeing.is_empty() || reading.is_denied || reading.is_assumed {
        return None;
    }
    let later: Vec<Option<&Compared<'_>>> = agreeing.iter().map(|one| superseded(one, here)).collect();
    let others: Vec<&Compared<'_>> = here
        .iter()
        .copied()
        .filter(|one| one.agreement != Agreement::Agrees && one.observation.headline)
        .filter(|one| agreeing.iter().any(|same| same.is_beside(one)))
        .collect();
    let chosen = |first: Vec<&'a Compared<'a>>| -> Vec<&'a Compared<'a>> {
        sorted(first).into_iter().chain(sorted(others.clone())).collect()
    };
    if let Some(Some(newer)) = later.iter().find(|later| later.is_some())
        && later.iter().all(Option::is_some)
    {
        let why = vec![Reason::SupersededBy(figure(newer))];
        return Some((Verdict::MatchesOlder, why, chosen(agreeing)));
    }
    let mut why = vec![Reason::Agrees];
    let first = sorted(agreeing.clone());
    if let Some(first) = first.first()
        && reading.number.bound == super::number::Bound::Plain
        && matches!(first.observation.qualifier, Qualifier::AtLeast | Qualifier::AtMost | Qualifier::Nearly)
    {
        why.push(Reason::QualifierLeftOut(figure(first)));
    }
    if !others.is_empty() {
        why.push(Reason::OthersGive(figures(&others)));
    }
    Some((Verdict::Matches, why, chosen(agreeing)))
}

/// The figure that has replaced another of the same producer, entity and period.
fn superseded<'a>(one: &Compared<'_>, here: &[&'a Compared<'a>]) -> Option<&'a Compared<'a>> {
    let published = |one: &Compared<'_>| one.observation.source.published_on.map(|date| date.last_day());
    let own = published(one)?;
    if one.observation.producer.named.id == "unattributed" {
        return None;
    }
    let newer = here.iter().copied().filter(|other| {
        other.observation.producer == one.observation.producer
            && other.observation.entity == one.observation.entity
            && other.indicator.named.id == one.indicator.named.id
            && other.observation.period == one.observation.period
            && other.agreement == Agreement::Differs
            && !other.observation.outlier
            && published(other).is_some_and(|date| date > own)
    });
    newer.max_by_key(|other| published(other))
}

/// A power of ten, or the currency of another figure with the same number.
fn slip<'a>(reading: &Reading, all: &'a [Compared<'a>], here: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
    let named = |one: &&Compared<'_>| one.scope.is_named && !one.scope.is_part && !one.observation.outlier;
    // Without a period in the text, one power of ten off the figure that stands out is enough to say so.
    let scope: Vec<&Compared<'_>> = match reading.periods.is_empty() {
        true => all
            .iter()
            .filter(|one| one.scope.fit == UnitFit::Same && !one.scope.is_other)
            .filter(named)
            .collect(),
        false => here.to_vec(),
    };
    let is_money_or_count = !matches!(
        reading.number.measure,
        Measure::Percent | Measure::PercentagePoints | Measure::Times | Measure::Rank
    );
    if is_money_or_count && reading.number.is_scaled {
        let slips: Vec<(&Compared<'_>, i32)> = scope
            .iter()
            .filter_map(|one| Some((*one, power_of_ten(&reading.number, one.observation)?)))
            .collect();
        let exact = all.iter().any(|one| {
            one.scope.fit == UnitFit::Same
                && one.agreement == Agreement::Agrees
                && (one.scope.is_named && !one.scope.is_part)
        });
        if let Some((_, power)) = slips.iter().min_by_key(|(_, power)| power.abs())
            && (!reading.periods.is_empty() || !exact)
        {
            let power = *power;
            let own: Vec<&Compared<'_>> =
                slips.iter().filter(|(_, own)| *own == power).map(|(one, _)| *one).collect();
            let why = vec![Reason::PowerOfTen(power), Reason::HeldInstead(figures(&own))];
            return Some((Verdict::UnitSlip, why, sorted(own)));
        }
    }
    let wrong = all
        .iter()
        .filter(|one| one.scope.fit != UnitFit::Same && one.agreement == Agreement::Agrees && one.in_period);
    let wrong: Vec<&Compared<'_>> = wrong.filter(named).collect();
    let first = wrong.first()?;
    // A right figure of the indicator in the currency written speaks against a slip.
    let why = match first.scope.fit {
        UnitFit::NoCurrency => Reason::NoCurrency(figure(first)),
        _ => Reason::OtherCurrency(figure(first)),
    };
    Some((Verdict::UnitSlip, vec![why], sorted(wrong)))
}

/// The same value for another period, place or producer.
fn elsewhere<'a>(reading: &Reading, own: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
    let is_forecast = |one: &Compared<'_>| one.observation.qualifier == Qualifier::Forecast;
    let agreeing: Vec<&Compared<'_>> = own
        .iter()
        .copied()
        .filter(|one| one.agreement == Agreement::Agrees && !one.observation.outlier)
        .filter(|one| !(one.in_period && one.scope.is_named && !one.scope.is_part && one.of_producer))
        .collect();
    if agreeing.is_empty() || reading.is_denied {
        return None;
    }
    let agreeing = sorted(agreeing);
    let mut why = Vec::new();
    let first = agreeing.first()?;
    if !first.of_producer && first.in_period {
        let producer = &first.observation.producer.named;
        why.push(Reason::OtherProducer(names(producer)));
    }
    if reading.periods.is_empty() {
        why.push(Reason::NoPeriod);
    } else if reading.periods.iter().all(|written| written.period.is_none()) {
        why.push(Reason::RelativePeriod);
    }
    if agreeing.iter().all(|one| !one.scope.is_named) {
        why.push(Reason::NoEntity);
    }
    if agreeing.iter().all(|one| one.scope.is_part) {
        why.push(Reason::PartOnly);
    }
    why.push(Reason::HeldFor(scopes(&agreeing)));
    if agreeing.iter().all(|one| is_forecast(one)) && !reading.is_forecast {
        why.push(Reason::ForecastAsFact);
    }
    let here: Vec<&Compared<'_>> = own
        .iter()
        .copied()
        .filter(|one| {
            one.in_period && one.scope.is_named && !one.scope.is_part && one.agreement != Agreement::Agrees
        })
        .collect();
    if !here.is_empty() {
        why.push(Reason::HeldInstead(figures(&here)));
    }
    Some((Verdict::OtherScope, why, agreeing.into_iter().chain(sorted(here)).collect()))
}

/// The same value for the same period, of another place, company or app.
fn of_other_entity<'a>(
    reading: &Reading,
    all: &'a [Compared<'a>],
    here: &[&'a Compared<'a>],
) -> Option<Decision<'a>> {
    let same = all
        .iter()
        .filter(|one| one.scope.is_other && one.agreement == Agreement::Agrees && !one.observation.outlier);
    let same: Vec<&Compared<'_>> = same.filter(|one| one.in_period && one.of_producer).collect();
    if same.is_empty() || reading.periods.is_empty() || reading.is_denied {
        return None;
    }
    let same = sorted(same);
    let mut why = vec![Reason::HeldFor(scopes(&same))];
    if !here.is_empty() {
        why.push(Reason::HeldInstead(figures(here)));
    }
    Some((Verdict::OtherScope, why, same.into_iter().chain(sorted(here.to_vec())).collect()))
}

/// The same number in another currency, for another period than the text names.
fn other_currency<'a>(all: &'a [Compared<'a>]) -> Option<Decision<'a>> {
    let held_here = all.iter().any(|one| one.scope.fit == UnitFit::Same && one.in_period);
    let wrong = all.iter().filter(|one| {
        one.scope.fit == UnitFit::OtherCurrency && one.agreement == Agreement::Agrees && one.scope.is_named
    });
    let wrong: Vec<&Compared<'_>> = wrong.collect();
    let first = wrong.first().filter(|_| !held_here)?;
    Some((Verdict::UnitSlip, vec![Reason::OtherCurrency(figure(first))], sorted(wrong)))
}

/// A number that agrees while the words around it do not.
fn contradicting<'a>(reading: &Reading, here: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
    let agreeing: Vec<&Compared<'_>> =
        here.iter().copied().filter(|one| one.agreement != Agreement::Differs && one.of_producer).collect();
    let agreeing = sorted(agreeing);
    let first = agreeing.first()?;
    let why = match first.agreement {
        _ if first.observation.outlier => Reason::Outlier,
        Agreement::Contradicts => Reason::QualifierContradicts(figure(first)),
        Agreement::InRange => Reason::InRange,
        _ if reading.is_denied => Reason::Denied,
        _ if first.observation.qualifier == Qualifier::Forecast => Reason::ForecastAsFact,
        _ => Reason::FactAsForecast,
    };
    Some((Verdict::Differs, vec![why, Reason::HeldInstead(figures(&agreeing))], agreeing))
}

fn differing<'a>(reading: &Reading, here: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
    if here.is_empty() {
        return None;
    }
    let of_producer: Vec<&Compared<'_>> = here.iter().copied().filter(|one| one.of_producer).collect();
    let all = if of_producer.is_empty() { here.to_vec() } else { of_producer };
    let all = sorted(all);
    let mut why = vec![Reason::HeldInstead(figures(&all))];
    if reading.is_denied {
        why.insert(0, Reason::Denied);
    }
    Some((Verdict::Differs, why, all))
}

/// Nothing of what the text names is held: shows the nearest figures of the same series.
fn nothing<'a>(reading: &Reading, all: &'a [Compared<'a>]) -> Decision<'a> {
    let why = if reading.is_assumed {
        Reason::NoIndicator
    } else if reading.scopes.iter().all(|scope| scope.is_other) {
        match reading.names_entity {
            true => Reason::NothingHeld((
                "the place, company or app named".into(),
                "文中所指地区、企业或应用".into(),
            )),
            false => Reason::NoEntity,
        }
    } else if reading.periods.is_empty() {
        Reason::NoPeriod
    } else if reading.periods.iter().all(|written| written.period.is_none()) {
        Reason::RelativePeriod
    } else if reading.scopes.iter().all(|scope| !scope.is_named) {
        Reason::NoEntity
    } else {
        let period = |locale| {
            let labels: Vec<String> = reading
                .periods
                .iter()
                .filter_map(|one| one.period)
                .map(|period| period.label(locale))
                .collect();
            labels.join(", ")
        };
        Reason::NothingHeld((period(Locale::En), period(Locale::Zh)))
    };
    let near = sorted(
        all.iter()
            .filter(|one| one.observation.headline && one.scope.fit == UnitFit::Same && !one.scope.is_other)
            .collect(),
    );
    (Verdict::NotHeld, vec![why], near.into_iter().take(3).collect())
}

/// Sorts figures: those in the period first, then headline figures, the latest first.
fn sorted<'a>(mut all: Vec<&'a Compared<'a>>) -> Vec<&'a Compared<'a>> {
    all.sort_by_key(|one| {
        let observation = one.observation;
        (
            !one.in_period,
            !one.of_producer,
            observation.outlier,
            !observation.headline,
            std::cmp::Reverse(observation.period.end),
            std::cmp::Reverse(observation.source.published_on.map(|date| date.last_day())),
        )
    });
    all
}

fn names(named: &Named) -> (String, String) {
    (named.name(Locale::En).to_owned(), named.name(Locale::Zh).to_owned())
}

/// A figure with its period and producer.
fn figure(one: &Compared<'_>) -> (String, String) {
    let words = |locale: Locale| {
        let value = one.observation.worded(&one.indicator.unit, locale);
        let period = one.observation.period.label(locale);
        let producer = one.observation.producer.named.name(locale);
        locale.pick(format!("{value} ({producer}, {period})"), format!("{value}（{producer}，{period}）"))
    };
    (words(Locale::En), words(Locale::Zh))
}

/// The lowest and the highest of those figures that are beside the first, or the only one.
fn figures(all: &[&Compared<'_>]) -> (String, String) {
    let alike = || all.iter().filter(|one| all[0].is_beside(one));
    let low = alike().min_by_key(|one| one.observation.value);
    let high = alike().max_by_key(|one| one.observation.upper());
    match (low, high) {
        (Some(low), Some(high)) if low.observation.value != high.observation.value => {
            let (low, high) = (figure(low), figure(high));
            (format!("from {} to {}", low.0, high.0), format!("{}至{}", low.1, high.1))
        }
        (Some(one), _) => figure(one),
        _ => Default::default(),
    }
}

/// Entity, period and producer of some figures, at most three.
fn scopes(all: &[&Compared<'_>]) -> (String, String) {
    let words = |locale: Locale| {
        let mut seen = BTreeSet::new();
        let mut labels = Vec::new();
        for one in all {
            let observation = one.observation;
            let entity = observation.entity.name(locale);
            let period = observation.period.label(locale);
            let producer = observation.producer.named.name(locale);
            let label = locale
                .pick(format!("{entity}, {period} ({producer})"), format!("{entity}{period}（{producer}）"));
            if seen.insert(label.clone()) && labels.len() < 3 {
                labels.push(label);
            }
        }
        labels.join(locale.pick("; ", "；"))
    };
    (words(Locale::En), words(Locale::Zh))
}
