//! Other words around the same number, other numbers, or nothing held.

use super::{
    super::{
        model::Verdict,
        reading::{Reading, UnitFit},
        reasons::Reason,
        value::Agreement,
    },
    compared::Compared,
    decision::Decision,
    words::{figure, figures, forecast, sorted},
};
use crate::{domain::observations::model::Qualifier, text::Locale};

/// A number that agrees while the words around it do not.
pub fn contradicting<'a>(reading: &Reading, here: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
    let agreeing: Vec<&Compared<'_>> = here
        .iter()
        .copied()
        .filter(|one| one.agreement != Agreement::Differs && one.of_producer && !one.scope.is_off_field)
        .collect();
    let agreeing = sorted(agreeing);
    let first = agreeing.first()?;
    let why = match first.agreement {
        _ if first.observation.outlier => Reason::Outlier,
        Agreement::Contradicts => Reason::QualifierContradicts(figure(first)),
        Agreement::InRange => Reason::InRange,
        _ if reading.is_denied => Reason::Denied,
        _ if first.observation.qualifier == Qualifier::Forecast => return Some(as_fact(here, agreeing)),
        _ => Reason::FactAsForecast,
    };
    Some((Verdict::Differs, vec![why, Reason::HeldInstead(figures(&agreeing))], agreeing))
}

/// A forecast that the text states as a fact: what was reported or estimated for the period stands beside it.
fn as_fact<'a>(here: &[&'a Compared<'a>], forecasts: Vec<&'a Compared<'a>>) -> Decision<'a> {
    let published = |one: &&&Compared<'_>| one.observation.source.published_on.map(|date| date.last_day());
    let first = forecasts.iter().filter(|one| published(one).is_some()).min_by_key(published);
    let first = first.or(forecasts.first());
    let mut why: Vec<Reason> = first.map(|one| Reason::ForecastAsFact(forecast(one))).into_iter().collect();
    let is_fact =
        |one: &&Compared<'_>| one.observation.qualifier != Qualifier::Forecast && !one.observation.outlier;
    let facts: Vec<&Compared<'_>> = here
        .iter()
        .copied()
        .filter(is_fact)
        .filter(|one| forecasts.iter().any(|own| own.is_beside(one)))
        .collect();
    if !facts.is_empty() {
        why.push(Reason::HeldInstead(figures(&facts)));
    }
    (Verdict::Differs, why, forecasts.into_iter().chain(sorted(facts)).collect())
}

/// What is held has another value.
pub fn differing<'a>(reading: &Reading, here: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
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

/// Why no figure can be the one that the text means.
pub fn unnamed(reading: &Reading) -> Reason {
    if reading.is_unclear {
        Reason::SeveralNamed
    } else if reading.is_off_field {
        Reason::OffField
    } else {
        Reason::NoEntity
    }
}

/// Nothing of what the text names is held: shows the nearest figures of the same series.
pub fn nothing<'a>(reading: &Reading, all: &'a [Compared<'a>]) -> Decision<'a> {
    let why = if reading.is_assumed {
        Reason::NoIndicator
    } else if reading.scopes.iter().all(|scope| scope.is_other) {
        match reading.names_entity && !reading.is_unclear {
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
        unnamed(reading)
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
