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
    words::{figure, figures, sorted},
};
use crate::{domain::observations::model::Qualifier, text::Locale};

/// A number that agrees while the words around it do not.
pub fn contradicting<'a>(reading: &Reading, here: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
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

/// Nothing of what the text names is held: shows the nearest figures of the same series.
pub fn nothing<'a>(reading: &Reading, all: &'a [Compared<'a>]) -> Decision<'a> {
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
