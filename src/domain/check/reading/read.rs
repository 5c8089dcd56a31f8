//! Reads every number of a text.

use std::ops::Range;

use super::{
    super::{
        cues,
        letters::{Letters, is_hanzi},
        lexicon::Lexicon,
        model::MAX_NUMBERS,
        number::Measure,
        phrases::Phrases,
    },
    model::Reading,
    names::Near,
    series::Found,
    text::Text,
};

/// Reads every number of a text.
pub fn read(text: &str, lexicon: &Lexicon) -> Vec<Reading> {
    let letters = Letters::of(text);
    let (text, too_long) = Text::of(&letters, lexicon);
    let mut readings: Vec<Reading> = (0..text.numbers.len()).map(|at| text.reading(at)).collect();
    let unreadable = |range: Range<usize>| Reading::unreadable(letters.source(&range), range);
    readings.extend(too_long.into_iter().take(MAX_NUMBERS).map(unreadable));
    readings.sort_by_key(|reading| reading.written.start);
    readings
}

impl Text<'_> {
    fn reading(&self, at: usize) -> Reading {
        let number = &self.numbers[at];
        let own = self.own_clauses(number);
        let wider = self.wider(&own);
        let clause =
            self.clauses[own.clone()].iter().find(|clause| clause.range.contains(&number.range.start));
        let clause_range = clause.map_or(number.range.clone(), |clause| clause.range.clone());
        let all = self.letters.all();
        let is_chinese = all[clause_range.clone()].iter().any(|c| is_hanzi(*c));
        let letters = self.letters_of(&own);
        let has = |words: &Phrases<()>| {
            letters.iter().any(|range| !words.find(self.letters, range.clone()).is_empty())
        };
        let Near { names, is_unclear } = self.nearest_names(&own, &wider, at);
        let Found { mut scopes, concepts, names_indicator, is_assumed } =
            self.found(number, &own, &wider, &names, is_chinese);
        let producers = self.producers_of(&own, at);
        let is_off_field = producers.is_empty() && self.keep_to_field(number, &mut scopes);
        // `COL's stake in Crazy Maple` needs both.
        let is_unclear = is_unclear && !concepts.contains("stake");
        if is_unclear {
            scopes.iter_mut().for_each(|scope| scope.is_named = false);
        }
        let unit = number.unit.clone();
        let figure = match &unit {
            Some(unit) if unit.start > number.range.start && unit.end <= number.range.end => {
                number.range.start..unit.start
            }
            Some(unit) if unit.end < number.range.end => unit.end..number.range.end,
            _ => number.range.clone(),
        };
        Reading {
            clause: self.letters.source(&clause_range),
            whole: trimmed(self.letters, number.range.clone()),
            written: trimmed(self.letters, figure),
            unit: unit.map(|unit| trimmed(self.letters, unit)),
            scopes,
            names_indicator,
            names_entity: names.iter().any(|name| !name.is_attribution),
            periods: self.periods_of(&own, &wider, at),
            producers,
            is_forecast: has(&cues::FORECAST),
            is_negative: (concepts.contains("profit") && has(&cues::LOSS))
                || (number.measure == Measure::Percent && self.falls(number, &clause_range))
                || self.has_minus(number),
            is_assumed,
            is_unclear,
            is_off_field,
            is_denied: self.is_denied(number, &own, &clause_range, &concepts),
            is_chinese,
            number: number.clone(),
            too_long: false,
        }
    }
}

fn trimmed(letters: &Letters, range: Range<usize>) -> Range<usize> {
    let blank = |at: usize| letters.get(at) == Some(' ');
    let (mut start, mut end) = (range.start, range.end);
    while start < end && blank(start) {
        start += 1;
    }
    while start < end && blank(end - 1) {
        end -= 1;
    }
    letters.source(&(start..end))
}
