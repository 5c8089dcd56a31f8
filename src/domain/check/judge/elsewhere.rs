//! The same value for another period, place, producer or entity.

use super::{
    super::{model::Verdict, reading::Reading, reasons::Reason, value::Agreement},
    compared::Compared,
    decision::Decision,
    differing::unnamed,
    words::{figures, forecast, names, scopes, sorted},
};
use crate::domain::observations::model::Qualifier;

/// The same value for another period, place or producer.
pub fn elsewhere<'a>(reading: &Reading, own: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
    let is_forecast = |one: &Compared<'_>| one.observation.qualifier == Qualifier::Forecast;
    let agreeing: Vec<&Compared<'_>> = own
        .iter()
        .copied()
        .filter(|one| one.agreement == Agreement::Agrees && !one.observation.outlier)
        .filter(|one| {
            let is_here = one.in_period && one.scope.is_named && !one.scope.is_part && one.of_producer;
            !is_here || one.scope.is_off_field
        })
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
    if agreeing.iter().all(|one| !one.scope.is_named || one.scope.is_off_field) {
        why.push(unnamed(reading));
    }
    if agreeing.iter().all(|one| one.scope.is_part) {
        why.push(Reason::PartOnly);
    }
    why.push(Reason::HeldFor(scopes(&agreeing)));
    if agreeing.iter().all(|one| is_forecast(one)) && !reading.is_forecast {
        why.push(Reason::ForecastAsFact(forecast(first)));
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
pub fn of_other_entity<'a>(
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
