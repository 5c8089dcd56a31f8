//! What changed from a notice to the one that replaces or continues it, field by field and measure by measure.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::{Instrument, Program};
use crate::{
    text::{Locale, PartialDate, Unit},
    vocabulary,
};

vocabulary! {
    /// How a field differs between two notices.
    pub enum FieldChange {
        Same = "same", "unchanged", "未变";
        Changed = "changed", "changed", "有变化";
        Added = "added", "stated only now", "现新载明";
        Removed = "removed", "no longer stated", "不再载明";
    }
}

/// One field of two notices, in words. `None` where a notice does not state it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldPair {
    pub label: String,
    pub before: Option<String>,
    pub now: Option<String>,
}

impl FieldPair {
    pub fn change(&self) -> FieldChange {
        match (&self.before, &self.now) {
            (None, Some(_)) => FieldChange::Added,
            (Some(_), None) => FieldChange::Removed,
            (before, now) if before == now => FieldChange::Same,
            _ => FieldChange::Changed,
        }
    }
}

/// The fields that either notice states, in the order of a programme's page.
pub fn fields(before: &Program, now: &Program, locale: Locale) -> Vec<FieldPair> {
    type Value = fn(&Program, Locale) -> Option<String>;
    fn date(date: Option<PartialDate>, locale: Locale) -> Option<String> {
        date.map(|date| date.label(locale))
    }
    let fields: [(&str, &str, Value); 18] = [
        ("Name", "名称", |program, locale| Some(program.named.name(locale).to_owned())),
        ("Document number", "文号", |program, _| program.doc_number.clone()),
        ("Agency", "部门", |program, locale| program.agency.get(locale).map(str::to_owned)),
        ("Place", "地区", |program, locale| Some(program.jurisdiction.name(locale).to_owned())),
        ("Instrument", "工具", |program, locale| Some(program.instrument.name(locale).to_owned())),
        ("Scope", "范围", |program, locale| program.scope.map(|scope| scope.name(locale).to_owned())),
        ("Purpose", "目的", |program, locale| program.objective.get(locale).map(str::to_owned)),
        ("Who may apply", "申请对象", |program, locale| {
            program.eligibility.get(locale).map(str::to_owned)
        }),
        ("For firms with", "面向业务", |program, locale| {
            let names: Vec<&str> = program.activities.iter().map(|activity| activity.name(locale)).collect();
            (!names.is_empty()).then(|| names.join(locale.pick("; ", "；")))
        }),
        ("Offers", "支持金额", |program, locale| program.offered(locale)),
        ("Share paid", "支持比例", |program, locale| {
            program.rate.as_ref().map(|rate| rate.worded(locale))
        }),
        ("Most per firm and year", "每家企业每年上限", |program, locale| {
            let yearly = program.max_per_year_cny?;
            Some(Unit::Money("CNY".into()).amount(yearly, locale).to_string())
        }),
        ("Amount, in the source’s terms", "金额，来源表述", |program, locale| {
            program.amount_note.get(locale).map(str::to_owned)
        }),
        ("Announced", "公布", |program, locale| date(program.announced_on, locale)),
        ("In force from", "生效", |program, locale| date(program.effective_from, locale)),
        ("In force to", "有效期至", |program, locale| date(program.effective_to, locale)),
        ("Applications from", "申报开始", |program, locale| date(program.applications_open, locale)),
        ("Applications to", "申报截止", |program, locale| date(program.applications_close, locale)),
    ];
    let pairs = fields.into_iter().map(|(en, zh, value)| FieldPair {
        label: locale.pick(en, zh).to_owned(),
        before: value(before, locale),
        now: value(now, locale),
    });
    pairs.filter(|pair| pair.before.is_some() || pair.now.is_some()).collect()
}

/// Measures of two notices that use the same instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstrumentPair {
    pub instrument: Instrument,
    pub before: Vec<Program>,
    pub now: Vec<Program>,
}

/// Pairs the measures of two notices by instrument. Which measure continues which is not in the data set, so none is paired by its name.
pub fn by_instrument(before: Vec<Program>, now: Vec<Program>) -> Vec<InstrumentPair> {
    let mut pairs: BTreeMap<Instrument, (Vec<Program>, Vec<Program>)> = BTreeMap::new();
    for program in before {
        pairs.entry(program.instrument).or_default().0.push(program);
    }
    for program in now {
        pairs.entry(program.instrument).or_default().1.push(program);
    }
    let pairs = pairs.into_iter();
    pairs.map(|(instrument, (before, now))| InstrumentPair { instrument, before, now }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::programs::model::samples::program;

    #[test]
    fn a_field_is_changed_added_removed_or_the_same() {
        let before = Program {
            effective_from: "2024-01-01".parse().ok(),
            doc_number: Some("1".into()),
            ..program("a")
        };
        let now = Program { effective_from: "2025-01-01".parse().ok(), rate: None, ..program("a") };
        let now = Program { effective_to: "2027".parse().ok(), ..now };
        let pairs = fields(&before, &now, Locale::En);
        let change = |label: &str| pairs.iter().find(|pair| pair.label == label).map(FieldPair::change);
        assert_eq!(change("Name"), Some(FieldChange::Same));
        assert_eq!(change("In force from"), Some(FieldChange::Changed));
        assert_eq!(change("In force to"), Some(FieldChange::Added));
        assert_eq!(change("Document number"), Some(FieldChange::Removed));
        assert_eq!(change("Share paid"), None, "neither states it");
    }

    #[test]
    fn measures_stand_beside_those_of_the_same_instrument() {
        let of = |id: &str, instrument| Program { instrument, ..program(id) };
        let pairs = by_instrument(
            vec![of("a", Instrument::Grant), of("b", Instrument::Visa)],
            vec![of("c", Instrument::Grant), of("d", Instrument::Grant)],
        );
        let counts: Vec<(Instrument, usize, usize)> =
            pairs.iter().map(|pair| (pair.instrument, pair.before.len(), pair.now.len())).collect();
        assert_eq!(counts, [(Instrument::Grant, 1, 2), (Instrument::Visa, 1, 0)]);
    }
}
