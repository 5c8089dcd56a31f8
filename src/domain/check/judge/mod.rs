//! Verdicts: compares each number of a text with the figures of the series that it may be of.

mod compared;
mod decision;
mod differing;
mod elsewhere;
mod matching;
mod slips;
mod words;

pub use self::compared::Held;
use self::{
    compared::{Compared, compared},
    decision::Decision,
    differing::{contradicting, differing, nothing},
    elsewhere::{elsewhere, of_other_entity},
    matching::matching,
    slips::{other_currency, slip},
};
use super::{
    lexicon::Lexicon,
    model::{Candidate, Claim, Verdict},
    number::Measure,
    reading::{Reading, UnitFit},
    reasons::Reason,
};

/// Largest number of candidates that are shown of one number.
const MAX_CANDIDATES: usize = 8;

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
