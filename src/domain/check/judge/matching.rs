//! A figure that agrees in everything.

use super::{
    super::{model::Verdict, number::Bound, reading::Reading, reasons::Reason, value::Agreement},
    compared::Compared,
    decision::Decision,
    words::{figure, figures, sorted},
};
use crate::domain::observations::model::Qualifier;

/// A figure that agrees in everything.
pub fn matching<'a>(reading: &Reading, here: &[&'a Compared<'a>]) -> Option<Decision<'a>> {
    let plain = |one: &&&Compared<'_>| {
        let is_forecast = one.observation.qualifier == Qualifier::Forecast;
        one.agreement == Agreement::Agrees
            && one.of_producer
            && !one.observation.outlier
            && !one.scope.is_off_field
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
        && reading.number.bound == Bound::Plain
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
