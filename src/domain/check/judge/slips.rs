//! A power of ten, or another currency.

use super::{
    super::{
        model::Verdict,
        number::Measure,
        reading::{Reading, UnitFit},
        reasons::Reason,
        value::{Agreement, power_of_ten},
    },
    compared::Compared,
    decision::Decision,
    words::{figure, figures, sorted},
};

/// A power of ten, or the currency of another figure with the same number.
pub fn slip<'a>(
    reading: &Reading,
    all: &'a [Compared<'a>],
    here: &[&'a Compared<'a>],
) -> Option<Decision<'a>> {
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

/// The same number in another currency, for another period than the text names.
pub fn other_currency<'a>(all: &'a [Compared<'a>]) -> Option<Decision<'a>> {
    let held_here = all.iter().any(|one| one.scope.fit == UnitFit::Same && one.in_period);
    let wrong = all.iter().filter(|one| {
        one.scope.fit == UnitFit::OtherCurrency && one.agreement == Agreement::Agrees && one.scope.is_named
    });
    let wrong: Vec<&Compared<'_>> = wrong.collect();
    let first = wrong.first().filter(|_| !held_here)?;
    Some((Verdict::UnitSlip, vec![Reason::OtherCurrency(figure(first))], sorted(wrong)))
}
